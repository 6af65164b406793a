//! The demo's data as a whole: complete, consistent, varied, readable.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn content() -> Content {
    Content::load().expect("the built-in tables are well formed")
}

fn report(content: &Content, code: &str) -> ReportContent {
    let unit = content.unit(code).expect("a unit of the demo");
    content
        .report_for(unit, &content.variety_of(code))
        .expect("a report")
}

fn text(report: &ReportContent) -> String {
    report
        .sections
        .iter()
        .map(|(_, t)| t.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Exact value in tenths of one figure.
fn tenths(report: &ReportContent, code: &str, year: Option<i16>) -> Option<i64> {
    report
        .figures
        .iter()
        .find(|f| f.indicator == code && f.year == year)
        .and_then(|f| tenths_of(f.value.as_deref()?))
}

fn communes(content: &Content) -> Vec<UnitSeed> {
    content
        .units
        .iter()
        .filter(|u| u.is_commune())
        .cloned()
        .collect()
}

#[test]
fn every_unit_hangs_below_the_centre_without_cycles() {
    let content = content();
    let codes: BTreeSet<&str> = content.units.iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes.len(), content.units.len(), "codes are unique");
    let kinds: BTreeSet<&str> = content.kinds.iter().map(|k| k.kind.as_str()).collect();
    for unit in &content.units {
        assert!(
            kinds.contains(unit.kind.as_str()),
            "{} has kind {}",
            unit.code,
            unit.kind
        );
        let mut at = unit;
        for _ in 0..5 {
            let Some(parent) = at.parent_code.as_deref() else {
                break;
            };
            let above = content.unit(parent).expect("the parent exists");
            assert!(above.level <= at.level, "{} above {}", above.code, at.code);
            at = above;
        }
        assert_eq!(at.code, "TW", "{} reaches the root", unit.code);
    }
}

#[test]
fn the_province_has_its_bodies() {
    let content = content();
    let count = |test: &dyn Fn(&UnitSeed) -> bool| content.units.iter().filter(|u| test(u)).count();
    assert_eq!(count(&|u| u.is_commune()), 124);
    assert_eq!(count(&|u| u.consolidates() && u.level == 3), 14);
    assert_eq!(
        count(&|u| u.kind == "mttq" || u.kind == "to_chuc_ct_xh"),
        60
    );
    assert_eq!(count(&|u| u.level == 4 && !u.is_commune()), 33);
    assert_eq!(content.district_dues.len(), 14);
}

#[test]
fn indicators_refer_to_one_another_correctly() {
    let content = content();
    assert!(content.indicators.len() >= 35);
    let codes: BTreeSet<&str> = content.indicators.iter().map(|i| i.code.as_str()).collect();
    for i in &content.indicators {
        for other in i
            .numerator
            .iter()
            .chain(&i.denominator)
            .chain(i.total_of.iter().map(|t| &t.1))
        {
            assert!(codes.contains(other.as_str()), "{} names {other}", i.code);
        }
        assert_eq!(i.rule == "ratio", i.entered_by.is_none(), "{}", i.code);
    }
    for rule in ["flow", "stock", "ratio", "share", "max", "min", "none"] {
        assert!(
            content.indicators.iter().any(|i| i.rule == rule),
            "rule {rule} occurs"
        );
    }
}

#[test]
fn stated_sums_hold_except_in_the_two_slips() {
    let content = content();
    let mut wrong = BTreeSet::new();
    for unit in content
        .units
        .iter()
        .filter(|u| u.reports() && !u.consolidates())
    {
        let report = report(&content, &unit.code);
        for indicator in content.indicators.iter().filter(|i| !i.total_of.is_empty()) {
            let years: Vec<Option<i16>> = match indicator.grain.as_str() {
                "year" => YEARS.iter().copied().map(Some).collect(),
                _ => vec![None],
            };
            for year in years {
                let Some(total) = tenths(&report, &indicator.code, year) else {
                    continue;
                };
                let sum: i64 = indicator
                    .total_of
                    .iter()
                    .map(|(sign, code)| i64::from(*sign) * tenths(&report, code, year).unwrap_or(0))
                    .sum();
                if total != sum {
                    wrong.insert((unit.code.clone(), indicator.code.clone()));
                }
            }
        }
    }
    let expected: BTreeSet<_> = [("BT-23050", "NC01"), ("BT-23128", "NO03")]
        .map(|(u, i)| (u.to_owned(), i.to_owned()))
        .into();
    assert_eq!(wrong, expected);
}

#[test]
fn dossiers_left_at_year_end_open_the_next_year() {
    let content = content();
    for unit in communes(&content) {
        let report = report(&content, &unit.code);
        for pair in YEARS.windows(2) {
            assert_eq!(
                tenths(&report, "HS04", Some(pair[0])),
                tenths(&report, "HS01", Some(pair[1])),
                "{} {}",
                unit.code,
                pair[1]
            );
        }
    }
}

#[test]
fn communes_add_up_to_the_published_totals() {
    let content = content();
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for unit in communes(&content) {
        let report = report(&content, &unit.code);
        for code in ["NC04", "NC14", "NC16", "NC01"] {
            *sums.entry(code).or_default() += tenths(&report, code, None).unwrap_or(0) / 10;
        }
    }
    assert_eq!(sums["NC04"], 12_804);
    assert_eq!(sums["NC14"], 10_843);
    assert_eq!(sums["NC16"], 49);
    assert!(
        (44_078 - 100..44_078 + 100).contains(&sums["NC01"]),
        "{sums:?}"
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let (first, second) = (content(), content());
    assert_eq!(report(&first, "BT-23092"), report(&second, "BT-23092"));
    assert_eq!(first.schedule(), second.schedule());
    let unit = first.unit("BT-23092").expect("a commune");
    let other = Variety {
        seed: 7,
        copied_from: None,
        slip: None,
    };
    assert_ne!(
        first.report_for(unit, &other).expect("a report"),
        report(&first, "BT-23092")
    );
}

/// Hashes of all runs of five words.
fn shingles(text: &str) -> BTreeSet<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words
        .windows(5)
        .map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

#[test]
fn communes_write_their_own_texts_except_the_two_copies() {
    let content = content();
    let texts: Vec<(String, BTreeSet<u64>)> = communes(&content)
        .iter()
        .map(|unit| {
            (
                unit.code.clone(),
                shingles(&text(&report(&content, &unit.code))),
            )
        })
        .collect();
    let mut alike = BTreeSet::new();
    let mut most = 0;
    for (index, (code, own)) in texts.iter().enumerate() {
        for (other_code, other) in &texts[..index] {
            let shared = own.intersection(other).count() * 100 / own.len().min(other.len());
            if shared >= 40 {
                alike.insert((other_code.as_str(), code.as_str()));
            } else {
                most = most.max(shared);
            }
        }
    }
    println!("most alike of the others: {most} %");
    assert_eq!(
        alike,
        [("BT-23092", "BT-23095"), ("BT-23215", "BT-23224")].into()
    );
}

#[test]
fn texts_are_composed_unicode_without_left_over_marks_and_long_enough() {
    use unicode_normalization::is_nfc;
    let content = content();
    for unit in content.units.iter().filter(|u| u.reports()) {
        let report = report(&content, &unit.code);
        for (number, body) in &report.sections {
            assert!(is_nfc(body), "{} {number}", unit.code);
            assert!(
                !body.contains(['{', '}', '[', ']', '|']),
                "{} {number}: {body}",
                unit.code
            );
            assert!(
                !body.contains("  ") && !body.contains(" ,"),
                "{} {number}: {body}",
                unit.code
            );
            if !unit.consolidates() {
                assert!(!body.is_empty(), "{} {number} is empty", unit.code);
            }
        }
        let words = text(&report).split_whitespace().count();
        let least = if unit.is_commune() {
            1_500
        } else if unit.consolidates() {
            50
        } else {
            450
        };
        assert!(words >= least, "{} has {words} words", unit.code);
    }
}

#[test]
fn figures_quoted_in_the_text_are_those_of_the_annex() {
    let content = content();
    let report = report(&content, "BT-23092");
    let total = vietnamese(tenths(&report, "NC14", None).expect("a figure"));
    assert!(
        text(&report).contains(&format!("{total} ")),
        "quotes {total}"
    );
}

#[test]
fn the_schedule_is_in_order_and_every_adoption_has_its_majority() {
    let content = content();
    let schedule = content.schedule();
    assert_eq!(
        schedule.len(),
        content.units.iter().filter(|u| u.reports()).count()
    );
    for course in &schedule {
        assert!(
            course.steps.windows(2).all(|s| s[0].at <= s[1].at),
            "{}: {:?}",
            course.unit_code,
            course.steps
        );
        let mut incumbents = BTreeSet::new();
        for step in &course.steps {
            if let StepKind::Adopt(meeting) = &step.kind {
                incumbents.insert(meeting.incumbents);
                assert!(meeting.votes_for * 2 > meeting.incumbents);
                assert!((11..=15).contains(&meeting.incumbents));
                assert!(meeting.present <= meeting.incumbents);
            }
        }
        assert!(
            incumbents.len() <= 1,
            "{} keeps its members",
            course.unit_code
        );
    }
}

#[test]
fn on_the_first_day_the_board_shows_every_course() {
    let content = content();
    let has = |test: &dyn Fn(&Behaviour) -> bool| content.schedule().iter().any(test);
    for conduct in [
        Conduct::Early,
        Conduct::OnTime,
        Conduct::Returned,
        Conduct::Drafting,
        Conduct::NotStarted,
        Conduct::Missing,
    ] {
        assert!(has(&|b| b.conduct == conduct), "{conduct:?}");
    }
    assert!(has(&|b| matches!(b.conduct, Conduct::Late(_))));
    let late_by_steps = content.schedule().iter().all(|b| {
        let first = b
            .steps
            .iter()
            .find(|s| s.kind == StepKind::Send)
            .map(|s| s.at.date().to_owned());
        match (b.conduct, first) {
            (Conduct::Early | Conduct::OnTime | Conduct::Returned, Some(day)) => day <= b.due,
            (Conduct::Late(_) | Conduct::Drafting | Conduct::NotStarted, Some(day)) => day > b.due,
            (Conduct::Missing, first) => first.is_none(),
            (_, None) => false,
        }
    });
    assert!(late_by_steps);
}

#[test]
fn a_district_opens_a_section_with_rolled_up_figures_only_when_it_has_them() {
    let content = content();
    let unit = content.unit("BT-596").expect("a district");
    let with = content.consolidated_intro(unit, "III.4", &|code| match code {
        "NO01" => Some("51".to_owned()),
        "NO02" => Some("64".to_owned()),
        "NO03" => Some("115".to_owned()),
        _ => None,
    });
    assert!(with.contains("115 nhà"), "{with}");
    let without = content.consolidated_intro(unit, "III.4", &|_| None);
    assert!(
        !without.is_empty() && !without.contains(char::is_numeric),
        "{without}"
    );
    for section in content.outline.iter().filter(|s| s.is_writable()) {
        assert_ne!(
            content.consolidated_intro(unit, &section.number, &|_| None),
            ""
        );
    }
}

#[test]
fn offices_and_unions_do_not_look_like_copies_of_one_another() {
    let content = content();
    let texts: Vec<(String, BTreeSet<u64>)> = content
        .units
        .iter()
        .filter(|u| u.reports() && !u.is_commune() && !u.consolidates())
        .map(|u| (u.code.clone(), shingles(&text(&report(&content, &u.code)))))
        .collect();
    let mut most = (0, String::new(), String::new());
    for (index, (code, own)) in texts.iter().enumerate() {
        for (other_code, other) in &texts[..index] {
            let union = own.union(other).count();
            let alike = own.intersection(other).count() * 100 / union;
            if alike > most.0 {
                most = (alike, other_code.clone(), code.clone());
            }
        }
    }
    println!("most alike offices: {most:?}");
    // The product's check for copied text speaks up far above this.
    assert!(most.0 < 50, "{most:?}");
}
