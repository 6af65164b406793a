//! Figures rolled up with coverage, corrections beside them, and the way down.

use super::send_commune;
use crate::reports::{adopt_and_send, cell, fill_in, write as write_section};
use crate::world::{World, province, province_on};
use app::Error;
use app::consolidation::{
    CorrectionWish, correct, figure_desk, figure_source, refresh, remove_correction,
};
use app::reports::{figures, view};
use domain::campaign::Period;
use domain::event::EventKind;
use domain::figures::Cell;
use domain::number::Amount;
use store::testing::{postgres, sqlite};

fn number(value: i64) -> Cell {
    Cell::Number(Amount::from(value))
}

fn wish(value: &str, reason: &str) -> CorrectionWish {
    CorrectionWish {
        code: "NO01".into(),
        period: Period::Year(2021),
        value: Cell::parse_vietnamese(value),
        reason: reason.into(),
    }
}

/// What stands in the draft or in the sent report under NO01, 2021.
fn stated(world: &World, reader: &str, unit: &str) -> Cell {
    let seen = view::view(&world.person(reader), world.report(unit)).expect("the report");
    seen.content.figures.cells[0]
}

#[test]
fn a_district_takes_the_exact_totals_of_its_communes_with_their_coverage() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        let (person, report) = (world.person("H1"), world.report("H1"));
        send_commune(&world, "X11", "Đã xây 05 nhà.");
        let seen = figure_desk(&person, report).expect("the desk");
        assert_eq!((seen.coverage.received, seen.coverage.expected), (1, 2));
        assert!(seen.stale > 0);
        refresh(&person, report).expect("taken in");
        send_commune(&world, "X12", "Đã sửa 02 nhà.");
        assert_eq!(
            stated(&world, "H1", "H1"),
            number(5),
            "nothing changes by itself"
        );
        assert!(figure_desk(&person, report).expect("the desk").stale > 0);
        refresh(&person, report).expect("taken in");
        assert_eq!(stated(&world, "H1", "H1"), number(10));
        let seen = figure_desk(&person, report).expect("the desk");
        assert_eq!(seen.stale, 0);
        assert_eq!(refresh(&person, report).expect("again"), 0);
        let way = figure_source(&person, report, "NO01", Period::Year(2021)).expect("the way");
        assert_eq!(way.rolled_up, Some(Amount::from(10)));
        let parts: Vec<Option<Amount>> = way.parts.iter().map(|part| part.value).collect();
        assert_eq!(parts, [Some(Amount::from(5)), Some(Amount::from(5))]);
        // 20 of 28 houses, not the mean of two rates.
        let rate = figure_source(&person, report, "TL01", Period::Year(2021)).expect("a rate");
        assert_eq!(
            rate.rolled_up.map(|rate| rate.to_string()).as_deref(),
            Some("71.43")
        );
        assert_eq!(rate.stated, Cell::Number(rate.rolled_up.expect("a value")));
    }
}

#[test]
fn a_correction_stands_beside_the_value_with_its_reason_and_goes_again() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        let (person, report) = (world.person("H1"), world.report("H1"));
        send_commune(&world, "X11", "Đã xây 05 nhà.");
        refresh(&person, report).expect("taken in");
        let Err(Error::Invalid(problems)) = correct(&person, report, wish("năm", " ")) else {
            panic!("a correction without number and reason");
        };
        assert_eq!(problems.len(), 2);
        correct(&person, report, wish("6", "Một nhà báo sót")).expect("corrected");
        correct(&person, report, wish("6", "Một nhà báo sót")).expect("a second click");
        correct(&person, report, wish("7", "Hai nhà báo sót")).expect("corrected anew");
        let way = figure_source(&person, report, "NO01", Period::Year(2021)).expect("the way");
        assert_eq!(
            (way.stated, way.rolled_up),
            (number(7), Some(Amount::from(5)))
        );
        let correction = way.correction.expect("beside it");
        assert_eq!(correction.reason, "Hai nhà báo sót");
        assert_eq!(correction.rolled_up.as_deref(), Some("5"));
        assert_eq!(correction.corrected_by, "Huyện ủy Bắc Bình");
        refresh(&person, report).expect("kept");
        assert_eq!(stated(&world, "H1", "H1"), number(7));
        remove_correction(&person, report, "NO01", Period::Year(2021)).expect("taken back");
        remove_correction(&person, report, "NO01", Period::Year(2021)).expect("a second click");
        assert_eq!(stated(&world, "H1", "H1"), number(5));
        let corrected = world
            .events("H1")
            .into_iter()
            .filter(|kind| *kind == EventKind::FigureCorrected);
        assert_eq!(corrected.count(), 3);
    }
}

