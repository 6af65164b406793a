//! Reports that are due after the report that is to be made of them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bodies::key;
use super::findings::Findings;
use super::model::{Duty, DutyKind, FindingKind, Plan};
use super::places::Places;
use crate::deadline::vietnamese_date;

/// Names every report that goes to or through a body after the last day of that body's own reports.
pub(super) fn check(plan: &Plan, places: &Places, findings: &mut Findings) {
    let mut last_of: BTreeMap<(String, &str), Date> = BTreeMap::new();
    for duty in &plan.assignments {
        if let (DutyKind::Report, Some(due), [who]) = (duty.duty, duty.due, &duty.who[..]) {
            let last = last_of.entry((key(who), matter(duty))).or_insert(due);
            *last = due.max(*last);
        }
    }
    for (duty, place) in plan.assignments.iter().zip(&places.assignments) {
        let Some(due) = duty.due.filter(|_| duty.duty == DutyKind::Report) else {
            continue;
        };
        for receiver in receivers(duty) {
            let own = last_of
                .get(&(key(receiver), matter(duty)))
                .filter(|last| **last < due);
            if let (Some(last), Some(span)) = (own, place.due) {
                findings.add(
                    FindingKind::Contradiction,
                    span,
                    format!(
                        "Báo cáo gửi {receiver} có hạn {}, sau hạn {} của báo cáo mà {receiver} phải gửi. Đối chiếu bản gốc rồi sửa một trong hai hạn.",
                        vietnamese_date(due),
                        vietnamese_date(*last)
                    ),
                );
                break;
            }
        }
    }
}

/// What a report is one of: nothing is made of a report on another matter.
fn matter(duty: &Duty) -> &'static str {
    const MATTERS: [&str; 6] = [
        "sơ kết",
        "tổng kết",
        "kiểm điểm",
        "giám sát",
        "đánh giá",
        "kết quả",
    ];
    let name = duty
        .deliverable
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    MATTERS
        .into_iter()
        .find(|matter| name.contains(matter))
        .unwrap_or_default()
}

/// Who makes something of the report: not the one who sent it.
fn receivers(duty: &Duty) -> impl Iterator<Item = &String> {
    let sends = |body: &str| duty.who.iter().any(|who| key(who) == key(body));
    duty.to
        .iter()
        .chain(&duty.via)
        .filter(move |body| !sends(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::places::{DutyPlaces, Span};
    use jiff::civil::date;

    fn report(who: &str, to: &str, due: Date) -> Duty {
        Duty {
            who: vec![who.to_owned()],
            duty: DutyKind::Report,
            deliverable: None,
            to: Some(to.to_owned()),
            via: None,
            adopted_by: None,
            due: Some(due),
            due_inclusive: Some(true),
            due_set_by: None,
            source: crate::plan::Source::default(),
        }
    }

    fn contradictions(assignments: Vec<Duty>) -> usize {
        let place = DutyPlaces {
            due: Some(Span::default()),
            ..DutyPlaces::default()
        };
        let places = Places {
            assignments: vec![place; assignments.len()],
            ..Places::default()
        };
        let plan = Plan {
            assignments,
            ..Plan::default()
        };
        let mut findings = Findings::default();
        check(&plan, &places, &mut findings);
        findings.into_list().len()
    }

    #[test]
    fn a_report_after_the_one_that_is_made_of_it_is_a_contradiction() {
        let below = |day| report("Đảng ủy các xã", "Ban Dân vận Huyện ủy", date(2024, 9, day));
        let above = |day| report("Ban Dân vận Huyện ủy", "Huyện ủy", date(2024, 9, day));
        assert_eq!(contradictions(vec![below(30), above(20)]), 1);
        assert_eq!(contradictions(vec![below(20), above(30)]), 0);
        // Of what another report tells nothing is made.
        let other = Duty {
            deliverable: Some("báo cáo tổng kết".to_owned()),
            ..below(30)
        };
        assert_eq!(contradictions(vec![other, above(20)]), 0);
        // An earlier special report says nothing of the one to come.
        assert_eq!(contradictions(vec![below(25), above(20), above(30)]), 0);
    }
}
