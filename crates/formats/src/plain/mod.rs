//! Plain text and Markdown.

mod inline;
pub mod lines;
mod paragraphs;

pub use paragraphs::{read_markdown, read_text};

use crate::error::ReadError;

/// Decodes UTF-8 with or without a byte order mark, or UTF-16 with one (Notepad's "Unicode").
///
/// # Errors
/// [`ReadError::NotUtf8`] with the line of the first byte at fault.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let utf16 = |order: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .map_err(|_| ReadError::NotUtf8 { line: 1 })
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => {
            let text = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            std::str::from_utf8(text)
                .map(str::to_owned)
                .map_err(|error| ReadError::NotUtf8 {
                    line: text[..error.valid_up_to()]
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count()
                        + 1,
                })
        }
    }
}
