//! Finding the texts that are like a given one among many, without looking at each: signatures in bands.
//!
//! Two texts come together when their signatures agree in one whole band. With 32 bands of 4 bins a pair whose
//! similarity is 0.8 is missed once in ten million; at 0.6 once in a hundred; at 0.5 once in eight.

use crate::signature::{BINS, Signature};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

/// Bins of a band.
const ROWS: usize = 4;
const BANDS: usize = BINS / ROWS;
/// Longest chain that is followed in one band: beyond it a band says only what everybody writes.
const LONGEST: usize = 4_096;
/// The end of a chain.
const NONE: u32 = u32::MAX;

/// Texts by the bands of their signatures.
#[derive(Debug, Default)]
pub struct Index {
    signatures: Vec<Signature>,
    /// By band: the newest text with these four bins.
    newest: Vec<HashMap<u64, u32, BuildHasherDefault<AsItIs>>>,
    /// By text and band: the text before it with the same four bins.
    before: Vec<[u32; BANDS]>,
}

impl Index {
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// Adds a text; it is number [`Index::len`] as it was before.
    pub fn insert(&mut self, signature: &Signature) {
        let number = self.signatures.len() as u32;
        self.newest.resize_with(BANDS, HashMap::default);
        let mut before = [NONE; BANDS];
        for (band, bins) in bands(signature).enumerate() {
            match self.newest[band].entry(bins) {
                Entry::Occupied(mut entry) => before[band] = entry.insert(number),
                Entry::Vacant(entry) => {
                    entry.insert(number);
                }
            }
        }
        self.before.push(before);
        self.signatures.push(*signature);
    }

    /// The numbers of texts that are likely to share `least` of 10,000 shingles with a text of this signature,
    /// the likeliest first. To be verified: some are not as much alike.
    pub fn like(&self, signature: &Signature, least: u64) -> Vec<usize> {
        let mut met = Vec::new();
        for (band, bins) in bands(signature).enumerate() {
            let mut next = self
                .newest
                .get(band)
                .and_then(|newest| newest.get(&bins))
                .copied()
                .unwrap_or(NONE);
            for _ in 0..LONGEST {
                let Some(before) = self.before.get(next as usize) else {
                    break;
                };
                met.push(next);
                next = before[band];
            }
        }
        met.sort_unstable();
        met.dedup();
        let enough = bins_at_least(least);
        let mut found: Vec<(usize, usize)> = met
            .into_iter()
            .map(|number| {
                let number = number as usize;
                (self.signatures[number].agreeing(signature), number)
            })
            .filter(|(agreeing, _)| *agreeing >= enough)
            .collect();
        found.sort_unstable_by_key(|(agreeing, number)| (std::cmp::Reverse(*agreeing), *number));
        found.into_iter().map(|(_, number)| number).collect()
    }
}

/// How many bins agree at least between texts that are this much alike: the mean less five standard deviations.
fn bins_at_least(least: u64) -> usize {
    let share = least.min(10_000) as usize;
    let mean = BINS * share / 10_000;
    let variance = BINS * share * (10_000 - share) / 100_000_000;
    mean.saturating_sub(5 * (variance.isqrt() + 1)).max(ROWS)
}

fn bands(signature: &Signature) -> impl Iterator<Item = u64> {
    signature.0.chunks_exact(ROWS).map(|bins| {
        bins.iter()
            .fold(0, |key, bin| (key << 16) | u64::from(*bin))
    })
}

/// Four bins are hashes already: they only have to be carried into the low and the high bits.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingles::Shingles;
    use proptest::prelude::*;

    fn words(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("từ{n}")).collect();
        words.join(" ")
    }

    fn index_of(texts: &[String]) -> Index {
        let mut index = Index::default();
        for text in texts {
            if let Some(signature) = Signature::of([text.as_str()]) {
                index.insert(&signature);
            }
        }
        index
    }

    fn like(index: &Index, text: &str, least: u64) -> Vec<usize> {
        Signature::of([text]).map_or_else(Vec::new, |signature| index.like(&signature, least))
    }

    #[test]
    fn a_report_copied_with_the_name_replaced_is_found_and_a_different_one_is_not() {
        let original = format!("Đảng ủy xã Tân Thuận {}", words(0, 300));
        let copied = original.replace("Tân Thuận", "Hàm Minh");
        let index = index_of(&[original, words(1000, 1300)]);
        assert_eq!(like(&index, &copied, 8_000), [0]);
    }

    #[test]
    fn many_copies_of_one_text_are_all_found() {
        let index = index_of(&vec![words(0, 50); 500]);
        assert_eq!(like(&index, &words(0, 50), 8_000).len(), 500);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        assert!(like(&Index::default(), "một hai ba", 8_000).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Of texts as long as a report every one that shares four fifths is found; a change of a word in forty
        /// leaves about that much.
        #[test]
        fn every_text_that_shares_four_fifths_is_found(changed in proptest::collection::vec(0usize..3_000, 0..60)) {
            let original = words(0, 3_000);
            let mut copy: Vec<String> = original.split(' ').map(str::to_owned).collect();
            for place in changed {
                copy[place] = "khác".into();
            }
            let copy = copy.join(" ");
            let alike = Shingles::of([original.as_str()]).likeness(&Shingles::of([copy.as_str()]));
            let index = index_of(&[words(5_000, 8_000), original]);
            prop_assert!(!alike.reaches(8_000) || like(&index, &copy, 8_000) == [1]);
        }
    }
}
