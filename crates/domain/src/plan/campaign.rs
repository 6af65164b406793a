//! What the whole plan says: its introduction, issuer and purposes, and findings about it as a whole.

use super::bodies::body_at;
use super::findings::{Findings, amends};
use super::instruments::numbered;
use super::model::{DutyKind, FindingKind, Plan};
use super::passage::{Passage, pattern};
use super::places::Places;
use super::structure::{Ladder, run_in};
use crate::text::fold;

/// How many nodes introduce the plan: those before the first section.
pub(super) fn introduction(ladder: &Ladder) -> usize {
    let section = |at: &usize| {
        let node = &ladder.nodes[*at];
        match &node.label {
            // Legal bases are often listed with dashes.
            Some(label) => label.rank < 80 || !cites(node.words()),
            None => super::structure::is_upper(node.words()),
        }
    };
    (0..ladder.nodes.len())
        .find(section)
        .unwrap_or(ladder.nodes.len())
}

fn cites(words: &str) -> bool {
    words.starts_with("Căn cứ") || words.starts_with("Thực hiện") || !numbered(words).is_empty()
}

/// The issuer as the introduction names it, when there is no head: `BODY ban hành Kế hoạch`.
pub(super) fn issuer(introduction: &[&Passage], plan: &mut Plan, places: &mut Places) {
    pattern!(
        BEFORE,
        r"(?:^|[;,:.] )(?P<body>\p{Lu}[^;,.:]{3,120}?) (?:ban hành|xây dựng|đề ra|đề nghị|yêu cầu|thông báo)\b"
    );
    if plan.issuer.is_some() {
        return;
    }
    for passage in introduction {
        let Some(body) = BEFORE
            .captures(passage.text())
            .and_then(|found| found.name("body"))
        else {
            continue;
        };
        if body_at(passage.text(), body.start()).is_some_and(|range| range.end >= body.end()) {
            plan.issuer = Some(body.as_str().to_owned());
            places.issuer = Some(passage.span(body.range()));
            return;
        }
    }
}

/// The items of the section on purposes (and requirements), without their labels.
pub(super) fn purposes(ladder: &Ladder, plan: &mut Plan, places: &mut Places) {
    pattern!(PURPOSE, r"^(?:muc dich|muc tieu)\b");
    pattern!(OTHER, r"^yeu cau\b");
    let heading = |at: usize| {
        fold(
            &ladder.nodes[at]
                .heading()
                .chars()
                .take(80)
                .collect::<String>(),
        )
    };
    let holds_more = |at: usize| ladder.nodes.iter().any(|node| node.parent == Some(at));
    for index in 0..ladder.nodes.len() {
        let node = &ladder.nodes[index];
        let own = heading(index);
        let words = node.words();
        let chain: Vec<String> = ladder.ancestors(index).map(heading).collect();
        let below = chain.iter().any(|heading| PURPOSE.is_match(heading));
        let required = OTHER.is_match(&own) || chain.iter().any(|heading| OTHER.is_match(heading));
        let rest = run_in(words)
            .filter(|_| PURPOSE.is_match(&own))
            .map(|range| range.end + 2);
        let start = match rest {
            Some(after) => node.body + after,
            None if below && !required && !PURPOSE.is_match(&own) && !holds_more(index) => {
                node.body
            }
            _ => continue,
        };
        let text = node.passage.text();
        if text.len() > start {
            plan.purposes.push(text[start..].to_owned());
            places.purposes.push(node.passage.span(start..text.len()));
        }
    }
}

/// Findings about the plan as a whole.
pub(super) fn check(
    title: Option<&Passage>,
    introduction: &[&Passage],
    plan: &Plan,
    places: &Places,
    findings: &mut Findings,
) {
    let top = places.title.or(places.kind).unwrap_or_default();
    if plan.kind.is_none() {
        findings.add(
            FindingKind::NotAPlan,
            top,
            "Không thấy tên loại văn bản (KẾ HOẠCH, CÔNG VĂN …). Kiểm tra lại tệp đã chọn."
                .to_owned(),
        );
    } else if plan.number.is_none() && plan.date.is_none() {
        findings.add(
            FindingKind::HeadMissing,
            top,
            "Văn bản không có phần đầu với số, ký hiệu và ngày ban hành. Nhập các mục này từ bản chính.".to_owned(),
        );
    }
    if !plan
        .assignments
        .iter()
        .any(|duty| duty.duty == DutyKind::Report)
    {
        findings.add(
            FindingKind::NoReportAsked,
            top,
            "Văn bản không yêu cầu đơn vị nào gửi báo cáo. Nếu có, thêm nhiệm vụ báo cáo bằng tay."
                .to_owned(),
        );
    }
    for passage in title.into_iter().chain(introduction.iter().copied()) {
        if let Some(range) = amends(passage) {
            findings.add(
                FindingKind::AmendsOtherPlan,
                passage.span(range),
                "Văn bản này điều chỉnh một văn bản khác. Mở đợt báo cáo của văn bản cũ để cập nhật thay vì mở đợt mới.".to_owned(),
            );
        }
    }
    years_agree(title, plan, places, findings);
}

/// "sơ kết 05 năm" against the months of the period.
fn years_agree(title: Option<&Passage>, plan: &Plan, places: &Places, findings: &mut Findings) {
    pattern!(YEARS, r"(?i)(?:sơ kết|tổng kết) (\d{1,2}) năm");
    let (Some(title), Some(period), Some(place)) = (title, plan.period, places.period) else {
        return;
    };
    let Some(years) = YEARS
        .captures(title.text())
        .and_then(|found| found[1].parse::<i32>().ok())
    else {
        return;
    };
    let months = period.to.ordinal() - period.from.ordinal() + 1;
    if (months - years * 12).abs() > 6 {
        findings.add(
            FindingKind::PeriodMismatch,
            place,
            format!("Tên văn bản nói {years} năm nhưng mốc thời gian ({} đến {}) là {months} tháng. Kiểm tra lại mốc.", period.from, period.to),
        );
    }
}
