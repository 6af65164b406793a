//! From the first word to acceptance, and who sees what on the way.

use super::{adopt_and_send, cell, fill_in, signed, vote, write};
use crate::world::province;
use app::Error;
use app::reports::{adoption, draft, figures, find, issue, receive, send, view, waiver, work};
use domain::access::Role;
use domain::deadline::Timeliness;
use domain::event::EventKind::*;
use domain::report::lifecycle::{Action, State};

#[test]
fn a_commune_report_runs_from_the_first_word_to_acceptance() {
    let world = province();
    fill_in(&world, "X11");
    let receipt = adopt_and_send(&world, "X11");
    let (report, district) = (world.report("X11"), world.person("H1"));
    assert_eq!(
        receive::receive(&district, report).expect("received").state,
        State::Received
    );
    assert_eq!(
        receive::accept(&district, report).expect("accepted").state,
        State::Accepted
    );
    assert_eq!(
        world.events("X11"),
        [
            DraftStarted,
            SectionSaved,
            FiguresSaved,
            Proposed,
            Adopted,
            Issued,
            Sent,
            Received,
            Accepted
        ]
    );
    let seen = view::view(&district, report).expect("the district reads it");
    assert_eq!(seen.content.text(world.sections[0]), "Xã có 05 thôn.");
    assert_eq!(seen.issued.expect("a number").symbol, "01-BC/ĐU");
    let receipt_view = send::receipt(&district, report).expect("a receipt");
    assert_eq!(receipt_view.receipt.code, receipt.code);
    assert_eq!(receipt_view.hash_now, receipt.content_hash);
}

#[test]
fn a_district_report_passes_its_intermediary_before_it_is_accepted() {
    let world = province();
    for section in 0..2 {
        write(&world, "H1", section, "Toàn huyện đã triển khai.");
    }
    adopt_and_send(&world, "H1");
    let (report, board, province) = (world.report("H1"), world.person("BDV"), world.person("TU"));
    receive::receive(&board, report).expect("received");
    assert!(matches!(
        receive::accept(&board, report),
        Err(Error::Forbidden)
    ));
    let Err(Error::Refused(why)) = receive::accept(&province, report) else {
        panic!("accepted before it was forwarded");
    };
    assert!(why.contains("đầu mối"), "{why}");
    receive::forward(&board, report).expect("forwarded");
    receive::accept(&province, report).expect("accepted");
}

#[test]
fn a_draft_is_not_there_for_superiors_and_siblings() {
    let world = province();
    fill_in(&world, "X11");
    let (report, section) = (world.report("X11"), world.sections[0]);
    for other in ["H1", "BDV", "TU", "X12", "X21"] {
        let person = world.person(other);
        let missing =
            |error: Error| assert!(matches!(error, Error::NotFound), "{other}: {error:?}");
        missing(view::view(&person, report).expect_err("hidden"));
        missing(draft::open_section(&person, report, section).expect_err("hidden"));
        missing(draft::history(&person, report, section).expect_err("hidden"));
        missing(figures::open(&person, report).expect_err("hidden"));
        missing(figures::save(&person, report, vec![cell("NO01", 2021, "9")]).expect_err("hidden"));
        missing(send::receipt(&person, report).expect_err("hidden"));
    }
    assert!(
        view::status(&world.person("H1"), report).is_ok(),
        "a superior knows where it stands"
    );
    assert!(matches!(
        view::status(&world.person("X12"), report),
        Err(Error::NotFound)
    ));
    adopt_and_send(&world, "X11");
    assert!(view::view(&world.person("H1"), report).is_ok());
    assert!(matches!(
        view::view(&world.person("X12"), report),
        Err(Error::NotFound)
    ));
}

#[test]
fn sending_twice_is_sending_once() {
    let world = province();
    fill_in(&world, "X11");
    let first = adopt_and_send(&world, "X11");
    world.clock.set("2022-09-10T09:00:00+07:00");
    let events = world.events("X11");
    let second = send::send(&world.person("X11"), world.report("X11")).expect("again");
    assert_eq!((first.code, first.sent_at), (second.code, second.sent_at));
    assert_eq!(world.events("X11"), events);
}

#[test]
fn receiving_twice_is_receiving_once() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    for _ in 0..2 {
        receive::receive(&world.person("H1"), world.report("X11")).expect("received");
    }
    assert_eq!(
        world
            .events("X11")
            .iter()
            .filter(|kind| **kind == Received)
            .count(),
        1
    );
}

