//! The names by which a Word template finds its parts again: they stand in bookmarks and content controls, and carry
//! what the part was when the template was made, so that two diverged versions can be merged without asking anybody.

use crate::campaign::Period;
use crate::figures::Cell;
use crate::ids::{AssignmentId, IndicatorId, SectionId};

/// What an anchor names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The template itself.
    Template {
        assignment: AssignmentId,
        /// The revision that it was made from; 0 before the first.
        revision: i64,
    },
    /// A section of the outline.
    Section {
        id: SectionId,
        /// The version of its text then; 0 when there was none.
        version: i64,
        /// The beginning of the hash of that text.
        hash: String,
    },
    /// One cell of the table of figures, with what stood in it then.
    Figure {
        indicator: IndicatorId,
        period: Period,
        base: Cell,
    },
    /// Recipients and signature begin.
    Closing,
}

/// Where an anchor begins in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the block.
    pub block: usize,
    /// Row and column, in a table.
    pub cell: Option<(usize, usize)>,
}

/// An anchor that was found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub anchor: Anchor,
    pub at: Place,
}

impl Anchor {
    /// The name: letters, digits and low lines, at most 40 of them, as bookmarks take it.
    pub fn name(&self) -> String {
        match self {
            Anchor::Template {
                assignment,
                revision,
            } => format!("dondoc_{assignment}_{revision}"),
            Anchor::Section { id, version, hash } => format!("muc_{id}_{version}_{hash}"),
            Anchor::Figure {
                indicator,
                period,
                base,
            } => {
                let base = base
                    .exact()
                    .unwrap_or_default()
                    .replace('.', "d")
                    .replace('-', "m");
                format!("so_{indicator}_{}_{base}", period.key())
            }
            Anchor::Closing => "dondoc_cuoi".into(),
        }
    }

    /// The anchor of this name; `None` for bookmarks and controls of other origin.
    pub fn parse(name: &str) -> Option<Anchor> {
        if name == "dondoc_cuoi" {
            return Some(Anchor::Closing);
        }
        let mut parts = name.split('_');
        let kind = parts.next()?;
        let id: i64 = parts.next()?.parse().ok()?;
        let second = parts.next()?;
        let third = parts.next();
        if parts.next().is_some() {
            return None;
        }
        Some(match (kind, third) {
            ("dondoc", None) => Anchor::Template {
                assignment: AssignmentId(id),
                revision: second.parse().ok()?,
            },
            ("muc", Some(hash)) if hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Anchor::Section {
                    id: SectionId(id),
                    version: second.parse().ok()?,
                    hash: hash.to_owned(),
                }
            }
            ("so", Some(base)) => Anchor::Figure {
                indicator: IndicatorId(id),
                period: Period::from_key(second)?,
                base: match base {
                    "" => Cell::Blank,
                    base => Cell::parse_exact(&base.replace('d', ".").replace('m', "-")).ok()?,
                },
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Amount;
    use proptest::prelude::*;

    #[test]
    fn foreign_bookmarks_are_no_anchors() {
        for name in [
            "_Toc12345",
            "muc_1",
            "muc_x_1_ab",
            "so_1_2020",
            "dondoc",
            "muc_1_2_3_4",
            "muc_1_2_xyz",
        ] {
            assert_eq!(Anchor::parse(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_name_reads_back_and_is_one_that_bookmarks_take(
            id in 0..10_000_000_i64,
            number in "-?[1-9][0-9]{0,8}(\\.[0-9]{0,5}[1-9])?",
            kind in 0..5_u8,
        ) {
            let amount = Amount::parse_exact(&number).expect("an amount");
            let anchor = match kind {
                0 => Anchor::Template { assignment: AssignmentId(id), revision: 3 },
                1 => Anchor::Section { id: SectionId(id), version: 12, hash: "00ff12ab".into() },
                2 => Anchor::Figure { indicator: IndicatorId(id), period: Period::Year(2022), base: Cell::Number(amount) },
                3 => Anchor::Figure { indicator: IndicatorId(id), period: Period::Whole, base: Cell::NotApplicable },
                _ => Anchor::Figure { indicator: IndicatorId(id), period: Period::Year(2018), base: Cell::Blank },
            };
            let name = anchor.name();
            prop_assert!(name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
            prop_assert_eq!(Anchor::parse(&name), Some(anchor));
        }
    }
}
