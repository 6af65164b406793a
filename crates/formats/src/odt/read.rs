//! Reading `content.xml` in one pass.

use super::inline::Open;
use super::lists::Counts;
use super::margins::read_margins;
use super::styles::{Styles, TextLook};
use crate::anchors::{AnchorKind, Anchors};
use crate::archive::Archive;
use crate::error::{Countable, ReadError};
use crate::grid::{RawCell, RawRow, RawTable};
use crate::limits;
use crate::marks::Marks;
use crate::notes::Notes;
use crate::read::Incoming;
use crate::xml::{Node, Tag, Xml};
use domain::doc::{Block, Document, Paragraph, Run};
use std::collections::HashMap;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";

/// Whether the container is a text of OpenDocument, by the kind that it declares.
pub fn has_text(archive: &mut Archive<'_>) -> bool {
    matches!(archive.read_text("mimetype"), Ok(Some(kind)) if kind.trim().starts_with("application/vnd.oasis.opendocument.text"))
}

/// Reads the body of an ODT: changes as accepted, comments left out, notes after their paragraph, a head that stands in
/// the header in front.
///
/// # Errors
/// [`ReadError::Damaged`] naming the part, or a cap that was passed.
pub fn read(archive: &mut Archive<'_>, marks: Marks) -> Result<Incoming, ReadError> {
    let missing = || ReadError::Damaged {
        part: CONTENT.to_owned(),
        detail: "missing".into(),
    };
    if archive.is_encrypted_odf()? {
        return Err(ReadError::Encrypted);
    }
    let text = archive.read_text(CONTENT)?.ok_or_else(missing)?;
    let mut styles = Styles::default();
    let named = archive.read_text(STYLES)?.unwrap_or_default();
    styles.read_part(STYLES, &named)?;
    let mut notes = Notes::default();
    notes.look_at(&text);
    notes.macros |= archive.has_below("Basic/") || archive.has_below("Scripts/");
    let mut margins = Body::over(STYLES, &named, styles, Marks::default(), notes);
    let head = read_margins(&mut margins)?;
    let mut body = Body::over(CONTENT, &text, margins.styles, marks, margins.notes);
    loop {
        match body.xml.next()? {
            Node::Start(tag) if tag.name == "text" => {
                let mut blocks = Vec::new();
                body.blocks(&mut blocks)?;
                blocks.splice(0..0, head);
                crate::runs::tidy_page_breaks(&mut blocks);
                return Ok(Incoming {
                    document: Document { blocks },
                    notes: body.notes.into_list(),
                    anchors: body.anchors.finish(),
                });
            }
            Node::Start(tag) => body.styles.take(&mut body.xml, &tag)?,
            Node::Eof => return Err(missing()),
            _ => {}
        }
    }
}

/// The reader over one text.
pub struct Body<'a> {
    pub xml: Xml<'a>,
    pub styles: Styles,
    pub anchors: Anchors,
    pub marks: Marks,
    pub notes: Notes,
    lists: Lists,
    headings: Counts,
    controls: usize,
    count: usize,
}

/// How far each list has counted, and where the reader stands in lists now.
#[derive(Default)]
struct Lists {
    /// By list style, and by the id of the list.
    by_style: HashMap<String, Counts>,
    by_id: HashMap<String, Counts>,
    open: Option<OpenList>,
}

struct OpenList {
    style: String,
    level: usize,
    counts: Counts,
    /// The next paragraph begins an item, and at which number when the file says so.
    begins: bool,
    start: Option<u32>,
}

impl<'a> Body<'a> {
    fn over(part: &'a str, text: &'a str, styles: Styles, marks: Marks, notes: Notes) -> Body<'a> {
        Body {
            xml: Xml::new(part, text),
            styles,
            anchors: Anchors::default(),
            marks,
            notes,
            lists: Lists::default(),
            headings: Counts::default(),
            controls: 0,
            count: 0,
        }
    }
}

