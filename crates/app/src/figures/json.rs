//! The figures of a unit as one JSON document (see docs/json.md).

use super::{Coverage, FigureSet, LevelFigures, LevelRow, UnitFigures};
use domain::campaign::Period;
use domain::figures::Layout;
use domain::rollup::Totals;
use serde::Serialize;
use std::collections::BTreeMap;

/// Values by period and indicator code; `null` where nothing was reported.
pub type Values = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// One set of totals as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureSetJson {
    /// Yearly indicators: year, then code.
    pub years: Values,
    /// Indicators with one value for the whole period.
    pub whole: BTreeMap<String, Option<String>>,
    /// Every indicator carried over the years by its rule.
    pub over_time: BTreeMap<String, Option<String>>,
    pub coverage: Coverage,
}

/// The figures of a unit as one JSON document; the provisional ones stand at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitFiguresJson {
    pub campaign: String,
    pub unit: String,
    pub name: String,
    #[serde(flatten)]
    pub provisional: FigureSetJson,
    pub official: FigureSetJson,
}

impl From<&UnitFigures> for UnitFiguresJson {
    fn from(figures: &UnitFigures) -> Self {
        UnitFiguresJson {
            campaign: figures.campaign.short_id.clone(),
            unit: figures.unit.code.clone(),
            name: figures.unit.name.clone(),
            provisional: set_json(&figures.layout, &figures.provisional),
            official: set_json(&figures.layout, &figures.official),
        }
    }
}

/// One page of the units of a level as one JSON document (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelFiguresJson {
    pub campaign: String,
    pub level: u8,
    pub total: u32,
    pub page: u32,
    pub pages: u32,
    pub units: Vec<LevelUnitJson>,
}

/// The figures of one unit of the level; the provisional ones stand at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelUnitJson {
    pub unit: String,
    pub name: String,
    #[serde(flatten)]
    pub provisional: FigureSetJson,
    pub official: FigureSetJson,
}

impl From<&LevelFigures> for LevelFiguresJson {
    fn from(figures: &LevelFigures) -> Self {
        let unit = |row: &LevelRow| {
            let set = |totals, coverage| {
                values_json(&figures.layout, totals, coverage, figures.indicator)
            };
            LevelUnitJson {
                unit: row.unit.code.clone(),
                name: row.unit.name.clone(),
                provisional: set(&row.provisional, row.coverage),
                official: set(&row.official, row.official_coverage),
            }
        };
        LevelFiguresJson {
            campaign: figures.campaign.short_id.clone(),
            level: figures.level,
            total: figures.total,
            page: figures.page,
            pages: figures.pages,
            units: figures.rows.iter().map(unit).collect(),
        }
    }
}

fn set_json(layout: &Layout, set: &FigureSet) -> FigureSetJson {
    values_json(layout, &set.totals, set.coverage, None)
}

/// All indicators, or only the one at this position.
fn values_json(
    layout: &Layout,
    totals: &Totals,
    coverage: Coverage,
    only: Option<usize>,
) -> FigureSetJson {
    let mut json = FigureSetJson {
        years: Values::new(),
        whole: BTreeMap::new(),
        over_time: BTreeMap::new(),
        coverage,
    };
    let indicators = layout.indicators().iter().enumerate();
    for (position, indicator) in
        indicators.filter(|(position, _)| only.is_none_or(|only| only == *position))
    {
        for (period, cell) in layout.cells(position) {
            let value = totals.value(layout, position, cell);
            let value = value.map(|amount| amount.to_string());
            match period {
                Period::Year(_) => json.years.entry(period.key()).or_default(),
                Period::Whole => &mut json.whole,
            }
            .insert(indicator.code.clone(), value);
        }
        let over_time = totals.over_time(layout, position);
        json.over_time.insert(
            indicator.code.clone(),
            over_time.map(|amount| amount.to_string()),
        );
    }
    json
}
