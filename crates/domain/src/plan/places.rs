//! Where in the text each item of a plan was read, so that a page can mark it and jump to it.

use serde::{Deserialize, Serialize};

use super::model::Plan;

/// A stretch of the document's NFC text: characters `start..end`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// A plan as read, beside the places of its items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub plan: Plan,
    pub places: Places,
}

/// One place for each item of the [`Plan`]; lists run parallel to the plan's lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub title: Option<Span>,
    pub kind: Option<Span>,
    pub number: Option<Span>,
    pub date: Option<Span>,
    pub issuer: Option<Span>,
    pub legal_basis: Vec<Span>,
    pub instruments_under_review: Vec<Span>,
    pub purposes: Vec<Span>,
    pub period: Option<Span>,
    pub assignments: Vec<DutyPlaces>,
    pub lead: Vec<Span>,
    pub coordinate: Vec<Span>,
    pub recipients: Vec<Span>,
    pub signer: Option<Span>,
    /// The words that say an outline is attached.
    pub outline_attached: Option<Span>,
    pub outline: Option<Span>,
}

/// Places of the parts of one duty; `who` runs parallel to the duty's `who`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyPlaces {
    pub who: Vec<Span>,
    pub deliverable: Option<Span>,
    pub to: Option<Span>,
    pub via: Option<Span>,
    pub adopted_by: Option<Span>,
    pub due: Option<Span>,
    pub due_set_by: Option<Span>,
}
