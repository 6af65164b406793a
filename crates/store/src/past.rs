//! How units kept their dues in earlier campaigns.
//!
//! A unit is found again in the tree of an earlier campaign by its code, as long as it bore the same name: a code that
//! lives on under another name is another unit.

use crate::dialect::ids_in_json;
use crate::live::json_list;
use crate::{Result, Row, Tx, TxExt, params};
use domain::access::Place;
use domain::campaign::Campaign;
use domain::ids::{TreeId, UnitId};
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
