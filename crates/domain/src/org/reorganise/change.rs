//! What a decision says, row by row.

use crate::org::UnitSeed;
use serde::{Deserialize, Serialize};

/// How much of a unit went to a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    Whole,
    /// Some of it; other rows tell the rest.
    Part,
    /// Perhaps: it went through a unit that was itself divided.
    Uncertain,
    /// No successor was found.
    Unresolved,
}

impl Extent {
    pub const ALL: [Extent; 4] = [
        Extent::Whole,
        Extent::Part,
        Extent::Uncertain,
        Extent::Unresolved,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Extent::Whole => "whole",
            Extent::Part => "part",
            Extent::Uncertain => "uncertain",
            Extent::Unresolved => "unresolved",
        }
    }
    pub fn from_code(code: &str) -> Option<Extent> {
        Extent::ALL.into_iter().find(|extent| extent.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            Extent::Whole => "toàn bộ",
            Extent::Part => "một phần",
            Extent::Uncertain => "chưa chắc chắn",
            Extent::Unresolved => "chưa xác định được đơn vị kế thừa",
        }
    }
}

/// The share of a unit that went to a successor, as a fraction, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub numerator: u32,
    pub denominator: u32,
    pub source: String,
}

impl Share {
    /// Reads `x/y`; `None` unless it lies above 0 and is at most 1.
    pub fn parse(written: &str, source: &str) -> Option<Share> {
        let (numerator, denominator) = written.split_once('/')?;
        let share = Share {
            numerator: numerator.trim().parse().ok()?,
            denominator: denominator.trim().parse().ok()?,
            source: source.to_owned(),
        };
        (share.numerator > 0 && share.numerator <= share.denominator).then_some(share)
    }

    pub fn written(&self) -> String {
        format!("{}/{}", self.numerator, self.denominator)
    }
}

/// How shares of one unit add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareSum {
    Below,
    One,
    /// Above one, or fractions that have no common denominator of a sensible size.
    Above,
}

/// The sum of fractions against one, exactly.
pub fn sum_of<'a>(shares: impl IntoIterator<Item = &'a Share>) -> ShareSum {
    let mut sum: (u128, u128) = (0, 1);
    for share in shares {
        let (numerator, denominator) = (u128::from(share.numerator), u128::from(share.denominator));
        let common = gcd(sum.1, denominator);
        let added = || {
            let left = sum.0.checked_mul(denominator / common)?;
            let right = numerator.checked_mul(sum.1 / common)?;
            Some((
                left.checked_add(right)?,
                sum.1.checked_mul(denominator / common)?,
            ))
        };
        match added() {
            Some(next) => sum = next,
            None => return ShareSum::Above,
        }
    }
    match sum.0.cmp(&sum.1) {
        std::cmp::Ordering::Less => ShareSum::Below,
        std::cmp::Ordering::Equal => ShareSum::One,
        std::cmp::Ordering::Greater => ShareSum::Above,
    }
}

fn gcd(one: u128, two: u128) -> u128 {
    if two == 0 { one } else { gcd(two, one % two) }
}

/// New names and lines of a unit; what is empty stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewFacts {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub collective: String,
    pub symbol: String,
    pub head_name: String,
    pub parent_head: String,
    pub place: String,
}

impl NewFacts {
    /// The facts with these put in place of the old.
    pub fn over(&self, old: &UnitSeed) -> UnitSeed {
        let newer = |new: &String, old: &String| {
            if new.is_empty() {
                old.clone()
            } else {
                new.clone()
            }
        };
        UnitSeed {
            code: newer(&self.code, &old.code),
            name: newer(&self.name, &old.name),
            kind: newer(&self.kind, &old.kind),
            collective: newer(&self.collective, &old.collective),
            symbol: newer(&self.symbol, &old.symbol),
            head_name: newer(&self.head_name, &old.head_name),
            parent_head: newer(&self.parent_head, &old.parent_head),
            place: newer(&self.place, &old.place),
            ..old.clone()
        }
    }
}

/// One change that a decision makes. Units are named by the code that they have on the day before it takes effect;
/// those that receive, and superiors, by the code that they have from that day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Create {
        unit: UnitSeed,
    },
    /// Ended without a successor.
    Abolish {
        code: String,
    },
    Rename {
        code: String,
        facts: NewFacts,
    },
    Move {
        code: String,
        parent: Option<String>,
    },
    /// Ends, and goes on in another: a merger when `whole`, else a split.
    Succeed {
        code: String,
        to: Option<String>,
        extent: Extent,
        share: Option<Share>,
    },
    /// Stays, and gives a part to another.
    Transfer {
        code: String,
        to: String,
        share: Option<Share>,
    },
}

impl Change {
    /// The unit that it is about.
    pub fn code(&self) -> &str {
        match self {
            Change::Create { unit } => &unit.code,
            Change::Abolish { code }
            | Change::Rename { code, .. }
            | Change::Move { code, .. }
            | Change::Succeed { code, .. }
            | Change::Transfer { code, .. } => code,
        }
    }

    /// The unit that receives, or the new superior, by code.
    pub fn target(&self) -> Option<&str> {
        match self {
            Change::Move { parent, .. } => parent.as_deref(),
            Change::Succeed { to, .. } => to.as_deref(),
            Change::Transfer { to, .. } => Some(to),
            Change::Create { .. } | Change::Abolish { .. } | Change::Rename { .. } => None,
        }
    }

    /// The words on pages.
    pub fn label(&self) -> &'static str {
        match self {
            Change::Create { .. } => "Thành lập",
            Change::Abolish { .. } => "Giải thể",
            Change::Rename { .. } => "Đổi tên",
            Change::Move { .. } => "Chuyển cấp trên",
            Change::Succeed { extent, .. } => match extent {
                Extent::Whole => "Sáp nhập",
                Extent::Part => "Chia tách",
                Extent::Uncertain => "Kế thừa chưa chắc chắn",
                Extent::Unresolved => "Chưa xác định đơn vị kế thừa",
            },
            Change::Transfer { .. } => "Chuyển một phần",
        }
    }
}

/// A change with where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// Line of the table, the header being 1.
    pub line: usize,
    #[serde(flatten)]
    pub change: Change,
    /// The official wording, kept as it is.
    #[serde(default)]
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(written: &str) -> Share {
        Share::parse(written, "Đề án").expect("a share")
    }

    #[test]
    fn shares_add_up_exactly() {
        assert_eq!(sum_of(&[share("1/3"), share("2/3")]), ShareSum::One);
        assert_eq!(sum_of(&[share("1/3"), share("33/100")]), ShareSum::Below);
        assert_eq!(sum_of(&[share("1/2"), share("501/1000")]), ShareSum::Above);
        let thirds = [share("1/3"), share("1/3"), share("1/3")];
        assert_eq!(sum_of(&thirds), ShareSum::One);
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        for written in ["0/3", "4/3", "1/0", "-1/2", "1", "a/b", ""] {
            assert_eq!(Share::parse(written, ""), None, "{written}");
        }
        assert_eq!(share(" 2 / 5 ").written(), "2/5");
    }
}
