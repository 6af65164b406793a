//! What every step in the life of a report shares: rights, facts, the new state and its event.

use super::content::Content;
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Result};
use domain::access::{Position, Role, Subject, Wish, positions};
use domain::campaign::CampaignState;
use domain::event::{Event, EventKind};
use domain::ids::AssignmentId;
use domain::report::lifecycle::{Action, Facts, State, offered, step};
use store::Tx;
use store::revisions::Revision;

/// Where a report stands after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct StepDone {
    pub state: State,
    /// Number of the current revision.
    pub revision: i64,
}

/// Loads a report for an action that the actor may take.
pub(super) fn authorised(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    id: AssignmentId,
    action: Action,
) -> Result<LoadedReport> {
    let loaded = load_report(tx, id)?;
    ctx.require(Wish::Act(action), &Subject::Report(loaded.subject))?;
    Ok(loaded)
}

/// Loads a report whose draft the actor's unit writes; for everybody else a draft does not exist.
pub(crate) fn own(ctx: &Ctx, tx: &mut dyn Tx, id: AssignmentId) -> Result<LoadedReport> {
    let loaded = load_report(tx, id)?;
    if is_own(ctx, &loaded) {
        Ok(loaded)
    } else {
        Err(Error::NotFound)
    }
}

/// Whether the actor stands on the side of the unit that owes or drafts the report.
pub(crate) fn is_own(ctx: &Ctx, loaded: &LoadedReport) -> bool {
    ctx.actor.grants.iter().any(|grant| {
        grant.role != Role::Administrator
            && positions(grant, &loaded.subject).contains(&Position::Own)
    })
}

/// The facts that the assignment itself tells.
pub(super) fn facts(loaded: &LoadedReport) -> Facts {
    Facts {
        campaign_is_open: loaded.campaign.state == CampaignState::Open,
        has_intermediary: loaded.assignment.terms.via.is_some(),
        ..Facts::default()
    }
}

/// The facts with those that only the content tells.
pub(super) fn facts_with(loaded: &LoadedReport, content: &Content) -> Facts {
    Facts {
        blockers: content.blockers().len(),
        text_is_adopted: is_adopted(loaded.assignment.state, content),
        ..facts(loaded)
    }
}

fn is_adopted(state: State, content: &Content) -> bool {
    matches!(state, State::Adopted | State::Issued)
        && content.revision.as_ref().is_some_and(|revision| {
            revision.adopted_hash.as_deref() == Some(content.fingerprint().whole.as_str())
        })
}

/// The actions that the state allows and the actor may take.
pub(super) fn offered_to(ctx: &Ctx, loaded: &LoadedReport, facts: Facts) -> Vec<Action> {
    let subject = Subject::Report(loaded.subject);
    offered(loaded.assignment.state, facts)
        .into_iter()
        .filter(|action| ctx.may(Wish::Act(*action), &subject))
        .collect()
}

/// The current revision of a report.
///
/// # Errors
/// [`Error::Refused`] when nobody has begun it.
pub(super) fn current_revision(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Revision> {
    store::revisions::by_number(tx, loaded.assignment.id, loaded.assignment.revision)?
        .ok_or_else(|| Error::Refused("Báo cáo chưa được soạn. Hãy soạn báo cáo trước".into()))
}

/// Begins the next revision as a copy of a frozen one.
pub(super) fn next_revision(ctx: &Ctx, tx: &mut dyn Tx, frozen: &Revision) -> Result<Revision> {
    let id = store::revisions::begin(
        tx,
        frozen.assignment,
        frozen.number + 1,
        &frozen.figures,
        ctx.now,
    )?;
    store::sections::copy(tx, frozen.id, id)?;
    store::attachments::copy(tx, frozen.id, id)?;
    Ok(store::revisions::by_id(tx, id)?)
}

/// Writes the one event of a change to a report.
pub(crate) fn record(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    kind: EventKind,
    detail: serde_json::Value,
    reason: &str,
) -> Result<()> {
    let mut event = event_of(ctx, loaded, kind, &detail);
    event.reason = (!reason.is_empty()).then(|| reason.to_string());
    store::events::append(tx, &event)?;
    Ok(())
}

/// The event of a change to a report, on behalf of the actor's unit that stands nearest to it.
pub(super) fn event_of(
    ctx: &Ctx,
    loaded: &LoadedReport,
    kind: EventKind,
    detail: &serde_json::Value,
) -> Event {
    let unit = ctx
        .acting_unit(&loaded.subject)
        .unwrap_or(loaded.assignment.terms.unit);
    let mut event = ctx.report_event(kind, &loaded.assignment, unit);
    event.detail = detail.to_string();
    event
}

/// Moves a report to its next state, with the event that says so.
pub(super) fn move_to(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    to: State,
    kind: EventKind,
    detail: serde_json::Value,
    reason: &str,
) -> Result<()> {
    store::assignments::set_state(tx, loaded.assignment.id, to, reason, ctx.now)?;
    record(ctx, tx, loaded, kind, detail, reason)
}

/// A step that needs nothing but the state, the intermediary and perhaps a reason. Taking it twice is taking it once.
pub(super) fn simple(
    ctx: &Ctx,
    id: AssignmentId,
    action: Action,
    kind: EventKind,
    reason: &str,
) -> Result<StepDone> {
    let ctx = ctx.clone();
    let reason = domain::text::clean(reason).trim().to_string();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, action)?;
        let revision = loaded.assignment.revision;
        let facts = Facts {
            has_reason: !reason.is_empty(),
            ..facts(&loaded)
        };
        if is_taken(loaded.assignment.state, action) {
            return Ok(StepDone {
                state: loaded.assignment.state,
                revision,
            });
        }
        let to = step(loaded.assignment.state, action, facts)?.to;
        let detail = serde_json::json!({ "revision": revision });
        move_to(&ctx, tx, &loaded, to, kind, detail, &reason)?;
        Ok(StepDone {
            state: to,
            revision,
        })
    })
}

/// Somebody has just taken this step: a second click, a repeated request.
fn is_taken(state: State, action: Action) -> bool {
    matches!(
        (state, action),
        (State::Received, Action::Receive)
            | (State::Forwarded, Action::Forward)
            | (State::Accepted, Action::Accept)
            | (State::Waived, Action::Waive)
    )
}
