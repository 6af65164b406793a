//! Sentences and clauses of one line of running text, for the linter and for search.

use std::ops::Range;

/// The sentences of a line, as ranges of bytes without the mark that ends them: split at a full stop, a question mark
/// or a semicolon before a blank. The number of a paragraph (`1. `) belongs to its first sentence.
pub(crate) fn sentences(line: &str) -> Vec<Range<usize>> {
    split(line, b".;?!")
}

/// The clauses of a sentence: split at commas, colons and brackets too.
pub(crate) fn clauses(line: &str) -> Vec<Range<usize>> {
    split(line, b".;?!,:()")
}

/// Marks are ASCII, so that bytes tell them and no mark stands within a letter.
fn split(text: &str, marks: &[u8]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut ranges = Vec::new();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let splits = marks.contains(byte)
            && (matches!(bytes.get(at + 1), None | Some(b' ')) || matches!(byte, b'(' | b')'))
            && !(*byte == b'.'
                && (from == 0 && is_number(&text[..at]) || is_short(&text[from..at])));
        if splits {
            ranges.push(from..at);
            from = at + 1;
        }
    }
    ranges.push(from..text.len());
    ranges.retain(|range| !text[range.clone()].trim().is_empty());
    ranges
}

/// What stands before the first full stop is the number of a paragraph.
fn is_number(before: &str) -> bool {
    let number = before.trim();
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A full stop after these does not end a sentence.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(' ').next();
    word.is_some_and(|word| matches!(word, "TP" | "Tp" | "ThS" | "TS" | "BS" | "T.P" | "tp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Vec<&str> {
        let ranges = sentences(line).into_iter();
        ranges.map(|range| line[range].trim()).collect()
    }

    #[test]
    fn sentences_end_at_marks_before_a_blank_and_not_within_numbers_and_short_forms() {
        assert_eq!(
            told("Đạt 1.234 hộ. TP. Phan Thiết; còn lại chưa! "),
            ["Đạt 1.234 hộ", "TP. Phan Thiết", "còn lại chưa"]
        );
        assert_eq!(told("Đến năm 2021. Sau đó"), ["Đến năm 2021", "Sau đó"]);
    }

    #[test]
    fn the_number_of_a_paragraph_belongs_to_its_sentence() {
        assert_eq!(
            told("1. Xã có 5 mộ. Đã tu sửa."),
            ["1. Xã có 5 mộ", "Đã tu sửa"]
        );
    }
}
