//! Tables with faults: each is told by its row, and nothing changes.

use super::support::{UNITS, World, problems};
use domain::event::EventKind;

fn import(world: &World, table: &str) -> app::Result<app::units::ImportOutcome> {
    app::units::import(
        &world.as_login("quantri"),
        "Cây mới",
        "units.tsv",
        table.as_bytes(),
        false,
    )
}

fn refused(table: &str) -> Vec<String> {
    let world = World::new();
    let before = (
        world.count("unit"),
        world.count("tree"),
        world.count("event"),
    );
    let found = problems(import(&world, table).unwrap_err());
    assert_eq!(
        (
            world.count("unit"),
            world.count("tree"),
            world.count("event")
        ),
        before
    );
    found
}

const HEAD: &str = "code\tname\tkind\tlevel\tparent_code\n";

#[test]
fn a_clean_table_becomes_a_tree_with_its_event() {
    let world = World::new();
    assert_eq!(world.count("unit"), UNITS.lines().count() as i64 - 1);
    assert_eq!(world.events(EventKind::UnitsImported), 1);
    let table = format!("{HEAD}T\tTỉnh ủy\ttinh_uy\t2\t\nH\tHuyện ủy A\thuyen_uy\t3\tT\n");
    let outcome = import(&world, &table).unwrap();
    assert!(outcome.tree.is_some());
    assert_eq!(world.events(EventKind::UnitsImported), 2);
}

#[test]
fn a_trial_run_changes_nothing_and_lists_each_problem_by_row() {
    let world = World::new();
    let before = (world.count("unit"), world.count("event"));
    let table =
        format!("{HEAD}T\tTỉnh ủy\ttinh_uy\t2\t\nT\tTrùng\t\tba\tKHONG\n\tKhông mã\t\t3\tT\n");
    let outcome = app::units::import(
        &world.as_login("quantri"),
        "",
        "u.tsv",
        table.as_bytes(),
        true,
    )
    .unwrap();
    let listed: Vec<String> = outcome
        .check
        .problems
        .iter()
        .map(|p| format!("{}: {}", p.place, p.message))
        .collect();
    insta::assert_snapshot!(listed.join("\n"));
    assert_eq!((world.count("unit"), world.count("event")), before);
}

#[test]
fn a_cycle_is_refused_with_its_path() {
    let found = refused(&format!("{HEAD}A\tA\t\t3\tB\nB\tB\t\t3\tA\n"));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("dòng 2:") && found[0].contains("→"),
        "{found:?}"
    );
}

#[test]
fn a_missing_parent_a_duplicate_code_and_letters_for_a_level_are_refused() {
    for (table, expected) in [
        (
            "A\tA\t\t3\tZ\n",
            "dòng 2: không tìm thấy đơn vị cấp trên có mã Z",
        ),
        (
            "A\tA\t\t3\t\nA\tB\t\t3\t\n",
            "dòng 3: mã A đã dùng ở dòng 2",
        ),
        (
            "A\tA\t\thuyện\t\n",
            "dòng 2: cấp của đơn vị A phải là số từ 1 đến 9, đang ghi “huyện”",
        ),
        ("A\t\t\t3\t\n", "dòng 2: thiếu tên đơn vị (mã A)"),
    ] {
        let found = refused(&format!("{HEAD}{table}"));
        assert!(
            found.iter().any(|problem| problem.starts_with(expected)),
            "{found:?}"
        );
    }
}

#[test]
fn a_missing_column_is_refused_and_an_unknown_one_is_left_out() {
    let found = refused("code\tten_don_vi\tlevel\nA\tA\t3\n");
    assert_eq!(
        found,
        [
            "dòng tiêu đề: thiếu cột “name”",
            "dòng tiêu đề: thiếu cột “parent_code”"
        ]
    );
    let table = app::units::read_units(
        "u.tsv",
        "code\tname\tlevel\tparent_code\tmàu\nA\tA\t3\t\txanh\n".as_bytes(),
    )
    .unwrap();
    assert!(table.check.is_clean());
    assert_eq!(table.check.notes[0].place, "cột 5 “màu”");
}

