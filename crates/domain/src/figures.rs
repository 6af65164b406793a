//! The figures of one report: a table of indicators by period.

use crate::campaign::{Grain, Indicator, Period};
use crate::number::{Amount, NumberError};
use std::collections::HashMap;

/// What stands for "not applicable" where programs read.
const NOT_APPLICABLE: &str = "na";

/// What stands in one cell. Zero, blank and not applicable are three different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell {
    #[default]
    Blank,
    NotApplicable,
    Number(Amount),
}

impl Cell {
    /// A cell as typed: nothing is blank, `-` is not applicable, everything else is a Vietnamese number.
    ///
    /// # Errors
    /// [`NumberError`] in the words for the person at the table.
    pub fn parse_vietnamese(typed: &str) -> Result<Cell, NumberError> {
        match typed.trim() {
            "" => Ok(Cell::Blank),
            "-" | "–" | "—" | "−" => Ok(Cell::NotApplicable),
            number => Amount::parse_vietnamese(number).map(Cell::Number),
        }
    }

    /// A cell as files, JSON and the database have it: `na` or an exact decimal with a point; a blank one is not there.
    ///
    /// # Errors
    /// [`NumberError`] for everything else.
    pub fn parse_exact(written: &str) -> Result<Cell, NumberError> {
        match written {
            NOT_APPLICABLE => Ok(Cell::NotApplicable),
            number => Amount::parse_exact(number).map(Cell::Number),
        }
    }

    /// What [`Cell::parse_exact`] reads back; `None` for a blank cell.
    pub fn exact(self) -> Option<String> {
        match self {
            Cell::Blank => None,
            Cell::NotApplicable => Some(NOT_APPLICABLE.into()),
            Cell::Number(amount) => Some(amount.to_string()),
        }
    }

    /// As it is shown and typed: empty, `-`, or a Vietnamese number.
    pub fn vietnamese(self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::NotApplicable => "-".into(),
            Cell::Number(amount) => amount.vietnamese(),
        }
    }
}

/// The shape of a campaign's figures: which indicators, over which years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    indicators: Vec<Indicator>,
    years: Vec<i16>,
    /// First cell of each indicator; one more entry at the end.
    starts: Vec<usize>,
    by_code: HashMap<String, usize>,
}

impl Layout {
    /// `years` ascending; a yearly indicator has one cell for each of them, any other has one cell.
    pub fn new(indicators: Vec<Indicator>, years: Vec<i16>) -> Layout {
        let mut starts = vec![0];
        let mut cells = 0;
        for indicator in &indicators {
            cells += if indicator.grain == Grain::Year {
                years.len()
            } else {
                1
            };
            starts.push(cells);
        }
        let by_code = indicators
            .iter()
            .enumerate()
            .map(|(index, indicator)| (indicator.code.clone(), index))
            .collect();
        Layout {
            indicators,
            years,
            starts,
            by_code,
        }
    }

    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }
    pub fn years(&self) -> &[i16] {
        &self.years
    }
    /// How many cells a table of this shape has.
    pub fn len(&self) -> usize {
        self.starts[self.indicators.len()]
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Position of the indicator with this code.
    pub fn indicator(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }
    /// The cell of an indicator (by position) and a period; `None` when the indicator has no such period.
    pub fn cell(&self, indicator: usize, period: Period) -> Option<usize> {
        let start = self.starts[indicator];
        match (self.indicators[indicator].grain, period) {
            (Grain::Year, Period::Year(year)) => self
                .years
                .iter()
                .position(|known| *known == year)
                .map(|index| start + index),
            (Grain::Whole | Grain::End, Period::Whole) => Some(start),
            _ => None,
        }
    }
    /// The cells of an indicator with their periods, in time order.
    pub fn cells(&self, indicator: usize) -> impl Iterator<Item = (Period, usize)> + '_ {
        let start = self.starts[indicator];
        let yearly = self.indicators[indicator].grain == Grain::Year;
        let count = self.starts[indicator + 1] - start;
        (0..count).map(move |index| {
            (
                if yearly {
                    Period::Year(self.years[index])
                } else {
                    Period::Whole
                },
                start + index,
            )
        })
    }
}

/// The figures of one report, in the order of its [`Layout`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTable {
    pub cells: Vec<Cell>,
}

impl FigureTable {
    pub fn blank(layout: &Layout) -> FigureTable {
        FigureTable {
            cells: vec![Cell::Blank; layout.len()],
        }
    }
}

/// An entered total that is not the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumSlip {
    pub indicator: String,
    pub period: Period,
    pub stated: Amount,
    pub computed: Amount,
}

/// The totals that do not add up. Parts that are blank leave a total unchecked; nothing is corrected.
pub fn sum_slips(layout: &Layout, table: &FigureTable) -> Vec<SumSlip> {
    let mut slips = Vec::new();
    for (position, indicator) in layout
        .indicators()
        .iter()
        .enumerate()
        .filter(|(_, indicator)| !indicator.total_of.is_empty())
    {
        for (period, cell) in layout.cells(position) {
            let Cell::Number(stated) = table.cells[cell] else {
                continue;
            };
            let Some(computed) = sum_of_parts(layout, table, indicator, period) else {
                continue;
            };
            if computed != stated {
                slips.push(SumSlip {
                    indicator: indicator.code.clone(),
                    period,
                    stated,
                    computed,
                });
            }
        }
    }
    slips
}

fn sum_of_parts(
    layout: &Layout,
    table: &FigureTable,
    total: &Indicator,
    period: Period,
) -> Option<Amount> {
    let mut sum = Amount::ZERO;
    for code in &total.total_of {
        let cell = layout.cell(layout.indicator(code)?, period)?;
        match table.cells[cell] {
            Cell::Number(part) => sum = sum.checked_add(part)?,
            Cell::NotApplicable => {}
            Cell::Blank => return None,
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_dash_and_zero_are_three_answers() {
        assert_eq!(Cell::parse_vietnamese("  "), Ok(Cell::Blank));
        assert_eq!(Cell::parse_vietnamese("-"), Ok(Cell::NotApplicable));
        assert_eq!(Cell::parse_vietnamese("0"), Ok(Cell::Number(Amount::ZERO)));
        assert!(Cell::parse_vietnamese("mười hai").is_err());
        assert!(Cell::parse_vietnamese(&"9".repeat(40)).is_err());
    }
}
