//! Dates, and the phrases by which a text sets a due date.
//!
//! An invented date is the worst error of the reader: a phrase gives a date only when day, month and year stand in it,
//! the calendar has the day, and the words around it are evidence for a due (see [`super::evidence`]).

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::evidence::{of_bare, of_cue, of_span, of_vague, opens};
use super::passage::pattern;
use super::points::{POINT, civil, number, resolve, since};
use super::relative::{self, Offset};
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
    Span {
        /// The first day, where the text tells it.
        since: Option<Date>,
    },
    /// "Từ … đến …, A báo cáo", "Tuần 1 tháng 10/2018, A báo cáo": the time that a sentence begins with.
    Opens { since: Option<Date> },
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

/// An hour or a part of a day: "17 giờ 00 phút", "hết giờ hành chính", "chiều".
const CLOCK: &str = r"(?:(?:\d{1,2}\ ?(?:giờ|h|g)(?:\ ?\d{2})?(?:\ ?(?:phút|['’]|p\b))?|\d{1,2}:\d{2}|(?:(?:đầu|cuối|hết)\ )?(?:giờ|buổi|ngày\ làm\ việc)|cuối\ ngày|sáng|chiều|trưa|tối|cả)(?:\ (?:làm\ việc|hành\ chính|buổi|trưa|sáng|chiều|tối))*(?:\ \([^()\d]{1,20}\))?,?\ (?:của\ )?)";

/// A day of the week before a date: "thứ Sáu, ngày", "thứ Ba (".
const WEEKDAY: &str = r"(?:\(?(?:thứ\ (?:\p{L}+|[2-7])|chủ\ nhật)(?:,\ |\ ?\(|\ )(?:ngày\ )?)";

/// A word that may set a due, and the date after it.
static ABSOLUTE: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    let cue = r"(?P<cue>\b(?:trước|chậm\ nhất|muộn\ nhất|trễ\ nhất|không\ (?:chậm|muộn|trễ|để)\ (?:hơn|quá|sau)|không\ quá|hạn\ cuối|hạn\ chót|đến\ hết|hết|đến|tới|xong|hoàn\ thành|hoàn\ tất|trong|vào|ngay\ trong
      |(?:thời\ (?:gian|hạn|điểm)|tiến\ độ|mốc|lịch|ngày\ (?:gửi|nộp|hoàn|xong|cuối|nhận))[^,;.:()]{0,60}?(?::|\ là)|hạn[^,;.:()]{0,40}?(?::|\ là)|(?:thời\ )?hạn(?:\ (?:mới|gửi|nộp))?|sang)
      (?:\ (?:là|trước|vào|đến|hết|trong|ngay|cuối\ cùng|thời\ điểm|lúc|khi\ (?:hết|kết\ thúc)|khoảng|dự\ kiến))*)\ ?[:(]?\ ?";
    compiled(&format!(
        "(?xi){cue}(?P<clock>{CLOCK}+)?(?P<word>(?:hết\\ )?(?:(?:các|hai|ba|\\d{{1,2}})\\ )?(?:ngày\\ )?{WEEKDAY}?){POINT}"
    ))
});

/// "từ ngày A đến (hết) ngày B", "ngày A - ngày B".
static SPAN: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    let from = r"\b(?:(?:trong|vào)\ (?:khoảng\ thời\ gian|khoảng|thời\ gian|tuần|các\ ngày|những\ ngày)\ )?(?:kể\ )?từ\ (?P<from>(?:(?:sáng|chiều|tối|cuối|giữa)\ )?(?:ngày\ |tháng\ |đầu\ tháng\ |quý\ )?(?:\d{1,2}|[IV]{1,3})(?:\ ?[/.-]\ ?\d{1,4}|\ tháng\ \d{1,2}|\ năm\ \d{4}){0,3})(?:\ \([^()]*\))?,?\ ?(?:đến|tới|[-–])\ ?(?P<cue>hết\ |hết\ ngày\ |ngày\ )?";
    compiled(&format!("(?xi){from}(?:ngày\\ )?(?P<clock>\\x00)?{POINT}"))
});

