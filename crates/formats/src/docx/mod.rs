//! WordprocessingML (DOCX): reading into the neutral tree, writing official documents.

mod inline;
mod look;
mod numbering;
mod parts;
mod read;
mod styles;
mod table;

mod write;

pub use look::look;
pub use parts::main_part;
pub use read::read;
pub use styles::ITEM_LEVEL;
pub use write::{write_docx, write_template};
