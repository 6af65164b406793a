//! What a file would change in a draft, section by section and cell by cell.

use super::merge::{FigureStanding, Standing, figure_standing, text_standing};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use crate::reports::content::{Content, FigureSource};
use crate::reports::draft::clean_text;
use crate::reports::returns::Openness;
use crate::reports::steps::{facts, own};
use crate::reports::template::compose;
use domain::access::{Subject, Wish};
use domain::campaign::{Period, Section};
use domain::figures::Cell;
use domain::ids::SectionId;
use domain::number::NumberError;
use domain::official::DRAFT_MARK;
use domain::report::diff::{DiffLine, compare as differences};
use domain::report::filled::{self, FoundCell};
use domain::report::lifecycle::{Action, step};
use domain::report::three_way::Merged;
use domain::text::fold;
use formats::Filled;
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::work::NamedAssignment;

/// Everything that a file would change, and what it leaves to a person.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub report: NamedAssignment,
    /// The file is a template of this report, not one written without.
    pub is_template: bool,
    /// What its reader left out or repaired.
    pub notes: Vec<String>,
    /// Sections that differ, in the order of the outline.
    pub sections: Vec<SectionChange>,
    /// Sections that are in the file and change nothing.
    pub unchanged: usize,
    pub figures: Vec<FigureChange>,
    /// Content without a section, but what was given one already.
    pub loose: Vec<LoosePart>,
    /// The sections that text is written under.
    pub writable: Vec<Section>,
}

/// One section that differs.
#[derive(Debug, Clone)]
pub struct SectionChange {
    pub section: Section,
    /// The version of the draft's text that was compared.
    pub version: i64,
    pub draft: String,
    pub file: String,
    pub fate: SectionFate,
    /// From the draft to the file.
    pub differences: Vec<DiffLine>,
}

/// What is proposed for a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionFate {
    /// The file's text is taken.
    Taken,
    /// Draft and file both changed since the template was made; what a merge would say.
    Conflict(Merged),
    /// The section is not open, so the file's text stays out.
    Closed,
}

/// One figure that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    pub cell: usize,
    pub code: String,
    pub name: String,
    pub period: Period,
    pub draft: Cell,
    /// As it stands in the file.
    pub typed: String,
    /// What is made of it; blank when it is no number.
    pub file: Cell,
    pub fate: FigureFate,
}

/// What is proposed for a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFate {
    Taken,
    /// Draft and file both changed since the template was made: the draft's stays unless somebody says otherwise.
    Conflict,
    /// Why it cannot be taken.
    Refused(String),
}

/// Content without a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoosePart {
    /// Its index among all loose parts of the file.
    pub index: usize,
    pub place: String,
    /// The section that it stands nearest to.
    pub near: Option<SectionId>,
    pub text: String,
}

/// # Errors
/// [`Error::Forbidden`] for accounts that only read, [`Error::Refused`] when the report is no draft.
pub(super) fn may_write(ctx: &Ctx, loaded: &LoadedReport) -> Result<()> {
    ctx.require(Wish::Act(Action::Draft), &Subject::Report(loaded.subject))?;
    step(loaded.assignment.state, Action::Draft, facts(loaded))?;
    Ok(())
}

/// `placed`: loose parts that were given a section before.
pub(super) fn compare(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    content: &Content,
    file: &Filled,
    placed: &BTreeSet<usize>,
) -> Result<Comparison> {
    let found = filled::take_apart(
        &file.document.blocks,
        &file.marks,
        &content.outline.sections,
        &content.outline.layout,
        &furniture(ctx, tx, loaded, content)?,
    );
    refuse_foreign(ctx, tx, loaded, &found)?;
    let notes = store::returns::of_assignment(tx, loaded.assignment.id)?;
    let is_frozen = content
        .revision
        .as_ref()
        .is_some_and(store::revisions::Revision::is_frozen);
    let open = Openness::of(&notes, loaded.assignment.revision + i64::from(is_frozen));
    let mut sections = Vec::new();
    let mut unchanged = 0;
    for section in &content.outline.sections {
        let Some(text) = found.sections.get(&section.id) else {
            continue;
        };
        match section_change(
            tx,
            loaded,
            content,
            section,
            &clean_text(text)?,
            &found,
            &open,
        )? {
            Some(change) => sections.push(change),
            None => unchanged += 1,
        }
    }
    let loose = found.loose.into_iter().enumerate();
    Ok(Comparison {
        report: store::work::named(tx, loaded.assignment.id)?,
        is_template: found.template.is_some(),
        notes: file
            .notes
            .iter()
            .filter(|note| !is_own_mark(note))
            .map(formats::Note::message)
            .collect(),
        sections,
        unchanged,
        figures: figure_changes(content, &found.figures, &open),
        loose: loose
            .filter(|(index, _)| !placed.contains(index))
            .map(|(index, part)| LoosePart {
                index,
                place: part.place,
                near: part.near,
                text: part.text,
            })
            .collect(),
        writable: content
            .outline
            .sections
            .iter()
            .filter(|section| section.writable != domain::campaign::Writable::Heading)
            .cloned()
            .collect(),
    })
}

