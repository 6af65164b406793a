//! Duties of a plan that are no reports.

use crate::{Error, Result, Tx, TxExt, params};
use domain::campaign::Task;
use domain::ids::{CampaignId, TaskId};
use domain::plan::DutyKind;
use jiff::Timestamp;

/// A task of a campaign and whether it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTask {
    pub id: TaskId,
    pub task: Task,
    /// `None` while it is open.
    pub done_at: Option<Timestamp>,
}

pub fn create(tx: &mut dyn Tx, campaign: CampaignId, task: &Task) -> Result<TaskId> {
    tx.insert(
        "INSERT INTO task (campaign_id, kind, who, what, due_phrase, due_date) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        &params![
            campaign.0,
            task.kind.code(),
            &task.who,
            &task.what,
            &task.due_phrase,
            task.due_date
        ],
    )
    .map(TaskId)
}

/// The tasks of a campaign in the order of the plan.
pub fn of_campaign(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<StoredTask>> {
    tx.rows(
        "SELECT id, kind, who, what, due_phrase, due_date, done_at FROM task WHERE campaign_id = ?1 ORDER BY id",
        &params![campaign.0],
        |row| {
            let kind: String = row.get(1)?;
            Ok(StoredTask {
                id: TaskId(row.get(0)?),
                task: Task {
                    kind: DutyKind::from_code(&kind).ok_or(Error::Column {
                        index: 1,
                        expected: "a kind of duty",
                        found: kind,
                    })?,
                    who: row.get(2)?,
                    what: row.get(3)?,
                    due_phrase: row.get(4)?,
                    due_date: row.get(5)?,
                },
                done_at: row.get(6)?,
            })
        },
    )
}

/// Ticks a task off, or opens it again with `None`; false when the campaign has no such task.
pub fn set_done(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    id: TaskId,
    done_at: Option<Timestamp>,
) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE task SET done_at = ?3 WHERE id = ?1 AND campaign_id = ?2",
        &params![id.0, campaign.0, done_at],
    )?;
    Ok(changed > 0)
}

/// Takes all tasks of a campaign away.
pub fn clear(tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
    tx.execute(
        "DELETE FROM task WHERE campaign_id = ?1",
        &params![campaign.0],
    )?;
    Ok(())
}
