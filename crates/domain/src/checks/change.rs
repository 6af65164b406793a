//! Growth and decline stated in a sentence against the two numbers they are made of.

use super::codes::Code;
use super::dossier::Placed;
use super::finding::Finding;
use super::lines::tail;
use super::pattern;
use super::quantities::{Kind, Quantity, distance};
use crate::number::Amount;
use crate::text::fold;
use std::ops::Range;

pattern!(FROM, r"(?i)\btừ (?:mức |chỗ )?$");
pattern!(
    TO,
    r"(?i)^[^,;:.]{0,60}?\b(lên|xuống|xuống còn|còn|lên đến|lên tới|đến)(?: mức| hơn| gần| khoảng)? $"
);
pattern!(
    MOVES,
    r"(?i)\b(tăng|giảm)(?: thêm| được| tới| gần| hơn| khoảng)* $"
);
pattern!(MOVED, r"(?i)\b(?:tăng|giảm) từ (?:mức )?$");
pattern!(TIMES, r"(?i)^ ?(?:lần|điểm)");

pub(super) fn check(lines: &[Placed<'_>], quantities: &[Vec<Quantity>]) -> Vec<Finding> {
    lines
        .iter()
        .zip(quantities)
        .filter(|(line, _)| !line.line.is_table)
        .flat_map(|(line, quantities)| {
            let sentences = line.sentences().iter();
            sentences.filter_map(|sentence| change(line, quantities, sentence))
        })
        .collect()
}

/// From, to, and by how much; only a sentence with one of each is sure.
fn change(line: &Placed<'_>, quantities: &[Quantity], sentence: &Range<usize>) -> Option<Finding> {
    let text = line.text();
    let inside: Vec<&Quantity> = quantities
        .iter()
        .filter(|quantity| {
            sentence.start <= quantity.range.start && quantity.range.end <= sentence.end
        })
        .collect();
    let pairs: Vec<(usize, &str)> = inside
        .windows(2)
        .enumerate()
        .filter_map(|(index, pair)| {
            let before = &text[sentence.start..pair[0].range.start];
            let between = &text[pair[0].range.end..pair[1].range.start];
            let word = TO.captures(between)?.get(1)?.as_str();
            (FROM.is_match(tail(before)) && pair[0].kind == pair[1].kind).then_some((index, word))
        })
        .collect();
    let [(index, word)] = pairs.as_slice() else {
        return None;
    };
    let (from, to) = (inside[*index], inside[index + 1]);
    // "từ 5 đến 10 triệu đồng" is a range unless the sentence says that it moved.
    let moves: Vec<(&Quantity, bool)> = inside
        .iter()
        .enumerate()
        .filter(|(position, _)| *position != *index && *position != index + 1)
        .filter_map(|(_, quantity)| {
            let found = MOVES.captures(tail(&text[sentence.start..quantity.range.start]))?;
            let rises = fold(found.get(1)?.as_str()) == "tang";
            (!TIMES.is_match(&text[quantity.range.end..sentence.end])).then_some((*quantity, rises))
        })
        .collect();
    let [(by, rises)] = moves.as_slice() else {
        return None;
    };
    let is_other_matter = by.kind != Kind::Percent
        && by.noun != from.noun
        && by.noun != to.noun
        && !by.noun.is_empty();
    // "từ 5 đến 10 ngày" is a range; "tăng từ 5 đến 10" moved.
    let moved = MOVED.is_match(&text[sentence.start..from.range.start]);
    if is_other_matter || fold(word) == "den" && !moved {
        return None;
    }
    compare(line, from, to, by, *rises)
}

fn compare(
    line: &Placed<'_>,
    from: &Quantity,
    to: &Quantity,
    by: &Quantity,
    rises: bool,
) -> Option<Finding> {
    let gap = distance(from.value, to.value);
    let goes_up = to.value > from.value;
    let percent = gap.ratio(from.value, 100, 2)?;
    let is_percent = by.kind == Kind::Percent;
    let is_rough = !from.is_exact() || !to.is_exact();
    // Of two percentages the difference is meant as often as the growth.
    let fits = if is_percent {
        by.may_mean(percent)
            || from.kind == Kind::Percent && by.may_mean(gap)
            || is_rough && distance(by.value, percent) <= Amount::from(10)
    } else {
        by.may_mean(gap) || is_rough
    };
    if fits && goes_up == rises {
        return None;
    }
    let (a, b, stated) = (
        from.value.vietnamese(),
        to.value.vietnamese(),
        by.value.vietnamese(),
    );
    let (word, word_en) = if rises {
        ("tăng", "a rise")
    } else {
        ("giảm", "a fall")
    };
    let sign = if goes_up { "tăng" } else { "giảm" };
    let (big, small) = (
        from.value.max(to.value).vietnamese(),
        from.value.min(to.value).vietnamese(),
    );
    let (gap, percent) = (gap.vietnamese(), percent.vietnamese());
    let (right, stated) = if is_percent {
        (
            format!("({big} − {small}) : {a} = {sign} {percent}%"),
            format!("{stated}%"),
        )
    } else {
        (format!("{big} − {small} = {sign} {gap}"), stated)
    };
    Some(Finding::new(
        Code::ProseChange,
        line.place(by.range.clone()),
        format!("Từ {a} đến {b}: {right}; lời văn ghi {word} {stated}."),
        format!("From {a} to {b}: {right}; the text says {word_en} of {stated}."),
    ))
}
