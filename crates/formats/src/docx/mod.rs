//! WordprocessingML (DOCX): reading into the neutral tree, writing official documents.

mod numbering;
mod read;
mod styles;

mod write;

pub use read::read;
pub use write::write_docx;
