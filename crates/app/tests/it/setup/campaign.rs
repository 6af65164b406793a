//! A campaign from its plan to its issue, and the dues that districts set afterwards.

use super::support::{World, plan, problems};
use app::assignments::LineFilter;
use app::ports::NoOffice;
use domain::event::EventKind;
use domain::ids::PlanId;
use jiff::civil::date;

const SECTIONS: &str = "number\ttitle\tlevel\nI\tTình hình\t1\n";
const INDICATORS: &str = "code\tname\tunit\nA1\tSố người\tngười\n";

/// A confirmed plan and a campaign with outline and assignments; gives the campaign's short id.
fn prepared(world: &World) -> (PlanId, String) {
    let ctx = world.as_login("tonghop");
    let plan = world.stored_plan(&plan());
    app::plans::confirm(&ctx, plan).unwrap();
    let frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    let campaign = app::campaigns::create(&ctx, plan, world.tree, frame).unwrap();
    app::outlines::import_sections(
        &ctx,
        &campaign.short_id,
        "d.tsv",
        SECTIONS.as_bytes(),
        false,
    )
    .unwrap();
    app::outlines::import_indicators(
        &ctx,
        &campaign.short_id,
        "c.tsv",
        INDICATORS.as_bytes(),
        false,
    )
    .unwrap();
    app::assignments::derive(&ctx, &campaign.short_id).unwrap();
    (plan, campaign.short_id)
}

fn issued(world: &World) -> String {
    let (_, id) = prepared(world);
    app::campaigns::issue(&world.as_login("tonghop"), &id, false).unwrap();
    id
}

fn line_of(world: &World, id: &str, code: &str) -> app::assignments::AssignmentLine {
    let listing = app::assignments::list(
        &world.as_login("tonghop"),
        id,
        &LineFilter::default(),
        500,
        0,
    )
    .unwrap();
    listing
        .lines
        .into_iter()
        .find(|line| line.unit_code == code)
        .unwrap_or_else(|| panic!("{code} owes nothing"))
}

#[test]
fn the_plan_suggests_the_frame() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let plan = world.stored_plan(&plan());
    let frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    assert_eq!(frame.lead, Some(world.unit("BT-TU-BDV")));
    assert_eq!(frame.coordinating, Some(world.unit("BT-TU-VP")));
    assert_eq!(frame.years, [2017, 2018, 2019, 2020, 2021, 2022]);
    assert_eq!(frame.kind, domain::campaign::CampaignKind::InterimReview);
    assert_eq!(frame.profile, "hd36-2018");
}

#[test]
fn nothing_is_opened_before_a_person_confirms_the_plan() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let plan = world.stored_plan(&plan());
    let frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    let error = app::campaigns::create(&ctx, plan, world.tree, frame.clone()).unwrap_err();
    assert!(error.to_string().contains("chưa được xác nhận"), "{error}");
    assert_eq!(world.count("campaign"), 0);
    app::plans::confirm(&ctx, plan).unwrap();
    let campaign = app::campaigns::create(&ctx, plan, world.tree, frame).unwrap();
    assert_eq!(campaign.short_id, "sk2022-1");
    assert_eq!(world.events(EventKind::PlanConfirmed), 1);
    assert_eq!(world.events(EventKind::CampaignOpened), 1);
}

#[test]
fn a_changed_plan_has_to_be_confirmed_again_and_a_used_one_stays() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let id = world.stored_plan(&plan());
    app::plans::confirm(&ctx, id).unwrap();
    let mut edited = plan();
    edited.title = Some("  sơ kết   05 năm\0 ".into());
    app::plans::save(&ctx, id, edited.clone()).unwrap();
    let stored = app::plans::get(&ctx, id).unwrap();
    assert_eq!(stored.confirmed_at, None);
    assert_eq!(stored.edited.title.as_deref(), Some("sơ kết 05 năm"));
    let world = World::new();
    let (used, _) = prepared(&world);
    let error = app::plans::save(&world.as_login("tonghop"), used, edited).unwrap_err();
    assert!(matches!(error, app::Error::Conflict(_)), "{error:?}");
}

#[test]
fn a_plan_marked_secret_is_refused_and_only_the_fact_is_kept() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let among_lines = "TỈNH ỦY\nTỐI MẬT\nKẾ HOẠCH\nsơ kết";
    assert!(app::plans::read_file(&NoOffice, "k.txt", among_lines.as_bytes()).is_err());
    let error = app::plans::read_upload(&ctx, "k.md", "TỐI MẬT\n\nKẾ HOẠCH\n\nsơ kết".as_bytes())
        .unwrap_err();
    assert!(error.to_string().contains("TỐI MẬT"));
    assert_eq!(
        (
            world.count("plan"),
            world.count("blob"),
            world.count("event")
        ),
        (0, 0, 6)
    );
}

