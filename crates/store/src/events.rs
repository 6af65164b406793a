//! The append-only log of what happened.

use crate::{Result, Row, Tx, TxExt, Value, params};
use domain::event::{Event, EventKind};
use domain::ids::{AccountId, AssignmentId, CampaignId, EventId, UnitId};

/// Writes one fact. Called in the transaction of the change itself.
pub fn append(tx: &mut dyn Tx, event: &Event) -> Result<EventId> {
    tx.insert(
        "INSERT INTO event (at, account_id, unit_id, campaign_id, assignment_id, kind, detail, reason) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
        &params![
            event.at,
            event.account.map(|id| id.0),
            event.unit.map(|id| id.0),
            event.campaign.map(|id| id.0),
            event.assignment.map(|id| id.0),
            event.kind.code(),
            &event.detail,
            event.reason.as_deref()
        ],
    )
    .map(EventId)
}

/// Writes facts of one moment in their order, by one statement.
pub fn append_all(tx: &mut dyn Tx, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..events.len())
        .map(|row| {
            let places: Vec<String> = (1..=8)
                .map(|place| format!("?{}", row * 8 + place))
                .collect();
            format!("({})", places.join(", "))
        })
        .collect();
    let mut values: Vec<Value<'_>> = Vec::with_capacity(events.len() * 8);
    for event in events {
        values.extend(params![
            event.at,
            event.account.map(|id| id.0),
            event.unit.map(|id| id.0),
            event.campaign.map(|id| id.0),
            event.assignment.map(|id| id.0),
            event.kind.code(),
            &event.detail,
            event.reason.as_deref()
        ]);
    }
    tx.execute(
        &format!(
            "INSERT INTO event (at, account_id, unit_id, campaign_id, assignment_id, kind, detail, reason) VALUES {}",
            rows.join(", ")
        ),
        &values,
    )?;
    Ok(())
}

const COLUMNS: &str = "event.at, event.account_id, event.unit_id, event.campaign_id, event.assignment_id, event.kind, event.detail, event.reason, \
     account.name, unit.name";
const FROM: &str = "FROM event LEFT JOIN account ON account.id = event.account_id LEFT JOIN unit ON unit.id = event.unit_id";

/// A fact with the names of who and for whom.
#[derive(Debug, Clone)]
pub struct NamedEvent {
    pub event: Event,
    pub account_name: Option<String>,
    pub unit_name: Option<String>,
}

fn read(row: &Row<'_>) -> Result<Option<NamedEvent>> {
    let Some(kind) = EventKind::from_code(&row.get::<String>(5)?) else {
        return Ok(None);
    };
    Ok(Some(NamedEvent {
        event: Event {
            at: row.get(0)?,
            account: row.get::<Option<i64>>(1)?.map(AccountId),
            unit: row.get::<Option<i64>>(2)?.map(UnitId),
            campaign: row.get::<Option<i64>>(3)?.map(CampaignId),
            assignment: row.get::<Option<i64>>(4)?.map(AssignmentId),
            kind,
            detail: row.get(6)?,
            reason: row.get(7)?,
        },
        account_name: row.get(8)?,
        unit_name: row.get(9)?,
    }))
}

/// The facts about one report, the oldest first.
pub fn of_assignment(tx: &mut dyn Tx, assignment: AssignmentId) -> Result<Vec<NamedEvent>> {
    let rows = tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE event.assignment_id = ?1 ORDER BY event.id"),
        &params![assignment.0],
        read,
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// The moment of the latest fact.
pub fn latest(tx: &mut dyn Tx) -> Result<Option<jiff::Timestamp>> {
    tx.scalar("SELECT max(at) FROM event", &[])
}
