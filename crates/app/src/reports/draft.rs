//! Writing section by section: saving as one types, two people in one section, versions.

use super::content::{FigureSource, figure_source};
use super::desk::{CLOSED_SECTION, Desk, Fate, conflicts_of, meet, writable_place};
use super::returns::Openness;
use super::steps::{current_revision, facts, next_revision, own};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::campaign::{Indicator, Period, Section};
use domain::event::EventKind;
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::{Action, State, step};
use domain::report::references::Quoted;
use store::Tx;
use store::revisions::Revision;
use store::sections::SectionText;
pub use store::sections::SectionVersion;
use store::work::NamedAssignment;

pub use super::desk::Saved;

/// Longest text of one section, in bytes.
pub const MOST_TEXT: usize = 1024 * 1024;
/// Versions listed in the history of a section.
const MOST_VERSIONS: i64 = 100;

/// A section as somebody who writes in it sees it.
#[derive(Debug, Clone)]
pub struct SectionEditor {
    pub report: NamedAssignment,
    pub section: Section,
    /// The writable sections before and after it.
    pub previous: Option<Section>,
    pub next: Option<Section>,
    /// `None` while nobody has written in it.
    pub current: Option<SectionText>,
    /// Rolled up when the report is consolidated from those of other units.
    pub source: FigureSource,
    /// It may be edited now by this actor.
    pub editable: bool,
    /// Why it may not.
    pub closed_because: Option<String>,
    /// What a return says about it, empty when nothing.
    pub return_reason: String,
    /// Others who have it open now.
    pub others: Vec<String>,
    /// Texts that wait beside the current one, the oldest first.
    pub conflicts: Vec<SectionVersion>,
    /// The figures that a sentence may be bound to.
    pub quotable: Vec<Quotable>,
}

/// An indicator that a sentence may quote.
#[derive(Debug, Clone)]
pub struct Quotable {
    pub code: String,
    pub name: String,
    /// The number of each period and of the whole; `None` where there is none yet.
    pub values: Vec<(Period, Option<String>)>,
}

impl SectionEditor {
    /// The version that the next save is based on; 0 before the first.
    pub fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |text| text.version)
    }
    pub fn text(&self) -> &str {
        self.current.as_ref().map_or("", |text| text.text.as_str())
    }
}

/// Opens a section for writing and lets the others in it know.
///
/// # Errors
/// [`Error::NotFound`] for everybody outside the unit, and for headings.
pub fn open_section(ctx: &Ctx, id: AssignmentId, section: SectionId) -> Result<SectionEditor> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let place = writable_place(&outline, section)?;
        let revision = store::revisions::by_number(tx, id, loaded.assignment.revision)?;
        let notes = store::returns::of_assignment(tx, id)?;
        let open = Openness::of(&notes, loaded.assignment.revision);
        let closed_because = why_closed(&ctx, &loaded, revision.as_ref(), &open, section);
        let mut editor = SectionEditor {
            report: store::work::named(tx, id)?,
            section: place.this,
            previous: place.previous,
            next: place.next,
            current: None,
            source: figure_source(tx, &loaded.assignment)?,
            editable: closed_because.is_none(),
            closed_because,
            return_reason: return_reason(&notes, &loaded, section),
            others: Vec::new(),
            conflicts: Vec::new(),
            quotable: quotable(&outline.layout, revision.as_ref())?,
        };
        if let Some(revision) = revision {
            editor.current = store::sections::text(tx, revision.id, section)?;
            editor.conflicts = conflicts_of(tx, &revision, section)?;
            if editor.editable {
                editor.others = meet(&ctx, tx, &revision, section)?;
            }
        }
        Ok(editor)
    })
}

