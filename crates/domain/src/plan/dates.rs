//! Dates, and the phrases by which a text sets a due date.
//!
//! An invented date is the worst error of the reader: a phrase gives a date only when day, month and year stand in it
//! and the calendar has the day.

use std::ops::Range;

use jiff::civil::Date;
use regex::Captures;

use super::bodies::boundary;
use super::passage::pattern;
use super::points::{POINT, civil, number, resolve};
use super::relative::{self, Offset};
use super::verbs::first_verb;
use crate::pattern::Pattern;

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
    /// Counted from something else; the base may be known elsewhere in the document.
    Relative(Offset),
    Recurring,
    Vague,
}

/// A due phrase and where it stands in the text it was looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DuePhrase {
    pub due: Due,
    pub range: Range<usize>,
    pub manner: Manner,
}

/// How the phrase names its day; not every manner sets a due for every kind of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// "trước ngày …", "chậm nhất …": for every duty.
    By,
    /// "từ … đến …": the last day of a task or an event, but the period of a report.
    Span,
    /// "sáng ngày …", "ngày …": the day of an event.
    At,
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

static ABSOLUTE: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    let cue = r"(?P<cue>\b(?:trước|chậm\ nhất|muộn\ nhất|trễ\ nhất|không\ muộn\ hơn|không\ quá|hạn\ cuối|hạn\ chót|đến\ hết|hết|đến|tới|xong|hoàn\ thành|trong|vào|ngay\ trong
      |thời\ (?:gian|hạn)[^,;.:()]{0,60}?(?::|\ là)|hạn[^,;.:()]{0,40}?(?::|\ là)|hạn|sang)
      (?:\ (?:là|trước|vào|đến|hết|trong|thời\ điểm|khoảng|dự\ kiến))*)\ ?:?\ ";
    let clock = r"(?P<clock>(?:\d{1,2}\ ?(?:giờ|h|g)(?:\ ?\d{2})?(?:\ ?(?:phút|'|p))?|\d{1,2}:\d{2}|sáng|chiều|tối)(?:\ (?:trưa|sáng|chiều|tối))?,?\ (?:của\ )?)?";
    let word = r"(?P<word>ngày\ |hết\ ngày\ |\(?(?:thứ\ \p{L}+|chủ\ nhật),?\ (?:\(|ngày\ )?)?";
    compiled(&format!("(?xi){cue}{clock}{word}{POINT}"))
});

/// "từ ngày A đến (hết) ngày B", "ngày A - ngày B".
static SPAN: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    let from = r"\b(?:kể\ )?từ\ (?:ngày\ |tháng\ |đầu\ tháng\ |quý\ )?(?:\d{1,2}|[IV]{1,3})(?:\ ?[/.-]\ ?\d{1,4}|\ tháng\ \d{1,2}|\ năm\ \d{4}){0,3}(?:\ \([^()]*\))?,?\ ?(?:đến|tới|[-–])\ ?(?P<cue>hết\ |hết\ ngày\ |ngày\ )?";
    compiled(&format!("(?xi){from}(?:ngày\\ )?(?P<clock>\\x00)?{POINT}"))
});

/// "sáng ngày 07/7/2026", "14 giờ ngày 19/9/2025", "ngày 07/7/2026".
static DAY: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    let clock = r"(?P<clock>(?:\d{1,2}\ ?(?:giờ|h|g)(?:\ ?\d{2})?(?:\ ?(?:phút|'|p))?|\d{1,2}:\d{2}|sáng|chiều|tối|cả),?\ (?:của\ )?)?";
    compiled(&format!(
        "(?xi)(?P<cue>\\b){clock}(?P<word>(?:thứ\\ \\p{{L}}+|chủ\\ nhật),?\\ (?:\\(|ngày\\ )?|ngày\\ ){POINT}"
    ))
});

fn compiled(pattern: &str) -> Pattern {
    Pattern::new(pattern.to_owned())
}

