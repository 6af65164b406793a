//! How many reports stand where, for a set of units.

use super::delays::{Delayed, Reckoning, late_by, pending_due};
use domain::report::lifecycle::State;
use jiff::Timestamp;
use store::live::Standing;

/// Counts over the assignments of a set of units. Waived and superseded ones are not expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub expected: u32,
    /// A report was sent, whatever came after.
    pub received: u32,
    /// Received after the due.
    pub late: u32,
    /// Not received and the due has passed.
    pub overdue: u32,
    /// The same two against the due before an extension.
    pub late_originally: u32,
    pub overdue_originally: u32,
    /// Not received, and forecast to be late.
    pub likely_late: u32,
    /// Of those that add up into totals.
    pub adding_expected: u32,
    pub adding_received: u32,
    pub adding_accepted: u32,
    states: [u32; State::ALL.len()],
}

impl Counts {
    pub fn on_time(&self) -> u32 {
        self.received - self.late
    }
    /// Expected and not received, the due passed or not.
    pub fn missing(&self) -> u32 {
        self.expected - self.received
    }
    pub fn state(&self, state: State) -> u32 {
        self.states[index_of(state)]
    }
    /// With a superior who has not yet accepted or returned it.
    pub fn waiting(&self) -> u32 {
        [State::Sent, State::Received, State::Forwarded]
            .into_iter()
            .map(|state| self.state(state))
            .sum()
    }

    /// With the unit itself, which has to write, send or mend it.
    pub fn at_unit(&self) -> u32 {
        self.expected - self.waiting() - self.state(State::Accepted)
    }

    /// Behind their due in one of the wanted ways.
    pub fn delayed(&self, wanted: Delayed, reckoning: Reckoning) -> u32 {
        let (late, overdue) = match reckoning {
            Reckoning::Extended => (self.late, self.overdue),
            Reckoning::Original => (self.late_originally, self.overdue_originally),
        };
        let count = |asked, count| if asked { count } else { 0 };
        count(wanted.late, late) + count(wanted.overdue, overdue)
    }

    /// Some report is expected, or was before it was waived.
    pub fn has_duties(&self) -> bool {
        self.expected > 0 || self.state(State::Waived) > 0
    }

    /// Without the forecast, which no report states.
    pub(super) fn facts(&self) -> Counts {
        Counts {
            likely_late: 0,
            ..*self
        }
    }

    /// The counts of one assignment; `clock` decides what is overdue.
    pub(super) fn of(standing: &Standing, clock: Timestamp, is_likely_late: bool) -> Counts {
        let mut counts = Counts::default();
        counts.states[index_of(standing.state)] = 1;
        if !standing.state.is_expected() {
            return counts;
        }
        let received = is_received(standing);
        counts.expected = 1;
        counts.received = received.into();
        let late = |reckoning| late_by(standing, reckoning).is_some().into();
        let overdue = |reckoning| {
            let due = pending_due(standing, reckoning);
            due.is_some_and(|due| due < clock).into()
        };
        counts.late = late(Reckoning::Extended);
        counts.overdue = overdue(Reckoning::Extended);
        counts.late_originally = late(Reckoning::Original);
        counts.overdue_originally = overdue(Reckoning::Original);
        counts.likely_late = is_likely_late.into();
        if standing.adds {
            counts.adding_expected = 1;
            counts.adding_received = received.into();
            counts.adding_accepted = is_official(standing).into();
        }
        counts
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.combine(other, |own, other| own + other);
    }

    pub(crate) fn subtract(&mut self, other: &Counts) {
        // What was added before is taken away again, so no count falls below zero.
        self.combine(other, u32::saturating_sub);
    }

    fn combine(&mut self, other: &Counts, with: impl Fn(u32, u32) -> u32) {
        for (own, other) in [
            (&mut self.expected, other.expected),
            (&mut self.received, other.received),
            (&mut self.late, other.late),
            (&mut self.overdue, other.overdue),
            (&mut self.late_originally, other.late_originally),
            (&mut self.overdue_originally, other.overdue_originally),
            (&mut self.likely_late, other.likely_late),
            (&mut self.adding_expected, other.adding_expected),
            (&mut self.adding_received, other.adding_received),
            (&mut self.adding_accepted, other.adding_accepted),
        ] {
            *own = with(*own, other);
        }
        for (own, other) in self.states.iter_mut().zip(other.states) {
            *own = with(*own, other);
        }
    }
}

/// Some revision was sent, and a report is still expected.
pub(crate) fn is_received(standing: &Standing) -> bool {
    standing.state.is_expected() && standing.first_sent_at.is_some()
}

/// Its figures stand in the official totals.
pub(crate) fn is_official(standing: &Standing) -> bool {
    standing.state == State::Accepted
}

pub(super) fn index_of(state: State) -> usize {
    // The states are numbered in the order of `State::ALL`; the test below holds them to it.
    state as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_place_of_its_own_in_the_counts() {
        for (position, state) in State::ALL.into_iter().enumerate() {
            assert_eq!(index_of(state), position);
        }
    }
}
