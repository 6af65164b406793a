//! Throw-away databases for tests, on both engines (feature `testing`).
//!
//! [`each_engine`] is what a test of storage calls. PostgreSQL is the server at the URL in
//! `DONDOC_TEST_POSTGRES`, or else one that the test binary starts for itself; without either the test fails.

mod server;

use std::ops::Deref;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ::postgres::{Client, NoTls};
use tempfile::TempDir;

use crate::migrations::{self, Migration};
use crate::{Db, Engine};

pub use server::PostgresServer;

/// The environment variable with the URL of a server that tests may make databases on.
pub const SERVER_VARIABLE: &str = "DONDOC_TEST_POSTGRES";

/// A database for one test; it is removed when dropped.
pub struct TestDb {
    /// `None` once closed.
    db: Option<Db>,
    location: String,
    home: Home,
}

enum Home {
    Folder(#[expect(dead_code, reason = "removed when dropped")] TempDir),
    Server { url: String, name: String },
}

impl TestDb {
    /// The path or URL, for [`Db::open`].
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The handle, to be cloned into threads.
    pub fn db(&self) -> &Db {
        self.db.as_ref().expect("the test has not closed it")
    }

    /// Closes the database and opens it again, as a restart of the program does.
    pub fn reopen(&mut self) {
        self.close();
        self.db = Some(Db::open(&self.location).expect("the test database opens again"));
    }

    /// Lets go of this handle; clones of it live on.
    pub fn close(&mut self) {
        self.db = None;
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        self.db()
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        self.db = None;
        if let Home::Server { url, name } = &self.home {
            let dropped =
                admin(url).batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            if let Err(error) = dropped {
                eprintln!("the test database {name} was not removed: {error}");
            }
        }
    }
}

/// Runs a test on a fresh SQLite file and then on a fresh PostgreSQL database.
pub fn each_engine(test: impl Fn(&mut TestDb)) {
    for make in [sqlite, postgres] {
        let mut db = make();
        // Shown only when the test fails.
        println!("on {:?}", db.engine());
        test(&mut db);
    }
}

/// A fresh SQLite file in a temporary folder, with all migrations.
pub fn sqlite() -> TestDb {
    sqlite_with(migrations::ALL)
}

/// As [`sqlite`], with another list of migrations.
pub fn sqlite_with(list: &[Migration]) -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let location = folder
        .path()
        .join("test.db")
        .to_str()
        .expect("temporary folders have plain names")
        .to_owned();
    TestDb {
        db: Some(Db::open_with(&location, list).expect("a new SQLite file")),
        location,
        home: Home::Folder(folder),
    }
}

/// A fresh PostgreSQL database, with all migrations.
///
/// # Panics
/// When there is no PostgreSQL, saying what to install.
pub fn postgres() -> TestDb {
    let url = server_url();
    let template = template(url);
    let (name, location) = new_database(url, Some(template));
    let db = Db::connect_postgres(&location).expect("a new PostgreSQL database");
    TestDb {
        db: Some(db),
        location,
        home: Home::Server {
            url: url.to_owned(),
            name,
        },
    }
}

/// As [`postgres()`], with another list of migrations.
///
/// # Panics
/// When there is no PostgreSQL, saying what to install.
pub fn postgres_with(list: &[Migration]) -> TestDb {
    let url = server_url();
    let (name, location) = new_database(url, None);
    let db = Db::open_with(&location, list).expect("a new PostgreSQL database");
    TestDb {
        db: Some(db),
        location,
        home: Home::Server {
            url: url.to_owned(),
            name,
        },
    }
}

/// A fresh database of either engine with a list of migrations of the test's own.
pub fn with_migrations(engine: Engine, list: &[Migration]) -> TestDb {
    match engine {
        Engine::Sqlite => sqlite_with(list),
        Engine::Postgres => postgres_with(list),
    }
}

/// The server of this process, started when first asked for.
fn server_url() -> &'static str {
    static GIVEN: OnceLock<Option<String>> = OnceLock::new();
    static OWN: OnceLock<PostgresServer> = OnceLock::new();
    match GIVEN.get_or_init(|| std::env::var(SERVER_VARIABLE).ok()) {
        Some(url) => url,
        // Never dropped: the server's own guard stops it when this process ends.
        None => OWN
            .get_or_init(|| PostgresServer::start(false).unwrap_or_else(|why| panic!("{why}")))
            .url(),
    }
}

/// Makes an empty database, or a copy of `template`; gives its name and URL.
fn new_database(server: &str, template: Option<&str>) -> (String, String) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let mut client = admin(server);
    // An earlier process of the same number may have been killed.
    for statement in [
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        format!(
            "CREATE DATABASE {name} TEMPLATE {}",
            template.unwrap_or("template0")
        ),
    ] {
        client
            .batch_execute(&statement)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let url = with_database(server, &name);
    (name, url)
}

/// A database with all migrations to copy from, made once for all processes that use the server.
fn template(server: &str) -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("template_{:016x}", digest(migrations::ALL));
        let building = format!("{name}_building");
        let mut client = admin(server);
        let mut run = |statement: &str| {
            client
                .simple_query(statement)
                .unwrap_or_else(|error| panic!("{statement}: {error}"))
                .len()
        };
        run("SELECT pg_advisory_lock(7407)");
        let exists = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
        // An answer is a description, the rows, and the end of the command.
        if run(&exists) < 3 {
            run(&format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)"));
            run(&format!("CREATE DATABASE {building} TEMPLATE template0"));
            drop(Db::connect_postgres(&with_database(server, &building)).expect("migrations run"));
            run(&format!("ALTER DATABASE {building} RENAME TO {name}"));
        }
        name
    })
}

/// Tells lists of migrations apart (FNV-1a); the same in every test binary of one build.
fn digest(list: &[Migration]) -> u64 {
    let texts = list.iter().flat_map(|step| [step.name, step.postgres]);
    texts
        .flat_map(str::bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

fn admin(server: &str) -> Client {
    Client::connect(server, NoTls).unwrap_or_else(|error| {
        panic!("the PostgreSQL for tests ({SERVER_VARIABLE}) cannot be reached: {error}")
    })
}

/// The URL of another database on the same server.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server
        .split_once('?')
        .map_or((server, String::new()), |(address, query)| {
            (address, format!("?{query}"))
        });
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..]
        .find('/')
        .map_or(address.len(), |at| authority + at);
    format!("{}/{name}{query}", &address[..end])
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_in_a_url_is_replaced_and_the_rest_kept() {
        for (server, expected) in [
            ("postgres://a@host:1/postgres", "postgres://a@host:1/x"),
            ("postgresql://a@host", "postgresql://a@host/x"),
            (
                "postgres://a@%2Ftmp%2Fs/p?connect_timeout=3",
                "postgres://a@%2Ftmp%2Fs/x?connect_timeout=3",
            ),
        ] {
            assert_eq!(with_database(server, "x"), expected);
        }
    }
}
