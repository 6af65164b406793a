//! What stands inside a paragraph: runs, fields, notes, symbols, breaks, text boxes, formulas.

use super::read::{Body, Open, is_wrapper};
use super::styles::{RunProps, read_paragraph_props, read_run_props};
use crate::error::ReadError;
use crate::runs::{Look, SOFT_HYPHEN};
use crate::xml::{Node, Tag};

/// A field whose end was not read yet.
#[derive(Debug, Default)]
pub struct Field {
    instruction: String,
    /// Its result is being read; before that, its instruction.
    in_result: bool,
}

impl Field {
    /// A field with this instruction whose result stands next.
    pub fn shown(instruction: &str) -> Self {
        Field {
            instruction: instruction.to_owned(),
            in_result: true,
        }
    }

    /// Whether its result is being read.
    pub fn is_shown(&self) -> bool {
        self.in_result
    }

    /// Whether what is read now is shown: the result of any field but a page number.
    fn shows(&self) -> bool {
        let code = self
            .instruction
            .split_whitespace()
            .next()
            .unwrap_or_default();
        let numbers_pages = ["PAGE", "NUMPAGES", "SECTIONPAGES"]
            .iter()
            .any(|name| code.eq_ignore_ascii_case(name));
        self.in_result && !numbers_pages
    }
}

