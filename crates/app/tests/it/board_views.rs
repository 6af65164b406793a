//! The views of a board beside its overview: steps, delays, clocks.

use crate::world::{CAMPAIGN, World, province, province_on};
use app::Error;
use app::boards::{
    LateBoard, STEPS, StepRow, View, ViewQuery, WaitBoard, json_of, late, outlook, progress, steps,
    waiting,
};
use domain::deadline::Timeliness;
use domain::report::lifecycle::State;
use jiff::civil::date;
use store::testing::{postgres, sqlite};

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

fn codes(board: &LateBoard) -> Vec<&str> {
    let units = board.rows.iter().map(|row| &row.unit);
    units.map(|unit| unit.code.as_str()).collect()
}

/// X11 eight days late, X21 two days late, X12 with an extension of five days kept, X22 not sent; seen on 25/9.
fn behind(world: &World) {
    app::assignments::extend_due(
        &world.person("BDV"),
        world.report("X12"),
        date(2022, 9, 20),
        "bão số 4",
    )
    .expect("extended");
    crate::boards::send(world, "X21", 1, "2022-09-16T10:00:00+07:00");
    crate::boards::send(world, "X12", 1, "2022-09-17T10:00:00+07:00");
    crate::boards::send(world, "X11", 1, "2022-09-22T10:00:00+07:00");
    world.clock.set("2022-09-25T08:00:00+07:00");
}

#[test]
fn delays_count_against_the_extended_due_and_are_told_against_the_first_one() {
    let world = province();
    behind(&world);
    let ask = |query: &ViewQuery| late(&world.person("BDV"), CAMPAIGN, query).expect("a list");
    let extended = ask(&ViewQuery::default());
    assert_eq!(codes(&extended), ["X22", "X11", "X21"], "the longest first");
    let original = ask(&ViewQuery {
        against: "original".into(),
        ..ViewQuery::default()
    });
    assert_eq!(codes(&original), ["X22", "X11", "X12", "X21"]);
    let kept = &original.rows[2];
    assert_eq!(kept.timeliness, Timeliness::Early, "of its extended due");
    assert_eq!(kept.originally, Timeliness::Late { days: 3 });
    assert!(
        kept.original_due_at
            .is_some_and(|first| kept.due_at > Some(first))
    );
}

#[test]
fn delays_are_filtered_by_kind_level_and_part_and_turned_round() {
    let world = province();
    behind(&world);
    let ask = |query: ViewQuery| {
        let board = late(&world.person("BDV"), CAMPAIGN, &query).expect("a list");
        assert_eq!(board.total as usize, board.rows.len(), "all on one page");
        codes(&board).join(" ")
    };
    let filtered = |filter: &str, unit: Option<&str>, level, sort: &str| ViewQuery {
        filter: filter.into(),
        unit: unit.map(Into::into),
        level,
        sort: sort.into(),
        ..ViewQuery::default()
    };
    assert_eq!(ask(filtered("qua-han", None, None, "")), "X22");
    assert_eq!(ask(filtered("cham", None, Some(4), "")), "X11 X21");
    assert_eq!(ask(filtered("cham", None, Some(3), "")), "");
    assert_eq!(ask(filtered("", None, None, "shortest")), "X21 X11 X22");
    assert_eq!(ask(filtered("", Some("H2"), None, "")), "X22 X21");
    assert_eq!(
        ask(filtered("", Some("H2"), Some(4), "shortest")),
        "X21 X22"
    );
    let second = ViewQuery {
        rows: 1,
        page: 2,
        ..ViewQuery::default()
    };
    let board = late(&world.person("BDV"), CAMPAIGN, &second).expect("a list");
    assert_eq!(
        (codes(&board), board.total, board.pages),
        (vec!["X11"], 3, 3)
    );
}

