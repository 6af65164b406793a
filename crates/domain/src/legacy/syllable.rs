//! Whether a word has the shape of a Vietnamese syllable: onset, vowels, at most one tone, final.

use crate::text::is_letter;
use unicode_normalization::UnicodeNormalization;

const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

const NUCLEI: &[&str] = &[
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "iê", "ya", "yê", "ua", "uô",
    "ưa", "ươ", "uâ", "uê", "uơ", "uy", "uyê", "uya", "oa", "oă", "oe", "oo", "ai", "ao", "au",
    "ay", "âu", "ây", "eo", "êu", "iu", "oi", "ôi", "ơi", "ui", "ưi", "ưu", "iêu", "yêu", "uôi",
    "ươi", "ươu", "oai", "oay", "oeo", "oao", "uao", "uai", "uay", "uây", "uyu", "uêu", "uă", "ue",
];

const FINALS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

const TONES: &[char] = &['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether a letter is one that only Unicode text of Vietnamese has: beyond Latin-1.
pub fn is_beyond_latin1(c: char) -> bool {
    let code = u32::from(c);
    code > 0xff && !(0xf000..=0xf0ff).contains(&code) && c != 'μ' && is_letter(c)
}

/// Whether `word` is built like a Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    if word.len() > 24 {
        return false;
    }
    let mut tones = 0;
    let mut bare = String::with_capacity(word.len());
    for c in word.to_lowercase().nfd() {
        if TONES.contains(&c) {
            tones += 1;
        } else {
            bare.push(c);
        }
    }
    let bare: String = bare.nfc().collect();
    tones <= 1
        && ONSETS.iter().any(|onset| {
            bare.strip_prefix(onset).is_some_and(|rhyme| {
                FINALS.iter().any(|end| {
                    rhyme
                        .strip_suffix(end)
                        .is_some_and(|nucleus| NUCLEI.contains(&nucleus))
                })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_syllables_and_foreign_ones_with_marks_are_not() {
        for word in [
            "người", "nghiệm", "quyết", "giữa", "gìn", "Đảng", "khuya", "nguyễn", "ương", "ý",
            "Uỷ", "quốc", "yêu", "xoong", "khuỷu", "thuở", "gì", "quý", "quá", "hoạch",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "ộtộ",
            "prộcộdộ",
            "phần2",
            "frỡrè",
            "stra",
            "được.",
            "ngàynày",
            "áá",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
