//! The first sheet of an XLSX, cell by cell: a sheet with one far-away cell must not be laid out in full.

use super::budget::Budget;
use super::read::RawRows;
use crate::error::{Countable, ReadError, TableKind};
use crate::limits;
use calamine::{DataRef, Reader, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// # Errors
/// [`ReadError::DamagedTable`], [`ReadError::TooMany`].
pub fn rows(bytes: &[u8]) -> Result<RawRows, ReadError> {
    catch_unwind(AssertUnwindSafe(|| first_sheet(bytes)))
        .unwrap_or_else(|_| Err(damaged(&"the reader panicked")))
}

fn first_sheet(bytes: &[u8]) -> Result<RawRows, ReadError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let name = workbook
        .sheet_names()
        .into_iter()
        .next()
        .ok_or_else(|| damaged(&"no sheets"))?;
    let mut cells = workbook
        .worksheet_cells_reader(&name)
        .map_err(|error| damaged(&error))?;
    let (mut rows, mut budget) = (RawRows::new(), Budget::default());
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (line, column) = (row as usize + 1, column as usize);
        if column >= limits::TABLE_COLUMNS {
            return Err(ReadError::TooMany {
                what: Countable::Columns,
                limit: limits::TABLE_COLUMNS,
            });
        }
        budget.text(text.len())?;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            budget.row()?;
            rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            budget.cells((column + 1).saturating_sub(cells.len()))?;
            place(cells, column, text);
        }
    }
    Ok(rows)
}

fn place(cells: &mut Vec<String>, column: usize, text: String) {
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
}

/// A number in the shortest form that means the same value, without exponent; a date as `dd/mm/yyyy`.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(value) if !value.is_duration() => {
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year:04}")
        }
        DataRef::DateTime(value) => value.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> ReadError {
    ReadError::DamagedTable {
        kind: TableKind::Xlsx,
        detail: error.to_string(),
    }
}
