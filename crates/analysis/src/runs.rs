//! A text as runs of eight words in order: which of its words stand in another text, and a sample of the runs by which
//! a text that has a part of it is found.
//!
//! Eight words, four or five in the Vietnamese sense, are longer than most set phrases; of a text in which every tenth
//! word was changed two runs in five are still whole.

use crate::shingles::{ODD, each_word, mixed};
use std::collections::HashSet;
use std::ops::Range;

/// Words of one run.
pub const WORDS: usize = 8;
/// Of each stretch of so many runs one is sampled, so twice as many whole runs in a row hold one for certain.
const STRETCH: usize = 12;
/// Lines with fewer words are read together with other such lines, so a heading does not move what is sampled below it.
const SHORT: usize = 16;
/// Bits of a run's hash: among ten million runs a strange one is met once in a hundred thousand times.
const BITS: u32 = 40;
/// Bytes of a sampled run as it is stored.
const BYTES: usize = BITS as usize / 8;

/// The runs of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Runs {
    words: usize,
    /// The hash of the run that begins at each word; the last words begin none.
    hashes: Vec<u64>,
    /// Words of each block: a paragraph, or short lines.
    blocks: Vec<Range<usize>>,
}

impl Runs {
    pub fn of(text: &str) -> Runs {
        let mut words = Vec::new();
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for line in text.lines() {
            let from = words.len();
            each_word(line, |word| words.push(word));
            if words.len() == from {
                continue;
            }
            match blocks.last_mut() {
                Some(last) if last.len() < SHORT && words.len() - from < SHORT => {
                    last.end = words.len();
                }
                _ => blocks.push(from..words.len()),
            }
        }
        let hash = |run: &[u64]| {
            let of_words = |hash: u64, word: &u64| hash.wrapping_mul(ODD).wrapping_add(*word);
            mixed(run.iter().fold(0, of_words)) >> (u64::BITS - BITS)
        };
        Runs {
            hashes: words.windows(WORDS).map(hash).collect(),
            words: words.len(),
            blocks,
        }
    }

    /// How many words the text has.
    pub fn words(&self) -> usize {
        self.words
    }

    /// The runs that begin in each block.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[u64]> {
        let end = self.hashes.len();
        self.blocks
            .iter()
            .map(move |block| &self.hashes[block.start.min(end)..block.end.min(end)])
    }

    /// The least run of each stretch of the blocks: the same paragraph has the same sample wherever it stands.
    pub fn sample(&self) -> Sample {
        let mut sample = Vec::with_capacity(self.hashes.len() / STRETCH + self.blocks.len());
        for block in &self.blocks {
            let count = (block.len() + 1).saturating_sub(WORDS);
            let stretches = (count / STRETCH).max(usize::from(count > 0));
            let runs = &self.hashes[block.start.min(self.hashes.len())..][..count];
            for number in 0..stretches {
                let stretch = count * number / stretches..count * (number + 1) / stretches;
                sample.extend(runs[stretch].iter().min());
            }
        }
        sample.sort_unstable();
        sample.dedup();
        Sample(sample)
    }

    /// The runs as a set, to look for those of other texts.
    pub fn set(&self) -> HashSet<u64> {
        self.hashes.iter().copied().collect()
    }

    /// How many words stand in runs that are in `other`, too; blocks that `is_left_out` says by number do not count.
    pub fn words_in(&self, other: &HashSet<u64>, is_left_out: impl Fn(usize) -> bool) -> usize {
        let mut counted = 0;
        let mut copied_to = 0;
        for (number, block) in self.blocks.iter().enumerate() {
            for word in block.clone() {
                if self.hashes.get(word).is_some_and(|run| other.contains(run)) {
                    copied_to = word + WORDS;
                }
                counted += usize::from(word < copied_to && !is_left_out(number));
            }
        }
        counted
    }
}

/// A few runs of a text, in order of their hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample(pub(crate) Vec<u64>);

impl Sample {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let runs = self.0.iter();
        runs.flat_map(|run| run.to_le_bytes().into_iter().take(BYTES))
            .collect()
    }

    /// What was stored.
    pub fn from_bytes(bytes: &[u8]) -> Sample {
        let runs = bytes.chunks_exact(BYTES).map(|bytes| {
            let value = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
            bytes.iter().rev().fold(0, value)
        });
        Sample(runs.collect())
    }
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
    fn words_count_as_copied_where_eight_in_a_row_are_the_same() {
        let other = Runs::of(&words(0, 100)).set();
        let text = format!(
            "{} khác {} khác {}",
            words(0, 7),
            words(10, 30),
            words(40, 48)
        );
        assert_eq!(Runs::of(&text).words_in(&other, |_| false), 28);
    }

    #[test]
    fn a_block_that_is_left_out_does_not_count_and_short_lines_are_one_block() {
        let text = format!("{}\n{}\n{}", words(0, 10), words(10, 20), words(20, 50));
        let runs = Runs::of(&text);
        let other = runs.set();
        assert_eq!(runs.words_in(&other, |_| false), 50);
        assert_eq!(runs.words_in(&other, |block| block == 1), 20);
        assert_eq!(runs.blocks().count(), 2);
    }

    #[test]
    fn a_text_shorter_than_a_run_has_words_and_no_sample() {
        let runs = Runs::of("Xã có 05 thôn.");
        assert_eq!((runs.words(), runs.sample().len()), (4, 0));
        assert_eq!(runs.words_in(&runs.set(), |_| false), 0);
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(text in "[a-đ]{1,4}([ \n][a-đ]{1,4}){0,120}") {
            let sample = Runs::of(&text).sample();
            prop_assert_eq!(Sample::from_bytes(&sample.to_bytes()), sample);
        }

        /// Wherever a paragraph stands, its sample is the same.
        #[test]
        fn a_paragraph_has_the_same_sample_in_every_text(before in 1usize..60, length in 16usize..90) {
            let paragraph = words(1_000, 1_000 + length);
            let text = format!("{}\n{paragraph}\n{}", words(0, before), words(500, 560));
            let whole = Runs::of(&text).sample();
            let alone = Runs::of(&paragraph).sample();
            prop_assert!(!alone.is_empty());
            prop_assert!(alone.0.iter().all(|run| whole.0.contains(run)));
        }

        /// Of so many words in a row a text shows at least one run in its sample.
        #[test]
        fn forty_words_in_a_row_hold_a_sampled_run(from in 0usize..200) {
            let sample = Runs::of(&words(0, 300)).sample();
            let part = Runs::of(&words(from, from + 40)).set();
            prop_assert!(sample.0.iter().any(|run| part.contains(run)));
        }
    }
}
