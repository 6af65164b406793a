//! The queue of sent revisions that search and the finding of copies have not taken in yet, and what is taken in.

use crate::{Result, Tx, TxExt, params};
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId, TreeId};

/// A sent revision in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub revision: RevisionId,
    pub assignment: AssignmentId,
    pub campaign: CampaignId,
    /// Level and place of the unit in its tree.
    pub level: i64,
    pub left: i64,
    /// It is what others see of the report: not withdrawn, and no newer one was sent.
    pub counts: bool,
}

/// Puts a revision that is sent now into the queue.
pub(crate) fn queue(tx: &mut dyn Tx, revision: RevisionId) -> Result<()> {
    tx.execute(
        "INSERT INTO to_index (revision_id) VALUES (?1) ON CONFLICT (revision_id) DO NOTHING",
        &params![revision.0],
    )?;
    Ok(())
}

/// Puts the revisions that count into the queue again; gives how many there are.
pub fn queue_again(tx: &mut dyn Tx) -> Result<u64> {
    tx.execute(
        &format!(
            "INSERT INTO to_index (revision_id) SELECT revision.id FROM revision \
             JOIN assignment ON assignment.id = revision.assignment_id \
             WHERE revision.id = ({NEWEST_SENT}) \
             ON CONFLICT (revision_id) DO NOTHING"
        ),
        &[],
    )
}

/// Puts the revisions of a tree's campaigns that count into the queue again, and forgets where their words stood: the
/// places of their units have changed.
pub fn take_in_again(tx: &mut dyn Tx, tree: TreeId) -> Result<()> {
    let campaigns = tx.rows(
        "SELECT id FROM campaign WHERE tree_id = ?1",
        &params![tree.0],
        |row| row.get(0).map(CampaignId),
    )?;
    for campaign in campaigns {
        crate::search::forget(tx, campaign)?;
    }
    tx.execute(
        &format!(
            "INSERT INTO to_index (revision_id) SELECT revision.id FROM revision \
             JOIN assignment ON assignment.id = revision.assignment_id \
             JOIN campaign ON campaign.id = assignment.campaign_id AND campaign.tree_id = ?1 \
             WHERE revision.id = ({NEWEST_SENT}) ON CONFLICT (revision_id) DO NOTHING"
        ),
        &params![tree.0],
    )?;
    Ok(())
}

/// Forgets everything that was taken in.
pub fn clear(tx: &mut dyn Tx) -> Result<()> {
    crate::search::clear(tx)?;
    tx.execute("DELETE FROM copy_pair", &[])?;
    tx.execute("DELETE FROM section_copy", &[])?;
    tx.execute("DELETE FROM text_signature", &[])?;
    Ok(())
}

/// The revision of an assignment that others see, as a subquery.
pub(crate) const NEWEST_SENT: &str = "SELECT MAX(sent.id) FROM revision AS sent \
     WHERE sent.assignment_id = assignment.id AND sent.sent_at IS NOT NULL AND sent.withdrawn_at IS NULL";

/// The first of the queue, at most `limit`.
pub fn waiting(tx: &mut dyn Tx, limit: i64) -> Result<Vec<Waiting>> {
    tx.rows(
        &format!(
            "SELECT to_index.revision_id, assignment.id, assignment.campaign_id, unit.level, unit.lft, ({NEWEST_SENT}) \
             FROM to_index JOIN revision ON revision.id = to_index.revision_id \
             JOIN assignment ON assignment.id = revision.assignment_id JOIN unit ON unit.id = assignment.unit_id \
             ORDER BY to_index.revision_id LIMIT ?1"
        ),
        &params![limit],
        |row| {
            let revision: i64 = row.get(0)?;
            Ok(Waiting {
                revision: RevisionId(revision),
                assignment: AssignmentId(row.get(1)?),
                campaign: CampaignId(row.get(2)?),
                level: row.get(3)?,
                left: row.get(4)?,
                counts: row.get::<Option<i64>>(5)? == Some(revision),
            })
        },
    )
}

/// How many revisions are in the queue.
pub fn how_many(tx: &mut dyn Tx) -> Result<i64> {
    tx.scalar("SELECT COUNT(*) FROM to_index", &[])
}

/// Takes revisions out of the queue.
pub fn done(tx: &mut dyn Tx, revision: RevisionId) -> Result<()> {
    tx.execute(
        "DELETE FROM to_index WHERE revision_id = ?1",
        &params![revision.0],
    )?;
    Ok(())
}

/// The texts of a revision in the order of the outline.
pub fn texts(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<(SectionId, String)>> {
    tx.rows(
        "SELECT section.id, section_text.text FROM section_text JOIN section ON section.id = section_text.section_id \
         WHERE section_text.revision_id = ?1 ORDER BY section.ord, section.id",
        &params![revision.0],
        |row| Ok((SectionId(row.get(0)?), row.get(1)?)),
    )
}
