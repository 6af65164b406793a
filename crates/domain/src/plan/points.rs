//! The day, week, month, quarter, half-year or year that a due phrase names, and the day it comes to.

use jiff::civil::Date;
use regex::Captures;

use super::dates::Due;

/// A day, month, quarter, half-year, year or week, with its groups; `\x20` stands for a blank.
pub(super) const POINT: &str = r"
    (?:(?:\d{1,2}(?:,\ |\ và\ |\ ?[-–]\ ?|\ đến\ ))*(?P<d>\d{1,2})\ ?/\ ?(?P<m>\d{1,2})(?:(?:\ ?/\ ?|,?\ năm\ )(?P<y>\d{4}))?\b
      |(?P<d4>\d{1,2})\ ?[.-]\ ?(?P<m4>\d{1,2})\ ?[.-]\ ?(?P<y4>\d{4})\b
      |(?:\d{1,2}(?:,\ |\ và\ |\ ?[-–]\ ?|\ đến\ ))*(?P<d2>\d{1,2}),?\ tháng\ (?P<m2>\d{1,2})\b(?:,?\ ?(?:năm|[/.-])\ ?(?P<y2>\d{4})\b)?
      |(?:(?P<dn>\d{1,2}),?\ )?tháng\ (?P<mn>giêng|hai|ba|tư|sáu|bảy|tám|chín|mười\ một|mười\ hai|mười)\b,?\ ?(?:năm|/)\ ?(?P<yn>\d{4})\b
      |(?:hết\ )?tuần\ (?:lễ\ )?(?:thứ\ )?(?P<w>\d|nhất|hai|ba|tư|bốn|đầu|đầu\ tiên|cuối|cuối\ cùng)(?:\ của|,)?\ tháng\ (?P<mw>\d{1,2})\b(?:\ ?(?:năm|[/.-])\ ?(?P<yw>\d{4})\b)?
      |(?:hết\ )?(?P<part>đầu\ |giữa\ |cuối\ |trung\ tuần\ |thượng\ tuần\ |hạ\ tuần\ |nửa\ \p{L}+\ |những\ ngày\ \p{L}+\ )?(?:các\ )?tháng\ (?:\d{1,2}(?:,\ |\ và\ |\ ?[-–]\ ?|\ đến\ )(?:tháng\ )?)*(?P<m3>\d{1,2})\b(?:,?\ ?(?:năm|[/.-])\ ?(?P<y3>\d{4})\b)?
      |(?:hết\ )?(?P<qpart>đầu\ |giữa\ |cuối\ )?quý\ (?:(?:IV|III|II|I|[1-4])(?:,\ |\ và\ |\ ?[-–]\ ?|\ đến\ )(?:quý\ )?)*(?P<q>IV|III|II|I|[1-4])\b(?:,?\ ?\(?(?:năm|[/.-]|\ )\ ?(?P<yq>\d{4})\b\)?)?
      |(?:(?:6|06|sáu)\ tháng|nửa)\ (?P<half>đầu|cuối)\ năm(?:\ (?P<yh>\d{4})\b)?
      |(?:hết\ )?(?P<ypart>đầu\ |giữa\ |cuối\ )?năm\ (?P<ya>\d{4})\b)";