impl Body<'_> {
    /// Reads what stands in a paragraph, or in a wrapper within it.
    pub(super) fn paragraph_content(&mut self, open: &mut Open) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "pPr" => {
                    open.props = read_paragraph_props(&mut self.xml)?;
                    open.base = self.state.styles.run_props(open.props.style.as_deref());
                }
                "r" => self.run(open)?,
                "fldSimple" => {
                    let depth = self.fields.len();
                    let field = Field::shown(tag.get("instr").unwrap_or_default());
                    self.fields.push(field);
                    self.paragraph_content(open)?;
                    self.fields.truncate(depth);
                }
                "oMath" | "oMathPara" => {
                    let formula = self.formula()?;
                    let props = open.base.clone();
                    self.push(open, &props, &formula);
                }
                "del" | "moveFrom" => {
                    self.state.notes.changes = true;
                    self.xml.skip()?;
                }
                name if is_wrapper(name) => {
                    self.state.notes.changes |= matches!(name, "ins" | "moveTo");
                    self.paragraph_content(open)?;
                }
                _ => self.aside(&tag)?,
            }
        }
    }

    /// Passes over an element that is no content; bookmarks and the names of content controls may be anchors.
    pub(super) fn aside(&mut self, tag: &Tag) -> Result<(), ReadError> {
        match tag.name.as_str() {
            "bookmarkStart" => {
                self.state.marks.meet(tag.get("name").unwrap_or_default());
                self.xml.skip()
            }
            "sdtPr" => self.control(),
            _ => self.xml.skip(),
        }
    }

    /// Reads the properties of a content control, whose `Start` was read last.
    fn control(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Node::Start(tag) => {
                    if tag.name == "tag" {
                        self.state.marks.meet(tag.val().unwrap_or_default());
                    }
                    self.xml.skip()?;
                }
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn run(&mut self, open: &mut Open) -> Result<(), ReadError> {
        self.state.notes.count_piece()?;
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
                    let style = self.state.styles.character_props(own.style.as_deref());
                    props = own.over(&style).over(&open.base);
                }
                "t" => {
                    let text = self.text()?;
                    self.push(open, &props, &text);
                }
                "instrText" => {
                    let text = self.text()?;
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
                        field.instruction.push_str(&text);
                    }
                }
                "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(open)?,
                "footnoteReference" | "endnoteReference" => {
                    let key = (
                        tag.name == "endnoteReference",
                        tag.get("id").unwrap_or_default().to_owned(),
                    );
                    self.xml.skip()?;
                    self.note(open, &props, &key);
                }
                _ => {
                    self.mark(open, &props, &tag);
                    self.xml.skip()?;
                }
            }
        }
    }

    /// A footnote: its number stays in the text, what it says follows the paragraph.
    fn note(&mut self, open: &mut Open, props: &RunProps, key: &(bool, String)) {
        let Some(mut blocks) = self.state.footnotes.remove(key) else {
            return;
        };
        self.state.noted += 1;
        let mark = format!("[{}]", self.state.noted);
        self.push(open, props, &mark);
        crate::runs::label_first(&mut blocks, &mark);
        open.notes.extend(blocks);
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

    /// The characters of a formula in their order; its layout is lost.
    fn formula(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Node::Start(tag) if tag.name == "t" => text.push_str(&self.text()?),
                Node::Start(_) => text.push_str(&self.formula()?),
                Node::Text(_) => {}
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
                        let fields = std::mem::take(&mut self.fields);
                        let carried = std::mem::take(&mut self.carried);
                        let mut blocks = Vec::new();
                        self.blocks(&mut blocks)?;
                        open.boxes.extend(blocks);
                        self.fields = fields;
                        self.carried = carried;
                    }
                    "Fallback" => self.xml.skip()?,
                    _ => self.drawing(open)?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn push(&mut self, open: &mut Open, props: &RunProps, text: &str) {
        if props.hidden == Some(true) || !self.fields.iter().all(Field::shows) {
            return;
        }
        let text = self.state.notes.repaired(props.font.as_deref(), text);
        if props.caps == Some(true) {
            open.runs.push(props.look(), &text.to_uppercase());
        } else {
            open.runs.push(props.look(), &text);
        }
    }

    /// Things of a run that stand for a character or a break.
    fn mark(&mut self, open: &mut Open, props: &RunProps, tag: &Tag) {
        match (tag.name.as_str(), tag.get("type")) {
            ("br", Some("page")) if open.runs.is_blank() => open.break_before = true,
            ("br", Some("page")) => open.break_after = true,
            ("br", _) | ("cr", _) if self.fields.iter().all(Field::shows) => {
                let look = Look {
                    underline: false,
                    ..props.look()
                };
                open.runs.push(look, "\n");
            }
            ("tab" | "ptab", _) => self.push(open, props, "\t"),
            ("noBreakHyphen", _) => self.push(open, props, "-"),
            // In the old fonts this is the letter ư.
            ("softHyphen", _) => self.push(open, props, &SOFT_HYPHEN.to_string()),
            ("sym", _) => self.push(open, props, symbol(tag)),
            ("commentReference", _) => self.state.notes.comments += 1,
            ("fldChar", _) => self.field(tag.get("fldCharType").unwrap_or_default()),
            _ => {}
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }
}

/// A character of a symbol font, as near as Unicode has it.
fn symbol(tag: &Tag) -> &'static str {
    let font = tag.get("font").unwrap_or_default().to_lowercase();
    let code = tag
        .get("char")
        .and_then(|code| u32::from_str_radix(code, 16).ok())
        .unwrap_or_default()
        & 0xff;
    match (font.starts_with("symbol"), code) {
        (true, 0x2d | 0xbe) => "−",
        (true, 0xb1) => "±",
        (true, 0xb3) => "≥",
        (true, 0xa3) => "≤",
        (true, 0xb4) => "×",
        (true, 0xb8) => "÷",
        (true, 0xb9) => "≠",
        (true, 0xae) | (false, 0xe0 | 0xe8 | 0xf0) => "→",
        (true, 0xb0) => "°",
        (true, 0xe5) => "∑",
        (false, 0x2d) => "-",
        (false, 0xfc | 0xfe | 0x52) => "☑",
        (false, 0xfb | 0xfd | 0x53) => "☒",
        (false, 0x6f | 0xa8 | 0x71 | 0x72 | 0xa3 | 0x2a) => "☐",
        _ => "•",
    }
}
