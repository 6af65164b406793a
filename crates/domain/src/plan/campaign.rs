//! What the whole plan says: purposes, period, levels, documents cited, who leads and who works with the lead.

use super::bodies::{body_at, key, level};
use super::dates::first_date;
use super::duties::{Found, Who};
use super::findings::{Findings, amends};
use super::instruments::{Cited, Mention, named, numbered};
use super::model::{DutyKind, FindingKind, Level, Period, Plan, YearMonth};
use super::passage::{Passage, pattern};
use super::places::{Places, Span};
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

/// Documents cited in the title and the introduction.
pub(super) fn cited(
    title: Option<&Passage>,
    introduction: &[&Passage],
    plan: &mut Plan,
    places: &mut Places,
) {
    // Everything after these words is what the plan is about, not what it rests on.
    pattern!(
        ISSUES,
        r"(?i)\b(?:ban hành|xây dựng|đề ra) (?:kế hoạch|chương trình|hướng dẫn)|\b(?:sơ kết|tổng kết)\b|\b(?:đề nghị|yêu cầu)\b"
    );
    let mut basis = Cited::default();
    let mut review = Cited::default();
    let in_title: Vec<Mention> = title.map_or(Vec::new(), |title| numbered(title.text()));
    if let Some(title) = title {
        in_title
            .iter()
            .for_each(|mention| review.add(title, mention));
    }
    let mut past = false;
    for passage in introduction {
        let text = passage.text();
        let issues = ISSUES.find(text).map(|found| found.start());
        for mention in numbered(text) {
            let reviewed = past
                || issues.is_some_and(|at| mention.range.start > at)
                || review.holds(&mention.instrument);
            if reviewed {
                review.add(passage, &mention)
            } else {
                basis.add(passage, &mention)
            }
        }
        if let Some(mention) = named(text)
            && numbered(text).is_empty()
            && !past
        {
            basis.add(passage, &mention);
        }
        past |= issues.is_some() && text.ends_with(':');
    }
    (plan.legal_basis, places.legal_basis) = basis.items.into_iter().unzip();
    (
        plan.instruments_under_review,
        places.instruments_under_review,
    ) = review.items.into_iter().unzip();
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

/// The months the reports cover.
pub(super) fn period(
    ladder: &Ladder,
    title: Option<&Passage>,
    plan: &mut Plan,
    places: &mut Places,
) {
    pattern!(
        PLACE,
        r"moc|thoi gian (?:so ket|tong ket|danh gia|bao cao|lay so lieu|kiem tra)|thoi ky|giai doan|ky bao cao|so lieu|pham vi"
    );
    let in_section = ladder.nodes.iter().enumerate().filter(|(index, node)| {
        let heading =
            |words: &str| PLACE.is_match(&fold(&words.chars().take(160).collect::<String>()));
        heading(node.heading())
            || ladder
                .ancestors(*index)
                .next()
                .is_some_and(|at| heading(ladder.nodes[at].heading()))
    });
    let found = in_section
        .map(|(_, node)| &node.passage)
        .find_map(|passage| Some((period_in(passage.text())?, passage)))
        .or_else(|| title.and_then(|title| Some((period_in(title.text())?, title))))
        .or_else(|| {
            pattern!(FIGURES, r"(?i)số liệu|kết quả|tình hình|giai đoạn");
            ladder
                .nodes
                .iter()
                .map(|node| &node.passage)
                .filter(|passage| FIGURES.is_match(passage.text()))
                .find_map(|passage| Some((period_in(passage.text())?, passage)))
        });
    if let Some(((period, range), passage)) = found {
        plan.period = Some(period);
        places.period = Some(passage.span(range));
    }
}

/// A stretch of months that `text` states.
fn period_in(text: &str) -> Option<(Period, std::ops::Range<usize>)> {
    pattern!(
        MONTHS,
        r"(?i)từ (?:đầu |ngày \d{1,2}/)?(?:tháng )?(\d{1,2})(?:/| năm )(\d{4})(?: ?\([^()]*\))? ?,?(?:đến|tới|[-–]) ?(?:hết |cuối )?(?:ngày \d{1,2}/)?(?:tháng )?(\d{1,2})(?:/| năm )(\d{4})"
    );
    pattern!(
        YEARS,
        r"(?i)(?:giai đoạn|từ(?: đầu)? năm|các năm) (\d{4}) ?(?:[-–]|đến(?: hết)?(?: năm)?) ?(?:năm )?(\d{4})\b"
    );
    pattern!(HALF, r"(?i)(?:6|06|sáu) tháng (đầu|cuối) năm (\d{4})");
    pattern!(
        QUARTER,
        r"(?i)(?:báo cáo|công tác|kết quả|tình hình)[^.;]{0,60} quý (IV|III|II|I)(?:/| năm )(\d{4})"
    );
    pattern!(
        LONG,
        r"(?i)từ (ngày \d{1,2}(?:/\d{1,2}/\d{4}| tháng \d{1,2} năm \d{4})) ?,?đến(?: hết)? (ngày \d{1,2}(?:/\d{1,2}/\d{4}| tháng \d{1,2} năm \d{4}))"
    );
    let period = |from: (&str, &str), to: (&str, &str)| {
        let month = |(year, month): (&str, &str)| {
            YearMonth::new(year.parse().ok()?, month.parse().ok()?).ok()
        };
        let period = Period {
            from: month(from)?,
            to: month(to)?,
        };
        (period.from <= period.to).then_some(period)
    };
    if let Some(found) = LONG.captures(text) {
        let ends = [first_date(&found[1])?.0, first_date(&found[2])?.0];
        let month = |date: jiff::civil::Date| YearMonth::new(date.year(), date.month()).ok();
        let period = Period {
            from: month(ends[0])?,
            to: month(ends[1])?,
        };
        return (period.from <= period.to)
            .then(|| (period, found.get(0).map_or(0..0, |whole| whole.range())));
    }
    let (period, whole) = if let Some(found) = MONTHS.captures(text) {
        (
            period((&found[2], &found[1]), (&found[4], &found[3]))?,
            found.get(0)?,
        )
    } else if let Some(found) = YEARS.captures(text) {
        (period((&found[1], "1"), (&found[2], "12"))?, found.get(0)?)
    } else if let Some(found) = HALF.captures(text) {
        let (from, to) = if found[1].to_lowercase() == "đầu" {
            ("1", "6")
        } else {
            ("7", "12")
        };
        (period((&found[2], from), (&found[2], to))?, found.get(0)?)
    } else {
        let found = QUARTER.captures(text)?;
        let (from, to) = match &found[1] {
            "I" => ("1", "3"),
            "II" => ("4", "6"),
            "III" => ("7", "9"),
            _ => ("10", "12"),
        };
        (period((&found[2], from), (&found[2], to))?, found.get(0)?)
    };
    Some((period, whole.range()))
}

/// Levels that headings name and levels that report or are reported to.
pub(super) fn levels(ladder: &Ladder, plan: &mut Plan) {
    pattern!(
        NAMED,
        r"(?i)^(?:đối với )?(?:ở )?cấp (cơ sở|xã|huyện|tỉnh|trung ương)\b"
    );
    let mut levels: Vec<Level> = Vec::new();
    for node in &ladder.nodes {
        if let Some(found) = NAMED.captures(node.words()) {
            levels.push(match fold(&found[1]).as_str() {
                "co so" | "xa" => Level::Grassroots,
                "huyen" => Level::District,
                "tinh" => Level::Province,
                _ => Level::Central,
            });
        }
    }
    for duty in plan
        .assignments
        .iter()
        .filter(|duty| duty.duty == DutyKind::Report)
    {
        levels.extend(
            duty.who
                .iter()
                .chain(&duty.to)
                .filter_map(|body| level(body)),
        );
    }
    levels.sort_unstable();
    levels.dedup();
    plan.levels = levels;
}

/// Who leads the carrying out of the plan, and who works with them.
pub(super) fn lead(found: &[Found], plan: &mut Plan, places: &mut Places) {
    pattern!(
        OVERSEES,
        r"(?i)theo dõi|đôn đốc|thường trực|đầu mối|kế hoạch này|tham mưu"
    );
    let leads: Vec<&Found> = found.iter().filter(|found| found.leads).collect();
    let oversees = |found: &&&Found| {
        OVERSEES.is_match(&found.duty.source.text)
            && fold(&found.duty.source.text).contains("theo doi")
    };
    let mut chosen: Vec<&Found> = leads.iter().filter(oversees).copied().collect();
    if chosen.is_empty() {
        chosen = leads
            .iter()
            .filter(|found| OVERSEES.is_match(&found.duty.source.text))
            .copied()
            .collect();
    }
    if chosen.is_empty() {
        let mut bodies: Vec<String> = leads
            .iter()
            .flat_map(|found| found.duty.who.iter().map(|body| key(body)))
            .collect();
        bodies.dedup();
        // Several bodies that lead their own tasks do not lead the plan.
        if bodies.len() == 1 {
            chosen = leads;
        }
    }
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
        add(&mut with, found.with.iter().cloned());
    }
    (plan.lead, places.lead) = lead.into_iter().unzip();
    (plan.coordinate, places.coordinate) = with.into_iter().unzip();
}

fn add(list: &mut Who, more: impl Iterator<Item = (String, Span)>) {
    for (body, span) in more {
        if !list.iter().any(|(known, _)| key(known) == key(&body)) {
            list.push((body, span));
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
    if (months - years * 12).abs() > 12 {
        findings.add(
            FindingKind::Contradiction,
            place,
            format!("Tên văn bản nói {years} năm nhưng mốc thời gian ({} đến {}) là {months} tháng. Kiểm tra lại mốc.", period.from, period.to),
        );
    }
}
