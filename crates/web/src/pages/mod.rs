//! The pages: one file or folder per screen, with its struct and handlers; templates beside them in `templates/`.

pub mod account;
pub mod assignments;
pub mod board;
pub mod campaigns;
pub mod consolidation;
pub mod copies;
pub mod decisions;
pub mod demo;
pub mod figures;
pub mod home;
pub mod level_figures;
pub mod login;
pub mod outline;
pub mod plans;
pub mod reminders;
pub mod reports;
pub mod search;
mod trial;
pub mod unit_figures;
pub mod units;
