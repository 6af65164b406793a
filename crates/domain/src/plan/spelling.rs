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

/// Rewrites one word; whether there was anything to rewrite.
fn word(word: &mut [char]) -> bool {
    const LONGEST: usize = 7;
    const TONES: [(&str, &str); 5] = [
        ("áéíý", "óóýú"),
        ("àèìỳ", "òòỳù"),
        ("ảẻỉỷ", "ỏỏỷủ"),
        ("ãẽĩỹ", "õõỹũ"),
        ("ạẹịỵ", "ọọỵụ"),
    ];
    if !(2..=LONGEST).contains(&word.len()) || word.iter().all(char::is_ascii) {
        return if word.len() == 3 {
            put(word, &['q', 'u', 'i'], 2, 'y')
        } else {
            false
        };
    }
    if put(word, &['g', 'ở', 'i'], 1, 'ử') || put(word, &['n', 'h', 'ứ', 't'], 2, 'ấ') {
        return true;
    }
    let end = word.len() - 1;
    let last = small(word[end]);
    let Some((at, toned)) = TONES.iter().find_map(|(from, to)| {
        let at = from.chars().position(|toned| toned == last)?;
        Some((at, to.chars().nth(at)?))
    }) else {
        return false;
    };
    let before: Vec<char> = word[..end].iter().copied().map(small).collect();
    match (at, before.as_slice()) {
        // "quí", "kì", "lí", "tỉ": after these the vowel is a matter of taste.
        (2, ['h' | 'k' | 'l' | 'm' | 't'] | ['q', 'u']) => set(word, end, toned),
        // "hoá", "khoẻ", "uỷ": the mark may stand on either vowel.
        (0, [.., 'o']) => mark(word, toned, 'a'),
        (1, [.., 'o']) => mark(word, toned, 'e'),
        (3, [.., 'q', 'u']) => return false,
        (3, [.., 'u']) => mark(word, toned, 'y'),
        _ => return false,
    }
    true
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Writes a letter in the case of the one it replaces.
fn set(word: &mut [char], at: usize, letter: char) {
    let upper = letter
        .to_uppercase()
        .next()
        .filter(|_| word[at].is_uppercase());
    word[at] = upper.unwrap_or(letter);
}

/// Moves the mark from the last vowel to the one before it.
fn mark(word: &mut [char], toned: char, plain: char) {
    let end = word.len() - 1;
    set(word, end, plain);
    set(word, end - 1, toned);
}

fn put(word: &mut [char], of: &[char], at: usize, letter: char) -> bool {
    let same = word.len() == of.len() && word.iter().zip(of).all(|(a, b)| small(*a) == *b);
    if same {
        set(word, at, letter);
    }
    same
}

/// Gives the words of a plan back as the document writes them, and the text to what is read further.
pub(super) fn as_written(flow: &mut Flow, plan: &mut Plan, places: &Places) {
    let Some(written) = flow.written.take() else {
        return;
    };
    let chars = std::mem::replace(&mut flow.chars, written);
    let (flow, written) = (&chars, &flow.chars);
    let restore = |value: &mut String, span: Span| {
        let end = span.end.min(written.len());
        let start = span.start.min(end);
        let words = |chars: &[char]| Passage::collapse(&chars[start..end], start);
        // What stands there and was read is put back; words out of several places stay as they are.
        let read = words(flow);
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
            (
                "uỷ ban, Uỷ BAN, HOÀ, khoẻ, xoá, luỹ kế",
                "ủy ban, Ủy BAN, HÒA, khỏe, xóa, lũy kế",
            ),
            (
                "quý, quỹ, thuở, hoàn, toàn, loài",
                "quý, quỹ, thuở, hoàn, toàn, loài",
            ),
            ("thi tìm hiểu khi nghỉ", "thi tìm hiểu khi nghỉ"),
        ] {
            let mut chars: Vec<char> = written.chars().collect();
            assert_eq!(standardise(&mut chars), written != standard, "{written}");
            assert_eq!(chars.iter().collect::<String>(), standard);
        }
    }
}
