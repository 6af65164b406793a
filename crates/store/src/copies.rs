//! Fingerprints of sent texts, and the pairs of reports found to be alike.

use crate::dialect::ids_in_json;
use crate::indexing::NEWEST_SENT;
use crate::{Result, Tx, TxExt, params};
use domain::ids::{AssignmentId, CampaignId, RevisionId};

/// The stored fingerprint of a sent text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSignature {
    pub number: i64,
    pub revision: RevisionId,
    pub report: AssignmentId,
    /// Of the text as a whole.
    pub bins: Vec<u8>,
    /// Of its sections.
    pub samples: Vec<u8>,
}

/// Shows the fingerprints of a campaign that were taken in after number `after`, in that order.
pub fn each_signature(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    after: i64,
    each: &mut dyn FnMut(StoredSignature) -> Result<()>,
) -> Result<()> {
    tx.query(
        "SELECT text_signature.id, revision.id, revision.assignment_id, bins, samples FROM text_signature \
         JOIN revision ON revision.id = text_signature.revision_id \
         WHERE campaign_id = ?1 AND text_signature.id > ?2 ORDER BY text_signature.id",
        &params![campaign.0, after],
        &mut |row| {
            each(StoredSignature {
                number: row.get(0)?,
                revision: RevisionId(row.get(1)?),
                report: AssignmentId(row.get(2)?),
                bins: row.get(3)?,
                samples: row.get(4)?,
            })
        },
    )
}

/// The number of the newest fingerprint of a campaign; 0 when there is none.
pub fn newest_signature(tx: &mut dyn Tx, campaign: CampaignId) -> Result<i64> {
    tx.scalar::<Option<i64>>(
        "SELECT MAX(id) FROM text_signature WHERE campaign_id = ?1",
        &params![campaign.0],
    )
    .map(|id| id.unwrap_or(0))
}

/// Keeps the fingerprint of a revision, those of earlier revisions of the report go; gives its number.
pub fn add_signature(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    revision: RevisionId,
    bins: &[u8],
    samples: &[u8],
) -> Result<i64> {
    let earlier = "SELECT earlier.id FROM revision JOIN revision AS earlier ON earlier.assignment_id = revision.assignment_id \
         WHERE revision.id = ?1";
    for table in ["copy_pair", "section_copy"] {
        tx.execute(
            &format!(
                "DELETE FROM {table} WHERE revision_id IN ({earlier}) OR other_id IN ({earlier})"
            ),
            &params![revision.0],
        )?;
    }
    tx.execute(
        &format!("DELETE FROM text_signature WHERE revision_id IN ({earlier})"),
        &params![revision.0],
    )?;
    tx.insert(
        "INSERT INTO text_signature (campaign_id, revision_id, bins, samples) VALUES (?1, ?2, ?3, ?4) RETURNING id",
        &params![campaign.0, revision.0, bins, samples],
    )
}

/// Two sent revisions that are alike, the one that was there before first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPair {
    pub before: RevisionId,
    pub after: RevisionId,
    pub shared: u64,
    pub all: u64,
}

/// Keeps a pair.
pub fn add_pair(tx: &mut dyn Tx, campaign: CampaignId, pair: &FoundPair) -> Result<()> {
    tx.execute(
        "INSERT INTO copy_pair (revision_id, other_id, campaign_id, shared, total) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (revision_id, other_id) DO NOTHING",
        &params![
            pair.before.0,
            pair.after.0,
            campaign.0,
            pair.shared.cast_signed(),
            pair.all.cast_signed()
        ],
    )?;
    Ok(())
}

/// Two reports that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub before: AssignmentId,
    pub after: AssignmentId,
    pub shared: u64,
    pub all: u64,
}

/// The pairs of a campaign that share at least `least` of 10,000 runs, as their newest sent revisions stand: the most
/// alike first, at most `limit`.
pub fn pairs(tx: &mut dyn Tx, campaign: CampaignId, least: u64, limit: i64) -> Result<Vec<Pair>> {
    tx.rows(
        &format!(
            "SELECT first.assignment_id, second.assignment_id, copy_pair.shared, copy_pair.total FROM copy_pair \
             JOIN revision AS first ON first.id = copy_pair.revision_id JOIN revision AS second ON second.id = copy_pair.other_id \
             WHERE copy_pair.campaign_id = ?1 AND copy_pair.shared * 10000 >= copy_pair.total * ?2 AND {} AND {} \
             ORDER BY CAST(copy_pair.shared AS DOUBLE PRECISION) / copy_pair.total DESC, copy_pair.revision_id, copy_pair.other_id LIMIT ?3",
            is_newest_sent("first"),
            is_newest_sent("second"),
        ),
        &params![campaign.0, least.cast_signed(), limit],
        |row| {
            Ok(Pair {
                before: AssignmentId(row.get(0)?),
                after: AssignmentId(row.get(1)?),
                shared: row.get::<i64>(2)?.cast_unsigned(),
                all: row.get::<i64>(3)?.cast_unsigned(),
            })
        },
    )
}

/// The condition that a revision, by its name in the statement, is the one of its report that others see.
pub(crate) fn is_newest_sent(revision: &str) -> String {
    let newest = NEWEST_SENT.replace("assignment.id", &format!("{revision}.assignment_id"));
    format!("{revision}.id = ({newest})")
}

/// Which of these revisions others see, with their reports.
pub fn that_count(
    tx: &mut dyn Tx,
    revisions: &[RevisionId],
) -> Result<Vec<(RevisionId, AssignmentId)>> {
    let list: Vec<String> = revisions.iter().map(|id| id.0.to_string()).collect();
    let wanted = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT revision.id, assignment.id FROM revision JOIN assignment ON assignment.id = revision.assignment_id \
             WHERE revision.id IN {wanted} AND revision.id = ({NEWEST_SENT})"
        ),
        &params![format!("[{}]", list.join(","))],
        |row| Ok((RevisionId(row.get(0)?), AssignmentId(row.get(1)?))),
    )
}
