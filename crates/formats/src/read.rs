//! The one entry point for documents: the kind is decided by content, then by the file's name.

use crate::anchors::Anchor;
use crate::error::ReadError;
use crate::marks::{Marks, lift};
use crate::notes::{Note, Notes};
use crate::sniff::{Container, container, extension, is_encrypted_office};
use crate::{archive::Archive, docx, html, limits, mail, odt, pdf, plain, settle};
use domain::doc::Document;
use domain::report::anchors::Mark;

/// A document as it came in, with what its reader has to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Incoming {
    pub document: Document,
    /// What was left out or repaired.
    pub notes: Vec<Note>,
    /// Bookmarks, sections and content controls, where the kind of file has them and the reader keeps them (ODT).
    pub anchors: Vec<Anchor>,
}

/// A template that was filled in, or a report that was written without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    pub document: Document,
    /// What was left out or repaired.
    pub notes: Vec<Note>,
    /// In reading order.
    pub marks: Vec<Mark>,
}

impl Incoming {
    /// A document without anchors.
    pub fn new(document: Document, notes: Notes) -> Self {
        Incoming {
            document,
            notes: notes.into_list(),
            anchors: Vec::new(),
        }
    }
}

/// Refuses what no reader takes.
///
/// # Errors
/// [`ReadError::Empty`], [`ReadError::TooLarge`].
pub fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits::FILE_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    Ok(())
}

/// Reads a document of any known kind. `name` is the file's name as the user knows it.
///
/// The text comes in reading order; what stands side by side (recipients and signature) comes left before right.
///
/// # Errors
/// A [`ReadError`] says what is wrong; hostile files are refused by the caps of [`limits`].
pub fn read_document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    read_incoming(name, bytes).map(|incoming| incoming.document)
}

/// As [`read_document`], with what was left out or repaired, and the named stretches of the document.
///
/// # Errors
/// As [`read_document`].
pub fn read_incoming(name: &str, bytes: &[u8]) -> Result<Incoming, ReadError> {
    read_marked(name, bytes, Marks::default()).map(|(incoming, _)| incoming)
}

/// As [`read_incoming`], with the anchors of the template that the file was made from, as far as they are left. A
/// table with borders stays a table, however small it is.
///
/// # Errors
/// As [`read_document`].
pub fn read_filled(name: &str, bytes: &[u8]) -> Result<Filled, ReadError> {
    let (incoming, marks) = read_marked(name, bytes, Marks::on())?;
    Ok(Filled {
        document: incoming.document,
        notes: incoming.notes,
        marks,
    })
}

fn read_marked(name: &str, bytes: &[u8], marks: Marks) -> Result<(Incoming, Vec<Mark>), ReadError> {
    check_size(bytes)?;
    let mut incoming = by_content(name, bytes, marks)?;
    let marks = lift(&mut incoming.document.blocks);
    settle::settle(&mut incoming)?;
    let blank = incoming
        .document
        .blocks
        .iter()
        .all(|block| block.text().trim().is_empty());
    if blank {
        return Err(ReadError::Blank);
    }
    Ok((incoming, marks))
}

fn by_content(name: &str, bytes: &[u8], marks: Marks) -> Result<Incoming, ReadError> {
    let said = extension(name);
    let unknown = || ReadError::UnknownType {
        name: name.to_owned(),
    };
    let (incoming, is, usual): (_, _, &[&str]) = match (container(bytes), said.as_str()) {
        (Container::Zip, _) => return read_zip(name, bytes, marks),
        (Container::Pdf, _) => (pdf::read(bytes)?, "PDF", &["pdf"]),
        (Container::Ole, _) if is_encrypted_office(bytes) => return Err(ReadError::Encrypted),
        (Container::Ole, "xls") => return Err(ReadError::TableNotDocument),
        (Container::Ole, _) => return Err(ReadError::OldWord),
        (Container::Rtf, _) => return Err(ReadError::Rtf),
        (Container::Picture, _) => return Err(ReadError::Picture),
        (Container::Mail, _) | (Container::Other, "eml") => (
            mail::read_as_document(bytes, 0)?,
            "thư điện tử",
            &["eml", "mht", "mhtml"],
        ),
        (Container::Other, "md" | "markdown") => return plain::read_markdown(bytes),
        (Container::Html, _) | (Container::Other, "html" | "htm") => {
            (html::read(bytes)?, "trang HTML", &["html", "htm"])
        }
        (Container::Other, "csv" | "tsv") => return Err(ReadError::TableNotDocument),
        (Container::Other, "txt" | "text" | "") => return plain::read_text(bytes),
        (Container::Other, "docx" | "doc" | "odt" | "rtf" | "pdf") => {
            let damaged = || ReadError::Damaged {
                part: said.clone(),
                detail: "wrong first bytes".into(),
            };
            // Text under the name of a document is read as text; anything else is a document that was cut or broken.
            if bytes.contains(&0) {
                return Err(damaged());
            }
            let incoming = plain::read_text(bytes).map_err(|_| damaged())?;
            (incoming, "văn bản thuần (.txt)", &[])
        }
        (Container::Other, _) => return Err(unknown()),
    };
    Ok(renamed(incoming, said, is, usual))
}

/// Says so when the name promises another kind than the content is.
fn renamed(mut incoming: Incoming, said: String, is: &'static str, usual: &[&str]) -> Incoming {
    if !said.is_empty() && !usual.contains(&said.as_str()) {
        incoming.notes.push(Note::OtherKind { said, is });
    }
    incoming
}

fn read_zip(name: &str, bytes: &[u8], marks: Marks) -> Result<Incoming, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("xl/workbook.xml") {
        return Err(ReadError::TableNotDocument);
    }
    if docx::main_part(&mut archive).is_some() || extension(name) == "docx" {
        let incoming = docx::read(&mut archive, marks)?;
        return Ok(renamed(
            incoming,
            extension(name),
            "Word (.docx)",
            &["docx", "docm", "dotx", "dotm"],
        ));
    }
    if odt::has_text(&mut archive) {
        let incoming = odt::read(&mut archive, marks)?;
        return Ok(renamed(
            incoming,
            extension(name),
            "OpenDocument (.odt)",
            &["odt", "ott"],
        ));
    }
    if archive.has("content.xml") {
        return Err(ReadError::TableNotDocument);
    }
    Err(ReadError::UnknownType {
        name: name.to_owned(),
    })
}
