//! Totals stated in a sentence against the parts that the sentence lists.

use super::codes::Code;
use super::dossier::Placed;
use super::finding::Finding;
use super::pattern;
use super::quantities::{Kind, Quantity, distance};
use crate::number::Amount;
use crate::text::fold;
use std::ops::Range;

// A list that claims to be whole, right after its total.
pattern!(
    WHOLE_LIST,
    r"(?i)[,:(]? ?\b(?:bao gồm|gồm có|gồm|chia ra|cụ thể|cụ thể là)\b ?:?|: $| ?= ?$"
);
// Words by which a list is not whole, or holds things twice.
pattern!(
    NOT_WHOLE,
    r"(?i)\b(?:trong đó|riêng|chủ yếu|như|ngoài ra|còn lại|còn|v\.v|vân vân|mỗi|bình quân|trung bình|so với|tăng|giảm|nhất là|lượt|trị giá|kinh phí|kế hoạch|đạt|vượt|chưa kể|kể cả|đã|hiện|cũng|nhiều nhất|ít nhất|năm)\b|…|\.\.\."
);
pattern!(
    EQUATION,
    r"(?:[\d.,]+(?: [\p{L}%]+){0,3} ?\+ ?)+[\d.,]+(?: [\p{L}%]+){0,3} ?= ?[\d.,]+"
);
pattern!(JOINS, r"^[\p{L}\d\s.,;:()“”/&\-–]*$");

pub(super) fn check(lines: &[Placed<'_>], quantities: &[Vec<Quantity>]) -> Vec<Finding> {
    lines
        .iter()
        .zip(quantities)
        .filter(|(line, _)| !line.line.is_table)
        .flat_map(|(line, quantities)| {
            let mut found: Vec<Finding> = stretches(line)
                .into_iter()
                .filter_map(|stretch| listed(line, quantities, stretch))
                .collect();
            found.extend(equations(line, quantities));
            found
        })
        .collect()
}

/// Sentences, with the items of a list behind semicolons kept together.
fn stretches(line: &Placed<'_>) -> Vec<Range<usize>> {
    let text = line.text();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for sentence in line.sentences() {
        match stretches.last_mut() {
            Some(last) if text[..sentence.start].ends_with(';') => last.end = sentence.end,
            _ => stretches.push(sentence.clone()),
        }
    }
    stretches
}

/// "108 nhà, gồm 92 nhà xây mới và 16 nhà sửa chữa".
fn listed(line: &Placed<'_>, quantities: &[Quantity], stretch: Range<usize>) -> Option<Finding> {
    let text = line.text();
    let inside: Vec<&Quantity> = quantities
        .iter()
        .filter(|quantity| {
            stretch.start <= quantity.range.start && quantity.range.end <= stretch.end
        })
        .collect();
    let (position, list_start) = inside.windows(2).enumerate().find_map(|(position, pair)| {
        let between = &text[pair[0].range.end..pair[1].range.start];
        if !["gồm", "chia ra", "cụ thể", ":", "="]
            .iter()
            .any(|sign| between.contains(sign))
        {
            return None;
        }
        let cue = WHOLE_LIST
            .find_iter(between)
            .find(|found| !found.as_str().trim().is_empty())?;
        // "năm 2021: 5 nhà" is a list of years, "đạt 45 nhà: " one of parts.
        (!NOT_WHOLE.is_match(&between[..cue.start()]))
            .then_some((position, pair[0].range.end + cue.end()))
    })?;
    let total = inside[position];
    let parts = &inside[position + 1..];
    let list = &text[list_start..stretch.end];
    if parts.len() < 2
        || total.kind == Kind::Percent
        || parts.iter().any(|part| part.kind != total.kind)
        || NOT_WHOLE.is_match(list)
        || !JOINS.is_match(list)
        || has_text_between(list, list_start, parts)
        || !is_of_one_kind(total, parts)
    {
        return None;
    }
    mismatch(line, total, parts)
}

/// A list whose items are sentences of their own is no enumeration; a number in brackets repeats another.
fn has_text_between(list: &str, start: usize, parts: &[&Quantity]) -> bool {
    let opens = list.matches('(').count();
    let last = parts.last().map_or(0, |part| part.range.end - start);
    let tail_words = list
        .get(last..)
        .unwrap_or_default()
        .split_whitespace()
        .count();
    let longest = parts.windows(2).any(|pair| {
        list.get(pair[0].range.end - start..pair[1].range.start - start)
            .unwrap_or_default()
            .split_whitespace()
            .count()
            > 14
    });
    opens > 0 && !list.starts_with('(') || tail_words > 12 || longest
}

/// All parts count what the total counts, or none says what it counts but for a name before it.
fn is_of_one_kind(total: &Quantity, parts: &[&Quantity]) -> bool {
    if total.kind == Kind::Money {
        return true;
    }
    let first = |quantity: &Quantity| {
        quantity
            .noun
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let unit = first(total);
    let all_same = parts.iter().all(|part| first(part) == unit);
    let labelled = parts
        .iter()
        .all(|part| part.noun.is_empty() || fold_joiner(&part.noun));
    !unit.is_empty() && (all_same || labelled)
}

fn fold_joiner(noun: &str) -> bool {
    fold(noun) == "va" || noun.starts_with("va ")
}

fn mismatch(line: &Placed<'_>, total: &Quantity, parts: &[&Quantity]) -> Option<Finding> {
    let sum = parts
        .iter()
        .try_fold(Amount::ZERO, |sum, part| sum.checked_add(part.value))?;
    let slack = parts
        .iter()
        .try_fold(total.slack(), |slack, part| slack.checked_add(part.slack()))?;
    // Whole numbers that were counted have no slack.
    let is_counted =
        total.kind == Kind::Count && total.is_exact() && parts.iter().all(|part| part.is_exact());
    let gap = distance(sum, total.value);
    if gap == Amount::ZERO || !is_counted && gap <= slack {
        return None;
    }
    let words: Vec<String> = parts.iter().map(|part| part.value.vietnamese()).collect();
    let (words, sum, stated) = (
        words.join(" + "),
        sum.vietnamese(),
        total.value.vietnamese(),
    );
    let gap = gap.vietnamese();
    Some(Finding::new(
        Code::ProseSum,
        line.place(total.range.clone()),
        format!("Câu nêu tổng {stated}, các phần cộng lại {words} = {sum}; chênh {gap}."),
        format!("The sentence says {stated}; its parts give {words} = {sum}, off by {gap}."),
    ))
}

/// "515 + 550 = 1.065".
fn equations(line: &Placed<'_>, quantities: &[Quantity]) -> Vec<Finding> {
    EQUATION
        .find_iter(if line.text().contains('+') {
            line.text()
        } else {
            ""
        })
        .filter_map(|found| {
            let inside: Vec<&Quantity> = quantities
                .iter()
                .filter(|quantity| {
                    found.start() <= quantity.range.start && quantity.range.end <= found.end()
                })
                .collect();
            let (total, parts) = inside.split_last()?;
            (parts.len() > 1).then(|| mismatch(line, total, parts))?
        })
        .collect()
}
