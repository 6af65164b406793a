//! Putting a report together from the reports below: where passages go in, and what of each source was used.

use super::passages::{Passage, Source};
use crate::ids::RevisionId;
use serde::Serialize;

/// The passages of `new` that no passage of `own` comes from yet: inserting twice is inserting once.
pub fn not_yet_in(own: &[Passage], new: Vec<Passage>) -> Vec<Passage> {
    new.into_iter()
        .filter(|passage| {
            passage.source.is_none() || own.iter().all(|known| known.source != passage.source)
        })
        .collect()
}

/// Puts `new` behind the first `at` passages; behind all when there are fewer.
pub fn insert(mut own: Vec<Passage>, new: Vec<Passage>, at: usize) -> Vec<Passage> {
    let tail = own.split_off(at.min(own.len()));
    own.extend(new);
    own.extend(tail);
    own
}

/// What became of a passage that a unit sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// Not taken.
    New,
    /// Taken, with other words.
    Edited,
    /// Taken word by word.
    Used,
}

/// How much of a section that a unit sent was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    Unused,
    Part,
    Whole,
}

impl Share {
    /// `used` of `all` passages; more than all can be used when some came from an earlier revision.
    pub fn of(used: usize, all: usize) -> Share {
        match used {
            0 => Share::Unused,
            used if used < all => Share::Part,
            _ => Share::Whole,
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Share::Unused => "chưa dùng",
            Share::Part => "dùng một phần",
            Share::Whole => "dùng toàn bộ",
        }
    }
}

/// A passage of the own draft that was taken from the unit in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken<'a> {
    pub source: Source,
    pub edited: bool,
    /// The words of the source when it was taken; `None` when they are not known any more.
    pub original: Option<&'a str>,
}

/// For each passage of the section that a unit sent last (as `revision`) what the own draft made of it. What was
/// taken from an earlier revision counts for the passage that still has the same words.
pub fn usages(sent: &[Passage], revision: RevisionId, taken: &[Taken<'_>]) -> Vec<Usage> {
    let mut usages = vec![Usage::New; sent.len()];
    for taken in taken {
        let place = if taken.source.revision == revision {
            usize::try_from(taken.source.passage).ok()
        } else {
            sent.iter()
                .position(|passage| Some(passage.text.as_str()) == taken.original)
        };
        if let Some(usage) = place.and_then(|place| usages.get_mut(place)) {
            let made = if taken.edited {
                Usage::Edited
            } else {
                Usage::Used
            };
            *usage = made.max(*usage);
        }
    }
    usages
}

#[cfg(test)]
mod tests {
    use super::super::passages::own;
    use super::*;
    use crate::ids::{AssignmentId, SectionId, UnitId};
    use proptest::prelude::*;

    fn source(revision: i64, passage: u32) -> Source {
        Source {
            unit: UnitId(1),
            assignment: AssignmentId(1),
            revision: RevisionId(revision),
            section: SectionId(1),
            passage,
        }
    }

    fn taken(revision: i64, texts: &[String]) -> Vec<Passage> {
        (0..)
            .zip(texts)
            .map(|(index, text)| Passage {
                text: text.clone(),
                source: Some(source(revision, index)),
                edited: false,
            })
            .collect()
    }

    #[test]
    fn a_new_revision_leaves_used_what_still_says_the_same() {
        let sent = own("Xã có 05 thôn.\nĐã xây 06 nhà.");
        let from_before = |passage, original| Taken {
            source: source(1, passage),
            edited: false,
            original: Some(original),
        };
        let taken = [
            from_before(0, "Đã xây 05 nhà."),
            from_before(1, "Xã có 05 thôn."),
        ];
        assert_eq!(
            usages(&sent, RevisionId(2), &taken),
            [Usage::Used, Usage::New]
        );
    }

    #[test]
    fn shares_are_told_by_how_many_passages_were_used() {
        assert_eq!(
            [Share::of(0, 3), Share::of(1, 3), Share::of(4, 3)],
            [Share::Unused, Share::Part, Share::Whole]
        );
    }

    proptest! {
        #[test]
        fn inserting_loses_nothing_keeps_both_orders_and_twice_is_once(
            own_texts in proptest::collection::vec("[a-c]{1,4}", 0..6),
            new_texts in proptest::collection::vec("[a-c]{1,4}", 0..6),
            at in 0usize..8,
        ) {
            let before: Vec<Passage> = own_texts.iter().flat_map(|text| own(text)).collect();
            let new = taken(7, &new_texts);
            let after = insert(before.clone(), not_yet_in(&before, new.clone()), at);
            prop_assert_eq!(after.len(), before.len() + new.len());
            let (inserted, kept): (Vec<Passage>, Vec<Passage>) = after.iter().cloned().partition(|passage| passage.source.is_some());
            prop_assert_eq!(kept, before);
            prop_assert_eq!(&inserted, &new);
            prop_assert!(not_yet_in(&after, new).is_empty());
        }

        #[test]
        fn what_was_inserted_whole_is_used_whole(texts in proptest::collection::vec("[a-c]{1,4}", 1..6), edited in any::<bool>()) {
            let sent = taken(7, &texts);
            let all: Vec<Taken<'_>> = sent.iter().filter_map(|passage| {
                Some(Taken { source: passage.source?, edited, original: Some(&passage.text) })
            }).collect();
            let expected = if edited { Usage::Edited } else { Usage::Used };
            prop_assert!(usages(&sent, RevisionId(7), &all).iter().all(|usage| *usage == expected));
            prop_assert!(usages(&sent, RevisionId(7), &[]).iter().all(|usage| *usage == Usage::New));
        }
    }
}
