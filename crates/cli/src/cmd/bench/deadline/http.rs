//! The least HTTP client: one connection that is kept, one request at a time.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
const MOST_HEADERS: usize = 32;

pub struct Client {
    address: String,
    stream: Option<TcpStream>,
    out: Vec<u8>,
    held: Vec<u8>,
}

/// An answer: its status and its body.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Client {
    /// `address` as the server prints it: `http://HOST:PORT`.
    pub fn to(address: &str) -> Client {
        Client {
            address: address.trim_start_matches("http://").to_owned(),
            stream: None,
            out: Vec::new(),
            held: Vec::new(),
        }
    }

    pub fn get(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.ask("GET", path, token, "application/json", b"")
    }

    /// Asks, and reads the whole answer. The connection is made when there is none.
    ///
    /// # Errors
    /// When the connection breaks before the whole answer is there.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        media_type: &str,
        body: &[u8],
    ) -> io::Result<Answer> {
        self.out.clear();
        write!(
            self.out,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {}\r\n\r\n",
            self.address,
            body.len()
        )?;
        self.out.extend_from_slice(body);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream
            }
        };
        stream.write_all(&self.out)?;
        let answer = self.read(&mut stream)?;
        self.stream = Some(stream);
        Ok(answer)
    }

    fn read(&mut self, stream: &mut TcpStream) -> io::Result<Answer> {
        self.held.clear();
        let mut part = [0; 32 * 1024];
        loop {
            let got = stream.read(&mut part)?;
            if got == 0 {
                return Err(broken("the answer broke off"));
            }
            self.held.extend_from_slice(&part[..got]);
            if let Some((head, status, length)) = head(&self.held)? {
                while self.held.len() < head + length {
                    let got = stream.read(&mut part)?;
                    if got == 0 {
                        return Err(broken("the answer broke off"));
                    }
                    self.held.extend_from_slice(&part[..got]);
                }
                let body = self.held[head..head + length].to_vec();
                return Ok(Answer { status, body });
            }
        }
    }
}

/// Length of the head, status and length of the body, as soon as the head is whole.
fn head(bytes: &[u8]) -> io::Result<Option<(usize, u16, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut answer = httparse::Response::new(&mut headers);
    let parsed = answer
        .parse(bytes)
        .map_err(|_| broken("the answer is not HTTP"))?;
    let httparse::Status::Complete(head) = parsed else {
        return Ok(None);
    };
    let length = answer
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
        .ok_or_else(|| broken("an answer does not say how long it is"))?;
    Ok(Some((head, answer.code.unwrap_or_default(), length)))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
