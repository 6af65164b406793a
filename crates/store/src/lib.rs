//! The only crate with SQL: one [`Db`] over SQLite and PostgreSQL, and the statements of each aggregate.
//!
//! A unit of work is a closure over `&mut dyn Tx`, read with [`Db::read`] or committed with [`Db::write`];
//! statements are written once, with `?1 ?2` for their parameters. What the two engines cannot say alike
//! stands in [`dialect`] and in the two migration folders, nowhere else.

// The engine.
pub mod db;
pub mod dialect;
pub mod error;
pub mod migrations;
mod pool;
mod postgres;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod value;
mod writer;

// The aggregates, one file each.
pub mod accounts;
pub mod adoptions;
pub mod answers;
pub mod assignments;
pub mod attachments;
pub mod blobs;
pub mod campaigns;
pub mod carry;
pub mod comments;
pub mod consolidation;
pub mod copies;
pub mod decisions;
pub mod events;
pub mod figures;
pub mod floor;
pub mod hand_overs;
pub mod handing;
pub mod import;
pub mod indexing;
pub mod issued;
pub mod live;
pub mod mail;
pub mod past;
pub mod plain_totals;
pub mod plan_findings;
pub mod plans;
pub mod receipts;
pub mod reports_bulk;
pub mod returns;
pub mod revisions;
pub mod search;
pub mod section_copies;
pub mod sections;
pub mod settings;
pub mod tasks;
pub mod unit_history;
pub mod units;
pub mod uploaded_drafts;
pub mod work;

pub use db::{Db, Engine, Tx, TxExt};
pub use error::{Error, Result, Violation};
pub use value::{FromColumn, Row, Value};
pub use writer::Writes;
