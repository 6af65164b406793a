//! The versions of a section: their list, one of them beside the current text, bringing it back, and settling two
//! texts that were written at the same time.

use super::differences::{Difference, difference_of};
use super::{below, with_form};
use crate::assets;
use crate::extract::{Form, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, redirect_done, redirect_warned, run};
use crate::session::Signed;
use app::reports::draft::{self, SectionEditor, SectionVersion, Settle};
use app::{Ctx, Error};
use askama::Template;
use domain::ids::{AssignmentId, SectionId};
use domain::report::diff::compare;
use serde::Deserialize;

/// Bytes of one version on the page of the history.
const MOST_TEXT: usize = 48 * 1024;

#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    /// The version to look at, by its row.
    #[serde(default)]
    ban: Option<i64>,
}

#[derive(Template)]
#[template(path = "reports/history.html")]
struct HistoryPage {
    shell: Shell,
    at: String,
    versions: Vec<SectionVersion>,
    /// The version that is looked at, and what the current text changes in it.
    chosen: Option<(SectionVersion, Difference)>,
    current: i64,
    may_restore: bool,
}

impl HistoryPage {
    fn is_chosen(&self, id: &i64) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_some_and(|(version, _)| version.id == *id)
    }
    fn is_current(&self, version: &SectionVersion) -> bool {
        !version.is_conflict && version.version == self.current
    }
    fn letters(&self, version: &SectionVersion) -> usize {
        version.text.chars().count()
    }
    /// The text, and whether it is longer than the page shows.
    fn shown<'a>(&self, version: &'a SectionVersion) -> (&'a str, bool) {
        let text = version.text.as_str();
        let end = (0..=MOST_TEXT.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or_default();
        (&text[..end], end < text.len())
    }
}

fn at(id: AssignmentId, section: SectionId) -> String {
    format!("/bao-cao/{id}/muc/{section}")
}

fn named(shell: Shell, editor: &SectionEditor) -> Shell {
    let section = &editor.section;
    below(shell, &editor.report).crumb(
        format!("{}. {}", section.number, section.title),
        at(editor.report.assignment.id, section.id),
    )
}

pub async fn history(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(i64, i64)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (id, section) = (AssignmentId(id), SectionId(section));
    let (editor, versions) = run(move || {
        let (_, versions) = draft::history(&ctx, id, section)?;
        Ok((draft::open_section(&ctx, id, section)?, versions))
    })
    .await?;
    let chosen = match asked.ban {
        None => None,
        Some(row) => {
            let mut known = versions.iter();
            let version = known.find(|version| version.id == row);
            let version = version.cloned().ok_or(Error::NotFound)?;
            let changed = difference_of("", &compare(&version.text, editor.text()));
            Some((version, changed))
        }
    };
    page(&HistoryPage {
        shell: named(shell, &editor).titled("Lịch sử của mục"),
        at: at(id, section),
        versions,
        chosen,
        current: editor.version(),
        may_restore: editor.editable,
    })
}

#[derive(Deserialize, Default)]
pub struct Restored {
    #[serde(default)]
    ban: i64,
}

pub async fn restore(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Form(given): Form<Restored>,
) -> Answer {
    let (id, section) = (AssignmentId(id), SectionId(section));
    run(move || draft::restore(&ctx, id, section, given.ban)).await?;
    let says = "Đã lấy lại bản cũ thành bản hiện tại. Bản vừa thay vẫn còn trong lịch sử.";
    Ok(redirect_done(&at(id, section), says))
}

#[derive(Template)]
#[template(path = "reports/settle.html")]
struct SettlePage {
    shell: Shell,
    problems: Problems,
    editor: SectionEditor,
    /// What stands in the box for the merged text.
    merged: String,
}

impl SettlePage {
    fn script(&self) -> Option<&'static str> {
        assets::editor_path()
    }
    fn at(&self) -> String {
        at(self.editor.report.assignment.id, self.editor.section.id)
    }
    /// The oldest text that waits, and what differs in it from the current one.
    fn other(&self) -> Option<(&SectionVersion, Difference)> {
        let other = self.editor.conflicts.first()?;
        let lines = compare(self.editor.text(), &other.text);
        Some((other, difference_of("", &lines)))
    }
    fn current_writer(&self) -> &str {
        let current = self.editor.current.as_ref();
        let name = current.and_then(|text| text.saved_by_name.as_deref());
        name.unwrap_or("người khác")
    }
}

/// How two texts are settled, as the form holds it.
#[derive(Deserialize, Clone, Default)]
pub struct Choice {
    #[serde(default)]
    ban: i64,
    #[serde(default)]
    phien_ban: i64,
    /// `hien-tai`, `ban-kia` or `ghep`.
    #[serde(default)]
    chon: String,
    #[serde(default)]
    noi_dung: String,
}

async fn show_settle(
    ctx: Ctx,
    shell: Shell,
    (id, section): (AssignmentId, SectionId),
    merged: Option<String>,
    problems: Problems,
) -> Answer {
    let editor = run(move || draft::open_section(&ctx, id, section)).await?;
    let template = SettlePage {
        shell: named(shell, &editor).titled("Ghép hai bản của một mục"),
        problems,
        merged: merged.unwrap_or_else(|| editor.text().to_owned()),
        editor,
    };
    with_form(&template.problems, &template)
}

pub async fn settle_form(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(i64, i64)>,
) -> Answer {
    let place = (AssignmentId(id), SectionId(section));
    show_settle(ctx, shell, place, None, Problems::default()).await
}

pub async fn settle(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(i64, i64)>,
    Form(choice): Form<Choice>,
) -> Answer {
    let (id, section) = (AssignmentId(id), SectionId(section));
    let merged = choice.noi_dung.clone();
    let how = match choice.chon.as_str() {
        "ban-kia" => Settle::KeepOther,
        "ghep" => Settle::Merged(choice.noi_dung),
        _ => Settle::KeepCurrent,
    };
    let actor = ctx.clone();
    let settled =
        run(move || draft::settle(&actor, id, section, choice.ban, choice.phien_ban, how)).await;
    match settled {
        Ok(saved) if saved.open_conflicts > 0 => {
            let says = "Đã ghép một bản; còn bản khác đang chờ ghép.";
            Ok(redirect_warned(&format!("{}/ghep", at(id, section)), says))
        }
        Ok(_) => {
            let says = "Đã ghép xong. Các bản trước vẫn còn trong lịch sử.";
            Ok(redirect_done(&at(id, section), says))
        }
        Err(error) => {
            let problems = Problems::from_error(error)?;
            show_settle(ctx, shell, (id, section), Some(merged), problems).await
        }
    }
}
