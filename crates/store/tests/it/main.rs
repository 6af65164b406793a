//! The store on both engines: one binary, one file per subject.
#![expect(clippy::unwrap_used, reason = "a test says what failed by panicking")]

mod migrations;
mod reads;
mod search;
mod setup;
mod unit_history;
mod values;
mod writes;
