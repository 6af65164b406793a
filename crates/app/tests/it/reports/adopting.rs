//! The collective and the number: majorities, changed words, taken numbers.

use super::{adopt_and_send, fill_in, signed, vote, write};
use crate::world::province;
use app::Error;
use app::reports::{adoption, draft, issue, send, view};
use domain::event::EventKind::*;
use domain::report::adoption::Adoption;
use domain::report::content::ChangedPart;
use domain::report::diff::Change;
use domain::report::lifecycle::State;
use jiff::civil::date;

#[test]
fn half_of_the_incumbents_adopt_nothing_and_the_vote_is_recorded() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    adoption::propose(&person, report).expect("proposed");
    let voted = adoption::adopt(&person, report, vote(10, 5)).expect("recorded");
    assert!(!voted.passed && voted.state == State::InAdoption);
    assert!(matches!(
        issue::issue(&person, report, signed()),
        Err(Error::Refused(_))
    ));
    let voted = adoption::adopt(&person, report, vote(10, 6)).expect("recorded");
    assert!(voted.passed && voted.state == State::Adopted);
    assert_eq!(
        world.events("X11")[3..],
        [Proposed, AdoptionFailed, Adopted]
    );
    let votes = view::view(&person, report).expect("the report").votes;
    assert_eq!(
        votes.iter().map(|vote| vote.passes).collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn a_record_that_cannot_be_true_names_its_field() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    adoption::propose(&person, report).expect("proposed");
    let impossible = Adoption {
        present: 12,
        ..vote(11, 9)
    };
    let Err(Error::Invalid(problems)) = adoption::adopt(&person, report, impossible) else {
        panic!("twelve of eleven were present");
    };
    assert_eq!(problems[0].place, "Số có mặt");
    assert_eq!(world.events("X11").last(), Some(&Proposed));
}

#[test]
fn an_unfinished_draft_does_not_come_before_the_collective() {
    let world = province();
    write(&world, "X11", 0, "Xã có 05 thôn.");
    let Err(Error::Invalid(problems)) =
        adoption::propose(&world.person("X11"), world.report("X11"))
    else {
        panic!("proposed with an empty section");
    };
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn a_word_changed_after_adoption_voids_it_and_is_shown() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    adoption::propose(&person, report).expect("proposed");
    let closed = draft::open_section(&person, report, world.sections[1]).expect("the section");
    assert!(
        !closed.editable,
        "nobody writes while the collective decides"
    );
    adoption::adopt(&person, report, vote(11, 9)).expect("adopted");
    adoption::take_back(&person, report, "").expect("taken back");
    world.clock.set("2022-09-10T08:30:00+07:00");
    write(
        &world,
        "X11",
        1,
        "Đã xây 07 nhà tình nghĩa.\nĐã sửa 02 nhà.",
    );
    assert!(matches!(
        issue::issue(&person, report, signed()),
        Err(Error::Refused(_))
    ));
    let changed = view::view(&person, report)
        .expect("the report")
        .changed_since_adoption;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].part, ChangedPart::Section(world.sections[1]));
    let gone: Vec<&str> = changed[0]
        .lines
        .iter()
        .flatten()
        .filter(|piece| piece.change == Change::Removed)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(gone, ["05"]);
    adopt_and_send(&world, "X11");
    assert!(
        view::view(&person, report)
            .expect("the report")
            .changed_since_adoption
            .is_empty()
    );
}

#[test]
fn a_number_is_given_once_per_issuer_and_term() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    adopt_and_send(&world, "X11");
    send::withdraw(&person, report, "Sửa lỗi").expect("withdrawn");
    adoption::propose(&person, report).expect("proposed");
    adoption::adopt(&person, report, vote(11, 9)).expect("adopted");
    let taken = issue::IssueInput {
        number: Some(1),
        ..signed()
    };
    let Err(Error::Invalid(problems)) = issue::issue(&person, report, taken) else {
        panic!("the number was given twice");
    };
    assert!(
        problems[0].message.contains("Số tiếp theo chưa dùng là 2"),
        "{}",
        problems[0].message
    );
    assert_eq!(
        issue::suggestion(&person, report).expect("a form").number,
        Some(2)
    );
    assert_eq!(
        issue::issue(&person, report, signed())
            .expect("issued")
            .symbol,
        "02-BC/ĐU"
    );
}

#[test]
fn a_document_is_not_dated_before_the_vote_or_after_today() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    adoption::propose(&person, report).expect("proposed");
    adoption::adopt(&person, report, vote(11, 9)).expect("adopted");
    for day in [8, 11] {
        let input = issue::IssueInput {
            dated: date(2022, 9, day),
            ..signed()
        };
        assert!(matches!(
            issue::issue(&person, report, input),
            Err(Error::Invalid(_))
        ));
    }
    let unsigned = issue::IssueInput {
        signer: " ".into(),
        ..signed()
    };
    assert!(matches!(
        issue::issue(&person, report, unsigned),
        Err(Error::Invalid(_))
    ));
    issue::issue(&person, report, signed()).expect("issued");
}
