//! Southern and older spellings, read as the standard ones and given back as written.

use super::model::{Instrument, Plan};
use super::passage::{Flow, Passage};
use super::places::{Places, Span};

/// Puts standard spellings in the place of others, character for character; whether there was any.
pub(super) fn standardise(chars: &mut [char]) -> bool {
    let mut changed = false;
    let mut from = 0;
    for at in 0..=chars.len() {
        if chars.get(at).is_some_and(|c| c.is_alphabetic()) {
            continue;
        }
        changed |= word(&mut chars[from..at]);
        from = at + 1;
    }
    changed
}

fn word(word: &mut [char]) -> bool {
    const LONGEST: usize = 4;
    if !(2..=LONGEST).contains(&word.len()) {
        return false;
    }
    let small: Vec<char> = word.iter().flat_map(|c| c.to_lowercase()).collect();
    let (at, letter) = match small.as_slice() {
        ['g', 'ở', 'i'] => (1, 'ử'),
        ['n', 'h', 'ứ', 't'] => (2, 'ấ'),
        ['q', 'u', 'i'] => (2, 'y'),
        // "quí", "kì", "lí", "tỉ": after these the vowel is a matter of taste.
        ['h' | 'k' | 'l' | 'm' | 't', last] | ['q', 'u', last] => match last {
            'í' => (small.len() - 1, 'ý'),
            'ì' => (small.len() - 1, 'ỳ'),
            'ỉ' => (small.len() - 1, 'ỷ'),
            'ĩ' => (small.len() - 1, 'ỹ'),
            'ị' => (small.len() - 1, 'ỵ'),
            _ => return false,
        },
        _ => return false,
    };
    let upper = word[at].is_uppercase();
    word[at] = letter
        .to_uppercase()
        .next()
        .filter(|_| upper)
        .unwrap_or(letter);
    true
}

/// Gives the words of a plan back as the document writes them.
pub(super) fn as_written(flow: &Flow, plan: &mut Plan, places: &Places) {
    let Some(written) = &flow.written else { return };
    let restore = |value: &mut String, span: Span| {
        let end = span.end.min(written.len());
        let start = span.start.min(end);
        let words = |chars: &[char]| Passage::collapse(&chars[start..end], start);
        // What stands there and was read is put back; words out of several places stay as they are.
        let read = words(&flow.chars);
        if let Some(at) = read.text().find(value.as_str()) {
            let from = read.text()[..at].chars().count();
            let whole: Vec<char> = words(written).text().chars().collect();
            let length = value.chars().count();
            *value = whole[from..from + length].iter().collect();
        }
    };
    let one = |value: &mut Option<String>, span: Option<Span>| {
        if let (Some(value), Some(span)) = (value, span) {
            restore(value, span);
        }
    };
    let all = |values: &mut [String], spans: &[Span]| {
        for (value, span) in values.iter_mut().zip(spans) {
            restore(value, *span);
        }
    };
    let cited = |items: &mut [Instrument], spans: &[Span]| {
        for (item, span) in items.iter_mut().zip(spans) {
            one(&mut item.issuer, Some(*span));
            one(&mut item.title, Some(*span));
        }
    };
    one(&mut plan.title, places.title);
    one(&mut plan.issuer, places.issuer);
    cited(&mut plan.legal_basis, &places.legal_basis);
    cited(
        &mut plan.instruments_under_review,
        &places.instruments_under_review,
    );
    all(&mut plan.purposes, &places.purposes);
    all(&mut plan.recipients, &places.recipients);
    all(&mut plan.lead, &places.lead);
    all(&mut plan.coordinate, &places.coordinate);
    one(&mut plan.signer.name, places.signer);
    for (duty, place) in plan.assignments.iter_mut().zip(&places.assignments) {
        all(&mut duty.who, &place.who);
        one(&mut duty.deliverable, place.deliverable);
        one(&mut duty.to, place.to);
        one(&mut duty.via, place.via);
        one(&mut duty.adopted_by, place.adopted_by);
        one(&mut duty.due_set_by, place.due_set_by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_read_as_the_standard_ones() {
        for (written, standard) in [
            ("Gởi báo cáo chậm nhứt", "Gửi báo cáo chậm nhất"),
            ("quí III, học kì I, hàng QUÍ", "quý III, học kỳ I, hàng QUÝ"),
            ("quản lí theo qui định", "quản lý theo quy định"),
            ("thi tìm hiểu khi nghỉ", "thi tìm hiểu khi nghỉ"),
        ] {
            let mut chars: Vec<char> = written.chars().collect();
            assert_eq!(standardise(&mut chars), written != standard, "{written}");
            assert_eq!(chars.iter().collect::<String>(), standard);
        }
    }
}
