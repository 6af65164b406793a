//! SQLite: how its connections are set up, how a transaction runs on one, and what its errors mean.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params_from_iter};

use crate::db::Script;
use crate::error::{FOREIGN_KEY, statement_name};
use crate::migrations::{self, Migration};
use crate::pool::Pool;
use crate::value::Cells;
use crate::writer::{Writer, Writes};
use crate::{Engine, Error, Result, Row, Tx, Value, Violation};

/// Connections for reading. More gain nothing on the machines this runs on.
const READERS: usize = 4;
/// How long to wait for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Statements kept prepared on each connection: more than the program has.
const STATEMENTS: usize = 512;

/// One database file: a pool of readers and the one writer.
pub(crate) struct Sqlite {
    // Dropped first, so that the writer closes the file last and folds the log into it.
    readers: Pool<Connection>,
    writer: Writer,
}

impl Sqlite {
    /// Opens or makes the file, applies the migrations and starts the writer.
    pub(crate) fn open(path: &Path, list: &[Migration], id: u64) -> Result<Self> {
        let connection = write_connection(path)?;
        migrate(&connection, list)?;
        let path: PathBuf = path.to_owned();
        Ok(Sqlite {
            readers: Pool::new(READERS, {
                let path = path.clone();
                move || read_connection(&path)
            }),
            writer: Writer::start(connection, &path, id)?,
        })
    }

    /// See [`crate::Db::read`].
    pub(crate) fn read<R, E: From<Error>>(
        &self,
        f: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        let connection = self.readers.take()?;
        run(&connection, "BEGIN")?;
        let _end = EndOfRead(&connection);
        f(&mut SqliteTx::new(&connection))
    }

    /// See [`crate::Db::writes`].
    pub(crate) fn writes(&self) -> Writes {
        self.writer.writes()
    }

    /// See [`crate::Db::write`].
    pub(crate) fn write<R, E>(
        &self,
        f: impl Fn(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.writer.write(f)
    }
}

/// Ends a read transaction, also when its closure panics.
struct EndOfRead<'c>(&'c Connection);

impl Drop for EndOfRead<'_> {
    fn drop(&mut self) {
        if let Err(error) = run(self.0, "ROLLBACK") {
            tracing::error!(%error, "a read transaction could not be ended");
        }
    }
}

/// The connection of the writer: durable, and the only one that changes anything.
pub(crate) fn write_connection(path: &Path) -> Result<Connection> {
    let connection = open(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    set_up(
        &connection,
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA cache_size = -65536;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    Ok(connection)
}

/// A connection that cannot change anything.
fn read_connection(path: &Path) -> Result<Connection> {
    // Readers of a write-ahead log write to its index, so the file itself is not opened read-only.
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_up(
        &connection,
        "PRAGMA query_only = ON;
         PRAGMA mmap_size = 1073741824;",
    )?;
    Ok(connection)
}

/// The connection that copies the write-ahead log into the database file in the background.
pub(crate) fn checkpoint_connection(path: &Path) -> Result<Connection> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let what = || format!("open the database {}", path.display());
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| Error::broken(what(), error))?;
    connection
        .busy_timeout(BUSY_TIMEOUT)
        .map_err(|error| Error::broken(what(), error))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    set_up(
        &connection,
        "PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

fn set_up(connection: &Connection, pragmas: &str) -> Result<()> {
    connection
        .execute_batch(pragmas)
        .map_err(|error| mapped(error, "set up a connection"))
}

/// Foreign keys are not enforced while a step may make a table anew, which is only possible outside of a transaction;
/// what the steps left is looked through before it is committed.
fn migrate(connection: &Connection, list: &[Migration]) -> Result<()> {
    set_up(connection, "PRAGMA foreign_keys = OFF;")?;
    run(connection, "BEGIN IMMEDIATE")?;
    let outcome = migrations::run(&mut SqliteTx::new(connection), list)
        .and_then(|steps| match steps {
            0 => Ok(()),
            _ => check_references(connection),
        })
        .and_then(|()| run(connection, "COMMIT"));
    if outcome.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    set_up(connection, "PRAGMA foreign_keys = ON;")?;
    outcome
}

/// Every reference leads to a row.
fn check_references(connection: &Connection) -> Result<()> {
    let check = "PRAGMA foreign_key_check";
    let dangling = connection
        .prepare(check)
        .and_then(|mut statement| statement.exists([]))
        .map_err(|error| mapped(error, check))?;
    if dangling {
        return Err(Error::Conflict {
            kind: Violation::ForeignKey,
            constraint: FOREIGN_KEY.into(),
        });
    }
    Ok(())
}

/// Runs one statement of transaction control.
pub(crate) fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.raw_execute())
        .map(|_| ())
        .map_err(|error| mapped(error, sql))
}

