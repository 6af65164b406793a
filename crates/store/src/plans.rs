//! Plan documents: the file, what was read from it, and what a person made of it.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::doc::Document;
use domain::ids::{AccountId, PlanId};
use domain::plan::{Plan, Reading};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A plan to be stored as it was read.
pub struct NewPlan<'a> {
    pub file_name: &'a str,
    /// Hash of the file, which is stored among the blobs.
    pub blob_sha256: &'a str,
    pub document: &'a Document,
    pub reading: &'a Reading,
}

/// A stored plan with everything that was made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPlan {
    pub id: PlanId,
    pub file_name: String,
    pub blob_sha256: String,
    pub document: Document,
    pub reading: Reading,
    /// The plan as people changed it; what campaigns are opened from.
    pub edited: Plan,
    pub confirmed_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// A line of the list of plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    pub id: PlanId,
    pub file_name: String,
    pub title: Option<String>,
    pub number: Option<String>,
    pub confirmed_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::broken("writing a plan as JSON", error))
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::broken("reading a stored plan", error))
}

/// Stores a plan as read; its edited copy begins as what was read. `by` is `None` for the operator of the data.
pub fn create(
    tx: &mut dyn Tx,
    plan: &NewPlan<'_>,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<PlanId> {
    tx.insert(
        "INSERT INTO plan (file_name, blob_sha256, document, reading, edited, created_by, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        &params![
            plan.file_name,
            plan.blob_sha256,
            json(plan.document)?,
            json(plan.reading)?,
            json(&plan.reading.plan)?,
            by.map(|id| id.0),
            now
        ],
    )
    .map(PlanId)
}

pub fn by_id(tx: &mut dyn Tx, id: PlanId) -> Result<StoredPlan> {
    tx.row(
        "SELECT id, file_name, blob_sha256, document, reading, edited, confirmed_at, created_at FROM plan WHERE id = ?1",
        &params![id.0],
        |row| {
            Ok(StoredPlan {
                id: PlanId(row.get(0)?),
                file_name: row.get(1)?,
                blob_sha256: row.get(2)?,
                document: parse(&row.get::<String>(3)?)?,
                reading: parse(&row.get::<String>(4)?)?,
                edited: parse(&row.get::<String>(5)?)?,
                confirmed_at: row.get(6)?,
                created_at: row.get(7)?,
            })
        },
    )
}

/// All plans, the newest first, at most `limit`.
pub fn list(tx: &mut dyn Tx, limit: i64) -> Result<Vec<PlanLine>> {
    tx.rows(
        "SELECT id, file_name, edited, confirmed_at, created_at FROM plan ORDER BY id DESC LIMIT ?1",
        &params![limit],
        |row: &Row<'_>| {
            let plan: Plan = parse(&row.get::<String>(2)?)?;
            Ok(PlanLine {
                id: PlanId(row.get(0)?),
                file_name: row.get(1)?,
                title: plan.title,
                number: plan.number,
                confirmed_at: row.get(3)?,
                created_at: row.get(4)?,
            })
        },
    )
}

/// The plans before `id`, the newest first, at most `limit`: their ids and edited copies.
pub fn before(tx: &mut dyn Tx, id: PlanId, limit: i64) -> Result<Vec<(PlanId, Plan)>> {
    tx.rows(
        "SELECT id, edited FROM plan WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        &params![id.0, limit],
        |row: &Row<'_>| Ok((PlanId(row.get(0)?), parse(&row.get::<String>(1)?)?)),
    )
}

/// The plans other than `id`, the newest first, at most `limit`: their ids and edited copies.
pub fn others(tx: &mut dyn Tx, id: PlanId, limit: i64) -> Result<Vec<(PlanId, Plan)>> {
    tx.rows(
        "SELECT id, edited FROM plan WHERE id <> ?1 ORDER BY id DESC LIMIT ?2",
        &params![id.0, limit],
        |row: &Row<'_>| Ok((PlanId(row.get(0)?), parse(&row.get::<String>(1)?)?)),
    )
}

/// Replaces the edited copy, behind which nobody stands yet.
pub fn update_edited(tx: &mut dyn Tx, id: PlanId, plan: &Plan) -> Result<()> {
    tx.execute(
        "UPDATE plan SET edited = ?2, confirmed_by = NULL, confirmed_at = NULL WHERE id = ?1",
        &params![id.0, json(plan)?],
    )?;
    Ok(())
}

/// Notes that a person stands behind the edited copy.
pub fn confirm(tx: &mut dyn Tx, id: PlanId, by: Option<AccountId>, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE plan SET confirmed_by = ?2, confirmed_at = ?3 WHERE id = ?1",
        &params![id.0, by.map(|id| id.0), now],
    )?;
    Ok(())
}
