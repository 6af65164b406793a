//! HTML as it is found: unclosed, nested wrongly, exported by Word. Only its text, looks, lists and tables are read.

mod build;
mod entities;
mod style;
mod tokens;

use crate::error::ReadError;
use crate::notes::{Note, Notes};
use crate::plain;
use crate::read::Incoming;

/// Bytes in which a declaration of the encoding is looked for.
const HEAD: usize = 4096;

/// Reads HTML. Scripts, styles, comments and what is hidden are left out, nothing is fetched.
///
/// # Errors
/// [`ReadError::NotUtf8`], [`ReadError::TooMany`].
pub fn read(bytes: &[u8]) -> Result<Incoming, ReadError> {
    let (text, code_page) = decode(bytes)?;
    let mut incoming = read_str(&text)?;
    incoming
        .notes
        .extend(code_page.map(|name| Note::CodePage { name }));
    Ok(incoming)
}

/// As [`read`], for text that was decoded already.
///
/// # Errors
/// [`ReadError::TooMany`].
pub fn read_str(text: &str) -> Result<Incoming, ReadError> {
    let mut notes = Notes::default();
    notes.look_at(text);
    build::build(text, notes)
}

/// The text by the encoding that it declares, where that is an 8-bit one; else as any text.
fn decode(bytes: &[u8]) -> Result<(String, Option<&'static str>), ReadError> {
    if let Some(encoding) = declared(bytes)
        && encoding != encoding_rs::UTF_8
        && std::str::from_utf8(bytes).is_err()
        && !bytes.starts_with(&[0xff, 0xfe])
    {
        let (text, _, failed) = encoding.decode(bytes);
        if !failed {
            let other = (encoding == encoding_rs::WINDOWS_1258).then_some("Windows-1258");
            return Ok((text.into_owned(), other));
        }
    }
    let decoded = plain::decode(bytes)?;
    Ok((decoded.text, decoded.code_page))
}

fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let after = head.split_once("charset=")?.1;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests;
