//! Near-duplicates among many texts: one-permutation MinHash (Li, Owen, Zhang 2012) to find candidates,
//! exact shingle similarity to decide.

use crate::shingles::{shingles, similarity_per_mille};
use std::collections::{HashMap, HashSet};

/// Bins of one signature.
const BINS: usize = 128;
/// Bins compared together; texts that agree in one whole band are candidates.
const BAND: usize = 4;
/// Texts in one bucket beyond which it says nothing (a phrase that everybody uses).
const TOO_COMMON: usize = 64;

/// Two texts that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Positions in the list of texts, `a` before `b`.
    pub a: usize,
    pub b: usize,
    /// Jaccard similarity of their five-syllable runs, per mille.
    pub similarity: u32,
}

/// A short fingerprint of a text, enough to find the texts like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

/// The signature of a text; `None` for a text without words.
pub fn signature(text: &str) -> Option<Signature> {
    let mut bins = vec![u32::MAX; BINS];
    let mut is_empty = true;
    for shingle in shingles(text) {
        is_empty = false;
        let mixed = shingle.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bin = (mixed >> 32) as usize % BINS;
        bins[bin] = bins[bin].min(mixed as u32);
    }
    (!is_empty).then(|| Signature(fill_empty(bins)))
}

/// An empty bin takes the value of the next full one (rotation densification), so that short texts compare too.
fn fill_empty(bins: Vec<u32>) -> Vec<u32> {
    let full: Vec<usize> = (0..BINS).filter(|bin| bins[*bin] != u32::MAX).collect();
    (0..BINS)
        .map(|bin| {
            let next = full
                .iter()
                .copied()
                .find(|found| *found >= bin)
                .or_else(|| full.first().copied());
            next.map_or(u32::MAX, |found| {
                bins[found].wrapping_add(((found + BINS - bin) % BINS) as u32)
            })
        })
        .collect()
}

/// All pairs of `texts` that share at least `least` per mille of their runs, the most alike first.
pub fn similar_pairs(texts: &[&str], least: u32) -> Vec<Pair> {
    let signatures: Vec<Option<Signature>> = texts.iter().map(|text| signature(text)).collect();
    let mut pairs: Vec<Pair> = candidates(&signatures)
        .into_iter()
        .map(|(a, b)| Pair {
            a,
            b,
            similarity: similarity_per_mille(&shingles(texts[a]), &shingles(texts[b])),
        })
        .filter(|pair| pair.similarity >= least)
        .collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.similarity), pair.a, pair.b));
    pairs
}

/// Pairs whose signatures agree in at least one whole band.
pub fn candidates(signatures: &[Option<Signature>]) -> HashSet<(usize, usize)> {
    let mut found = HashSet::new();
    for band in 0..BINS / BAND {
        let mut buckets: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (index, signature) in signatures.iter().enumerate() {
            if let Some(Signature(bins)) = signature {
                buckets
                    .entry(&bins[band * BAND..(band + 1) * BAND])
                    .or_default()
                    .push(index);
            }
        }
        for members in buckets
            .values()
            .filter(|members| members.len() <= TOO_COMMON)
        {
            for (position, a) in members.iter().enumerate() {
                found.extend(members[position + 1..].iter().map(|b| (*a, *b)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(from: usize, to: usize) -> String {
        (from..to)
            .map(|n| format!("từ{n}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_report_copied_with_the_name_replaced_is_found_and_a_different_one_is_not() {
        let original = format!("Đảng ủy xã Tân Thuận {}", words(0, 300));
        let copied = original.replace("Tân Thuận", "Hàm Minh");
        let other = words(1000, 1300);
        let pairs = similar_pairs(&[&original, &other, &copied], 800);
        assert_eq!(
            pairs
                .iter()
                .map(|pair| (pair.a, pair.b))
                .collect::<Vec<_>>(),
            [(0, 2)]
        );
        assert!(pairs[0].similarity > 950);
    }

    #[test]
    fn a_tenth_of_the_words_edited_is_still_found() {
        let original = words(0, 400);
        let edited = original
            .replace("từ40 ", "khác ")
            .replace("từ120 ", "khác ")
            .replace("từ200 ", "khác ")
            .replace("từ333 ", "khác ");
        assert_eq!(similar_pairs(&[&original, &edited], 800).len(), 1);
    }

    proptest! {
        #[test]
        fn every_text_with_words_is_like_its_own_copy(text in "[a-đ]{1,4}( [a-đ]{1,4}){0,40}") {
            let pairs = similar_pairs(&[&text, &text], 1000);
            prop_assert_eq!(pairs, vec![Pair { a: 0, b: 1, similarity: 1000 }]);
        }

        #[test]
        fn no_texts_panic(texts in proptest::collection::vec(".{0,40}", 0..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let _ = similar_pairs(&texts, 500);
        }
    }
}
