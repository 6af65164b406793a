//! Remarks on a passage of the draft, among those of its unit: written, and marked as dealt with; never taken away.

use super::desk::writable_place;
use super::steps::{own, record};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use crate::secrets::refuse_text;
use domain::access::{Subject, Wish};
use domain::event::EventKind;
use domain::ids::{AssignmentId, SectionId};
use domain::prose::plain_line;
use domain::report::quoting::paragraph_of;
use domain::text::{clean, clean_line};
use store::Tx;
use store::comments::NewComment;

pub use store::comments::Comment;

/// Remarks listed for one section.
const MOST: i64 = 200;
/// Longest remark, in bytes.
const MOST_WORDS: usize = 8 * 1024;
/// Letters of the words that a remark is about.
const MOST_QUOTE: usize = 300;

/// A remark as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remark {
    pub words: String,
    /// The paragraph that it is about, from 1; `None` for the section as a whole.
    pub passage: Option<usize>,
    /// Words of the text that it is about; without them the paragraph is quoted.
    pub quote: String,
}

/// A remark beside the text as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub comment: Comment,
    /// The paragraph, from 1, where the quoted words stand now; `None` for the section as a whole and when they are gone.
    pub passage: Option<usize>,
}

/// The remarks on a section: open ones first.
///
/// # Errors
/// [`Error::NotFound`] outside the unit.
pub fn of_section(ctx: &Ctx, id: AssignmentId, section: SectionId) -> Result<Vec<Placed>> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        writable_place(ctx.outline(tx, &loaded.campaign)?.as_ref(), section)?;
        let text = text_of(tx, &loaded, section)?;
        let comments = store::comments::of_section(tx, id, section, MOST)?;
        let placed = comments.into_iter().map(|comment| Placed {
            passage: paragraph_of(&text, &comment.quote),
            comment,
        });
        Ok(placed.collect())
    })
}

/// The text of a section in the current revision.
fn text_of(tx: &mut dyn Tx, loaded: &LoadedReport, section: SectionId) -> Result<String> {
    let assignment = &loaded.assignment;
    let revision = store::revisions::by_number(tx, assignment.id, assignment.revision)?;
    let text = match revision {
        Some(revision) => store::sections::text(tx, revision.id, section)?,
        None => None,
    };
    Ok(text.map(|text| text.text).unwrap_or_default())
}

/// Writes a remark; gives its number.
///
/// # Errors
/// [`Error::Invalid`] without words, or for a paragraph that the section does not have; [`Error::Refused`] for a mark of
/// State secrets.
pub fn add(ctx: &Ctx, id: AssignmentId, section: SectionId, remark: Remark) -> Result<i64> {
    let words = clean(&remark.words).trim().to_owned();
    refuse_text(ctx, &words)?;
    refuse_text(ctx, &remark.quote)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        ctx.require(Wish::Comment, &Subject::Report(loaded.subject))?;
        let place = writable_place(ctx.outline(tx, &loaded.campaign)?.as_ref(), section)?.this;
        if words.is_empty() {
            return Err(Error::invalid("Góp ý", "Chưa viết nội dung góp ý"));
        }
        if words.len() > MOST_WORDS {
            return Err(Error::TooLarge(
                "Góp ý dài quá 8 KB. Hãy viết ngắn lại, hoặc sửa thẳng vào nội dung".into(),
            ));
        }
        let quote = quoted(&text_of(tx, &loaded, section)?, &remark)?;
        let new = NewComment {
            assignment: id,
            section,
            quote: &quote,
            words: &words,
            by: ctx.actor.account,
            now: ctx.now,
        };
        let comment = store::comments::add(tx, new)?;
        let detail = serde_json::json!({ "section": place.number, "comment": comment });
        record(&ctx, tx, &loaded, EventKind::SectionCommented, detail, "")?;
        Ok(comment)
    })
}

/// The words that a remark is about.
fn quoted(text: &str, remark: &Remark) -> Result<String> {
    let chosen = clean_line(&remark.quote);
    if !chosen.is_empty() {
        return Ok(shortened(&chosen));
    }
    let Some(passage) = remark.passage else {
        return Ok(String::new());
    };
    let paragraph = passage
        .checked_sub(1)
        .and_then(|at| domain::report::passages::paragraphs(text).nth(at));
    paragraph
        .map(|line| shortened(&plain_line(line)))
        .ok_or_else(|| {
            Error::invalid(
                "Đoạn",
                format!("Mục này không có đoạn {passage}. Hãy chọn lại đoạn"),
            )
        })
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(MOST_QUOTE) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// Marks a remark as dealt with; doing it twice is doing it once.
///
/// # Errors
/// [`Error::NotFound`] for a remark of another section.
pub fn resolve(ctx: &Ctx, id: AssignmentId, section: SectionId, comment: i64) -> Result<()> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        ctx.require(Wish::Comment, &Subject::Report(loaded.subject))?;
        let place = writable_place(ctx.outline(tx, &loaded.campaign)?.as_ref(), section)?.this;
        let known = store::comments::of_section(tx, id, section, MOST)?;
        let known = known.iter().find(|known| known.id == comment);
        if known.ok_or(Error::NotFound)?.resolved_at.is_some() {
            return Ok(());
        }
        store::comments::resolve(tx, (id, section), comment, ctx.actor.account, ctx.now)?;
        let detail = serde_json::json!({ "section": place.number, "comment": comment });
        record(&ctx, tx, &loaded, EventKind::CommentResolved, detail, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_quotes_its_paragraph_or_the_chosen_words() {
        let text = "**Một**\n\n- Hai";
        let about = |passage, quote: &str| Remark {
            passage,
            quote: quote.into(),
            ..Remark::default()
        };
        assert_eq!(quoted(text, &about(Some(1), "")).unwrap(), "Một");
        assert_eq!(quoted(text, &about(Some(2), "")).unwrap(), "- Hai");
        assert_eq!(
            quoted(text, &about(Some(2), " hai\nba ")).unwrap(),
            "hai ba"
        );
        assert_eq!(quoted(text, &about(None, "")).unwrap(), "");
        assert!(quoted(text, &about(Some(3), "")).is_err());
        assert!(quoted(text, &about(Some(0), "")).is_err());
    }
}
