//! Who waits for whom: each open report with the side its clock runs on, since when, and for how many working days.

use super::days_since;
use super::list::walk;
use super::query::ViewQuery;
use super::scope::{Scope, scope_of};
use super::table::{BoardTable, Column, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node, Queue};
use domain::campaign::Campaign;
use domain::deadline::{day_of, vietnamese_time};
use domain::holidays::working_days_between;
use domain::ids::{AssignmentId, UnitId};
use domain::org::Level;
use domain::report::clock::Side;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Superiors in the table of those that hold reports.
pub const MOST_HOLDERS: usize = 20;

/// A superior as tables name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// `None` for one outside of the campaign's tree.
    pub unit: Option<UnitRef>,
}

/// A superior with the reports it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRow {
    pub holder: Holder,
    pub reports: usize,
    pub longest: Span,
}

/// How long something has waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub since: Timestamp,
    pub days: i64,
    /// `None` in years whose holidays are not known.
    pub working_days: Option<u32>,
}

/// One open report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitRow {
    pub assignment: AssignmentId,
    pub unit: UnitRef,
    pub state: State,
    pub side: Side,
    /// The unit itself, or the superior it waits for.
    pub holder: Holder,
    pub span: Span,
}

/// The open reports of a part on one side, a page of them.
#[derive(Debug, Clone)]
pub struct WaitBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub at_units: u32,
    pub at_superiors: u32,
    /// Those that hold the most first, at most [`MOST_HOLDERS`].
    pub holders: Vec<HolderRow>,
    /// Superiors that are not in the table any more.
    pub holders_left_out: usize,
    /// The superior whose reports alone are shown.
    pub only: Option<Holder>,
    /// The reports that are with the units themselves are shown, not those with superiors.
    pub shows_units: bool,
    pub total: u32,
    pub page: u32,
    pub pages: u32,
    pub rows: Vec<WaitRow>,
}

/// The open reports of a part on one side, those that have waited longest first.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn waiting(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<WaitBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let live = &ctx.app().live;
    live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let by = tree.of_code(&query.holder).map(|node| tree.node(node).unit);
        let shows_units = by.is_none() && query.filter == "unit";
        let queue = match by {
            Some(superior) => of_superior(tree, asked.scope, superior),
            None if shows_units => at_units(tree, asked.scope),
            None => at_superiors(tree, asked.scope),
        };
        let total = u32::try_from(queue.len()).unwrap_or(u32::MAX);
        let on_page = query.page_rows();
        let (page, pages) = query.page_among(queue.len());
        let skip = (page - 1).saturating_mul(on_page) as usize;
        let shown = queue.iter().skip(skip).take(on_page as usize);
        let mut holders = holders(tree, asked.scope, ctx.now);
        let holders_left_out = holders.len().saturating_sub(MOST_HOLDERS);
        holders.truncate(MOST_HOLDERS);
        let counts = asked.scope.counts(tree);
        WaitBoard {
            campaign: asked.campaign.clone(),
            path: path(tree, &asked),
            at_units: counts.at_unit(),
            at_superiors: counts.waiting(),
            holders,
            holders_left_out,
            only: by.map(|superior| holder(tree, Some(superior))),
            shows_units,
            total,
            page,
            pages,
            rows: shown
                .filter_map(|(_, node)| row(tree, *node, ctx.now))
                .collect(),
        }
    })
}

/// Of the whole campaign they stand in order already; those of a part are looked up along its counts.
fn at_units(tree: &LiveTree, scope: Scope) -> Cow<'_, Queue> {
    match scope {
        Scope::Whole => Cow::Borrowed(tree.waits().at_units()),
        Scope::Part(_) => Cow::Owned(along(tree, scope, Counts::at_unit)),
    }
}

fn at_superiors(tree: &LiveTree, scope: Scope) -> Cow<'_, Queue> {
    match scope {
        Scope::Whole => Cow::Borrowed(tree.waits().at_superiors()),
        Scope::Part(_) => Cow::Owned(along(tree, scope, Counts::waiting)),
    }
}

fn along(tree: &LiveTree, scope: Scope, count: fn(&Counts) -> u32) -> Queue {
    let nodes = walk(tree, scope, count, 0, u32::MAX).into_iter();
    let waits = nodes.filter_map(|node| Some((tree.wait(node)?.since, node)));
    waits.collect()
}

fn of_superior(tree: &LiveTree, scope: Scope, superior: UnitId) -> Cow<'_, Queue> {
    let Some(queue) = tree.waits().by_superior().get(&Some(superior)) else {
        return Cow::Owned(Queue::new());
    };
    match scope {
        Scope::Whole => Cow::Borrowed(queue),
        Scope::Part(_) => {
            let range = scope.range(tree);
            let within = queue.iter().filter(|(_, node)| range.contains(node));
            Cow::Owned(within.copied().collect())
        }
    }
}

