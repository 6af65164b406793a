//! A short fingerprint of a text by which texts like it are found: one-permutation MinHash (Li, Owen, Zhang 2012),
//! empty bins filled by rotation (Shrivastava, Li 2014).

use crate::shingles::each_shingle;

/// Bins of one signature.
pub const BINS: usize = 128;
/// Bytes of a signature as it is stored.
pub const BYTES: usize = BINS * 2;
/// No shingle fell into this bin.
const EMPTY: u64 = u64::MAX;

/// The least shingle of each bin, 16 bits of it. Two texts agree in about as many bins as they are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub(crate) [u16; BINS]);

impl Signature {
    /// The signature of a text, or of several read as one; `None` without words.
    pub fn of<'t>(parts: impl IntoIterator<Item = &'t str>) -> Option<Signature> {
        let mut least = [EMPTY; BINS];
        each_shingle(parts, |hash| {
            let bin = &mut least[(hash >> (64 - BINS.ilog2())) as usize];
            // The bits that chose the bin say nothing more within it.
            *bin = (*bin).min(hash << BINS.ilog2() >> BINS.ilog2());
        });
        let first = least.iter().position(|bin| *bin != EMPTY)?;
        let mut bins = [0u16; BINS];
        // From the right: an empty bin takes what stands in the next full one, changed by how far it lies.
        let (mut next, mut far) = (least[first], 0u64);
        for bin in (0..BINS).rev().chain((first..BINS).rev()) {
            if least[bin] == EMPTY {
                far += 1;
            } else {
                (next, far) = (least[bin], 0);
            }
            bins[bin] = short(next.wrapping_add(far << 57));
        }
        Some(Signature(bins))
    }

    /// In how many of [`BINS`] bins two signatures agree.
    pub fn agreeing(&self, other: &Signature) -> usize {
        let agree = self.0.iter().zip(&other.0).map(|(a, b)| u16::from(a == b));
        usize::from(agree.sum::<u16>())
    }

    /// As it is stored.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|bin| bin.to_le_bytes()).collect()
    }

    /// What was stored; `None` for bytes of another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Signature> {
        let mut bins = [0u16; BINS];
        (bytes.len() == BYTES).then(|| {
            for (bin, pair) in bins.iter_mut().zip(bytes.chunks_exact(2)) {
                *bin = u16::from_le_bytes([pair[0], pair[1]]);
            }
            Signature(bins)
        })
    }
}

/// Sixteen bits that depend on all of a hash.
fn short(hash: u64) -> u16 {
    (hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 48) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("từ{n}")).collect();
        words.join(" ")
    }

    #[test]
    fn a_text_without_words_has_none() {
        assert_eq!(Signature::of([" \n"]), None);
    }

    #[test]
    fn half_of_the_text_in_common_agrees_in_about_a_third_of_the_bins() {
        let (a, b) = (words(0, 4_000), words(2_000, 6_000));
        let agreeing = Signature::of([a.as_str()])
            .zip(Signature::of([b.as_str()]))
            .map_or(0, |(a, b)| a.agreeing(&b));
        assert!((28..58).contains(&agreeing), "{agreeing} of {BINS}");
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(text in "[a-đ]{1,4}( [a-đ]{1,4}){0,40}") {
            let signature = Signature::of([text.as_str()]);
            prop_assert!(signature.is_some());
            prop_assert_eq!(signature.and_then(|it| Signature::from_bytes(&it.to_bytes())), signature);
        }

        #[test]
        fn short_texts_of_few_runs_fill_all_bins_from_their_runs(count in 1usize..20) {
            let text = words(0, count);
            let twice = format!("{text} ");
            prop_assert_eq!(Signature::of([text.as_str()]), Signature::of([twice.as_str()]));
        }
    }
}
