//! What becomes of the duties, drafts and posts of units that end.

use crate::dialect::ids_in_json;
use crate::{Error, Result, Tx, TxExt, params};
use domain::campaign::Assignment;
use domain::ids::{AccountId, AssignmentId, DecisionId, RevisionId, SectionId, UnitId};
use domain::report::passages::Passage;
use jiff::Timestamp;

/// How an open duty was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The successor owes it, with draft, history and due.
    Passed,
    /// Its draft was merged into that of the successor.
    Merged,
    /// The successor's report was past writing: the draft stays readable beside it.
    KeptAside,
    /// Each of several successors owes a report of its own.
    Spread,
    /// Nobody succeeded.
    Ended,
    /// A counter-decision gave it back.
    Reopened,
}

impl Outcome {
    pub const ALL: [Outcome; 6] = [
        Outcome::Passed,
        Outcome::Merged,
        Outcome::KeptAside,
        Outcome::Spread,
        Outcome::Ended,
        Outcome::Reopened,
    ];
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Merged => "merged",
            Outcome::KeptAside => "kept_aside",
            Outcome::Spread => "spread",
            Outcome::Ended => "ended",
            Outcome::Reopened => "reopened",
        }
    }
    pub fn from_code(code: &str) -> Option<Outcome> {
        Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }
}

/// One duty that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    pub assignment: AssignmentId,
    pub from: UnitId,
    pub to: Option<UnitId>,
    /// The assignment that the draft was merged into.
    pub into: Option<AssignmentId>,
    pub outcome: Outcome,
    /// Code of the state before.
    pub state_before: String,
}

/// Keeps what became of a duty.
pub fn keep(tx: &mut dyn Tx, decision: DecisionId, done: &HandOver) -> Result<()> {
    tx.execute(
        "INSERT INTO hand_over (decision_id, assignment_id, from_unit_id, to_unit_id, into_id, outcome, state_before) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &params![
            decision.0,
            done.assignment.0,
            done.from.0,
            done.to.map(|id| id.0),
            done.into.map(|id| id.0),
            done.outcome.code(),
            &done.state_before
        ],
    )?;
    Ok(())
}

/// What a decision handed over, in order.
pub fn of_decision(tx: &mut dyn Tx, decision: DecisionId) -> Result<Vec<HandOver>> {
    tx.rows(
        "SELECT assignment_id, from_unit_id, to_unit_id, into_id, outcome, state_before FROM hand_over \
         WHERE decision_id = ?1 ORDER BY id",
        &params![decision.0],
        |row| {
            let outcome: String = row.get(4)?;
            Ok(HandOver {
                assignment: AssignmentId(row.get(0)?),
                from: UnitId(row.get(1)?),
                to: row.get::<Option<i64>>(2)?.map(UnitId),
                into: row.get::<Option<i64>>(3)?.map(AssignmentId),
                outcome: Outcome::from_code(&outcome).ok_or(Error::Column {
                    index: 4,
                    expected: "an outcome of a hand-over",
                    found: outcome,
                })?,
                state_before: row.get(5)?,
            })
        },
    )
}

/// A hand-over that a report had a part in.
#[derive(Debug, Clone)]
pub struct Part {
    pub decision: DecisionId,
    /// The duty that was handed over, of the unit with this name then.
    pub assignment: AssignmentId,
    pub from_name: String,
    /// The duty that took its draft in.
    pub into: Option<AssignmentId>,
    pub outcome: Outcome,
}

/// The hand-overs that a report had a part in, as the one that went or the one that took in.
pub fn of_assignment(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<Part>> {
    tx.rows(
        "SELECT hand_over.decision_id, hand_over.assignment_id, unit.name, hand_over.into_id, hand_over.outcome \
         FROM hand_over JOIN unit ON unit.id = hand_over.from_unit_id \
         WHERE hand_over.assignment_id = ?1 OR hand_over.into_id = ?1 ORDER BY hand_over.id",
        &params![assignment.0],
        |row| {
            let outcome: String = row.get(4)?;
            Ok(Part {
                decision: DecisionId(row.get(0)?),
                assignment: AssignmentId(row.get(1)?),
                from_name: row.get(2)?,
                into: row.get::<Option<i64>>(3)?.map(AssignmentId),
                outcome: Outcome::from_code(&outcome).ok_or(Error::Column {
                    index: 4,
                    expected: "an outcome of a hand-over",
                    found: outcome,
                })?,
            })
        },
    )
}

/// The units as a JSON array, for [`ids_in_json`].
fn ids(units: &[UnitId]) -> Result<String> {
    let ids: Vec<i64> = units.iter().map(|unit| unit.0).collect();
    serde_json::to_string(&ids).map_err(|error| Error::broken("naming units", error))
}

/// The assignments of these units in campaigns that are not closed, by campaign and tree order.
pub fn assignments_of(tx: &mut dyn Tx, units: &[UnitId]) -> Result<Vec<Assignment>> {
    let columns = crate::assignments::COLUMNS;
    let among = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT {columns} FROM assignment JOIN unit ON unit.id = assignment.unit_id \
             JOIN campaign ON campaign.id = assignment.campaign_id \
             WHERE assignment.unit_id IN {among} AND campaign.state <> 'closed' ORDER BY assignment.campaign_id, unit.lft"
        ),
        &params![ids(units)?],
        crate::assignments::read,
    )
}