/// Each superior that holds reports of the part, those that hold the most first.
fn holders(tree: &LiveTree, scope: Scope, now: Timestamp) -> Vec<HolderRow> {
    let mut found: Vec<(Option<UnitId>, usize, Timestamp)> = match scope {
        Scope::Whole => {
            let queues = tree.waits().by_superior().iter();
            queues
                .filter_map(|(superior, queue)| {
                    let (since, _) = queue.first()?;
                    Some((*superior, queue.len(), *since))
                })
                .collect()
        }
        Scope::Part(_) => {
            let mut held: BTreeMap<Option<UnitId>, (usize, Timestamp)> = BTreeMap::new();
            for (since, node) in at_superiors(tree, scope).iter() {
                let superior = tree.wait(*node).and_then(|wait| wait.holder);
                held.entry(superior).or_insert((0, *since)).0 += 1;
            }
            let rows = held.into_iter();
            rows.map(|(superior, (reports, since))| (superior, reports, since))
                .collect()
        }
    };
    found.sort_by_key(|(_, reports, since)| (Reverse(*reports), *since));
    let rows = found.into_iter();
    rows.map(|(superior, reports, since)| HolderRow {
        holder: holder(tree, superior),
        reports,
        longest: span(since, now),
    })
    .collect()
}

fn holder(tree: &LiveTree, unit: Option<UnitId>) -> Holder {
    let node = unit.and_then(|unit| tree.of_unit(unit));
    Holder {
        unit: node.map(|node| unit_ref(tree, node)),
    }
}

fn span(since: Timestamp, now: Timestamp) -> Span {
    Span {
        since,
        days: days_since(since, now),
        working_days: working_days_between(day_of(since), day_of(now)),
    }
}

fn row(tree: &LiveTree, node: Node, now: Timestamp) -> Option<WaitRow> {
    let standing = tree.standing(node)?;
    let wait = tree.wait(node)?;
    Some(WaitRow {
        assignment: standing.assignment,
        unit: unit_ref(tree, node),
        state: standing.state,
        side: wait.side,
        holder: holder(tree, wait.holder),
        span: span(wait.since, now),
    })
}

impl Holder {
    pub fn name(&self) -> &str {
        self.unit
            .as_ref()
            .map_or("Nơi nhận ngoài cây tổ chức của đợt", |unit| {
                &unit.name
            })
    }

    fn code(&self) -> Option<String> {
        self.unit.as_ref().map(|unit| unit.code.clone())
    }
}

impl Span {
    /// How long, in words.
    pub fn words(&self) -> String {
        match self.working_days {
            Some(days) => format!("{days} ngày làm việc"),
            None => format!("{} ngày", self.days),
        }
    }
}

impl WaitBoard {
    /// As rows for a file or a terminal.
    pub fn table(&self) -> BoardTable {
        let columns = [
            ("Mã đơn vị", 14),
            ("Đơn vị", 38),
            ("Cấp", 14),
            ("Trạng thái", 20),
            ("Đang ở", 16),
            ("Nơi đang giữ", 38),
            ("Từ lúc", 18),
            ("Số ngày", 10),
            ("Số ngày làm việc", 12),
        ];
        let rows = self.rows.iter().map(|row| {
            vec![
                row.unit.code.clone().into(),
                row.unit.name.clone().into(),
                Level(row.unit.level).label().into(),
                row.state.label().into(),
                side_label(row.side).into(),
                row.holder.name().into(),
                vietnamese_time(row.span.since).into(),
                row.span.days.into(),
                row.span.working_days.into(),
            ]
        });
        BoardTable {
            name: "ai-dang-giu",
            short_id: self.campaign.short_id.clone(),
            sheet: "Ai đang giữ",
            title: title("Báo cáo đang ở đâu, từ lúc nào", &self.campaign, &self.path),
            columns: columns.map(|(name, width)| Column::new(name, width)).into(),
            rows: rows.collect(),
        }
    }
}

fn side_label(side: Side) -> &'static str {
    match side {
        Side::Unit => "Đơn vị",
        Side::Intermediary => "Đầu mối",
        Side::Addressee => "Nơi nhận",
    }
}

/// The open reports as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingJson {
    campaign: String,
    at_units: u32,
    at_superiors: u32,
    holders: Vec<HolderJson>,
    total: u32,
    page: u32,
    pages: u32,
    reports: Vec<WaitJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct HolderJson {
    unit: Option<String>,
    unit_name: String,
    reports: usize,
    since: Timestamp,
    working_days: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct WaitJson {
    report: AssignmentId,
    unit: String,
    unit_name: String,
    level: u8,
    state: &'static str,
    with: &'static str,
    holder: Option<String>,
    since: Timestamp,
    days: i64,
    working_days: Option<u32>,
}

impl From<&WaitBoard> for WaitingJson {
    fn from(board: &WaitBoard) -> WaitingJson {
        let holders = board.holders.iter().map(|row| HolderJson {
            unit: row.holder.code(),
            unit_name: row.holder.name().to_owned(),
            reports: row.reports,
            since: row.longest.since,
            working_days: row.longest.working_days,
        });
        let reports = board.rows.iter().map(|row| WaitJson {
            report: row.assignment,
            unit: row.unit.code.clone(),
            unit_name: row.unit.name.clone(),
            level: row.unit.level,
            state: row.state.code(),
            with: match row.side {
                Side::Unit => "unit",
                Side::Intermediary => "intermediary",
                Side::Addressee => "addressee",
            },
            holder: row.holder.code(),
            since: row.span.since,
            days: row.span.days,
            working_days: row.span.working_days,
        });
        WaitingJson {
            campaign: board.campaign.short_id.clone(),
            at_units: board.at_units,
            at_superiors: board.at_superiors,
            holders: holders.collect(),
            total: board.total,
            page: board.page,
            pages: board.pages,
            reports: reports.collect(),
        }
    }
}
