//! Receipts: proof of one sending each. There is no statement that changes or removes one.

use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId, RevisionId};
use jiff::Timestamp;

/// Proof that a content was sent at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Short and unguessable.
    pub code: String,
    pub revision: RevisionId,
    pub assignment: AssignmentId,
    pub content_hash: String,
    pub sent_at: Timestamp,
    pub sent_by: Option<AccountId>,
    pub sent_by_name: Option<String>,
}

/// Writes a receipt.
///
/// # Errors
/// A conflict when the revision has one already.
pub fn add(tx: &mut dyn Tx, receipt: &Receipt) -> Result<()> {
    tx.execute(
        "INSERT INTO receipt (code, revision_id, assignment_id, content_hash, sent_at, sent_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &params![
            &receipt.code,
            receipt.revision.0,
            receipt.assignment.0,
            &receipt.content_hash,
            receipt.sent_at,
            receipt.sent_by.map(|id| id.0)
        ],
    )?;
    Ok(())
}

const SELECT: &str = "SELECT receipt.code, receipt.revision_id, receipt.assignment_id, receipt.content_hash, receipt.sent_at, receipt.sent_by, account.name \
     FROM receipt LEFT JOIN account ON account.id = receipt.sent_by";

fn read(row: &Row<'_>) -> Result<Receipt> {
    Ok(Receipt {
        code: row.get(0)?,
        revision: RevisionId(row.get(1)?),
        assignment: AssignmentId(row.get(2)?),
        content_hash: row.get(3)?,
        sent_at: row.get(4)?,
        sent_by: row.get::<Option<i64>>(5)?.map(AccountId),
        sent_by_name: row.get(6)?,
    })
}

/// The receipt of a revision, once it was sent.
pub fn of_revision(tx: &mut dyn Tx, revision: RevisionId) -> Result<Option<Receipt>> {
    tx.row_opt(
        &format!("{SELECT} WHERE receipt.revision_id = ?1"),
        &params![revision.0],
        read,
    )
}
