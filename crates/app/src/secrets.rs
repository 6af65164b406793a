//! Marks of State secrets at the door: what bears one is refused before anything is stored, and only the fact is kept.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::incoming;
use domain::doc::Document;
use domain::event::{Event, EventKind};

/// What is said to the person; neither the text nor the name of the file is repeated.
fn refusal(degree: &str) -> Error {
    Error::Refused(format!(
        "Nội dung có dấu chỉ độ mật “{degree}”. Phần mềm này không được nhận tài liệu bí mật nhà nước; không có gì được lưu. \
         Hãy bỏ nội dung mật, báo người phụ trách bảo vệ bí mật nhà nước của đơn vị, và gửi theo chế độ mật"
    ))
}

/// Refuses a text in which a mark stands alone on a line.
///
/// # Errors
/// [`Error::Refused`] on a mark; the fact is recorded: who, when, for which unit.
pub(crate) fn refuse_text(ctx: &Ctx, text: &str) -> Result<()> {
    refuse(ctx, domain::secrecy::mark_in_text(text))
}

/// Refuses a document that bears a mark.
///
/// # Errors
/// As [`refuse_text`].
pub(crate) fn refuse_document(ctx: &Ctx, document: &Document, bytes: &[u8]) -> Result<()> {
    refuse(ctx, mark_of(document, bytes))
}

/// The mark in what was read, or on a line of a plain text, whose lines a reader joins to paragraphs.
pub(crate) fn mark_of(document: &Document, bytes: &[u8]) -> Option<&'static str> {
    let plain = || {
        std::str::from_utf8(bytes)
            .ok()
            .and_then(domain::secrecy::mark_in_text)
    };
    domain::secrecy::mark(document).or_else(plain)
}

/// Refuses a file that bears a mark, as far as it can be read; pictures and unknown kinds cannot.
///
/// # Errors
/// As [`refuse_text`].
pub(crate) fn refuse_file(ctx: &Ctx, name: &str, bytes: &[u8]) -> Result<()> {
    match incoming::read(ctx.app().office(), name, bytes) {
        Ok(file) => refuse_document(ctx, &file.document, bytes),
        Err(_) => Ok(()),
    }
}

/// The refusal for a text that comes without anybody signed in, as in an import.
///
/// # Errors
/// As [`refuse_text`], without a record.
pub(crate) fn refuse_unrecorded(text: &str) -> Result<()> {
    match domain::secrecy::mark_in_text(text) {
        Some(degree) => Err(refusal(degree)),
        None => Ok(()),
    }
}

/// The refusal for a document that is only read, as on the command line.
///
/// # Errors
/// As [`refuse_text`], without a record.
pub(crate) fn refuse_unrecorded_document(document: &Document, bytes: &[u8]) -> Result<()> {
    mark_of(document, bytes).map_or(Ok(()), |degree| Err(refusal(degree)))
}

/// Records the refusal of a reader that knows of nobody: the fact, who and when.
///
/// # Errors
/// Those of `outcome`, and of the record.
pub(crate) fn recorded<T>(ctx: &Ctx, outcome: Result<T>) -> Result<T> {
    if matches!(outcome, Err(Error::Refused(_))) {
        record(ctx)?;
    }
    outcome
}

fn refuse(ctx: &Ctx, mark: Option<&'static str>) -> Result<()> {
    let Some(degree) = mark else {
        return Ok(());
    };
    record(ctx)?;
    Err(refusal(degree))
}

fn record(ctx: &Ctx) -> Result<()> {
    let unit = ctx.actor.grants.first().map(|grant| grant.place.unit);
    let event: Event = ctx.event(EventKind::SecretRefused, unit);
    ctx.db().write(move |tx| -> Result<()> {
        store::events::append(tx, &event)?;
        Ok(())
    })
}