#[test]
fn a_table_keyed_by_id_is_read_too() {
    let table = app::units::read_units(
        "units.tsv",
        "id\tparent_id\tlevel\tcode\tname\tkind\tdeadline\n1\t\t2\tBT\tTỉnh ủy\ttinh_uy\t2022-10-20T17:00:00+07:00\n2\t1\t3\tBT-01\tHuyện ủy\thuyen_uy\t2022-09-30T17:00:00+07:00\n".as_bytes(),
    )
    .unwrap();
    assert!(table.check.is_clean(), "{:?}", table.check);
    assert_eq!(table.rows[1].1.parent_code.as_deref(), Some("BT"));
    assert_eq!(table.ids, ["1", "2"]);
    assert_eq!(table.deadlines[1], "2022-09-30T17:00:00+07:00");
    let broken = app::units::read_units(
        "u.tsv",
        "id\tparent_id\tlevel\tcode\tname\n1\t\t2\tA\tA\n1\t7\t3\tB\tB\n".as_bytes(),
    )
    .unwrap();
    assert_eq!(
        broken.check.problems.len(),
        2,
        "{:?}",
        broken.check.problems
    );
}

#[test]
fn names_are_stored_composed_and_without_nul() {
    let world = World::new();
    let table = format!("{HEAD}T\tTi\u{309}nh u\u{309}y\0\ttinh_uy\t2\t\n");
    let tree = import(&world, &table).unwrap().tree.unwrap();
    let unit = app::units::by_code(&world.as_login("xa"), tree, "T").unwrap();
    assert_eq!(unit.seed.name, "Tỉnh ủy");
}

#[test]
fn the_same_name_for_two_trees_is_refused() {
    let world = World::new();
    let ctx = world.as_login("quantri");
    let error =
        app::units::import(&ctx, "Bình Thuận 2022", "u.tsv", UNITS.as_bytes(), false).unwrap_err();
    assert!(problems(error)[0].contains("đã có cây tổ chức tên"));
    assert_eq!(world.count("tree"), 1);
}

#[test]
fn a_drafter_imports_no_units_and_edits_none() {
    let world = World::new();
    let ctx = world.as_login("xa");
    assert!(matches!(
        app::units::import(&ctx, "x", "u.tsv", UNITS.as_bytes(), false),
        Err(app::Error::Forbidden)
    ));
    let unit = app::units::unit(&ctx, world.unit("BT-595")).unwrap();
    assert!(matches!(
        app::units::edit(&ctx, unit.id, unit.seed),
        Err(app::Error::Forbidden)
    ));
}

#[test]
fn faults_of_an_outline_are_told_by_row() {
    let (_, check) = app::outlines::read_sections(
        "decuong.tsv",
        "number\ttitle\tlevel\nI\tTình hình\t1\n1\tA\t3\nI\tKết quả\t1\nII\t\tmột\n".as_bytes(),
    )
    .unwrap();
    let listed: Vec<String> = check
        .problems
        .iter()
        .map(|p| format!("{}: {}", p.place, p.message))
        .collect();
    insta::assert_snapshot!(listed.join("\n"));
}

#[test]
fn faults_of_indicators_are_told_by_row() {
    let (_, check) = app::outlines::read_indicators(
        "chitieu.tsv",
        "code\tname\trule\tgrain\tnumerator\tdenominator\ttotal_of\trequired\n\
         A1\tSố người\tflow\tyear\t\t\t\t1\n\
         A1\tTrùng\tflow\tyear\t\t\t\t0\n\
         B1\tTỷ lệ\tratio\tyear\tA1\tKHONG\t\t\n\
         B2\tTỷ lệ\tratio\tyear\tA1\t\t\t\n\
         C1\tTổng\tcộng\tquý\t\t\tA1+C1\tcó lẽ\n"
            .as_bytes(),
    )
    .unwrap();
    let listed: Vec<String> = check
        .problems
        .iter()
        .map(|p| format!("{}: {}", p.place, p.message))
        .collect();
    insta::assert_snapshot!(listed.join("\n"));
}

#[test]
fn a_section_over_deeper_ones_becomes_a_heading() {
    let (sections, check) = app::outlines::read_sections(
        "decuong.tsv",
        "number\tlevel\ttitle\tguidance\nI\t1\tTÌNH HÌNH\t\nI.1\t2\tKhái quát\tNêu ngắn gọn\n"
            .as_bytes(),
    )
    .unwrap();
    assert!(check.is_clean(), "{check:?}");
    assert_eq!(sections[0].writable, domain::campaign::Writable::Heading);
    assert_eq!(sections[1].writable, domain::campaign::Writable::Required);
}
