//! Who owes which report to whom, through whom, by when, adopted by whom; and where it stands.

use crate::access::{Place, ReportSubject};
use crate::deadline::{Timeliness, timeliness};
use crate::ids::{AssignmentId, CampaignId, UnitId};
use crate::report::lifecycle::State;
use jiff::Timestamp;
use jiff::civil::Date;

/// A duty to report, with the state of the one report that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub id: AssignmentId,
    pub campaign: CampaignId,
    pub terms: Terms,
    /// The last moment that is on time; `None` while nobody has set a due.
    pub due_at: Option<Timestamp>,
    /// The one before an extension was granted.
    pub original_due_at: Option<Timestamp>,
    pub state: State,
    pub state_since: Timestamp,
    /// Why it was returned, waived or withdrawn; empty otherwise.
    pub state_reason: String,
    /// The current revision, from 1; 0 before anybody wrote.
    pub revision: i64,
    /// When the first revision was sent; timeliness is decided by it.
    pub first_sent_at: Option<Timestamp>,
    /// When the latest revision was sent.
    pub sent_at: Option<Timestamp>,
}

/// What a plan or a coordinator lays down for one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub unit: UnitId,
    /// Another unit that writes it: the lead body drafts for the committee.
    pub drafted_by: Option<UnitId>,
    /// `None` when the addressee is no unit of the tree.
    pub addressee: Option<UnitId>,
    /// The addressee as it is printed.
    pub addressee_name: String,
    pub via: Option<UnitId>,
    pub deliverable: String,
    pub adopted_by: String,
    /// The words of the plan, or of the district that set the due.
    pub due_phrase: String,
    pub due_date: Option<Date>,
    /// Whether the due day itself counts.
    pub due_inclusive: bool,
    /// The unit that sets the due, when the plan leaves it to somebody.
    pub due_setter: Option<UnitId>,
    /// Its figures add up into the totals above it; others cross-check or consolidate.
    pub adds: bool,
}

impl Assignment {
    pub fn timeliness(&self, now: Timestamp) -> Timeliness {
        timeliness(self.due_at, self.first_sent_at, now)
    }

    /// The access rules' view of it; `place` finds the place of a unit.
    pub fn subject(
        &self,
        lead: Option<Place>,
        coordinating: Option<Place>,
        mut place: impl FnMut(UnitId) -> Option<Place>,
    ) -> Option<ReportSubject> {
        Some(ReportSubject {
            unit: place(self.terms.unit)?,
            drafted_by: self.terms.drafted_by.and_then(&mut place),
            via: self.terms.via.and_then(&mut place),
            addressee: self.terms.addressee.and_then(&mut place),
            lead,
            coordinating,
            was_sent: self.first_sent_at.is_some(),
        })
    }
}
