//! What a unit that ends hands over to its successor: duty, draft, history, due and people.

use super::{MERGER, applied, draft, previewed, standing};
use crate::consolidation::{desk, insert, send_commune};
use crate::reports::{adopt_and_send, cell, fill_in, write};
use crate::world::{CAMPAIGN, World, province};
use app::boards::board;
use app::consolidation::figure_desk;
use app::reorganise::{counter, reorganise};
use app::reports::document::document;
use app::reports::draft::open_section;
use app::reports::{figures, receive, view};
use domain::campaign::{Assignment, Period};
use domain::event::EventKind::{HandedOver, Superseded};
use domain::figures::Cell;
use domain::number::Amount;
use domain::report::lifecycle::State;
use jiff::civil::date;

fn duty(world: &World, unit: &str) -> Assignment {
    let id = world.report(unit);
    world
        .db
        .read(|tx| store::assignments::by_id(tx, id))
        .expect("the duty")
}

fn text(world: &World, unit: &str, person: &str, section: usize) -> String {
    let seen = view::view(&world.person(person), world.report(unit)).expect("the report");
    seen.content.text(world.sections[section]).to_owned()
}

#[test]
fn two_drafts_meet_in_one_successor_and_both_are_kept_and_merged_by_section() {
    let world = province();
    fill_in(&world, "X11");
    write(&world, "X12", 0, "Xã có 07 thôn.");
    let houses = vec![cell("NO01", 2021, "4")];
    figures::save(&world.person("X12"), world.report("X12"), houses).expect("figures");
    let due = duty(&world, "X11").due_at;

    let seen = previewed(&world, MERGER);
    assert_eq!(
        (seen.touched.passed, seen.touched.merged),
        (1, 1),
        "{seen:?}"
    );
    assert_eq!(seen.touched.drafts, 2);
    applied(&world, "1-QĐ/TU", MERGER);

    let (first, second) = (duty(&world, "X11"), duty(&world, "X12"));
    assert_eq!(first.terms.unit, standing(&world, "X1M"));
    assert_eq!((first.state, first.due_at), (State::Drafting, due));
    assert_eq!(second.state, State::Superseded);
    assert_eq!(
        text(&world, "X11", "X11", 0),
        "Xã có 05 thôn.\nXã có 07 thôn."
    );
    assert_eq!(
        text(&world, "X12", "X12", 0),
        "Xã có 07 thôn.",
        "kept as it was"
    );
    let content = view::view(&world.person("X11"), world.report("X11"))
        .expect("the report")
        .content;
    let houses = content
        .outline
        .layout
        .cell(0, Period::Year(2021))
        .expect("yearly");
    let nine = Cell::Number(Amount::from(9));
    assert_eq!(
        content.figures.cells[houses], nine,
        "5 and 4 houses of 2021"
    );
    assert_eq!(world.events("X11").last(), Some(&HandedOver));
    assert_eq!(world.events("X12").last(), Some(&Superseded));
}

#[test]
fn people_of_both_units_write_on_together_and_the_board_expects_one_report() {
    let world = province();
    let all = |world: &World| board(&world.person("BDV"), CAMPAIGN).expect("a board").all;
    let before = all(&world).expected;
    applied(&world, "1-QĐ/TU", MERGER);
    assert_eq!(all(&world).expected, before - 1);
    for person in ["X11", "X12"] {
        let mine = open_section(
            &world.person(person),
            world.report("X11"),
            world.sections[0],
        );
        assert!(mine.expect("their successor's report").editable, "{person}");
    }
}

#[test]
fn what_was_sent_stays_as_sent_under_the_superior_that_it_had() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let seen = previewed(&world, MERGER);
    assert_eq!((seen.touched.stay, seen.touched.passed), (1, 1));
    applied(&world, "1-QĐ/TU", MERGER);
    let sent = duty(&world, "X11");
    assert_eq!(
        (sent.terms.unit, sent.state),
        (world.units["X11"], State::Sent)
    );
    assert_eq!(text(&world, "X11", "H1", 0), "Xã có 05 thôn.");
    receive::receive(&world.person("H1"), world.report("X11")).expect("received as before");
    assert_eq!(duty(&world, "X12").terms.unit, standing(&world, "X1M"));
}

