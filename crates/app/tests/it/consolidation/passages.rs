//! Passages side by side, inserted, used, edited; two people, two clicks, a newer report.

use super::{desk, insert, origins, picks, send_commune};
use crate::reports::{adopt_and_send, by_hand, write as write_section};
use crate::world::{World, province, province_on};
use app::Error;
use app::consolidation::{Edit, Newer, Pick, SectionQuery, UnitQuery, overview, section, write};
use app::reports::draft::{Settle, save_section, settle};
use app::reports::{receive, returns};
use domain::access::Role;
use domain::event::EventKind;
use domain::ids::RevisionId;
use domain::report::merging::{Share, Usage};
use store::testing::{postgres, sqlite};

fn edit(base_version: i64, picks: Vec<Pick>) -> Edit {
    Edit {
        base_version,
        picks,
        ..Edit::default()
    }
}

#[test]
fn a_district_sees_what_was_sent_side_by_side_and_never_a_draft() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        send_commune(&world, "X11", "Đã xây 05 nhà.\nĐã sửa 02 nhà.");
        write_section(&world, "X12", 1, "Bản thảo chưa gửi.");
        let seen = desk(&world, "H1", "H1");
        assert_eq!(seen.units.len(), 1);
        assert_eq!(seen.units[0].report.unit_name, "Đảng ủy xã Bình Tân");
        assert_eq!(seen.units[0].passages.len(), 2);
        assert_eq!(seen.silent, ["Đảng ủy xã Sông Lũy"]);
        insert(&world, "H1", "H1", &[(0, 1)]);
        let whole = overview(
            &world.person("H1"),
            world.report("H1"),
            &UnitQuery::default(),
        )
        .expect("the overview");
        assert_eq!((whole.expected, whole.sent), (2, 1));
        assert_eq!(whole.sections[1].written_by, 1);
        assert_eq!(
            (whole.sections[1].passages, whole.sections[1].from_below),
            (1, 1)
        );
        let shares = &whole.units[0].shares;
        assert_eq!(shares[..], [Some(Share::Unused), Some(Share::Part), None]);
        assert!(whole.units[1].shares.iter().all(Option::is_none));
    }
}

#[test]
fn only_the_unit_and_who_drafts_for_it_consolidate() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    let query = SectionQuery::default();
    for stranger in ["X11", "H2", "TU", "BDV"] {
        let seen = section(
            &world.person(stranger),
            world.report("H1"),
            world.sections[1],
            &query,
        );
        assert!(matches!(seen, Err(Error::NotFound)), "{stranger}");
    }
    for drafter in ["BDV", "TU"] {
        desk(&world, drafter, "TU");
    }
    let observer = world.person_with("H1", Role::Observer);
    let refused = write(
        &observer,
        world.report("H1"),
        world.sections[1],
        edit(0, Vec::new()),
    );
    assert!(matches!(refused, Err(Error::Forbidden)));
}

#[test]
fn reports_that_were_not_sent_to_the_unit_are_not_taken_from() {
    let world = province();
    send_commune(&world, "X21", "Của huyện khác.");
    write_section(&world, "X11", 1, "Bản thảo.");
    let other = desk(&world, "H2", "H2").units[0].revision;
    let (person, report) = (world.person("H1"), world.report("H1"));
    for revision in [other, RevisionId(other.0 + 1), RevisionId(999)] {
        let pick = Pick {
            revision,
            passage: None,
        };
        let taken = write(&person, report, world.sections[1], edit(0, vec![pick]));
        assert!(matches!(taken, Err(Error::NotFound)));
    }
}

#[test]
fn passages_go_where_they_are_put_and_a_second_click_changes_nothing() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.\nĐã sửa 02 nhà.");
    send_commune(&world, "X12", "Đã tặng 10 sổ.");
    write_section(&world, "H1", 1, "Mở đầu.\nKết luận.");
    let (person, report, place) = (world.person("H1"), world.report("H1"), world.sections[1]);
    let seen = desk(&world, "H1", "H1");
    let wish = Edit {
        base_version: seen.editor.version(),
        text: Some("Mở đầu chung.\nKết luận.".into()),
        picks: picks(&seen, &[(1, 0), (0, 1)]),
        at: Some(1),
    };
    let once = write(&person, report, place, wish.clone()).expect("inserted");
    let twice = write(&person, report, place, wish).expect("again");
    assert_eq!((once.inserted, twice.inserted), (2, 0));
    assert_eq!(twice.saved.version, once.saved.version);
    assert_eq!(twice.saved.open_conflicts, 0);
    let seen = desk(&world, "H1", "H1");
    assert_eq!(
        origins(&seen),
        [
            ("Mở đầu chung.", None),
            ("Đã tặng 10 sổ.", Some("Đảng ủy xã Sông Lũy")),
            ("Đã sửa 02 nhà.", Some("Đảng ủy xã Bình Tân")),
            ("Kết luận.", None),
        ]
    );
    let usages: Vec<Usage> = seen.units[0].passages.iter().map(|shown| shown.2).collect();
    assert_eq!(usages, [Usage::New, Usage::Used]);
    assert_eq!(
        world.events("H1"),
        [EventKind::DraftStarted, EventKind::PassageInserted]
    );
}

