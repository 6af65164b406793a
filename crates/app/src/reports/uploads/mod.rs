//! A report that was written in a word processor: the file is kept beside the draft until its differences were looked
//! at, then taken over in one step or set aside.

mod apply;
mod compare;
mod mailbox;
mod merge;

pub use apply::{Applied, Choices, Take, apply};
pub use compare::{Comparison, FigureChange, FigureFate, LoosePart, SectionChange, SectionFate};
pub use mailbox::{Delivered, Delivery, of_mailbox};
pub use store::uploaded_drafts::{UploadState, UploadedDraft};

use super::attachments::{MOST_BYTES, clean_name};
use super::content::{Content, sha256_hex};
use super::steps::{own, record};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::incoming::read_by;
use domain::access::{Subject, Wish};
use domain::event::EventKind;
use domain::ids::{AssignmentId, UploadedDraftId};
use domain::report::lifecycle::Action;
use formats::Filled;
use std::collections::BTreeSet;

/// Most files of one report that wait at a time.
const MOST_WAITING: usize = 20;

/// Reads a file; gives nothing of it away to the store.
///
/// # Errors
/// [`Error::Invalid`] when it cannot be read, [`Error::TooLarge`], [`Error::Refused`] when it bears a mark of secrecy.
fn read(ctx: &Ctx, name: &str, bytes: &[u8]) -> Result<Filled> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge(
            "Tệp lớn quá 20 MB. Hãy bỏ bớt hình ảnh rồi tải lên lại".into(),
        ));
    }
    let filled = read_by(ctx.app().office(), name, bytes, formats::read_filled)?;
    crate::secrets::refuse_document(ctx, &filled.document, bytes)?;
    Ok(filled)
}

/// What a file would change in the draft. Nothing is stored.
///
/// # Errors
/// [`Error::NotFound`] outside the unit; [`Error::Refused`] for the template of another report; else as the file's
/// reader says.
pub fn preview(ctx: &Ctx, id: AssignmentId, name: &str, bytes: &[u8]) -> Result<Comparison> {
    ctx.db().read(|tx| own(ctx, tx, id).map(drop))?;
    let name = clean_name(name)?;
    let filled = read(ctx, &name, bytes)?;
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let content = Content::current(ctx, tx, &loaded)?;
        compare::compare(ctx, tx, &loaded, &content, &filled, &BTreeSet::new())
    })
}

/// Keeps a file beside the draft, for its differences to be looked at.
///
/// # Errors
/// As [`preview`]; [`Error::Refused`] when the draft is closed or too many files wait.
pub fn keep(ctx: &Ctx, id: AssignmentId, name: &str, bytes: Vec<u8>) -> Result<UploadedDraftId> {
    let seen = preview(ctx, id, name, &bytes)?;
    let name = clean_name(name)?;
    let (ctx, sha256) = (ctx.clone(), sha256_hex(&bytes));
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        compare::may_write(&ctx, &loaded)?;
        if store::uploaded_drafts::open(tx, id)?.len() >= MOST_WAITING {
            return Err(Error::Refused(format!(
                "Báo cáo đã có {MOST_WAITING} tệp chờ xem. Hãy nhận hoặc bỏ bớt trước khi nộp thêm"
            )));
        }
        store::blobs::put(tx, &sha256, &bytes)?;
        let new = UploadedDraft {
            id: UploadedDraftId(0),
            assignment: id,
            file_name: name.clone(),
            sha256: sha256.clone(),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            uploaded_at: ctx.now,
            uploaded_by: Some(ctx.actor.account),
            uploaded_by_name: None,
            state: UploadState::Pending,
            placed: BTreeSet::new(),
            loose_left: i64::try_from(seen.loose.len()).unwrap_or(i64::MAX),
        };
        let kept = store::uploaded_drafts::add(tx, &new)?;
        let detail = serde_json::json!({ "file": new.file_name, "sha256": new.sha256 });
        record(&ctx, tx, &loaded, EventKind::DraftUploaded, detail, "")?;
        Ok(kept)
    })
}

/// The files of a report that still ask for something, the newest first.
///
/// # Errors
/// [`Error::NotFound`] outside the unit.
pub fn waiting(ctx: &Ctx, id: AssignmentId) -> Result<Vec<UploadedDraft>> {
    ctx.db().read(|tx| {
        own(ctx, tx, id)?;
        Ok(store::uploaded_drafts::open(tx, id)?)
    })
}

/// A kept file with what it would change now.
///
/// # Errors
/// [`Error::NotFound`] outside the unit, and for the file of another report.
pub fn view(
    ctx: &Ctx,
    id: AssignmentId,
    upload: UploadedDraftId,
) -> Result<(UploadedDraft, Comparison)> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let kept = store::uploaded_drafts::by_id(tx, id, upload)?;
        let bytes = store::blobs::get(tx, &kept.sha256)?;
        let filled = read(ctx, &kept.file_name, &bytes)?;
        let content = Content::current(ctx, tx, &loaded)?;
        let comparison = compare::compare(ctx, tx, &loaded, &content, &filled, &kept.placed)?;
        Ok((kept, comparison))
    })
}

/// Sets a file aside; nothing of it comes into the draft.
///
/// # Errors
/// As [`view`].
pub fn discard(ctx: &Ctx, id: AssignmentId, upload: UploadedDraftId) -> Result<()> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        ctx.require(Wish::Act(Action::Draft), &Subject::Report(loaded.subject))?;
        let kept = store::uploaded_drafts::by_id(tx, id, upload)?;
        let state = UploadState::Discarded;
        store::uploaded_drafts::settle(tx, upload, state, &kept.placed, 0, ctx.now)?;
        let detail = serde_json::json!({ "file": kept.file_name, "sha256": kept.sha256 });
        record(&ctx, tx, &loaded, EventKind::UploadDiscarded, detail, "")
    })
}