#[test]
fn a_unit_that_is_late_shows_how_it_kept_its_dues_before() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        behind(&world);
        let reports = world.next_campaign("sk6n", date(2023, 9, 14), "BDV");
        world.clock.set("2023-09-20T08:00:00+07:00");
        let board = late(&world.person("BDV"), "sk6n", &ViewQuery::default()).expect("a list");
        let told = |code: &str| {
            let row = board.rows.iter().find(|row| row.unit.code == code);
            row.expect("nobody has sent").history.words()
        };
        assert_eq!(told("X11"), "chậm 1/1 đợt trước, gần nhất chậm 8 ngày");
        assert_eq!(told("X12"), "1 đợt trước đều đúng hạn");
        assert_eq!(told("X22"), "chậm 1/1 đợt trước, gần nhất không gửi");
        assert!(
            board
                .rows
                .iter()
                .all(|row| row.history.0.iter().all(|past| past.campaign == CAMPAIGN))
        );
        let own = late(&world.person("H1"), "sk6n", &ViewQuery::default()).expect("the own part");
        assert_eq!(codes(&own), ["X11", "X12"]);
        assert_eq!(reports.len(), 4);
    }
}

#[test]
fn who_may_not_see_the_board_of_then_is_told_no_history() {
    let world = province();
    behind(&world);
    world.next_campaign("sk6n", date(2023, 9, 14), "BTG");
    world.clock.set("2023-09-20T08:00:00+07:00");
    let board = late(&world.person("BTG"), "sk6n", &ViewQuery::default()).expect("it leads now");
    assert_eq!(board.rows.len(), 4);
    assert!(board.rows.iter().all(|row| row.history.0.is_empty()));
    let district = late(&world.person("H1"), "sk6n", &ViewQuery::default()).expect("its part");
    assert!(
        district.rows.iter().all(|row| row.history.0.len() == 1),
        "its own units then as now"
    );
}

/// Whose report waits, with whom, for how many working days.
fn waits(board: &WaitBoard) -> Vec<(&str, &str, Option<u32>)> {
    let rows = board.rows.iter();
    rows.map(|row| {
        let holder = row.holder.unit.as_ref().map_or("", |unit| &unit.code);
        (row.unit.code.as_str(), holder, row.span.working_days)
    })
    .collect()
}

#[test]
fn the_clock_runs_with_the_superior_from_the_sending_and_with_the_unit_from_the_return() {
    let world = province();
    let district = world.person("H1");
    crate::boards::send(&world, "X11", 1, "2022-09-12T10:00:00+07:00");
    crate::boards::send(&world, "X12", 1, "2022-09-13T10:00:00+07:00");
    let lead = world.person("BDV");
    let ask = |query: &ViewQuery| waiting(&lead, CAMPAIGN, query).expect("a list");
    let board = ask(&ViewQuery::default());
    assert_eq!((board.at_units, board.at_superiors), (6, 2));

    world.clock.set("2022-09-15T10:00:00+07:00");
    app::reports::receive::receive(&district, world.report("X11")).expect("received");
    world.clock.set("2022-09-19T10:00:00+07:00");
    let later = waiting(&world.person("BDV"), CAMPAIGN, &ViewQuery::default()).expect("a list");
    assert_eq!(
        waits(&later),
        [("X11", "H1", Some(5)), ("X12", "H1", Some(4))],
        "receiving does not start the superior's clock again; a weekend does not count"
    );
    assert_eq!(later.holders.len(), 1);
    assert_eq!(later.holders[0].reports, 2);

    let named = vec![store::returns::ReturnItem {
        part: store::returns::ReturnedPart::Section(world.sections[0]),
        reason: "Chưa rõ".into(),
    }];
    let district = world.person("H1");
    app::reports::returns::send_back(&district, world.report("X11"), "Bổ sung", named)
        .expect("returned");
    world.clock.set("2022-09-20T10:00:00+07:00");
    app::reports::returns::revise(&world.person("X11"), world.report("X11")).expect("begun anew");
    world.clock.set("2022-09-21T10:00:00+07:00");
    let at_units = ViewQuery {
        filter: "unit".into(),
        ..of("H1")
    };
    let board = waiting(&world.person("BDV"), CAMPAIGN, &at_units).expect("a list");
    assert_eq!(
        waits(&board)[1],
        ("X11", "X11", Some(2)),
        "since it came back, not since it was begun anew"
    );
    assert_eq!((board.at_units, board.at_superiors), (2, 1));
}

