//! What can go wrong in the store, said alike for both engines.
//!
//! Messages are for the log; upper layers match on the variant and say it in the user's words.

use std::fmt;
use std::sync::Arc;

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A fault below this crate, kept for the log. Shared, because one failed commit answers many callers.
pub type Source = Arc<dyn std::error::Error + Send + Sync + 'static>;

/// The error of every operation on the store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// [`crate::TxExt::row`] found no row, or a statement said to return one returned none.
    #[error("no such row")]
    Missing,

    /// A constraint of the schema refused the change.
    #[error("{kind} constraint refused the change: {constraint}")]
    Conflict {
        /// Which kind of constraint it was.
        kind: Violation,
        /// Unique and not-null: `table(column, column)`. Check: the constraint's name.
        /// Foreign key: `foreign key`, because SQLite does not say which one.
        /// A unique index over an expression: the index's name on SQLite.
        constraint: String,
    },

    /// Somebody else held the data for too long; the same call may succeed later.
    #[error("the database is busy: {0}")]
    Busy(String),

    /// The data was written by a newer program than this one, which must not touch it.
    #[error(
        "the data is at migration {found}, this program knows only up to {known}: start a newer program"
    )]
    NewerData {
        /// The highest migration recorded in the data.
        found: i64,
        /// The highest migration this program knows.
        known: i64,
    },

    /// A column did not hold what the caller asked for.
    #[error("column {index} holds {found}, not {expected}")]
    Column {
        /// Position in the row, from 0.
        index: usize,
        /// What the caller asked for.
        expected: &'static str,
        /// What the row holds.
        found: String,
    },

    /// The job panicked; its changes were rolled back and the store goes on.
    #[error("a write job panicked and was rolled back: {0}")]
    Panicked(String),

    /// A read or write was started inside another one of the same [`crate::Db`], which could wait for itself.
    #[error("a transaction was started inside another one of the same store: pass the `Tx` on")]
    Nested,

    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,

    /// The engine failed in a way the caller cannot mend: disk, network, a wrong statement.
    #[error("{what}: {source}")]
    Broken {
        /// What was being done, with the statement where there is one.
        what: String,
        /// What the engine said.
        source: Source,
    },
}

impl Error {
    /// A fault of the engine, or of this program, with what was being done.
    pub fn broken(
        what: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Error::Broken {
            what: what.into(),
            source: Arc::from(source.into()),
        }
    }

    /// True for a violated unique constraint or primary key.
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Error::Conflict {
                kind: Violation::Unique,
                ..
            }
        )
    }
}

/// The kinds of constraints a schema can refuse a change with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// A unique index or primary key.
    Unique,
    /// A reference to a row that is not there, or the removal of one that is referred to.
    ForeignKey,
    /// A check on a row.
    Check,
    /// A column that must hold something.
    NotNull,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Violation::Unique => "unique",
            Violation::ForeignKey => "foreign key",
            Violation::Check => "check",
            Violation::NotNull => "not null",
        })
    }
}

/// The constraint of a foreign key violation, on both engines.
pub(crate) const FOREIGN_KEY: &str = "foreign key";

/// The first line of a statement, for messages: enough to find it, without filling the log.
pub(crate) fn statement_name(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The text a panic was raised with, for [`Error::Panicked`].
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}
