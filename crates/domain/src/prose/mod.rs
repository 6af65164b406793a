//! The text of a section: official prose in light markup, one block a line.
//!
//! A section stays one string, so that it can be typed into a plain field, compared, merged and hashed; a passage is a
//! line. What a line can say:
//!
//! - `**bold**`, `*italic*`, `<u>underlined</u>`, `<sup>`, `<sub>`, `<br>` for a line break inside the block;
//! - a list item: a line that begins with `- `, `+ `, `1. ` or `a) `, two blanks before the mark for each level below the
//!   first. The mark is text: official prose types its dashes, and so every editor shows the same;
//! - a row of a table: `| a | b |`; a second row `| --- | --- |` makes the first one the head; a line of `<br>` alone, an
//!   empty paragraph, keeps a table without a head apart from the one before it;
//! - `\` before `*`, `<`, `|`, `-` and `\` takes their meaning away. Text without any of these means itself.
//!
//! [`write()`] and [`parse`] undo each other: [`parse`]`(`[`write()`]`(blocks)) == blocks` for blocks in normal form, which
//! is what [`parse`] and [`from_document`] give.

mod inline;
mod table;

use crate::doc::{self, Paragraph, Run};

pub use inline::{runs_of, write_runs};
pub use table::{Grid, Row, row};

/// One block of a section's text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph or a list item; `level` is 0 but for items of inner lists.
    Line {
        level: u8,
        runs: Vec<Run>,
    },
    Table(Grid),
}

/// Inner lists deeper than this are shown at this level.
pub const DEEPEST_LEVEL: u8 = 8;

/// The blocks of a text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rows: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if table::is_row(line) {
            rows.push(line);
            continue;
        }
        blocks.extend(table::grids(&rows).into_iter().map(Block::Table));
        rows.clear();
        blocks.push(line_block(line));
    }
    blocks.extend(table::grids(&rows).into_iter().map(Block::Table));
    blocks
}

fn line_block(line: &str) -> Block {
    let text = line.trim();
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let runs = runs_of(text);
    let length: usize = runs.iter().map(|run| run.text.len()).sum();
    let level = if list_mark(text).is_some_and(|mark| length > mark.len()) {
        u8::try_from(blanks / 2).map_or(DEEPEST_LEVEL, |level| level.min(DEEPEST_LEVEL))
    } else {
        0
    };
    Block::Line { level, runs }
}

/// The markup of blocks, one block a line (a table: one row a line).
pub fn write(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    let mut is_behind_table = false;
    for block in blocks {
        match block {
            Block::Line { level, runs } => {
                let text = write_runs(runs);
                let text = match text.strip_prefix('|') {
                    Some(rest) => format!("\\|{rest}"),
                    None => text,
                };
                if !text.is_empty() {
                    lines.push(format!("{}{text}", "  ".repeat(usize::from(*level))));
                    is_behind_table = false;
                }
            }
            Block::Table(grid) => {
                if is_behind_table && !grid.has_head {
                    lines.push(inline::BREAK.to_owned());
                }
                lines.extend(grid.lines());
                is_behind_table = true;
            }
        }
    }
    lines.join("\n")
}

/// The blocks as parts of a document, for the writers of DOCX and PDF and for pages.
pub fn to_document(text: &str) -> Vec<doc::Block> {
    parse(text)
        .into_iter()
        .map(|block| match block {
            Block::Line { level, runs } => doc::Block::Paragraph(Paragraph {
                level,
                runs,
                ..Paragraph::default()
            }),
            Block::Table(grid) => doc::Block::Table(grid.to_document()),
        })
        .collect()
}

/// The markup of parts of a document: what a reader found between two headings. Marks that the source generates become
/// text; headings become bold paragraphs; page breaks are dropped.
pub fn from_document(blocks: &[doc::Block]) -> String {
    let blocks: Vec<Block> = blocks
        .iter()
        .filter_map(|block| match block {
            doc::Block::Heading { runs, .. } => Some(Block::Line {
                level: 0,
                runs: inline::normal(runs.iter().cloned().map(|run| Run { bold: true, ..run })),
            }),
            doc::Block::Paragraph(paragraph) => Some(line_of(paragraph)),
            doc::Block::Table(table) => Some(Block::Table(Grid::from_document(table))),
            doc::Block::PageBreak => None,
        })
        .collect();
    write(&blocks)
}

fn line_of(paragraph: &Paragraph) -> Block {
    let runs = labelled(paragraph);
    let is_item = runs
        .first()
        .is_some_and(|run| list_mark(&run.text).is_some());
    Block::Line {
        level: if is_item {
            paragraph.level.min(DEEPEST_LEVEL)
        } else {
            0
        },
        runs,
    }
}

/// The runs of a paragraph in normal form, a generated mark in front.
pub fn labelled(paragraph: &Paragraph) -> Vec<Run> {
    let label = paragraph
        .label
        .iter()
        .map(|label| Run::plain(format!("{label} ")));
    inline::normal(label.chain(paragraph.runs.iter().cloned()))
}

/// The words of a text without markup: one line for each line, cells divided by ` | `, line breaks as blanks.
pub fn plain(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(plain_line).collect();
    lines.join("\n")
}

/// The words of one line without markup; empty for the line that marks a table's head.
pub fn plain_line(line: &str) -> String {
    if let Some(words) = table::plain_row(line) {
        return words;
    }
    if !line.contains(['*', '<', '\\']) {
        return line.to_owned();
    }
    runs_of(line)
        .iter()
        .map(|run| run.text.replace('\n', " "))
        .collect()
}

/// The list mark that a line begins with (`-`, `+`, `•`, `–`, `12.`, `a)`), when a blank follows it.
pub fn list_mark(line: &str) -> Option<&str> {
    let (mark, _) = line.split_once(' ')?;
    let is_number = |digits: &str| {
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_letter =
        |letter: &str| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    let is_mark = matches!(mark, "-" | "–" | "+" | "•")
        || mark
            .strip_suffix(['.', ')'])
            .is_some_and(|stem| is_number(stem) || is_letter(stem));
    is_mark.then_some(mark)
}

#[cfg(test)]
mod tests;
