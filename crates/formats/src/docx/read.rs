//! Reading `word/document.xml` in one pass.

use super::inline::Field;
use super::numbering::Numbering;
use super::parts::{Footnotes, Relations, main_part, read_margins, read_notes};
use super::styles::{ParagraphProps, RunProps, Section, Styles, heading_level, read_section};
use crate::archive::Archive;
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::marks::Marks;
use crate::notes::Notes;
use crate::read::Incoming;
use crate::runs::{RunBuilder, tidy_page_breaks};
use crate::xml::{Node, Xml};
use domain::doc::{Block, Document, Paragraph, Run};

/// Reads the body of a DOCX: insertions accepted, deletions dropped, comments left out, footnotes behind their
/// paragraph, a head that stands in the header in front.
///
/// # Errors
/// [`ReadError::Damaged`] naming the part, or a cap that was passed.
pub fn read(archive: &mut Archive<'_>, marks: Marks) -> Result<Incoming, ReadError> {
    let missing = |part: &str| ReadError::Damaged {
        part: part.to_owned(),
        detail: "missing".into(),
    };
    let main = main_part(archive).ok_or_else(|| missing("word/document.xml"))?;
    let text = archive.read_text(&main)?.ok_or_else(|| missing(&main))?;
    let styles = archive
        .read_text("word/styles.xml")?
        .map(|text| Styles::read(&text))
        .transpose()?;
    let numbering = archive
        .read_text("word/numbering.xml")?
        .map(|text| Numbering::read(&text))
        .transpose()?;
    let relations = Relations::read(archive, &main)?;
    let mut state = State {
        styles: styles.unwrap_or_default(),
        numbering: numbering.unwrap_or_default(),
        marks,
        ..State::default()
    };
    state.notes.look_at(&text);
    state.notes.macros = archive.has("word/vbaProject.bin");
    state.notes.links = relations.outside;
    let state = read_notes(archive, state)?;
    let (mut blocks, section, state) = read_body(&main, &text, state)?;
    let (head, state) = read_margins(archive, &relations, &section, state)?;
    blocks.splice(0..0, head);
    tidy_page_breaks(&mut blocks);
    Ok(Incoming::new(Document { blocks }, state.notes))
}

/// The blocks of the body and its first section.
fn read_body(
    main: &str,
    text: &str,
    state: State,
) -> Result<(Vec<Block>, Section, State), ReadError> {
    let mut body = Body::new(main, text, state);
    loop {
        match body.xml.next()? {
            Node::Start(tag) if tag.name == "body" => {
                let mut blocks = Vec::new();
                body.blocks(&mut blocks)?;
                return Ok((blocks, body.section.unwrap_or_default(), body.state));
            }
            Node::Eof => {
                return Err(ReadError::Damaged {
                    part: main.to_owned(),
                    detail: "no body".into(),
                });
            }
            _ => {}
        }
    }
}

/// What is known while the parts of a document are read one after another.
#[derive(Default)]
pub(super) struct State {
    pub styles: Styles,
    pub numbering: Numbering,
    pub notes: Notes,
    pub footnotes: Footnotes,
    pub marks: Marks,
    /// Footnotes placed so far.
    pub noted: usize,
    count: usize,
}

/// The reader over one part.
pub(super) struct Body<'a> {
    pub xml: Xml<'a>,
    pub state: State,
    /// Fields that are open, the innermost last.
    pub fields: Vec<Field>,
    /// Text of a paragraph whose end was deleted, for the next one to begin with.
    pub carried: RunBuilder,
    /// The first section that ended.
    section: Option<Section>,
}

/// One paragraph while it is read.
#[derive(Default)]
pub(super) struct Open {
    pub props: ParagraphProps,
    pub base: RunProps,
    pub runs: RunBuilder,
    /// Text boxes anchored here; they follow the paragraph.
    pub boxes: Vec<Block>,
    /// Footnotes of the paragraph; they follow it, too.
    pub notes: Vec<Block>,
    pub break_before: bool,
    pub break_after: bool,
}

