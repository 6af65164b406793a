//! A PostgreSQL server of one's own: data and socket in a temporary folder, no network, gone afterwards.
//!
//! The server refuses to run as root; root starts it as `postgres` or `nobody`. A guard process holds the other
//! end of a pipe: when this process ends, in whatever way, the guard stops the server and removes the folder.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What to do when PostgreSQL is missing.
const MISSING: &str = "PostgreSQL is not installed: install the Debian package `postgresql`, \
                       or give the URL of a server for tests in DONDOC_TEST_POSTGRES";

/// Stops the server and removes its folder when its input ends; told to stop, it does so all the same.
const GUARD: &str = r#"trap '' INT TERM HUP
read -r _
"$1" stop --pgdata="$2/data" --mode=immediate --silent
rm -rf "$2"
"#;

/// A running server; stopped and removed when dropped, or when the process ends.
pub struct PostgresServer {
    url: String,
    guard: Child,
}

impl PostgresServer {
    /// Makes a cluster and starts a server on it.
    ///
    /// `is_durable`: whether a commit waits for the disk, as in production; tests of anything else are faster without.
    ///
    /// # Errors
    /// What is missing or failed, and what to install.
    pub fn start(is_durable: bool) -> Result<Self, String> {
        let programs = programs().ok_or(MISSING)?;
        let account = account()?;
        let folder = tempfile::Builder::new()
            .prefix("dondoc-pg-")
            .tempdir()
            .map_err(|error| format!("a temporary folder for PostgreSQL: {error}"))?;
        if let Some((user, group)) = account {
            chown(folder.path(), Some(user), Some(group))
                .map_err(|error| format!("give the folder of PostgreSQL to its user: {error}"))?;
        }
        let launch = Launch {
            programs,
            account,
            folder: folder.path(),
        };
        // First, so that nothing stays behind when the rest fails.
        let guard = launch.guard()?;
        launch.make_cluster()?;
        launch.start(is_durable)?;
        let socket = folder.keep();
        Ok(PostgresServer {
            url: format!(
                "postgresql://postgres@{}/postgres",
                socket.to_string_lossy().replace('/', "%2F")
            ),
            guard,
        })
    }

    /// The URL of its database `postgres`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        if let Err(error) = self.guard.wait() {
            eprintln!("the PostgreSQL for tests was not stopped: {error}");
        }
    }
}

/// What the commands of one server share.
struct Launch<'f> {
    programs: PathBuf,
    account: Option<(u32, u32)>,
    folder: &'f Path,
}

impl Launch<'_> {
    fn make_cluster(&self) -> Result<(), String> {
        self.run(self.command("initdb").args([
            &format!("--pgdata={}", self.data()),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]))
    }

    fn start(&self, is_durable: bool) -> Result<(), String> {
        let folder = self.folder.display();
        let mut options = format!(
            "-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=300"
        );
        if !is_durable {
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
        }
        self.run(self.command("pg_ctl").args([
            "start",
            "--wait",
            "--silent",
            &format!("--pgdata={}", self.data()),
            &format!("--log={folder}/log"),
            &format!("--options={options}"),
        ]))
    }

    /// Starts the guard, apart from this process's group, so that Ctrl-C does not reach it.
    fn guard(&self) -> Result<Child, String> {
        let mut guard = Command::new("/bin/sh");
        guard
            .args(["-c", GUARD, "guard"])
            .arg(self.programs.join("pg_ctl"))
            .arg(self.folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.as_account(&mut guard)
            .spawn()
            .map_err(|error| format!("start the guard of PostgreSQL: {error}"))
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder.display())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        self.as_account(&mut command);
        command
    }

    fn as_account<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if let Some((user, group)) = self.account {
            command.uid(user).gid(group);
        }
        command.current_dir(self.folder)
    }

    /// Runs a command to its end. Its output goes to a file: the server inherits it and would keep a pipe open.
    fn run(&self, command: &mut Command) -> Result<(), String> {
        let said = self.folder.join("output");
        let output = fs::File::create(&said).map_err(|error| error.to_string())?;
        let errors = output.try_clone().map_err(|error| error.to_string())?;
        let status = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .status()
            .map_err(|error| format!("{command:?}: {error}"))?;
        if status.success() {
            return Ok(());
        }
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        Err(format!(
            "{command:?} failed ({status}):\n{}{}",
            read("output"),
            read("log"),
        ))
    }
}

/// The folder of the server's programs: Debian keeps them out of `PATH`, by version; the newest wins.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").ok();
    let mut versions: Vec<(u32, PathBuf)> = debian
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    if let Some((_, newest)) = versions.pop() {
        return Some(newest);
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file())
}

/// The user and group to run the server as; `None` means as the present user.
fn account() -> Result<Option<(u32, u32)>, String> {
    let own = fs::metadata("/proc/self").map_err(|error| format!("who runs the tests: {error}"))?;
    if own.uid() != 0 {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd")
        .map_err(|error| format!("the accounts of this machine: {error}"))?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| {
            let line = accounts
                .lines()
                .find(|line| line.split(':').next() == Some(name))?;
            let mut numbers = line.split(':').skip(2);
            let user = numbers.next()?.parse().ok()?;
            let group = numbers.next()?.parse().ok()?;
            Some(Some((user, group)))
        })
        .ok_or_else(|| {
            "PostgreSQL does not run as root, and there is no user `postgres` or `nobody`"
                .to_owned()
        })
}