/// The assignments, not yet sent or returned, of campaigns that are not closed, in which these units receive, forward,
/// draft or set the due.
pub fn assignments_through(tx: &mut dyn Tx, units: &[UnitId]) -> Result<Vec<Assignment>> {
    let columns = crate::assignments::COLUMNS;
    let among = ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT {columns} FROM assignment JOIN campaign ON campaign.id = assignment.campaign_id \
             WHERE campaign.state <> 'closed' \
             AND (assignment.addressee_id IN {among} OR assignment.via_id IN {among} OR assignment.drafted_by_id IN {among} \
                 OR assignment.due_setter_id IN {among}) ORDER BY assignment.id"
        ),
        &params![ids(units)?],
        crate::assignments::read,
    )
}

/// Gives an assignment to another unit.
pub fn give(tx: &mut dyn Tx, assignment: AssignmentId, unit: UnitId) -> Result<()> {
    tx.execute(
        "UPDATE assignment SET unit_id = ?2 WHERE id = ?1",
        &params![assignment.0, unit.0],
    )?;
    Ok(())
}

/// Puts a unit in the place of another that leads or coordinates campaigns that are not closed.
pub fn lead_on(tx: &mut dyn Tx, from: UnitId, to: UnitId) -> Result<u64> {
    let leading = tx.execute(
        "UPDATE campaign SET lead_unit_id = ?2 WHERE lead_unit_id = ?1 AND state <> 'closed'",
        &params![from.0, to.0],
    )?;
    let coordinating = tx.execute(
        "UPDATE campaign SET coordinating_unit_id = ?2 WHERE coordinating_unit_id = ?1 AND state <> 'closed'",
        &params![from.0, to.0],
    )?;
    Ok(leading + coordinating)
}

/// Gives everybody with a post in a unit the same post in another; the old one stays, for what was sent from there.
pub fn post_on(tx: &mut dyn Tx, from: UnitId, to: UnitId) -> Result<u64> {
    tx.execute(
        "INSERT INTO account_role (account_id, unit_id, role) SELECT account_id, ?2, role FROM account_role WHERE unit_id = ?1 \
         ON CONFLICT DO NOTHING",
        &params![from.0, to.0],
    )
}

/// How many accounts have a post in these units.
pub fn count_accounts(tx: &mut dyn Tx, units: &[UnitId]) -> Result<i64> {
    let among = ids_in_json(tx.engine(), 1);
    tx.scalar(
        &format!("SELECT COUNT(DISTINCT account_id) FROM account_role WHERE unit_id IN {among}"),
        &params![ids(units)?],
    )
}

/// A text that is merged into a draft.
#[derive(Debug, Clone, Copy)]
pub struct MergedText<'a> {
    pub text: &'a str,
    pub passages: Option<&'a [Passage]>,
    /// Who wrote what is added, when that is known.
    pub by: Option<AccountId>,
    pub now: Timestamp,
}

/// Makes a merged text the current one of a section and its next version.
pub fn put_text(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    new: MergedText<'_>,
) -> Result<()> {
    let passages = new
        .passages
        .map(|list| serde_json::to_string(list).map_err(|error| Error::broken("passages", error)))
        .transpose()?;
    let by = new.by.map(|id| id.0);
    let version: i64 = tx.scalar(
        "INSERT INTO section_text (revision_id, section_id, text, passages, version, saved_at, saved_by) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6) \
         ON CONFLICT (revision_id, section_id) DO UPDATE SET text = excluded.text, passages = excluded.passages, \
             version = section_text.version + 1, saved_at = excluded.saved_at, saved_by = excluded.saved_by \
         RETURNING version",
        &params![revision.0, section.0, new.text, passages.as_deref(), new.now, by],
    )?;
    tx.execute(
        "INSERT INTO section_version (revision_id, section_id, version, text, passages, is_conflict, saved_at, saved_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
        &params![revision.0, section.0, version, new.text, passages.as_deref(), new.now, by],
    )?;
    Ok(())
}
