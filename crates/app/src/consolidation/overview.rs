//! The overview: which unit wrote in which section, who is silent, and what of it the own draft uses.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::reports::content::{FigureSource, figure_source};
use crate::reports::desk::passages_of;
use crate::reports::steps::own;
use domain::campaign::{Section, Writable};
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::merging::Share;
use domain::report::passages::{Passage, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::consolidation::{SentReport, SentSection};
use store::work::NamedAssignment;

/// Units on one page of the matrix, and about how many of its cells: fewer units when there are many sections.
const MOST_UNITS: usize = 20;
const MOST_CELLS: usize = 1_200;

/// Which of the units below to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitQuery {
    /// Part of a name or code; all when it is empty.
    pub name: String,
    /// From 1.
    pub page: usize,
}

/// A consolidated report with what lies below it.
#[derive(Debug, Clone)]
pub struct Overview {
    pub report: NamedAssignment,
    pub source: FigureSource,
    /// The sections to write.
    pub sections: Vec<SectionLine>,
    /// Reports expected from the units below, and those that were sent.
    pub expected: usize,
    pub sent: usize,
    /// Units that have sent nothing yet.
    pub silent: Vec<String>,
    /// Units that sent a newer report after something was taken from an earlier one.
    pub newer: Vec<String>,
    /// The units of this page.
    pub units: Vec<UnitLine>,
    /// How many units match, on all pages.
    pub found: usize,
    pub pages: usize,
}

/// One section of the outline.
#[derive(Debug, Clone)]
pub struct SectionLine {
    pub section: Section,
    /// How many units wrote in it.
    pub written_by: usize,
    /// Paragraphs of the own draft, and those of them that came from below.
    pub passages: usize,
    pub from_below: usize,
}

/// One unit below.
#[derive(Debug, Clone)]
pub struct UnitLine {
    pub report: SentReport,
    /// By section, in the order of the outline; `None` where it wrote nothing.
    pub shares: Vec<Option<Share>>,
}

/// Opens the overview.
///
/// # Errors
/// [`crate::Error::NotFound`] for everybody but the unit and who drafts for it.
pub fn overview(ctx: &Ctx, id: AssignmentId, query: &UnitQuery) -> Result<Overview> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let (campaign, unit) = (loaded.campaign.id, loaded.assignment.terms.unit);
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let sections: Vec<Section> = outline
            .sections
            .iter()
            .filter(|section| section.writable != Writable::Heading)
            .cloned()
            .collect();
        let all = store::consolidation::reports_to(tx, campaign, unit)?;
        let mut written_by: HashMap<SectionId, usize> = HashMap::new();
        for (_, section) in store::consolidation::written_sections(tx, campaign, unit)? {
            *written_by.entry(section).or_default() += 1;
        }
        let draft = match store::revisions::by_number(tx, id, loaded.assignment.revision)? {
            Some(revision) => store::sections::texts(tx, revision.id)?,
            None => Vec::new(),
        };
        let draft: HashMap<SectionId, Vec<Passage>> = draft
            .iter()
            .map(|text| (text.section, passages_of(text)))
            .collect();
        let taken = Taken::of(&draft);
        let counts = Counts::of(&all, &taken);
        let per_page = (MOST_CELLS / sections.len().max(1)).clamp(4, MOST_UNITS);
        let (shown, found, pages) = page_of(all, query, per_page);
        let revisions: Vec<RevisionId> = shown.iter().filter_map(|unit| unit.revision).collect();
        let written = store::consolidation::sections_of(tx, &revisions, None)?;
        Ok(Overview {
            report: store::work::named(tx, id)?,
            source: figure_source(tx, &loaded.assignment)?,
            units: lines(shown, &sections, &written, &taken),
            sections: sections
                .into_iter()
                .map(|section| line(section, &written_by, &draft))
                .collect(),
            expected: counts.expected,
            sent: counts.sent,
            silent: counts.silent,
            newer: counts.newer,
            found,
            pages,
        })
    })
}

