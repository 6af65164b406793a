//! Beside a section, alike on both engines: remarks, handing on, and the numbers that a text quotes.

use super::{cell, fill_in, write};
use crate::world::{World, province_on};
use app::Error;
use app::reports::comments::{self, Placed, Remark};
use app::reports::draft::open_section;
use app::reports::figures::save;
use app::reports::{handing, view, work};
use domain::access::Role;
use domain::event::EventKind;
use store::testing::{postgres, sqlite};

fn worlds() -> [World; 2] {
    [sqlite(), postgres()].map(province_on)
}

fn remark(words: &str) -> Remark {
    Remark {
        words: words.into(),
        passage: Some(1),
        ..Remark::default()
    }
}

#[test]
fn remarks_are_kept_in_order_and_dealt_with_once() {
    for world in worlds() {
        let (report, section) = (world.report("X11"), world.sections[0]);
        let drafter = world.person_with("X11", Role::Drafter);
        let leader = world.person_with("X11", Role::Leader);
        write(&world, "X11", 0, "Xã có 05 thôn.");
        let first = comments::add(&leader, report, section, remark("Một")).expect("written");
        comments::add(&leader, report, section, remark("Hai")).expect("written");
        for _ in 0..2 {
            comments::resolve(&drafter, report, section, first).expect("dealt with");
        }
        let all = comments::of_section(&drafter, report, section).expect("listed");
        let shown: Vec<(&str, &str, bool)> = all
            .iter()
            .map(|Placed { comment, .. }| {
                (
                    &*comment.words,
                    &*comment.quote,
                    comment.resolved_at.is_some(),
                )
            })
            .collect();
        let quote = "Xã có 05 thôn.";
        assert_eq!(shown, [("Hai", quote, false), ("Một", quote, true)]);
        write(&world, "X11", 0, "Một đoạn mới.\nXã có 06 thôn.");
        let moved = comments::of_section(&drafter, report, section).expect("listed");
        assert!(moved.iter().all(|placed| placed.passage == Some(2)));
        let margins = handing::margins(&drafter, report).expect("margins");
        assert_eq!(margins.open_comments[&section], 1);
        let events = world.events("X11");
        let count = |kind| events.iter().filter(|event| **event == kind).count();
        assert_eq!(count(EventKind::SectionCommented), 2);
        assert_eq!(count(EventKind::CommentResolved), 1);
        let other = comments::resolve(&drafter, report, world.sections[1], first);
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        let outside = comments::of_section(&world.person("H1"), report, section);
        assert!(matches!(outside, Err(Error::NotFound)), "{outside:?}");
    }
}

#[test]
fn a_section_lies_with_the_last_one_it_was_handed_to() {
    for world in worlds() {
        let (report, section) = (world.report("X11"), world.sections[0]);
        let drafter = world.person_with("X11", Role::Drafter);
        let leader = world.person_with("X11", Role::Leader);
        let hands = handing::of_section(&drafter, report, section).expect("hands");
        let login = |name: &str| {
            let mut known = hands.colleagues.iter();
            let found = known.find(|known| known.name == name);
            found.map(|known| known.login.clone()).expect("a colleague")
        };
        let (to_leader, to_drafter) = (login(&leader.actor.name), login(&drafter.actor.name));
        handing::hand(&drafter, report, section, Some(&to_leader), "Xem giúp").expect("handed");
        let held = |ctx| work::my_work(ctx).expect("work").handed;
        assert_eq!(held(&leader)[0].note, "Xem giúp");
        handing::hand(&leader, report, section, Some(&to_drafter), "").expect("handed");
        assert!(held(&leader).is_empty());
        assert_eq!(held(&drafter)[0].handed_by, leader.actor.name);
        handing::hand(&drafter, report, section, None, "").expect("taken back");
        assert!(held(&drafter).is_empty());
        let stranger = handing::hand(&drafter, report, section, Some("không có"), "");
        assert!(matches!(stranger, Err(Error::Invalid(_))), "{stranger:?}");
    }
}

#[test]
fn what_is_adopted_has_its_numbers_in_its_words() {
    for world in worlds() {
        let (person, report) = (world.person("X11"), world.report("X11"));
        fill_in(&world, "X11");
        write(&world, "X11", 1, "Đã xây {{NO01, 2021}} nhà.");
        save(&person, report, vec![cell("NO01", 2021, "1.234")]).expect("saved");
        let text = |ctx| {
            let seen = view::view(ctx, report).expect("seen");
            seen.content.text(world.sections[1]).to_owned()
        };
        assert_eq!(text(&person), "Đã xây 1.234 nhà.");
        let raw = || {
            let editor = open_section(&person, report, world.sections[1]).expect("open");
            editor.text().to_owned()
        };
        assert_eq!(raw(), "Đã xây {{NO01, 2021}} nhà.");
        super::adopt_and_send(&world, "X11");
        assert_eq!(raw(), "Đã xây 1.234 nhà.");
        let district = world.person("H1");
        assert_eq!(text(&district), "Đã xây 1.234 nhà.");
        let receipt = app::reports::send::receipt(&district, report).expect("a receipt");
        assert_eq!(receipt.hash_now, receipt.receipt.content_hash);
    }
}
