//! Báo cáo giống nhau: the pairs of a campaign that repeat each other or have sections of each other, and two of them
//! side by side.

use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, page, run};
use crate::session::Signed;
use app::copies::{
    Beside, BesideSection, CopiedSection, Duplicates, Likeness, Line, SectionCopies, SectionPair,
    beside, duplicates, section_copies,
};
use askama::Template;
use domain::ids::AssignmentId;
use serde::Deserialize;

/// Pairs on one page.
const PER_PAGE: usize = 50;
/// Pairs with copied sections on one page, and how many of its sections are named.
const PAIRS_WITH_SECTIONS: usize = 25;
const MOST_SECTIONS: usize = 8;
/// Bytes of text of one page with two reports.
const MOST_TEXT: usize = 60 * 1024;

/// What follows the `?`.
#[derive(Deserialize, Clone, Copy, Default)]
pub struct Asked {
    /// Percent.
    #[serde(default, rename = "tu")]
    least: Option<u64>,
    #[serde(default, rename = "trang")]
    page: Option<usize>,
    /// Of two reports side by side: instead of a page the one with this section.
    #[serde(default, rename = "muc")]
    section: Option<i64>,
}

impl Asked {
    fn percent(self) -> u64 {
        self.least.unwrap_or(80).clamp(50, 100)
    }
}

#[derive(Template)]
#[template(path = "copies/list.html")]
struct ListPage {
    shell: Shell,
    seen: Duplicates,
    least: u64,
    page: usize,
    has_more: bool,
}

impl ListPage {
    fn choices(&self) -> [(u64, &'static str); 5] {
        [
            (95, "95% trở lên"),
            (90, "90% trở lên"),
            (80, "80% trở lên"),
            (65, "65% trở lên"),
            (50, "50% trở lên"),
        ]
    }

    fn share(&self, likeness: &Likeness) -> String {
        percent(likeness.per_ten_thousand())
    }

    fn href(&self) -> String {
        format!("?tu={}&trang=", self.least)
    }
}

/// `93,1%`, rounded down, so that only what is wholly alike is 100%.
fn percent(of_ten_thousand: u64) -> String {
    let tenths = of_ten_thousand / 10;
    format!("{},{}%", tenths / 10, tenths % 10)
}

pub async fn list(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page_number = asked.page.unwrap_or(1).clamp(1, 1_000);
    let from = (page_number - 1) * PER_PAGE;
    let mut seen =
        run(move || duplicates(&ctx, &short_id, asked.percent() * 100, from, PER_PAGE + 1)).await?;
    let has_more = seen.pairs.len() > PER_PAGE;
    seen.pairs.truncate(PER_PAGE);
    let short_id = seen.campaign.short_id.clone();
    let shell = shell
        .titled("Báo cáo giống nhau")
        .crumb("Đợt báo cáo", "/dot")
        .crumb(seen.campaign.name.clone(), format!("/dot/{short_id}"));
    page(&ListPage {
        shell,
        seen,
        least: asked.percent(),
        page: page_number,
        has_more,
    })
}

#[derive(Template)]
#[template(path = "copies/sections.html")]
struct SectionsPage {
    shell: Shell,
    seen: SectionCopies,
    page: usize,
    has_more: bool,
}

impl SectionsPage {
    fn shown<'p>(&self, pair: &'p SectionPair) -> &'p [CopiedSection] {
        &pair.sections[..pair.sections.len().min(MOST_SECTIONS)]
    }

    fn further(&self, pair: &SectionPair) -> usize {
        pair.sections.len().saturating_sub(MOST_SECTIONS)
    }

    /// How much of the shorter section was copied.
    fn share(&self, section: &CopiedSection) -> String {
        let of_ten_thousand = section.words.saturating_mul(10_000);
        let share = of_ten_thousand.checked_div(section.total).unwrap_or(0);
        percent(share.min(10_000))
    }
}

/// Sections copied between reports that the first list does not show.
pub async fn sections(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page_number = asked.page.unwrap_or(1).clamp(1, 1_000);
    let from = (page_number - 1) * PAIRS_WITH_SECTIONS;
    let whole = Asked::default().percent() * 100;
    let mut seen =
        run(move || section_copies(&ctx, &short_id, whole, from, PAIRS_WITH_SECTIONS + 1)).await?;
    let has_more = seen.pairs.len() > PAIRS_WITH_SECTIONS;
    seen.pairs.truncate(PAIRS_WITH_SECTIONS);
    let short_id = seen.campaign.short_id.clone();
    let shell = shell
        .titled("Mục chép lại")
        .crumb("Đợt báo cáo", "/dot")
        .crumb(seen.campaign.name.clone(), format!("/dot/{short_id}"))
        .crumb("Báo cáo giống nhau", format!("/dot/{short_id}/trung-lap"));
    page(&SectionsPage {
        shell,
        seen,
        page: page_number,
        has_more,
    })
}

