//! Handing over from units that end: duties with draft, history and due, posts, and places in other duties.

use super::merge::merge_draft;
use crate::ctx::Ctx;
use crate::error::Result;
use domain::campaign::Assignment;
use domain::campaign::hand_over::{Heir, Passing, hand_over, heirs};
use domain::event::{Event, EventKind};
use domain::ids::{AssignmentId, BodyId, DecisionId, UnitId};
use domain::org::History;
use domain::org::reorganise::{At, RowPlan};
use domain::report::lifecycle::State;
use std::collections::HashMap;
use store::Tx;
use store::hand_overs::{HandOver, Outcome};
use store::unit_history::place_of;

/// What a plan means for duties, before or while it is carried out.
pub(super) struct Estate {
    pub heirs: HashMap<UnitId, Heir>,
    /// The duties of the units that end.
    pub duties: Vec<Assignment>,
    pub passings: Vec<(AssignmentId, Passing)>,
    /// Duties in which such a unit receives, forwards, drafts or sets the due, and that are still owed.
    pub through: Vec<Assignment>,
}

impl Estate {
    pub fn of(tx: &mut dyn Tx, plan: &RowPlan) -> Result<Estate> {
        let heirs = heirs(plan);
        let duties = store::hand_overs::assignments_of(tx, &plan.ends)?;
        let standing: Vec<UnitId> = heirs
            .values()
            .flat_map(|heir| match heir {
                Heir::Itself(at) | Heir::One(at) => vec![*at],
                Heir::Several(all) => all.clone(),
                Heir::Nobody => Vec::new(),
            })
            .filter_map(|at| match at {
                At::Standing(unit) => Some(unit),
                At::Begun(_) => None,
            })
            .collect();
        let own = store::hand_overs::assignments_of(tx, &standing)?;
        let mut through = store::hand_overs::assignments_through(tx, &plan.ends)?;
        through.retain(|duty| duty.state.is_expected() && !duty.state.is_with_superior());
        Ok(Estate {
            passings: hand_over(&heirs, &duties, &own),
            heirs,
            duties,
            through,
        })
    }

    /// As [`Estate::of`], for taking a decision back: what went over by it goes back to where it came from.
    pub fn taking_back(
        tx: &mut dyn Tx,
        plan: &RowPlan,
        history: &History,
        taken_back: DecisionId,
    ) -> Result<Estate> {
        let mut estate = Estate::of(tx, plan)?;
        let restored = restored(plan, history, taken_back);
        let passed: HashMap<AssignmentId, usize> = store::hand_overs::of_decision(tx, taken_back)?
            .into_iter()
            .filter(|done| done.outcome == Outcome::Passed)
            .filter_map(|done| Some((done.assignment, *restored.get(&done.from)?)))
            .collect();
        let states: HashMap<AssignmentId, State> = estate
            .duties
            .iter()
            .map(|duty| (duty.id, duty.state))
            .collect();
        for (id, passing) in &mut estate.passings {
            let state = states.get(id).and_then(|state| state.handed_over());
            if let (Some(index), Some(state)) = (passed.get(id), state) {
                let to = At::Begun(*index);
                *passing = Passing::Pass { to, state };
            }
        }
        Ok(estate)
    }

    /// The units of one successor that takes over: who has a post there gets it at the successor too.
    fn single_heirs(&self) -> impl Iterator<Item = (UnitId, At)> + '_ {
        self.heirs
            .iter()
            .filter_map(|(unit, heir)| Some((*unit, heir.single()?)))
    }
}

/// A decision that is being carried out.
pub(super) struct Carrying<'a> {
    pub ctx: &'a Ctx,
    pub decision: DecisionId,
    /// As it is cited in reasons.
    pub citation: &'a str,
    pub begun: &'a [UnitId],
}

