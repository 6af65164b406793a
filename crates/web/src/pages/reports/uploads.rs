//! The Word round trip on pages: the template, a file that was filled in, its differences, taking it over.

use super::differences::{Difference, difference_of};
use super::{below, path, with_form};
use crate::assets;
use crate::extract::{Fields, Path, Query, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, download, redirect_done, redirect_warned, run};
use crate::session::Signed;
use app::Ctx;
use app::reports::uploads::{
    self, Applied, Choices, Comparison, FigureFate, LoosePart, SectionChange, SectionFate, Take,
    UploadState, UploadedDraft,
};
use app::reports::{template, view};
use askama::Template;
use domain::ids::{AssignmentId, SectionId, UploadedDraftId};
use domain::report::lifecycle::Action;
use serde::Deserialize;

/// Bytes of differences and loose text on one page; longer files show the rest section by section.
const MOST_SHOWN: usize = 48 * 1024;

#[derive(Deserialize, Default)]
pub struct Wanted {
    /// With the answers of the last campaign.
    #[serde(default)]
    tra_loi: Option<String>,
}

/// The Word template of the report.
pub async fn template_file(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let with_answers = wanted.tra_loi.is_some();
    let file = run(move || template::file(&ctx, AssignmentId(id), with_answers)).await?;
    download(&file.name, file.media_type, file.bytes)
}

#[derive(Template)]
#[template(path = "reports/upload.html")]
struct UploadPage {
    shell: Shell,
    problems: Problems,
    id: AssignmentId,
    may_write: bool,
    waiting: Vec<UploadedDraft>,
}

impl UploadPage {
    fn words(&self, kept: &UploadedDraft) -> String {
        match kept.state {
            UploadState::Pending => "chờ xem khác biệt".into(),
            _ => format!("đã nhận; còn {} phần chưa xếp mục", kept.loose_left),
        }
    }
}

async fn show_form(ctx: Ctx, shell: Shell, id: AssignmentId, problems: Problems) -> Answer {
    let (status, waiting) = run(move || {
        let waiting = uploads::waiting(&ctx, id)?;
        Ok((view::status(&ctx, id)?, waiting))
    })
    .await?;
    let template = UploadPage {
        may_write: status.offered.contains(&Action::Draft),
        shell: below(shell, &status.report).titled("Nộp tệp Word"),
        problems,
        id,
        waiting,
    };
    with_form(&template.problems, &template)
}

pub async fn form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show_form(ctx, shell, AssignmentId(id), Problems::default()).await
}

pub async fn upload(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    upload: Upload,
) -> Answer {
    let id = AssignmentId(id);
    let actor = ctx.clone();
    let kept = run(move || {
        uploads::waiting(&actor, id)?;
        let file = upload.file("tep", "Tệp báo cáo")?;
        uploads::keep(&actor, id, &file.name, file.bytes.to_vec())
    })
    .await;
    match kept {
        Ok(kept) => Ok(redirect_done(
            &format!("{}/nop-tep/{kept}", path(id)),
            "Đã đọc tệp. Bản thảo chưa thay đổi; hãy xem những chỗ khác rồi nhận.",
        )),
        Err(error) => show_form(ctx, shell, id, Problems::from_error(error)?).await,
    }
}

/// A section that differs, as far as the page has room.
struct ShownChange {
    change: SectionChange,
    difference: Difference,
    /// Left to the page of this section alone.
    is_folded: bool,
}

impl ShownChange {
    fn is_closed(&self) -> bool {
        self.change.fate == SectionFate::Closed
    }
    fn is_new(&self) -> bool {
        self.change.draft.is_empty()
    }
    fn is_emptied(&self) -> bool {
        self.change.file.is_empty()
    }
    /// What a merge of both would say.
    fn proposal(&self) -> Option<&domain::report::three_way::Merged> {
        match &self.change.fate {
            SectionFate::Conflict(merged) => Some(merged),
            SectionFate::Taken | SectionFate::Closed => None,
        }
    }
}