fn quotable(layout: &Layout, revision: Option<&Revision>) -> Result<Vec<Quotable>> {
    let table = match revision {
        Some(revision) => store::figures::decode(&revision.figures, layout)?,
        None => FigureTable::blank(layout),
    };
    let quoted = Quoted::new(layout, &table);
    let of = |(at, indicator): (usize, &Indicator)| {
        let mut periods: Vec<Period> = layout.cells(at).map(|(period, _)| period).collect();
        if !periods.contains(&Period::Whole) {
            periods.push(Period::Whole);
        }
        let code = &indicator.code;
        let value = |period| (period, quoted.value(code, period));
        Quotable {
            code: code.clone(),
            name: indicator.name.clone(),
            values: periods.into_iter().map(value).collect(),
        }
    };
    Ok(layout.indicators().iter().enumerate().map(of).collect())
}

fn return_reason(
    notes: &[store::returns::ReturnNote],
    loaded: &LoadedReport,
    section: SectionId,
) -> String {
    notes
        .iter()
        .rev()
        .find(|note| note.number < loaded.assignment.revision)
        .and_then(|note| {
            note.items
                .iter()
                .find(|item| item.part == store::returns::ReturnedPart::Section(section))
        })
        .map(|item| item.reason.clone())
        .unwrap_or_default()
}

fn why_closed(
    ctx: &Ctx,
    loaded: &LoadedReport,
    revision: Option<&Revision>,
    open: &Openness,
    section: SectionId,
) -> Option<String> {
    if !ctx.may(Wish::Act(Action::Draft), &Subject::Report(loaded.subject)) {
        return Some("Tài khoản của đồng chí chỉ được xem bản thảo".into());
    }
    if let Err(refusal) = step(loaded.assignment.state, Action::Draft, facts(loaded)) {
        return Some(Error::from(refusal).to_string());
    }
    let frozen = revision.is_some_and(Revision::is_frozen);
    (!frozen && !open.section(section)).then(|| CLOSED_SECTION.to_string())
}

/// The draft to write in: begun when there is none, copied when the current revision is frozen.
/// `true` when it was just begun.
pub(super) fn ensure_draft(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
) -> Result<(Revision, bool)> {
    ctx.require(Wish::Act(Action::Draft), &Subject::Report(loaded.subject))?;
    let assignment = &loaded.assignment;
    let to = step(assignment.state, Action::Draft, facts(loaded))?.to;
    let revision = if assignment.revision == 0 {
        let id = store::revisions::begin(tx, assignment.id, 1, "{}", ctx.now)?;
        store::revisions::by_id(tx, id)?
    } else {
        let current = current_revision(tx, loaded)?;
        if current.is_frozen() {
            next_revision(ctx, tx, &current)?
        } else {
            current
        }
    };
    let begun = assignment.state == State::Assigned;
    if begun {
        store::assignments::set_state(tx, assignment.id, to, "", ctx.now)?;
    }
    Ok((revision, begun))
}

/// As [`ensure_draft`], with what may be edited in it.
pub(crate) fn open_draft(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
) -> Result<(Revision, bool, Openness)> {
    let (revision, begun) = ensure_draft(ctx, tx, loaded)?;
    let notes = store::returns::of_assignment(tx, loaded.assignment.id)?;
    let open = Openness::of(&notes, revision.number);
    Ok((revision, begun, open))
}

/// The event of a save: the first one of a report is its beginning.
pub(crate) fn kind_of_save(begun: bool, kind: EventKind) -> EventKind {
    if begun { EventKind::DraftStarted } else { kind }
}

/// A text as it comes from the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSave {
    pub text: String,
    /// The version that was on the page when writing began; 0 for none.
    pub base_version: i64,
    /// Saved by the page itself, not by a press of the button.
    pub autosave: bool,
}

/// Saves the text of a section. When somebody else saved a newer one meanwhile, that one stays current and this one
/// is kept beside it; neither is lost.
///
/// # Errors
/// [`Error::TooLarge`] beyond [`MOST_TEXT`]; [`Error::Refused`] when the report or the section is closed.
pub fn save_section(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
    save: SectionSave,
) -> Result<Saved> {
    let text = clean_text(&save.text)?;
    crate::secrets::refuse_text(ctx, &text)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let (mut desk, begun) = Desk::open(&ctx, tx, id, section)?;
        let Some(fate) = desk.fate_of(&ctx, &text, save.base_version, save.autosave) else {
            return desk.saved(&ctx, tx, None);
        };
        match fate {
            Fate::Current { replaces } => {
                desk.write(&ctx, tx, &text, None, replaces)?;
                desk.note(
                    &ctx,
                    tx,
                    kind_of_save(begun, EventKind::SectionSaved),
                    "saved",
                )?;
                desk.saved(&ctx, tx, None)
            }
            Fate::Aside => {
                let kept = desk.keep_aside(&ctx, tx, &text, None, save.base_version)?;
                desk.saved(&ctx, tx, Some(kept))
            }
        }
    })
}

