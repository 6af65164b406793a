//! Duties of a plan that are no reports: shown, and ticked off when done.

use crate::plan::DutyKind;
use jiff::civil::Date;

/// Something the plan gives somebody to do besides reporting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// A task or an event.
    pub kind: DutyKind,
    /// The bodies as written, joined by semicolons.
    pub who: String,
    pub what: String,
    pub due_phrase: String,
    pub due_date: Option<Date>,
}

impl DutyKind {
    /// The word in files and in the database.
    pub fn code(self) -> &'static str {
        match self {
            DutyKind::Report => "report",
            DutyKind::Task => "task",
            DutyKind::Event => "event",
        }
    }
    pub fn from_code(code: &str) -> Option<DutyKind> {
        match code {
            "report" => Some(DutyKind::Report),
            "task" => Some(DutyKind::Task),
            "event" => Some(DutyKind::Event),
            _ => None,
        }
    }
    pub fn label(self) -> &'static str {
        match self {
            DutyKind::Report => "Báo cáo",
            DutyKind::Task => "Việc phải làm",
            DutyKind::Event => "Hội nghị, sự kiện",
        }
    }
}
