//! Who leads the carrying out of the plan, and who works with the lead.

use std::collections::BTreeSet;

use super::bodies::key;
use super::duties::{Found, Who};
use super::model::{DutyKind, Plan};
use super::passage::pattern;
use super::places::{Places, Span};
use crate::text::fold;

/// Reads the lead: who is charged with the plan as a whole, or else who drafts the issuer's own report.
pub(super) fn read(found: &[Found], plan: &mut Plan, places: &mut Places) {
    let mut chosen: Vec<&Found> = found.iter().filter(|found| oversees(found)).collect();
    if chosen.iter().any(|found| found.leads) {
        // Who leads stands above who also follows up.
        chosen.retain(|found| found.leads);
    }
    if chosen.is_empty() {
        chosen = drafter(found, plan.issuer.as_deref()).into_iter().collect();
    }
    let oversight = chosen.iter().all(|found| oversees(found));
    let mut lead: Who = Vec::new();
    let mut with: Who = Vec::new();
    for found in chosen {
        let who = found
            .duty
            .who
            .iter()
            .cloned()
            .zip(found.places.who.iter().copied());
        add(&mut lead, who);
        if oversight {
            add(&mut with, found.with.iter().cloned());
        }
    }
    // Who "phối hợp với A" follows up works with A, when A writes the report.
    let helps = |name: &str| {
        found.iter().any(|other| {
            other.leads
                && other.duty.duty == DutyKind::Report
                && other.duty.who.iter().any(|body| key(body) == key(name))
        })
    };
    if let ([helper], [leader]) = (&lead[..], &with[..])
        && helps(&leader.0)
        && !helps(&helper.0)
    {
        std::mem::swap(&mut lead, &mut with);
    }
    (plan.lead, places.lead) = lead.into_iter().unzip();
    (plan.coordinate, places.coordinate) = with.into_iter().unzip();
}

/// Whether the duty is the plan as a whole: to be its centre, or to follow up and urge its carrying out.
fn oversees(found: &Found) -> bool {
    pattern!(
        CENTRE,
        r"(?i)\b(?:là|làm) (?:cơ quan |đơn vị |bộ phận )?(?:thường trực|đầu mối)|phụ trách chung|theo dõi chung"
    );
    pattern!(
        FOLLOWS,
        r"(?i)\b(?:theo dõi|đôn đốc)[^.;]{0,80}(?:kế hoạch|hướng dẫn|chương trình|công văn|chỉ thị|việc thực hiện|chấp hành|thực hiện)\b"
    );
    pattern!(
        LEADS,
        r"(?i)\b(?:triển khai|tổ chức)[^.;]{0,40}(?:thực hiện|triển khai)?[^.;]{0,30}kế hoạch|^triển khai$|tham mưu[^.;]{0,60}theo dõi"
    );
    let text = &found.duty.source.text;
    found.duty.duty == DutyKind::Task
        && found.duty.who.len() == 1
        && (CENTRE.is_match(text)
            || FOLLOWS.is_match(text)
            || found.leads
                && found
                    .duty
                    .deliverable
                    .as_deref()
                    .is_some_and(|work| LEADS.is_match(work)))
}

/// The body that writes the issuer's own report: the last single body that gathers, drafts or advises.
fn drafter<'a>(found: &'a [Found], issuer: Option<&str>) -> Option<&'a Found> {
    pattern!(
        GATHERS,
        r"(?i)\b(?:tổng hợp|dự thảo|tham mưu|soạn|giúp|hoàn thiện|thẩm tra)\b"
    );
    pattern!(
        WRITES,
        r"(?i)\b(?:xây dựng|lập|viết|trình|chuẩn bị|hoàn thành)\b[^.;]{0,40}báo cáo|báo cáo (?:chung|toàn|của (?:tỉnh|huyện|xã|trường|ngành|thành phố))"
    );
    let issuer = issuer.map(key);
    let reports = || {
        found.iter().filter(|found| {
            let who = &found.duty.who;
            found.duty.duty == DutyKind::Report
                && who.len() == 1
                && !is_many(&who[0])
                && issuer.as_deref() != Some(key(&who[0]).as_str())
        })
    };
    let text = |found: &&Found| found.duty.source.text.clone();
    let ends: BTreeSet<String> = found
        .iter()
        .filter(|other| other.duty.duty == DutyKind::Report)
        .flat_map(|other| other.duty.via.iter().chain(&other.duty.to))
        .map(|body| key(body))
        .collect();
    let channels_of: BTreeSet<String> = found
        .iter()
        .flat_map(|other| &other.duty.via)
        .map(|body| key(body))
        .collect();
    let receives = |candidate: &&Found| ends.contains(&key(&candidate.duty.who[0]));
    let channels = || {
        found.iter().filter(|candidate| {
            let who = &candidate.duty.who;
            who.len() == 1
                && !is_many(&who[0])
                && candidate.duty.duty == DutyKind::Task
                && GATHERS.is_match(&text(candidate))
                && channels_of.iter().any(|via| key(&who[0]).starts_with(via))
        })
    };
    reports()
        .filter(|found| receives(found))
        .rfind(|found| GATHERS.is_match(&text(found)) || WRITES.is_match(&text(found)))
        .or_else(|| reports().rfind(|found| GATHERS.is_match(&text(found))))
        .or_else(|| reports().rfind(|found| WRITES.is_match(&text(found))))
        .or_else(|| channels().next())
}

/// Whether a name stands for many bodies.
fn is_many(body: &str) -> bool {
    pattern!(
        MANY,
        r"^(?:cac|moi|tung|nhung|toan the)\b|\bcac\b|^truong (?:cac|thon)"
    );
    MANY.is_match(&fold(body))
}

fn add(list: &mut Who, more: impl Iterator<Item = (String, Span)>) {
    for (body, span) in more {
        if !list.iter().any(|(known, _)| key(known) == key(&body)) {
            list.push((body, span));
        }
    }
}
