//! From the words with which a plan names bodies to the units of a tree.
//!
//! A single body is found by its name or by the name of its collective, with or without the name of the place; a
//! class of bodies ("các cấp ủy cơ sở") by the table of [`super::kinds`]. Nothing is guessed: words that name no unit
//! give no unit.

use super::kinds::{SOCIO_POLITICAL, has_words, kind_named, named_by};
use crate::org::{Level, Unit};
use crate::text::fold;
use std::collections::{BTreeSet, HashMap};

/// Abbreviations of the field, folded, and what they stand for.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("ubmttq", "uy ban mat tran to quoc"),
    ("mttq", "mat tran to quoc"),
    ("mttqvn", "mat tran to quoc"),
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("btv", "ban thuong vu"),
    ("tncs", "tncs"),
    ("ldld", "lien doan lao dong"),
];

/// Words in front of a body that do not belong to its name.
const LEADING: &[&str] = &[
    "cac", "nhung", "moi", "tung", "toan the", "tap the", "dong chi",
];

/// The key under which two ways of writing one name meet: folded, abbreviations written out, signs, "Việt Nam" and
/// words such as "các" left out; lists such as "huyện, thị, thành ủy" written out.
pub fn normal(phrase: &str) -> String {
    let folded = fold(phrase);
    let mut parts: Vec<String> = Vec::new();
    for part in folded.split(',') {
        let words: String = part
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        parts.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    write_out_committees(&mut parts);
    let mut words: Vec<&str> = Vec::new();
    for word in parts.iter().flat_map(|part| part.split(' ')) {
        match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => words.extend(long.split(' ')),
            None if word.is_empty() => {}
            None => words.push(word),
        }
    }
    let mut text = words.join(" ").replace("viet nam", " ");
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    while let Some(rest) = LEADING
        .iter()
        .find_map(|lead| text.strip_prefix(lead)?.strip_prefix(' '))
    {
        text = rest.to_string();
    }
    text
}

/// "huyen", "thi", "thanh uy" → "huyen uy", "thi uy", "thanh uy".
fn write_out_committees(parts: &mut [String]) {
    for at in (0..parts.len().saturating_sub(1)).rev() {
        let ends_open = ["huyen", "thi", "quan", "thanh", "tinh"]
            .iter()
            .any(|word| parts[at] == *word || parts[at].ends_with(&format!(" {word}")));
        let next_is_committee = ["huyen uy", "thi uy", "quan uy", "thanh uy"]
            .iter()
            .any(|name| parts[at + 1].starts_with(name));
        if ends_open && next_is_committee {
            parts[at].push_str(" uy");
        }
    }
}

/// The units of one tree, to be found by words.
pub struct Bodies<'a> {
    units: &'a [Unit],
    by_name: HashMap<String, Vec<usize>>,
}

impl<'a> Bodies<'a> {
    /// `units` in preorder.
    pub fn new(units: &'a [Unit]) -> Bodies<'a> {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut above: Vec<usize> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            while above
                .last()
                .is_some_and(|last| !units[*last].contains(unit))
            {
                above.pop();
            }
            above.push(at);
            let places: Vec<String> = above
                .iter()
                .filter_map(|above| place_name(&units[*above]))
                .collect();
            for key in keys(unit, &places) {
                by_name.entry(key).or_default().push(at);
            }
        }
        Bodies { units, by_name }
    }

