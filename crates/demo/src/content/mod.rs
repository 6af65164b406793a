//! What the demo is filled with: the organisations, outline and indicators of
//! the example campaign, a report for each unit, and who does what when. Knows
//! nothing of the product's use cases; equal seed gives equal bytes.

mod allot;
mod calendar;
mod facts;
mod figures;
mod generate;
mod grammar;
mod people;
pub(crate) mod rng;
mod schedule;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use calendar::Moment;
pub use figures::{Figure, YEARS, percent, vietnamese};
pub use generate::Slip;
pub use people::{Signer, signer_of};
pub use schedule::{
    Behaviour, Conduct, IssueData, Meeting, ReturnedSection, START_DATE, Step, StepKind,
};
pub use tables::{IndicatorSeed, KindSeed, SectionSeed, UnitSeed};

use facts::{Facts, Sources, writer_of};
use figures::{Cell, FigureTable};
use grammar::SectionGrammar;
use rng::Rng;

/// Seed of the demo as shipped.
pub const DEMO_SEED: u64 = 2022_0926;

/// Commune whose text is a copy, and the commune it was copied from.
const COPIES: [(&str, &str); 2] = [("BT-23095", "BT-23092"), ("BT-23215", "BT-23224")];
/// Communes whose figures hold a slip.
const SLIPS: [(&str, Slip); 2] = [
    ("BT-23050", Slip::PeopleTotal),
    ("BT-23128", Slip::HouseTotal),
];

/// A table or grammar of the demo that cannot be read; these files are part of
/// the program, so this is a mistake of its makers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentError {
    /// A line of a file is not in the documented form.
    Row {
        /// File name.
        file: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A unit code that no table has.
    UnknownUnit(String),
}

impl std::fmt::Display for ContentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row { file, line, what } => write!(f, "{file}, line {line}: {what}"),
            Self::UnknownUnit(code) => write!(f, "no unit {code} in units.tsv"),
        }
    }
}

impl std::error::Error for ContentError {}

/// How a unit's report is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variety {
    /// Seed of all choices.
    pub seed: u64,
    /// Code of the commune whose text is copied with the name replaced.
    pub copied_from: Option<String>,
    /// Slip in the figures.
    pub slip: Option<Slip>,
}

/// Text and figures of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportContent {
    /// Section number and text; paragraphs are separated by line breaks, list
    /// items begin with "- ".
    pub sections: Vec<(String, String)>,
    /// Every figure that the unit's level types in, not-applicable ones included.
    pub figures: Vec<Figure>,
}

/// All tables and sentence patterns of the demo, read once.
#[derive(Debug, Clone)]
pub struct Content {
    /// Organisations in the order of the tree, superiors first.
    pub units: Vec<UnitSeed>,
    /// Kinds of organisation.
    pub kinds: Vec<KindSeed>,
    /// Outline in reading order.
    pub outline: Vec<SectionSeed>,
    /// Indicators in the order of the annex.
    pub indicators: Vec<IndicatorSeed>,
    /// Due that each district-level committee sets for its own units, the day
    /// itself included: committee code and ISO date.
    pub district_dues: Vec<(String, String)>,
    economies: BTreeMap<String, String>,
    grammar: BTreeMap<String, SectionGrammar>,
    /// Shares of the published totals for [`DEMO_SEED`], worked out once.
    demo_shares: generate::Shares,
}

impl Content {
    /// Reads the files built into the program.
    ///
    /// # Errors
    /// A file that is not in the form of `data/README.md`.
    pub fn load() -> Result<Self, ContentError> {
        let mut grammar = BTreeMap::new();
        for (file, text) in [
            (
                "situation.txt",
                include_str!("../../data/prose/situation.txt"),
            ),
            (
                "leadership.txt",
                include_str!("../../data/prose/leadership.txt"),
            ),
            ("results.txt", include_str!("../../data/prose/results.txt")),
            (
                "assessment.txt",
                include_str!("../../data/prose/assessment.txt"),
            ),
            ("local.txt", include_str!("../../data/prose/local.txt")),
        ] {
            for section in grammar::parse(file, text)? {
                match grammar.get_mut(&section.number) {
                    Some(known) => SectionGrammar::extend(known, section),
                    None => {
                        grammar.insert(section.number.clone(), section);
                    }
                }
            }
        }
        let places = tables::pairs("places.tsv", include_str!("../../data/places.tsv"))?;
        let economies = places.into_iter().collect();
        let units = tables::units(include_str!("../../data/units.tsv"))?;
        let demo_shares = generate::share_out(&units, &economies, DEMO_SEED);
        Ok(Self {
            units,
            kinds: tables::kinds(include_str!("../../data/kinds.tsv"))?,
            outline: tables::outline(include_str!("../../data/outline.tsv"))?,
            indicators: tables::indicators(include_str!("../../data/indicators.tsv"))?,
            district_dues: tables::pairs("dues.tsv", include_str!("../../data/dues.tsv"))?,
            economies,
            grammar,
            demo_shares,
        })
    }

