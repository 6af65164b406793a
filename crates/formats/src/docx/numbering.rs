//! `numbering.xml`: the labels that Word generates before paragraphs.

use crate::error::ReadError;
use crate::numerals::{bullet, render};
use crate::xml::{Node, Tag, Xml};
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// Which list and level a paragraph or style names; `None` inherits, list `0` means no list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberingRef {
    pub list: Option<u32>,
    pub level: Option<usize>,
}

impl NumberingRef {
    /// Reads `w:numPr`, whose `Start` was read last, to its end.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut found = NumberingRef::default();
        loop {
            match xml.next()? {
                Node::Start(tag) => {
                    let value = tag.val().and_then(|value| value.parse::<u32>().ok());
                    match tag.name.as_str() {
                        "numId" => found.list = value,
                        "ilvl" => found.level = value.map(|level| level as usize),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(found),
            }
        }
    }

    /// What is stated here, else what `base` states.
    pub fn or(&self, base: &NumberingRef) -> NumberingRef {
        NumberingRef {
            list: self.list.or(base.list),
            level: self.level.or(base.level),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// With `%1` to `%9` for the numbers of the levels.
    text: String,
    start: Option<u32>,
    /// All numbers as Arabic ones ("3.1" under "III").
    legal: bool,
    /// After which level, from 1, it begins anew; 0 never, unstated after every higher one.
    restart: Option<usize>,
    /// The paragraph style that belongs to the level.
    style: Option<String>,
}

/// An abstract list: its levels, or the list style that has them.
#[derive(Debug, Clone, Default)]
struct Pattern {
    levels: HashMap<usize, Level>,
    /// The list style that it is.
    defines: Option<String>,
    /// The list style whose levels it takes.
    takes: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    pattern: u32,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    patterns: HashMap<u32, Pattern>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    started: HashMap<u32, bool>,
}

impl Numbering {
    /// # Errors
    /// As [`Xml::next`].
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new("word/numbering.xml", text);
        let mut numbering = Numbering::default();
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name == "abstractNum" => {
                    let id = number(tag.get("abstractNumId"));
                    let pattern = read_pattern(&mut xml)?;
                    numbering.patterns.insert(id, pattern);
                }
                Node::Start(tag) if tag.name == "num" => {
                    let id = number(tag.get("numId"));
                    let list = read_list(&mut xml)?;
                    numbering.lists.insert(id, list);
                }
                Node::Eof => {
                    numbering.link();
                    return Ok(numbering);
                }
                _ => {}
            }
        }
    }

    /// Gives the levels of list styles to the lists that take them.
    fn link(&mut self) {
        let defined: HashMap<String, HashMap<usize, Level>> = self
            .patterns
            .values()
            .filter_map(|pattern| Some((pattern.defines.clone()?, pattern.levels.clone())))
            .collect();
        for pattern in self.patterns.values_mut() {
            let levels = pattern.takes.as_ref().and_then(|style| defined.get(style));
            if let (true, Some(levels)) = (pattern.levels.is_empty(), levels) {
                pattern.levels = levels.clone();
            }
        }
    }

    /// Counts one paragraph of the style `style` and gives its label; `None` when it has none.
    pub fn label(&mut self, at: &NumberingRef, style: Option<&str>) -> Option<String> {
        let id = at.list.filter(|id| *id != 0)?;
        let list = self.lists.get(&id)?;
        let pattern = self.patterns.get(&list.pattern);
        let find = |index: usize| {
            list.levels
                .get(&index)
                .or_else(|| pattern.and_then(|pattern| pattern.levels.get(&index)))
        };
        let of_style = || {
            (0..LEVELS).find(|index| {
                find(*index).is_some_and(|level| style.is_some() && level.style.as_deref() == style)
            })
        };
        let level = at.level.or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        let start = |index: usize| {
            list.starts[index]
                .or_else(|| find(index).and_then(|level| level.start))
                .unwrap_or(1)
        };
        let counts = self.counts.entry(list.pattern).or_default();
        // A list with its own start begins anew the first time it is used, others go on counting.
        if !self.started.insert(id, true).unwrap_or(false) && list.starts[level].is_some() {
            counts[level] = None;
        }
        counts[level] =
            Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        for (index, deeper) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = find(index).and_then(|level| level.restart);
            if restart.is_none_or(|after| level < after) {
                *deeper = None;
            }
        }
        let own = find(level)?;
        if own.format == "bullet" {
            return Some(bullet(&own.text));
        }
        if own.format == "none" {
            return None;
        }
        let mut label = own.text.clone();
        for (index, count) in counts.iter().enumerate().take(level + 1) {
            let format = if own.legal {
                "decimal"
            } else {
                find(index).map_or("decimal", |level| level.format.as_str())
            };
            let count = count.unwrap_or_else(|| start(index));
            label = label.replace(&format!("%{}", index + 1), &render(format, count));
        }
        let label = label.trim().to_owned();
        (!label.is_empty()).then_some(label)
    }
}

fn number(value: Option<&str>) -> u32 {
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn read_pattern(xml: &mut Xml<'_>) -> Result<Pattern, ReadError> {
    let mut pattern = Pattern::default();
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name == "lvl" => {
                let index = number(tag.get("ilvl")) as usize;
                pattern.levels.insert(index, read_level(xml)?);
            }
            Node::Start(tag) => {
                match tag.name.as_str() {
                    "styleLink" => pattern.defines = tag.val().map(str::to_owned),
                    "numStyleLink" => pattern.takes = tag.val().map(str::to_owned),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(pattern),
        }
    }
}

fn read_level(xml: &mut Xml<'_>) -> Result<Level, ReadError> {
    let mut level = Level {
        format: "decimal".into(),
        ..Level::default()
    };
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                set_level(&mut level, &tag);
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(level),
        }
    }
}

fn set_level(level: &mut Level, tag: &Tag) {
    match tag.name.as_str() {
        "numFmt" => level.format = tag.val().unwrap_or("decimal").to_owned(),
        "lvlText" => level.text = tag.val().unwrap_or_default().to_owned(),
        "start" => level.start = tag.val().and_then(|start| start.parse().ok()),
        "isLgl" => level.legal = tag.is_on(),
        "lvlRestart" => level.restart = tag.val().and_then(|level| level.parse().ok()),
        "pStyle" => level.style = tag.val().map(str::to_owned),
        _ => {}
    }
}

fn read_list(xml: &mut Xml<'_>) -> Result<List, ReadError> {
    let mut list = List::default();
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name == "lvlOverride" => {
                let index = (number(tag.get("ilvl")) as usize).min(LEVELS - 1);
                read_override(xml, &mut list, index)?;
            }
            Node::Start(tag) => {
                if tag.name == "abstractNumId" {
                    list.pattern = number(tag.val());
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(list),
        }
    }
}

fn read_override(xml: &mut Xml<'_>, list: &mut List, index: usize) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name == "lvl" => {
                list.levels.insert(index, read_level(xml)?);
            }
            Node::Start(tag) => {
                if tag.name == "startOverride" {
                    list.starts[index] = tag.val().and_then(|start| start.parse().ok());
                }
                xml.skip()?;
            }
            Node::Text(_) => {}
            Node::End | Node::Eof => return Ok(()),
        }
    }
}
