//! Taking a decision back by another: what it ended begins anew, what it began ends, nothing is written over.

use super::planning::sorted;
use super::problem::{ChangeProblem, Fault};
use super::{At, Begin, Extent, Link, Rename, RowPlan};
use crate::ids::{BodyId, DecisionId, UnitId};
use crate::org::history::{History, Stay, Succession};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Decisions that were taken back, each with the one that did it.
pub type Countered = HashMap<DecisionId, DecisionId>;

/// What takes `decision` back from the day `effective` on, which is not before its own. What later decisions did counts
/// as undone where they were taken back themselves.
///
/// # Errors
/// [`Fault::StoodOn`] for each unit that a later decision changed, or placed under one that would end.
pub fn counter(
    history: &History,
    decision: DecisionId,
    successions: &[Succession],
    countered: &Countered,
    effective: Date,
) -> Result<RowPlan, Vec<ChangeProblem>> {
    let now = Now::of(history, countered);
    let by = |mark: Option<DecisionId>| mark == Some(decision);
    let begun: HashMap<UnitId, &Stay> = history
        .stays
        .iter()
        .filter(|stay| by(stay.began_by))
        .map(|stay| (stay.id, now.row(stay)))
        .collect();
    let ended: Vec<&Stay> = history
        .stays
        .iter()
        .filter(|stay| by(stay.ended_by))
        .collect();
    let mut plan = RowPlan::new(effective);
    let mut problems = now.stood_on(decision, &begun, &ended);
    let begun_of: HashMap<_, _> = begun.values().map(|stay| (stay.body, stay.id)).collect();
    let current: HashSet<UnitId> = begun_of.values().copied().collect();
    let mut restored: HashMap<UnitId, usize> = HashMap::new();
    for stay in &ended {
        let parent = match stay.parent {
            None => None,
            Some(parent) => match restored.get(&parent) {
                Some(index) => Some(At::Begun(*index)),
                None => match now.by_id.get(&parent).map(|parent| now.row(parent)) {
                    Some(parent) if parent.validity.is_open() && !current.contains(&parent.id) => {
                        Some(At::Standing(parent.id))
                    }
                    _ => {
                        problems.push(told(stay, None));
                        continue;
                    }
                },
            },
        };
        restored.insert(stay.id, plan.begins.len());
        plan.begins.push(Begin {
            line: 0,
            body: Some(stay.body),
            continues: begun_of.get(&stay.body).copied(),
            parent,
            seed: stay.seed.clone(),
        });
    }
    plan.ends = current.iter().copied().collect();
    plan.ends.sort_unstable();
    for former in history.former.iter().filter(|former| by(former.ended_by)) {
        if let Some(stay) = now.by_id.get(&former.unit) {
            plan.renames.push(Rename {
                unit: now.row(stay).id,
                seed: former.seed.clone(),
            });
        }
    }
    plan.links = links_back(&now, &current, successions, &restored);
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(sorted(problems))
    }
}

/// The rows as they stand when decisions that were taken back are left out of account.
struct Now<'a> {
    history: &'a History,
    by_id: HashMap<UnitId, &'a Stay>,
    countered: &'a Countered,
    /// What counter-decisions began, by decision and organisation.
    again: HashMap<(DecisionId, BodyId), &'a Stay>,
    undone: HashSet<DecisionId>,
}

