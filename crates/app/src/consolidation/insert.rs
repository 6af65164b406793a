//! Putting passages of the reports below into a section of the own draft.

use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use crate::reports::desk::{Desk, Saved};
use crate::reports::draft::{clean_text, kind_of_save};
use domain::event::EventKind;
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::merging::{insert, not_yet_in};
use domain::report::passages::{Passage, Source, carry_over, own, paragraphs, text_of};
use serde::Deserialize;
use store::Tx;
use store::consolidation::SentSection;

/// Most passages in one go.
const MOST_PICKS: usize = 2_000;

/// What is taken from one sent report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Pick {
    pub revision: RevisionId,
    /// Index of the paragraph, from 0; the whole section without one.
    #[serde(default)]
    pub passage: Option<u32>,
}

/// What somebody made of a section on the page of consolidation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// The version that was on the page; 0 for none.
    pub base_version: i64,
    /// The own text as it was typed on; `None` leaves it.
    pub text: Option<String>,
    pub picks: Vec<Pick>,
    /// Behind how many paragraphs of the own text they go; at the end without it.
    pub at: Option<usize>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    pub saved: Saved,
    /// How many passages came in; those that were in already are not put in twice.
    pub inserted: usize,
}

/// Saves the own text and puts the picked passages into it. When somebody else saved meanwhile, passages go into
/// the newer text; a text that was typed on as well is kept beside it, as in the editor of the section.
///
/// # Errors
/// [`Error::NotFound`] for a report that was not sent to the unit; [`Error::Refused`] when the own one is closed.
pub fn write(ctx: &Ctx, id: AssignmentId, section: SectionId, edit: Edit) -> Result<Inserted> {
    if edit.picks.len() > MOST_PICKS {
        return Err(Error::TooLarge(format!(
            "Mỗi lần chỉ đưa vào được {MOST_PICKS} đoạn. Hãy chọn ít hơn"
        )));
    }
    let typed = edit.text.as_deref().map(clean_text).transpose()?;
    if let Some(text) = &typed {
        crate::secrets::refuse_text(ctx, text)?;
    }
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let (mut desk, begun) = Desk::open(&ctx, tx, id, section)?;
        let picked = picked(tx, &desk.loaded, section, &edit.picks)?;
        let current = desk.passages();
        let base = base_of(tx, &desk, section, edit.base_version)?;
        let is_newest = desk.version() == edit.base_version;
        let base = base.as_deref().unwrap_or(&current);
        let (is_typed, mine) = match &typed {
            Some(text) if differs(text, base) && differs(text, &current) => {
                (true, carry_over(base, text))
            }
            _ => (false, base.to_vec()),
        };
        let at = edit.at.unwrap_or(usize::MAX);
        let new = not_yet_in(&mine, picked.clone());
        let mut inserted = new.len();
        let mut wanted = insert(mine, new, at);
        if !is_newest && !is_typed {
            let new = not_yet_in(&current, picked);
            inserted = new.len();
            wanted = insert(current.clone(), new, at);
        }
        let text = clean_text(&text_of(&wanted))?;
        if wanted == current {
            // A second click, or nothing new.
            let inserted = if is_newest { inserted } else { 0 };
            let saved = desk.saved(&ctx, tx, None)?;
            return Ok(Inserted { saved, inserted });
        }
        if !is_newest && is_typed {
            let row = desk.keep_aside(&ctx, tx, &text, Some(&wanted), edit.base_version)?;
            let saved = desk.saved(&ctx, tx, Some(row))?;
            return Ok(Inserted { saved, inserted });
        }
        let sourced = wanted.iter().any(|passage| passage.source.is_some());
        if sourced {
            desk.write(&ctx, tx, &text, Some(&wanted), None)?;
        } else {
            desk.write(&ctx, tx, &text, None, None)?;
        }
        let (kind, how) = if inserted > 0 {
            (EventKind::PassageInserted, "passages")
        } else {
            (EventKind::SectionSaved, "saved")
        };
        desk.note(&ctx, tx, kind_of_save(begun, kind), how)?;
        let saved = desk.saved(&ctx, tx, None)?;
        Ok(Inserted { saved, inserted })
    })
}

/// A text says something else than these passages.
fn differs(text: &str, passages: &[Passage]) -> bool {
    !paragraphs(text).eq(passages.iter().map(|passage| passage.text.as_str()))
}

/// The passages that stood on the page; `None` when that version is not known any more.
fn base_of(
    tx: &mut dyn Tx,
    desk: &Desk,
    section: SectionId,
    version: i64,
) -> Result<Option<Vec<Passage>>> {
    if version == desk.version() {
        return Ok(None);
    }
    if version == 0 {
        return Ok(Some(Vec::new()));
    }
    let old = store::sections::version_numbered(tx, desk.revision.id, section, version)?;
    Ok(old.map(|old| old.passages.unwrap_or_else(|| own(&old.text))))
}

/// The picked passages with their sources, in the order of the picks.
fn picked(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    section: SectionId,
    picks: &[Pick],
) -> Result<Vec<Passage>> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut revisions: Vec<RevisionId> = picks.iter().map(|pick| pick.revision).collect();
    revisions.sort_unstable();
    revisions.dedup();
    let mut sent = Vec::new();
    for revision in revisions {
        sent.push(sent_to(tx, loaded, revision, section)?);
    }
    for pick in picks {
        let from = sent
            .iter()
            .find(|from| from.written.revision == pick.revision);
        let from = from.ok_or(Error::NotFound)?;
        for (index, words) in (0..).zip(&from.written.passages) {
            if pick.passage.is_none_or(|wanted| wanted == index) {
                passages.extend(not_yet_in(&passages, vec![from.passage(index, words)]));
            }
        }
        if let Some(wanted) = pick.passage
            && usize::try_from(wanted).is_ok_and(|wanted| wanted >= from.written.passages.len())
        {
            return Err(Error::NotFound);
        }
    }
    Ok(passages)
}

/// A section of a report that was sent to the unit.
struct SentTo {
    unit: domain::ids::UnitId,
    written: SentSection,
}

impl SentTo {
    fn passage(&self, index: u32, words: &Passage) -> Passage {
        Passage {
            text: words.text.clone(),
            source: Some(Source {
                unit: self.unit,
                assignment: self.written.assignment,
                revision: self.written.revision,
                section: self.written.section,
                passage: index,
            }),
            edited: false,
        }
    }
}

fn sent_to(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    revision: RevisionId,
    section: SectionId,
) -> Result<SentTo> {
    let frozen = store::revisions::by_id(tx, revision)?;
    let from = store::assignments::by_id(tx, frozen.assignment)?;
    let own = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    let lineage = store::unit_history::lineage(tx, own.body)?;
    let is_ours = from.campaign == loaded.campaign.id
        && (from.terms.addressee).is_some_and(|addressee| lineage.contains(&addressee));
    if !is_ours || !frozen.is_frozen() || frozen.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    let (unit, written) =
        store::consolidation::section_of(tx, revision, section)?.ok_or(Error::NotFound)?;
    Ok(SentTo { unit, written })
}
