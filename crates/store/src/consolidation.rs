//! What subordinate units sent, for the level that consolidates it.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId, UnitId};
use domain::report::lifecycle::State;
use domain::report::passages::{Passage, own};
use jiff::Timestamp;

/// The latest sent revision of one subordinate unit's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentReport {
    pub assignment: AssignmentId,
    pub unit: UnitId,
    pub unit_code: String,
    pub unit_name: String,
    /// Its figures add up into the totals above it.
    pub adds: bool,
    pub state: State,
    /// `None` while nothing was sent.
    pub revision: Option<RevisionId>,
    /// Number of that revision, from 1.
    pub revision_number: i64,
    pub sent_at: Option<Timestamp>,
}

/// What one unit wrote in one section of what it sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentSection {
    pub assignment: AssignmentId,
    pub revision: RevisionId,
    pub section: SectionId,
    pub passages: Vec<Passage>,
}

/// The sent revision with the highest number of an assignment of the outer statement.
const LATEST_SENT: &str = "LEFT JOIN revision ON revision.assignment_id = assignment.id AND revision.number = \
     (SELECT MAX(latest.number) FROM revision AS latest WHERE latest.assignment_id = assignment.id AND latest.sent_at IS NOT NULL AND latest.withdrawn_at IS NULL)";

/// The rows of a unit and of those that went into it whole: what was addressed to them is its to consolidate. As a JSON
/// array, for [`crate::dialect::ids_in_json`].
fn addressees(tx: &mut dyn Tx, unit: UnitId) -> Result<String> {
    let body = crate::units::by_id(tx, unit)?.body;
    let rows = crate::unit_history::lineage(tx, body)?;
    let rows: Vec<i64> = rows.iter().map(|row| row.0).collect();
    serde_json::to_string(&rows).map_err(|error| Error::broken("naming units", error))
}

/// The reports addressed to `unit`, or to one that went into it, in a campaign, in tree order, sent or not.
pub fn reports_to(tx: &mut dyn Tx, campaign: CampaignId, unit: UnitId) -> Result<Vec<SentReport>> {
    let addressees = addressees(tx, unit)?;
    let among = crate::dialect::ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT assignment.id, unit.id, unit.name, assignment.state, revision.id, revision.number, revision.sent_at, unit.code, assignment.adds \
             FROM assignment JOIN unit ON unit.id = assignment.unit_id {LATEST_SENT} \
             WHERE assignment.addressee_id IN {among} AND assignment.campaign_id = ?2 AND assignment.state <> 'superseded' \
             ORDER BY unit.lft"
        ),
        &params![addressees, campaign.0],
        |row| {
            let state: String = row.get(3)?;
            Ok(SentReport {
                assignment: AssignmentId(row.get(0)?),
                unit: UnitId(row.get(1)?),
                unit_name: row.get(2)?,
                state: State::from_code(&state).ok_or(Error::Column { index: 3, expected: "a state of a report", found: state })?,
                revision: row.get::<Option<i64>>(4)?.map(RevisionId),
                revision_number: row.get::<Option<i64>>(5)?.unwrap_or(0),
                sent_at: row.get(6)?,
                unit_code: row.get(7)?,
                adds: row.get(8)?,
            })
        },
    )
}

/// What stands in some revisions, in one section or in all.
pub fn sections_of(
    tx: &mut dyn Tx,
    revisions: &[RevisionId],
    section: Option<SectionId>,
) -> Result<Vec<SentSection>> {
    if revisions.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = crate::dialect::ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT revision.assignment_id, section_text.section_id, section_text.text, section_text.passages, section_text.revision_id \
             FROM section_text JOIN revision ON revision.id = section_text.revision_id \
             WHERE section_text.revision_id IN {wanted} AND (?2 = 0 OR section_text.section_id = ?2)"
        ),
        &params![
            serde_json::json!(revisions).to_string(),
            section.map_or(0, |section| section.0)
        ],
        sent_section,
    )
}

/// For each unit reporting to `unit`, the sections in which it wrote something.
pub fn written_sections(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    unit: UnitId,
) -> Result<Vec<(AssignmentId, SectionId)>> {
    let addressees = addressees(tx, unit)?;
    let among = crate::dialect::ids_in_json(tx.engine(), 1);
    tx.rows(
        &format!(
            "SELECT assignment.id, section_text.section_id FROM assignment {LATEST_SENT} \
             JOIN section_text ON section_text.revision_id = revision.id \
             WHERE assignment.addressee_id IN {among} AND assignment.campaign_id = ?2 AND section_text.text <> ''"
        ),
        &params![addressees, campaign.0],
        |row| Ok((AssignmentId(row.get(0)?), SectionId(row.get(1)?))),
    )
}

