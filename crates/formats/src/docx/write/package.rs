//! The zip container, with the same bytes for the same parts.

use super::parts::{self, DECLARATION, NAMESPACES};
use domain::official::{OfficialDocument, Profile};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs `body`, the content of `w:body`, with all other parts.
pub fn pack(document: &OfficialDocument, profile: &Profile, body: &str) -> Vec<u8> {
    let main = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(document)),
        (
            "word/_rels/document.xml.rels",
            parts::DOCUMENT_RELATIONS.to_owned(),
        ),
        ("word/document.xml", main),
        ("word/header1.xml", parts::first_header(document)),
        ("word/header2.xml", parts::number_header(profile)),
        ("word/settings.xml", parts::settings()),
        ("word/styles.xml", parts::styles(profile)),
    ];
    // Memory takes every write, and a dozen short names cannot pass the limits of zip.
    zip(&parts).expect("a small container is written to memory")
}

fn zip(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        writer.start_file(*name, options)?;
        writer.write_all(DECLARATION.as_bytes())?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
