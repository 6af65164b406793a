//! `w:tbl`, read into rows and cells.

use super::read::{Body, is_wrapper};
use crate::error::ReadError;
use crate::grid::{RawCell, RawRow, RawTable};
use crate::xml::{Node, Tag};

impl Body<'_> {
    pub(super) fn table(&mut self) -> Result<RawTable, ReadError> {
        let mut table = RawTable::default();
        self.table_content(&mut table)?;
        Ok(table)
    }

    fn table_content(&mut self, table: &mut RawTable) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "tblPr" => table.bordered |= self.borders()?,
                "tblGrid" => table.widths = self.grid()?,
                "tr" => {
                    let mut row = RawRow::default();
                    if self.row(table, &mut row)? {
                        table.rows.push(row);
                    }
                }
                name if is_wrapper(name) => self.table_content(table)?,
                _ => self.aside(&tag)?,
            }
        }
    }

    /// Reads a row; whether it stays once its changes are accepted.
    fn row(&mut self, table: &mut RawTable, row: &mut RawRow) -> Result<bool, ReadError> {
        let mut stays = true;
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(stays),
            };
            match tag.name.as_str() {
                "trPr" => stays &= self.row_props(row)?,
                "tc" => {
                    self.counted()?;
                    let mut cell = RawCell {
                        span: 1,
                        continues: false,
                        blocks: Vec::new(),
                    };
                    if self.cell(table, &mut cell)? {
                        row.cells.push(cell);
                    }
                }
                name if is_wrapper(name) => stays &= self.row(table, row)?,
                _ => self.aside(&tag)?,
            }
        }
    }

    /// Reads the properties of a row; whether the row was not deleted.
    fn row_props(&mut self, row: &mut RawRow) -> Result<bool, ReadError> {
        let mut stays = true;
        loop {
            match self.xml.next()? {
                Node::Start(tag) => {
                    match tag.name.as_str() {
                        "del" => stays = false,
                        "tblHeader" => row.header = tag.is_on(),
                        "gridBefore" => row.cells.push(RawCell {
                            span: span(&tag),
                            continues: false,
                            blocks: Vec::new(),
                        }),
                        _ => {}
                    }
                    self.xml.skip()?;
                }
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(stays),
            }
        }
    }

    /// Reads a cell; whether it stays once its changes are accepted.
    fn cell(&mut self, table: &mut RawTable, cell: &mut RawCell) -> Result<bool, ReadError> {
        let mut stays = true;
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(stays),
            };
            match tag.name.as_str() {
                "tcPr" => stays = self.cell_props(table, cell)?,
                "p" => self.paragraph(&mut cell.blocks)?,
                "tbl" => {
                    let inner = self.table()?;
                    cell.blocks
                        .extend(inner.into_blocks(self.state.marks.is_on()));
                }
                name if is_wrapper(name) => self.blocks(&mut cell.blocks)?,
                _ => self.aside(&tag)?,
            }
        }
    }

    /// Reads the properties of a cell; whether the cell was not deleted.
    fn cell_props(&mut self, table: &mut RawTable, cell: &mut RawCell) -> Result<bool, ReadError> {
        let mut stays = true;
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "gridSpan" => {
                        cell.span = span(&tag);
                        self.xml.skip()?;
                    }
                    "vMerge" => {
                        cell.continues = tag.val() != Some("restart");
                        self.xml.skip()?;
                    }
                    "cellDel" => {
                        stays = false;
                        self.xml.skip()?;
                    }
                    "tcBorders" => table.bordered |= self.borders()?,
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(stays),
            }
        }
    }

    /// Whether the element, whose `Start` was read last, draws a border or names a table style other than the plain one.
    fn borders(&mut self) -> Result<bool, ReadError> {
        let mut drawn = false;
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "tblBorders" => drawn |= self.borders()?,
                    "top" | "bottom" | "left" | "right" | "start" | "end" | "insideH"
                    | "insideV" => {
                        drawn |= !matches!(tag.val(), None | Some("none" | "nil"));
                        self.xml.skip()?;
                    }
                    "tblStyle" => {
                        drawn |= !matches!(tag.val(), None | Some("TableNormal"));
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(drawn),
            }
        }
    }

    fn grid(&mut self) -> Result<Vec<u32>, ReadError> {
        let mut widths = Vec::new();
        loop {
            match self.xml.next()? {
                Node::Start(tag) => {
                    if tag.name == "gridCol" {
                        widths.push(
                            tag.get("w")
                                .and_then(|width| width.parse().ok())
                                .unwrap_or(0),
                        );
                    }
                    self.xml.skip()?;
                }
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(widths),
            }
        }
    }
}

/// Columns that a cell takes; more than a table may have is a hostile number.
fn span(tag: &Tag) -> usize {
    tag.val()
        .and_then(|value| value.parse().ok())
        .unwrap_or(1)
        .clamp(1, 63)
}
