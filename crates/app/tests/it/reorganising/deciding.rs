//! Decisions: refused by row, applied whole, waiting for their day, taken back, and the tree of then and now.

use super::{HEADER, MERGER, TODAY, applied, draft, head, previewed, standing, tree, try_apply};
use crate::world::province;
use app::Error;
use app::reorganise::{
    apply, by_words, counter, decisions, enter, life, on_day, read_changes, view,
};
use app::units;
use domain::access::Role;
use jiff::civil::date;

#[test]
fn a_decision_with_a_fault_is_refused_by_row_and_changes_nothing() {
    let world = province();
    let rows = [
        "merge\tX11\tX99\t\t\t\t\t\t\t\t",
        "merge\tX21\tX22\t\t\t\t\t\t\t\t",
        "merge\tX22\tX21\t\t\t\t\t\t\t\t",
        "split\tX12\tX21\t\t1/3\tĐề án\t\t\t\t\t",
    ];
    let told = previewed(&world, &rows).problems;
    let places: Vec<&str> = told.iter().map(|problem| problem.place.as_str()).collect();
    assert!(
        places.contains(&"dòng 2") && places.contains(&"dòng 3"),
        "{told:?}"
    );
    let Err(Error::Invalid(problems)) = try_apply(&world, "1-QĐ/TU", &rows) else {
        panic!("applied");
    };
    assert_eq!(problems, told);
    let operator = world.app.operator();
    assert!(
        decisions(&operator, tree(&world))
            .expect("a list")
            .is_empty()
    );
    assert_eq!(standing(&world, "X11"), world.units["X11"]);
}

#[test]
fn a_decision_waits_for_its_day_and_is_applied_once() {
    let world = province();
    let operator = world.app.operator();
    let later = draft(&world, "1-QĐ/TU", date(2022, 10, 1), MERGER);
    let id = enter(&operator, later).expect("entered");
    let Err(Error::Refused(why)) = apply(&operator, id) else {
        panic!("applied before its day");
    };
    assert!(why.contains("1/10/2022"), "{why}");
    world.clock.set("2022-10-01T00:00:00+07:00");
    let operator = world.app.operator();
    let seen = view(&operator, id, 10).expect("a decision");
    assert_eq!(
        (seen.row_count, seen.preview.map(|preview| preview.ended)),
        (3, Some(2))
    );
    apply(&operator, id).expect("applied");
    assert!(matches!(apply(&operator, id), Err(Error::Conflict(_))));
}

#[test]
fn only_an_administrator_reorganises() {
    let world = province();
    let leader = world.person("TU");
    let wanted = draft(&world, "1-QĐ/TU", TODAY, MERGER);
    assert!(matches!(
        enter(&leader, wanted.clone()),
        Err(Error::Forbidden)
    ));
    let administrator = world.person_with("VP", Role::Administrator);
    enter(&administrator, wanted).expect("entered");
}

#[test]
fn the_tree_of_then_and_the_tree_of_now_are_both_there() {
    let world = province();
    applied(&world, "1-QĐ/TU", MERGER);
    let operator = world.app.operator();
    let codes = |day| -> Vec<String> {
        let tree = on_day(&operator, tree(&world), day).expect("a tree");
        let communes = tree.units.into_iter().filter(|unit| unit.level == 4);
        communes.map(|unit| unit.code).collect()
    };
    assert_eq!(codes(date(2022, 9, 9)), ["X11", "X12", "X21", "X22"]);
    assert_eq!(codes(TODAY), ["X1M", "X21", "X22"]);
    let below = |day| {
        let branch = units::browse(&operator, None, Some(world.units["H1"]), None, day);
        branch.expect("a branch").children.len()
    };
    assert_eq!((below(Some(date(2022, 9, 9))), below(None)), (2, 1));
}

#[test]
fn a_unit_tells_its_life_and_is_found_by_its_earlier_name() {
    let world = province();
    applied(&world, "1-QĐ/TU", MERGER);
    applied(
        &world,
        "2-QĐ/TU",
        &["rename\tX1M\t\t\t\t\tĐảng ủy phường Hòa Bình\t\t\t\t"],
    );
    let operator = world.app.operator();
    let life = life(&operator, standing(&world, "X1M")).expect("a life");
    let names: Vec<&str> = life.stays[0]
        .names
        .iter()
        .map(|name| name.name.as_str())
        .collect();
    assert_eq!(names, ["Đảng ủy xã Hòa Bình", "Đảng ủy phường Hòa Bình"]);
    let from: Vec<&str> = life
        .predecessors
        .iter()
        .map(|kin| kin.code.as_str())
        .collect();
    assert_eq!(from, ["X11", "X12"]);
    assert_eq!(life.decisions.len(), 2);
    let found = units::find(&operator, tree(&world), "dang uy xa hoa binh", "Đơn vị");
    assert_eq!(found.expect("found"), Some(standing(&world, "X1M")));
}

#[test]
fn a_decision_that_another_stands_on_is_not_taken_back() {
    let world = province();
    let first = applied(&world, "1-QĐ/TU", MERGER);
    let second = applied(&world, "2-QĐ/TU", &["merge\tX1M\tX21\t\t\t\t\t\t\t\t"]);
    let operator = world.app.operator();
    let Err(Error::Invalid(problems)) = counter(&operator, first.decision, head("3-QĐ/TU", TODAY))
    else {
        panic!("taken back");
    };
    assert!(problems[0].message.contains("2-QĐ/TU"), "{problems:?}");
    counter(&operator, second.decision, head("3-QĐ/TU", TODAY)).expect("the last one is");
    counter(&operator, first.decision, head("4-QĐ/TU", TODAY)).expect("and then the first");
    let twice = counter(&operator, first.decision, head("5-QĐ/TU", TODAY));
    assert!(matches!(twice, Err(Error::Conflict(_))));
    assert_eq!(
        by_words(&operator, tree(&world), "3-QĐ/TU")
            .expect("found")
            .counters,
        Some(second.decision)
    );
}

#[test]
fn a_table_of_new_units_beside_the_successions_takes_levels_from_the_units_of_the_kind() {
    let world = province();
    let operator = world.app.operator();
    let successions = "old_code\tnew_code\textent\tnote\nX11\tX1M\twhole\tNhập toàn bộ\n";
    let new_units = "code\tname\tkind\tparent_code\nX1M\tĐảng ủy xã Mới\tdang_uy_co_so\tH1\n";
    let table = read_changes(
        &operator,
        tree(&world),
        ("ke-thua.tsv", successions.as_bytes()),
        Some(("don-vi.tsv", new_units.as_bytes())),
    )
    .expect("a table");
    assert!(table.check.is_clean(), "{:?}", table.check);
    assert!(
        format!("{:?}", table.rows).contains("level: 4"),
        "{:?}",
        table.rows
    );
    let faulty = format!("{HEADER}\nmerge\tX11\t\t\t\t\t\t\t\t\t\n");
    let table = read_changes(
        &operator,
        tree(&world),
        ("bang.tsv", faulty.as_bytes()),
        None,
    )
    .expect("a table");
    assert!(
        table.check.is_clean(),
        "what the tree says is told with the tree"
    );
}