pub(super) fn civil(year: i16, day: i16, month: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

pub(super) fn number(found: &Captures<'_>, group: usize) -> Option<i16> {
    found.get(group).and_then(|part| part.as_str().parse().ok())
}

/// What the groups of [`POINT`], with the words before it, come to.
pub(super) fn resolve(captures: &Captures<'_>) -> Due {
    let value = |group: &str| {
        captures
            .name(group)
            .and_then(|part| part.as_str().parse::<i16>().ok())
    };
    let cue = captures
        .name("cue")
        .map_or("", |cue| cue.as_str())
        .to_lowercase();
    let before = cue.split_whitespace().any(|word| word == "trước");
    let inclusive = !before || captures.name("clock").is_some();
    let named = captures.name("mn").and_then(|name| month(name.as_str()));
    let day = value("d").or(value("d2")).or(value("d4")).or(value("dn"));
    if let Some(day) = day {
        let month = value("m").or(value("m2")).or(value("m4")).or(named);
        let month = month.unwrap_or(0);
        let year = value("y").or(value("y2")).or(value("y4")).or(value("yn"));
        return match year {
            Some(year) => {
                civil(year, day, month).map_or(Due::Impossible, |date| Due::On { date, inclusive })
            }
            // 2024 has every day that any year has.
            None if civil(2024, day, month).is_none() => Due::Impossible,
            None => Due::MissingYear,
        };
    }
    if let Some(week) = captures.name("w") {
        return end_of_week(week.as_str(), value("mw").unwrap_or(0), value("yw"));
    }
    let word = |group: &str| {
        captures
            .name(group)
            .map(|part| part.as_str().trim().to_lowercase())
    };
    let part = word("part");
    let coarse = word("qpart").or(word("ypart"));
    if coarse.is_some() || part.as_deref().is_some_and(|part| part != "cuối") {
        return Due::Vague;
    }
    let Some((first, last, year)) = months(captures, &value) else {
        return Due::Impossible;
    };
    if !(1..=12).contains(&last) {
        return Due::Impossible;
    }
    let Some(year) = year else {
        return Due::MissingYear;
    };
    let whole = captures
        .get(0)
        .map_or("", |whole| whole.as_str())
        .to_lowercase();
    let ends = part.is_some() || whole.contains("hết ");
    let date = if before && !ends {
        civil(year, 1, first)
    } else {
        civil(year, 1, last).map(Date::last_of_month)
    };
    date.map_or(Due::Impossible, |date| Due::On {
        date,
        inclusive: inclusive || ends,
    })
}

/// First month, last month and year of a month, quarter, half-year or year.
fn months(
    captures: &Captures<'_>,
    value: &impl Fn(&str) -> Option<i16>,
) -> Option<(i16, i16, Option<i16>)> {
    if let Some(quarter) = captures.name("q") {
        let quarter = match quarter.as_str() {
            "I" | "i" | "1" => 1,
            "II" | "ii" | "2" => 2,
            "III" | "iii" | "3" => 3,
            _ => 4,
        };
        return Some((quarter * 3 - 2, quarter * 3, value("yq")));
    }
    if let Some(half) = captures.name("half") {
        let first = if half.as_str().to_lowercase() == "đầu" {
            1
        } else {
            7
        };
        return Some((first, first + 5, value("yh")));
    }
    if let Some(year) = value("ya") {
        return Some((1, 12, Some(year)));
    }
    if let Some(month) = captures.name("mn").and_then(|name| month(name.as_str())) {
        return Some((month, month, value("yn")));
    }
    value("m3").map(|month| (month, month, value("y3")))
}

/// A month by its name. May is left out: "tháng năm" is also "month, year".
fn month(name: &str) -> Option<i16> {
    const NAMES: [(&str, i16); 11] = [
        ("giêng", 1),
        ("hai", 2),
        ("ba", 3),
        ("tư", 4),
        ("sáu", 6),
        ("bảy", 7),
        ("tám", 8),
        ("chín", 9),
        ("mười", 10),
        ("mười một", 11),
        ("mười hai", 12),
    ];
    let name = name.to_lowercase();
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, month)| *month)
}

/// The first day of a stretch that ends on `last`, from the words on its beginning: "ngày 01/7", "tháng 5/2022", "15".
pub(super) fn since(words: &str, last: Date) -> Option<Date> {
    let figures = words
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|figure| figure.parse::<i16>().ok());
    let (years, small): (Vec<i16>, Vec<i16>) = figures.partition(|figure| *figure > 31);
    let year = years.first().copied().unwrap_or(last.year());
    match small.as_slice() {
        [month] if words.to_lowercase().contains("tháng") => {
            civil(year, 1, *month).map(Date::last_of_month)
        }
        [day] => civil(year, *day, i16::from(last.month())),
        [day, month] => civil(year, *day, *month),
        _ => None,
    }
}

/// The last day of a week of a month. Ways of counting weeks agree only in a month that begins on a Monday; the last
/// week ends with its month in any case.
fn end_of_week(week: &str, month: i16, year: Option<i16>) -> Due {
    let week = match week.to_lowercase().as_str() {
        "nhất" | "đầu" | "đầu tiên" | "1" => 1,
        "hai" | "2" => 2,
        "ba" | "3" => 3,
        "tư" | "bốn" | "4" => 4,
        "cuối" | "cuối cùng" => 0,
        _ => return Due::Vague,
    };
    if !(1..=12).contains(&month) {
        return Due::Impossible;
    }
    let Some(year) = year else {
        return Due::MissingYear;
    };
    let Some(first) = civil(year, 1, month) else {
        return Due::Impossible;
    };
    let date = match week {
        0 => Some(first.last_of_month()),
        _ if first.weekday() == jiff::civil::Weekday::Monday => civil(year, week * 7, month),
        _ => None,
    };
    date.map_or(Due::Vague, |date| Due::On {
        date,
        inclusive: true,
    })
}
