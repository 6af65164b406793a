//! The official tables of the reform of 1/7/2025, on three provinces that became one.

use crate::world::{World, province};
use app::reorganise::{self, Draft, counter, on_day, preview, read_changes};
use domain::ids::TreeId;
use domain::org::reorganise::DecisionHead;
use jiff::civil::{Date, date};

const UNITS_2022: &str = include_str!("../../fixtures/reorganising/units-2022.tsv");
const UNITS_2025: &str = include_str!("../../fixtures/reorganising/units-2025.tsv");
const SUCCESSIONS: &str = include_str!("../../fixtures/reorganising/successions.tsv");

const EVE: Date = date(2025, 6, 30);
const DAY: Date = date(2025, 7, 1);

fn imported(world: &World) -> TreeId {
    let (operator, name) = (world.app.operator(), "Ba tỉnh");
    let outcome = app::units::import(&operator, name, "2022.tsv", UNITS_2022.as_bytes(), false);
    outcome.expect("imported").tree.expect("a tree")
}

fn resolution(world: &World, tree: TreeId, successions: &str) -> Draft {
    let table = read_changes(
        &world.app.operator(),
        tree,
        ("successions.tsv", successions.as_bytes()),
        Some(("units-2025.tsv", UNITS_2025.as_bytes())),
    )
    .expect("tables");
    assert!(table.check.is_clean(), "{:?}", table.check);
    Draft {
        tree,
        head: head("202/2025/QH15", date(2025, 6, 12)),
        rows: table.rows,
        file_name: "successions.tsv".into(),
        counters: None,
    }
}

fn head(number: &str, dated: Date) -> DecisionHead {
    DecisionHead {
        number: number.into(),
        dated,
        issuer: "Quốc hội".into(),
        title: String::new(),
        effective: DAY,
    }
}

/// `code level` of the units of a day.
fn tree_on(world: &World, tree: TreeId, day: Date) -> Vec<String> {
    let seen = on_day(&world.app.operator(), tree, day).expect("a tree");
    let mut units: Vec<String> = seen
        .units
        .iter()
        .map(|unit| format!("{} {} {}", unit.code, unit.level, unit.name))
        .collect();
    units.sort();
    units
}

/// How many rows a table has, the header apart.
fn rows(table: &str) -> usize {
    table.lines().count() - 1
}

#[test]
fn three_provinces_become_one_and_the_tree_of_before_is_kept() {
    let world = province();
    world.clock.set("2025-07-02T08:00:00+07:00");
    let tree = imported(&world);
    let before = tree_on(&world, tree, DAY);
    let draft = resolution(&world, tree, SUCCESSIONS);
    let seen = preview(&world.app.operator(), &draft).expect("a preview");
    assert_eq!(seen.problems, [], "nothing stands against it");
    assert_eq!(seen.changes.len(), rows(SUCCESSIONS) + rows(UNITS_2025));
    let done = reorganise::reorganise(&world.app.operator(), draft).expect("applied");

    assert_eq!(tree_on(&world, tree, EVE), before);
    assert_eq!(before.len(), rows(UNITS_2022));
    let after = tree_on(&world, tree, DAY);
    let levels = |level: &str| {
        after
            .iter()
            .filter(|unit| unit.split(' ').nth(1) == Some(level))
            .count()
    };
    assert_eq!(
        (levels("2"), levels("3"), levels("4")),
        (1, 0, rows(UNITS_2025) - 1)
    );
    assert!(
        after
            .iter()
            .any(|unit| unit.starts_with("68 2 Tỉnh Lâm Đồng")),
        "{after:?}"
    );

    counter(
        &world.app.operator(),
        done.decision,
        head("203/2025/QH15", DAY),
    )
    .expect("taken back");
    assert_eq!(tree_on(&world, tree, DAY), before);
}

#[test]
fn a_succession_to_a_unit_that_is_not_founded_is_refused_by_its_row() {
    let world = province();
    world.clock.set("2025-07-02T08:00:00+07:00");
    let tree = imported(&world);
    let last = SUCCESSIONS.lines().last().expect("a row");
    let code = last.split('\t').next().expect("a code");
    let wrong = SUCCESSIONS.replace(last, &format!("{code}\t99999\twhole\t\t"));
    let draft = resolution(&world, tree, &wrong);
    let problems = preview(&world.app.operator(), &draft)
        .expect("a preview")
        .problems;
    let line = format!("dòng {}", SUCCESSIONS.lines().count());
    assert!(
        problems
            .iter()
            .any(|problem| problem.place == line && problem.message.contains("99999")),
        "{problems:?}"
    );
    assert!(reorganise::reorganise(&world.app.operator(), draft).is_err());
}
