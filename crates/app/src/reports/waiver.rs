//! Freeing a unit from a report, with a reason, and undoing it.

use super::steps::{StepDone, simple};
use crate::ctx::Ctx;
use crate::error::Result;
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::report::lifecycle::Action;

/// Frees the unit from the report.
///
/// # Errors
/// [`crate::Error::Refused`] without a reason, or once the report lies with a superior.
pub fn waive(ctx: &Ctx, id: AssignmentId, reason: &str) -> Result<StepDone> {
    simple(ctx, id, Action::Waive, EventKind::Waived, reason)
}

/// Asks for the report after all; what was written is still there.
///
/// # Errors
/// [`crate::Error::Refused`] when it was not waived.
pub fn reinstate(ctx: &Ctx, id: AssignmentId, reason: &str) -> Result<StepDone> {
    simple(ctx, id, Action::Reinstate, EventKind::Reinstated, reason)
}
