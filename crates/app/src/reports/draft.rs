//! Writing section by section: saving as one types, two people in one section, versions.

use super::content::Outline;
use super::returns::Openness;
use super::steps::{current_revision, facts, next_revision, own, record};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::campaign::{Section, Writable};
use domain::event::EventKind;
use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::{Action, State, step};
use domain::report::passages::{Passage, carry_over, text_of};
use jiff::{Timestamp, ToSpan};
use store::Tx;
use store::revisions::Revision;
use store::sections::{NewText, SectionText, SectionVersion};
use store::work::NamedAssignment;

/// Longest text of one section, in bytes.
pub const MOST_TEXT: usize = 1024 * 1024;
/// How long after their last sign of life somebody still counts as having a section open.
const PRESENT_MINUTES: i64 = 3;
/// One person's saves within this time are one version, as long as the text does not shrink.
const ONE_VERSION_SECONDS: i64 = 60;
/// A save by the same person on the version before their own last one is a crossing of two requests, no conflict.
const CROSSING_SECONDS: i64 = 30;
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
        let outline = Outline::load(tx, &loaded.campaign)?;
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
            editable: closed_because.is_none(),
            closed_because,
            return_reason: return_reason(&notes, &loaded, section),
            others: Vec::new(),
            conflicts: Vec::new(),
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

struct WritablePlace {
    this: Section,
    previous: Option<Section>,
    next: Option<Section>,
}

fn writable_place(outline: &Outline, section: SectionId) -> Result<WritablePlace> {
    let writable: Vec<&Section> = outline
        .sections
        .iter()
        .filter(|section| section.writable != Writable::Heading)
        .collect();
    let at = writable
        .iter()
        .position(|known| known.id == section)
        .ok_or(Error::NotFound)?;
    Ok(WritablePlace {
        this: writable[at].clone(),
        previous: at.checked_sub(1).map(|before| writable[before].clone()),
        next: writable.get(at + 1).map(|next| (*next).clone()),
    })
}

/// Notes that the actor is here and names the others.
fn meet(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    revision: &Revision,
    section: SectionId,
) -> Result<Vec<String>> {
    let account = ctx.actor.account;
    store::sections::note_presence(tx, revision.id, section, account, ctx.now)?;
    let since = moments_ago(ctx.now, PRESENT_MINUTES * 60);
    Ok(store::sections::others_present(
        tx,
        revision.id,
        section,
        account,
        since,
    )?)
}

fn moments_ago(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_sub(seconds.seconds()).unwrap_or(Timestamp::MIN)
}

fn conflicts_of(
    tx: &mut dyn Tx,
    revision: &Revision,
    section: SectionId,
) -> Result<Vec<SectionVersion>> {
    let all = store::sections::open_conflicts(tx, revision.id)?;
    Ok(all
        .into_iter()
        .filter(|conflict| conflict.section == section)
        .collect())
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

const CLOSED_SECTION: &str = "Mục này không được yêu cầu bổ sung nên giữ nguyên như lần gửi trước";

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
pub(super) fn open_draft(
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
pub(super) fn kind_of_save(begun: bool, kind: EventKind) -> EventKind {
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

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The current version, to be the base of the next save.
    pub version: i64,
    pub saved_at: Timestamp,
    /// Others who have the section open now.
    pub others: Vec<String>,
    /// The text was kept beside a newer one of somebody else: the id of its row, until it is settled.
    pub kept_aside: Option<i64>,
    /// How many texts wait beside the current one, this one included.
    pub open_conflicts: usize,
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
                let kept = desk.keep_aside(&ctx, tx, &text, save.base_version)?;
                desk.saved(&ctx, tx, Some(kept))
            }
        }
    })
}

/// Saves a section as passages with their sources; for consolidation, which builds on the version it has read.
///
/// # Errors
/// [`Error::Conflict`] when somebody saved a newer version meanwhile; otherwise as [`save_section`].
pub fn save_passages(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
    base_version: i64,
    passages: Vec<Passage>,
) -> Result<Saved> {
    let passages: Vec<Passage> = passages
        .into_iter()
        .map(|passage| Passage {
            text: domain::text::clean(&passage.text),
            ..passage
        })
        .collect();
    let text = clean_text(&text_of(&passages))?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let (mut desk, begun) = Desk::open(&ctx, tx, id, section)?;
        if desk.version() != base_version {
            return Err(Error::Conflict(format!(
                "{} vừa lưu mục này. Hãy tải lại trang rồi đưa đoạn vào",
                desk.last_writer()
            )));
        }
        desk.write(&ctx, tx, &text, Some(&passages), None)?;
        desk.note(
            &ctx,
            tx,
            kind_of_save(begun, EventKind::PassageInserted),
            "passages",
        )?;
        desk.saved(&ctx, tx, None)
    })
}

