//! Shares a provincial total among units exactly: the parts always add up to it.

/// Parts of `total` in proportion to `weights` by largest remainder; the earlier
/// unit wins a tie. All parts are zero when no weight is positive.
#[must_use]
pub fn allot(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    if sum <= 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<i64> = weights.iter().map(|w| total * w / sum).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| std::cmp::Reverse(total * weights[i] % sum));
    let missing = total - parts.iter().sum::<i64>();
    for &index in by_remainder
        .iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        parts[index] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::allot;

    #[test]
    fn parts_add_up_to_the_total() {
        assert_eq!(allot(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(allot(49, &[7, 0, 3, 5]).iter().sum::<i64>(), 49);
        assert_eq!(allot(5, &[0, 0]), [0, 0]);
    }
}
