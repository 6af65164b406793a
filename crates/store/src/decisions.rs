//! Decisions that reorganise units: their heads, and what they say row by row.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, DecisionId, TreeId};
use domain::org::reorganise::{ChangeRow, Countered, DecisionHead};
use jiff::Timestamp;

/// A decision with who entered and who applied it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Decision {
    pub id: DecisionId,
    pub tree: TreeId,
    #[serde(flatten)]
    pub head: DecisionHead,
    /// The decision that it takes back.
    pub counters: Option<DecisionId>,
    /// The decision that took it back.
    pub countered_by: Option<DecisionId>,
    pub file_name: String,
    pub entered_at: Timestamp,
    pub entered_by: Option<String>,
    /// `None` while it only waits.
    pub applied_at: Option<Timestamp>,
    pub applied_by: Option<String>,
}

const COLUMNS: &str = "decision.id, decision.tree_id, decision.number, decision.dated, decision.issuer, decision.title, \
     decision.effective, decision.counters_id, against.id, decision.file_name, decision.entered_at, enterer.name, \
     decision.applied_at, applier.name";
const FROM: &str = "FROM decision LEFT JOIN decision AS against ON against.counters_id = decision.id \
     LEFT JOIN account AS enterer ON enterer.id = decision.entered_by LEFT JOIN account AS applier ON applier.id = decision.applied_by";

fn read(row: &Row<'_>) -> Result<Decision> {
    Ok(Decision {
        id: DecisionId(row.get(0)?),
        tree: TreeId(row.get(1)?),
        head: DecisionHead {
            number: row.get(2)?,
            dated: row.get(3)?,
            issuer: row.get(4)?,
            title: row.get(5)?,
            effective: row.get(6)?,
        },
        counters: row.get::<Option<i64>>(7)?.map(DecisionId),
        countered_by: row.get::<Option<i64>>(8)?.map(DecisionId),
        file_name: row.get(9)?,
        entered_at: row.get(10)?,
        entered_by: row.get(11)?,
        applied_at: row.get(12)?,
        applied_by: row.get(13)?,
    })
}

/// A decision to be entered.
#[derive(Debug, Clone)]
pub struct NewDecision {
    pub tree: TreeId,
    pub head: DecisionHead,
    pub counters: Option<DecisionId>,
    pub file_name: String,
    pub rows: Vec<ChangeRow>,
}

/// Enters a decision with its rows; it changes nothing yet.
pub fn enter(
    tx: &mut dyn Tx,
    new: &NewDecision,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<DecisionId> {
    let id = tx.insert(
        "INSERT INTO decision (tree_id, number, dated, issuer, title, effective, counters_id, file_name, entered_at, entered_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id",
        &params![
            new.tree.0,
            &new.head.number,
            new.head.dated,
            &new.head.issuer,
            &new.head.title,
            new.head.effective,
            new.counters.map(|id| id.0),
            &new.file_name,
            now,
            by.map(|id| id.0)
        ],
    )?;
    for (ord, row) in (1i64..).zip(&new.rows) {
        let json = serde_json::to_string(row)
            .map_err(|error| Error::broken("a row of a decision", error))?;
        tx.execute(
            "INSERT INTO decision_change (decision_id, ord, line, change) VALUES (?1, ?2, ?3, ?4)",
            &params![id, ord, i64::try_from(row.line).unwrap_or(0), json],
        )?;
    }
    Ok(DecisionId(id))
}

/// Takes a decision off the list that was never applied.
pub fn discard(tx: &mut dyn Tx, id: DecisionId) -> Result<()> {
    let waits = "SELECT id FROM decision WHERE id = ?1 AND applied_at IS NULL";
    tx.execute(
        &format!("DELETE FROM decision_change WHERE decision_id IN ({waits})"),
        &params![id.0],
    )?;
    tx.execute(
        "DELETE FROM decision WHERE id = ?1 AND applied_at IS NULL",
        &params![id.0],
    )?;
    Ok(())
}

/// Marks a decision as applied.
pub fn mark_applied(
    tx: &mut dyn Tx,
    id: DecisionId,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE decision SET applied_at = ?2, applied_by = ?3 WHERE id = ?1",
        &params![id.0, now, by.map(|id| id.0)],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut dyn Tx, id: DecisionId) -> Result<Decision> {
    tx.row(
        &format!("SELECT {COLUMNS} {FROM} WHERE decision.id = ?1"),
        &params![id.0],
        read,
    )
}

/// The decisions of a tree with this number, the newest first.
pub fn numbered(tx: &mut dyn Tx, tree: TreeId, number: &str) -> Result<Vec<Decision>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE decision.tree_id = ?1 AND decision.number = ?2 ORDER BY decision.id DESC"),
        &params![tree.0, number],
        read,
    )
}

/// The decisions on a tree, the newest first, at most `limit`.
pub fn of_tree(tx: &mut dyn Tx, tree: TreeId, limit: i64) -> Result<Vec<Decision>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} {FROM} WHERE decision.tree_id = ?1 ORDER BY decision.id DESC LIMIT ?2"
        ),
        &params![tree.0, limit],
        read,
    )
}

/// The decisions on the tree of a decision that were taken back, each with the one that did it.
pub fn countered(tx: &mut dyn Tx, of: DecisionId) -> Result<Countered> {
    let pairs = tx.rows(
        "SELECT decision.counters_id, decision.id FROM decision JOIN decision AS own ON own.tree_id = decision.tree_id \
         WHERE own.id = ?1 AND decision.counters_id IS NOT NULL AND decision.applied_at IS NOT NULL",
        &params![of.0],
        |row| Ok((DecisionId(row.get(0)?), DecisionId(row.get(1)?))),
    )?;
    Ok(pairs.into_iter().collect())
}

/// What a decision says, `limit` rows after the first `offset`.
pub fn rows(tx: &mut dyn Tx, id: DecisionId, limit: i64, offset: i64) -> Result<Vec<ChangeRow>> {
    tx.rows(
        "SELECT change FROM decision_change WHERE decision_id = ?1 ORDER BY ord LIMIT ?2 OFFSET ?3",
        &params![id.0, limit, offset],
        |row| {
            let json: String = row.get(0)?;
            serde_json::from_str(&json).map_err(|error| Error::Column {
                index: 0,
                expected: "a row of a decision",
                found: error.to_string(),
            })
        },
    )
}

/// How many rows a decision has.
pub fn count_rows(tx: &mut dyn Tx, id: DecisionId) -> Result<i64> {
    tx.scalar(
        "SELECT COUNT(*) FROM decision_change WHERE decision_id = ?1",
        &params![id.0],
    )
}
