//! Assignments and where their reports stand.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::campaign::{Assignment, Terms};
use domain::ids::{AssignmentId, CampaignId, UnitId};
use domain::report::lifecycle::State;
use jiff::Timestamp;

/// The columns that [`read`] wants, in its order, of table `assignment`.
pub(crate) const COLUMNS: &str = "assignment.id, assignment.campaign_id, assignment.unit_id, assignment.drafted_by_id, assignment.addressee_id, \
     assignment.addressee_name, assignment.via_id, assignment.deliverable, assignment.adopted_by, assignment.due_phrase, assignment.due_date, \
     assignment.due_inclusive, assignment.due_setter_id, assignment.adds, assignment.due_at, assignment.original_due_at, assignment.state, \
     assignment.state_since, assignment.state_reason, assignment.revision, assignment.first_sent_at, assignment.sent_at";

pub(crate) fn read(row: &Row<'_>) -> Result<Assignment> {
    let unit = |index: usize| row.get::<Option<i64>>(index).map(|id| id.map(UnitId));
    let state: String = row.get(16)?;
    Ok(Assignment {
        id: AssignmentId(row.get(0)?),
        campaign: CampaignId(row.get(1)?),
        terms: Terms {
            unit: UnitId(row.get(2)?),
            drafted_by: unit(3)?,
            addressee: unit(4)?,
            addressee_name: row.get(5)?,
            via: unit(6)?,
            deliverable: row.get(7)?,
            adopted_by: row.get(8)?,
            due_phrase: row.get(9)?,
            due_date: row.get(10)?,
            due_inclusive: row.get(11)?,
            due_setter: unit(12)?,
            adds: row.get(13)?,
        },
        due_at: row.get(14)?,
        original_due_at: row.get(15)?,
        state: State::from_code(&state).ok_or(Error::Column {
            index: 16,
            expected: "a state of a report",
            found: state,
        })?,
        state_since: row.get(17)?,
        state_reason: row.get(18)?,
        revision: row.get(19)?,
        first_sent_at: row.get(20)?,
        sent_at: row.get(21)?,
    })
}

/// Stores a new assignment in state `assigned`.
///
/// # Errors
/// A conflict when the unit has one in this campaign already.
pub fn create(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    terms: &Terms,
    due_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<AssignmentId> {
    tx.insert(
        "INSERT INTO assignment (campaign_id, unit_id, drafted_by_id, addressee_id, addressee_name, via_id, deliverable, adopted_by, due_phrase, \
             due_date, due_inclusive, due_setter_id, adds, due_at, original_due_at, state, state_since, state_reason, revision) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, NULL, 'assigned', ?15, '', 0) RETURNING id",
        &params![
            campaign.0,
            terms.unit.0,
            terms.drafted_by.map(|id| id.0),
            terms.addressee.map(|id| id.0),
            &terms.addressee_name,
            terms.via.map(|id| id.0),
            &terms.deliverable,
            &terms.adopted_by,
            &terms.due_phrase,
            terms.due_date,
            terms.due_inclusive,
            terms.due_setter.map(|id| id.0),
            terms.adds,
            due_at,
            now
        ],
    )
    .map(AssignmentId)
}

/// Changes the terms of an assignment.
pub fn update_terms(
    tx: &mut dyn Tx,
    id: AssignmentId,
    terms: &Terms,
    due_at: Option<Timestamp>,
    original_due_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        "UPDATE assignment SET drafted_by_id = ?2, addressee_id = ?3, addressee_name = ?4, via_id = ?5, deliverable = ?6, adopted_by = ?7, \
             due_phrase = ?8, due_date = ?9, due_inclusive = ?10, due_setter_id = ?11, adds = ?12, due_at = ?13, original_due_at = ?14 WHERE id = ?1",
        &params![
            id.0,
            terms.drafted_by.map(|id| id.0),
            terms.addressee.map(|id| id.0),
            &terms.addressee_name,
            terms.via.map(|id| id.0),
            &terms.deliverable,
            &terms.adopted_by,
            &terms.due_phrase,
            terms.due_date,
            terms.due_inclusive,
            terms.due_setter.map(|id| id.0),
            terms.adds,
            due_at,
            original_due_at
        ],
    )?;
    Ok(())
}

/// Moves a report to a state.
pub fn set_state(
    tx: &mut dyn Tx,
    id: AssignmentId,
    state: State,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE assignment SET state = ?2, state_reason = ?3, state_since = ?4 WHERE id = ?1",
        &params![id.0, state.code(), reason, now],
    )?;
    Ok(())
}

