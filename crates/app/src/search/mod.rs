//! Search over everything somebody may read.
//!
//! The index proposes sections ([`store::search`]); each is read as it stands now, decided on by the access rules and
//! looked through again, so that neither a hit nor a count tells of what is hidden, and what the index does not know
//! yet of is at worst not found. Of a common word there are more sections than anybody reads: they are taken in windows
//! of [`WINDOW`], newer campaigns first, then higher levels, then in the order of the tree, those with all words in a
//! row before those with the words apart; within a window the best comes first.

mod candidates;
mod hits;
mod json;
mod mentions;
mod others;

pub use hits::{Found, Hit, search};
pub use json::{FoundJson, MentionsJson};
pub use mentions::{Mention, Mentions, mentions};
pub use others::{Elsewhere, PlanHit, UnitHit, elsewhere};

/// Sections of one window.
pub const WINDOW: usize = 120;

/// Letters of a search that are looked at.
const MOST_TYPED: usize = 200;

/// What is searched for, and where. What does not exist, or is hidden, finds nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// As it was typed; words in quotation marks stand one after another.
    pub words: String,
    /// Short id of a campaign.
    pub campaign: Option<String>,
    /// Code of a unit: it and those below it.
    pub unit: Option<String>,
    pub level: Option<u8>,
    /// Number of a section as it is printed, such as `II`.
    pub section: Option<String>,
    /// Where the window before ended; see [`Found::next`].
    pub after: Option<String>,
}

impl Ask {
    fn query(&self) -> domain::search::Query {
        let typed: String = self.words.chars().take(MOST_TYPED).collect();
        domain::search::Query::read(&typed)
    }
}
