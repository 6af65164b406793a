//! From the rows of a decision to the rows of the tree: reading what each row asks of which unit.

use super::change::{Change, ChangeRow, Extent, Share};
use super::fate::{Fate, Outgoing, check_fate};
use super::problem::{ChangeProblem, Fault};
use super::settle::Settling;
use super::{Link, RowPlan};
use crate::ids::UnitId;
use crate::org::history::{History, Stay};
use crate::org::unit::UnitSeed;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// What `rows` make of the tree from the day `effective` on.
///
/// # Errors
/// Every [`ChangeProblem`], by line; those of places in the new tree only when the rows themselves are right.
pub fn plan(
    history: &History,
    effective: Date,
    rows: &[ChangeRow],
) -> Result<RowPlan, Vec<ChangeProblem>> {
    let mut asked = Asked::read(history, effective, rows);
    asked.check_fates();
    asked.check_targets();
    if asked.problems.is_empty() {
        let links = asked.links();
        Settling::new(asked).settle(links)
    } else {
        Err(sorted(asked.problems))
    }
}

pub(super) fn sorted(mut problems: Vec<ChangeProblem>) -> Vec<ChangeProblem> {
    problems.sort_by_key(|problem| problem.line);
    problems
}

/// A unit that a row creates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Created<'a> {
    pub line: usize,
    pub seed: &'a UnitSeed,
}

/// Where a code points to in the tree as it will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Created(usize),
    /// Index in [`History::stays`].
    Standing(usize),
    Ending(usize),
    Nothing,
}

/// The rows of a decision against the tree of its day.
pub(super) struct Asked<'a> {
    pub history: &'a History,
    pub effective: Date,
    /// By code, those that stand on the day of effect.
    standing: HashMap<&'a str, usize>,
    /// By index in [`History::stays`].
    pub fates: BTreeMap<usize, Fate<'a>>,
    pub created: Vec<Created<'a>>,
    created_by_code: HashMap<&'a str, usize>,
    /// Units that get another code.
    recoded: HashMap<&'a str, usize>,
    pub problems: Vec<ChangeProblem>,
}

