//! What waits for a few units: the reports they owe and the reports that lie with them.
//!
//! Every question starts from unit ids and is cut off, so its cost does not grow with the country.

use crate::assignments::{COLUMNS, read};
use crate::{Result, Row, Tx, TxExt, dialect, params};
use domain::campaign::Assignment;
use domain::ids::UnitId;

/// An assignment with the names of the units that people want to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAssignment {
    pub assignment: Assignment,
    pub unit_code: String,
    pub unit_name: String,
    pub via_name: Option<String>,
    /// Name of the campaign and its short id.
    pub campaign_name: String,
    pub campaign_short_id: String,
    pub campaign_is_open: bool,
}

fn read_named(row: &Row<'_>) -> Result<NamedAssignment> {
    Ok(NamedAssignment {
        assignment: read(row)?,
        unit_code: row.get(22)?,
        unit_name: row.get(23)?,
        via_name: row.get(24)?,
        campaign_name: row.get(25)?,
        campaign_short_id: row.get(26)?,
        campaign_is_open: row.get::<String>(27)? == "open",
    })
}

fn select() -> String {
    format!(
        "SELECT {COLUMNS}, unit.code, unit.name, via.name, campaign.name, campaign.short_id, campaign.state FROM assignment \
         JOIN unit ON unit.id = assignment.unit_id JOIN campaign ON campaign.id = assignment.campaign_id \
         LEFT JOIN unit AS via ON via.id = assignment.via_id"
    )
}

fn ids(units: &[UnitId]) -> String {
    serde_json::json!(units).to_string()
}

/// One assignment with names.
pub fn named(tx: &mut dyn Tx, id: domain::ids::AssignmentId) -> Result<NamedAssignment> {
    tx.row(
        &format!("{} WHERE assignment.id = ?1", select()),
        &params![id.0],
        read_named,
    )
}

/// The reports of issued campaigns that these units owe or draft for others, those due first at the front.
pub fn owed(tx: &mut dyn Tx, units: &[UnitId], limit: i64) -> Result<Vec<NamedAssignment>> {
    let units_of = dialect::ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "{} WHERE campaign.state = 'open' AND (assignment.unit_id IN {units_of} OR assignment.drafted_by_id IN {units_of}) \
             AND assignment.state <> 'superseded' \
             ORDER BY coalesce(assignment.due_at, 9223372036854775807), assignment.id LIMIT ?2",
            select()
        ),
        &params![ids(units), limit],
        read_named,
    )
}

/// The reports that lie with these units as intermediary or addressee and wait for them, those sent first at the front.
pub fn waiting(tx: &mut dyn Tx, units: &[UnitId], limit: i64) -> Result<Vec<NamedAssignment>> {
    let units_of = dialect::ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "{} WHERE campaign.state = 'open' AND ( \
                 (assignment.via_id IN {units_of} AND assignment.state IN ('sent', 'received')) \
                 OR (assignment.addressee_id IN {units_of} AND (assignment.state = 'forwarded' \
                     OR (assignment.via_id IS NULL AND assignment.state IN ('sent', 'received'))))) \
             ORDER BY assignment.sent_at, assignment.id LIMIT ?2",
            select()
        ),
        &params![ids(units), limit],
        read_named,
    )
}

/// Whether reports of the same campaign add up into the unit of `assignment`: those of the units below it in the tree,
/// however many levels down.
pub fn any_adding_below(tx: &mut dyn Tx, assignment: &Assignment) -> Result<bool> {
    adding_below(tx, assignment, "")
}

/// Whether one of them was sent.
pub fn any_adding_below_was_sent(tx: &mut dyn Tx, assignment: &Assignment) -> Result<bool> {
    adding_below(tx, assignment, "AND assignment.first_sent_at IS NOT NULL")
}

/// Stops at the first one, and looks at nothing beyond the unit's own interval: below the top, and after the first
/// commune, there may be as many as the nation has units.
fn adding_below(tx: &mut dyn Tx, assignment: &Assignment, and: &str) -> Result<bool> {
    let found: Option<i64> = tx.row_opt(
        &format!(
            "SELECT assignment.id FROM assignment JOIN unit ON unit.id = assignment.unit_id \
             JOIN unit AS own ON own.id = ?1 AND own.tree_id = unit.tree_id AND unit.lft > own.lft AND unit.lft <= own.rgt \
             WHERE assignment.campaign_id = ?2 AND assignment.adds = 1 {and} LIMIT 1"
        ),
        &params![assignment.terms.unit.0, assignment.campaign.0],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}
