//! What becomes of duties to report when a decision ends the units that have them: nothing falls between chairs.

use super::Assignment;
use crate::ids::{AssignmentId, CampaignId, UnitId};
use crate::org::reorganise::{At, Extent, RowPlan};
use crate::report::lifecycle::State;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Who takes over from a unit that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heir {
    /// The same organisation, at another place or under another code.
    Itself(At),
    /// The one unit that all of it went to.
    One(At),
    /// It was divided, or is not known to have gone whole to one.
    Several(Vec<At>),
    Nobody,
}

impl Heir {
    /// The one place where everything goes on.
    pub fn single(&self) -> Option<At> {
        match self {
            Heir::Itself(at) | Heir::One(at) => Some(*at),
            Heir::Several(_) | Heir::Nobody => None,
        }
    }
}

/// The heirs of the rows that end by a plan.
pub fn heirs(plan: &RowPlan) -> HashMap<UnitId, Heir> {
    let mut heirs: HashMap<UnitId, Heir> = plan.ends.iter().map(|id| (*id, Heir::Nobody)).collect();
    for link in &plan.links {
        let (Some(heir), Some(to)) = (heirs.get_mut(&link.from), link.to) else {
            continue;
        };
        match (link.extent, heir) {
            (Extent::Whole, heir) => *heir = Heir::One(to),
            (_, Heir::Several(list)) => list.push(to),
            (_, heir) => *heir = Heir::Several(vec![to]),
        }
    }
    for (index, begin) in plan.begins.iter().enumerate() {
        if let Some(from) = begin.continues {
            heirs.insert(from, Heir::Itself(At::Begun(index)));
        }
    }
    heirs
}

/// What becomes of one duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// The heir owes it, with draft, history and due; the state may go back to drafting.
    Pass { to: At, state: State },
    /// Its draft is merged into that of the heir's own duty.
    Merge { into: AssignmentId },
    /// The heir's own report is past writing: the draft stays readable where it is.
    KeepAside { into: AssignmentId },
    /// Each heir that owes nothing in the campaign owes a report of its own.
    Spread { to: Vec<At> },
    /// Nobody takes it over.
    End,
    /// It was sent or waived: it stays as it is, under the superior that it had.
    Stay,
}

/// Decides what becomes of `duties`, those of the units that end; `standing` are the duties of units that go on.
pub fn hand_over(
    heirs: &HashMap<UnitId, Heir>,
    duties: &[Assignment],
    standing: &[Assignment],
) -> Vec<(AssignmentId, Passing)> {
    let mut bases: HashMap<(CampaignId, At), Base> = standing
        .iter()
        .map(|own| {
            let place = (own.campaign, At::Standing(own.terms.unit));
            (place, Base::of(own.id, own.state))
        })
        .collect();
    let mut groups: BTreeMap<(CampaignId, usize), (At, Vec<&Assignment>)> = BTreeMap::new();
    let mut order: HashMap<(CampaignId, At), usize> = HashMap::new();
    let mut passings = Vec::with_capacity(duties.len());
    for duty in duties {
        match heirs.get(&duty.terms.unit) {
            Some(Heir::Itself(at)) => {
                let place = (duty.campaign, *at);
                bases.insert(place, Base::of(duty.id, duty.state));
                passings.push((duty.id, itself(duty, *at)));
            }
            Some(Heir::One(at)) if duty.state.handed_over().is_some() => {
                let next = order.len();
                let number = *order.entry((duty.campaign, *at)).or_insert(next);
                let group = groups.entry((duty.campaign, number));
                group.or_insert_with(|| (*at, Vec::new())).1.push(duty);
            }
            Some(Heir::Several(_) | Heir::Nobody) if duty.state.handed_over().is_some() => {}
            _ => passings.push((duty.id, Passing::Stay)),
        }
    }
    for ((campaign, _), (at, members)) in groups {
        pass_to_one(&mut bases, campaign, at, members, &mut passings);
    }
    let mut taken: HashSet<(CampaignId, At)> = bases.keys().copied().collect();
    for duty in duties
        .iter()
        .filter(|duty| duty.state.handed_over().is_some())
    {
        let passing = match heirs.get(&duty.terms.unit) {
            Some(Heir::Several(all)) => Passing::Spread {
                to: all
                    .iter()
                    .copied()
                    .filter(|at| taken.insert((duty.campaign, *at)))
                    .collect(),
            },
            Some(Heir::Nobody) => Passing::End,
            _ => continue,
        };
        passings.push((duty.id, passing));
    }
    passings
}

/// The duty of an heir that others are merged into.
#[derive(Debug, Clone, Copy)]
struct Base {
    id: AssignmentId,
    takes_text: bool,
}

impl Base {
    fn of(id: AssignmentId, state: State) -> Base {
        Base {
            id,
            takes_text: state.is_editable(),
        }
    }
}

/// The same organisation goes on with what it has not sent, at the step that it reached.
fn itself(duty: &Assignment, to: At) -> Passing {
    let stays = duty.state.is_with_superior() || duty.state == State::Superseded;
    if stays {
        Passing::Stay
    } else {
        Passing::Pass {
            to,
            state: duty.state,
        }
    }
}

