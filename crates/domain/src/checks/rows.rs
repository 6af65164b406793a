//! Figures as rows, wherever they stand: in the report's own table, or in a table that somebody wrote into the text.

use super::dossier::{Dossier, Figures, Placed};
use super::finding::Place;
use super::pattern;
use super::quantities::Kind;
use crate::campaign::{Grain, Period};
use crate::figures::Cell;
use crate::number::Amount;
use crate::rollup::of_one;
use crate::text::fold;

/// One indicator with its values.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Empty for a row of a table in the text.
    pub code: String,
    pub name: String,
    /// As written: `triệu đồng`.
    pub unit: String,
    pub cells: Vec<Value>,
    /// The value for the whole period, where one is stated or computed.
    pub whole: Option<Amount>,
    /// A year is blank, so sums over the years say nothing.
    pub has_gaps: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Value {
    pub period: Period,
    pub amount: Amount,
    pub place: Place,
}

impl Row {
    pub fn kind(&self) -> Kind {
        let unit = self.unit.trim();
        if unit == "%" {
            Kind::Percent
        } else if unit.to_lowercase().contains("đồng") && !unit.contains('/') {
            Kind::Money
        } else {
            Kind::Count
        }
    }

    /// One of the row's unit in the unit of [`super::quantities::Quantity`]: đồng for money.
    pub fn factor(&self) -> Amount {
        let unit = fold(&self.unit);
        let times = if self.kind() != Kind::Money {
            1
        } else if unit.starts_with("ty") || unit.starts_with("ti ") {
            1_000_000_000
        } else if unit.starts_with("trieu") || unit.starts_with("tr.") {
            1_000_000
        } else if unit.starts_with("nghin") || unit.starts_with("ngan") {
            1_000
        } else {
            1
        };
        Amount::from(times)
    }
}

/// The rows of the report's figures and of the tables in its text.
pub(super) fn rows(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Row> {
    let mut rows = dossier.figures.as_ref().map(of_figures).unwrap_or_default();
    rows.extend(of_tables(lines));
    rows
}

pub(super) fn of_figures(figures: &Figures) -> Vec<Row> {
    let Figures { layout, table, .. } = figures;
    let totals = of_one(layout, table).ok();
    let rows = layout
        .indicators()
        .iter()
        .enumerate()
        .map(|(index, indicator)| {
            let cells: Vec<Value> = layout
                .cells(index)
                .filter_map(|(period, cell)| {
                    let amount = match table.cells[cell] {
                        Cell::Number(amount) => Some(amount),
                        _ if indicator.is_computed() => totals.as_ref()?.value(layout, index, cell),
                        _ => None,
                    }?;
                    Some(Value {
                        period,
                        amount,
                        place: figure_place(&indicator.code, Some(period), amount.vietnamese()),
                    })
                })
                .collect();
            Row {
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                has_gaps: !indicator.is_computed()
                    && layout
                        .cells(index)
                        .any(|(_, cell)| table.cells[cell] == Cell::Blank),
                whole: totals
                    .as_ref()
                    .filter(|_| indicator.grain == Grain::Year)
                    .and_then(|totals| totals.over_time(layout, index)),
                cells,
            }
        });
    rows.filter(|row| !row.cells.is_empty()).collect()
}

/// The place of a figure; `None` for the indicator as a whole.
pub(super) fn figure_place(code: &str, period: Option<Period>, quote: String) -> Place {
    Place {
        indicator: Some(code.into()),
        period: period.map(Period::key),
        quote,
        ..Place::default()
    }
}

pattern!(YEAR, r"\b(20\d\d|19\d\d)\b");
pattern!(NAME_HEAD, r"(?i)chỉ tiêu|nội dung|tiêu chí");
pattern!(UNIT_HEAD, r"(?i)đơn vị tính|đvt|^đơn vị$");
pattern!(
    WHOLE_HEAD,
    r"(?i)^(?:cả kỳ|số liệu|kết quả|số lượng|tổng cộng|tổng|cộng)$"
);

/// Which column of a table of indicators holds what.
struct Columns {
    name: usize,
    unit: usize,
    values: Vec<(usize, Period)>,
}

fn columns(head: &[&str]) -> Option<Columns> {
    let name = head.iter().position(|cell| NAME_HEAD.is_match(cell))?;
    let unit = head.iter().position(|cell| UNIT_HEAD.is_match(cell))?;
    let values: Vec<(usize, Period)> = head
        .iter()
        .enumerate()
        .filter_map(|(column, cell)| {
            if WHOLE_HEAD.is_match(cell) {
                return Some((column, Period::Whole));
            }
            let year = YEAR.find(cell)?.as_str().parse().ok()?;
            Some((column, Period::Year(year)))
        })
        .collect();
    (!values.is_empty()).then_some(Columns { name, unit, values })
}

/// Tables with a column of indicators, one of units of measure and columns of values.
fn of_tables(lines: &[Placed<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for table in tables(lines) {
        let Some(columns) = columns(&table[0].line.cells()) else {
            continue;
        };
        for line in &table[1..] {
            rows.extend(row(line, &columns));
        }
    }
    rows
}

fn row(line: &Placed<'_>, columns: &Columns) -> Option<Row> {
    let cells = line.line.cells();
    let mut row = Row {
        code: String::new(),
        name: (*cells.get(columns.name)?).to_string(),
        unit: (*cells.get(columns.unit)?).to_string(),
        cells: Vec::new(),
        whole: None,
        has_gaps: false,
    };
    for (column, period) in &columns.values {
        let written = cells.get(*column)?;
        match Amount::parse_vietnamese(written) {
            Ok(amount) if *period == Period::Whole && columns.values.len() > 1 => {
                row.whole = Some(amount);
            }
            Ok(amount) => row.cells.push(Value {
                period: *period,
                amount,
                place: cell_place(line, written),
            }),
            Err(_) => row.has_gaps |= *period != Period::Whole,
        }
    }
    (!row.cells.is_empty() && !row.name.is_empty()).then_some(row)
}

/// The place of a cell's words in its line.
pub(super) fn cell_place(line: &Placed<'_>, written: &str) -> Place {
    let start = (written.as_ptr() as usize).saturating_sub(line.text().as_ptr() as usize);
    line.place(start..start + written.len())
}

/// Runs of consecutive lines of one table; the line that marks the head is left out.
pub(super) fn tables<'a, 'b>(lines: &'b [Placed<'a>]) -> Vec<Vec<&'b Placed<'a>>> {
    let mut tables: Vec<Vec<&Placed<'a>>> = Vec::new();
    let mut last: Option<(i64, usize)> = None;
    for line in lines.iter().filter(|line| line.line.is_table) {
        let here = (line.part.section.id.0, line.paragraph);
        let goes_on = last.is_some_and(|(section, paragraph)| (section, paragraph + 1) == here);
        last = Some(here);
        if !goes_on {
            tables.push(Vec::new());
        }
        let is_rule = line
            .text()
            .chars()
            .all(|c| matches!(c, '|' | '-' | ' ' | ':'));
        if let Some(table) = tables.last_mut().filter(|_| !is_rule) {
            table.push(line);
        }
    }
    tables.retain(|table| table.len() > 1);
    tables
}
