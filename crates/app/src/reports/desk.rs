//! One section of a draft inside a transaction: what stands in it, what is to become of a new text, who else is here.

use super::content::Outline;
use super::draft::open_draft;
use super::steps::{own, record};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use domain::campaign::{Section, Writable};
use domain::event::EventKind;
use domain::ids::{AssignmentId, SectionId};
use domain::report::passages::{Passage, carry_over, own as own_words};
use jiff::{Timestamp, ToSpan};
use store::Tx;
use store::revisions::Revision;
use store::sections::{NewText, SectionText, SectionVersion};

/// How long after their last sign of life somebody still counts as having a section open.
const PRESENT_MINUTES: i64 = 3;
/// One person's saves within this time are one version, as long as the text does not shrink.
const ONE_VERSION_SECONDS: i64 = 60;
/// A save by the same person on the version before their own last one is a crossing of two requests, no conflict.
const CROSSING_SECONDS: i64 = 30;

pub(super) const CLOSED_SECTION: &str =
    "Mục này không được yêu cầu bổ sung nên giữ nguyên như lần gửi trước";

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

pub(super) struct WritablePlace {
    pub(super) this: Section,
    pub(super) previous: Option<Section>,
    pub(super) next: Option<Section>,
}

pub(super) fn writable_place(outline: &Outline, section: SectionId) -> Result<WritablePlace> {
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
pub(super) fn meet(
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

pub(super) fn moments_ago(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_sub(seconds.seconds()).unwrap_or(Timestamp::MIN)
}

pub(super) fn conflicts_of(
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

pub(super) enum Fate {
    /// It becomes the current text; a row of the history may be written over.
    Current {
        replaces: Option<i64>,
    },
    Aside,
}

/// The passages of a stored text; those of a unit's own words have no source.
pub(crate) fn passages_of(text: &SectionText) -> Vec<Passage> {
    text.passages
        .clone()
        .unwrap_or_else(|| own_words(&text.text))
}

/// One section of a draft with what stands in it, inside a transaction.
pub(crate) struct Desk {
    pub(crate) loaded: LoadedReport,
    pub(crate) revision: Revision,
    pub(super) section: Section,
    pub(crate) current: Option<SectionText>,
    pub(super) newest: Option<SectionVersion>,
    pub(super) conflicts: Vec<SectionVersion>,
}

impl Desk {
    pub(crate) fn open(
        ctx: &Ctx,
        tx: &mut dyn Tx,
        id: AssignmentId,
        section: SectionId,
    ) -> Result<(Desk, bool)> {
        let loaded = own(ctx, tx, id)?;
        let outline = ctx.outline(tx, &loaded.campaign)?;
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

    pub(crate) fn version(&self) -> i64 {
        self.current.as_ref().map_or(0, |text| text.version)
    }

    /// What stands in it as passages.
    pub(crate) fn passages(&self) -> Vec<Passage> {
        self.current.as_ref().map_or_else(Vec::new, passages_of)
    }

    pub(super) fn last_writer(&self) -> String {
        self.current
            .as_ref()
            .and_then(|text| text.saved_by_name.clone())
            .map_or_else(|| "Có người".into(), |name| format!("Đồng chí {name}"))
    }

    /// What is to become of a text; `None` when it says nothing new.
    pub(super) fn fate_of(
        &self,
        ctx: &Ctx,
        text: &str,
        base_version: i64,
        autosave: bool,
    ) -> Option<Fate> {
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
    pub(crate) fn write(
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
    pub(crate) fn keep_aside(
        &mut self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        text: &str,
        passages: Option<&[Passage]>,
        base_version: i64,
    ) -> Result<i64> {
        let own = self.conflicts.iter().find(|conflict| {
            conflict.saved_by == Some(ctx.actor.account) && conflict.version == base_version
        });
        if let Some(own) = own {
            let row = own.id;
            if own.text != text {
                store::sections::update_conflict(tx, row, text, passages, ctx.now)?;
                self.note(ctx, tx, EventKind::SectionSaved, "kept_aside")?;
            }
            return Ok(row);
        }
        self.keep_another(ctx, tx, text, passages, base_version)
    }

    /// Keeps a text that came in a file: beside every other that waits, once.
    pub(crate) fn keep_beside(
        &mut self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        text: &str,
        base_version: i64,
    ) -> Result<()> {
        if self.conflicts.iter().any(|waits| waits.text == text) {
            return Ok(());
        }
        self.keep_another(ctx, tx, text, None, base_version)?;
        Ok(())
    }

    fn keep_another(
        &mut self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        text: &str,
        passages: Option<&[Passage]>,
        base_version: i64,
    ) -> Result<i64> {
        let new = NewText {
            text,
            passages,
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

    pub(crate) fn note(
        &self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        kind: EventKind,
        how: &str,
    ) -> Result<()> {
        let detail = serde_json::json!({
            "revision": self.revision.number,
            "section": self.section.number,
            "version": self.version(),
            "how": how,
        });
        record(ctx, tx, &self.loaded, kind, detail, "")
    }

    pub(crate) fn saved(
        &self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        kept_aside: Option<i64>,
    ) -> Result<Saved> {
        Ok(Saved {
            version: self.version(),
            saved_at: ctx.now,
            others: meet(ctx, tx, &self.revision, self.section.id)?,
            kept_aside,
            open_conflicts: self.conflicts.len(),
        })
    }
}