pub(crate) fn clean_text(text: &str) -> Result<String> {
    let too_large = || {
        Error::TooLarge(
            "Nội dung mục dài quá 1 MB nên chưa lưu. Hãy rút gọn, hoặc đính kèm phần dài thành tệp"
                .into(),
        )
    };
    if text.len() > 4 * MOST_TEXT {
        return Err(too_large());
    }
    let text = domain::text::clean(text);
    if text.len() > MOST_TEXT {
        return Err(too_large());
    }
    Ok(text)
}

/// How two texts of one section are settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settle {
    /// The current text stays.
    KeepCurrent,
    /// The text that was kept aside becomes the current one.
    KeepOther,
    /// Both merged by hand.
    Merged(String),
}

/// Settles one text that waits beside the current one; both stay in the history.
///
/// # Errors
/// [`Error::Conflict`] when the current text changed since the page showed it; [`Error::NotFound`] when it was
/// settled already.
pub fn settle(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
    conflict: i64,
    base_version: i64,
    how: Settle,
) -> Result<Saved> {
    let how = match how {
        Settle::Merged(text) => {
            let text = clean_text(&text)?;
            crate::secrets::refuse_text(ctx, &text)?;
            Settle::Merged(text)
        }
        other => other,
    };
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let (mut desk, begun) = Desk::open(&ctx, tx, id, section)?;
        let other = desk
            .conflicts
            .iter()
            .find(|open| open.id == conflict)
            .cloned()
            .ok_or(Error::NotFound)?;
        if desk.version() != base_version {
            return Err(Error::Conflict(format!(
                "{} vừa lưu thêm vào mục này. Hãy xem lại hai bản rồi chọn",
                desk.last_writer()
            )));
        }
        match &how {
            Settle::KeepCurrent => {}
            Settle::KeepOther => {
                desk.write(&ctx, tx, &other.text, other.passages.as_deref(), None)?;
            }
            Settle::Merged(text) => desk.write(&ctx, tx, text, None, None)?,
        }
        store::sections::settle(tx, other.id, ctx.now)?;
        desk.conflicts.retain(|open| open.id != conflict);
        desk.note(
            &ctx,
            tx,
            kind_of_save(begun, EventKind::SectionSaved),
            "settled",
        )?;
        desk.saved(&ctx, tx, None)
    })
}

/// The versions of a section of the current revision, the newest first, with the section itself.
///
/// # Errors
/// [`Error::NotFound`] outside the unit.
pub fn history(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
) -> Result<(Section, Vec<SectionVersion>)> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let section = writable_place(&outline, section)?.this;
        let versions = match store::revisions::by_number(tx, id, loaded.assignment.revision)? {
            Some(revision) => {
                store::sections::versions(tx, revision.id, section.id, MOST_VERSIONS)?
            }
            None => Vec::new(),
        };
        Ok((section, versions))
    })
}

/// Makes an older version the current text again, as a new version.
///
/// # Errors
/// [`Error::NotFound`] for a version of another section; [`Error::Refused`] when the section is closed.
pub fn restore(ctx: &Ctx, id: AssignmentId, section: SectionId, version: i64) -> Result<Saved> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let (mut desk, begun) = Desk::open(&ctx, tx, id, section)?;
        let old = store::sections::version(tx, desk.revision.id, section, version)?;
        desk.write(&ctx, tx, &old.text, old.passages.as_deref(), None)?;
        desk.note(
            &ctx,
            tx,
            kind_of_save(begun, EventKind::SectionSaved),
            "restored",
        )?;
        desk.saved(&ctx, tx, None)
    })
}
