//! Pieces of the document's text that remember where each of their characters stands.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::model::Source;
use super::piped;
use super::places::Span;
use super::spelling;
use super::upright;
use crate::doc::{Block, Document};

pub(super) use crate::pattern::pattern;

/// Text with white space collapsed; `at` holds for each byte the character offset in the document.
#[derive(Debug, Clone, Default)]
pub(super) struct Passage {
    text: String,
    at: Vec<usize>,
}

impl Passage {
    /// The characters of `raw`, which begins at `start` in the document, trimmed and with single blanks.
    pub fn collapse(raw: &[char], start: usize) -> Passage {
        let mut passage = Passage::default();
        let mut gap = false;
        for (offset, &character) in raw.iter().enumerate() {
            if character.is_whitespace() {
                gap = true;
                continue;
            }
            if gap && !passage.text.is_empty() {
                passage.push(' ', start + offset - 1);
            }
            gap = false;
            passage.push(character, start + offset);
        }
        passage
    }

    fn push(&mut self, character: char, at: usize) {
        self.text.push(character);
        self.at.resize(self.text.len(), at);
    }

    /// The first `length` bytes of this passage.
    pub fn head(&self, length: usize) -> Passage {
        Passage {
            text: self.text[..length].to_owned(),
            at: self.at[..length].to_vec(),
        }
    }

    /// Continues this passage with the text of the next line.
    pub fn append(&mut self, next: &Passage) {
        if let Some(&first) = next.at.first() {
            if !self.text.is_empty() {
                self.push(' ', first.saturating_sub(1));
            }
            self.text.push_str(&next.text);
            self.at.extend_from_slice(&next.at);
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The place in the document of a range of bytes of this passage's text.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (
            self.at.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.at.get(last)),
        ) {
            (Some(&start), Some(&last)) if range.start < range.end => Span {
                start,
                end: last + 1,
            },
            _ => self.at.last().map_or(Span::default(), |&last| Span {
                start: last,
                end: last,
            }),
        }
    }

    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }
}

/// A line as the document holds it: characters `start..end`, out of block `block`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub start: usize,
    pub end: usize,
    pub block: usize,
    /// Where the cell of a layout table begins that the line stands in.
    pub cell: Option<usize>,
}

/// A table that holds content, as the places of its cells.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub rows: Vec<Vec<Line>>,
}

#[derive(Debug, Clone)]
pub(super) enum Item {
    Line(Line),
    Table(Grid),
}

/// The document as lines and tables over its NFC text.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// As it is read, in standard spelling.
    pub chars: Vec<char>,
    /// As it is written, where that differs; character for character the same places.
    pub written: Option<Vec<char>>,
    pub items: Vec<Item>,
    /// The text was not in NFC when it came.
    pub decomposed: bool,
}

impl Flow {
    pub fn of(document: &Document) -> Flow {
        let mut flow = Flow::default();
        for (index, block) in document.blocks.iter().enumerate() {
            let raw = block.text();
            let start = flow.chars.len();
            flow.chars.extend(raw.nfc());
            flow.decomposed |= raw.chars().ne(flow.chars[start..].iter().copied());
            match block {
                Block::Table(table) => flow.table(table, start, index),
                _ => flow.lines(start, flow.chars.len(), index, None),
            }
            flow.chars.push('\n');
        }
        let written = flow.chars.clone();
        if spelling::standardise(&mut flow.chars) {
            flow.written = Some(written);
        }
        let items = piped::gathered(std::mem::take(&mut flow.items), &flow.chars);
        flow.items = upright::gathered(items, &flow.chars);
        flow
    }

    fn lines(&mut self, start: usize, end: usize, block: usize, cell: Option<usize>) {
        let mut from = start;
        for at in start..=end {
            if at == end || self.chars[at] == '\n' {
                if self.chars[from..at].iter().any(|c| !c.is_whitespace()) {
                    self.items.push(Item::Line(Line {
                        start: from,
                        end: at,
                        block,
                        cell,
                    }));
                }
                from = at + 1;
            }
        }
    }

    /// Places the cells as [`Block::text`] joins them: cells by ` | `, rows by a line feed.
    fn table(&mut self, table: &crate::doc::Table, start: usize, block: usize) {
        let mut at = start;
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in row {
                let length = cell.text().nfc().count();
                cells.push(Line {
                    start: at,
                    end: at + length,
                    block,
                    cell: Some(at),
                });
                at += length + 3;
            }
            at = if row.is_empty() { at + 1 } else { at - 3 + 1 };
            rows.push(cells);
        }
        let whole: String = self.chars[start..].iter().collect();
        if sets_the_page(&whole) {
            for cell in rows.iter().flatten() {
                self.lines(cell.start, cell.end, block, Some(cell.start));
            }
        } else {
            self.items.push(Item::Table(Grid { rows }));
        }
    }

    pub fn passage(&self, line: Line) -> Passage {
        Passage::collapse(&self.chars[line.start..line.end], line.start)
    }

    /// The columns of a line that sets two columns side by side with blanks or tabs.
    pub fn columns(&self, line: Line) -> Vec<Passage> {
        let mut columns = Vec::new();
        let mut from = line.start;
        let mut blanks = 0;
        for at in line.start..line.end {
            match self.chars[at] {
                '\t' => blanks += 3,
                c if c.is_whitespace() => blanks += 1,
                _ => {
                    if blanks >= 3 {
                        columns.push(self.passage(Line {
                            start: from,
                            end: at,
                            ..line
                        }));
                        from = at;
                    }
                    blanks = 0;
                }
            }
        }
        columns.push(self.passage(Line {
            start: from,
            ..line
        }));
        columns.retain(|column| !column.is_empty());
        columns
    }

    /// The exact characters of a span, as a source of what was read there.
    pub fn source(&self, span: Span) -> Source {
        let end = span.end.min(self.chars.len());
        let start = span.start.min(end);
        Source {
            text: self.written.as_ref().unwrap_or(&self.chars)[start..end]
                .iter()
                .collect(),
            start,
            end,
        }
    }
}

/// Whether a table only puts the head or the foot of the page into two columns.
pub(super) fn sets_the_page(text: &str) -> bool {
    pattern!(
        LAYOUT,
        r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI|(?i:nơi nhận\s*:)|(?m:^|\| )(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)\s"
    );
    LAYOUT.is_match(text)
}
