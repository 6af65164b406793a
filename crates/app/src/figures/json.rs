//! The figures of a unit as one JSON document (see docs/json.md).

use super::{Coverage, FigureSet, UnitFigures};
use domain::campaign::Period;
use domain::figures::Layout;
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

fn set_json(layout: &Layout, set: &FigureSet) -> FigureSetJson {
    let mut json = FigureSetJson {
        years: Values::new(),
        whole: BTreeMap::new(),
        over_time: BTreeMap::new(),
        coverage: set.coverage,
    };
    for (position, indicator) in layout.indicators().iter().enumerate() {
        for (period, cell) in layout.cells(position) {
            let value = set.totals.value(layout, position, cell);
            let value = value.map(|amount| amount.to_string());
            match period {
                Period::Year(_) => json.years.entry(period.key()).or_default(),
                Period::Whole => &mut json.whole,
            }
            .insert(indicator.code.clone(), value);
        }
        let over_time = set.totals.over_time(layout, position);
        json.over_time.insert(
            indicator.code.clone(),
            over_time.map(|amount| amount.to_string()),
        );
    }
    json
}
