//! Which passages of one text stand in another, and how much of each.

use crate::shingles::each_shingle;
use std::collections::{HashMap, HashSet};

/// A passage of one text and the passage of the other in which most of it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Number of the passage, and of the one in the other text.
    pub passage: usize,
    pub other: usize,
    /// Word runs of the passage, and how many of them stand in the other.
    pub runs: usize,
    pub shared: usize,
}

impl Match {
    /// How much of the passage stands in the other, of 100.
    pub fn percent(self) -> usize {
        (self.shared * 100).checked_div(self.runs).unwrap_or(0)
    }
}

/// For each passage that has at least `fewest` word runs: the passage of `others` with most of it, when that is half
/// or more.
pub fn matches(passages: &[&str], others: &[&str], fewest: usize) -> Vec<Match> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, text) in others.iter().enumerate() {
        for run in runs(text) {
            holders.entry(run).or_default().push(number);
        }
    }
    let mut found = Vec::new();
    for (passage, text) in passages.iter().enumerate() {
        let runs = runs(text);
        if runs.is_empty() || runs.len() < fewest {
            continue;
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for holder in runs.iter().filter_map(|run| holders.get(run)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let best = shared
            .into_iter()
            .max_by_key(|(other, shared)| (*shared, std::cmp::Reverse(*other)));
        if let Some((other, shared)) = best
            && shared * 2 >= runs.len()
        {
            found.push(Match {
                passage,
                other,
                runs: runs.len(),
                shared,
            });
        }
    }
    found
}

fn runs(text: &str) -> HashSet<u64> {
    let mut runs = HashSet::new();
    each_shingle([text], |run| {
        runs.insert(run);
    });
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: &str = "Cấp ủy đã lãnh đạo, chỉ đạo kịp thời việc rà soát hồ sơ người có công";
    const B: &str = "Đài truyền thanh xã phát 12 buổi tuyên truyền về phong trào đền ơn đáp nghĩa";

    #[test]
    fn a_moved_and_slightly_changed_passage_is_found_where_it_stands_now() {
        let changed = A.replace("hồ sơ", "giấy tờ");
        let found = matches(&[B, &changed], &[A, "khác hẳn"], 5);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].passage, found[0].other), (1, 0));
        assert!((50..100).contains(&found[0].percent()));
    }

    #[test]
    fn short_lines_that_everybody_writes_say_nothing() {
        let line = "Đánh giá chung";
        assert!(matches(&[line], &[line], 5).is_empty());
        assert_eq!(matches(&[line], &[line], 1).len(), 1);
    }

    proptest! {
        #[test]
        fn a_text_stands_wholly_in_itself(lines in proptest::collection::vec("[a-e]{1,3}( [a-e]{1,3}){0,12}", 1..6)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let found = matches(&lines, &lines, 1);
            prop_assert_eq!(found.len(), lines.len());
            prop_assert!(found.iter().all(|found| found.percent() == 100));
        }
    }
}
