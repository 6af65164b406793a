//! The lines of a section as the checks read them: without markup, each character knowing where it stands.

use super::dossier::Placed;
use super::finding::Place;
use crate::sentences::sentences;
use std::ops::Range;

/// One paragraph: its plain text, and for each byte of it the character of the stored line.
pub(super) struct Line {
    raw: String,
    plain: String,
    at: Vec<usize>,
    /// Of the plain text, told once for all checks.
    sentences: Vec<Range<usize>>,
    pub is_table: bool,
}

/// The lines of a text that have words, with their number from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Line)> + '_ {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| (index + 1, Line::of(line)))
}

/// The tags that stand for a look and not for words.
const TAGS: [&str; 7] = ["<u>", "</u>", "<sup>", "</sup>", "<sub>", "</sub>", "<br>"];

impl Line {
    pub fn of(raw: &str) -> Line {
        let mut line = Line {
            raw: raw.into(),
            plain: String::with_capacity(raw.len()),
            at: Vec::with_capacity(raw.len()),
            sentences: Vec::new(),
            is_table: raw.trim_start().starts_with('|'),
        };
        let mut rest = raw;
        let mut position = 0;
        while let Some(first) = rest.chars().next() {
            let mut tags = TAGS.iter().filter(|tag| rest.starts_with(**tag));
            let tag = (first == '<').then(|| tags.next()).flatten();
            let skipped = match (first, tag) {
                ('<', Some(tag)) => tag.len(),
                ('*', _) => 1,
                ('\\', _) if rest[1..].starts_with(['*', '<', '|', '\\', '-', '+']) => {
                    position += 1;
                    rest = &rest[1..];
                    0
                }
                _ => 0,
            };
            if skipped > 0 {
                if tag == Some(&"<br>") {
                    line.push(' ', position);
                }
                position += rest[..skipped].chars().count();
                rest = &rest[skipped..];
                continue;
            }
            let Some(character) = rest.chars().next() else {
                break;
            };
            // A no-break blank is a blank to every rule.
            let read = if character.is_whitespace() {
                ' '
            } else {
                character
            };
            line.push(read, position);
            position += 1;
            rest = &rest[character.len_utf8()..];
        }
        line.sentences = sentences(&line.plain);
        line
    }

    fn push(&mut self, character: char, at: usize) {
        self.plain.push(character);
        self.at.resize(self.plain.len(), at);
    }

    pub fn text(&self) -> &str {
        &self.plain
    }

    /// Characters of the stored line for bytes of the plain text.
    fn chars(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.at.get(bytes.start).copied().unwrap_or(0);
        let end = bytes
            .end
            .checked_sub(1)
            .and_then(|last| self.at.get(last))
            .map_or(start, |last| last + 1);
        start..end
    }

    /// The cells of a line of a table.
    pub fn cells(&self) -> Vec<&str> {
        let inner = self.plain.trim().trim_matches('|');
        inner.split('|').map(str::trim).collect()
    }
}

impl Placed<'_> {
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// The sentences of the line, as ranges of bytes.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.line.sentences
    }

    /// The place of a range of bytes of the plain text.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let chars = self.line.chars(&bytes);
        Place {
            section: Some(self.part.section.id),
            section_name: self.part.name(),
            paragraph: Some(self.paragraph),
            start: chars.start,
            end: chars.end,
            quote: self
                .line
                .raw
                .chars()
                .skip(chars.start)
                .take(chars.len())
                .collect(),
            indicator: None,
            period: None,
        }
    }
}

/// The last words of a text, enough for what a rule asks to stand right before a number.
pub(super) fn tail(text: &str) -> &str {
    const MOST: usize = 64;
    let mut start = text.len().saturating_sub(MOST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
