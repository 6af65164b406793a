//! The parts around the body of a DOCX: where the body is, what its relationships lead to, footnotes, margins.

use super::read::{Body, State};
use super::styles::Section;
use crate::archive::Archive;
use crate::error::ReadError;
use crate::margins::{is_head, words};
use crate::xml::{Node, Xml};
use domain::doc::Block;
use std::collections::HashMap;

const MAIN: &str = "word/document.xml";

/// Blocks of footnotes and endnotes, by whether they are endnotes, and id.
pub type Footnotes = HashMap<(bool, String), Vec<Block>>;

/// The name of the part that holds the body; `None` when the container is no word-processing document.
pub fn main_part(archive: &mut Archive<'_>) -> Option<String> {
    if archive.has(MAIN) {
        return Some(MAIN.to_owned());
    }
    let relations = archive.read_text("_rels/.rels").ok()??;
    let mut xml = Xml::new("_rels/.rels", &relations);
    loop {
        match xml.next().ok()? {
            Node::Start(tag) if tag.name == "Relationship" => {
                let target = tag
                    .get("Target")
                    .unwrap_or_default()
                    .trim_start_matches('/');
                let is_main = tag
                    .get("Type")
                    .is_some_and(|kind| kind.ends_with("/officeDocument"));
                if is_main && target.starts_with("word/") && archive.has(target) {
                    return Some(target.to_owned());
                }
            }
            Node::Eof => return None,
            _ => {}
        }
    }
}

/// What the body's relationships lead to: parts by their id, and how many of them stand outside the file.
#[derive(Debug, Default)]
pub struct Relations {
    targets: HashMap<String, String>,
    /// Pictures, objects and templates elsewhere; hyperlinks do not count.
    pub outside: usize,
}

impl Relations {
    /// # Errors
    /// As [`Archive::read_text`] and [`Xml::next`].
    pub fn read(archive: &mut Archive<'_>, main: &str) -> Result<Self, ReadError> {
        let mut relations = Relations::default();
        let part = main.replacen("word/", "word/_rels/", 1) + ".rels";
        let Some(text) = archive.read_text(&part)? else {
            return Ok(relations);
        };
        let mut xml = Xml::new(&part, &text);
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name == "Relationship" => {
                    let text = |name: &str| tag.get(name).unwrap_or_default();
                    if text("TargetMode") == "External" {
                        relations.outside += usize::from(!text("Type").ends_with("/hyperlink"));
                    } else {
                        let target = match text("Target").strip_prefix('/') {
                            Some(absolute) => absolute.to_owned(),
                            None => format!("word/{}", text("Target")),
                        };
                        relations.targets.insert(text("Id").to_owned(), target);
                    }
                }
                Node::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// Reads the footnotes and endnotes, for the body to place.
///
/// # Errors
/// As [`Archive::read_text`] and [`Xml::next`].
pub fn read_notes(archive: &mut Archive<'_>, mut state: State) -> Result<State, ReadError> {
    for (part, name, is_end) in [
        ("word/footnotes.xml", "footnote", false),
        ("word/endnotes.xml", "endnote", true),
    ] {
        let Some(text) = archive.read_text(part)? else {
            continue;
        };
        let mut body = Body::new(part, &text, state);
        let mut found = Footnotes::new();
        loop {
            match body.xml.next()? {
                Node::Start(tag) if tag.name == name => {
                    let key = (is_end, tag.get("id").unwrap_or_default().to_owned());
                    // Separator lines are kept as notes, too.
                    if matches!(tag.get("type"), None | Some("normal")) {
                        let mut blocks = Vec::new();
                        body.blocks(&mut blocks)?;
                        found.insert(key, blocks);
                    } else {
                        body.xml.skip()?;
                    }
                }
                Node::Eof => break,
                _ => {}
            }
        }
        state = body.state;
        state.footnotes.extend(found);
    }
    Ok(state)
}

/// The head of the document when it stands in the header of the first page; other words of the margins are noted.
///
/// # Errors
/// As [`Archive::read_text`] and [`Xml::next`].
pub fn read_margins(
    archive: &mut Archive<'_>,
    relations: &Relations,
    section: &Section,
    mut state: State,
) -> Result<(Vec<Block>, State), ReadError> {
    let mut head = Vec::new();
    for (references, is_header) in [(&section.headers, true), (&section.footers, false)] {
        let wanted = |kind: &str| references.iter().find(|(own, _)| own == kind);
        let reference = if section.title_page {
            wanted("first")
        } else {
            wanted("default")
        };
        let part = reference.and_then(|(_, id)| relations.targets.get(id));
        let Some(part) = part else { continue };
        let Some(text) = archive.read_text(part)? else {
            continue;
        };
        let (blocks, after) = margin(part, &text, state)?;
        state = after;
        if is_header && blocks.iter().any(is_head) {
            head = blocks;
        } else if let Some(text) = words(&blocks) {
            state.notes.margins.push(text);
        }
    }
    Ok((head, state))
}

fn margin(part: &str, text: &str, state: State) -> Result<(Vec<Block>, State), ReadError> {
    let mut body = Body::new(part, text, state);
    let mut blocks = Vec::new();
    loop {
        match body.xml.next()? {
            Node::Start(_) => body.blocks(&mut blocks)?,
            Node::Eof => return Ok((blocks, body.state)),
            Node::Text(_) | Node::End => {}
        }
    }
}