/// "sáng ngày 07/7/2026", "14 giờ ngày 19/9/2025", "ngày 07/7/2026", "đầu tháng 10/2025"; the bare date as well.
static DAY: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    compiled(&format!(
        "(?xi)(?P<cue>\\b)(?P<named>{CLOCK}+)?(?P<word>{WEEKDAY}|(?:các\\ )?ngày\\ {WEEKDAY}?)?{POINT}"
    ))
});

/// "30/9/2025 là hạn cuối": what makes the date a due stands behind it.
static LAST: std::sync::LazyLock<Pattern> = std::sync::LazyLock::new(|| {
    compiled(&format!(
        "(?xi)(?P<cue>\\b)(?P<clock>{CLOCK}+)?(?:{WEEKDAY}|ngày\\ )?\\b{POINT},?\\ (?:là\\ (?:ngày\\ |thời\\ |mốc\\ |thời\\ điểm\\ )?(?:hạn|cuối|chót|(?:muộn|chậm|trễ)\\ nhất)|khóa\\ sổ|khoá\\ sổ|hết\\ hạn)\\b"
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

// The day or hour of a rule that a word such as "hằng tháng" makes one: "hằng tháng, trước ngày 20".
pattern!(
    RULE,
    r"(?i)\b(?:trước|chậm nhất|muộn nhất|vào|đến|trong|xong)(?: là| vào| trước| hết| ngày)* (?:(?:làm việc )?(?:cuối|đầu)|\d{1,2}(?: ?/ ?\d{1,2})?|(?:chiều |sáng )?(?:thứ \p{L}+|chủ nhật)|\d{1,2} ?(?:giờ|h))\b|\bngày \d{1,2}\b"
);

/// Every due phrase of `text`, in its order.
pub(super) fn dues(text: &str) -> Vec<DuePhrase> {
    // Each part of the reader asks the same few clauses again; what was read of the last ones is kept.
    const KEPT: usize = 64;
    const LONGEST: usize = 4_096;
    thread_local! {
        static READ: RefCell<HashMap<String, Vec<DuePhrase>>> = RefCell::default();
    }
    if text.len() > LONGEST {
        return read_dues(text);
    }
    if let Some(known) = READ.with_borrow(|read| read.get(text).cloned()) {
        return known;
    }
    let phrases = read_dues(text);
    READ.with_borrow_mut(|read| {
        if read.len() == KEPT {
            read.clear();
        }
        read.insert(text.to_owned(), phrases.clone());
    });
    phrases
}

fn read_dues(text: &str) -> Vec<DuePhrase> {
    pattern!(
        REPEATS,
        r"(?i)\b(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm|kỳ|học kỳ|vụ|(?:6|06|sáu) tháng)\b|định kỳ|tháng cuối (?:quý|kỳ)|(?:tháng|quý|kỳ|năm) (?:sau|kế tiếp|tiếp theo|liền kề)\b"
    );
    let repeats = REPEATS.is_match(text);
    let mut found = Phrases::default();
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
        let first = match due {
            Due::On { date, .. } => since(&captures["from"], date),
            _ => None,
        };
        let manner = match first {
            // Still to be told from the stretch that a report looks at, by the day the plan is issued.
            Some(_) if opens(text, &whole.range()) => Some(Manner::Opens { since: first }),
            _ => of_span(text, whole.start(), first),
        };
        found.take(whole.range(), due, manner);
    }
    for captures in ABSOLUTE.captures_iter(dated) {
        let (Some(whole), Some(cue)) = (captures.get(0), captures.name("cue")) else {
            continue;
        };
        let day = ["d", "d2", "d4", "dn"]
            .iter()
            .any(|group| captures.name(group).is_some());
        let due = match resolve(&captures) {
            Due::MissingYear if repeats => Due::Recurring,
            due => due,
        };
        let manner = match due {
            Due::Vague => of_vague(text, whole.start()),
            _ => of_cue(text, whole.range(), cue.as_str(), day),
        };
        found.take(whole.range(), due, manner);
    }
    for (range, due) in relative::phrases(text) {
        // "trong thời hạn 15 ngày kể từ ngày 01/10/2022": the date is the base, not the due.
        found.drop_within(&range);
        found.take(range, due, Some(Manner::By));
    }
    for (pattern, due) in [(&*RECURRING, Due::Recurring), (&*VAGUE, Due::Vague)] {
        for whole in pattern.find_iter(text) {
            let dated = text[whole.end()..]
                .trim_start()
                .starts_with(|c: char| c.is_numeric());
            let counts = due == Due::Vague && (!dated || whole.as_str().contains(" ngày "))
                || repeats
                || whole.as_str().ends_with("năm");
            if counts {
                found.take(whole.range(), due, Some(Manner::By));
            }
        }
    }
    for captures in LAST.captures_iter(dated) {
        if let Some(whole) = captures.get(0) {
            found.take(whole.range(), resolve(&captures), Some(Manner::By));
        }
    }
    for captures in DAY.captures_iter(dated) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let part = |group: &str| captures.name(group).is_some();
        let named = part("named") || part("word") || part("part") || part("qpart");
        if named || !part("ya") && stands_alone(&text[..whole.start()]) {
            let due = resolve(&captures);
            let opens = !part("half") && !part("ya") && opens(text, &whole.range());
            let manner = match of_bare(text, whole.start()) {
                Some(_) if opens => Some(Manner::Opens { since: None }),
                manner => manner,
            };
            found.take(whole.range(), due, manner);
        }
    }
    if !found.sets_one() {
        // "gửi ngay báo cáo": soon, but on no day.
        pattern!(
            SOON,
            r"(?i)\b(?:gửi|nộp|báo cáo) (?:ngay|gấp|sớm)\b(?P<when> (?:khi|sau|trong|từ|vào|tại|lập tức khi))?"
        );
        for soon in SOON.captures_iter(text) {
            if let (Some(whole), None) = (soon.get(0), soon.name("when")) {
                found.take(whole.range(), Due::Vague, Some(Manner::By));
            }
        }
    }
    if repeats && !found.sets_one() {
        for whole in RULE.find_iter(dated) {
            if !text[whole.end()..].starts_with(['/', '.', '-']) {
                found.take(whole.range(), Due::Recurring, Some(Manner::By));
            }
        }
    }
    found.drop_cut_offs(text);
    // "số liệu trước khi kết thúc hoạt động, gửi trước ngày …": beside a date, what is counted from nothing known is none.
    if found.dates_one() {
        let unknown = Due::Relative(Offset::unknown());
        found.taken.retain(|known| known.due != unknown);
    }
    // "trước ngày 20 hằng tháng" beside a full date is the rule, not a second date.
    found.taken.sort_by_key(|phrase| phrase.range.start);
    found.taken
}

/// The due phrases of `text` from byte `from` on.
pub(super) fn due_phrases(text: &str, from: usize) -> Vec<DuePhrase> {
    let mut phrases = dues(&text[from..]);
    for phrase in &mut phrases {
        phrase.range = phrase.range.start + from..phrase.range.end + from;
    }
    phrases
}

/// Whether nothing joins what follows to the words before: "Hội nghị sơ kết: tháng 6/2025".
fn stands_alone(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', ','])
}

/// The phrases found so far, none over another.
#[derive(Default)]
struct Phrases {
    taken: Vec<DuePhrase>,
    /// Dates that were looked at and name no due.
    other: Vec<Range<usize>>,
}

impl Phrases {
    /// Takes a phrase where nothing was found yet; one without a manner is a date of something else.
    fn take(&mut self, range: Range<usize>, due: Due, manner: Option<Manner>) {
        let over = |other: &Range<usize>| other.start < range.end && range.start < other.end;
        if self.taken.iter().any(|known| over(&known.range)) || self.other.iter().any(over) {
            return;
        }
        match manner {
            Some(manner) => self.taken.push(DuePhrase { due, range, manner }),
            None => self.other.push(range),
        }
    }

    fn drop_within(&mut self, range: &Range<usize>) {
        let apart = |other: &Range<usize>| other.end <= range.start || range.end <= other.start;
        self.taken.retain(|known| apart(&known.range));
        self.other.retain(apart);
    }

    /// "số liệu dư nợ đến ngày 31/7 … trước ngày 20/8": beside a day by which it is due, "đến ngày" tells how far figures go.
    fn drop_cut_offs(&mut self, text: &str) {
        pattern!(
            MOVED,
            r"(?i)\b(?:lùi|gia hạn|điều chỉnh|kéo dài|thay đổi|chuyển|dời|sửa)\b"
        );
        pattern!(SETS, r"^(?i:trước|chậm|muộn|trễ|hạn|xong|hoàn thành|không)");
        pattern!(UNTIL, r"^(?i:đến|tới|hết)\b");
        let dated = |known: &DuePhrase, words: &Pattern| {
            known.manner == Manner::By
                && matches!(known.due, Due::On { .. })
                && words.is_match(&text[known.range.clone()])
        };
        if self.taken.iter().any(|known| dated(known, &SETS)) && !MOVED.is_match(text) {
            self.taken.retain(|known| !dated(known, &UNTIL));
        }
    }

    fn dates_one(&self) -> bool {
        let dated = |known: &DuePhrase| matches!(known.due, Due::On { .. });
        let mut by = self.taken.iter().filter(|known| known.manner == Manner::By);
        by.any(dated)
    }

    fn sets_one(&self) -> bool {
        self.taken.iter().any(|known| known.manner == Manner::By)
    }
}

/// The due phrases of a "thời gian" cell, where the date may stand without a word before it. `is_before`: the title of
/// the column says "trước".
pub(super) fn due_in_cell(text: &str, is_before: bool) -> Vec<DuePhrase> {
    pattern!(
        ALWAYS,
        r"^(?i:định kỳ )?(?i:hằng|hàng|mỗi|định kỳ) (?i:ngày|tuần|tháng|quý|năm|học kỳ|(?:6|06|sáu) tháng)"
    );
    // The words a cell leaves out; their length is taken off again.
    pattern!(
        SPANS,
        r"^\s*(?i:ngày |tháng )?\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)? ?(?:[-–]|đến) ?(?:hết )?(?:ngày |tháng )?\d{1,2}[/.]\d"
    );
    let mut found = dues(text);
    if found.is_empty() && ALWAYS.is_match(text) {
        return vec![DuePhrase {
            due: Due::Recurring,
            range: 0..text.len(),
            manner: Manner::By,
        }];
    }
    if found.iter().all(|phrase| phrase.manner == Manner::At) && !text.trim().is_empty() {
        let cue = if SPANS.is_match(text) {
            "từ "
        } else if is_before {
            "trước "
        } else {
            "hạn: "
        };
        found = dues(&format!("{cue}{text}"));
        found.retain(|phrase| phrase.range.end > cue.len());
        for phrase in &mut found {
            phrase.range =
                phrase.range.start.saturating_sub(cue.len())..phrase.range.end - cue.len();
        }
    }
    found
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
            assert!(matches!(found[0].manner, Manner::Span { since: Some(_) }));
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
            due_in_cell("30/9/2022", false)
                .first()
                .map(|phrase| phrase.due),
            on(2022, 9, 30, true)
        );
        assert_eq!(
            due_in_cell("Tháng 9/2022", false)
                .first()
                .map(|phrase| phrase.due),
            on(2022, 9, 30, true)
        );
        assert_eq!(
            due_in_cell("Trước 30/9/2022", false)
                .first()
                .map(|phrase| phrase.due),
            on(2022, 9, 30, false)
        );
        assert!(due_in_cell("Thường xuyên", false).is_empty());
    }
}
