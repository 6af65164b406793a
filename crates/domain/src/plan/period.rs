//! The months that the reports cover.

use std::ops::Range;

use super::campaign::years_reviewed;
use super::cited::changes_a_plan;
use super::clause::subject;
use super::labels::label_of;
use super::model::{Period, Plan, YearMonth};
use super::passage::{Passage, pattern};
use super::places::Places;
use super::structure::Ladder;
use crate::text::fold;

/// Reads the period: where a heading announces it, where figures are said to be taken from, or out of the title.
/// `first`: the nodes before it introduce the plan and speak of other documents' periods.
pub(super) fn read(
    ladder: &Ladder,
    first: usize,
    title: Option<&Passage>,
    plan: &mut Plan,
    places: &mut Places,
) {
    // A regime has a cut-off for each of its periods, not one for all.
    pattern!(
        CUT_OFF,
        r"(?i)\bchốt\b|tháng (?:trước|báo cáo)|(?:của|mỗi|từng|các|trong|trước|theo) kỳ báo cáo|hằng (?:tháng|quý|năm)"
    );
    pattern!(
        FIGURES,
        r"(?i)số liệu|kết quả|tình hình|giai đoạn|rà soát|thời gian:|đánh giá|thống kê|tính từ"
    );
    pattern!(REPORTS, r"(?i)\bbáo cáo\b");
    pattern!(
        COUNTS,
        r"(?i)số liệu|thống kê|tính từ|thời gian:|báo cáo|đánh giá"
    );
    let reviews = title.is_some_and(|title| REVIEW.is_match(title.text()));
    let nodes: Vec<(bool, &Passage)> = ladder
        .nodes
        .iter()
        .enumerate()
        .skip(first)
        .filter(|(index, node)| {
            let above = ladder.ancestors(*index).next();
            let heads = above.is_some_and(|above| CUT_OFF.is_match(ladder.nodes[above].heading()));
            let text = node.passage.text();
            !heads && !CUT_OFF.is_match(text) && STRETCH.find_iter(text).nth(1).is_none()
        })
        .map(|(index, node)| {
            let above = ladder.ancestors(index).next();
            let announced = std::iter::once(index)
                .chain(above)
                .any(|at| announces(ladder.nodes[at].heading(), reviews));
            (announced, &node.passage)
        })
        .collect();
    // "Các chi bộ họp từ ngày … đến ngày …" is when they do it, under "Thời gian" as well.
    let announced = || {
        nodes
            .iter()
            .filter(|(announced, node)| *announced && !acts(node.text()))
    };
    let read = |parse: fn(&str) -> Option<Found>, passage: &'_ Passage| parse(passage.text());
    // A few days of one month are those of an activity, not of the reports.
    let in_place = announced()
        .filter_map(|(_, node)| Some((read(months_in, node)?, *node)))
        .find(|((period, _), _)| !reviews || period.from < period.to);
    // "… đánh giá 1 năm hoạt động, mốc thời gian từ … đến …": said where the paragraph says it, the introduction too.
    let in_words = || {
        let all = ladder.nodes.iter().map(|node| &node.passage);
        all.filter(|passage| !CUT_OFF.is_match(passage.text()))
            .filter_map(|passage| Some((read(months_in, passage)?, passage)))
            .find(|((period, range), passage)| {
                period.from < period.to && said_before(&passage.text()[..range.start], reviews)
            })
    };
    let of_figures = || {
        nodes
            .iter()
            .filter_map(|(_, node)| Some((read(months_in, node)?, *node)))
            .find(|((period, _), node)| {
                let months = period.to.ordinal() - period.from.ordinal() + 1;
                // What is to be done with older papers has its months, too: a plan that reviews nothing must say more.
                let said =
                    FIGURES.is_match(node.text()) && (reviews || COUNTS.is_match(node.text()));
                // "… báo cáo tiến độ của đề tài mình từ tháng 01/2023 đến hết tháng 9/2025".
                let told = || REPORTS.is_match(node.text()) && has_passed(*period, plan);
                (said || told()) && (months > 5 || reviews && months > 2)
                    || reviews && months >= 12 && has_passed(*period, plan)
            })
    };
    let by_two_days = || announced().find_map(|(_, node)| Some((read(ends_in, node)?, *node)));
    let by_years = || {
        announced().find_map(|(_, node)| {
            Some((
                read(years_in, node).or_else(|| read(one_by_one, node).filter(|_| reviews))?,
                *node,
            ))
        })
    };
    // The years of a programme are not those of its review: "sơ kết 03 năm thực hiện Đề án giai đoạn 2021 - 2030".
    let in_title = || {
        let (found, title) = title.and_then(|title| Some((read(years_in, title)?, title)))?;
        let months = found.0.to.ordinal() - found.0.from.ordinal() + 1;
        let fits =
            years_reviewed(title.text()).is_none_or(|years| (months - years * 12).abs() <= 12);
        // A plan that only changes another reviews nothing itself, nor does one for the months to come.
        let reviews =
            REVIEW.is_match(title.text()) || months > 3 && title.text().contains("báo cáo");
        let own = reviews && !changes_a_plan(title.text());
        (own && fits && has_passed(found.0, plan)).then_some((found, title))
    };
    let found = in_place
        .or_else(in_words)
        .or_else(of_figures)
        .or_else(by_two_days)
        .or_else(by_years)
        .or_else(in_title);
    if let Some(((period, range), passage)) = found {
        plan.period = Some(period);
        places.period = Some(passage.span(range));
    }
}

