//! The measure that the live totals are held against: the same questions in plain SQL over the stored figures.
//!
//! One statement reads every counted report of the campaign, takes its figures apart and adds them. PostgreSQL adds
//! exact decimals; SQLite has none and adds whole numbers, so a measured campaign holds whole numbers only.

use crate::dialect::figures_taken_apart;
use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{CampaignId, TreeId};
use domain::org::Interval;

/// The sum of one indicator in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainTotal {
    /// Code of the unit that it is the total of; empty for a part.
    pub unit: String,
    pub indicator: String,
    pub year: String,
    /// A decimal.
    pub sum: String,
}

const COUNTED: &str = "JOIN revision ON revision.id = (SELECT MAX(sent.id) FROM revision AS sent \
     WHERE sent.assignment_id = assignment.id AND sent.sent_at IS NOT NULL AND sent.withdrawn_at IS NULL)";
const ADDS: &str = "assignment.adds = 1 AND assignment.first_sent_at IS NOT NULL AND assignment.state NOT IN ('waived', 'superseded')";

fn read(row: &Row<'_>) -> Result<PlainTotal> {
    Ok(PlainTotal {
        unit: row.get(0)?,
        indicator: row.get(1)?,
        year: row.get(2)?,
        sum: row.get(3)?,
    })
}

/// The totals of the units in an interval: the table of one unit.
pub fn of_part(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    tree: TreeId,
    interval: Interval,
) -> Result<Vec<PlainTotal>> {
    let (from, sum) = figures_taken_apart(tx.engine());
    tx.rows(
        &format!(
            "SELECT '', indicator.key, year.key, CAST({sum} AS TEXT) \
             FROM unit JOIN assignment ON assignment.unit_id = unit.id AND assignment.campaign_id = ?1 {COUNTED} {from} \
             WHERE unit.tree_id = ?2 AND unit.lft BETWEEN ?3 AND ?4 AND {ADDS} AND year.value <> 'na' \
             GROUP BY indicator.key, year.key ORDER BY indicator.key, year.key"
        ),
        &params![campaign.0, tree.0, interval.left, interval.right],
        read,
    )
}

/// The totals of every unit of a level: the table of the level.
pub fn of_level(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    tree: TreeId,
    level: u8,
) -> Result<Vec<PlainTotal>> {
    let (from, sum) = figures_taken_apart(tx.engine());
    tx.rows(
        &format!(
            "SELECT top.code, indicator.key, year.key, CAST({sum} AS TEXT) \
             FROM unit AS top JOIN unit ON unit.tree_id = top.tree_id AND unit.lft BETWEEN top.lft AND top.rgt \
             JOIN assignment ON assignment.unit_id = unit.id AND assignment.campaign_id = ?1 {COUNTED} {from} \
             WHERE top.tree_id = ?2 AND top.level = ?3 AND {ADDS} AND year.value <> 'na' \
             GROUP BY top.code, indicator.key, year.key ORDER BY top.code, indicator.key, year.key"
        ),
        &params![campaign.0, tree.0, i64::from(level)],
        read,
    )
}
