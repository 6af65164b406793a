//! The glyphs of each page with their places.

use super::{guard, strip};
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::runs::Look;
use pdf_extract::{
    ColorSpace, Document, MediaBox, OutputDev, OutputError, Path, PathOp, Transform,
};

/// Text at a place. `y` grows downwards from the top of the page; all lengths in points.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: String,
    pub look: Look,
}

#[derive(Debug, Default)]
pub struct Page {
    pub width: f64,
    pub glyphs: Vec<Glyph>,
}

/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::Damaged`], [`ReadError::TooMany`].
pub fn read(bytes: &[u8]) -> Result<Vec<Page>, ReadError> {
    let damaged = |part: &str, detail: String| ReadError::Damaged {
        part: part.to_owned(),
        detail,
    };
    guard::before_load(bytes)?;
    let mut document =
        Document::load_mem(bytes).map_err(|error| damaged("PDF", error.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(ReadError::Encrypted);
    }
    let pages = document.get_pages().len();
    if pages > limits::PDF_PAGES {
        return Err(ReadError::TooMany {
            what: Countable::Pages,
            limit: limits::PDF_PAGES,
        });
    }
    guard::after_load(&document)?;
    strip::strip(&mut document)?;
    let mut collector = Collector::default();
    if let Err(error) = pdf_extract::output_doc(&document, &mut collector) {
        if collector.count > limits::PDF_GLYPHS {
            return Err(ReadError::TooMany {
                what: Countable::Glyphs,
                limit: limits::PDF_GLYPHS,
            });
        }
        let part = format!("trang {}", collector.pages.len());
        return Err(damaged(&part, error.to_string()));
    }
    if collector.pages.is_empty() {
        return Err(damaged("PDF", "no pages".into()));
    }
    Ok(collector.pages)
}

#[derive(Default)]
struct Collector {
    pages: Vec<Page>,
    top: f64,
    look: Look,
    count: usize,
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.top = media.ury;
        self.pages.push(Page {
            width: media.urx - media.llx,
            glyphs: Vec::new(),
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.count += 1;
        if self.count > limits::PDF_GLYPHS {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        // Text across the page (stamps, margins) and shear are not read as lines: only the scale counts.
        let size = font_size * trm.m22.abs().max(trm.m12.abs());
        let glyph = Glyph {
            x: trm.m31,
            y: self.top - trm.m32,
            width: width * font_size * trm.m11.abs().max(trm.m21.abs()),
            size,
            text: text.to_owned(),
            look: self.look,
        };
        let placed = [glyph.x, glyph.y, glyph.width, glyph.size]
            .iter()
            .all(|value| value.is_finite());
        if let (true, Some(page)) = (placed && size > 0.5, self.pages.last_mut()) {
            page.glyphs.push(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        _: &Transform,
        _: &ColorSpace,
        _: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        if let Some(PathOp::MoveTo(x, flags)) = path.ops.first()
            && (*x - strip::NOTE_X as f64).abs() < 0.5
        {
            let has = |flag: i64| (flags.round() as i64) & flag != 0;
            self.look = Look {
                bold: has(strip::BOLD),
                italic: has(strip::ITALIC),
                ..Look::default()
            };
        }
        Ok(())
    }
}
