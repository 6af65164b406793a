//! The least HTTP client: one request, one connection.

use crate::PATIENCE;
use std::io::{self, Read, Write};
use std::net::TcpStream;

/// Posts JSON with a bearer token; the status and the body of the answer.
///
/// # Errors
/// When the connection breaks before the whole answer is there.
pub fn post(address: &str, path: &str, token: &str, json: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = json.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{json}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let broken = || io::Error::new(io::ErrorKind::UnexpectedEof, "the answer broke off");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(broken)?;
    let promised = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")?
            .parse::<usize>()
            .ok()
    });
    if promised.is_some_and(|promised| promised != body.len()) {
        return Err(broken());
    }
    Ok((status, body.to_string()))
}