impl Carrying<'_> {
    /// Hands over everything, each duty with its event.
    pub fn hand_over(&self, tx: &mut dyn Tx, estate: &Estate) -> Result<()> {
        for (unit, at) in estate.single_heirs() {
            if let Some(to) = place_of(at, self.begun) {
                store::hand_overs::post_on(tx, unit, to)?;
                store::hand_overs::lead_on(tx, unit, to)?;
            }
        }
        self.redirect(tx, estate)?;
        let by_id: HashMap<AssignmentId, &Assignment> =
            estate.duties.iter().map(|duty| (duty.id, duty)).collect();
        // A duty goes over before others are merged into it.
        let (first, then): (Vec<_>, Vec<_>) = estate
            .passings
            .iter()
            .partition(|(_, passing)| matches!(passing, Passing::Pass { .. }));
        for (id, passing) in first.into_iter().chain(then) {
            if let Some(duty) = by_id.get(id) {
                self.pass(tx, duty, passing)?;
            }
        }
        Ok(())
    }

    fn pass(&self, tx: &mut dyn Tx, duty: &Assignment, passing: &Passing) -> Result<()> {
        let from = duty.terms.unit;
        let mut done = HandOver {
            assignment: duty.id,
            from,
            to: None,
            into: None,
            outcome: Outcome::Ended,
            state_before: duty.state.code().to_owned(),
        };
        match passing {
            Passing::Stay => return Ok(()),
            Passing::Pass { to, state } => {
                let Some(to) = place_of(*to, self.begun) else {
                    return Ok(());
                };
                store::hand_overs::give(tx, duty.id, to)?;
                if *state != duty.state {
                    store::assignments::set_state(
                        tx,
                        duty.id,
                        *state,
                        &self.reason(),
                        self.ctx.now,
                    )?;
                }
                self.readdress(tx, duty.id, from, to)?;
                done.to = Some(to);
                done.outcome = Outcome::Passed;
            }
            Passing::Merge { into } => {
                merge_draft(self.ctx, tx, duty.id, *into)?;
                done.into = Some(*into);
                done.outcome = Outcome::Merged;
                self.supersede(tx, duty)?;
            }
            Passing::KeepAside { into } => {
                done.into = Some(*into);
                done.outcome = Outcome::KeptAside;
                self.supersede(tx, duty)?;
            }
            Passing::Spread { to } => {
                for at in to {
                    if let Some(to) = place_of(*at, self.begun) {
                        self.spread(tx, duty, to)?;
                    }
                }
                done.outcome = Outcome::Spread;
                self.supersede(tx, duty)?;
            }
            Passing::End => self.supersede(tx, duty)?,
        }
        store::hand_overs::keep(tx, self.decision, &done)?;
        let kind = match done.outcome {
            Outcome::Passed => EventKind::HandedOver,
            _ => EventKind::Superseded,
        };
        let unit = done.to.unwrap_or(from);
        let detail = serde_json::json!({
            "decision": self.decision, "from": from, "to": done.to, "into": done.into, "outcome": done.outcome,
        });
        let event = Event {
            detail: detail.to_string(),
            reason: Some(self.reason()),
            ..self.ctx.report_event(kind, duty, unit)
        };
        store::events::append(tx, &event)?;
        Ok(())
    }

    /// Gives back what the decision that is taken back had superseded, and the posts of the units that stand again.
    pub fn reopen(
        &self,
        tx: &mut dyn Tx,
        plan: &RowPlan,
        history: &History,
        taken_back: DecisionId,
    ) -> Result<()> {
        let restored: HashMap<UnitId, UnitId> = restored(plan, history, taken_back)
            .into_iter()
            .filter_map(|(from, index)| Some((from, *self.begun.get(index)?)))
            .collect();
        for (from, to) in &restored {
            store::hand_overs::post_on(tx, *from, *to)?;
        }
        for done in store::hand_overs::of_decision(tx, taken_back)? {
            let duty = store::assignments::by_id(tx, done.assignment)?;
            let before = State::from_code(&done.state_before).and_then(State::handed_over);
            let (Some(to), Some(state)) = (restored.get(&done.from).copied(), before) else {
                continue;
            };
            let is_taken = store::assignments::of_unit(tx, duty.campaign, to)?.is_some();
            if duty.state != State::Superseded || is_taken {
                continue;
            }
            store::hand_overs::give(tx, duty.id, to)?;
            store::assignments::set_state(tx, duty.id, state, &self.reason(), self.ctx.now)?;
            self.readdress(tx, duty.id, done.from, to)?;
            let back = HandOver {
                to: Some(to),
                into: None,
                outcome: Outcome::Reopened,
                state_before: duty.state.code().to_owned(),
                ..done
            };
            store::hand_overs::keep(tx, self.decision, &back)?;
            let event = Event {
                detail: serde_json::json!({ "decision": self.decision, "to": to, "outcome": back.outcome }).to_string(),
                reason: Some(self.reason()),
                ..self.ctx.report_event(EventKind::HandedOver, &duty, to)
            };
            store::events::append(tx, &event)?;
        }
        Ok(())
    }

    fn reason(&self) -> String {
        format!("Theo {}", self.citation)
    }

    fn supersede(&self, tx: &mut dyn Tx, duty: &Assignment) -> Result<()> {
        let state = State::Superseded;
        store::assignments::set_state(tx, duty.id, state, &self.reason(), self.ctx.now)?;
        Ok(())
    }

    /// A duty like this one for another unit.
    fn spread(&self, tx: &mut dyn Tx, duty: &Assignment, to: UnitId) -> Result<()> {
        let mut terms = duty.terms.clone();
        terms.unit = to;
        let id = store::assignments::create(tx, duty.campaign, &terms, duty.due_at, self.ctx.now)?;
        self.readdress(tx, id, duty.terms.unit, to)
    }

    /// The superior of the new unit stands where the superior of the old one stood.
    fn readdress(&self, tx: &mut dyn Tx, id: AssignmentId, from: UnitId, to: UnitId) -> Result<()> {
        let before = store::units::by_id(tx, from)?.parent;
        let after = store::units::by_id(tx, to)?.parent;
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            put_in_place(tx, id, before, after)?;
        }
        Ok(())
    }

    /// Where units that end receive, forward, draft or set dues, their heirs do from now on.
    fn redirect(&self, tx: &mut dyn Tx, estate: &Estate) -> Result<()> {
        for duty in &estate.through {
            let terms = &duty.terms;
            let roles = [
                terms.addressee,
                terms.via,
                terms.drafted_by,
                terms.due_setter,
            ];
            for unit in roles.into_iter().flatten() {
                let to = estate
                    .heirs
                    .get(&unit)
                    .and_then(Heir::single)
                    .and_then(|at| place_of(at, self.begun));
                if let Some(to) = to {
                    put_in_place(tx, duty.id, unit, to)?;
                }
            }
        }
        Ok(())
    }
}

