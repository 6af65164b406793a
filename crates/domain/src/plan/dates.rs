//! Dates, and the phrases by which a text sets a due date.
//!
//! An invented date is the worst error of the reader: a phrase gives a date only when day, month and year stand in it
//! and the calendar has the day.

use std::ops::Range;

use jiff::civil::Date;
use regex::Captures;

use super::passage::pattern;

/// What a due phrase comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// `inclusive`: the named day itself is still in time.
    On {
        date: Date,
        inclusive: bool,
    },
    /// No calendar has this day.
    Impossible,
    MissingYear,
    Relative,
    Recurring,
    Vague,
}

/// A due phrase and where it stands in the text it was looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DuePhrase {
    pub due: Due,
    pub range: Range<usize>,
}

/// A calendar date in `text`: `ngày 20 tháng 02 năm 2018` or `20/2/2018`.
pub(super) fn first_date(text: &str) -> Option<(Date, Range<usize>)> {
    pattern!(
        DATE,
        r"(?i)(?:ngày )?\b(\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b|(?:ngày )?\b(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})\b"
    );
    DATE.captures_iter(text).find_map(|found| {
        let part = |long: usize| number(&found, long).or_else(|| number(&found, long + 3));
        let date = civil(part(3)?, part(1)?, part(2)?)?;
        found.get(0).map(|whole| (date, whole.range()))
    })
}

