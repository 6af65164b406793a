//! Plain text and Markdown.

mod encoding;
mod inline;
pub mod lines;
pub mod pages;
mod paragraphs;
mod rows;

pub use encoding::decode;
pub use paragraphs::{read_markdown, read_str, read_text};
