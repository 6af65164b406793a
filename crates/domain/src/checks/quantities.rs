//! The Vietnamese number reader for prose: `1.234`, `1.234,5`, `hơn 1,2 nghìn lượt`, `gần 3 triệu đồng`, `12,5%`.
//!
//! Years, days, numbers of documents, clauses and hamlets are no quantities and are left out.

use super::dossier::Placed;
use super::lines::tail;
use super::pattern;
use crate::number::Amount;
use crate::text::{fold, is_letter_or_digit};
use std::ops::Range;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Count,
    /// In đồng.
    Money,
    Percent,
}

/// How exactly a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Exact,
    /// `hơn`, `trên`: somewhat more.
    Over,
    /// `gần`: somewhat less.
    Under,
    /// `khoảng`: somewhat more or less.
    About,
}

/// A number of a sentence with what it counts.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// Bytes of the plain line: digits, multiplier and sign.
    pub range: Range<usize>,
    pub value: Amount,
    pub kind: Kind,
    pub sense: Sense,
    /// One of the last digit written.
    step: Amount,
    /// One of the last digit that is not zero: how roughly a round number may be meant.
    round: Amount,
    /// The folded words after it, up to four.
    pub noun: String,
    /// The first of them as it is written, in lower case: "hộ" and "hồ" fold alike.
    pub head: String,
}

impl Quantity {
    pub fn is_exact(&self) -> bool {
        self.sense == Sense::Exact
    }

    /// How far the true value may lie from the written one when it was rounded.
    pub fn slack(&self) -> Amount {
        match self.sense {
            Sense::Exact => half(self.step),
            _ => self.loose(),
        }
    }

    /// A twentieth, or one of the last digit that is not zero.
    fn loose(&self) -> Amount {
        let share = self.value.ratio(Amount::from(20), 1, 4).unwrap_or_default();
        share.max(self.round)
    }

    /// Whether the sentence may say this of `value`.
    pub fn may_mean(&self, value: Amount) -> bool {
        let Some(gap) = value.checked_sub(self.value) else {
            return true;
        };
        let (above, below) = match self.sense {
            // Percentages are cut as often as rounded.
            Sense::Exact if self.kind == Kind::Percent => (self.step, self.step),
            Sense::Exact => (half(self.step), half(self.step)),
            Sense::Over => (self.loose(), Amount::ZERO),
            Sense::Under => (Amount::ZERO, self.loose()),
            Sense::About => (self.loose(), self.loose()),
        };
        let low = Amount::ZERO.checked_sub(below).unwrap_or_default();
        low <= gap && gap <= above
    }
}

fn half(step: Amount) -> Amount {
    step.ratio(Amount::from(2), 1, 8).unwrap_or_default()
}

/// The distance of two amounts.
pub(super) fn distance(a: Amount, b: Amount) -> Amount {
    a.max(b).checked_sub(a.min(b)).unwrap_or_default()
}

pattern!(
    NUMBER,
    r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?: ?(%)| (nghìn tỷ|ngàn tỷ|nghìn tỉ|ngàn tỉ|nghìn|ngàn|triệu|tỷ|tỉ))?(?: ?(đồng|đ|VNĐ))?"
);
pattern!(
    SENSE,
    r"(?i)(?:^|[\s(])(hơn|trên|gần|khoảng|xấp xỉ|ước|chừng|trên dưới|ngót|độ)(?: (?:gần|hơn|được|đạt|có))? $"
);
// Words after which a number is a name, a day or a place in a list.
pattern!(
    NAME_BEFORE,
    r"(?i)(?:^|[\s(“])(?:năm|ngày|mùng|tháng|quý|tuần|điều|khoản|điểm|lần|lần thứ|khóa|khoá|kỳ|khu phố|kp|thôn|tổ|ấp|đội|phường|quận|lớp|khối|quốc lộ|tỉnh lộ|đường|chương|phụ lục|mục|phần|biểu|mẫu|bảng|thứ|hạng|loại|cấp|nhóm|chỉ thị|nghị quyết|pháp lệnh|quyết định|nghị định|thông tư|luật|hướng dẫn|kế hoạch|trang|câu|bước|tiểu đoàn|trung đoàn|sư đoàn|km|buôn|xóm|bản|diện|lúc|vòng|cụm|trạm|khu|số) $"
);
pattern!(TOTAL_BEFORE, r"(?i)tổng số $|(?:con số|số lượng) $");
pattern!(REAL_COUNT, r"^ (?:năm|tháng|ngày|quý)\b");

