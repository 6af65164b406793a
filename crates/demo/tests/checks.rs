//! The reports of the demo under the checks: what was planted is found, and nothing else. None of these texts was
//! written for the checks.

use demo::content::{Content, UnitSeed};
use domain::campaign::{Grain, Indicator, Rule, Section, Writable};
use domain::checks::{Code, Dossier, Figures, Finding, Months, Names, Part, check};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::{IndicatorId, SectionId};
use std::collections::BTreeSet;

fn layout(content: &Content) -> Layout {
    let indicators = content
        .indicators
        .iter()
        .map(|seed| Indicator {
            id: IndicatorId(1),
            code: seed.code.clone(),
            name: seed.name.clone(),
            unit: seed.unit.clone(),
            rule: Rule::from_code(
                &seed.rule,
                seed.numerator.as_deref().unwrap_or_default(),
                seed.denominator.as_deref().unwrap_or_default(),
            )
            .expect("a rule"),
            grain: Grain::from_code(&seed.grain).expect("a grain"),
            hint: seed.hint.clone(),
            total_of: if seed.total_of.iter().all(|(sign, _)| *sign > 0) {
                seed.total_of.iter().map(|(_, code)| code.clone()).collect()
            } else {
                Vec::new()
            },
            required: false,
        })
        .collect();
    Layout::new(indicators, demo::content::YEARS.to_vec())
}

fn dossier(content: &Content, unit: &UnitSeed) -> Dossier {
    let report = content
        .report_for(unit, &content.variety_of(&unit.code))
        .expect("a report");
    let layout = layout(content);
    let mut table = FigureTable::blank(&layout);
    for figure in &report.figures {
        let period = figure.year.map_or(
            domain::campaign::Period::Whole,
            domain::campaign::Period::Year,
        );
        let cell = layout
            .indicator(&figure.indicator)
            .and_then(|index| layout.cell(index, period));
        if let (Some(cell), Some(value)) = (cell, &figure.value) {
            table.cells[cell] = Cell::parse_exact(value).expect("a figure");
        } else if let (Some(cell), true) = (cell, figure.not_applicable) {
            table.cells[cell] = Cell::NotApplicable;
        }
    }
    let parts = (1..).zip(&content.outline).map(|(id, seed)| Part {
        section: Section {
            id: SectionId(id),
            number: seed.number.clone(),
            title: seed.title.clone(),
            level: seed.level,
            guidance: seed.guidance.clone(),
            writable: if seed.is_writable() {
                Writable::Required
            } else {
                Writable::Heading
            },
        },
        text: report
            .sections
            .iter()
            .find(|(number, _)| *number == seed.number)
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        found: true,
    });
    let is_related = |other: &UnitSeed| other.level != unit.level;
    let (related, like): (Vec<&UnitSeed>, Vec<&UnitSeed>) = content
        .units
        .iter()
        .filter(|other| other.code != unit.code)
        .partition(|other| is_related(other));
    let (others, elsewhere) = like
        .into_iter()
        .partition(|other| other.parent_code == unit.parent_code);
    let names = |units: Vec<&UnitSeed>| units.into_iter().map(|unit| unit.name.clone()).collect();
    Dossier {
        parts: parts.collect(),
        figures: Some(Figures {
            layout,
            table,
            typed: true,
        }),
        names: Some(Names {
            own: unit.name.clone(),
            related: names(related),
            others: names(others),
            elsewhere: names(elsewhere),
        }),
        period: Months::parse("2017-07", "2022-07"),
        day: Some(jiff::civil::date(2022, 9, 26)),
        ..Dossier::default()
    }
}

#[test]
fn of_all_reports_of_the_demo_only_the_planted_slips_are_found() {
    let content = Content::load().expect("the built-in tables");
    let mut found: Vec<(String, Finding)> = Vec::new();
    let mut reports = 0;
    let units = content.units.iter().filter(|unit| unit.reports());
    let dossiers: Vec<(&UnitSeed, Dossier)> =
        units.map(|unit| (unit, dossier(&content, unit))).collect();
    for (unit, dossier) in &dossiers {
        // The province's own report is made of its districts'.
        if dossier.parts.iter().all(|part| part.text.is_empty()) {
            continue;
        }
        reports += 1;
        let beside = dossiers.iter().filter(|(other, _)| {
            let is_like = other.level == unit.level && other.kind == unit.kind;
            is_like && other.parent_code == unit.parent_code && other.code != unit.code
        });
        let tables = beside.filter_map(|(_, other)| Some(other.figures.as_ref()?.table.clone()));
        let dossier = Dossier {
            siblings: tables.collect(),
            ..dossier.clone()
        };
        found.extend(
            check(&dossier)
                .into_iter()
                .map(|finding| (unit.code.clone(), finding)),
        );
    }
    // Two reports have a total that does not add up; two are the text of another commune over their own figures.
    let is_planted = |code: &str, finding: &Finding| match finding.code {
        Code::SumMismatch => ["BT-23050", "BT-23128"].contains(&code),
        Code::ProseFigure => ["BT-23095", "BT-23215"].contains(&code),
        _ => false,
    };
    let (planted, others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(code, finding)| is_planted(code, finding));
    let lines: Vec<String> = others
        .iter()
        .map(|(code, finding)| {
            format!(
                "{code} {} [{}] “{}”: {}",
                finding.code.as_str(),
                finding.place.section_name,
                finding.place.quote,
                finding.message_vi
            )
        })
        .collect();
    assert!(reports > 100);
    let told: BTreeSet<&str> = planted.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(told.len(), 4, "all four are told: {told:?}");
    assert!(
        lines.is_empty(),
        "{} of {reports} reports:\n{}",
        lines.len(),
        lines.join("\n")
    );
}
