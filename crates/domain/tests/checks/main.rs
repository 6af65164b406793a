//! The labelled set of the checks: small texts in our own words, each with what must be found in it and nothing more.
//! `cargo test -p domain --test checks -- --nocapture` prints precision and recall for each check.

mod cases;

use cases::{Case, Expected};
use domain::checks::{Code, Finding, check};
use std::collections::BTreeMap;

/// Found and expected, found and not expected, expected and not found.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    false_alarms: usize,
    missed: usize,
}

fn judge(case: &Case, tallies: &mut BTreeMap<Code, Tally>, faults: &mut Vec<String>) {
    let found = check(&case.dossier);
    let mut open: Vec<&Expected> = case.expected.iter().collect();
    for finding in &found {
        let tally = tallies.entry(finding.code).or_default();
        match open.iter().position(|expected| fits(expected, finding)) {
            Some(position) => {
                open.remove(position);
                tally.right += 1;
            }
            None => {
                tally.false_alarms += 1;
                faults.push(format!(
                    "{}: false alarm {} “{}”: {}",
                    case.name,
                    finding.code.as_str(),
                    finding.place.quote,
                    finding.message_vi
                ));
            }
        }
    }
    for expected in open {
        tallies.entry(expected.code).or_default().missed += 1;
        faults.push(format!(
            "{}: missed {} “{}”",
            case.name,
            expected.code.as_str(),
            expected.quote
        ));
    }
}

fn fits(expected: &Expected, finding: &Finding) -> bool {
    let place = &finding.place;
    let at = if place.quote.is_empty() {
        &place.section_name
    } else {
        &place.quote
    };
    expected.code == finding.code && at.contains(&expected.quote)
}

#[test]
fn each_check_finds_what_is_labelled_and_raises_no_false_alarm() {
    let cases = cases::all();
    let (positive, negative) = (
        cases
            .iter()
            .filter(|case| !case.expected.is_empty())
            .count(),
        cases.iter().filter(|case| case.expected.is_empty()).count(),
    );
    let mut tallies = BTreeMap::new();
    let mut faults = Vec::new();
    for case in &cases {
        judge(case, &mut tallies, &mut faults);
    }
    println!("{positive} cases with slips, {negative} without");
    println!(
        "{:32} {:>5} {:>6} {:>6} {:>9} {:>6}",
        "check", "found", "false", "missed", "precision", "recall"
    );
    for (code, tally) in &tallies {
        let share =
            |part: usize, rest: usize| format!("{:.2}", part as f64 / (part + rest).max(1) as f64);
        println!(
            "{:32} {:>5} {:>6} {:>6} {:>9} {:>6}",
            code.as_str(),
            tally.right,
            tally.false_alarms,
            tally.missed,
            share(tally.right, tally.false_alarms),
            share(tally.right, tally.missed)
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(positive >= 60 && negative >= 120);
    let untried: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| tallies.get(code).is_none_or(|tally| tally.right == 0))
        .map(|code| code.as_str())
        .collect();
    assert!(untried.is_empty(), "no labelled case has {untried:?}");
}

#[test]
fn each_place_holds_the_words_it_quotes() {
    for case in cases::all() {
        for finding in check(&case.dossier) {
            let (Some(section), Some(paragraph)) = (finding.place.section, finding.place.paragraph)
            else {
                continue;
            };
            let part = case
                .dossier
                .parts
                .iter()
                .find(|part| part.section.id == section)
                .expect("a section of the report");
            let line: Vec<char> = part
                .text
                .lines()
                .nth(paragraph - 1)
                .expect("a paragraph")
                .chars()
                .collect();
            let words: String = line[finding.place.start..finding.place.end]
                .iter()
                .collect();
            if finding.code != Code::Decomposed {
                assert_eq!(words, finding.place.quote, "{}", case.name);
            }
        }
    }
}

#[test]
fn any_text_is_checked_without_a_panic() {
    use proptest::prelude::*;
    proptest!(ProptestConfig::with_cases(200), |(text in "(?s)([0-9 .,%/;:()|*<>\\\\-]|năm|tổng số|gồm|hộ|từ|tăng|MẬT|Đảng ủy xã|[a-zđưẬ\u{301}\n]){0,60}")| {
        let mut dossier = cases::empty();
        dossier.parts.push(domain::checks::Part::loose(1, "Kết quả", text));
        let _ = check(&dossier);
    });
}
