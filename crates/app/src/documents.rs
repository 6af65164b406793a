//! Documents as files: one official document as DOCX or PDF.

use crate::ctx::App;
use crate::error::{Error, Result};
use domain::official::OfficialDocument;

/// The file formats that a document leaves in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    Docx,
    Pdf,
    Xlsx,
}

/// A file to be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl FileFormat {
    pub fn from_extension(extension: &str) -> Option<FileFormat> {
        match extension {
            "docx" => Some(FileFormat::Docx),
            "pdf" => Some(FileFormat::Pdf),
            "xlsx" => Some(FileFormat::Xlsx),
            _ => None,
        }
    }
    pub fn extension(self) -> &'static str {
        match self {
            FileFormat::Docx => "docx",
            FileFormat::Pdf => "pdf",
            FileFormat::Xlsx => "xlsx",
        }
    }
    pub fn media_type(self) -> &'static str {
        match self {
            FileFormat::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileFormat::Pdf => "application/pdf",
            FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Sets a document; `stem` is the file name without its extension.
///
/// # Errors
/// [`Error::Refused`] for XLSX, which only tables leave in; [`Error::Internal`] when the engine fails.
pub fn render(
    app: &App,
    document: &OfficialDocument,
    format: FileFormat,
    stem: &str,
) -> Result<File> {
    let bytes = match format {
        FileFormat::Docx => formats::write_docx(document),
        FileFormat::Pdf => app.pdf.render(document).map_err(Error::Internal)?,
        FileFormat::Xlsx => {
            return Err(Error::Refused(
                "Văn bản chỉ xuất được dạng Word (docx) hoặc PDF".into(),
            ));
        }
    };
    Ok(File {
        name: format!("{stem}.{}", format.extension()),
        media_type: format.media_type(),
        bytes,
    })
}
