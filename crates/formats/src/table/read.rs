//! The one entry point for tables, and what comes out of it.

use super::budget::Budget;
use super::{delimited, ods, xlsx};
use crate::archive::Archive;
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::plain;
use crate::read::check_size;
use crate::runs::readable;
use crate::sniff::{Container, container, extension, is_encrypted_office};
use domain::text::fold;

/// A table with named columns. Cells are clean text without blanks at their ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub header: Vec<String>,
    /// Rows that hold anything; each has exactly one cell per column.
    pub rows: Vec<SheetRow>,
}

/// One row; `line` counts from 1 in the file or sheet, the header and empty rows included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRow {
    pub line: usize,
    pub cells: Vec<String>,
}

impl Sheet {
    /// The column whose name is one of `names`, marks and case apart; earlier names win.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let wanted = fold(name);
            self.header.iter().position(|column| fold(column) == wanted)
        })
    }
}

impl SheetRow {
    /// The cell of `column`; empty when the table has no such column.
    pub fn get(&self, column: Option<usize>) -> &str {
        column
            .and_then(|column| self.cells.get(column))
            .map_or("", String::as_str)
    }
}

/// Rows as a reader finds them, numbered from 1.
pub type RawRows = Vec<(usize, Vec<String>)>;

/// Reads a table: TSV (split on tabs, no quoting), CSV (`,` or `;`, quoted), or the first sheet of XLSX or ODS.
/// The first row that holds anything names the columns.
///
/// # Errors
/// A [`ReadError`] says what is wrong, and in which line where there is one.
pub fn read_table(name: &str, bytes: &[u8]) -> Result<Sheet, ReadError> {
    check_size(bytes)?;
    let rows = match (container(bytes), extension(name).as_str()) {
        (Container::Zip, _) => {
            let mut archive = Archive::open(bytes)?;
            if archive.has("xl/workbook.xml") {
                archive.verify()?;
                xlsx::rows(bytes)
            } else if archive.has("content.xml") {
                ods::rows(&mut archive)
            } else if archive.has("word/document.xml") {
                Err(ReadError::DocumentNotTable)
            } else {
                Err(ReadError::UnknownType {
                    name: name.to_owned(),
                })
            }
        }
        (Container::Pdf | Container::Rtf | Container::Html | Container::Mail, _) => {
            Err(ReadError::DocumentNotTable)
        }
        (Container::Picture, _) => Err(ReadError::Picture),
        (Container::Ole, _) if is_encrypted_office(bytes) => Err(ReadError::Encrypted),
        (Container::Other, "csv") => delimited::csv(&plain::decode(bytes)?.text),
        (Container::Other, "tsv" | "txt" | "tab") => delimited::tsv(&plain::decode(bytes)?.text),
        (Container::Ole | Container::Other, _) => Err(ReadError::UnknownType {
            name: name.to_owned(),
        }),
    }?;
    sheet(rows)
}

fn sheet(rows: RawRows) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::default();
    let mut budget = Budget::default();
    for (line, cells) in rows {
        let mut cells: Vec<String> = cells
            .iter()
            .map(|cell| readable(cell).trim().to_owned())
            .collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        if sheet.header.is_empty() {
            if cells.len() > limits::TABLE_COLUMNS {
                return Err(ReadError::TooMany {
                    what: Countable::Columns,
                    limit: limits::TABLE_COLUMNS,
                });
            }
            sheet.header = cells;
            continue;
        }
        if cells.len() > sheet.header.len() {
            return Err(ReadError::RowTooLong {
                line,
                cells: cells.len(),
                columns: sheet.header.len(),
            });
        }
        // A wide head makes every row as wide.
        budget.cells(sheet.header.len())?;
        cells.resize(sheet.header.len(), String::new());
        sheet.rows.push(SheetRow { line, cells });
    }
    if sheet.header.is_empty() {
        return Err(ReadError::NoHeader);
    }
    Ok(sheet)
}
