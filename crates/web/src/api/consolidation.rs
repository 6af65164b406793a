//! Consolidation over the API: the overview, one section beside what was sent, passages put in, figures and their
//! corrections, and where a passage or a figure came from.

use super::reports::draft::{KEPT_ASIDE, SavedJson};
use crate::error::Failure;
use crate::extract::{Json, Path, Query};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::consolidation::{
    CellSourceJson, CorrectionWish, Edit, FigureDeskJson, OverviewJson, Pick, SectionDeskJson,
    SectionQuery, TraceJson, UnitQuery,
};
use app::{Ctx, Error, consolidation};
use domain::campaign::Period;
use domain::figures::Cell;
use domain::ids::{AssignmentId, SectionId};
use serde::{Deserialize, Serialize};

/// Which units, and from which passage of a single one.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    name: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    only: Option<AssignmentId>,
    #[serde(default)]
    from: usize,
}

impl Asked {
    fn units(&self) -> UnitQuery {
        UnitQuery {
            name: self.name.clone(),
            page: self.page,
        }
    }
}

/// `GET /api/v1/reports/{id}/consolidation?name=…&page=2`
pub async fn overview(
    Signed(ctx): Signed,
    Path(id): Path<AssignmentId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let seen = run(move || consolidation::overview(&ctx, id, &asked.units())).await?;
    json(&OverviewJson::from(&seen))
}

/// `GET /api/v1/reports/{id}/consolidation/sections/{section}?only=12&from=40`
pub async fn section(
    Signed(ctx): Signed,
    Path((id, section)): Path<(AssignmentId, SectionId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let query = SectionQuery {
        units: asked.units(),
        only: asked.only,
        from: asked.from,
    };
    let desk = run(move || consolidation::section(&ctx, id, section, &query)).await?;
    json(&SectionDeskJson::from(&desk))
}

/// What to do with a section.
#[derive(Deserialize)]
pub struct ApiEdit {
    /// The version that was read; 0 for none.
    base_version: i64,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    insert: Vec<Pick>,
    /// Behind how many paragraphs; at the end without it.
    #[serde(default)]
    at: Option<usize>,
}

/// What became of it.
#[derive(Serialize)]
struct Written {
    inserted: usize,
    #[serde(flatten)]
    saved: SavedJson,
}

/// `POST /api/v1/reports/{id}/consolidation/sections/{section}` with
/// `{"base_version": 3, "insert": [{"revision": 7, "passage": 0}], "at": 2}`.
pub async fn write(
    Signed(ctx): Signed,
    Path((id, section)): Path<(AssignmentId, SectionId)>,
    Json(asked): Json<ApiEdit>,
) -> Answer {
    let edit = Edit {
        base_version: asked.base_version,
        text: asked.text,
        picks: asked.insert,
        at: asked.at,
    };
    let done = run(move || consolidation::write(&ctx, id, section, edit)).await?;
    let is_aside = done.saved.kept_aside.is_some();
    let written = Written {
        inserted: done.inserted,
        saved: done.saved.into(),
    };
    if is_aside {
        return Err(Failure::from(Error::Conflict(KEPT_ASIDE.into())).with_detail(&written));
    }
    json(&written)
}

/// `GET /api/v1/reports/{id}/sections/{section}/passages/{passage}/source`, passages from 0.
pub async fn passage_source(
    Signed(ctx): Signed,
    Path((id, section, passage)): Path<(AssignmentId, SectionId, usize)>,
) -> Answer {
    let way = run(move || consolidation::trace(&ctx, id, section, passage)).await?;
    json(&TraceJson::from(&way))
}

/// `GET /api/v1/reports/{id}/consolidation/figures`
pub async fn figures(Signed(ctx): Signed, Path(id): Path<AssignmentId>) -> Answer {
    let desk = run(move || consolidation::figure_desk(&ctx, id)).await?;
    json(&FigureDeskJson::from(&desk))
}

#[derive(Serialize)]
struct Refreshed {
    changed: usize,
}

/// `POST /api/v1/reports/{id}/consolidation/figures` takes what is rolled up now into the draft.
pub async fn refresh(Signed(ctx): Signed, Path(id): Path<AssignmentId>) -> Answer {
    let changed = run(move || consolidation::refresh(&ctx, id)).await?;
    json(&Refreshed { changed })
}

/// `GET /api/v1/reports/{id}/consolidation/figures/{indicator}/{period}`; the period is a year or `whole`.
pub async fn figure_source(
    Signed(ctx): Signed,
    Path((id, indicator, period)): Path<(AssignmentId, String, String)>,
) -> Answer {
    source_of(ctx, id, indicator, period).await
}

async fn source_of(ctx: Ctx, id: AssignmentId, indicator: String, period: String) -> Answer {
    let source = run(move || {
        let period = Period::from_key(&period).ok_or(Error::NotFound)?;
        consolidation::figure_source(&ctx, id, &indicator, period)
    })
    .await?;
    json(&CellSourceJson::from(&source))
}

/// A correction beside a figure; the value as an exact decimal.
#[derive(Deserialize)]
pub struct ApiCorrection {
    value: String,
    reason: String,
}

/// `PUT /api/v1/reports/{id}/consolidation/figures/{indicator}/{period}` with `{"value": "12.5", "reason": "…"}`.
pub async fn correct(
    Signed(ctx): Signed,
    Path((id, code, key)): Path<(AssignmentId, String, String)>,
    Json(asked): Json<ApiCorrection>,
) -> Answer {
    let (actor, indicator) = (ctx.clone(), code.clone());
    let period = Period::from_key(&key).ok_or(Error::NotFound)?;
    run(move || {
        let wish = CorrectionWish {
            code: indicator,
            period,
            value: Cell::parse_exact(&asked.value),
            reason: asked.reason,
        };
        consolidation::correct(&actor, id, wish)
    })
    .await?;
    source_of(ctx, id, code, key).await
}

/// `DELETE` on the same address takes the correction back.
pub async fn remove_correction(
    Signed(ctx): Signed,
    Path((id, code, key)): Path<(AssignmentId, String, String)>,
) -> Answer {
    let (actor, indicator) = (ctx.clone(), code.clone());
    let period = Period::from_key(&key).ok_or(Error::NotFound)?;
    run(move || consolidation::remove_correction(&actor, id, &indicator, period)).await?;
    source_of(ctx, id, code, key).await
}
