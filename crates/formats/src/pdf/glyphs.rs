//! The glyphs and the straight rules of each page with their places.

use super::tables::{MOST_RULES, Rule};
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
    pub rules: Vec<Rule>,
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
            rules: Vec::new(),
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
        transform: &Transform,
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
            return Ok(());
        }
        let top = self.top;
        let Some(page) = self.pages.last_mut() else {
            return Ok(());
        };
        let place = |x: f64, y: f64| {
            (
                transform.m11 * x + transform.m21 * y + transform.m31,
                top - (transform.m12 * x + transform.m22 * y + transform.m32),
            )
        };
        let mut at = (0.0, 0.0);
        for operation in &path.ops {
            if page.rules.len() > MOST_RULES {
                break;
            }
            match operation {
                PathOp::MoveTo(x, y) => at = place(*x, *y),
                PathOp::LineTo(x, y) => {
                    let (from, to) = (at, place(*x, *y));
                    // A slanting line is no rule.
                    if (from.0 - to.0).abs().min((from.1 - to.1).abs()) < 0.5 {
                        page.rules.extend(Rule::of_box(from.0, from.1, to.0, to.1));
                    }
                    at = to;
                }
                PathOp::Rect(x, y, width, height) => {
                    let (from, to) = (place(*x, *y), place(x + width, y + height));
                    page.rules.extend(Rule::of_box(from.0, from.1, to.0, to.1));
                }
                PathOp::CurveTo(..) | PathOp::Close => {}
            }
        }
        Ok(())
    }
}
