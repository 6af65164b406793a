//! Bytes to and from documents and tables: Markdown, text, HTML, DOCX, ODT, PDF, e-mail, TSV/CSV, XLSX, ODS. No disk, no network.
//!
//! Everything that comes in is untrusted: each reader keeps to [`limits`] and answers with a [`ReadError`].

mod anchors;
mod archive;
mod docx;
mod error;
mod grid;
mod html;
pub mod limits;
mod mail;
mod margins;
mod marks;
mod notes;
mod numerals;
mod odt;
mod pdf;
mod plain;
mod read;
mod runs;
mod settle;
mod sniff;
mod table;
mod xml;

pub use anchors::{Anchor, AnchorKind};
pub use docx::{look, write_docx, write_template};
pub use error::{Countable, ReadError, TableKind};
pub use mail::{Attachment, Mail, is_mail, read_mail, read_mailbox};
pub use notes::{Note, Repair, Repaired};
pub use pdf::count_pages;
pub use read::{Filled, Incoming, read_document, read_filled, read_incoming};
pub use table::{CellOut, Sheet, SheetOut, SheetRow, Workbook, read_table, write_workbook};
