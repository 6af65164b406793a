//! Text at the edges: every string that enters is normalised here, and compared through one fold.

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
    let bare: String = input
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'đ' | 'Đ' => 'd',
            other => other,
        })
        .collect();
    bare.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

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
}
