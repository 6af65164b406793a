//! The forecast of every report that is still to be sent, those most likely late first.
//!
//! A chance changes with the step of the report, and with the day: once a day all open reports are looked at again, in
//! between only those that change.

use super::delays::{Reckoning, pending_due};
use super::tree::Node;
use domain::campaign::forecast::{Chance, Kept, Signs, forecast};
use domain::deadline::day_of;
use domain::holidays::working_days_between;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use store::live::Standing;

#[derive(Debug, Clone)]
pub(super) struct Outlook {
    /// How each unit kept its dues before.
    kept: Vec<Kept>,
    clock: Timestamp,
    today: Date,
    /// Working days until each due that was asked for today.
    left: HashMap<Timestamp, u32>,
    ranked: Ranked,
}

/// Reports by their chances, the greatest first.
pub type Ranked = BTreeSet<(Reverse<Chance>, Node)>;

impl Outlook {
    pub fn new(kept: Vec<Kept>, clock: Timestamp) -> Outlook {
        Outlook {
            kept,
            clock,
            today: day_of(clock),
            left: HashMap::new(),
            ranked: Ranked::new(),
        }
    }

    /// What the forecast of a report is made from; `None` for one that was sent, or whose due has passed or is not set.
    pub fn signs(&self, node: Node, standing: &Standing) -> Option<Signs> {
        let due = pending_due(standing, Reckoning::Extended)?;
        if due < self.clock {
            return None;
        }
        let left = self.left.get(&due).copied();
        Some(Signs {
            step: standing.state,
            days_left: left.or_else(|| days_left(self.today, due))?,
            kept: self.kept[node],
        })
    }

    pub fn chance(&self, node: Node, standing: &Standing) -> Option<Chance> {
        forecast(self.signs(node, standing)?)
    }

    pub fn insert(&mut self, node: Node, standing: &Standing) {
        if let Some(due) = pending_due(standing, Reckoning::Extended)
            && !self.left.contains_key(&due)
            && let Some(days) = days_left(self.today, due)
        {
            self.left.insert(due, days);
        }
        if let Some(chance) = self.chance(node, standing) {
            self.ranked.insert((Reverse(chance), node));
        }
    }

    pub fn remove(&mut self, node: Node, standing: &Standing) {
        if let Some(chance) = self.chance(node, standing) {
            self.ranked.remove(&(Reverse(chance), node));
        }
    }

    pub fn is_of_day(&self, now: Timestamp) -> bool {
        day_of(now) == self.today
    }

    /// Moves the moment of the forecast. Reports whose chances change by it were taken out before.
    pub fn turn(&mut self, now: Timestamp) {
        self.clock = now;
        if !self.is_of_day(now) {
            self.today = day_of(now);
            self.left.clear();
        }
    }

    pub fn ranked(&self) -> &Ranked {
        &self.ranked
    }
}

/// Working days until a due, today and its last day among them; `None` in years whose holidays are not known.
fn days_left(today: Date, due: Timestamp) -> Option<u32> {
    working_days_between(today.saturating_sub(1.day()), day_of(due))
}
