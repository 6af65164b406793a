//! How a DOCX looks as a whole: the font and size of most of its characters, and its margins. What the file does not
//! say plainly is left out.

use crate::archive::Archive;
use crate::error::ReadError;
use crate::sniff::{Container, container};
use crate::xml::{Node, Tag, Xml};
use domain::checks::Look;
use std::collections::HashMap;

/// Twentieths of a point in a millimetre, times a hundred.
const TWIPS_PER_100_MM: u32 = 5_669;

/// Font and size as far as a style or a run states them.
#[derive(Debug, Clone, Default)]
struct Face {
    font: Option<String>,
    half_points: Option<u32>,
}

impl Face {
    fn set(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "rFonts" => {
                let font = tag.get("ascii").or_else(|| tag.get("hAnsi"));
                self.font = font.map(str::to_owned).or(self.font.take());
            }
            "sz" => self.half_points = tag.val().and_then(|size| size.parse().ok()),
            _ => {}
        }
    }
}

/// The look of a file; `None` for everything but a DOCX that can be read.
pub fn look(bytes: &[u8]) -> Option<Look> {
    if container(bytes) != Container::Zip {
        return None;
    }
    let mut archive = Archive::open(bytes).ok()?;
    let text = archive.read_text("word/document.xml").ok()??;
    let styles = archive.read_text("word/styles.xml").ok().flatten();
    let base = styles
        .and_then(|text| defaults(&text).ok())
        .unwrap_or_default();
    read(&text, &base).ok()
}

/// What `docDefaults` and the style of ordinary paragraphs state.
fn defaults(text: &str) -> Result<Face, ReadError> {
    let mut xml = Xml::new("word/styles.xml", text);
    let mut face = Face::default();
    let mut depth = 0_usize;
    // Depth at which something began that speaks for ordinary text.
    let mut counts_from = None;
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                depth += 1;
                let is_normal = tag.name == "style"
                    && tag.get("type") == Some("paragraph")
                    && matches!(tag.get("default"), Some("1" | "true"));
                if tag.name == "docDefaults" || is_normal {
                    counts_from = Some(depth);
                } else if counts_from.is_some() {
                    face.set(&tag);
                }
            }
            Node::End => {
                if counts_from == Some(depth) {
                    counts_from = None;
                }
                depth = depth.saturating_sub(1);
            }
            Node::Text(_) => {}
            Node::Eof => return Ok(face),
        }
    }
}

fn read(text: &str, base: &Face) -> Result<Look, ReadError> {
    let mut xml = Xml::new("word/document.xml", text);
    let mut fonts: HashMap<Option<String>, usize> = HashMap::new();
    let mut sizes: HashMap<Option<u32>, usize> = HashMap::new();
    let mut margins = None;
    let mut open: Vec<String> = Vec::new();
    let (mut face, mut is_styled) = (Face::default(), false);
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                match tag.name.as_str() {
                    "p" => is_styled = false,
                    "pStyle" => is_styled = true,
                    "r" => face = Face::default(),
                    // Later sections are annexes, which may lie across.
                    "pgMar" => margins = margins.or_else(|| page_margins(&tag)),
                    _ if open.iter().any(|name| name == "r") => face.set(&tag),
                    _ => {}
                }
                open.push(tag.name);
            }
            Node::Text(words) if open.last().is_some_and(|name| name == "t") => {
                // A named style may say what the run does not.
                let inherit = !is_styled;
                let font = face
                    .font
                    .clone()
                    .or_else(|| base.font.clone().filter(|_| inherit));
                let size = face.half_points.or(base.half_points.filter(|_| inherit));
                let count = words.chars().count();
                *fonts.entry(font).or_default() += count;
                *sizes.entry(size).or_default() += count;
            }
            Node::Text(_) => {}
            Node::End => {
                open.pop();
            }
            Node::Eof => {
                return Ok(Look {
                    font: most(fonts),
                    half_points: most(sizes),
                    margins_mm: margins,
                    head: String::new(),
                });
            }
        }
    }
}

/// What most characters have; `None` where that is unknown.
fn most<T>(counts: HashMap<Option<T>, usize>) -> Option<T> {
    counts.into_iter().max_by_key(|(_, count)| *count)?.0
}

fn page_margins(tag: &Tag) -> Option<[u32; 4]> {
    let mm = |side: &str| {
        let twips: u32 = tag.get(side)?.parse().ok()?;
        Some((twips.checked_mul(100)? + TWIPS_PER_100_MM / 2) / TWIPS_PER_100_MM)
    };
    Some([mm("top")?, mm("bottom")?, mm("left")?, mm("right")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_and_size_of_most_characters_and_the_margins_are_told() {
        let text = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:rPr><w:rFonts w:ascii=\"Arial\"/><w:sz w:val=\"24\"/></w:rPr>\
            <w:t>Đầu</w:t></w:r><w:r><w:t>phần thân dài hơn</w:t></w:r></w:p>\
            <w:sectPr><w:pgMar w:top=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:right=\"850\"/></w:sectPr></w:body></w:document>";
        let base = Face {
            font: Some("Times New Roman".into()),
            half_points: Some(28),
        };
        let look = read(text, &base).expect("well-formed");
        assert_eq!(look.font.as_deref(), Some("Times New Roman"));
        assert_eq!(look.half_points, Some(28));
        assert_eq!(look.margins_mm, Some([20, 20, 30, 15]));
    }
}
