//! From a passage of the final report down to the commune that wrote it.

use super::{desk, insert, send_commune};
use crate::reports::{adopt_and_send, write as write_section};
use crate::world::province;
use app::Error;
use app::consolidation::{Newer, trace};
use app::reports::{receive, send};

#[test]
fn a_passage_of_the_final_report_is_followed_down_through_the_district_to_the_commune() {
    let world = province();
    let words = "Xã đã xây mới 05 nhà tình nghĩa cho các gia đình chính sách.";
    send_commune(&world, "X11", words);
    write_section(&world, "H1", 0, "Toàn huyện có 18 xã.");
    insert(&world, "H1", "H1", &[(0, 0)]);
    write_section(
        &world,
        "H1",
        1,
        "Xã Bình Tân đã xây mới 05 nhà tình nghĩa cho các gia đình chính sách.",
    );
    app::consolidation::refresh(&world.person("H1"), world.report("H1")).expect("figures");
    adopt_and_send(&world, "H1");
    insert(&world, "BDV", "TU", &[(0, 0)]);
    let place = world.sections[1];
    let way = trace(&world.person("BDV"), world.report("TU"), place, 0).expect("the way");
    let names: Vec<&str> = way.hops.iter().map(|hop| hop.unit_name.as_str()).collect();
    assert_eq!(names, ["Huyện ủy Bắc Bình", "Đảng ủy xã Bình Tân"]);
    assert!(way.hops[0].changed.is_empty(), "taken word by word");
    assert_eq!(way.hops[1].words.as_deref(), Some(words));
    assert!(
        !way.hops[1].changed.is_empty(),
        "the district changed a word"
    );
    let (symbol, _) = way.hops[1].issued.clone().expect("a number");
    assert_eq!(symbol, "01-BC/ĐU");
    assert!(!way.is_cut);

    // The commune follows nothing of its superior's, a draft is nobody else's.
    for (stranger, unit) in [("X11", "H1"), ("X11", "TU"), ("H1", "TU"), ("H2", "H1")] {
        let seen = trace(&world.person(stranger), world.report(unit), place, 0);
        assert!(matches!(seen, Err(Error::NotFound)), "{stranger} of {unit}");
    }
    // What was sent is followed by who received it.
    let seen = trace(&world.person("TU"), world.report("H1"), place, 0).expect("sent");
    assert_eq!(seen.hops.len(), 1);
}

#[test]
fn words_of_a_report_that_was_asked_back_are_not_shown_any_more() {
    let world = province();
    send_commune(&world, "X11", "Đã xây 05 nhà.");
    insert(&world, "H1", "H1", &[(0, 0)]);
    send::withdraw(&world.person("X11"), world.report("X11"), "Sửa số").expect("withdrawn");
    let way = trace(
        &world.person("H1"),
        world.report("H1"),
        world.sections[1],
        0,
    )
    .expect("the way");
    assert_eq!(way.hops[0].words, None);
    let seen = desk(&world, "H1", "H1");
    assert!(seen.units.is_empty());
    assert_eq!(seen.own[0].newer, Newer::Withdrawn);
    let commune = world.report("X11");
    assert!(receive::receive(&world.person("H1"), commune).is_err());
}
