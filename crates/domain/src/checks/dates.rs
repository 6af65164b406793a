//! Days that no calendar has, and results that lie outside the period.

use super::codes::Code;
use super::dossier::{Dossier, Months, Placed};
use super::finding::Finding;
use super::pattern;
use super::quantities::{Kind, Quantity};
use crate::sentences::clauses;
use jiff::civil::Date;

pattern!(
    DAY,
    r"(?i)(ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})|(ngày )?(\d{1,2})/(\d{1,2})/(\d{4})|(ngày) (\d{1,2})/(\d{1,2})"
);
pattern!(MONTH, r"(?i)tháng (\d{1,2})(?:/| năm )(\d{4})");
pattern!(NUMBER_BEFORE, r"(?i)số:? ?$|[\d/]$");
pattern!(YEAR, r"(?i)\b(?:năm|trong năm) (20\d\d|19\d\d)\b");
// What was achieved, beside a number.
pattern!(
    RESULT,
    r"(?i)\b(?:đã|vận động được|thu được|trao|tặng|xây (?:mới|dựng)|sửa chữa|hỗ trợ|tiếp nhận|giải quyết|tổ chức|kiểm tra|giám sát|quy tập|thăm|chi trả|đạt)\b"
);
// A document, a biography, a comparison, a plan, history: these name years outside the period rightly.
pattern!(
    OTHER_YEAR,
    r"(?i)\b(?:so với|trước|từ năm|từ đầu|kể từ|giai đoạn|nhiệm kỳ|chuẩn|đến năm|phấn đấu|kế hoạch|dự kiến|sẽ|sinh|hy sinh|hi sinh|nhập ngũ|thành lập|kháng chiến|chiến tranh|lập|cùng kỳ|số|nghị quyết|chỉ thị|quyết định|nghị định|luật|pháp lệnh|thông tư|hướng dẫn|kết luận|kế thừa|tiếp tục|lịch sử|di tích|tồn đọng|tồn|cũ|giải phóng|theo|tầm nhìn|định hướng|thời kỳ|công nhận)\b"
);

pub(super) fn check(
    dossier: &Dossier,
    lines: &[Placed<'_>],
    quantities: &[Vec<Quantity>],
) -> Vec<Finding> {
    let mut found: Vec<Finding> = lines.iter().flat_map(impossible).collect();
    if let Some(period) = dossier.period {
        for (line, quantities) in lines.iter().zip(quantities) {
            if !line.looks_ahead && !line.line.is_table {
                found.extend(outside(line, quantities, period, dossier.day));
            }
        }
    }
    found
}

fn impossible(line: &Placed<'_>) -> Vec<Finding> {
    let text = line.text();
    if !text.contains(['/']) && !text.contains("tháng") && !text.contains("Tháng") {
        return Vec::new();
    }
    let days = DAY.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        let part = |group: usize| {
            found
                .get(group)
                .and_then(|part| part.as_str().parse::<i16>().ok())
        };
        let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
        let is_number = NUMBER_BEFORE.is_match(super::lines::tail(before))
            || after.starts_with(['/', '-', '%'])
            || after.starts_with(|c: char| c.is_ascii_digit());
        let (day, month, year) = match (part(2), part(6)) {
            (Some(day), _) => (day, part(3)?, part(4)?),
            (_, Some(day)) => (day, part(7)?, part(8)?),
            // 2024 has every day that any year has.
            _ => (part(10)?, part(11)?, 2024),
        };
        let exists = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).is_ok();
        (!exists && !is_number).then(|| (whole.range(), whole.as_str()))
    });
    let months = MONTH.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        let month: i16 = found[1].parse().ok()?;
        let is_day = DAY
            .find_iter(text)
            .any(|day| day.start() < whole.end() && whole.start() < day.end());
        (!(1..=12).contains(&month) && !is_day).then(|| (whole.range(), whole.as_str()))
    });
    days.chain(months)
        .map(|(range, words)| {
            Finding::new(
                Code::DateImpossible,
                line.place(range),
                format!("“{words}” không có trong lịch."),
                format!("“{words}” is not in the calendar."),
            )
        })
        .collect()
}

fn outside(
    line: &Placed<'_>,
    quantities: &[Quantity],
    period: Months,
    day: Option<Date>,
) -> Vec<Finding> {
    let text = line.text();
    let mut found = Vec::new();
    for clause in clauses(text) {
        let words = &text[clause.clone()];
        let has_result = quantities.iter().any(|quantity| {
            quantity.kind != Kind::Percent
                && clause.start <= quantity.range.start
                && quantity.range.end <= clause.end
        });
        if !has_result || !(words.contains("20") || words.contains("19")) {
            continue;
        }
        let years: Vec<_> = YEAR.captures_iter(words).collect();
        let [year] = years.as_slice() else {
            continue;
        };
        let Some(group) = year.get(1) else {
            continue;
        };
        let Ok(named) = group.as_str().parse::<i16>() else {
            continue;
        };
        let is_outside = named < period.from.0 || named > period.to.0;
        // Where the year is not over on the day of writing, it may be an aim.
        let is_future = day.is_some_and(|day| named > day.year());
        if !has_result
            || !is_outside
            || is_future
            || !RESULT.is_match(words)
            || OTHER_YEAR.is_match(words)
        {
            continue;
        }
        let (from, to) = (shown(period.from), shown(period.to));
        found.push(Finding::new(
            Code::DateOutside,
            line.place(clause.start + group.start()..clause.start + group.end()),
            format!("Kết quả của năm {named} nằm ngoài thời gian báo cáo (từ {from} đến {to})."),
            format!("A result of {named} lies outside the period ({from} to {to})."),
        ));
    }
    found
}

fn shown((year, month): (i16, i8)) -> String {
    format!("{month}/{year}")
}
