//! Reorganisation: what a dated decision makes of a tree, worked out as a value before anything is changed.
//!
//! [`plan`] and [`counter()`] give the changes of rows or every problem; the store carries them out, and
//! [`RowPlan::applied`] shows the tree that comes of them.

mod applied;
mod change;
mod counter;
mod decision;
mod fate;
mod planning;
mod problem;
#[cfg(test)]
mod properties;
mod settle;
#[cfg(test)]
mod tests;

pub use change::{Change, ChangeRow, Extent, NewFacts, Share, ShareSum, sum_of};
pub use counter::{Countered, counter};
pub use decision::DecisionHead;
pub use planning::plan;
pub use problem::{ChangeProblem, Fault};

use super::UnitSeed;
use crate::ids::{BodyId, UnitId};
use jiff::civil::Date;

/// A place in the tree as it will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    /// A row that stands already and stays.
    Standing(UnitId),
    /// Index in [`RowPlan::begins`].
    Begun(usize),
}

/// A row that begins on the day of effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// Line of the decision; 0 for one that follows from another.
    pub line: usize,
    /// The organisation that goes on in it; `None` for a new one.
    pub body: Option<BodyId>,
    /// The row of the same organisation that ends on that day.
    pub continues: Option<UnitId>,
    /// Stands before this one in [`RowPlan::begins`] when it begins too.
    pub parent: Option<At>,
    pub seed: UnitSeed,
}

/// New names of a row that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    pub unit: UnitId,
    pub seed: UnitSeed,
}

/// That a unit, or some of it, went on in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub line: usize,
    pub from: UnitId,
    /// `None` where no successor was found.
    pub to: Option<At>,
    pub extent: Extent,
    pub share: Option<Share>,
    pub note: String,
}

/// What a decision changes in the rows of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlan {
    pub effective: Date,
    /// Rows that end on the day of effect.
    pub ends: Vec<UnitId>,
    pub begins: Vec<Begin>,
    pub renames: Vec<Rename>,
    pub links: Vec<Link>,
}

impl RowPlan {
    fn new(effective: Date) -> RowPlan {
        RowPlan {
            effective,
            ends: Vec::new(),
            begins: Vec::new(),
            renames: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Nothing of the tree would change.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty() && self.begins.is_empty() && self.renames.is_empty()
    }
}
