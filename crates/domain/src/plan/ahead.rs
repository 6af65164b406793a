//! Which due phrases lie ahead of the day the plan is issued: what is over is looked at, not asked for.

use jiff::civil::Date;

use super::dates::{Due, DuePhrase, Manner};
use super::passage::pattern;

/// Phrases that stand where a time is asked for: a stretch is the time of the work, unless it is over.
pub(super) fn asked_for(phrases: Vec<DuePhrase>, issued: Option<Date>) -> Vec<DuePhrase> {
    let ahead = phrases
        .into_iter()
        .filter(|phrase| !phrase.looks_back(issued));
    ahead
        .map(|phrase| match phrase.manner {
            Manner::Span { .. } => DuePhrase {
                manner: Manner::By,
                ..phrase
            },
            _ => phrase,
        })
        .collect()
}

/// Leaves out what is over when the plan is issued: a month or a year that is looked at ("số liệu trong các năm 2021,
/// 2022"), and beside a day that is to come any other day.
pub(super) fn drop_past(phrases: &mut Vec<DuePhrase>, text: &str, issued: Option<Date>) {
    pattern!(DAY, r"(?i)\bngày\b|\d ?[/.-] ?\d{1,2} ?[/.-]");
    let Some(issued) = issued else { return };
    let day = |phrase: &DuePhrase| match phrase.due {
        Due::On { date, .. } => Some(date),
        _ => None,
    };
    let ahead = phrases
        .iter()
        .any(|phrase| day(phrase).is_some_and(|date| date >= issued));
    phrases.retain(|phrase| {
        let over = phrase.manner == Manner::By && day(phrase).is_some_and(|date| date < issued);
        !over || !ahead && DAY.is_match(&text[phrase.range.clone()])
    });
}

/// Whether all dues were over when the plan was issued.
pub(super) fn all_over(phrases: &[DuePhrase], issued: Option<Date>) -> bool {
    let is_over = |phrase: &DuePhrase| match (phrase.manner, phrase.due, issued) {
        (Manner::By, Due::On { date, .. }, Some(issued)) => date < issued,
        _ => false,
    };
    !phrases.is_empty() && phrases.iter().all(is_over)
}

impl DuePhrase {
    /// A stretch that begins before the plan is issued is what the work looks at, not when it is done.
    pub fn looks_back(&self, issued: Option<Date>) -> bool {
        let before = |date: Date| issued.is_some_and(|issued| date < issued);
        match (self.manner, self.due) {
            (Manner::Span { since: Some(since) } | Manner::Opens { since: Some(since) }, _) => {
                before(since)
            }
            (
                Manner::Span { since: None } | Manner::Opens { since: None },
                Due::On { date, .. },
            ) => before(date),
            _ => false,
        }
    }
}
