//! How units kept their dues in earlier campaigns.
//!
//! A unit is found again in the tree of an earlier campaign by its code, as long as it bore the same name: a code that
//! lives on under another name is another unit.

use crate::dialect::ids_in_json;
use crate::live::json_list;
use crate::{Result, Row, Tx, TxExt, params};
use domain::access::Place;
use domain::campaign::Campaign;
use domain::campaign::forecast::Kept;
use domain::ids::{CampaignId, TreeId, UnitId};
use domain::org::Interval;
use domain::report::lifecycle::State;
use jiff::Timestamp;

/// What became of a unit's report in an earlier campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastReport {
    /// The unit that was asked about.
    pub unit: UnitId,
    /// Where it stood in the tree of then.
    pub then: Place,
    pub state: State,
    pub due_at: Option<Timestamp>,
    pub first_sent_at: Option<Timestamp>,
}

const PAST: &str = "SELECT own.id, past.id, past.tree_id, past.lft, past.rgt, assignment.state, assignment.due_at, assignment.first_sent_at \
     FROM unit AS own JOIN unit AS past ON past.tree_id = ?2 AND past.code = own.code AND past.name_folded = own.name_folded \
     JOIN assignment ON assignment.campaign_id = ?1 AND assignment.unit_id = past.id";

/// The reports that some units owed in an earlier campaign: two seeks for each unit.
pub fn reports_in(
    tx: &mut dyn Tx,
    earlier: &Campaign,
    units: &[UnitId],
) -> Result<Vec<PastReport>> {
    let wanted = ids_in_json(tx.engine(), 3);
    tx.rows(
        &format!("{PAST} WHERE own.id IN {wanted}"),
        &params![
            earlier.id.0,
            earlier.tree.0,
            json_list(units.iter().map(|unit| unit.0))
        ],
        read,
    )
}

/// How the units of a tree kept their dues in some earlier campaigns together; those that had none there are missing.
/// Looks at every report of those campaigns: for loading, not for answering.
pub fn kept_in(
    tx: &mut dyn Tx,
    earlier: &[CampaignId],
    tree: TreeId,
    now: Timestamp,
) -> Result<Vec<(UnitId, Kept)>> {
    if earlier.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT own.id, COUNT(*), SUM(CASE WHEN assignment.first_sent_at IS NULL OR assignment.first_sent_at > assignment.due_at THEN 1 ELSE 0 END) \
             FROM assignment JOIN unit AS past ON past.id = assignment.unit_id \
             JOIN unit AS own ON own.tree_id = ?2 AND own.code = past.code AND own.name_folded = past.name_folded \
             WHERE assignment.campaign_id IN {wanted} AND assignment.state NOT IN ('waived', 'superseded') \
               AND assignment.due_at IS NOT NULL AND (assignment.first_sent_at IS NOT NULL OR assignment.due_at < ?3) \
             GROUP BY own.id"
        ),
        &params![json_list(earlier.iter().map(|id| id.0)), tree.0, now],
        |row| {
            let count = |count: i64| u32::try_from(count).unwrap_or(0);
            let kept = Kept {
                late: count(row.get(2)?),
                of: count(row.get(1)?),
            };
            Ok((UnitId(row.get(0)?), kept))
        },
    )
}

fn read(row: &Row<'_>) -> Result<PastReport> {
    let state: String = row.get(5)?;
    Ok(PastReport {
        unit: UnitId(row.get(0)?),
        then: Place {
            unit: UnitId(row.get(1)?),
            tree: TreeId(row.get(2)?),
            interval: Interval {
                left: row.get(3)?,
                right: row.get(4)?,
            },
        },
        state: crate::live::state_from(state, 5)?,
        due_at: row.get(6)?,
        first_sent_at: row.get(7)?,
    })
}
