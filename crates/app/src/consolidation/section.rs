//! One section: the own draft as passages beside what each unit below wrote in it.

use super::overview::{UnitQuery, page_of};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reports::desk::passages_of;
use crate::reports::draft::{SectionEditor, open_section};
use crate::reports::steps::own;
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::merging::{Taken, Usage, usages};
use domain::report::passages::{Passage, Source};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use store::Tx;
use store::consolidation::{SentReport, SentSection};

/// Units on one page.
const UNITS_PER_PAGE: usize = 12;
/// What a passage counts for beside its text, so that many short ones do not make a long page.
const EACH_PASSAGE: usize = 200;
/// Most text of one unit, in bytes, beside that of the others; the rest has a page of its own.
const BRIEF: usize = 3_500;
/// Most text of the one unit asked for.
const LONG: usize = 40_000;

/// What to show of the units below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionQuery {
    pub units: UnitQuery,
    /// Only this report, with more of its text.
    pub only: Option<AssignmentId>,
    /// The first passage of that report, from 0.
    pub from: usize,
}

/// A section as the consolidator sees it.
#[derive(Debug, Clone)]
pub struct SectionDesk {
    pub editor: SectionEditor,
    pub own: Vec<OwnPassage>,
    /// The units of this page that wrote in it, in tree order.
    pub units: Vec<UnitWords>,
    /// How many units wrote in it and match, on all pages.
    pub found: usize,
    pub pages: usize,
    /// Units that sent a report without a word in this section, and units that sent none.
    pub wordless: Vec<String>,
    pub silent: Vec<String>,
}

/// Whether the unit sent another report after a passage was taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Newer {
    No,
    /// It did, and these words stand in it still.
    Unchanged,
    /// It did, and these words do not stand in it any more.
    Changed,
    /// It asked its report back and has sent none since.
    Withdrawn,
}

/// A passage of the own draft.
#[derive(Debug, Clone)]
pub struct OwnPassage {
    pub passage: Passage,
    /// The unit it came from.
    pub unit_name: Option<String>,
    pub newer: Newer,
}

/// What one unit wrote.
#[derive(Debug, Clone)]
pub struct UnitWords {
    pub report: SentReport,
    pub revision: RevisionId,
    /// The passages shown, with their index and what the own draft made of them.
    pub passages: Vec<(usize, Passage, Usage)>,
    /// How many there are.
    pub all: usize,
    pub used: usize,
    /// The index behind the last one shown.
    pub next: usize,
}

/// Opens a section beside what the units below wrote in it.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the unit and who drafts for it, and for headings.
pub fn section(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
    query: &SectionQuery,
) -> Result<SectionDesk> {
    let editor = open_section(ctx, id, section)?;
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let (campaign, unit) = (loaded.campaign.id, loaded.assignment.terms.unit);
        let all = store::consolidation::reports_to(tx, campaign, unit)?;
        let draft = editor.current.as_ref().map_or_else(Vec::new, passages_of);
        let wrote: HashSet<AssignmentId> =
            store::consolidation::written_sections(tx, campaign, unit)?
                .into_iter()
                .filter(|(_, written)| *written == section)
                .map(|(report, _)| report)
                .collect();
        let (wordless, silent) = without_words(&all, &wrote);
        let known = Known::load(tx, &all, &draft, section)?;
        let own = draft
            .iter()
            .map(|passage| known.own(passage.clone(), section))
            .collect();
        let written: Vec<SentReport> = all
            .into_iter()
            .filter(|report| wrote.contains(&report.assignment))
            .filter(|report| query.only.is_none_or(|only| only == report.assignment))
            .collect();
        if query.only.is_some() && written.is_empty() {
            return Err(Error::NotFound);
        }
        let (shown, found, pages) = page_of(written, &query.units, UNITS_PER_PAGE);
        let revisions: Vec<RevisionId> = shown.iter().filter_map(|unit| unit.revision).collect();
        let mut texts: HashMap<RevisionId, SentSection> =
            store::consolidation::sections_of(tx, &revisions, Some(section))?
                .into_iter()
                .map(|written| (written.revision, written))
                .collect();
        let units = shown
            .into_iter()
            .filter_map(|report| {
                let words = texts.remove(&report.revision?)?;
                Some(known.words(report, words, &draft, query))
            })
            .collect();
        Ok(SectionDesk {
            editor,
            own,
            units,
            found,
            pages,
            wordless,
            silent,
        })
    })
}

