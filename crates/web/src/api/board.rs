//! The board and the rolled-up figures over the API.

use crate::extract::{Path, Query};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::boards::{Filter, ListQuery, ReportList, ReportRow, View, ViewQuery};
use app::figures::{LevelFiguresJson, LevelQuery, TrendJson, UnitFiguresJson};
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
    /// A state, or `da-nhan`, `dung-han`, `cham`, `chua-gui`, `qua-han`, `cho-xu-ly`.
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

/// One page of a list of reports, as the API and the command line give it.
#[derive(Serialize)]
pub struct ReportsJson {
    campaign: String,
    total: u32,
    page: u32,
    pages: u32,
    reports: Vec<ReportJson>,
}

#[derive(Serialize)]
struct ReportJson {
    report: AssignmentId,
    unit: String,
    unit_name: String,
    level: u8,
    state: &'static str,
    due_at: Option<Timestamp>,
    first_sent_at: Option<Timestamp>,
    timeliness: &'static str,
    days_over: Option<i64>,
}

impl From<ReportList> for ReportsJson {
    fn from(list: ReportList) -> ReportsJson {
        ReportsJson {
            campaign: list.campaign.short_id,
            total: list.total,
            page: list.query.page,
            pages: list.pages,
            reports: list.rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ReportRow> for ReportJson {
    fn from(row: ReportRow) -> ReportJson {
        ReportJson {
            report: row.assignment,
            unit: row.unit.code,
            unit_name: row.unit.name,
            level: row.unit.level,
            state: row.state.code(),
            due_at: row.due_at,
            first_sent_at: row.first_sent_at,
            timeliness: row.timeliness.code(),
            days_over: row.timeliness.days_over(),
        }
    }
}

/// `GET /api/v1/campaigns/{short}/board/reports?unit=CODE&filter=qua-han&level=4&page=1&rows=50`
pub async fn reports(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<ReportsWish>,
) -> Answer {
    let list = run(move || {
        let filter = Filter::from_code(&wish.filter);
        if filter == Filter::All && !wish.filter.is_empty() {
            let message = "không có loại này. Hãy dùng tên một bước, hoặc da-nhan, dung-han, cham, chua-gui, qua-han, cho-xu-ly";
            return Err(app::Error::invalid("filter", message));
        }
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
    json(&ReportsJson::from(list))
}

#[derive(Deserialize)]
pub struct ViewWish {
    /// Code of the unit whose part is asked for.
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    sort: String,
    /// A state or a word of [`Filter`], for the views that have one.
    #[serde(default)]
    filter: String,
    #[serde(default)]
    level: Option<u8>,
    /// `original`: delays from the dues before extensions.
    #[serde(default)]
    against: String,
    /// Code of the superior that holds the reports.
    #[serde(default)]
    holder: String,
    /// Short id of the campaign to compare with.
    #[serde(default)]
    than: String,
    /// What provinces are told by.
    #[serde(default)]
    measure: String,
    /// `34` for the provinces since 1/7/2025.
    #[serde(default)]
    division: String,
    #[serde(default)]
    page: Option<u32>,
    /// At most [`MOST_ROWS`].
    #[serde(default)]
    rows: Option<u32>,
}

/// `GET /api/v1/campaigns/{short}/board/{view}`: what `dondoc board --view VIEW --json` prints.
pub async fn view(
    Signed(ctx): Signed,
    Path((short_id, view)): Path<(String, String)>,
    Query(wish): Query<ViewWish>,
) -> Answer {
    let view = View::from_name(&view).ok_or(app::Error::NotFound)?;
    let query = ViewQuery {
        unit: wish.unit,
        sort: wish.sort,
        filter: wish.filter,
        level: wish.level,
        against: wish.against,
        holder: wish.holder,
        than: wish.than,
        measure: wish.measure,
        division: wish.division,
        page: wish.page.unwrap_or(1),
        rows: wish.rows.unwrap_or(0).min(MOST_ROWS),
    };
    json(&run(move || app::boards::json_of(&ctx, &short_id, view, &query)).await?)
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

/// What follows the `?` of a unit's figures over all campaigns.
#[derive(Deserialize)]
pub struct TrendWish {
    /// Code of the indicator; the first one when it is left out.
    #[serde(default)]
    indicator: Option<String>,
}

/// `GET /api/v1/units/{id}/figures?indicator=CODE`: what `dondoc units figures --json` prints.
pub async fn unit_figures(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wish): Query<TrendWish>,
) -> Answer {
    let trend = run(move || {
        let unit = domain::ids::UnitId(id);
        app::figures::trend(&ctx, unit, wish.indicator.as_deref())
    })
    .await?;
    json(&TrendJson::from(&trend))
}

/// What follows the `?` of a level's figures.
#[derive(Deserialize)]
pub struct LevelWish {
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    indicator: Option<String>,
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    rows: Option<u32>,
}

/// `GET /api/v1/campaigns/{short}/figures/levels/{level}`: what `dondoc figures --level --json` prints.
pub async fn level_figures(
    Signed(ctx): Signed,
    Path((short_id, level)): Path<(String, u8)>,
    Query(wish): Query<LevelWish>,
) -> Answer {
    let query = LevelQuery {
        unit: wish.unit,
        level: Some(level),
        indicator: wish.indicator,
        page: wish.page.unwrap_or(1),
        rows: wish.rows.unwrap_or(0),
    };
    let figures = run(move || app::figures::of_level(&ctx, &short_id, &query)).await?;
    json(&LevelFiguresJson::from(&figures))
}

/// `GET /api/v1/campaigns/{short}/figures/recount`: the outcome of the last recount; `null` before the first.
pub async fn last_recount(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    json(&run(move || app::figures::last_recount(&ctx, &short_id)).await?)
}

/// `POST /api/v1/campaigns/{short}/figures/recount` counts all totals again, as `dondoc figures --recount`.
pub async fn recount(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    json(&run(move || app::figures::recount(&ctx, &short_id, &mut |_| {})).await?)
}
