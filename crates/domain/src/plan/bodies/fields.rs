//! The fields of work that bodies are called after: "Chăn nuôi và Thú y", "Phòng, chống thiên tai và Tìm kiếm cứu nạn".
//!
//! The table holds what is commonly known of the organisation of the State, the Party, the Front and its unions, the
//! armed forces, courts, schools, hospitals and enterprises from 2015 to 2026. It only tells that words belong
//! together; a field that it does not know is read by the form of its words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// One field a line, sorted.
const TABLE: &str = include_str!("fields.txt");

/// A word or a mark of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub range: Range<usize>,
    /// A run of letters and digits, not a mark.
    pub word: bool,
}

impl Token {
    /// The first token of `text` at or after `from`, blanks passed over.
    pub fn at(text: &str, from: usize) -> Option<Token> {
        let rest = text.get(from..)?;
        let start = from + rest.find(|c: char| !c.is_whitespace())?;
        let first = text[start..].chars().next()?;
        if !first.is_alphanumeric() {
            let range = start..start + first.len_utf8();
            return Some(Token { range, word: false });
        }
        let length = text[start..]
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len() - start);
        let range = start..start + length;
        Some(Token { range, word: true })
    }

    pub fn text<'a>(&self, whole: &'a str) -> &'a str {
        &whole[self.range.clone()]
    }
}

/// A token as it is compared: lower case, one dash, the tone of open syllables where the older spelling puts it.
pub(super) fn plain(token: &str) -> String {
    const MOVED: [(&str, &str); 15] = [
        ("oá", "óa"),
        ("oà", "òa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oé", "óe"),
        ("oè", "òe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uý", "úy"),
        ("uỳ", "ùy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    if matches!(token, "–" | "—") {
        return "-".to_owned();
    }
    let lowered = token.to_lowercase();
    for (newer, older) in MOVED {
        if let Some(onset) = lowered.strip_suffix(newer) {
            return format!("{onset}{older}");
        }
    }
    lowered
}

/// Phrases that are matched longest first, by their first token.
pub(super) struct Phrases(HashMap<String, Vec<Vec<String>>>);

impl Phrases {
    pub fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Phrases {
        let mut table: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in phrases {
            let mut tokens = Vec::new();
            let mut at = 0;
            while let Some(token) = Token::at(phrase, at) {
                at = token.range.end;
                tokens.push(plain(token.text(phrase)));
            }
            if let Some(first) = tokens.first() {
                table.entry(first.clone()).or_default().push(tokens);
            }
        }
        for entries in table.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        }
        Phrases(table)
    }

    /// Where the longest phrase that stands at `from` ends.
    pub fn longest(&self, text: &str, from: usize) -> Option<usize> {
        let first = Token::at(text, from)?;
        let entries = self.0.get(&plain(first.text(text)))?;
        let mut read = vec![(String::new(), first.range.end)];
        let mut end_of = |count: usize, wanted: &str| -> bool {
            while read.len() <= count {
                let last = read.last().map_or(0, |(_, end)| *end);
                let Some(next) = Token::at(text, last) else {
                    return false;
                };
                read.push((plain(next.text(text)), next.range.end));
            }
            read[count].0 == wanted
        };
        let length = entries.iter().find_map(|entry| {
            let mut rest = entry.iter().enumerate().skip(1);
            rest.all(|(count, wanted)| end_of(count, wanted))
                .then_some(entry.len())
        })?;
        read.get(length - 1).map(|(_, end)| *end)
    }
}

static FIELDS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TABLE.lines()));

/// Where the field of work that stands at `from` ends, whatever the case of its letters.
pub(super) fn field(text: &str, from: usize) -> Option<usize> {
    FIELDS.longest(text, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Option<&str> {
        field(text, 0).map(|end| &text[..end])
    }

    #[test]
    fn the_table_is_sorted_and_holds_each_field_once() {
        let lines: Vec<&str> = TABLE.lines().collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        let mut folded: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), lines.len());
    }

    #[test]
    fn the_longest_field_is_taken_whatever_its_spelling() {
        for (text, wanted) in [
            ("Chăn nuôi và Thú y báo cáo", "Chăn nuôi và Thú y"),
            (
                "Văn hoá, Thể thao và Du lịch gửi",
                "Văn hoá, Thể thao và Du lịch",
            ),
            ("VĂN HÓA – XÃ HỘI huyện", "VĂN HÓA – XÃ HỘI"),
            ("Tài chính-Kế hoạch", "Tài chính-Kế hoạch"),
            ("Y tế, Sở Nội vụ", "Y tế"),
        ] {
            assert_eq!(known(text), Some(wanted));
        }
        assert_eq!(known("Chăn trâu"), None);
    }
}
