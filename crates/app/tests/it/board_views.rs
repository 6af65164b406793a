//! The views of a board beside its overview: steps, delays, clocks.

use crate::world::{CAMPAIGN, World, province};
use app::Error;
use app::boards::{STEPS, StepRow, ViewQuery, steps};
use domain::report::lifecycle::State;

pub fn of(unit: &str) -> ViewQuery {
    ViewQuery {
        unit: Some(unit.into()),
        ..ViewQuery::default()
    }
}

/// The steps at which some report stands: how many, and for how many days the oldest.
fn standing(row: &StepRow) -> Vec<(State, u32, Option<i64>)> {
    let cells = row.cells.iter().filter(|cell| cell.reports > 0);
    cells
        .map(|cell| (cell.step, cell.reports, cell.longest))
        .collect()
}

fn row<'a>(rows: &'a [StepRow], code: &str) -> &'a StepRow {
    let named = |row: &&StepRow| row.unit.as_ref().is_some_and(|unit| unit.code == code);
    rows.iter().find(named).expect("the unit has a row")
}

/// A commune begins to write, the other sends in time and is received.
fn two_steps(world: &World) {
    world.clock.set("2022-09-01T09:00:00+07:00");
    app::reports::draft::save_section(
        &world.person("X12"),
        world.report("X12"),
        world.sections[0],
        crate::reports::by_hand("Đã triển khai.", 0),
    )
    .expect("saved");
    crate::boards::send(world, "X11", 4, "2022-09-05T10:00:00+07:00");
    app::reports::receive::receive(&world.person("H1"), world.report("X11")).expect("received");
}

#[test]
fn the_heat_table_counts_each_subtree_by_step_with_the_longest_stay() {
    let world = province();
    two_steps(&world);
    world.clock.set("2022-09-08T08:00:00+07:00");
    let board = steps(&world.person("BDV"), CAMPAIGN, &ViewQuery::default()).expect("a table");
    let district = row(&board.rows, "H1");
    let assigned = standing(district)[0];
    assert_eq!((assigned.0, assigned.1), (State::Assigned, 1), "its own");
    assert_eq!(
        standing(district)[1..],
        [(State::Drafting, 1, Some(7)), (State::Received, 1, Some(3))]
    );
    assert!(district.has_parts);
    assert_eq!(district.own.map(|own| own.state), Some(State::Assigned));
    for (place, step) in STEPS.iter().enumerate() {
        let sum: u32 = board.rows.iter().map(|row| row.cells[place].reports).sum();
        assert_eq!(board.total.cells[place].reports, sum, "{step:?}");
    }
    let below = steps(&world.person("BDV"), CAMPAIGN, &of("H1")).expect("one click further");
    assert_eq!(
        standing(row(&below.rows, "X12")),
        [(State::Drafting, 1, Some(7))]
    );
    assert!(row(&below.rows, "H1").is_own);
}

#[test]
fn the_heat_table_puts_first_who_has_stood_longest_at_a_step() {
    let world = province();
    two_steps(&world);
    world.clock.set("2022-09-08T08:00:00+07:00");
    let query = ViewQuery {
        sort: "received".into(),
        ..of("H1")
    };
    let board = steps(&world.person("H1"), CAMPAIGN, &query).expect("a table");
    assert_eq!(board.sort, Some(State::Received));
    assert_eq!(board.rows[0].unit.as_ref().expect("a unit").code, "X11");
    let unknown = ViewQuery {
        sort: "sideways".into(),
        ..of("H1")
    };
    let board = steps(&world.person("H1"), CAMPAIGN, &unknown).expect("a table");
    assert_eq!(
        board.sort, None,
        "an unknown order is the order of the tree"
    );
    assert!(board.rows[0].is_own);
}

#[test]
fn nobody_sees_the_steps_of_another_part() {
    let world = province();
    assert!(matches!(
        steps(&world.person("H1"), CAMPAIGN, &of("H2")),
        Err(Error::Forbidden | Error::NotFound)
    ));
    let own = steps(&world.person("H1"), CAMPAIGN, &ViewQuery::default()).expect("the own part");
    assert!(own.rows.iter().all(|row| {
        let code = &row.unit.as_ref().expect("a unit").code;
        ["H1", "X11", "X12"].contains(&code.as_str())
    }));
}
