//! Whole reports written at once: what another system sends over, and many submissions on one evening.

use crate::{Result, Tx, TxExt, Value, params};
use domain::ids::{AccountId, AssignmentId, RevisionId, SectionId};
use jiff::Timestamp;

/// A submitted report, ready to be stored.
#[derive(Debug, Clone)]
pub struct WholeReport {
    pub assignment: AssignmentId,
    /// Texts of the sections, clean.
    pub sections: Vec<(SectionId, String)>,
    /// As [`crate::figures::encode`] writes them.
    pub figures: String,
    /// As [`crate::revisions::Revision::figures_version`].
    pub figures_version: i64,
    pub content_hash: String,
    /// `None` for what was adopted elsewhere.
    pub adopted_hash: Option<String>,
    pub receipt_code: String,
    pub sent_at: Timestamp,
    pub sent_by: Option<AccountId>,
}

/// Stores a report as sent: assignment, frozen first revision, its texts and its receipt.
/// `None` when the report was begun or sent already; then nothing is changed.
pub fn insert_sent(tx: &mut dyn Tx, report: &WholeReport) -> Result<Option<RevisionId>> {
    let taken = tx.execute(
        "UPDATE assignment SET state = 'sent', state_reason = '', state_since = ?2, revision = 1, first_sent_at = ?2, sent_at = ?2 \
         WHERE id = ?1 AND revision = 0 AND state = 'assigned'",
        &params![report.assignment.0, report.sent_at],
    )?;
    if taken == 0 {
        return Ok(None);
    }
    let revision = RevisionId(tx.insert(
        "INSERT INTO revision (assignment_id, number, figures, figures_version, adopted_hash, content_hash, sent_at, created_at) \
         VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?6) RETURNING id",
        &params![
            report.assignment.0,
            &report.figures,
            report.figures_version,
            report.adopted_hash.as_deref(),
            &report.content_hash,
            report.sent_at
        ],
    )?);
    insert_texts(tx, revision, report)?;
    crate::indexing::queue(tx, revision)?;
    tx.execute(
        "INSERT INTO receipt (code, revision_id, assignment_id, content_hash, sent_at, sent_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &params![
            &report.receipt_code,
            revision.0,
            report.assignment.0,
            &report.content_hash,
            report.sent_at,
            report.sent_by.map(|id| id.0)
        ],
    )?;
    Ok(Some(revision))
}

/// All texts of a report by one statement.
fn insert_texts(tx: &mut dyn Tx, revision: RevisionId, report: &WholeReport) -> Result<()> {
    if report.sections.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..report.sections.len())
        .map(|row| format!("(?1, ?{}, ?{}, 1, ?2, ?3)", row * 2 + 4, row * 2 + 5))
        .collect();
    let mut values: Vec<Value<'_>> =
        params![revision.0, report.sent_at, report.sent_by.map(|id| id.0)].into();
    for (section, text) in &report.sections {
        values.push(section.0.into());
        values.push(text.into());
    }
    tx.execute(
        &format!(
            "INSERT INTO section_text (revision_id, section_id, text, version, saved_at, saved_by) VALUES {}",
            rows.join(", ")
        ),
        &values,
    )?;
    Ok(())
}
