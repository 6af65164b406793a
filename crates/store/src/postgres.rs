//! PostgreSQL: its pool of clients, how a transaction runs on one, and what its errors mean.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::types::private::BytesMut;
use ::postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use ::postgres::{Client, NoTls, Statement};

use crate::db::{Script, run_caught};
use crate::dialect::numbered_with_dollar;
use crate::error::{FOREIGN_KEY, statement_name};
use crate::migrations::{self, Migration};
use crate::pool::{Pool, Pooled};
use crate::value::Cells;
use crate::{Engine, Error, Result, Row, Tx, Value, Violation};

/// Clients at most, reading and writing together.
const CLIENTS: usize = 16;
/// Runs of one write at most, when others keep getting in its way.
const ATTEMPTS: u32 = 8;
/// Statements kept prepared on each client; when more come, it starts anew.
const STATEMENTS: usize = 512;
/// The number that processes which migrate the same database queue up on: "dondoc" in ASCII.
const MIGRATION_LOCK: i64 = 0x646f_6e64_6f63;

const READ: &str = "START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The same promise as SQLite's one writer: as if one ran after another.
const WRITE: &str = "START TRANSACTION ISOLATION LEVEL SERIALIZABLE READ WRITE";
const MIGRATE: &str = "START TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE";

/// One database on a server.
pub(crate) struct Postgres {
    clients: Pool<Connection>,
    /// Held by a write from its second run on, so that those who retry do not also meet each other.
    turn: Mutex<()>,
}

impl Postgres {
    /// Connects once, applies the migrations and keeps the client.
    pub(crate) fn connect(url: &str, list: &[Migration]) -> Result<Self> {
        let url = url.to_owned();
        let clients = Pool::new(CLIENTS, move || Connection::open(&url));
        {
            let mut client = ready(&clients, MIGRATE)?;
            let mut tx = PostgresTx::new(&mut client);
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            tx.script(&lock)?;
            migrations::run(&mut tx, list)?;
            tx.commit()?;
        }
        Ok(Postgres {
            clients,
            turn: Mutex::new(()),
        })
    }

    /// See [`crate::Db::read`].
    pub(crate) fn read<R, E: From<Error>>(
        &self,
        f: impl FnOnce(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut client = ready(&self.clients, READ)?;
        f(&mut PostgresTx::new(&mut client))
    }

    /// See [`crate::Db::write`].
    pub(crate) fn write<R, E: From<Error>>(
        &self,
        f: impl Fn(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<R, E> {
        if let Some(result) = self.attempt(&f)? {
            return result;
        }
        for attempt in 2..=ATTEMPTS {
            std::thread::sleep(pause(attempt));
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(result) = self.attempt(&f)? {
                return result;
            }
        }
        Err(E::from(Error::Busy(format!(
            "other writers got in the way {ATTEMPTS} times"
        ))))
    }

    /// Runs a write once; `None` when it has to be run again because it met another.
    fn attempt<R, E: From<Error>>(
        &self,
        f: &impl Fn(&mut dyn Tx) -> Result<R, E>,
    ) -> Result<Option<Result<R, E>>> {
        let mut client = ready(&self.clients, WRITE)?;
        let mut tx = PostgresTx::new(&mut client);
        let result = run_caught(f, &mut tx);
        if tx.must_run_again {
            return Ok(None);
        }
        match result {
            Err(error) => Ok(Some(Err(error))),
            Ok(result) => match tx.commit() {
                Ok(()) => Ok(Some(Ok(result))),
                Err(_) if tx.must_run_again => Ok(None),
                Err(error) => Ok(Some(Err(E::from(error)))),
            },
        }
    }
}

/// A random wait that doubles with each run: up to 2 ms, 4 ms, … 128 ms.
fn pause(attempt: u32) -> Duration {
    // A fresh hasher is seeded at random.
    let random = RandomState::new().hash_one(attempt);
    Duration::from_micros(random % (1_000 << (attempt - 1)))
}

/// A client of the pool on which `begin` has been run. Dead ones (the server was restarted) are replaced.
fn ready<'p>(clients: &'p Pool<Connection>, begin: &str) -> Result<Pooled<'p, Connection>> {
    loop {
        let mut client = clients.take()?;
        let is_fresh = client.is_fresh;
        client.is_fresh = false;
        match client.client.batch_execute(begin) {
            Ok(()) => return Ok(client),
            Err(error) => {
                client.discard();
                if is_fresh {
                    return Err(mapped(error, begin));
                }
                tracing::warn!(%error, "a connection to the database was lost, making a new one");
            }
        }
    }
}

/// One client with the statements prepared on it.
struct Connection {
    client: Client,
    statements: HashMap<String, Statement>,
    /// Nothing has been run on it: when it fails, another would fail as well.
    is_fresh: bool,
}

impl Connection {
    fn open(url: &str) -> Result<Self> {
        // The URL may hold a password, so it is not in the message.
        let client = Client::connect(url, NoTls)
            .map_err(|error| mapped(error, "connect to the PostgreSQL server"))?;
        Ok(Connection {
            client,
            statements: HashMap::new(),
            is_fresh: true,
        })
    }

