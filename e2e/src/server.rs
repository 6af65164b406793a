//! The product as a process of its own, with data of its own, on a free port.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the example may take to be made in an unoptimised build on a busy machine.
const STARTUP: Duration = Duration::from_secs(180);

type Lines = Arc<Mutex<Vec<String>>>;

/// A running server; killed, and its data removed, when dropped.
pub struct Server {
    program: PathBuf,
    command: Vec<String>,
    data: tempfile::TempDir,
    process: Child,
    address: String,
    output: Lines,
}

impl Server {
    /// Starts `PROGRAM demo`: the product on its example.
    #[must_use]
    pub fn demo(program: impl AsRef<Path>) -> Self {
        Self::start(program, &["demo"])
    }

    /// Starts `PROGRAM COMMAND… --data FOLDER --listen 127.0.0.1:0` and waits until it prints its address.
    ///
    /// # Panics
    /// When it ends or stays silent instead; with its output.
    #[must_use]
    pub fn start(program: impl AsRef<Path>, command: &[&str]) -> Self {
        let program = program.as_ref().to_owned();
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        let data = tempfile::tempdir().unwrap_or_else(|e| panic!("a folder for the data: {e}"));
        let output = Lines::default();
        let (process, address) = launch(&program, &command, data.path(), &output);
        Self {
            program,
            command,
            data,
            process,
            address,
            output,
        }
    }

    /// `http://HOST:PORT`, as the server printed it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The folder of its data.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything it has printed so far, on both channels.
    #[must_use]
    pub fn output(&self) -> String {
        self.output
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .join("\n")
    }

    /// Ends it as a power cut would: SIGKILL, no chance to save anything.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again on the same data, after [`Server::kill`] or instead of it. The address may be another.
    pub fn restart(&mut self) {
        self.kill();
        (self.process, self.address) =
            launch(&self.program, &self.command, self.data.path(), &self.output);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn launch(program: &Path, command: &[String], data: &Path, output: &Lines) -> (Child, String) {
    let mut process = Command::new(program)
        .args(command)
        .arg("--data")
        .arg(data)
        .args(["--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{}: {e}", program.display()));
    let (sender, lines) = channel();
    listen(process.stdout.take(), output, sender.clone());
    listen(process.stderr.take(), output, sender);
    match wait_for_address(&lines) {
        Ok(address) => (process, address),
        Err(why) => {
            let _ = process.kill();
            let _ = process.wait();
            let said = output
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .join("\n");
            panic!(
                "{} {} {why}; it said:\n{said}",
                program.display(),
                command.join(" ")
            );
        }
    }
}

/// Keeps every line of a channel, and passes it on for as long as somebody waits for the address.
fn listen(channel: Option<impl Read + Send + 'static>, output: &Lines, sender: Sender<String>) {
    let Some(channel) = channel else { return };
    let output = Arc::clone(output);
    std::thread::spawn(move || {
        for line in BufReader::new(channel).lines().map_while(Result::ok) {
            output
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(line.clone());
            let _ = sender.send(line);
        }
    });
}

fn wait_for_address(lines: &Receiver<String>) -> Result<String, &'static str> {
    let until = Instant::now() + STARTUP;
    loop {
        match lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                if let Some(address) = address_in(&line) {
                    return Ok(address);
                }
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                return Err("printed no address in time");
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => {
                return Err("ended without printing an address");
            }
        }
    }
}

/// `http://HOST:PORT` in a line, without what follows it.
fn address_in(line: &str) -> Option<String> {
    let host = &line[line.find("http://")? + "http://".len()..];
    let end = host
        .find(|c: char| !(c.is_ascii_alphanumeric() || ".:-[]".contains(c)))
        .unwrap_or(host.len());
    let host = host[..end].trim_end_matches(['.', ':']);
    host.rsplit_once(':')?.1.parse::<u16>().ok()?;
    Some(format!("http://{host}"))
}

#[cfg(test)]
mod cases {
    use super::address_in;

    #[test]
    fn the_address_is_read_out_of_a_sentence() {
        let found = |line: &str| address_in(line);
        assert_eq!(
            found("Mở trình duyệt: http://127.0.0.1:40111/."),
            Some("http://127.0.0.1:40111".to_owned())
        );
        assert_eq!(
            found("listening address=http://127.0.0.1:8080"),
            Some("http://127.0.0.1:8080".to_owned())
        );
        assert_eq!(found("xem http://example.vn"), None);
    }
}
