//! The successions through which figures of then come to an organisation of now.

use crate::dialect::ids_in_json;
use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{BodyId, UnitId};
use domain::org::Strand;
use domain::org::reorganise::{Extent, Share};
use std::collections::BTreeSet;

/// Most organisations that are looked at for one; a province of now came from a few.
const MOST_BODIES: usize = 5_000;

/// A decision that was taken back, and the one that took it back, are as if they had never been.
const IN_FORCE: &str = "JOIN decision ON decision.id = succession.decision_id AND decision.counters_id IS NULL \
     AND NOT EXISTS (SELECT 1 FROM decision AS back WHERE back.counters_id = decision.id AND back.applied_at IS NOT NULL)";

/// Every succession of the organisations that have come to this one, in part or whole, over any number of reforms.
pub fn strands_into(tx: &mut dyn Tx, body: BodyId) -> Result<Vec<Strand>> {
    let mut known = BTreeSet::from([body.0]);
    let mut newest = known.clone();
    while !newest.is_empty() && known.len() < MOST_BODIES {
        let came = origins_of(tx, &newest)?;
        newest = came.difference(&known).copied().collect();
        known.extend(&newest);
    }
    known.remove(&body.0);
    strands_of(tx, &known)
}

/// The organisations that some of these came from directly.
fn origins_of(tx: &mut dyn Tx, bodies: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let wanted = ids_in_json(tx.engine(), 1);
    let found = tx.rows(
        &format!(
            "SELECT DISTINCT coalesce(origin.body_id, origin.id) FROM unit AS own \
             JOIN succession ON succession.to_unit_id = own.id {IN_FORCE} \
             JOIN unit AS origin ON origin.id = succession.from_unit_id \
             WHERE coalesce(own.body_id, own.id) IN {wanted}"
        ),
        &params![list(bodies)],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.into_iter().collect())
}

/// Where these organisations went.
fn strands_of(tx: &mut dyn Tx, bodies: &BTreeSet<i64>) -> Result<Vec<Strand>> {
    let wanted = ids_in_json(tx.engine(), 1);
    let strands = tx.rows(
        &format!(
            "SELECT coalesce(origin.body_id, origin.id), coalesce(successor.body_id, successor.id), succession.extent, \
                 succession.share, succession.share_source, origin.ended_by = succession.decision_id \
             FROM unit AS origin JOIN succession ON succession.from_unit_id = origin.id {IN_FORCE} \
             LEFT JOIN unit AS successor ON successor.id = succession.to_unit_id \
             WHERE coalesce(origin.body_id, origin.id) IN {wanted} ORDER BY succession.id"
        ),
        &params![list(bodies)],
        read,
    )?;
    // An organisation that only moved goes on as itself.
    Ok(strands
        .into_iter()
        .filter(|strand| strand.to != Some(strand.from))
        .collect())
}

fn read(row: &Row<'_>) -> Result<Strand> {
    let extent: String = row.get(2)?;
    let share: String = row.get(3)?;
    Ok(Strand {
        from: BodyId(row.get(0)?),
        to: row.get::<Option<i64>>(1)?.map(BodyId),
        extent: Extent::from_code(&extent).ok_or(Error::Column {
            index: 2,
            expected: "an extent",
            found: extent,
        })?,
        share: Share::parse(&share, &row.get::<String>(4)?),
        is_end: row.get::<Option<bool>>(5)?.unwrap_or(false),
    })
}

/// The rows of some organisations in a tree: where they stood, and where their reports are.
pub fn stays_in(
    tx: &mut dyn Tx,
    tree: domain::ids::TreeId,
    bodies: &[BodyId],
) -> Result<Vec<(BodyId, UnitId)>> {
    let wanted = ids_in_json(tx.engine(), 2);
    let bodies: BTreeSet<i64> = bodies.iter().map(|body| body.0).collect();
    tx.rows(
        &format!(
            "SELECT coalesce(unit.body_id, unit.id), unit.id FROM unit \
             WHERE coalesce(unit.body_id, unit.id) IN {wanted} AND unit.tree_id = ?1 ORDER BY unit.id"
        ),
        &params![tree.0, list(&bodies)],
        |row| Ok((BodyId(row.get(0)?), UnitId(row.get(1)?))),
    )
}

fn list(ids: &BTreeSet<i64>) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    format!("[{}]", ids.join(","))
}
