//! Dues counted from something else: the plan's own day, a stated day, a conference.
//!
//! A day comes out only where its base is known in the document; working days are counted when the text says so.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use regex::Captures;

use super::dates::first_date;
use super::passage::{Passage, pattern};
use crate::holidays::working_days_from;

/// So many days, weeks or months before or after a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offset {
    count: i32,
    unit: Unit,
    base: Base,
}

impl Offset {
    /// Counted from something that the document does not date.
    pub fn unknown() -> Offset {
        Offset {
            count: 0,
            unit: Unit::Hour,
            base: Base::Unknown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    WorkingDay,
    Week,
    Month,
    /// Hours fix no day.
    Hour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// The day the plan is issued.
    Issue,
    On(Date),
    /// A gathering whose day the document may state.
    Gathering(&'static str),
    Unknown,
}

/// What the document says of the days that dues are counted from.
#[derive(Debug, Default)]
pub(super) struct Bases {
    issued: Option<Date>,
    gatherings: Vec<(&'static str, Date)>,
}

const GATHERINGS: [&str; 9] = [
    "hội nghị",
    "phiên họp",
    "kỳ họp",
    "cuộc họp",
    "đại hội",
    "hội thảo",
    "lễ",
    "tọa đàm",
    "hội thi",
];

impl Bases {
    pub fn of<'a>(issued: Option<Date>, passages: impl Iterator<Item = &'a Passage>) -> Bases {
        pattern!(
            HELD,
            r"(?i)\b(hội nghị|phiên họp|kỳ họp|cuộc họp|đại hội|hội thảo|lễ|tọa đàm|hội thi)\b([^.;]{0,140}?)\b(ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}))\b"
        );
        pattern!(
            OTHER,
            r"(?i)\b(?:trước|chậm nhất|muộn nhất|hết|đến|từ|sau|gửi|nộp|số|báo cáo|hạn|ban hành|ký)\b"
        );
        let mut gatherings = Vec::new();
        for passage in passages {
            for found in HELD.captures_iter(passage.text()) {
                if OTHER.is_match(&found[2]) {
                    continue;
                }
                let name = found[1].to_lowercase();
                let known = GATHERINGS.iter().find(|known| **known == name);
                if let (Some(known), Some((date, _))) = (known, first_date(&found[3]))
                    && !gatherings.contains(&(*known, date))
                {
                    gatherings.push((*known, date));
                }
            }
        }
        Bases { issued, gatherings }
    }

    /// Takes in the days of the events that were found; whether any was new.
    pub fn learn<'a>(&mut self, events: impl Iterator<Item = (&'a str, Date)>) -> bool {
        let known = self.gatherings.len();
        for (name, day) in events {
            let name = name.to_lowercase();
            let called = GATHERINGS
                .iter()
                .find(|known| name.split_once(' ').is_some() && name.starts_with(**known));
            if let Some(called) = called
                && !self.gatherings.contains(&(*called, day))
            {
                self.gatherings.push((*called, day));
            }
        }
        self.gatherings.len() > known
    }

    /// The day of the only gathering of this name; two of them leave it open which is meant.
    fn gathering(&self, name: &str) -> Option<Date> {
        let mut days = self.gatherings.iter().filter(|(known, _)| *known == name);
        match (days.next(), days.next()) {
            (Some((_, day)), None) => Some(*day),
            _ => None,
        }
    }

    /// The day an offset comes to, when its base is known.
    pub fn day(&self, offset: Offset) -> Option<Date> {
        let base = match offset.base {
            Base::Issue => self.issued?,
            Base::On(day) => day,
            Base::Gathering(name) => self.gathering(name)?,
            Base::Unknown => return None,
        };
        let span = match offset.unit {
            Unit::WorkingDay => return working_days_from(base, offset.count),
            Unit::Hour => return None,
            Unit::Day => offset.count.days(),
            Unit::Week => offset.count.weeks(),
            Unit::Month => offset.count.months(),
        };
        base.checked_add(span).ok()
    }
}

/// Every relative due phrase of `text`.
pub(super) fn phrases(text: &str) -> Vec<(Range<usize>, super::dates::Due)> {
    pattern!(
        FROM,
        r"(?xi)\b(?P<cue>(?:trong(?:\ (?:thời\ hạn|vòng|thời\ gian|khoảng))?|sau|chậm\ nhất(?:\ là)?(?:\ sau|\ trong)?|trước|không\ quá|muộn\ nhất(?:\ là)?|ít\ nhất|tối\ thiểu)\ )?
        (?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?:\ lăm)?|hai\ mươi)\ (?:\([\p{L}\ ]+\)\ )?(?P<u>ngày|tuần|tháng|giờ)(?P<w>\ làm\ việc)?
        ,?\ (?P<way>(?:kể\ |tính\ )?từ|sau|trước)\ (?P<base>(?:khi|ngày|hội\ nghị|thời\ điểm|cuộc|phiên|kỳ|đại\ hội|lễ|hội|tọa|lúc)\b[^,;.()]{0,70})"
    );
    pattern!(
        AROUND,
        r"(?xi)\b(?P<way>trước|sau)\ (?P<base>(?:(?:khi|ngày)\ )?(?:(?:tổ\ chức|khai\ mạc|diễn\ ra|kết\ thúc|họp)\ )?(?:hội\ nghị|phiên\ họp|kỳ\ họp|cuộc\ họp|đại\ hội|hội\ thảo|lễ)[^,;.()\d]{0,50}?)\ (?:ít\ nhất\ |chậm\ nhất\ |tối\ thiểu\ |không\ quá\ |là\ )*
        (?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)\ (?:\([\p{L}\ ]+\)\ )?(?P<u>ngày|tuần|tháng)(?P<w>\ làm\ việc)?\b"
    );
    pattern!(
        BARE,
        r"(?i)\b(?:trong (?:thời hạn|vòng)|chậm nhất(?: là)?(?: sau)?|không quá|sau) (?P<n>\d{1,3}) (?:\([\p{L} ]+\) )?(?P<u>ngày|tuần|giờ)(?P<w> làm việc)?\b"
    );
    pattern!(
        EVENT,
        r"(?i)(?:trước|sau|ngay sau)(?: khi)? (?:có (?:yêu cầu|thông báo|kết quả)|kết thúc (?:hội nghị|đợt|kỳ|mỗi)|nhận được|khi (?:kết thúc|nhận được|có (?:yêu cầu|kết quả)|hoàn thành))[^,;.()]{0,40}"
    );
    let mut found: Vec<(Range<usize>, super::dates::Due)> = Vec::new();
    let mut add = |range: Range<usize>, offset: Offset| {
        let free = |other: &(Range<usize>, super::dates::Due)| {
            other.0.end <= range.start || range.end <= other.0.start
        };
        if found.iter().all(free) {
            found.push((range, super::dates::Due::Relative(offset)));
        }
    };
    for pattern in [&*FROM, &*AROUND, &*BARE] {
        for captures in pattern.captures_iter(text) {
            if let Some(whole) = captures.get(0) {
                // "chậm nhất 10 giờ ngày 16/10/2023" names an hour of a day.
                pattern!(
                    OF_A_DAY,
                    r"^,? ?(?:\d{1,2} ?(?:phút)?,? ?)?(?:của )?(?:ngày|sáng|chiều|trưa|tối|thứ|chủ nhật|\d)"
                );
                if &captures["u"] == "giờ" && OF_A_DAY.is_match(&text[whole.end()..]) {
                    continue;
                }
                // "hai ngày, từ ngày A đến ngày B": how long it takes, not by when.
                pattern!(
                    STRETCH,
                    r"(?i)\d ?(?:đến|tới|[-–]) ?(?:hết )?(?:ngày )?\d|\bđến (?:hết )?ngày \d"
                );
                if captures
                    .name("base")
                    .is_some_and(|base| STRETCH.is_match(base.as_str()))
                {
                    continue;
                }
                // "trực 24/24 giờ từ ngày …" says how long, not by when.
                // "báo cáo 6 tháng trước ngày 15/6/2025" names the report of six months.
                let bare = captures.name("cue").is_none()
                    && (captures.name("way").is_some_and(|way| way.as_str() == "từ")
                        || &captures["u"] == "tháng" && &captures["way"] == "trước");
                // "công khai … trong 05 ngày kể từ ngày ký": what is made public may be signed later than the plan.
                pattern!(
                    MADE_PUBLIC,
                    r"(?i)(?:công khai|công bố|đăng|niêm yết|phổ biến|sao gửi|ban hành|phê duyệt|quyết định)[^;.]*$"
                );
                pattern!(SIGNED, r"(?i)(?:ký|ban hành|phát hành)[ .;]*$");
                let open =
                    SIGNED.is_match(whole.as_str()) && MADE_PUBLIC.is_match(&text[..whole.start()]);
                if open {
                    add(whole.range(), Offset::unknown());
                } else if !bare {
                    // "kể từ ngày kết thúc diễn tập (19/10/2022)": the day of the base stands behind it.
                    let aside = text[whole.end()..].trim_start().strip_prefix('(');
                    let told = aside
                        .and_then(first_date)
                        .filter(|(_, day)| day.start == 0)
                        .map(|(day, _)| Base::On(day));
                    let mut offset = offset(&captures);
                    offset.base = told.unwrap_or(offset.base);
                    add(whole.range(), offset);
                }
            }
        }
    }
    for whole in EVENT.find_iter(text) {
        add(whole.range(), Offset::unknown());
    }
    found
}