/// Takes an assignment away; only possible before anybody wrote.
pub fn delete(tx: &mut dyn Tx, id: AssignmentId) -> Result<()> {
    tx.execute("DELETE FROM assignment WHERE id = ?1", &params![id.0])?;
    Ok(())
}

pub fn by_id(tx: &mut dyn Tx, id: AssignmentId) -> Result<Assignment> {
    tx.row(
        &format!("SELECT {COLUMNS} FROM assignment WHERE assignment.id = ?1"),
        &params![id.0],
        read,
    )
}

/// The assignment of a unit in a campaign.
pub fn of_unit(tx: &mut dyn Tx, campaign: CampaignId, unit: UnitId) -> Result<Option<Assignment>> {
    tx.row_opt(
        &format!("SELECT {COLUMNS} FROM assignment WHERE assignment.campaign_id = ?1 AND assignment.unit_id = ?2"),
        &params![campaign.0, unit.0],
        read,
    )
}

/// All assignments of a campaign in tree order.
pub fn of_campaign(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<Assignment>> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM assignment JOIN unit ON unit.id = assignment.unit_id WHERE assignment.campaign_id = ?1 ORDER BY unit.lft"),
        &params![campaign.0],
        read,
    )
}

/// Keeps the words of the plan that an assignment follows from.
pub fn set_source(tx: &mut dyn Tx, id: AssignmentId, source: &str) -> Result<()> {
    tx.execute(
        "UPDATE assignment SET source = ?2 WHERE id = ?1",
        &params![id.0, source],
    )?;
    Ok(())
}

/// Takes all assignments of a campaign away; only possible before it is issued.
pub fn clear(tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
    tx.execute(
        "DELETE FROM assignment WHERE campaign_id = ?1",
        &params![campaign.0],
    )?;
    Ok(())
}

/// The assignments of a campaign whose due `setter` sets, in tree order.
pub fn of_setter(tx: &mut dyn Tx, campaign: CampaignId, setter: UnitId) -> Result<Vec<Assignment>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM assignment JOIN unit ON unit.id = assignment.unit_id \
             WHERE assignment.campaign_id = ?1 AND assignment.due_setter_id = ?2 ORDER BY unit.lft"
        ),
        &params![campaign.0, setter.0],
        read,
    )
}

/// Which assignments of a campaign are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineFilter {
    pub level: Option<u8>,
    /// Only those whose due this unit sets.
    pub setter: Option<UnitId>,
    /// Only those without a due.
    pub without_due: bool,
}

/// An assignment with the names of everybody it concerns.
#[derive(Debug, Clone)]
pub struct AssignmentLine {
    pub assignment: Assignment,
    pub unit_code: String,
    pub unit_name: String,
    pub level: u8,
    pub drafted_by_name: Option<String>,
    pub via_name: Option<String>,
    pub due_setter_name: Option<String>,
    /// The words of the plan; empty for one that was added by hand.
    pub source: String,
}

const LINE_FROM: &str = "FROM assignment JOIN unit ON unit.id = assignment.unit_id \
     LEFT JOIN unit AS drafter ON drafter.id = assignment.drafted_by_id \
     LEFT JOIN unit AS via ON via.id = assignment.via_id \
     LEFT JOIN unit AS setter ON setter.id = assignment.due_setter_id";
const LINE_WHERE: &str = "WHERE assignment.campaign_id = ?1 AND (?2 = 0 OR unit.level = ?2) \
     AND (?3 = 0 OR assignment.due_setter_id = ?3) AND (?4 = 0 OR assignment.due_date IS NULL)";

fn filter_params(campaign: CampaignId, filter: &LineFilter) -> [crate::Value<'static>; 4] {
    params![
        campaign.0,
        filter.level.map_or(0, i64::from),
        filter.setter.map_or(0, |id| id.0),
        filter.without_due
    ]
}

