//! Plans read whole: the example, plans of other kinds and makes, and text that is no plan at all.

mod example;
mod parts;
mod plans;
mod properties;
mod prose;
mod tables;
mod times;
mod whose;
mod wordings;

use super::{Duty, DutyKind, FindingKind, Reading, read};
use crate::doc::{Block, Document, Paragraph};

/// A document with one paragraph per line of `text`; emphasis marks are taken off.
fn document(text: &str) -> Document {
    let blocks = text
        .split("\n\n")
        .flat_map(|block| block.split('\n'))
        .filter(|line| !line.trim().is_empty())
        .map(|line| Block::Paragraph(Paragraph::plain(line.replace('*', ""))))
        .collect();
    Document { blocks }
}

fn read_text(text: &str) -> Reading {
    read(&document(text))
}

fn reports(reading: &Reading) -> Vec<&Duty> {
    reading
        .plan
        .assignments
        .iter()
        .filter(|duty| duty.duty == DutyKind::Report)
        .collect()
}

fn kinds(reading: &Reading) -> Vec<FindingKind> {
    reading
        .plan
        .findings
        .iter()
        .map(|finding| finding.kind)
        .collect()
}
