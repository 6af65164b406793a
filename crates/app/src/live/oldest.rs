//! How long reports have stood at their step: the longest of any part of the tree, without looking at each report.
//!
//! A part is a run of units in preorder. The earliest moment of each step is kept for blocks of units and, in a binary
//! tree over the blocks, for runs of blocks: a change costs one block and the height, a question two blocks and the height.

use super::counts::index_of;
use super::tree::Node;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use std::ops::Range;
use store::live::Standing;

/// Units in one block.
const BLOCK: usize = 16;

/// The earliest moment at which a report that still stands there came to each step; by the order of [`State::ALL`].
type Earliest = [Option<Timestamp>; State::ALL.len()];

/// Since when the oldest report of a part stands at each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(Earliest);

impl Since {
    pub fn of(&self, state: State) -> Option<Timestamp> {
        self.0[index_of(state)]
    }
}

#[derive(Debug, Clone)]
pub(super) struct Oldest {
    /// The node of the binary tree at 1 has its children at 2 and 3, and so on; the blocks are the last half.
    runs: Vec<Earliest>,
    blocks: usize,
}

impl Oldest {
    pub fn new(units: usize) -> Oldest {
        let blocks = units.div_ceil(BLOCK).max(1);
        Oldest {
            runs: vec![Earliest::default(); 2 * blocks],
            blocks,
        }
    }

    /// Takes in what has changed at one unit.
    pub fn refresh(&mut self, node: Node, standings: &[Option<Standing>]) {
        let block = node / BLOCK;
        let mut at = self.blocks + block;
        let units = block * BLOCK..((block + 1) * BLOCK).min(standings.len());
        self.runs[at] = earliest_of(&standings[units]);
        while at > 1 {
            at /= 2;
            let mut joined = self.runs[2 * at];
            join(&mut joined, &self.runs[2 * at + 1]);
            self.runs[at] = joined;
        }
    }

    /// Of the units in this run.
    pub fn within(&self, run: Range<Node>, standings: &[Option<Standing>]) -> Since {
        let whole = run.start.div_ceil(BLOCK)..run.end / BLOCK;
        if whole.is_empty() {
            return Since(earliest_of(&standings[run]));
        }
        let mut found = earliest_of(&standings[run.start..whole.start * BLOCK]);
        join(
            &mut found,
            &earliest_of(&standings[whole.end * BLOCK..run.end]),
        );
        let (mut from, mut to) = (whole.start + self.blocks, whole.end + self.blocks);
        while from < to {
            if from % 2 == 1 {
                join(&mut found, &self.runs[from]);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                join(&mut found, &self.runs[to]);
            }
            (from, to) = (from / 2, to / 2);
        }
        Since(found)
    }
}

fn earliest_of(standings: &[Option<Standing>]) -> Earliest {
    let mut found = Earliest::default();
    for standing in standings.iter().flatten() {
        let place = &mut found[index_of(standing.state)];
        *place = earlier(*place, Some(standing.state_since));
    }
    found
}

fn join(found: &mut Earliest, other: &Earliest) {
    for (own, other) in found.iter_mut().zip(other) {
        *own = earlier(*own, *other);
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{AssignmentId, UnitId};
    use proptest::prelude::*;

    fn standing(state: State, since: i64) -> Standing {
        Standing {
            assignment: AssignmentId(1),
            unit: UnitId(1),
            state,
            state_since: Timestamp::from_second(since).expect("a moment"),
            due_at: None,
            original_due_at: None,
            first_sent_at: None,
            sent_at: None,
            back_at: None,
            addressee: None,
            via: None,
            adds: true,
            counted: None,
        }
    }

    proptest! {
        #[test]
        fn any_run_of_units_tells_what_looking_at_each_of_them_tells(
            units in 1usize..90,
            changes in proptest::collection::vec((0usize..90, proptest::option::of((0usize..12, 0i64..50))), 0..120),
            ends in (0usize..90, 0usize..90),
        ) {
            let mut standings = vec![None; units];
            let mut oldest = Oldest::new(units);
            for (node, what) in changes {
                let node = node % units;
                standings[node] = what.map(|(state, since)| standing(State::ALL[state], since));
                oldest.refresh(node, &standings);
            }
            let (one, other) = (ends.0 % (units + 1), ends.1 % (units + 1));
            let run = one.min(other)..one.max(other);
            let found = oldest.within(run.clone(), &standings);
            for state in State::ALL {
                let looked = standings[run.clone()].iter().flatten();
                let expected = looked.filter(|standing| standing.state == state).map(|standing| standing.state_since).min();
                prop_assert_eq!(found.of(state), expected);
            }
        }
    }
}
