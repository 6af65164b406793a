//! Consolidation: what the units below sent, side by side; passages put into the own draft with their sources; figures
//! rolled up with their coverage; and the way from each passage and figure down to the unit that wrote it.
//!
//! Only what was sent is seen here, and only the unit that owes the report, or drafts it, sees it.

mod corrections;
mod figures;
mod insert;
mod json;
mod overview;
mod rolled;
mod section;
mod trace;

pub use corrections::{CorrectionWish, correct, remove_correction};
pub use figures::{CellSource, FigureDesk, Part, figure_desk, figure_source, refresh};
pub use insert::{Edit, Inserted, Pick, write};
pub use json::{CellSourceJson, FigureDeskJson, OverviewJson, SectionDeskJson, TraceJson};
pub use overview::{Overview, SectionLine, UnitLine, UnitQuery, overview};
pub use section::{Newer, OwnPassage, SectionDesk, SectionQuery, UnitWords, section};
pub use trace::{Hop, NewerRevision, Trace, trace};
