//! The numbered steps of the schema, alike in number and name on both engines, and their runner.
//!
//! To add one: write `migrations/sqlite/NNNN_name.sql` and `migrations/postgres/NNNN_name.sql`, and list it in
//! [`ALL`]. A step that has been released is never changed again.

use crate::db::Script;
use crate::{Engine, Error, Result, TxExt, params};

/// One step of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Its number, from 1, without gaps.
    pub number: i64,
    /// The file name without `.sql`: `0001_initial`.
    pub name: &'static str,
    /// The script for SQLite.
    pub sqlite: &'static str,
    /// The script for PostgreSQL.
    pub postgres: &'static str,
}

/// A step embedded from the two files of its name.
macro_rules! migration {
    ($number:literal, $name:literal) => {
        Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// Every step this program knows, in order.
pub const ALL: &[Migration] = &[
    migration!(1, "0001_initial"),
    migration!(2, "0002_plan_findings"),
    migration!(3, "0003_answers"),
    migration!(4, "0004_search_and_copies"),
    migration!(5, "0005_uploaded_drafts"),
    migration!(6, "0006_comments"),
    migration!(7, "0007_word_pairs"),
    migration!(8, "0008_section_copies"),
    migration!(9, "0009_units_in_time"),
];

/// Applies the steps that the data does not have yet; the caller commits. Gives how many there were.
///
/// # Errors
/// [`Error::NewerData`] when the data has steps beyond the list; [`Error::Broken`] when a step fails.
pub(crate) fn run(tx: &mut dyn Script, list: &[Migration]) -> Result<usize> {
    tx.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations \
         (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
        &[],
    )?;
    let found: i64 = tx.scalar(
        "SELECT coalesce(max(number), CAST(0 AS BIGINT)) FROM schema_migrations",
        &[],
    )?;
    let known = list.last().map_or(0, |last| last.number);
    if found > known {
        return Err(Error::NewerData { found, known });
    }
    let missing: Vec<&Migration> = list.iter().filter(|step| step.number > found).collect();
    for step in &missing {
        tracing::info!(name = step.name, "applying migration");
        let script = match tx.engine() {
            Engine::Sqlite => step.sqlite,
            Engine::Postgres => step.postgres,
        };
        tx.script(script)
            .map_err(|error| Error::broken(format!("migration {}", step.name), error))?;
        tx.execute(
            "INSERT INTO schema_migrations (number, name) VALUES (?1, ?2)",
            &params![step.number, step.name],
        )?;
    }
    Ok(missing.len())
}
