//! The live board: it follows what happens to reports, also through another process, and shows each their part.

use crate::world::{CAMPAIGN, World, operator_on, province};
use app::Error;
use app::boards::{Filter, ListQuery, board, node_board, reports};
use app::figures::{LevelFigures, LevelQuery, behind, of_level, of_unit};
use app::reports::bulk::{Submission, outline, submit_whole};
use domain::campaign::Period;
use domain::figures::{Cell, FigureTable};
use domain::number::Amount;
use domain::report::lifecycle::State;

/// Sends a whole report with these new houses of 2022 at this moment.
pub fn send(world: &World, unit: &str, houses: i64, at: &str) {
    world.clock.set(at);
    let outline = outline(&world.app, world.campaign).expect("an outline");
    let mut figures = FigureTable::blank(&outline.layout);
    let houses_2022 = outline
        .layout
        .cell(0, Period::Year(2022))
        .expect("a yearly indicator");
    figures.cells[houses_2022] = Cell::Number(Amount::from(houses));
    let submission = Submission {
        assignment: world.report(unit),
        campaign: world.campaign,
        unit: world.units[unit],
        sections: vec![(world.sections[0], "Đã làm.".into())],
        figures,
        sent_at: world.app.now(),
        sent_by: None,
    };
    submit_whole(&world.app, &outline, submission).expect("sent");
}

fn houses(world: &World, unit: &str) -> (Option<String>, Option<String>, String) {
    let figures = of_unit(&world.person("BDV"), CAMPAIGN, Some(unit)).expect("figures");
    let cell = figures
        .layout
        .cell(0, Period::Year(2022))
        .expect("a yearly indicator");
    let value = |totals: &domain::rollup::Totals| {
        totals
            .value(&figures.layout, 0, cell)
            .map(|amount| amount.to_string())
    };
    let coverage = figures.provisional.coverage;
    (
        value(&figures.provisional.totals),
        value(&figures.official.totals),
        format!("{}/{}", coverage.received, coverage.expected),
    )
}

#[test]
fn the_board_and_the_totals_follow_every_step_of_a_report() {
    let world = province();
    let counts = || {
        let all = board(&world.person("BDV"), CAMPAIGN).expect("a board");
        (
            all.all.received,
            all.all.late,
            all.progress.accepted,
            all.progress.returned,
        )
    };
    assert_eq!(counts(), (0, 0, 0, 0));
    send(&world, "X11", 4, "2022-09-14T10:00:00+07:00");
    send(&world, "X12", 7, "2022-09-20T10:00:00+07:00");
    assert_eq!(counts(), (2, 1, 0, 0));
    assert_eq!(
        houses(&world, "TU"),
        (Some("11".into()), None, "2/4".into())
    );

    let district = world.person("H1");
    app::reports::receive::receive(&district, world.report("X11")).expect("received");
    app::reports::receive::accept(&district, world.report("X11")).expect("accepted");
    assert_eq!(counts(), (2, 1, 1, 0));
    assert_eq!(
        houses(&world, "H1"),
        (Some("11".into()), Some("4".into()), "2/2".into())
    );
    app::reports::send::withdraw(&world.person("X12"), world.report("X12"), "Sai số liệu")
        .expect("withdrawn");
    assert_eq!(counts(), (1, 0, 1, 0));
    assert_eq!(
        houses(&world, "TU"),
        (Some("4".into()), Some("4".into()), "1/4".into())
    );
}

#[test]
fn another_process_sees_what_this_one_did() {
    let world = province();
    let elsewhere = operator_on(world.db.db());
    assert_eq!(
        board(&elsewhere, CAMPAIGN).expect("a board").all.received,
        0
    );
    send(&world, "X21", 3, "2022-09-14T10:00:00+07:00");
    assert_eq!(
        board(&elsewhere, CAMPAIGN).expect("a board").all.received,
        1
    );
}

#[test]
fn what_is_overdue_follows_the_clock_and_not_only_the_reports() {
    let world = province();
    let overdue = || {
        board(&world.person("BDV"), CAMPAIGN)
            .expect("a board")
            .progress
            .overdue
    };
    assert_eq!(overdue(), 0);
    world.clock.set("2022-09-15T00:00:00+07:00");
    assert_eq!(overdue(), 4, "the communes were due before 15/9");
    send(&world, "X11", 1, "2022-09-16T10:00:00+07:00");
    assert_eq!(overdue(), 3);
    world.clock.set("2022-09-14T00:00:00+07:00");
    assert_eq!(overdue(), 0);
}