/// Lines of the list of assignments in tree order, `limit` of them after the first `offset`.
pub fn lines(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    filter: &LineFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<AssignmentLine>> {
    let mut params = filter_params(campaign, filter).to_vec();
    params.extend(params![limit, offset]);
    tx.rows(
        &format!(
            "SELECT {COLUMNS}, unit.code, unit.name, unit.level, drafter.name, via.name, setter.name, assignment.source \
             {LINE_FROM} {LINE_WHERE} ORDER BY unit.lft LIMIT ?5 OFFSET ?6"
        ),
        &params,
        read_line,
    )
}

/// One line of the list of assignments.
pub fn line(tx: &mut dyn Tx, id: AssignmentId) -> Result<AssignmentLine> {
    tx.row(
        &format!(
            "SELECT {COLUMNS}, unit.code, unit.name, unit.level, drafter.name, via.name, setter.name, assignment.source \
             {LINE_FROM} WHERE assignment.id = ?1"
        ),
        &params![id.0],
        read_line,
    )
}

fn read_line(row: &Row<'_>) -> Result<AssignmentLine> {
    Ok(AssignmentLine {
        assignment: read(row)?,
        unit_code: row.get(22)?,
        unit_name: row.get(23)?,
        level: u8::try_from(row.get::<i64>(24)?).unwrap_or(u8::MAX),
        drafted_by_name: row.get(25)?,
        via_name: row.get(26)?,
        due_setter_name: row.get(27)?,
        source: row.get(28)?,
    })
}

/// How many assignments the filter leaves.
pub fn count(tx: &mut dyn Tx, campaign: CampaignId, filter: &LineFilter) -> Result<i64> {
    tx.scalar(
        &format!("SELECT COUNT(*) {LINE_FROM} {LINE_WHERE}"),
        &filter_params(campaign, filter),
    )
}

/// Levels of the units that owe a report, with how many they are.
pub fn count_by_level(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<(u8, i64)>> {
    tx.rows(
        "SELECT unit.level, COUNT(*) FROM assignment JOIN unit ON unit.id = assignment.unit_id \
         WHERE assignment.campaign_id = ?1 GROUP BY unit.level ORDER BY unit.level",
        &params![campaign.0],
        |row| {
            Ok((
                u8::try_from(row.get::<i64>(0)?).unwrap_or(u8::MAX),
                row.get(1)?,
            ))
        },
    )
}

/// A report that is still owed, with what a reminder needs.
#[derive(Debug, Clone)]
pub struct Owing {
    pub assignment: Assignment,
    pub unit_name: String,
    pub level: u8,
    pub has_address: bool,
    /// How often it was reminded.
    pub reminders: i64,
}

/// Who follows reports up: the units in whose name somebody acts.
#[derive(Debug, Clone)]
pub struct Followers {
    /// Reports addressed to or travelling through these.
    pub units: Vec<UnitId>,
    /// All reports of the campaign, for the leading and coordinating bodies.
    pub whole_campaign: bool,
}

impl Followers {
    /// The units as a JSON array, for [`crate::dialect::ids_in_json`].
    fn ids(&self) -> Result<String> {
        let ids: Vec<i64> = self.units.iter().map(|unit| unit.0).collect();
        serde_json::to_string(&ids).map_err(|error| Error::broken("naming units", error))
    }
}

/// Whether any report of the campaign is theirs to follow up, owed or not.
pub fn follows_any(tx: &mut dyn Tx, campaign: CampaignId, followers: &Followers) -> Result<bool> {
    if followers.whole_campaign {
        return Ok(true);
    }
    let units = crate::dialect::ids_in_json(tx.engine(), 2);
    tx.scalar(
        &format!(
            "SELECT EXISTS (SELECT 1 FROM assignment WHERE campaign_id = ?1 AND (addressee_id IN {units} OR via_id IN {units}))"
        ),
        &params![campaign.0, followers.ids()?],
    )
}

/// Reports that are still owed to those who follow them up, the earliest due first, those without a due last.
pub fn owing(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    followers: &Followers,
    limit: i64,
    offset: i64,
) -> Result<Vec<Owing>> {
    let units = crate::dialect::ids_in_json(tx.engine(), 2);
    tx.rows(
        &format!(
            "SELECT {COLUMNS}, unit.name, unit.level, unit.email <> '', \
                 (SELECT COUNT(*) FROM event WHERE event.assignment_id = assignment.id AND event.kind = 'reminded') \
             FROM assignment JOIN unit ON unit.id = assignment.unit_id WHERE assignment.campaign_id = ?1 \
             AND assignment.state IN ('assigned', 'drafting', 'in_adoption', 'adopted', 'issued', 'returned') \
             AND (?3 = 1 OR assignment.addressee_id IN {units} OR assignment.via_id IN {units}) \
             ORDER BY assignment.due_at IS NULL, assignment.due_at, unit.lft LIMIT ?4 OFFSET ?5"
        ),
        &params![campaign.0, followers.ids()?, followers.whole_campaign, limit, offset],
        |row| {
            Ok(Owing {
                assignment: read(row)?,
                unit_name: row.get(22)?,
                level: u8::try_from(row.get::<i64>(23)?).unwrap_or(u8::MAX),
                has_address: row.get(24)?,
                reminders: row.get(25)?,
            })
        },
    )
}
