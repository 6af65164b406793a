//! The styles of an ODT, automatic and named: looks, alignment, page breaks, list styles.

use super::lists::{ListLevel, ListStyle, read_list_style};
use crate::docx::ITEM_LEVEL;
use crate::error::ReadError;
use crate::runs::Look;
use crate::xml::{Node, Tag, Xml};
use domain::doc::{Align, Script};
use std::collections::HashMap;

/// Longest chain of parent styles that is followed.
const CHAIN: usize = 20;

/// What one style states; `None` inherits.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    script: Option<Script>,
    capitals: Option<bool>,
    hidden: Option<bool>,
    font: Option<String>,
    align: Option<Align>,
    page_before: bool,
    page_after: bool,
    borders: bool,
    /// Of a column, in hundredths of a millimetre.
    width: Option<u32>,
}

/// What holds for a stretch of text after all styles around it.
#[derive(Debug, Clone, Default)]
pub struct TextLook {
    pub look: Look,
    pub capitals: bool,
    pub hidden: bool,
    pub font: Option<String>,
}

/// All styles by family and name. Automatic ones stand before named ones of the same name.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<(String, String), Style>,
    lists: HashMap<String, ListStyle>,
    /// Numbering of headings by their level.
    outline: ListStyle,
    /// Font names by the names of their declarations.
    fonts: HashMap<String, String>,
}

impl Styles {
    /// Takes over the styles of `styles.xml`.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn read_part(&mut self, part: &str, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(part, text);
        loop {
            match xml.next()? {
                Node::Start(tag) => self.take(&mut xml, &tag)?,
                Node::Eof => return Ok(()),
                Node::Text(_) | Node::End => {}
            }
        }
    }

    /// Takes over one element, whose `Start` was read last, when it is a style; others are left open.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn take(&mut self, xml: &mut Xml<'_>, tag: &Tag) -> Result<(), ReadError> {
        let name = |key: &str| tag.get(key).unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "style" | "default-style" => {
                let key = (name("family"), name("name"));
                let style = read_style(xml, tag)?;
                self.styles.insert(key, style);
            }
            "list-style" => {
                let key = name("name");
                let style = read_list_style(xml)?;
                self.lists.insert(key, style);
            }
            "outline-style" => self.outline = read_list_style(xml)?,
            "font-face" => {
                let family = name("font-family").trim_matches(['\'', '"']).to_owned();
                self.fonts.insert(name("name"), family);
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn chain<'a>(&'a self, family: &str, name: &str) -> impl Iterator<Item = &'a Style> {
        let find = |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        let default = find("");
        let family = family.to_owned();
        std::iter::successors(find(name), move |style| {
            let parent = style.parent.as_ref()?;
            self.styles.get(&(family.clone(), parent.clone()))
        })
        .take(CHAIN)
        .chain(default)
    }

    /// How a paragraph of this style looks.
    pub fn paragraph(&self, name: &str) -> TextLook {
        self.over(&TextLook::default(), "paragraph", name)
    }

    /// How a span of this style looks within `base`.
    pub fn span(&self, base: &TextLook, name: &str) -> TextLook {
        self.over(base, "text", name)
    }

    fn over(&self, base: &TextLook, family: &str, name: &str) -> TextLook {
        let stated = |get: fn(&Style) -> Option<bool>, base: bool| {
            self.chain(family, name).find_map(get).unwrap_or(base)
        };
        let font = self
            .chain(family, name)
            .find_map(|style| style.font.clone());
        TextLook {
            look: Look {
                bold: stated(|style| style.bold, base.look.bold),
                italic: stated(|style| style.italic, base.look.italic),
                underline: stated(|style| style.underline, base.look.underline),
                script: self
                    .chain(family, name)
                    .find_map(|style| style.script)
                    .unwrap_or(base.look.script),
            },
            capitals: stated(|style| style.capitals, base.capitals),
            hidden: stated(|style| style.hidden, base.hidden),
            font: font
                .map(|name| self.fonts.get(&name).cloned().unwrap_or(name))
                .or_else(|| base.font.clone()),
        }
    }

    pub fn align(&self, name: &str) -> Option<Align> {
        self.chain("paragraph", name).find_map(|style| style.align)
    }

    /// How many lists stand around a paragraph of this style; see [`ITEM_LEVEL`].
    pub fn item_level(&self, name: &str) -> u8 {
        let parents = self
            .chain("paragraph", name)
            .filter_map(|style| style.parent.as_deref());
        std::iter::once(name)
            .chain(parents)
            .find_map(|name| {
                let name = name.replace("_20_", " ");
                name.strip_prefix(ITEM_LEVEL)?.trim().parse().ok()
            })
            .unwrap_or(0)
    }

    /// Whether a new page begins before and after a paragraph of this style; only what it states itself counts.
    pub fn breaks(&self, name: &str) -> (bool, bool) {
        self.styles
            .get(&("paragraph".to_owned(), name.to_owned()))
            .map_or((false, false), |style| {
                (style.page_before, style.page_after)
            })
    }

    /// Whether cells of this style draw borders.
    pub fn borders(&self, name: &str) -> bool {
        self.chain("table-cell", name).any(|style| style.borders)
    }

    /// The width of columns of this style in hundredths of a millimetre; 0 when it is not told.
    pub fn column_width(&self, name: &str) -> u32 {
        let mut styles = self.chain("table-column", name);
        styles.find_map(|style| style.width).unwrap_or(0)
    }

    /// The level of the list style of this name; levels count from 0.
    pub fn list_level(&self, name: &str, level: usize) -> Option<&ListLevel> {
        self.lists.get(name).and_then(|style| style.level(level))
    }

    /// How headings are numbered.
    pub fn outline(&self) -> &ListStyle {
        &self.outline
    }
}

