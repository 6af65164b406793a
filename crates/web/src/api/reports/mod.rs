//! The life of a report over the API: what waits, reading it, writing it, and every step it takes.
//!
//! What may be done is never decided here: each answer carries the actions that the state machine offers the caller.

pub mod checks;
pub mod draft;
pub mod figures;
pub mod files;
pub mod margin;
pub mod standing;
pub mod steps;
pub mod uploads;
pub mod whole;
pub mod wire;

use crate::extract::{Path, Query};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::reports::{view, work};
use app::{Ctx, Error};
use domain::ids::AssignmentId;
use serde::Deserialize;
use standing::WorkJson;
use wire::ReportJson;

/// `GET /api/v1/work`: what the caller's units owe and what waits for them.
pub async fn work(Signed(ctx): Signed) -> Answer {
    json(&run(move || Ok(WorkJson::of(work::my_work(&ctx)?))).await?)
}

#[derive(Deserialize)]
pub struct WhichRevision {
    #[serde(default)]
    revision: Option<i64>,
}

/// `GET /api/v1/reports/{id}?revision=…`
pub async fn get(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(which): Query<WhichRevision>,
) -> Answer {
    json(&run(move || seen(&ctx, AssignmentId(id), which.revision)).await?)
}

/// A report as far as the actor may see it: whole, or only where it stands.
///
/// # Errors
/// [`Error::NotFound`] for those who may not know of it, and for a revision that they may not see.
pub fn seen(ctx: &Ctx, id: AssignmentId, revision: Option<i64>) -> app::Result<ReportJson> {
    if let Some(number) = revision {
        return Ok(ReportJson::whole(view::revision(ctx, id, number)?));
    }
    match view::view(ctx, id) {
        Ok(view) => Ok(ReportJson::whole(view)),
        Err(Error::NotFound) => Ok(ReportJson::standing(view::status(ctx, id)?)),
        Err(error) => Err(error),
    }
}
