//! A campaign: its outline, its indicators, and who owes what to whom.

pub mod outline;

pub use outline::{Grain, Indicator, Period, Rule, Section, Writable};
