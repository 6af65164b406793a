//! Marks of State secrets. A document or text that bears one is refused and not stored.
//!
//! A mark is a stamp: the degree and nothing else on a line or in a cell, in capitals or after "Độ mật". It is known
//! in its disguises too: letters set apart, decomposed, without marks, in TCVN3 or VNI. Words about secrets
//! ("bí mật", "mật thiết", "mật độ", "bảo mật", "mật khẩu") are no stamps.

use crate::doc::Document;
use unicode_normalization::UnicodeNormalization;

/// The degrees, as they are stamped, with their spellings: without marks, in TCVN3 and in VNI.
const DEGREES: [(&str, &[&str]); 3] = [
    (
        "TUYỆT MẬT",
        &["TUYET MAT", "TUYÖT MËT", "TUYÖT MẬT", "TUYEÄT MAÄT"],
    ),
    ("TỐI MẬT", &["TOI MAT", "TÈI MËT", "TOÁI MAÄT"]),
    ("MẬT", &["MËT", "MAÄT"]),
];
/// Spelled without marks it is a mark only where a stamp is expected.
const BARE: &str = "MAT";
/// How many lines from the top may bear the mark of a whole document; the text itself may speak of secrets.
const HEAD_LINES: usize = 30;
/// What may stand before a degree that is written out.
const LABELS: [&str; 4] = ["ĐỘ MẬT", "MỨC ĐỘ MẬT", "DẤU MẬT", "DO MAT"];

/// The mark of secrecy that stands alone on a line: in the head of a document, or anywhere when it is a clear stamp.
pub fn mark(document: &Document) -> Option<&'static str> {
    let text = document.text();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .find_map(|(index, line)| {
            let in_head = index < HEAD_LINES;
            line.split('|').find_map(|cell| {
                if in_head {
                    head_stamp(cell)
                } else {
                    stamp(cell)
                }
            })
        })
}

/// The mark of secrecy that stands alone on some line of a section's text.
pub fn mark_in_text(text: &str) -> Option<&'static str> {
    text.lines()
        .flat_map(|line| line.split('|'))
        .find_map(stamp)
}

/// The degree that a line consists of: in capitals, whatever surrounds it, or after a label.
pub fn stamp(line: &str) -> Option<&'static str> {
    let words = words(line)?;
    let (label, degree) = unlabelled(&words);
    let is_capital = degree.chars().all(|c| !c.is_lowercase());
    // TCVN3 sets capitals by its font: the letters are small ones.
    let degree = if is_capital || label {
        degree.to_uppercase()
    } else {
        let upper = degree.to_uppercase();
        (degree.contains('Ë') || degree.contains('ä')).then_some(upper)?
    };
    find(&degree)
}

/// As [`stamp`], in the head of a document, where "Mật" and "MAT" alone are stamps too.
fn head_stamp(cell: &str) -> Option<&'static str> {
    stamp(cell).or_else(|| {
        let words = words(cell)?;
        let upper = unlabelled(&words).1.to_uppercase();
        if upper == BARE && words == upper {
            return Some("MẬT");
        }
        find(&upper)
    })
}

fn find(upper: &str) -> Option<&'static str> {
    DEGREES
        .into_iter()
        .find(|(degree, spellings)| *degree == upper || spellings.contains(&upper))
        .map(|(degree, _)| degree)
}

/// The letters of a short line as words; letters that were set apart are joined to the words they spell.
fn words(line: &str) -> Option<String> {
    // A stamp is short: long lines cost nothing.
    if line.len() > 120 {
        return None;
    }
    let letters: String = line
        .nfc()
        .map(|c| if c.is_alphabetic() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let first = words.first()?;
    let is_spaced = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    if !is_spaced && (words.len() > 1 || first.chars().count() > 1) {
        return Some(words.join(" "));
    }
    let joined = words.concat();
    let known = DEGREES
        .iter()
        .flat_map(|(degree, spellings)| std::iter::once(degree).chain(spellings.iter()))
        .find(|spelling| spelling.replace(' ', "") == joined);
    Some(known.map_or(joined, |spelling| (*spelling).to_string()))
}

/// The words after a label like "Độ mật", and whether there was one.
fn unlabelled(words: &str) -> (bool, &str) {
    let upper = words.to_uppercase();
    LABELS
        .iter()
        .filter(|label| upper.len() == words.len() && upper.starts_with(**label))
        .find_map(|label| words[label.len()..].strip_prefix(' '))
        .map_or((false, words), |rest| (true, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Paragraph};

    fn document(lines: &[&str]) -> Document {
        Document {
            blocks: lines
                .iter()
                .map(|line| Block::Paragraph(Paragraph::plain(*line)))
                .collect(),
        }
    }

    #[test]
    fn a_stamp_alone_on_a_line_of_the_head_is_a_mark() {
        assert_eq!(
            mark(&document(&["TỈNH ỦY", "* TỐI MẬT *", "KẾ HOẠCH"])),
            Some("TỐI MẬT")
        );
        assert_eq!(mark(&document(&["Độ mật: Mật"])), Some("MẬT"));
        assert_eq!(
            mark(&document(&["TỈNH ỦY", "Mật", "KẾ HOẠCH"])),
            Some("MẬT")
        );
        assert_eq!(mark(&document(&["MAT"])), Some("MẬT"));
    }

    #[test]
    fn a_stamp_is_known_in_its_disguises() {
        for (line, degree) in [
            ("MẬT", "MẬT"),
            ("M Ậ T", "MẬT"),
            ("[ TUYỆT MẬT ]", "TUYỆT MẬT"),
            ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
            ("TUYET MAT", "TUYỆT MẬT"),
            ("TOI MAT", "TỐI MẬT"),
            ("MA\u{323}\u{302}T", "MẬT"),
            ("TèI MËT", "TỐI MẬT"),
            ("tuyÖt mËt", "TUYỆT MẬT"),
            ("TUYEÄT MAÄT", "TUYỆT MẬT"),
            ("**TỐI MẬT**", "TỐI MẬT"),
            ("Mức độ mật: Tối mật", "TỐI MẬT"),
        ] {
            assert_eq!(
                mark_in_text(&format!("Kính gửi\n{line}\n")),
                Some(degree),
                "{line}"
            );
        }
    }

    #[test]
    fn words_about_secrets_are_no_mark() {
        let lines = [
            "Bảo vệ bí mật nhà nước",
            "tài liệu MẬT phải nộp lại",
            "BÍ MẬT",
            "Mật khẩu",
            "MẬT KHẨU",
            "MẬT ĐỘ",
            "mật thiết",
            "BẢO MẬT",
            "Mật độ dân số",
            "MẮT",
            "MẤT",
            "MAT",
            "Độ mật: Thường",
            "Mật ong",
            "mật",
        ];
        for line in lines {
            assert_eq!(mark_in_text(line), None, "{line}");
        }
        let mut late = vec!["x"; HEAD_LINES];
        late.push("Mật");
        assert_eq!(mark(&document(&late)), None);
    }
}
