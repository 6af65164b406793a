//! `styles.xml`: what a paragraph or run inherits from its named style.

use super::numbering::NumberingRef;
use crate::error::ReadError;
use crate::runs::Look;
use crate::xml::{Node, Tag, Xml};
use domain::doc::{Align, Script};
use domain::text::fold;
use std::collections::HashMap;

/// Name of the styles for items of inner lists, before their level: the level of a typed dash is told by nothing else.
pub const ITEM_LEVEL: &str = "Item Level";
/// Longest chain of `basedOn` that is followed.
const CHAIN: usize = 20;

/// Run properties as far as they are stated; `None` inherits.
#[derive(Debug, Clone, Default)]
pub struct RunProps {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub underline: Option<bool>,
    pub script: Option<Script>,
    /// Printed in capitals whatever the letters are.
    pub caps: Option<bool>,
    pub hidden: Option<bool>,
    /// The font of letters beyond ASCII; tells old encodings.
    pub font: Option<String>,
    pub style: Option<String>,
}

/// Paragraph properties as far as they are stated; `None` inherits.
#[derive(Debug, Clone, Default)]
pub struct ParagraphProps {
    pub style: Option<String>,
    pub align: Option<Align>,
    /// From 0; 9 means body text.
    pub outline: Option<u8>,
    pub numbering: NumberingRef,
    pub page_break_before: bool,
    /// The section that the paragraph ends.
    pub section: Option<Section>,
    /// The paragraph's end was deleted: once changes are accepted it goes on in the next paragraph.
    pub joins_next: bool,
}

/// A section: what stands in its margins, and whether the next one begins on a new page.
#[derive(Debug, Clone, Default)]
pub struct Section {
    pub new_page: bool,
    /// The first page has margins of its own.
    pub title_page: bool,
    /// Kind (`first`, `default`, `even`) and relationship of each header.
    pub headers: Vec<(String, String)>,
    pub footers: Vec<(String, String)>,
}

/// A named style.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    run: RunProps,
    paragraph: ParagraphProps,
}

/// All styles by id.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    /// What holds for all text unless a style says otherwise.
    defaults: RunProps,
}

impl RunProps {
    /// Takes over one child of `w:rPr`.
    pub fn set(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "b" => self.bold = Some(tag.is_on()),
            "i" => self.italic = Some(tag.is_on()),
            "u" => self.underline = Some(tag.is_on()),
            "vertAlign" => {
                self.script = Some(match tag.val() {
                    Some("superscript") => Script::Super,
                    Some("subscript") => Script::Sub,
                    _ => Script::Normal,
                });
            }
            "caps" => self.caps = Some(tag.is_on()),
            "vanish" => self.hidden = Some(tag.is_on()),
            "rFonts" => {
                let font = tag.get("hAnsi").or_else(|| tag.get("ascii"));
                self.font = font.map(str::to_owned);
            }
            "rStyle" => self.style = tag.val().map(str::to_owned),
            _ => {}
        }
    }

    /// What is stated here, else what `base` states.
    pub fn over(&self, base: &RunProps) -> RunProps {
        RunProps {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underline: self.underline.or(base.underline),
            script: self.script.or(base.script),
            caps: self.caps.or(base.caps),
            hidden: self.hidden.or(base.hidden),
            font: self.font.clone().or_else(|| base.font.clone()),
            style: self.style.clone(),
        }
    }

    pub fn look(&self) -> Look {
        Look {
            bold: self.bold.unwrap_or(false),
            italic: self.italic.unwrap_or(false),
            underline: self.underline.unwrap_or(false),
            script: self.script.unwrap_or_default(),
        }
    }
}

/// Reads `w:rPr`, whose `Start` was read last, to its end.
///
/// # Errors
/// As [`Xml::next`].
pub fn read_run_props(xml: &mut Xml<'_>) -> Result<RunProps, ReadError> {
    let mut props = RunProps::default();
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                props.set(&tag);
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(props),
        }
    }
}

