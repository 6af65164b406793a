//! From what a campaign holds to the documents that leave it. Pure: values in, [`super::OfficialDocument`] out.

mod annex;
mod letter;
mod report;

pub use annex::{FigureRow, ReportedRow, figures_annex, reported_annex};
pub use letter::{LateUnit, LetterParts, reminder_letter};
pub use report::{ReportParts, ReportSection, heading, report};

use super::SignatureBlock;
use jiff::civil::Date;

/// Number, date and signature of a document that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedHead {
    /// Number and symbol, e.g. `12-BC/HU`.
    pub number: String,
    pub date: Date,
    pub place: String,
    pub signature: SignatureBlock,
}
