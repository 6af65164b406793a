//! Finding words in texts: what counts as the same word, what is asked for, and where it stands.

mod excerpt;
mod hit;
mod query;
mod words;

pub use excerpt::{Excerpt, Part};
pub use hit::Hit;
pub use query::Query;
pub use words::{Words, folded};
