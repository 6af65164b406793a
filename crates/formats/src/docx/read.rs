//! Reading `word/document.xml` in one pass.

use super::numbering::Numbering;
use super::styles::{
    ParagraphProps, RunProps, Styles, heading_level, read_paragraph_props, read_run_props,
};
use crate::archive::Archive;
use crate::error::{Countable, ReadError};
use crate::grid::{RawCell, RawRow, RawTable};
use crate::limits;
use crate::notes::Notes;
use crate::read::Incoming;
use crate::runs::RunBuilder;
use crate::xml::{Node, Tag, Xml};
use domain::doc::{Block, Document, Paragraph, Run};

const MAIN: &str = "word/document.xml";

/// Reads the body of a DOCX: insertions accepted, deletions dropped, headers, footers, notes and comments left out.
///
/// # Errors
/// [`ReadError::Damaged`] naming the part, or a cap that was passed.
pub fn read(archive: &mut Archive<'_>) -> Result<Incoming, ReadError> {
    let missing = || ReadError::Damaged {
        part: MAIN.to_owned(),
        detail: "missing".into(),
    };
    let text = archive.read_text(MAIN)?.ok_or_else(missing)?;
    let styles = archive
        .read_text("word/styles.xml")?
        .map(|text| Styles::read(&text))
        .transpose()?;
    let numbering = archive
        .read_text("word/numbering.xml")?
        .map(|text| Numbering::read(&text))
        .transpose()?;
    let mut body = Body {
        xml: Xml::new(MAIN, &text),
        styles: styles.unwrap_or_default(),
        numbering: numbering.unwrap_or_default(),
        count: 0,
    };
    loop {
        match body.xml.next()? {
            Node::Start(tag) if tag.name == "body" => {
                let mut blocks = Vec::new();
                body.blocks(&mut blocks)?;
                crate::runs::tidy_page_breaks(&mut blocks);
                return Ok(Incoming::new(Document { blocks }, Notes::default()));
            }
            Node::Eof => return Err(missing()),
            _ => {}
        }
    }
}

struct Body<'a> {
    xml: Xml<'a>,
    styles: Styles,
    numbering: Numbering,
    count: usize,
}

/// One paragraph while it is read.
#[derive(Default)]
struct Open {
    props: ParagraphProps,
    base: RunProps,
    runs: RunBuilder,
    /// Text boxes anchored here; they follow the paragraph.
    boxes: Vec<Block>,
    break_before: bool,
    break_after: bool,
}

