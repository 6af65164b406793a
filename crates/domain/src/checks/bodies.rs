//! Bodies that did not exist at the time of which a sentence speaks, by the table in [`crate::ceased`].

use super::codes::Code;
use super::dossier::{Dossier, Placed};
use super::finding::Finding;
use super::pattern;
use crate::ceased::named_in;
use jiff::civil::Date;

pattern!(TIME, r"\b(?:(\d{1,2})/)?(?:(\d{1,2})/)?(20\d\d|19\d\d)\b");
// The past and the change itself may be told with the old name.
pattern!(
    OF_THE_PAST,
    r"(?i)\b(?:trước đây|trước khi|nguyên|cũ|giải thể|sáp nhập|hợp nhất|kết thúc hoạt động|thay thế|kế thừa|tiền thân|chuyển giao|bàn giao|chuyển từ|tiếp nhận từ|đổi tên|thành lập|sẽ|chuẩn bị|đề án|dự kiến|trước ngày)\b"
);

pub(super) fn check(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Finding> {
    lines
        .iter()
        .flat_map(|line| {
            let sentences = line.sentences().iter();
            sentences.flat_map(|sentence| in_sentence(dossier, line, sentence))
        })
        .collect()
}

fn in_sentence(
    dossier: &Dossier,
    line: &Placed<'_>,
    sentence: &std::ops::Range<usize>,
) -> Vec<Finding> {
    let words = &line.text()[sentence.clone()];
    let mut named = named_in(words).peekable();
    if named.peek().is_none() || OF_THE_PAST.is_match(words) {
        return Vec::new();
    }
    let Some((early, late)) = times(dossier, words) else {
        return Vec::new();
    };
    let mut found: Vec<Finding> = Vec::new();
    for (range, body) in named {
        let is_gone = body.end.as_ref().is_some_and(|end| early >= end.everywhere);
        let is_not_yet = body.began.is_some_and(|began| late < began);
        if !(is_gone || is_not_yet) {
            continue;
        }
        let (name, instead, source) = (&words[range.clone()], body.instead, body.source);
        let (vi, en) = if is_gone {
            (
                format!("“{name}” không còn vào thời điểm này ({source}); nay là {instead}."),
                format!("“{name}” no longer existed then ({source}); now {instead}."),
            )
        } else {
            (
                format!("“{name}” chưa có vào thời điểm này ({source}); khi đó là {instead}."),
                format!("“{name}” did not exist yet ({source}); then {instead}."),
            )
        };
        // One word for a body that the sentence names again.
        if found.iter().any(|known| known.message_vi == vi) {
            continue;
        }
        let (start, end) = (sentence.start + range.start, sentence.start + range.end);
        found.push(Finding::new(
            Code::BodyNotThere,
            line.place(start..end),
            vi,
            en,
        ));
    }
    found
}

/// The first day of the earliest and the last day of the latest time in the sentence; the period where it names none.
fn times(dossier: &Dossier, words: &str) -> Option<(Date, Date)> {
    let mut times: Vec<(Date, Date)> = TIME
        .captures_iter(words)
        .filter_map(|found| {
            let part = |group: usize| {
                found
                    .get(group)
                    .and_then(|part| part.as_str().parse::<i8>().ok())
            };
            let year: i16 = found[3].parse().ok()?;
            let (first, last) = match (part(1), part(2)) {
                (Some(day), Some(month)) => {
                    let day = Date::new(year, month, day).ok()?;
                    (day, day)
                }
                (Some(month), None) => {
                    let first = Date::new(year, month, 1).ok()?;
                    (first, first.last_of_month())
                }
                _ => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            };
            Some((first, last))
        })
        .collect();
    if times.is_empty() {
        let period = dossier.period?;
        let month = |(year, month): (i16, i8)| Date::new(year, month, 1).ok();
        times.push((
            month(period.from)?,
            dossier.day.or(month(period.to)?.last_of_month().into())?,
        ));
    }
    Some((
        times.iter().map(|(first, _)| *first).min()?,
        times.iter().map(|(_, last)| *last).max()?,
    ))
}
