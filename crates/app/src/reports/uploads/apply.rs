//! Taking a file over into the draft: all of it in one transaction, or nothing.

use super::compare::{Comparison, FigureFate, SectionChange, SectionFate, compare};
use super::{UploadState, UploadedDraft, read};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use crate::reports::content::Content;
use crate::reports::desk::Desk;
use crate::reports::draft::{clean_text, kind_of_save, open_draft};
use crate::reports::steps::{own, record};
use crate::secrets::refuse_text;
use domain::event::EventKind;
use domain::ids::{AssignmentId, SectionId, UploadedDraftId};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;

/// What becomes of a section that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Take {
    File,
    Draft,
    /// Both merged by hand or as proposed.
    Merged(String),
    /// The file's text waits beside the draft's, to be settled later.
    Beside,
}

/// What a person chose; what is not named goes as proposed: the file's text where only the file changed, both texts
/// side by side in a conflict, the draft's figure where both changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub sections: BTreeMap<SectionId, Take>,
    /// The versions of the draft that the choices were made on; where it went on, both texts are kept.
    pub versions: BTreeMap<SectionId, i64>,
    /// Cells in conflict that take the file's figure.
    pub figures: BTreeSet<usize>,
    /// Cells that keep the draft's figure.
    pub kept_figures: BTreeSet<usize>,
    /// Sections for loose parts, by index.
    pub loose: BTreeMap<usize, SectionId>,
}

/// What came into the draft.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    pub sections: usize,
    pub figures: usize,
    /// Texts that wait beside the draft's.
    pub beside: usize,
    pub placed: usize,
    /// Loose parts that still have no section.
    pub loose_left: usize,
}

/// Takes a kept file over. Taking it over again places loose parts that were left.
///
/// # Errors
/// [`Error::NotFound`] outside the unit; [`Error::Conflict`] when it was set aside; [`Error::Refused`] when the report
/// or a section is closed, and when a merged text bears a mark of State secrets.
pub fn apply(
    ctx: &Ctx,
    id: AssignmentId,
    upload: UploadedDraftId,
    choices: Choices,
) -> Result<Applied> {
    // The file is read before the transaction, which must not wait for it.
    let (name, bytes) = ctx.db().read(|tx| -> Result<_> {
        own(ctx, tx, id)?;
        let kept = store::uploaded_drafts::by_id(tx, id, upload)?;
        Ok((kept.file_name, store::blobs::get(tx, &kept.sha256)?))
    })?;
    let filled = read(ctx, &name, &bytes)?;
    for take in choices.sections.values() {
        if let Take::Merged(text) = take {
            refuse_text(ctx, text)?;
        }
    }
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        let kept = store::uploaded_drafts::by_id(tx, id, upload)?;
        if kept.state == UploadState::Discarded {
            return Err(Error::Conflict(
                "Tệp này đã được bỏ. Hãy tải tệp lên lại".into(),
            ));
        }
        let (_, begun, _) = open_draft(&ctx, tx, &loaded)?;
        let loaded = own(&ctx, tx, id)?;
        let content = Content::current(&ctx, tx, &loaded)?;
        let seen = compare(&ctx, tx, &loaded, &content, &filled, &kept.placed)?;
        let mut applied = Applied::default();
        if kept.state == UploadState::Pending {
            for change in &seen.sections {
                let take = taken(change, &choices);
                write_section(&ctx, tx, id, change, take, &mut applied)?;
            }
            applied.figures = write_figures(tx, &content, &seen, &choices)?;
        }
        let placed = place_loose(&ctx, tx, id, &seen, &choices)?;
        applied.placed = placed.len();
        applied.loose_left = seen.loose.len() - placed.len();
        finish(&ctx, tx, &loaded, &kept, placed, applied, begun)?;
        Ok(applied)
    })
}

