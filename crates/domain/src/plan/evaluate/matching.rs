//! Which assignment of a reading is which assignment of the label.

use std::collections::BTreeSet;

use super::{Share, normal};
use crate::plan::model::Duty;

/// Overlap of bodies below which two duties are not the same.
const BODIES: Share = 0.6;
/// Likeness of deliverables below which two duties of the same bodies are not the same.
const DELIVERABLE: Share = 0.5;

/// Pairs (read, labelled), one to one, the most similar first; order in the text decides between equals.
pub(super) fn pairs(read: &[Duty], labelled: &[Duty]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(Share, usize, usize)> = Vec::new();
    for (found, duty) in read.iter().enumerate() {
        for (wanted, label) in labelled.iter().enumerate() {
            let likeness = alike(duty, label);
            if likeness > 0.0 {
                candidates.push((likeness, found, wanted));
            }
        }
    }
    candidates.sort_by(|a, b| {
        let apart = |candidate: &(Share, usize, usize)| candidate.1.abs_diff(candidate.2);
        b.0.total_cmp(&a.0).then(apart(a).cmp(&apart(b)))
    });
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, found, wanted) in candidates {
        let free = |pair: &(usize, usize)| pair.0 != found && pair.1 != wanted;
        if pairs.iter().all(free) {
            pairs.push((found, wanted));
        }
    }
    pairs.sort_by_key(|(_, wanted)| *wanted);
    pairs
}

/// How alike two duties are, 0 when they cannot be the same.
pub(super) fn alike(read: &Duty, label: &Duty) -> Share {
    if read.duty != label.duty {
        return 0.0;
    }
    let bodies = overlap(&read.who.join(" "), &label.who.join(" "));
    let text = |duty: &Duty| duty.deliverable.clone().unwrap_or_default();
    let deliverables = overlap(&text(read), &text(label));
    let same_day = read.due.is_some() && read.due == label.due;
    if bodies < BODIES || deliverables < DELIVERABLE && !(same_day && bodies > 0.99) {
        return 0.0;
    }
    let to = Share::from(u8::from(
        read.to.as_deref().map(normal) == label.to.as_deref().map(normal),
    ));
    let due = Share::from(u8::from(read.due == label.due));
    bodies + deliverables + 0.2 * to + 0.3 * due
}

/// Twice the words in common over all words; two texts without words are alike.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words stay far below 2^52"
)]
fn overlap(one: &str, other: &str) -> Share {
    let (one, other) = (normal(one), normal(other));
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (words(&one), words(&other));
    let common = one.intersection(&other).count();
    2.0 * common as Share / (one.len() + other.len()) as Share
}
