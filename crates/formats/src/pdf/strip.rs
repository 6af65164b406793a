//! Prepares a PDF for the glyph reader: each page keeps only its text operators and straight paths, because the reader panics on
//! colour spaces and images that it does not know, and recurses without end into forms that contain themselves.
//! Before each piece of text goes a stroke whose path says how the font looks, which the reader does not report.

use super::tables::MOST_RULES;
use crate::error::{Countable, ReadError};
use crate::limits;
use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// The x of a path that is a note about the font; the y holds its flags.
pub const NOTE_X: i64 = -77_777;
pub const BOLD: i64 = 1;
pub const ITALIC: i64 = 2;

const KEPT: &[&str] = &[
    "BT", "ET", "cm", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Tm", "Td", "TD", "T*", "q", "Q",
];

/// Replaces the content of every page, forms written out in place.
///
/// # Errors
/// [`ReadError::Damaged`] naming the page, [`ReadError::TooMany`] for forms nested too deep.
pub fn strip(document: &mut Document) -> Result<(), ReadError> {
    for (number, page) in document.get_pages() {
        let damaged = |error: &dyn std::fmt::Display| ReadError::Damaged {
            part: format!("trang {number}"),
            detail: error.to_string(),
        };
        let content = document
            .get_page_content(page)
            .map_err(|error| damaged(&error))?;
        let resources = page_resources(document, page);
        let mut out = Vec::new();
        let mut fonts = Dictionary::new();
        let mut pass = Pass {
            document,
            out: &mut out,
            fonts: &mut fonts,
        };
        pass.content(&content, &resources, 0)
            .map_err(|error| match error {
                Fault::Decode(error) => damaged(&error),
                Fault::Depth => ReadError::TooMany {
                    what: Countable::XmlDepth,
                    limit: limits::PDF_FORM_DEPTH,
                },
                Fault::Size => ReadError::TooMany {
                    what: Countable::Glyphs,
                    limit: limits::PDF_GLYPHS,
                },
            })?;
        let encoded = Content { operations: out }
            .encode()
            .map_err(|error| damaged(&error))?;
        let stream = document.add_object(pdf_extract::Stream::new(Dictionary::new(), encoded));
        let mut resources = Dictionary::new();
        resources.set("Font", Object::Dictionary(fonts));
        let page = document
            .get_object_mut(page)
            .and_then(Object::as_dict_mut)
            .map_err(|error| damaged(&error))?;
        page.set("Contents", Object::Reference(stream));
        page.set("Resources", Object::Dictionary(resources));
    }
    Ok(())
}

enum Fault {
    Decode(pdf_extract::Error),
    Depth,
    Size,
}

struct Pass<'a> {
    document: &'a Document,
    out: &'a mut Vec<Operation>,
    /// The fonts of the page and its forms, under names of our own.
    fonts: &'a mut Dictionary,
}

