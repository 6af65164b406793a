//! "Việc của tôi": what the actor's units owe and what waits for them.

use super::content::Content;
use super::handing::Held;
use super::steps::{facts, facts_with, offered_to};
use crate::ctx::{Ctx, load_report};
use crate::error::Result;
use domain::access::Role;
use domain::deadline::{Timeliness, day_of};
use domain::ids::UnitId;
use domain::report::lifecycle::{Action, State};
use domain::report::readiness::Blocker;
use jiff::Timestamp;
use store::Tx;
use store::work::NamedAssignment;

/// Most reports in one list.
const MOST: i64 = 200;

/// Everything that waits for the actor.
#[derive(Debug, Clone, Default)]
pub struct MyWork {
    /// Returned reports, to be mended first.
    pub returned: Vec<Owed>,
    /// Reports to be written and sent, those due first at the front.
    pub owed: Vec<Owed>,
    /// Reports that lie with the actor's units, sent again after a return first.
    pub waiting: Vec<Waiting>,
    /// Sections that a colleague handed to the actor, of reports being written.
    pub handed: Vec<Held>,
    /// Own reports that were sent, accepted or waived.
    pub done: Vec<Owed>,
    /// Some list was cut off.
    pub is_cut: bool,
}

/// A report that the actor's unit owes.
#[derive(Debug, Clone)]
pub struct Owed {
    pub report: NamedAssignment,
    pub timeliness: Timeliness,
    /// Whole days from today to the last day that counts, in Vietnam; 0 is today, negative is past; `None` without a due.
    pub days_left: Option<i64>,
    /// What still blocks its adoption; empty once it was put before the collective.
    pub blockers: Vec<Blocker>,
    /// What the actor may do next.
    pub next: Vec<Action>,
}

/// A report that waits for the actor's unit as receiver.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub report: NamedAssignment,
    /// It was returned before and has come again.
    pub came_again: bool,
    pub timeliness: Timeliness,
    /// Whole days since it lies there.
    pub waiting_days: i64,
    pub next: Vec<Action>,
}

/// What waits for the actor now.
pub fn my_work(ctx: &Ctx) -> Result<MyWork> {
    let mut units: Vec<UnitId> = ctx
        .actor
        .grants
        .iter()
        .filter(|grant| grant.role != Role::Administrator)
        .map(|grant| grant.place.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    ctx.db().read(|tx| {
        let owed = store::work::owed(tx, &units, MOST)?;
        let waiting = store::work::waiting(tx, &units, MOST)?;
        let full = |count: usize| i64::try_from(count).is_ok_and(|count| count >= MOST);
        let mut work = MyWork {
            is_cut: full(owed.len()) || full(waiting.len()),
            handed: store::handing::of_account(tx, ctx.actor.account, MOST)?,
            ..MyWork::default()
        };
        for report in owed {
            let state = report.assignment.state;
            let item = owed_item(ctx, tx, report)?;
            match state {
                State::Returned => work.returned.push(item),
                State::Waived => work.done.push(item),
                state if state.is_with_superior() => work.done.push(item),
                _ => work.owed.push(item),
            }
        }
        for report in waiting {
            work.waiting.push(waiting_item(ctx, tx, report)?);
        }
        work.waiting.sort_by_key(|item| !item.came_again);
        Ok(work)
    })
}

fn owed_item(ctx: &Ctx, tx: &mut dyn Tx, report: NamedAssignment) -> Result<Owed> {
    let loaded = load_report(tx, report.assignment.id)?;
    let being_written = matches!(
        report.assignment.state,
        State::Assigned | State::Drafting | State::InAdoption | State::Adopted | State::Issued
    );
    let (facts, blockers) = if being_written {
        let content = Content::current(ctx, tx, &loaded)?;
        let blockers = if report.assignment.state.is_editable() {
            content.blockers()
        } else {
            Vec::new()
        };
        (facts_with(&loaded, &content), blockers)
    } else {
        (facts(&loaded), Vec::new())
    };
    Ok(Owed {
        timeliness: report.assignment.timeliness(ctx.now),
        days_left: days_left(report.assignment.due_at, ctx.now),
        blockers,
        next: offered_to(ctx, &loaded, facts),
        report,
    })
}

fn waiting_item(ctx: &Ctx, tx: &mut dyn Tx, report: NamedAssignment) -> Result<Waiting> {
    let loaded = load_report(tx, report.assignment.id)?;
    Ok(Waiting {
        came_again: store::revisions::sent(tx, report.assignment.id)?.len() > 1,
        timeliness: report.assignment.timeliness(ctx.now),
        waiting_days: days_between(report.assignment.state_since, ctx.now),
        next: offered_to(ctx, &loaded, facts(&loaded)),
        report,
    })
}

/// Whole days in Vietnam from `now` to the day of `due_at`.
pub fn days_left(due_at: Option<Timestamp>, now: Timestamp) -> Option<i64> {
    due_at.map(|due| days_between(now, due))
}

fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    day_of(from)
        .until(day_of(to))
        .map_or(0, |span| i64::from(span.get_days()))
}
