//! Organisations, the tree they form, and how it changes in time.

pub mod carry;
pub mod history;
pub mod reorganise;
pub mod tree;
pub mod unit;

pub use carry::{Origin, Portion, Strand, origins};
pub use history::{DayUnit, FormerFacts, History, Stay, Succession, Validity};
pub use tree::{Interval, Placed, TreeProblem, number_rows, order_tree};
pub use unit::{Level, Unit, UnitSeed};
