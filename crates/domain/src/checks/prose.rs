//! Numbers in the prose against the table: a number is bound to an indicator by the words around it, and only when
//! the match is sure; then it must be one of the readings that the table allows.

use super::codes::Code;
use super::dossier::{Dossier, Part, Placed};
use super::finding::Finding;
use super::pattern;
use super::quantities::{Kind, Quantity};
use super::rows::{Row, rows};
use crate::campaign::Period;
use crate::number::Amount;
use crate::text::{fold, is_letter_or_digit};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Least score that binds, per mille of the name's weight, and the least lead over the next indicator.
const SURE: usize = 700;
const LEAD: usize = 200;
/// A name of fewer words stands in too many sentences.
const LEAST_WORDS: usize = 3;
/// Least part of the name that stands beside the number itself, per mille.
const BESIDE: usize = 450;
/// An indicator that is this near may be the one meant.
const NEAR: usize = 400;
/// A word of the sentence that is not beside the number counts this share, per mille.
const FAR: usize = 600;

/// Words that say nothing about what is counted.
const STOP: [&str; 38] = [
    "so", "tong", "cua", "cac", "va", "da", "duoc", "ve", "de", "trong", "ky", "nam", "tai", "la",
    "co", "gom", "voi", "cho", "den", "tu", "theo", "o", "mot", "nhung", "dang", "vao", "do",
    "thuc", "hien", "ca", "bang", "hoac", "luong", "ty", "le", "chi", "dat", "cong",
];
// The number is of a part, a plan, an average, another place or another time.
pattern!(
    OTHER_MATTER,
    r"(?i)\b(?:trong đó|riêng|như|điển hình|mỗi|bình quân|trung bình|phấn đấu|kế hoạch|chỉ tiêu|dự kiến|mục tiêu|tối thiểu|ít nhất|nhiều nhất|cùng kỳ|trước đây|trước năm|toàn tỉnh|toàn huyện|cả nước|cấp trên|thêm|tăng|giảm|chênh|thiếu|khoảng cách|quý|tháng|đợt|nhiệm kỳ|khu phố|thôn|ấp|chi bộ|hội viên|đoàn viên|mức|cao nhất|thấp nhất|còn|chưa|hằng năm|hàng năm|mỗi năm|một năm|đến năm|lũy kế|đầu năm|cuối năm|6 tháng|so với|trên tổng|/)\b"
);
// A span of years is no year: the sum of consecutive years is one of the readings.
pattern!(
    SPAN,
    r"(?i)\b(?:từ|giai đoạn|trong giai đoạn|thời gian)(?: đầu| cuối)?(?: năm| tháng \d{1,2}/)? ?(?:20|19)\d\d,? ?(?:đến hết|đến|tới|-|–)(?: nay| hết)?(?: năm| tháng \d{1,2}/)? ?(?:(?:20|19)\d\d)?"
);
pattern!(NEAR_YEAR, r"(?i)\bnăm (20\d\d|19\d\d)\b");
pattern!(ANY_YEAR, r"\b(?:20|19)\d\d\b");

/// The words of each row's name with their weights: a word of many names weighs little.
struct Names {
    /// Each word of any name, with its number.
    words: HashMap<String, usize>,
    /// For each row its words by number.
    rows: Vec<Vec<(usize, usize)>>,
    /// For each row what its words weigh together.
    weights: Vec<usize>,
    /// What each row counts.
    kinds: Vec<Kind>,
}

pub(super) fn check(
    dossier: &Dossier,
    lines: &[Placed<'_>],
    quantities: &[Vec<Quantity>],
) -> Vec<Finding> {
    let rows = rows(dossier, lines);
    if rows.is_empty() {
        return Vec::new();
    }
    let names = Names::of(&rows);
    let mut found = Vec::new();
    // The section of the line before, with the words of its title.
    let mut title: Option<(&Part, Vec<usize>)> = None;
    for (line, quantities) in lines.iter().zip(quantities) {
        if quantities.is_empty() || line.looks_ahead {
            continue;
        }
        let is_same = |(known, _): &(&Part, _)| std::ptr::eq(*known, line.part);
        if !title.as_ref().is_some_and(is_same) {
            title = Some((line.part, names.numbers(&line.part.section.title).collect()));
        }
        let title = title.as_ref().map_or(&[][..], |(_, words)| words);
        for range in line.sentences() {
            let mut sentence: Option<Sentence<'_>> = None;
            for (index, quantity) in quantities.iter().enumerate() {
                if range.start <= quantity.range.start && quantity.range.end <= range.end {
                    let sentence =
                        sentence.get_or_insert_with(|| names.sentence(line, range, title));
                    let near = near(line.text(), range, quantities, index);
                    found.extend(contradiction(
                        line, quantity, &near, sentence, &rows, &names,
                    ));
                }
            }
        }
    }
    found
}

/// A sentence with numbers in it.
struct Sentence<'a> {
    text: Cow<'a, str>,
    /// Which words of the names stand in it or in the title of its section.
    met: Vec<bool>,
}

