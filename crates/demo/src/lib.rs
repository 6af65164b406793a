//! The demonstration: the data that fills the example campaign.

pub mod content;
