//! Labels of sections and list items: `Phần thứ nhất`, `I.`, `1/`, `3.1.`, `II.1`, `a)`, `(i)`, `Một là,`, `-`.

use super::passage::pattern;

/// A label of a section or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Smaller stands higher on the ladder, where the text does not say otherwise.
    pub rank: u8,
    /// Without end marks: `I`, `3.1`, `a`, `-`.
    pub text: String,
    /// What tells two lists of one rank apart: the mark after a number, the bullet itself.
    pub mark: char,
    /// The place in its list, when it has one.
    pub order: Option<u32>,
}

/// Bullets have this rank or a higher one.
pub(super) const BULLET_RANK: u8 = 80;

impl Label {
    pub fn is_bullet(&self) -> bool {
        self.rank >= BULLET_RANK
    }

    /// Whether a list of this kind is written with the same numbers and marks.
    pub fn is_like(&self, other: &Label) -> bool {
        self.rank == other.rank && self.mark == other.mark
    }

    /// Whether this one can begin a list.
    pub fn is_first(&self) -> bool {
        self.order.is_none_or(|order| order == 1)
    }

    /// Whether this one comes next after `other` in the same list.
    pub fn follows(&self, other: &Label) -> bool {
        // Many lists leave out "đ".
        let skips = matches!(
            (other.text.as_str(), self.text.as_str()),
            ("d", "e") | ("D", "E")
        );
        self.rank == other.rank
            && self.order.is_some()
            && (skips || self.order == other.order.map(|order| order + 1))
    }
}

