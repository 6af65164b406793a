//! Returns: why a sent revision went back, as a whole and by section and indicator.

use crate::{Result, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId, IndicatorId, RevisionId, SectionId, UnitId};
use jiff::Timestamp;

/// What a reason concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnedPart {
    Section(SectionId),
    Indicator(IndicatorId),
}

/// One section or indicator to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnItem {
    pub part: ReturnedPart,
    pub reason: String,
}

/// One return of one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnNote {
    /// Number of the revision that was returned.
    pub number: i64,
    pub by_unit: Option<UnitId>,
    pub by_unit_name: Option<String>,
    pub by_name: Option<String>,
    pub reason: String,
    pub returned_at: Timestamp,
    /// Empty when the report as a whole is meant.
    pub items: Vec<ReturnItem>,
}

/// Records a return.
pub fn add(
    tx: &mut dyn Tx,
    revision: RevisionId,
    by_unit: Option<UnitId>,
    by: AccountId,
    reason: &str,
    items: &[ReturnItem],
    now: Timestamp,
) -> Result<()> {
    let note = tx.insert(
        "INSERT INTO return_note (revision_id, by_unit_id, reason, returned_at, returned_by) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
        &params![revision.0, by_unit.map(|id| id.0), reason, now, by.0],
    )?;
    for item in items {
        let (section, indicator) = match item.part {
            ReturnedPart::Section(id) => (Some(id.0), None),
            ReturnedPart::Indicator(id) => (None, Some(id.0)),
        };
        tx.execute(
            "INSERT INTO return_item (return_note_id, section_id, indicator_id, reason) VALUES (?1, ?2, ?3, ?4)",
            &params![note, section, indicator, &item.reason],
        )?;
    }
    Ok(())
}

/// All returns of a report, the oldest first.
pub fn of_assignment(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<ReturnNote>> {
    let mut notes = tx.rows(
        "SELECT return_note.id, revision.number, return_note.by_unit_id, unit.name, account.name, return_note.reason, return_note.returned_at \
         FROM return_note JOIN revision ON revision.id = return_note.revision_id \
         LEFT JOIN unit ON unit.id = return_note.by_unit_id LEFT JOIN account ON account.id = return_note.returned_by \
         WHERE revision.assignment_id = ?1 ORDER BY return_note.id",
        &params![assignment.0],
        |row| {
            let note = ReturnNote {
                number: row.get(1)?,
                by_unit: row.get::<Option<i64>>(2)?.map(UnitId),
                by_unit_name: row.get(3)?,
                by_name: row.get(4)?,
                reason: row.get(5)?,
                returned_at: row.get(6)?,
                items: Vec::new(),
            };
            Ok((row.get::<i64>(0)?, note))
        },
    )?;
    for (id, note) in &mut notes {
        note.items = items(tx, *id)?;
    }
    Ok(notes.into_iter().map(|(_, note)| note).collect())
}

fn items(tx: &mut dyn Tx, note: i64) -> Result<Vec<ReturnItem>> {
    let rows = tx.rows(
        "SELECT section_id, indicator_id, reason FROM return_item WHERE return_note_id = ?1 ORDER BY id",
        &params![note],
        |row| {
            let section = row.get::<Option<i64>>(0)?.map(|id| ReturnedPart::Section(SectionId(id)));
            let indicator = row
                .get::<Option<i64>>(1)?
                .map(|id| ReturnedPart::Indicator(IndicatorId(id)));
            let reason = row.get(2)?;
            Ok(section.or(indicator).map(|part| ReturnItem { part, reason }))
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}
