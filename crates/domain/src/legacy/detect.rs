//! Telling old encodings by their letters, where no font says anything: text files, PDF, HTML.

use super::Encoding;
use super::syllable::{is_beyond_latin1, is_syllable};
use crate::text::is_letter;

/// Fewest words with marks by which a text is judged.
const LEAST: usize = 3;

/// Words of which the encoding was told, and how many of them make sense in it.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    marked: usize,
    sensible: usize,
}

/// The old encoding of `text`; `None` for proper Vietnamese, for other languages, and for too little text to say.
///
/// A text is in an old encoding when its words with letters of Latin-1 become Vietnamese syllables by its table, nearly
/// all of them, when as they stand they are none, and when hardly any letter beyond Latin-1 is there.
pub fn detect(text: &str) -> Option<Encoding> {
    let words: Vec<&str> = words(text).collect();
    let beyond = words
        .iter()
        .filter(|word| word.chars().any(is_beyond_latin1))
        .count();
    // At most every marked word is sensible, so proper Vietnamese is known without decoding any.
    let marked = words.iter().filter(|word| is_marked(word)).count();
    if beyond * 10 > marked {
        return None;
    }
    let told = |encoding: Encoding| {
        let count = count(&words, encoding);
        (encoding, count)
    };
    let (encoding, count) = [told(Encoding::Tcvn3), told(Encoding::Vni)]
        .into_iter()
        .max_by_key(|(_, count)| count.sensible)?;
    let as_it_stands = words
        .iter()
        .filter(|word| is_marked(word) && is_syllable(word))
        .count();
    let enough = count.sensible >= LEAST && count.sensible * 10 >= count.marked * 8;
    let better = count.sensible > as_it_stands * 2;
    (enough && better && beyond * 10 <= count.sensible).then_some(encoding)
}

fn count(words: &[&str], encoding: Encoding) -> Count {
    let mut count = Count::default();
    for word in words.iter().filter(|word| is_marked(word)) {
        count.marked += 1;
        let decoded = encoding.decode(word);
        count.sensible += usize::from(decoded != **word && is_syllable(&decoded));
    }
    count
}

/// A line of a text whose encoding is known, in Unicode; `None` when the line is Unicode already or has nothing to mend.
pub fn repair(line: &str, encoding: Encoding) -> Option<String> {
    if line.chars().any(is_beyond_latin1) || !line.chars().any(is_strange) {
        return None;
    }
    let decoded = encoding.decode(line);
    (decoded != line).then_some(decoded)
}

/// Runs of letters, those of the old encodings that Latin-1 calls signs among them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter(c) && !is_strange(c))
        .filter(|word| !word.is_empty())
}

/// Whether the word has a character of the upper half of Latin-1, where the old encodings keep their letters.
fn is_marked(word: &str) -> bool {
    word.chars().any(is_strange)
}

fn is_strange(c: char) -> bool {
    matches!(u32::from(c), 0xa1..=0xff | 0xf0a1..=0xf0ff) || c == 'μ'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TCVN3: &str = "KÕ ho¹ch s¬ kÕt 05 n¨m thùc hiÖn ChØ thÞ sè 14-CT/TW cña Ban BÝ th\u{ad} vÒ c«ng t¸c ng\u{ad}êi cã c«ng";
    const VNI: &str = "Keá hoaïch sô keát 05 naêm thöïc hieän Chæ thò soá 14-CT/TW cuûa Ban Bí thö veà coâng taùc ngöôøi coù coâng";

    #[test]
    fn both_encodings_are_told_and_mended() {
        assert_eq!(detect(TCVN3), Some(Encoding::Tcvn3));
        assert_eq!(detect(VNI), Some(Encoding::Vni));
        let proper = "Kế hoạch sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW của Ban Bí thư về công tác người có công";
        assert_eq!(repair(TCVN3, Encoding::Tcvn3).as_deref(), Some(proper));
        assert_eq!(repair(VNI, Encoding::Vni).as_deref(), Some(proper));
    }

    #[test]
    fn proper_text_of_any_language_is_left_alone() {
        for text in [
            "Ủy ban nhân dân tỉnh báo cáo kết quả trước ngày 30/9/2022",
            "Toà án, hoà giải, là, và, có, tình hình, bàn về quê nhà, cho bà con, mà đã có, không",
            "Le comité a décidé que la réunion aura lieu à l'hôtel, où les élèves français sont déjà logés; ça été gêné",
            "Die größeren Städte müssen für die Bürger schöne Plätze räumen; Übergänge dürfen nicht fehlen",
            "El niño pequeño mañana vendrá según él; también será así, señor: ¿qué pasó?",
            "À propos de la déclaration des droits de l'homme et du citoyen",
            "Three plain English sentences. Nothing to see — a café, naïve, a résumé.",
            "§ 12 © 2022 ® 25 µm ± 3 °C, «trích dẫn» ² ³",
            "",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn a_proper_line_among_old_ones_is_not_decoded() {
        assert_eq!(repair("Nguyễn Văn Á", Encoding::Tcvn3), None);
        assert_eq!(repair("12-KH/TU", Encoding::Tcvn3), None);
    }

    const SYLLABLES: &[&str] = &[
        "ban",
        "thường",
        "vụ",
        "tỉnh",
        "ủy",
        "báo",
        "cáo",
        "kết",
        "quả",
        "trước",
        "ngày",
        "là",
        "và",
        "có",
        "bà",
        "quê",
        "đã",
        "không",
        "mà",
        "tình",
        "nhà",
        "cô",
        "hòa",
        "chí",
        "đồng",
        "thì",
        "dân",
        "tên",
        "bên",
        "hô",
    ];
    const FRENCH: &[&str] = &[
        "été",
        "à",
        "où",
        "élève",
        "français",
        "hôtel",
        "même",
        "déjà",
        "garçon",
        "naïf",
        "maïs",
        "noël",
        "cœur",
        "théâtre",
        "forêt",
        "île",
        "août",
        "sûr",
        "première",
        "année",
        "comité",
        "réunion",
        "procédé",
        "qualité",
        "très",
        "là",
    ];

    proptest! {
        #[test]
        fn proper_vietnamese_is_never_taken_for_an_old_encoding(
            words in proptest::collection::vec(proptest::sample::select(SYLLABLES), 0..60)
        ) {
            prop_assert_eq!(detect(&words.join(" ")), None);
        }

        #[test]
        fn french_is_never_taken_for_an_old_encoding(
            words in proptest::collection::vec(proptest::sample::select(FRENCH), 0..60)
        ) {
            prop_assert_eq!(detect(&words.join(" ")), None);
        }

        #[test]
        fn plain_letters_are_never_taken_for_an_old_encoding(text in "[a-zA-Z0-9 .,;:()/-]{0,300}") {
            prop_assert_eq!(detect(&text), None);
        }
    }
}
