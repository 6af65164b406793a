//! A board as a plain table: as a workbook for people, as CSV for programs, as lines on a terminal.

use super::view::Crumb;
use domain::campaign::Campaign;
use formats::{CellOut, SheetOut, Workbook, write_workbook};

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// One column: what it is called, and how wide it is in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub width: u32,
}

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    Text(String),
    Number(i64),
    Empty,
}

/// Rows under a title, on their way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardTable {
    /// Beginning of the name of a file.
    pub name: &'static str,
    pub short_id: String,
    pub sheet: &'static str,
    /// Lines above the table.
    pub title: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<TableCell>>,
}

impl Column {
    pub(super) fn new(name: impl Into<String>, width: u32) -> Column {
        Column {
            name: name.into(),
            width,
        }
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> TableCell {
        TableCell::Text(text)
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> TableCell {
        TableCell::Text(text.to_owned())
    }
}

impl From<u32> for TableCell {
    fn from(number: u32) -> TableCell {
        TableCell::Number(number.into())
    }
}

impl From<usize> for TableCell {
    fn from(number: usize) -> TableCell {
        TableCell::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for TableCell {
    fn from(number: i64) -> TableCell {
        TableCell::Number(number)
    }
}

impl<T: Into<TableCell>> From<Option<T>> for TableCell {
    fn from(value: Option<T>) -> TableCell {
        value.map_or(TableCell::Empty, Into::into)
    }
}

impl TableCell {
    fn words(&self) -> String {
        match self {
            TableCell::Text(text) => text.clone(),
            TableCell::Number(number) => number.to_string(),
            TableCell::Empty => String::new(),
        }
    }
}

/// The lines above a table: what it is, of which campaign, of which part.
pub(super) fn title(what: &str, campaign: &Campaign, path: &[Crumb]) -> Vec<String> {
    let names: Vec<&str> = path.iter().map(|crumb| crumb.name.as_str()).collect();
    vec![what.to_owned(), campaign.name.clone(), names.join(" – ")]
}

impl BoardTable {
    /// The rows as a workbook.
    pub fn workbook(&self) -> TableFile {
        let cell = |cell: &TableCell| match cell {
            TableCell::Text(text) => CellOut::Text(text.clone()),
            TableCell::Number(number) => CellOut::Decimal((*number).into()),
            TableCell::Empty => CellOut::Empty,
        };
        let rows = self.rows.iter();
        let workbook = Workbook {
            sheets: vec![SheetOut {
                name: self.sheet.into(),
                title: self.title.clone(),
                widths: self.columns.iter().map(|column| column.width).collect(),
                header: vec![
                    self.columns
                        .iter()
                        .map(|column| column.name.clone())
                        .collect(),
                ],
                rows: rows.map(|row| row.iter().map(cell).collect()).collect(),
                freeze_header: true,
                landscape: true,
            }],
        };
        TableFile {
            name: format!("{}-{}.xlsx", self.name, self.short_id),
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes: write_workbook(&workbook),
        }
    }

    /// The rows as CSV in UTF-8 with a mark at its beginning, so that Excel reads the letters right.
    pub fn csv(&self) -> TableFile {
        let mut text = String::from("\u{feff}");
        push_line(
            &mut text,
            self.columns.iter().map(|column| column.name.clone()),
        );
        for row in &self.rows {
            push_line(&mut text, row.iter().map(TableCell::words));
        }
        TableFile {
            name: format!("{}-{}.csv", self.name, self.short_id),
            media_type: "text/csv; charset=utf-8",
            bytes: text.into_bytes(),
        }
    }

    /// The title and the rows for a terminal, columns under each other.
    pub fn lines(&self) -> Vec<String> {
        let header = self.columns.iter().map(|column| column.name.clone());
        let mut rows: Vec<Vec<String>> = vec![header.collect()];
        let words = |row: &Vec<TableCell>| row.iter().map(TableCell::words).collect();
        rows.extend(self.rows.iter().map(words));
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths);
            let padded: Vec<String> = cells
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            padded.join("  ").trim_end().to_owned()
        };
        self.title
            .iter()
            .cloned()
            .chain(rows.iter().map(line))
            .collect()
    }
}

/// One line of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) {
            "'"
        } else {
            ""
        };
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