pattern!(
    RECURRING,
    r"(?xi)(?:\b(?:trước|chậm\ nhất|muộn\ nhất|vào|đến|trong)\ (?:là\ |trước\ |hết\ )?)?(?:ngày\ (?:làm\ việc\ )?(?:cuối\ |đầu\ |\d{1,2})(?:\ ?/\ ?\d{1,2})?|(?:chiều\ |sáng\ )?thứ\ \p{L}+)(?:[^;.]{0,40}?)?\ (?:hằng|hàng|mỗi|của|cuối|tháng\ cuối|đầu|tháng\ sau|tháng\ liền|tháng\ đầu|kỳ)\ ?(?:tháng|quý|năm|kỳ|tuần)?"
);
pattern!(
    VAGUE,
    r"(?i)\b(?:trước|chậm nhất|muộn nhất|vào|trong|đến|hoàn thành|xong|gửi)(?: là| vào| trong| khoảng| trước)* (?:khoảng |dịp |những ngày |các ngày |mấy ngày )?(?:(?:đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần) (?:tháng|quý|năm|tuần)(?: (?:này|tới|sau|nay))?\b|thời gian (?:sớm nhất|tới)|quý (?:này|tới)|tháng (?:này|tới|sau)|tuần (?:này|tới|sau)|Tết)|\bsớm nhất(?: có thể)?\b"
);

