//! Decisions that reorganise units, over the API.

use crate::extract::{Json, Path, Query};
use crate::page::{Answer, json, json_with, run};
use crate::session::Signed;
use app::reorganise::{self, Draft};
use axum::http::StatusCode;
use domain::ids::{DecisionId, TreeId, UnitId};
use domain::org::reorganise::{ChangeRow, DecisionHead};
use serde::Deserialize;

/// Rows of a decision in one answer.
const ROWS: i64 = 20_000;

#[derive(Deserialize)]
pub struct Trial {
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Enter it without applying it.
    #[serde(default)]
    wait: bool,
}

#[derive(Deserialize)]
pub struct Entered {
    #[serde(flatten)]
    head: DecisionHead,
    rows: Vec<ChangeRow>,
}

/// `GET /api/v1/trees/{id}/decisions`
pub async fn list(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let decisions = run(move || reorganise::decisions(&ctx, TreeId(id))).await?;
    json(&serde_json::json!({ "decisions": decisions }))
}

/// `POST /api/v1/trees/{id}/decisions?dry_run=true&wait=true` with the head and the rows of a decision.
pub async fn enter(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(trial): Query<Trial>,
    Json(entered): Json<Entered>,
) -> Answer {
    let draft = Draft {
        tree: TreeId(id),
        head: entered.head,
        rows: entered.rows,
        file_name: String::new(),
        counters: None,
    };
    if trial.dry_run {
        return json(&run(move || reorganise::preview(&ctx, &draft)).await?);
    }
    if trial.wait {
        let id = run(move || reorganise::enter(&ctx, draft)).await?;
        return json_with(StatusCode::CREATED, &serde_json::json!({ "decision": id }));
    }
    let applied = run(move || reorganise::reorganise(&ctx, draft)).await?;
    json_with(StatusCode::CREATED, &applied)
}

/// `GET /api/v1/decisions/{id}`: its head and rows, and while it waits what it would do.
pub async fn view(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let seen = run(move || reorganise::view(&ctx, DecisionId(id), ROWS)).await?;
    json(&serde_json::json!({
        "decision": seen.decision, "row_count": seen.row_count, "rows": seen.rows, "preview": seen.preview,
    }))
}

/// `DELETE /api/v1/decisions/{id}` takes one off the list that waits.
pub async fn discard(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    run(move || reorganise::discard(&ctx, DecisionId(id))).await?;
    json(&serde_json::json!({ "decision": id }))
}

/// `POST /api/v1/decisions/{id}/application`
pub async fn apply(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    json(&run(move || reorganise::apply(&ctx, DecisionId(id))).await?)
}

/// `POST /api/v1/decisions/{id}/counter?dry_run=true` with the head of the decision that takes it back.
pub async fn counter(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(trial): Query<Trial>,
    Json(head): Json<DecisionHead>,
) -> Answer {
    let id = DecisionId(id);
    if trial.dry_run {
        let preview = run(move || reorganise::preview_counter(&ctx, id, head)).await?;
        return json(&preview);
    }
    json(&run(move || reorganise::counter(&ctx, id, head)).await?)
}

/// `GET /api/v1/units/{id}/life`: where the organisation stood and what it was called, what it came from and went into.
pub async fn life(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    json(&run(move || reorganise::life(&ctx, UnitId(id))).await?)
}