#[test]
fn what_travels_through_the_intermediary_waits_for_it_and_then_for_the_addressee() {
    let world = province();
    crate::boards::send(&world, "H1", 1, "2022-09-12T10:00:00+07:00");
    crate::boards::send(&world, "X21", 1, "2022-09-13T10:00:00+07:00");
    let ask = |query: &ViewQuery| {
        let board = waiting(&world.person("BDV"), CAMPAIGN, query).expect("a list");
        waits(&board)
            .into_iter()
            .map(|(unit, holder, _)| format!("{unit} {holder}"))
            .collect::<Vec<_>>()
    };
    let held_by = |code: &str| ViewQuery {
        holder: code.into(),
        ..ViewQuery::default()
    };
    assert_eq!(ask(&ViewQuery::default()), ["H1 BDV", "X21 H2"]);
    assert_eq!(ask(&held_by("BDV")), ["H1 BDV"]);
    let lead = world.person("BDV");
    app::reports::receive::receive(&lead, world.report("H1")).expect("received");
    assert_eq!(ask(&held_by("BDV")), ["H1 BDV"]);
    app::reports::receive::forward(&lead, world.report("H1")).expect("passed on");
    assert_eq!(ask(&held_by("BDV")), Vec::<String>::new());
    assert_eq!(ask(&held_by("TU")), ["H1 TU"]);
    app::reports::receive::accept(&world.person("TU"), world.report("H1")).expect("accepted");
    assert_eq!(ask(&ViewQuery::default()), ["X21 H2"]);
}

#[test]
fn a_campaign_is_laid_over_the_one_before_by_the_day_since_its_issue() {
    let world = province();
    // Issued on 1/8/2022: day 44 and day 45.
    crate::boards::send(&world, "X11", 1, "2022-09-14T10:00:00+07:00");
    crate::boards::send(&world, "X12", 1, "2022-09-15T10:00:00+07:00");
    // Issued forty days before its due of 14/9/2023: day 44 is 18/9/2023.
    world.next_campaign("sk6n", date(2023, 9, 14), "BDV");
    world.clock.set("2023-09-20T08:00:00+07:00");
    let lead = world.person("BDV");
    let board = progress(&lead, "sk6n", &of("H1")).expect("a chart");
    let first = board.points.first().expect("the day of the due");
    assert_eq!((first.day, first.due), (date(2023, 9, 14), 2));
    let before = first.before.expect("H1 reported in the campaign before");
    assert_eq!((before.received, before.expected), (0, 3), "day 40");
    let rolled: Vec<u32> = board.points[4..=5]
        .iter()
        .filter_map(|point| Some(point.before?.rolled))
        .collect();
    assert_eq!(
        rolled,
        [0, 1],
        "one of three reports on day 44 is no whole one of two, two on day 45 are"
    );
    assert_eq!(
        board.points.last().map(|point| point.day),
        Some(date(2023, 9, 20)),
        "until today"
    );
    assert_eq!(board.compared.expect("the last one").short_id, CAMPAIGN);

    let whole = progress(&lead, "sk6n", &ViewQuery::default()).expect("a chart");
    assert_eq!(whole.choices.len(), 1);
    let first = progress(&lead, CAMPAIGN, &ViewQuery::default()).expect("a chart");
    assert!(
        first.compared.is_none() && first.choices.is_empty(),
        "nothing came before it"
    );
    world.next_campaign("sk7n", date(2024, 9, 14), "BTG");
    let other = progress(&world.person("BTG"), "sk7n", &ViewQuery::default()).expect("a chart");
    assert!(
        other.choices.is_empty(),
        "it may not see the boards of the others"
    );
}

