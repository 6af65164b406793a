//! Figures far from those of like units. This is for the superior's eyes: whoever writes must not learn a neighbour's
//! figures, so only they hand the neighbours' tables in.

use super::codes::Code;
use super::dossier::{Dossier, Figures};
use super::finding::Finding;
use super::quantities::distance;
use super::rows::figure_place;
use crate::campaign::{Indicator, Period};
use crate::figures::{Cell, FigureTable};
use crate::number::Amount;

/// Fewer of them say nothing of what is usual.
const FEWEST: usize = 8;
/// How many times the median absolute deviation a figure may lie from the median.
const MOST_DEVIATIONS: i64 = 5;
/// Units differ in size: a figure up to this many times the biggest of the others is no surprise, nor one down to this
/// part of the smallest.
const TIMES_MOST: i64 = 2;
const PART_OF_LEAST: i64 = 4;
/// Like units that agree closely deviate by at least this part of the median.
const LEAST_SPREAD: i64 = 20;
/// And by this many: where each has one or two, none is no slip.
const LEAST_DEVIATION: i64 = 2;

pub(super) fn check(dossier: &Dossier) -> Vec<Finding> {
    let Some(figures) = dossier.figures.as_ref() else {
        return Vec::new();
    };
    let indicators = figures.layout.indicators().iter().enumerate();
    indicators
        .filter(|(_, indicator)| !indicator.is_computed())
        .filter_map(|(index, indicator)| farthest(figures, &dossier.siblings, index, indicator))
        .collect()
}

/// What is usual among like units.
struct Usual {
    units: usize,
    least: Amount,
    median: Amount,
    most: Amount,
    spread: Amount,
}

impl Usual {
    fn of(siblings: &[FigureTable], cell: usize) -> Option<Usual> {
        let values = siblings
            .iter()
            .filter_map(|table| match table.cells.get(cell) {
                Some(Cell::Number(amount)) => Some(*amount),
                _ => None,
            });
        let mut values: Vec<Amount> = values.collect();
        if values.len() < FEWEST {
            return None;
        }
        values.sort_unstable();
        let median = values[values.len() / 2];
        // Where most have none, one that has some is no slip.
        if median == Amount::ZERO {
            return None;
        }
        let mut deviations: Vec<Amount> = values
            .iter()
            .map(|value| distance(*value, median))
            .collect();
        deviations.sort_unstable();
        let least_spread = median
            .ratio(Amount::from(LEAST_SPREAD), 1, 2)?
            .max(Amount::from(LEAST_DEVIATION));
        Some(Usual {
            units: values.len(),
            least: *values.first()?,
            median,
            most: *values.last()?,
            spread: deviations[deviations.len() / 2].max(least_spread),
        })
    }

    fn is_far(&self, value: Amount) -> Option<bool> {
        let times = |amount: Amount, times: i64| amount.checked_mul(Amount::from(times));
        let is_off = distance(value, self.median) > times(self.spread, MOST_DEVIATIONS)?;
        let is_beyond =
            value > times(self.most, TIMES_MOST)? || times(value, PART_OF_LEAST)? < self.least;
        Some(is_off && is_beyond)
    }
}

/// One finding for an indicator: at the period in which it is farthest from the others.
fn farthest(
    figures: &Figures,
    siblings: &[FigureTable],
    index: usize,
    indicator: &Indicator,
) -> Option<Finding> {
    let far = figures.layout.cells(index).filter_map(|(period, cell)| {
        let Cell::Number(value) = figures.table.cells[cell] else {
            return None;
        };
        let usual = Usual::of(siblings, cell)?;
        usual.is_far(value)?.then_some((period, value, usual))
    });
    let (period, value, usual) =
        far.max_by_key(|(_, value, usual)| distance(*value, usual.median))?;
    Some(finding(indicator, period, value, &usual))
}

fn finding(indicator: &Indicator, period: Period, value: Amount, usual: &Usual) -> Finding {
    let name = format!("{} “{}”", indicator.code, indicator.name);
    let [value, least, median, most] =
        [value, usual.least, usual.median, usual.most].map(Amount::vietnamese);
    let (units, unit, when) = (usual.units, &indicator.unit, period.label());
    Finding::new(
        Code::FigureFarFromSiblings,
        figure_place(&indicator.code, Some(period), value.clone()),
        format!(
            "{name} ({when}): {value} {unit}; {units} đơn vị cùng loại, cùng cấp trên ghi từ {least} đến {most}, ở giữa là {median}."
        ),
        format!(
            "{name} ({when}): {value} {unit}; {units} like units of the same superior have {least} to {most}, {median} in the middle."
        ),
    )
}