/// One section of one revision as passages, with the assignment and unit it belongs to; `None` when nothing was written.
pub fn section_of(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
) -> Result<Option<(UnitId, SentSection)>> {
    tx.row_opt(
        "SELECT assignment.id, section_text.section_id, section_text.text, section_text.passages, section_text.revision_id, assignment.unit_id \
         FROM section_text JOIN revision ON revision.id = section_text.revision_id \
         JOIN assignment ON assignment.id = revision.assignment_id \
         WHERE section_text.revision_id = ?1 AND section_text.section_id = ?2",
        &params![revision.0, section.0],
        |row| Ok((UnitId(row.get(5)?), sent_section(row)?)),
    )
}

fn sent_section(row: &Row<'_>) -> Result<SentSection> {
    let text: String = row.get(2)?;
    let passages: Option<String> = row.get(3)?;
    Ok(SentSection {
        assignment: AssignmentId(row.get(0)?),
        section: SectionId(row.get(1)?),
        revision: RevisionId(row.get(4)?),
        passages: decode_passages(&text, passages.as_deref())?,
    })
}

/// The passages of a stored section: the stored list, or the paragraphs of a text that the unit wrote itself.
fn decode_passages(text: &str, stored: Option<&str>) -> Result<Vec<Passage>> {
    match stored {
        None => Ok(own(text)),
        Some(json) => serde_json::from_str(json)
            .map_err(|error| Error::broken("reading the passages of a section", error)),
    }
}

/// A correction that stands beside a rolled-up figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub id: i64,
    pub indicator: domain::ids::IndicatorId,
    /// A year or `whole`.
    pub period: String,
    /// The rolled-up value it stood beside when it was made; `None` when there was none.
    pub rolled_up: Option<String>,
    pub value: String,
    pub reason: String,
    pub corrected_at: Timestamp,
    pub corrected_by: String,
}

/// The corrections of a consolidated report that were in force at a moment, in the order in which they were made.
pub fn corrections(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    at: Timestamp,
) -> Result<Vec<Correction>> {
    tx.rows(
        "SELECT figure_correction.id, indicator_id, period, rolled_up, value, reason, corrected_at, coalesce(account.name, '') \
         FROM figure_correction LEFT JOIN account ON account.id = corrected_by \
         WHERE assignment_id = ?1 AND corrected_at <= ?2 AND (removed_at IS NULL OR removed_at > ?2) ORDER BY figure_correction.id",
        &params![assignment.0, at],
        |row| {
            Ok(Correction {
                id: row.get(0)?,
                indicator: domain::ids::IndicatorId(row.get(1)?),
                period: row.get(2)?,
                rolled_up: row.get(3)?,
                value: row.get(4)?,
                reason: row.get(5)?,
                corrected_at: row.get(6)?,
                corrected_by: row.get(7)?,
            })
        },
    )
}

/// Puts a correction beside a figure; one already there is set aside, not overwritten.
pub fn correct(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    correction: &Correction,
    by: domain::ids::AccountId,
) -> Result<i64> {
    tx.execute(
        "UPDATE figure_correction SET removed_at = ?4 WHERE assignment_id = ?1 AND indicator_id = ?2 AND period = ?3 AND removed_at IS NULL",
        &params![assignment.0, correction.indicator.0, &correction.period, correction.corrected_at],
    )?;
    tx.insert(
        "INSERT INTO figure_correction (assignment_id, indicator_id, period, rolled_up, value, reason, corrected_at, corrected_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
        &params![
            assignment.0,
            correction.indicator.0,
            &correction.period,
            correction.rolled_up.as_deref(),
            &correction.value,
            &correction.reason,
            correction.corrected_at,
            by.0
        ],
    )
}

/// Takes a correction back; `false` when there is none in force.
pub fn remove_correction(
    tx: &mut dyn Tx,
    assignment: AssignmentId,
    id: i64,
    now: Timestamp,
) -> Result<bool> {
    tx.execute(
        "UPDATE figure_correction SET removed_at = ?3 WHERE id = ?2 AND assignment_id = ?1 AND removed_at IS NULL",
        &params![assignment.0, id, now],
    )
    .map(|changed| changed > 0)
}
