//! [`Db`], the one handle on the data, and [`Tx`], one transaction on either engine.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::panic_text;
use crate::migrations::{self, Migration};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::writer::Writes;
use crate::{Error, FromColumn, Result, Row, Value};

/// Which engine holds the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// An embedded database in one file.
    Sqlite,
    /// A server, reached by a URL.
    Postgres,
}

/// One transaction: what a closure given to [`Db::read`] or [`Db::write`] works with.
///
/// A statement that fails dooms its transaction on both engines: the statements after it fail the same way and
/// the changes are rolled back even when the closure returns `Ok`. So do not try a change to see whether it
/// conflicts, write `ON CONFLICT DO NOTHING` and look at the count.
pub trait Tx {
    /// The engine below, for [`crate::dialect`].
    fn engine(&self) -> Engine;

    /// Runs a statement that returns no rows; gives the number of rows it changed.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a constraint refuses the change.
    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64>;

    /// Runs a statement and shows each row to `each`, which ends the query by failing.
    ///
    /// # Errors
    /// What `each` failed with, or what the engine did.
    fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()>;
}

/// The ways of asking that are made from the two of [`Tx`].
pub trait TxExt: Tx {
    /// All rows, each turned into a `T` by `read`.
    ///
    /// # Errors
    /// What `read` or the engine failed with.
    fn rows<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.query(sql, params, &mut |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row, or `None`; further rows are not looked at.
    ///
    /// # Errors
    /// What `read` or the engine failed with.
    fn row_opt<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.query(sql, params, &mut |row| {
            if found.is_none() {
                found = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none.
    fn row<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.row_opt(sql, params, read)?.ok_or(Error::Missing)
    }

    /// The first column of the first row: a count, a sum, an existence.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is no row.
    fn scalar<T: FromColumn>(&mut self, sql: &str, params: &[Value<'_>]) -> Result<T> {
        self.row(sql, params, |row| row.get(0))
    }

    /// Runs an `INSERT … RETURNING id` and gives the id.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a constraint refuses the row; [`Error::Missing`] when `ON CONFLICT` skipped it.
    fn insert(&mut self, sql: &str, params: &[Value<'_>]) -> Result<i64> {
        self.scalar(sql, params)
    }
}

impl<T: Tx + ?Sized> TxExt for T {}

/// A transaction that can also run a script of several statements, for migrations.
pub(crate) trait Script: Tx {
    /// Runs all statements of a script without parameters.
    fn script(&mut self, sql: &str) -> Result<()>;
}

/// A handle on the data; cheap to clone, shared by all threads.
///
/// Calls block. In async code call them from a blocking thread (`spawn_blocking`): on PostgreSQL the client
/// drives its own runtime and panics on an async worker. When the last clone is dropped, waiting writes are
/// finished and the store's threads end.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    id: u64,
    backend: Backend,
}

enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Opens what `location` names: a `postgres://` or `postgresql://` URL, or else the path of a SQLite file.
    ///
    /// # Errors
    /// As [`Db::open_sqlite`] and [`Db::connect_postgres`].
    pub fn open(location: &str) -> Result<Db> {
        Self::open_with(location, migrations::ALL)
    }

    /// Opens a SQLite file, makes it when it is not there, and brings it up to this program's schema.
    ///
    /// # Errors
    /// [`Error::NewerData`] when a newer program has written it; [`Error::Broken`] when it cannot be opened.
    pub fn open_sqlite(path: impl AsRef<Path>) -> Result<Db> {
        Self::sqlite_with(path.as_ref(), migrations::ALL)
    }

    /// Connects to the database of a PostgreSQL server and brings it up to this program's schema.
    ///
    /// # Errors
    /// [`Error::NewerData`] when a newer program has written it; [`Error::Broken`] when it cannot be reached.
    pub fn connect_postgres(url: &str) -> Result<Db> {
        Self::postgres_with(url, migrations::ALL)
    }

    /// As [`Db::open`], with another list of migrations, in ascending order.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open_with(location: &str, list: &[Migration]) -> Result<Db> {
        if is_postgres_url(location) {
            Self::postgres_with(location, list)
        } else {
            Self::sqlite_with(Path::new(location), list)
        }
    }

    fn sqlite_with(path: &Path, list: &[Migration]) -> Result<Db> {
        Self::with(|id| Ok(Backend::Sqlite(Sqlite::open(path, list, id)?)))
    }

    fn postgres_with(url: &str, list: &[Migration]) -> Result<Db> {
        Self::with(|_| Ok(Backend::Postgres(Postgres::connect(url, list)?)))
    }

    fn with(backend: impl FnOnce(u64) -> Result<Backend>) -> Result<Db> {
        static NEXT_ID: AtomicU64 = AtomicU64::new(1);
        let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
        Ok(Db {
            inner: Arc::new(Inner {
                id,
                backend: backend(id)?,
            }),
        })
    }

    /// Which engine holds the data.
    pub fn engine(&self) -> Engine {
        match self.inner.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// What the one writer of an embedded database has done since it was opened; `None` on a server, which has many.
    pub fn writes(&self) -> Option<Writes> {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => Some(sqlite.writes()),
            Backend::Postgres(_) => None,
        }
    }

    /// Runs `f` on one consistent snapshot of the data, on the calling thread.
    ///
    /// Waits for a free connection. Load, return, and only then render: a long read keeps old data alive.
    ///
    /// # Errors
    /// What `f` failed with; [`Error::Nested`] inside another `read` or `write` of this store;
    /// [`Error::Broken`] when `f` tries to change something.
    pub fn read<R, E: From<Error>>(
        &self,
        f: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        let _inside = Inside::enter(self.inner.id)?;
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.read(f),
            Backend::Postgres(postgres) => postgres.read(f),
        }
    }

    /// Runs `f` in a transaction and returns when its changes are on disk; `Err` from `f` undoes them.
    ///
    /// Transactions are as if one ran after another. `f` may run more than once (PostgreSQL asks for it when two
    /// writers met) and on another thread, so it owns what it needs and does nothing outside of its `Tx`.
    ///
    /// # Errors
    /// What `f` failed with; [`Error::Panicked`] when it panicked; [`Error::Busy`] when others held the data too
    /// long; [`Error::Nested`] inside another `read` or `write` of this store.
    pub fn write<R, E>(
        &self,
        f: impl Fn(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _inside = Inside::enter(self.inner.id)?;
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.write(f),
            Backend::Postgres(postgres) => postgres.write(f),
        }
    }
}

/// Whether a location is the URL of a PostgreSQL database and not the path of a file.
fn is_postgres_url(location: &str) -> bool {
    location.starts_with("postgres://") || location.starts_with("postgresql://")
}

/// Runs a write closure; a panic in it becomes an error, so that a shared thread lives on.
pub(crate) fn run_caught<R, E: From<Error>>(
    f: &impl Fn(&mut dyn Tx) -> Result<R, E>,
    tx: &mut dyn Tx,
) -> Result<R, E> {
    // What the closure owned is dropped with it and the transaction is rolled back: nothing half-done is seen.
    catch_unwind(AssertUnwindSafe(|| f(tx)))
        .unwrap_or_else(|panic| Err(E::from(Error::Panicked(panic_text(&*panic)))))
}

thread_local! {
    static INSIDE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Marks the current thread as being inside a transaction of one store, until dropped.
pub(crate) struct Inside;

impl Inside {
    /// Enters, unless the thread is inside already: it could then wait for a connection it holds itself.
    pub(crate) fn enter(id: u64) -> Result<Inside> {
        INSIDE.with_borrow_mut(|ids| {
            if ids.contains(&id) {
                return Err(Error::Nested);
            }
            ids.push(id);
            Ok(Inside)
        })
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        // Scopes nest, so the last one entered is the one that ends.
        INSIDE.with_borrow_mut(|ids| ids.pop());
    }
}
