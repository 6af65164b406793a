//! The labels that an ODT generates before list items and headings.

use crate::error::ReadError;
use crate::numerals::{bullet, render};
use crate::xml::{Node, Tag, Xml};
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 10;

/// A list style: its levels by index from 0.
#[derive(Debug, Clone, Default)]
pub struct ListStyle {
    levels: HashMap<usize, ListLevel>,
}

/// How the items of one level are marked.
#[derive(Debug, Clone, Default)]
pub struct ListLevel {
    mark: Mark,
    start: u32,
}

#[derive(Debug, Clone, Default)]
enum Mark {
    #[default]
    None,
    Bullet(String),
    Number {
        /// The name that [`render`] knows.
        format: &'static str,
        prefix: String,
        suffix: String,
        /// How many levels are written, this one included.
        shown: usize,
        /// The whole label with `%1%` to `%10%` for the numbers, as newer LibreOffice writes it.
        pattern: Option<String>,
    },
}

impl ListStyle {
    pub fn level(&self, index: usize) -> Option<&ListLevel> {
        self.levels.get(&index)
    }
}

/// Reads a list style, whose `Start` was read last, to its end.
///
/// # Errors
/// As [`Xml::next`].
pub fn read_list_style(xml: &mut Xml<'_>) -> Result<ListStyle, ReadError> {
    let mut style = ListStyle::default();
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                if let Some(level) = level_of(&tag) {
                    style.levels.insert(level.0, level.1);
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(style),
        }
    }
}

fn level_of(tag: &Tag) -> Option<(usize, ListLevel)> {
    let index = tag.get("level")?.parse::<usize>().ok()?.checked_sub(1)?;
    let text = |name: &str| tag.get(name).unwrap_or_default().to_owned();
    let mark = match tag.name.as_str() {
        "list-level-style-bullet" => Mark::Bullet(text("bullet-char")),
        "list-level-style-number" | "outline-level-style" => match tag.get("num-format") {
            None | Some("") if tag.get("num-list-format").is_none() => Mark::None,
            format => Mark::Number {
                format: match format {
                    Some("I") => "upperRoman",
                    Some("i") => "lowerRoman",
                    Some("A") => "upperLetter",
                    Some("a") => "lowerLetter",
                    None | Some("") => "none",
                    _ => "decimal",
                },
                prefix: text("num-prefix"),
                suffix: text("num-suffix"),
                shown: tag
                    .get("display-levels")
                    .and_then(|levels| levels.parse().ok())
                    .unwrap_or(1),
                pattern: tag.get("num-list-format").map(str::to_owned),
            },
        },
        _ => Mark::None,
    };
    let start = tag
        .get("start-value")
        .and_then(|start| start.parse().ok())
        .unwrap_or(1);
    (index < LEVELS).then_some((index, ListLevel { mark, start }))
}

/// How far one list has counted on each of its levels.
#[derive(Debug, Clone, Default)]
pub struct Counts([Option<u32>; LEVELS]);

impl Counts {
    /// Counts one item and gives its label; `None` when it shows none. `find` gives the levels of the list's style.
    pub fn label<'s>(
        &mut self,
        level: usize,
        start: Option<u32>,
        find: impl Fn(usize) -> Option<&'s ListLevel>,
    ) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let first = |index: usize| find(index).map_or(1, |level| level.start);
        let next = self.0[level].map_or_else(|| first(level), |count| count.saturating_add(1));
        self.0[level] = Some(start.unwrap_or(next));
        self.0[level + 1..].fill(None);
        let number = |index: usize| self.0[index].unwrap_or_else(|| first(index));
        let own = |index: usize| match find(index).map(|level| &level.mark) {
            Some(Mark::Number { format, .. }) => render(format, number(index)),
            _ => String::new(),
        };
        match &find(level)?.mark {
            Mark::None => None,
            Mark::Bullet(mark) => Some(bullet(mark)),
            Mark::Number {
                pattern: Some(pattern),
                ..
            } => {
                let mut label = pattern.clone();
                for index in (0..=level).rev() {
                    label = label.replace(&format!("%{}%", index + 1), &own(index));
                }
                said(&label)
            }
            Mark::Number {
                prefix,
                suffix,
                shown,
                ..
            } => {
                let from = (level + 1).saturating_sub((*shown).max(1));
                let numbers: Vec<String> = (from..=level)
                    .map(own)
                    .filter(|number| !number.is_empty())
                    .collect();
                said(&format!("{prefix}{}{suffix}", numbers.join(".")))
            }
        }
    }
}

fn said(label: &str) -> Option<String> {
    let label = label.trim();
    (!label.is_empty()).then(|| label.to_owned())
}
