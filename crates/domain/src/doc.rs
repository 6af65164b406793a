//! The neutral document tree between readers (DOCX, PDF, Markdown, text), the plan parser and writers.
//!
//! A reader keeps what the author wrote, in reading order; it does not interpret. All text is NFC.

use serde::{Deserialize, Serialize};

/// A document in reading order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading the source marks as one (a style, `#`); `level` counts from 1.
    Heading {
        level: u8,
        runs: Vec<Run>,
    },
    Paragraph(Paragraph),
    Table(Table),
    /// The following blocks begin on a new page.
    PageBreak,
}

/// A paragraph; `label` is a list mark or number that the source generates (`1.`, `-`) and does not hold as text,
/// `level` how many lists stand around its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    pub runs: Vec<Run>,
    pub label: Option<String>,
    #[serde(default)]
    pub level: u8,
    pub align: Align,
}

/// A stretch of text with one look. A line feed inside `text` is a line break within the paragraph.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    #[serde(default)]
    pub script: Script,
}

/// Where a run stands against the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Script {
    #[default]
    Normal,
    Super,
    Sub,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    #[default]
    Justify,
    Left,
    Center,
    Right,
}

/// A table by rows. The first `header_rows` rows repeat on each page.
/// `widths` are relative column weights (empty: equal); every row has the same number of cells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub header_rows: usize,
    pub widths: Vec<u32>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub paragraphs: Vec<Paragraph>,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Run {
            text: text.into(),
            ..Run::default()
        }
    }
    pub fn bold(text: impl Into<String>) -> Self {
        Run {
            text: text.into(),
            bold: true,
            ..Run::default()
        }
    }
    pub fn italic(text: impl Into<String>) -> Self {
        Run {
            text: text.into(),
            italic: true,
            ..Run::default()
        }
    }
}

impl Paragraph {
    pub fn plain(text: impl Into<String>) -> Self {
        Paragraph {
            runs: vec![Run::plain(text)],
            ..Paragraph::default()
        }
    }
    pub fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
    /// The paragraph's characters, with the generated label in front.
    pub fn text(&self) -> String {
        let body: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        match &self.label {
            Some(label) => format!("{label} {body}"),
            None => body,
        }
    }
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Self {
        Cell {
            paragraphs: vec![Paragraph::plain(text).aligned(Align::Left)],
        }
    }
    pub fn text(&self) -> String {
        self.paragraphs
            .iter()
            .map(Paragraph::text)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Block {
    /// The block's characters; cells of a table row are joined by ` | `, rows by a line feed.
    pub fn text(&self) -> String {
        match self {
            Block::Heading { runs, .. } => runs.iter().map(|run| run.text.as_str()).collect(),
            Block::Paragraph(paragraph) => paragraph.text(),
            Block::Table(table) => table
                .rows
                .iter()
                .map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join(" | "))
                .collect::<Vec<_>>()
                .join("\n"),
            Block::PageBreak => String::new(),
        }
    }
}

impl Document {
    /// The whole text, one block after another, each ended by a line feed.
    /// Offsets of everything read from a document count characters of this text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            text.push_str(&block.text());
            text.push('\n');
        }
        text
    }

    /// Where each block begins in [`Document::text`], in characters.
    pub fn block_starts(&self) -> Vec<usize> {
        let mut at = 0;
        self.blocks
            .iter()
            .map(|block| {
                let start = at;
                at += block.text().chars().count() + 1;
                start
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_starts_count_characters_of_the_whole_text() {
        let document = Document {
            blocks: vec![
                Block::Paragraph(Paragraph::plain("Kế hoạch")),
                Block::Paragraph(Paragraph::plain("sơ kết")),
            ],
        };
        let text: Vec<char> = document.text().chars().collect();
        let second: String = text[document.block_starts()[1]..].iter().take(2).collect();
        assert_eq!(second, "sơ");
    }
}
