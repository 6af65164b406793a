//! Pure algorithms over text: which texts repeat each other. No storage, no time.

pub mod duplicates;
pub mod shingles;
