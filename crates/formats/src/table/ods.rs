//! The first table of an ODS. Values are taken as the file writes them, so that no decimal passes through a float.

use super::budget::Budget;
use super::read::RawRows;
use crate::archive::Archive;
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::xml::{Node, Tag, Xml};

const CONTENT: &str = "content.xml";

/// # Errors
/// [`ReadError::Damaged`], [`ReadError::TooMany`].
pub fn rows(archive: &mut Archive<'_>) -> Result<RawRows, ReadError> {
    let missing = || ReadError::Damaged {
        part: CONTENT.to_owned(),
        detail: "no table".into(),
    };
    let text = archive.read_text(CONTENT)?.ok_or_else(missing)?;
    let mut table = Table {
        xml: Xml::new(CONTENT, &text),
        rows: RawRows::new(),
        line: 0,
        budget: Budget::default(),
    };
    loop {
        match table.xml.next()? {
            Node::Start(tag) if tag.name == "table" => {
                table.rows()?;
                return Ok(table.rows);
            }
            Node::Eof => return Err(missing()),
            _ => {}
        }
    }
}

struct Table<'a> {
    xml: Xml<'a>,
    rows: RawRows,
    line: usize,
    budget: Budget,
}

impl Table<'_> {
    fn rows(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "table-row" => self.row(repeats(&tag, "number-rows-repeated"))?,
                    "table-header-rows" | "table-rows" | "table-row-group" => self.rows()?,
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn row(&mut self, repeated: usize) -> Result<(), ReadError> {
        let cells = self.cells()?;
        if cells.is_empty() {
            self.line = self.line.saturating_add(repeated);
            return Ok(());
        }
        let bytes = cells.iter().map(String::len).sum();
        for copy in 0..repeated {
            self.line += 1;
            self.budget.row()?;
            if copy > 0 {
                self.budget.cells(cells.len())?;
                self.budget.text(bytes)?;
            }
            self.rows.push((self.line, cells.clone()));
        }
        Ok(())
    }

    /// The cells up to the last that holds anything; sheets end in thousands of empty ones.
    fn cells(&mut self) -> Result<Vec<String>, ReadError> {
        let mut cells: Vec<String> = Vec::new();
        let mut empty = 0_usize;
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(cells),
            };
            let repeated = repeats(&tag, "number-columns-repeated");
            let shown = self.paragraphs()?;
            let text = value(&tag).unwrap_or(shown);
            if text.is_empty() {
                empty = empty.saturating_add(repeated);
                continue;
            }
            if cells.len().saturating_add(empty).saturating_add(repeated) > limits::TABLE_COLUMNS {
                return Err(ReadError::TooMany {
                    what: Countable::Columns,
                    limit: limits::TABLE_COLUMNS,
                });
            }
            self.budget.cells(empty + repeated)?;
            self.budget.text(text.len().saturating_mul(repeated))?;
            cells.extend(std::iter::repeat_n(String::new(), empty));
            cells.extend(std::iter::repeat_n(text, repeated));
            empty = 0;
        }
    }

    /// The text of the element whose `Start` was read last: its paragraphs as lines, notes left out.
    fn paragraphs(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Node::Text(part) => text.push_str(&part),
                Node::Start(tag) => match tag.name.as_str() {
                    "annotation" => self.xml.skip()?,
                    "s" => {
                        text.push(' ');
                        self.xml.skip()?;
                    }
                    name => {
                        if name == "p" && !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&self.paragraphs()?);
                    }
                },
                Node::End | Node::Eof => return Ok(text),
            }
        }
    }
}

fn repeats(tag: &Tag, name: &str) -> usize {
    tag.get(name)
        .and_then(|count| count.parse().ok())
        .unwrap_or(1)
}

/// The value behind what is shown, for numbers and dates.
fn value(tag: &Tag) -> Option<String> {
    match tag.get("value-type")? {
        "float" | "percentage" | "currency" => tag.get("value").map(str::to_owned),
        "date" => tag.get("date-value").map(|date| {
            let parts: Vec<&str> = date.get(..10).unwrap_or(date).split('-').collect();
            match parts.as_slice() {
                [year, month, day] => format!("{day}/{month}/{year}"),
                _ => date.to_owned(),
            }
        }),
        _ => None,
    }
}
