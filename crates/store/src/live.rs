//! What the live totals of a campaign are made from and kept fresh with.

use crate::dialect::ids_in_json;
use crate::{Engine, Error, Result, Row, Tx, TxExt, Value, figures, params};
use domain::event::EventKind;
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, CampaignId, EventId, RevisionId, UnitId};
use domain::report::lifecycle::State;
use jiff::Timestamp;

/// Where the report of one unit stands, as far as boards and totals need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub assignment: AssignmentId,
    pub unit: UnitId,
    pub state: State,
    /// When it came to its state.
    pub state_since: Timestamp,
    pub due_at: Option<Timestamp>,
    /// The due before an extension; `None` when none was granted.
    pub original_due_at: Option<Timestamp>,
    /// When the first revision was sent; timeliness is decided by it.
    pub first_sent_at: Option<Timestamp>,
    /// When the latest revision was sent.
    pub sent_at: Option<Timestamp>,
    /// When it last came back to the unit, returned or withdrawn; `None` when it never did.
    pub back_at: Option<Timestamp>,
    /// `None` when the addressee is no unit.
    pub addressee: Option<UnitId>,
    pub via: Option<UnitId>,
    /// Its figures add up into the totals above it.
    pub adds: bool,
    /// The newest revision that was sent; its figures count.
    pub counted: Option<RevisionId>,
}

const STANDING: &str = "SELECT assignment.id, assignment.unit_id, assignment.state, assignment.due_at, assignment.first_sent_at, assignment.adds, \
     (SELECT MAX(revision.id) FROM revision WHERE revision.assignment_id = assignment.id AND revision.sent_at IS NOT NULL AND revision.withdrawn_at IS NULL), \
     assignment.state_since, assignment.original_due_at, assignment.sent_at, assignment.addressee_id, assignment.via_id, \
     CASE WHEN assignment.revision > 1 OR assignment.state = 'returned' THEN \
         (SELECT MAX(COALESCE(return_note.returned_at, revision.withdrawn_at)) FROM revision \
          LEFT JOIN return_note ON return_note.revision_id = revision.id WHERE revision.assignment_id = assignment.id) END \
     FROM assignment";

fn read(row: &Row<'_>) -> Result<Standing> {
    let state: String = row.get(2)?;
    Ok(Standing {
        assignment: AssignmentId(row.get(0)?),
        unit: UnitId(row.get(1)?),
        state: state_from(state, 2)?,
        state_since: row.get(7)?,
        due_at: row.get(3)?,
        original_due_at: row.get(8)?,
        first_sent_at: row.get(4)?,
        sent_at: row.get(9)?,
        back_at: row.get(12)?,
        addressee: row.get::<Option<i64>>(10)?.map(UnitId),
        via: row.get::<Option<i64>>(11)?.map(UnitId),
        adds: row.get(5)?,
        counted: row.get::<Option<i64>>(6)?.map(RevisionId),
    })
}

/// The state that a column names.
pub(crate) fn state_from(code: String, index: usize) -> Result<State> {
    State::from_code(&code).ok_or(Error::Column {
        index,
        expected: "a state of a report",
        found: code,
    })
}

/// All standings of a campaign.
pub fn standings(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<Standing>> {
    tx.rows(
        &format!("{STANDING} WHERE assignment.campaign_id = ?1"),
        &params![campaign.0],
        read,
    )
}

/// The standings of some assignments; those that are gone are missing.
pub fn standings_of(tx: &mut dyn Tx, ids: &[AssignmentId]) -> Result<Vec<Standing>> {
    let wanted = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!("{STANDING} WHERE assignment.id IN {wanted}"),
        &params![json_list(ids.iter().map(|id| id.0))],
        read,
    )
}

