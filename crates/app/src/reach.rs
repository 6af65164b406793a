//! How far somebody sees into the reports of one campaign: for questions about many of them at once.

use crate::ctx::{Ctx, leading_places};
use crate::error::Result;
use domain::access::{Grant, Place, Role, Subject, Wish};
use domain::campaign::{Assignment, Campaign};
use domain::ids::UnitId;
use domain::org::Interval;
use std::collections::HashMap;
use store::Tx;

/// Reports outside of the own parts of the tree that are listed one by one; with more the whole tree is looked
/// through, and each report decided on.
const MOST_APART: usize = 200;

/// Somebody's view of one campaign.
pub(crate) struct Reach {
    pub campaign: Campaign,
    ctx: Ctx,
    lead: Option<Place>,
    coordinating: Option<Place>,
    places: HashMap<UnitId, Option<Place>>,
}

impl Reach {
    pub(crate) fn of(ctx: &Ctx, tx: &mut dyn Tx, campaign: Campaign) -> Result<Reach> {
        let (lead, coordinating) = leading_places(tx, &campaign)?;
        Ok(Reach {
            ctx: ctx.clone(),
            lead,
            coordinating,
            places: HashMap::new(),
            campaign,
        })
    }

    /// Whether they may read what was sent of a report of the campaign, or as its own unit its draft.
    pub(crate) fn may_read(&mut self, tx: &mut dyn Tx, report: &Assignment) -> Result<bool> {
        let places = &mut self.places;
        let subject = report.subject(self.lead, self.coordinating, |unit| {
            *places
                .entry(unit)
                .or_insert_with(|| store::units::place(tx, unit).ok())
        });
        Ok(subject.is_some_and(|subject| {
            report.campaign == self.campaign.id
                && self.ctx.may(Wish::ReadReport, &Subject::Report(subject))
        }))
    }

    /// The posts by which reports are read.
    fn readers(&self) -> impl Iterator<Item = &Grant> {
        let grants = self.ctx.actor.grants.iter();
        grants.filter(|grant| grant.role != Role::Administrator)
    }

    /// Their places in the campaign's tree by which reports are read.
    fn parts(&self) -> impl Iterator<Item = Place> {
        let places = self.readers().map(|grant| grant.place);
        places.filter(|place| place.tree == self.campaign.tree)
    }

    /// Every report of the campaign may be theirs to read.
    pub(crate) fn is_whole(&self) -> bool {
        let leads = |place: &Place| Some(*place) == self.lead || Some(*place) == self.coordinating;
        self.ctx.account().is_none() || self.readers().any(|grant| leads(&grant.place))
    }

    /// The highest of their units in the tree.
    pub(crate) fn highest_part(&self) -> Option<Place> {
        self.parts().min_by_key(|place| place.interval.left)
    }

    /// The units whose own reports these are.
    pub(crate) fn own_units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.readers().map(|grant| grant.place.unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// Places in the tree outside of which nothing can be read, in order and apart from each other. Within them each
    /// report is still to be decided on.
    pub(crate) fn intervals(&self, tx: &mut dyn Tx) -> Result<Vec<Interval>> {
        let all = Interval {
            left: 0,
            right: i64::MAX,
        };
        if self.is_whole() {
            return Ok(vec![all]);
        }
        let mut parts: Vec<Interval> = self.parts().map(|place| place.interval).collect();
        let own = self.own_units();
        let limit = MOST_APART as i64 + 1;
        let apart = store::search::reports_apart(tx, self.campaign.id, &own, &parts, limit)?;
        if apart.len() > MOST_APART {
            return Ok(vec![all]);
        }
        parts.extend(apart.into_iter().map(|left| Interval { left, right: left }));
        Ok(joined(parts))
    }
}

/// In order, those that touch made one.
fn joined(mut parts: Vec<Interval>) -> Vec<Interval> {
    parts.sort_unstable_by_key(|part| part.left);
    let mut joined: Vec<Interval> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.left <= last.right.saturating_add(1) => {
                last.right = last.right.max(part.right);
            }
            _ => joined.push(part),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn joined_parts_hold_the_same_places_and_do_not_touch(
            parts in proptest::collection::vec((0i64..40, 0i64..6), 0..8)
        ) {
            let parts: Vec<Interval> = parts
                .into_iter()
                .map(|(left, length)| Interval { left, right: left + length })
                .collect();
            let found = joined(parts.clone());
            let within = |list: &[Interval], place: i64| {
                list.iter().any(|part| (part.left..=part.right).contains(&place))
            };
            for place in 0..50 {
                prop_assert_eq!(within(&parts, place), within(&found, place));
            }
            prop_assert!(found.windows(2).all(|two| two[0].right + 1 < two[1].left));
        }
    }
}
