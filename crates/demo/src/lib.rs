//! The demonstration: the example campaign, played through the product's own use cases.
//!
//! [`prepare`] sets the stage and plays the course up to the demo's first morning, [`advance`] plays on to a later
//! moment, [`run_through()`] plays to the end and hands out the documents.

mod cast;
pub mod content;
mod merging;
mod player;
mod run_through;
mod scene;
mod script;
mod stage;
mod writing;

pub use cast::{PASSWORD, Person, login_of};
pub use player::{advance, prepare};
pub use run_through::run_through;

/// The accounts to show on the sign-in page.
///
/// # Errors
/// When the program's own tables cannot be read.
pub fn people() -> app::Result<Vec<Person>> {
    Ok(cast::people(&player::content()?))
}