impl Body<'_> {
    /// Reads blocks up to the end of the element whose `Start` was read last.
    fn blocks(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "p" => self.paragraph(out)?,
                "tbl" => out.extend(self.table()?.into_blocks()),
                name if is_wrapper(name) => self.blocks(out)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn counted(&mut self) -> Result<(), ReadError> {
        self.count += 1;
        if self.count > limits::BLOCKS {
            return Err(ReadError::TooMany {
                what: Countable::Blocks,
                limit: limits::BLOCKS,
            });
        }
        Ok(())
    }

    fn paragraph(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        self.counted()?;
        let mut open = Open {
            base: self.styles.run_props(None),
            ..Open::default()
        };
        self.paragraph_content(&mut open)?;
        if open.break_before || open.props.page_break_before {
            out.push(Block::PageBreak);
        }
        let (break_after, boxes) = (
            open.break_after || open.props.ends_page,
            std::mem::take(&mut open.boxes),
        );
        out.extend(self.close(open));
        out.extend(boxes);
        if break_after {
            out.push(Block::PageBreak);
        }
        Ok(())
    }

    /// The block of a paragraph that was read to its end; `None` when it has no text.
    fn close(&mut self, open: Open) -> Option<Block> {
        let style = open.props.style.as_deref();
        let numbering = open.props.numbering.or(&self.styles.numbering(style));
        if open.runs.is_blank() {
            return None;
        }
        let label = self.numbering.label(&numbering);
        let mut runs = open.runs.finish();
        let outline = open.props.outline.map(heading_level);
        if let Some(level) = outline.unwrap_or_else(|| self.styles.heading(style)) {
            if let Some(label) = label {
                let first = runs.first().cloned().unwrap_or_default();
                runs.insert(
                    0,
                    Run {
                        text: format!("{label} "),
                        ..first
                    },
                );
            }
            return Some(Block::Heading { level, runs });
        }
        let align = open
            .props
            .align
            .or_else(|| self.styles.align(style))
            .unwrap_or_default();
        Some(Block::Paragraph(Paragraph {
            runs,
            level: match &label {
                Some(_) => u8::try_from(numbering.level.unwrap_or(0)).unwrap_or(0),
                None => 0,
            },
            label,
            align,
        }))
    }

    /// Reads what stands in a paragraph, or in a wrapper within it.
    fn paragraph_content(&mut self, open: &mut Open) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "pPr" => {
                    open.props = read_paragraph_props(&mut self.xml)?;
                    open.base = self.styles.run_props(open.props.style.as_deref());
                }
                "r" => self.run(open)?,
                name if is_wrapper(name) => self.paragraph_content(open)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn run(&mut self, open: &mut Open) -> Result<(), ReadError> {
        let mut props = open.base.clone();
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "rPr" => {
                    let own = read_run_props(&mut self.xml)?;
                    let style = self.styles.character_props(own.style.as_deref());
                    props = own.over(&style).over(&open.base);
                }
                "t" => {
                    let text = self.text()?;
                    push(open, &props, &text);
                }
                "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(open)?,
                _ => {
                    mark(open, &props, &tag);
                    self.xml.skip()?;
                }
            }
        }
    }

    fn text(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Node::Text(part) => text.push_str(&part),
                Node::Start(_) => self.xml.skip()?,
                Node::End | Node::Eof => return Ok(text),
            }
        }
    }

    /// Looks for text boxes. The fallback of an alternative repeats the same text and is passed over.
    fn drawing(&mut self, open: &mut Open) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "txbxContent" => {
                        let mut blocks = Vec::new();
                        self.blocks(&mut blocks)?;
                        open.boxes.extend(blocks);
                    }
                    "Fallback" => self.xml.skip()?,
                    _ => self.drawing(open)?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn table(&mut self) -> Result<RawTable, ReadError> {
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
                    self.row(table, &mut row)?;
                    table.rows.push(row);
                }
                name if is_wrapper(name) => self.table_content(table)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn row(&mut self, table: &mut RawTable, row: &mut RawRow) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "trPr" => self.row_props(row)?,
                "tc" => {
                    self.counted()?;
                    let mut cell = RawCell {
                        span: 1,
                        continues: false,
                        blocks: Vec::new(),
                    };
                    self.cell(table, &mut cell)?;
                    row.cells.push(cell);
                }
                name if is_wrapper(name) => self.row(table, row)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn row_props(&mut self, row: &mut RawRow) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => {
                    match tag.name.as_str() {
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
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn cell(&mut self, table: &mut RawTable, cell: &mut RawCell) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "tcPr" => self.cell_props(table, cell)?,
                "p" => self.paragraph(&mut cell.blocks)?,
                "tbl" => {
                    let inner = self.table()?;
                    cell.blocks.extend(inner.into_blocks());
                }
                name if is_wrapper(name) => self.blocks(&mut cell.blocks)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn cell_props(&mut self, table: &mut RawTable, cell: &mut RawCell) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "gridSpan" => {
                        cell.span = span(&tag);
                        self.xml.skip()?;
                    }
                    "tcBorders" => table.bordered |= self.borders()?,
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
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

/// Elements that only enclose content: `w:ins` and `w:moveTo` are read as accepted.
fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "ins"
            | "moveTo"
            | "sdt"
            | "sdtContent"
            | "smartTag"
            | "customXml"
            | "hyperlink"
            | "fldSimple"
            | "dir"
            | "bdo"
    )
}

/// Columns that a cell takes; more than a table may have is a hostile number.
fn span(tag: &Tag) -> usize {
    tag.val()
        .and_then(|value| value.parse().ok())
        .unwrap_or(1)
        .clamp(1, 63)
}

fn push(open: &mut Open, props: &RunProps, text: &str) {
    if props.hidden == Some(true) {
        return;
    }
    if props.caps == Some(true) {
        open.runs.push(props.look(), &text.to_uppercase());
    } else {
        open.runs.push(props.look(), text);
    }
}

/// Things of a run that stand for a character or a break.
fn mark(open: &mut Open, props: &RunProps, tag: &Tag) {
    match (tag.name.as_str(), tag.get("type")) {
        ("br", Some("page")) if open.runs.is_blank() => open.break_before = true,
        ("br", Some("page")) => open.break_after = true,
        ("br", _) | ("cr", _) => push(
            open,
            &RunProps {
                underline: None,
                ..props.clone()
            },
            "\n",
        ),
        ("tab" | "ptab", _) => push(open, props, "\t"),
        ("noBreakHyphen", _) => push(open, props, "-"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Look;

    #[test]
    fn a_look_is_taken_from_style_then_run() {
        let base = RunProps {
            bold: Some(true),
            ..RunProps::default()
        };
        let own = RunProps {
            bold: Some(false),
            italic: Some(true),
            ..RunProps::default()
        };
        assert_eq!(
            own.over(&base).look(),
            Look {
                bold: false,
                italic: true,
                ..Look::default()
            }
        );
    }
}