/// The words without spans of years.
fn without_spans(text: &str) -> Cow<'_, str> {
    if text.contains("20") || text.contains("19") {
        SPAN.replace_all(text, " ")
    } else {
        Cow::Borrowed(text)
    }
}

/// The words around a number: from the number before it, to the next mark after it.
fn near<'a>(
    text: &'a str,
    sentence: &Range<usize>,
    quantities: &[Quantity],
    index: usize,
) -> Cow<'a, str> {
    let own = &quantities[index].range;
    let start = quantities[..index].last().map_or(sentence.start, |before| {
        before.range.end.max(sentence.start)
    });
    let stop = quantities
        .get(index + 1)
        .map_or(sentence.end, |next| next.range.start.min(sentence.end));
    let after = &text[own.end..stop.max(own.end)];
    let mark = after.find([',', '(', ':', ')']).unwrap_or(after.len());
    without_spans(&text[start.min(own.start)..own.end + mark])
}

impl Names {
    fn of(rows: &[Row]) -> Names {
        let mut words: HashMap<String, usize> = HashMap::new();
        let mut frequency: Vec<usize> = Vec::new();
        let numbered: Vec<HashSet<usize>> = rows
            .iter()
            .map(|row| {
                content_words(&row.name)
                    .into_iter()
                    .map(|word| {
                        let next = words.len();
                        let number = *words.entry(word).or_insert(next);
                        frequency.resize(words.len(), 0);
                        frequency[number] += 1;
                        number
                    })
                    .collect()
            })
            .collect();
        let weigh = |number: usize| (number, 1_000 / (1 + frequency[number]));
        let weighed: Vec<Vec<(usize, usize)>> = numbered
            .into_iter()
            .map(|own| own.into_iter().map(weigh).collect())
            .collect();
        let weight = |own: &Vec<(usize, usize)>| own.iter().map(|(_, weight)| weight).sum();
        Names {
            words,
            weights: weighed.iter().map(weight).collect(),
            rows: weighed,
            kinds: rows.iter().map(Row::kind).collect(),
        }
    }

    /// The words of the names that stand in a text.
    fn numbers(&self, text: &str) -> impl Iterator<Item = usize> {
        let folded = fold(text);
        let numbers: Vec<usize> = folded
            .split(|c: char| !is_letter_or_digit(c))
            .filter_map(|word| self.words.get(word).copied())
            .collect();
        numbers.into_iter()
    }

    /// Which words of the names these are.
    fn met(&self, numbers: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut met = vec![false; self.words.len()];
        for number in numbers {
            met[number] = true;
        }
        met
    }

    fn sentence<'a>(
        &self,
        line: &'a Placed<'_>,
        range: &Range<usize>,
        title: &[usize],
    ) -> Sentence<'a> {
        let text = without_spans(&line.text()[range.clone()]);
        let met = self.met(self.numbers(&text).chain(title.iter().copied()));
        Sentence { text, met }
    }

    /// How much of the row's name stands around the number, per mille.
    fn score(&self, row: usize, near: &[bool], far: &[bool]) -> usize {
        let met: usize = self.rows[row]
            .iter()
            .map(|(word, weight)| {
                if near[*word] {
                    *weight
                } else if far.get(*word) == Some(&true) {
                    weight * FAR / 1_000
                } else {
                    0
                }
            })
            .sum();
        (met * 1_000).checked_div(self.weights[row]).unwrap_or(0)
    }

    /// Words beside the number stand in the name of `other` and not in that of `row`, and weigh enough to mean it too.
    fn adds(&self, row: usize, other: usize, near: &[bool]) -> bool {
        let foreign: usize = self.rows[other]
            .iter()
            .filter(|(word, _)| near[*word] && !self.rows[row].iter().any(|(own, _)| own == word))
            .map(|(_, weight)| weight)
            .sum();
        foreign * 4 >= self.weights[other] && foreign > 0
    }
}

/// The words of a name that say what is counted.
fn content_words(name: &str) -> HashSet<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !is_letter_or_digit(c));
    words
        .filter(|word| {
            !word.is_empty() && !STOP.contains(word) && word.chars().any(char::is_alphabetic)
        })
        .map(str::to_owned)
        .collect()
}

