//! A real SMTP server for tests: takes messages over TCP and keeps them; can be made to fail as servers do.
//!
//! Standard library only, so that any test may include it with `#[path]`. A message is kept before the client hears
//! that it was taken: after a successful send nothing has to be waited for.

// Each test binary that includes this file uses its own part of it.
#![allow(dead_code)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A message as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sender of the envelope, without angle brackets; empty for a bounce.
    pub from: String,
    /// The recipients of the envelope that were accepted.
    pub to: Vec<String>,
    /// Head and body, lines ended by `\n`, dots unstuffed; still in their transfer encoding.
    pub source: String,
}

#[derive(Default)]
struct Behaviour {
    messages: Vec<Message>,
    connections: usize,
    postpone: usize,
    unknown: BTreeSet<String>,
    stopping: bool,
}

/// A server on a free port of this machine; ends when dropped.
pub struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Mutex<Behaviour>>,
    listening: Option<JoinHandle<()>>,
}

impl SmtpServer {
    /// Starts a server that takes every message.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the port is bound");
        let shared = Arc::new(Mutex::new(Behaviour::default()));
        let listening = Some(listen(listener, &shared));
        Self {
            address,
            shared,
            listening,
        }
    }

    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The messages taken so far, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.behaviour().messages.clone()
    }

    /// How often a client has connected, with or without success afterwards.
    pub fn connections(&self) -> usize {
        self.behaviour().connections
    }

    /// Answers the next `times` messages with 451, "try again later".
    pub fn postpone(&self, times: usize) {
        self.behaviour().postpone = times;
    }

    /// Answers 550, "no such mailbox", for this recipient from now on.
    pub fn does_not_know(&self, recipient: &str) {
        self.behaviour().unknown.insert(recipient.to_owned());
    }

    /// Closes the port: who connects is refused, until [`SmtpServer::open_again`].
    pub fn close(&mut self) {
        let Some(listening) = self.listening.take() else {
            return;
        };
        self.behaviour().stopping = true;
        // The listener looks at the flag only when somebody knocks.
        let _ = TcpStream::connect(self.address);
        listening.join().expect("the listener does not panic");
        self.behaviour().stopping = false;
    }

    /// Listens again on the same port.
    pub fn open_again(&mut self) {
        if self.listening.is_none() {
            let listener = TcpListener::bind(self.address).expect("the port is still free");
            self.listening = Some(listen(listener, &self.shared));
        }
    }

    fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        locked(&self.shared)
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.close();
    }
}

fn locked(shared: &Mutex<Behaviour>) -> MutexGuard<'_, Behaviour> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen(listener: TcpListener, shared: &Arc<Mutex<Behaviour>>) -> JoinHandle<()> {
    let shared = Arc::clone(shared);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            {
                let mut behaviour = locked(&shared);
                if behaviour.stopping {
                    return;
                }
                behaviour.connections += 1;
            }
            let shared = Arc::clone(&shared);
            // A client that hangs up in the middle is no fault of the server.
            std::thread::spawn(move || talk(connection, &shared).ok());
        }
    })
}

/// One conversation of RFC 5321, as far as clients that send mail go.
fn talk(mut connection: TcpStream, shared: &Mutex<Behaviour>) -> std::io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut lines = BufReader::new(connection.try_clone()?);
    let mut envelope = Envelope::default();
    write!(connection, "220 localhost ready\r\n")?;
    while let Some(line) = read_line(&mut lines)? {
        let (verb, rest) = line.split_once([' ', ':']).unwrap_or((&line, ""));
        let answer = match verb.to_ascii_uppercase().as_str() {
            "EHLO" => "250-localhost\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "HELO" | "NOOP" => "250 localhost",
            "MAIL" => {
                envelope = Envelope {
                    from: Some(mailbox(rest)),
                    to: Vec::new(),
                };
                "250 sender ok"
            }
            "RCPT" if envelope.from.is_none() => "503 MAIL first",
            "RCPT" => envelope.add(mailbox(rest), &mut locked(shared)),
            "DATA" if envelope.to.is_empty() => "503 RCPT first",
            "DATA" => {
                write!(connection, "354 end with a dot\r\n")?;
                let Some(source) = read_message(&mut lines)? else {
                    return Ok(());
                };
                let Envelope { from, to } = std::mem::take(&mut envelope);
                locked(shared).messages.push(Message {
                    from: from.unwrap_or_default(),
                    to,
                    source,
                });
                "250 kept"
            }
            "RSET" => {
                envelope = Envelope::default();
                "250 forgotten"
            }
            "QUIT" => return write!(connection, "221 bye\r\n"),
            _ => "502 unknown command",
        };
        write!(connection, "{answer}\r\n")?;
    }
    Ok(())
}

#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

impl Envelope {
    /// Takes a recipient, or answers why not.
    fn add(&mut self, recipient: String, behaviour: &mut Behaviour) -> &'static str {
        if behaviour.unknown.contains(&recipient) {
            return "550 5.1.1 no such mailbox";
        }
        if self.to.is_empty() && behaviour.postpone > 0 {
            behaviour.postpone -= 1;
            return "451 4.7.1 try again later";
        }
        self.to.push(recipient);
        "250 recipient ok"
    }
}

/// The address in `FROM:<a@b>` or `TO:<a@b> PARAMETER`.
fn mailbox(argument: &str) -> String {
    let inside = argument
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inside
        .map_or(argument, |(address, _)| address)
        .trim()
        .to_owned()
}

fn read_line(lines: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = lines.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line)
        .trim_end_matches(['\r', '\n'])
        .to_owned();
    Ok((read > 0).then_some(line))
}

/// The lines up to the one that is only a dot; `None` when the client left before it.
fn read_message(lines: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut message = String::new();
    while let Some(line) = read_line(lines)? {
        if line == "." {
            return Ok(Some(message));
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
        message.push('\n');
    }
    Ok(None)
}
