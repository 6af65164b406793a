//! Pure algorithms over text: which texts repeat each other. No storage, no time.

pub mod index;
pub mod passages;
pub mod runs;
pub mod section_index;
pub mod shingles;
pub mod signature;
