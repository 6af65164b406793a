//! The server that is measured: this program as a process of its own, and what the system says of it.

use super::http::Client;
use crate::error::CmdError;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What Linux counts processor time in, whatever the machine: hundredths of a second.
const TICKS_A_SECOND: u64 = 100;

pub struct Server {
    process: Mutex<Child>,
    id: u32,
    since: Instant,
    /// From the start of the process until it listened.
    pub started_in: Duration,
    pub address: String,
}

/// Memory of a process, in megabytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pub resident_mb: f64,
    /// The most that was ever resident.
    pub most_mb: f64,
}

/// What the writer of the server has done since its start.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
pub struct Writes {
    pub commits: u64,
    pub writes: u64,
}

impl Server {
    /// Starts on a data folder and waits until it listens.
    pub fn start(folder: &Path) -> Result<Server, CmdError> {
        let program = std::env::current_exe().map_err(failed)?;
        let since = Instant::now();
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .env_remove("DONDOC_DATABASE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(failed)?;
        }
        let id = process.id();
        let server = Server {
            process: Mutex::new(process),
            id,
            since,
            started_in: since.elapsed(),
            address: line.trim().to_owned(),
        };
        if server.address.is_empty() {
            return Err(CmdError::Refused(
                "máy chủ để đo không khởi động được".into(),
            ));
        }
        Ok(server)
    }

    pub fn since_start(&self) -> Duration {
        self.since.elapsed()
    }

    /// SIGKILL: the process gets no chance to finish anything.
    pub fn kill(&self) {
        let mut process = self
            .process
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // Already gone is what is wanted.
        let _ = process.kill();
        let _ = process.wait();
    }

    /// `None` where the system does not say it as Linux does.
    pub fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id)).ok()?;
        let mb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
            Some(kilobytes / 1024.0)
        };
        Some(Memory {
            resident_mb: mb("VmRSS:")?,
            most_mb: mb("VmHWM:")?,
        })
    }

    /// What the process has used of the processors; `None` where the system does not say it as Linux does.
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id)).ok()?;
        // The name of the program stands in brackets and may hold blanks.
        let (_, rest) = stat.rsplit_once(") ")?;
        let ticks: Vec<u64> = rest
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse().ok())
            .collect();
        let [user, system] = ticks.as_slice() else {
            return None;
        };
        Some(Duration::from_millis(
            (user + system) * 1_000 / TICKS_A_SECOND,
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What the server says of its writer.
pub fn writes(address: &str, administrator: &str) -> Option<Writes> {
    let answer = Client::to(address)
        .get("/api/v1/server", administrator)
        .ok()?;
    serde_json::from_slice(&answer.body).ok()
}

fn failed(error: io::Error) -> CmdError {
    CmdError::System {
        what: "không chạy được máy chủ để đo",
        error,
    }
}

pub fn silent(error: io::Error) -> CmdError {
    CmdError::System {
        what: "máy chủ để đo không trả lời",
        error,
    }
}
