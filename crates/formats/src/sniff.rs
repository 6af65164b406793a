//! What a file is, told by its first bytes and not by its name.

/// What a file's first bytes say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Zip,
    Pdf,
    /// The container of Office 97-2003, and of encrypted newer files.
    Ole,
    Rtf,
    Html,
    /// An e-mail, or a page saved as one.
    Mail,
    /// A picture: a photograph or a scan.
    Picture,
    /// Nothing known: text, or something foreign.
    Other,
}

/// Bytes that are looked at.
const HEAD: usize = 2048;

/// The container of `bytes`.
pub fn container(bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(HEAD)];
    let bare = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head);
    let bare = bare.trim_ascii_start();
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Container::Zip
    } else if head[..head.len().min(1024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        Container::Pdf
    } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Container::Ole
    } else if bare.starts_with(b"{\\rtf") {
        Container::Rtf
    } else if is_picture(head) {
        Container::Picture
    } else if is_html(bare) {
        Container::Html
    } else if is_mail(bare) {
        Container::Mail
    } else {
        Container::Other
    }
}

fn is_picture(head: &[u8]) -> bool {
    let begins: [&[u8]; 8] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
        b"BM",
        b"RIFF",
        b"8BPS",
    ];
    // `BM` alone could begin a text.
    let named = head.get(4..12) == Some(b"ftypheic");
    named
        || begins
            .iter()
            .any(|begin| head.starts_with(begin) && (*begin != b"BM" || head.contains(&0)))
}

fn is_html(bare: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bare).to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with('<')
            && (head.contains("<html") || head.contains("<body") || head.contains("<meta ")))
}

/// Whether the text begins with the headers of a message.
fn is_mail(bare: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bare);
    let headers: Vec<String> = head
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| !line.starts_with([' ', '\t']) && !line.starts_with("From "))
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| !name.contains(' '))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    let has = |name: &str| headers.iter().any(|own| own == name);
    has("mime-version") || (has("from") && (has("date") || has("received")) && has("subject"))
}

/// The part of a name after its last point, in lower case; empty when there is none.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, end)| end.to_lowercase())
        .unwrap_or_default()
}

/// An Office file under a password is an OLE container with a stream of this name.
pub fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_content() {
        let cases: [(&[u8], Container); 9] = [
            (b"PK\x03\x04..", Container::Zip),
            (b"\n%PDF-1.7", Container::Pdf),
            (b"{\\rtf1\\ansi", Container::Rtf),
            (b"\xef\xbb\xbf<!DOCTYPE HTML>", Container::Html),
            (
                b"<?xml version=\"1.0\"?><html xmlns=\"x\">",
                Container::Html,
            ),
            (
                b"MIME-Version: 1.0\r\nContent-Type: x\r\n\r\n",
                Container::Mail,
            ),
            (b"\x89PNG\r\n", Container::Picture),
            (
                "Kính gửi: các đồng chí\n\nFrom: Date: Subject:".as_bytes(),
                Container::Other,
            ),
            ("BMTTQ tỉnh báo cáo".as_bytes(), Container::Other),
        ];
        for (bytes, kind) in cases {
            assert_eq!(container(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
