//! What the whole plan says: its introduction, issuer and purposes, and findings about it as a whole.

use super::bodies::body_at;
use super::cited::{changes_a_plan, is_plan};
use super::findings::{Findings, amends, replaces};
use super::instruments::numbered;
use super::model::{DutyKind, FindingKind, Plan};
use super::passage::{Passage, pattern};
use super::places::Places;
use super::structure::{Ladder, after_head, ends_sentence, run_in};
use crate::text::fold;

/// How many nodes introduce the plan: those before the first section.
pub(super) fn introduction(ladder: &Ladder) -> usize {
    // "QUYẾT ĐỊNH:" ends what a decision rests on.
    pattern!(
        DECIDES,
        r"^(?:NAY )?(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|YÊU CẦU) ?:?$"
    );
    let nodes = &ladder.nodes;
    let unlabelled = |at: usize| nodes.get(at).filter(|node| node.label.is_none());
    let section = |at: &usize| {
        let node = &nodes[*at];
        match &node.label {
            // Legal bases are often listed with dashes.
            Some(label) => !label.is_bullet() || !cites(node.words()),
            None => {
                // "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" stands above what it rests on.
                let authority = || {
                    (at + 1..at + 3)
                        .any(|at| unlabelled(at).is_some_and(|node| rests(node.words())))
                };
                super::structure::is_upper(node.words()) && !authority()
            }
        }
    };
    let first = (0..nodes.len()).find(section).unwrap_or(nodes.len());
    let decides = unlabelled(first).is_some_and(|node| DECIDES.is_match(node.words()));
    if decides { first + 1 } else { first }
}

/// Whether a paragraph adopts a plan: "Ban hành kèm theo Quyết định này Kế hoạch …".
pub(super) fn adopts(words: &str) -> bool {
    pattern!(ADOPTS, r"^(?i:ban hành|phê duyệt)\b");
    ADOPTS.is_match(words)
}