#[test]
fn the_province_sees_what_a_district_corrected_and_counts_what_was_written_below() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    write_section(&world, "H1", 0, "Toàn huyện có 18 xã.");
    write_section(&world, "H1", 1, "Kết quả chung.");
    let (district, report) = (world.person("H1"), world.report("H1"));
    refresh(&district, report).expect("taken in");
    correct(&district, report, wish("6", "Một nhà báo sót")).expect("corrected");
    adopt_and_send(&world, "H1");
    // A body beside the districts looks at the same facts; its figures are shown and not added.
    fill_in(&world, "BTG");
    adopt_and_send(&world, "BTG");
    let (lead, last) = (world.person("BDV"), world.report("TU"));
    refresh(&lead, last).expect("taken in");
    assert_eq!(stated(&world, "BDV", "TU"), number(5));
    let way = figure_source(&lead, last, "NO01", Period::Year(2021)).expect("the way");
    assert_eq!((way.coverage.received, way.coverage.expected), (1, 4));
    let first = &way.parts[0];
    assert_eq!(first.unit.code, "H1");
    assert!(first.consolidates && first.was_sent && first.differs());
    assert_eq!(first.stated, number(6));
    assert_eq!(
        first.correction.as_ref().map(|known| known.reason.as_str()),
        Some("Một nhà báo sót")
    );
    assert_eq!(way.parts.len(), 2);
    let beside: Vec<(&str, Cell)> = way
        .beside
        .iter()
        .map(|part| (part.unit.code.as_str(), part.stated))
        .collect();
    assert_eq!(beside, [("BTG", number(5))]);
    // The way goes on in the report of the district.
    let below = figure_source(&lead, report, "NO01", Period::Year(2021)).expect("the way on");
    assert_eq!(below.stated, number(6));
    assert!(!below.is_own && below.correction.is_some());
    assert!(matches!(
        figure_source(&world.person("X11"), report, "NO01", Period::Year(2021)),
        Err(Error::NotFound)
    ));
}

#[test]
fn what_only_districts_know_fills_the_gap_at_the_province() {
    let world = province();
    fill_in(&world, "X11");
    let commune = (world.person("X11"), world.report("X11"));
    figures::save(&commune.0, commune.1, vec![cell("NO02", 2022, "")]).expect("blank");
    adopt_and_send(&world, "X11");
    write_section(&world, "H1", 0, "Toàn huyện có 18 xã.");
    write_section(&world, "H1", 1, "Kết quả chung.");
    let own = CorrectionWish {
        code: "NO02".into(),
        period: Period::Year(2022),
        ..wish("9", "Cấp huyện trực tiếp theo dõi")
    };
    refresh(&world.person("H1"), world.report("H1")).expect("taken in");
    correct(&world.person("H1"), world.report("H1"), own).expect("entered");
    adopt_and_send(&world, "H1");
    let (lead, last) = (world.person("BDV"), world.report("TU"));
    let way = figure_source(&lead, last, "NO02", Period::Year(2022)).expect("the way");
    assert_eq!(way.rolled_up, Some(Amount::from(9)));
}

#[test]
fn nothing_is_corrected_where_nothing_is_rolled_up_or_the_draft_is_closed() {
    let world = province();
    let refused = |result: app::Result<()>| assert!(matches!(result, Err(Error::Refused(_))));
    refused(correct(
        &world.person("X11"),
        world.report("X11"),
        wish("6", "Sót"),
    ));
    let (person, report) = (world.person("H1"), world.report("H1"));
    refused(correct(
        &person,
        report,
        CorrectionWish {
            code: "TL01".into(),
            ..wish("6", "Sót")
        },
    ));
    write_section(&world, "H1", 0, "Toàn huyện có 18 xã.");
    write_section(&world, "H1", 1, "Kết quả chung.");
    refresh(&person, report).expect("taken in");
    adopt_and_send(&world, "H1");
    refused(correct(&person, report, wish("6", "Sót")));
    refused(refresh(&person, report).map(drop));
}
