//! The cells of a table of figures in a file: by their anchors, else by the code or name of the row and the year of the
//! column.

use super::anchors::{Anchor, Mark};
use super::filled::FoundCell;
use crate::campaign::Period;
use crate::doc::{Cell, Table};
use crate::figures::Layout;
use crate::text::fold;
use std::collections::BTreeSet;

/// The figures that stand in a table; none when it is no table of figures.
pub fn find(table: &Table, marks: &[&Mark], layout: &Layout) -> Vec<FoundCell> {
    let mut found = by_anchor(table, marks, layout);
    let known: BTreeSet<usize> = found.iter().map(|cell| cell.cell).collect();
    found.extend(
        by_names(table, layout)
            .into_iter()
            .filter(|cell| !known.contains(&cell.cell)),
    );
    found
}

fn by_anchor(table: &Table, marks: &[&Mark], layout: &Layout) -> Vec<FoundCell> {
    let mut found: Vec<FoundCell> = Vec::new();
    for mark in marks {
        let (
            Anchor::Figure {
                indicator,
                period,
                base,
            },
            Some((row, column)),
        ) = (&mark.anchor, mark.at.cell)
        else {
            continue;
        };
        let place = layout
            .indicators()
            .iter()
            .position(|known| known.id == *indicator)
            .and_then(|at| Some((at, layout.cell(at, *period)?)));
        let Some((indicator, cell)) = place else {
            continue;
        };
        if found.iter().all(|known| known.cell != cell) {
            found.push(FoundCell {
                indicator,
                period: *period,
                cell,
                typed: table
                    .rows
                    .get(row)
                    .and_then(|cells| cells.get(column))
                    .map(typed)
                    .unwrap_or_default(),
                base: Some(*base),
            });
        }
    }
    found
}

fn typed(cell: &Cell) -> String {
    crate::text::clean_line(&cell.text())
}

/// Which column is what.
struct Columns {
    /// Rows that make the head.
    head: usize,
    code: Option<usize>,
    name: Option<usize>,
    periods: Vec<(usize, Period)>,
}

fn columns(table: &Table, layout: &Layout) -> Option<Columns> {
    let (head, row) = table.rows.iter().enumerate().take(3).find(|(_, row)| {
        row.iter().any(|cell| {
            period_of(&cell.text(), layout).is_some_and(|period| period != Period::Whole)
        }) || row.iter().any(|cell| fold(&cell.text()) == "chi tieu")
    })?;
    let column = |wanted: &[&str]| {
        row.iter()
            .position(|cell| wanted.contains(&fold(&cell.text()).as_str()))
    };
    let columns = Columns {
        head: head + 1,
        code: column(&["ma", "ma so", "ma chi tieu"]),
        name: column(&["chi tieu", "ten chi tieu", "noi dung"]),
        periods: row
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| Some((at, period_of(&cell.text(), layout)?)))
            .collect(),
    };
    let is_one = (columns.code.is_some() || columns.name.is_some()) && !columns.periods.is_empty();
    is_one.then_some(columns)
}

fn period_of(text: &str, layout: &Layout) -> Option<Period> {
    let text = fold(text);
    if text == "ca ky" {
        return Some(Period::Whole);
    }
    let year: i16 = text.trim_start_matches("nam ").trim().parse().ok()?;
    layout.years().contains(&year).then_some(Period::Year(year))
}

fn indicator_of(row: &[Cell], columns: &Columns, layout: &Layout) -> Option<usize> {
    let text = |column: Option<usize>| {
        column
            .and_then(|at| row.get(at))
            .map(|cell| fold(&cell.text()))
            .unwrap_or_default()
    };
    let (code, name) = (text(columns.code), text(columns.name));
    layout
        .indicators()
        .iter()
        .position(|known| !code.is_empty() && fold(&known.code) == code)
        .or_else(|| {
            layout
                .indicators()
                .iter()
                .position(|known| !name.is_empty() && fold(&known.name) == name)
        })
}

/// Without anchors an empty cell says nothing: whoever leaves it empty did not mean to delete.
fn by_names(table: &Table, layout: &Layout) -> Vec<FoundCell> {
    let Some(columns) = columns(table, layout) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for row in table.rows.iter().skip(columns.head) {
        let Some(indicator) = indicator_of(row, &columns, layout) else {
            continue;
        };
        if layout.indicators()[indicator].is_computed() {
            continue;
        }
        for (column, period) in &columns.periods {
            let typed = row.get(*column).map(typed).unwrap_or_default();
            if let Some(cell) = layout.cell(indicator, *period)
                && !typed.is_empty()
            {
                found.push(FoundCell {
                    indicator,
                    period: *period,
                    cell,
                    typed,
                    base: None,
                });
            }
        }
    }
    found
}

/// Rows of a table of figures that are of no indicator, as lines: kept for a person to look at.
pub fn strange_rows(table: &Table, marks: &[&Mark], layout: &Layout) -> Vec<String> {
    let columns = columns(table, layout);
    let anchored = |row: usize| {
        marks
            .iter()
            .any(|mark| mark.at.cell.is_some_and(|(at, _)| at == row))
    };
    table
        .rows
        .iter()
        .enumerate()
        .filter(|(at, row)| {
            let is_known = match &columns {
                Some(columns) => *at < columns.head || indicator_of(row, columns, layout).is_some(),
                None => *at == 0,
            };
            !is_known && !anchored(*at)
        })
        .map(|(_, row)| row.iter().map(typed).collect::<Vec<_>>().join(" | "))
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .collect()
}
