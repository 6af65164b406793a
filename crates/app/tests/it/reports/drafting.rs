//! Writing section by section: nothing typed is lost.

use super::{by_hand, write};
use crate::world::province;
use app::Error;
use app::reports::draft::{
    MOST_TEXT, SectionSave, Settle, history, open_section, restore, save_section, settle,
};
use app::reports::{adoption, view};
use domain::access::Role;
use domain::event::EventKind;

#[test]
fn two_people_in_one_section_are_told_and_both_texts_survive() {
    let world = province();
    let (report, section) = (world.report("X11"), world.sections[0]);
    let first = world.person_with("X11", Role::Drafter);
    let second = world.person_with("X11", Role::Leader);
    write(&world, "X11", 0, "Xã có 05 thôn.");
    let one = open_section(&first, report, section).expect("open");
    let two = open_section(&second, report, section).expect("open");
    assert_eq!(
        two.others.len(),
        2,
        "the one who wrote, and the first: {:?}",
        two.others
    );
    save_section(
        &first,
        report,
        section,
        by_hand("Bản của người thứ nhất.", one.version()),
    )
    .expect("saved");
    let late = save_section(
        &second,
        report,
        section,
        by_hand("Bản của người thứ hai.", two.version()),
    )
    .expect("kept");
    let kept = late.kept_aside.expect("kept beside the newer text");

    for person in [&first, &second] {
        let editor = open_section(person, report, section).expect("open");
        assert_eq!(editor.text(), "Bản của người thứ nhất.");
        assert_eq!(editor.conflicts[0].text, "Bản của người thứ hai.");
    }
    let Err(Error::Invalid(problems)) = adoption::propose(&first, report) else {
        panic!("two texts went before the collective");
    };
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("hai bản"))
    );

    let merged = "Bản của người thứ nhất.\nBản của người thứ hai.";
    settle(
        &first,
        report,
        section,
        kept,
        late.version,
        Settle::Merged(merged.into()),
    )
    .expect("settled");
    let editor = open_section(&second, report, section).expect("open");
    assert!(editor.conflicts.is_empty());
    assert_eq!(editor.text(), merged);
    let (_, versions) = history(&first, report, section).expect("history");
    assert!(
        versions
            .iter()
            .any(|version| version.text == "Bản của người thứ hai.")
    );
    assert!(matches!(
        settle(
            &second,
            report,
            section,
            kept,
            editor.version(),
            Settle::KeepOther
        ),
        Err(Error::NotFound)
    ));
    assert_eq!(
        world.events("X11"),
        [
            EventKind::DraftStarted,
            EventKind::SectionSaved,
            EventKind::SectionConflict,
            EventKind::SectionSaved
        ]
    );
}

#[test]
fn typing_on_in_a_late_text_goes_on_in_the_same_place() {
    let world = province();
    let (report, section) = (world.report("X11"), world.sections[0]);
    let second = world.person_with("X11", Role::Leader);
    write(&world, "X11", 0, "Bản mới.");
    let auto = |text: &str| SectionSave {
        text: text.into(),
        base_version: 0,
        autosave: true,
    };
    let first_row = save_section(&second, report, section, auto("Tôi"))
        .expect("kept")
        .kept_aside;
    let last = save_section(&second, report, section, auto("Tôi viết tiếp")).expect("kept");
    assert_eq!((last.kept_aside, last.open_conflicts), (first_row, 1));
    let editor = open_section(&second, report, section).expect("open");
    assert_eq!(editor.conflicts[0].text, "Tôi viết tiếp");
}

#[test]
fn the_saves_of_one_burst_of_typing_are_one_version_and_a_wiped_text_can_be_restored() {
    let world = province();
    let (person, report, section) = (world.person("X11"), world.report("X11"), world.sections[1]);
    let mut version = 0;
    for text in ["Đã", "Đã xây", "Đã xây 05 nhà.", ""] {
        let save = SectionSave {
            text: text.into(),
            base_version: version,
            autosave: true,
        };
        version = save_section(&person, report, section, save)
            .expect("saved")
            .version;
    }
    let (_, versions) = history(&person, report, section).expect("history");
    let texts: Vec<&str> = versions
        .iter()
        .map(|version| version.text.as_str())
        .collect();
    assert_eq!(texts, ["", "Đã xây 05 nhà."]);
    restore(&person, report, section, versions[1].id).expect("restored");
    let editor = open_section(&person, report, section).expect("open");
    assert_eq!(editor.text(), "Đã xây 05 nhà.");
}

#[test]
fn saving_the_same_text_again_is_no_change_and_a_crossing_of_own_requests_no_conflict() {
    let world = province();
    let (person, report, section) = (world.person("X11"), world.report("X11"), world.sections[0]);
    let first = save_section(&person, report, section, by_hand("Một.", 0)).expect("saved");
    let again = save_section(&person, report, section, by_hand("Một.", 0)).expect("saved");
    assert_eq!((again.version, again.kept_aside), (first.version, None));
    assert_eq!(world.events("X11").len(), 1);
    // The answer to the autosave had not come back when the button was pressed.
    let crossed = save_section(&person, report, section, by_hand("Một. Hai.", 0)).expect("saved");
    assert_eq!((crossed.version, crossed.kept_aside), (2, None));
}

#[test]
fn text_is_stored_composed_and_without_nul_and_stays_text() {
    let world = province();
    write(
        &world,
        "X11",
        0,
        "Ba\u{301}o ca\u{301}o\0 <script>alert(1)</script>\r\nHết",
    );
    let seen = view::view(&world.person("X11"), world.report("X11")).expect("the draft");
    assert_eq!(
        seen.content.text(world.sections[0]),
        "Báo cáo <script>alert(1)</script>\nHết"
    );
}

#[test]
fn a_section_of_five_megabytes_is_refused_and_changes_nothing() {
    let world = province();
    write(&world, "X11", 0, "Xã có 05 thôn.");
    let person = world.person("X11");
    for size in [MOST_TEXT + 1, 5 * MOST_TEXT] {
        let refused = save_section(
            &person,
            world.report("X11"),
            world.sections[0],
            by_hand(&"a".repeat(size), 1),
        );
        assert!(matches!(refused, Err(Error::TooLarge(_))));
    }
    let seen = view::view(&person, world.report("X11")).expect("the draft");
    assert_eq!(seen.content.text(world.sections[0]), "Xã có 05 thôn.");
    assert_eq!(world.events("X11").len(), 1);
}

#[test]
fn a_saved_text_is_there_after_the_program_was_started_anew() {
    let mut world = province();
    write(&world, "X11", 0, "Đã lưu.");
    let stranger = store::Db::open(world.db.location()).expect("another start");
    let report = world.report("X11");
    let text = stranger
        .read(|tx| -> store::Result<_> {
            let revision =
                store::revisions::by_number(tx, report, 1)?.ok_or(store::Error::Missing)?;
            store::sections::texts(tx, revision.id)
        })
        .expect("the text");
    assert_eq!(text[0].text, "Đã lưu.");
    drop(stranger);
    world.db.close();
}
