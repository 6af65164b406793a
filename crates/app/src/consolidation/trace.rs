//! Where a passage came from: down through every level to the unit that wrote it.

use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use crate::reports::desk::passages_of;
use crate::reports::steps::is_own;
use domain::access::{Subject, Wish};
use domain::campaign::Section;
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::diff::{DiffLine, compare, differs};
use domain::report::passages::{Passage, Source, text_of};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;
use store::revisions::Revision;
use store::work::NamedAssignment;

/// More levels than any hierarchy has.
const MOST_LEVELS: usize = 16;

/// A passage with the way it took.
#[derive(Debug, Clone)]
pub struct Trace {
    pub report: NamedAssignment,
    pub section: Section,
    /// Index of the paragraph, from 0.
    pub index: usize,
    pub passage: Passage,
    /// From the level directly below down to the unit that wrote it; empty for own words.
    pub hops: Vec<Hop>,
    /// The way goes on where the reader may not look.
    pub is_cut: bool,
}

/// One level of the way.
#[derive(Debug, Clone)]
pub struct Hop {
    pub source: Source,
    pub unit_name: String,
    pub revision_number: i64,
    pub sent_at: Option<Timestamp>,
    /// Number and date of the document.
    pub issued: Option<(String, Date)>,
    /// Number and title of the section.
    pub section: String,
    /// The words that stand there; `None` when the unit has asked its report back.
    pub words: Option<String>,
    /// Word by word from here to the level above; empty when nothing changed.
    pub changed: Vec<DiffLine>,
    pub newer: Option<NewerRevision>,
}

/// A report that the unit sent after the passage was taken.
#[derive(Debug, Clone)]
pub struct NewerRevision {
    pub number: i64,
    pub sent_at: Option<Timestamp>,
    /// The section then and now, word by word; empty when it did not change.
    pub changed: Vec<DiffLine>,
}

/// Follows a passage of a report down; the unit follows its draft, others what was sent to them.
///
/// # Errors
/// [`Error::NotFound`] for a report that the actor may not read, and where no such passage is.
pub fn trace(ctx: &Ctx, id: AssignmentId, section: SectionId, index: usize) -> Result<Trace> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let is_own = is_own(ctx, &loaded);
        let revision = if is_own {
            store::revisions::by_number(tx, id, loaded.assignment.revision)?
        } else {
            store::revisions::sent(tx, id)?.pop()
        };
        let revision = revision.ok_or(Error::NotFound)?;
        let text = store::sections::text(tx, revision.id, section)?.ok_or(Error::NotFound)?;
        let passage = passages_of(&text).into_iter().nth(index);
        let passage = passage.ok_or(Error::NotFound)?;
        let sections = store::campaigns::sections(tx, loaded.campaign.id)?;
        let mut way = Trace {
            report: store::work::named(tx, id)?,
            section: find(&sections, section).ok_or(Error::NotFound)?.clone(),
            index,
            hops: Vec::new(),
            is_cut: false,
            passage,
        };
        let mut above = way.passage.clone();
        while let Some(source) = above.source {
            // Who is asked for a report below is no secret to the unit.
            let is_below = is_own && way.hops.is_empty();
            let next = readable(ctx, tx, source, is_below)?;
            let Some(revision) = next.filter(|_| way.hops.len() < MOST_LEVELS) else {
                way.is_cut = true;
                break;
            };
            let (hop, words) = hop(tx, &sections, source, &revision, &above.text)?;
            way.hops.push(hop);
            match words {
                Some(words) => above = words,
                None => break,
            }
        }
        Ok(way)
    })
}

fn find(sections: &[Section], id: SectionId) -> Option<&Section> {
    sections.iter().find(|section| section.id == id)
}

/// The revision of a source, when the actor may know of it.
fn readable(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    source: Source,
    is_below: bool,
) -> Result<Option<Revision>> {
    let loaded = load_report(tx, source.assignment)?;
    let revision = store::revisions::by_id(tx, source.revision)?;
    let may = is_below || ctx.may(Wish::ReadReport, &Subject::Report(loaded.subject));
    Ok((may && revision.is_frozen()).then_some(revision))
}

/// One level, and the passage that stands there with its own source.
fn hop(
    tx: &mut dyn Tx,
    sections: &[Section],
    source: Source,
    revision: &Revision,
    above: &str,
) -> Result<(Hop, Option<Passage>)> {
    let there = passages(tx, revision.id, source.section)?;
    let at = usize::try_from(source.passage).unwrap_or(usize::MAX);
    let passage = there
        .get(at)
        .filter(|_| revision.withdrawn_at.is_none())
        .cloned();
    let issued = store::issued::of_revision(tx, revision.id)?;
    let newest = store::revisions::sent(tx, source.assignment)?.pop();
    let newer = match newest.filter(|newest| newest.number > revision.number) {
        Some(newest) => {
            let now = passages(tx, newest.id, source.section)?;
            Some(NewerRevision {
                number: newest.number,
                sent_at: newest.sent_at,
                changed: difference(&text_of(&there), &text_of(&now)),
            })
        }
        None => None,
    };
    let words = passage.as_ref().map(|passage| passage.text.clone());
    let hop = Hop {
        source,
        unit_name: store::units::by_id(tx, source.unit)?.seed.name,
        revision_number: revision.number,
        sent_at: revision.sent_at,
        issued: issued.map(|issued| (issued.symbol, issued.dated)),
        section: find(sections, source.section).map_or_else(String::new, |section| {
            format!("{}. {}", section.number, section.title)
        }),
        changed: words
            .as_deref()
            .map_or_else(Vec::new, |words| difference(words, above)),
        words,
        newer: newer.filter(|_| revision.withdrawn_at.is_none()),
    };
    Ok((hop, passage))
}

fn passages(tx: &mut dyn Tx, revision: RevisionId, section: SectionId) -> Result<Vec<Passage>> {
    let written = store::consolidation::section_of(tx, revision, section)?;
    Ok(written.map_or_else(Vec::new, |(_, written)| written.passages))
}

fn difference(old: &str, new: &str) -> Vec<DiffLine> {
    let lines = compare(old, new);
    if differs(&lines) { lines } else { Vec::new() }
}