#[test]
fn a_damaged_word_file_is_refused_and_not_stored() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let error = app::plans::read_upload(&ctx, "k.docx", b"PK\x03\x04 not a zip").unwrap_err();
    assert!(matches!(error, app::Error::Invalid(_)), "{error:?}");
    assert_eq!((world.count("plan"), world.count("blob")), (0, 0));
}

#[test]
fn a_lead_that_is_not_ones_own_body_is_refused() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let plan = world.stored_plan(&plan());
    app::plans::confirm(&ctx, plan).unwrap();
    let mut frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    frame.lead = Some(world.unit("BT-TU-VP"));
    let error = app::campaigns::create(&ctx, plan, world.tree, frame).unwrap_err();
    assert!(problems(error)[0].starts_with("Cơ quan chủ trì: "));
    assert_eq!(world.count("campaign"), 0);
}

#[test]
fn the_list_shows_each_line_with_the_words_of_the_plan() {
    let world = World::new();
    let (_, id) = prepared(&world);
    let line = line_of(&world, &id, "BT-595");
    assert_eq!(line.via_name.as_deref(), Some("Ban Dân vận Tỉnh ủy"));
    assert!(
        line.source
            .starts_with("Ban thường vụ huyện, thị, thành ủy")
    );
    let (strict, lenient) = app::assignments::both_readings(&line.assignment.terms).unwrap();
    assert_eq!(
        (strict.as_str(), lenient.as_str()),
        ("23:59, 29/9/2022", "23:59, 30/9/2022")
    );
    let (_, tasks, may_manage) = app::assignments::tasks(&world.as_login("tonghop"), &id).unwrap();
    assert!(may_manage && tasks.len() == 1);
    app::assignments::set_task_done(&world.as_login("tonghop"), &id, tasks[0].id, true).unwrap();
    assert_eq!(world.events(EventKind::TaskTicked), 1);
}

#[test]
fn a_due_before_the_opening_is_refused_and_changes_nothing() {
    let world = World::new();
    let (_, id) = prepared(&world);
    let ctx = world.as_login("tonghop");
    let line = line_of(&world, &id, "BT-595");
    let mut terms = line.assignment.terms.clone();
    terms.due_date = Some(date(2022, 8, 14));
    let error = app::assignments::change(&ctx, &id, line.assignment.id, terms).unwrap_err();
    assert_eq!(
        problems(error),
        ["Hạn: Hạn 14/8/2022 sớm hơn ngày mở đợt 15/8/2022. Hãy chọn ngày sau ngày mở đợt"]
    );
    assert_eq!(line_of(&world, &id, "BT-595").assignment, line.assignment);
}

#[test]
fn lines_are_changed_added_and_removed_before_the_issue_only() {
    let world = World::new();
    let (_, id) = prepared(&world);
    let ctx = world.as_login("tonghop");
    let line = line_of(&world, &id, "BT-593");
    let mut terms = line.assignment.terms.clone();
    terms.due_date = Some(date(2022, 10, 5));
    terms.due_inclusive = true;
    app::assignments::change(&ctx, &id, line.assignment.id, terms).unwrap();
    let changed = line_of(&world, &id, "BT-593").assignment;
    assert_eq!(changed.terms.due_phrase, "chậm nhất ngày 5/10/2022");
    assert_eq!(
        changed.due_at.unwrap().to_string(),
        "2022-10-05T16:59:59.999999Z"
    );
    let mut own = changed.terms.clone();
    own.unit = world.unit("BT-TU-BTG");
    app::assignments::add(&ctx, &id, own.clone()).unwrap();
    assert!(
        problems(app::assignments::add(&ctx, &id, own).unwrap_err())[0].starts_with("Đơn vị: ")
    );
    app::assignments::remove(&ctx, &id, line_of(&world, &id, "BT-TU-BTG").assignment.id).unwrap();
    assert_eq!(world.events(EventKind::AssignmentChanged), 3);
    app::campaigns::issue(&ctx, &id, false).unwrap();
    let error = app::assignments::remove(&ctx, &id, changed.id).unwrap_err();
    assert!(error.to_string().contains("đã phát hành"), "{error}");
}

#[test]
fn units_see_a_campaign_from_its_issue_on() {
    let world = World::new();
    let (_, id) = prepared(&world);
    let commune = world.as_login("xa");
    assert!(matches!(
        app::campaigns::overview(&commune, &id),
        Err(app::Error::NotFound)
    ));
    assert_eq!(app::campaigns::list(&commune).unwrap(), []);
    app::campaigns::issue(&world.as_login("tonghop"), &id, false).unwrap();
    assert_eq!(app::campaigns::list(&commune).unwrap().len(), 1);
    assert!(!app::campaigns::overview(&commune, &id).unwrap().may_manage);
    assert_eq!(app::outlines::get(&commune, &id).unwrap().sections.len(), 1);
}

