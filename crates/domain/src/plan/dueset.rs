//! The due of one duty, out of the due phrases of its words.

use jiff::civil::Date;

use super::ahead::drop_past;
use super::dates::{Due, DuePhrase, Manner};
use super::duties::{Context, Found};
use super::findings::Findings;
use super::model::{DutyKind, FindingKind};
use super::passage::{Passage, pattern};

/// Sets the due date when the phrases name exactly one day; says what hinders otherwise.
pub(super) fn set_due(
    context: &Context<'_>,
    findings: &mut Findings,
    passage: &Passage,
    found: &mut Found,
    phrases: &[DuePhrase],
) {
    let kind = found.duty.duty;
    let fits = |phrase: &&DuePhrase| match phrase.manner {
        Manner::By => true,
        Manner::Opens { .. } => !phrase.looks_back(context.issued),
        Manner::Span { since } => {
            !phrase.looks_back(context.issued)
                && (kind != DutyKind::Report || taken_in(context, passage, found, phrase, since))
        }
        Manner::At => kind == DutyKind::Event,
    };
    let mut fitting: Vec<DuePhrase> = phrases.iter().filter(fits).cloned().collect();
    drop_past(&mut fitting, passage.text(), context.issued);
    let mut phrases: Vec<&DuePhrase> = fitting.iter().collect();
    // The day of an event is told by "ngày …"; of two, the one by which it has to be wins.
    if phrases.iter().any(|phrase| phrase.manner != Manner::At) {
        phrases.retain(|phrase| phrase.manner != Manner::At);
    }
    let mut days: Vec<(Date, bool, &DuePhrase)> = Vec::new();
    for phrase in &phrases {
        match day_of(context, phrase.due) {
            Some((date, inclusive)) => days.push((date, inclusive, phrase)),
            None => findings.about_due(
                phrase.due,
                &passage.text()[phrase.range.clone()],
                passage.span(phrase.range.clone()),
                context.year,
            ),
        }
    }
    let Some(first) = days.first() else {
        if phrases.is_empty() && kind == DutyKind::Report {
            returns(passage, found, findings);
        } else if let Some(phrase) = phrases.first() {
            found.places.due = Some(passage.span(phrase.range.clone()));
        }
        return;
    };
    let same = days
        .windows(2)
        .all(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1));
    let chosen = if changes(passage, &days) {
        days.last()
    } else if same {
        Some(first)
    } else {
        None
    };
    let place = passage.span(first.2.range.clone());
    match chosen {
        Some((date, inclusive, phrase)) => {
            let place = passage.span(phrase.range.clone());
            found.places.due = Some(place);
            if context.issued.is_some_and(|issued| *date < issued) {
                findings.add(
                    FindingKind::ImpossibleDate,
                    place,
                    "Hạn sớm hơn ngày ban hành văn bản. Đối chiếu bản gốc rồi nhập hạn đúng."
                        .to_owned(),
                );
            } else {
                found.duty.due = Some(*date);
                found.duty.due_inclusive = Some(*inclusive);
            }
        }
        None => {
            found.places.due = Some(place);
            findings.add(
                FindingKind::Contradiction,
                place,
                "Một nhiệm vụ có nhiều hạn khác nhau. Chọn hạn đúng cho từng đơn vị hoặc từng kỳ."
                    .to_owned(),
            );
        }
    }
}

/// "gửi về Sở Nội vụ từ ngày A đến ngày B": the days right after the addressee, when all are still to come.
fn taken_in(
    context: &Context<'_>,
    passage: &Passage,
    found: &Found,
    phrase: &DuePhrase,
    since: Option<Date>,
) -> bool {
    const GAP: usize = 3;
    let start = passage.span(phrase.range.clone()).start;
    let follows = |to: super::places::Span| to.end <= start && start <= to.end + GAP;
    found.places.to.is_some_and(follows)
        && since.is_some_and(|since| context.issued.is_none_or(|issued| since >= issued))
}

/// "báo cáo định kỳ hằng quý": a report that returns, on a day that is not said.
fn returns(passage: &Passage, found: &mut Found, findings: &mut Findings) {
    pattern!(
        RETURNS,
        r"(?i)\b(?:định kỳ(?: (?:hằng|hàng))?|hằng|hàng) (?:tuần|tháng|quý|(?:6|06) tháng)\b|\b(?:6|06) tháng(?:,| và) (?:hằng )?năm\b"
    );
    let (source, whole) = (&found.duty.source, passage.whole());
    let inside = whole.start <= source.start && source.end <= whole.end;
    if inside && let Some(words) = RETURNS.find(passage.text()) {
        let place = passage.span(words.range());
        if place.start >= source.start && place.end <= source.end {
            found.places.due = Some(place);
            findings.about_due(Due::Recurring, words.as_str(), place, None);
        }
    }
}

/// The day a phrase comes to in this document.
fn day_of(context: &Context<'_>, due: Due) -> Option<(Date, bool)> {
    match due {
        Due::On { date, inclusive } => Some((date, inclusive)),
        Due::Relative(offset) => context.bases.day(offset).map(|date| (date, true)),
        _ => None,
    }
}

/// "từ ngày … sang ngày …": the later of two days replaces the first.
fn changes(passage: &Passage, days: &[(Date, bool, &DuePhrase)]) -> bool {
    pattern!(CHANGES, r"(?i)\b(?:sang|thành)\b");
    pattern!(
        EXTENDS,
        r"(?i)\b(?:điều chỉnh|gia hạn|lùi|kéo dài|thay đổi)\b"
    );
    let [(.., one), (.., other)] = days else {
        return false;
    };
    let text = passage.text();
    CHANGES.is_match(&text[one.range.end..other.range.end])
        || EXTENDS.is_match(&text[..one.range.start])
}
