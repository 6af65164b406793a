//! Named stretches of a document: bookmarks, sections, content controls, each with the content that it encloses.

use crate::runs::{Look, RunBuilder};
use domain::doc::{Block, Paragraph};

/// Named stretches open at once; more are not followed.
const OPEN: usize = 32;
/// Named stretches of one document; more are not kept.
const KEPT: usize = 20_000;

/// What names a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorKind {
    Bookmark,
    Section,
    Control,
}

/// A named stretch and what stands in it. Where it begins or ends inside a paragraph, the paragraph's part is its block.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    pub name: String,
    pub kind: AnchorKind,
    pub blocks: Vec<Block>,
}

/// Follows the stretches that are open while a document is read.
#[derive(Debug, Default)]
pub struct Anchors {
    open: Vec<Open>,
    done: Vec<Anchor>,
    /// How many tables stand around what is read now.
    depth: usize,
}

#[derive(Debug)]
struct Open {
    anchor: Anchor,
    /// What bookmarks are ended by.
    key: String,
    depth: usize,
    runs: RunBuilder,
}

impl Anchors {
    /// A stretch begins. `key` tells it from others that are open.
    pub fn begin(&mut self, kind: AnchorKind, key: &str, name: &str) {
        if self.open.len() < OPEN && self.done.len() < KEPT {
            self.open.push(Open {
                anchor: Anchor {
                    name: domain::text::clean_line(name),
                    kind,
                    blocks: Vec::new(),
                },
                key: key.to_owned(),
                depth: self.depth,
                runs: RunBuilder::default(),
            });
        }
    }

    /// The youngest stretch of this kind and key ends.
    pub fn end(&mut self, kind: AnchorKind, key: &str) {
        let found = self
            .open
            .iter()
            .rposition(|open| open.anchor.kind == kind && open.key == key);
        if let Some(at) = found {
            let mut open = self.open.remove(at);
            if !open.runs.is_blank() {
                open.anchor.blocks.push(Block::Paragraph(Paragraph {
                    runs: open.runs.finish(),
                    ..Paragraph::default()
                }));
            }
            self.done.push(open.anchor);
        }
    }

    /// Text of the paragraph that is being read.
    pub fn push(&mut self, look: Look, text: &str) {
        for open in self.open.iter_mut().filter(|open| open.depth == self.depth) {
            open.runs.push(look, text);
        }
    }

    /// The paragraph that is being read ends as `block`; each open stretch takes its part of it.
    pub fn close_paragraph(&mut self, block: &Block) {
        for open in self.open.iter_mut().filter(|open| open.depth == self.depth) {
            let builder = std::mem::take(&mut open.runs);
            if builder.is_blank() {
                continue;
            }
            let part = builder.finish();
            open.anchor.blocks.push(match block {
                Block::Heading { level, .. } => Block::Heading {
                    level: *level,
                    runs: part,
                },
                Block::Paragraph(paragraph) => Block::Paragraph(Paragraph {
                    runs: part,
                    ..paragraph.clone()
                }),
                Block::Table(_) | Block::PageBreak => continue,
            });
        }
    }

    /// A table begins: what stands in it belongs to stretches that begin in it.
    pub fn enter_table(&mut self) {
        self.depth += 1;
    }

    /// The table ends; the stretches around it take it whole.
    pub fn leave_table(&mut self, blocks: &[Block]) {
        self.depth = self.depth.saturating_sub(1);
        for open in self.open.iter_mut().filter(|open| open.depth == self.depth) {
            open.anchor.blocks.extend_from_slice(blocks);
        }
    }

    /// All stretches in the order of their ends; those that never ended are ended here.
    pub fn finish(mut self) -> Vec<Anchor> {
        while let Some(last) = self.open.last() {
            let (kind, key) = (last.anchor.kind, last.key.clone());
            self.end(kind, &key);
        }
        self.done
    }
}