#[derive(Template)]
#[template(path = "reports/upload_changes.html")]
struct ChangesPage {
    shell: Shell,
    problems: Problems,
    id: AssignmentId,
    may_write: bool,
    kept: UploadedDraft,
    seen: Comparison,
    sections: Vec<ShownChange>,
    /// Only this section is shown.
    only: Option<SectionId>,
    /// What was chosen and typed, and could not be taken over.
    typed: Fields,
}

impl ChangesPage {
    fn at(&self) -> String {
        format!("{}/nop-tep/{}", path(self.id), self.kept.id)
    }
    fn is_pending(&self) -> bool {
        self.kept.state == UploadState::Pending
    }
    fn has_nothing(&self) -> bool {
        self.sections.is_empty() && self.seen.figures.is_empty()
    }
    fn asks_for_something(&self) -> bool {
        (self.is_pending() && !self.has_nothing()) || !self.seen.loose.is_empty()
    }
    /// Texts of both sides are put together here.
    fn merges(&self) -> bool {
        self.may_write && self.sections.iter().any(|shown| shown.proposal().is_some())
    }
    fn script(&self) -> Option<&'static str> {
        assets::editor_path()
    }
    /// What the field of a merged text says.
    fn merged<'a>(&'a self, section: &SectionId, proposed: &'a str) -> &'a str {
        let typed = self.typed.get(&format!("ghep-{section}"));
        typed.unwrap_or(proposed)
    }
    /// Whether a section or a figure goes this way: as it was chosen, else as proposed.
    fn goes(&self, name: &str, way: &str, is_proposed: bool) -> bool {
        match self.typed.get(name) {
            Some(chosen) => chosen == way,
            None => is_proposed,
        }
    }
    fn is_placed(&self, part: &usize, section: &SectionId) -> bool {
        self.goes(&format!("phan-{part}"), &section.to_string(), false)
    }
    fn refusal<'a>(&self, fate: &'a FigureFate) -> Option<&'a str> {
        match fate {
            FigureFate::Refused(reason) => Some(reason),
            FigureFate::Taken | FigureFate::Conflict => None,
        }
    }
    fn is_conflict(&self, fate: &FigureFate) -> bool {
        *fate == FigureFate::Conflict
    }
    /// The beginning of a part, long enough to know it by.
    fn beginning(&self, part: &LoosePart) -> String {
        let room = MOST_SHOWN / 4 / self.seen.loose.len().max(1);
        match part.text.char_indices().nth(room) {
            Some((at, _)) => format!("{}…", &part.text[..at]),
            None => part.text.clone(),
        }
    }
}

fn shown(seen: &Comparison, only: Option<SectionId>) -> Vec<ShownChange> {
    let mut room = MOST_SHOWN;
    seen.sections
        .iter()
        .filter(|change| only.is_none_or(|id| id == change.section.id))
        .map(|change| {
            let merged = match &change.fate {
                SectionFate::Conflict(merged) => merged.text.len() + change.draft.len(),
                SectionFate::Taken | SectionFate::Closed => 0,
            };
            let size = change.file.len() + change.draft.len() + 2 * merged;
            let is_folded = only.is_none() && size > room;
            if !is_folded {
                room = room.saturating_sub(size);
            }
            ShownChange {
                difference: if is_folded {
                    Difference::default()
                } else {
                    difference_of("", &change.differences)
                },
                is_folded,
                change: change.clone(),
            }
        })
        .collect()
}

#[derive(Deserialize, Default)]
pub struct Which {
    #[serde(default)]
    muc: Option<i64>,
}