/// A transaction, or a savepoint in one, on a connection.
pub(crate) struct SqliteTx<'c> {
    connection: &'c Connection,
    doomed: Option<Error>,
}

impl<'c> SqliteTx<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        SqliteTx {
            connection,
            doomed: None,
        }
    }

    /// The failure of a statement that this transaction cannot be committed after.
    pub(crate) fn doomed(&mut self) -> Option<Error> {
        self.doomed.take()
    }
}

/// Gives an engine's failure its meaning and dooms the transaction with it.
fn fail(doomed: &mut Option<Error>, error: rusqlite::Error, sql: &str) -> Error {
    let error = mapped(error, sql);
    *doomed = Some(error.clone());
    error
}

impl Tx for SqliteTx<'_> {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64> {
        if let Some(error) = &self.doomed {
            return Err(error.clone());
        }
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params_from_iter(params)))
            .map(|changed| changed as u64)
            .map_err(|error| fail(&mut self.doomed, error, sql))
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if let Some(error) = &self.doomed {
            return Err(error.clone());
        }
        let doomed = &mut self.doomed;
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(|error| fail(doomed, error, sql))?;
        let mut rows = statement
            .query(params_from_iter(params))
            .map_err(|error| fail(doomed, error, sql))?;
        while let Some(row) = rows.next().map_err(|error| fail(doomed, error, sql))? {
            each(&Row {
                cells: Cells::Sqlite(row),
            })?;
        }
        Ok(())
    }
}

impl Script for SqliteTx<'_> {
    fn script(&mut self, sql: &str) -> Result<()> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| fail(&mut self.doomed, error, sql))
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// One cell of a row; see [`Row::value`].
pub(crate) fn column<'r>(row: &'r rusqlite::Row<'_>, index: usize) -> Result<Value<'r>> {
    let wrong = |found: &str| Error::Column {
        index,
        expected: "an integer, text or bytes",
        found: found.to_owned(),
    };
    match row.get_ref(index) {
        Ok(ValueRef::Null) => Ok(Value::Null),
        Ok(ValueRef::Integer(number)) => Ok(Value::Int(number)),
        Ok(ValueRef::Text(text)) => std::str::from_utf8(text)
            .map(|text| Value::Text(text.into()))
            .map_err(|_| wrong("text that is not UTF-8")),
        Ok(ValueRef::Blob(bytes)) => Ok(Value::Blob(bytes.into())),
        Ok(ValueRef::Real(_)) => Err(wrong("a float")),
        Err(_) => Err(wrong("nothing, the row is shorter")),
    }
}

/// What a failure of SQLite means.
pub(crate) fn mapped(error: rusqlite::Error, sql: &str) -> Error {
    let rusqlite::Error::SqliteFailure(code, message) = &error else {
        return Error::broken(statement_name(sql), error);
    };
    let violation = match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => Violation::Unique,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Violation::ForeignKey,
        ffi::SQLITE_CONSTRAINT_CHECK => Violation::Check,
        ffi::SQLITE_CONSTRAINT_NOTNULL => Violation::NotNull,
        _ => {
            return match code.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                    Error::Busy(error.to_string())
                }
                _ => Error::broken(statement_name(sql), error),
            };
        }
    };
    Error::Conflict {
        kind: violation,
        constraint: constraint(violation, message.as_deref().unwrap_or_default()),
    }
}

/// The constraint in a message such as `UNIQUE constraint failed: units.parent, units.code`.
fn constraint(violation: Violation, message: &str) -> String {
    let named = message.split_once(": ").map_or(message, |(_, name)| name);
    match violation {
        Violation::ForeignKey => FOREIGN_KEY.to_owned(),
        Violation::Check => named.to_owned(),
        Violation::Unique | Violation::NotNull => {
            if let Some(index) = named.strip_prefix("index ") {
                return index.trim_matches('\'').to_owned();
            }
            let table = named.split('.').next().unwrap_or(named);
            let columns: Vec<&str> = named
                .split(", ")
                .map(|column| column.split_once('.').map_or(column, |(_, name)| name))
                .collect();
            format!("{table}({})", columns.join(", "))
        }
    }
}
