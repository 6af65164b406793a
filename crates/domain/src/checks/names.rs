//! Another unit's name where one's own should stand, as a copied paragraph leaves it.

use super::codes::Code;
use super::dossier::{Dossier, Names, Placed};
use super::finding::Finding;
use super::pattern;
use crate::text::{fold, is_letter_or_digit};
use std::collections::{HashMap, HashSet};

/// The kind of place that names the unit: the last of them in its name stands before the place.
const KINDS: [&str; 9] = [
    "xã",
    "phường",
    "thị trấn",
    "huyện",
    "thị xã",
    "thành phố",
    "tỉnh",
    "đặc khu",
    "quận",
];
// A place after a word that makes it the subject: "Đảng ủy xã Hàm Minh đã…", "trên địa bàn xã Hàm Minh".
pattern!(
    SUBJECT,
    r"(?:(?:^|[.;:,] |\b[Cc]ủa |\b[Dd]o |\b[Tt]hì )(?:BCH |Ban Chấp hành |Ban Thường vụ |BTV |Tập thể |Cấp [uủ][yỷ] |Thường trực )?(?:Đảng [uủ][yỷ]|Đảng bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|MTTQ|Huyện [uủ][yỷ]|Thị [uủ][yỷ]|Thành [uủ][yỷ]|[Nn]hân dân|[Cc]án bộ,? đảng viên(?: và nhân dân)?|[Tt]oàn)|\b[Tt]rên địa bàn|\b[Đđ]ịa bàn|[Đđ]ịa phương) ((?:xã|phường|thị trấn|huyện|thị xã|thành phố|đặc khu) )?(\p{Lu}[\p{L}]*(?: \p{Lu}[\p{L}]*){0,3})"
);
// Another unit may be named when something is done together with it.
pattern!(
    TOGETHER,
    r"(?i)\b(?:phối hợp|cùng với|kết nghĩa|giao lưu|học tập|kinh nghiệm|giáp|với|các xã|các đơn vị|so với|chuyển (?:đến|về|từ)|sáp nhập|nguyên|quê|liên xã|đoàn công tác|thăm|về nguồn|mô hình)\b"
);

// A unit as it was before it was merged or renamed.
pattern!(
    OF_OLD,
    r"^ ?\(?(?:cũ|trước đây|trước kia|nay |trước khi|trước sáp nhập)"
);
// Whoever adds the district speaks of that unit on purpose.
pattern!(
    IN_A_DISTRICT,
    r"^,? \(?(?:huyện|thị xã|thành phố|quận|tỉnh) \p{Lu}"
);