fn without_words(all: &[SentReport], wrote: &HashSet<AssignmentId>) -> (Vec<String>, Vec<String>) {
    let (mut wordless, mut silent) = (Vec::new(), Vec::new());
    for report in all.iter().filter(|report| report.state.is_expected()) {
        let name = report.unit_name.clone();
        match report.revision {
            None => silent.push(name),
            Some(_) if !wrote.contains(&report.assignment) => wordless.push(name),
            Some(_) => {}
        }
    }
    (wordless, silent)
}

/// What is known of the reports that the own draft was taken from.
struct Known {
    /// Name and newest sent revision of each report below.
    reports: HashMap<AssignmentId, (String, Option<RevisionId>)>,
    /// The section in older revisions that something was taken from, and in the newest ones of the same reports.
    texts: HashMap<RevisionId, Vec<Passage>>,
}

impl Known {
    fn load(
        tx: &mut dyn Tx,
        all: &[SentReport],
        draft: &[Passage],
        section: SectionId,
    ) -> Result<Known> {
        let reports: HashMap<AssignmentId, (String, Option<RevisionId>)> = all
            .iter()
            .map(|report| {
                let known = (report.unit_name.clone(), report.revision);
                (report.assignment, known)
            })
            .collect();
        let mut wanted = HashSet::new();
        for source in draft.iter().filter_map(|passage| passage.source) {
            let newest = reports
                .get(&source.assignment)
                .and_then(|(_, newest)| *newest);
            if newest != Some(source.revision) {
                wanted.insert(source.revision);
                wanted.extend(newest);
            }
        }
        let wanted: Vec<RevisionId> = wanted.into_iter().collect();
        let texts = store::consolidation::sections_of(tx, &wanted, Some(section))?
            .into_iter()
            .map(|written| (written.revision, written.passages))
            .collect();
        Ok(Known { reports, texts })
    }

    /// The words of a source in a revision that is not the newest.
    fn original(&self, source: Source) -> Option<&str> {
        let passages = self.texts.get(&source.revision)?;
        let at = usize::try_from(source.passage).ok()?;
        passages.get(at).map(|passage| passage.text.as_str())
    }

    fn own(&self, passage: Passage, section: SectionId) -> OwnPassage {
        let Some(source) = passage.source else {
            return OwnPassage {
                passage,
                unit_name: None,
                newer: Newer::No,
            };
        };
        let report = self.reports.get(&source.assignment);
        let newest = report.and_then(|(_, newest)| *newest);
        let newer = match newest {
            Some(newest) if newest != source.revision && source.section == section => {
                let now = self.texts.get(&newest).map_or(&[][..], Vec::as_slice);
                let words = self.original(source);
                if now
                    .iter()
                    .any(|passage| Some(passage.text.as_str()) == words)
                {
                    Newer::Unchanged
                } else {
                    Newer::Changed
                }
            }
            None => Newer::Withdrawn,
            Some(_) => Newer::No,
        };
        OwnPassage {
            unit_name: report.map(|(name, _)| name.clone()),
            newer,
            passage,
        }
    }

    fn words(
        &self,
        report: SentReport,
        words: SentSection,
        draft: &[Passage],
        query: &SectionQuery,
    ) -> UnitWords {
        let taken: Vec<Taken<'_>> = draft
            .iter()
            .filter_map(|passage| {
                let source = passage.source?;
                let ours = source.assignment == words.assignment && source.section == words.section;
                ours.then(|| Taken {
                    source,
                    edited: passage.edited,
                    original: self.original(source),
                })
            })
            .collect();
        let usages = usages(&words.passages, words.revision, &taken);
        let all = words.passages.len();
        let used = usages.iter().filter(|usage| **usage != Usage::New).count();
        let (from, most) = match query.only {
            Some(_) => (query.from.min(all), LONG),
            None => (0, BRIEF),
        };
        let (mut passages, mut bytes) = (Vec::new(), 0);
        let from_here = words
            .passages
            .into_iter()
            .zip(usages)
            .enumerate()
            .skip(from);
        for (index, (passage, usage)) in from_here {
            bytes += passage.text.len() + EACH_PASSAGE;
            if !passages.is_empty() && bytes > most {
                break;
            }
            passages.push((index, passage, usage));
        }
        UnitWords {
            revision: words.revision,
            next: from + passages.len(),
            passages,
            all,
            used,
            report,
        }
    }
}
