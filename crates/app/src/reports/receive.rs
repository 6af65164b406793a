//! What receivers do with a sent report: receive, pass on, accept.

use super::steps::{StepDone, simple};
use crate::ctx::Ctx;
use crate::error::Result;
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::report::lifecycle::Action;

/// Takes a sent report in; from then on it cannot be withdrawn.
///
/// # Errors
/// [`crate::Error::Refused`] when it does not lie at this step.
pub fn receive(ctx: &Ctx, id: AssignmentId) -> Result<StepDone> {
    simple(ctx, id, Action::Receive, EventKind::Received, "")
}

/// Passes a received report on from the intermediary to the addressee.
///
/// # Errors
/// As [`receive`].
pub fn forward(ctx: &Ctx, id: AssignmentId) -> Result<StepDone> {
    simple(ctx, id, Action::Forward, EventKind::Forwarded, "")
}

/// Accepts a report; its figures are official from then on.
///
/// # Errors
/// As [`receive`].
pub fn accept(ctx: &Ctx, id: AssignmentId) -> Result<StepDone> {
    simple(ctx, id, Action::Accept, EventKind::Accepted, "")
}
