//! TSV and CSV.

use super::budget::Budget;
use super::read::RawRows;
use crate::error::ReadError;

/// Split on tabs and line ends; a quotation mark is a character like any other.
///
/// # Errors
/// [`ReadError::TooMany`].
pub fn tsv(text: &str) -> Result<RawRows, ReadError> {
    let (mut rows, mut budget) = (RawRows::new(), Budget::default());
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        budget.row()?;
        budget.cells(line.split('\t').count())?;
        rows.push((index + 1, line.split('\t').map(str::to_owned).collect()));
    }
    Ok(rows)
}

/// Cells may be quoted and then hold separators, doubled quotation marks and line ends; a row is numbered by its first line.
/// The separator is the one that the first line has more of: Vietnamese Excel writes `;`.
///
/// # Errors
/// [`ReadError::TooMany`]; [`ReadError::Damaged`] for a quotation that never ends.
pub fn csv(text: &str) -> Result<RawRows, ReadError> {
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t']
        .into_iter()
        .max_by_key(|separator| first.matches(*separator).count())
        .unwrap_or(',');
    let (mut rows, mut budget) = (RawRows::new(), Budget::default());
    let (mut line, mut begun, mut quoted_at) = (1, 1, None);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted_at.is_some() && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted_at.is_some() => quoted_at = None,
            _ if quoted_at.is_some() => cell.push(c),
            '"' if cell.is_empty() => quoted_at = Some(line),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                budget.cells(1)?;
                cells.push(std::mem::take(&mut cell));
                budget.row()?;
                rows.push((begun, std::mem::take(&mut cells)));
                begun = line;
            }
            _ if c == separator => {
                budget.cells(1)?;
                cells.push(std::mem::take(&mut cell));
            }
            _ => cell.push(c),
        }
    }
    if let Some(line) = quoted_at {
        return Err(ReadError::Damaged {
            part: format!("dòng {line}"),
            detail: "quotation mark not closed".into(),
        });
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        rows.push((begun, cells));
    }
    Ok(rows)
}
