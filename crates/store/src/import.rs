//! Assignments of a campaign that is imported whole; its reports go through [`crate::reports_bulk`].

use crate::{Result, Tx, TxExt, params};
use domain::ids::{AssignmentId, CampaignId, UnitId};
use domain::report::lifecycle::State;
use jiff::Timestamp;
use jiff::civil::Date;

/// An assignment as it is imported.
#[derive(Debug, Clone)]
pub struct NewAssignment<'a> {
    pub unit: UnitId,
    pub addressee: Option<UnitId>,
    pub addressee_name: &'a str,
    pub deliverable: &'a str,
    pub due_phrase: &'a str,
    pub due_date: Option<Date>,
    pub due_at: Option<Timestamp>,
    pub adds: bool,
}

/// Adds an assignment that nobody has written for yet.
pub fn add_assignment(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    new: &NewAssignment<'_>,
    now: Timestamp,
) -> Result<AssignmentId> {
    tx.insert(
        "INSERT INTO assignment (campaign_id, unit_id, addressee_id, addressee_name, deliverable, adopted_by, due_phrase, due_date, \
             due_inclusive, due_at, adds, state, state_since, state_reason, revision) \
         VALUES (?1, ?2, ?3, ?4, ?5, '', ?6, ?7, 1, ?8, ?9, ?10, ?11, '', 0) RETURNING id",
        &params![
            campaign.0,
            new.unit.0,
            new.addressee.map(|id| id.0),
            new.addressee_name,
            new.deliverable,
            new.due_phrase,
            new.due_date,
            new.due_at,
            new.adds,
            State::Assigned.code(),
            now
        ],
    )
    .map(AssignmentId)
}

/// Keeps the title that a report of its own carries.
pub fn set_deliverable(tx: &mut dyn Tx, id: AssignmentId, deliverable: &str) -> Result<()> {
    tx.execute(
        "UPDATE assignment SET deliverable = ?2 WHERE id = ?1",
        &params![id.0, deliverable],
    )?;
    Ok(())
}
