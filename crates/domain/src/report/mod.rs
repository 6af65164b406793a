//! One report: its life, its adoption, its text with provenance.

pub mod adoption;
pub mod lifecycle;
pub mod passages;
