//! The outbox of e-mails: queued with the business change, claimed by one sender at a time, retried.

use crate::{Result, Row, Tx, TxExt, dialect, params};
use domain::ids::{AssignmentId, CampaignId};
use jiff::Timestamp;

/// An e-mail to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    pub campaign: Option<CampaignId>,
    pub assignment: Option<AssignmentId>,
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// An e-mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedMail {
    pub id: i64,
    pub mail: NewMail,
    /// `queued`, `sent` or `failed`.
    pub state: String,
    /// Times it was tried.
    pub attempts: i64,
    pub next_attempt_at: Timestamp,
    pub last_error: String,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, campaign_id, assignment_id, to_address, subject, body, state, attempts, next_attempt_at, last_error, created_at, sent_at";

fn read(row: &Row<'_>) -> Result<QueuedMail> {
    Ok(QueuedMail {
        id: row.get(0)?,
        mail: NewMail {
            campaign: row.get::<Option<i64>>(1)?.map(CampaignId),
            assignment: row.get::<Option<i64>>(2)?.map(AssignmentId),
            to: row.get(3)?,
            subject: row.get(4)?,
            body: row.get(5)?,
        },
        state: row.get(6)?,
        attempts: row.get(7)?,
        next_attempt_at: row.get(8)?,
        last_error: row.get(9)?,
        created_at: row.get(10)?,
        sent_at: row.get(11)?,
    })
}

/// Puts an e-mail into the outbox.
pub fn queue(tx: &mut dyn Tx, mail: &NewMail, now: Timestamp) -> Result<i64> {
    tx.insert(
        "INSERT INTO mail (campaign_id, assignment_id, to_address, subject, body, state, attempts, next_attempt_at, last_error, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, 'queued', 0, ?6, '', ?6) RETURNING id",
        &params![mail.campaign.map(|id| id.0), mail.assignment.map(|id| id.0), &mail.to, &mail.subject, &mail.body, now],
    )
}

/// Claims up to `limit` e-mails that are due. They come due again at `retry_at`, should the sender die with them.
pub fn claim(
    tx: &mut dyn Tx,
    now: Timestamp,
    retry_at: Timestamp,
    limit: i64,
) -> Result<Vec<QueuedMail>> {
    let claimed = tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM mail WHERE state = 'queued' AND next_attempt_at <= ?1 ORDER BY next_attempt_at, id LIMIT ?2{}",
            dialect::for_update_skip_locked(tx.engine())
        ),
        &params![now, limit],
        read,
    )?;
    for mail in &claimed {
        tx.execute(
            "UPDATE mail SET next_attempt_at = ?2, attempts = attempts + 1 WHERE id = ?1",
            &params![mail.id, retry_at],
        )?;
    }
    Ok(claimed)
}

/// The server took it.
pub fn mark_sent(tx: &mut dyn Tx, id: i64, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE mail SET state = 'sent', sent_at = ?2, last_error = '' WHERE id = ?1",
        &params![id, now],
    )?;
    Ok(())
}

/// The server did not take it: try again at `retry_at`, or give up when that is `None`.
pub fn mark_refused(
    tx: &mut dyn Tx,
    id: i64,
    error: &str,
    retry_at: Option<Timestamp>,
) -> Result<()> {
    let state = if retry_at.is_some() {
        "queued"
    } else {
        "failed"
    };
    tx.execute(
        "UPDATE mail SET state = ?2, last_error = ?3, next_attempt_at = coalesce(CAST(?4 AS BIGINT), next_attempt_at) WHERE id = ?1",
        &params![id, state, error, retry_at],
    )?;
    Ok(())
}

/// The e-mails of a campaign, the newest first.
pub fn of_campaign(tx: &mut dyn Tx, campaign: CampaignId, limit: i64) -> Result<Vec<QueuedMail>> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM mail WHERE campaign_id = ?1 ORDER BY id DESC LIMIT ?2"),
        &params![campaign.0, limit],
        read,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_660_000_000 + second).expect("in range")
    }

    fn letter() -> NewMail {
        NewMail {
            campaign: None,
            assignment: None,
            to: "vp@example.vn".into(),
            subject: "Đôn đốc".into(),
            body: "Kính gửi".into(),
        }
    }

    #[test]
    fn a_claimed_mail_is_nobody_elses_until_its_sender_is_given_up() {
        each_engine(|db| {
            db.write(|tx| queue(tx, &letter(), at(0))).expect("queued");
            let claim_at = |second: i64| {
                db.write(move |tx| claim(tx, at(second), at(second + 300), 10))
                    .expect("claimed")
                    .len()
            };
            assert_eq!(claim_at(1), 1);
            assert_eq!(claim_at(2), 0, "it is being sent");
            assert_eq!(claim_at(301), 1, "its sender died");
        });
    }

    #[test]
    fn a_refused_mail_is_tried_again_and_given_up_in_the_end() {
        each_engine(|db| {
            let id = db.write(|tx| queue(tx, &letter(), at(0))).expect("queued");
            db.write(move |tx| mark_refused(tx, id, "451 later", Some(at(60))))
                .expect("noted");
            assert!(
                db.write(|tx| claim(tx, at(59), at(400), 10))
                    .expect("claimed")
                    .is_empty()
            );
            let again = db
                .write(|tx| claim(tx, at(60), at(400), 10))
                .expect("claimed");
            assert_eq!(again[0].last_error, "451 later");
            db.write(move |tx| mark_refused(tx, id, "550 unknown", None))
                .expect("noted");
            assert!(
                db.write(|tx| claim(tx, at(9_999), at(10_000), 10))
                    .expect("claimed")
                    .is_empty()
            );
        });
    }
}
