//! From tokens to blocks: an open element each on a stack, so that no page can nest too deep for the machine.

use super::style::Style;
use super::tokens::{Tag, Token, Tokens};
use crate::error::{Countable, ReadError};
use crate::grid::{RawCell, RawRow, RawTable};
use crate::limits;
use crate::notes::Notes;
use crate::numerals::render;
use crate::read::Incoming;
use crate::runs::RunBuilder;
use domain::doc::{Block, Document, Paragraph, Run};

/// Elements that never have an end.
const VOID: &[&str] = &[
    "br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source", "embed",
];

/// Elements that run within a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "st1",
];

/// Reads a page.
pub fn build(text: &str, notes: Notes) -> Result<Incoming, ReadError> {
    let mut builder = Builder {
        notes,
        levels: vec![Level::default()],
        open: Vec::new(),
        lists: Vec::new(),
        paragraph: Open::default(),
        count: 0,
    };
    for token in Tokens::new(text) {
        builder.notes.count_piece()?;
        match token {
            Token::Text(text) => builder.text(&text),
            Token::Open(tag) => builder.open(&tag)?,
            Token::Close(name) => builder.close(&name)?,
        }
    }
    while !builder.open.is_empty() {
        builder.pop()?;
    }
    builder.flush()?;
    let blocks = builder.levels.swap_remove(0).blocks;
    Ok(Incoming::new(Document { blocks }, builder.notes))
}

struct Element {
    name: String,
    style: Style,
}

/// Where blocks go: the page, or a cell of a table in it.
#[derive(Default)]
struct Level {
    blocks: Vec<Block>,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    raw: RawTable,
    in_head: bool,
    /// The cell that is being read takes so many columns and rows.
    cell: Option<(usize, usize)>,
    /// By column, in how many rows below a cell from above still stands.
    held: Vec<usize>,
}

/// A list around the text at hand.
struct List {
    /// The name that [`render`] knows; `None` for bullets.
    format: Option<&'static str>,
    next: u32,
}

/// The paragraph that is being read.
#[derive(Default)]
struct Open {
    runs: RunBuilder,
    label: Option<String>,
    heading: Option<u8>,
    style: Style,
    after_blank: bool,
}

struct Builder {
    notes: Notes,
    levels: Vec<Level>,
    open: Vec<Element>,
    lists: Vec<List>,
    paragraph: Open,
    count: usize,
}

impl Builder {
    fn style(&self) -> Style {
        self.open
            .last()
            .map(|element| element.style.clone())
            .unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        let (hidden, keeps_lines) = self.open.last().map_or((false, false), |element| {
            (element.style.hidden, element.style.keeps_lines)
        });
        let between_cells = self
            .levels
            .last()
            .is_some_and(|level| level.table.is_some());
        if hidden || between_cells {
            return;
        }
        let text = if keeps_lines {
            text.to_owned()
        } else {
            self.collapsed(text)
        };
        if text.is_empty() {
            return;
        }
        let style = self.style();
        let text = self.notes.repaired(style.font.as_deref(), &text);
        let text = if style.capitals {
            text.to_uppercase()
        } else {
            text
        };
        if self.paragraph.runs.is_blank() {
            self.paragraph.style = style.clone();
        }
        self.paragraph.runs.push(style.look, &text);
    }

