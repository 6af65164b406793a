//! What a person says to a finding: it is right and was dealt with, or it does not apply.

use serde::{Deserialize, Serialize};

/// The answer to one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingAnswer {
    Accepted,
    SetAside,
}

impl FindingAnswer {
    /// The word in the database, in forms and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            FindingAnswer::Accepted => "accepted",
            FindingAnswer::SetAside => "set_aside",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            FindingAnswer::Accepted => "đã xử lý",
            FindingAnswer::SetAside => "bỏ qua",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [FindingAnswer::Accepted, FindingAnswer::SetAside]
            .into_iter()
            .find(|answer| answer.code() == code)
    }
}
