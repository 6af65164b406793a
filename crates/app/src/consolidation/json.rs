//! Consolidation as JSON documents, for programs and the command line (see docs/json.md).

use super::figures::{CellSource, FigureDesk, Part};
use super::overview::{Overview, UnitLine};
use super::section::{Newer, SectionDesk, UnitWords};
use super::trace::{Hop, Trace};
use crate::figures::Coverage;
use crate::reports::content::FigureSource;
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::lifecycle::State;
use domain::report::merging::{Share, Usage};
use domain::report::passages::Passage;
use serde::Serialize;
use std::collections::BTreeMap;
use store::consolidation::Correction;

/// The overview as one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewJson {
    pub report: AssignmentId,
    pub expected: usize,
    pub sent: usize,
    pub silent: Vec<String>,
    pub newer: Vec<String>,
    pub figures: FigureSource,
    pub sections: Vec<SectionJson>,
    pub units: Vec<UnitJson>,
    pub pages: usize,
}

/// One section of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionJson {
    pub id: SectionId,
    pub number: String,
    pub title: String,
    pub written_by: usize,
    pub passages: usize,
    pub from_below: usize,
}

/// One unit below; its sections by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitJson {
    pub report: AssignmentId,
    pub code: String,
    pub name: String,
    pub state: State,
    pub adds: bool,
    pub revision: Option<i64>,
    pub used: BTreeMap<String, Share>,
}

impl From<&Overview> for OverviewJson {
    fn from(seen: &Overview) -> OverviewJson {
        OverviewJson {
            report: seen.report.assignment.id,
            expected: seen.expected,
            sent: seen.sent,
            silent: seen.silent.clone(),
            newer: seen.newer.clone(),
            figures: seen.source,
            sections: seen
                .sections
                .iter()
                .map(|line| SectionJson {
                    id: line.section.id,
                    number: line.section.number.clone(),
                    title: line.section.title.clone(),
                    written_by: line.written_by,
                    passages: line.passages,
                    from_below: line.from_below,
                })
                .collect(),
            units: seen
                .units
                .iter()
                .map(|unit| unit_json(seen, unit))
                .collect(),
            pages: seen.pages,
        }
    }
}

fn unit_json(seen: &Overview, unit: &UnitLine) -> UnitJson {
    let sent = &unit.report;
    UnitJson {
        report: sent.assignment,
        code: sent.unit_code.clone(),
        name: sent.unit_name.clone(),
        state: sent.state,
        adds: sent.adds,
        revision: sent.revision.map(|_| sent.revision_number),
        used: seen
            .sections
            .iter()
            .zip(&unit.shares)
            .filter_map(|(line, share)| Some((line.section.number.clone(), (*share)?)))
            .collect(),
    }
}

/// The section as one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionDeskJson {
    pub report: AssignmentId,
    pub section: SectionId,
    pub number: String,
    pub title: String,
    /// The base of the next write.
    pub version: i64,
    pub own: Vec<OwnPassageJson>,
    pub units: Vec<UnitWordsJson>,
    pub pages: usize,
    pub wordless: Vec<String>,
    pub silent: Vec<String>,
}

/// A passage of the own draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPassageJson {
    #[serde(flatten)]
    pub passage: Passage,
    pub unit_name: Option<String>,
    pub newer: Newer,
}

/// What one unit wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitWordsJson {
    pub report: AssignmentId,
    pub code: String,
    pub name: String,
    pub revision: RevisionId,
    pub number: i64,
    pub all: usize,
    pub passages: Vec<SentPassageJson>,
}

/// A passage as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentPassageJson {
    pub passage: usize,
    pub text: String,
    pub usage: Usage,
}

impl From<&SectionDesk> for SectionDeskJson {
    fn from(desk: &SectionDesk) -> SectionDeskJson {
        SectionDeskJson {
            report: desk.editor.report.assignment.id,
            section: desk.editor.section.id,
            number: desk.editor.section.number.clone(),
            title: desk.editor.section.title.clone(),
            version: desk.editor.version(),
            own: desk
                .own
                .iter()
                .map(|own| OwnPassageJson {
                    passage: own.passage.clone(),
                    unit_name: own.unit_name.clone(),
                    newer: own.newer,
                })
                .collect(),
            units: desk.units.iter().map(words_json).collect(),
            pages: desk.pages,
            wordless: desk.wordless.clone(),
            silent: desk.silent.clone(),
        }
    }
}

fn words_json(unit: &UnitWords) -> UnitWordsJson {
    UnitWordsJson {
        report: unit.report.assignment,
        code: unit.report.unit_code.clone(),
        name: unit.report.unit_name.clone(),
        revision: unit.revision,
        number: unit.report.revision_number,
        all: unit.all,
        passages: unit
            .passages
            .iter()
            .map(|(index, passage, usage)| SentPassageJson {
                passage: *index,
                text: passage.text.clone(),
                usage: *usage,
            })
            .collect(),
    }
}

/// One figure with what stands behind it, as one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellSourceJson {
    pub indicator: String,
    pub period: String,
    /// As it is written in the report.
    pub stated: String,
    pub rolled_up: Option<String>,
    pub coverage: Coverage,
    pub correction: Option<CorrectionJson>,
    pub parts: Vec<PartJson>,
    pub beside: Vec<PartJson>,
}

