//! One line of the file of reports, as JSON.

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, de};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead};

/// A report as its line gives it. What is missing is told in the words of the user, so everything is optional.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'a> {
    pub unit: Option<UnitKey>,
    #[serde(borrow)]
    pub submitted_at: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub sections: Option<Vec<SectionLine<'a>>>,
    pub figures: Option<BTreeMap<String, Vec<Figure>>>,
}

/// The number of a unit, or its text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum UnitKey {
    Number(i64),
    Text(String),
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnitKey::Number(number) => number.fmt(f),
            UnitKey::Text(text) => text.fmt(f),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct SectionLine<'a> {
    pub n: Option<i64>,
    #[serde(borrow)]
    pub heading: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub text: Option<Cow<'a, str>>,
}

/// One figure of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Blank,
    Whole(i64),
    /// A number that is no whole one, or too long to be exact.
    Inexact,
    NotANumber,
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct AnyFigure;
        impl Visitor<'_> for AnyFigure {
            type Value = Figure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a figure")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Figure, E> {
                Ok(Figure::Whole(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Figure, E> {
                Ok(i64::try_from(value).map_or(Figure::Inexact, Figure::Whole))
            }
            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Figure, E> {
                Ok(Figure::Inexact)
            }
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Figure, E> {
                Ok(Figure::NotANumber)
            }
            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Figure, E> {
                Ok(Figure::NotANumber)
            }
            fn visit_unit<E: de::Error>(self) -> Result<Figure, E> {
                Ok(Figure::Blank)
            }
        }
        source.deserialize_any(AnyFigure)
    }
}

/// Most bytes of one line; a longer one is passed over without being held.
pub(super) const LINE_BYTES: usize = 64 * 1024 * 1024;

/// What the next line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    End,
    Line,
    /// Longer than [`LINE_BYTES`]; passed over.
    TooLong,
}

/// Reads the next line into `line`, without its end; gives how many bytes were read.
pub(super) fn next_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<(Next, u64)> {
    line.clear();
    let mut read = 0u64;
    let mut is_too_long = false;
    loop {
        let held = source.fill_buf()?;
        if held.is_empty() {
            break;
        }
        let end = held.iter().position(|byte| *byte == b'\n');
        let part = &held[..end.unwrap_or(held.len())];
        if is_too_long || line.len() + part.len() > LINE_BYTES {
            is_too_long = true;
            line.clear();
        } else {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        source.consume(used);
        read += used as u64;
        if end.is_some() {
            break;
        }
    }
    let next = match (read, is_too_long) {
        (0, _) => Next::End,
        (_, true) => Next::TooLong,
        (_, false) => Next::Line,
    };
    Ok((next, read))
}
