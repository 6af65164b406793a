//! Finding the sections that hold a part of a given one among many, without looking at each: by sampled runs of words.
//!
//! The index holds a [`Sample`] of each section and is asked with all runs of a text, so a part that was copied is
//! found wherever it begins. A run that stands in many reports, or was said to be common, is no sign of a copy: it is
//! not followed, and no further report makes it longer. Many are one report in [`ONE_IN`], but no fewer than
//! [`FEWEST_COMMON`] and no more than [`MOST_COMMON`].

use crate::runs::{Runs, Sample};
use std::collections::{HashMap, HashSet};

/// Of so many reports one makes what it has common.
pub const ONE_IN: usize = 16;
/// In a small campaign, and in a large one, so many reports have what everybody writes.
pub const FEWEST_COMMON: usize = 8;
pub const MOST_COMMON: usize = 30;
/// Bits of an entry that hold the number of a section.
const NUMBER_BITS: u32 = 24;
/// Instead of the number of a section: the run is common.
const IS_COMMON: u64 = (1 << NUMBER_BITS) - 2;
/// Most sections of one index; further ones are not found.
const MOST: usize = IS_COMMON as usize;
/// A text of so many words and more must meet a section in two of them.
const LONG: usize = 160;
/// An empty slot: no section has this number.
const FREE: u64 = u64::MAX;

/// Sections of reports by their sampled runs.
#[derive(Debug, Default)]
pub struct SectionIndex {
    /// By number of the section: the report that it is of.
    reports: Vec<i64>,
    /// How many reports, those that were sent again counted again.
    texts: usize,
    /// Open addressing: a run and the number of a section that has it; a run stands there once for each report.
    slots: Vec<u64>,
    used: usize,
}

/// A section that has runs of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number in the index.
    pub section: usize,
    /// How many of its sampled runs stand in the text.
    pub runs: usize,
}

impl SectionIndex {
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Adds a section of a report; it is number [`SectionIndex::len`] as it was before. Where an earlier text of the
    /// report has the same run, the new one takes its place. Gives the sections that have a run which is common now.
    pub fn insert(&mut self, report: i64, sample: &Sample) -> Vec<usize> {
        let number = self.reports.len();
        self.texts += usize::from(self.reports.last() != Some(&report));
        self.reports.push(report);
        let mut now_common = Vec::new();
        if number < MOST {
            for run in &sample.0 {
                self.put(*run, number as u64, &mut now_common);
            }
        }
        now_common
    }

    /// Says of all runs of a text that everybody may have them: what the plan and the outline say.
    pub fn insert_common(&mut self, text: &Runs) {
        for run in text.blocks().flatten() {
            self.put(*run, IS_COMMON, &mut Vec::new());
        }
    }

    fn put(&mut self, run: u64, number: u64, now_common: &mut Vec<usize>) {
        if (self.used + 1) * 8 > self.slots.len() * 7 {
            self.grow();
        }
        let many = (self.texts / ONE_IN).clamp(FEWEST_COMMON, MOST_COMMON);
        let mask = self.slots.len() - 1;
        let (mut at, mut first, mut met) = (home(run) & mask, None, 0);
        while self.slots[at] != FREE {
            let (there, section) = parts(self.slots[at]);
            if there == run {
                if section == IS_COMMON {
                    return;
                }
                first.get_or_insert(at);
                met += 1;
                if number != IS_COMMON && self.is_same_report(section, number) {
                    self.slots[at] = entry(run, number);
                    return;
                }
            }
            at = (at + 1) & mask;
        }
        match first {
            Some(first) if number == IS_COMMON || met + 1 >= many => {
                now_common.extend(self.numbers(run).map(|section| section as usize));
                // What stands behind the first is not looked at any more, and left behind when the table grows.
                self.slots[first] = entry(run, IS_COMMON);
            }
            _ => {
                self.slots[at] = entry(run, number);
                self.used += 1;
            }
        }
    }

    fn is_same_report(&self, section: u64, other: u64) -> bool {
        self.reports[section as usize] == self.reports[other as usize]
    }