/// Whether words name a gathering that a due can be counted from.
pub(super) fn names_gathering(words: &str) -> bool {
    let words = words.to_lowercase();
    GATHERINGS.iter().any(|name| words.contains(name))
}

/// Whether words set a limit or a stretch rather than a day.
pub(super) fn is_limit(words: &str) -> bool {
    pattern!(
        LIMIT,
        r"(?i)\b(?:trước|chậm nhất|muộn nhất|trễ nhất|trong|đến|tới|hết|xong|hoàn thành|hạn|từ)\b"
    );
    LIMIT.is_match(words)
}

fn offset(captures: &Captures<'_>) -> Offset {
    let word = |group: &str| {
        captures
            .name(group)
            .map_or(String::new(), |part| part.as_str().to_lowercase())
    };
    let number = word("n");
    let count = match number.as_str() {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" => 7,
        "tám" => 8,
        "chín" => 9,
        "mười" => 10,
        "mười lăm" => 15,
        "hai mươi" => 20,
        digits => digits.parse().unwrap_or(0),
    };
    let unit = match (word("u").as_str(), captures.name("w").is_some()) {
        ("ngày", true) => Unit::WorkingDay,
        ("ngày", false) => Unit::Day,
        ("tuần", false) => Unit::Week,
        ("tháng", false) => Unit::Month,
        _ => Unit::Hour,
    };
    let has_base = captures.name("base").is_some();
    Offset {
        count: if word("way") == "trước" {
            -count
        } else {
            count
        },
        unit,
        base: if has_base {
            base(&word("base"))
        } else {
            Base::Unknown
        },
    }
}

