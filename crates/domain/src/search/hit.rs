//! Where a search is answered in a text, and how well.

use super::Query;
use super::words::{Words, exact};
use std::ops::Range;

/// A text in which everything stands that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The words found, in the order of the text; those of a phrase are one piece.
    pub pieces: Vec<Range<usize>>,
    /// The words stand there with the very marks that were typed (or none were typed).
    pub is_exact: bool,
    /// The words stand one after another as they were typed, with whatever marks.
    pub is_phrase: bool,
    /// How often the best of it stands there.
    pub times: usize,
    /// Words of the text.
    pub length: usize,
}

impl Hit {
    /// Where `text` answers the query; `None` when it does not.
    pub fn find(query: &Query, text: &str) -> Option<Hit> {
        if query.is_empty() {
            return None;
        }
        let words = Words::of(text);
        let mut hit = Hit {
            pieces: Vec::new(),
            is_exact: true,
            is_phrase: true,
            times: usize::MAX,
            length: words.len(),
        };
        let mut asked = 0;
        for phrase in &query.quoted {
            let wanted = query
                .exact
                .as_ref()
                .map(|all| &all[asked..asked + phrase.len()]);
            hit.take(Found::of(phrase, wanted, &words, text)?);
            asked += phrase.len();
        }
        if !query.loose.is_empty() {
            let wanted = query.exact.as_ref().map(|all| &all[asked..]);
            match Found::of(&query.loose, wanted, &words, text) {
                Some(found) => hit.take(found),
                None => hit.take_apart(query, wanted, &words, text)?,
            }
        }
        hit.pieces
            .sort_unstable_by_key(|piece| (piece.start, piece.end));
        hit.pieces.dedup_by(|next, before| {
            let overlaps = next.start < before.end;
            if overlaps {
                before.end = before.end.max(next.end);
            }
            overlaps
        });
        Some(hit)
    }

    fn take(&mut self, found: Found) {
        self.is_exact &= found.is_exact;
        self.times = self.times.min(found.pieces.len());
        self.pieces.extend(found.pieces);
    }

    /// The loose words one by one.
    fn take_apart(
        &mut self,
        query: &Query,
        wanted: Option<&[String]>,
        words: &Words,
        text: &str,
    ) -> Option<()> {
        self.is_phrase = false;
        for (at, word) in query.loose.iter().enumerate() {
            let wanted = wanted.map(|all| &all[at..=at]);
            self.take(Found::of(std::slice::from_ref(word), wanted, words, text)?);
        }
        Some(())
    }
}

/// A phrase in a text: with the marks wanted where it has them, otherwise with any.
struct Found {
    pieces: Vec<Range<usize>>,
    is_exact: bool,
}

impl Found {
    fn of(
        phrase: &[String],
        wanted: Option<&[String]>,
        words: &Words,
        text: &str,
    ) -> Option<Found> {
        let (mut with_marks, mut any) = (Vec::new(), Vec::new());
        for start in 0..(words.len() + 1).saturating_sub(phrase.len()) {
            if phrase
                .iter()
                .enumerate()
                .any(|(at, word)| words.folded(start + at) != word)
            {
                continue;
            }
            let piece = words.place(start).start..words.place(start + phrase.len() - 1).end;
            let is_exact = wanted.is_none_or(|wanted| {
                let spelt = (0..phrase.len()).map(|at| exact(&text[words.place(start + at)]));
                spelt.eq(wanted.iter().cloned())
            });
            any.push(piece.clone());
            if is_exact {
                with_marks.push(piece);
            }
        }
        let is_exact = !with_marks.is_empty();
        let pieces = if is_exact { with_marks } else { any };
        (!pieces.is_empty()).then_some(Found { pieces, is_exact })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(typed: &str, text: &str) -> Option<(Vec<String>, bool, bool)> {
        let hit = Hit::find(&Query::read(typed), text)?;
        let pieces = hit
            .pieces
            .iter()
            .map(|piece| text[piece.clone()].to_owned());
        Some((pieces.collect(), hit.is_exact, hit.is_phrase))
    }

    fn pieces(list: &[&str]) -> Vec<String> {
        list.iter().map(|piece| (*piece).to_owned()).collect()
    }

    #[test]
    fn words_without_marks_find_words_with_marks() {
        assert_eq!(
            find("suoi luy", "Khu vực suối Lũy và suối Lụy"),
            Some((pieces(&["suối Lũy", "suối Lụy"]), true, true))
        );
    }

    #[test]
    fn the_very_marks_are_marked_and_others_are_found_as_less() {
        let text = "Khu vực suối Lũy và suối Lụy";
        assert_eq!(
            find("suối Lụy", text),
            Some((pieces(&["suối Lụy"]), true, true))
        );
        assert_eq!(
            find("suối Lúy", text),
            Some((pieces(&["suối Lũy", "suối Lụy"]), false, true))
        );
    }

    #[test]
    fn a_quoted_phrase_does_not_fall_apart_but_loose_words_do() {
        let text = "Trang bị cho nghĩa quân";
        assert_eq!(find("\"nghĩa trang\"", text), None);
        assert_eq!(
            find("nghĩa trang", text),
            Some((pieces(&["Trang", "nghĩa"]), true, false))
        );
    }

    #[test]
    fn every_word_must_be_there_and_nothing_asked_finds_nothing() {
        assert_eq!(find("liệt sĩ", "mộ liệt"), None);
        assert_eq!(find("", "mộ liệt"), None);
        assert_eq!(find("liệt sĩ", ""), None);
    }

    #[test]
    fn placement_of_the_tone_and_i_for_y_are_exact() {
        assert_eq!(
            find("hoà kỷ", "Hòa kỉ"),
            Some((pieces(&["Hòa kỉ"]), true, true))
        );
    }
}