async fn show_changes(
    ctx: Ctx,
    shell: Shell,
    (id, upload): (AssignmentId, UploadedDraftId),
    only: Option<SectionId>,
    typed: Fields,
    problems: Problems,
) -> Answer {
    let (kept, seen, status) = run(move || {
        let (kept, seen) = uploads::view(&ctx, id, upload)?;
        Ok((kept, seen, view::status(&ctx, id)?))
    })
    .await?;
    let template = ChangesPage {
        may_write: status.offered.contains(&Action::Draft) && kept.state != UploadState::Discarded,
        shell: below(shell, &status.report)
            .crumb("Nộp tệp Word", format!("{}/nop-tep", path(id)))
            .titled("Những chỗ khác trong tệp"),
        problems,
        id,
        sections: shown(&seen, only),
        kept,
        seen,
        only,
        typed,
    };
    with_form(&template.problems, &template)
}

pub async fn changes(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, upload)): Path<(i64, i64)>,
    Query(which): Query<Which>,
) -> Answer {
    let place = (AssignmentId(id), UploadedDraftId(upload));
    let only = which.muc.map(SectionId);
    show_changes(
        ctx,
        shell,
        place,
        only,
        Fields::default(),
        Problems::default(),
    )
    .await
}

/// What the form says; a section that it does not show goes as proposed.
fn choices_of(fields: &Fields) -> Choices {
    let mut choices = Choices::default();
    for (section, how) in fields.starting("muc-") {
        let Ok(section) = section.parse::<SectionId>() else {
            continue;
        };
        let take = match how {
            "tep" => Take::File,
            "giu" => Take::Draft,
            "ghep" => Take::Merged(fields.text(&format!("ghep-{section}")).to_owned()),
            _ => Take::Beside,
        };
        choices.sections.insert(section, take);
    }
    for (section, version) in fields.starting("phien-ban-") {
        if let (Ok(section), Ok(version)) = (section.parse::<SectionId>(), version.parse()) {
            choices.versions.insert(section, version);
        }
    }
    for (cell, how) in fields.starting("o-") {
        let Ok(cell) = cell.parse::<usize>() else {
            continue;
        };
        match how {
            "tep" => choices.figures.insert(cell),
            _ => choices.kept_figures.insert(cell),
        };
    }
    for (index, section) in fields.starting("phan-") {
        if let (Ok(index), Ok(section)) = (index.parse(), section.parse()) {
            choices.loose.insert(index, section);
        }
    }
    choices
}

fn told(applied: &Applied) -> String {
    let mut words = format!(
        "Đã nhận vào bản thảo: {} mục, {} ô số liệu",
        applied.sections, applied.figures
    );
    if applied.placed > 0 {
        words.push_str(&format!(", {} phần vừa xếp mục", applied.placed));
    }
    words.push('.');
    if applied.beside > 0 {
        words.push_str(&format!(
            " {} mục có hai bản, cần ghép trước khi trình tập thể.",
            applied.beside
        ));
    }
    if applied.loose_left > 0 {
        words.push_str(&format!(
            " Còn {} phần chưa xếp mục, được giữ ở trang “Nộp tệp Word”.",
            applied.loose_left
        ));
    }
    words
}

pub async fn apply(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, upload)): Path<(i64, i64)>,
    fields: Fields,
) -> Answer {
    let place = (AssignmentId(id), UploadedDraftId(upload));
    let choices = choices_of(&fields);
    let actor = ctx.clone();
    match run(move || uploads::apply(&actor, place.0, place.1, choices)).await {
        Ok(applied) if applied.beside + applied.loose_left > 0 => {
            Ok(redirect_warned(&path(place.0), &told(&applied)))
        }
        Ok(applied) => Ok(redirect_done(&path(place.0), &told(&applied))),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            show_changes(ctx, shell, place, None, fields, problems).await
        }
    }
}

pub async fn discard(Signed(ctx): Signed, Path((id, upload)): Path<(i64, i64)>) -> Answer {
    let id = AssignmentId(id);
    run(move || uploads::discard(&ctx, id, UploadedDraftId(upload))).await?;
    Ok(redirect_done(
        &format!("{}/nop-tep", path(id)),
        "Đã bỏ tệp. Bản thảo giữ nguyên.",
    ))
}
