//! Marks of State secrets in a report that is held against the checks.

use super::codes::Code;
use super::dossier::Placed;
use super::finding::{Finding, Place};

pub(super) fn check(lines: &[Placed<'_>]) -> Vec<Finding> {
    lines
        .iter()
        .filter_map(|line| {
            let degree = crate::secrecy::stamp(line.text())?;
            Some(Finding::new(
                Code::SecrecyMark,
                line.place(0..line.text().len()),
                format!("Dòng này là dấu chỉ độ mật “{degree}”."),
                format!("This line is the mark of secrecy “{degree}”."),
            ))
        })
        .collect()
}

/// The one finding about a document that bears a mark: its degree, and not a word of what it says.
pub fn secret(degree: &str) -> Finding {
    Finding::new(
        Code::SecrecyMark,
        Place::default(),
        format!("Văn bản có dấu chỉ độ mật “{degree}”."),
        format!("The document bears the mark of secrecy “{degree}”."),
    )
}
