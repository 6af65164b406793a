//! Taking a decision back by another: what it ended begins anew, what it began ends, nothing is written over.

use super::planning::sorted;
use super::problem::{ChangeProblem, Fault};
use super::{At, Begin, Extent, Link, Rename, RowPlan};
use crate::ids::{DecisionId, UnitId};
use crate::org::history::{History, Stay, Succession};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What takes `decision` back from the day `effective` on, which is not before its own.
///
/// # Errors
/// [`Fault::StoodOn`] for each unit that a later decision changed, or placed under one that would end.
pub fn counter(
    history: &History,
    decision: DecisionId,
    successions: &[Succession],
    effective: Date,
) -> Result<RowPlan, Vec<ChangeProblem>> {
    let by = |mark: Option<DecisionId>| mark == Some(decision);
    let begun: HashMap<UnitId, &Stay> = history
        .stays
        .iter()
        .filter(|stay| by(stay.began_by))
        .map(|stay| (stay.id, stay))
        .collect();
    let ended: Vec<&Stay> = history
        .stays
        .iter()
        .filter(|stay| by(stay.ended_by))
        .collect();
    let mut plan = RowPlan::new(effective);
    let mut problems = stood_on(history, decision, &begun, &ended);
    let open: HashSet<UnitId> = history
        .stays
        .iter()
        .filter(|stay| stay.validity.is_open() && !begun.contains_key(&stay.id))
        .map(|stay| stay.id)
        .collect();
    let begun_of: HashMap<_, _> = begun.values().map(|stay| (stay.body, stay.id)).collect();
    let mut restored: HashMap<UnitId, usize> = HashMap::new();
    for stay in &ended {
        let parent = match stay.parent {
            None => None,
            Some(parent) => match restored.get(&parent) {
                Some(index) => Some(At::Begun(*index)),
                None if open.contains(&parent) => Some(At::Standing(parent)),
                None => {
                    problems.push(told(stay, None));
                    continue;
                }
            },
        };
        restored.insert(stay.id, plan.begins.len());
        let continues = begun_of.get(&stay.body).copied();
        plan.begins.push(Begin {
            line: 0,
            body: Some(stay.body),
            continues,
            parent,
            seed: stay.seed.clone(),
        });
    }
    plan.ends = begun.keys().copied().collect();
    plan.ends.sort_unstable();
    for former in history.former.iter().filter(|former| by(former.ended_by)) {
        plan.renames.push(Rename {
            unit: former.unit,
            seed: former.seed.clone(),
        });
    }
    plan.links = links_back(&begun, successions, &restored);
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(sorted(problems))
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

/// What later decisions did to what this one made.
fn stood_on(
    history: &History,
    decision: DecisionId,
    begun: &HashMap<UnitId, &Stay>,
    ended: &[&Stay],
) -> Vec<ChangeProblem> {
    let mut problems = Vec::new();
    let bodies: HashSet<_> = ended.iter().map(|stay| stay.body).collect();
    let codes: HashSet<&str> = ended.iter().map(|stay| stay.seed.code.as_str()).collect();
    for stay in &history.stays {
        let is_own = begun.contains_key(&stay.id);
        let is_below = stay
            .parent
            .is_some_and(|parent| begun.contains_key(&parent));
        let is_later = !is_own
            && stay.validity.is_open()
            && (is_below || bodies.contains(&stay.body) || codes.contains(stay.seed.code.as_str()));
        if is_own && stay.ended_by.is_some() {
            problems.push(told(stay, stay.ended_by));
        } else if is_later {
            problems.push(told(stay, stay.began_by));
        }
    }
    let by_id: HashMap<UnitId, &Stay> = history.stays.iter().map(|stay| (stay.id, stay)).collect();
    // The order of `former` is the order in which the names were changed.
    let mut last: BTreeMap<UnitId, Option<DecisionId>> = BTreeMap::new();
    for former in &history.former {
        last.insert(former.unit, former.ended_by);
    }
    for former in &history.former {
        let concerns = former.ended_by == Some(decision) || begun.contains_key(&former.unit);
        let Some(stay) = by_id.get(&former.unit).filter(|_| concerns) else {
            continue;
        };
        let newest = last.get(&former.unit).copied().flatten();
        if !stay.validity.is_open() && former.ended_by == Some(decision) {
            problems.push(told(stay, stay.ended_by));
        } else if newest != Some(decision) {
            problems.push(told(stay, newest));
        }
    }
    problems.dedup();
    problems
}

/// Each successor back to the units that went into it.
fn links_back(
    begun: &HashMap<UnitId, &Stay>,
    successions: &[Succession],
    restored: &HashMap<UnitId, usize>,
) -> Vec<Link> {
    let mut of_successor: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
    for succession in successions {
        if let (Some(to), Some(index)) = (succession.to, restored.get(&succession.from)) {
            of_successor.entry(to).or_default().push(*index);
        }
    }
    let mut links = Vec::new();
    for (from, to) in of_successor {
        // A unit that received and stays gives back only what it received.
        let extent = if begun.contains_key(&from) && to.len() == 1 {
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