    fn grow(&mut self) {
        let room = (self.slots.len() * 2).max(1 << 10);
        let before = std::mem::replace(&mut self.slots, vec![FREE; room]);
        self.used = 0;
        let is_common = |slot: &&u64| parts(**slot).1 == IS_COMMON;
        let filled = || before.iter().filter(|slot| **slot != FREE);
        for slot in filled().filter(is_common) {
            self.carry(*slot);
        }
        for slot in filled().filter(|slot| !is_common(slot)) {
            if !self.is_common(parts(*slot).0) {
                self.carry(*slot);
            }
        }
    }

    /// Puts an entry into a table that has room and not this entry.
    fn carry(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = home(parts(slot).0) & mask;
        while self.slots[at] != FREE {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
        self.used += 1;
    }

    /// The numbers that stand by a run; [`IS_COMMON`] first where it is.
    fn numbers(&self, run: u64) -> impl Iterator<Item = u64> {
        let mask = self.slots.len().wrapping_sub(1);
        let begin = home(run);
        (0..self.slots.len())
            .map(move |step| self.slots[begin.wrapping_add(step) & mask])
            .take_while(|slot| *slot != FREE)
            .map(parts)
            .filter(move |(there, _)| *there == run)
            .map(|(_, number)| number)
    }

    fn is_common(&self, run: u64) -> bool {
        self.numbers(run).next() == Some(IS_COMMON)
    }

    /// The sections that have runs of a block, each once for each run; `None` when everybody has the block: a third of
    /// its runs that were met before are common.
    fn met(&self, block: &[u64]) -> Option<Vec<usize>> {
        let (mut met, mut common) = (0, 0);
        let mut sections = Vec::new();
        for run in block {
            let numbers = sections.len();
            for number in self.numbers(*run) {
                if number == IS_COMMON {
                    common += 1;
                    break;
                }
                sections.push(number as usize);
            }
            met += usize::from(sections.len() > numbers);
        }
        (common == 0 || common * 2 < met).then_some(sections)
    }

    /// Which blocks of a text everybody has.
    pub fn common_blocks(&self, text: &Runs) -> HashSet<usize> {
        let blocks = text.blocks().enumerate();
        blocks
            .filter(|(_, runs)| self.met(runs).is_none())
            .map(|(number, _)| number)
            .collect()
    }

    /// The sections that have a part of the text, those with most of it first. To be verified: some share a phrase.
    pub fn like(&self, text: &Runs) -> Vec<Hit> {
        let mut runs_of: HashMap<usize, usize> = HashMap::new();
        for section in text.blocks().filter_map(|runs| self.met(runs)).flatten() {
            *runs_of.entry(section).or_default() += 1;
        }
        let least = if text.words() < LONG { 1 } else { 2 };
        let mut found: Vec<Hit> = runs_of
            .into_iter()
            .filter(|(_, runs)| *runs >= least)
            .map(|(section, runs)| Hit { section, runs })
            .collect();
        found.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.runs), hit.section));
        found
    }
}

fn entry(run: u64, number: u64) -> u64 {
    (run << NUMBER_BITS) | number
}

fn parts(slot: u64) -> (u64, u64) {
    (slot >> NUMBER_BITS, slot & ((1 << NUMBER_BITS) - 1))
}