impl<'a> Now<'a> {
    fn of(history: &'a History, countered: &'a Countered) -> Now<'a> {
        let undone = countered
            .iter()
            .flat_map(|(one, other)| [*one, *other])
            .collect();
        let again = history
            .stays
            .iter()
            .filter_map(|stay| Some(((stay.began_by?, stay.body), stay)))
            .collect();
        Now {
            history,
            by_id: history.stays.iter().map(|stay| (stay.id, stay)).collect(),
            countered,
            again,
            undone,
        }
    }

    /// The row in which one goes on that was ended by a decision that was taken back.
    fn row(&self, stay: &'a Stay) -> &'a Stay {
        let mut row = stay;
        while let Some(by) = row.ended_by.and_then(|by| self.countered.get(&by)) {
            match self.again.get(&(*by, row.body)) {
                Some(next) if next.id > row.id => row = next,
                _ => break,
            }
        }
        row
    }

    /// What later decisions did to what this one made.
    fn stood_on(
        &self,
        decision: DecisionId,
        begun: &HashMap<UnitId, &Stay>,
        ended: &[&Stay],
    ) -> Vec<ChangeProblem> {
        let mut problems = Vec::new();
        let current: HashSet<UnitId> = begun.values().map(|stay| stay.id).collect();
        let bodies: HashSet<_> = ended.iter().map(|stay| stay.body).collect();
        let codes: HashSet<&str> = ended.iter().map(|stay| stay.seed.code.as_str()).collect();
        for stay in begun.values().filter(|stay| !stay.validity.is_open()) {
            problems.push(told(stay, stay.ended_by));
        }
        for stay in &self.history.stays {
            let is_below = stay.parent.is_some_and(|parent| current.contains(&parent));
            let is_later = !current.contains(&stay.id)
                && stay.validity.is_open()
                && (is_below
                    || bodies.contains(&stay.body)
                    || codes.contains(stay.seed.code.as_str()));
            if is_later {
                problems.push(told(stay, stay.began_by));
            }
        }
        // The order of `former` is the order in which the names were changed.
        let counts = |by: Option<DecisionId>| by.is_none_or(|by| !self.undone.contains(&by));
        let mut last: BTreeMap<UnitId, Option<DecisionId>> = BTreeMap::new();
        for former in &self.history.former {
            if let Some(stay) = self.by_id.get(&former.unit)
                && counts(former.ended_by)
            {
                last.insert(self.row(stay).id, former.ended_by);
            }
        }
        let renamed: HashSet<UnitId> = self
            .history
            .former
            .iter()
            .filter(|former| former.ended_by == Some(decision))
            .filter_map(|former| Some(self.row(self.by_id.get(&former.unit)?).id))
            .collect();
        let rows = renamed.iter().chain(&current);
        for stay in rows.filter_map(|unit| self.by_id.get(unit)) {
            match last.get(&stay.id) {
                Some(newest) if *newest != Some(decision) => problems.push(told(stay, *newest)),
                _ if renamed.contains(&stay.id) && !stay.validity.is_open() => {
                    problems.push(told(stay, stay.ended_by));
                }
                _ => {}
            }
        }
        problems.sort_by_key(|problem| problem.fault.to_string());
        problems.dedup();
        problems
    }
}

fn told(stay: &Stay, by: Option<DecisionId>) -> ChangeProblem {
    ChangeProblem {
        line: 0,
        fault: Fault::StoodOn {
            code: stay.seed.code.clone(),
            name: stay.seed.name.clone(),
            by,
        },
    }
}

/// Each successor back to the units that went into it.
fn links_back(
    now: &Now<'_>,
    current: &HashSet<UnitId>,
    successions: &[Succession],
    restored: &HashMap<UnitId, usize>,
) -> Vec<Link> {
    let mut of_successor: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
    for succession in successions {
        let to = succession.to.and_then(|to| now.by_id.get(&to));
        if let (Some(to), Some(index)) = (to, restored.get(&succession.from)) {
            of_successor.entry(now.row(to).id).or_default().push(*index);
        }
    }
    let mut links = Vec::new();
    for (from, to) in of_successor {
        // A unit that received and stays gives back only what it received.
        let extent = if current.contains(&from) && to.len() == 1 {
            Extent::Whole
        } else {
            Extent::Part
        };
        links.extend(to.into_iter().map(|index| Link {
            line: 0,
            from,
            to: Some(At::Begun(index)),
            extent,
            share: None,
            note: String::new(),
        }));
    }
    links
}