fn clean_text(text: &str) -> Result<String> {
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

enum Fate {
    /// It becomes the current text; a row of the history may be written over.
    Current {
        replaces: Option<i64>,
    },
    Aside,
}

/// One section of a draft with what stands in it, inside a transaction.
struct Desk {
    loaded: LoadedReport,
    revision: Revision,
    section: Section,
    current: Option<SectionText>,
    newest: Option<SectionVersion>,
    conflicts: Vec<SectionVersion>,
}

impl Desk {
    fn open(
        ctx: &Ctx,
        tx: &mut dyn Tx,
        id: AssignmentId,
        section: SectionId,
    ) -> Result<(Desk, bool)> {
        let loaded = own(ctx, tx, id)?;
        let outline = Outline::load(tx, &loaded.campaign)?;
        let section = writable_place(&outline, section)?.this;
        let (revision, begun, open) = open_draft(ctx, tx, &loaded)?;
        if !open.section(section.id) {
            return Err(Error::Refused(CLOSED_SECTION.into()));
        }
        let desk = Desk {
            current: store::sections::text(tx, revision.id, section.id)?,
            newest: store::sections::versions(tx, revision.id, section.id, 1)?.pop(),
            conflicts: conflicts_of(tx, &revision, section.id)?,
            loaded,
            revision,
            section,
        };
        Ok((desk, begun))
    }

    fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |text| text.version)
    }

    fn last_writer(&self) -> String {
        self.current
            .as_ref()
            .and_then(|text| text.saved_by_name.clone())
            .map_or_else(|| "Có người".into(), |name| format!("Đồng chí {name}"))
    }

    /// What is to become of a text; `None` when it says nothing new.
    fn fate_of(&self, ctx: &Ctx, text: &str, base_version: i64, autosave: bool) -> Option<Fate> {
        let Some(current) = &self.current else {
            return (!text.is_empty()).then_some(Fate::Current { replaces: None });
        };
        if current.text == text {
            return None;
        }
        let mine = current.saved_by == Some(ctx.actor.account);
        let age_within = |seconds: i64| current.saved_at >= moments_ago(ctx.now, seconds);
        let crossing = mine && base_version + 1 == current.version && age_within(CROSSING_SECONDS);
        if current.version != base_version && !crossing {
            return Some(Fate::Aside);
        }
        // A text that was voted on stays in the history.
        let one_version = autosave
            && mine
            && !crossing
            && self.revision.adopted_hash.is_none()
            && age_within(ONE_VERSION_SECONDS)
            && text.len() >= current.text.len();
        let replaces = self
            .newest
            .as_ref()
            .filter(|newest| {
                one_version && !newest.is_conflict && newest.version == current.version
            })
            .map(|newest| newest.id);
        Some(Fate::Current { replaces })
    }

    /// Makes a text the current one, with its sources carried over unless `passages` says them anew.
    fn write(
        &mut self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        text: &str,
        passages: Option<&[Passage]>,
        replaces: Option<i64>,
    ) -> Result<()> {
        let carried = match (passages, &self.current) {
            (None, Some(current)) => current
                .passages
                .as_ref()
                .map(|old| carry_over(old, text))
                .filter(|passages| passages.iter().any(|passage| passage.source.is_some())),
            _ => None,
        };
        let new = NewText {
            text,
            passages: passages.or(carried.as_deref()),
            by: ctx.actor.account,
            now: ctx.now,
        };
        store::sections::save(tx, self.revision.id, self.section.id, new, replaces)?;
        self.current = store::sections::text(tx, self.revision.id, self.section.id)?;
        Ok(())
    }

    /// Keeps a late text: in the row that the same person has open already, or in a new one.
    fn keep_aside(
        &mut self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        text: &str,
        base_version: i64,
    ) -> Result<i64> {
        let own = self.conflicts.iter().find(|conflict| {
            conflict.saved_by == Some(ctx.actor.account) && conflict.version == base_version
        });
        if let Some(own) = own {
            let row = own.id;
            if own.text != text {
                store::sections::update_conflict(tx, row, text, ctx.now)?;
                self.note(ctx, tx, EventKind::SectionSaved, "kept_aside")?;
            }
            return Ok(row);
        }
        let new = NewText {
            text,
            passages: None,
            by: ctx.actor.account,
            now: ctx.now,
        };
        let row = store::sections::keep_conflict(
            tx,
            self.revision.id,
            self.section.id,
            base_version,
            new,
        )?;
        self.note(ctx, tx, EventKind::SectionConflict, "kept_aside")?;
        self.conflicts = conflicts_of(tx, &self.revision, self.section.id)?;
        Ok(row)
    }

    fn note(&self, ctx: &Ctx, tx: &mut dyn Tx, kind: EventKind, how: &str) -> Result<()> {
        let detail = serde_json::json!({
            "revision": self.revision.number,
            "section": self.section.number,
            "version": self.version(),
            "how": how,
        });
        record(ctx, tx, &self.loaded, kind, detail, "")
    }

    fn saved(&self, ctx: &Ctx, tx: &mut dyn Tx, kept_aside: Option<i64>) -> Result<Saved> {
        Ok(Saved {
            version: self.version(),
            saved_at: ctx.now,
            others: meet(ctx, tx, &self.revision, self.section.id)?,
            kept_aside,
            open_conflicts: self.conflicts.len(),
        })
    }
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
        Settle::Merged(text) => Settle::Merged(clean_text(&text)?),
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
            Settle::KeepOther => desk.write(&ctx, tx, &other.text, None, None)?,
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
        let outline = Outline::load(tx, &loaded.campaign)?;
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
