//! Sending: the revision is frozen and a receipt written; asking back what nobody received yet.

use super::content::Content;
use super::steps::{
    StepDone, authorised, current_revision, facts_with, is_own, move_to, next_revision,
};
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::report::lifecycle::{Action, Facts, State, step};
use rand::RngCore;
use store::Tx;
pub use store::receipts::Receipt;
use store::revisions::Revision;

/// Sends the issued report and gives its receipt; sending it again gives the same one.
///
/// # Errors
/// [`Error::Refused`] when it is not issued, or is no longer the text that the collective adopted.
pub fn send(ctx: &Ctx, id: AssignmentId) -> Result<Receipt> {
    let (ctx, code) = (ctx.clone(), new_code());
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Send)?;
        let revision = current_revision(tx, &loaded)?;
        if loaded.assignment.state.is_with_superior()
            && let Some(receipt) = store::receipts::of_revision(tx, revision.id)?
        {
            return Ok(receipt);
        }
        let content = Content::current(&ctx, tx, &loaded)?;
        let to = step(
            loaded.assignment.state,
            Action::Send,
            facts_with(&loaded, &content),
        )?
        .to;
        let receipt = Receipt {
            code: code.clone(),
            revision: revision.id,
            assignment: id,
            content_hash: content.fingerprint().whole,
            sent_at: ctx.now,
            sent_by: Some(ctx.actor.account),
            sent_by_name: Some(ctx.actor.name.clone()),
        };
        store::revisions::freeze(tx, &revision, &receipt.content_hash, ctx.now)?;
        store::receipts::add(tx, &receipt)?;
        let detail = sent_detail(revision.number, &receipt);
        move_to(&ctx, tx, &loaded, to, EventKind::Sent, detail, "")?;
        Ok(receipt)
    })
}

/// What the event of a sending says.
pub(super) fn sent_detail(revision: i64, receipt: &Receipt) -> serde_json::Value {
    serde_json::json!({ "revision": revision, "content_hash": receipt.content_hash })
}

/// Asks a sent report back before anybody received it. It counts as not sent; writing goes on in a copy.
///
/// # Errors
/// [`Error::Refused`] once it was received, or without a reason.
pub fn withdraw(ctx: &Ctx, id: AssignmentId, reason: &str) -> Result<StepDone> {
    let ctx = ctx.clone();
    let reason = domain::text::clean(reason).trim().to_string();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Withdraw)?;
        let facts = Facts {
            has_reason: !reason.is_empty(),
            ..super::steps::facts(&loaded)
        };
        let to = step(loaded.assignment.state, Action::Withdraw, facts)?.to;
        let sent = current_revision(tx, &loaded)?;
        store::revisions::withdraw(tx, &sent, ctx.now)?;
        let next = next_revision(&ctx, tx, &sent)?;
        let detail = serde_json::json!({ "revision": sent.number });
        move_to(&ctx, tx, &loaded, to, EventKind::Withdrawn, detail, &reason)?;
        Ok(StepDone {
            state: to,
            revision: next.number,
        })
    })
}

/// A receipt with what it is about, for a page or a print.
#[derive(Debug, Clone)]
pub struct ReceiptView {
    pub receipt: Receipt,
    pub report: store::work::NamedAssignment,
    /// Number of the revision that was sent.
    pub revision: i64,
    /// The hash made anew from what is stored now; equal to the receipt's unless somebody touched the data.
    pub hash_now: String,
}

/// The receipt of the latest sending: for the unit of its current or last sent revision, for others of what they see.
///
/// # Errors
/// [`Error::NotFound`] when nothing was sent or the actor may not know.
pub fn receipt(ctx: &Ctx, id: AssignmentId) -> Result<ReceiptView> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let revision = last_sent(ctx, tx, &loaded)?.ok_or(Error::NotFound)?;
        let receipt = store::receipts::of_revision(tx, revision.id)?.ok_or(Error::NotFound)?;
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let number = revision.number;
        let content = Content::of(tx, &loaded.assignment, outline, Some(revision))?;
        Ok(ReceiptView {
            receipt,
            report: store::work::named(tx, id)?,
            revision: number,
            hash_now: content.fingerprint().whole,
        })
    })
}

/// The unit also sees the receipt of what it withdrew.
fn last_sent(ctx: &Ctx, tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Option<Revision>> {
    let id = loaded.assignment.id;
    if is_own(ctx, loaded) && loaded.assignment.state == State::Drafting {
        let all = store::revisions::of_assignment(tx, id)?;
        return Ok(all.into_iter().rev().find(Revision::is_frozen));
    }
    Ok(store::revisions::sent(tx, id)?.pop())
}

/// Twelve characters that nobody guesses (58 random bits) and nobody misreads: no 0, O, 1, I, L or U.
pub(super) fn new_code() -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0u8; 12];
    rand::rng().fill_bytes(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}