fn civil(year: i16, day: i16, month: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(found: &Captures<'_>, group: usize) -> Option<i16> {
    found.get(group).and_then(|part| part.as_str().parse().ok())
}

pattern!(
    ABSOLUTE,
    r"(?xi)
    (?P<cue>\b(?:trước|chậm\ nhất|muộn\ nhất|không\ muộn\ hơn|hạn\ cuối|hạn\ chót|đến\ hết|hết|đến|tới|xong|trong|vào|ngay\ trong
      |thời\ (?:gian|hạn)[^,;.:()]{0,60}:|hạn[^,;.:()]{0,40}:|sang)
      (?:\ (?:là|trước|vào|đến|hết|trong|thời\ điểm|cuối))*)\ ?:?\ 
    (?P<clock>(?:\d{1,2}\ ?(?:giờ|h|g)(?:\ ?\d{2})?(?:\ phút)?|\d{1,2}:\d{2}),?\ (?:của\ )?)?
    (?P<word>ngày\ |hết\ ngày\ |\(?thứ\ \p{L}+,?\ (?:ngày\ )?)?
    (?:(?P<d>\d{1,2})\ ?/\ ?(?P<m>\d{1,2})(?:\ ?/\ ?(?P<y>\d{4}))?\b
      |(?P<d4>\d{1,2})\ ?[.-]\ ?(?P<m4>\d{1,2})\ ?[.-]\ ?(?P<y4>\d{4})\b
      |(?P<d2>\d{1,2})\ tháng\ (?P<m2>\d{1,2})\b(?:\ ?(?:năm|/)\ ?(?P<y2>\d{4})\b)?
      |(?:hết\ )?(?P<part>đầu\ |giữa\ |cuối\ |trung\ tuần\ |thượng\ tuần\ |hạ\ tuần\ |tuần\ \p{L}+\ )?tháng\ (?P<m3>\d{1,2})\b(?:\ ?(?:năm|/|-)\ ?(?P<y3>\d{4})\b)?
      |(?:hết\ )?(?P<qpart>đầu\ |giữa\ |cuối\ )?quý\ (?P<q>IV|III|II|I|[1-4])\b(?:\ ?(?:năm|/|-)\ ?(?P<yq>\d{4})\b)?)"
);

pattern!(
    RELATIVE,
    r"(?xi)\b(?:(?:trong(?:\ (?:thời\ hạn|vòng|thời\ gian))?|sau|chậm\ nhất(?:\ là)?(?:\ sau)?|trước|không\ quá|muộn\ nhất)\ (?:\p{L}+\ )?)?
    (?:\d{1,3}|một|hai|ba|năm|bảy|mười)\ (?:\(\p{L}+\)\ )?(?:ngày|tuần|tháng|giờ)(?:\ làm\ việc)?
    (?:,?\ (?:kể\ )?(?:từ|sau|trước)\ (?:khi|ngày|hội\ nghị|thời\ điểm|cuộc|khi)[^,;.()]{0,60})"
);
pattern!(
    RELATIVE_BARE,
    r"(?i)\b(?:trong (?:thời hạn|vòng)|chậm nhất(?: là)?(?: sau)?|không quá|sau) \d{1,3} (?:ngày|tuần|giờ)(?: làm việc)?\b"
);
pattern!(
    RECURRING,
    r"(?xi)(?:\b(?:trước|chậm\ nhất|vào|đến)\ (?:là\ |trước\ )?)?ngày\ (?:cuối\ |\d{1,2})(?:\ ?/\ ?\d{1,2})?(?:[^;.]{0,40}?)?\ (?:hằng|hàng|mỗi|của|cuối|tháng\ cuối|đầu|tháng\ sau|tháng\ liền)\ ?(?:tháng|quý|năm|kỳ|tuần)?"
);

/// Every due phrase of `text`, in its order.
pub(super) fn dues(text: &str) -> Vec<DuePhrase> {
    pattern!(
        REPEATS,
        r"(?i)\b(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm|6 tháng)\b|định kỳ"
    );
    let repeats = REPEATS.is_match(text);
    let mut found: Vec<DuePhrase> = Vec::new();
    for captures in ABSOLUTE.captures_iter(text) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if is_no_due(text, &captures, whole.start()) {
            continue;
        }
        let mut due = resolve(&captures);
        if repeats && due == Due::MissingYear {
            due = Due::Recurring;
        }
        found.push(DuePhrase {
            due,
            range: whole.range(),
        });
    }
    for (pattern, due) in [
        (&*RELATIVE, Due::Relative),
        (&*RELATIVE_BARE, Due::Relative),
        (&*RECURRING, Due::Recurring),
    ] {
        for whole in pattern.find_iter(text) {
            let overlaps = found
                .iter()
                .any(|other| other.range.start < whole.end() && whole.start() < other.range.end);
            let counts = due == Due::Relative || repeats || whole.as_str().ends_with("năm");
            if !overlaps && counts {
                found.push(DuePhrase {
                    due,
                    range: whole.range(),
                });
            }
        }
    }
    // "trước ngày 20 hằng tháng" beside a full date is the rule, not a second date.
    found.sort_by_key(|phrase| phrase.range.start);
    found
}

/// A due phrase as the "thời gian" cell of a table writes it: the date may stand without a word before it.
pub(super) fn due_in_cell(text: &str) -> Vec<DuePhrase> {
    let found = dues(text);
    if !found.is_empty() || text.trim().is_empty() {
        return found;
    }
    // The words a cell leaves out; their length is taken off again.
    let cue = "hạn: ";
    let mut found = dues(&format!("{cue}{text}"));
    found.retain(|phrase| phrase.range.end > cue.len());
    for phrase in &mut found {
        phrase.range = phrase.range.start.saturating_sub(cue.len())..phrase.range.end - cue.len();
    }
    found
}

/// Dates that are named for another reason: a cut-off of figures, a birthday, the span of the review.
fn is_no_due(text: &str, captures: &Captures<'_>, start: usize) -> bool {
    pattern!(
        OTHER_MATTER,
        r"(?xi)(?:tính|số\ liệu|số\ liệu\ (?:chốt|lấy|tính)|chốt|sinh|phát\ sinh|ban\ hành|tham\ gia|xảy\ ra|thành\ lập|hoạt\ động|công\ nhận|giai\ đoạn|thời\ điểm
        |tuyển\ dụng|công\ tác|nhập\ ngũ|hiệu\ lực|thương|thi\ hành|áp\ dụng|ký|được\ (?:cấp|hưởng)|tồn\ tại|người\ có\ công|hưởng|chết|mất|kháng\ chiến|có\ mặt|cư\ trú|đăng\ ký)\ $"
    );
    pattern!(
        SCOPE,
        r"(?i)(?:thực hiện|tình hình|kết quả|công tác|hoạt động|nhiệm vụ|phát sinh|đạt được|thu chi|diễn ra|xây dựng|chế độ|người|việc|số|gia đình) $"
    );
    pattern!(
        RANGE,
        r"(?i)\b(?:từ|kể từ)(?: ngày| tháng| năm| đầu| quý)? [^;.]{0,80}$"
    );
    pattern!(
        FINISHED,
        r"(?i)(?:hoàn thành|xong|gửi|nộp|báo cáo|tổ chức|triển khai)[^;.]*$"
    );
    let before = &text[..start];
    let cue = captures
        .name("cue")
        .map_or("", |cue| cue.as_str())
        .to_lowercase();
    if OTHER_MATTER.is_match(before) {
        return true;
    }
    let first = cue.split_whitespace().next().unwrap_or_default();
    if matches!(first, "đến" | "tới" | "hết") && RANGE.is_match(before) && !cue.contains(':')
    {
        return true;
    }
    let bare = matches!(first, "trong" | "vào" | "đến" | "tới" | "hết" | "sang");
    let day = ["d", "d2", "d4"]
        .iter()
        .any(|group| captures.name(group).is_some());
    match first {
        _ if !bare => cue.contains(':') && cue.contains("thực hiện") && !day,
        "trong" | "vào" if !day => {
            SCOPE.is_match(before) || !FINISHED.is_match(before) && !before.is_empty()
        }
        "trong" | "vào" => SCOPE.is_match(before),
        "sang" => !before.to_lowercase().contains("từ"),
        _ => SCOPE.is_match(before) || before.trim_end().is_empty() && !day,
    }
}