#[test]
fn each_sees_their_own_part_and_no_other() {
    let world = province();
    let district = world.person("H1");
    let own = node_board(&district, CAMPAIGN, None).expect("the own part");
    assert_eq!(own.unit.as_ref().map(|unit| unit.code.as_str()), Some("H1"));
    assert_eq!(own.tally.expected, 3);
    assert_eq!(
        board(&district, CAMPAIGN)
            .expect("the own part")
            .all
            .expected,
        3
    );
    assert!(matches!(
        node_board(&district, CAMPAIGN, Some("H2")),
        Err(Error::Forbidden | Error::NotFound)
    ));
    assert!(matches!(
        of_unit(&district, CAMPAIGN, Some("X21")),
        Err(Error::Forbidden | Error::NotFound)
    ));
    let whole = node_board(&world.person("BDV"), CAMPAIGN, Some("H2")).expect("the lead sees all");
    assert_eq!(whole.path.len(), 3);
}

#[test]
fn lists_are_filtered_paged_and_sorted_by_days_of_delay() {
    let world = province();
    send(&world, "X11", 1, "2022-09-17T10:00:00+07:00");
    send(&world, "X21", 1, "2022-09-25T10:00:00+07:00");
    let lead = world.person("BDV");
    let list = |filter, level, rows, page| {
        let query = ListQuery {
            filter,
            level,
            rows,
            page,
            unit: None,
        };
        reports(&lead, CAMPAIGN, query).expect("a list")
    };
    let codes = |list: &app::boards::ReportList| -> Vec<String> {
        list.rows.iter().map(|row| row.unit.code.clone()).collect()
    };
    let late = list(Filter::Late, None, 0, 1);
    assert_eq!(codes(&late), ["X21", "X11"]);
    let owing = list(Filter::Missing, Some(4), 1, 2);
    assert_eq!((owing.total, owing.pages), (2, 2));
    assert_eq!(codes(&owing), ["X22"]);
    assert_eq!(list(Filter::State(State::Accepted), None, 0, 1).total, 0);
    let csv = String::from_utf8(late.table().csv().bytes).expect("UTF-8");
    assert!(csv.contains("\"Chậm 11 ngày\""), "{csv}");
}

/// The codes of a list, page by page of `rows`.
fn paged(world: &World, unit: Option<&str>, filter: Filter, rows: u32) -> Vec<String> {
    let mut codes = Vec::new();
    let mut page = 1;
    loop {
        let query = ListQuery {
            unit: unit.map(str::to_owned),
            filter,
            level: None,
            page,
            rows,
        };
        let list = reports(&world.person("BDV"), CAMPAIGN, query).expect("a list");
        codes.extend(list.rows.iter().map(|row| row.unit.code.clone()));
        if page == list.pages {
            assert_eq!(list.total as usize, codes.len(), "{filter:?}");
            return codes;
        }
        page += 1;
    }
}

#[test]
fn those_behind_their_due_stand_first_and_pages_of_any_size_join_into_one_list() {
    let world = province();
    send(&world, "X12", 1, "2022-09-12T10:00:00+07:00");
    send(&world, "X22", 1, "2022-09-20T10:00:00+07:00");
    world.clock.set("2022-10-02T10:00:00+07:00");
    let all = paged(&world, None, Filter::All, 100);
    assert_eq!(all[..3], ["X11", "X21", "X22"]);
    for filter in Filter::NAMED.into_iter().chain([Filter::All]) {
        let whole = paged(&world, None, filter, 100);
        for rows in 1..=4 {
            assert_eq!(paged(&world, None, filter, rows), whole, "{filter:?}");
        }
        let of_province = paged(&world, Some("TU"), filter, 3);
        assert_eq!(of_province, whole, "the province holds all of it");
    }
    let late = paged(&world, Some("H2"), Filter::All, 1);
    assert_eq!(late, ["X21", "X22", "H2"]);
    app::reports::send::withdraw(&world.person("X22"), world.report("X22"), "Sai số liệu")
        .expect("withdrawn");
    assert_eq!(paged(&world, None, Filter::Late, 1), Vec::<String>::new());
    assert_eq!(
        paged(&world, None, Filter::Overdue, 2),
        ["X11", "X21", "X22", "BTG", "H1", "H2"]
    );
}