    /// The unit with a code.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&UnitSeed> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The demo's way of making this unit's report: two are copies, two have a slip.
    #[must_use]
    pub fn variety_of(&self, code: &str) -> Variety {
        Variety {
            seed: DEMO_SEED,
            copied_from: COPIES
                .iter()
                .find(|(copy, _)| *copy == code)
                .map(|(_, source)| (*source).to_owned()),
            slip: SLIPS
                .iter()
                .find(|(unit, _)| *unit == code)
                .map(|(_, s)| *s),
        }
    }

    /// The report of one unit as it would write it. For a consolidating unit the
    /// sections hold its own bridging sentences without figures; see
    /// [`Content::consolidated_intro`] for those with figures.
    ///
    /// # Errors
    /// `copied_from` names no unit.
    pub fn report_for(
        &self,
        unit: &UnitSeed,
        variety: &Variety,
    ) -> Result<ReportContent, ContentError> {
        let seed = variety.seed;
        let sections = match &variety.copied_from {
            Some(code) => {
                let source = self
                    .unit(code)
                    .ok_or_else(|| ContentError::UnknownUnit(code.clone()))?;
                let (theirs, ours) = (commune_name(source), commune_name(unit));
                self.sections_of(source, &self.table_of(source, seed), seed)
                    .into_iter()
                    .map(|(number, text)| (number, text.replace(theirs, ours)))
                    .collect()
            }
            None => self.sections_of(unit, &self.table_of(unit, seed), seed),
        };
        let mut table = self.table_of(unit, seed);
        if let Some(slip) = variety.slip {
            generate::plant(&mut table, slip);
        }
        let level = if unit.consolidates() { 3 } else { 4 };
        let figures = if unit.level == 2 && unit.consolidates() {
            Vec::new()
        } else {
            table.to_figures(&self.indicators, level)
        };
        Ok(ReportContent { sections, figures })
    }

    /// Own sentences of a district-level or provincial committee that open a
    /// section before the passages of its subordinates. `rolled_up` gives the
    /// unit's total of an indicator (over all years for yearly flows, the last
    /// year for stocks) as an exact decimal with a dot; sentences whose figures
    /// it lacks are left out. Empty when the section has nothing of its own.
    #[must_use]
    pub fn consolidated_intro(
        &self,
        unit: &UnitSeed,
        section: &str,
        rolled_up: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        let mut table = FigureTable::default();
        for indicator in &self.indicators {
            if let Some(tenths) = rolled_up(&indicator.code).as_deref().and_then(tenths_of) {
                // One cell in the last year stands for the total of the years.
                let year = (indicator.grain == "year").then_some(2022);
                table.set_cell(&indicator.code, year, Cell::Tenths(tenths));
            }
        }
        self.section_text(unit, section, &table, DEMO_SEED)
    }

    fn sections_of(
        &self,
        unit: &UnitSeed,
        table: &FigureTable,
        seed: u64,
    ) -> Vec<(String, String)> {
        self.outline
            .iter()
            .filter(|section| section.is_writable())
            .map(|section| {
                let text = self.section_text(unit, &section.number, table, seed);
                (section.number.clone(), text)
            })
            .collect()
    }

    fn section_text(
        &self,
        unit: &UnitSeed,
        section: &str,
        table: &FigureTable,
        seed: u64,
    ) -> String {
        let Some(grammar) = self.grammar.get(section) else {
            return String::new();
        };
        let economy = self.economies.get(&unit.code).map_or("", String::as_str);
        let sources = Sources {
            facts: &Facts::of(unit, &self.units, economy, section, seed),
            figures: table,
            indicators: &self.indicators,
        };
        let mut rng = Rng::for_labels(seed, &["prose", &unit.code, section]);
        grammar.render(writer_of(unit, economy), &sources, &mut rng)
    }

    fn table_of(&self, unit: &UnitSeed, seed: u64) -> FigureTable {
        if unit.is_commune() {
            let other_seed;
            let shares = if seed == DEMO_SEED {
                &self.demo_shares
            } else {
                other_seed = generate::share_out(&self.units, &self.economies, seed);
                &other_seed
            };
            return match shares.get(&unit.code) {
                Some(own) => generate::commune(unit, own, seed),
                None => FigureTable::default(),
            };
        }
        if unit.consolidates() {
            let communes = self
                .units
                .iter()
                .filter(|u| u.is_commune() && u.parent_code.as_deref() == Some(&unit.code))
                .count();
            return generate::district(i64::try_from(communes).unwrap_or(0), unit, seed);
        }
        match unit.level {
            4 => generate::office(unit, seed),
            _ => generate::side_body(unit, seed),
        }
    }
}

fn commune_name(unit: &UnitSeed) -> &str {
    unit.name.trim_start_matches("Đảng ủy ")
}

/// Tenths of an exact decimal; further decimals are cut off, they are only for show.
fn tenths_of(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let tenth: i64 = decimals.get(..1)?.parse().ok()?;
    Some(whole.parse::<i64>().ok()?.checked_mul(10)? + tenth)
}