impl Pass<'_> {
    fn content(
        &mut self,
        content: &[u8],
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), Fault> {
        if depth > limits::PDF_FORM_DEPTH {
            return Err(Fault::Depth);
        }
        let known = self.known_fonts(resources, depth);
        let mut look = 0;
        let mut saved = Vec::new();
        let mut has_font = false;
        let mut path = RulePath::default();
        for mut operation in Content::decode(content).map_err(Fault::Decode)?.operations {
            if self.out.len() > limits::PDF_GLYPHS {
                return Err(Fault::Size);
            }
            match operation.operator.as_str() {
                "q" => saved.push((look, has_font)),
                "Q" => (look, has_font) = saved.pop().unwrap_or((look, has_font)),
                "Tf" => {
                    let font = operation
                        .operands
                        .first()
                        .and_then(|name| name.as_name().ok());
                    let Some((name, flags)) = font.and_then(|name| known.get(name)) else {
                        has_font = false;
                        continue;
                    };
                    (look, has_font) = (*flags, true);
                    operation.operands[0] = Object::Name(name.clone());
                }
                "Do" => {
                    self.form(&operation, resources, depth)?;
                    continue;
                }
                _ => {}
            }
            match operation.operator.as_str() {
                "Tj" | "TJ" | "'" | "\"" if has_font => self.show(operation, look),
                operator if path.takes(operator) => path.take(operation, self.out),
                operator if KEPT.contains(&operator) && is_whole(&operation) => {
                    self.out.push(operation)
                }
                _ => {}
            }
        }
        self.out
            .extend(saved.iter().map(|_| Operation::new("Q", vec![])));
        Ok(())
    }

    /// Shows text, after a note about its look. `'` and `"` become the operators that they stand for.
    fn show(&mut self, mut operation: Operation, look: i64) {
        self.out
            .push(Operation::new("m", vec![NOTE_X.into(), look.into()]));
        self.out.push(Operation::new("S", vec![]));
        match operation.operator.as_str() {
            "'" => self.out.push(Operation::new("T*", vec![])),
            "\"" if operation.operands.len() == 3 => {
                let spacing: Vec<Object> = operation.operands.drain(..2).collect();
                for (operator, value) in ["Tw", "Tc"].into_iter().zip(spacing) {
                    self.out.push(Operation::new(operator, vec![value]));
                }
                self.out.push(Operation::new("T*", vec![]));
            }
            _ => {}
        }
        let whole = match operation.operands.first() {
            Some(Object::String(..)) => "Tj",
            Some(Object::Array(_)) => "TJ",
            _ => return,
        };
        self.out.push(Operation::new(whole, operation.operands));
    }

    fn form(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), Fault> {
        let name = operation
            .operands
            .first()
            .and_then(|name| name.as_name().ok());
        let Some(form) = name.and_then(|name| {
            let objects = self
                .follow(resources.get(b"XObject").ok()?)?
                .as_dict()
                .ok()?;
            self.follow(objects.get(name).ok()?)?.as_stream().ok()
        }) else {
            return Ok(());
        };
        if form.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return Ok(());
        }
        let own = form
            .dict
            .get(b"Resources")
            .ok()
            .and_then(|found| self.follow(found))
            .and_then(|o| o.as_dict().ok());
        let content = form
            .decompressed_content()
            .unwrap_or_else(|_| form.content.clone());
        self.out.push(Operation::new("q", vec![]));
        if let Some(matrix) = form
            .dict
            .get(b"Matrix")
            .ok()
            .and_then(|matrix| matrix.as_array().ok())
        {
            let operation = Operation::new("cm", matrix.clone());
            if is_whole(&operation) {
                self.out.push(operation);
            }
        }
        self.content(&content, own.unwrap_or(resources), depth + 1)?;
        self.out.push(Operation::new("Q", vec![]));
        Ok(())
    }

    /// The fonts of `resources`: our name and look by the name that the content uses.
    fn known_fonts(
        &mut self,
        resources: &Dictionary,
        depth: usize,
    ) -> BTreeMap<Vec<u8>, (Vec<u8>, i64)> {
        let fonts = resources
            .get(b"Font")
            .ok()
            .and_then(|fonts| self.follow(fonts))
            .and_then(|o| o.as_dict().ok());
        let mut known = BTreeMap::new();
        for (name, font) in fonts.into_iter().flat_map(Dictionary::iter) {
            let Some(Object::Dictionary(found)) = self.follow(font) else {
                continue;
            };
            let base = found
                .get(b"BaseFont")
                .and_then(Object::as_name)
                .unwrap_or_default();
            let base = String::from_utf8_lossy(base).to_lowercase();
            let bold = if base.contains("bold") || base.contains("black") {
                BOLD
            } else {
                0
            };
            let italic = if base.contains("italic") || base.contains("oblique") {
                ITALIC
            } else {
                0
            };
            let own = format!("F{depth}x{}", self.fonts.len()).into_bytes();
            self.fonts.set(own.clone(), font.clone());
            known.insert(name.clone(), (own, bold | italic));
        }
        known
    }

    fn follow<'o>(&self, object: &'o Object) -> Option<&'o Object>
    where
        Self: 'o,
    {
        follow(self.document, object)
    }
}

/// The path that is being drawn, while it is one of straight lines: rules of tables are.
#[derive(Default)]
struct RulePath {
    operations: Vec<Operation>,
    is_other: bool,
}

impl RulePath {
    fn takes(&self, operator: &str) -> bool {
        matches!(
            operator,
            "m" | "l"
                | "re"
                | "h"
                | "c"
                | "v"
                | "y"
                | "n"
                | "S"
                | "s"
                | "f"
                | "F"
                | "f*"
                | "B"
                | "B*"
                | "b"
                | "b*"
        )
    }

    /// However a path is painted, its outline goes on as a stroke.
    fn take(&mut self, operation: Operation, out: &mut Vec<Operation>) {
        match operation.operator.as_str() {
            "m" | "l" | "re" => {
                self.is_other |= !is_whole(&operation) || self.operations.len() >= MOST_RULES;
                if !self.is_other {
                    self.operations.push(operation);
                }
            }
            "h" => {}
            "c" | "v" | "y" => self.is_other = true,
            painting => {
                if painting != "n" && !self.is_other && !self.operations.is_empty() {
                    out.append(&mut self.operations);
                    out.push(Operation::new("S", vec![]));
                }
                *self = RulePath::default();
            }
        }
    }
}

/// Whether an operator has the numbers that the reader takes for granted.
fn is_whole(operation: &Operation) -> bool {
    let wanted = match operation.operator.as_str() {
        "BT" | "ET" | "T*" | "q" | "Q" => 0,
        "Td" | "TD" | "Tf" | "m" | "l" => 2,
        "re" => 4,
        "cm" | "Tm" => 6,
        _ => 1,
    };
    let numbers = operation
        .operands
        .iter()
        .skip(usize::from(operation.operator == "Tf"));
    operation.operands.len() == wanted
        && numbers
            .into_iter()
            .all(|operand| operand.as_float().is_ok())
}

fn follow<'o>(document: &'o Document, object: &'o Object) -> Option<&'o Object> {
    document.dereference(object).ok().map(|(_, found)| found)
}

/// The page's resources, or those of the nearest page node above it.
fn page_resources(document: &Document, page: ObjectId) -> Dictionary {
    let mut node = document.get_dictionary(page).ok();
    for _ in 0..limits::PDF_FORM_DEPTH {
        let Some(dictionary) = node else { break };
        if let Some(Object::Dictionary(found)) = dictionary
            .get(b"Resources")
            .ok()
            .and_then(|o| follow(document, o))
        {
            return found.clone();
        }
        node = dictionary
            .get(b"Parent")
            .ok()
            .and_then(|o| follow(document, o))
            .and_then(|o| o.as_dict().ok());
    }
    Dictionary::new()
}
