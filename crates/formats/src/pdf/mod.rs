//! Text PDF: glyphs with their places, rebuilt into lines, columns and paragraphs.

mod glyphs;
mod guard;
mod layout;
mod paragraphs;
mod strip;
mod tables;

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
    let regions = regions(lines, &pages);
    let document = Document {
        blocks: paragraphs::blocks(&regions)?,
    };
    let mut notes = Notes::default();
    notes.look_at(&document.text());
    Ok(Incoming::new(document, notes))
}

/// Lines and tables of all pages in reading order; a table that goes on over a page is one.
fn regions(lines: Vec<Vec<layout::Line>>, pages: &[glyphs::Page]) -> Vec<layout::Region> {
    let mut regions = Vec::new();
    let mut open: Option<(tables::Drawn, f64)> = None;
    let close = |open: &mut Option<(tables::Drawn, f64)>, regions: &mut Vec<layout::Region>| {
        if let Some((drawn, width)) = open.take() {
            let blocks = drawn.table.into_blocks(false);
            regions.push(layout::Region::of_table(blocks, width));
        }
    };
    for (lines, page) in lines.into_iter().zip(pages) {
        for part in tables::parts(lines, &page.rules) {
            match part {
                tables::Part::Lines(lines) if lines.is_empty() => {}
                tables::Part::Lines(lines) => {
                    close(&mut open, &mut regions);
                    regions.extend(layout::regions(&lines, page.width));
                }
                tables::Part::Table(drawn) => {
                    let apart = match &mut open {
                        Some((before, _)) => before.join(drawn).err(),
                        None => Some(drawn),
                    };
                    if let Some(drawn) = apart {
                        close(&mut open, &mut regions);
                        open = Some((drawn, page.width));
                    }
                }
            }
        }
    }
    close(&mut open, &mut regions);
    regions
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
