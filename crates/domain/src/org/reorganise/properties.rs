//! What must hold of any reorganisation of any tree.

use super::tests::{DAY, create, part, relocate, rename, rows, tree, whole};
use super::*;
use crate::ids::DecisionId;
use crate::org::history::{History, Stay, Succession};
use crate::org::tree::{Interval, number_rows};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

/// What a random decision does, with units chosen by position.
#[derive(Debug, Clone)]
enum Op {
    Merge(prop::sample::Index, prop::sample::Index),
    MergeNew(prop::sample::Index, prop::sample::Index),
    Split(prop::sample::Index, prop::sample::Index),
    Move(prop::sample::Index, prop::sample::Index),
    Rename(prop::sample::Index),
    Recode(prop::sample::Index),
    Abolish(prop::sample::Index),
    Create(prop::sample::Index),
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    use prop::sample::Index;
    let op = prop_oneof![
        any::<(Index, Index)>().prop_map(|(one, two)| Op::Merge(one, two)),
        any::<(Index, Index)>().prop_map(|(one, two)| Op::MergeNew(one, two)),
        any::<(Index, Index)>().prop_map(|(one, two)| Op::Split(one, two)),
        any::<(Index, Index)>().prop_map(|(one, two)| Op::Move(one, two)),
        any::<Index>().prop_map(Op::Rename),
        any::<Index>().prop_map(Op::Recode),
        any::<Index>().prop_map(Op::Abolish),
        any::<Index>().prop_map(Op::Create),
    ];
    proptest::collection::vec(op, 1..4)
}

fn changes(history: &History, day: Date, ops: &[Op], decision: usize) -> Vec<Change> {
    let units = history.on(day);
    let at = |index: &prop::sample::Index| &units[index.index(units.len())];
    let mut changes = Vec::new();
    for (number, op) in ops.iter().enumerate() {
        let fresh = format!("n{decision}.{number}");
        match op {
            Op::Merge(one, two) => changes.push(whole(&at(one).code, &at(two).code)),
            Op::MergeNew(one, two) => {
                let parent = at(one).parent_code.clone().unwrap_or_default();
                changes.push(create(&fresh, &parent, at(one).level));
                changes.push(whole(&at(one).code, &fresh));
                changes.push(whole(&at(two).code, &fresh));
            }
            Op::Split(one, two) => {
                changes.push(create(&fresh, &at(two).code, 3));
                changes.push(part(&at(one).code, &fresh, "1/4"));
                changes.push(part(&at(one).code, &at(two).code, "3/4"));
            }
            Op::Move(one, two) => changes.push(relocate(&at(one).code, &at(two).code)),
            Op::Rename(one) => changes.push(rename(&at(one).code, &fresh)),
            Op::Recode(one) => changes.push(Change::Rename {
                code: at(one).code.clone(),
                facts: NewFacts {
                    code: fresh,
                    ..NewFacts::default()
                },
            }),
            Op::Abolish(one) => changes.push(Change::Abolish {
                code: at(one).code.clone(),
            }),
            Op::Create(one) => changes.push(create(&fresh, &at(one).code, 3)),
        }
    }
    changes
}

fn any_tree() -> impl Strategy<Value = History> {
    proptest::collection::vec(any::<prop::sample::Index>(), 1..14).prop_map(|parents| {
        let codes: Vec<String> = (0..parents.len()).map(|at| format!("u{at}")).collect();
        let rows: Vec<(&str, &str)> = parents
            .iter()
            .enumerate()
            .map(|(at, parent)| {
                let parent = if at == 0 {
                    ""
                } else {
                    codes[parent.index(at)].as_str()
                };
                (codes[at].as_str(), parent)
            })
            .collect();
        tree(&rows)
    })
}

/// What must hold of any history.
fn check(history: &History) {
    let by_id: HashMap<UnitId, &Stay> = history.stays.iter().map(|stay| (stay.id, stay)).collect();
    for (index, stay) in history.stays.iter().enumerate() {
        for other in &history.stays[index + 1..] {
            let overlap = stay.validity.overlaps(other.validity);
            assert!(
                !overlap || stay.body != other.body,
                "one body, two rows: {stay:?} {other:?}"
            );
            assert!(
                !overlap || stay.seed.code != other.seed.code,
                "one code, two units: {stay:?} {other:?}"
            );
        }
        if let Some(parent) = stay.parent.map(|parent| by_id[&parent]) {
            let covers = stay.validity.is_empty()
                || (parent.validity.from <= stay.validity.from
                    && parent
                        .validity
                        .until
                        .is_none_or(|until| stay.validity.until.is_some_and(|own| own <= until)));
            assert!(
                covers,
                "stands longer than what it stands under: {stay:?} {parent:?}"
            );
        }
    }
    let position: HashMap<UnitId, usize> = history
        .stays
        .iter()
        .enumerate()
        .map(|(at, stay)| (stay.id, at))
        .collect();
    let parents: Vec<Option<usize>> = history
        .stays
        .iter()
        .map(|stay| stay.parent.map(|parent| position[&parent]))
        .collect();
    let intervals = number_rows(&parents);
    for (at, parent) in parents.iter().enumerate() {
        let own: Interval = intervals[at];
        assert!(own.left >= 1 && own.left <= own.right);
        assert!(parent.is_none_or(|parent| intervals[parent].contains(own)));
    }
}

