//! Which passages of one text stand in another, and how much of each.

use crate::shingles::{WORDS, each_shingle};
use std::collections::HashMap;

/// A passage of one text and the passage of the other in which most of it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Number of the passage, and of the one in the other text.
    pub passage: usize,
    pub other: usize,
    /// Words of the passage, and how many of them stand in word runs of the other.
    pub words: usize,
    pub shared: usize,
}

impl Match {
    /// How much of the passage stands in the other, of 100.
    pub fn percent(self) -> usize {
        (self.shared * 100).checked_div(self.words).unwrap_or(0)
    }
}

/// For each passage that has at least `fewest` word runs: the passage of `others` with most of them, when half of its
/// words or more stand there.
pub fn matches<T: AsRef<str>>(passages: &[T], others: &[T], fewest: usize) -> Vec<Match> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, text) in others.iter().enumerate() {
        for run in runs(text.as_ref()) {
            let holders = holders.entry(run).or_default();
            if holders.last() != Some(&number) {
                holders.push(number);
            }
        }
    }
    let mut found = Vec::new();
    for (passage, text) in passages.iter().enumerate() {
        let runs = runs(text.as_ref());
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
        let Some((other, _)) = best else { continue };
        let is_there = |run: &u64| holders.get(run).is_some_and(|all| all.contains(&other));
        let words = runs.len() + WORDS - 1;
        let shared = covered(runs.iter().map(is_there));
        if shared * 2 >= words {
            found.push(Match {
                passage,
                other,
                words,
                shared,
            });
        }
    }
    found
}

/// How many words stand in runs that are there, of runs in order.
fn covered(runs: impl Iterator<Item = bool>) -> usize {
    let (mut words, mut to) = (0, 0);
    for (word, is_there) in runs.enumerate() {
        if is_there {
            words += word + WORDS - to.max(word);
            to = word + WORDS;
        }
    }
    words
}

fn runs(text: &str) -> Vec<u64> {
    let mut runs = Vec::new();
    each_shingle([text], |run| runs.push(run));
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
    fn the_share_is_of_words_that_stand_in_a_row_there() {
        let words = |from: usize, to: usize| -> String {
            let words: Vec<String> = (from..to).map(|n| format!("từ{n}")).collect();
            words.join(" ")
        };
        let changed = format!(
            "{} khác {} khác {}",
            words(0, 9),
            words(10, 19),
            words(20, 24)
        );
        let found = matches(&[&changed], &[&words(0, 40)], 12);
        assert_eq!((found[0].shared, found[0].words), (18, 24));
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
