//! One organisation: what it is, where it stands, and how its papers name it.

use super::history::Validity;
use super::tree::Interval;
use crate::ids::{BodyId, TreeId, UnitId};
use crate::text::fold;
use serde::{Deserialize, Serialize};

/// The level of a unit, counted from the centre: 1 central, 2 province, 3 district, 4 grassroots.
/// Names of levels are data of a tree; these four are the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub u8);

impl Level {
    pub const CENTRAL: Level = Level(1);
    pub const PROVINCE: Level = Level(2);
    pub const DISTRICT: Level = Level(3);
    pub const GRASSROOTS: Level = Level(4);

    /// The level of an administrative unit of this kind, as official tables call it; `None` for other organisations.
    pub fn of_kind(kind: &str) -> Option<Level> {
        match fold(kind).as_str() {
            "tinh" | "thanh pho truc thuoc trung uong" => Some(Level::PROVINCE),
            "huyen"
            | "quan"
            | "thi xa"
            | "thanh pho thuoc tinh"
            | "thanh pho thuoc thanh pho truc thuoc trung uong" => Some(Level::DISTRICT),
            "xa" | "phuong" | "thi tran" | "dac khu" => Some(Level::GRASSROOTS),
            _ => None,
        }
    }

    pub fn label(self) -> String {
        match self.0 {
            1 => "Trung ương".into(),
            2 => "Cấp tỉnh".into(),
            3 => "Cấp huyện".into(),
            4 => "Cấp cơ sở".into(),
            other => format!("Cấp {other}"),
        }
    }
}

/// A unit as it is entered or imported, before it has a place in the tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitSeed {
    /// Unique within its tree.
    pub code: String,
    pub name: String,
    /// Kind of organisation, e.g. `huyen_uy`; see the table of kinds.
    pub kind: String,
    pub level: u8,
    pub parent_code: Option<String>,
    /// The body that adopts for it and receives in its name, e.g. "Ban Thường vụ Huyện ủy Bắc Bình".
    pub collective: String,
    /// Symbol in document numbers, e.g. `HU`.
    pub symbol: String,
    /// Its name as the head of its papers prints it.
    pub head_name: String,
    /// The line above it in the head of its papers.
    pub parent_head: String,
    /// Where its papers are dated (địa danh).
    pub place: String,
    /// Where reminders go; empty when unknown.
    pub email: String,
}

impl UnitSeed {
    /// Two entries, of trees imported at different times, for one organisation: the Party committee of a commune and
    /// its People's Committee may go by one code.
    pub fn is_same_body(&self, other: &UnitSeed) -> bool {
        let is_same_name = || fold(&self.name) == fold(&other.name);
        self.code == other.code
            && self.level == other.level
            && self.kind == other.kind
            && (!self.kind.is_empty() || is_same_name())
    }
}

/// A unit at its place in its tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    /// The organisation, which may have stood elsewhere or under another code before or after.
    pub body: BodyId,
    pub tree: TreeId,
    pub parent: Option<UnitId>,
    /// Preorder interval: the unit and everything that stands or stood below it.
    pub interval: Interval,
    /// The days on which it stands here.
    pub validity: Validity,
    pub seed: UnitSeed,
}

impl Unit {
    pub fn level(&self) -> Level {
        Level(self.seed.level)
    }
    /// The body that a report is addressed to or adopted by: the collective when it is named, else the unit.
    pub fn collective(&self) -> &str {
        if self.seed.collective.is_empty() {
            &self.seed.name
        } else {
            &self.seed.collective
        }
    }
    /// It stands no more, or not here any more.
    pub fn has_ended(&self) -> bool {
        !self.validity.is_open()
    }
    pub fn contains(&self, other: &Unit) -> bool {
        self.tree == other.tree && self.interval.contains(other.interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_again_by_its_code_and_kind_and_without_a_kind_by_its_name() {
        let seed = |kind: &str, name: &str| UnitSeed {
            code: "22915".into(),
            name: name.into(),
            kind: kind.into(),
            level: 4,
            ..UnitSeed::default()
        };
        let party = seed("dang_uy_co_so", "Đảng ủy xã Bình Tân");
        assert!(party.is_same_body(&seed("dang_uy_co_so", "Đảng ủy xã Bình Tân mới")));
        assert!(!party.is_same_body(&seed("ubnd_xa", "Ủy ban nhân dân xã Bình Tân")));
        let unnamed = seed("", "Đảng ủy xã Bình Tân");
        assert!(unnamed.is_same_body(&seed("", "Đảng uỷ xã Bình Tân")));
        assert!(!unnamed.is_same_body(&seed("", "Ủy ban nhân dân xã Bình Tân")));
    }
}