/// The standings of at most `limit` units like this one, of its kind and level below the same superior, that have sent.
pub fn sent_beside(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    unit: UnitId,
    limit: i64,
) -> Result<Vec<Standing>> {
    tx.rows(
        &format!(
            "{STANDING} JOIN unit ON unit.id = assignment.unit_id \
             JOIN unit AS own ON own.id = ?2 AND own.parent_id = unit.parent_id AND own.level = unit.level AND own.kind = unit.kind \
             WHERE assignment.campaign_id = ?1 AND unit.id <> own.id AND assignment.first_sent_at IS NOT NULL \
             ORDER BY unit.lft LIMIT ?3"
        ),
        &params![campaign.0, unit.0, limit],
        read,
    )
}

/// Shows the figures (as stored) of every counted revision of the campaign that adds up; see [`figures::decode`].
pub fn each_counted(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    each: &mut dyn FnMut(AssignmentId, &str) -> Result<()>,
) -> Result<()> {
    tx.query(
        "SELECT assignment.id, revision.figures FROM assignment \
         JOIN revision ON revision.id = (SELECT MAX(sent.id) FROM revision AS sent \
             WHERE sent.assignment_id = assignment.id AND sent.sent_at IS NOT NULL AND sent.withdrawn_at IS NULL) \
         WHERE assignment.campaign_id = ?1 AND assignment.adds = 1 AND assignment.first_sent_at IS NOT NULL",
        &params![campaign.0],
        &mut |row| match row.value(1)? {
            Value::Text(stored) => each(AssignmentId(row.get(0)?), &stored),
            _ => Ok(()),
        },
    )
}

/// The figures of some revisions.
pub fn figures_of(
    tx: &mut dyn Tx,
    layout: &Layout,
    ids: &[RevisionId],
) -> Result<Vec<(RevisionId, FigureTable)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!("SELECT id, figures FROM revision WHERE id IN {wanted}"),
        &params![json_list(ids.iter().map(|id| id.0))],
        |row| {
            let json: String = row.get(1)?;
            Ok((RevisionId(row.get(0)?), figures::decode(&json, layout)?))
        },
    )
}

/// One event that may have changed a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub event: EventId,
    pub assignment: Option<AssignmentId>,
    /// `None` for a kind that only a newer program knows.
    pub kind: Option<EventKind>,
}

/// How far back transactions that overlapped may still add events on PostgreSQL.
const OVERLAP: i64 = 512;

/// The event from which [`changes`] must look again after having seen `newest`: on PostgreSQL a smaller id may
/// become visible after a bigger one, when two transactions overlapped.
pub fn look_again_from(engine: Engine, newest: EventId) -> EventId {
    match engine {
        Engine::Sqlite => newest,
        Engine::Postgres => EventId(newest.0 - OVERLAP),
    }
}

/// The events after `after` about the campaign, and those about units, in the order of their ids.
pub fn changes(tx: &mut dyn Tx, campaign: CampaignId, after: EventId) -> Result<Vec<Change>> {
    let read = |row: &Row<'_>| {
        Ok(Change {
            event: EventId(row.get(0)?),
            assignment: row.get::<Option<i64>>(1)?.map(AssignmentId),
            kind: EventKind::from_code(&row.get::<String>(2)?),
        })
    };
    let mut found = tx.rows(
        "SELECT id, assignment_id, kind FROM event WHERE campaign_id = ?1 AND id > ?2 ORDER BY id",
        &params![campaign.0, after.0],
        read,
    )?;
    found.extend(tx.rows(
        "SELECT id, assignment_id, kind FROM event \
         WHERE campaign_id IS NULL AND id > ?1 AND kind IN ('units_imported', 'unit_changed', 'units_reorganised') ORDER BY id",
        &params![after.0],
        read,
    )?);
    found.sort_by_key(|change| change.event);
    Ok(found)
}

/// The newest event of all; 0 when there is none.
pub fn newest_event(tx: &mut dyn Tx) -> Result<EventId> {
    tx.scalar::<Option<i64>>("SELECT MAX(id) FROM event", &[])
        .map(|id| EventId(id.unwrap_or(0)))
}

pub(crate) fn json_list(ids: impl Iterator<Item = i64>) -> String {
    let list: Vec<String> = ids.map(|id| id.to_string()).collect();
    format!("[{}]", list.join(","))
}
