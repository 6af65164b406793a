//! Numbered revisions of a report: the one being written, and those that were sent and never change again.

use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AssignmentId, RevisionId};
use jiff::Timestamp;

/// One revision. Its texts, attachments and votes stand in their own tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub id: RevisionId,
    pub assignment: AssignmentId,
    /// From 1.
    pub number: i64,
    /// As stored; see [`crate::figures::decode`].
    pub figures: String,
    pub figures_version: i64,
    /// Hash of the content that the collective adopted last.
    pub adopted_hash: Option<String>,
    /// Hash of what was sent; `None` while it is written.
    pub content_hash: Option<String>,
    pub sent_at: Option<Timestamp>,
    /// Asked back before anybody received it; it then counts as never sent.
    pub withdrawn_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl Revision {
    /// It was sent, so nothing in it may change any more.
    pub fn is_frozen(&self) -> bool {
        self.sent_at.is_some()
    }
}

const COLUMNS: &str = "id, assignment_id, number, figures, figures_version, adopted_hash, content_hash, sent_at, withdrawn_at, created_at";

fn read(row: &Row<'_>) -> Result<Revision> {
    Ok(Revision {
        id: RevisionId(row.get(0)?),
        assignment: AssignmentId(row.get(1)?),
        number: row.get(2)?,
        figures: row.get(3)?,
        figures_version: row.get(4)?,
        adopted_hash: row.get(5)?,
        content_hash: row.get(6)?,
        sent_at: row.get(7)?,
        withdrawn_at: row.get(8)?,
        created_at: row.get(9)?,
    })
}

/// Begins revision `number` of a report and makes it the current one.
///
/// # Errors
/// A conflict when there is one of this number already.
pub fn begin(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    number: i64,
    figures: &str,
    now: Timestamp,
) -> Result<RevisionId> {
    let id = tx.insert(
        "INSERT INTO revision (assignment_id, number, figures, figures_version, created_at) VALUES (?1, ?2, ?3, 0, ?4) RETURNING id",
        &params![assignment.0, number, figures, now],
    )?;
    tx.execute(
        "UPDATE assignment SET revision = ?2 WHERE id = ?1",
        &params![assignment.0, number],
    )?;
    Ok(RevisionId(id))
}

pub fn by_id(tx: &mut dyn Tx, id: RevisionId) -> Result<Revision> {
    tx.row(
        &format!("SELECT {COLUMNS} FROM revision WHERE id = ?1"),
        &params![id.0],
        read,
    )
}

/// The revision of a report with this number.
pub fn by_number(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    number: i64,
) -> Result<Option<Revision>> {
    tx.row_opt(
        &format!("SELECT {COLUMNS} FROM revision WHERE assignment_id = ?1 AND number = ?2"),
        &params![assignment.0, number],
        read,
    )
}

/// All revisions of a report, the oldest first.
pub fn of_assignment(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<Revision>> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM revision WHERE assignment_id = ?1 ORDER BY number"),
        &params![assignment.0],
        read,
    )
}

/// The sent revisions of a report that were not withdrawn, the oldest first: what others than the unit may see.
pub fn sent(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<Revision>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM revision WHERE assignment_id = ?1 AND sent_at IS NOT NULL AND withdrawn_at IS NULL ORDER BY number"
        ),
        &params![assignment.0],
        read,
    )
}

/// Stores the figures of a revision as its next version; gives that version.
pub fn save_figures(tx: &mut dyn Tx, id: RevisionId, figures: &str) -> Result<i64> {
    tx.scalar(
        "UPDATE revision SET figures = ?2, figures_version = figures_version + 1 WHERE id = ?1 RETURNING figures_version",
        &params![id.0, figures],
    )
}

/// Keeps the hash of what the collective adopted.
pub fn adopt(tx: &mut dyn Tx, id: RevisionId, content_hash: &str) -> Result<()> {
    tx.execute(
        "UPDATE revision SET adopted_hash = ?2 WHERE id = ?1",
        &params![id.0, content_hash],
    )?;
    Ok(())
}

/// Freezes a revision as sent; the moment of the first sending of the report stays what it was. Search and the finding
/// of copies will take it in.
pub fn freeze(
    tx: &mut dyn Tx,
    revision: &Revision,
    content_hash: &str,
    sent_at: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE revision SET content_hash = ?2, sent_at = ?3 WHERE id = ?1 AND sent_at IS NULL",
        &params![revision.id.0, content_hash, sent_at],
    )?;
    crate::indexing::queue(tx, revision.id)?;
    tx.execute(
        "UPDATE assignment SET sent_at = ?2, first_sent_at = coalesce(first_sent_at, ?2) WHERE id = ?1",
        &params![revision.assignment.0, sent_at],
    )?;
    Ok(())
}

/// Marks a sent revision as withdrawn; the moments of sending are then those of the others.
pub fn withdraw(tx: &mut dyn Tx, revision: &Revision, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE revision SET withdrawn_at = ?2 WHERE id = ?1",
        &params![revision.id.0, now],
    )?;
    tx.execute(
        "UPDATE assignment SET \
             first_sent_at = (SELECT min(sent_at) FROM revision WHERE assignment_id = ?1 AND withdrawn_at IS NULL), \
             sent_at = (SELECT max(sent_at) FROM revision WHERE assignment_id = ?1 AND withdrawn_at IS NULL) \
         WHERE id = ?1",
        &params![revision.assignment.0],
    )?;
    Ok(())
}