#[test]
fn a_merged_superior_hands_on_what_is_addressed_to_it_and_its_units_go_along() {
    let world = province();
    write(&world, "X21", 0, "Xã có 03 thôn.");
    write(&world, "H2", 0, "Huyện có 09 xã.");
    write(&world, "H1", 0, "Huyện có 18 xã.");
    let rows = ["merge\tH2\tH1\t\t\t\t\t\t\t\tNhập toàn bộ"];
    let seen = previewed(&world, &rows);
    assert_eq!(seen.carried, 2, "the communes of the second district");
    applied(&world, "2-QĐ/TU", &rows);
    let commune = duty(&world, "X21");
    assert_eq!(commune.terms.addressee, Some(world.units["H1"]));
    assert_eq!(
        commune.terms.addressee_name,
        "Ban Thường vụ Huyện ủy Bắc Bình"
    );
    assert_eq!(commune.terms.unit, standing(&world, "X21"));
    assert_eq!(commune.state, State::Drafting);
    assert_eq!(duty(&world, "H2").state, State::Superseded);
    assert_eq!(
        text(&world, "H1", "H1", 0),
        "Huyện có 18 xã.\nHuyện có 09 xã."
    );
    // Whoever worked in the second district receives at the first.
    let mut world = world;
    world.reports.insert("X2".into(), commune.id);
    write(&world, "X21", 1, "Đã xây 01 nhà.");
}

#[test]
fn a_counter_decision_gives_back_what_was_handed_over() {
    let world = province();
    fill_in(&world, "X11");
    write(&world, "X12", 0, "Xã có 07 thôn.");
    let merged = applied(&world, "1-QĐ/TU", MERGER);
    counter(
        &world.app.operator(),
        merged.decision,
        super::head("9-QĐ/TU", super::TODAY),
    )
    .expect("taken back");
    for unit in ["X11", "X12"] {
        let duty = duty(&world, unit);
        assert_eq!(duty.terms.unit, standing(&world, unit), "{unit}");
        assert_eq!(duty.state, State::Drafting, "{unit}");
        let mine = open_section(&world.person(unit), world.report(unit), world.sections[0]);
        assert!(mine.expect("their own report").editable, "{unit}");
    }
    assert_eq!(text(&world, "X12", "X12", 0), "Xã có 07 thôn.");
}

#[test]
fn what_the_collective_of_an_ended_unit_adopted_is_written_on_by_the_successor() {
    let world = province();
    fill_in(&world, "X11");
    app::reports::adoption::propose(&world.person("X11"), world.report("X11")).expect("proposed");
    applied(&world, "1-QĐ/TU", MERGER);
    assert_eq!(duty(&world, "X11").state, State::Drafting);
}

#[test]
fn a_superior_consolidates_what_was_sent_to_the_one_that_went_into_it() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    send_commune(&world, "X21", "Đã sửa 03 nhà.");
    applied(
        &world,
        "2-QĐ/TU",
        &["merge\tH2\tH1\t\t\t\t\t\t\t\tNhập toàn bộ"],
    );
    assert_eq!(
        duty(&world, "X21").terms.unit,
        world.units["X21"],
        "sent, so it stays"
    );
    let seen = desk(&world, "H1", "H1");
    assert_eq!(seen.units.len(), 2, "both communes");
    insert(&world, "H1", "H1", &[(0, 0), (1, 0)]);
    let figures = figure_desk(&world.person("H1"), world.report("H1")).expect("figures");
    let coverage = figures.coverage;
    assert_eq!((coverage.received, coverage.expected), (2, 4));
}

#[test]
fn what_was_issued_keeps_the_name_of_its_day() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    world.clock.set("2022-09-12T08:00:00+07:00");
    let row = "rename\tX11\t\t\t\t\tĐảng ủy phường Bình Tân\t\t\t\t";
    let renaming = draft(&world, "2-QĐ/TU", date(2022, 9, 12), &[row]);
    reorganise(&world.app.operator(), renaming).expect("applied");
    let document = document(&world.person("X11"), world.report("X11")).expect("a document");
    let printed = format!("{document:?}");
    assert!(printed.contains("Lưu Đảng ủy xã Bình Tân"), "{printed}");
    assert!(!printed.contains("phường"), "{printed}");
}
