//! Text at the edges: every string that enters is normalised here, and compared through one fold.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Text as it is stored: NFC, without NUL and other control characters (tab and line feed stay),
/// with CRLF and CR turned into LF.
pub fn clean(input: &str) -> String {
    if is_clean(input) {
        return input.to_owned();
    }
    let unified = input.replace("\r\n", "\n").replace('\r', "\n");
    unified
        .nfc()
        .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        .filter(|c| *c != '\u{feff}')
        .collect()
}

/// Whether [`clean`] would change nothing, as for nearly every text: told by one pass without a copy.
fn is_clean(input: &str) -> bool {
    let is_wanted = |c: char| (!c.is_control() || c == '\n' || c == '\t') && c != '\u{feff}';
    input.chars().all(is_wanted)
        && unicode_normalization::is_nfc_quick(input.chars())
            == unicode_normalization::IsNormalized::Yes
}

/// One line of text as it is stored: [`clean`], white space collapsed and trimmed.
pub fn clean_line(input: &str) -> String {
    clean(input)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key under which two spellings of one name meet: no marks, `đ` as `d`, lower case, single blanks.
/// For searching and matching only, never for identity ("HD" and "HĐ" would merge).
pub fn fold(input: &str) -> String {
    let mut folded = String::with_capacity(input.len());
    let mut blank = false;
    for letter in input.chars() {
        if letter.is_whitespace() {
            blank = !folded.is_empty();
            continue;
        }
        let before = folded.len();
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else if let Some(Some(plain)) = PLAIN.get(letter as usize) {
            folded.push(*plain);
        } else {
            folded.extend(plain(letter));
        }
        if blank && folded.len() > before {
            folded.insert(before, ' ');
            blank = false;
        }
    }
    folded
}

/// As [`char::is_alphabetic`], without its search through a table for the letters of Vietnamese texts.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// As [`char::is_alphanumeric`], quickly.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// A letter without its marks, in lower case; nothing for a mark that stands alone.
fn plain(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter)
        .nfd()
        .filter(|part| !unicode_normalization::char::is_combining_mark(*part))
        .map(|part| match part {
            'đ' | 'Đ' => 'd',
            other => other,
        })
        .flat_map(char::to_lowercase)
}

/// What the letters of Vietnamese texts fold into, where that is exactly one.
static PLAIN: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let one = |code| {
        let mut folded = plain(char::from_u32(code)?);
        folded.next().filter(|_| folded.next().is_none())
    };
    (0..0x2000).map(one).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_text_and_nul_are_stored_as_clean_nfc() {
        assert_eq!(clean("Ba\u{301}o ca\u{301}o\0\r\nmới"), "Báo cáo\nmới");
    }

    #[test]
    fn both_tone_placements_and_d_bar_fold_to_one_key() {
        assert_eq!(fold("Hoà  Đức"), fold("Hòa đức"));
    }

    #[test]
    fn letters_are_told_quickly_and_alike() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn folding_a_letter_at_a_time_is_folding_the_whole() {
        for text in [
            "  Đảng   ủy xã\tĐức Linh ",
            "Ủy ban UỶ BAN",
            "Ho\u{300}a \u{301} Bi\u{300}nh",
            "ǅ ﬁ Ǆ İ 한국 x²",
            "",
        ] {
            let bare: String = text
                .nfd()
                .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
                .map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c })
                .collect();
            let whole = bare.to_lowercase();
            let words: Vec<&str> = whole.split_whitespace().collect();
            let without_marks = |text: &str| -> String {
                text.chars()
                    .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
                    .collect()
            };
            assert_eq!(without_marks(&fold(text)), without_marks(&words.join(" ")));
        }
    }
}
