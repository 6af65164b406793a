//! Coverage of the outline: sections that are missing or empty.

use super::codes::Code;
use super::dossier::{Dossier, Part};
use super::finding::{Finding, Place};
use crate::campaign::Writable;

pub(super) fn check(dossier: &Dossier) -> Vec<Finding> {
    dossier
        .parts
        .iter()
        .enumerate()
        .filter(|(index, part)| {
            part.section.writable == Writable::Required
                && part.text.trim().is_empty()
                && !is_answered_below(&dossier.parts[index + 1..], part)
        })
        .map(|(_, part)| lacking(part))
        .collect()
}

/// What is written under its sub-sections counts as written.
fn is_answered_below(rest: &[Part], part: &Part) -> bool {
    rest.iter()
        .take_while(|below| below.section.level > part.section.level)
        .any(|below| !below.text.trim().is_empty())
}

fn lacking(part: &Part) -> Finding {
    let name = part.name();
    let place = Place {
        section: Some(part.section.id),
        section_name: name.clone(),
        ..Place::default()
    };
    if part.found {
        Finding::new(
            Code::SectionEmpty,
            place,
            format!("Mục “{name}” chưa có nội dung."),
            format!("Section “{name}” is empty."),
        )
    } else {
        Finding::new(
            Code::SectionMissing,
            place,
            format!("Báo cáo không có mục “{name}” của đề cương."),
            format!("The report lacks section “{name}” of the outline."),
        )
    }
}
