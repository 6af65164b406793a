//! The life of a report: writing, adoption, issue, sending, and what its receivers do with it.
//!
//! Each step asks [`domain::report::lifecycle`] whether it is possible, and writes exactly one event.

pub mod adoption;
pub mod attachments;
pub mod bulk;
pub mod checks;
pub mod comments;
pub mod content;
pub(crate) mod desk;
pub mod document;
pub mod draft;
pub mod figures;
pub mod find;
pub mod handing;
pub mod issue;
pub(crate) mod known_outlines;
pub mod receive;
pub mod returns;
pub mod section_names;
pub mod send;
pub(crate) mod steps;
pub mod template;
pub mod uploads;
pub mod view;
pub mod waiver;
pub mod whole;
pub mod work;

pub use steps::StepDone;
