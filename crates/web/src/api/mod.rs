//! The JSON API under `/api/v1`: one file per resource; wire types live there.

pub mod assignments;
pub mod board;
pub mod campaigns;
pub mod consolidation;
pub mod decisions;
pub mod plans;
pub mod reminders;
pub mod reports;
pub mod search;
pub mod server;
