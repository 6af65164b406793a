//! The text of a section as passages, each knowing where it came from.
//!
//! A passage is one paragraph. What a unit writes itself has no source; what a consolidator inserts from a
//! subordinate's report keeps report, revision, section and passage through every later edit.

use crate::ids::{AssignmentId, RevisionId, SectionId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The passage that another passage was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    pub unit: UnitId,
    pub assignment: AssignmentId,
    pub revision: RevisionId,
    pub section: SectionId,
    /// Index of the paragraph in the source section, from 0.
    pub passage: u32,
}

/// One paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The words differ from those of the source.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
}

/// Least share of common words at which a changed paragraph still counts as the same passage.
const STILL_THE_SAME: (usize, usize) = (2, 5);

/// The paragraphs of a text: its lines that are not blank.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty())
}

/// The passages of a text written by the unit itself.
pub fn own(text: &str) -> Vec<Passage> {
    paragraphs(text)
        .map(|line| Passage {
            text: line.to_string(),
            source: None,
            edited: false,
        })
        .collect()
}

/// The text of passages, one paragraph a line.
pub fn text_of(passages: &[Passage]) -> String {
    passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Carries the sources of `old` over to `new_text`, the text after an edit: unchanged paragraphs keep theirs,
/// changed ones keep it marked as edited, moved ones are found again, new ones have none.
pub fn carry_over(old: &[Passage], new_text: &str) -> Vec<Passage> {
    let mut passages = own(new_text);
    if old.iter().all(|passage| passage.source.is_none()) {
        return passages;
    }
    let mut taken = vec![false; old.len()];
    let mut unmatched = Vec::new();
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, passage) in old.iter().enumerate().rev() {
        by_text
            .entry(passage.text.as_str())
            .or_default()
            .push(index);
    }
    for (index, passage) in passages.iter_mut().enumerate() {
        match by_text.get_mut(passage.text.as_str()).and_then(Vec::pop) {
            Some(found) => {
                taken[found] = true;
                passage.source = old[found].source;
                passage.edited = old[found].edited;
            }
            None => unmatched.push(index),
        }
    }
    for index in unmatched {
        let words = word_counts(&passages[index].text);
        let best = old
            .iter()
            .enumerate()
            .filter(|(candidate, passage)| !taken[*candidate] && passage.source.is_some())
            .map(|(candidate, passage)| (candidate, common_words(&words, &passage.text)))
            .max_by_key(|(_, (common, longer))| common * 10_000 / longer.max(&1));
        if let Some((candidate, (common, longer))) = best
            && common * STILL_THE_SAME.1 >= longer * STILL_THE_SAME.0
        {
            taken[candidate] = true;
            passages[index].source = old[candidate].source;
            passages[index].edited = true;
        }
    }
    passages
}

fn word_counts(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// How many words two texts share, and how many the longer one has.
fn common_words(words: &HashMap<&str, usize>, other: &str) -> (usize, usize) {
    let other = word_counts(other);
    let common = words
        .iter()
        .map(|(word, count)| (*count).min(other.get(word).copied().unwrap_or(0)))
        .sum();
    (
        common,
        words.values().sum::<usize>().max(other.values().sum()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn from(unit: i64, text: &str) -> Passage {
        let source = Source {
            unit: UnitId(unit),
            assignment: AssignmentId(unit),
            revision: RevisionId(unit),
            section: SectionId(1),
            passage: 0,
        };
        Passage {
            text: text.into(),
            source: Some(source),
            edited: false,
        }
    }

    fn units(passages: &[Passage]) -> Vec<Option<i64>> {
        passages
            .iter()
            .map(|passage| passage.source.map(|source| source.unit.0))
            .collect()
    }

    #[test]
    fn an_unchanged_passage_keeps_its_source_when_text_is_added_around_it() {
        let old = [
            from(1, "Xã A đã xây 05 nhà tình nghĩa."),
            from(2, "Xã B đã sửa 09 nhà."),
        ];
        let new = carry_over(
            &old,
            "Toàn huyện có nhiều kết quả.\nXã A đã xây 05 nhà tình nghĩa.\n\nXã B đã sửa 09 nhà.",
        );
        assert_eq!(units(&new), [None, Some(1), Some(2)]);
        assert!(new.iter().all(|passage| !passage.edited));
    }

    #[test]
    fn an_edited_passage_keeps_its_source_and_says_that_it_was_edited() {
        let old = [from(
            1,
            "Xã A đã xây 05 nhà tình nghĩa cho gia đình chính sách.",
        )];
        let new = carry_over(
            &old,
            "Xã A đã xây mới 05 nhà tình nghĩa cho các gia đình chính sách.",
        );
        assert_eq!((units(&new), new[0].edited), (vec![Some(1)], true));
    }

    #[test]
    fn moved_passages_are_found_again() {
        let old = [from(1, "một hai ba"), from(2, "bốn năm sáu")];
        assert_eq!(
            units(&carry_over(&old, "bốn năm sáu\nmột hai ba")),
            [Some(2), Some(1)]
        );
    }

    #[test]
    fn a_wholly_new_paragraph_claims_no_source() {
        let old = [from(1, "Xã A đã xây 05 nhà tình nghĩa.")];
        assert_eq!(
            units(&carry_over(
                &old,
                "Công tác tuyên truyền được quan tâm thường xuyên."
            )),
            [None]
        );
    }

    proptest! {
        #[test]
        fn no_word_of_the_new_text_is_lost_or_added(old in proptest::collection::vec("[a-d ]{1,12}", 0..6), text in "[a-d \n]{0,60}") {
            let old: Vec<Passage> = old.iter().enumerate().map(|(index, text)| from(index as i64, text)).collect();
            let new = carry_over(&old, &text);
            prop_assert_eq!(text_of(&new), paragraphs(&text).collect::<Vec<_>>().join("\n"));
        }
    }
}
