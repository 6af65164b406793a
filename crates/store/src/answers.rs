//! What units answer to findings of the checks, by revision.

use crate::{Result, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId};
use jiff::Timestamp;

/// The answer to one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What finding it answers.
    pub key: String,
    pub text: String,
    /// The revision in which it was given.
    pub revision: i64,
    pub answered_at: Timestamp,
    pub answered_by: Option<String>,
}

/// An answer to be kept; an empty text takes the answer back.
pub struct NewAnswer<'a> {
    pub assignment: AssignmentId,
    pub revision: i64,
    pub key: &'a str,
    pub code: &'a str,
    pub text: &'a str,
    pub by: Option<AccountId>,
    pub now: Timestamp,
}

/// Keeps an answer, in place of an earlier one of the same revision.
pub fn put(tx: &mut dyn Tx, new: &NewAnswer<'_>) -> Result<()> {
    tx.execute(
        "INSERT INTO finding_answer (assignment_id, revision, finding_key, code, answer, answered_at, answered_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (assignment_id, revision, finding_key) DO UPDATE SET \
         answer = excluded.answer, answered_at = excluded.answered_at, answered_by = excluded.answered_by",
        &params![
            new.assignment.0,
            new.revision,
            new.key,
            new.code,
            new.text,
            new.now,
            new.by.map(|id| id.0)
        ],
    )?;
    Ok(())
}

/// The answers that count for a revision: for each finding the latest one up to it; those taken back are left out.
pub fn of_revision(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    revision: i64,
) -> Result<Vec<Answer>> {
    let mut answers = tx.rows(
        "SELECT finding_answer.finding_key, finding_answer.answer, finding_answer.revision, finding_answer.answered_at, account.name \
         FROM finding_answer LEFT JOIN account ON account.id = finding_answer.answered_by \
         WHERE finding_answer.assignment_id = ?1 AND finding_answer.revision <= ?2 \
         ORDER BY finding_answer.finding_key, finding_answer.revision DESC",
        &params![assignment.0, revision],
        |row| {
            Ok(Answer {
                key: row.get(0)?,
                text: row.get(1)?,
                revision: row.get(2)?,
                answered_at: row.get(3)?,
                answered_by: row.get(4)?,
            })
        },
    )?;
    answers.dedup_by(|older, newer| older.key == newer.key);
    answers.retain(|answer| !answer.text.is_empty());
    Ok(answers)
}