/// The place that a run is looked for from: the hash is spread evenly already.
fn home(run: u64) -> usize {
    run as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("từ{n}")).collect();
        words.join(" ")
    }

    fn index_of(texts: &[String]) -> SectionIndex {
        let mut index = SectionIndex::default();
        for (report, text) in texts.iter().enumerate() {
            index.insert(report as i64, &Runs::of(text).sample());
        }
        index
    }

    fn sections(index: &SectionIndex, text: &str) -> Vec<usize> {
        let found = index.like(&Runs::of(text));
        found.into_iter().map(|hit| hit.section).collect()
    }

    #[test]
    fn two_paragraphs_taken_into_another_text_are_found() {
        let index = index_of(&[words(0, 300), words(1_000, 1_300)]);
        let text = format!(
            "{}\n{}\n{}",
            words(2_000, 2_100),
            words(1_060, 1_120),
            words(3_000, 3_100)
        );
        assert_eq!(sections(&index, &text), [1]);
    }

    #[test]
    fn what_many_reports_have_is_no_sign_of_a_copy_and_takes_no_more_room() {
        let everybody = words(0, 60);
        let own = |report: usize| {
            format!(
                "{everybody}\n{}",
                words(report * 100 + 100, report * 100 + 160)
            )
        };
        let mut index = index_of(&(0..FEWEST_COMMON - 1).map(own).collect::<Vec<_>>());
        assert_eq!(sections(&index, &everybody).len(), FEWEST_COMMON - 1);
        let now_common = index.insert(500, &Runs::of(&everybody).sample());
        assert!((0..FEWEST_COMMON - 1).all(|section| now_common.contains(&section)));
        assert!(sections(&index, &everybody).is_empty());
        assert_eq!(
            sections(&index, &own(3)),
            [3],
            "the own words of a report still are"
        );
        let used = index.used;
        index.insert(501, &Runs::of(&everybody).sample());
        assert_eq!(index.used, used);
    }

    #[test]
    fn what_the_outline_says_is_no_sign_of_a_copy() {
        let mut index = index_of(&[words(0, 60)]);
        index.insert_common(&Runs::of(&words(0, 60)));
        assert!(sections(&index, &words(0, 60)).is_empty());
        assert_eq!(
            index.common_blocks(&Runs::of(&words(0, 60))),
            HashSet::from([0])
        );
    }

    #[test]
    fn in_a_large_campaign_more_reports_may_have_the_same() {
        let texts = |count: usize| (0..count).map(|n| words(n * 100 + 100, n * 100 + 160));
        let everybody = words(0, 60);
        let mut index = index_of(&texts(1_000).collect::<Vec<_>>());
        for report in 0..MOST_COMMON - 1 {
            index.insert(5_000 + report as i64, &Runs::of(&everybody).sample());
        }
        assert_eq!(sections(&index, &everybody).len(), MOST_COMMON - 1);
        index.insert(6_000, &Runs::of(&everybody).sample());
        assert!(sections(&index, &everybody).is_empty());
    }

    #[test]
    fn a_report_that_is_sent_again_and_again_makes_nothing_common() {
        let mut index = SectionIndex::default();
        for _ in 0..MOST_COMMON * 2 {
            index.insert(1, &Runs::of(&words(0, 60)).sample());
        }
        assert_eq!(sections(&index, &words(0, 60)), [MOST_COMMON * 2 - 1]);
    }

    #[test]
    fn nothing_is_lost_when_the_index_grows() {
        let texts: Vec<String> = (0..200)
            .map(|n| words(n * 1_000, n * 1_000 + 250))
            .collect();
        let index = index_of(&texts);
        for (section, text) in texts.iter().enumerate() {
            assert_eq!(sections(&index, text), [section]);
        }
        assert_eq!(index.len(), 200);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        assert!(SectionIndex::default().is_empty());
        assert!(sections(&SectionIndex::default(), &words(0, 50)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Of a hundred sections of 150 to 300 words, each copied with every tenth word changed, at least 99 are found
        /// and verified, and no section is held for the copy of another.
        #[test]
        fn sections_copied_with_a_tenth_of_their_words_changed_are_found(seed in 1u64..u64::MAX) {
            let mut number = seed;
            let mut below = |limit: u64| {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (number >> 33) % limit
            };
            let texts: Vec<Vec<String>> = (0..100)
                .map(|_| (0..150 + below(151)).map(|_| format!("từ{}", below(2_000))).collect())
                .collect();
            let joined: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            let index = index_of(&joined);
            let mut found = 0;
            for (section, words) in texts.iter().enumerate() {
                let mut copy = words.clone();
                for _ in 0..words.len() / 10 {
                    let place = below(words.len() as u64) as usize;
                    copy[place] = format!("khác{}", below(2_000));
                }
                let copy = Runs::of(&copy.join(" "));
                for hit in index.like(&copy) {
                    let copied = copy.words_in(&Runs::of(&joined[hit.section]).set(), |_| false);
                    let is_verified = copied >= 40 && copied * 4 >= copy.words();
                    prop_assert!(!is_verified || hit.section == section);
                    found += usize::from(is_verified);
                }
            }
            prop_assert!(found >= 99, "{} of 100", found);
        }
    }
}
