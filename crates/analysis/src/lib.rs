//! Pure algorithms over text: which texts repeat each other. No storage, no time.

pub mod index;
pub mod shingles;
pub mod signature;