fn rests(words: &str) -> bool {
    pattern!(RESTS, r"^(?:Căn cứ|Theo|Xét|Thực hiện|Để|Trên cơ sở)\b");
    RESTS.is_match(words)
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
    let reviews = plan.title.as_deref().is_some_and(super::period::is_review);
    let targets = reviews || !sets_targets(ladder);
    let headings: Vec<Heading> = ladder
        .nodes
        .iter()
        .map(|node| {
            let heading = node.heading();
            // A whole sentence is no heading, whatever words it has.
            let sentence = heading.ends_with(['.', ';']) && heading.chars().count() > 40;
            if sentence {
                Heading::Silent
            } else {
                Heading::of(heading, targets)
            }
        })
        .collect();
    // A finished sentence holds no more: plain paragraphs below it only follow it.
    let mut holds_more = vec![false; ladder.nodes.len()];
    for node in &ladder.nodes {
        if let Some(above) = node.parent {
            holds_more[above] |=
                node.label.is_some() || !ends_sentence(ladder.nodes[above].passage.text());
        }
    }
    for (index, node) in ladder.nodes.iter().enumerate() {
        let own = headings[index];
        let chain = || ladder.ancestors(index).map(|above| headings[above]);
        let below = chain().any(|heading| heading == Heading::Purpose);
        let other = |heading: Heading| heading == Heading::Other;
        let rest = run_in(node.words())
            .filter(|_| own == Heading::Purpose)
            .map(|range| after_head(node.words(), &range));
        let start = match rest {
            Some(after) => node.body + after,
            None if below
                && !other(own)
                && !chain().any(other)
                && own != Heading::Purpose
                && !holds_more[index] =>
            {
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

/// Whether "Mục tiêu" heads figures to be reached, or stands beside the purposes.
fn sets_targets(ladder: &Ladder) -> bool {
    let heads = |at: usize| TARGETS.is_match(&fold(ladder.nodes[at].heading()));
    let beside = |at: usize| Heading::of(ladder.nodes[at].heading(), false) == Heading::Purpose;
    let counts = |at: usize| {
        let below = ladder.ancestors(at).any(heads);
        below
            && ladder.nodes[at]
                .words()
                .contains(|c: char| c.is_ascii_digit())
    };
    (0..ladder.nodes.len()).any(|at| counts(at) || beside(at))
}

// Targets, where nothing is looked back on.
pattern!(TARGETS, r"^(?:ve |cac )?muc tieu\b");

/// What a heading says of its section, as far as purposes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    Purpose,
    /// Requirements, or another matter than what the plan is for.
    Other,
    Silent,
}

impl Heading {
    fn of(heading: &str, targets: bool) -> Heading {
        pattern!(
            PURPOSE,
            r"^(?:ve |nham )?(?:muc dich|y nghia|ly do|vi sao|tai sao|de lam gi|nham lam gi|dich (?:can |phai |den)|dieu (?:can|mong|muon) (?:dat|thay|co))\b|\b(?:de lam gi|nham (?:lam|muc dich) gi|vi sao|de biet gi|can dat (?:duoc )?(?:gi|dieu gi))[ ?:]*$"
        );
        pattern!(
            OTHER,
            r"^(?:nhung |cac |ve |mot so )*(?:yeu cau|nguyen tac|luu y|thoi (?:gian|diem|han)|pham vi|doi tuong|moc|so lieu|noi dung|dia diem|kinh phi)\b"
        );
        let words = fold(&heading.chars().take(80).collect::<String>());
        if PURPOSE.is_match(&words) || targets && TARGETS.is_match(&words) {
            Heading::Purpose
        } else if OTHER.is_match(&words) {
            Heading::Other
        } else {
            Heading::Silent
        }
    }
}

/// Findings about the plan as a whole.
pub(super) fn check(
    title: Option<&Passage>,
    introduction: &[&Passage],
    ladder: &Ladder,
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
    let changes = title.is_some_and(|title| changes_a_plan(title.text()));
    for passage in title.into_iter().chain(introduction.iter().copied()) {
        let cited = || {
            let mentions = numbered(passage.text());
            let plan = mentions
                .into_iter()
                .find(|mention| is_plan(passage.text(), mention));
            changes.then_some(plan?.range)
        };
        if let Some(range) = amends(passage).or_else(cited) {
            findings.add(
                FindingKind::AmendsOtherPlan,
                passage.span(range),
                "Văn bản này điều chỉnh một văn bản khác. Mở đợt báo cáo của văn bản cũ để cập nhật thay vì mở đợt mới.".to_owned(),
            );
        }
    }
    for node in &ladder.nodes {
        if let Some(range) = replaces(node.passage.text()) {
            findings.add(
                FindingKind::AmendsOtherPlan,
                node.passage.span(range),
                "Văn bản này thay thế hoặc sửa đổi một văn bản khác. Mở đợt báo cáo của văn bản cũ để cập nhật thay vì mở đợt mới.".to_owned(),
            );
        }
    }
    years_agree(title, plan, places, findings);
}

/// "sơ kết 05 năm" against the months of the period.
fn years_agree(title: Option<&Passage>, plan: &Plan, places: &Places, findings: &mut Findings) {
    let (Some(title), Some(period), Some(place)) = (title, plan.period, places.period) else {
        return;
    };
    let months = period.to.ordinal() - period.from.ordinal() + 1;
    let (said, wanted) = match years_reviewed(title.text()) {
        Some(years) => (format!("{years} năm"), years * 12),
        // The years of a programme that still goes on are not those of its review.
        None => match super::period::stretch_of_years(title.text()) {
            Some((first, last))
                if plan.date.is_none_or(|date| last <= date.year())
                    && !counts(title.text())
                    // School years and the like begin and end within these years.
                    && (first, last) != (period.from.year(), period.to.year()) =>
            {
                (
                    format!("giai đoạn {first} - {last}"),
                    i32::from(last - first + 1) * 12,
                )
            }
            _ => return,
        },
    };
    if (months - wanted).abs() > 6 {
        findings.add(
            FindingKind::PeriodMismatch,
            place,
            format!("Tên văn bản nói {said} nhưng mốc thời gian ({} đến {}) là {months} tháng. Kiểm tra lại mốc.", period.from, period.to),
        );
    }
}

/// Whether a title counts years anywhere: "tổng kết năm học và 5 năm thực hiện Chiến lược giai đoạn 2020 - 2025".
fn counts(title: &str) -> bool {
    pattern!(
        COUNTS,
        r"(?i)\b(?:\d{1,2}|năm|mười) năm (?:thực hiện|triển khai)|năm học"
    );
    COUNTS.is_match(title)
}

/// How many years a title says are reviewed, in figures or words.
pub(super) fn years_reviewed(title: &str) -> Option<i32> {
    pattern!(
        YEARS,
        r"(?i)(?:sơ kết|tổng kết|đánh giá|kiểm điểm|rà soát)(?: kết quả)? (?:(\d{1,2})|(một|hai|ba|bốn|năm|mười lăm|mười|hai mươi lăm|hai mươi|ba mươi)) năm "
    );
    let found = YEARS.captures(title)?;
    if let Some(figures) = found.get(1) {
        return figures.as_str().parse().ok();
    }
    Some(match found.get(2)?.as_str().to_lowercase().as_str() {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" => 4,
        "năm" => 5,
        "mười" => 10,
        "mười lăm" => 15,
        "hai mươi" => 20,
        "hai mươi lăm" => 25,
        _ => 30,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_on_purposes_is_known_by_many_headings() {
        for heading in [
            "MỤC ĐÍCH",
            "MỤC TIÊU TỔNG KẾT",
            "MỤC ĐÍCH - YÊU CẦU",
            "TỔNG KẾT ĐỂ LÀM GÌ",
            "VÌ SAO TỔNG KẾT",
            "Ý nghĩa, mục đích",
            "Lý do tổng kết",
            "Về mục tiêu",
            "Sơ kết nhằm mục đích gì",
        ] {
            assert_eq!(Heading::of(heading, true), Heading::Purpose, "{heading}");
        }
        assert_ne!(Heading::of("MỤC TIÊU", false), Heading::Purpose);
        for heading in [
            "YÊU CẦU CHUNG",
            "Về yêu cầu",
            "Các yêu cầu",
            "Nguyên tắc",
            "Thời gian lấy số liệu",
        ] {
            assert_eq!(Heading::of(heading, true), Heading::Other, "{heading}");
        }
    }

    #[test]
    fn the_years_of_a_review_are_said_in_figures_or_words() {
        assert_eq!(years_reviewed("sơ kết 05 năm thực hiện Chỉ thị"), Some(5));
        assert_eq!(years_reviewed("Tổng kết hai mươi năm phong trào"), Some(20));
        assert_eq!(years_reviewed("sơ kết năm năm thực hiện"), Some(5));
        assert_eq!(years_reviewed("tổng kết năm học 2023 - 2024"), None);
    }
}