#[test]
fn a_campaign_without_outline_is_not_issued() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let plan = world.stored_plan(&plan());
    app::plans::confirm(&ctx, plan).unwrap();
    let frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    let campaign = app::campaigns::create(&ctx, plan, world.tree, frame).unwrap();
    let found = problems(app::campaigns::issue(&ctx, &campaign.short_id, false).unwrap_err());
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn dues_that_have_passed_must_be_accepted_to_issue() {
    let world = World::new();
    let (_, id) = prepared(&world);
    world.at(date(2022, 10, 1));
    let ctx = world.as_login("tonghop");
    let found = problems(app::campaigns::issue(&ctx, &id, false).unwrap_err());
    assert!(found[0].contains("hạn 30/9/2022 đã qua"), "{found:?}");
    app::campaigns::issue(&ctx, &id, true).unwrap();
    assert_eq!(world.events(EventKind::CampaignIssued), 1);
}

#[test]
fn a_district_sets_the_due_of_its_own_units_and_keeps_time_for_itself() {
    let world = World::new();
    let id = issued(&world);
    let (district, ctx) = (world.unit("BT-595"), world.as_login("huyen"));
    let shown = app::assignments::delegated(&ctx, &id, district).unwrap();
    assert_eq!(shown.latest, Some(date(2022, 9, 25)));
    let set = |day| app::assignments::set_delegated_due(&ctx, &id, district, day, None);
    let too_late = set(date(2022, 9, 28)).unwrap_err();
    assert!(
        too_late
            .to_string()
            .contains("Hãy chọn chậm nhất ngày 25/9/2022"),
        "{too_late}"
    );
    assert!(set(date(2022, 8, 1)).is_err());
    assert_eq!(world.events(EventKind::DueDelegated), 0);
    let units = shown.lines.len();
    assert_eq!(set(date(2022, 9, 12)).unwrap(), units);
    assert_eq!(world.events(EventKind::DueDelegated), units as i64);
    let commune = line_of(&world, &id, "BT-22969").assignment;
    assert_eq!(
        commune.due_at.unwrap().to_string(),
        "2022-09-12T16:59:59.999999Z"
    );
    let one = app::assignments::set_delegated_due(
        &ctx,
        &id,
        district,
        date(2022, 9, 15),
        Some(vec![commune.id]),
    )
    .unwrap();
    assert_eq!(one, 1);
}

#[test]
fn a_district_sets_no_due_for_the_units_of_another() {
    let world = World::new();
    let id = issued(&world);
    let ctx = world.as_login("huyen");
    let other = world.unit("BT-593");
    assert!(
        app::assignments::set_delegated_due(&ctx, &id, other, date(2022, 9, 12), None).is_err()
    );
    let foreign = line_of(&world, &id, "BT-22915").assignment.id;
    let own = world.unit("BT-595");
    assert!(matches!(
        app::assignments::set_delegated_due(&ctx, &id, own, date(2022, 9, 12), Some(vec![foreign])),
        Err(app::Error::NotFound)
    ));
    assert_eq!(world.events(EventKind::DueDelegated), 0);
}

#[test]
fn an_extension_keeps_the_original_due_beside_the_new_one() {
    let world = World::new();
    let id = issued(&world);
    let ctx = world.as_login("tonghop");
    let line = line_of(&world, &id, "BT-595").assignment;
    let extend = |day, reason| app::assignments::extend_due(&ctx, line.id, day, reason);
    assert!(problems(extend(date(2022, 10, 3), " ").unwrap_err())[0].starts_with("Lý do: "));
    assert!(problems(extend(date(2022, 9, 20), "bão").unwrap_err())[0].starts_with("Hạn: "));
    extend(date(2022, 10, 3), "bão số 4").unwrap();
    let extended = line_of(&world, &id, "BT-595").assignment;
    assert_eq!(extended.original_due_at, line.due_at);
    assert_eq!(
        extended.due_at.unwrap().to_string(),
        "2022-10-03T16:59:59.999999Z"
    );
    assert_eq!(world.events(EventKind::DueExtended), 1);
}

#[test]
fn another_reading_of_dues_reckons_every_due_anew() {
    let world = World::new();
    let (plan, id) = prepared(&world);
    let ctx = world.as_login("tonghop");
    let mut frame = app::campaigns::suggest(&ctx, plan, world.tree).unwrap();
    frame.due_policy = domain::deadline::DuePolicy::Lenient;
    app::campaigns::edit(&ctx, &id, frame).unwrap();
    let line = line_of(&world, &id, "BT-595").assignment;
    assert_eq!(
        line.due_at.unwrap().to_string(),
        "2022-09-30T16:59:59.999999Z"
    );
}
