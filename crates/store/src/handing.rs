//! Which colleague of the unit writes which section.

use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, AssignmentId, SectionId, UnitId};
use jiff::Timestamp;

/// A section in the hands of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub section: SectionId,
    pub account: AccountId,
    pub login: String,
    pub name: String,
    pub note: String,
    pub handed_at: Timestamp,
    pub handed_by: String,
}

/// A section that lies with an account, named for its list of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub assignment: AssignmentId,
    pub unit_name: String,
    pub section: SectionId,
    pub number: String,
    pub title: String,
    pub note: String,
    pub handed_at: Timestamp,
    pub handed_by: String,
}

/// An account to which a section may be handed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub account: AccountId,
    pub login: String,
    pub name: String,
}

/// Hands a section to an account, whoever held it before.
pub fn hand(
    tx: &mut dyn Tx,
    (assignment, section): (AssignmentId, SectionId),
    to: AccountId,
    note: &str,
    by: AccountId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO section_holder (assignment_id, section_id, account_id, note, handed_at, handed_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (assignment_id, section_id) DO UPDATE SET account_id = excluded.account_id, note = excluded.note, \
             handed_at = excluded.handed_at, handed_by = excluded.handed_by",
        &params![assignment.0, section.0, to.0, note, now, by.0],
    )?;
    Ok(())
}

/// Nobody in particular writes the section any more; false when nobody did.
pub fn take_back(tx: &mut dyn Tx, assignment: AssignmentId, section: SectionId) -> Result<bool> {
    let changed = tx.execute(
        "DELETE FROM section_holder WHERE assignment_id = ?1 AND section_id = ?2",
        &params![assignment.0, section.0],
    )?;
    Ok(changed > 0)
}

fn read(row: &Row<'_>) -> Result<Holder> {
    Ok(Holder {
        section: SectionId(row.get(0)?),
        account: AccountId(row.get(1)?),
        login: row.get(2)?,
        name: row.get(3)?,
        note: row.get(4)?,
        handed_at: row.get(5)?,
        handed_by: row.get(6)?,
    })
}

/// The sections of a report that lie with somebody.
pub fn of_assignment(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<Holder>> {
    tx.rows(
        "SELECT section_holder.section_id, holder.id, holder.login, holder.name, section_holder.note, \
             section_holder.handed_at, giver.name \
         FROM section_holder JOIN account AS holder ON holder.id = section_holder.account_id \
         JOIN account AS giver ON giver.id = section_holder.handed_by \
         WHERE section_holder.assignment_id = ?1 ORDER BY section_holder.section_id",
        &params![assignment.0],
        read,
    )
}

/// The sections of reports being written that lie with an account, the newest first.
pub fn of_account(tx: &mut dyn Tx, account: AccountId, limit: i64) -> Result<Vec<Held>> {
    tx.rows(
        "SELECT assignment.id, unit.name, section.id, section.number, section.title, section_holder.note, \
             section_holder.handed_at, giver.name \
         FROM section_holder JOIN assignment ON assignment.id = section_holder.assignment_id \
         JOIN campaign ON campaign.id = assignment.campaign_id JOIN unit ON unit.id = assignment.unit_id \
         JOIN section ON section.id = section_holder.section_id JOIN account AS giver ON giver.id = section_holder.handed_by \
         WHERE section_holder.account_id = ?1 AND campaign.state = 'open' \
             AND assignment.state IN ('assigned', 'drafting', 'returned') \
         ORDER BY section_holder.handed_at DESC, section.id LIMIT ?2",
        &params![account.0, limit],
        |row| {
            Ok(Held {
                assignment: AssignmentId(row.get(0)?),
                unit_name: row.get(1)?,
                section: SectionId(row.get(2)?),
                number: row.get(3)?,
                title: row.get(4)?,
                note: row.get(5)?,
                handed_at: row.get(6)?,
                handed_by: row.get(7)?,
            })
        },
    )
}

/// The active accounts with a role in a unit.
pub fn accounts_of(tx: &mut dyn Tx, unit: UnitId, limit: i64) -> Result<Vec<Colleague>> {
    tx.rows(
        "SELECT DISTINCT account.id, account.login, account.name FROM account_role \
         JOIN account ON account.id = account_role.account_id \
         WHERE account_role.unit_id = ?1 AND account.is_active = 1 ORDER BY account.name, account.id LIMIT ?2",
        &params![unit.0, limit],
        |row| {
            Ok(Colleague {
                account: AccountId(row.get(0)?),
                login: row.get(1)?,
                name: row.get(2)?,
            })
        },
    )
}
