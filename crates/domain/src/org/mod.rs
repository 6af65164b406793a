//! Organisations and the tree they form.

pub mod tree;
pub mod unit;

pub use tree::{Interval, Placed, TreeProblem, order_tree};
pub use unit::{Level, Unit, UnitSeed};
