//! The figures of one unit: what it types into the annex. Values are exact
//! tenths, so that money in million đồng keeps one decimal without floats.

use std::collections::BTreeMap;

use super::tables::IndicatorSeed;

/// Years of the period; 2017 begins in July and 2022 ends with July.
pub const YEARS: [i16; 6] = [2017, 2018, 2019, 2020, 2021, 2022];

/// One value of an indicator as the unit reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Code of the indicator.
    pub indicator: String,
    /// Year of a yearly indicator, `None` for one value over the period or at its end.
    pub year: Option<i16>,
    /// Exact decimal with a dot; `None` when left blank or not applicable.
    pub value: Option<String>,
    /// The unit says that the indicator does not concern it (neither zero nor blank).
    pub not_applicable: bool,
}

/// A cell of the annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A value in tenths of the unit of measure.
    Tenths(i64),
    /// Left empty.
    Blank,
    /// Marked as not applicable.
    NotApplicable,
}

/// All cells of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureTable {
    cells: BTreeMap<(String, Option<i16>), Cell>,
}

impl FigureTable {
    /// Sets a whole number.
    pub fn set(&mut self, code: &str, year: Option<i16>, whole: i64) {
        self.set_cell(code, year, Cell::Tenths(whole * 10));
    }

    /// Sets any cell.
    pub fn set_cell(&mut self, code: &str, year: Option<i16>, cell: Cell) {
        self.cells.insert((code.to_owned(), year), cell);
    }

    /// The value in tenths; `None` when blank, not applicable or absent.
    #[must_use]
    pub fn tenths(&self, code: &str, year: Option<i16>) -> Option<i64> {
        match self.cells.get(&(code.to_owned(), year)) {
            Some(Cell::Tenths(value)) => Some(*value),
            _ => None,
        }
    }

    /// Sum of the yearly values in tenths; `None` when there is none.
    #[must_use]
    pub fn sum_of_years(&self, code: &str) -> Option<i64> {
        YEARS
            .iter()
            .filter_map(|year| self.tenths(code, Some(*year)))
            .reduce(|a, b| a + b)
    }

    /// One number for the whole period: the single value, else the sum of years.
    #[must_use]
    pub fn overall(&self, code: &str) -> Option<i64> {
        self.tenths(code, None).or_else(|| self.sum_of_years(code))
    }

    /// The figures in the order of the indicators; computed ones are left out,
    /// cells never set become "not applicable".
    #[must_use]
    pub fn to_figures(&self, indicators: &[IndicatorSeed], level: u8) -> Vec<Figure> {
        let mut figures = Vec::new();
        for indicator in indicators.iter().filter(|i| i.entered_by == Some(level)) {
            let years: Vec<Option<i16>> = if indicator.grain == "year" {
                YEARS.iter().copied().map(Some).collect()
            } else {
                vec![None]
            };
            for year in years {
                let cell = self
                    .cells
                    .get(&(indicator.code.clone(), year))
                    .copied()
                    .unwrap_or(Cell::NotApplicable);
                figures.push(Figure {
                    indicator: indicator.code.clone(),
                    year,
                    value: match cell {
                        Cell::Tenths(value) => Some(plain(value)),
                        Cell::Blank | Cell::NotApplicable => None,
                    },
                    not_applicable: cell == Cell::NotApplicable,
                });
            }
        }
        figures
    }
}

/// Tenths as an exact decimal with a dot: `375` is "37.5", `370` is "37".
#[must_use]
pub fn plain(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    if tenth == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{tenth}")
    }
}

/// Tenths in Vietnamese writing: dot for thousands, comma for decimals, whole
/// numbers below ten with the customary leading zero.
#[must_use]
pub fn vietnamese(tenths: i64) -> String {
    let text = plain(tenths);
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    if decimals.is_empty() {
        if (1..10).contains(&(tenths / 10)) {
            return format!("0{whole}");
        }
        return group_thousands(whole);
    }
    format!("{},{decimals}", group_thousands(whole))
}

fn group_thousands(whole: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// `part` of `whole` in percent with at most one decimal, half away from zero.
#[must_use]
pub fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 || part < 0 {
        return None;
    }
    let tenths = (part * 2000 + whole) / (2 * whole);
    let text = plain(tenths);
    Some(text.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_vietnamese_offices_write_them() {
        assert_eq!(vietnamese(50), "05");
        assert_eq!(vietnamese(440_780), "44.078");
        assert_eq!(vietnamese(12_345), "1.234,5");
        assert_eq!(vietnamese(0), "0");
        assert_eq!(percent(118, 124).as_deref(), Some("95,2"));
        assert_eq!(percent(1, 0), None);
    }
}
