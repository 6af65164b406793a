//! Duties that the text states twice become one; what contradicts itself or lacks a due date is reported.

use std::collections::BTreeMap;

use super::bodies::key;
use super::duties::Found;
use super::findings::Findings;
use super::model::{Duty, DutyKind, FindingKind, Plan};
use super::places::Span;
use crate::text::fold;

/// Joins duties that the text states twice, and reports what contradicts itself or lacks a due date.
/// `asides`: what sections without duties say of the same reports.
pub(super) fn settle(
    found: Vec<Found>,
    asides: &[Found],
    plan: &mut Plan,
    findings: &mut Findings,
) -> Vec<Found> {
    let mut settled: Vec<Found> = Vec::new();
    // Duties of the same bodies, as places in `settled`.
    let mut by_bodies: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for next in found {
        let alike = by_bodies.entry(keys(&next.duty)).or_default();
        let known = alike
            .iter()
            .copied()
            .find(|at| restates(&settled[*at], &next));
        match known {
            Some(at) => join(&mut settled[at], next, findings),
            None => {
                alike.push(settled.len());
                settled.push(next);
            }
        }
    }
    for aside in asides {
        let alike = by_bodies.get(&keys(&aside.duty)).into_iter().flatten();
        for at in alike {
            let known = &mut settled[*at];
            if known.duty.duty == DutyKind::Report
                && known
                    .duty
                    .due
                    .is_some_and(|due| Some(due) != aside.duty.due)
                && names_no_other(&known.duty, &aside.duty)
            {
                contradict(known, &aside.duty, findings);
            }
        }
    }
    for found in &settled {
        let duty = &found.duty;
        if duty.duty == DutyKind::Report
            && duty.due.is_none()
            && duty.due_set_by.is_none()
            && found.places.due.is_none()
        {
            let who = if duty.who.is_empty() {
                "đơn vị chưa rõ".to_owned()
            } else {
                duty.who.join("; ")
            };
            findings.add(
                FindingKind::NoDeadline,
                Span {
                    start: duty.source.start,
                    end: duty.source.end,
                },
                format!(
                    "Báo cáo của {who} không có hạn gửi trong văn bản. Nhập hạn trước khi mở đợt."
                ),
            );
        }
    }
    plan.assignments = settled.iter().map(|found| found.duty.clone()).collect();
    settled
}

/// The bodies of a duty, whatever their order and spelling.
fn keys(duty: &Duty) -> Vec<String> {
    // A list may be one group or several bodies: "các đảng ủy, chi bộ cơ sở".
    let mut keys: Vec<String> = duty
        .who
        .iter()
        .flat_map(|body| {
            let parts = body.split([',', ';']);
            parts.map(|part| key(part.trim())).collect::<Vec<_>>()
        })
        .collect();
    keys.sort();
    keys
}

/// Whether `next` states the duty `known` of the same bodies again: the same report and addressee.
fn restates(known: &Found, next: &Found) -> bool {
    let (a, b) = (&known.duty, &next.duty);
    let compatible = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => fold(one) == fold(other),
        _ => true,
    };
    // "báo cáo tổng kết" to the same body is "báo cáo tổng kết của huyện" again.
    let same_report = match (&a.deliverable, &b.deliverable) {
        (Some(one), Some(other)) => {
            let (one, other) = (fold(one), fold(other));
            let longer = |long: &str, short: &str| long.starts_with(&format!("{short} cua "));
            one == other
                || a.to.is_some()
                    && b.to.is_some()
                    && (longer(&one, &other) || longer(&other, &one))
        }
        _ => true,
    };
    a.duty == DutyKind::Report
        && b.duty == DutyKind::Report
        && !a.who.is_empty()
        && compatible(&a.to, &b.to)
        && same_report
}

/// Whether `aside` speaks of "báo cáo" without a name, or by the name of `duty`.
fn names_no_other(duty: &Duty, aside: &Duty) -> bool {
    let name = |duty: &Duty| duty.deliverable.as_deref().map(fold).unwrap_or_default();
    let (one, other) = (name(duty), name(aside));
    one == other || other == "bao cao" || other.is_empty()
}

/// Two dues for one report: neither is taken.
fn contradict(known: &mut Found, other: &Duty, findings: &mut Findings) {
    let a = &mut known.duty;
    let (Some(one), Some(second)) = (a.due.take(), other.due) else {
        return;
    };
    a.due_inclusive = None;
    let day = |date: jiff::civil::Date| format!("{}/{}/{}", date.day(), date.month(), date.year());
    findings.add(
        FindingKind::Contradiction,
        Span {
            start: other.source.start,
            end: other.source.end,
        },
        format!(
            "Văn bản ghi hai hạn khác nhau cho cùng một báo cáo ({}): {} và {}. Chọn hạn đúng.",
            a.who.join("; "),
            day(one),
            day(second)
        ),
    );
}

fn join(known: &mut Found, next: Found, findings: &mut Findings) {
    if let (Some(one), Some(other)) = (known.duty.due, next.duty.due)
        && one != other
    {
        contradict(known, &next.duty, findings);
    }
    let (a, b) = (&mut known.duty, next.duty);
    match (a.due, b.due) {
        (None, Some(_)) if known.places.due.is_none() => {
            a.due = b.due;
            a.due_inclusive = b.due_inclusive;
            known.places.due = next.places.due;
        }
        _ => {}
    }
    for (slot, at, value, place) in [
        (&mut a.to, &mut known.places.to, b.to, next.places.to),
        (&mut a.via, &mut known.places.via, b.via, next.places.via),
        (
            &mut a.adopted_by,
            &mut known.places.adopted_by,
            b.adopted_by,
            next.places.adopted_by,
        ),
        (
            &mut a.due_set_by,
            &mut known.places.due_set_by,
            b.due_set_by,
            next.places.due_set_by,
        ),
    ] {
        if slot.is_none() {
            *slot = value;
            *at = place;
        }
    }
    known.leads |= next.leads;
    known.with.extend(next.with);
}
