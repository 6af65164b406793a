//! The one entry point for documents: the kind is decided by content, then by the file's name.

use crate::anchors::Anchor;
use crate::error::ReadError;
use crate::marks::{Marks, lift};
use crate::notes::{Note, Notes};
use crate::{archive::Archive, docx, limits, odt, pdf, plain, settle};
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

/// What a file's first bytes say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Zip,
    Pdf,
    /// The container of Office 97-2003, and of encrypted newer files.
    Ole,
    /// Nothing known: text, or something foreign.
    Other,
}

/// The container of `bytes`.
pub fn container(bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Container::Zip
    } else if head.windows(5).any(|window| window == b"%PDF-") {
        Container::Pdf
    } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Container::Ole
    } else {
        Container::Other
    }
}

/// The part of a name after its last point, in lower case; empty when there is none.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, end)| end.to_lowercase())
        .unwrap_or_default()
}

/// An Office file under a password is an OLE container with a stream of this name.
pub fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
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

fn read_marked(
    name: &str,
    bytes: &[u8],
    marks: Marks,
) -> Result<(Incoming, Vec<Mark>), ReadError> {
    check_size(bytes)?;
    let mut incoming = match (container(bytes), extension(name).as_str()) {
        (Container::Zip, _) => read_zip(name, bytes, marks),
        (Container::Pdf, _) => pdf::read(bytes),
        (Container::Ole, _) if is_encrypted_office(bytes) => Err(ReadError::Encrypted),
        (Container::Ole, "xls") => Err(ReadError::TableNotDocument),
        (Container::Ole, _) => Err(ReadError::OldWord),
        (Container::Other, "md" | "markdown") => plain::read_markdown(bytes),
        (Container::Other, "txt" | "text" | "") => plain::read_text(bytes),
        (Container::Other, "csv" | "tsv") => Err(ReadError::TableNotDocument),
        (Container::Other, extension @ ("docx" | "odt" | "pdf")) => Err(ReadError::Damaged {
            part: extension.to_owned(),
            detail: "wrong first bytes".into(),
        }),
        (Container::Other, _) => Err(ReadError::UnknownType {
            name: name.to_owned(),
        }),
    }?;
    let marks = lift(&mut incoming.document.blocks);
    settle::settle(&mut incoming);
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

fn read_zip(name: &str, bytes: &[u8], marks: Marks) -> Result<Incoming, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("xl/workbook.xml") {
        return Err(ReadError::TableNotDocument);
    }
    if docx::main_part(&mut archive).is_some() || extension(name) == "docx" {
        return docx::read(&mut archive, marks);
    }
    if odt::has_text(&mut archive) {
        return odt::read(&mut archive, marks);
    }
    if archive.has("content.xml") {
        return Err(ReadError::TableNotDocument);
    }
    Err(ReadError::UnknownType {
        name: name.to_owned(),
    })
}
