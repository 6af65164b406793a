//! Anchors of a template, wherever a word processor left them: found while a document is read, then lifted out of it.
//!
//! A reader that meets the bookmark or content control of an anchor puts its name into the text, between two characters
//! that no text has; [`lift`] takes them out again and says where they stood. So anchors come through merged cells,
//! lists, tables in tables and joined paragraphs without any of these knowing of them.

use crate::runs::{Look, RunBuilder};
use domain::doc::{Block, Paragraph, Run};
use domain::report::anchors::{Anchor, Mark, Place};

/// Noncharacters of Unicode: never text.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Collects anchors that wait for the next paragraph; nothing while a document is read for its text alone.
#[derive(Debug, Default)]
pub struct Marks {
    is_on: bool,
    waiting: Vec<String>,
}

impl Marks {
    /// A collector that collects.
    pub fn on() -> Self {
        Marks {
            is_on: true,
            waiting: Vec::new(),
        }
    }

    /// Whether anchors are looked for, so that tables with borders are always tables.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// A bookmark or control of this name begins.
    pub fn meet(&mut self, name: &str) {
        if self.is_on && Anchor::parse(name).is_some() {
            self.waiting.push(format!("{OPEN}{name}{CLOSE}"));
        }
    }

    /// Puts what waits into the paragraph that is being read.
    pub fn settle(&mut self, runs: &mut RunBuilder) {
        for sentinel in self.waiting.drain(..) {
            runs.push(Look::default(), &sentinel);
        }
    }
}

/// Takes the anchors out of the text and says where they stood. Paragraphs that held nothing else stay, empty.
pub fn lift(blocks: &mut [Block]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, block) in blocks.iter_mut().enumerate() {
        let at = Place {
            block: index,
            cell: None,
        };
        match block {
            Block::Heading { runs, .. } => lift_runs(runs, at, &mut marks),
            Block::Paragraph(paragraph) => lift_paragraph(paragraph, at, &mut marks),
            Block::Table(table) => {
                for (row, cells) in table.rows.iter_mut().enumerate() {
                    for (column, cell) in cells.iter_mut().enumerate() {
                        let at = Place {
                            cell: Some((row, column)),
                            ..at
                        };
                        for paragraph in &mut cell.paragraphs {
                            lift_paragraph(paragraph, at, &mut marks);
                        }
                        cell.paragraphs
                            .retain(|paragraph| !paragraph.runs.is_empty());
                    }
                }
            }
            Block::PageBreak => {}
        }
    }
    marks
}

fn lift_paragraph(paragraph: &mut Paragraph, at: Place, marks: &mut Vec<Mark>) {
    lift_runs(&mut paragraph.runs, at, marks);
    if paragraph.runs.is_empty() {
        paragraph.label = None;
    }
}

fn lift_runs(runs: &mut Vec<Run>, at: Place, marks: &mut Vec<Mark>) {
    for run in runs
        .iter_mut()
        .filter(|run| run.text.contains([OPEN, CLOSE]))
    {
        let mut text = String::with_capacity(run.text.len());
        let mut rest = run.text.as_str();
        while let Some((before, after)) = rest.split_once(OPEN) {
            text.push_str(before);
            let (name, behind) = after.split_once(CLOSE).unwrap_or((after, ""));
            marks.extend(Anchor::parse(name).map(|anchor| Mark { anchor, at }));
            rest = behind;
        }
        text.push_str(rest);
        run.text = text.replace(CLOSE, "");
    }
    runs.retain(|run| !run.text.is_empty());
}
