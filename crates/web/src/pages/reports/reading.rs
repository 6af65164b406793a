//! Reading a report whole, page by page, of any revision that the actor may see, and what changed in it.

use super::below;
use super::checks;
use super::differences::{Difference, differences};
use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, page, run};
use crate::prose::{Shown, shown};
use crate::session::Signed;
use app::Ctx;
use app::reports::content::Content;
use app::reports::view::{self, ReportView};
use askama::Template;
use domain::campaign::Section;
use domain::ids::AssignmentId;
use domain::report::passages::paragraphs;
use serde::Deserialize;

/// Bytes of text on one page.
const PAGE_TEXT: usize = 48 * 1024;

#[derive(Deserialize, Clone, Copy, Default)]
pub struct Asked {
    /// The revision; without it the current one.
    #[serde(default)]
    lan: Option<i64>,
    #[serde(default)]
    trang: Option<usize>,
    /// Instead of a page: the one with this passage (from 0) of this section.
    #[serde(default)]
    muc: Option<i64>,
    #[serde(default)]
    doan: usize,
}

#[derive(Template)]
#[template(path = "reports/reading.html")]
struct ReadingPage {
    shell: Shell,
    id: AssignmentId,
    seen: ReportView,
    number: i64,
    parts: Vec<Part>,
    page: usize,
    pages: usize,
    /// The way to the findings, on the first page of the newest revision.
    shows_checks: bool,
}

impl ReadingPage {
    fn checks_href(&self) -> String {
        checks::page_of(self.id)
    }
    fn href(&self) -> String {
        format!("?lan={}&trang=", self.number)
    }
    /// Where a paragraph came from, of the newest revision that the actor may see.
    fn source(&self, part: &Part, index: &usize) -> Option<String> {
        let newest = self.seen.revisions.last()?;
        let text = self.seen.content.texts.get(&part.section.id)?;
        let passage = text.passages.as_ref()?.get(*index)?;
        (newest.number == self.number && passage.source.is_some())
            .then(|| format!("/bao-cao/{}/nguon/{}/{}", self.id, part.section.id, index))
    }
}

/// What one page shows of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    section: Section,
    paragraphs: Vec<Paragraph>,
    /// It began on the page before.
    is_continued: bool,
}

impl Part {
    /// The paragraphs as HTML, with their index in the section.
    fn shown(&self) -> Vec<(usize, Shown)> {
        let lines = self.paragraphs.iter();
        shown(lines.map(|paragraph| (paragraph.index, paragraph.text.as_str())))
    }
}

/// A paragraph, or a piece of a very long one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Paragraph {
    text: String,
    /// Of the whole paragraph in its section, from 0.
    index: usize,
}

/// The number of the page on which the passage that is asked for stands.
fn page_with(pages: &[Vec<Part>], asked: Asked) -> Option<usize> {
    let holds = |part: &Part| {
        Some(part.section.id.0) == asked.muc
            && part
                .paragraphs
                .last()
                .is_none_or(|last| last.index >= asked.doan)
    };
    let page = pages.iter().position(|page| page.iter().any(holds))?;
    Some(page + 1)
}

/// The text cut into pages.
fn pages_of(content: &Content) -> Vec<Vec<Part>> {
    let sections = content
        .outline
        .sections
        .iter()
        .map(|section| (section, content.text(section.id)));
    cut(sections)
}

fn cut<'a>(sections: impl Iterator<Item = (&'a Section, &'a str)>) -> Vec<Vec<Part>> {
    let mut pages = vec![Vec::new()];
    let mut used = 0;
    for (section, text) in sections {
        let begin = |is_continued| Part {
            section: section.clone(),
            paragraphs: Vec::new(),
            is_continued,
        };
        let mut part = begin(false);
        let all = paragraphs(text).enumerate();
        let all =
            all.flat_map(|(index, text)| pieces(text).into_iter().map(move |piece| (index, piece)));
        for (index, piece) in all {
            if used > 0 && used + piece.len() > PAGE_TEXT {
                if let Some(page) = pages.last_mut() {
                    page.push(part);
                }
                pages.push(Vec::new());
                (part, used) = (begin(true), 0);
            }
            used += piece.len();
            part.paragraphs.push(Paragraph {
                text: piece.to_owned(),
                index,
            });
        }
        if let Some(page) = pages.last_mut() {
            page.push(part);
        }
    }
    pages
}

/// A paragraph in pieces that fit on a page.
fn pieces(paragraph: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = paragraph;
    while rest.len() > PAGE_TEXT {
        let mut end = PAGE_TEXT;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

fn load(ctx: &Ctx, id: AssignmentId, revision: Option<i64>) -> app::Result<ReportView> {
    match revision {
        Some(number) => view::revision(ctx, id, number),
        None => view::view(ctx, id),
    }
}

pub async fn text(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id = AssignmentId(id);
    let shows_checks = asked.lan.is_none() && asked.trang.unwrap_or(1) <= 1;
    let seen = run(move || load(&ctx, id, asked.lan)).await?;
    let mut all = pages_of(&seen.content);
    let pages = all.len();
    let page_number = asked.trang.or_else(|| page_with(&all, asked)).unwrap_or(1);
    let page_number = page_number.clamp(1, pages);
    let revision = seen.content.revision.as_ref();
    page(&ReadingPage {
        shell: below(shell, &seen.status.report).titled("Toàn văn báo cáo"),
        id,
        number: revision.map_or(0, |revision| revision.number),
        parts: all.swap_remove(page_number - 1),
        seen,
        page: page_number,
        pages,
        shows_checks,
    })
}

#[derive(Template)]
#[template(path = "reports/changes.html")]
struct ChangesPage {
    shell: Shell,
    id: AssignmentId,
    number: i64,
    changed: Vec<Difference>,
}

/// What a revision changed against the one sent before it.
pub async fn changes(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id = AssignmentId(id);
    let seen = run(move || load(&ctx, id, asked.lan)).await?;
    let revision = seen.content.revision.as_ref();
    let number = revision.map_or(0, |revision| revision.number);
    page(&ChangesPage {
        shell: below(shell, &seen.status.report).titled(format!("Thay đổi trong lần {number}")),
        id,
        number,
        changed: differences(&seen.changed_since_last_sent),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::campaign::Writable;
    use domain::ids::SectionId;

    fn section(id: i64) -> Section {
        Section {
            id: SectionId(id),
            number: id.to_string(),
            title: "Kết quả".into(),
            level: 1,
            guidance: String::new(),
            writable: Writable::Required,
        }
    }

    #[test]
    fn a_long_text_is_cut_into_pages_without_losing_a_letter() {
        let (first, second) = (section(1), section(2));
        let long = format!("{}\n{}", "ấ".repeat(PAGE_TEXT), "kết thúc");
        let pages = cut([(&first, long.as_str()), (&second, "Ngắn.")].into_iter());
        assert!(pages.len() > 2);
        let size = |page: &Vec<Part>| {
            let parts = page.iter().flat_map(|part| &part.paragraphs);
            parts.map(|paragraph| paragraph.text.len()).sum::<usize>()
        };
        assert!(pages.iter().all(|page| size(page) <= PAGE_TEXT));
        let read: String = pages
            .iter()
            .flatten()
            .flat_map(|part| {
                part.paragraphs
                    .iter()
                    .map(|paragraph| paragraph.text.as_str())
            })
            .collect();
        assert_eq!(read, format!("{}Ngắn.", long.replace('\n', "")));
        assert!(pages[1][0].is_continued);
    }
}