#[test]
fn the_forecast_follows_the_step_the_days_left_and_the_history() {
    let world = province();
    behind(&world);
    world.next_campaign("sk6n", date(2023, 9, 14), "BDV");
    world.clock.set("2023-09-04T08:00:00+07:00");
    let ask = || outlook(&world.person("BDV"), "sk6n", &ViewQuery::default()).expect("a forecast");
    let chance = |code: &str| {
        let board = ask();
        let row = board.rows.iter().find(|row| row.unit.code == code);
        row.map(|row| row.chance.thousandths())
    };
    let (kept, late) = (
        chance("X12").expect("to come"),
        chance("X11").expect("to come"),
    );
    assert!(
        kept < late,
        "X11 was late in the campaign before, X12 was not"
    );
    world.clock.set("2023-09-12T08:00:00+07:00");
    assert!(
        chance("X12").expect("to come") > kept,
        "fewer days are left"
    );
    let board = ask();
    assert_eq!(
        (board.likely_late, board.to_come),
        (4, 4),
        "nobody has begun"
    );
    assert_eq!(
        board.rows[0].signs.reason(),
        "còn 3 ngày làm việc, từ bước “Đã giao” đến khi gửi thường cần 12 ngày; chậm 1/1 đợt trước"
    );
    world.clock.set("2023-09-15T08:00:00+07:00");
    let over = ask();
    assert_eq!(
        (over.likely_late, over.overdue, over.rows.len()),
        (0, 4, 0),
        "a fact, no forecast"
    );
}

#[test]
fn a_report_that_is_being_written_is_less_likely_late_than_one_that_nobody_began() {
    let world = province();
    two_steps(&world);
    let board = outlook(&world.person("BDV"), CAMPAIGN, &of("H1")).expect("a forecast");
    let codes: Vec<&str> = board
        .rows
        .iter()
        .map(|row| row.unit.code.as_str())
        .collect();
    assert_eq!(codes, ["X12", "H1"], "X11 was sent");
    let whole = outlook(&world.person("BDV"), CAMPAIGN, &ViewQuery::default()).expect("a forecast");
    let place = |code: &str| whole.rows.iter().position(|row| row.unit.code == code);
    assert!(place("X21") < place("X12"), "due on the same day");
    assert_eq!(
        whole.parts.iter().map(|part| part.likely_late).sum::<u32>(),
        whole.likely_late
    );
}

#[test]
fn a_tree_that_was_followed_answers_as_one_that_is_loaded_anew() {
    let world = province();
    let followed = |unit: Option<&str>| -> Vec<String> {
        let fresh = app::App::new(
            world.db.db().clone(),
            world.clock.clone(),
            std::sync::Arc::new(crate::world::NoPdf),
        );
        let query = ViewQuery {
            unit: unit.map(Into::into),
            ..ViewQuery::default()
        };
        let ask = |ctx: &app::Ctx| -> Vec<String> {
            View::ALL
                .iter()
                .map(|view| {
                    json_of(ctx, CAMPAIGN, *view, &query)
                        .expect("an answer")
                        .to_string()
                })
                .collect()
        };
        let (followed, fresh) = (ask(&world.app.operator()), ask(&fresh.operator()));
        assert_eq!(followed, fresh, "{unit:?}");
        followed
    };
    let mut answers = vec![followed(None)];
    two_steps(&world);
    answers.push(followed(None));
    world.clock.set("2022-09-13T08:00:00+07:00");
    answers.push(followed(None));
    let lead = world.person("BDV");
    app::assignments::extend_due(&lead, world.report("X22"), date(2022, 9, 20), "bão số 4")
        .expect("extended");
    crate::boards::send(&world, "X21", 1, "2022-09-16T10:00:00+07:00");
    world.clock.set("2022-09-25T08:00:00+07:00");
    answers.push(followed(None));
    followed(Some("H2"));
    world.clock.set("2022-09-10T08:00:00+07:00");
    followed(Some("H1"));
    answers.dedup();
    assert_eq!(answers.len(), 4, "each step changed some answer");
}
