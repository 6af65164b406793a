//! Returns: reasons by section and figure, and what reopens.

use super::{adopt_and_send, by_hand, cell, fill_in, write};
use crate::world::{World, province};
use app::Error;
use app::reports::{draft, figures, receive, returns, view, work};
use domain::event::EventKind::*;
use domain::report::content::ChangedPart;
use domain::report::lifecycle::State;
use store::returns::{ReturnItem, ReturnedPart};

fn sent_and_received() -> World {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    receive::receive(&world.person("H1"), world.report("X11")).expect("received");
    world
}

fn item(part: ReturnedPart) -> ReturnItem {
    ReturnItem {
        part,
        reason: "Chưa khớp với số liệu đã duyệt".into(),
    }
}

#[test]
fn a_return_reopens_only_what_it_names() {
    let world = sent_and_received();
    let (person, district, report) = (world.person("X11"), world.person("H1"), world.report("X11"));
    let named = vec![
        item(ReturnedPart::Section(world.sections[1])),
        item(ReturnedPart::Indicator(world.indicators[0])),
    ];
    returns::send_back(&district, report, "Bổ sung kết quả", named).expect("returned");
    let work = work::my_work(&person).expect("work");
    assert_eq!(work.returned.len(), 1);
    assert_eq!(
        returns::revise(&person, report).expect("revised").revision,
        2
    );

    let closed = draft::save_section(&person, report, world.sections[0], by_hand("Sửa trộm.", 1));
    assert!(matches!(closed, Err(Error::Refused(_))));
    assert!(matches!(
        figures::save(&person, report, vec![cell("NO02", 2021, "9")]),
        Err(Error::Refused(_))
    ));
    let editor = draft::open_section(&person, report, world.sections[1]).expect("open");
    assert!(editor.editable && editor.return_reason.contains("Chưa khớp"));
    let table = figures::open(&person, report).expect("the table");
    assert_eq!(table.open, [true, false, false, false, false]);

    write(
        &world,
        "X11",
        1,
        "Đã xây 06 nhà tình nghĩa.\nĐã sửa 02 nhà.",
    );
    figures::save(&person, report, vec![cell("NO01", 2021, "6")]).expect("figures");
    let still = view::view(&district, report).expect("the last sent one");
    assert_eq!(
        still
            .content
            .revision
            .as_ref()
            .map(|revision| revision.number),
        Some(1)
    );
    assert!(
        still.content.text(world.sections[1]).contains("05 nhà"),
        "the next draft is nobody else's business"
    );

    adopt_and_send(&world, "X11");
    let seen = view::view(&district, report).expect("the new one");
    let parts: Vec<ChangedPart> = seen
        .changed_since_last_sent
        .iter()
        .map(|change| change.part)
        .collect();
    assert_eq!(
        parts,
        [
            ChangedPart::Section(world.sections[1]),
            ChangedPart::Figures
        ]
    );
    assert!(work::my_work(&district).expect("work").waiting[0].came_again);
}

#[test]
fn a_return_of_the_whole_reopens_everything() {
    let world = sent_and_received();
    let (person, report) = (world.person("X11"), world.report("X11"));
    returns::send_back(&world.person("H1"), report, "Viết lại", Vec::new()).expect("returned");
    returns::revise(&person, report).expect("revised");
    write(&world, "X11", 0, "Xã có 06 thôn.");
    figures::save(&person, report, vec![cell("NO02", 2021, "9")]).expect("figures");
}

#[test]
fn a_return_says_why_and_names_parts_of_this_campaign() {
    let world = sent_and_received();
    let (district, report) = (world.person("H1"), world.report("X11"));
    assert!(matches!(
        returns::send_back(&district, report, " ", Vec::new()),
        Err(Error::Refused(_))
    ));
    let foreign = vec![item(ReturnedPart::Section(domain::ids::SectionId(9999)))];
    assert!(matches!(
        returns::send_back(&district, report, "Sai", foreign),
        Err(Error::Invalid(_))
    ));
    assert_eq!(world.events("X11").last(), Some(&Received));
}

#[test]
fn the_unit_reads_who_returned_what_and_nobody_writes_before_the_next_revision_begins() {
    let world = sent_and_received();
    let (person, report) = (world.person("X11"), world.report("X11"));
    returns::send_back(
        &world.person("H1"),
        report,
        "Bổ sung",
        vec![item(ReturnedPart::Section(world.sections[1]))],
    )
    .expect("returned");
    let seen = view::view(&person, report).expect("the report");
    assert_eq!(seen.status.report.assignment.state, State::Returned);
    assert_eq!(
        seen.returns[0].by_unit_name.as_deref(),
        Some("Huyện ủy Bắc Bình")
    );
    assert_eq!(seen.returns[0].items.len(), 1);
    let early = draft::save_section(&person, report, world.sections[1], by_hand("Sớm.", 1));
    assert!(matches!(early, Err(Error::Refused(_))));
    returns::revise(&person, report).expect("revised");
    assert_eq!(world.events("X11")[7..], [Received, Returned, Revised]);
}