pattern!(
    REVIEW,
    r"(?i)sơ kết|tổng kết|đánh giá|kiểm điểm|năm thực hiện|năm học|rà soát|báo cáo (?:kết quả )?\d+ năm"
);

/// Whether a heading says that the months of the reports follow.
fn announces(heading: &str, reviews: bool) -> bool {
    pattern!(
        PLACE,
        r"(?:^|\b(?:ve|va) |, )(?:(?:cac )?moc\b|khoang thoi gian|(?:thoi (?:gian|diem|doan|han)|moc|ky|han) (?:so ket|tong ket|danh gia|bao cao|kiem diem|ra soat|lay|tinh|xem xet|thong ke|kiem tra|kiem ke|tong hop|so lieu|cua so lieu|ap dung so lieu|so sanh)|thoi ky|giai doan|ky (?:bao cao|so lieu|so ket|tong ket|danh gia)|pham vi|nien do|(?:lay |tinh |so lieu|thu thap )so lieu|so lieu|(?:nhung )?(?:thang|nam) (?:nao )?(?:duoc |can |phai )?(?:so ket|tong ket|danh gia|tinh)|tinh tu|tu thang nao|tu khi nao|tu bao gio|quang thoi gian)"
    );
    pattern!(
        WITH_TIME,
        r"^(?:thoi gian|thoi diem)(?:, | va | - )(?:noi dung|pham vi|doi tuong|so lieu|moc|hinh thuc)"
    );
    // "Những tháng năm được tổng kết", "chặng đường nhìn lại": a time, and then what is done with it.
    pattern!(
        TIME_OF,
        r"^.{0,20}\b(?:thoi gian|thoi diem|thang|nam|moc|giai doan|thoi ky|khoang|quang|chang duong|tu)\b.{0,24}\b(?:so ket|tong ket|danh gia|kiem diem|ra soat|xem xet|nhin lai|so lieu|so sanh|thong ke|soi lai)\b"
    );
    pattern!(
        DEADLINE,
        r"\b(?:gui|nop|hoan thanh|to chuc|tien hanh|hop|hoi nghi|trinh)\b"
    );
    let words = fold(&heading.chars().take(160).collect::<String>());
    PLACE.is_match(&words)
        || words.chars().count() <= 60 && TIME_OF.is_match(&words) && !DEADLINE.is_match(&words)
        || reviews && (WITH_TIME.is_match(&words) || words.trim_end_matches(':') == "thoi gian")
}

/// Whether the words right before a stretch of months say that it is the one looked at.
fn said_before(before: &str, reviews: bool) -> bool {
    pattern!(
        OPENS,
        r"(?i)[(,;:.]?\s*(?:là |tính |được tính |lấy )?(?:từ |kể từ |bắt đầu )?$"
    );
    let open = OPENS
        .find(before)
        .map_or(before.len(), |opens| opens.start());
    let clause = before[..open]
        .rsplit([',', ';', ':', '.', '('])
        .next()
        .unwrap_or_default();
    let bracket = before[open..].trim_start().starts_with('(');
    announces(clause.trim(), reviews) || reviews && bracket && REVIEW.is_match(clause)
}

/// Whether the months lie behind the plan, or nearly: a stretch that is to come is a programme, not its review.
fn has_passed(period: Period, plan: &Plan) -> bool {
    plan.date.is_none_or(|issued| {
        let month = i32::from(issued.year()) * 12 + i32::from(issued.month()) - 1;
        period.to.ordinal() <= month + 6
    })
}

