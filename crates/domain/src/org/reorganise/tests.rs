//! Reorganisations of a small tree, and each fault of a row.

use super::*;
use crate::ids::DecisionId;
use crate::org::history::{History, Stay, Validity};
use jiff::civil::date;
use std::collections::HashMap;

fn seed(code: &str, parent: &str, level: u8) -> UnitSeed {
    UnitSeed {
        code: code.into(),
        name: format!("Đơn vị {code}"),
        kind: format!("cap_{level}"),
        level,
        parent_code: (!parent.is_empty()).then(|| parent.to_owned()),
        ..UnitSeed::default()
    }
}

/// A tree from codes and the codes of their superiors, a superior first.
pub(super) fn tree(rows: &[(&str, &str)]) -> History {
    let mut at: HashMap<&str, (i64, u8)> = HashMap::new();
    let mut stays = Vec::new();
    for (index, (code, parent)) in rows.iter().enumerate() {
        let id = index as i64 + 1;
        let above = at.get(parent).copied();
        let level = above.map_or(1, |(_, level)| level + 1);
        at.insert(code, (id, level));
        stays.push(Stay {
            id: UnitId(id),
            body: BodyId(id),
            parent: above.map(|(id, _)| UnitId(id)),
            validity: Validity::default(),
            began_by: None,
            ended_by: None,
            seed: seed(code, parent, level),
        });
    }
    History {
        stays,
        former: Vec::new(),
    }
}

/// A province with two districts of two communes each.
fn province() -> History {
    tree(&[
        ("T", ""),
        ("H1", "T"),
        ("X1", "H1"),
        ("X2", "H1"),
        ("H2", "T"),
        ("X3", "H2"),
        ("X4", "H2"),
    ])
}

pub(super) fn rows(changes: Vec<Change>) -> Vec<ChangeRow> {
    changes
        .into_iter()
        .enumerate()
        .map(|(index, change)| ChangeRow {
            line: index + 2,
            change,
            note: String::new(),
        })
        .collect()
}

pub(super) fn create(code: &str, parent: &str, level: u8) -> Change {
    Change::Create {
        unit: seed(code, parent, level),
    }
}

pub(super) fn whole(code: &str, to: &str) -> Change {
    Change::Succeed {
        code: code.into(),
        to: Some(to.into()),
        extent: Extent::Whole,
        share: None,
    }
}

pub(super) fn part(code: &str, to: &str, share: &str) -> Change {
    Change::Succeed {
        code: code.into(),
        to: Some(to.into()),
        extent: Extent::Part,
        share: Share::parse(share, "Đề án sắp xếp"),
    }
}

pub(super) fn relocate(code: &str, parent: &str) -> Change {
    Change::Move {
        code: code.into(),
        parent: Some(parent.into()),
    }
}

pub(super) fn rename(code: &str, name: &str) -> Change {
    Change::Rename {
        code: code.into(),
        facts: NewFacts {
            name: name.into(),
            ..NewFacts::default()
        },
    }
}

const EVE: Date = date(2025, 6, 30);
pub(super) const DAY: Date = date(2025, 7, 1);

fn faults(history: &History, changes: Vec<Change>) -> Vec<(usize, Fault)> {
    plan(history, DAY, &rows(changes))
        .expect_err("a fault")
        .into_iter()
        .map(|problem| (problem.line, problem.fault))
        .collect()
}

fn after(history: &History, day: Date, changes: Vec<Change>, decision: i64) -> History {
    let plan = plan(history, day, &rows(changes)).expect("a plan");
    plan.applied(history, DecisionId(decision)).0
}

/// `code<parent` of a day.
fn shape(history: &History, day: Date) -> Vec<String> {
    history
        .on(day)
        .into_iter()
        .map(|unit| format!("{}<{}", unit.code, unit.parent_code.unwrap_or_default()))
        .collect()
}

#[test]
fn two_communes_merge_into_a_new_one_and_the_tree_of_then_stays() {
    let before = province();
    let changes = vec![create("M", "H1", 3), whole("X1", "M"), whole("X2", "M")];
    let after = after(&before, DAY, changes, 1);
    assert_eq!(after.on(EVE), before.on(EVE));
    assert_eq!(
        shape(&after, DAY),
        ["H1<T", "H2<T", "M<H1", "T<", "X3<H2", "X4<H2"]
    );
}

#[test]
fn a_code_that_lives_on_under_another_name_and_area_is_another_unit() {
    let before = province();
    let changes = vec![create("X1", "H1", 3), whole("X1", "X1"), whole("X2", "X1")];
    let after = after(&before, DAY, changes, 1);
    let body = |day| {
        let units = after.on(day);
        units
            .iter()
            .find(|unit| unit.code == "X1")
            .map(|unit| unit.body)
    };
    assert_ne!(body(EVE), body(DAY));
}