fn line(
    section: Section,
    written_by: &HashMap<SectionId, usize>,
    draft: &HashMap<SectionId, Vec<Passage>>,
) -> SectionLine {
    let passages = draft.get(&section.id).map_or(&[][..], Vec::as_slice);
    SectionLine {
        written_by: written_by.get(&section.id).copied().unwrap_or(0),
        passages: passages.len(),
        from_below: passages
            .iter()
            .filter(|passage| passage.source.is_some())
            .count(),
        section,
    }
}

/// What the own draft took from below.
struct Taken {
    sources: BTreeMap<(AssignmentId, SectionId), BTreeSet<(RevisionId, u32)>>,
    /// The oldest revision that something was taken from.
    oldest: HashMap<AssignmentId, RevisionId>,
}

impl Taken {
    fn of(draft: &HashMap<SectionId, Vec<Passage>>) -> Taken {
        let mut taken = Taken {
            sources: BTreeMap::new(),
            oldest: HashMap::new(),
        };
        let sources = draft
            .values()
            .flatten()
            .filter_map(|passage| passage.source);
        for source in sources {
            taken.note(source);
        }
        taken
    }

    fn note(&mut self, source: Source) {
        let key = (source.assignment, source.section);
        let passages = self.sources.entry(key).or_default();
        passages.insert((source.revision, source.passage));
        let oldest = self
            .oldest
            .entry(source.assignment)
            .or_insert(source.revision);
        *oldest = source.revision.min(*oldest);
    }
}

/// Counts over all units below.
struct Counts {
    expected: usize,
    sent: usize,
    silent: Vec<String>,
    newer: Vec<String>,
}

impl Counts {
    fn of(all: &[SentReport], taken: &Taken) -> Counts {
        let mut counts = Counts {
            expected: 0,
            sent: 0,
            silent: Vec::new(),
            newer: Vec::new(),
        };
        for unit in all.iter().filter(|unit| unit.state.is_expected()) {
            counts.expected += 1;
            let name = || unit.unit_name.clone();
            match unit.revision {
                None => counts.silent.push(name()),
                Some(latest) => {
                    counts.sent += 1;
                    let oldest = taken.oldest.get(&unit.assignment);
                    if oldest.is_some_and(|used| *used < latest) {
                        counts.newer.push(name());
                    }
                }
            }
        }
        counts
    }
}

/// The units of one page, how many match, and how many pages they make.
pub(super) fn page_of(
    mut all: Vec<SentReport>,
    query: &UnitQuery,
    per_page: usize,
) -> (Vec<SentReport>, usize, usize) {
    let wanted = domain::text::fold(&query.name);
    all.retain(|unit| {
        wanted.is_empty()
            || domain::text::fold(&unit.unit_name).contains(&wanted)
            || domain::text::fold(&unit.unit_code).contains(&wanted)
    });
    let found = all.len();
    let pages = found.div_ceil(per_page).max(1);
    let skipped = (query.page.clamp(1, pages) - 1) * per_page;
    let shown = all.into_iter().skip(skipped).take(per_page).collect();
    (shown, found, pages)
}

fn lines(
    shown: Vec<SentReport>,
    sections: &[Section],
    written: &[SentSection],
    taken: &Taken,
) -> Vec<UnitLine> {
    let counts: HashMap<(AssignmentId, SectionId), usize> = written
        .iter()
        .filter(|written| !written.passages.is_empty())
        .map(|written| {
            (
                (written.assignment, written.section),
                written.passages.len(),
            )
        })
        .collect();
    shown
        .into_iter()
        .map(|report| UnitLine {
            shares: sections
                .iter()
                .map(|section| {
                    let key = (report.assignment, section.id);
                    let used = taken.sources.get(&key).map_or(0, BTreeSet::len);
                    counts.get(&key).map(|all| Share::of(used, *all))
                })
                .collect(),
            report,
        })
        .collect()
}
