//! Files in which a unit wrote its report elsewhere: kept until they are taken into the draft or set aside.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId, RevisionId, UploadedDraftId};
use domain::org::Unit;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    Pending,
    Applied,
    Discarded,
}

impl UploadState {
    fn code(self) -> &'static str {
        match self {
            UploadState::Pending => "pending",
            UploadState::Applied => "applied",
            UploadState::Discarded => "discarded",
        }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedDraft {
    pub id: UploadedDraftId,
    pub assignment: AssignmentId,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: i64,
    pub uploaded_at: Timestamp,
    pub uploaded_by: Option<AccountId>,
    pub uploaded_by_name: Option<String>,
    pub state: UploadState,
    /// Loose parts, by their index in the file, that were given a section.
    pub placed: BTreeSet<usize>,
    /// How many loose parts have none yet.
    pub loose_left: i64,
}

const SELECT: &str = "SELECT uploaded_draft.id, assignment_id, file_name, blob_sha256, size_bytes, uploaded_at, uploaded_by, account.name, state, placed, loose_left \
     FROM uploaded_draft LEFT JOIN account ON account.id = uploaded_draft.uploaded_by";

fn read(row: &Row<'_>) -> Result<UploadedDraft> {
    let state: String = row.get(8)?;
    let placed: String = row.get(9)?;
    let wrong = |index, expected, found| Error::Column {
        index,
        expected,
        found,
    };
    Ok(UploadedDraft {
        id: UploadedDraftId(row.get(0)?),
        assignment: AssignmentId(row.get(1)?),
        file_name: row.get(2)?,
        sha256: row.get(3)?,
        size_bytes: row.get(4)?,
        uploaded_at: row.get(5)?,
        uploaded_by: row.get::<Option<i64>>(6)?.map(AccountId),
        uploaded_by_name: row.get(7)?,
        state: [
            UploadState::Pending,
            UploadState::Applied,
            UploadState::Discarded,
        ]
        .into_iter()
        .find(|known| known.code() == state)
        .ok_or_else(|| wrong(8, "the state of an uploaded file", state))?,
        placed: serde_json::from_str(&placed)
            .map_err(|error| wrong(9, "a list of numbers", error.to_string()))?,
        loose_left: row.get(10)?,
    })
}

/// Adds a file whose bytes are stored already, as pending; only its name, hash, size, time and author count.
pub fn add(tx: &mut dyn Tx, new: &UploadedDraft) -> Result<UploadedDraftId> {
    tx.insert(
        "INSERT INTO uploaded_draft (assignment_id, file_name, blob_sha256, size_bytes, uploaded_at, uploaded_by, state, placed, loose_left) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', '[]', ?7) RETURNING id",
        &params![
            new.assignment.0,
            &new.file_name,
            &new.sha256,
            new.size_bytes,
            new.uploaded_at,
            new.uploaded_by.map(|id| id.0),
            new.loose_left
        ],
    )
    .map(UploadedDraftId)
}

/// # Errors
/// [`Error::Missing`] when there is none, or it is a file of another report.
pub fn by_id(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    id: UploadedDraftId,
) -> Result<UploadedDraft> {
    tx.row(
        &format!("{SELECT} WHERE uploaded_draft.id = ?1 AND assignment_id = ?2"),
        &params![id.0, assignment.0],
        read,
    )
}

/// The files of a report that still ask for something: pending ones, and applied ones with loose parts; newest first.
pub fn open(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<UploadedDraft>> {
    tx.rows(
        &format!(
            "{SELECT} WHERE assignment_id = ?1 AND (state = 'pending' OR (state = 'applied' AND loose_left > 0)) ORDER BY uploaded_draft.id DESC"
        ),
        &params![assignment.0],
        read,
    )
}

/// Records what became of a file.
pub fn settle(
    tx: &mut dyn Tx,
    id: UploadedDraftId,
    state: UploadState,
    placed: &BTreeSet<usize>,
    loose_left: i64,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE uploaded_draft SET state = ?2, placed = ?3, loose_left = ?4, settled_at = ?5 WHERE id = ?1",
        &params![
            id.0,
            state.code(),
            serde_json::json!(placed).to_string(),
            loose_left,
            now
        ],
    )?;
    Ok(())
}

/// The last revision that a unit sent in a campaign that was opened before this one: in its own tree as the organisation
/// that it is, in others told by its code.
pub fn last_sent_before(
    tx: &mut dyn Tx,
    unit: &Unit,
    campaign: domain::ids::CampaignId,
) -> Result<Option<(AssignmentId, RevisionId)>> {
    let rows = crate::unit_history::lineage(tx, unit.body)?;
    let rows: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let rows =
        serde_json::to_string(&rows).map_err(|error| Error::broken("naming units", error))?;
    let own = crate::dialect::ids_in_json(tx.engine(), 4);
    tx.row_opt(
        &format!("SELECT assignment.id, revision.id FROM campaign JOIN unit ON unit.tree_id = campaign.tree_id \
         AND (unit.id IN {own} OR (unit.tree_id <> ?3 AND unit.code = ?1)) \
         JOIN assignment ON assignment.campaign_id = campaign.id AND assignment.unit_id = unit.id \
         JOIN revision ON revision.assignment_id = assignment.id \
         WHERE campaign.id < ?2 AND revision.sent_at IS NOT NULL AND revision.withdrawn_at IS NULL \
         ORDER BY revision.sent_at DESC, revision.id DESC LIMIT 1"),
        &params![&unit.seed.code, campaign.0, unit.tree.0, rows],
        |row| Ok((AssignmentId(row.get(0)?), RevisionId(row.get(1)?))),
    )
}