/// The label at the beginning of a paragraph, and where the words after it begin.
pub(super) fn label_of(text: &str) -> Option<(Label, usize)> {
    pattern!(
        PART,
        r"^(?i:(phần|chương|mục|điều)) ((?i:thứ \p{L}+)|[IVXLC]+|\d{1,3}|[A-HĐ])\b ?([.:)–-]?)\s*"
    );
    pattern!(ORDINAL, r"^(Thứ \p{Ll}+|\p{Lu}\p{Ll}+ là)(?: ?([,:]) ?| )");
    pattern!(CAPITAL, r"^([A-HĐ])(?: ?([.)/–-]) |([)/.]))[\p{Lu}“]");
    pattern!(ROMAN, r"^([IVXLC]{1,7}) ?([.)/–-]) ?");
    pattern!(
        DOTTED,
        r"^((?:[IVX]{1,5}|[A-HĐ]|\d{1,2})(?:\.\d{1,2}){1,3})(?:[.)/:–-]\s*|\s+)"
    );
    pattern!(NUMBER, r"^(\()?(\d{1,2}) ?([.)/–-])\s*");
    pattern!(LETTER, r"^([a-zđ]) ?([.)/–-])\s+");
    pattern!(LETTER_TIGHT, r"^(\()?([a-zđ]|[ivx]{2,4})\)");
    pattern!(
        SYMBOL,
        r"^\d{1,5} ?[-–] ?[A-ZĐ][A-Za-zĐđ]{0,3} ?/|^\d+[./-]\d+[./-]\d|^\d+[.,]\d{3}|^\d+/\S"
    );
    let label = |rank: u8, name: &str, mark: &str, order: Option<u32>, end: usize| {
        let mark = mark.chars().next().unwrap_or(' ');
        Some((
            Label {
                rank,
                text: name.to_owned(),
                mark,
                order,
            },
            end,
        ))
    };
    if let Some(found) = PART.captures(text) {
        let rank = match found[1].to_lowercase().as_str() {
            "phần" => 0,
            "chương" => 10,
            "mục" => 15,
            _ => 28,
        };
        // "Mục tiêu", "Điều kiện" have no number; "Phần 1 của báo cáo …" is a sentence.
        let rest = &text[found[0].len()..];
        if rest.starts_with(char::is_lowercase) && found[3].is_empty() {
            return None;
        }
        let name = found[0].trim_end_matches([' ', '.', ':', ')', '-', '–']);
        return label(rank, name, "", order_of(&found[2]), found[0].len());
    }
    if let Some(found) = ORDINAL.captures(text) {
        let order = order_of(found[1].trim_end_matches(" là"))?;
        let mark = found.get(2).map_or("", |mark| mark.as_str());
        // "Thứ hai, ngày 12/8" is a Monday, "thứ hai của" goes on.
        let counts = found[1].ends_with(" là") || !mark.is_empty();
        let weekday = text[found[0].len()..].starts_with("ngày ");
        if !counts || weekday {
            return None;
        }
        return label(60, &found[1], "", Some(order), found[0].len());
    }
    let sentence = |end: usize| text[end..].starts_with(char::is_lowercase);
    if let Some(found) = DOTTED.captures(text) {
        let parts = u8::try_from(found[1].matches('.').count()).unwrap_or(3);
        let last = found[1]
            .rsplit('.')
            .next()
            .and_then(|last| last.parse().ok());
        // A year tells "30.9.2022" from a label.
        if !text[found[0].len()..].starts_with(char::is_numeric) {
            return label(30 + 10 * parts.min(3), &found[1], "", last, found[0].len());
        }
        return None;
    }
    if let Some(found) = CAPITAL.captures(text) {
        let end = found[0]
            .trim_end_matches(|c: char| c.is_alphabetic() || c == '“')
            .len();
        let mark = found
            .get(2)
            .or(found.get(3))
            .map_or("", |mark| mark.as_str());
        return label(18, &found[1], mark, order_of(&found[1].to_lowercase()), end);
    }
    if let Some(found) = ROMAN.captures(text) {
        let end = found[0].len();
        let rest = &text[end..];
        // "V/V BÁO CÁO" says what a letter is about.
        let subject = text.starts_with("V/V ");
        if !rest.is_empty() && !sentence(end) && !subject && !rest.starts_with(char::is_numeric) {
            return label(20, &found[1], &found[2], order_of(&found[1]), end);
        }
    }
    if SYMBOL.is_match(text) {
        return None;
    }
    if let Some(found) = NUMBER.captures(text) {
        let rest = &text[found[0].len()..];
        if !rest.starts_with(char::is_numeric) {
            let mark = found.get(1).map_or(&found[3], |open| open.as_str());
            return label(30, &found[2], mark, found[2].parse().ok(), found[0].len());
        }
    }
    if let Some(found) = LETTER.captures(text) {
        return label(70, &found[1], ")", order_of(&found[1]), found[0].len());
    }
    if let Some(found) = LETTER_TIGHT.captures(text) {
        // "(i)", "(ii)" count; "i)" may be the letter after "h)".
        let roman = found[2].chars().all(|c| "ivx".contains(c))
            && (found.get(1).is_some() || found[2].len() > 1);
        let (mark, order) = if roman {
            ("i", order_of(&found[2].to_uppercase()))
        } else {
            (
                found.get(1).map_or(")", |open| open.as_str()),
                order_of(&found[2]),
            )
        };
        return label(
            if roman { 75 } else { 70 },
            &found[2],
            mark,
            order,
            found[0].len(),
        );
    }
    let bullet = text.chars().next()?;
    let rank = match bullet {
        '-' | '–' | '—' | '•' | '●' | '▪' | '■' | '❖' | '➢' | '→' => BULLET_RANK,
        // What Word's symbol font leaves of a bullet.
        '\u{f02d}' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}' | '\u{f0fc}' => BULLET_RANK,
        '+' | '*' | '○' | '◦' => BULLET_RANK + 2,
        _ => return None,
    };
    let rest = text[bullet.len_utf8()..].trim_start();
    if rest.is_empty() || rest.chars().all(|c| c == bullet) {
        return None;
    }
    let mark = match bullet {
        '–' | '—' => "-".to_owned(),
        other => other.to_string(),
    };
    label(
        rank,
        &bullet.to_string(),
        &mark,
        None,
        text.len() - rest.len(),
    )
}