impl<'a> Body<'a> {
    pub fn new(part: &'a str, text: &'a str, state: State) -> Self {
        Body {
            xml: Xml::new(part, text),
            state,
            fields: Vec::new(),
            carried: RunBuilder::default(),
            section: None,
        }
    }
}

impl Body<'_> {
    /// Reads blocks up to the end of the element whose `Start` was read last.
    pub fn blocks(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        loop {
            let tag = match self.xml.next()? {
                Node::Start(tag) => tag,
                Node::Text(_) => continue,
                Node::End | Node::Eof => return Ok(()),
            };
            match tag.name.as_str() {
                "p" => self.paragraph(out)?,
                "tbl" => {
                    let table = self.table()?;
                    out.extend(table.into_blocks(self.state.marks.is_on()));
                }
                "sectPr" => {
                    let section = read_section(&mut self.xml)?;
                    self.section.get_or_insert(section);
                }
                name if is_wrapper(name) => {
                    self.state.notes.changes |= matches!(name, "ins" | "moveTo");
                    self.blocks(out)?;
                }
                _ => self.aside(&tag)?,
            }
        }
    }

    pub fn counted(&mut self) -> Result<(), ReadError> {
        self.state.count += 1;
        if self.state.count > limits::BLOCKS {
            return Err(ReadError::TooMany {
                what: Countable::Blocks,
                limit: limits::BLOCKS,
            });
        }
        Ok(())
    }

    pub fn paragraph(&mut self, out: &mut Vec<Block>) -> Result<(), ReadError> {
        self.counted()?;
        let mut open = Open {
            base: self.state.styles.run_props(None),
            runs: std::mem::take(&mut self.carried),
            ..Open::default()
        };
        self.state.marks.settle(&mut open.runs);
        self.paragraph_content(&mut open)?;
        self.state.marks.settle(&mut open.runs);
        // An instruction that never came to its result must not swallow the rest of the document.
        self.fields.retain(Field::is_shown);
        self.state.notes.end_line();
        if open.break_before || open.props.page_break_before {
            out.push(Block::PageBreak);
        }
        let section = open.props.section.take();
        let break_after =
            open.break_after || section.as_ref().is_some_and(|section| section.new_page);
        if let Some(section) = section {
            self.section.get_or_insert(section);
        }
        let after = std::mem::take(&mut open.notes).into_iter();
        let after: Vec<Block> = after.chain(std::mem::take(&mut open.boxes)).collect();
        if open.props.joins_next {
            self.state.notes.changes = true;
            self.carried = open.runs;
        } else {
            out.extend(self.close(open));
        }
        out.extend(after);
        if break_after {
            out.push(Block::PageBreak);
        }
        Ok(())
    }

    /// The block of a paragraph that was read to its end; `None` when it has no text.
    fn close(&mut self, open: Open) -> Option<Block> {
        let style = open.props.style.as_deref();
        let styled = self.state.styles.numbering(style);
        let numbering = open.props.numbering.or(&styled);
        // Word numbers empty paragraphs as well.
        let label = self.state.numbering.label(&numbering, style);
        if open.runs.is_blank() {
            return None;
        }
        let mut runs = open.runs.finish();
        let outline = open.props.outline.map(heading_level);
        if let Some(level) = outline.unwrap_or_else(|| self.state.styles.heading(style)) {
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
            .or_else(|| self.state.styles.align(style))
            .unwrap_or_default();
        Some(Block::Paragraph(Paragraph {
            runs,
            level: match &label {
                Some(_) => u8::try_from(numbering.level.unwrap_or(0)).unwrap_or(0),
                None => self.state.styles.item_level(style),
            },
            label,
            align,
        }))
    }
}

/// Elements that only enclose content: `w:ins` and `w:moveTo` are read as accepted.
pub(super) fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "ins"
            | "moveTo"
            | "sdt"
            | "sdtContent"
            | "smartTag"
            | "customXml"
            | "hyperlink"
            | "AlternateContent"
            | "Choice"
            | "dir"
            | "bdo"
    )
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
