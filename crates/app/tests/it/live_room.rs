//! How many campaigns stay in memory.

use crate::world::{CAMPAIGN, province};
use app::live::Live;
use domain::campaign::Campaign;

#[test]
fn a_campaign_nobody_asked_for_the_longest_goes_when_others_need_the_room() {
    let world = province();
    let first = world
        .db
        .read(|tx| store::campaigns::by_short_id(tx, CAMPAIGN))
        .expect("read")
        .expect("there");
    let mut campaigns = vec![first.clone()];
    for number in 2..=3 {
        let next = Campaign {
            short_id: format!("{CAMPAIGN}-{number}"),
            ..first.clone()
        };
        let created = next.clone();
        let id = world
            .db
            .write(move |tx| store::campaigns::create(tx, &created))
            .expect("created");
        campaigns.push(Campaign { id, ..next });
    }
    let units = Live::default()
        .with(&world.db, &first, world.app.now(), |tree| {
            tree.nodes().len()
        })
        .expect("loaded");
    let live = Live::with_room(2 * units);
    let ask = |campaign: &Campaign| {
        live.with(&world.db, campaign, world.app.now(), |tree| {
            tree.nodes().len()
        })
        .expect("an answer")
    };
    ask(&campaigns[0]);
    ask(&campaigns[1]);
    ask(&campaigns[0]);
    assert_eq!(live.loaded(), 2, "both have room");
    ask(&campaigns[2]);
    assert_eq!(live.loaded(), 2, "the second one went");
    assert_eq!(ask(&campaigns[1]), units, "it comes again when asked for");
}