/// The mark of a draft that the template bears in its margin.
fn is_own_mark(note: &formats::Note) -> bool {
    matches!(note, formats::Note::Margin { text } if text.as_str() == DRAFT_MARK)
}

/// The lines that the template brings itself: those of a fresh one.
fn furniture(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    content: &Content,
) -> Result<BTreeSet<String>> {
    let empty = Content {
        texts: BTreeMap::new(),
        ..content.clone()
    };
    let template = compose(ctx, tx, loaded, &empty, &BTreeMap::new())?;
    let fresh = formats::read_filled("mau.docx", &formats::write_template(&template))
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(fresh
        .document
        .blocks
        .iter()
        .map(domain::doc::Block::text)
        .flat_map(|text| text.lines().map(fold).collect::<Vec<_>>())
        .collect())
}

/// A template knows whose it is. What the actor may not know of is not named.
fn refuse_foreign(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    found: &filled::Filled,
) -> Result<()> {
    let Some((assignment, _)) = found.template.filter(|(id, _)| *id != loaded.assignment.id) else {
        return Ok(());
    };
    let whose = match own(ctx, tx, assignment) {
        Ok(_) => {
            let other = store::work::named(tx, assignment)?;
            format!("của {}, {}", other.unit_name, other.campaign_name)
        }
        Err(_) => "của đơn vị khác hoặc đợt báo cáo khác".into(),
    };
    Err(Error::Refused(format!(
        "Tệp này là mẫu báo cáo {whose}, không phải của báo cáo này nên không được nhận. Hãy chọn đúng tệp, hoặc tải mẫu của báo cáo này"
    )))
}

fn section_change(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    content: &Content,
    section: &Section,
    text: &str,
    found: &filled::Filled,
    open: &Openness,
) -> Result<Option<SectionChange>> {
    let draft = content.text(section.id);
    let base = found.bases.get(&section.id);
    let revision = found.template.map_or(0, |(_, revision)| revision);
    let base_text = || {
        let Some(base) = base else { return Ok(None) };
        let Some(revision) = store::revisions::by_number(tx, loaded.assignment.id, revision)?
        else {
            return Ok(None);
        };
        let version = store::sections::version_numbered(tx, revision.id, section.id, base.version)?;
        Ok(version.map(|version| version.text))
    };
    let fate = match text_standing(draft, text, base, base_text)? {
        Standing::Settled => return Ok(None),
        _ if !open.section(section.id) => SectionFate::Closed,
        Standing::FileAhead => SectionFate::Taken,
        Standing::Apart(merged) => SectionFate::Conflict(merged),
    };
    Ok(Some(SectionChange {
        version: content
            .texts
            .get(&section.id)
            .map_or(0, |text| text.version),
        differences: differences(draft, text),
        draft: draft.to_owned(),
        file: text.to_owned(),
        section: section.clone(),
        fate,
    }))
}

/// A cell as offices write it: also the words for "did not occur" and "not applicable".
fn cell_of(typed: &str) -> Result<Cell, NumberError> {
    match fold(typed).trim_end_matches('.') {
        "khong phat sinh" | "kps" | "khong ap dung" | "kad" | "n/a" => Ok(Cell::NotApplicable),
        _ => Cell::parse_vietnamese(typed),
    }
}

fn figure_changes(content: &Content, found: &[FoundCell], open: &Openness) -> Vec<FigureChange> {
    let layout = &content.outline.layout;
    let change = |found: &FoundCell| {
        let indicator = layout.indicators().get(found.indicator)?;
        let draft = *content.figures.cells.get(found.cell)?;
        let read = cell_of(&found.typed);
        let file = read.clone().unwrap_or_default();
        let standing = figure_standing(draft, file, found.base);
        let fate = match (&read, standing) {
            (Err(error), _) => FigureFate::Refused(error.to_string()),
            (Ok(_), FigureStanding::Settled) => return None,
            _ if content.source == FigureSource::RolledUp => FigureFate::Refused(
                "số liệu của báo cáo này được tổng hợp từ các đơn vị gửi lên, không nhận từ tệp"
                    .into(),
            ),
            _ if !open.indicator(indicator.id) => FigureFate::Refused(
                "chỉ tiêu này không được yêu cầu bổ sung nên giữ nguyên như lần gửi trước".into(),
            ),
            (Ok(_), FigureStanding::FileAhead) => FigureFate::Taken,
            (Ok(_), FigureStanding::Apart) => FigureFate::Conflict,
        };
        Some(FigureChange {
            cell: found.cell,
            code: indicator.code.clone(),
            name: indicator.name.clone(),
            period: found.period,
            draft,
            typed: found.typed.clone(),
            file,
            fate,
        })
    };
    found.iter().filter_map(change).collect()
}
