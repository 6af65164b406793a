//! Assignments over the API: the list, deriving it, changing lines, dues set and extended.

use crate::extract::{Json, Path};
use crate::page::{Answer, json, json_with, run};
use crate::session::Signed;
use app::Error;
use app::assignments::{self, AssignmentLine, LineFilter};
use axum::http::StatusCode;
use domain::campaign::Terms;
use domain::ids::{AssignmentId, TaskId, UnitId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One line of the list.
#[derive(Serialize)]
pub struct Wire {
    pub id: AssignmentId,
    /// Code of the unit.
    pub unit: String,
    pub unit_name: String,
    pub level: u8,
    pub drafted_by: Option<String>,
    pub to: String,
    pub via: Option<String>,
    pub deliverable: String,
    pub adopted_by: String,
    pub due: Option<Date>,
    pub due_inclusive: bool,
    pub due_phrase: String,
    /// The last moment that is on time.
    pub due_at: Option<jiff::Timestamp>,
    /// The one before an extension.
    pub original_due_at: Option<jiff::Timestamp>,
    pub due_set_by: Option<String>,
    pub adds: bool,
    pub state: &'static str,
    /// The words of the plan.
    pub source: String,
}

/// A line as the API and the command line give it.
pub fn wire(line: &AssignmentLine) -> Wire {
    let (assignment, terms) = (&line.assignment, &line.assignment.terms);
    Wire {
        id: assignment.id,
        unit: line.unit_code.clone(),
        unit_name: line.unit_name.clone(),
        level: line.level,
        drafted_by: line.drafted_by_name.clone(),
        to: terms.addressee_name.clone(),
        via: line.via_name.clone(),
        deliverable: terms.deliverable.clone(),
        adopted_by: terms.adopted_by.clone(),
        due: terms.due_date,
        due_inclusive: terms.due_inclusive,
        due_phrase: terms.due_phrase.clone(),
        due_at: assignment.due_at,
        original_due_at: assignment.original_due_at,
        due_set_by: line.due_setter_name.clone(),
        adds: terms.adds,
        state: assignment.state.code(),
        source: line.source.clone(),
    }
}

/// `GET /api/v1/campaigns/{short}/assignments`
pub async fn list(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let listing =
        run(move || assignments::list(&ctx, &short_id, &LineFilter::default(), i64::MAX, 0))
            .await?;
    let lines: Vec<Wire> = listing.lines.iter().map(wire).collect();
    json(&serde_json::json!({ "assignments": lines }))
}

/// `POST /api/v1/campaigns/{short}/assignments/derive`
pub async fn derive(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    json(&run(move || assignments::derive(&ctx, &short_id)).await?)
}

/// A line as a program sends it; units by code.
#[derive(Deserialize)]
pub struct LineWish {
    unit: String,
    #[serde(default)]
    drafted_by: String,
    #[serde(default)]
    to: String,
    /// The addressee as printed, when it is no unit of the tree.
    #[serde(default)]
    to_name: String,
    #[serde(default)]
    via: String,
    #[serde(default)]
    deliverable: String,
    #[serde(default)]
    adopted_by: String,
    #[serde(default)]
    due: Option<Date>,
    #[serde(default)]
    due_inclusive: bool,
    #[serde(default)]
    due_set_by: String,
    #[serde(default)]
    adds: bool,
}

impl LineWish {
    fn terms(&self, ctx: &app::Ctx, short_id: &str) -> app::Result<Terms> {
        let tree = app::campaigns::overview(ctx, short_id)?.campaign.tree;
        let find = |words: &str, place: &str| app::units::find(ctx, tree, words, place);
        Ok(Terms {
            unit: find(&self.unit, "unit")?
                .ok_or_else(|| Error::invalid("unit", "chưa ghi đơn vị"))?,
            drafted_by: find(&self.drafted_by, "drafted_by")?,
            addressee: find(&self.to, "to")?,
            addressee_name: self.to_name.clone(),
            via: find(&self.via, "via")?,
            deliverable: self.deliverable.clone(),
            adopted_by: self.adopted_by.clone(),
            due_phrase: String::new(),
            due_date: self.due,
            due_inclusive: self.due_inclusive,
            due_setter: find(&self.due_set_by, "due_set_by")?,
            adds: self.adds,
        })
    }
}

/// `POST /api/v1/campaigns/{short}/assignments` adds a line.
pub async fn add(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Json(wish): Json<LineWish>,
) -> Answer {
    let id = run(move || assignments::add(&ctx, &short_id, wish.terms(&ctx, &short_id)?)).await?;
    json_with(StatusCode::CREATED, &serde_json::json!({ "id": id }))
}

/// `PUT /api/v1/campaigns/{short}/assignments/{id}` changes a line; the unit stays.
pub async fn change(
    Signed(ctx): Signed,
    Path((short_id, id)): Path<(String, i64)>,
    Json(wish): Json<LineWish>,
) -> Answer {
    let id = AssignmentId(id);
    run(move || assignments::change(&ctx, &short_id, id, wish.terms(&ctx, &short_id)?)).await?;
    json(&serde_json::json!({ "id": id }))
}

/// `DELETE /api/v1/campaigns/{short}/assignments/{id}`
pub async fn remove(Signed(ctx): Signed, Path((short_id, id)): Path<(String, i64)>) -> Answer {
    let id = AssignmentId(id);
    run(move || assignments::remove(&ctx, &short_id, id)).await?;
    json(&serde_json::json!({ "id": id }))
}

#[derive(Deserialize)]
pub struct DueWish {
    due: Date,
    /// Left out: all units that it sets the due for.
    #[serde(default)]
    assignments: Option<Vec<AssignmentId>>,
}

/// `POST /api/v1/campaigns/{short}/delegated-due/{unit}` with `{"due": "2022-09-12"}`; `unit` is its number.
pub async fn set_due(
    Signed(ctx): Signed,
    Path((short_id, unit)): Path<(String, i64)>,
    Json(wish): Json<DueWish>,
) -> Answer {
    let set = run(move || {
        assignments::set_delegated_due(&ctx, &short_id, UnitId(unit), wish.due, wish.assignments)
    })
    .await?;
    json(&serde_json::json!({ "set": set }))
}

#[derive(Deserialize)]
pub struct ExtensionWish {
    due: Date,
    reason: String,
}

/// `POST /api/v1/assignments/{id}/extension` with `{"due": "2022-10-03", "reason": "…"}`.
pub async fn extend(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(wish): Json<ExtensionWish>,
) -> Answer {
    let id = AssignmentId(id);
    run(move || assignments::extend_due(&ctx, id, wish.due, &wish.reason)).await?;
    json(&serde_json::json!({ "id": id }))
}

/// A duty of the plan that is no report, as the API and the command line give it.
#[derive(Serialize)]
pub struct TaskWire {
    id: TaskId,
    kind: &'static str,
    who: String,
    what: String,
    due: Option<Date>,
    done_at: Option<jiff::Timestamp>,
}

impl From<app::assignments::StoredTask> for TaskWire {
    fn from(stored: app::assignments::StoredTask) -> TaskWire {
        TaskWire {
            id: stored.id,
            kind: stored.task.kind.code(),
            who: stored.task.who,
            what: stored.task.what,
            due: stored.task.due_date,
            done_at: stored.done_at,
        }
    }
}

/// `GET /api/v1/campaigns/{short}/tasks`
pub async fn tasks(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let (_, tasks, _) = run(move || assignments::tasks(&ctx, &short_id)).await?;
    let tasks: Vec<TaskWire> = tasks.into_iter().map(Into::into).collect();
    json(&serde_json::json!({ "tasks": tasks }))
}

#[derive(Deserialize)]
pub struct TickWish {
    done: bool,
}

/// `PUT /api/v1/campaigns/{short}/tasks/{id}` with `{"done": true}`.
pub async fn tick_task(
    Signed(ctx): Signed,
    Path((short_id, id)): Path<(String, i64)>,
    Json(wish): Json<TickWish>,
) -> Answer {
    run(move || assignments::set_task_done(&ctx, &short_id, TaskId(id), wish.done)).await?;
    json(&serde_json::json!({ "id": id, "done": wish.done }))
}
