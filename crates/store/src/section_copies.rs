//! Sections of sent reports of which a part stands in a section of another report.

use crate::copies::is_newest_sent;
use crate::dialect::ids_in_json;
use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId};

/// A section of a sent text.
pub type Place = (RevisionId, SectionId);

/// A part of a section that stands in a section of another report, the one that was there before first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionCopy {
    pub before: Place,
    pub after: Place,
    /// Words of the later section that stand in the earlier.
    pub words: u64,
    /// Words of the shorter of both.
    pub total: u64,
}

const COLUMNS: &str = "revision_id, section_id, other_id, other_section_id, words, total";

fn read(row: &Row<'_>) -> Result<SectionCopy> {
    let place = |revision, section| -> Result<Place> {
        Ok((RevisionId(row.get(revision)?), SectionId(row.get(section)?)))
    };
    Ok(SectionCopy {
        before: place(0, 1)?,
        after: place(2, 3)?,
        words: row.get::<i64>(4)?.cast_unsigned(),
        total: row.get::<i64>(5)?.cast_unsigned(),
    })
}

/// Keeps a copy, or how many of its words count now; with none it goes.
pub fn keep(tx: &mut dyn Tx, campaign: CampaignId, copy: &SectionCopy) -> Result<()> {
    let (before, after) = (copy.before, copy.after);
    if copy.words == 0 {
        tx.execute(
            "DELETE FROM section_copy WHERE revision_id = ?1 AND section_id = ?2 AND other_id = ?3 AND other_section_id = ?4",
            &params![before.0.0, before.1.0, after.0.0, after.1.0],
        )?;
        return Ok(());
    }
    tx.execute(
        &format!(
            "INSERT INTO section_copy ({COLUMNS}, campaign_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (revision_id, other_id, section_id, other_section_id) DO UPDATE SET words = excluded.words"
        ),
        &params![
            before.0.0,
            before.1.0,
            after.0.0,
            after.1.0,
            copy.words.cast_signed(),
            copy.total.cast_signed(),
            campaign.0
        ],
    )?;
    Ok(())
}

/// The copies of which one side is of these revisions.
pub fn of_revisions(tx: &mut dyn Tx, revisions: &[RevisionId]) -> Result<Vec<SectionCopy>> {
    let list: Vec<String> = revisions.iter().map(|id| id.0.to_string()).collect();
    let wanted = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM section_copy WHERE revision_id IN {wanted} \
             UNION SELECT {COLUMNS} FROM section_copy WHERE other_id IN {wanted}"
        ),
        &params![format!("[{}]", list.join(","))],
        read,
    )
}

/// Two reports of which one has sections of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionPair {
    pub before: (AssignmentId, RevisionId),
    pub after: (AssignmentId, RevisionId),
}

/// The pairs of a campaign with copied sections, as their newest sent revisions stand: those with most copied words
/// first, at most `limit`; without those that share `whole` of 10,000 runs as wholes.
pub fn pairs(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    whole: u64,
    limit: i64,
) -> Result<Vec<SectionPair>> {
    tx.rows(
        &format!(
            "SELECT first.assignment_id, first.id, second.assignment_id, second.id FROM section_copy \
             JOIN revision AS first ON first.id = section_copy.revision_id JOIN revision AS second ON second.id = section_copy.other_id \
             WHERE section_copy.campaign_id = ?1 AND {} AND {} AND NOT EXISTS (SELECT 1 FROM copy_pair \
             WHERE copy_pair.revision_id = first.id AND copy_pair.other_id = second.id AND copy_pair.shared * 10000 >= copy_pair.total * ?2) \
             GROUP BY first.assignment_id, first.id, second.assignment_id, second.id \
             ORDER BY SUM(section_copy.words) DESC, first.id, second.id LIMIT ?3",
            is_newest_sent("first"),
            is_newest_sent("second"),
        ),
        &params![campaign.0, whole.cast_signed(), limit],
        |row| {
            Ok(SectionPair {
                before: (AssignmentId(row.get(0)?), RevisionId(row.get(1)?)),
                after: (AssignmentId(row.get(2)?), RevisionId(row.get(3)?)),
            })
        },
    )
}

/// The copied sections of a pair, in the order of the outline.
pub fn of_pair(tx: &mut dyn Tx, pair: &SectionPair) -> Result<Vec<SectionCopy>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM section_copy JOIN section ON section.id = section_copy.other_section_id \
             WHERE revision_id = ?1 AND other_id = ?2 ORDER BY section.ord, other_section_id, section_id"
        ),
        &params![pair.before.1.0, pair.after.1.0],
        read,
    )
}
