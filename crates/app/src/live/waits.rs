//! Who waits for whom: each open report with the side its clock runs on, those that have waited longest first.

use super::tree::Node;
use domain::ids::UnitId;
use domain::report::clock::{Side, side};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::live::Standing;

/// An open report: with whom it is, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub side: Side,
    /// `None` for an addressee that is no unit.
    pub holder: Option<UnitId>,
    pub since: Timestamp,
}

impl Wait {
    /// `None` when nobody has to act. The clock of a unit began with the campaign, or when the report came back to it.
    pub(crate) fn of(standing: &Standing, began: Timestamp) -> Option<Wait> {
        let side = side(standing.state, standing.via.is_some())?;
        let sent = standing.sent_at.unwrap_or(standing.state_since);
        let (holder, since) = match side {
            Side::Unit => (Some(standing.unit), standing.back_at.unwrap_or(began)),
            Side::Intermediary => (standing.via, sent),
            // Without an intermediary it came with the sending, else when it was passed on.
            Side::Addressee if standing.via.is_none() => (standing.addressee, sent),
            Side::Addressee => (standing.addressee, standing.state_since),
        };
        Some(Wait {
            side,
            holder,
            since,
        })
    }
}

/// The open reports by how long they have waited.
#[derive(Debug, Clone, Default)]
pub struct Waits {
    units: Queue,
    superiors: Queue,
    by_superior: BTreeMap<Option<UnitId>, Queue>,
}

/// Those that wait for one, the longest first.
pub type Queue = BTreeSet<(Timestamp, Node)>;

impl Waits {
    pub(super) fn insert(&mut self, node: Node, wait: Wait) {
        let place = (wait.since, node);
        if wait.side == Side::Unit {
            self.units.insert(place);
        } else {
            self.superiors.insert(place);
            self.by_superior
                .entry(wait.holder)
                .or_default()
                .insert(place);
        }
    }

    pub(super) fn remove(&mut self, node: Node, wait: Wait) {
        let place = (wait.since, node);
        if wait.side == Side::Unit {
            self.units.remove(&place);
            return;
        }
        self.superiors.remove(&place);
        if let Some(queue) = self.by_superior.get_mut(&wait.holder) {
            queue.remove(&place);
            if queue.is_empty() {
                self.by_superior.remove(&wait.holder);
            }
        }
    }

    /// The reports that are with their own units.
    pub fn at_units(&self) -> &Queue {
        &self.units
    }

    /// The reports that are with superiors.
    pub fn at_superiors(&self) -> &Queue {
        &self.superiors
    }

    /// Each superior that holds some, with those it holds.
    pub fn by_superior(&self) -> &BTreeMap<Option<UnitId>, Queue> {
        &self.by_superior
    }
}
