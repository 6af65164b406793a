//! The rules of reporting campaigns as pure values and functions.
//!
//! No I/O, no async, no clock, no SQL, no wire formats, and no floats for figures. Time is a parameter.

pub mod doc;
pub mod official;
pub mod plan;
pub mod text;
