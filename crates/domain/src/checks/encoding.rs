//! Text that is not precomposed Unicode: decomposed letters, and the 8-bit codes TCVN3 and VNI read as Latin.
//!
//! Told by letter statistics: what these codes use for Vietnamese vowels nearly never meets in a Vietnamese word.

use super::codes::Code;
use super::dossier::{Dossier, Placed};
use super::finding::{Finding, Place};
use unicode_normalization::char::is_combining_mark;

/// An old code of Vietnamese letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Tcvn3,
    Vni,
}

impl Encoding {
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "TCVN3 (ABC)",
            Encoding::Vni => "VNI",
        }
    }
}

/// Signs inside words that only TCVN3 puts there: its lower-case vowels, read as Latin-1 symbols.
const TCVN3_SIGNS: &str = "µ¶·¸¹»¼½¾¨©ª«¬\u{ad}®¡¢£¤¥¦§";
/// Letters of TCVN3 that read as letters, none of them Vietnamese.
const TCVN3_LETTERS: &str = "ÆÇËÐÑÖ×ØÜÞßäåæçëîïðñöøûüþÿ";
/// What VNI puts after a vowel.
const VNI_MARKS: &str = "øùûõïâêäáàåãéèúüëÙØÛÕÏÂÊÄÁÀÅÃ";
/// Least share of such words, per mille, and their least number.
const LEAST_SHARE: usize = 150;
const LEAST_WORDS: usize = 2;

/// The old code that a text is written in; `None` for Unicode, foreign names included.
pub fn encoding_of(text: &str) -> Option<Encoding> {
    let (mut words, mut tcvn3, mut vni) = (0, 0, 0);
    for word in text.split_whitespace() {
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        words += 1;
        // Unicode proper has letters of its own that neither code reads as.
        if word.chars().any(is_vietnamese_only) {
            continue;
        }
        tcvn3 += usize::from(is_tcvn3(word));
        vni += usize::from(is_vni(word));
    }
    let tells = |count: usize| count >= LEAST_WORDS && count * 1000 >= words * LEAST_SHARE;
    if tells(tcvn3) && tcvn3 >= vni {
        Some(Encoding::Tcvn3)
    } else if tells(vni) {
        Some(Encoding::Vni)
    } else {
        None
    }
}

/// ă, đ, ơ, ư and everything of the block of Vietnamese letters.
fn is_vietnamese_only(c: char) -> bool {
    matches!(
        c,
        'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ'
    ) || ('\u{1ea0}'..='\u{1ef9}').contains(&c)
}

fn is_tcvn3(word: &str) -> bool {
    let letters = word.trim_matches(|c: char| !c.is_alphabetic() && !TCVN3_SIGNS.contains(c));
    // A lone sign, as in "m² " or "©", is no word.
    letters.chars().count() > 1
        && letters.chars().any(|c| c.is_ascii_alphabetic())
        && letters
            .chars()
            .any(|c| TCVN3_SIGNS.contains(c) || TCVN3_LETTERS.contains(c))
}

fn is_vni(word: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    characters.windows(2).any(|pair| {
        "aeiouyAEIOUY".contains(pair[0])
            && VNI_MARKS.contains(pair[1])
            // "oà", "uê", "oâ" are Vietnamese; so are "iê", "uâ", "oá", "uý".
            && !is_vietnamese_pair(pair[0], pair[1])
    })
}

fn is_vietnamese_pair(first: char, second: char) -> bool {
    let (first, second) = (
        first.to_ascii_lowercase(),
        second.to_lowercase().next().unwrap_or(second),
    );
    match first {
        'o' => "àáãèéâê".contains(second),
        'u' => "âêàáãèéìíòóô".contains(second),
        'i' => "êàáãèéùúâ".contains(second),
        'y' => "ê".contains(second),
        'a' | 'e' => "ùúòóìí".contains(second) && second != 'ù' && second != 'ú',
        _ => false,
    }
}

pub(super) fn legacy(lines: &[Placed<'_>]) -> Vec<Finding> {
    lines
        .iter()
        .filter_map(|line| {
            let encoding = encoding_of(line.text())?;
            Some(Finding::new(
                Code::Legacy,
                line.place(0..line.text().len()),
                format!(
                    "Đoạn này theo bảng mã cũ {}, đọc ra không đúng chữ Việt.",
                    encoding.label()
                ),
                format!(
                    "This paragraph is in the old code {} and does not read as Vietnamese.",
                    encoding.label()
                ),
            ))
        })
        .collect()
}

/// One note for the report, at its first decomposed letter.
pub(super) fn decomposed(dossier: &Dossier) -> Vec<Finding> {
    let mut first = None;
    let mut sections = 0;
    for part in &dossier.parts {
        let Some((paragraph, at)) =
            part.text.lines().enumerate().find_map(|(index, line)| {
                Some((index + 1, line.chars().position(is_combining_mark)?))
            })
        else {
            continue;
        };
        sections += 1;
        first.get_or_insert_with(|| Place {
            section: Some(part.section.id),
            section_name: part.name(),
            paragraph: Some(paragraph),
            start: at,
            end: at + 1,
            ..Place::default()
        });
    }
    first
        .map(|place| {
            Finding::new(
                Code::Decomposed,
                place,
                format!("{sections} mục có chữ Unicode tổ hợp."),
                format!("{sections} sections hold decomposed letters."),
            )
        })
        .into_iter()
        .collect()
}
