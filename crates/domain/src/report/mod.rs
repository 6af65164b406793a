//! One report: its life, its adoption, its text with provenance.

pub mod adoption;
pub mod anchors;
pub mod clock;
pub mod content;
pub mod diff;
mod figure_table;
pub mod filled;
pub(crate) mod headings;
pub mod issuing;
pub mod lifecycle;
pub mod merging;
pub mod passages;
pub mod quoting;
pub mod readiness;
pub mod references;
pub mod three_way;
