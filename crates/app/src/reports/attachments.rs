//! Attached files: added and taken off while the report is written, read by whoever may read the revision.

use super::content::sha256_hex;
use super::draft::{ensure_draft, kind_of_save};
use super::steps::{is_own, own, record};
use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::event::EventKind;
use domain::ids::{AssignmentId, AttachmentId, RevisionId};
pub use store::attachments::Attachment;

/// Largest file, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Most files of one revision.
pub const MOST_FILES: usize = 20;
/// Longest file name, in characters.
const MOST_NAME: usize = 120;

/// Attaches a file to the draft.
///
/// # Errors
/// [`Error::TooLarge`] beyond [`MOST_BYTES`] or [`MOST_FILES`]; [`Error::Invalid`] for an empty file or name;
/// [`Error::Refused`] when the report is closed.
pub fn add(ctx: &Ctx, id: AssignmentId, name: &str, bytes: Vec<u8>) -> Result<AttachmentId> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooLarge(
            "Tệp lớn quá 20 MB. Hãy nén hoặc chia nhỏ rồi tải lên lại".into(),
        ));
    }
    if bytes.is_empty() {
        return Err(Error::invalid(
            "Tệp đính kèm",
            "tệp rỗng. Hãy chọn tệp khác",
        ));
    }
    let name = clean_name(name)?;
    crate::secrets::refuse_file(ctx, &name, &bytes)?;
    let (ctx, sha256) = (ctx.clone(), sha256_hex(&bytes));
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        let (revision, begun) = ensure_draft(&ctx, tx, &loaded)?;
        if store::attachments::of_revision(tx, revision.id)?.len() >= MOST_FILES {
            return Err(Error::TooLarge(format!(
                "Báo cáo đã có {MOST_FILES} tệp đính kèm. Hãy bỏ bớt trước khi thêm"
            )));
        }
        store::blobs::put(tx, &sha256, &bytes)?;
        let new = Attachment {
            id: AttachmentId(0),
            revision: revision.id,
            name: name.clone(),
            media_type: media_type(&name).into(),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
            added_at: ctx.now,
            added_by: Some(ctx.actor.account),
        };
        let attached = store::attachments::add(tx, &new)?;
        let detail =
            serde_json::json!({ "revision": revision.number, "name": name, "sha256": sha256 });
        let kind = kind_of_save(begun, EventKind::AttachmentAdded);
        record(&ctx, tx, &loaded, kind, detail, "")?;
        Ok(attached)
    })
}

/// Takes a file off the draft.
///
/// # Errors
/// [`Error::NotFound`] when it is not a file of the current draft; [`Error::Refused`] when the report is closed.
pub fn remove(ctx: &Ctx, id: AssignmentId, attachment: AttachmentId) -> Result<()> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        let (revision, _) = ensure_draft(&ctx, tx, &loaded)?;
        let file = store::attachments::by_id(tx, attachment)?;
        if file.revision != revision.id {
            return Err(Error::NotFound);
        }
        store::attachments::remove(tx, attachment)?;
        let detail = serde_json::json!({ "revision": revision.number, "name": file.name });
        record(&ctx, tx, &loaded, EventKind::AttachmentRemoved, detail, "")
    })
}

/// A file with its bytes: the unit's own of any revision, others' only of a revision that was sent to them.
///
/// # Errors
/// [`Error::NotFound`] for everything else.
pub fn download(
    ctx: &Ctx,
    id: AssignmentId,
    attachment: AttachmentId,
) -> Result<(Attachment, Vec<u8>)> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let file = store::attachments::by_id(tx, attachment)?;
        let readable: Vec<RevisionId> = if is_own(ctx, &loaded) {
            let all = store::revisions::of_assignment(tx, id)?;
            all.into_iter().map(|revision| revision.id).collect()
        } else {
            let sent = store::revisions::sent(tx, id)?;
            sent.into_iter().map(|revision| revision.id).collect()
        };
        if !readable.contains(&file.revision) {
            return Err(Error::NotFound);
        }
        let bytes = store::blobs::get(tx, &file.sha256)?;
        Ok((file, bytes))
    })
}

/// The last part of a path, without characters that mean something to a file system.
pub(super) fn clean_name(name: &str) -> Result<String> {
    let line = domain::text::clean_line(name);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !"<>:\"|?*".contains(*c))
        .collect::<String>()
        .trim_matches(['.', ' '])
        .to_string();
    if kept.is_empty() {
        return Err(Error::invalid("Tệp đính kèm", "tệp chưa có tên"));
    }
    let count = kept.chars().count();
    // The end of a long name is kept, because it says the type.
    Ok(kept.chars().skip(count.saturating_sub(MOST_NAME)).collect())
}

/// The media type by the end of the name; what is not known is plain bytes.
fn media_type(name: &str) -> &'static str {
    let end = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default();
    match end.as_str() {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "zip" => "application/zip",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_its_last_part_and_harmless() {
        assert_eq!(
            clean_name("C:\\Tài liệu\\Biên bản <1>.docx").expect("a name"),
            "Biên bản 1.docx"
        );
        assert_eq!(clean_name("../../etc/passwd").expect("a name"), "passwd");
        assert!(clean_name("../..").is_err());
        let long = clean_name(&format!("{}.pdf", "ă".repeat(300))).expect("a name");
        assert!(long.ends_with(".pdf") && long.chars().count() == MOST_NAME);
    }
}