#[test]
fn a_unit_that_goes_whole_and_alone_into_a_new_code_is_the_same_organisation() {
    let before = province();
    let plan = plan(
        &before,
        DAY,
        &rows(vec![create("N1", "H2", 3), whole("X1", "N1")]),
    )
    .expect("a plan");
    assert_eq!(plan.begins[0].body, Some(BodyId(3)));
    assert_eq!(plan.begins[0].continues, Some(UnitId(3)));
}

#[test]
fn a_unit_that_is_founded_anew_as_it_was_keeps_its_row() {
    let before = province();
    let same = plan(
        &before,
        DAY,
        &rows(vec![create("X1", "H1", 3), whole("X1", "X1")]),
    )
    .expect("a plan");
    assert!(same.is_empty(), "{same:?}");
}

#[test]
fn what_stands_below_a_merged_unit_is_carried_to_its_successor() {
    let before = province();
    let after = after(&before, DAY, vec![whole("H2", "H1")], 1);
    assert_eq!(
        shape(&after, DAY),
        ["H1<T", "T<", "X1<H1", "X2<H1", "X3<H1", "X4<H1"]
    );
    assert_eq!(shape(&after, EVE), shape(&before, EVE));
}

#[test]
fn districts_go_and_their_communes_come_under_the_province() {
    let before = province();
    let mut changes: Vec<Change> = ["X1", "X2", "X3", "X4"]
        .iter()
        .map(|commune| relocate(commune, "T"))
        .collect();
    changes.extend(["H1", "H2"].map(|code| Change::Abolish { code: code.into() }));
    let after = after(&before, DAY, changes, 1);
    assert_eq!(shape(&after, DAY), ["T<", "X1<T", "X2<T", "X3<T", "X4<T"]);
}

#[test]
fn a_name_changes_without_a_new_row_and_the_old_one_holds_for_the_days_before() {
    let before = province();
    let after = after(&before, DAY, vec![rename("X1", "Phường Mới")], 1);
    assert_eq!(after.stays.len(), before.stays.len());
    let name = |day| after.on(day)[3].name.clone();
    assert_eq!(name(EVE), "Đơn vị X1");
    assert_eq!(name(DAY), "Phường Mới");
}

#[test]
fn a_part_may_be_transferred_while_the_unit_stays() {
    let before = province();
    let transfer = Change::Transfer {
        code: "X1".into(),
        to: "X3".into(),
        share: Share::parse("1/10", "Nghị quyết"),
    };
    let plan = plan(&before, DAY, &rows(vec![transfer])).expect("a plan");
    assert!(plan.is_empty());
    assert_eq!(plan.links.len(), 1);
    assert_eq!(plan.links[0].extent, Extent::Part);
}

#[test]
fn uncertain_and_unresolved_successions_are_kept_as_such() {
    let before = province();
    let changes = vec![
        Change::Succeed {
            code: "X1".into(),
            to: Some("X3".into()),
            extent: Extent::Uncertain,
            share: None,
        },
        Change::Succeed {
            code: "X2".into(),
            to: None,
            extent: Extent::Unresolved,
            share: None,
        },
    ];
    let plan = plan(&before, DAY, &rows(changes)).expect("a plan");
    assert_eq!(plan.links[0].extent, Extent::Uncertain);
    assert_eq!(
        (plan.links[1].extent, plan.links[1].to),
        (Extent::Unresolved, None)
    );
    assert_eq!(plan.ends, [UnitId(3), UnitId(4)]);
}

#[test]
fn units_that_merge_in_a_circle_are_refused_with_the_path() {
    let found = faults(&province(), vec![whole("X1", "X2"), whole("X2", "X1")]);
    assert!(
        matches!(&found[0], (2, Fault::Circle { path }) if path == "X1 → X2 → X1"),
        "{found:?}"
    );
}

#[test]
fn a_successor_that_is_not_there_is_refused_by_row() {
    let found = faults(
        &province(),
        vec![whole("X1", "X9"), whole("X2", "X3"), whole("X3", "X4")],
    );
    assert_eq!(
        found,
        [
            (2, Fault::SuccessorUnknown { code: "X9".into() }),
            (3, Fault::SuccessorEnds { code: "X3".into() })
        ]
    );
}

