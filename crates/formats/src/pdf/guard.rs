//! What the PDF library would expand without end is measured first: streams before and after loading, font tables.
//!
//! The library inflates object streams while it loads and other streams when they are asked for, whatever they grow to.

use crate::error::ReadError;
use crate::limits;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashSet;
use std::io::Read;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 4096;
/// Letters that all fonts' tables together may name.
const LETTERS: u64 = 2_000_000;

/// Measures every stream in the file that inflates; pictures stay as they are and do not count.
///
/// # Errors
/// [`ReadError::Bomb`].
pub fn before_load(bytes: &[u8]) -> Result<(), ReadError> {
    let mut budget = Budget::new();
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let dictionary = &bytes[keyword.saturating_sub(DICTIONARY)..keyword];
        let own = dictionary
            .windows(4)
            .rposition(|window| window == b" obj")
            .map_or(dictionary, |from| &dictionary[from..]);
        // A name can hide behind escapes: such a dictionary is not believed.
        let is_picture = find(own, b"/Image").is_some()
            && find(own, b"/ObjStm").is_none()
            && !own.contains(&b'#');
        if is_picture {
            continue;
        }
        let mut data = &bytes[at..];
        while let [b'\r' | b'\n', rest @ ..] = data {
            data = rest;
        }
        budget.spend(inflated(data, budget.left()))?;
    }
    Ok(())
}

/// Measures the streams of a loaded document that may be read, and the tables of its fonts.
///
/// # Errors
/// [`ReadError::Bomb`], [`ReadError::Damaged`].
pub fn after_load(document: &Document) -> Result<(), ReadError> {
    let contents: HashSet<ObjectId> = document
        .get_pages()
        .into_values()
        .flat_map(|page| document.get_page_contents(page))
        .collect();
    let mut budget = Budget::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else {
            continue;
        };
        let is_picture =
            stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image");
        if !is_picture || contents.contains(id) {
            budget.spend(expanded(stream, budget.left()))?;
        }
    }
    let mut letters = 0_u64;
    for object in document.objects.values() {
        let table = object
            .as_dict()
            .ok()
            .and_then(|font| font.get(b"ToUnicode").ok())
            .and_then(|table| document.dereference(table).ok())
            .and_then(|(_, table)| table.as_stream().ok());
        if let Some(table) = table {
            let text = table
                .decompressed_content()
                .unwrap_or_else(|_| table.content.clone());
            letters = letters.saturating_add(ranged(&text));
        }
    }
    if letters > LETTERS {
        return Err(ReadError::Damaged {
            part: "PDF".into(),
            detail: "the tables of the fonts name too many letters".into(),
        });
    }
    Ok(())
}

/// How many bytes may still come out.
struct Budget {
    left: u64,
}

impl Budget {
    fn new() -> Self {
        Budget {
            left: limits::EXPANDED_BYTES,
        }
    }

    /// What a single stream may take.
    fn left(&self) -> u64 {
        self.left.min(limits::PDF_STREAM_BYTES)
    }

    fn spend(&mut self, bytes: u64) -> Result<(), ReadError> {
        if bytes > self.left() {
            return Err(ReadError::Bomb { part: "PDF".into() });
        }
        self.left -= bytes;
        Ok(())
    }
}

/// Bytes that inflate out of `data`, counted up to just above `cap`; nothing when it is not deflated.
fn inflated(data: &[u8], cap: u64) -> u64 {
    let counted = |decoder: &mut dyn Read| {
        let mut count = 0_u64;
        let mut buffer = [0; 16 * 1024];
        while count <= cap {
            match decoder.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => count += read as u64,
            }
        }
        count
    };
    let whole = counted(&mut flate2::read::ZlibDecoder::new(data));
    match data.get(2..) {
        // The library tries again without the head.
        Some(rest) if whole == 0 && !rest.is_empty() => {
            counted(&mut flate2::read::DeflateDecoder::new(rest))
        }
        _ => whole,
    }
}

/// Bytes that a stream expands to by its filters, counted up to just above `cap`.
fn expanded(stream: &Stream, cap: u64) -> u64 {
    let filters = stream.filters().unwrap_or_default();
    let plain = filters
        .iter()
        .position(|filter| *filter != b"ASCII85Decode");
    let packed = match plain {
        None => return stream.content.len() as u64,
        Some(0) => stream.content.clone(),
        Some(_) => {
            let mut dictionary = Dictionary::new();
            dictionary.set("Filter", "ASCII85Decode");
            Stream::new(dictionary, stream.content.clone())
                .decompressed_content()
                .unwrap_or_default()
        }
    };
    match filters
        .iter()
        .skip(plain.unwrap_or(0))
        .copied()
        .collect::<Vec<_>>()
        .as_slice()
    {
        [b"FlateDecode"] => inflated(&packed, cap),
        [b"LZWDecode"] => lzw_expanded(&packed, cap),
        // Two compressions one over the other save nothing: only a bomb has them.
        [
            b"FlateDecode" | b"LZWDecode",
            b"FlateDecode" | b"LZWDecode",
            ..,
        ] => cap + 1,
        _ => packed.len() as u64,
    }
}

