//! Bytes to and from documents and tables: Markdown, text, DOCX, PDF, TSV/CSV, XLSX, ODS. No disk, no network.
//!
//! Everything that comes in is untrusted: each reader keeps to [`limits`] and answers with a [`ReadError`].

mod archive;
mod docx;
mod error;
pub mod limits;
mod pdf;
mod plain;
mod read;
mod runs;
mod sheet;
mod xml;

pub use error::{ReadError, TableKind};
pub use read::read_document;