#[test]
fn a_withdrawn_report_counts_as_not_sent_and_its_receipt_stays() {
    let world = province();
    fill_in(&world, "X11");
    let receipt = adopt_and_send(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    assert!(matches!(
        send::withdraw(&person, report, " "),
        Err(Error::Refused(_))
    ));
    send::withdraw(&person, report, "Gửi nhầm bản").expect("withdrawn");
    assert!(matches!(
        view::view(&world.person("H1"), report),
        Err(Error::NotFound)
    ));
    world.clock.set("2022-09-16T08:00:00+07:00");
    let status = view::status(&world.person("H1"), report).expect("known");
    assert_eq!(status.timeliness, Timeliness::Missing { days: 2 });
    assert_eq!(
        send::receipt(&person, report).expect("kept").receipt.code,
        receipt.code
    );
    write(&world, "X11", 0, "Xã có 06 thôn.");
    let again = adopt_and_send(&world, "X11");
    assert_ne!(again.content_hash, receipt.content_hash);
    let status = view::status(&world.person("H1"), report).expect("known");
    assert_eq!(status.timeliness, Timeliness::Late { days: 2 });
}

#[test]
fn a_report_is_received_only_by_those_it_is_sent_to_or_through() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let report = world.report("X11");
    for other in ["BDV", "TU", "X11"] {
        assert!(
            matches!(
                receive::receive(&world.person(other), report),
                Err(Error::Forbidden)
            ),
            "{other}"
        );
    }
    assert!(matches!(
        receive::receive(&world.person("H2"), report),
        Err(Error::NotFound)
    ));
    let observer = world.person_with("H1", Role::Observer);
    assert!(matches!(
        receive::receive(&observer, report),
        Err(Error::Forbidden)
    ));
}

#[test]
fn a_waived_report_is_owed_no_more_until_it_is_asked_for_again() {
    let world = province();
    write(&world, "X11", 0, "Đang viết.");
    let (district, report) = (world.person("H1"), world.report("X11"));
    assert!(matches!(
        waiver::waive(&district, report, ""),
        Err(Error::Refused(_))
    ));
    waiver::waive(&district, report, "Xã mới sáp nhập").expect("waived");
    let work = work::my_work(&world.person("X11")).expect("work");
    assert!(work.owed.is_empty() && work.done.len() == 1);
    waiver::reinstate(&district, report, "Tỉnh yêu cầu").expect("reinstated");
    let seen = view::view(&world.person("X11"), report).expect("the draft");
    assert_eq!(
        seen.content.text(world.sections[0]),
        "Đang viết.",
        "nothing was lost"
    );
    write(&world, "X11", 0, "Viết tiếp.");
    assert_eq!(
        view::status(&district, report)
            .expect("status")
            .report
            .assignment
            .state,
        State::Drafting
    );
}

#[test]
fn my_work_shows_what_is_owed_with_what_blocks_it_and_what_waits() {
    let world = province();
    write(&world, "X11", 0, "Xã có 05 thôn.");
    let owed = work::my_work(&world.person("X11")).expect("work").owed;
    assert_eq!(owed.len(), 1);
    assert_eq!(
        owed[0].days_left,
        Some(4),
        "the 14th is the last day that counts"
    );
    let blockers: Vec<String> = owed[0].blockers.iter().map(ToString::to_string).collect();
    assert_eq!(
        blockers,
        [
            "Mục II “Kết quả đạt được” chưa có nội dung",
            "Chỉ tiêu NO03 “Tổng số nhà” còn trống (2021, 2022)"
        ]
    );
    assert_eq!(owed[0].next, [Action::Draft]);
    write(&world, "X11", 1, "Đã xây 05 nhà tình nghĩa.");
    fill_in_rest(&world);
    adopt_and_send(&world, "X11");
    let waiting = work::my_work(&world.person("H1")).expect("work").waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].next, [Action::Receive]);
    assert!(
        work::my_work(&world.person("H2"))
            .expect("work")
            .waiting
            .is_empty()
    );
    assert_eq!(
        work::my_work(&world.person("BDV"))
            .expect("work")
            .owed
            .len(),
        1,
        "it drafts for the province"
    );
}

fn fill_in_rest(world: &crate::world::World) {
    let changes = vec![cell("NO03", 2021, "-"), cell("NO03", 2022, "0")];
    figures::save(&world.person("X11"), world.report("X11"), changes).expect("figures");
}

#[test]
fn roles_take_only_their_own_steps() {
    let world = province();
    fill_in(&world, "X11");
    let report = world.report("X11");
    let (drafter, clerk) = (
        world.person_with("X11", Role::Drafter),
        world.person_with("X11", Role::Clerk),
    );
    assert!(matches!(
        adoption::propose(&clerk, report),
        Err(Error::Forbidden)
    ));
    adoption::propose(&drafter, report).expect("proposed");
    assert!(matches!(
        adoption::adopt(&drafter, report, vote(11, 9)),
        Err(Error::Forbidden)
    ));
    adoption::adopt(&clerk, report, vote(11, 9)).expect("recorded");
    assert!(matches!(
        issue::issue(&drafter, report, signed()),
        Err(Error::Forbidden)
    ));
    issue::issue(&clerk, report, signed()).expect("issued");
    assert!(matches!(
        send::send(&drafter, report),
        Err(Error::Forbidden)
    ));
    send::send(&clerk, report).expect("sent");
}

#[test]
fn a_report_is_found_by_campaign_and_unit_by_those_who_may_know_of_it() {
    let world = province();
    let found = |person: &str, code: &str| {
        find::by_unit(&world.person(person), crate::world::CAMPAIGN, code)
    };
    for person in ["X11", "H1", "TU", "BDV"] {
        assert_eq!(found(person, "X11").expect("known"), world.report("X11"));
    }
    for (person, code) in [("X12", "X11"), ("H2", "X11"), ("X11", "?"), ("H1", "VP")] {
        assert!(
            matches!(found(person, code), Err(Error::NotFound)),
            "{person} finds {code}"
        );
    }
}