#[test]
fn sources_outlive_edits_in_the_ordinary_editor() {
    let world = province();
    send_commune(
        &world,
        "X11",
        "Đã xây mới 05 nhà tình nghĩa cho các gia đình chính sách.",
    );
    insert(&world, "H1", "H1", &[(0, 0)]);
    write_section(
        &world,
        "H1",
        1,
        "Trong kỳ:\nXã Bình Tân đã xây mới 05 nhà tình nghĩa cho các gia đình chính sách.",
    );
    let seen = desk(&world, "H1", "H1");
    assert_eq!(seen.own[0].unit_name, None);
    assert_eq!(
        seen.own[1].unit_name.as_deref(),
        Some("Đảng ủy xã Bình Tân")
    );
    assert!(seen.own[1].passage.edited);
    assert_eq!(seen.units[0].passages[0].2, Usage::Edited);
}

#[test]
fn passages_join_the_newer_text_of_a_colleague_and_typed_words_are_kept_beside_it() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.\nĐã sửa 02 nhà.");
    write_section(&world, "H1", 1, "Mở đầu.");
    let (person, report, place) = (world.person("H1"), world.report("H1"), world.sections[1]);
    let seen = desk(&world, "H1", "H1");
    let old = seen.editor.version();
    let colleague = world.person_with("H1", Role::Drafter);
    save_section(&colleague, report, place, by_hand("Mở đầu mới.", old)).expect("saved");
    let joined = write(&person, report, place, edit(old, picks(&seen, &[(0, 0)]))).expect("joined");
    assert_eq!((joined.inserted, joined.saved.kept_aside), (1, None));
    let typed = Edit {
        text: Some("Mở đầu của tôi.".into()),
        ..edit(old, picks(&seen, &[(0, 1)]))
    };
    let kept = write(&person, report, place, typed).expect("kept");
    let row = kept.saved.kept_aside.expect("beside the newer text");
    let seen = desk(&world, "H1", "H1");
    let texts: Vec<&str> = origins(&seen).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["Mở đầu mới.", "Đã xây 05 nhà."]);
    settle(
        &person,
        report,
        place,
        row,
        seen.editor.version(),
        Settle::KeepOther,
    )
    .expect("settled");
    assert_eq!(
        origins(&desk(&world, "H1", "H1")),
        [
            ("Mở đầu của tôi.", None),
            ("Đã sửa 02 nhà.", Some("Đảng ủy xã Bình Tân")),
        ]
    );
}

#[test]
fn words_that_the_page_has_saved_meanwhile_are_no_conflict() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    let (person, report, place) = (world.person("H1"), world.report("H1"), world.sections[1]);
    write_section(&world, "H1", 1, "Mở đầu.");
    let seen = desk(&world, "H1", "H1");
    let old = seen.editor.version();
    save_section(&person, report, place, by_hand("Mở đầu chung.", old)).expect("saved");
    let click = Edit {
        text: Some("Mở đầu chung.".into()),
        ..edit(old, picks(&seen, &[(0, 0)]))
    };
    let done = write(&person, report, place, click).expect("inserted");
    assert_eq!((done.inserted, done.saved.kept_aside), (1, None));
    let seen = desk(&world, "H1", "H1");
    let texts: Vec<&str> = origins(&seen).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["Mở đầu chung.", "Đã xây 05 nhà."]);
}

/// The commune's report is returned and sent again with other results.
fn send_again(world: &World, unit: &str, results: &str) {
    let (superior, report) = (world.person("H1"), world.report(unit));
    receive::receive(&superior, report).expect("received");
    returns::send_back(&superior, report, "Bổ sung", Vec::new()).expect("returned");
    returns::revise(&world.person(unit), report).expect("revised");
    write_section(world, unit, 1, results);
    adopt_and_send(world, unit);
}

#[test]
fn a_newer_report_of_a_unit_is_pointed_out() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.\nĐã sửa 02 nhà.");
    insert(&world, "H1", "H1", &[(0, 0), (0, 1)]);
    assert!(
        desk(&world, "H1", "H1")
            .own
            .iter()
            .all(|own| own.newer == Newer::No)
    );
    send_again(
        &world,
        "X11",
        "Mở đầu thêm.\nĐã xây 06 nhà.\nĐã sửa 02 nhà.",
    );
    let seen = desk(&world, "H1", "H1");
    let newer: Vec<Newer> = seen.own.iter().map(|own| own.newer).collect();
    assert_eq!(newer, [Newer::Changed, Newer::Unchanged]);
    let usages: Vec<Usage> = seen.units[0].passages.iter().map(|shown| shown.2).collect();
    assert_eq!(usages, [Usage::New, Usage::New, Usage::Used]);
    let whole = overview(
        &world.person("H1"),
        world.report("H1"),
        &UnitQuery::default(),
    )
    .expect("the overview");
    assert_eq!(whole.newer, ["Đảng ủy xã Bình Tân"]);
}

#[test]
fn units_are_found_by_a_part_of_their_name() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    send_commune(&world, "X12", "Đã tặng 10 sổ.");
    let query = SectionQuery {
        units: UnitQuery {
            name: "song luy".into(),
            page: 7,
        },
        ..SectionQuery::default()
    };
    let seen = section(
        &world.person("H1"),
        world.report("H1"),
        world.sections[1],
        &query,
    )
    .expect("the desk");
    assert_eq!(seen.units.len(), 1);
    assert_eq!(seen.units[0].report.unit_code, "X12");
}