/// One unit behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartJson {
    pub unit: String,
    pub name: String,
    pub report: Option<AssignmentId>,
    pub value: Option<String>,
    pub stated: Option<String>,
    pub coverage: Coverage,
    pub correction: Option<CorrectionJson>,
}

/// A correction beside a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionJson {
    pub id: i64,
    pub value: String,
    pub rolled_up: Option<String>,
    pub reason: String,
    pub by: String,
    pub at: String,
}

impl From<&Correction> for CorrectionJson {
    fn from(correction: &Correction) -> CorrectionJson {
        CorrectionJson {
            id: correction.id,
            value: correction.value.clone(),
            rolled_up: correction.rolled_up.clone(),
            reason: correction.reason.clone(),
            by: correction.corrected_by.clone(),
            at: correction.corrected_at.to_string(),
        }
    }
}

impl From<&CellSource> for CellSourceJson {
    fn from(source: &CellSource) -> CellSourceJson {
        CellSourceJson {
            indicator: source.indicator.code.clone(),
            period: source.period.key(),
            stated: source.stated.exact().unwrap_or_default(),
            rolled_up: source.rolled_up.map(|amount| amount.to_string()),
            coverage: source.coverage,
            correction: source.correction.as_ref().map(CorrectionJson::from),
            parts: source.parts.iter().map(part_json).collect(),
            beside: source.beside.iter().map(part_json).collect(),
        }
    }
}

fn part_json(part: &Part) -> PartJson {
    PartJson {
        unit: part.unit.code.clone(),
        name: part.unit.name.clone(),
        report: part.assignment,
        value: part.value.map(|amount| amount.to_string()),
        stated: part.stated.exact(),
        coverage: part.coverage,
        correction: part.correction.as_ref().map(CorrectionJson::from),
    }
}

/// The figures of a consolidated report; keys of cells are code, then period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureDeskJson {
    pub report: AssignmentId,
    pub coverage: Coverage,
    /// How many cells of the draft are no longer what is rolled up or corrected.
    pub stale: usize,
    pub draft: BTreeMap<String, BTreeMap<String, Option<String>>>,
    pub rolled_up: BTreeMap<String, BTreeMap<String, Option<String>>>,
    pub corrections: BTreeMap<String, BTreeMap<String, CorrectionJson>>,
}

impl From<&FigureDesk> for FigureDeskJson {
    fn from(desk: &FigureDesk) -> FigureDeskJson {
        let mut json = FigureDeskJson {
            report: desk.report.assignment.id,
            coverage: desk.coverage,
            stale: desk.stale,
            draft: BTreeMap::new(),
            rolled_up: BTreeMap::new(),
            corrections: BTreeMap::new(),
        };
        for (position, indicator) in desk.layout.indicators().iter().enumerate() {
            let code = || indicator.code.clone();
            for (period, cell) in desk.layout.cells(position) {
                let draft = json.draft.entry(code()).or_default();
                draft.insert(period.key(), desk.draft[cell].exact());
                let rolled_up = json.rolled_up.entry(code()).or_default();
                rolled_up.insert(
                    period.key(),
                    desk.rolled_up[cell].map(|amount| amount.to_string()),
                );
                if let Some(correction) = &desk.corrections[cell] {
                    let corrections = json.corrections.entry(code()).or_default();
                    corrections.insert(period.key(), correction.into());
                }
            }
        }
        json
    }
}

/// A passage with the way it took, the level directly below first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TraceJson {
    pub report: AssignmentId,
    pub section: SectionId,
    pub passage: usize,
    pub text: String,
    pub edited: bool,
    pub way: Vec<HopJson>,
    /// The way goes on where the reader may not look.
    pub cut: bool,
}

/// One level of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HopJson {
    pub unit: String,
    pub report: AssignmentId,
    pub revision: i64,
    pub number: Option<String>,
    pub dated: Option<String>,
    pub section: String,
    /// Index of the paragraph, from 0.
    pub passage: u32,
    pub words: Option<String>,
    /// The level above changed the words.
    pub changed_above: bool,
    /// Number of the newest revision that the unit sent since.
    pub newer_revision: Option<i64>,
}

impl From<&Trace> for TraceJson {
    fn from(trace: &Trace) -> TraceJson {
        TraceJson {
            report: trace.report.assignment.id,
            section: trace.section.id,
            passage: trace.index,
            text: trace.passage.text.clone(),
            edited: trace.passage.edited,
            way: trace.hops.iter().map(hop_json).collect(),
            cut: trace.is_cut,
        }
    }
}

fn hop_json(hop: &Hop) -> HopJson {
    HopJson {
        unit: hop.unit_name.clone(),
        report: hop.source.assignment,
        revision: hop.revision_number,
        number: hop.issued.as_ref().map(|(symbol, _)| symbol.clone()),
        dated: hop.issued.as_ref().map(|(_, dated)| dated.to_string()),
        section: hop.section.clone(),
        passage: hop.source.passage,
        words: hop.words.clone(),
        changed_above: !hop.changed.is_empty(),
        newer_revision: hop.newer.as_ref().map(|newer| newer.number),
    }
}
