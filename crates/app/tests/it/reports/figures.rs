//! The table of figures: what may be typed, and two people in one table.

use super::cell;
use crate::world::province;
use app::Error;
use app::reports::content::FigureSource;
use app::reports::figures::{CellChange, ExactChange, open, save, save_exact};
use domain::campaign::Period;
use domain::event::EventKind;
use domain::figures::Cell;
use domain::number::Amount;

fn number(value: i64) -> Cell {
    Cell::Number(Amount::from(value))
}

#[test]
fn blank_zero_and_not_applicable_are_kept_apart_and_ratios_are_computed() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let changes = vec![
        cell("NO01", 2021, "0"),
        cell("NO01", 2022, "1.234"),
        cell("NO02", 2021, "-"),
        cell("NO03", 2022, "2.468"),
    ];
    assert_eq!(save(&person, report, changes).expect("saved").changed, 4);
    let view = open(&person, report).expect("the table");
    let layout = &view.outline.layout;
    let at = |code: &str, year: i16| {
        layout
            .cell(layout.indicator(code).expect("code"), Period::Year(year))
            .expect("cell")
    };
    assert_eq!(view.table.cells[at("NO01", 2021)], number(0));
    assert_eq!(view.table.cells[at("NO02", 2021)], Cell::NotApplicable);
    assert_eq!(view.table.cells[at("NO02", 2022)], Cell::Blank);
    assert_eq!(view.computed[at("TL01", 2022)], Some(Amount::from(50)));
    assert_eq!(view.computed[at("TL01", 2021)], None);
    assert!(view.open[0] && !view.open[4], "nobody types a ratio");
}

#[test]
fn a_total_that_does_not_add_up_is_shown_and_not_changed() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    save(
        &person,
        report,
        vec![
            cell("NO01", 2021, "5"),
            cell("NO02", 2021, "2"),
            cell("NO03", 2021, "8"),
        ],
    )
    .expect("saved");
    let view = open(&person, report).expect("the table");
    assert_eq!(view.slips.len(), 1);
    assert_eq!(
        (view.slips[0].stated, view.slips[0].computed),
        (Amount::from(8), Amount::from(7))
    );
}

#[test]
fn cells_that_are_no_numbers_are_each_named_and_nothing_is_saved() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let changes = vec![
        cell("NO01", 2021, "5"),
        cell("NO02", 2021, "năm"),
        cell("NO03", 2022, &"9".repeat(40)),
        cell("TL01", 2021, "3"),
    ];
    let Err(Error::Invalid(problems)) = save(&person, report, changes) else {
        panic!("letters were taken for a number");
    };
    let places: Vec<&str> = problems
        .iter()
        .map(|problem| problem.place.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "Chỉ tiêu NO02, 2021",
            "Chỉ tiêu NO03, 2022",
            "Chỉ tiêu TL01, 2021"
        ]
    );
    assert!(world.events("X11").is_empty());
}

#[test]
fn two_people_fill_in_one_table_and_only_the_same_cell_clashes() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let seen_blank = |code: &str, typed: &str| CellChange {
        was: Some(Cell::Blank),
        ..cell(code, 2021, typed)
    };
    save(&person, report, vec![seen_blank("NO01", "5")]).expect("the first");
    let second = save(
        &person,
        report,
        vec![seen_blank("NO01", "6"), seen_blank("NO02", "2")],
    )
    .expect("the second");
    assert_eq!(second.changed, 1);
    assert_eq!(
        (second.clashes[0].yours, second.clashes[0].theirs),
        (number(6), number(5))
    );
    let view = open(&person, report).expect("the table");
    assert_eq!(view.table.cells[0], number(5), "the one saved first stays");
    assert_eq!(view.table.cells[2], number(2));
}

#[test]
fn a_save_without_a_change_writes_nothing() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    save(&person, report, vec![cell("NO01", 2021, "5")]).expect("saved");
    let again = save(&person, report, vec![cell("NO01", 2021, "05")]).expect("the same");
    assert_eq!((again.changed, again.version), (0, 1));
    assert_eq!(world.events("X11"), [EventKind::DraftStarted]);
}

#[test]
fn figures_of_a_district_come_from_its_communes_and_are_not_typed() {
    let world = province();
    let (person, report) = (world.person("H1"), world.report("H1"));
    let view = open(&person, report).expect("the table");
    assert_eq!(view.source, FigureSource::RolledUp);
    assert!(view.open.iter().all(|open| !open) && view.closed_because.is_some());
    assert!(matches!(
        save(&person, report, vec![cell("NO01", 2021, "5")]),
        Err(Error::Refused(_))
    ));
}

#[test]
fn programs_write_exact_decimals_and_are_told_what_is_none() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let exact = |value: Option<&str>| ExactChange {
        code: "NO01".into(),
        period: Period::Year(2021),
        value: value.map(Into::into),
        was: None,
    };
    // One point with three decimals, which a person would be asked about.
    for (value, stands) in [
        (Some("1.234"), "1.234"),
        (Some("na"), "na"),
        (None, ""),
        (Some("0"), "0"),
    ] {
        save_exact(&person, report, vec![exact(value)]).expect("saved");
        let view = open(&person, report).expect("the table");
        let layout = &view.outline.layout;
        let indicator = layout.indicator("NO01").expect("code");
        let cell = layout
            .cell(indicator, Period::Year(2021))
            .expect("a cell of the year");
        assert_eq!(view.table.cells[cell].exact().unwrap_or_default(), stands);
    }
    let Err(Error::Invalid(problems)) = save_exact(&person, report, vec![exact(Some("1,5"))])
    else {
        panic!("a comma was taken");
    };
    assert_eq!(problems[0].place, "Chỉ tiêu NO01, 2021");
    assert!(problems[0].message.contains("1234.5"), "{problems:?}");
}
