//! What stands inside a paragraph of an ODT: text with collapsed blanks, spans, breaks, notes, fields, text boxes.

use super::read::Body;
use super::styles::TextLook;
use crate::anchors::AnchorKind;
use crate::error::ReadError;
use crate::runs::RunBuilder;
use crate::xml::{Node, Tag};
use domain::doc::{Block, Script};

/// Blanks that one element may stand for.
const BLANKS: usize = 1_000;

/// One paragraph while it is read.
#[derive(Default)]
pub struct Open {
    pub runs: RunBuilder,
    /// Text boxes anchored here; they follow the paragraph.
    pub boxes: Vec<Block>,
    /// Footnotes of the paragraph; they follow it, too.
    pub notes: Vec<Block>,
    /// The last character was a blank, or there is none yet: another one is dropped.
    after_blank: bool,
}

impl Open {
    pub fn new() -> Self {
        Open {
            after_blank: true,
            ..Open::default()
        }
    }
}

impl Body<'_> {
    /// Reads what stands in a paragraph, or in a wrapper within it, to the end of the element read last.
    pub fn inline(&mut self, open: &mut Open, look: &TextLook) -> Result<(), ReadError> {
        loop {
            self.notes.count_piece()?;
            match self.xml.next()? {
                Node::Text(text) => self.text(open, look, &text),
                Node::Start(tag) => self.element(open, look, &tag)?,
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn element(&mut self, open: &mut Open, look: &TextLook, tag: &Tag) -> Result<(), ReadError> {
        let name = |key: &str| tag.get(key).unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "span" => {
                let inner = self.styles.span(look, &name("style-name"));
                self.inline(open, &inner)
            }
            "s" => {
                let count = tag.get("c").and_then(|count| count.parse().ok());
                let blanks = " ".repeat(count.unwrap_or(1_usize).min(BLANKS));
                self.put(open, look, &blanks);
                self.xml.skip()
            }
            "tab" => self.mark(open, look, "\t"),
            "line-break" => self.mark(open, look, "\n"),
            "note" => self.note(open, look),
            "frame" | "text-box" | "custom-shape" | "rect" | "g" => self.drawing(open),
            "annotation" => {
                self.notes.comments += 1;
                self.xml.skip()
            }
            "bookmark-start" => {
                self.anchors
                    .begin(AnchorKind::Bookmark, &name("name"), &name("name"));
                self.mark_here(open, &name("name"));
                self.xml.skip()
            }
            "bookmark" => {
                self.mark_here(open, &name("name"));
                self.xml.skip()
            }
            "bookmark-end" => {
                self.anchors.end(AnchorKind::Bookmark, &name("name"));
                self.xml.skip()
            }
            "content-control" => {
                let title = match tag.get("tag") {
                    Some(name) if !name.is_empty() => name.to_owned(),
                    _ => name("alias"),
                };
                let key = format!("inline{}", self.control());
                self.anchors.begin(AnchorKind::Control, &key, &title);
                self.mark_here(open, &title);
                let read = self.inline(open, look);
                self.anchors.end(AnchorKind::Control, &key);
                read
            }
            "hidden-text"
            | "hidden-paragraph"
            | "script"
            | "soft-page-break"
            | "alphabetical-index-mark"
            | "toc-mark"
            | "user-index-mark"
            | "ruby-text"
            | "annotation-end" => self.xml.skip(),
            // Fields hold their result, links and other wrappers their text.
            _ => self.inline(open, look),
        }
    }

    fn mark_here(&mut self, open: &mut Open, name: &str) {
        self.marks.meet(name);
        self.marks.settle(&mut open.runs);
    }

    fn mark(&mut self, open: &mut Open, look: &TextLook, text: &str) -> Result<(), ReadError> {
        self.put(open, look, text);
        open.after_blank = true;
        self.xml.skip()
    }

    /// Text as the file holds it: runs of white space are one blank, none stands at the beginning.
    fn text(&mut self, open: &mut Open, look: &TextLook, text: &str) {
        let mut collapsed = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
                if !open.after_blank {
                    collapsed.push(' ');
                }
                open.after_blank = true;
            } else {
                collapsed.push(c);
                open.after_blank = false;
            }
        }
        self.put(open, look, &collapsed);
    }

    fn put(&mut self, open: &mut Open, look: &TextLook, text: &str) {
        if look.hidden || text.is_empty() {
            return;
        }
        let text = self.notes.repaired(look.font.as_deref(), text);
        let text = if look.capitals {
            text.to_uppercase()
        } else {
            text
        };
        open.runs.push(look.look, &text);
        self.anchors.push(look.look, &text);
    }

    /// A footnote: its mark stays in the text, what it says follows the paragraph.
    fn note(&mut self, open: &mut Open, look: &TextLook) -> Result<(), ReadError> {
        let mut mark = String::new();
        loop {
            match self.xml.next()? {
                Node::Start(tag) if tag.name == "note-citation" => {
                    let mut inner = Open::new();
                    self.apart(|body| body.inline(&mut inner, look))?;
                    let runs = inner.runs.finish();
                    let number: String = runs.iter().map(|run| run.text.as_str()).collect();
                    mark = format!("[{number}]");
                    // It is raised by the settings of notes, as in DOCX by a style.
                    let mut raised = look.clone();
                    raised.look.script = Script::Super;
                    self.put(open, &raised, &mark);
                }
                Node::Start(tag) if tag.name == "note-body" => {
                    let mut blocks = Vec::new();
                    self.apart(|body| body.blocks(&mut blocks))?;
                    crate::runs::label_first(&mut blocks, &mark);
                    open.notes.extend(blocks);
                }
                Node::Start(_) => self.xml.skip()?,
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    /// Looks for text boxes within a frame or shape.
    pub fn drawing(&mut self, open: &mut Open) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => match tag.name.as_str() {
                    "p" | "h" | "list" | "table" => {
                        let mut blocks = Vec::new();
                        self.apart(|body| body.block(&tag, &mut blocks))?;
                        open.boxes.extend(blocks);
                    }
                    "image" => {
                        self.notes.link(tag.get("href"));
                        self.xml.skip()?;
                    }
                    "object" | "object-ole" => self.xml.skip()?,
                    _ => self.drawing(open)?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }
}
