//! Copies across a campaign: which reports repeat each other, found as they arrive, and what was copied.
//!
//! How alike two reports are is the Jaccard similarity of their sets of word 5-grams: of the runs of five words that
//! either has, the share that both have. Words are what stands between white space, in lower case, with punctuation;
//! the sections are read one after another, without headings, markup and figures.
//!
//! A section is copied from another when at least `FEWEST_WORDS` of its words, and a third of the shorter of both,
//! stand there in runs of eight. Paragraphs that many reports have (one in sixteen, from 8 to 30), or that plan and outline
//! say, do not count.

pub(crate) mod arriving;
mod beside;
pub(crate) mod known;
mod list;
mod passages;
mod sections;

pub use analysis::shingles::Likeness;
pub use beside::{Beside, BesideJson, BesideSection, Line, Side, beside};
pub use list::{CopyPair, CopyPairJson, DEFAULT_LEAST, Duplicates, DuplicatesJson, duplicates};
pub(crate) use passages::similar_passages;
pub use sections::{CopiedSection, SectionCopies, SectionCopiesJson, SectionPair, section_copies};

/// Pairs that are kept: at least half of their word runs in common, of 10,000.
pub const LEAST_KEPT: u64 = 5_000;

/// Words of the shortest section that is looked for in other reports, and the fewest that count as copied from it.
const FEWEST_WORDS: usize = 40;

/// Word runs of the shortest passage that counts as copied: below it stand headings and stock phrases.
const FEWEST_RUNS: usize = 12;
