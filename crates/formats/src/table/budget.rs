//! What the rows of one table may take together: a small file can stand for a billion cells, by cells far to the right,
//! by one long text that thousands of cells show, or by a row that is repeated.

use crate::error::{Countable, ReadError};
use crate::limits;

/// Counts before anything is laid out in memory.
#[derive(Default)]
pub struct Budget {
    rows: usize,
    cells: usize,
    bytes: usize,
}

impl Budget {
    /// One more row; the first is the head.
    ///
    /// # Errors
    /// [`ReadError::TooMany`], as of the others.
    pub fn row(&mut self) -> Result<(), ReadError> {
        self.rows += 1;
        let rows = self.rows.saturating_sub(1);
        within(Countable::Rows, rows, limits::TABLE_ROWS)
    }

    /// So many more cells, empty ones between them included.
    pub fn cells(&mut self, cells: usize) -> Result<(), ReadError> {
        self.cells = self.cells.saturating_add(cells);
        within(Countable::Cells, self.cells, limits::TABLE_CELLS)
    }

    /// So much more text, in bytes.
    pub fn text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.bytes = self.bytes.saturating_add(bytes);
        within(Countable::Bytes, self.bytes, limits::TABLE_BYTES)
    }
}

fn within(what: Countable, count: usize, limit: usize) -> Result<(), ReadError> {
    if count > limit {
        return Err(ReadError::TooMany { what, limit });
    }
    Ok(())
}
