//! The project's own example plan, value by value.

use super::*;
use crate::plan::{Instrument, Level, Period, Plan, YearMonth};
use jiff::civil::date;

fn example() -> Reading {
    read_text(include_str!("../../../../../fixtures/plan-2022.md"))
}

fn report_of(plan: &Plan, body: &str) -> Duty {
    let mut found = plan
        .assignments
        .iter()
        .filter(|duty| duty.duty == DutyKind::Report && duty.who.iter().any(|who| who == body));
    let duty = found
        .next()
        .unwrap_or_else(|| panic!("no report of {body}"))
        .clone();
    assert!(found.next().is_none(), "{body} has two reports");
    duty
}

#[test]
fn the_example_reads_into_exactly_this_object() {
    let json = serde_json::to_string_pretty(&example().plan).expect("a plan is plain data");
    insta::assert_snapshot!("example", json);
    let back: Plan = serde_json::from_str(&json).expect("a stored plan reads back");
    assert_eq!(back, example().plan);
}

#[test]
fn three_instruments_are_cited_and_no_others_are_invented() {
    let plan = example().plan;
    let cited =
        |list: &[Instrument]| -> Vec<(Option<String>, Option<jiff::civil::Date>, Option<String>)> {
            list.iter()
                .map(|one| (one.number.clone(), one.date, one.issuer.clone()))
                .collect()
        };
    let expect = |number: &str, day, issuer: &str| {
        (Some(number.to_owned()), Some(day), Some(issuer.to_owned()))
    };
    assert_eq!(
        cited(&plan.legal_basis),
        [expect(
            "44-KH/BDVTW",
            date(2022, 3, 9),
            "Ban Dân vận Trung ương Đảng"
        )]
    );
    assert_eq!(
        cited(&plan.instruments_under_review),
        [
            expect("14-CT/TW", date(2017, 7, 19), "Ban Bí thư Trung ương Đảng"),
            expect("25-CT/TU", date(2017, 9, 15), "Ban Thường vụ Tỉnh ủy"),
        ]
    );
}

#[test]
fn the_period_and_the_levels_are_those_of_the_plan() {
    let plan = example().plan;
    let month = |year, month| YearMonth::new(year, month).expect("a month");
    assert_eq!(
        plan.period,
        Some(Period {
            from: month(2017, 7),
            to: month(2022, 7)
        })
    );
    assert_eq!(
        plan.levels,
        [
            Level::Grassroots,
            Level::District,
            Level::Province,
            Level::Central
        ]
    );
    assert_eq!(plan.purposes.len(), 3);
}

#[test]
fn grassroots_committees_report_to_the_level_above_by_a_day_the_district_sets() {
    let duty = report_of(&example().plan, "Các cấp ủy cơ sở");
    assert_eq!(duty.adopted_by.as_deref(), Some("tập thể cấp ủy"));
    assert_eq!(
        duty.to.as_deref(),
        Some("ban thường vụ cấp ủy cấp trên cơ sở")
    );
    assert_eq!(duty.due, None);
    assert_eq!(
        duty.due_set_by.as_deref(),
        Some("ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc")
    );
}

#[test]
fn the_front_and_organisations_of_the_district_report_to_its_standing_committee() {
    let duty = report_of(
        &example().plan,
        "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội cùng cấp",
    );
    assert_eq!(
        duty.to.as_deref(),
        Some("Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh")
    );
    assert_eq!(duty.due, None);
}

#[test]
fn district_committees_report_before_30_september_through_the_mass_mobilisation_board() {
    let duty = report_of(
        &example().plan,
        "Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh",
    );
    assert_eq!(
        (duty.due, duty.due_inclusive),
        (Some(date(2022, 9, 30)), Some(false))
    );
    assert_eq!(duty.to.as_deref(), Some("Ban Thường vụ Tỉnh ủy"));
    assert_eq!(duty.via.as_deref(), Some("Ban Dân vận Tỉnh ủy"));
    assert_eq!(
        duty.adopted_by.as_deref(),
        Some("tập thể ban thường vụ cấp ủy")
    );
}

#[test]
fn each_provincial_body_reports_on_the_same_terms() {
    let plan = example().plan;
    for body in [
        "Đảng đoàn Hội đồng nhân dân tỉnh",
        "Ban Cán sự đảng Ủy ban nhân dân tỉnh",
        "Đảng đoàn Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội tỉnh",
        "Ban Thường vụ Tỉnh đoàn Thanh niên",
        "Ban Tuyên giáo Tỉnh ủy",
        "Ban Tổ chức Tỉnh ủy",
    ] {
        let duty = report_of(&plan, body);
        assert_eq!(duty.who.len(), 6);
        assert_eq!(duty.due, Some(date(2022, 9, 30)));
        assert_eq!(duty.via.as_deref(), Some("Ban Dân vận Tỉnh ủy"));
        assert_eq!(duty.adopted_by.as_deref(), Some("tập thể lãnh đạo"));
    }
}

#[test]
fn the_final_report_goes_to_the_secretariat_and_is_stated_once() {
    let duty = report_of(&example().plan, "Ban Dân vận Tỉnh ủy");
    assert_eq!(duty.to.as_deref(), Some("Ban Bí thư Trung ương Đảng"));
    assert_eq!(
        (duty.due, duty.due_inclusive),
        (Some(date(2022, 10, 20)), Some(false))
    );
    assert_eq!(reports(&example()).len(), 5);
}

#[test]
fn lead_follow_up_recipients_and_signer_are_read() {
    let plan = example().plan;
    assert_eq!(plan.lead, ["Ban Dân vận Tỉnh ủy"]);
    assert_eq!(plan.coordinate, ["Văn phòng Tỉnh ủy"]);
    let follow_up = plan.assignments.last().expect("duties");
    assert_eq!(follow_up.duty, DutyKind::Task);
    assert_eq!(
        follow_up.deliverable.as_deref(),
        Some("theo dõi, đôn đốc việc thực hiện Kế hoạch này")
    );
    assert_eq!(plan.recipients.len(), 8);
    assert_eq!(plan.recipients[0], "Ban Dân vận Trung ương Đảng + T78");
    assert_eq!(plan.signer.authority.as_deref(), Some("T/M BAN THƯỜNG VỤ"));
    assert_eq!(plan.signer.title.as_deref(), Some("PHÓ BÍ THƯ"));
    assert_eq!(plan.signer.name.as_deref(), Some("Nguyễn Hoài Anh"));
}

#[test]
fn the_outline_is_attached_but_missing() {
    let reading = example();
    assert!(reading.plan.outline_attached && reading.plan.outline.is_none());
    assert!(kinds(&reading).contains(&FindingKind::OutlineMissing));
}
