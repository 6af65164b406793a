//! Emptying the outbox: each e-mail is tried, and tried again later when the server is away.

use crate::ctx::App;
use crate::error::Result;
use crate::ports::{Mailer, OutgoingMail};
use domain::event::{Event, EventKind};
use jiff::{SignedDuration, Timestamp};
use store::mail::QueuedMail;

/// Waiting times after the first, second, … refusal, in minutes; after the last one the mail is given up.
const RETRY_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];
/// How long a sender may take for what it claimed before another one tries, in minutes.
const CLAIM_MINUTES: i64 = 10;
/// E-mails claimed at once.
const BATCH: i64 = 20;

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    pub postponed: usize,
    pub given_up: usize,
}

/// Tries every e-mail that is due, once.
///
/// # Errors
/// Faults of the store; what a mail server answers is noted with the mail instead.
pub fn deliver_due(app: &App, mailer: &dyn Mailer) -> Result<Delivered> {
    let mut delivered = Delivered::default();
    loop {
        let now = app.now();
        let retry_at = after_minutes(now, CLAIM_MINUTES);
        let claimed = app
            .db
            .write(move |tx| -> Result<_> { Ok(store::mail::claim(tx, now, retry_at, BATCH)?) })?;
        if claimed.is_empty() {
            return Ok(delivered);
        }
        for queued in claimed {
            deliver(app, mailer, queued, &mut delivered)?;
        }
    }
}

fn deliver(
    app: &App,
    mailer: &dyn Mailer,
    queued: QueuedMail,
    delivered: &mut Delivered,
) -> Result<()> {
    let mail = OutgoingMail {
        to: queued.mail.to.clone(),
        subject: queued.mail.subject.clone(),
        body: queued.mail.body.clone(),
    };
    let outcome = mailer.send(&mail);
    let now = app.now();
    let retry_at = usize::try_from(queued.attempts)
        .ok()
        .and_then(|tried| RETRY_MINUTES.get(tried))
        .map(|wait| after_minutes(now, *wait));
    match (&outcome, retry_at) {
        (Ok(()), _) => delivered.sent += 1,
        (Err(_), Some(_)) => delivered.postponed += 1,
        (Err(_), None) => delivered.given_up += 1,
    }
    app.db.write(move |tx| -> Result<()> {
        match &outcome {
            Ok(()) => store::mail::mark_sent(tx, queued.id, now)?,
            Err(answer) => store::mail::mark_refused(tx, queued.id, answer, retry_at)?,
        }
        let kind = if outcome.is_ok() {
            EventKind::MailSent
        } else {
            EventKind::MailFailed
        };
        let event = Event {
            at: now,
            account: None,
            unit: None,
            campaign: queued.mail.campaign,
            assignment: queued.mail.assignment,
            kind,
            detail: serde_json::json!({ "to": queued.mail.to, "attempt": queued.attempts + 1 })
                .to_string(),
            reason: outcome.as_ref().err().cloned(),
        };
        store::events::append(tx, &event)?;
        Ok(())
    })
}

fn after_minutes(now: Timestamp, minutes: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}
