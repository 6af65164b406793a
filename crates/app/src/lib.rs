//! The use cases: authorise, load, decide in the domain, save with its event, all in one transaction.
//!
//! Pages, API, command line and the demo call these functions and nothing below them. They are synchronous;
//! a web handler runs them on a blocking thread.

pub mod accounts;
pub mod amended_plans;
pub mod assignments;
pub mod boards;
pub mod campaigns;
pub mod consolidation;
pub mod copies;
pub mod ctx;
pub mod demo_clock;
pub mod documents;
pub mod error;
pub mod figures;
mod gate;
pub mod import;
pub mod incoming;
pub mod indexing;
pub mod live;
pub mod mail;
pub mod outlines;
pub mod plan_review;
pub mod plans;
pub mod ports;
mod reach;
pub mod reminders;
pub mod reorganise;
pub mod reports;
pub mod search;
mod secrets;
pub mod tables;
pub mod tokens;
pub mod units;
pub mod uploads;
pub mod writes;

pub use ctx::{App, Ctx};
pub use error::{Error, Problem, Result};
pub use store::Db;