type Found = (Period, Range<usize>);

fn period(from: (&str, &str), to: (&str, &str)) -> Option<Period> {
    let month =
        |(year, month): (&str, &str)| YearMonth::new(year.parse().ok()?, month.parse().ok()?).ok();
    let period = Period {
        from: month(from)?,
        to: month(to)?,
    };
    (period.from <= period.to).then_some(period)
}

// From one month or day to another.
pattern!(
    STRETCH,
    r"(?xi)(?:^|[^\d/.\-\p{L}])(?:(?:từ|kể\ từ|tính\ từ|bắt\ đầu\ từ|bắt\ đầu)\ (?:(?:khi|lúc|thời\ điểm|mốc)[^.;\d]{2,60})?|tháng\ |ngày\ |:\ |\()?(?:đầu\ |ngày\ |tháng\ |hết\ |cuối\ |:\ |\()*
    (?:\d{1,2}(?:\ ?[/.-]\ ?|\ tháng\ )(?P<m1>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y1>\d{4})|(?P<m3>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y3>\d{4})|(?P<m5>\d{1,2}))\)?(?:\ ?\([^()]{0,60}\))?
    [,;]?\ ?(?:và\ )?(?:cho\ )?(?:đến|tới|[-–—]|→|kết\ thúc|đến\ hết)\ ?(?:hết\ |cuối\ |ngày\ |tháng\ |vào\ |trước\ )*(?:\d{1,2}(?:\ ?[/.-]\ ?|\ tháng\ )(?P<m2>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y2>\d{4})|(?P<m4>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y4>\d{4}))\b"
);

/// Whether a paragraph says what a body does.
fn acts(text: &str) -> bool {
    let body = label_of(text).map_or(0, |(_, body)| body);
    subject(text, body)
        .is_some_and(|(list, _)| list.first().is_some_and(|first| first.start == body))
}

/// A stretch from one month or day to another.
fn months_in(text: &str) -> Option<Found> {
    pattern!(BORN, r"(?i)\bsinh$");
    STRETCH
        .captures_iter(text)
        .filter(|found| !BORN.is_match(&text[..found.get(0).map_or(0, |whole| whole.start())]))
        .find_map(|found| {
            let of = |names: &[&str]| names.iter().find_map(|name| found.name(name));
            let to = of(&["y2", "y4"])?.as_str();
            let from = of(&["y1", "y3"]).map_or(to, |year| year.as_str());
            let period = period(
                (from, of(&["m1", "m3", "m5"])?.as_str()),
                (to, of(&["m2", "m4"])?.as_str()),
            )?;
            let whole = found.get(0)?;
            let blank = |c: char| !c.is_alphanumeric();
            let start = whole.end() - whole.as_str().trim_start_matches(blank).len();
            Some((period, start..whole.end()))
        })
        .or_else(|| quarters_in(text))
}

/// A stretch from one quarter to another: "từ quý I/2022 đến hết quý II/2024".
fn quarters_in(text: &str) -> Option<Found> {
    pattern!(
        QUARTERS,
        r"(?i)(?:từ |kể từ )?(?:đầu )?quý (IV|III|II|I|[1-4])(?: ?[/-] ?| năm )?(\d{4})? ?,? ?(?:đến|tới|[-–]) ?(?:hết |cuối )*quý (IV|III|II|I|[1-4])(?: ?[/-] ?| năm )(\d{4})"
    );
    let found = QUARTERS.captures(text)?;
    let to = found.get(4)?.as_str();
    let from = found.get(2).map_or(to, |year| year.as_str());
    let (first, last) = (quarter(&found[1]), quarter(&found[3]));
    Some((
        period((from, first.0), (to, last.1))?,
        found.get(0)?.range(),
    ))
}

/// The first and the last month of a quarter.
fn quarter(number: &str) -> (&'static str, &'static str) {
    match number.to_uppercase().as_str() {
        "I" | "1" => ("1", "3"),
        "II" | "2" => ("4", "6"),
        "III" | "3" => ("7", "9"),
        _ => ("10", "12"),
    }
}

/// The two ends, each said for itself: "mốc đầu: 01/7/2021; mốc cuối: 30/6/2026".
fn ends_in(text: &str) -> Option<Found> {
    pattern!(
        POINT,
        r"(?i)(?:\d{1,2}(?: ?[/.-] ?| tháng ))?(\d{1,2})(?: ?[/.-] ?| năm )(\d{4})"
    );
    let points: Vec<_> = POINT.captures_iter(text).collect();
    let [first, last] = &points[..] else {
        return None;
    };
    let period = period((&first[2], &first[1]), (&last[2], &last[1]))?;
    let long = period.to.ordinal() - period.from.ordinal() >= 2;
    long.then_some((period, first.get(0)?.start()..last.get(0)?.end()))
}

