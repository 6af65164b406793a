//! Answers to findings: the unit says why something is right as it stands; the superior reads it with the report.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reports::draft::ensure_draft;
use crate::reports::steps::{facts, own, record};
use domain::checks::{Code, check};
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::report::lifecycle::{Action, step};

/// Longest answer, in characters.
pub const MOST_ANSWER: usize = 1_000;

/// Answers a finding of the draft by its key; an empty text takes the answer back.
///
/// # Errors
/// [`Error::Refused`] once the report is no longer edited, and for a State secret, which no answer mends;
/// [`Error::NotFound`] for a finding that is not, or no longer, there.
pub fn answer(ctx: &Ctx, id: AssignmentId, key: &str, text: &str) -> Result<()> {
    let text = domain::text::clean(text).trim().to_owned();
    if text.chars().count() > MOST_ANSWER {
        return Err(Error::invalid(
            "Giải trình",
            format!("dài quá {MOST_ANSWER} ký tự. Hãy viết gọn lại"),
        ));
    }
    crate::secrets::refuse_text(ctx, &text)?;
    let (ctx, key) = (ctx.clone(), key.to_owned());
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        step(loaded.assignment.state, Action::Draft, facts(&loaded))?;
        let (revision, _) = ensure_draft(&ctx, tx, &loaded)?;
        let number = revision.number;
        let dossier = super::dossier(&ctx, tx, &loaded, Some(revision))?;
        let finding = check(&dossier)
            .into_iter()
            .find(|finding| finding.key() == key)
            .ok_or(Error::NotFound)?;
        if finding.code == Code::SecrecyMark {
            return Err(Error::Refused(
                "Dấu chỉ độ mật không giải trình được: phải bỏ nội dung mật khỏi báo cáo".into(),
            ));
        }
        let new = store::answers::NewAnswer {
            assignment: id,
            revision: number,
            key: &key,
            code: finding.code.as_str(),
            text: &text,
            by: ctx.account(),
            now: ctx.now,
        };
        store::answers::put(tx, &new)?;
        let detail = serde_json::json!({
            "revision": number,
            "code": finding.code.as_str(),
            "key": key,
            "taken_back": text.is_empty(),
        });
        record(&ctx, tx, &loaded, EventKind::CheckAnswered, detail, "")
    })
}
