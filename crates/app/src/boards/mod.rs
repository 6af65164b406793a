//! The board of a campaign: who has reported, who is late, by level and unit.

mod audience;
mod filter;
mod history;
mod late;
mod list;
mod map;
mod outlook;
mod progress;
mod query;
mod scope;
mod steps;
mod table;
mod view;
mod waiting;

pub use audience::{Audience, audience, version};
pub use filter::Filter;
pub use history::{History, Past};
pub use late::{LateBoard, LateJson, LateRow, late};
pub use list::{ListQuery, MAX_ROWS, ReportList, ReportRow, Rights, reports, rights};
pub use map::{Division, Elsewhere, MapBoard, MapJson, Measure, ProvinceRow, map};
pub use outlook::{ForecastBoard, ForecastJson, ForecastPart, ForecastRow, outlook};
pub use progress::{DayPoint, Earlier, MAX_DAYS, ProgressBoard, ProgressJson, progress};
use query::page_of;
pub use query::{VIEW_ROWS, View, ViewQuery};
pub(crate) use scope::{Asked, Scope, scope_of};
pub use steps::{STEPS, Stand, StepBoard, StepCell, StepRow, StepsJson, steps};
pub(crate) use table::push_line;
pub use table::{BoardTable, Column, TableCell, TableFile};
pub use view::{
    CampaignCard, ChildRow, Crumb, LevelRow, NodeBoard, Others, Summary, UnitRef, campaigns,
    node_board, summary,
};
pub(crate) use view::{WHOLE, path, unit_ref};
pub use waiting::{
    Holder, HolderRow, MOST_HOLDERS, Span, WaitBoard, WaitRow, WaitingJson, waiting,
};

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::live::{Counts, LiveTree};
use domain::deadline::day_of;
use domain::report::lifecycle::State;
use jiff::{Timestamp, Unit};
use serde::Serialize;
use std::collections::BTreeMap;

/// The five counts that scripts lean on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    pub expected: u32,
    pub received: u32,
    pub on_time: u32,
    pub late: u32,
    /// Expected and not received, the due passed or not.
    pub missing: u32,
}

impl From<&Counts> for Tally {
    fn from(counts: &Counts) -> Tally {
        Tally {
            expected: counts.expected,
            received: counts.received,
            on_time: counts.on_time(),
            late: counts.late,
            missing: counts.missing(),
        }
    }
}

/// Where the reports of the whole campaign stand beyond the five counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Not received and the due has passed.
    pub overdue: u32,
    /// With a superior who has not yet accepted or returned it.
    pub waiting: u32,
    pub returned: u32,
    pub accepted: u32,
    pub waived: u32,
}

impl From<&Counts> for Progress {
    fn from(counts: &Counts) -> Progress {
        Progress {
            overdue: counts.overdue,
            waiting: counts.waiting(),
            returned: counts.state(State::Returned),
            accepted: counts.state(State::Accepted),
            waived: counts.state(State::Waived),
        }
    }
}

/// The board as one JSON document (see docs/json.md). Keys of levels are `"2"`, of units their codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    pub campaign: String,
    pub name: String,
    /// The moment it shows, RFC 3339.
    pub at: String,
    pub all: Tally,
    pub by_level: BTreeMap<String, Tally>,
    /// Everything below each unit of level 2 that has units below it, without itself.
    pub by_province: BTreeMap<String, Tally>,
    /// Everything below each unit of level 3 that has units below it, without itself.
    pub by_district: BTreeMap<String, Tally>,
    pub progress: Progress,
}

/// The board of a whole campaign, or of the actor's part of it.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn board(ctx: &Ctx, short_id: &str) -> Result<Board> {
    let asked = scope_of(ctx, short_id, None)?;
    ctx.app()
        .live
        .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
            board_of(ctx, tree, &asked)
        })
}

fn board_of(ctx: &Ctx, tree: &LiveTree, asked: &scope::Asked) -> Board {
    let all = asked.scope.counts(tree);
    let range = asked.scope.range(tree);
    let below = |level: u8| {
        range
            .clone()
            .filter(|node| tree.node(*node).level == level && !tree.is_leaf(*node))
            .map(|node| {
                let counts = tree.counts_below(node);
                (tree.node(node).code.clone(), Tally::from(&counts))
            })
            .collect()
    };
    Board {
        campaign: asked.campaign.short_id.clone(),
        name: asked.campaign.name.clone(),
        at: ctx.now.to_string(),
        all: Tally::from(&all),
        by_level: scope::by_level(tree, asked.scope)
            .iter()
            .map(|(level, counts)| (level.to_string(), Tally::from(counts)))
            .collect(),
        by_province: below(2),
        by_district: below(3),
        progress: Progress::from(&all),
    }
}

/// Calendar days in Vietnam since a moment; 0 on the same day.
fn days_since(since: Timestamp, now: Timestamp) -> i64 {
    let days = day_of(since).until((Unit::Day, day_of(now)));
    days.map_or(0, |days| i64::from(days.get_days()).max(0))
}

/// A view as rows, for a file or a terminal.
///
/// # Errors
/// As the view itself.
pub fn table_of(ctx: &Ctx, short_id: &str, view: View, query: &ViewQuery) -> Result<BoardTable> {
    Ok(match view {
        View::Steps => steps(ctx, short_id, query)?.table(),
        View::Late => late(ctx, short_id, query)?.table(),
        View::Provinces => map(ctx, short_id, query)?.table(),
        View::Forecast => outlook(ctx, short_id, query)?.table(),
        View::Progress => progress(ctx, short_id, query)?.table(),
        View::Waiting => waiting(ctx, short_id, query)?.table(),
    })
}

/// A view as JSON, for programs.
///
/// # Errors
/// As the view itself.
pub fn json_of(
    ctx: &Ctx,
    short_id: &str,
    view: View,
    query: &ViewQuery,
) -> Result<serde_json::Value> {
    let value = match view {
        View::Provinces => serde_json::to_value(MapJson::from(&map(ctx, short_id, query)?)),
        View::Forecast => serde_json::to_value(ForecastJson::from(&outlook(ctx, short_id, query)?)),
        View::Progress => {
            serde_json::to_value(ProgressJson::from(&progress(ctx, short_id, query)?))
        }
        View::Waiting => serde_json::to_value(WaitingJson::from(&waiting(ctx, short_id, query)?)),
        View::Late => serde_json::to_value(LateJson::from(&late(ctx, short_id, query)?)),
        View::Steps => serde_json::to_value(StepsJson::from(&steps(ctx, short_id, query)?)),
    };
    value.map_err(|error| Error::Internal(format!("a board is no JSON: {error}")))
}
