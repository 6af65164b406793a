//! Figures of then in the units of now.

use super::{MERGER, applied, standing};
use crate::reports::{adopt_and_send, fill_in};
use crate::world::{World, province_on};
use app::Error;
use app::figures::{TrendCampaign, trend};
use domain::campaign::Period;
use domain::org::Portion;
use domain::org::reorganise::Extent;
use store::testing::{postgres, sqlite};

fn sent(world: &World, units: &[&str]) {
    for unit in units {
        fill_in(world, unit);
        adopt_and_send(world, unit);
    }
}

/// What the one campaign says of a unit's new houses.
fn houses(world: &World, code: &str) -> TrendCampaign {
    let unit = standing(world, code);
    let mut trend = trend(&world.app.operator(), unit, Some("NO01")).expect("a trend");
    trend.campaigns.pop().expect("one campaign")
}

fn of_2021(said: &TrendCampaign) -> Option<String> {
    let values = said.values.by_period.iter();
    let mut year = values.filter(|(period, _)| *period == Period::Year(2021));
    year.next()?.1.map(|amount| amount.to_string())
}

#[test]
fn what_was_merged_whole_adds_up_and_says_of_whom() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        sent(&world, &["X11", "X12"]);
        applied(&world, "1-QĐ/TU", MERGER);
        let said = houses(&world, "X1M");
        assert_eq!(of_2021(&said).as_deref(), Some("10"));
        let parts: Vec<&str> = said.parts.iter().map(|part| part.code.as_str()).collect();
        assert_eq!(parts, ["X11", "X12"]);
        assert!(!said.is_inseparable() && !said.is_estimate());
        // What they sent stays theirs.
        let old = trend(&world.app.operator(), world.units["X11"], Some("NO01")).expect("a trend");
        assert_eq!(of_2021(&old.campaigns[0]).as_deref(), Some("5"));
    }
}

#[test]
fn a_part_of_a_unit_is_not_told_apart() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        sent(&world, &["X11", "X21"]);
        let split = [
            "create\t\tX1M\t\t\t\tĐảng ủy xã Hòa Bình\tdang_uy_co_so\t4\tH1\t",
            "split\tX11\tX1M\t\t\t\t\t\t\t\t",
            "split\tX11\tX21\t\t\t\t\t\t\t\t",
        ];
        applied(&world, "1-QĐ/TU", &split);
        let said = houses(&world, "X1M");
        assert_eq!(of_2021(&said), None);
        assert!(said.is_inseparable());
        assert_eq!(said.parts[0].portion, Portion::Inseparable(Extent::Part));
        // What it reported as a whole is shown beside it.
        assert_eq!(
            said.parts[0]
                .values
                .over_time
                .map(|it| it.to_string())
                .as_deref(),
            Some("10")
        );
        assert!(
            houses(&world, "X21").is_inseparable(),
            "it has taken a part in"
        );
    }
}

#[test]
fn a_stated_share_makes_an_estimate_that_says_so() {
    let world = province_on(sqlite());
    sent(&world, &["X11"]);
    let split = [
        "create\t\tX1M\t\t\t\tĐảng ủy xã Hòa Bình\tdang_uy_co_so\t4\tH1\t",
        "split\tX11\tX1M\t\t2/5\tNiên giám thống kê 2021\t\t\t\t\t",
        "split\tX11\tX12\t\t3/5\tNiên giám thống kê 2021\t\t\t\t\t",
    ];
    applied(&world, "1-QĐ/TU", &split);
    let said = houses(&world, "X1M");
    assert_eq!(of_2021(&said).as_deref(), Some("2"));
    assert!(said.is_estimate());
}

#[test]
fn a_decision_taken_back_leaves_no_trace_in_the_figures() {
    let world = province_on(sqlite());
    sent(&world, &["X11", "X12"]);
    let first = applied(&world, "1-QĐ/TU", MERGER);
    let merged = standing(&world, "X1M");
    app::reorganise::counter(
        &world.app.operator(),
        first.decision,
        super::head("2-QĐ/TU", super::TODAY),
    )
    .expect("taken back");
    assert_eq!(of_2021(&houses(&world, "X11")).as_deref(), Some("5"));
    let trend = trend(&world.app.operator(), merged, Some("NO01")).expect("a trend");
    assert!(trend.campaigns.iter().all(|said| said.parts.is_empty()));
}

#[test]
fn the_figures_of_a_unit_are_for_those_who_see_its_board() {
    let world = province_on(sqlite());
    sent(&world, &["X11", "X12"]);
    applied(&world, "1-QĐ/TU", MERGER);
    let merged = standing(&world, "X1M");
    trend(&world.person("H1"), merged, Some("NO01")).expect("its district");
    assert!(matches!(
        trend(&world.person("X21"), merged, Some("NO01")),
        Err(Error::NotFound)
    ));
    assert!(matches!(
        trend(&world.person("H1"), merged, Some("KHONG-CO")),
        Err(Error::NotFound)
    ));
}