fn check_plan(history: &History, plan: &RowPlan) {
    let ends: HashSet<UnitId> = plan.ends.iter().copied().collect();
    assert_eq!(ends.len(), plan.ends.len(), "a row ends once");
    let mut whole: HashMap<UnitId, usize> = HashMap::new();
    for link in &plan.links {
        if link.extent == Extent::Whole {
            assert!(link.to.is_some());
            *whole.entry(link.from).or_default() += 1;
        }
        if let Some(At::Standing(to)) = link.to {
            assert!(!ends.contains(&to), "a successor ends");
        }
    }
    assert!(whole.values().all(|count| *count == 1));
    for (index, begin) in plan.begins.iter().enumerate() {
        match begin.parent {
            Some(At::Begun(parent)) => assert!(parent < index),
            Some(At::Standing(parent)) => {
                assert!(!ends.contains(&parent));
                assert!(history.stays.iter().any(|stay| stay.id == parent));
            }
            None => {}
        }
    }
}

proptest! {
    #[test]
    fn any_run_of_decisions_keeps_the_tree_and_can_be_taken_back(
        start in any_tree(),
        decisions in proptest::collection::vec((ops(), 0i64..3), 1..6),
        wait in 0i64..3,
    ) {
        let mut history = start;
        let mut day = date(2025, 1, 10);
        let days: Vec<Date> = (0..30).map(|offset| date(2025, 1, 5) + jiff::Span::new().days(offset)).collect();
        for (number, (ops, gap)) in decisions.iter().enumerate() {
            day = day.saturating_add(jiff::Span::new().days(*gap));
            if history.on(day).is_empty() {
                break;
            }
            let rows = rows(changes(&history, day, ops, number));
            let Ok(plan) = plan(&history, day, &rows) else { continue };
            check_plan(&history, &plan);
            let decision = DecisionId(number as i64 + 1);
            let (after, successions): (History, Vec<Succession>) = plan.applied(&history, decision);
            check(&after);
            for earlier in days.iter().filter(|earlier| **earlier < day) {
                prop_assert_eq!(after.on(*earlier), history.on(*earlier));
            }
            let back = day.saturating_add(jiff::Span::new().days(wait));
            let undo = counter(&after, decision, &successions, &Countered::new(), back).expect("nothing stands on the last decision");
            check_plan(&after, &undo);
            let (undone, _) = undo.applied(&after, DecisionId(1_000));
            check(&undone);
            for other in days.iter().filter(|other| **other < day || **other >= back) {
                prop_assert_eq!(undone.on(*other), history.on(*other), "on {}", other);
            }
            history = after;
        }
    }

    #[test]
    fn decisions_are_taken_back_one_after_another_the_last_first(
        start in any_tree(),
        decisions in proptest::collection::vec(ops(), 1..6),
    ) {
        let mut history = start.clone();
        let mut done = Vec::new();
        for (number, ops) in decisions.iter().enumerate() {
            if history.on(DAY).is_empty() {
                break;
            }
            let rows = rows(changes(&history, DAY, ops, number));
            let Ok(plan) = plan(&history, DAY, &rows) else { continue };
            let decision = DecisionId(number as i64 + 1);
            let (after, successions) = plan.applied(&history, decision);
            history = after;
            done.push((decision, successions));
        }
        let mut countered = Countered::new();
        for (decision, successions) in done.iter().rev() {
            let undo = counter(&history, *decision, successions, &countered, DAY).expect("what came later is taken back");
            check_plan(&history, &undo);
            let by = DecisionId(1_000 + decision.0);
            history = undo.applied(&history, by).0;
            check(&history);
            countered.insert(*decision, by);
        }
        prop_assert_eq!(history.on(DAY), start.on(DAY));
    }

    #[test]
    fn no_rows_panic(start in any_tree(), ops in proptest::collection::vec(ops(), 1..3)) {
        let all: Vec<Change> = ops.iter().enumerate().flat_map(|(number, ops)| changes(&start, DAY, ops, number)).collect();
        let _ = plan(&start, DAY, &rows(all));
    }
}
