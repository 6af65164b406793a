//! Which reports are behind their due, in the order of their delays, without looking at all the others.

use super::counts::is_received;
use super::tree::Node;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use store::live::Standing;

/// Which due a delay is counted from, where an extension was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reckoning {
    /// The due with its extension: what decides whether a report is late.
    #[default]
    Extended,
    /// The due before the extension.
    Original,
}

impl Reckoning {
    pub const ALL: [Reckoning; 2] = [Reckoning::Extended, Reckoning::Original];

    pub fn due(self, standing: &Standing) -> Option<Timestamp> {
        match self {
            Reckoning::Extended => standing.due_at,
            Reckoning::Original => standing.original_due_at.or(standing.due_at),
        }
    }
}

/// Kinds of delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delayed {
    /// Sent after the due.
    pub late: bool,
    /// Not sent, and the due has passed.
    pub overdue: bool,
}

/// In which order delays are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DelayOrder {
    #[default]
    LongestFirst,
    ShortestFirst,
}

/// A question about delays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelayWish {
    pub wanted: Delayed,
    pub reckoning: Reckoning,
    pub order: DelayOrder,
    /// Only units of this level.
    pub level: Option<u8>,
}

/// The delays of a campaign against both dues, by level.
#[derive(Debug, Clone, Default)]
pub(super) struct Delays {
    extended: BTreeMap<u8, OfLevel>,
    original: BTreeMap<u8, OfLevel>,
}

/// The unsent reports by due, and the late ones by how late they came.
#[derive(Debug, Clone, Default)]
struct OfLevel {
    pending: BTreeSet<(Timestamp, Node)>,
    late: BTreeSet<(Reverse<i64>, Node)>,
}

impl Delays {
    pub fn insert(&mut self, node: Node, level: u8, standing: &Standing) {
        for reckoning in Reckoning::ALL {
            let of_level = self.of_mut(reckoning).entry(level).or_default();
            if let Some(due) = pending_due(standing, reckoning) {
                of_level.pending.insert((due, node));
            }
            if let Some(delay) = late_by(standing, reckoning) {
                of_level.late.insert((Reverse(delay), node));
            }
        }
    }

    pub fn remove(&mut self, node: Node, level: u8, standing: &Standing) {
        for reckoning in Reckoning::ALL {
            let of_level = self.of_mut(reckoning).entry(level).or_default();
            if let Some(due) = pending_due(standing, reckoning) {
                of_level.pending.remove(&(due, node));
            }
            if let Some(delay) = late_by(standing, reckoning) {
                of_level.late.remove(&(Reverse(delay), node));
            }
        }
    }

    /// All unsent reports that have a due.
    pub fn all_pending(&self) -> impl Iterator<Item = Node> + '_ {
        let levels = self.extended.values();
        levels.flat_map(|of_level| of_level.pending.iter().map(|(_, node)| *node))
    }

    /// The unsent reports one of whose dues lies between two moments, in either order.
    pub fn due_between(&self, one: Timestamp, other: Timestamp) -> impl Iterator<Item = Node> + '_ {
        let (from, to) = (one.min(other), one.max(other));
        let levels = self.extended.values().chain(self.original.values());
        levels.flat_map(move |of_level| {
            let between = of_level.pending.range((from, 0)..(to, 0));
            between.map(|(_, node)| *node)
        })
    }

    /// Those that are behind at a moment, in the order asked for; among equal ones in tree order, or against it.
    pub fn in_order(&self, wish: DelayWish, now: Timestamp) -> impl Iterator<Item = Node> + '_ {
        let levels = self.of(wish.reckoning).iter();
        let levels = levels.filter(|(level, _)| wish.level.is_none_or(|wanted| wanted == **level));
        let mut runs: Vec<_> = levels
            .flat_map(|(_, of_level)| of_level.runs(wish, now))
            .map(Iterator::peekable)
            .collect();
        std::iter::from_fn(move || {
            let heads = runs.iter_mut().enumerate();
            let first = heads
                .filter_map(|(run, delays)| delays.peek().map(|head| (*head, run)))
                .min()
                .map(|(_, run)| run)?;
            runs[first].next().map(|(_, node)| node)
        })
    }

    fn of(&self, reckoning: Reckoning) -> &BTreeMap<u8, OfLevel> {
        match reckoning {
            Reckoning::Extended => &self.extended,
            Reckoning::Original => &self.original,
        }
    }

    fn of_mut(&mut self, reckoning: Reckoning) -> &mut BTreeMap<u8, OfLevel> {
        match reckoning {
            Reckoning::Extended => &mut self.extended,
            Reckoning::Original => &mut self.original,
        }
    }
}

/// Delays with their nodes, those asked for first with the least number.
type Run<'a> = Box<dyn Iterator<Item = (i64, Node)> + 'a>;

impl OfLevel {
    /// The overdue and the late ones, each in the order asked for.
    fn runs(&self, wish: DelayWish, now: Timestamp) -> Vec<Run<'_>> {
        let mut runs: Vec<Run<'_>> = Vec::new();
        if wish.wanted.overdue {
            let overdue = self.pending.range(..(now, 0));
            let delay = move |(due, node): &(Timestamp, Node)| (micros_between(*due, now), *node);
            runs.push(match wish.order {
                DelayOrder::LongestFirst => Box::new(overdue.map(delay).map(least_if_longest)),
                DelayOrder::ShortestFirst => Box::new(overdue.rev().map(delay)),
            });
        }
        if wish.wanted.late {
            let late = self
                .late
                .iter()
                .map(|(Reverse(delay), node)| (*delay, *node));
            runs.push(match wish.order {
                DelayOrder::LongestFirst => Box::new(late.map(least_if_longest)),
                DelayOrder::ShortestFirst => Box::new(late.rev()),
            });
        }
        runs
    }
}

fn least_if_longest((delay, node): (i64, Node)) -> (i64, Node) {
    (-delay, node)
}

/// The due of a report that is still to be sent.
pub(super) fn pending_due(standing: &Standing, reckoning: Reckoning) -> Option<Timestamp> {
    let is_open = standing.state.is_expected() && !is_received(standing);
    reckoning.due(standing).filter(|_| is_open)
}

/// By how many microseconds it came after its due; `None` when it did not.
pub(super) fn late_by(standing: &Standing, reckoning: Reckoning) -> Option<i64> {
    let (due, sent) = reckoning.due(standing).zip(standing.first_sent_at)?;
    (is_received(standing) && sent > due).then(|| micros_between(due, sent))
}

fn micros_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_microsecond().saturating_sub(from.as_microsecond())
}