    fn prepare(&mut self, sql: &str) -> std::result::Result<Statement, ::postgres::Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered_with_dollar(sql))?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// A transaction that has been begun on a client; rolled back unless committed.
struct PostgresTx<'c, 'p> {
    connection: &'c mut Pooled<'p, Connection>,
    is_open: bool,
    doomed: Option<Error>,
    /// The server asked for the whole transaction to be run again.
    must_run_again: bool,
}

impl<'c, 'p> PostgresTx<'c, 'p> {
    fn new(connection: &'c mut Pooled<'p, Connection>) -> Self {
        PostgresTx {
            connection,
            is_open: true,
            doomed: None,
            must_run_again: false,
        }
    }

    /// Commits, unless a statement failed: the server would roll back and call that success.
    fn commit(&mut self) -> Result<()> {
        if let Some(error) = &self.doomed {
            return Err(error.clone());
        }
        self.connection
            .client
            .batch_execute("COMMIT")
            .map_err(|error| self.fail(error, "COMMIT"))?;
        self.is_open = false;
        Ok(())
    }

    /// Gives the server's failure its meaning and dooms the transaction with it.
    fn fail(&mut self, error: ::postgres::Error, sql: &str) -> Error {
        self.must_run_again |= asks_to_run_again(&error);
        if error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED) {
            // A statement prepared before the schema changed under it.
            self.connection.statements.clear();
        }
        let error = mapped(error, sql);
        self.doomed = Some(error.clone());
        error
    }

    fn prepare(&mut self, sql: &str, params: &[Value<'_>]) -> Result<Statement> {
        if let Some(error) = &self.doomed {
            return Err(error.clone());
        }
        let statement = self
            .connection
            .prepare(sql)
            .map_err(|error| self.fail(error, sql))?;
        if statement.params().len() != params.len() {
            let error = Error::broken(
                statement_name(sql),
                format!(
                    "{} parameters given, {} needed",
                    params.len(),
                    statement.params().len()
                ),
            );
            self.doomed = Some(error.clone());
            return Err(error);
        }
        Ok(statement)
    }
}

impl Drop for PostgresTx<'_, '_> {
    fn drop(&mut self) {
        if self.is_open && self.connection.client.batch_execute("ROLLBACK").is_err() {
            self.connection.discard();
        }
    }
}

impl Tx for PostgresTx<'_, '_> {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepare(sql, params)?;
        let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        self.connection
            .client
            .execute(&statement, &bound)
            .map_err(|error| self.fail(error, sql))
    }

    fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.prepare(sql, params)?;
        // The outer result is the caller's, the inner one the server's: only that dooms the transaction.
        let shown = (|| {
            let mut rows = self.connection.client.query_raw(&statement, params)?;
            while let Some(row) = rows.next()? {
                let row = Row {
                    cells: Cells::Postgres(&row),
                };
                if let Err(error) = each(&row) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        })();
        shown.unwrap_or_else(|error| Err(self.fail(error, sql)))
    }
}