/// The place that a number, a letter or a word stands for: 4, IV, d, "thứ tư", "Bốn".
fn order_of(name: &str) -> Option<u32> {
    const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";
    const WORDS: [&str; 10] = [
        "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
    ];
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let lower = name.to_lowercase();
    let word = lower.strip_prefix("thứ ").unwrap_or(&lower);
    let word = match word {
        "một" => "nhất",
        "nhì" => "hai",
        "bốn" => "tư",
        other => other,
    };
    if let Some(at) = WORDS.iter().position(|known| *known == word) {
        return u32::try_from(at + 1).ok();
    }
    if !name.is_empty() && name.chars().all(|c| "IVXLC".contains(c)) {
        return Some(roman(name));
    }
    let mut letters = name.chars();
    let (letter, None) = (letters.next()?.to_lowercase().next()?, letters.next()) else {
        return None;
    };
    let at = LETTERS.chars().position(|known| known == letter)?;
    u32::try_from(at + 1).ok()
}

fn roman(name: &str) -> u32 {
    let value = |c: char| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        _ => 100,
    };
    let mut sum = 0;
    let mut highest = 0;
    for number in name.chars().rev().map(value) {
        if number < highest {
            sum = number.max(sum) - number.min(sum);
        } else {
            sum += number;
            highest = number;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        label_of(text).map(|(label, _)| label.text)
    }

    #[test]
    fn labels_of_all_house_styles_are_known() {
        for (text, name) in [
            ("I. MỤC ĐÍCH", "I"),
            ("II- NỘI DUNG", "II"),
            ("I/ MỤC ĐÍCH", "I"),
            ("A- Việc quán triệt", "A"),
            ("B/ KẾT QUẢ", "B"),
            ("C)Kiến nghị", "C"),
            ("Đ. KIẾN NGHỊ", "Đ"),
            ("1- Đánh giá", "1"),
            ("1/ Nhìn lại", "1"),
            ("(1) Các sở", "1"),
            ("3.1. Cấp cơ sở", "3.1"),
            ("3.1: Cấp cơ sở", "3.1"),
            ("II.1. Kết quả", "II.1"),
            ("A.2 Kết quả", "A.2"),
            ("1.1.2/ Kết quả", "1.1.2"),
            ("a) Các sở", "a"),
            ("b/ Các sở", "b"),
            ("(ii) các sở", "ii"),
            ("- Ban Dân vận", "-"),
            ("+ Ban Dân vận", "+"),
            ("\u{f0b7} Ban Dân vận", "\u{f0b7}"),
            ("Điều 1. Phạm vi", "Điều 1"),
            ("Điều 2: giao các sở", "Điều 2"),
            ("PHẦN A. KẾT QUẢ", "PHẦN A"),
            ("Phần thứ nhất: Mục đích", "Phần thứ nhất"),
            ("Một là, tổ chức tọa đàm", "Một là"),
            ("Hai là xây dựng báo cáo", "Hai là"),
            ("Thứ ba: lập danh sách", "Thứ ba"),
        ] {
            assert_eq!(label(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn numbers_and_letters_in_text_are_no_labels() {
        for text in [
            "3/9 huyện",
            "14-CT/TW và Chỉ thị",
            "30/9/2022.",
            "30.9.2022 là hạn cuối",
            "XIII) về tiếp tục",
            "05 năm thực hiện",
            "V/v báo cáo kết quả",
            "V/V BÁO CÁO KẾT QUẢ",
            "Mục 2 của báo cáo",
            "Thứ hai, ngày 12/8: họp",
            "Đây là việc khó",
            "-----",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn what_comes_next_in_a_list_is_known_in_every_style() {
        for (first, next) in [
            ("IV. A", "V. B"),
            ("9. A", "10. B"),
            ("D. A", "Đ. B"),
            ("D. A", "E. B"),
            ("c) a", "d) b"),
            ("2.9. A", "2.10. B"),
            ("Phần thứ nhất", "Phần thứ hai"),
            ("Bốn là, A", "Năm là, B"),
        ] {
            let (first, next) = (
                label_of(first).expect("a label").0,
                label_of(next).expect("a label").0,
            );
            assert!(next.follows(&first), "{next:?}");
            assert!(!first.follows(&next), "{first:?}");
        }
    }
}
