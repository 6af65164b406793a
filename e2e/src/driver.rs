//! One chromedriver per test binary, for as long as a page is open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// A running chromedriver; it and its browsers end when the last holder lets go.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// The driver that is running, or a new one.
    pub fn shared() -> Arc<Self> {
        // A test that failed while starting it must not fail the others.
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let started = Arc::new(Self::start());
            *shared = Arc::downgrade(&started);
            started
        })
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn start() -> Self {
        let mut process = Command::new(program("chromedriver", "chromium-driver"))
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("chromedriver: {e}"));
        let output = process.stdout.take().expect("its output was asked for");
        let mut output = BufReader::new(output);
        let mut line = String::new();
        let port = loop {
            line.clear();
            let read = output
                .read_line(&mut line)
                .unwrap_or_else(|e| panic!("chromedriver: {e}"));
            assert!(read > 0, "chromedriver ended before it named its port");
            if let Some(port) = port_in(&line) {
                break port;
            }
        };
        // Whatever it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Self { process, port }
    }

    /// Asks it to close its browsers and end.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            connection,
            "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )?;
        connection.read_to_end(&mut Vec::new()).map(|_| ())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.shut_down();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program looked up in `PATH`.
///
/// # Panics
/// When it is missing, naming the Debian package.
pub fn program(name: &str, package: &str) -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file()).unwrap_or_else(|| {
        panic!(
            "`{name}` is not installed (Debian package {package}). Browser tests need the packages chromium and \
             chromium-driver: run `cargo xtask setup`"
        )
    })
}

/// The port in chromedriver's line "… was started successfully on port N."
fn port_in(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?
        .1
        .trim()
        .trim_end_matches('.')
        .parse()
        .ok()
}

#[cfg(test)]
mod cases {
    use super::port_in;

    #[test]
    fn the_port_is_read_from_the_line_that_announces_it() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 40123.\n"),
            Some(40123)
        );
        assert_eq!(port_in("Starting ChromeDriver 140.0 on port 0\n"), None);
    }
}
