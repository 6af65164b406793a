//! The sections of a report that is taken in which stand in other reports of the campaign.

use super::FEWEST_WORDS;
use super::known::Known;
use crate::error::Result;
use analysis::runs::{Runs, Sample};
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::org::Interval;
use domain::prose;
use std::collections::{HashMap, HashSet};
use store::Tx;
use store::section_copies::{Place, SectionCopy};

/// Sections with a part of a new one that are compared with it word by word, those with most of it first.
const MOST_LIKE: usize = 64;

/// The sections of a text that are long enough to be looked for.
pub(crate) struct Sections(Vec<(SectionId, Runs)>);

impl Sections {
    /// Of a text without markup.
    pub(crate) fn of<'t>(texts: impl IntoIterator<Item = (SectionId, &'t str)>) -> Sections {
        let runs = texts.into_iter().map(|(id, text)| (id, Runs::of(text)));
        Sections(
            runs.filter(|(_, runs)| runs.words() >= FEWEST_WORDS)
                .collect(),
        )
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = &(SectionId, Runs)> {
        self.0.iter()
    }

    pub(crate) fn samples(&self) -> Vec<(SectionId, Sample)> {
        self.each().map(|(id, runs)| (*id, runs.sample())).collect()
    }
}

/// What of a new report stands in sections of the reports that are known; of those above and below its unit nothing,
/// because there it is consolidated.
pub(crate) fn copied_sections(
    tx: &mut dyn Tx,
    known: &Known,
    (report, revision): (AssignmentId, RevisionId),
    sections: &Sections,
) -> Result<Vec<SectionCopy>> {
    let like: Vec<(&(SectionId, Runs), Vec<Place>)> = sections
        .each()
        .map(|section| (section, known.sections_like(&section.1)))
        .filter(|(_, like)| !like.is_empty())
        .collect();
    let mut others: Vec<RevisionId> = like
        .iter()
        .flat_map(|(_, like)| like)
        .map(|place| place.0)
        .collect();
    others.sort_unstable();
    others.dedup();
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let reports: HashMap<RevisionId, AssignmentId> = store::copies::that_count(tx, &others)?
        .into_iter()
        .collect();
    let mut copies = Vec::new();
    for ((section, runs), like) in like {
        let like = like.into_iter().filter(|(other, _)| {
            let other = reports.get(other);
            other.is_some_and(|other| *other != report)
        });
        let text = Compared::of(known, runs);
        for before in like.take(MOST_LIKE) {
            let copy = SectionCopy {
                before,
                after: (revision, *section),
                words: 0,
                total: 0,
            };
            copies.extend(text.counted(tx, copy)?.filter(|copy| copy.words > 0));
        }
    }
    let mut places = Places(HashMap::new());
    let mut apart = Vec::new();
    for copy in copies {
        if places.are_apart(tx, report, reports[&copy.before.0])? {
            apart.push(copy);
        }
    }
    Ok(apart)
}

/// The copies of sections of which a part has become common, with the words that count now; those that stay as they
/// are left out.
pub(crate) fn recounted(
    tx: &mut dyn Tx,
    known: &Known,
    now_common: &HashSet<Place>,
    pending: impl IntoIterator<Item = SectionCopy>,
) -> Result<Vec<SectionCopy>> {
    let mut revisions: Vec<RevisionId> = now_common.iter().map(|place| place.0).collect();
    revisions.sort_unstable();
    revisions.dedup();
    if revisions.is_empty() {
        return Ok(Vec::new());
    }
    let mut copies = store::section_copies::of_revisions(tx, &revisions)?;
    copies.extend(pending);
    let mut changed = Vec::new();
    for copy in copies {
        if !now_common.contains(&copy.before) && !now_common.contains(&copy.after) {
            continue;
        }
        let Some(runs) = runs_of(tx, copy.after)? else {
            continue;
        };
        let now = Compared::of(known, &runs).counted(tx, copy)?;
        changed.extend(now.filter(|now| now.words != copy.words));
    }
    Ok(changed)
}

/// A section that is compared with others, and its blocks that do not count.
struct Compared<'r> {
    runs: &'r Runs,
    common: HashSet<usize>,
}

impl Compared<'_> {
    fn of<'r>(known: &Known, runs: &'r Runs) -> Compared<'r> {
        Compared {
            common: known.common_blocks(runs),
            runs,
        }
    }

    /// A copy in it with the words that count: none when they are too few. `None` when the earlier text is not there.
    fn counted(&self, tx: &mut dyn Tx, copy: SectionCopy) -> Result<Option<SectionCopy>> {
        let Some(other) = runs_of(tx, copy.before)? else {
            return Ok(None);
        };
        let is_left_out = |block| self.common.contains(&block);
        let words = self.runs.words_in(&other.set(), is_left_out);
        let shorter = self.runs.words().min(other.words());
        let is_enough = words >= FEWEST_WORDS && words * 3 >= shorter;
        Ok(Some(SectionCopy {
            words: if is_enough { words as u64 } else { 0 },
            total: shorter as u64,
            ..copy
        }))
    }
}

fn runs_of(tx: &mut dyn Tx, (revision, section): Place) -> Result<Option<Runs>> {
    let text = store::sections::text(tx, revision, section)?;
    Ok(text.map(|text| Runs::of(&prose::plain(&text.text))))
}

/// Where the units of reports stand in the tree.
struct Places(HashMap<AssignmentId, Interval>);

impl Places {
    /// Whether neither unit is above the other.
    fn are_apart(&mut self, tx: &mut dyn Tx, a: AssignmentId, b: AssignmentId) -> Result<bool> {
        let (a, b) = (self.of(tx, a)?, self.of(tx, b)?);
        Ok(!a.contains(b) && !b.contains(a))
    }

    fn of(&mut self, tx: &mut dyn Tx, report: AssignmentId) -> Result<Interval> {
        if let Some(interval) = self.0.get(&report) {
            return Ok(*interval);
        }
        let unit = store::assignments::by_id(tx, report)?.terms.unit;
        let interval = store::units::place(tx, unit)?.interval;
        self.0.insert(report, interval);
        Ok(interval)
    }
}
