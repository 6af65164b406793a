//! Passages of a text that stand in other reports: what the checks of a report ask.
//!
//! Whoever writes learns that the text repeats an earlier report of the unit itself, or a report that they may read as
//! a superior. Of a neighbour's report they learn nothing, not even that something of it is in their text: that it
//! exists in these words would be told. The superior of both sees it, here and in the list of copies.

use super::FEWEST_RUNS;
use super::arriving::Sections;
use crate::copies::known::alone;
use crate::ctx::{Ctx, LoadedReport};
use crate::error::Result;
use crate::reach::Reach;
use analysis::passages::matches;
use analysis::runs::Runs;
use analysis::signature::Signature;
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId};
use domain::prose;
use std::collections::{HashMap, HashSet};
use store::Tx;
use store::section_copies::Place;
use store::work::NamedAssignment;

/// Campaigns before this one that are looked at.
const MOST_CAMPAIGNS: usize = 3;
/// Other reports whose passages are looked at because they are like the text as a whole, the likeliest first.
const MOST_REPORTS: usize = 8;
/// The same because they have a part of a section, for each section.
const MOST_OF_SECTION: usize = 4;
/// How alike a report of another unit must be as a whole for its passages to be looked at, of 10,000.
const LEAST_LIKE: u64 = 3_000;

/// A passage that stands in another report too.
#[derive(Debug, Clone)]
pub struct SimilarPassage {
    pub section: SectionId,
    /// Number of the passage (line) in the section, from 0.
    pub passage: usize,
    /// The other report; of the same unit when it is its own earlier one.
    pub other: NamedAssignment,
    pub is_own_earlier: bool,
    /// The section in which it stands there.
    pub other_section: SectionId,
    /// The words there.
    pub other_text: String,
    /// How much of the passage stands there, of 100: 50 and more.
    pub percent: usize,
}

/// The passages of `sections`, a text for the report `id`, that stand in an earlier report of the unit or in another
/// report of the campaign, as far as the actor may read it. Reports of units below and above are left out: what is
/// consolidated comes from there, or went there.
///
/// # Errors
/// Those of the database.
pub(crate) fn similar_passages(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    sections: &[(SectionId, &str)],
) -> Result<Vec<SimilarPassage>> {
    let plain: Vec<(SectionId, String)> = sections
        .iter()
        .map(|(section, text)| (*section, prose::plain(text)))
        .collect();
    let mut found = Vec::new();
    for other in own_earlier(tx, loaded)? {
        compare(tx, loaded, &plain, &HashSet::new(), &other, &mut found)?;
    }
    let likely = Likely::of(ctx, tx, loaded.assignment.campaign, &plain)?;
    for other in likely.readable(ctx, tx, loaded)? {
        compare(tx, loaded, &plain, &likely.common, &other, &mut found)?;
    }
    found.sort_by_key(|passage| {
        (
            passage.section,
            passage.passage,
            std::cmp::Reverse(passage.percent),
        )
    });
    found.dedup_by_key(|passage| (passage.section, passage.passage));
    Ok(found)
}

/// What the unit sent in the campaigns before, the newest first. The tree of another campaign may be that of other
/// organisations whose codes are the same.
fn own_earlier(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Vec<NamedAssignment>> {
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    let lineage = store::unit_history::lineage(tx, unit.body)?;
    let own = unit.seed;
    let mut campaigns = store::campaigns::list(tx)?;
    campaigns.retain(|other| {
        other.id != loaded.campaign.id && other.created_at <= loaded.campaign.created_at
    });
    campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.created_at));
    let mut others = Vec::new();
    for campaign in campaigns.into_iter().take(MOST_CAMPAIGNS) {
        if campaign.tree == unit.tree {
            for row in &lineage {
                if let Some(assignment) = store::assignments::of_unit(tx, campaign.id, *row)? {
                    others.push(store::work::named(tx, assignment.id)?);
                }
            }
            continue;
        }
        let Some(unit) = store::units::by_code(tx, campaign.tree, &own.code)? else {
            continue;
        };
        if !own.is_same_body(&unit.seed) {
            continue;
        }
        if let Some(assignment) = store::assignments::of_unit(tx, campaign.id, unit.id)? {
            others.push(store::work::named(tx, assignment.id)?);
        }
    }
    Ok(others)
}

/// What the fingerprints of the campaign say of a text.
struct Likely {
    /// Texts that are like it as a whole, the likeliest first.
    whole: Vec<RevisionId>,
    /// For each section the sections that have a part of it, those with most of it first.
    sections: Vec<Vec<Place>>,
    /// Its passages that everybody has, by section and line.
    common: HashSet<(SectionId, usize)>,
}