/// Bytes behind LZW codes: each adds a string one longer than the one before it.
fn lzw_expanded(data: &[u8], cap: u64) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<u64> = Vec::new();
    let (mut width, mut previous, mut count) = (9_u32, 0_u64, 0_u64);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                lengths.clear();
                (width, previous) = (9, 0);
                continue;
            }
            END => break,
            _ => {}
        }
        let length = match code {
            0..CLEAR => 1,
            _ => lengths.get(code - END - 1).copied().unwrap_or(previous + 1),
        };
        if previous > 0 && lengths.len() < 4096 {
            lengths.push(previous + 1);
        }
        previous = length;
        count += length;
        if count > cap {
            break;
        }
        width = match lengths.len() + END + 1 {
            0..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
    }
    count
}

/// How many letters the ranges of a font's table name.
fn ranged(table: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(table);
    let mut count = 0_u64;
    for part in text.split("beginbfrange").skip(1) {
        let mut rest = part.split("endbfrange").next().unwrap_or_default();
        // A range is `<first> <last> <letter>` or `<first> <last> [<letter> …]`.
        while let Some((first, after)) = code(rest) {
            let Some((last, after)) = code(after) else {
                break;
            };
            count = count.saturating_add(u64::from(last.saturating_sub(first)) + 1);
            rest = match after.trim_start().strip_prefix('[') {
                Some(list) => list.split_once(']').map_or("", |(_, rest)| rest),
                None => code(after).map_or("", |(_, rest)| rest),
            };
        }
    }
    count
}

/// The next code in angle brackets, and what follows it. Longer codes than there are count as the largest.
fn code(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_once('<')?.1.split_once('>')?;
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    Some((u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX), rest))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("written");
        encoder.finish().expect("finished")
    }

    fn object(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [
            format!("%PDF-1.5\n7 0 obj\n<<{dictionary}>>\nstream\r\n").as_bytes(),
            data,
            b"\nendstream\nendobj\n",
        ]
        .concat()
    }

    #[test]
    fn a_stream_that_inflates_beyond_the_limit_is_refused_before_it_is_loaded() {
        let bomb = deflated(&vec![0; limits::PDF_STREAM_BYTES as usize + 1]);
        assert!(bomb.len() < 1_000_000);
        for dictionary in [
            "/Type/ObjStm/Filter/FlateDecode",
            "/Type/ObjStm/Subtype/Image",
            "/Sub#74ype/Image",
        ] {
            let file = object(dictionary, &bomb);
            assert!(
                matches!(before_load(&file), Err(ReadError::Bomb { .. })),
                "{dictionary}"
            );
        }
        assert_eq!(before_load(&object("/Subtype/Image", &bomb)), Ok(()));
        assert_eq!(before_load(&object("", &deflated(b"BT ET"))), Ok(()));
    }

    #[test]
    fn filters_of_a_loaded_stream_are_measured() {
        let stream = |filters: &[&str], data: Vec<u8>| {
            let names = filters
                .iter()
                .map(|name| Object::Name(name.as_bytes().to_vec()));
            let mut dictionary = Dictionary::new();
            dictionary.set("Filter", Object::Array(names.collect()));
            Stream::new(dictionary, data)
        };
        let inner = deflated(&[b'x'; 5000]);
        assert_eq!(
            expanded(&stream(&["FlateDecode"], inner.clone()), 100_000),
            5000
        );
        assert!(expanded(&stream(&["FlateDecode"], inner.clone()), 100) > 100);
        assert!(
            expanded(
                &stream(&["FlateDecode", "FlateDecode"], deflated(&inner)),
                100_000
            ) > 100_000
        );
        // Clear, `-`, `-`, the string of two, end: 45 45 45 45 by the example of the PDF specification's kind.
        let codes: [(u32, u32); 5] = [(256, 9), (45, 9), (258, 9), (45, 9), (257, 9)];
        let (mut bits, mut held, mut packed) = (0_u64, 0, Vec::new());
        for (code, width) in codes {
            bits = bits << width | u64::from(code);
            held += width;
        }
        while held >= 8 {
            held -= 8;
            packed.push((bits >> held & 0xff) as u8);
        }
        packed.push((bits << (8 - held) & 0xff) as u8);
        assert_eq!(expanded(&stream(&["LZWDecode"], packed), 100), 4);
    }

    #[test]
    fn tables_of_fonts_name_as_many_letters_as_their_ranges() {
        assert_eq!(
            ranged(b"2 beginbfrange <0000> <005E> <0020> <005F><0060>[<0066><0067>] endbfrange"),
            97
        );
        assert!(ranged(b"1 beginbfrange <00000000> <FFFFFFFF> <00000000> endbfrange") > LETTERS);
    }
}
