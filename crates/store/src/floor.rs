//! The measure that the committing writer is held against: bare SQLite, one thread, one transaction a report.
//!
//! It writes the rows that [`crate::reports_bulk`] and [`crate::events`] write, into a database with the same tables
//! and indexes, as durably, with nothing between the loop and the engine.

use crate::reports_bulk::WholeReport;
use crate::sqlite::write_connection;
use crate::{Error, Result};
use domain::event::Event;
use rusqlite::{Connection, params};
use std::path::Path;

/// A database file that nobody else has open.
pub struct Floor {
    connection: Connection,
}

fn broken(error: rusqlite::Error) -> Error {
    Error::broken("measure bare SQLite", error)
}

impl Floor {
    /// Opens a database that [`crate::Db`] has made and closed.
    ///
    /// # Errors
    /// [`Error::Broken`] when the file cannot be opened.
    pub fn open(path: &Path) -> Result<Floor> {
        let connection = write_connection(path)?;
        Ok(Floor { connection })
    }

    /// Stores one report durably.
    ///
    /// # Errors
    /// [`Error::Broken`] when the engine refuses a row.
    pub fn submit(&mut self, report: &WholeReport, event: &Event) -> Result<()> {
        self.write(report, event).map_err(broken)
    }

    fn write(&mut self, report: &WholeReport, event: &Event) -> rusqlite::Result<()> {
        let tx = self.connection.transaction()?;
        let sent_at = report.sent_at.as_microsecond();
        tx.prepare_cached(
            "UPDATE assignment SET state = 'sent', state_since = ?2, revision = 1, first_sent_at = ?2, sent_at = ?2 \
             WHERE id = ?1 AND revision = 0 AND state = 'assigned'",
        )?
        .execute(params![report.assignment.0, sent_at])?;
        tx.prepare_cached(
            "INSERT INTO revision (assignment_id, number, figures, figures_version, content_hash, sent_at, created_at) \
             VALUES (?1, 1, ?2, 1, ?3, ?4, ?4)",
        )?
        .execute(params![report.assignment.0, report.figures, report.content_hash, sent_at])?;
        let revision = tx.last_insert_rowid();
        let mut text = tx.prepare_cached(
            "INSERT INTO section_text (revision_id, section_id, text, version, saved_at) VALUES (?1, ?2, ?3, 1, ?4)",
        )?;
        for (section, words) in &report.sections {
            text.execute(params![revision, section.0, words, sent_at])?;
        }
        drop(text);
        tx.prepare_cached("INSERT INTO to_index (revision_id) VALUES (?1)")?
            .execute(params![revision])?;
        tx.prepare_cached(
            "INSERT INTO receipt (code, revision_id, assignment_id, content_hash, sent_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            report.receipt_code,
            revision,
            report.assignment.0,
            report.content_hash,
            sent_at
        ])?;
        tx.prepare_cached(
            "INSERT INTO event (at, unit_id, campaign_id, assignment_id, kind, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            sent_at,
            event.unit.map(|id| id.0),
            event.campaign.map(|id| id.0),
            report.assignment.0,
            event.kind.code(),
            event.detail
        ])?;
        tx.commit()
    }
}
