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
mod table;
mod xml;

pub use docx::write_docx;
pub use error::{Countable, ReadError, TableKind};
pub use pdf::count_pages;
pub use read::read_document;
pub use table::{CellOut, Sheet, SheetOut, SheetRow, Workbook, read_table, write_workbook};