fn taken<'a>(change: &'a SectionChange, choices: &'a Choices) -> &'a Take {
    let id = change.section.id;
    let went_on = choices
        .versions
        .get(&id)
        .is_some_and(|version| *version != change.version);
    match (choices.sections.get(&id), &change.fate) {
        (_, SectionFate::Closed) => &Take::Draft,
        (Some(Take::Draft), _) => &Take::Draft,
        (_, _) if went_on => &Take::Beside,
        (Some(take), _) => take,
        (None, SectionFate::Taken) => &Take::File,
        (None, SectionFate::Conflict(_)) => &Take::Beside,
    }
}

fn write_section(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    id: AssignmentId,
    change: &SectionChange,
    take: &Take,
    applied: &mut Applied,
) -> Result<()> {
    let text = match take {
        Take::Draft => return Ok(()),
        Take::File | Take::Beside => change.file.clone(),
        Take::Merged(text) => clean_text(text)?,
    };
    let (mut desk, _) = Desk::open(ctx, tx, id, change.section.id)?;
    if *take == Take::Beside {
        desk.keep_beside(ctx, tx, &text, change.version)?;
        applied.beside += 1;
    } else {
        desk.write(ctx, tx, &text, None, None)?;
        applied.sections += 1;
    }
    Ok(())
}

fn write_figures(
    tx: &mut dyn Tx,
    content: &Content,
    seen: &Comparison,
    choices: &Choices,
) -> Result<usize> {
    let is_taken = |fate: &FigureFate, cell: usize| match fate {
        FigureFate::Taken => !choices.kept_figures.contains(&cell),
        FigureFate::Conflict => choices.figures.contains(&cell),
        FigureFate::Refused(_) => false,
    };
    let taken = seen
        .figures
        .iter()
        .filter(|change| is_taken(&change.fate, change.cell));
    let mut table = content.figures.clone();
    let mut count = 0;
    for change in taken {
        if let Some(cell) = table.cells.get_mut(change.cell) {
            *cell = change.file;
            count += 1;
        }
    }
    if let (1.., Some(revision)) = (count, &content.revision) {
        let stored = store::figures::encode(&table, &content.outline.layout);
        store::revisions::save_figures(tx, revision.id, &stored)?;
    }
    Ok(count)
}

/// Puts loose parts behind what stands in the sections that were chosen for them.
fn place_loose(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    id: AssignmentId,
    seen: &Comparison,
    choices: &Choices,
) -> Result<BTreeSet<usize>> {
    let mut placed = BTreeSet::new();
    for part in &seen.loose {
        let Some(section) = choices.loose.get(&part.index) else {
            continue;
        };
        let (mut desk, _) = Desk::open(ctx, tx, id, *section)?;
        let before = desk
            .current
            .as_ref()
            .map_or(String::new(), |text| text.text.clone());
        let text = if before.trim().is_empty() {
            part.text.clone()
        } else {
            format!("{}\n{}", before.trim_end(), part.text)
        };
        desk.write(ctx, tx, &clean_text(&text)?, None, None)?;
        placed.insert(part.index);
    }
    Ok(placed)
}

fn finish(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    kept: &UploadedDraft,
    placed: BTreeSet<usize>,
    applied: Applied,
    begun: bool,
) -> Result<()> {
    let all = placed.union(&kept.placed).copied().collect();
    let left = i64::try_from(applied.loose_left).unwrap_or(i64::MAX);
    let state = UploadState::Applied;
    store::uploaded_drafts::settle(tx, kept.id, state, &all, left, ctx.now)?;
    let detail = serde_json::json!({
        "revision": loaded.assignment.revision,
        "file": kept.file_name,
        "sha256": kept.sha256,
        "sections": applied.sections,
        "figures": applied.figures,
        "beside": applied.beside,
        "placed": applied.placed,
    });
    let kind = kind_of_save(begun, EventKind::DraftImported);
    record(ctx, tx, loaded, kind, detail, "")
}
