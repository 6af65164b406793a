//! The whole life again on both engines, and whole reports written at once.

use super::{adopt_and_send, by_hand, cell, fill_in, write};
use crate::world::province_on;
use app::Error;
use app::reports::bulk::{Submission, outline, submit_whole};
use app::reports::draft::{SectionSave, history, save_section};
use app::reports::{attachments, figures, receive, returns, send, view, work};
use domain::access::Role;
use domain::figures::{Cell, FigureTable};
use domain::number::Amount;
use domain::report::lifecycle::State;
use store::returns::{ReturnItem, ReturnedPart};
use store::testing::{postgres, sqlite};

#[test]
fn a_report_lives_alike_on_both_engines() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        let (person, district, report) =
            (world.person("X11"), world.person("H1"), world.report("X11"));
        fill_in(&world, "X11");
        attachments::add(&person, report, "a.txt", b"x".to_vec()).expect("attached");
        adopt_and_send(&world, "X11");
        send::withdraw(&person, report, "Sửa").expect("withdrawn");
        adopt_and_send(&world, "X11");
        receive::receive(&district, report).expect("received");
        let items = vec![
            ReturnItem {
                part: ReturnedPart::Section(world.sections[1]),
                reason: "Thiếu".into(),
            },
            ReturnItem {
                part: ReturnedPart::Indicator(world.indicators[0]),
                reason: "Sai".into(),
            },
        ];
        returns::send_back(&district, report, "Bổ sung", items).expect("returned");
        returns::revise(&person, report).expect("revised");
        write(&world, "X11", 1, "Viết lại.");
        figures::save(&person, report, vec![cell("NO01", 2021, "6")]).expect("figures");
        let leader = world.person_with("X11", Role::Leader);
        let late = SectionSave {
            autosave: true,
            ..by_hand("Bản muộn.", 1)
        };
        assert!(
            save_section(&leader, report, world.sections[1], late)
                .expect("kept")
                .kept_aside
                .is_some()
        );
        assert_eq!(
            history(&person, report, world.sections[1])
                .expect("history")
                .1
                .len(),
            3
        );
        let seen = view::view(&district, report).expect("the sent one");
        assert_eq!(
            seen.content
                .revision
                .as_ref()
                .map(|revision| revision.number),
            Some(2)
        );
        assert_eq!(seen.content.attachments.len(), 1);
        assert_eq!(work::my_work(&person).expect("work").owed.len(), 1);
    }
}

#[test]
fn a_whole_report_is_stored_as_sent_with_its_receipt_and_only_once() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        let outline = outline(&world.app, world.campaign).expect("the outline");
        let mut table = FigureTable::blank(&outline.layout);
        table.cells[0] = Cell::Number(Amount::from(5));
        let submission = Submission {
            assignment: world.report("X11"),
            campaign: world.campaign,
            unit: world.units["X11"],
            sections: world
                .sections
                .iter()
                .map(|id| (*id, "Nội dung.".to_string()))
                .collect(),
            figures: table.clone(),
            sent_at: "2022-09-14T10:00:00+07:00".parse().expect("a moment"),
            sent_by: None,
        };
        let code = submit_whole(&world.app, &outline, submission.clone()).expect("stored");
        assert!(matches!(
            submit_whole(&world.app, &outline, submission),
            Err(Error::Refused(_))
        ));
        let (district, report) = (world.person("H1"), world.report("X11"));
        let seen = view::view(&district, report).expect("sent");
        assert_eq!(seen.status.report.assignment.state, State::Sent);
        assert_eq!(seen.content.figures, table);
        assert_eq!(seen.content.text(world.sections[2]), "Nội dung.");
        let receipt = send::receipt(&district, report).expect("a receipt");
        assert_eq!(receipt.receipt.code, code);
        assert_eq!(receipt.hash_now, receipt.receipt.content_hash);
        assert_eq!(world.events("X11").len(), 1);
        receive::receive(&district, report).expect("it goes the usual way on");
    }
}
