//! The store on both engines: one binary, one file per subject.

mod migrations;
mod reads;
mod values;
mod writes;