/// For each row that a decision ended, the row of the plan in which its organisation stands again.
fn restored(plan: &RowPlan, history: &History, taken_back: DecisionId) -> HashMap<UnitId, usize> {
    let begun: HashMap<BodyId, usize> = plan
        .begins
        .iter()
        .enumerate()
        .filter_map(|(index, begin)| Some((begin.body?, index)))
        .collect();
    history
        .stays
        .iter()
        .filter(|stay| stay.ended_by == Some(taken_back))
        .filter_map(|stay| Some((stay.id, *begun.get(&stay.body)?)))
        .collect()
}

/// Puts one unit in the place of another in the terms of a duty.
fn put_in_place(tx: &mut dyn Tx, id: AssignmentId, before: UnitId, after: UnitId) -> Result<()> {
    let duty = store::assignments::by_id(tx, id)?;
    let mut terms = duty.terms.clone();
    let was_addressee = terms.addressee == Some(before);
    for role in [
        &mut terms.addressee,
        &mut terms.via,
        &mut terms.drafted_by,
        &mut terms.due_setter,
    ] {
        if *role == Some(before) {
            *role = Some(after);
        }
    }
    if terms == duty.terms {
        return Ok(());
    }
    if was_addressee {
        store::units::by_id(tx, after)?
            .collective()
            .clone_into(&mut terms.addressee_name);
    }
    store::assignments::update_terms(tx, id, &terms, duty.due_at, duty.original_due_at)?;
    Ok(())
}