/// Whether a title says that something is looked back on.
pub(super) fn is_review(title: &str) -> bool {
    REVIEW.is_match(title)
}

/// The first and the last year of the stretch that a title reviews: "Sơ kết … giai đoạn 2016 - 2018".
pub(super) fn stretch_of_years(title: &str) -> Option<(i16, i16)> {
    let (period, _) = REVIEW.is_match(title).then(|| years_in(title))??;
    let whole = period.from.month() == 1 && period.to.month() == 12;
    whole.then_some((period.from.year(), period.to.year()))
}

/// A stretch of years, a half-year or a quarter.
fn years_in(text: &str) -> Option<Found> {
    pattern!(
        YEARS,
        r"(?i)(?:giai đoạn|từ(?: đầu)?(?: năm)?|các năm|thời kỳ|\() ?(?:năm )?(\d{4}) ?(?:[-–]|đến(?: hết)?(?: cuối)?(?: năm)?) ?(?:năm )?(\d{4})\b"
    );
    pattern!(HALF, r"(?i)(?:6|06|sáu) tháng (đầu|cuối) năm (\d{4})");
    pattern!(
        QUARTER,
        r"(?i)(?:báo cáo|công tác|kết quả|tình hình)[^.;]{0,60} quý (IV|III|II|I)(?:/| năm )(\d{4})"
    );
    if let Some(found) = YEARS.captures(text) {
        return Some((
            period((&found[1], "1"), (&found[2], "12"))?,
            found.get(0)?.range(),
        ));
    }
    let (months, found) = if let Some(found) = HALF.captures(text) {
        let first = found[1].to_lowercase() == "đầu";
        (if first { ("1", "6") } else { ("7", "12") }, found)
    } else {
        let found = QUARTER.captures(text)?;
        (quarter(&found[1]), found)
    };
    let year = &found[2];
    Some((
        period((year, months.0), (year, months.1))?,
        found.get(0)?.range(),
    ))
}

