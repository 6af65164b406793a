//! A linter for reports: small checks from a [`Dossier`] to findings, each with its place, what is wrong and how to
//! mend it.
//!
//! A false alarm costs more than a missed slip: a check speaks only where it is sure, and the labelled set in
//! `tests/checks` holds each of them to that.

mod bodies;
mod change;
mod codes;
mod copies;
mod dates;
mod dossier;
mod encoding;
mod figures;
mod finding;
mod layout;
mod leftovers;
mod lines;
mod manuscript;
mod marks;
mod names;
mod outline;
mod prose;
mod quantities;
mod rows;
mod shares;
mod siblings;
mod sums;
mod tables;

pub use codes::Code;
pub use dossier::{CopyOf, Dossier, Figures, Look, Months, Names, Part, SimilarPassage};
pub use encoding::of_file as repaired;
pub use finding::{Beside, Finding, Level, Place};
pub use manuscript::{Manuscript, manuscript};
pub use marks::secret;

use crate::pattern::pattern;
use unicode_normalization::UnicodeNormalization;

/// Everything that the checks find, in the order of the report; findings about figures come last.
/// Offsets count characters of the NFC text.
pub fn check(dossier: &Dossier) -> Vec<Finding> {
    let mut found = encoding::decomposed(dossier);
    let composed;
    let dossier = if found.is_empty() {
        dossier
    } else {
        composed = in_nfc(dossier);
        &composed
    };
    let lines = dossier.lines();
    let lines = lines.as_slice();
    found.extend(marks::check(lines));
    found.extend(outline::check(dossier));
    found.extend(leftovers::check(dossier, lines));
    let legacy = encoding::legacy(lines);
    // What is not read aright cannot be judged.
    let readable = legacy.is_empty();
    found.extend(legacy);
    found.extend(figures::check(dossier));
    found.extend(siblings::check(dossier));
    found.extend(copies::check(dossier, lines));
    found.extend(layout::check(dossier));
    if readable {
        let quantities = quantities::of_lines(lines);
        found.extend(tables::check(lines));
        found.extend(sums::check(lines, &quantities));
        found.extend(shares::check(lines, &quantities));
        found.extend(change::check(lines, &quantities));
        found.extend(prose::check(dossier, lines, &quantities));
        found.extend(dates::check(dossier, lines, &quantities));
        found.extend(bodies::check(dossier, lines));
        found.extend(names::check(dossier, lines));
    }
    in_order(dossier, found)
}

fn in_nfc(dossier: &Dossier) -> Dossier {
    let mut composed = dossier.clone();
    for part in &mut composed.parts {
        part.text = part.text.nfc().collect();
    }
    composed
}

fn in_order(dossier: &Dossier, mut found: Vec<Finding>) -> Vec<Finding> {
    let position = |finding: &Finding| {
        let section = finding.place.section?;
        dossier
            .parts
            .iter()
            .position(|part| part.section.id == section)
    };
    found.sort_by_cached_key(|finding| {
        (
            finding.place.indicator.is_some(),
            position(finding),
            finding.place.paragraph,
            finding.place.start,
            finding.code,
        )
    });
    found.dedup();
    found
}