/// The quantities of each line, in the order of `lines`.
pub(super) fn of_lines(lines: &[Placed<'_>]) -> Vec<Vec<Quantity>> {
    lines
        .iter()
        .map(|line| {
            if line.line.is_table {
                Vec::new()
            } else {
                read(line.text())
            }
        })
        .collect()
}

/// The quantities of a text, in its order.
pub(super) fn read(text: &str) -> Vec<Quantity> {
    NUMBER
        .captures_iter(text)
        .filter_map(|found| quantity(text, &found))
        .collect()
}

fn quantity(text: &str, found: &regex::Captures<'_>) -> Option<Quantity> {
    // A Unicode word boundary would cost the whole search its speed, so ends of words are looked at here.
    let ends_word = |part: &regex::Match<'_>| !text[part.end()..].starts_with(is_letter_or_digit);
    let currency = found.get(5).filter(ends_word);
    let multiplier = found.get(4).filter(ends_word);
    let end = [
        currency,
        multiplier,
        found.get(3),
        found.get(2),
        found.get(1),
    ]
    .into_iter()
    .flatten()
    .map(|part| part.end())
    .max()?;
    let whole = found.get(0)?.start()..end;
    let (before, after) = (tail(&text[..whole.start]), &text[whole.end..]);
    let is_first = text[..whole.start].trim().is_empty();
    let digits = found.get(1)?.as_str();
    let decimals = found.get(2).map_or("", |part| part.as_str());
    let is_percent = found.get(3).is_some();
    let multiplier = multiplier.map(|part| part.as_str());
    let is_bare = !is_percent && multiplier.is_none() && currency.is_none();
    if is_part_of_a_name(before, after, is_bare) || is_bare && is_first && is_list_mark(after) {
        return None;
    }
    // `1,234` may be an English thousand or three decimals.
    if !digits.contains('.') && decimals.len() == 3 && multiplier.is_none() {
        return None;
    }
    if is_bare && decimals.is_empty() && is_year(digits) && !counts_something(before, after) {
        return None;
    }
    let plain = digits.replace('.', "");
    let written = if decimals.is_empty() {
        Amount::parse_exact(&plain).ok()?
    } else {
        Amount::parse_exact(&format!("{plain}.{decimals}")).ok()?
    };
    let factor = Amount::from(multiplier.map_or(1, times));
    let step = Amount::from(1)
        .ratio(
            Amount::from(10i64.checked_pow(u32::try_from(decimals.len()).ok()?)?),
            1,
            8,
        )?
        .checked_mul(factor)?;
    let zeros = if decimals.is_empty() {
        plain.len() - plain.trim_end_matches('0').len()
    } else {
        0
    };
    let round = step.checked_mul(Amount::from(10i64.checked_pow(u32::try_from(zeros).ok()?)?))?;
    let head = first_word(after);
    let noun = noun(after);
    let counts = matches!(noun.split(' ').next(), Some(word) if COUNTED.contains(&word));
    let kind = if is_percent {
        Kind::Percent
    } else if currency.is_some() || multiplier.is_some_and(|word| word != "nghìn") && !counts {
        Kind::Money
    } else {
        Kind::Count
    };
    Some(Quantity {
        range: whole,
        value: written.checked_mul(factor)?,
        kind,
        sense: sense(before),
        step,
        round,
        noun,
        head,
    })
}

/// What people and things are counted in, when a multiplier stands before it without "đồng".
const COUNTED: [&str; 9] = [
    "nguoi", "luot", "ho", "doi", "suat", "can", "nha", "phan", "ngay",
];

fn times(multiplier: &str) -> i64 {
    match multiplier {
        "nghìn" | "ngàn" => 1_000,
        "triệu" => 1_000_000,
        "tỷ" | "tỉ" => 1_000_000_000,
        _ => 1_000_000_000_000,
    }
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

fn counts_something(before: &str, after: &str) -> bool {
    TOTAL_BEFORE.is_match(before)
        || noun(after)
            .split(' ')
            .next()
            .is_some_and(|word| COUNTED.contains(&word))
}

fn is_part_of_a_name(before: &str, after: &str, is_bare: bool) -> bool {
    let joins =
        |c: char| is_letter_or_digit(c) || matches!(c, '/' | '-' | '–' | '.' | ',' | ':' | '_');
    if before.chars().next_back().is_some_and(joins) && !before.ends_with(['–']) {
        return true;
    }
    let mut next = after.chars();
    let glued = match (next.next(), next.next()) {
        (Some('/' | '-' | '–' | '_'), Some(c)) => is_letter_or_digit(c),
        (Some(':' | '.'), Some(c)) => c.is_ascii_digit(),
        (Some(c), _) => is_letter_or_digit(c),
        (None, _) => false,
    };
    if glued {
        return true;
    }
    // "trong 05 năm" counts years, "năm 2021" names one.
    is_bare
        && NAME_BEFORE.is_match(before)
        && !TOTAL_BEFORE.is_match(before)
        && !REAL_COUNT.is_match(after)
}

/// `1. `, `2) ` at the beginning of the line.
fn is_list_mark(after: &str) -> bool {
    after.starts_with(['.', ')'])
}

fn sense(before: &str) -> Sense {
    let Some(word) = SENSE.captures(before).and_then(|found| found.get(1)) else {
        return Sense::Exact;
    };
    match word.as_str().to_lowercase().as_str() {
        "hơn" | "trên" => Sense::Over,
        "gần" | "ngót" => Sense::Under,
        _ => Sense::About,
    }
}

fn first_word(after: &str) -> String {
    let word = after
        .strip_prefix(' ')
        .unwrap_or_default()
        .split(|c: char| !is_letter_or_digit(c))
        .next();
    word.unwrap_or_default().to_lowercase()
}

fn noun(after: &str) -> String {
    let words: Vec<&str> = after
        .split(|c: char| !is_letter_or_digit(c) && c != ' ')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .take(4)
        .collect();
    fold(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str) -> Vec<String> {
        read(text)
            .into_iter()
            .map(|found| format!("{} {:?}", found.value.vietnamese(), found.kind))
            .collect()
    }

    #[test]
    fn numbers_are_read_as_vietnamese_offices_write_them() {
        assert_eq!(values("tiếp 1.234 hồ sơ"), ["1.234 Count"]);
        assert_eq!(values("đạt 1.234,5 triệu đồng"), ["1.234.500.000 Money"]);
        assert_eq!(values("hơn 1,2 nghìn lượt người"), ["1.200 Count"]);
        assert_eq!(values("gần 3 triệu đồng"), ["3.000.000 Money"]);
        assert_eq!(values("đạt 12,5% kế hoạch"), ["12,5 Percent"]);
        assert_eq!(values("trên 9,2 triệu người có công"), ["9.200.000 Count"]);
        assert_eq!(values("chi 29 nghìn tỷ đồng"), ["29.000.000.000.000 Money"]);
        assert_eq!(values("trao 500.000đ mỗi suất"), ["500.000 Money"]);
        assert_eq!(values("từ 120 lên 150 hộ"), ["120 Count", "150 Count"]);
        assert_eq!(values("tổng số 200 hộ"), ["200 Count"]);
        assert_eq!(values("trong 05 năm"), ["5 Count"]);
    }

    #[test]
    fn names_days_and_document_numbers_are_no_quantities() {
        for text in [
            "năm 2021",
            "ngày 27/7",
            "30/9/2022",
            "Chỉ thị 14-CT/TW",
            "Kế hoạch số 44-KH/TU",
            "giai đoạn 2017-2022",
            "từ năm 2017 đến 2022",
            "khu phố 3",
            "dịch COVID-19",
            "lúc 17:30",
            "1. Kết quả",
            "Điều 5",
            "quý 3",
            "218/226",
            "Nghị định 30/2020/NĐ-CP",
            "1,234 hộ",
        ] {
            assert_eq!(values(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_rounded_number_means_what_it_was_rounded_from() {
        let one = |text: &str| read(text).remove(0);
        let over = one("hơn 1,2 nghìn lượt");
        assert!(over.may_mean(Amount::from(1_243)) && !over.may_mean(Amount::from(1_150)));
        let under = one("gần 3 triệu đồng");
        assert!(
            under.may_mean(Amount::from(2_900_000)) && !under.may_mean(Amount::from(3_400_000))
        );
        assert!(
            one("45 nhà").may_mean(Amount::from(45)) && !one("45 nhà").may_mean(Amount::from(54))
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,80}") {
            let _ = read(&text);
        }
    }
}
