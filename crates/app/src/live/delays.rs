//! Which reports are behind their due, the longest delay first, without looking at all the others.

use super::counts::{is_late, is_received};
use super::tree::Node;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use store::live::Standing;

/// The unsent reports by due, and the late ones by how late they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Delays {
    pending: BTreeSet<(Timestamp, Node)>,
    late: BTreeSet<(Reverse<i64>, Node)>,
}

/// Kinds of delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delayed {
    /// Sent after the due.
    pub late: bool,
    /// Not sent, and the due has passed.
    pub overdue: bool,
}

impl Delays {
    pub fn insert(&mut self, node: Node, standing: &Standing) {
        if let Some(due) = pending_due(standing) {
            self.pending.insert((due, node));
        }
        if let Some(delay) = late_by(standing) {
            self.late.insert((Reverse(delay), node));
        }
    }

    pub fn remove(&mut self, node: Node, standing: &Standing) {
        if let Some(due) = pending_due(standing) {
            self.pending.remove(&(due, node));
        }
        if let Some(delay) = late_by(standing) {
            self.late.remove(&(Reverse(delay), node));
        }
    }

    /// The unsent reports whose due lies between two moments, in either order.
    pub fn due_between(&self, one: Timestamp, other: Timestamp) -> impl Iterator<Item = Node> + '_ {
        let (from, to) = (one.min(other), one.max(other));
        let between = self.pending.range((from, 0)..(to, 0));
        between.map(|(_, node)| *node)
    }

    /// Those that are behind at a moment, the longest delay first; among equal ones in tree order.
    pub fn longest_first(
        &self,
        wanted: Delayed,
        now: Timestamp,
    ) -> impl Iterator<Item = Node> + '_ {
        let overdue = self.pending.range(..(now, 0));
        let overdue = overdue
            .filter(move |_| wanted.overdue)
            .map(move |(due, node)| (Reverse(micros_between(*due, now)), *node));
        let late = self.late.iter().filter(move |_| wanted.late).copied();
        let (mut overdue, mut late) = (overdue.peekable(), late.peekable());
        std::iter::from_fn(move || {
            let takes_late = match (late.peek(), overdue.peek()) {
                (Some(late), Some(overdue)) => late < overdue,
                (late, _) => late.is_some(),
            };
            let next = if takes_late {
                late.next()
            } else {
                overdue.next()
            };
            next.map(|(_, node)| node)
        })
    }
}

fn pending_due(standing: &Standing) -> Option<Timestamp> {
    let is_open = standing.state.is_expected() && !is_received(standing);
    standing.due_at.filter(|_| is_open)
}

fn late_by(standing: &Standing) -> Option<i64> {
    let (due, sent) = standing.due_at.zip(standing.first_sent_at)?;
    is_late(standing).then(|| micros_between(due, sent))
}

fn micros_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_microsecond().saturating_sub(from.as_microsecond())
}
