//! Remarks of a unit on the sections of its draft.

use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId, SectionId};
use jiff::Timestamp;

/// A remark, with the words that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: i64,
    pub section: SectionId,
    /// As they stood when it was written; empty for the section as a whole.
    pub quote: String,
    pub words: String,
    pub written_at: Timestamp,
    pub written_by: String,
    /// `None` while it is open.
    pub resolved_at: Option<Timestamp>,
    pub resolved_by: Option<String>,
}

/// A remark to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewComment<'a> {
    pub assignment: AssignmentId,
    pub section: SectionId,
    pub quote: &'a str,
    pub words: &'a str,
    pub by: AccountId,
    pub now: Timestamp,
}

/// Keeps a remark; gives its id.
pub fn add(tx: &mut dyn Tx, new: NewComment<'_>) -> Result<i64> {
    tx.insert(
        "INSERT INTO section_comment (assignment_id, section_id, quote, words, written_at, written_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        &params![new.assignment.0, new.section.0, new.quote, new.words, new.now, new.by.0],
    )
}

/// Marks a remark as dealt with; false when the section has no such remark, or it was dealt with already.
pub fn resolve(
    tx: &mut dyn Tx,
    (assignment, section): (AssignmentId, SectionId),
    id: i64,
    by: AccountId,
    now: Timestamp,
) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE section_comment SET resolved_at = ?4, resolved_by = ?5 \
         WHERE id = ?3 AND assignment_id = ?1 AND section_id = ?2 AND resolved_at IS NULL",
        &params![assignment.0, section.0, id, now, by.0],
    )?;
    Ok(changed > 0)
}

fn read(row: &Row<'_>) -> Result<Comment> {
    Ok(Comment {
        id: row.get(0)?,
        section: SectionId(row.get(1)?),
        quote: row.get(2)?,
        words: row.get(3)?,
        written_at: row.get(4)?,
        written_by: row.get(5)?,
        resolved_at: row.get(6)?,
        resolved_by: row.get(7)?,
    })
}

/// The remarks on a section: open ones first, then the newest.
pub fn of_section(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    section: SectionId,
    limit: i64,
) -> Result<Vec<Comment>> {
    tx.rows(
        "SELECT section_comment.id, section_comment.section_id, section_comment.quote, section_comment.words, \
             section_comment.written_at, writer.name, section_comment.resolved_at, resolver.name \
         FROM section_comment JOIN account AS writer ON writer.id = section_comment.written_by \
         LEFT JOIN account AS resolver ON resolver.id = section_comment.resolved_by \
         WHERE section_comment.assignment_id = ?1 AND section_comment.section_id = ?2 \
         ORDER BY CASE WHEN section_comment.resolved_at IS NULL THEN 0 ELSE 1 END, section_comment.id DESC LIMIT ?3",
        &params![assignment.0, section.0, limit],
        read,
    )
}

/// How many remarks are open, by section.
pub fn open_by_section(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<(SectionId, i64)>> {
    tx.rows(
        "SELECT section_id, count(*) FROM section_comment \
         WHERE assignment_id = ?1 AND resolved_at IS NULL GROUP BY section_id",
        &params![assignment.0],
        |row| Ok((SectionId(row.get(0)?), row.get(1)?)),
    )
}
