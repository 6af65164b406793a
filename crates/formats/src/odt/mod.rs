//! OpenDocument text (ODT): reading into the neutral tree.

mod inline;
mod lists;
mod margins;
mod read;
mod styles;

pub use read::{has_text, read};
