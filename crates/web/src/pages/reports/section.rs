//! Writing one section: the editor, saving by the page itself and by the button.

use super::checks;
use super::margin::{Margin, openings};
use super::{below, path, with_form};
use crate::assets;
use crate::extract::{Form, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, json, redirect_done, redirect_warned, run};
use crate::session::Signed;
use app::Ctx;
use app::reports::content::FigureSource;
use app::reports::draft::{self, Quotable, Saved, SectionEditor, SectionSave};
use askama::Template;
use axum::http::{HeaderMap, header};
use domain::campaign::Period;
use domain::ids::{AssignmentId, SectionId};
use domain::prose::plain_line;
use domain::report::passages::paragraphs;
use serde::Deserialize;

/// Indicators in the list of figures to choose from.
const MOST_QUOTABLE: usize = 250;

#[derive(Template)]
#[template(path = "reports/section.html")]
struct EditorPage {
    shell: Shell,
    problems: Problems,
    editor: SectionEditor,
    margin: Margin,
    /// What stands in the box: the stored text, or what was typed and could not be saved.
    text: String,
    version: i64,
    consolidates: bool,
    account: i64,
    /// The paragraph, from 1, that a finding or a remark led to.
    asked: Option<usize>,
}

impl EditorPage {
    fn at(&self) -> String {
        let report = self.editor.report.assignment.id;
        format!("/bao-cao/{report}/muc/{}", self.editor.section.id)
    }
    fn checks_href(&self) -> String {
        checks::page_of_section(self.editor.report.assignment.id, self.editor.section.id)
    }
    /// The script of the editor that stands in place of the plain field.
    fn script(&self) -> Option<&'static str> {
        assets::editor_path()
    }
    /// The paragraphs to remark on.
    fn openings(&self) -> Vec<(usize, String)> {
        openings(self.editor.text())
    }
    /// The words of the paragraph that was asked for.
    fn asked_passage(&self) -> Option<(usize, String)> {
        let number = self.asked?;
        let line = paragraphs(self.editor.text()).nth(number.checked_sub(1)?)?;
        Some((number, plain_line(line)))
    }
    /// The figures to choose from; a longer table is quoted by typing the code.
    fn quotable(&self) -> &[Quotable] {
        let all = &self.editor.quotable;
        &all[..all.len().min(MOST_QUOTABLE)]
    }
    fn periods(&self) -> Vec<String> {
        let mut periods: Vec<Period> = Vec::new();
        for (period, _) in self.editor.quotable.iter().flat_map(|known| &known.values) {
            if !periods.contains(period) {
                periods.push(*period);
            }
        }
        periods.sort_unstable();
        periods.iter().map(|period| in_words(*period)).collect()
    }
    /// `2020=1.234|cả kỳ=`: what the editor shows in the place of a reference.
    fn values(&self, known: &Quotable) -> String {
        let shown = |(period, value): &(Period, Option<String>)| {
            format!(
                "{}={}",
                in_words(*period),
                value.as_deref().unwrap_or_default()
            )
        };
        known.values.iter().map(shown).collect::<Vec<_>>().join("|")
    }
    fn others(&self) -> String {
        self.editor.others.join(", ")
    }
}

/// A period as a reference names it.
fn in_words(period: Period) -> String {
    period.label().to_lowercase()
}

/// A section as its form holds it.
#[derive(Deserialize, Clone, Default)]
pub struct Typed {
    #[serde(default)]
    noi_dung: String,
    #[serde(default)]
    phien_ban: i64,
    /// `sau`: go on to the next section; `chen`: put the chosen figure behind the text.
    #[serde(default)]
    roi: String,
    #[serde(default)]
    chi_tieu: String,
    #[serde(default)]
    ky: String,
}

