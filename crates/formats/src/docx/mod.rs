//! WordprocessingML (DOCX): reading into the neutral tree, writing official documents.

mod numbering;
mod read;
mod styles;
mod tables;

pub use read::read;
