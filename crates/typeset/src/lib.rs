//! Official documents as PDF. The only crate that knows the typesetting engine.
//!
//! What a document says reaches the engine as data (JSON), never as markup, so no text can be taken for a command.
//! The same document gives the same bytes on every machine: the fonts are embedded and the only date is its own.

mod sheet;
mod world;

use domain::official::{OfficialDocument, profile_named};
use typst::diag::{SourceDiagnostic, Warned};
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::sheet::Sheet;
use crate::world::Sheets;

/// The longest document that is set, in characters; about 700 pages. A longer one would hold a worker for too long.
pub const MAX_CHARACTERS: usize = 1_500_000;

/// How a document is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Render {
    /// Write the structure (headings, table cells) for screen readers: for published documents.
    /// Leaves the look alone and makes the file two to four times larger.
    pub tagged: bool,
}

/// Why a document could not be written as PDF.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("không có mẫu thể thức “{0}”; hãy chọn một mẫu có trong danh sách")]
    UnknownProfile(String),
    #[error(
        "văn bản dài {characters} ký tự, vượt quá {MAX_CHARACTERS} ký tự; hãy chia thành nhiều văn bản"
    )]
    TooLong { characters: usize },
    /// A fault of ours: the templates do not fit the document.
    #[error("không dàn trang được văn bản: {0}")]
    Template(String),
}

/// Sets `document` in its profile and writes it as an untagged PDF, e.g. for a draft. See [`render_pdf_with`].
pub fn render_pdf(document: &OfficialDocument) -> Result<Vec<u8>, Error> {
    render_pdf_with(document, Render::default())
}

/// Sets `document` in the profile it names and writes it as PDF.
///
/// Takes about a hundredth of a second and 3 MB a page: call it from a thread that may block, few at a time.
///
/// # Errors
/// [`Error::UnknownProfile`] and [`Error::TooLong`] for documents that cannot be set; [`Error::Template`] for our faults.
pub fn render_pdf_with(document: &OfficialDocument, render: Render) -> Result<Vec<u8>, Error> {
    let profile = profile_named(&document.profile)
        .ok_or_else(|| Error::UnknownProfile(document.profile.clone()))?;
    let characters = sheet::characters(document);
    if characters > MAX_CHARACTERS {
        return Err(Error::TooLong { characters });
    }
    let data = serde_json::to_vec(&Sheet::new(document, profile))
        .map_err(|error| Error::Template(error.to_string()))?;
    let world = Sheets::new(data);
    let pdf = write(&world, render);
    // The engine remembers what it computed, for documents edited in place; ours are set once.
    comemo::evict(0);
    pdf
}

fn write(world: &Sheets, render: Render) -> Result<Vec<u8>, Error> {
    let fault = |faults| Error::Template(describe(world, &faults));
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    debug_assert!(
        warnings.is_empty(),
        "the templates compile without warnings: {}",
        describe(world, &warnings)
    );
    let options = PdfOptions {
        creator: Smart::Custom(Some("dondoc".to_owned())),
        tagged: render.tagged,
        ..PdfOptions::default()
    };
    output
        .and_then(|pages| typst_pdf::pdf(&pages, &options))
        .map_err(fault)
}

/// The faults with their places in the templates.
fn describe(world: &Sheets, faults: &EcoVec<SourceDiagnostic>) -> String {
    let lines = faults.iter().map(|fault| {
        let place = fault.span.id().and_then(|id| {
            let range = world.range(fault.span)?;
            let line = world.source(id).ok()?.lines().byte_to_line(range.start)?;
            Some(format!("{}:{}: ", id.vpath().get_without_slash(), line + 1))
        });
        format!("{}{}", place.unwrap_or_default(), fault.message)
    });
    lines.collect::<Vec<_>>().join("; ")
}