/// Reads `w:pPr`, whose `Start` was read last, to its end.
///
/// # Errors
/// As [`Xml::next`].
pub fn read_paragraph_props(xml: &mut Xml<'_>) -> Result<ParagraphProps, ReadError> {
    let mut props = ParagraphProps::default();
    loop {
        let tag = match xml.next()? {
            Node::Start(tag) => tag,
            Node::Text(_) => continue,
            Node::End | Node::Eof => return Ok(props),
        };
        match tag.name.as_str() {
            "pStyle" => props.style = tag.val().map(str::to_owned),
            "jc" => props.align = tag.val().and_then(align),
            "outlineLvl" => props.outline = tag.val().and_then(|level| level.parse().ok()),
            "pageBreakBefore" => props.page_break_before = tag.is_on(),
            "numPr" => {
                props.numbering = NumberingRef::read(xml)?;
                continue;
            }
            "sectPr" => {
                props.section = Some(read_section(xml)?);
                continue;
            }
            "rPr" => {
                props.joins_next = is_deleted(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
}

/// Whether the mark of a paragraph, whose `w:rPr` was read last, was deleted or moved away.
fn is_deleted(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let mut deleted = false;
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                deleted |= matches!(tag.name.as_str(), "del" | "moveFrom");
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(deleted),
        }
    }
}

/// Reads `w:sectPr`, whose `Start` was read last, to its end.
///
/// # Errors
/// As [`Xml::next`].
pub fn read_section(xml: &mut Xml<'_>) -> Result<Section, ReadError> {
    let mut section = Section {
        new_page: true,
        ..Section::default()
    };
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                let reference = || {
                    let text = |name: &str| tag.get(name).unwrap_or_default().to_owned();
                    (text("type"), text("id"))
                };
                match tag.name.as_str() {
                    "type" => section.new_page = tag.val() != Some("continuous"),
                    "titlePg" => section.title_page = tag.is_on(),
                    "headerReference" => section.headers.push(reference()),
                    "footerReference" => section.footers.push(reference()),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(section),
        }
    }
}

fn align(value: &str) -> Option<Align> {
    match value {
        "both" | "distribute" => Some(Align::Justify),
        "left" | "start" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}

impl Styles {
    /// # Errors
    /// As [`Xml::next`].
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new("word/styles.xml", text);
        let mut styles = Styles::default();
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name == "style" => {
                    let id = tag.get("styleId").unwrap_or_default().to_owned();
                    if tag.get("type") == Some("paragraph")
                        && matches!(tag.get("default"), Some("1" | "true"))
                    {
                        styles.default_paragraph = Some(id.clone());
                    }
                    let style = read_style(&mut xml)?;
                    styles.by_id.insert(id, style);
                }
                Node::Start(tag) if tag.name == "rPrDefault" => {
                    styles.defaults = read_style(&mut xml)?.run;
                }
                Node::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The style called `id` and those that it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id
            .or(self.default_paragraph.as_deref())
            .and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| {
            style.based_on.as_ref().and_then(|id| self.by_id.get(id))
        })
        .take(CHAIN)
    }

    /// The run properties of the paragraph style or character style called `id`.
    pub fn run_props(&self, id: Option<&str>) -> RunProps {
        self.stated(id).over(&self.defaults)
    }

    /// As [`Styles::run_props`] for a character style; nothing when there is none.
    pub fn character_props(&self, id: Option<&str>) -> RunProps {
        id.map(|id| self.stated(Some(id))).unwrap_or_default()
    }

    fn stated(&self, id: Option<&str>) -> RunProps {
        self.chain(id)
            .fold(RunProps::default(), |props, style| props.over(&style.run))
    }

    pub fn align(&self, id: Option<&str>) -> Option<Align> {
        self.chain(id).find_map(|style| style.paragraph.align)
    }

    /// What numbering the style gives; each half from the nearest style that states it.
    pub fn numbering(&self, id: Option<&str>) -> NumberingRef {
        self.chain(id)
            .fold(NumberingRef::default(), |found, style| {
                found.or(&style.paragraph.numbering)
            })
    }

    /// How many lists stand around a paragraph of this style; see [`ITEM_LEVEL`].
    pub fn item_level(&self, id: Option<&str>) -> u8 {
        self.chain(id)
            .find_map(|style| style.name.strip_prefix(ITEM_LEVEL)?.trim().parse().ok())
            .unwrap_or(0)
    }

    /// The heading level, from 1, that the style gives by its outline level or its name.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|style| {
            heading_of_name(&style.name).or(style.paragraph.outline.and_then(heading_level))
        })
    }
}

/// The heading level, from 1, of an outline level; `None` for body text.
pub fn heading_level(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// Word keeps English names for its headings in every language; other writers translate them.
fn heading_of_name(name: &str) -> Option<u8> {
    let name = fold(name);
    let (words, level) = name.rsplit_once(' ')?;
    let known = [
        "heading",
        "tieu de",
        "dau de",
        "de muc",
        "titre",
        "uberschrift",
        "titulo",
    ];
    known
        .contains(&words)
        .then(|| level.parse().ok())
        .flatten()
        .filter(|level| (1..=9).contains(level))
}

fn read_style(xml: &mut Xml<'_>) -> Result<Style, ReadError> {
    let mut style = Style::default();
    loop {
        let tag = match xml.next()? {
            Node::Start(tag) => tag,
            Node::Text(_) => continue,
            Node::End | Node::Eof => return Ok(style),
        };
        match tag.name.as_str() {
            "rPr" => style.run = read_run_props(xml)?,
            "pPr" => style.paragraph = read_paragraph_props(xml)?,
            name => {
                match name {
                    "name" => style.name = tag.val().unwrap_or_default().to_owned(),
                    "basedOn" => style.based_on = tag.val().map(str::to_owned),
                    _ => {}
                }
                xml.skip()?;
            }
        }
    }
}