/// Every due phrase of `text`, in its order.
pub(super) fn dues(text: &str) -> Vec<DuePhrase> {
    pattern!(
        REPEATS,
        r"(?i)\b(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm|kỳ|6 tháng)\b|định kỳ|tháng cuối (?:quý|kỳ)|(?:tháng|quý|kỳ) (?:sau|kế tiếp|tiếp theo|liền kề)"
    );
    let repeats = REPEATS.is_match(text);
    let mut found: Vec<DuePhrase> = Vec::new();
    // Dates that were looked at and name no due.
    let mut other: Vec<Range<usize>> = Vec::new();
    let free = |found: &[DuePhrase], range: &Range<usize>| {
        found
            .iter()
            .all(|other| other.range.end <= range.start || range.end <= other.range.start)
    };
    // Without a figure no day stands in the text; what is left are rules and vague words.
    let figures = text.contains(|c: char| c.is_ascii_digit());
    let dated = if figures { text } else { "" };
    for captures in SPAN.captures_iter(dated) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let due = match resolve(&captures) {
            Due::On { date, .. } => Due::On {
                date,
                inclusive: true,
            },
            other => other,
        };
        // "thời hạn: từ ngày A đến ngày B", "nộp … trong khoảng từ A đến B": the days in which it is taken in.
        pattern!(
            TAKEN,
            r"(?i)(?:(?:thời hạn|hạn|thời gian (?:gửi|nộp|tiếp nhận|nhận|hoàn thành))[^,;.:]{0,50}(?::| là)(?: trong)?(?: khoảng)?(?: thời gian)? ?|(?:gửi|nộp|trình)[^;.]*?(?P<word>\p{L}+),? trong (?:khoảng(?: thời gian)?|thời gian|các ngày) ?)$"
        );
        const LOOKED_AT: [&str; 12] = [
            "hiện", "quả", "động", "tác", "sinh", "vụ", "hình", "được", "ra", "hành", "việc",
            "liệu",
        ];
        let before = &text[window(text, whole.start())..whole.start()];
        let taken = TAKEN.captures(before).is_some_and(|found| {
            found
                .name("word")
                .is_none_or(|word| !LOOKED_AT.contains(&word.as_str()))
        });
        found.push(DuePhrase {
            due,
            range: whole.range(),
            manner: if taken { Manner::By } else { Manner::Span },
        });
    }
    for captures in ABSOLUTE.captures_iter(dated) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if !free(&found, &whole.range()) {
            continue;
        }
        if is_no_due(text, &captures, whole.start()) {
            other.push(whole.range());
            continue;
        }
        let mut due = resolve(&captures);
        if repeats && due == Due::MissingYear {
            due = Due::Recurring;
        }
        found.push(DuePhrase {
            due,
            range: whole.range(),
            manner: Manner::By,
        });
    }
    for (range, due) in relative::phrases(text) {
        if free(&found, &range) {
            found.push(DuePhrase {
                due,
                range,
                manner: Manner::By,
            });
        } else {
            // "trong thời hạn 15 ngày kể từ ngày 01/10/2022": the date is the base, not the due.
            found.retain(|other| other.range.end <= range.start || range.end <= other.range.start);
            found.push(DuePhrase {
                due,
                range,
                manner: Manner::By,
            });
        }
    }
    for (pattern, due) in [(&*RECURRING, Due::Recurring), (&*VAGUE, Due::Vague)] {
        for whole in pattern.find_iter(text) {
            let dated = text[whole.end()..]
                .trim_start()
                .starts_with(|c: char| c.is_numeric());
            let counts = due == Due::Vague && (!dated || whole.as_str().contains(" ngày "))
                || repeats
                || whole.as_str().ends_with("năm");
            if free(&found, &whole.range()) && counts {
                found.push(DuePhrase {
                    due,
                    range: whole.range(),
                    manner: Manner::By,
                });
            }
        }
    }
    for captures in DAY.captures_iter(dated) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let inside = |range: &Range<usize>| range.start < whole.end() && whole.start() < range.end;
        if free(&found, &whole.range())
            && !other.iter().any(inside)
            && !is_other_matter(&text[..whole.start()])
        {
            let due = resolve(&captures);
            if due != Due::Vague {
                found.push(DuePhrase {
                    due,
                    range: whole.range(),
                    manner: Manner::At,
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
    pattern!(
        ALWAYS,
        r"^(?i:định kỳ )?(?i:hằng|hàng|mỗi|định kỳ) (?i:tuần|tháng|quý|năm|(?:6|06|sáu) tháng)"
    );
    if found.is_empty() && ALWAYS.is_match(text) {
        return vec![DuePhrase {
            due: Due::Recurring,
            range: 0..text.len(),
            manner: Manner::By,
        }];
    }
    let by = found.iter().any(|phrase| phrase.manner != Manner::At);
    if by || text.trim().is_empty() {
        return found;
    }
    // The words a cell leaves out; their length is taken off again.
    pattern!(
        SPANS,
        r"^\s*(?i:ngày |tháng )?\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)? ?(?:[-–]|đến) ?(?:hết )?(?:ngày |tháng )?\d{1,2}[/.]\d"
    );
    let cue = if SPANS.is_match(text) {
        "từ "
    } else {
        "hạn: "
    };
    let mut found = dues(&format!("{cue}{text}"));
    found.retain(|phrase| phrase.range.end > cue.len());
    for phrase in &mut found {
        phrase.range = phrase.range.start.saturating_sub(cue.len())..phrase.range.end - cue.len();
    }
    found
}

/// Whether the words before a date say that something else happened or was counted on it.
fn is_other_matter(before: &str) -> bool {
    pattern!(
        COUNTED,
        r"(?xi)(?:tính|số\ liệu|số\ liệu\ (?:chốt|lấy|tính)|chốt|\bsinh|phát\ sinh|ban\ hành|tham\ gia|xảy\ ra|thành\ lập|công\ nhận|giai\ đoạn|thời\ điểm
        |tuyển\ dụng|nhập\ ngũ|hiệu\ lực|bị\ thương|áp\ dụng|được\ (?:cấp|hưởng)|tồn\ tại|người\ có\ công|chết|kháng\ chiến|có\ mặt|cư\ trú
        |tính\ đến|chốt\ đến|lấy|phiên\ họp[^;,.]{0,30}|kể\ từ|văn\ bản|\p{L}/\p{L}[^\s;]*,?)\ $"
    );
    // These words end names of offices as well: "gửi về Tổ công tác trước ngày …".
    pattern!(
        WAS_SO,
        r"(?i)(?:hoạt động|công tác|thi hành|ký|hưởng|mất|đăng ký|thương) $"
    );
    pattern!(SENT, r"(?i)\b(?:gửi|nộp|trình|báo cáo)\b[^;.]*$");
    let before = &before[window(before, before.len())..];
    let before = before.strip_suffix('(').unwrap_or(before);
    COUNTED.is_match(before) || WAS_SO.is_match(before) && !SENT.is_match(before)
}

/// Where the words begin that can say what a date at `at` is for.
fn window(text: &str, at: usize) -> usize {
    const REACH: usize = 400;
    boundary(text, at.saturating_sub(REACH))
}

/// Dates that are named for another reason: a cut-off of figures, a birthday, the span of the review.
fn is_no_due(text: &str, captures: &Captures<'_>, start: usize) -> bool {
    pattern!(
        SCOPE,
        r"(?i)(?:thực hiện|tình hình|kết quả|công tác|hoạt động|nhiệm vụ|phát sinh|đạt được|thu chi|diễn ra|xây dựng|chế độ|người|việc|số|gia đình|chương trình|năng|chính sách|học sinh|hộ) $"
    );
    pattern!(
        RANGE,
        r"(?i)\b(?:từ|kể từ)(?: ngày| tháng| năm| đầu| quý)? [^;.]{0,80}$"
    );
    pattern!(
        FINISHED,
        r"(?i)(?:hoàn thành|xong|gửi|nộp|báo cáo|tổ chức|triển khai|tiến hành|thực hiện|trình|họp|mở|ban hành|xây dựng|kết thúc|diễn ra)[^;.]*$"
    );
    // "báo cáo kết quả kiểm tra trong tháng 9/2022" may name what was checked then.
    pattern!(
        RESULTS,
        r"(?i)báo cáo(?: nhanh)?(?: về)? (?:kết quả|tình hình|số liệu|công tác) [^,;.()]*$"
    );
    let before = &text[window(text, start)..start];
    let cue = captures
        .name("cue")
        .map_or("", |cue| cue.as_str())
        .to_lowercase();
    if is_other_matter(before) {
        return true;
    }
    let first = cue.split_whitespace().next().unwrap_or_default();
    if matches!(first, "đến" | "tới" | "hết") && RANGE.is_match(before) && !cue.contains(':')
    {
        return true;
    }
    let bare = matches!(
        first,
        "trong" | "vào" | "đến" | "tới" | "hết" | "sang" | "không"
    );
    let day = ["d", "d2", "d4"]
        .iter()
        .any(|group| captures.name(group).is_some());
    match first {
        _ if !bare => cue.contains(':') && cue.contains("thực hiện") && !day,
        "trong" | "vào" if !day => {
            SCOPE.is_match(before)
                || RESULTS.is_match(before)
                || !FINISHED.is_match(before) && first_verb(before).is_none() && !before.is_empty()
        }
        "trong" | "vào" => SCOPE.is_match(before),
        "sang" => !before.to_lowercase().contains("từ"),
        _ => SCOPE.is_match(before) || before.trim_end().is_empty() && !day,
    }
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
        assert!(matches!(
            one("gửi sau 10 ngày kể từ ngày ban hành"),
            Some(Due::Relative(_))
        ));
        assert!(matches!(
            one("gửi 05 ngày làm việc trước hội nghị"),
            Some(Due::Relative(_))
        ));
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
        assert_eq!(one("báo cáo kết quả thực hiện trong tháng 9/2022"), None);
        assert_eq!(one("Kế hoạch số 44-KH/BDVTW, ngày 09/3/2022"), None);
    }

    #[test]
    fn a_date_after_the_name_of_an_office_is_a_due() {
        for office in ["Sở Công Thương", "Tổ công tác", "Cục Thi hành án dân sự"] {
            assert_eq!(
                one(&format!("gửi báo cáo về {office} trước ngày 20/6/2022")),
                on(2022, 6, 20, false),
                "{office}"
            );
        }
    }

    #[test]
    fn a_span_ends_on_its_last_day_and_says_that_it_is_one() {
        for text in [
            "kết quả từ ngày 01/7/2017 đến ngày 31/7/2022",
            "khảo sát từ 01/7 đến hết 31/7/2022",
            "mở chuyên mục từ tháng 5/2022 đến tháng 7/2022",
        ] {
            let found = dues(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].manner, Manner::Span);
            assert_eq!(Some(found[0].due), on(2022, 7, 31, true), "{text}");
        }
    }

    #[test]
    fn a_week_of_a_month_ends_on_its_sunday_where_every_way_of_counting_agrees() {
        // August 2022 begins on a Monday, September on a Thursday.
        assert_eq!(
            one("gửi trong tuần thứ hai của tháng 8/2022"),
            on(2022, 8, 14, true)
        );
        assert_eq!(one("gửi trong tuần đầu tháng 9/2022"), Some(Due::Vague));
        assert_eq!(
            one("gửi trong tuần cuối tháng 9/2022"),
            on(2022, 9, 30, true)
        );
    }

    #[test]
    fn quarters_halves_and_years_end_on_their_last_day() {
        assert_eq!(
            one("hoàn thành trong 6 tháng đầu năm 2023"),
            on(2023, 6, 30, true)
        );
        assert_eq!(one("hoàn thành trong năm 2023"), on(2023, 12, 31, true));
        assert_eq!(one("hoàn thành cuối tháng 2/2024"), on(2024, 2, 29, true));
        assert_eq!(
            one("hoàn thành vào cuối tháng 2/2024"),
            on(2024, 2, 29, true)
        );
        assert_eq!(one("hoàn thành vào cuối quý III/2023"), Some(Due::Vague));
        assert_eq!(one("hoàn thành trước quý IV/2023"), on(2023, 10, 1, false));
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
