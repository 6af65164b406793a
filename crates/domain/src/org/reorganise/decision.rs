//! The head of a decision: by what paper, of whom, and from when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a decision is cited by, and the day on which it takes effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionHead {
    pub number: String,
    pub dated: Date,
    pub issuer: String,
    /// What it is about; may be empty.
    pub title: String,
    /// The first day on which it holds.
    pub effective: Date,
}

impl DecisionHead {
    /// As it is cited: number and day.
    pub fn citation(&self) -> String {
        format!("{} ngày {}", self.number, self.dated.strftime("%-d/%-m/%Y"))
    }
}
