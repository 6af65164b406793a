//! From bytes to text: UTF-8, UTF-16, and the 8-bit tables in which Vietnamese was written.

use crate::error::ReadError;
use crate::notes::{Note, Notes};
use crate::read::Incoming;
use domain::doc::Document;
use domain::legacy::{detect, is_syllable};
use domain::text::clean;

/// Bytes that are looked at to tell UTF-16 without its mark.
const HEAD: usize = 512;

/// Text as it was decoded.
#[derive(Debug)]
pub struct Decoded {
    pub text: String,
    /// The table, when it was not Unicode.
    pub code_page: Option<&'static str>,
}

impl Decoded {
    /// The document that was made of this text.
    pub fn incoming(&self, document: Document) -> Incoming {
        let mut notes = Notes::default();
        notes.look_at(&self.text);
        let mut incoming = Incoming::new(document, notes);
        incoming
            .notes
            .extend(self.code_page.map(|name| Note::CodePage { name }));
        incoming
    }
}

/// Decodes UTF-8 or UTF-16 with or without a byte order mark; what is neither is taken for Vietnamese in an 8-bit
/// table when its words make sense in it. Text in TCVN3 or VNI comes as Latin-1 letters, for the caller to tell.
///
/// # Errors
/// [`ReadError::NotUtf8`] with the line of the first byte at fault.
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let unicode = |text: String| Decoded {
        text,
        code_page: None,
    };
    if let Some(text) = utf16(bytes) {
        return text.map(unicode);
    }
    let bare = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let error = match std::str::from_utf8(bare) {
        Ok(text) => return Ok(unicode(text.to_owned())),
        Err(error) => error,
    };
    let (latin, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bare);
    if detect(&latin).is_some() {
        return Ok(unicode(latin.into_owned()));
    }
    let (text, failed) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bare);
    let text = clean(&text);
    if !failed && is_vietnamese(&text) {
        return Ok(Decoded {
            text,
            code_page: Some("Windows-1258"),
        });
    }
    let before = &bare[..error.valid_up_to()];
    Err(ReadError::NotUtf8 {
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
    })
}

/// The text when the bytes are UTF-16: by their mark, or because every other byte of the beginning is zero.
fn utf16(bytes: &[u8]) -> Option<Result<String, ReadError>> {
    type Order = fn([u8; 2]) -> u16;
    let (order, rest): (Order, &[u8]) = match bytes {
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        _ => {
            let pairs = bytes[..bytes.len().min(HEAD)].chunks_exact(2);
            let (all, mut low, mut high) = (pairs.len(), 0, 0);
            for pair in pairs {
                low += usize::from(pair[0] != 0 && pair[1] == 0);
                high += usize::from(pair[0] == 0 && pair[1] != 0);
            }
            if all < 4 || low.max(high) * 5 < all * 2 {
                return None;
            }
            (
                if low > high {
                    u16::from_le_bytes
                } else {
                    u16::from_be_bytes
                },
                bytes,
            )
        }
    };
    let units = rest.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    Some(
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .map_err(|_| ReadError::NotUtf8 { line: 1 }),
    )
}

/// Whether the words that are not plain ASCII are Vietnamese syllables, nearly all of them.
fn is_vietnamese(text: &str) -> bool {
    let marked: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_ascii())
        .collect();
    let sensible = marked.iter().filter(|word| is_syllable(word)).count();
    sensible >= 2 && sensible * 10 >= marked.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let words = "Kế hoạch sơ kết 05 năm";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            [&[0xff, 0xfe][..], &little].concat(),
            [&[0xfe, 0xff][..], &big].concat(),
            little,
            big,
        ] {
            assert_eq!(decode(&bytes).expect("readable").text, words);
        }
    }

    #[test]
    fn vietnamese_of_windows_is_read_and_said() {
        // à is one byte; ế is ê and a mark.
        let bytes = b"B\xe1o c\xe1o k\xea\xect qu\xe0 tr\xfd\xf5\xecc ng\xe0y 30/9";
        let decoded = decode(bytes).expect("readable");
        assert_eq!(decoded.text, "Báo cáo kết quà trước ngày 30/9");
        assert_eq!(decoded.code_page, Some("Windows-1258"));
    }

    #[test]
    fn bytes_of_no_table_are_named_by_line() {
        assert_eq!(
            decode(b"mot\nhai \xd5\n").map(|decoded| decoded.text),
            Err(ReadError::NotUtf8 { line: 2 })
        );
    }

    #[test]
    fn an_old_encoding_comes_as_latin1_letters() {
        let decoded = decode(b"B\xb8o c\xb8o s\xac k\xd5t n\xa8m").expect("readable");
        assert_eq!(detect(&decoded.text), Some(domain::legacy::Encoding::Tcvn3));
    }
}