impl Body<'_> {
    /// A number that no other content control has.
    pub fn control(&mut self) -> usize {
        self.controls += 1;
        self.controls
    }

    /// Reads blocks up to the end of the element whose `Start` was read last.
    pub fn blocks(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => self.block(&tag, out)?,
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    /// Reads one block, whose `Start` was read last.
    pub fn block(&mut self, tag: &Tag, out: &mut Vec<Block>) -> Result<(), ReadError> {
        let name = |key: &str| tag.get(key).unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "p" | "h" => self.paragraph(tag, out),
            "list" => self.list(tag, out),
            "table" => {
                self.anchors.enter_table();
                let blocks = self.table()?.into_blocks(self.marks.is_on());
                self.anchors.leave_table(&blocks);
                out.extend(blocks);
                Ok(())
            }
            "section" => {
                let hidden = tag.attribute("text", "display") == Some("none");
                if hidden {
                    return self.xml.skip();
                }
                let key = name("name");
                self.anchors.begin(AnchorKind::Section, &key, &key);
                let read = self.blocks(out);
                self.anchors.end(AnchorKind::Section, &key);
                read
            }
            "content-control" | "index-body" | "index-title" | "table-of-content"
            | "numbered-paragraph" => self.blocks(out),
            "bookmark-start" => {
                self.anchors
                    .begin(AnchorKind::Bookmark, &name("name"), &name("name"));
                self.marks.meet(&name("name"));
                self.xml.skip()
            }
            "bookmark-end" => {
                self.anchors.end(AnchorKind::Bookmark, &name("name"));
                self.xml.skip()
            }
            "frame" | "custom-shape" | "rect" => {
                let mut open = Open::new();
                self.drawing(&mut open)?;
                out.append(&mut open.boxes);
                Ok(())
            }
            "tracked-changes" => {
                self.notes.changes = true;
                self.xml.skip()
            }
            _ => self.xml.skip(),
        }
    }

    /// Reads something that stands apart from the text around it: its lists and anchors are its own.
    pub fn apart<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let anchors = std::mem::take(&mut self.anchors);
        let lists = self.lists.open.take();
        let done = read(self);
        self.anchors = anchors;
        self.lists.open = lists;
        done
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

    fn paragraph(&mut self, tag: &Tag, out: &mut Vec<Block>) -> Result<(), ReadError> {
        self.counted()?;
        let style = tag.get("style-name").unwrap_or_default().to_owned();
        let look = self.styles.paragraph(&style);
        let mut open = Open::new();
        self.marks.settle(&mut open.runs);
        self.inline(&mut open, &look)?;
        self.notes.end_line();
        let (before, after) = self.styles.breaks(&style);
        if before {
            out.push(Block::PageBreak);
        }
        if !open.runs.is_blank() {
            let block = self.finished(tag, &style, &look, std::mem::take(&mut open.runs));
            self.anchors.close_paragraph(&block);
            out.push(block);
        }
        out.append(&mut open.notes);
        out.append(&mut open.boxes);
        if after {
            out.push(Block::PageBreak);
        }
        Ok(())
    }

    fn finished(
        &mut self,
        tag: &Tag,
        style: &str,
        look: &TextLook,
        runs: crate::runs::RunBuilder,
    ) -> Block {
        let align = self.styles.align(style).unwrap_or_default();
        let mut runs = runs.finish();
        let is_heading = tag.name == "h";
        let level = tag
            .get("outline-level")
            .and_then(|level| level.parse::<u8>().ok())
            .unwrap_or(1)
            .clamp(1, 10);
        let numbered = tag.get("is-list-header") != Some("true");
        let label = match self.item_label() {
            Some(label) => label,
            None if is_heading && numbered => {
                let outline = self.styles.outline();
                let at = usize::from(level) - 1;
                self.headings.label(at, None, |index| outline.level(index))
            }
            None => None,
        };
        if !is_heading {
            let depth = self.lists.open.as_ref().map_or(0, |open| open.level);
            return Block::Paragraph(Paragraph {
                runs,
                level: match &label {
                    Some(_) => u8::try_from(depth).unwrap_or(u8::MAX),
                    None => self.styles.item_level(style),
                },
                label,
                align,
            });
        }
        if let Some(label) = label {
            runs.insert(
                0,
                Run {
                    text: format!("{label} "),
                    bold: look.look.bold,
                    italic: look.look.italic,
                    underline: look.look.underline,
                    script: look.look.script,
                },
            );
        }
        Block::Heading { level, runs }
    }

    /// The label of the paragraph at hand: `None` outside lists, `Some(None)` in a list without a label of its own.
    fn item_label(&mut self) -> Option<Option<String>> {
        let open = self.lists.open.as_mut()?;
        if !std::mem::take(&mut open.begins) {
            return Some(None);
        }
        let (styles, style) = (&self.styles, &open.style);
        let start = open.start.take();
        Some(
            open.counts
                .label(open.level, start, |index| styles.list_level(style, index)),
        )
    }

    fn list(&mut self, tag: &Tag, out: &mut Vec<Block>) -> Result<(), ReadError> {
        let named = tag
            .get("style-name")
            .filter(|name| !name.is_empty())
            .map(str::to_owned);
        let outer = self.lists.open.take();
        let style = named
            .or_else(|| outer.as_ref().map(|outer| outer.style.clone()))
            .unwrap_or_default();
        let counts = match &outer {
            Some(outer) => outer.counts.clone(),
            None => self.continued(tag, &style),
        };
        self.lists.open = Some(OpenList {
            level: outer.as_ref().map_or(0, |outer| outer.level + 1),
            style,
            counts,
            begins: false,
            start: None,
        });
        let read = self.items(out);
        let ended = self.lists.open.take();
        if let Some(ended) = ended {
            match outer {
                Some(outer) => {
                    self.lists.open = Some(OpenList {
                        counts: ended.counts,
                        ..outer
                    })
                }
                None => {
                    if let Some(id) = tag.get("id") {
                        self.lists.by_id.insert(id.to_owned(), ended.counts.clone());
                    }
                    self.lists.by_style.insert(ended.style, ended.counts);
                }
            }
        }
        read
    }

    /// Where a list of its own begins to count: anew, or where the one that it continues stopped.
    fn continued(&self, tag: &Tag, style: &str) -> Counts {
        let continued = match tag.get("continue-list") {
            Some(id) => self.lists.by_id.get(id),
            None if tag.get("continue-numbering") == Some("true") => self.lists.by_style.get(style),
            None => None,
        };
        continued.cloned().unwrap_or_default()
    }

    fn items(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "list-item" | "list-header" => {
                        self.counted()?;
                        if let Some(open) = &mut self.lists.open {
                            open.begins = tag.name == "list-item";
                            open.start =
                                tag.get("start-value").and_then(|start| start.parse().ok());
                        }
                        self.blocks(out)?;
                    }
                    _ => self.xml.skip()?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn table(&mut self) -> Result<RawTable, ReadError> {
        let mut table = RawTable::default();
        // Lists do not run through tables.
        let outer = self.lists.open.take();
        let read = self.table_content(&mut table, false);
        self.lists.open = outer;
        read.map(|()| table)
    }

    fn table_content(&mut self, table: &mut RawTable, header: bool) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "table-row" => {
                    let mut row = RawRow {
                        header,
                        cells: Vec::new(),
                    };
                    self.row(table, &mut row)?;
                    table.rows.push(row);
                }
                "table-column" => {
                    let width = self
                        .styles
                        .column_width(tag.get("style-name").unwrap_or_default());
                    let columns = number(&tag, "number-columns-repeated");
                    table.widths.extend(std::iter::repeat_n(width, columns));
                    self.xml.skip()?;
                }
                "table-columns" | "table-header-columns" | "table-column-group" => {
                    self.table_content(table, header)?;
                }
                "table-header-rows" => self.table_content(table, true)?,
                "table-rows" | "table-row-group" => self.table_content(table, header)?,
                _ => self.xml.skip()?,
            }
        }
    }

    fn row(&mut self, table: &mut RawTable, row: &mut RawRow) -> Result<(), ReadError> {
        // Columns that cells above still fill are covered; so are those behind a wide cell.
        let mut behind = 0_usize;
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            let number = |name: &str| number(&tag, name);
            match tag.name.as_str() {
                "covered-table-cell" => {
                    for _ in 0..number("number-columns-repeated") {
                        if behind > 0 {
                            behind -= 1;
                        } else {
                            self.counted()?;
                            row.cells.push(RawCell {
                                span: 1,
                                continues: true,
                                blocks: Vec::new(),
                            });
                        }
                    }
                    self.xml.skip()?;
                }
                "table-cell" => {
                    let repeated = number("number-columns-repeated");
                    let span = number("number-columns-spanned");
                    table.bordered |= self
                        .styles
                        .borders(tag.get("style-name").unwrap_or_default());
                    let mut blocks = Vec::new();
                    self.blocks(&mut blocks)?;
                    for _ in 0..repeated {
                        self.counted()?;
                        row.cells.push(RawCell {
                            span,
                            continues: false,
                            blocks: blocks.clone(),
                        });
                    }
                    behind = span - 1;
                }
                _ => self.xml.skip()?,
            }
        }
    }
}

/// How often a cell or column stands there: at most as many columns as a table may have.
fn number(tag: &Tag, name: &str) -> usize {
    tag.get(name)
        .and_then(|count| count.parse::<usize>().ok())
        .unwrap_or(1)
        .clamp(1, 63)
}