/// What a due is counted from. Only the plan's own day is "ngày ban hành".
fn base(words: &str) -> Base {
    pattern!(
        OWN,
        r"^(?:ngày|khi|thời điểm) (?:ký(?: ban hành)?|ban hành|phát hành)(?: (?:của )?(?:kế hoạch|công văn|văn bản|hướng dẫn|thông báo|chương trình|quyết định|chỉ thị)(?: này)?)?(?: *$| trước | để | gửi | báo cáo | và )"
    );
    pattern!(UNKNOWN, r"nhận|có hiệu lực|được phê duyệt|được ban hành");
    if let Some((date, range)) = first_date(words)
        && range.start <= "thời điểm ".len()
    {
        return Base::On(date);
    }
    if OWN.is_match(words) {
        return Base::Issue;
    }
    if UNKNOWN.is_match(words) {
        return Base::Unknown;
    }
    // "sau khi có thông báo kết luận hội nghị" is counted from the notice, not from the conference.
    pattern!(
        HELD,
        r"^(?:(?:khi|ngày|thời điểm|lúc) )?(?:(?:tổ chức|khai mạc|diễn ra|kết thúc|họp|bế mạc|tiến hành) )?(hội nghị|phiên họp|kỳ họp|cuộc họp|đại hội|hội thảo|lễ|tọa đàm|hội thi)\b"
    );
    HELD.captures(words)
        .and_then(|found| GATHERINGS.iter().find(|name| **name == &found[1]))
        .map_or(Base::Unknown, |name| Base::Gathering(name))
}

#[cfg(test)]
mod tests {
    use super::super::dates::Due;
    use super::*;
    use jiff::civil::date;

    fn day(text: &str, bases: &Bases) -> Option<Date> {
        let found = phrases(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        match found[0].1 {
            Due::Relative(offset) => bases.day(offset),
            _ => None,
        }
    }

    fn issued() -> Bases {
        let held = "tổ chức hội nghị tổng kết vào ngày 14/10/2022";
        let chars: Vec<char> = held.chars().collect();
        Bases::of(
            Some(date(2022, 9, 1)),
            [Passage::collapse(&chars, 0)].iter(),
        )
    }

    #[test]
    fn days_after_the_plan_s_own_day_are_counted() {
        let bases = issued();
        for text in [
            "trong thời hạn 15 ngày kể từ ngày ký",
            "sau 15 (mười lăm) ngày kể từ ngày ban hành Kế hoạch này",
            "chậm nhất 15 ngày từ ngày ký ban hành",
        ] {
            assert_eq!(day(text, &bases), Some(date(2022, 9, 16)), "{text}");
        }
        assert_eq!(
            day("trong 02 tuần kể từ ngày 01/10/2022", &bases),
            Some(date(2022, 10, 15))
        );
    }

    #[test]
    fn days_before_a_conference_are_counted_when_its_day_is_stated() {
        let bases = issued();
        assert_eq!(
            day("gửi trước hội nghị 05 ngày", &bases),
            Some(date(2022, 10, 9))
        );
        assert_eq!(
            day("chậm nhất 05 ngày làm việc trước hội nghị", &bases),
            Some(date(2022, 10, 7))
        );
        assert_eq!(
            day("05 ngày làm việc trước khi họp", &bases),
            None,
            "no such gathering is dated"
        );
        assert_eq!(day("gửi trước hội nghị 05 ngày", &Bases::default()), None);
    }

    #[test]
    fn a_base_outside_the_document_gives_no_day() {
        let bases = issued();
        assert_eq!(
            day("trong vòng 10 ngày kể từ ngày nhận được văn bản", &bases),
            None
        );
        assert_eq!(
            day("trong vòng 24 giờ kể từ khi sự việc xảy ra", &bases),
            None
        );
        assert_eq!(
            day(
                "sau 10 ngày kể từ ngày ban hành Nghị quyết của Hội đồng nhân dân tỉnh",
                &bases
            ),
            None
        );
    }
}
