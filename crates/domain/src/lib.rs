//! The rules of reporting campaigns as pure values and functions.
//!
//! No I/O, no async, no clock, no SQL, no wire formats, and no floats for figures. Time is a parameter.

pub mod access;
pub mod campaign;
mod ceased;
pub mod checks;
pub mod deadline;
pub mod doc;
pub mod event;
pub mod figures;
pub mod holidays;
pub mod ids;
pub mod legacy;
pub mod number;
pub mod official;
pub mod org;
mod pattern;
pub mod plan;
pub mod prose;
pub mod provinces;
pub mod report;
pub mod rollup;
pub mod search;
pub mod secrecy;
mod sentences;
pub mod text;