    /// Every unit that `phrase` names, in tree order; empty when it names none.
    pub fn units(&self, phrase: &str) -> Vec<&'a Unit> {
        let key = normal(phrase);
        if key.is_empty() {
            return Vec::new();
        }
        if let Some(found) = self.by_name.get(&key) {
            return found.iter().map(|at| &self.units[*at]).collect();
        }
        let found = self.leading_groups(&key);
        if !found.is_empty() {
            return found;
        }
        self.classes(&key)
    }

    /// The one unit that `phrase` names; `None` when it names none or several.
    pub fn one(&self, phrase: &str) -> Option<&'a Unit> {
        match self.units(phrase)[..] {
            [unit] => Some(unit),
            _ => None,
        }
    }

    /// The unit named by `phrase` that stands above `below` nearest to it, or the only one it names.
    pub fn above(&self, phrase: &str, below: &Unit) -> Option<&'a Unit> {
        let found = self.units(phrase);
        if let [unit] = found[..] {
            return Some(unit);
        }
        found
            .into_iter()
            .filter(|unit| unit.contains(below) && unit.id != below.id)
            .max_by_key(|unit| unit.interval.left)
    }

    /// "Đảng đoàn X và các tổ chức chính trị - xã hội": the leading Party groups of X and of each such organisation.
    fn leading_groups(&self, key: &str) -> Vec<&'a Unit> {
        let level = level_of(key);
        let (group, names) = ["dang doan", "ban can su dang"]
            .iter()
            .find_map(|group| Some((*group, key.strip_prefix(group)?)))
            .unwrap_or(("", key));
        let wants_socio_political = has_words(key, "to chuc chinh tri xa hoi");
        if group.is_empty() && !(wants_socio_political && level == Some(Level::PROVINCE)) {
            return Vec::new();
        }
        let names: Vec<&str> = names
            .split(" va ")
            .map(|name| name.trim().trim_end_matches(" tinh"))
            .filter(|name| !name.is_empty() && !has_words(name, "to chuc chinh tri xa hoi"))
            .collect();
        let is_group = |unit: &Unit| {
            unit.seed.kind == "dang_doan"
                || (group == "ban can su dang" && unit.seed.kind == "ban_can_su")
        };
        self.units
            .iter()
            .filter(|unit| is_group(unit))
            .filter(|unit| {
                let name = normal(&unit.seed.name);
                let named = !group.is_empty()
                    && names
                        .iter()
                        .any(|wanted| name.starts_with(group) && has_words(&name, wanted));
                let socio = wants_socio_political
                    && SOCIO_POLITICAL
                        .iter()
                        .any(|wanted| has_words(&name, wanted));
                named || socio
            })
            .collect()
    }

    /// All units of the kinds that the words name, at the level they name.
    fn classes(&self, key: &str) -> Vec<&'a Unit> {
        let known: BTreeSet<&str> = named_by(key).into_iter().collect();
        let level = level_of(key);
        let side_bodies = |kind: &str| matches!(kind, "mttq" | "to_chuc_ct_xh");
        self.units
            .iter()
            .filter(|unit| {
                let kind = unit.seed.kind.as_str();
                let named = if kind_named(kind).is_some() {
                    known.contains(kind)
                } else {
                    !kind.is_empty() && has_words(key, &normal(&kind.replace('_', " ")))
                };
                named && (!side_bodies(kind) || level.is_none_or(|level| unit.level() == level))
            })
            .collect()
    }
}

/// The level that the words name: "cùng cấp" stands beside the committees of the district level.
fn level_of(key: &str) -> Option<Level> {
    if has_words(key, "cung cap") || has_words(key, "huyen") || has_words(key, "cap huyen") {
        Some(Level::DISTRICT)
    } else if has_words(key, "co so") || has_words(key, "xa") {
        Some(Level::GRASSROOTS)
    } else if has_words(key, "tinh") {
        Some(Level::PROVINCE)
    } else {
        None
    }
}

/// The place in a unit's name, after the words of its kind: "Tỉnh ủy Bình Thuận" → "binh thuan".
fn place_name(unit: &Unit) -> Option<String> {
    let kind = kind_named(&unit.seed.kind)?;
    let name = normal(&unit.seed.name);
    kind.phrases
        .iter()
        .find_map(|words| name.strip_prefix(words)?.strip_prefix(' '))
        .map(String::from)
}

/// Every key of a unit: its names, and each without the place it ends with.
fn keys(unit: &Unit, places: &[String]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for name in [&unit.seed.name, &unit.seed.collective, &unit.seed.head_name] {
        let name = normal(name);
        if name.is_empty() {
            continue;
        }
        for place in places {
            if let Some(bare) = name.strip_suffix(place.as_str()) {
                keys.insert(bare.trim_end().to_string());
            }
        }
        keys.insert(name);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_committees_is_written_out() {
        assert_eq!(
            normal("Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh"),
            "ban thuong vu huyen uy thi uy thanh uy dang uy truc thuoc tinh"
        );
        assert_eq!(normal("Các cấp uỷ cơ sở"), "cap uy co so");
    }

    #[test]
    fn abbreviations_and_the_full_name_meet() {
        assert_eq!(
            normal("Đảng đoàn UBMTTQ Việt Nam tỉnh"),
            normal("Đảng đoàn Ủy ban Mặt trận Tổ quốc tỉnh")
        );
    }
}