pub(super) fn check(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Finding> {
    let Some(names) = dossier.names.as_ref().filter(|names| !names.own.is_empty()) else {
        return Vec::new();
    };
    let beside = names.others.iter().map(|name| place_of(name));
    let farther = names
        .elsewhere
        .iter()
        .filter_map(|name| place_with_kind(name));
    let others = Places::of(beside.chain(farther));
    let known = known(names);
    lines
        .iter()
        .flat_map(|line| in_line(line, &names.own, &others, &known))
        .collect()
}

/// Folded names of places, found in a text without asking for each of them.
struct Places {
    all: HashSet<String>,
    by_first_word: HashMap<String, Vec<String>>,
}

impl Places {
    fn of(places: impl Iterator<Item = String>) -> Places {
        let all: HashSet<String> = places.filter(|place| !place.is_empty()).collect();
        let mut by_first_word: HashMap<String, Vec<String>> = HashMap::new();
        for place in &all {
            let first = first_word(place).to_owned();
            by_first_word.entry(first).or_default().push(place.clone());
        }
        Places { all, by_first_word }
    }

    /// Some word of the folded text begins one of them.
    fn stand_in(&self, folded: &str) -> bool {
        let mut is_within = false;
        folded.char_indices().any(|(at, letter)| {
            let begins = is_letter_or_digit(letter) && !is_within;
            is_within = is_letter_or_digit(letter);
            begins && self.begin(&folded[at..])
        })
    }

    /// One of them stands at the beginning of the text.
    fn begin(&self, text: &str) -> bool {
        let places = self.by_first_word.get(first_word(text));
        let mut places = places.into_iter().flatten();
        places.any(|place| text.starts_with(place.as_str()))
    }
}

fn first_word(text: &str) -> &str {
    let word = text.split(|c: char| !is_letter_or_digit(c)).next();
    word.unwrap_or_default()
}

/// The places of the unit itself and of everything above and below it.
fn known(names: &Names) -> HashSet<String> {
    std::iter::once(&names.own)
        .chain(&names.related)
        .map(|name| place_of(name))
        .collect()
}

/// The folded place in a unit's name: `tan thuan` of "Đảng ủy xã Tân Thuận"; the whole name where no kind stands in it.
fn place_of(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let from = after_kind(&words).filter(|from| *from < words.len());
    fold(&words[from.unwrap_or(0)..].join(" "))
}

/// The same with its kind before it, `xa tan thuan`; `None` where none stands in the name.
fn place_with_kind(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let from = after_kind(&words).filter(|from| *from < words.len())?;
    let before = |count: usize| Some(words[from.checked_sub(count)?..from].join(" "));
    let kinds = [2, 1].into_iter().filter_map(before);
    let kind = kinds
        .map(|words| words.to_lowercase())
        .find(|words| KINDS.contains(&words.as_str()))?;
    Some(fold(&format!("{kind} {}", words[from..].join(" "))))
}

/// Where the place begins in the words of a name.
fn after_kind(words: &[&str]) -> Option<usize> {
    (0..words.len()).rev().find_map(|index| {
        let two = words
            .get(index..index + 2)
            .map(|pair| pair.join(" ").to_lowercase());
        let one = words[index].to_lowercase();
        if two.is_some_and(|two| KINDS.contains(&two.as_str())) {
            Some(index + 2)
        } else if KINDS.contains(&one.as_str()) || ["ủy", "uỷ"].contains(&one.as_str()) {
            Some(index + 1)
        } else {
            None
        }
    })
}

fn in_line(line: &Placed<'_>, own: &str, others: &Places, known: &HashSet<String>) -> Vec<Finding> {
    let text = line.text();
    let folded = fold(text);
    if !others.stand_in(&folded) {
        return Vec::new();
    }
    SUBJECT
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let place = found.get(2)?;
            let named = fold(place.as_str());
            let sentence_start = text[..whole.start()]
                .rfind(['.', ';'])
                .map_or(0, |at| at + 1);
            let before = &text[sentence_start..place.start()];
            let after = &text[place.end()..];
            let in_full = |kind: regex::Match<'_>| fold(&format!("{}{named}", kind.as_str()));
            let is_farther = found
                .get(1)
                .map(in_full)
                .is_some_and(|full| others.all.contains(&full))
                && !IN_A_DISTRICT.is_match(after);
            let is_other = (others.all.contains(&named) || is_farther) && !known.contains(&named);
            let is_meant = TOGETHER.is_match(before) || is_one_of_several(after);
            if !is_other || is_meant || OF_OLD.is_match(after) {
                return None;
            }
            let shown = place.as_str();
            let start = found.get(1).map_or(place.start(), |kind| kind.start());
            Some(Finding::new(
                Code::OtherUnit,
                line.place(start..place.end()),
                format!("Câu này nói về “{shown}”, trong khi báo cáo là của {own}."),
                format!("The sentence is about “{shown}”, and the report is that of {own}."),
            ))
        })
        .collect()
}

/// "xã Hàm Minh, xã Tân Lập và …", "xã Hàm Minh giáp …": a list of places, or a neighbour.
fn is_one_of_several(after: &str) -> bool {
    pattern!(
        SEVERAL,
        r"^(?:,? (?:và|với|cùng) (?:xã|phường|thị trấn|huyện)\b|, (?:xã|phường|thị trấn|huyện)\b|, \p{Lu})"
    );
    SEVERAL.is_match(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_unit_is_what_follows_its_kind() {
        assert_eq!(place_of("Đảng ủy xã Tân Thuận"), "tan thuan");
        assert_eq!(place_of("Huyện ủy Bắc Bình"), "bac binh");
        assert_eq!(place_of("Đảng ủy thị trấn Chợ Lầu"), "cho lau");
        assert_eq!(place_of("Ban Dân vận Tỉnh ủy"), "ban dan van tinh uy");
        let full = |name| place_with_kind(name);
        assert_eq!(
            full("Đảng ủy xã Tân Thuận").as_deref(),
            Some("xa tan thuan")
        );
        assert_eq!(
            full("Đảng ủy thị trấn Chợ Lầu").as_deref(),
            Some("thi tran cho lau")
        );
        assert_eq!(full("Ban Dân vận Tỉnh ủy"), None);
    }
}
