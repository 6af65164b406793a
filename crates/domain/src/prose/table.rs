//! Tables in markup: `| a | b |`, one row a line.

use super::inline::{normal, runs_of, write_runs};
use crate::doc::{Cell, Paragraph, Run, Table};

/// Letters that count at least and at most for the width of a column.
const NARROWEST: u32 = 5;
const WIDEST: u32 = 40;

/// A simple table: every row has the same number of cells, the paragraphs of a cell are divided by line breaks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// The first row is the head.
    pub has_head: bool,
    pub rows: Vec<Vec<Vec<Run>>>,
}

/// What a line of a table says.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    Cells(Vec<Vec<Run>>),
    /// The row before it is the head.
    Rule,
}

/// The row of a table that a line is.
pub fn row(line: &str) -> Option<Row> {
    if !is_row(line) {
        return None;
    }
    let cells = cells(line);
    Some(match is_rule(&cells) {
        true => Row::Rule,
        false => Row::Cells(cells.into_iter().map(runs_of).collect()),
    })
}

/// Whether a line is a row of a table.
pub(super) fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 2 && line.starts_with('|') && line.ends_with('|') && !ends_escaped(line)
}

/// Whether the last character is taken its meaning by an odd number of backslashes before it.
fn ends_escaped(line: &str) -> bool {
    let before = &line[..line.len() - 1];
    before
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 1
}

/// The markup of the cells of a row.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let inner = &line[1..line.len() - 1];
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(inner[start..at].trim());
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells.push(inner[start..].trim());
    cells
}

/// The row under a head: dashes, colons for alignment as other programs write them.
fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|cell| {
        let dashes = cell.trim_matches(':');
        dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
    })
}

/// The tables of consecutive rows: a rule below a later row makes that row the head of the next table.
pub(super) fn grids(lines: &[&str]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for row in lines.iter().filter_map(|line| row(line)) {
        match (row, grids.last_mut()) {
            (Row::Cells(cells), Some(grid)) => grid.rows.push(cells),
            (Row::Cells(cells), None) => grids.push(Grid {
                has_head: false,
                rows: vec![cells],
            }),
            (Row::Rule, Some(grid)) if grid.rows.len() == 1 => grid.has_head = true,
            (Row::Rule, Some(grid)) => {
                let head = grid.rows.pop();
                grids.push(Grid {
                    has_head: true,
                    rows: head.into_iter().collect(),
                });
            }
            (Row::Rule, None) => {}
        }
    }
    for grid in &mut grids {
        grid.make_even();
    }
    grids
}

/// The words of a row, cells divided by ` | `; empty for a rule.
pub(super) fn plain_row(line: &str) -> Option<String> {
    let words = |cell: &Vec<Run>| -> String {
        cell.iter().map(|run| run.text.replace('\n', " ")).collect()
    };
    Some(match row(line)? {
        Row::Cells(cells) => cells.iter().map(words).collect::<Vec<_>>().join(" | "),
        Row::Rule => String::new(),
    })
}

impl Grid {
    fn make_even(&mut self) {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut self.rows {
            row.resize_with(width, Vec::new);
        }
    }

    /// The rows as lines of markup, with the rule under a head.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| write_cell(cell)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
            if index == 0 && self.has_head {
                lines.push(format!("|{}", " --- |".repeat(row.len())));
            }
        }
        lines
    }

    pub(super) fn to_document(&self) -> Table {
        let cell = |runs: &Vec<Run>| Cell {
            paragraphs: vec![Paragraph {
                runs: runs.clone(),
                align: crate::doc::Align::Left,
                ..Paragraph::default()
            }],
        };
        Table {
            header_rows: usize::from(self.has_head),
            widths: self.widths(),
            rows: self
                .rows
                .iter()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
        }
    }

    /// Wide columns for long words and many of them: nobody set any widths.
    fn widths(&self) -> Vec<u32> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let letters = |row: &Vec<Vec<Run>>, column: usize| {
            row.get(column).map_or(0, |cell| {
                let lines: String = cell.iter().map(|run| run.text.as_str()).collect();
                lines
                    .split('\n')
                    .map(|line| line.chars().count())
                    .max()
                    .unwrap_or(0)
            })
        };
        (0..columns)
            .map(|column| {
                let most = self.rows.iter().map(|row| letters(row, column)).max();
                u32::try_from(most.unwrap_or(0))
                    .map_or(WIDEST, |most| most.clamp(NARROWEST, WIDEST))
            })
            .collect()
    }

    pub(super) fn from_document(table: &Table) -> Self {
        let rows = table
            .rows
            .iter()
            .map(|row| row.iter().map(cell_runs).collect());
        let mut grid = Grid {
            has_head: table.header_rows > 0,
            rows: rows.collect(),
        };
        // A head is bold by itself: writers make it so, readers find it so.
        if let Some(head) = grid.rows.first_mut().filter(|_| grid.has_head) {
            for cell in head {
                let plain = cell.drain(..).map(|run| Run { bold: false, ..run });
                *cell = normal(plain.collect::<Vec<_>>().into_iter());
            }
        }
        grid.make_even();
        grid
    }
}

fn write_cell(runs: &[Run]) -> String {
    let text = write_runs(runs).replace('|', "\\|");
    // A cell of dashes only would read as the rule under a head.
    if is_rule(&[&text]) {
        format!("\\{text}")
    } else {
        text
    }
}

fn cell_runs(cell: &Cell) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for paragraph in &cell.paragraphs {
        if !runs.is_empty() {
            runs.push(Run::plain("\n"));
        }
        runs.extend(super::labelled(paragraph));
    }
    normal(runs.into_iter())
}
