//! Which clock the data of an installation goes by.

use crate::world::province;
use app::demo_clock::{DemoClock, set_played_until};
use app::ports::Clock;

#[test]
fn only_the_data_of_the_demonstration_has_a_clock_of_its_own() {
    let world = province();
    let own = || DemoClock::of_demo(world.db.db()).expect("the setting is read");
    assert!(own().is_none());
    set_played_until(&world.app, world.app.now()).expect("kept");
    let now = own().expect("a clock").now();
    let start = app::demo_clock::START.parse().expect("a moment");
    assert!(now >= start && now < start + jiff::SignedDuration::from_mins(5));
}
