//! Words as they are searched: without marks and case, `đ` as `d`, `y` as `i` where both spell the same sound.

use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in their folded form, each with its place.
#[derive(Debug, Clone, Default)]
pub struct Words {
    folded: String,
    /// Where a word stands in the text, and its folded form in `folded`.
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl Words {
    pub fn of(text: &str) -> Words {
        let mut words = Words::default();
        let mut begun: Option<(usize, usize)> = None;
        for (at, letter) in text.char_indices() {
            let known = FOLDED.get(letter as usize).copied().flatten();
            if known.is_some() || belongs_to_word(letter) {
                begun.get_or_insert((at, words.folded.len()));
                match known {
                    Some(folded) => words.folded.push(folded),
                    None => words.folded.extend(fold_letter(letter)),
                }
            } else if let Some(start) = begun.take() {
                words.end(start, at);
            }
        }
        if let Some(start) = begun {
            words.end(start, text.len());
        }
        words
    }

    fn end(&mut self, (text_start, start): (usize, usize), text_end: usize) {
        fold_y(&mut self.folded, start);
        if self.folded.len() > start {
            let folded = start..self.folded.len();
            self.places.push((text_start..text_end, folded));
            self.folded.push(' ');
        }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The folded form of word number `index`.
    pub fn folded(&self, index: usize) -> &str {
        &self.folded[self.places[index].1.clone()]
    }

    /// Where word number `index` stands in the text.
    pub fn place(&self, index: usize) -> Range<usize> {
        self.places[index].0.clone()
    }
}

/// The folded words of a text, divided by blanks: what the index holds.
pub fn folded(text: &str) -> String {
    let mut words = Words::of(text).folded;
    words.truncate(words.trim_end().len());
    words
}

fn belongs_to_word(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_alphanumeric()
    } else {
        letter.is_alphanumeric() || is_combining_mark(letter)
    }
}

fn fold_letter(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter)
        .nfd()
        .filter(|part| !is_combining_mark(*part))
        .flat_map(char::to_lowercase)
        .map(|part| if part == 'đ' { 'd' } else { part })
}

/// What the letters of words in Vietnamese texts fold into, where that is exactly one.
static FOLDED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let one = |code| {
        let letter = char::from_u32(code).filter(|letter| belongs_to_word(*letter))?;
        let mut folded = fold_letter(letter);
        folded.next().filter(|_| folded.next().is_none())
    };
    (0..0x2000).map(one).collect()
});

/// Spells `y` as `i` from `start` on: alone, behind consonants and behind `qu`, where both are in use for one sound
/// (kỷ, kĩ; sỹ, sĩ; quý, quí); not behind other vowels, where they are two (tay, tai; thúy, thúi).
fn fold_y(words: &mut String, start: usize) {
    if !words[start..].contains('y') {
        return;
    }
    let letters: Vec<char> = words[start..].chars().collect();
    words.truncate(start);
    words.extend((0..letters.len()).map(|at| if is_i(&letters, at) { 'i' } else { letters[at] }));
}

fn is_i(letters: &[char], at: usize) -> bool {
    let vowel = |letter: &char| "aăâeêioôơuưy".contains(*letter);
    letters[at] == 'y'
        && match letters[..at] {
            [.., 'q', 'u'] => true,
            [.., ref before] => !vowel(before),
            [] => true,
        }
}

/// What two spellings of one word with all its marks have in common: lower case, the tone at the end wherever it was
/// put (`hòa`, `hoà`), `y` as `i` as in the folded form.
pub(super) fn exact(word: &str) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    for part in word.to_lowercase().nfd() {
        match TONES.contains(&part) {
            true => tones.push(part),
            false => letters.push(part),
        }
    }
    // Vowels with their own marks first become one letter again, so that a neighbour is told from them.
    let letters: Vec<char> = letters.into_iter().nfc().collect();
    let spelt = (0..letters.len()).map(|at| if is_i(&letters, at) { 'i' } else { letters[at] });
    spelt.chain(tones).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_case_and_the_bar_of_d_do_not_count() {
        assert_eq!(folded("Đền ơn, ĐÁP nghĩa (2022)"), "den on dap nghia 2022");
    }

    #[test]
    fn i_and_y_meet_where_they_are_one_sound_only() {
        assert_eq!(
            folded("kỷ kĩ sỹ sĩ Mỹ quý quí y"),
            "ki ki si si mi qui qui i"
        );
        assert_eq!(
            folded("tay tai thúy thúi nguyên"),
            "tay tai thuy thui nguyen"
        );
    }

    #[test]
    fn the_place_of_the_tone_does_not_make_another_word_but_the_tone_does() {
        assert_eq!(exact("hòa"), exact("HOÀ"));
        assert_eq!(exact("quý"), exact("quí"));
        assert_ne!(exact("lũy"), exact("lụy"));
        assert_ne!(exact("da"), exact("đa"));
    }

    #[test]
    fn a_word_is_found_again_in_the_text() {
        let text = "Xã  Đa Kai.";
        let words = Words::of(text);
        let found: Vec<&str> = (0..words.len()).map(|at| &text[words.place(at)]).collect();
        assert_eq!(found, ["Xã", "Đa", "Kai"]);
        assert_eq!(words.folded(1), "da");
    }

    proptest! {
        #[test]
        fn composed_and_decomposed_text_fold_alike(text in "[aăâđêôơưÁẶỆỮỸy ,.]{0,30}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(folded(&text), folded(&apart));
        }

        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