fn read_style(xml: &mut Xml<'_>, tag: &Tag) -> Result<Style, ReadError> {
    let mut style = Style {
        parent: tag.get("parent-style-name").map(str::to_owned),
        ..Style::default()
    };
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                match tag.name.as_str() {
                    "text-properties" => text_properties(&mut style, &tag),
                    "paragraph-properties" => {
                        style.align = tag.get("text-align").and_then(align);
                        style.page_before = tag.get("break-before") == Some("page");
                        style.page_after = tag.get("break-after") == Some("page");
                    }
                    "table-column-properties" => {
                        style.width = tag.get("column-width").and_then(hundredths);
                    }
                    "table-cell-properties" => style.borders = has_borders(&tag),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(style),
        }
    }
}

fn text_properties(style: &mut Style, tag: &Tag) {
    style.bold = tag
        .get("font-weight")
        .map(|weight| weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600));
    style.italic = tag
        .get("font-style")
        .map(|style| matches!(style, "italic" | "oblique"));
    style.underline = tag.get("text-underline-style").map(|line| line != "none");
    style.script = tag.get("text-position").and_then(script);
    style.capitals = tag.get("text-transform").map(|how| how == "uppercase");
    style.hidden = tag
        .attribute("text", "display")
        .map(|display| display == "none");
    style.font = tag
        .get("font-name")
        .or_else(|| tag.get("font-family"))
        .map(|name| name.trim_matches(['\'', '"']).to_owned());
}

/// `super 58%`, `-33% 58%`: where the text stands, then how large it is.
fn script(position: &str) -> Option<Script> {
    let place = position.split_whitespace().next()?;
    let percent = place
        .strip_suffix('%')
        .and_then(|number| number.parse::<f32>().ok());
    match (place, percent) {
        ("super", _) => Some(Script::Super),
        ("sub", _) => Some(Script::Sub),
        (_, Some(percent)) if percent > 0.0 => Some(Script::Super),
        (_, Some(percent)) if percent < 0.0 => Some(Script::Sub),
        (_, Some(_)) => Some(Script::Normal),
        _ => None,
    }
}

/// `3.175cm`, `1.25in`, `90pt` in hundredths of a millimetre.
fn hundredths(length: &str) -> Option<u32> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = length.strip_suffix(unit)?.parse().ok()?;
    let per_unit = match unit {
        "cm" => 1_000.0,
        "mm" => 100.0,
        "in" => 2_540.0,
        "pt" => 2_540.0 / 72.0,
        _ => return None,
    };
    let hundredths = (number * per_unit).round();
    (1.0..100_000.0)
        .contains(&hundredths)
        .then_some(hundredths as u32)
}

fn has_borders(tag: &Tag) -> bool {
    [
        "border",
        "border-top",
        "border-bottom",
        "border-left",
        "border-right",
    ]
    .iter()
    .filter_map(|name| tag.attribute("fo", name))
    .any(|line| line != "none" && !line.is_empty())
}

fn align(value: &str) -> Option<Align> {
    match value {
        "justify" => Some(Align::Justify),
        "left" | "start" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}
