//! Dues told by another body's: "cùng thời hạn với các phường, xã", "sau LĐLĐ huyện 05 ngày".

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::bodies::{begins, body_at};
use super::dates::Due;
use super::duties::Found;
use super::findings::Findings;
use super::passage::{Passage, pattern};
use super::relative::Offset;
use crate::holidays::working_days_from;
use crate::text::fold;

/// A due that leans on the due of `body`.
#[derive(Debug)]
pub(super) struct Borrowed {
    pub range: Range<usize>,
    body: Range<usize>,
    days: i32,
    working: bool,
}

/// The due of another body that the words name, if they do.
pub(super) fn borrowed(text: &str, from: usize) -> Option<Borrowed> {
    pattern!(
        SAME,
        r"(?i)cùng (?:thời hạn|hạn|thời gian|thời điểm|ngày|lúc)(?: (?:gửi|nộp|báo cáo|hoàn thành|chung)){0,3} (?:với|như) "
    );
    pattern!(
        AFTER,
        r"(?i)(?P<way>sau|trước) (?P<body>[^;.]{3,80}?),? (?P<n>\d{1,2}) (?:\([^()]*\) )?ngày(?P<w> làm việc)?"
    );
    pattern!(
        LIKE,
        r"(?i)(?:hạn|thời hạn|thời gian)(?: (?:gửi|nộp|báo cáo)){0,2} (?:như|theo|giống) (?:của )?"
    );
    let words = text.get(from..)?;
    for same in SAME.find_iter(words).chain(LIKE.find_iter(words)) {
        let at = from + same.end();
        if let Some(body) = body_at(text, at) {
            return Some(Borrowed {
                range: from + same.start()..body.end,
                body,
                days: 0,
                working: false,
            });
        }
    }
    AFTER.captures_iter(words).find_map(|found| {
        let (whole, body) = (found.get(0)?, found.name("body")?);
        if !begins(body.as_str()) {
            return None;
        }
        let days: i32 = found["n"].parse().ok()?;
        Some(Borrowed {
            range: from + whole.start()..from + whole.end(),
            body: from + body.start()..from + body.end(),
            days: if found["way"].eq_ignore_ascii_case("sau") {
                days
            } else {
                -days
            },
            working: found.name("w").is_some(),
        })
    })
}

/// Gives `next` the due that it borrows from one of the duties read before it; where no single due fits, a finding says so.
pub(super) fn lend(
    known: &[Found],
    next: &mut Found,
    borrowed: &Borrowed,
    passage: &Passage,
    findings: &mut Findings,
    year: Option<i16>,
) {
    if next.duty.due.is_some() || next.places.due.is_some() || next.duty.due_set_by.is_some() {
        return;
    }
    let place = passage.span(borrowed.range.clone());
    let wanted = words(&passage.text()[borrowed.body.clone()]);
    let mut dues: Vec<(Date, bool)> = known
        .iter()
        .filter(|other| {
            let who = words(&other.duty.who.join(" "));
            other.duty.duty == next.duty.duty && wanted.iter().all(|word| who.contains(word))
        })
        .filter_map(|other| Some((other.duty.due?, other.duty.due_inclusive?)))
        .collect();
    dues.dedup();
    let lent = match dues.as_slice() {
        [(due, inclusive)] if borrowed.days == 0 => Some((*due, *inclusive)),
        [(due, true)] if borrowed.working => {
            working_days_from(*due, borrowed.days).map(|day| (day, true))
        }
        [(due, true)] => due
            .checked_add(borrowed.days.days())
            .ok()
            .map(|day| (day, true)),
        _ => None,
    };
    next.places.due = Some(place);
    match lent {
        Some((due, inclusive)) => {
            next.duty.due = Some(due);
            next.duty.due_inclusive = Some(inclusive);
        }
        None => findings.about_due(
            Due::Relative(Offset::unknown()),
            &passage.text()[borrowed.range.clone()],
            place,
            year,
        ),
    }
}

/// The words of a name that tell it from others.
fn words(name: &str) -> Vec<String> {
    fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "cac" | "va" | "nhung"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::borrowed;

    #[test]
    fn the_body_whose_due_is_borrowed_is_named_after_the_cue() {
        for (text, body, days) in [
            (
                "gửi Ban Tuyên giáo cùng thời hạn với các phường, xã",
                "các phường, xã",
                0,
            ),
            ("gửi Sở Nội vụ cùng hạn với Sở Tài chính", "Sở Tài chính", 0),
            ("báo cáo riêng, hạn như các chi bộ", "các chi bộ", 0),
            (
                "nộp cùng ngày với Đảng ủy Công an tỉnh",
                "Đảng ủy Công an tỉnh",
                0,
            ),
            (
                "Sau LĐLĐ huyện, thành phố 05 ngày",
                "LĐLĐ huyện, thành phố",
                5,
            ),
            ("trước Sở Nội vụ 03 ngày làm việc", "Sở Nội vụ", -3),
        ] {
            let found = borrowed(text, 0).expect("a due of another body");
            assert_eq!((&text[found.body], found.days), (body, days));
        }
        assert!(borrowed("gửi trước hội nghị 05 ngày", 0).is_none());
        assert!(borrowed("phối hợp cùng các xã", 0).is_none());
    }
}
