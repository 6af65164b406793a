//! HTML cut into tags and text. Comments, declarations and the contents of scripts and styles go.

use super::entities::decode;

/// Elements whose content is no markup and no text of the page.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "noembed"];

/// One piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    Open(Tag),
    Close(String),
    /// With entities resolved, white space as it stands.
    Text(String),
}

/// An opening tag: its name in small letters and its attributes.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads tokens one after another.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Tokens { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Passes over everything up to and with `end`; to the end of the page when it never comes.
    fn pass(&mut self, end: &str) {
        self.at = match self.rest().find(end) {
            Some(found) => self.at + found + end.len(),
            None => self.text.len(),
        };
    }

    fn tag(&mut self) -> Token {
        let closes = self.rest().starts_with("</");
        self.at += if closes { 2 } else { 1 };
        let name: String = self
            .rest()
            .chars()
            .take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/'))
            .collect();
        self.at += name.len();
        let name = name.to_lowercase();
        let attributes = self.attributes();
        if closes {
            return Token::Close(name);
        }
        if RAW.contains(&name.as_str()) {
            self.pass_raw(&name);
        }
        Token::Open(Tag { name, attributes })
    }

    /// Passes over the content of a raw element and its end.
    fn pass_raw(&mut self, name: &str) {
        loop {
            self.pass("</");
            let rest = self.rest();
            let ends = rest
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name));
            if ends || rest.is_empty() {
                self.pass(">");
                return;
            }
        }
    }

    /// Reads to the end of the tag.
    fn attributes(&mut self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        loop {
            self.blanks();
            let rest = self.rest();
            match rest.chars().next() {
                None => return found,
                Some('>') => {
                    self.at += 1;
                    return found;
                }
                Some('/' | '=' | '"' | '\'') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let name: &str = until(rest, |c| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
            self.at += name.len();
            self.blanks();
            let value = if self.rest().starts_with('=') {
                self.at += 1;
                self.blanks();
                self.value()
            } else {
                String::new()
            };
            found.push((name.to_lowercase(), value));
        }
    }

    fn value(&mut self) -> String {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => {
                let inner = until(&rest[1..], |c| c == quote);
                self.at += (inner.len() + 2).min(rest.len());
                inner
            }
            None => {
                let inner = until(rest, |c| c.is_whitespace() || c == '>');
                self.at += inner.len();
                inner
            }
        };
        decode(value)
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with("<!--") {
                self.at += 4;
                self.pass("-->");
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.pass(">");
            } else if is_tag(rest) {
                return Some(self.tag());
            } else {
                // A lone `<` is text.
                let from = usize::from(rest.starts_with('<'));
                let end = rest[from..].find('<').map_or(rest.len(), |end| end + from);
                self.at += end;
                return Some(Token::Text(decode(&rest[..end])));
            }
        }
    }
}

fn is_tag(rest: &str) -> bool {
    let name = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn until(text: &str, ends: impl Fn(char) -> bool) -> &str {
    text.find(ends).map_or(text, |end| &text[..end])
}