fn resolve(captures: &Captures<'_>) -> Due {
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
    let day = value("d").or(value("d2")).or(value("d4"));
    if let Some(day) = day {
        let month = value("m").or(value("m2")).or(value("m4")).unwrap_or(0);
        return match value("y").or(value("y2")).or(value("y4")) {
            Some(year) => {
                civil(year, day, month).map_or(Due::Impossible, |date| Due::On { date, inclusive })
            }
            // 2024 has every day that any year has.
            None if civil(2024, day, month).is_none() => Due::Impossible,
            None => Due::MissingYear,
        };
    }
    let part = captures
        .name("part")
        .or(captures.name("qpart"))
        .map(|part| part.as_str().trim().to_lowercase());
    if part.as_deref().is_some_and(|part| part != "cuối") {
        return Due::Vague;
    }
    let (first, last, year) = match captures.name("q") {
        Some(quarter) => {
            let quarter = match quarter.as_str() {
                "I" | "i" | "1" => 1,
                "II" | "ii" | "2" => 2,
                "III" | "iii" | "3" => 3,
                _ => 4,
            };
            (quarter * 3 - 2, quarter * 3, value("yq"))
        }
        None => {
            let month = value("m3").unwrap_or(0);
            (month, month, value("y3"))
        }
    };
    if !(1..=12).contains(&last) {
        return Due::Impossible;
    }
    let Some(year) = year else {
        return Due::MissingYear;
    };
    let ends = part.is_some() || cue.contains("hết");
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn one(text: &str) -> Option<Due> {
        let found = dues(text);
        assert!(found.len() < 2, "{text}: {found:?}");
        found.first().map(|phrase| phrase.due)
    }

    fn on(year: i16, month: i8, day: i8, inclusive: bool) -> Option<Due> {
        Some(Due::On {
            date: date(year, month, day),
            inclusive,
        })
    }

    #[test]
    fn due_phrases_give_the_day_and_whether_it_still_counts() {
        assert_eq!(
            one("gửi về Sở Nội vụ trước ngày 30/9/2022"),
            on(2022, 9, 30, false)
        );
        assert_eq!(
            one("gửi chậm nhất ngày 05 tháng 10 năm 2022"),
            on(2022, 10, 5, true)
        );
        assert_eq!(
            one("gửi chậm nhất là trước ngày 05/10/2022"),
            on(2022, 10, 5, false)
        );
        assert_eq!(
            one("gửi trước 17 giờ 00 ngày 30/9/2022"),
            on(2022, 9, 30, true)
        );
        assert_eq!(
            one("gửi báo cáo đến hết ngày 15/8/2023"),
            on(2023, 8, 15, true)
        );
        assert_eq!(one("hoàn thành trong tháng 9/2022"), on(2022, 9, 30, true));
        assert_eq!(
            one("hoàn thành trong quý III năm 2022"),
            on(2022, 9, 30, true)
        );
        assert_eq!(one("hoàn thành trước tháng 9/2022"), on(2022, 9, 1, false));
        assert_eq!(one("Hạn gửi báo cáo: 12/8/2022"), on(2022, 8, 12, true));
    }

    #[test]
    fn what_fixes_no_day_gives_no_day() {
        assert_eq!(one("trước ngày 31/9/2022"), Some(Due::Impossible));
        assert_eq!(one("trước ngày 30/9"), Some(Due::MissingYear));
        assert_eq!(
            one("gửi sau 10 ngày kể từ ngày ban hành"),
            Some(Due::Relative)
        );
        assert_eq!(
            one("gửi 05 ngày làm việc trước hội nghị"),
            Some(Due::Relative)
        );
        assert_eq!(
            one("gửi báo cáo trước ngày 20 hằng tháng"),
            Some(Due::Recurring)
        );
        assert_eq!(
            one("gửi báo cáo trước ngày 15/6 hằng năm"),
            Some(Due::Recurring)
        );
        assert_eq!(one("hoàn thành vào đầu tháng 9/2022"), Some(Due::Vague));
    }

    #[test]
    fn dates_of_other_matters_are_no_due_dates() {
        assert_eq!(one("báo cáo số liệu tính đến ngày 30/6/2022"), None);
        assert_eq!(one("liệt sĩ hy sinh trước ngày 30/4/1975"), None);
        assert_eq!(one("kết quả từ ngày 01/7/2017 đến ngày 31/7/2022"), None);
        assert_eq!(one("báo cáo kết quả thực hiện trong tháng 9/2022"), None);
        assert_eq!(one("Kế hoạch số 44-KH/BDVTW, ngày 09/3/2022"), None);
    }

    #[test]
    fn a_cell_may_hold_the_bare_date() {
        assert_eq!(
            due_in_cell("30/9/2022").first().map(|phrase| phrase.due),
            on(2022, 9, 30, true)
        );
        assert_eq!(
            due_in_cell("Tháng 9/2022").first().map(|phrase| phrase.due),
            on(2022, 9, 30, true)
        );
        assert_eq!(
            due_in_cell("Trước 30/9/2022")
                .first()
                .map(|phrase| phrase.due),
            on(2022, 9, 30, false)
        );
        assert!(due_in_cell("Thường xuyên").is_empty());
    }
}
