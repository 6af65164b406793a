//! What the checks found in a report, or in one section of it: a page of its own where findings are answered. The pages
//! of a report and of its sections lead there without running the checks; a script opens it in place.

use super::{below, path, with_form};
use crate::extract::{Fields, Path, Query};
use crate::page::{Answer, Problems, Shell, redirect_done, run};
use crate::session::Signed;
use app::Ctx;
use app::reports::checks::{Answered, CheckedReport, answer, check_report};
use askama::Template;
use domain::checks::{Beside, Finding, Level};
use domain::ids::{AssignmentId, SectionId};

/// Findings on the page.
const MOST_ON_PAGE: usize = 100;
/// Characters of a passage that another one repeats.
const MOST_BESIDE: usize = 600;

/// The page with the findings of a report.
pub(super) fn page_of(id: AssignmentId) -> String {
    format!("{}/kiem-tra", path(id))
}

/// The page with the findings of one section.
pub(super) fn page_of_section(id: AssignmentId, section: SectionId) -> String {
    format!("{}?muc={section}", page_of(id))
}

/// What `reports/checking.html` lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Panel {
    /// The page that lists them.
    pub href: String,
    /// Where the section is read or mended that the page is held to, and the page of the whole report.
    pub section: Option<(String, String)>,
    pub items: Vec<Item>,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub answered: usize,
    /// Findings that are not listed.
    pub more: usize,
    pub may_answer: bool,
}

/// One finding as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub finding: Finding,
    pub key: String,
    pub answer: String,
    pub answered_by: String,
    /// Where it stands, in words, and where that is read or mended; empty for the report as a whole.
    pub place: String,
    pub href: String,
}

impl Panel {
    /// Of a whole report, or of one section.
    fn of(checked: CheckedReport, section: Option<SectionId>) -> Panel {
        let (id, is_own, may_answer) = (
            checked.report.assignment.id,
            checked.is_own,
            checked.may_answer,
        );
        let mut panel = Panel {
            href: section.map_or_else(|| page_of(id), |section| page_of_section(id, section)),
            section: section.map(|section| (section_href(id, section, is_own), page_of(id))),
            may_answer,
            ..Panel::default()
        };
        for found in checked.findings {
            if section.is_some() && found.finding.place.section != section {
                continue;
            }
            *match (&found.answer, found.finding.level) {
                (Some(_), _) => &mut panel.answered,
                (None, Level::Error) => &mut panel.errors,
                (None, Level::Warning) => &mut panel.warnings,
                (None, Level::Note) => &mut panel.notes,
            } += 1;
            if panel.items.len() < MOST_ON_PAGE {
                panel.items.push(Item::of(found, id, is_own));
            } else {
                panel.more += 1;
            }
        }
        panel
    }

    pub(super) fn count(&self) -> usize {
        self.items.len() + self.more
    }

    /// `2 lỗi, 1 cảnh báo`.
    pub(super) fn summary(&self) -> String {
        let parts = [
            (self.errors, "lỗi"),
            (self.warnings, "cảnh báo"),
            (self.notes, "lưu ý"),
            (self.answered, "đã giải trình"),
        ];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        shown.join(", ")
    }
}

impl Item {
    fn of(found: Answered, id: AssignmentId, is_own: bool) -> Item {
        let (place, href) = place(&found.finding, id, is_own);
        let (answer, answered_by) = found
            .answer
            .map(|answer| (answer.text, answer.answered_by.unwrap_or_default()))
            .unwrap_or_default();
        Item {
            finding: found.finding,
            key: found.key,
            answer,
            answered_by,
            place,
            href,
        }
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.finding.level {
            _ if !self.answer.is_empty() => "good",
            Level::Error => "bad",
            Level::Warning => "warn",
            Level::Note => "neutral",
        }
    }

    /// The words that stand there, cut where they are long.
    pub(super) fn quote(&self) -> String {
        self.finding.place.quote.chars().take(MOST_BESIDE).collect()
    }
    /// The words of the other text, cut alike.
    pub(super) fn beside(&self, beside: &Beside) -> String {
        beside.text.chars().take(MOST_BESIDE).collect()
    }
}

fn place(finding: &Finding, id: AssignmentId, is_own: bool) -> (String, String) {
    let place = &finding.place;
    let base = path(id);
    if let Some(code) = &place.indicator {
        return (format!("Chỉ tiêu {code}"), format!("{base}/so-lieu#{code}"));
    }
    let Some(section) = place.section else {
        return (String::new(), String::new());
    };
    let words = match place.paragraph {
        Some(paragraph) => format!("Mục {}, đoạn {paragraph}", place.section_name),
        None => format!("Mục {}", place.section_name),
    };
    let href = match place.paragraph {
        Some(paragraph) if is_own => format!("{base}/muc/{section}?doan={paragraph}"),
        _ => section_href(id, section, is_own),
    };
    (words, href)
}

/// Where a section is mended, or read by those who do not write it.
fn section_href(id: AssignmentId, section: SectionId, is_own: bool) -> String {
    let base = path(id);
    match is_own {
        true => format!("{base}/muc/{section}"),
        false => format!("{base}/toan-van#muc-{section}"),
    }
}

/// What the page is held to.
#[derive(serde::Deserialize, Default)]
pub struct Of {
    /// A section; without it the report as a whole.
    #[serde(default)]
    muc: String,
}

#[derive(Template)]
#[template(path = "reports/checking.html")]
struct ChecksPage {
    shell: Shell,
    problems: Problems,
    checks: Panel,
}

impl Of {
    fn section(&self) -> Option<SectionId> {
        self.muc.parse().ok().map(SectionId)
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    section: Option<SectionId>,
    problems: Problems,
) -> Answer {
    let checked = run(move || check_report(&ctx, id)).await?;
    let title = match section {
        Some(_) => "Kiểm tra mục",
        None => "Kiểm tra báo cáo",
    };
    let shell = below(shell, &checked.report).titled(title);
    let template = ChecksPage {
        shell,
        problems,
        checks: Panel::of(checked, section),
    };
    with_form(&template.problems, &template)
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(of): Query<Of>,
) -> Answer {
    show(
        ctx,
        shell,
        AssignmentId(id),
        of.section(),
        Problems::default(),
    )
    .await
}

pub async fn give(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(of): Query<Of>,
    typed: Fields,
) -> Answer {
    let id = AssignmentId(id);
    let actor = ctx.clone();
    let section = of.section();
    let back = match section {
        Some(section) => page_of_section(id, section),
        None => page_of(id),
    };
    let done = run(move || answer(&actor, id, typed.text("khoa"), typed.text("giai_trinh"))).await;
    match done {
        Ok(()) => Ok(redirect_done(&back, "Đã ghi giải trình.")),
        Err(error) => show(ctx, shell, id, section, Problems::from_error(error)?).await,
    }
}
