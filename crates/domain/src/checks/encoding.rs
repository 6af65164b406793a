//! Text that is not precomposed Unicode: decomposed letters, and the 8-bit codes TCVN3 and VNI read as Latin.
//!
//! A file is repaired as it is read, so that only the reader can tell: [`of_file`] says what it mended.

use super::codes::Code;
use super::dossier::{Dossier, Placed};
use super::finding::{Finding, Place};
use crate::legacy::{Encoding, detect};
use unicode_normalization::char::is_combining_mark;

pub(super) fn legacy(lines: &[Placed<'_>]) -> Vec<Finding> {
    lines
        .iter()
        .filter_map(|line| {
            let encoding = detect(line.text())?;
            Some(Finding::new(
                Code::Legacy,
                line.place(0..line.text().len()),
                format!(
                    "Đoạn này theo bảng mã cũ {}, đọc ra không đúng chữ Việt.",
                    encoding.label()
                ),
                format!(
                    "This paragraph is in the old code {} and does not read as Vietnamese.",
                    encoding.label()
                ),
            ))
        })
        .collect()
}

/// One note for the report, at its first decomposed letter.
pub(super) fn decomposed(dossier: &Dossier) -> Vec<Finding> {
    let mut first = None;
    let mut sections = 0;
    for part in &dossier.parts {
        let Some((paragraph, at)) =
            part.text.lines().enumerate().find_map(|(index, line)| {
                Some((index + 1, line.chars().position(is_combining_mark)?))
            })
        else {
            continue;
        };
        sections += 1;
        first.get_or_insert_with(|| Place {
            section: Some(part.section.id),
            section_name: part.name(),
            paragraph: Some(paragraph),
            start: at,
            end: at + 1,
            ..Place::default()
        });
    }
    first
        .map(|place| {
            Finding::new(
                Code::Decomposed,
                place,
                format!("{sections} mục có chữ Unicode tổ hợp."),
                format!("{sections} sections hold decomposed letters."),
            )
        })
        .into_iter()
        .collect()
}

/// What a reader mended in a file before anything else looked at it.
pub fn of_file(legacy: Option<Encoding>, is_decomposed: bool) -> Vec<Finding> {
    let legacy = legacy.map(|encoding| {
        Finding::new(
            Code::Legacy,
            Place::default(),
            format!("Tệp theo bảng mã cũ {}.", encoding.label()),
            format!("The file is in the old code {}.", encoding.label()),
        )
    });
    let decomposed = is_decomposed.then(|| {
        Finding::new(
            Code::Decomposed,
            Place::default(),
            "Tệp có chữ Unicode tổ hợp.".to_owned(),
            "The file holds decomposed letters.".to_owned(),
        )
    });
    legacy.into_iter().chain(decomposed).collect()
}
