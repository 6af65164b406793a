//! The sentence in which something was found, with the found words marked.

use super::Hit;
use crate::report::passages::paragraphs;
use crate::sentences::sentences;
use std::ops::Range;

/// Some words of a text around what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of the passage of the text, from 0.
    pub passage: usize,
    pub parts: Vec<Part>,
    /// The sentence goes on before and behind what is shown.
    pub is_cut_before: bool,
    pub is_cut_behind: bool,
}

/// Words in a row that are found, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub is_found: bool,
}

/// Bytes of a sentence that are shown, as far as it is longer.
const LONGEST: usize = 480;
/// Bytes shown before the first found word of a longer sentence.
const BEFORE: usize = 120;

impl Excerpt {
    /// The sentence of `text` around the first piece of a hit in it.
    pub fn of(text: &str, hit: &Hit) -> Excerpt {
        let first = hit.pieces.first().cloned().unwrap_or(0..0);
        let line_start = text[..first.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[first.end..]
            .find('\n')
            .map_or(text.len(), |at| first.end + at);
        let sentence = sentence_around(text, line_start..line_end, &first);
        let shown = shortened(text, sentence.clone(), &first);
        Excerpt {
            passage: paragraphs(&text[..line_start]).count(),
            parts: parts(text, shown.clone(), &hit.pieces),
            is_cut_before: shown.start > sentence.start,
            is_cut_behind: shown.end < sentence.end,
        }
    }

    /// The words without marks of what was found.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }
}

/// From the sentence in which the piece begins to the one in which it ends, with its mark.
fn sentence_around(text: &str, line: Range<usize>, piece: &Range<usize>) -> Range<usize> {
    let words = &text[line.clone()];
    let sentences = sentences(words);
    let (from, until) = (piece.start - line.start, piece.end - line.start);
    let mut before = sentences.iter().rev();
    let first = before.find(|sentence| sentence.start <= from);
    let last = sentences.iter().find(|sentence| sentence.end >= until);
    let start = first.map_or(0, |sentence| sentence.start);
    let blanks = words[start..from].len() - words[start..from].trim_start().len();
    let end = last.map_or(words.len(), |sentence| sentence.end + 1);
    line.start + start + blanks..line.start + end.min(words.len())
}

fn shortened(text: &str, sentence: Range<usize>, piece: &Range<usize>) -> Range<usize> {
    if sentence.len() <= LONGEST {
        return sentence;
    }
    let from = piece.start.saturating_sub(BEFORE).max(sentence.start);
    let until = (from + LONGEST).max(piece.end).min(sentence.end);
    let blank = |range: Range<usize>| {
        // A byte that begins no letter is no blank either.
        let mut bytes = text.as_bytes()[range.clone()].iter();
        bytes
            .position(|byte| *byte == b' ')
            .map(|at| range.start + at)
    };
    let start = match from == sentence.start {
        true => from,
        false => blank(from..piece.start).map_or(piece.start, |at| at + 1),
    };
    let end = match until == sentence.end {
        true => until,
        false => blank(until..sentence.end).unwrap_or(sentence.end),
    };
    start..end
}

fn parts(text: &str, shown: Range<usize>, pieces: &[Range<usize>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = shown.start;
    let mut add = |range: Range<usize>, is_found: bool| {
        if !range.is_empty() {
            let text = text[range].to_owned();
            parts.push(Part { text, is_found });
        }
    };
    for piece in pieces {
        if piece.start >= at && piece.end <= shown.end {
            add(at..piece.start, false);
            add(piece.clone(), true);
            at = piece.end;
        }
    }
    add(at..shown.end, false);
    parts
}

#[cfg(test)]
mod tests {
    use super::super::Query;
    use super::*;
    use proptest::prelude::*;

    fn excerpt(typed: &str, text: &str) -> Option<Excerpt> {
        Hit::find(&Query::read(typed), text).map(|hit| Excerpt::of(text, &hit))
    }

    #[test]
    fn the_sentence_around_the_words_is_shown_with_the_words_marked() {
        let text = "Mở đầu.\n1. Xã có 5 mộ. Nghĩa trang liệt sĩ đã tu sửa. Còn lại chưa.";
        let found = excerpt("nghia trang", text);
        let found = found.map(|it| {
            (
                it.passage,
                it.text(),
                it.parts[0].text.clone(),
                it.parts[0].is_found,
            )
        });
        let sentence = "Nghĩa trang liệt sĩ đã tu sửa.".to_owned();
        assert_eq!(found, Some((1, sentence, "Nghĩa trang".to_owned(), true)));
    }

    #[test]
    fn the_number_of_a_paragraph_belongs_to_its_sentence() {
        let found = excerpt("mo", "1. Xã có 5 mộ.");
        assert_eq!(found.map(|it| it.text()), Some("1. Xã có 5 mộ.".to_owned()));
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = format!(
            "{}mộ liệt sĩ {}",
            "rất dài ".repeat(200),
            "và dài ".repeat(200)
        );
        let found = excerpt("mộ liệt sĩ", &text);
        assert!(found.is_some_and(|it| it.is_cut_before
            && it.is_cut_behind
            && it.text().len() < 600
            && it.parts.iter().any(|part| part.text == "mộ liệt sĩ")));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_shown_stands_there(text in "[aàđ .\n]{0,900}", typed in "[aàđ ]{1,5}") {
            if let Some(found) = excerpt(&typed, &text) {
                prop_assert!(text.contains(&found.text()));
                prop_assert!(found.parts.iter().any(|part| part.is_found));
            }
        }
    }
}
