//! A tree through time: each organisation's stays at places of the tree, with the days on which they hold.

use super::unit::UnitSeed;
use crate::ids::{BodyId, DecisionId, UnitId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The days on which something holds: from the first day on, and before the day in `until`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// `None`: as far back as is known.
    pub from: Option<Date>,
    /// The first day on which it holds no more; `None`: still.
    pub until: Option<Date>,
}

impl Validity {
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
    /// It has no end.
    pub fn is_open(self) -> bool {
        self.until.is_none()
    }
    /// It holds on no day: begun and taken back on one day.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }
    /// There is a day on which both hold.
    pub fn overlaps(self, other: Validity) -> bool {
        let before = |one: Validity, two: Validity| matches!((one.until, two.from), (Some(until), Some(from)) if until <= from);
        !self.is_empty() && !other.is_empty() && !before(self, other) && !before(other, self)
    }
}

/// An organisation's stay at one place of the tree, under one code: one row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub id: UnitId,
    /// The organisation whose stay it is.
    pub body: BodyId,
    /// The row that it stands under, for all of its days.
    pub parent: Option<UnitId>,
    pub validity: Validity,
    /// `None` for what was there from the beginning.
    pub began_by: Option<DecisionId>,
    pub ended_by: Option<DecisionId>,
    /// What it is called, since the last change of that.
    pub seed: UnitSeed,
}

/// What a row was called before a decision renamed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerFacts {
    pub unit: UnitId,
    pub validity: Validity,
    /// `None` for a change without a decision.
    pub ended_by: Option<DecisionId>,
    pub seed: UnitSeed,
}

/// That the organisation of one row went on in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    pub from: UnitId,
    /// `None` where no successor was found.
    pub to: Option<UnitId>,
    pub extent: super::reorganise::Extent,
}

/// A whole tree, past and present. In `stays` a superior stands before those below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub stays: Vec<Stay>,
    pub former: Vec<FormerFacts>,
}

/// A unit as it stood on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayUnit {
    pub code: String,
    pub parent_code: Option<String>,
    pub name: String,
    pub kind: String,
    pub level: u8,
    pub body: BodyId,
}

impl History {
    /// What a row was called on a day.
    pub fn facts_on<'a>(&'a self, stay: &'a Stay, day: Date) -> &'a UnitSeed {
        self.former
            .iter()
            .find(|former| former.unit == stay.id && former.validity.holds(day))
            .map_or(&stay.seed, |former| &former.seed)
    }

    /// The tree of a day, by code.
    pub fn on(&self, day: Date) -> Vec<DayUnit> {
        let by_id: HashMap<UnitId, &Stay> = self.stays.iter().map(|stay| (stay.id, stay)).collect();
        let mut units: Vec<DayUnit> = self
            .stays
            .iter()
            .filter(|stay| stay.validity.holds(day))
            .map(|stay| {
                let facts = self.facts_on(stay, day);
                let parent = stay.parent.and_then(|parent| by_id.get(&parent));
                DayUnit {
                    code: facts.code.clone(),
                    parent_code: parent.map(|parent| parent.seed.code.clone()),
                    name: facts.name.clone(),
                    kind: facts.kind.clone(),
                    level: facts.level,
                    body: stay.body,
                }
            })
            .collect();
        units.sort();
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_day_is_not_counted() {
        let validity = Validity {
            from: Some(date(2020, 1, 1)),
            until: Some(date(2025, 7, 1)),
        };
        assert!(validity.holds(date(2020, 1, 1)));
        assert!(validity.holds(date(2025, 6, 30)));
        assert!(!validity.holds(date(2025, 7, 1)));
        assert!(Validity::default().holds(date(1930, 2, 3)));
    }

    #[test]
    fn what_ends_on_a_day_does_not_overlap_what_begins_on_it() {
        let until = Validity {
            from: None,
            until: Some(date(2025, 7, 1)),
        };
        let from = Validity {
            from: Some(date(2025, 7, 1)),
            until: None,
        };
        assert!(!until.overlaps(from) && !from.overlaps(until));
        assert!(until.overlaps(Validity::default()));
        let none = Validity {
            from: Some(date(2025, 7, 1)),
            until: Some(date(2025, 7, 1)),
        };
        assert!(none.is_empty() && !none.overlaps(Validity::default()));
    }
}