    /// White space between words is one blank, before the first word none. Fixed blanks stay.
    fn collapsed(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let open = &mut self.paragraph;
        let mut after_blank = open.after_blank || open.runs.is_blank();
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !is_blank {
                out.push(c);
            } else if !after_blank {
                out.push(' ');
            }
            after_blank = is_blank;
        }
        open.after_blank = after_blank;
        out
    }

    fn open(&mut self, tag: &Tag) -> Result<(), ReadError> {
        let name = tag.name.as_str();
        match name {
            "br" => {
                let style = self.style();
                if !style.hidden {
                    self.paragraph.runs.push(style.look, "\n");
                    self.paragraph.after_blank = true;
                }
            }
            "hr" => self.flush()?,
            "img" => self
                .notes
                .link(tag.get("src").filter(|src| !src.starts_with("data:"))),
            _ => {}
        }
        if VOID.contains(&name) {
            return Ok(());
        }
        self.close_implied(name)?;
        let style = self.style().within(tag);
        if !INLINE.contains(&name) {
            self.flush()?;
        }
        if !style.hidden {
            self.structure(tag)?;
        }
        self.open.push(Element {
            name: name.to_owned(),
            style,
        });
        if self.open.len() > limits::HTML_DEPTH {
            return Err(ReadError::TooMany {
                what: Countable::XmlDepth,
                limit: limits::HTML_DEPTH,
            });
        }
        Ok(())
    }

    /// What an element begins beside a paragraph: a list, an item, a table, a row, a cell.
    fn structure(&mut self, tag: &Tag) -> Result<(), ReadError> {
        match tag.name.as_str() {
            "ul" | "ol" => {
                let ordered = tag.name == "ol";
                self.lists.push(List {
                    format: ordered.then(|| match tag.get("type") {
                        Some("a") => "lowerLetter",
                        Some("A") => "upperLetter",
                        Some("i") => "lowerRoman",
                        Some("I") => "upperRoman",
                        _ => "decimal",
                    }),
                    next: number(tag, "start").unwrap_or(1),
                });
            }
            "li" => {
                let label = match self.lists.last_mut() {
                    Some(List {
                        format: Some(format),
                        next,
                    }) => {
                        let count = number(tag, "value").unwrap_or(*next);
                        *next = count.saturating_add(1);
                        format!("{}.", render(format, count))
                    }
                    _ => "-".to_owned(),
                };
                self.paragraph.label = Some(label);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph.heading = tag.name[1..].parse().ok();
            }
            "table" => {
                let mut table = Table::default();
                table.raw.bordered = tag.get("border").is_some_and(|border| border != "0");
                if let Some(level) = self.levels.last_mut() {
                    level.table = Some(table);
                }
            }
            "thead" => self.in_table(|table| table.in_head = true),
            "tr" => self.in_table(|table| {
                let header = table.in_head;
                table.raw.rows.push(RawRow {
                    header,
                    cells: Vec::new(),
                });
            }),
            "td" | "th" => self.cell(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self
            .levels
            .last_mut()
            .and_then(|level| level.table.as_mut())
        {
            change(table);
        }
    }

    fn cell(&mut self, tag: &Tag) -> Result<(), ReadError> {
        self.counted()?;
        let size = |name: &str| number(tag, name).map_or(1, |count| (count as usize).clamp(1, 63));
        let drawn = tag.get("style").is_some_and(|style| {
            style.contains("border") && !style.contains("border:none") && style.contains("solid")
        });
        let mut inside = false;
        self.in_table(|table| {
            table.raw.bordered |= drawn;
            if table.raw.rows.is_empty() {
                table.raw.rows.push(RawRow::default());
            }
            table.cell = Some((size("colspan"), size("rowspan")));
            table.place_held();
            inside = true;
        });
        if inside {
            self.levels.push(Level::default());
        }
        Ok(())
    }

    /// Ends what the new element cannot stand in.
    fn close_implied(&mut self, name: &str) -> Result<(), ReadError> {
        let (ends, up_to): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "table", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "tr" => (&["td", "th", "tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => {
                (&["td", "th", "tr", "tbody", "thead", "tfoot"], &["table"])
            }
            _ if !INLINE.contains(&name) => (&["p"], &["td", "th", "table", "div", "li", "body"]),
            _ => return Ok(()),
        };
        loop {
            let found = self.open.iter().rposition(|element| {
                ends.contains(&element.name.as_str()) || up_to.contains(&element.name.as_str())
            });
            match found {
                Some(at) if ends.contains(&self.open[at].name.as_str()) => {
                    while self.open.len() > at {
                        self.pop()?;
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        let found = self.open.iter().rposition(|element| element.name == name);
        // The end of something outside does not end a cell.
        let cell = self
            .open
            .iter()
            .rposition(|element| matches!(element.name.as_str(), "td" | "th"))
            .filter(|_| {
                !matches!(
                    name,
                    "td" | "th" | "tr" | "table" | "tbody" | "thead" | "tfoot"
                )
            });
        let Some(at) = found.filter(|at| cell.is_none_or(|cell| *at > cell)) else {
            return Ok(());
        };
        while self.open.len() > at {
            self.pop()?;
        }
        Ok(())
    }

    /// Ends the innermost element.
    fn pop(&mut self) -> Result<(), ReadError> {
        let Some(element) = self.open.pop() else {
            return Ok(());
        };
        let name = element.name.as_str();
        if !INLINE.contains(&name) {
            self.flush()?;
        }
        if element.style.hidden {
            return Ok(());
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "li" => self.paragraph.label = None,
            "thead" => self.in_table(|table| table.in_head = false),
            "tr" => self.in_table(Table::end_row),
            "td" | "th" if self.levels.len() > 1 => {
                let blocks = self
                    .levels
                    .pop()
                    .map(|level| level.blocks)
                    .unwrap_or_default();
                self.in_table(|table| table.end_cell(blocks));
            }
            "table" => {
                if let Some(level) = self.levels.last_mut()
                    && let Some(table) = level.table.take()
                {
                    level.blocks.extend(table.raw.into_blocks(false));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends the paragraph at hand.
    fn flush(&mut self) -> Result<(), ReadError> {
        self.notes.end_line();
        if self.paragraph.runs.is_blank() {
            self.paragraph.runs = RunBuilder::default();
            self.paragraph.after_blank = false;
            return Ok(());
        }
        self.counted()?;
        let open = std::mem::take(&mut self.paragraph);
        let mut runs = open.runs.finish();
        let block = match open.heading {
            Some(level) => {
                if let Some(label) = open.label {
                    runs.insert(0, Run::bold(format!("{label} ")));
                }
                Block::Heading { level, runs }
            }
            None => Block::Paragraph(Paragraph {
                runs,
                label: open.label,
                align: open.style.align.unwrap_or_default(),
                ..Paragraph::default()
            }),
        };
        if let Some(level) = self.levels.last_mut() {
            level.blocks.push(block);
        }
        Ok(())
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
}

impl Table {
    /// Puts the places of cells that come down from rows above before the cell that follows.
    fn place_held(&mut self) {
        let Some(row) = self.raw.rows.last_mut() else {
            return;
        };
        loop {
            let column: usize = row.cells.iter().map(|cell| cell.span).sum();
            match self.held.get_mut(column) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    row.cells.push(RawCell {
                        span: 1,
                        continues: true,
                        blocks: Vec::new(),
                    });
                }
                _ => return,
            }
        }
    }

    fn end_cell(&mut self, blocks: Vec<Block>) {
        let (Some((span, rows)), Some(row)) = (self.cell.take(), self.raw.rows.last_mut()) else {
            return;
        };
        let column: usize = row.cells.iter().map(|cell| cell.span).sum();
        if rows > 1 && column + span <= limits::TABLE_COLUMNS {
            if self.held.len() < column + span {
                self.held.resize(column + span, 0);
            }
            self.held[column..column + span].fill(rows - 1);
        }
        row.cells.push(RawCell {
            span,
            continues: false,
            blocks,
        });
    }

    fn end_row(&mut self) {
        self.place_held();
    }
}

fn number(tag: &Tag, name: &str) -> Option<u32> {
    tag.get(name).and_then(|value| value.trim().parse().ok())
}
