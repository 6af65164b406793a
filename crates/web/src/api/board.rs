//! The board and the rolled-up figures over the API.

use crate::extract::{Path, Query};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::boards::{Filter, ListQuery, ReportRow};
use app::figures::UnitFiguresJson;
use domain::deadline::Timeliness;
use domain::ids::AssignmentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most reports in one answer.
const MOST_ROWS: u32 = 1000;

/// `GET /api/v1/campaigns/{short}/board`: what `dondoc board --json` prints.
pub async fn board(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    json(&run(move || app::boards::board(&ctx, &short_id)).await?)
}

#[derive(Deserialize)]
pub struct ReportsWish {
    /// Code of the unit whose part is asked for.
    #[serde(default)]
    unit: Option<String>,
    /// A state, or `arrived`, `on_time`, `late`, `missing`, `overdue`, `waiting`.
    #[serde(default)]
    filter: String,
    #[serde(default)]
    level: Option<u8>,
    #[serde(default)]
    page: Option<u32>,
    /// At most [`MOST_ROWS`].
    #[serde(default)]
    rows: Option<u32>,
}

#[derive(Serialize)]
struct Wire {
    report: AssignmentId,
    unit: String,
    name: String,
    level: u8,
    above: String,
    state: &'static str,
    due_at: Option<Timestamp>,
    sent_at: Option<Timestamp>,
    timeliness: &'static str,
    /// Days after the due; 0 when it is kept or still to come.
    days_late: i64,
}

fn wire(row: ReportRow) -> Wire {
    let (timeliness, days_late) = match row.timeliness {
        Timeliness::Early => ("early", 0),
        Timeliness::OnTime => ("on_time", 0),
        Timeliness::Late { days } => ("late", days),
        Timeliness::Missing { days } => ("missing", days),
        Timeliness::Pending => ("pending", 0),
    };
    Wire {
        report: row.assignment,
        unit: row.unit.code,
        name: row.unit.name,
        level: row.unit.level,
        above: row.above,
        state: row.state.code(),
        due_at: row.due_at,
        sent_at: row.first_sent_at,
        timeliness,
        days_late,
    }
}

/// `GET /api/v1/campaigns/{short}/board/reports?unit=CODE&filter=overdue&level=4&page=1&rows=50`
pub async fn reports(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<ReportsWish>,
) -> Answer {
    let list = run(move || {
        let filter = Filter::from_wire(&wish.filter).ok_or_else(|| {
            let message = "không có bộ lọc này. Hãy dùng một trạng thái, hoặc arrived, on_time, late, missing, overdue, waiting";
            app::Error::invalid("filter", message)
        })?;
        let query = ListQuery {
            unit: wish.unit,
            filter,
            level: wish.level,
            page: wish.page.unwrap_or(1),
            rows: wish.rows.unwrap_or(0).min(MOST_ROWS),
        };
        app::boards::reports(&ctx, &short_id, query)
    })
    .await?;
    let rows: Vec<Wire> = list.rows.into_iter().map(wire).collect();
    json(&serde_json::json!({
        "campaign": list.campaign.short_id,
        "total": list.total,
        "page": list.query.page,
        "pages": list.pages,
        "reports": rows,
    }))
}

#[derive(Deserialize)]
pub struct FiguresWish {
    /// Code of the unit; the top of what the actor sees when it is left out.
    #[serde(default)]
    unit: Option<String>,
}

/// `GET /api/v1/campaigns/{short}/figures?unit=CODE`: what `dondoc figures --json` prints.
pub async fn figures(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<FiguresWish>,
) -> Answer {
    let figures = run(move || app::figures::of_unit(&ctx, &short_id, wish.unit.as_deref())).await?;
    json(&UnitFiguresJson::from(&figures))
}
