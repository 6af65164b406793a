//! A PostgreSQL for one test run: its own data in a temporary folder, a free port, gone afterwards.
//!
//! The server refuses to run as root; root starts it as `postgres` or `nobody`. Durability is off: the tests of
//! durability use SQLite, and this data lives for minutes.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::needs;

/// The variable by which the tests of `store` find the server.
pub const VARIABLE: &str = "DONDOC_TEST_POSTGRES";

const STARTUP: Duration = Duration::from_secs(60);

/// A running server; stopped and removed when dropped.
pub struct Server {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Server {
    /// Creates the data and starts the server; returns when it accepts connections.
    pub fn start() -> Result<Self, String> {
        let folder =
            std::env::temp_dir().join(format!("dondoc-test-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Self::start_in(&folder).inspect_err(|_| {
            let _ = std::fs::remove_dir_all(&folder);
        })
    }

    /// The URL for tests; its user may create databases.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn start_in(folder: &Path) -> Result<Self, String> {
        let user = if needs::is_root() {
            Some(unprivileged_user()?)
        } else {
            None
        };
        if let Some((uid, gid)) = user {
            std::os::unix::fs::chown(folder, Some(uid), Some(gid))
                .map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        let command = |name: &str| -> Result<Command, String> {
            let path = needs::postgres_program(name)
                .ok_or_else(|| format!("{name} of PostgreSQL is not installed"))?;
            let mut command = Command::new(path);
            command.current_dir(folder).stdin(Stdio::null());
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            Ok(command)
        };
        let data = folder.join("data");
        let made = command("initdb")?
            .args([
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
            .output()
            .map_err(|e| format!("initdb: {e}"))?;
        if !made.status.success() {
            return Err(format!(
                "initdb: {}",
                String::from_utf8_lossy(&made.stderr).trim()
            ));
        }
        let port = free_port()?;
        let log = std::fs::File::create(folder.join("log"))
            .map_err(|e| format!("log of PostgreSQL: {e}"))?;
        let process = command("postgres")?
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder)
            .args(["-h", "127.0.0.1", "-p", &port.to_string()])
            .args([
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "synchronous_commit=off",
            ])
            .args(["-c", "max_connections=300"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|e| format!("postgres: {e}"))?;
        let mut server = Self {
            process,
            folder: folder.to_owned(),
            port,
        };
        server.wait_until_up()?;
        Ok(server)
    }

    fn wait_until_up(&mut self) -> Result<(), String> {
        let since = Instant::now();
        loop {
            let ended = self
                .process
                .try_wait()
                .map_err(|e| format!("postgres: {e}"))?;
            if ended.is_some() || since.elapsed() > STARTUP {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(format!("PostgreSQL did not start:\n{log}"));
            }
            // The server writes this line of its lock file once it takes connections.
            let lock = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))
                .unwrap_or_default();
            if lock.contains("ready") && TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGQUIT ends the server and its children at once; SIGKILL would leave the children to notice.
        let _ = Command::new("kill")
            .args(["-QUIT", &self.process.id().to_string()])
            .status();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// User and group for a server that refuses to run as root.
fn unprivileged_user() -> Result<(u32, u32), String> {
    let accounts =
        std::fs::read_to_string("/etc/passwd").map_err(|e| format!("/etc/passwd: {e}"))?;
    let account = |name: &str| {
        let line = accounts
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    account("postgres")
        .or_else(|| account("nobody"))
        .ok_or_else(|| "no user `postgres` or `nobody` to run PostgreSQL as".to_owned())
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|e| format!("no free port: {e}"))
}
