//! The months that the reports cover.

use std::ops::Range;

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
    pattern!(
        PLACE,
        r"moc|thoi gian (?:so ket|tong ket|danh gia|bao cao|lay so lieu|kiem tra)|thoi ky|giai doan|ky bao cao|pham vi|thoi diem danh gia|nien do"
    );
    pattern!(
        FIGURES,
        r"(?i)số liệu|kết quả|tình hình|giai đoạn|rà soát|thời gian:|đánh giá"
    );
    // A regime has a cut-off for each of its periods, not one for all.
    pattern!(
        CUT_OFF,
        r"(?i)\bchốt\b|tháng (?:trước|báo cáo)|kỳ báo cáo|hằng (?:tháng|quý|năm)"
    );
    pattern!(
        REVIEW,
        r"(?i)sơ kết|tổng kết|đánh giá|kiểm điểm|năm thực hiện|năm học"
    );
    let reviews = title.is_some_and(|title| REVIEW.is_match(title.text()));
    let announced = |words: &str| {
        let words = fold(&words.chars().take(160).collect::<String>());
        PLACE.is_match(&words) || reviews && words == "thoi gian"
    };
    let nodes = || {
        ladder
            .nodes
            .iter()
            .enumerate()
            .skip(first)
            .filter(|(_, node)| !CUT_OFF.is_match(node.passage.text()))
    };
    let in_place = nodes()
        .filter(|(index, node)| {
            announced(node.heading())
                || ladder
                    .ancestors(*index)
                    .next()
                    .is_some_and(|at| announced(ladder.nodes[at].heading()))
        })
        .find_map(|(_, node)| Some((months_in(node.passage.text())?, &node.passage)));
    let of_figures = || {
        nodes()
            .filter(|(_, node)| FIGURES.is_match(node.passage.text()))
            .filter_map(|(_, node)| Some((months_in(node.passage.text())?, &node.passage)))
            .find(|((period, _), _)| {
                period.to.ordinal() - period.from.ordinal() >= 5 || reviews && is_long(period)
            })
    };
    let in_title = || title.and_then(|title| Some((years_in(title.text())?, title)));
    let in_place_by_years = || {
        nodes()
            .filter(|(index, node)| {
                announced(node.heading())
                    || ladder
                        .ancestors(*index)
                        .next()
                        .is_some_and(|at| announced(ladder.nodes[at].heading()))
            })
            .find_map(|(_, node)| Some((years_in(node.passage.text())?, &node.passage)))
    };
    let found = in_place
        .or_else(of_figures)
        .or_else(in_place_by_years)
        .or_else(in_title);
    if let Some(((period, range), passage)) = found {
        plan.period = Some(period);
        places.period = Some(passage.span(range));
    }
}

fn is_long(period: &Period) -> bool {
    period.to.ordinal() - period.from.ordinal() >= 2
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

/// A stretch from one month or day to another.
fn months_in(text: &str) -> Option<Found> {
    pattern!(
        STRETCH,
        r"(?xi)(?:từ\ |kể\ từ\ |tháng\ |ngày\ |:\ )(?:đầu\ |ngày\ |tháng\ |hết\ )*(?:\d{1,2}(?:\ ?[/.-]\ ?|\ tháng\ )(?P<m1>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y1>\d{4})|(?P<m3>\d{1,2})(?:\ ?[/-]\ ?|\ năm\ )(?P<y3>\d{4})|(?P<m5>\d{1,2}))(?:\ ?\([^()]{0,60}\))?
        ,?\ ?(?:đến|tới|[-–])\ ?(?:hết\ |cuối\ |ngày\ |tháng\ )*(?:\d{1,2}(?:\ ?[/.-]\ ?|\ tháng\ )(?P<m2>\d{1,2})(?:\ ?[/.-]\ ?|\ năm\ )(?P<y2>\d{4})|(?P<m4>\d{1,2})(?:\ ?[/-]\ ?|\ năm\ )(?P<y4>\d{4}))\b"
    );
    STRETCH.captures_iter(text).find_map(|found| {
        let of = |names: &[&str]| names.iter().find_map(|name| found.name(name));
        let to = of(&["y2", "y4"])?.as_str();
        let from = of(&["y1", "y3"]).map_or(to, |year| year.as_str());
        let period = period(
            (from, of(&["m1", "m3", "m5"])?.as_str()),
            (to, of(&["m2", "m4"])?.as_str()),
        )?;
        Some((period, found.get(0)?.range()))
    })
}

/// A stretch of years, a half-year or a quarter.
fn years_in(text: &str) -> Option<Found> {
    pattern!(
        YEARS,
        r"(?i)(?:giai đoạn|từ(?: đầu)? năm|các năm|\() ?(\d{4}) ?(?:[-–]|đến(?: hết)?(?: năm)?) ?(?:năm )?(\d{4})\b"
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
        let months = match &found[1] {
            "I" => ("1", "3"),
            "II" => ("4", "6"),
            "III" => ("7", "9"),
            _ => ("10", "12"),
        };
        (months, found)
    };
    let year = &found[2];
    Some((
        period((year, months.0), (year, months.1))?,
        found.get(0)?.range(),
    ))
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
        assert_eq!(
            read("từ tháng 01 đến tháng 6/2022").as_deref(),
            Some("2022-01 2022-06")
        );
        assert_eq!(
            read("giai đoạn 2021 - 2025").as_deref(),
            Some("2021-01 2025-12")
        );
    }
}
