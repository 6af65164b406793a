//! One report: its life, its adoption, its text with provenance.

pub mod adoption;
pub mod content;
pub mod diff;
pub mod issuing;
pub mod lifecycle;
pub mod merging;
pub mod passages;
pub mod readiness;
pub mod references;
