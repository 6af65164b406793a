//! Where a report stands as JSON, and what waits for somebody.

use app::reports::handing::Held;
use app::reports::view::NamedAssignment;
use app::reports::work::{MyWork, Owed, Waiting};
use domain::deadline::Timeliness;
use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::{Action, State};
use domain::report::readiness::Blocker;
use jiff::Timestamp;
use serde::Serialize;

/// Where a report stands.
#[derive(Debug, Serialize)]
pub struct Standing {
    pub report: AssignmentId,
    pub campaign: String,
    pub campaign_name: String,
    /// Code of the unit that owes it.
    pub unit: String,
    pub unit_name: String,
    pub to: String,
    pub via: Option<String>,
    pub state: State,
    pub state_since: Timestamp,
    /// Why it was returned, waived or withdrawn; empty otherwise.
    pub state_reason: String,
    /// Number of the current revision, 0 before anybody wrote.
    pub revision: i64,
    pub due_at: Option<Timestamp>,
    /// The one before an extension.
    pub original_due_at: Option<Timestamp>,
    pub first_sent_at: Option<Timestamp>,
    pub timeliness: &'static str,
    /// Days late or missing.
    pub days_over: Option<i64>,
    /// What the caller may do next.
    pub offered: Vec<Action>,
}

impl Standing {
    pub(super) fn of(
        report: NamedAssignment,
        timeliness: Timeliness,
        offered: Vec<Action>,
    ) -> Standing {
        let (timeliness, days_over) = (timeliness.code(), timeliness.days_over());
        let assignment = report.assignment;
        Standing {
            report: assignment.id,
            campaign: report.campaign_short_id,
            campaign_name: report.campaign_name,
            unit: report.unit_code,
            unit_name: report.unit_name,
            to: assignment.terms.addressee_name,
            via: report.via_name,
            state: assignment.state,
            state_since: assignment.state_since,
            state_reason: assignment.state_reason,
            revision: assignment.revision,
            due_at: assignment.due_at,
            original_due_at: assignment.original_due_at,
            first_sent_at: assignment.first_sent_at,
            timeliness,
            days_over,
            offered,
        }
    }
}

/// What waits for somebody.
#[derive(Debug, Serialize)]
pub struct WorkJson {
    pub returned: Vec<OwedJson>,
    pub owed: Vec<OwedJson>,
    pub waiting: Vec<WaitingJson>,
    /// Sections that a colleague handed to the caller.
    pub handed: Vec<HeldJson>,
    pub done: Vec<OwedJson>,
    /// Some list was cut off.
    pub is_cut: bool,
}

#[derive(Debug, Serialize)]
pub struct OwedJson {
    #[serde(flatten)]
    pub standing: Standing,
    /// Whole days to the last day that counts; negative when it has passed.
    pub days_left: Option<i64>,
    pub blockers: Vec<BlockerJson>,
}

#[derive(Debug, Serialize)]
pub struct WaitingJson {
    #[serde(flatten)]
    pub standing: Standing,
    pub came_again: bool,
    pub waiting_days: i64,
}

impl WorkJson {
    pub fn of(work: MyWork) -> WorkJson {
        let owed = |list: Vec<Owed>| list.into_iter().map(owed).collect();
        WorkJson {
            returned: owed(work.returned),
            owed: owed(work.owed),
            waiting: work.waiting.into_iter().map(waiting).collect(),
            handed: work.handed.into_iter().map(HeldJson::of).collect(),
            done: owed(work.done),
            is_cut: work.is_cut,
        }
    }
}

#[derive(Debug, Serialize)]
pub struct HeldJson {
    pub report: AssignmentId,
    pub unit_name: String,
    pub section: SectionId,
    pub number: String,
    pub title: String,
    pub note: String,
    pub handed_at: Timestamp,
    pub handed_by: String,
}

impl HeldJson {
    fn of(held: Held) -> HeldJson {
        HeldJson {
            report: held.assignment,
            unit_name: held.unit_name,
            section: held.section,
            number: held.number,
            title: held.title,
            note: held.note,
            handed_at: held.handed_at,
            handed_by: held.handed_by,
        }
    }
}

fn owed(item: Owed) -> OwedJson {
    OwedJson {
        standing: Standing::of(item.report, item.timeliness, item.next),
        days_left: item.days_left,
        blockers: item.blockers.iter().map(BlockerJson::of).collect(),
    }
}

fn waiting(item: Waiting) -> WaitingJson {
    WaitingJson {
        standing: Standing::of(item.report, item.timeliness, item.next),
        came_again: item.came_again,
        waiting_days: item.waiting_days,
    }
}

/// What still stands between a draft and its collective.
#[derive(Debug, Serialize)]
pub struct BlockerJson {
    pub kind: &'static str,
    pub section: Option<SectionId>,
    /// Code of an indicator, with the periods that are blank.
    pub indicator: Option<String>,
    pub periods: Vec<String>,
    pub message: String,
}

impl BlockerJson {
    pub(super) fn of(blocker: &Blocker) -> BlockerJson {
        let (kind, section) = match blocker {
            Blocker::EmptySection { section, .. } => ("empty_section", Some(*section)),
            Blocker::OpenConflict { section, .. } => ("open_conflict", Some(*section)),
            Blocker::OpenReference { section, .. } => ("open_reference", Some(*section)),
            Blocker::MissingFigure { .. } => ("missing_figure", None),
            Blocker::FiguresNotTaken => ("figures_not_taken", None),
        };
        let (indicator, periods) = match blocker {
            Blocker::MissingFigure { code, periods, .. } => (
                Some(code.clone()),
                periods.iter().map(|period| period.key()).collect(),
            ),
            _ => (None, Vec::new()),
        };
        BlockerJson {
            kind,
            section,
            indicator,
            periods,
            message: blocker.to_string(),
        }
    }
}