/// Whole years said one by one, or one year alone: "năm 2025", "các năm 2022, 2023 và 2024".
fn one_by_one(text: &str) -> Option<Found> {
    pattern!(
        LISTED,
        r"(?i)\b(?:12 tháng |cả |(?:các|hai|ba|bốn|\d{1,2}) )?năm (\d{4})((?:,|;| và|, và)? (?:năm )?\d{4})*"
    );
    pattern!(
        MONTHS,
        r"(?i)\b(?:(\d{1,2}) tháng(?: đầu)?|quý (IV|III|II|I)) năm (\d{4})"
    );
    pattern!(YEAR, r"\d{4}");
    if let Some(found) = MONTHS.captures(text) {
        let months = match (found.get(1), found.get(2)) {
            (Some(months), _) => ("1", months.as_str()),
            (_, Some(number)) => quarter(number.as_str()),
            _ => return None,
        };
        let year = &found[3];
        return Some((
            period((year, months.0), (year, months.1))?,
            found.get(0)?.range(),
        ));
    }
    let found = LISTED.find(text)?;
    let first = YEAR.find(found.as_str())?.as_str();
    let last = YEAR.find_iter(found.as_str()).last()?.as_str();
    // The years are what the paragraph says, nothing that it tells besides.
    let said = text[..found.start()].rsplit(':').next().unwrap_or_default();
    if said.chars().count() > 20 {
        return None;
    }
    // "ngày 12 tháng 5 năm 2024" is a day.
    let before = text[..found.start()].trim_end();
    let day = before.ends_with(|c: char| c.is_numeric()) || before.ends_with("tháng");
    let one = period((first, "1"), (last, "12")).filter(|_| !day)?;
    Some((one, found.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        months_in(text)
            .or_else(|| years_in(text))
            .map(|(period, _)| format!("{} {}", period.from, period.to))
    }

    #[test]
    fn stretches_of_months_are_read_in_every_way_of_writing() {
        for text in [
            "từ tháng 5/2016 đến hết tháng 4/2021",
            "từ tháng 5-2016 đến hết tháng 4-2021",
            "Từ ngày 01/5/2016 đến ngày 30/4/2021",
            "Số liệu lấy từ 01-5-2016 đến 30-4-2021",
            "từ ngày 01 tháng 5 năm 2016 đến ngày 30 tháng 4 năm 2021",
            "Thời gian đánh giá: tháng 5/2016 - tháng 4/2021",
            "từ tháng 5 năm 2016 (khi có Chỉ thị) đến hết tháng 4 năm 2021",
        ] {
            assert_eq!(read(text).as_deref(), Some("2016-05 2021-04"), "{text}");
        }
        for text in [
            "Từ 01/5/2016 cho đến hết 30/4/2021",
            "Tháng 5/2016 đến tháng 4/2021.",
            "Toàn tỉnh; số liệu 05/2016 - 04/2021.",
            "5/2016 – 4/2021",
            "bắt đầu từ tháng 5 năm 2016, kết thúc vào tháng 4 năm 2021",
            "tính từ khi Nghị quyết có hiệu lực (01/5/2016) đến ngày 30/4/2021",
            "(từ 5.2016 đến 4.2021)",
        ] {
            assert_eq!(read(text).as_deref(), Some("2016-05 2021-04"), "{text}");
        }
        assert_eq!(
            read("từ quý II/2022 đến hết quý I năm 2024").as_deref(),
            Some("2022-04 2024-03")
        );
        assert_eq!(
            ends_in("Mốc đầu: ngày 01/7/2021; mốc cuối: ngày 30/6/2026")
                .map(|(period, _)| (period.from.to_string(), period.to.to_string())),
            Some(("2021-07".to_owned(), "2026-06".to_owned()))
        );
        assert_eq!(
            read("từ tháng 01 đến tháng 6/2022").as_deref(),
            Some("2022-01 2022-06")
        );
        assert_eq!(
            read("giai đoạn 2021 - 2025").as_deref(),
            Some("2021-01 2025-12")
        );
    }

    #[test]
    fn whole_years_may_be_said_one_by_one() {
        let read = |text: &str| {
            one_by_one(text).map(|(period, _)| format!("{} {}", period.from, period.to))
        };
        assert_eq!(read("năm 2025").as_deref(), Some("2025-01 2025-12"));
        assert_eq!(
            read("12 tháng năm 2025").as_deref(),
            Some("2025-01 2025-12")
        );
        assert_eq!(read("9 tháng năm 2025").as_deref(), Some("2025-01 2025-09"));
        assert_eq!(read("quý III năm 2025").as_deref(), Some("2025-07 2025-09"));
        assert_eq!(
            read("các năm 2022, 2023 và 2024").as_deref(),
            Some("2022-01 2024-12")
        );
        assert_eq!(read("ngày 12 tháng 5 năm 2024"), None);
    }

    #[test]
    fn the_words_before_a_stretch_say_that_it_is_looked_at() {
        for before in [
            "Ban Thường vụ tiến hành đánh giá 1 năm hoạt động, mốc thời gian từ ",
            "đề nghị các xã sơ kết 03 năm thực hiện Đề án (từ ",
            "các đơn vị báo cáo kết quả, số liệu tính từ ",
            "Nội dung: theo đề cương; thời gian đánh giá: ",
        ] {
            assert!(said_before(before, true), "{before}");
        }
        for before in [
            "các trường tổ chức kiểm tra từ ",
            "Mở chuyên mục tuyên truyền (từ ",
        ] {
            assert!(!said_before(before, true), "{before}");
        }
    }

    #[test]
    fn a_heading_announces_the_months_in_many_words() {
        for heading in [
            "THỜI GIAN LẤY SỐ LIỆU",
            "Mốc so sánh",
            "KHOẢNG THỜI GIAN XEM XÉT",
            "LẤY SỐ LIỆU",
            "Thời điểm tính số liệu",
            "Số liệu tổng kết",
            "Thời gian tính kết quả",
            "THỜI GIAN, NỘI DUNG SƠ KẾT",
            "Phạm vi",
            "Kỳ đánh giá",
            "Niên độ",
            "Về mốc thời gian",
            "Phạm vi, thời gian sơ kết",
            "Giai đoạn rà soát",
            "NHỮNG THÁNG NĂM ĐƯỢC TỔNG KẾT",
            "Chặng đường nhìn lại",
        ] {
            assert!(announces(heading, true), "{heading}");
        }
        for heading in [
            "Thời gian, địa điểm",
            "Phân công",
            "Tiến độ thực hiện",
            "Thời gian tổ chức hội nghị tổng kết",
        ] {
            assert!(!announces(heading, true), "{heading}");
        }
    }
}