#[test]
fn a_decision_from_before_the_unit_is_refused() {
    let history = after(
        &province(),
        DAY,
        vec![create("M", "H1", 3), whole("X1", "M")],
        1,
    );
    let early =
        plan(&history, date(2024, 1, 1), &rows(vec![rename("M", "Mới")])).expect_err("early");
    assert_eq!(
        early[0].fault,
        Fault::NotYet {
            code: "M".into(),
            from: DAY
        }
    );
    let overlapping = plan(&history, EVE, &rows(vec![whole("X1", "X2")])).expect_err("overlap");
    assert_eq!(
        overlapping[0].fault,
        Fault::ChangedLater {
            code: "X1".into(),
            from: DAY
        }
    );
    let gone = plan(&history, date(2026, 1, 1), &rows(vec![rename("X1", "Cũ")])).expect_err("gone");
    assert_eq!(
        gone[0].fault,
        Fault::Ended {
            code: "X1".into(),
            until: DAY
        }
    );
}

#[test]
fn shares_must_sum_to_one_and_have_a_source() {
    let found = faults(
        &province(),
        vec![part("X1", "X3", "1/3"), part("X1", "X4", "1/3")],
    );
    assert_eq!(found, [(3, Fault::SharesNotOne { code: "X1".into() })]);
    assert!(
        plan(
            &province(),
            DAY,
            &rows(vec![part("X1", "X3", "1/3"), part("X1", "X4", "2/3")])
        )
        .is_ok()
    );
    let missing = faults(
        &province(),
        vec![part("X1", "X3", "1/3"), part("X1", "X4", "")],
    );
    assert_eq!(missing, [(3, Fault::ShareMissing { code: "X1".into() })]);
    let unsourced = Change::Transfer {
        code: "X1".into(),
        to: "X3".into(),
        share: Share::parse("1/3", " "),
    };
    assert_eq!(
        faults(&province(), vec![unsourced]),
        [(2, Fault::ShareWithoutSource)]
    );
}

#[test]
fn a_unit_is_merged_once() {
    let found = faults(&province(), vec![whole("X1", "X2"), whole("X1", "X3")]);
    assert_eq!(
        found,
        [(
            3,
            Fault::MergedTwice {
                code: "X1".into(),
                first: 2
            }
        )]
    );
}

#[test]
fn a_code_in_use_is_not_given_again() {
    let found = faults(&province(), vec![create("X3", "H1", 3)]);
    assert!(matches!(&found[0], (2, Fault::CodeTaken { code, .. }) if code == "X3"));
    let twice = faults(
        &province(),
        vec![create("M", "H1", 3), create("M", "H2", 3)],
    );
    assert!(matches!(&twice[0], (3, Fault::CodeTwice { first: 2, .. })));
}

#[test]
fn nothing_stands_below_itself_or_below_what_ends() {
    let below = faults(&province(), vec![relocate("H1", "X1")]);
    assert!(
        matches!(&below[0].1, Fault::BelowItself { .. }),
        "{below:?}"
    );
    let ends = faults(
        &province(),
        vec![relocate("X1", "H2"), Change::Abolish { code: "H2".into() }],
    );
    assert!(
        matches!(&ends[0], (2, Fault::ParentEnds { .. })),
        "{ends:?}"
    );
    let circle = faults(&province(), vec![create("A", "B", 3), create("B", "A", 3)]);
    assert!(
        matches!(&circle[0].1, Fault::BelowItself { .. }),
        "{circle:?}"
    );
}

#[test]
fn an_abolished_unit_leaves_nobody_behind() {
    let found = faults(&province(), vec![Change::Abolish { code: "H2".into() }]);
    assert!(matches!(&found[0], (2, Fault::LeavesChild { child, .. }) if child == "X3"));
}

#[test]
fn a_deep_chain_is_refused_and_not_followed_to_the_end() {
    let mut changes = vec![create("c0", "", 1)];
    changes.extend((1..5_000).map(|at| create(&format!("c{at}"), &format!("c{}", at - 1), 1)));
    changes.reverse();
    let found = faults(&province(), changes);
    assert!(
        found
            .iter()
            .any(|(_, fault)| matches!(fault, Fault::TooDeep { .. }))
    );
}

#[test]
fn a_decision_that_another_stands_on_is_not_taken_back() {
    let first = plan(
        &province(),
        DAY,
        &rows(vec![
            create("M", "H1", 3),
            whole("X1", "M"),
            whole("X2", "M"),
        ]),
    )
    .expect("a plan");
    let (history, successions) = first.applied(&province(), DecisionId(1));
    let later = after(&history, date(2025, 9, 1), vec![whole("M", "X3")], 2);
    let refused = counter(
        &later,
        DecisionId(1),
        &successions,
        &Countered::new(),
        date(2025, 10, 1),
    )
    .expect_err("stood on");
    assert!(matches!(
        &refused[0].fault,
        Fault::StoodOn { code, by: Some(DecisionId(2)), .. } if code == "M"
    ));
}
