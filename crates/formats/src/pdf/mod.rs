//! Text PDF: glyphs with their places, rebuilt into lines, columns and paragraphs.

mod glyphs;
mod guard;
mod layout;
mod paragraphs;
mod strip;

use crate::error::ReadError;
use crate::notes::Notes;
use crate::read::Incoming;
use domain::doc::Document;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads the text of a PDF in reading order. Page numbers and running heads are left out; bold and italic come from the fonts' names.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::NoText`] for scans, [`ReadError::Damaged`], or a cap that was passed.
pub fn read(bytes: &[u8]) -> Result<Incoming, ReadError> {
    let pages = pages(bytes)?;
    if pages
        .iter()
        .all(|page| page.glyphs.iter().all(|glyph| glyph.text.trim().is_empty()))
    {
        return Err(ReadError::NoText { pages: pages.len() });
    }
    let mut lines: Vec<Vec<layout::Line>> = pages.iter().map(layout::lines).collect();
    layout::drop_margins(&mut lines);
    let regions: Vec<layout::Region> = lines
        .iter()
        .zip(&pages)
        .flat_map(|(lines, page)| layout::regions(lines, page.width))
        .collect();
    let document = Document {
        blocks: paragraphs::blocks(&regions)?,
    };
    let mut notes = Notes::default();
    notes.look_at(&document.text());
    Ok(Incoming::new(document, notes))
}

/// How many pages a PDF has.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::Damaged`], or a cap that was passed.
pub fn count_pages(bytes: &[u8]) -> Result<usize, ReadError> {
    pages(bytes).map(|pages| pages.len())
}

fn pages(bytes: &[u8]) -> Result<Vec<glyphs::Page>, ReadError> {
    // The PDF library panics on many kinds of broken input.
    catch_unwind(AssertUnwindSafe(|| glyphs::read(bytes))).unwrap_or_else(|_| {
        Err(ReadError::Damaged {
            part: "PDF".into(),
            detail: "the reader panicked".into(),
        })
    })
}
