//! Plans and units over the API. Files are sent as they are, their name in `?name=`.

use crate::extract::{Json, Path, Query, Raw};
use crate::page::{Answer, json, json_with, run};
use crate::session::Signed;
use axum::http::StatusCode;
use domain::ids::{PlanId, TreeId, UnitId};
use domain::org::UnitSeed;
use domain::plan::{FindingAnswer, Plan};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FileName {
    name: String,
}

/// `POST /api/v1/plans?name=ke-hoach.docx` with the file as the body; answers with what was read.
pub async fn upload(Signed(ctx): Signed, Query(file): Query<FileName>, Raw(bytes): Raw) -> Answer {
    let (id, plan) = run(move || {
        let id = app::plans::read_upload(&ctx, &file.name, &bytes)?;
        Ok((id, app::plans::get(&ctx, id)?.edited))
    })
    .await?;
    json_with(
        StatusCode::CREATED,
        &serde_json::json!({ "id": id, "plan": plan }),
    )
}

/// `GET /api/v1/plans/{id}`: the plan as people changed it, and whether somebody confirmed it.
pub async fn get(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let stored = run(move || app::plans::get(&ctx, PlanId(id))).await?;
    json(
        &serde_json::json!({ "id": id, "plan": stored.edited, "confirmed_at": stored.confirmed_at }),
    )
}

/// `PUT /api/v1/plans/{id}` replaces the plan; it has to be confirmed again.
pub async fn save(Signed(ctx): Signed, Path(id): Path<i64>, Json(plan): Json<Plan>) -> Answer {
    run(move || app::plans::save(&ctx, PlanId(id), plan)).await?;
    json(&serde_json::json!({ "id": id }))
}

/// `POST /api/v1/plans/{id}/confirmation`
pub async fn confirm(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    run(move || app::plans::confirm(&ctx, PlanId(id))).await?;
    json(&serde_json::json!({ "id": id }))
}

/// `GET /api/v1/plans/{id}/findings`: each with the answer that somebody gave.
pub async fn findings(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let list = run(move || app::plan_review::list(&ctx, PlanId(id))).await?;
    json(&serde_json::json!({ "findings": list }))
}

#[derive(Deserialize)]
pub struct FindingWish {
    answer: Option<FindingAnswer>,
    #[serde(default)]
    reason: String,
}

/// `PUT /api/v1/plans/{id}/findings/{finding}` with `{"answer": "accepted" | "set_aside" | null, "reason"}`.
pub async fn answer(
    Signed(ctx): Signed,
    Path((id, finding)): Path<(i64, usize)>,
    Json(wish): Json<FindingWish>,
) -> Answer {
    run(move || app::plan_review::answer(&ctx, PlanId(id), finding, wish.answer, &wish.reason))
        .await?;
    json(&serde_json::json!({ "id": id, "finding": finding }))
}

#[derive(Deserialize)]
pub struct Than {
    than: Option<i64>,
}

/// `GET /api/v1/plans/{id}/difference?than=ID`, without `than` from the last plan of the same issuer.
pub async fn difference(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wish): Query<Than>,
) -> Answer {
    let (than, difference) = run(move || {
        let than = match wish.than {
            Some(other) => PlanId(other),
            None => app::plan_review::previous(&ctx, PlanId(id))?.ok_or(app::Error::NotFound)?,
        };
        Ok((than, app::plan_review::difference(&ctx, PlanId(id), than)?))
    })
    .await?;
    json(&serde_json::json!({ "id": id, "than": than, "difference": difference }))
}

#[derive(Deserialize)]
pub struct ImportWish {
    name: String,
    #[serde(default)]
    tree: String,
    #[serde(default)]
    dry_run: bool,
}

/// `POST /api/v1/units?name=units.tsv&tree=…&dry_run=true` with the table as the body.
pub async fn import_units(
    Signed(ctx): Signed,
    Query(wish): Query<ImportWish>,
    Raw(bytes): Raw,
) -> Answer {
    json(
        &run(move || app::units::import(&ctx, &wish.tree, &wish.name, &bytes, wish.dry_run))
            .await?,
    )
}

/// `GET /api/v1/trees`
pub async fn trees(Signed(ctx): Signed) -> Answer {
    let trees = run(move || app::units::trees(&ctx)).await?;
    json(&serde_json::json!({ "trees": trees }))
}

#[derive(Deserialize)]
pub struct SearchWish {
    #[serde(default)]
    q: String,
    below: Option<i64>,
    on: Option<jiff::civil::Date>,
}

/// `GET /api/v1/trees/{id}/units?q=…&below=ID&on=DAY`: the roots or what stands below a unit, now or on a day, or the
/// units found.
pub async fn units(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wish): Query<SearchWish>,
) -> Answer {
    let branch = run(move || {
        app::units::browse(
            &ctx,
            Some(TreeId(id)),
            wish.below.map(UnitId),
            Some(&wish.q),
            wish.on,
        )
    })
    .await?;
    let units = branch
        .found
        .unwrap_or_else(|| branch.children.into_iter().map(|(unit, _)| unit).collect());
    json(&serde_json::json!({ "units": units }))
}

/// `PUT /api/v1/units/{id}`: names, kind, papers and address of a unit.
pub async fn edit_unit(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(seed): Json<UnitSeed>,
) -> Answer {
    json(&run(move || app::units::edit(&ctx, UnitId(id), seed)).await?)
}