fn contradiction(
    line: &Placed<'_>,
    quantity: &Quantity,
    around: &str,
    sentence: &Sentence<'_>,
    rows: &[Row],
    names: &Names,
) -> Option<Finding> {
    let near = names.met(names.numbers(around));
    let far = &sentence.met;
    let mut scored: Vec<(usize, usize, &Row)> = rows
        .iter()
        .enumerate()
        .filter(|(index, _)| names.kinds[*index] == quantity.kind)
        .map(|(index, row)| (names.score(index, &near, far), index, row))
        .filter(|(score, _, _)| *score >= NEAR)
        .collect();
    scored.sort_by_key(|(score, _, _)| std::cmp::Reverse(*score));
    let (best, index, row) = *scored.first()?;
    let next = scored.get(1).map_or(0, |(score, _, _)| *score);
    let is_sure = best >= SURE
        && best >= next + LEAD
        && names.rows[index].len() >= LEAST_WORDS
        && names.score(index, &near, &[]) >= BESIDE;
    if !is_sure || row.has_gaps || !counts_the_same(row, quantity) || OTHER_MATTER.is_match(around)
    {
        return None;
    }
    // "kiểm tra, giám sát 08 cuộc" counts two indicators together.
    let speaks_of_another = rows.iter().enumerate().any(|(other, facts)| {
        other != index && facts.unit == row.unit && names.adds(index, other, &near)
    });
    if speaks_of_another {
        return None;
    }
    let readings = Readings::of(row, around, &sentence.text)?;
    let fits_another = scored.iter().skip(1).any(|(_, _, other)| {
        Readings::all(other)
            .iter()
            .any(|value| quantity.may_mean(*value))
    });
    if fits_another
        || readings
            .values
            .iter()
            .any(|value| quantity.may_mean(*value))
    {
        return None;
    }
    Some(finding(line, quantity, row, &readings))
}

/// What is counted in the text is what the table counts.
fn counts_the_same(row: &Row, quantity: &Quantity) -> bool {
    if quantity.kind != Kind::Count {
        return true;
    }
    let unit = row.unit.to_lowercase();
    let head = unit.split(' ').next().unwrap_or_default();
    !head.is_empty() && (quantity.head == head || quantity.head == "căn" && head == "nhà")
}

/// What the table lets the number be, in the unit of the quantity.
struct Readings {
    values: Vec<Amount>,
    shown: String,
}

impl Readings {
    /// Of the year that the sentence names beside the number, or of the period.
    fn of(row: &Row, near: &str, sentence: &str) -> Option<Readings> {
        let factor = row.factor();
        let years: HashSet<i16> = NEAR_YEAR
            .captures_iter(near)
            .filter_map(|found| found[1].parse().ok())
            .collect();
        if let Some(year) = years.iter().next() {
            let value = row
                .cells
                .iter()
                .find(|value| value.period == Period::Year(*year))?;
            return (years.len() == 1).then_some(Readings {
                values: vec![value.amount.checked_mul(factor)?],
                shown: format!("năm {year} là {} {}", value.amount.vietnamese(), row.unit),
            });
        }
        // A year elsewhere in the sentence may rule this number too.
        let in_sentence: HashSet<&str> = ANY_YEAR
            .find_iter(sentence)
            .map(|found| found.as_str())
            .collect();
        let values = Readings::all(row);
        let is_yearly = row.cells.len() > 1;
        if in_sentence.len() == 1 && is_yearly {
            return None;
        }
        let listed: Vec<String> = row
            .cells
            .iter()
            .map(|value| match value.period {
                Period::Year(year) => format!("{year}: {}", value.amount.vietnamese()),
                Period::Whole => value.amount.vietnamese(),
            })
            .collect();
        let whole = row
            .whole
            .filter(|_| is_yearly)
            .map_or(String::new(), |whole| {
                format!("; cả kỳ {}", whole.vietnamese())
            });
        Some(Readings {
            values,
            shown: format!("{}{whole} {}", listed.join(", "), row.unit),
        })
    }

    /// Each value, the whole, and what consecutive years add up to.
    fn all(row: &Row) -> Vec<Amount> {
        let factor = row.factor();
        let mut values: Vec<Amount> = row
            .whole
            .iter()
            .filter_map(|whole| whole.checked_mul(factor))
            .collect();
        for first in 0..row.cells.len() {
            let mut sum = Amount::ZERO;
            for value in &row.cells[first..] {
                let Some(next) = sum.checked_add(value.amount) else {
                    break;
                };
                sum = next;
                values.extend(sum.checked_mul(factor));
            }
        }
        values
    }
}

fn finding(line: &Placed<'_>, quantity: &Quantity, row: &Row, readings: &Readings) -> Finding {
    let written = line.text()[quantity.range.clone()].trim();
    let name = if row.code.is_empty() {
        format!("“{}”", row.name)
    } else {
        format!("{} “{}”", row.code, row.name)
    };
    let (shown, unit) = (&readings.shown, &row.unit);
    let gap = readings
        .values
        .first()
        .filter(|_| readings.values.len() == 1)
        .and_then(|value| {
            super::quantities::distance(*value, quantity.value).ratio(row.factor(), 1, 3)
        })
        .map_or(String::new(), |gap| {
            format!("; chênh {} {unit}", gap.vietnamese())
        });
    Finding::new(
        Code::ProseFigure,
        line.place(quantity.range.clone()),
        format!("Lời văn ghi {written}; bảng số liệu {name}: {shown}{gap}."),
        format!("The text says {written}; the table has for {name}: {shown}."),
    )
}
