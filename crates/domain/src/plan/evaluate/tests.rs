//! What counts as right, missing and invented when a reading is compared with its label.

use super::*;
use crate::plan::{DutyKind, Source};
use jiff::civil::date;

fn duty(who: &str, deliverable: &str, due: Option<jiff::civil::Date>) -> Duty {
    Duty {
        who: vec![who.to_owned()],
        duty: DutyKind::Report,
        deliverable: Some(deliverable.to_owned()),
        to: None,
        via: None,
        adopted_by: None,
        due,
        due_inclusive: due.map(|_| true),
        due_set_by: None,
        source: Source::default(),
    }
}

fn plan(assignments: Vec<Duty>) -> Plan {
    Plan {
        assignments,
        ..Plan::default()
    }
}

#[test]
fn a_reading_equal_to_its_label_is_right_in_every_field() {
    let label = plan(vec![duty("Sở Nội vụ", "báo cáo", Some(date(2022, 9, 30)))]);
    let score = compare(&label, &label);
    assert!(score.differences.is_empty(), "{:?}", score.differences);
    assert!(score.fields.values().all(|tally| tally.f1() == 1.0));
    assert_eq!(score.dues.exact, 1);
}

#[test]
fn a_date_the_label_does_not_have_is_invented_and_one_only_it_has_is_missed() {
    let with = plan(vec![duty("Sở Nội vụ", "báo cáo", Some(date(2022, 9, 30)))]);
    let without = plan(vec![duty("Sở Nội vụ", "báo cáo", None)]);
    let other = plan(vec![duty("Sở Nội vụ", "báo cáo", Some(date(2022, 10, 1)))]);
    assert_eq!(compare(&with, &without).dues.invented, 1);
    assert_eq!(compare(&without, &with).dues.missed, 1);
    assert_eq!(compare(&other, &with).dues.invented, 1);
    assert_eq!(compare(&plan(Vec::new()), &with).dues.missed, 1);
    assert_eq!(compare(&with, &plan(Vec::new())).dues.invented, 1);
}

#[test]
fn duties_match_by_body_and_deliverable_whatever_the_order_case_and_marks_of_the_text() {
    let label = plan(vec![
        duty("Sở Nội vụ", "báo cáo tổng kết", None),
        duty("Sở Tài chính", "báo cáo kinh phí", None),
    ]);
    let read = plan(vec![
        duty("SỞ TÀI CHÍNH", "Báo cáo kinh phí.", None),
        duty("Sở Nội vụ", "báo cáo  tổng kết", None),
    ]);
    let score = compare(&read, &label);
    assert_eq!(score.fields["assignments"].right, 2);
    assert_eq!(score.fields["assignments.who"].f1(), 1.0);
    assert_eq!(score.fields["assignments.deliverable"].f1(), 1.0);
}

#[test]
fn another_body_or_another_kind_of_duty_is_another_duty() {
    let label = plan(vec![duty("Sở Nội vụ", "báo cáo", None)]);
    let mut task = duty("Sở Nội vụ", "báo cáo", None);
    task.duty = DutyKind::Task;
    let read = plan(vec![task, duty("Ban Dân vận Tỉnh ủy", "báo cáo", None)]);
    let tally = compare(&read, &label).fields["assignments"];
    assert_eq!((tally.right, tally.read, tally.labelled), (0, 2, 1));
    assert_eq!(tally.f1(), 0.0);
}