#[derive(Template)]
#[template(path = "copies/beside.html")]
struct BesidePage {
    shell: Shell,
    seen: Beside,
    /// Sections of this page.
    shown: Vec<BesideSection>,
    page: usize,
    pages: usize,
}

impl BesidePage {
    fn share(&self, likeness: &Likeness) -> String {
        percent(likeness.per_ten_thousand())
    }

    fn is_copied(&self, line: &Line) -> bool {
        line.copied.is_some()
    }
}

pub async fn two(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, a, b)): Path<(String, AssignmentId, AssignmentId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let seen = run(move || {
        let seen = beside(&ctx, a, b)?;
        let is_here = seen.a.report.campaign_short_id == short_id;
        is_here.then_some(seen).ok_or(app::Error::NotFound)
    })
    .await?;
    let mut pages = cut(&seen.sections);
    let count = pages.len();
    let holds = |page: &Vec<BesideSection>| {
        let mut sections = page.iter();
        sections.any(|section| Some(section.id.0) == asked.section)
    };
    let with_section = pages.iter().position(holds).map(|page| page + 1);
    let page_number = asked.page.or(with_section).unwrap_or(1).clamp(1, count);
    let short_id = seen.a.report.campaign_short_id.clone();
    let shell = shell
        .titled("Hai báo cáo cạnh nhau")
        .crumb("Đợt báo cáo", "/dot")
        .crumb(
            seen.a.report.campaign_name.clone(),
            format!("/dot/{short_id}"),
        )
        .crumb("Báo cáo giống nhau", format!("/dot/{short_id}/trung-lap"));
    page(&BesidePage {
        shell,
        shown: pages.swap_remove(page_number - 1),
        seen,
        page: page_number,
        pages: count,
    })
}

/// The sections in pages; one that is longer than a page is cut, its share stays that of the whole.
fn cut(sections: &[BesideSection]) -> Vec<Vec<BesideSection>> {
    let mut pages = vec![Vec::new()];
    let mut left = MOST_TEXT;
    for section in sections {
        let mut section = section.clone();
        for lines in [&mut section.a, &mut section.b] {
            keep(lines, MOST_TEXT / 2);
        }
        let size: usize = section
            .a
            .iter()
            .chain(&section.b)
            .map(|line| line.text.len() + 60)
            .sum();
        if size > left && left < MOST_TEXT {
            pages.push(Vec::new());
            left = MOST_TEXT;
        }
        left = left.saturating_sub(size);
        if let Some(page) = pages.last_mut() {
            page.push(section);
        }
    }
    pages
}

/// The first lines that fit, a longer one cut to what does.
fn keep(lines: &mut Vec<Line>, most: usize) {
    let mut left = most;
    lines.retain_mut(|line| {
        let fits = left > 0;
        if line.text.len() > left {
            let end = (0..=left)
                .rev()
                .find(|end| line.text.is_char_boundary(*end));
            line.text.truncate(end.unwrap_or(0));
            line.text.push('…');
        }
        left = left.saturating_sub(line.text.len() + 60);
        fits
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(bytes: usize) -> BesideSection {
        let line = Line {
            text: "ă".repeat(bytes / 2),
            copied: None,
            there: None,
        };
        BesideSection {
            id: domain::ids::SectionId(1),
            number: "I".into(),
            title: "Tình hình".into(),
            likeness: Likeness::default(),
            a: vec![line.clone()],
            b: vec![line],
        }
    }

    #[test]
    fn no_page_holds_more_text_than_a_page_may() {
        let pages = cut(&[section(100), section(40_000), section(200_000), section(10)]);
        for page in &pages {
            let lines = page
                .iter()
                .flat_map(|section| section.a.iter().chain(&section.b));
            assert!(lines.map(|line| line.text.len()).sum::<usize>() <= MOST_TEXT + 1_000);
        }
        assert_eq!(pages.iter().flatten().count(), 4);
    }

    #[test]
    fn nearly_alike_is_not_wholly_alike() {
        assert_eq!(
            (percent(9_999), percent(10_000)),
            ("99,9%".into(), "100,0%".into())
        );
    }
}