impl Typed {
    /// What is to be saved.
    fn text(&self) -> String {
        if self.roi != "chen" || self.chi_tieu.is_empty() {
            return self.noi_dung.clone();
        }
        let text = self.noi_dung.trim_end();
        let gap = if text.is_empty() { "" } else { " " };
        format!("{text}{gap}{{{{{}, {}}}}}", self.chi_tieu, self.ky)
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    (id, section): (AssignmentId, SectionId),
    asked: Option<usize>,
    typed: Option<Typed>,
    problems: Problems,
) -> Answer {
    let account = ctx.actor.account.0;
    let (editor, margin) = run(move || {
        let editor = draft::open_section(&ctx, id, section)?;
        Ok((editor, Margin::load(&ctx, id, section)?))
    })
    .await?;
    let shell = below(shell, &editor.report).titled(format!(
        "{}. {}",
        editor.section.number, editor.section.title
    ));
    let (text, version) = match typed {
        Some(typed) => (typed.noi_dung, typed.phien_ban),
        None => (editor.text().to_owned(), editor.version()),
    };
    let template = EditorPage {
        shell,
        problems,
        margin,
        consolidates: editor.source == FigureSource::RolledUp,
        editor,
        text,
        version,
        account,
        asked,
    };
    with_form(&template.problems, &template)
}

/// What of the section is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// A paragraph, from 1.
    #[serde(default)]
    doan: String,
}

pub async fn edit(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(i64, i64)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let place = (AssignmentId(id), SectionId(section));
    let asked = asked.doan.parse().ok();
    show(ctx, shell, place, asked, None, Problems::default()).await
}

pub async fn save(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(i64, i64)>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Answer {
    let (id, section) = (AssignmentId(id), SectionId(section));
    let by_script = is_script(&headers);
    let save = SectionSave {
        text: typed.text(),
        base_version: typed.phien_ban,
        autosave: by_script,
    };
    let actor = ctx.clone();
    match run(move || draft::save_section(&actor, id, section, save)).await {
        Ok(saved) if by_script => json(&Answered::of(&saved)),
        Ok(saved) => after_button(ctx, id, section, &typed, &saved).await,
        Err(error) if by_script => Err(error.into()),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            show(ctx, shell, (id, section), None, Some(typed), problems).await
        }
    }
}

/// Whether the page's script saves, and not a press of the button.
pub(super) fn is_script(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT);
    accepts.is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"))
}

async fn after_button(
    ctx: Ctx,
    id: AssignmentId,
    section: SectionId,
    typed: &Typed,
    saved: &Saved,
) -> Answer {
    let here = format!("{}/muc/{section}", path(id));
    if saved.kept_aside.is_some() {
        let says = "Trong lúc đồng chí viết, người khác đã lưu mục này. Cả hai bản đều còn; hãy xem và ghép lại.";
        return Ok(redirect_warned(&format!("{here}/ghep"), says));
    }
    let says = format!(
        "Đã lưu lúc {}.",
        domain::deadline::vietnamese_time(saved.saved_at)
    );
    if typed.roi == "chen" {
        let says = "Đã chèn số liệu vào cuối mục; hãy chuyển cả cặp ngoặc {{…}} đến chỗ cần dùng.";
        return Ok(redirect_done(&here, says));
    }
    if typed.roi != "sau" {
        return Ok(redirect_done(&here, &says));
    }
    let next = run(move || Ok(draft::open_section(&ctx, id, section)?.next)).await?;
    Ok(match next {
        Some(next) => redirect_done(&format!("{}/muc/{}", path(id), next.id), &says),
        None => redirect_done(&path(id), &says),
    })
}

/// What the script of the page is told; its form is described in `assets/app.js`.
#[derive(serde::Serialize)]
pub(super) struct Answered {
    pub saved: String,
    pub set: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub warning: String,
}

impl Answered {
    fn of(saved: &Saved) -> Answered {
        let mut set = serde_json::Map::new();
        let mut warning = String::new();
        // A text kept aside is written on under the version that it began from.
        if saved.kept_aside.is_some() {
            warning = "Đã giữ bản của đồng chí bên cạnh bản người khác vừa lưu. Mở “Ghép hai bản” để chọn".into();
        } else {
            set.insert("phien_ban".into(), saved.version.to_string().into());
        }
        let note = if saved.others.is_empty() {
            String::new()
        } else {
            format!("Đang cùng mở mục này: {}", saved.others.join(", "))
        };
        Answered {
            saved: clock(saved.saved_at),
            set,
            note,
            warning,
        }
    }
}

/// `16:30`, in Vietnam.
pub(super) fn clock(moment: jiff::Timestamp) -> String {
    let shown = domain::deadline::vietnamese_time(moment);
    shown.split(',').next().unwrap_or_default().to_owned()
}