impl Script for PostgresTx<'_, '_> {
    fn script(&mut self, sql: &str) -> Result<()> {
        self.connection
            .client
            .batch_execute(sql)
            .map_err(|error| self.fail(error, sql))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &Type::INT8) => number.to_sql(ty, out),
            // What the server infers beside a literal: `x + ?1` is as wide as `x`.
            (Value::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR | &Type::BPCHAR | &Type::NAME) => {
                text.as_ref().to_sql(ty, out)
            }
            (Value::Blob(bytes), &Type::BYTEA) => bytes.as_ref().to_sql(ty, out),
            _ => Err(format!(
                "{} for a parameter of type {ty}: CAST the parameter to the type it is given as",
                self.kind()
            )
            .into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Which kind fits which type is known only with the value.
        true
    }

    to_sql_checked!();
}

/// One cell of a row; see [`Row::value`].
pub(crate) fn column(row: &::postgres::Row, index: usize) -> Result<Value<'_>> {
    let wrong = |found: String| Error::Column {
        index,
        expected: "an integer, text or bytes",
        found,
    };
    let Some(column) = row.columns().get(index) else {
        return Err(wrong("nothing, the row is shorter".to_owned()));
    };
    let value = match *column.type_() {
        Type::INT8 => row
            .try_get::<_, Option<i64>>(index)
            .map(|cell| cell.map(Value::Int)),
        Type::INT4 => row
            .try_get::<_, Option<i32>>(index)
            .map(|cell| cell.map(Value::from)),
        // A comparison or `exists` is 0 or 1 on SQLite.
        Type::BOOL => row
            .try_get::<_, Option<bool>>(index)
            .map(|cell| cell.map(Value::from)),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => row
            .try_get::<_, Option<&str>>(index)
            .map(|cell| cell.map(Value::from)),
        Type::BYTEA => row
            .try_get::<_, Option<&[u8]>>(index)
            .map(|cell| cell.map(Value::from)),
        _ => return Err(wrong(format!("{}: CAST it", column.type_()))),
    };
    value
        .map(|cell| cell.unwrap_or(Value::Null))
        .map_err(|error| wrong(error.to_string()))
}

/// Whether the server says that the same transaction may succeed when run again.
fn asks_to_run_again(error: &::postgres::Error) -> bool {
    let stale = || {
        error
            .as_db_error()
            .is_some_and(|error| error.routine() == Some("RevalidateCachedQuery"))
    };
    match error.code() {
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => true,
        Some(&SqlState::FEATURE_NOT_SUPPORTED) => stale(),
        _ => false,
    }
}

/// What a failure of the server means.
fn mapped(error: ::postgres::Error, sql: &str) -> Error {
    let Some(known) = error.as_db_error() else {
        return Error::broken(statement_name(sql), error);
    };
    let violation = match *known.code() {
        SqlState::UNIQUE_VIOLATION => Violation::Unique,
        SqlState::FOREIGN_KEY_VIOLATION => Violation::ForeignKey,
        SqlState::CHECK_VIOLATION => Violation::Check,
        SqlState::NOT_NULL_VIOLATION => Violation::NotNull,
        SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::LOCK_NOT_AVAILABLE
        | SqlState::TOO_MANY_CONNECTIONS => return Error::Busy(error.to_string()),
        _ => return Error::broken(statement_name(sql), error),
    };
    let table = known.table().unwrap_or_default();
    let name = known.constraint().unwrap_or_default();
    let constraint = match violation {
        Violation::ForeignKey => FOREIGN_KEY.to_owned(),
        Violation::Check => name.to_owned(),
        Violation::NotNull => format!("{table}({})", known.column().unwrap_or_default()),
        Violation::Unique => match known.detail().and_then(key_columns) {
            Some(columns) => format!("{table}({columns})"),
            None => name.to_owned(),
        },
    };
    Error::Conflict {
        kind: violation,
        constraint,
    }
}

/// The columns in a detail such as `Key (parent, code)=(1, x) already exists.`, in any language of the server.
fn key_columns(detail: &str) -> Option<&str> {
    let (_, columns) = detail.split_once('(')?;
    columns.split_once(")=(").map(|(columns, _)| columns)
}