#[test]
fn a_campaign_is_no_ones_business_before_it_is_issued() {
    let world = province();
    let campaign = world.campaign;
    world
        .db
        .write(move |tx| -> store::Result<()> {
            let mut preparing = store::campaigns::by_id(tx, campaign)?;
            preparing.state = domain::campaign::CampaignState::Preparing;
            preparing.short_id = "moi".into();
            store::campaigns::create(tx, &preparing)?;
            Ok(())
        })
        .expect("another campaign");
    assert!(matches!(
        board(&world.person("H1"), "moi"),
        Err(Error::NotFound)
    ));
    assert!(board(&world.person("BDV"), "moi").is_ok());
}

#[test]
fn behind_a_total_stand_the_units_that_it_is_made_of() {
    let world = province();
    send(&world, "X11", 4, "2022-09-14T10:00:00+07:00");
    let lead = world.person("BDV");
    let of_district =
        behind(&lead, CAMPAIGN, Some("H1"), "NO01", Period::Year(2022)).expect("parts");
    let parts: Vec<(String, Option<String>)> = of_district
        .parts
        .iter()
        .map(|part| {
            let value = part.value.map(|amount| amount.to_string());
            (part.unit.code.clone(), value)
        })
        .collect();
    assert_eq!(
        parts,
        [("X11".into(), Some("4".into())), ("X12".into(), None)]
    );
    assert!(matches!(
        behind(&lead, CAMPAIGN, Some("H1"), "NO99", Period::Year(2022)),
        Err(Error::NotFound)
    ));
    let single =
        behind(&lead, CAMPAIGN, Some("X11"), "NO01", Period::Year(2022)).expect("its report");
    assert_eq!(single.value, Some(Amount::from(4)));
    assert_eq!(single.parts[0].assignment, Some(world.report("X11")));
    let whole = behind(&lead, CAMPAIGN, None, "NO01", Period::Whole).expect("over the years");
    assert_eq!(whole.value, Some(Amount::from(4)));
    let units: Vec<&str> = whole
        .parts
        .iter()
        .map(|part| part.unit.code.as_str())
        .collect();
    assert_eq!(units, ["H1", "H2"], "nothing is said twice on the way down");
}

#[test]
fn the_units_of_a_level_stand_side_by_side_a_page_at_a_time() {
    let world = province();
    send(&world, "X11", 4, "2022-08-20T02:00:00Z");
    send(&world, "X21", 3, "2022-08-20T02:00:00Z");
    let lead = world.person("BDV");
    let ask = |unit: Option<&str>, level: u8, page: u32, rows: u32| {
        let query = LevelQuery {
            unit: unit.map(str::to_owned),
            level: Some(level),
            indicator: Some("NO01".into()),
            page,
            rows,
        };
        of_level(&lead, CAMPAIGN, &query).expect("a page")
    };
    let shown = |figures: &LevelFigures| -> Vec<(String, Option<String>, u32)> {
        let rows = figures.rows.iter();
        rows.map(|row| {
            let value = row.provisional.over_time(&figures.layout, 0);
            let value = value.map(|amount| amount.to_string());
            (row.unit.code.clone(), value, row.coverage.received)
        })
        .collect()
    };
    let districts = ask(None, 3, 1, 0);
    let expected = [("H1", Some("4"), 1), ("H2", Some("3"), 1)];
    let expected =
        expected.map(|(code, value, sent)| (code.to_owned(), value.map(str::to_owned), sent));
    assert_eq!(shown(&districts), expected);
    let second = ask(None, 4, 2, 3);
    assert_eq!((second.total, second.pages, second.rows.len()), (4, 2, 1));
    let below = ask(Some("H1"), 4, 1, 0);
    let codes: Vec<&str> = below
        .rows
        .iter()
        .map(|row| row.unit.code.as_str())
        .collect();
    assert_eq!(codes, ["X11", "X12"]);
    assert_eq!(shown(&below)[1].1, None, "nothing sent, nothing shown");
    let own = of_level(&world.person("X11"), CAMPAIGN, &LevelQuery::default());
    assert!(
        own.is_ok_and(|own| own.rows.is_empty()),
        "a commune sees no neighbour"
    );
}