impl Likely {
    fn of(
        ctx: &Ctx,
        tx: &mut dyn Tx,
        campaign: CampaignId,
        texts: &[(SectionId, String)],
    ) -> Result<Likely> {
        let parts = || texts.iter().map(|(id, text)| (*id, text.as_str()));
        let signature = Signature::of(parts().map(|(_, text)| text));
        let sections = Sections::of(parts());
        let lines = parts().flat_map(|(id, text)| {
            let lines = text.lines().enumerate();
            lines.map(move |(number, line)| ((id, number), line))
        });
        let slot = ctx.app().fingerprints.of(campaign);
        let mut known = alone(&slot);
        known.follow(tx, campaign)?;
        let whole = signature.map(|signature| known.like(&signature, LEAST_LIKE, MOST_REPORTS * 4));
        let is_common = |line: &str| !known.common_blocks(&Runs::of(line)).is_empty();
        Ok(Likely {
            whole: whole.unwrap_or_default(),
            sections: sections
                .each()
                .map(|(_, runs)| known.sections_like(runs))
                .collect(),
            common: lines
                .filter(|(_, line)| is_common(line))
                .map(|(place, _)| place)
                .collect(),
        })
    }

    /// The reports to be compared with the text, of those that the actor may read.
    fn readable(
        &self,
        ctx: &Ctx,
        tx: &mut dyn Tx,
        loaded: &LoadedReport,
    ) -> Result<Vec<NamedAssignment>> {
        let in_sections = self.sections.iter().flatten().map(|place| place.0);
        let mut all: Vec<RevisionId> = self.whole.iter().copied().chain(in_sections).collect();
        all.sort_unstable();
        all.dedup();
        let reports: HashMap<RevisionId, AssignmentId> =
            store::copies::that_count(tx, &all)?.into_iter().collect();
        let mut reach = Reach::of(ctx, tx, loaded.campaign.clone())?;
        let mut asked: HashMap<AssignmentId, Option<NamedAssignment>> = HashMap::new();
        let mut chosen = Vec::new();
        let mut choose = |tx: &mut dyn Tx, revisions: &[RevisionId], most: usize| -> Result<()> {
            let mut count = 0;
            let reports = revisions
                .iter()
                .filter_map(|revision| reports.get(revision));
            for report in reports.filter(|report| **report != loaded.assignment.id) {
                if count == most {
                    break;
                }
                if !asked.contains_key(report) {
                    let other = named_readable(tx, &mut reach, loaded, *report)?;
                    chosen.extend(other.clone());
                    asked.insert(*report, other);
                }
                count += usize::from(asked[report].is_some());
            }
            Ok(())
        };
        choose(tx, &self.whole, MOST_REPORTS)?;
        for section in &self.sections {
            let revisions: Vec<RevisionId> = section.iter().map(|place| place.0).collect();
            choose(tx, &revisions, MOST_OF_SECTION)?;
        }
        Ok(chosen)
    }
}

/// A report that the actor may read and that is of no unit below or above that of the text.
fn named_readable(
    tx: &mut dyn Tx,
    reach: &mut Reach,
    loaded: &LoadedReport,
    report: AssignmentId,
) -> Result<Option<NamedAssignment>> {
    let other = store::work::named(tx, report)?;
    let there = store::units::place(tx, other.assignment.terms.unit)?;
    let here = loaded.subject.unit;
    let is_apart = !here.holds(there) && !there.holds(here);
    let is_readable = is_apart && reach.may_read(tx, &other.assignment)?;
    Ok(is_readable.then_some(other))
}

/// Looks for the passages of the text in another report, but for those that everybody has.
fn compare(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    texts: &[(SectionId, String)],
    common: &HashSet<(SectionId, usize)>,
    other: &NamedAssignment,
    found: &mut Vec<SimilarPassage>,
) -> Result<()> {
    let Some(revision) = store::revisions::sent(tx, other.assignment.id)?.pop() else {
        return Ok(());
    };
    let theirs: Vec<(SectionId, String)> = store::sections::texts(tx, revision.id)?
        .into_iter()
        .map(|text| (text.section, prose::plain(&text.text)))
        .collect();
    let (mine, theirs) = (lines(texts), lines(&theirs));
    let all: Vec<&str> = mine.iter().map(|line| line.text).collect();
    let others: Vec<&str> = theirs.iter().map(|line| line.text).collect();
    for here in matches(&all, &others, FEWEST_RUNS) {
        let (line, there) = (&mine[here.passage], &theirs[here.other]);
        if common.contains(&(line.section, line.number)) {
            continue;
        }
        found.push(SimilarPassage {
            section: line.section,
            passage: line.number,
            other: other.clone(),
            is_own_earlier: other.assignment.campaign != loaded.campaign.id,
            other_section: there.section,
            other_text: there.text.to_owned(),
            percent: here.percent(),
        });
    }
    Ok(())
}

/// A passage of a section.
struct Passage<'t> {
    section: SectionId,
    /// From 0.
    number: usize,
    text: &'t str,
}

fn lines(texts: &[(SectionId, String)]) -> Vec<Passage<'_>> {
    let each = texts.iter().flat_map(|(section, text)| {
        let lines = text.lines().enumerate();
        lines.map(|(number, text)| Passage {
            section: *section,
            number,
            text,
        })
    });
    each.collect()
}