impl<'a> Asked<'a> {
    fn read(history: &'a History, effective: Date, rows: &'a [ChangeRow]) -> Asked<'a> {
        let standing = history
            .stays
            .iter()
            .enumerate()
            .filter(|(_, stay)| stay.validity.holds(effective))
            .map(|(at, stay)| (stay.seed.code.as_str(), at))
            .collect();
        let mut asked = Asked {
            history,
            effective,
            standing,
            fates: BTreeMap::new(),
            created: Vec::new(),
            created_by_code: HashMap::new(),
            recoded: HashMap::new(),
            problems: Vec::new(),
        };
        if rows.is_empty() {
            asked.fault(0, Fault::Nothing);
        }
        let elsewhere = asked.other_times();
        for row in rows {
            match &row.change {
                Change::Create { unit } => asked.create(row.line, unit),
                change => asked.about(row, change, &elsewhere),
            }
        }
        asked
    }

    pub fn fault(&mut self, line: usize, fault: Fault) {
        self.problems.push(ChangeProblem { line, fault });
    }

    pub fn stay(&self, at: usize) -> &'a Stay {
        &self.history.stays[at]
    }

    /// By code, a row that does not stand on the day of effect.
    fn other_times(&self) -> HashMap<&'a str, &'a Stay> {
        self.history
            .stays
            .iter()
            .filter(|stay| !stay.validity.is_empty() && !stay.validity.holds(self.effective))
            .map(|stay| (stay.seed.code.as_str(), stay))
            .collect()
    }

    fn create(&mut self, line: usize, seed: &'a UnitSeed) {
        let code = seed.code.clone();
        if code.is_empty() {
            return self.fault(line, Fault::NoCode);
        }
        if seed.name.is_empty() {
            self.fault(line, Fault::NoName { code: code.clone() });
        }
        if !(1..=9).contains(&seed.level) {
            let found = seed.level;
            let code = code.clone();
            self.fault(line, Fault::BadLevel { code, found });
        }
        match self.created_by_code.get(seed.code.as_str()) {
            Some(first) => {
                let first = self.created[*first].line;
                self.fault(line, Fault::CodeTwice { code, first });
            }
            None => {
                self.created_by_code.insert(&seed.code, self.created.len());
                self.created.push(Created { line, seed });
            }
        }
    }

    /// Takes in a row about a unit that should stand.
    fn about(
        &mut self,
        row: &'a ChangeRow,
        change: &'a Change,
        elsewhere: &HashMap<&str, &'a Stay>,
    ) {
        let line = row.line;
        let code = change.code().to_owned();
        if code.is_empty() {
            return self.fault(line, Fault::NoCode);
        }
        let Some(at) = self.standing.get(code.as_str()).copied() else {
            return self.fault(line, missing(code, elsewhere, self.effective));
        };
        if let Some(from) = self.stay(at).validity.until {
            return self.fault(line, Fault::ChangedLater { code, from });
        }
        let fate = self.fates.entry(at).or_insert_with(|| Fate {
            line,
            ..Fate::default()
        });
        let outgoing = |to, extent, share: &'a Option<Share>, stays| Outgoing {
            line,
            to,
            extent,
            share: share.as_ref(),
            stays,
            note: &row.note,
        };
        let first = match change {
            Change::Abolish { .. } => fate.abolished.replace(line),
            Change::Rename { facts, .. } => {
                if !facts.code.is_empty() && facts.code != code {
                    self.recoded.insert(&facts.code, at);
                }
                fate.renamed.replace((line, facts)).map(|(line, _)| line)
            }
            Change::Move { parent, .. } => {
                let parent = parent.as_deref().filter(|parent| !parent.is_empty());
                fate.moved.replace((line, parent)).map(|(line, _)| line)
            }
            Change::Succeed {
                to, extent, share, ..
            } => {
                let to = to.as_deref().filter(|to| !to.is_empty());
                fate.outgoing.push(outgoing(to, *extent, share, false));
                None
            }
            Change::Transfer { to, share, .. } => {
                let to = Some(to.as_str()).filter(|to| !to.is_empty());
                fate.outgoing.push(outgoing(to, Extent::Part, share, true));
                None
            }
            Change::Create { .. } => None,
        };
        if let Some(first) = first {
            self.fault(line, Fault::Contradiction { code, first });
        }
    }

    /// Decides which units end, and looks through what is asked of each.
    fn check_fates(&mut self) {
        let mut problems = Vec::new();
        for (at, fate) in &mut self.fates {
            let code = &self.history.stays[*at].seed.code;
            let is_created = self.created_by_code.contains_key(code.as_str());
            // "Goes to itself" without being founded anew: it stays, and what else goes, goes as a transfer.
            let stays = !is_created
                && fate
                    .outgoing
                    .iter()
                    .any(|outgoing| outgoing.to == Some(code));
            if stays {
                for outgoing in &mut fate.outgoing {
                    outgoing.stays = true;
                }
            }
            fate.ends =
                fate.abolished.is_some() || fate.outgoing.iter().any(|outgoing| !outgoing.stays);
            check_fate(code, fate, &mut problems);
        }
        self.problems.append(&mut problems);
    }

    /// Looks for successors that will not be there.
    fn check_targets(&mut self) {
        let mut problems = Vec::new();
        for (at, fate) in &self.fates {
            for outgoing in &fate.outgoing {
                let Some(to) = outgoing.to else { continue };
                let code = to.to_owned();
                let fault = match self.target(to) {
                    Target::Created(_) | Target::Standing(_) => continue,
                    Target::Nothing => Fault::SuccessorUnknown { code },
                    Target::Ending(_) => match self.circle_from(*at) {
                        Some(path) => Fault::Circle { path },
                        None => Fault::SuccessorEnds { code },
                    },
                };
                problems.push(ChangeProblem {
                    line: outgoing.line,
                    fault,
                });
            }
        }
        self.problems.append(&mut problems);
    }

    /// The codes of a chain of successions that comes back to where it began.
    fn circle_from(&self, start: usize) -> Option<String> {
        let mut path = vec![self.stay(start).seed.code.as_str()];
        let mut at = start;
        while path.len() <= self.fates.len() {
            at = self.fates.get(&at)?.outgoing.iter().find_map(|outgoing| {
                match self.target(outgoing.to?) {
                    Target::Ending(next) => Some(next),
                    _ => None,
                }
            })?;
            path.push(&self.stay(at).seed.code);
            if at == start {
                path.truncate(7);
                return Some(path.join(" → "));
            }
        }
        None
    }

    /// Where a code points to in the tree as it will be.
    pub fn target(&self, code: &str) -> Target {
        if let Some(created) = self.created_by_code.get(code) {
            return Target::Created(*created);
        }
        if let Some(at) = self.recoded.get(code) {
            return Target::Standing(*at);
        }
        match self.standing.get(code) {
            Some(at) if self.fates.get(at).is_some_and(|fate| fate.ends) => Target::Ending(*at),
            Some(at) => Target::Standing(*at),
            None => Target::Nothing,
        }
    }

    /// The unit that stands under a code on the day of effect.
    pub fn standing(&self, code: &str) -> Option<usize> {
        self.standing.get(code).copied()
    }

    /// The successions to be recorded, with the code of the successor.
    fn links(&self) -> Vec<(Link, Option<&'a str>)> {
        let mut links = Vec::new();
        for (at, fate) in &self.fates {
            let stay = self.stay(*at);
            for outgoing in &fate.outgoing {
                if outgoing.stays && outgoing.to == Some(stay.seed.code.as_str()) {
                    continue;
                }
                let link = Link {
                    line: outgoing.line,
                    from: stay.id,
                    to: None,
                    extent: outgoing.extent,
                    share: outgoing.share.cloned(),
                    note: outgoing.note.to_owned(),
                };
                links.push((link, outgoing.to));
            }
        }
        links.sort_by_key(|(link, _)| link.line);
        links
    }

    /// The rows that end, other than by being placed anew.
    pub fn ending(&self) -> impl Iterator<Item = (usize, UnitId)> + '_ {
        self.fates
            .iter()
            .filter(|(_, fate)| fate.ends)
            .map(|(at, _)| (*at, self.stay(*at).id))
    }
}

/// Why a code names no unit of the day.
fn missing(code: String, elsewhere: &HashMap<&str, &Stay>, effective: Date) -> Fault {
    let validity = elsewhere.get(code.as_str()).map(|stay| stay.validity);
    let from = validity.and_then(|validity| validity.from);
    let until = validity.and_then(|validity| validity.until);
    match (from, until) {
        (Some(from), _) if from > effective => Fault::NotYet { code, from },
        (_, Some(until)) => Fault::Ended { code, until },
        _ => Fault::Unknown { code },
    }
}
