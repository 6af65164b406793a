//! The totals are proved: counted again from the reports, and whatever differs is named and made right.

use crate::reports::{adopt_and_send, fill_in};
use crate::world::{CAMPAIGN, World, province, province_on};
use app::figures::{last_recount, of_unit, recount, recount_all_open, recount_desk};
use app::reports::receive;
use app::{Ctx, Error};
use domain::access::Role;
use domain::campaign::Period;
use store::testing::{postgres, sqlite};

fn coordinator(world: &World) -> Ctx {
    world.person_with("BDV", Role::Coordinator)
}

fn houses(world: &World, unit: &str) -> Option<String> {
    let figures = of_unit(&coordinator(world), CAMPAIGN, Some(unit)).expect("figures");
    let cell = figures.layout.cell(0, Period::Year(2021))?;
    let value = figures.provisional.totals.value(&figures.layout, 0, cell);
    value.map(|amount| amount.to_string())
}

fn tell(_: usize) {}

#[test]
fn totals_kept_through_sending_returning_and_sending_again_are_what_the_reports_say() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        let person = coordinator(&world);
        assert_eq!(houses(&world, "H1"), None, "followed from the beginning");
        fill_in(&world, "X11");
        adopt_and_send(&world, "X11");
        fill_in(&world, "X12");
        adopt_and_send(&world, "X12");
        assert_eq!(houses(&world, "H1").as_deref(), Some("10"));
        receive::receive(&world.person("H1"), world.report("X11")).expect("received");
        receive::accept(&world.person("H1"), world.report("X11")).expect("accepted");
        let outcome = recount(&person, CAMPAIGN, &mut tell).expect("recounted");
        assert!(outcome.agrees(), "{outcome:?}");
        assert_eq!(outcome.reports, 2);
        assert!(outcome.totals > 0 && outcome.units > 2);
        let last = last_recount(&person, CAMPAIGN).expect("kept");
        assert_eq!(last, Some(outcome));
    }
}

#[test]
fn a_figure_changed_behind_the_programs_back_is_named_and_the_total_made_right() {
    for db in [sqlite(), postgres()] {
        let world = province_on(db);
        fill_in(&world, "X11");
        adopt_and_send(&world, "X11");
        assert_eq!(houses(&world, "H1").as_deref(), Some("5"));
        let report = world.report("X11");
        world
            .db
            .write(move |tx| -> store::Result<()> {
                let sent = store::revisions::sent(tx, report)?;
                let revision = sent.last().expect("it was sent").id;
                store::revisions::save_figures(tx, revision, r#"{"NO01":{"2021":"6"}}"#)?;
                Ok(())
            })
            .expect("changed without an event");
        assert_eq!(houses(&world, "H1").as_deref(), Some("5"), "nobody knows");
        let outcome = recount(&coordinator(&world), CAMPAIGN, &mut tell).expect("recounted");
        assert!(!outcome.agrees());
        let named = outcome
            .differences
            .iter()
            .find(|one| one.unit == "H1" && one.indicator.as_deref() == Some("NO01"))
            .expect("the district's total is named");
        assert_eq!(named.period.as_deref(), Some("2021"));
        assert_eq!(
            (named.kept.as_deref(), named.counted.as_deref()),
            (Some("5"), Some("6"))
        );
        assert_eq!(houses(&world, "H1").as_deref(), Some("6"), "made right");
        let again = recount(&coordinator(&world), CAMPAIGN, &mut tell).expect("recounted");
        assert!(again.agrees(), "{again:?}");
    }
}

#[test]
fn every_open_campaign_is_recounted_in_the_night() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let outcomes = recount_all_open(&world.app).expect("recounted");
    assert_eq!(outcomes.len(), 1);
    assert!(outcomes[0].agrees());
}

#[test]
fn only_those_who_manage_the_campaign_ask_for_a_recount() {
    let world = province();
    let commune = world.person("X11");
    assert!(matches!(
        recount(&commune, CAMPAIGN, &mut tell),
        Err(Error::Forbidden | Error::NotFound)
    ));
    assert_eq!(recount_desk(&commune, CAMPAIGN).expect("known"), None);
    let desk = recount_desk(&coordinator(&world), CAMPAIGN).expect("known");
    assert!(desk.is_some_and(|desk| desk.last.is_none()));
}
