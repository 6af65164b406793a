//! Texts as sets of word runs (shingles), and how alike two such sets are.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in one shingle. Vietnamese words are mostly two syllables long, so five syllables are two or three words.
pub const WORDS: usize = 5;

/// The hashes of all runs of [`WORDS`] syllables of a text in lower case. A shorter text is one run.
pub fn shingles(text: &str) -> HashSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    if words.is_empty() {
        return HashSet::new();
    }
    if words.len() < WORDS {
        return HashSet::from([hash(&words)]);
    }
    words.windows(WORDS).map(hash).collect()
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// How many of every 1,000 shingles of both texts together they share (Jaccard similarity, per mille).
pub fn similarity_per_mille(a: &HashSet<u64>, b: &HashSet<u64>) -> u32 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    (common * 1000)
        .checked_div(all)
        .and_then(|share| u32::try_from(share).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_other_case_are_the_same_text() {
        let a = shingles("Cấp ủy đã lãnh đạo, chỉ đạo kịp thời");
        assert_eq!(
            similarity_per_mille(&a, &shingles("cấp ủy ĐÃ lãnh đạo, chỉ đạo kịp thời")),
            1000
        );
    }

    #[test]
    fn texts_without_a_common_run_share_nothing_and_empty_texts_are_not_alike() {
        assert_eq!(
            similarity_per_mille(
                &shingles("một hai ba bốn năm sáu"),
                &shingles("sáu năm bốn ba hai một")
            ),
            0
        );
        assert_eq!(similarity_per_mille(&shingles(""), &shingles("")), 0);
    }
}