fn pass_to_one(
    bases: &mut HashMap<(CampaignId, At), Base>,
    campaign: CampaignId,
    at: At,
    mut members: Vec<&Assignment>,
    passings: &mut Vec<(AssignmentId, Passing)>,
) {
    let base = match bases.get(&(campaign, at)) {
        Some(base) => *base,
        None => {
            // The draft that got farthest is the one that goes on; a returned one cannot take in another.
            let first = members
                .iter()
                .enumerate()
                .min_by_key(|(_, duty)| match (duty.state, duty.revision) {
                    (State::Returned, _) => 2,
                    (_, 0) => 1,
                    _ => 0,
                })
                .map_or(0, |(first, _)| first);
            let duty = members.remove(first);
            let state = duty.state.handed_over().unwrap_or(duty.state);
            passings.push((duty.id, Passing::Pass { to: at, state }));
            let base = Base::of(duty.id, state);
            bases.insert((campaign, at), base);
            base
        }
    };
    for duty in members {
        let into = base.id;
        let passing = if base.takes_text {
            Passing::Merge { into }
        } else {
            Passing::KeepAside { into }
        };
        passings.push((duty.id, passing));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Terms;
    use jiff::Timestamp;

    fn duty(id: i64, unit: i64, state: State, revision: i64) -> Assignment {
        Assignment {
            id: AssignmentId(id),
            campaign: CampaignId(1),
            terms: Terms {
                unit: UnitId(unit),
                drafted_by: None,
                addressee: None,
                addressee_name: String::new(),
                via: None,
                deliverable: String::new(),
                adopted_by: String::new(),
                due_phrase: String::new(),
                due_date: None,
                due_inclusive: false,
                due_setter: None,
                adds: true,
            },
            due_at: None,
            original_due_at: None,
            state,
            state_since: Timestamp::UNIX_EPOCH,
            state_reason: String::new(),
            revision,
            first_sent_at: None,
            sent_at: None,
        }
    }

    fn merged(units: &[i64]) -> HashMap<UnitId, Heir> {
        let one = Heir::One(At::Begun(0));
        units
            .iter()
            .map(|unit| (UnitId(*unit), one.clone()))
            .collect()
    }

    fn of(passings: &[(AssignmentId, Passing)], id: i64) -> &Passing {
        let found = passings.iter().find(|(known, _)| known.0 == id);
        &found.expect("every duty is decided on").1
    }

    #[test]
    fn the_farthest_draft_goes_on_and_takes_the_other_in() {
        let duties = [
            duty(1, 10, State::Assigned, 0),
            duty(2, 11, State::Adopted, 1),
            duty(3, 12, State::Drafting, 1),
        ];
        let passings = hand_over(&merged(&[10, 11, 12]), &duties, &[]);
        let first = Passing::Pass {
            to: At::Begun(0),
            state: State::Drafting,
        };
        let into = AssignmentId(2);
        assert_eq!(of(&passings, 2), &first);
        assert_eq!(of(&passings, 1), &Passing::Merge { into });
        assert_eq!(of(&passings, 3), &Passing::Merge { into });
    }

    #[test]
    fn what_was_sent_stays_under_the_superior_that_it_had() {
        for state in [
            State::Sent,
            State::Received,
            State::Forwarded,
            State::Accepted,
        ] {
            let passings = hand_over(&merged(&[10]), &[duty(1, 10, state, 1)], &[]);
            assert_eq!(of(&passings, 1), &Passing::Stay);
        }
    }

    #[test]
    fn a_heir_that_writes_takes_the_draft_in_and_one_that_has_sent_does_not() {
        let heirs = HashMap::from([(UnitId(10), Heir::One(At::Standing(UnitId(20))))]);
        let duties = [duty(1, 10, State::Drafting, 1)];
        let into = AssignmentId(9);
        for (state, passing) in [
            (State::Drafting, Passing::Merge { into }),
            (State::Assigned, Passing::Merge { into }),
            (State::Sent, Passing::KeepAside { into }),
            (State::InAdoption, Passing::KeepAside { into }),
        ] {
            let passings = hand_over(&heirs, &duties, &[duty(9, 20, state, 1)]);
            assert_eq!(of(&passings, 1), &passing, "{state:?}");
        }
    }

    #[test]
    fn an_organisation_that_only_moves_keeps_the_step_it_reached() {
        let heirs = HashMap::from([(UnitId(10), Heir::Itself(At::Begun(0)))]);
        let passings = hand_over(&heirs, &[duty(1, 10, State::Adopted, 1)], &[]);
        let kept = Passing::Pass {
            to: At::Begun(0),
            state: State::Adopted,
        };
        assert_eq!(of(&passings, 1), &kept);
    }

    #[test]
    fn the_parts_of_a_divided_unit_each_owe_a_report_unless_they_do_already() {
        let (known, new) = (At::Standing(UnitId(20)), At::Begun(0));
        let heirs = HashMap::from([(UnitId(10), Heir::Several(vec![known, new]))]);
        let duties = [duty(1, 10, State::Drafting, 1)];
        let passings = hand_over(&heirs, &duties, &[duty(9, 20, State::Drafting, 1)]);
        assert_eq!(of(&passings, 1), &Passing::Spread { to: vec![new] });
    }

    #[test]
    fn every_duty_is_decided_on_once() {
        let duties: Vec<Assignment> = State::ALL
            .into_iter()
            .zip(1i64..)
            .map(|(state, id)| duty(id, 10 + id % 4, state, 1))
            .collect();
        let heirs = HashMap::from([
            (UnitId(10), Heir::One(At::Begun(0))),
            (UnitId(11), Heir::Itself(At::Begun(1))),
            (UnitId(12), Heir::Several(vec![At::Begun(0)])),
            (UnitId(13), Heir::Nobody),
        ]);
        let mut decided: Vec<i64> = hand_over(&heirs, &duties, &[])
            .into_iter()
            .map(|(id, _)| id.0)
            .collect();
        decided.sort_unstable();
        let all: Vec<i64> = duties.iter().map(|duty| duty.id.0).collect();
        assert_eq!(decided, all);
    }
}
