//! What the checks look at: a report with everything they compare it to, as plain values.

use super::lines::{Line, lines};
use crate::campaign::{Section, Writable};
use crate::figures::{FigureTable, Layout};
use crate::ids::SectionId;
use crate::official::Profile;
use jiff::civil::Date;

/// One section with what is written under it.
#[derive(Debug, Clone)]
pub struct Part {
    pub section: Section,
    /// One paragraph per line, as stored.
    pub text: String,
    /// The section was found in the file; always so for a stored report.
    pub found: bool,
}

/// The figures of a report with the shape they have.
#[derive(Debug, Clone)]
pub struct Figures {
    pub layout: Layout,
    pub table: FigureTable,
    /// The unit types them itself: then a blank required one is missing.
    pub typed: bool,
}

/// Whose report it is, and whose it is not; full names as they are entered, `Đảng ủy xã Tân Thuận`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub own: String,
    /// Units above and below, which a report may name as it likes.
    pub related: Vec<String>,
    /// Units whose name has no business where one's own should stand: those beside it.
    pub others: Vec<String>,
    /// The same of units farther off, below other superiors: there a name may also be that of a hamlet or of a place
    /// of old, so only its full form with the kind of place counts.
    pub elsewhere: Vec<String>,
}

/// The months of the period, first and last: `(year, month)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    pub from: (i16, i8),
    pub to: (i16, i8),
}

impl Months {
    /// From the two keys of a campaign: `2017-07`, `2022-07`.
    pub fn parse(from: &str, to: &str) -> Option<Months> {
        let month = |key: &str| {
            let (year, month) = key.split_once('-')?;
            let month: i8 = month.parse().ok()?;
            (1..=12)
                .contains(&month)
                .then_some((year.parse().ok()?, month))
        };
        Some(Months {
            from: month(from)?,
            to: month(to)?,
        })
    }
}

/// Where a repeated passage was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOf {
    /// An earlier report of the unit itself.
    OwnEarlier,
    /// A report of another unit.
    OtherReport,
}

/// A passage of this report that another text repeats, as some index found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarPassage {
    pub section: SectionId,
    /// Paragraph of the section, from 1.
    pub paragraph: usize,
    pub copy_of: CopyOf,
    /// Whose report, of which campaign; for people.
    pub source: String,
    /// The words of the other text.
    pub text: String,
    /// How much of the passage stands in the other text, per mille of its word runs.
    pub similarity: u32,
}

/// How a file looks, as far as its format tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The font of most characters; `None` when the file does not say.
    pub font: Option<String>,
    /// Size of most characters, in half points.
    pub half_points: Option<u32>,
    /// Top, bottom, left, right, in millimetres.
    pub margins_mm: Option<[u32; 4]>,
    /// The text before the first section: where head, number, place and date stand.
    pub head: String,
}

/// A report with everything it is held against.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    pub parts: Vec<Part>,
    pub figures: Option<Figures>,
    pub names: Option<Names>,
    pub period: Option<Months>,
    /// The day on which the report is written, or the campaign's.
    pub day: Option<Date>,
    pub similar: Vec<SimilarPassage>,
    /// What like units sent, for a reader who may see it; empty for whoever writes.
    pub siblings: Vec<FigureTable>,
    pub look: Option<Look>,
    pub profile: Option<Profile>,
}

/// A line of the report with the part it stands in.
pub(super) struct Placed<'a> {
    pub part: &'a Part,
    /// From 1.
    pub paragraph: usize,
    pub line: Line,
    /// Its section speaks of what is still to be done, so its numbers and years are aims, not results.
    pub looks_ahead: bool,
}

impl Dossier {
    /// Every line with words in it.
    pub(super) fn lines(&self) -> Vec<Placed<'_>> {
        self.parts
            .iter()
            .flat_map(|part| {
                let looks_ahead = part.looks_ahead();
                lines(&part.text).map(move |(paragraph, line)| Placed {
                    part,
                    paragraph,
                    line,
                    looks_ahead,
                })
            })
            .collect()
    }
}

impl Part {
    /// A part of a text that has no outline: everything in it is optional.
    pub fn loose(id: i64, title: &str, text: String) -> Part {
        Part {
            section: Section {
                id: SectionId(id),
                number: String::new(),
                title: title.into(),
                level: 1,
                guidance: String::new(),
                writable: Writable::Optional,
            },
            text,
            found: true,
        }
    }

    /// Number and title, for people.
    pub fn name(&self) -> String {
        match (self.section.number.as_str(), self.section.title.as_str()) {
            ("", title) => title.into(),
            (number, title) => format!("{number}. {title}"),
        }
    }

    fn looks_ahead(&self) -> bool {
        let title = crate::text::fold(&self.section.title);
        [
            "nhiem vu",
            "phuong huong",
            "giai phap",
            "kien nghi",
            "de xuat",
            "muc tieu",
        ]
        .iter()
        .any(|word| title.contains(word))
    }
}
