//! Who is behind: days against the due with and without its extension, and how the unit kept its dues before.

use super::ViewQuery;
use super::filter::Filter;
use super::history::{History, PastJson, histories};
use super::list::walk;
use super::scope::{Scope, scope_of};
use super::table::{BoardTable, Column, TableCell, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{DelayOrder, DelayWish, Delayed, LiveTree, Node, Reckoning};
use domain::campaign::Campaign;
use domain::deadline::{Timeliness, timeliness, vietnamese_time};
use domain::ids::{AssignmentId, UnitId};
use domain::org::Level;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use serde::Serialize;

/// One report that is behind its due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRow {
    pub assignment: AssignmentId,
    id: UnitId,
    pub unit: UnitRef,
    /// The unit above it; empty for a root.
    pub above: String,
    pub state: State,
    pub due_at: Option<Timestamp>,
    /// The due before an extension; `None` when none was granted.
    pub original_due_at: Option<Timestamp>,
    pub first_sent_at: Option<Timestamp>,
    pub timeliness: Timeliness,
    /// Against the due before the extension.
    pub originally: Timeliness,
    pub history: History,
}

/// The reports behind their dues, a page of them.
#[derive(Debug, Clone)]
pub struct LateBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub wish: DelayWish,
    /// Which are shown: all, or only [`Filter::Late`], or only [`Filter::Overdue`].
    pub filter: Filter,
    /// Levels with reports, for a choice.
    pub levels: Vec<u8>,
    pub total: u32,
    pub page: u32,
    pub pages: u32,
    /// The number of the first row on the page, from 1.
    pub first: u32,
    pub rows: Vec<LateRow>,
}

/// The reports of a part that are behind, by the length of their delays.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn late(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<LateBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let (filter, wish) = wish_of(query);
    let live = &ctx.app().live;
    let mut board = live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let total = total(tree, asked.scope, wish);
        let on_page = query.page_rows();
        let (page, pages) = query.page_among(total as usize);
        let skip = (page - 1).saturating_mul(on_page);
        let nodes = nodes(tree, asked.scope, wish, ctx.now);
        let rows = nodes.skip(skip as usize).take(on_page as usize);
        LateBoard {
            campaign: asked.campaign.clone(),
            path: path(tree, &asked),
            wish,
            filter,
            levels: super::scope::by_level(tree, asked.scope)
                .into_keys()
                .collect(),
            total,
            page,
            pages,
            first: skip.saturating_add(1),
            rows: rows.filter_map(|node| row(tree, node, ctx.now)).collect(),
        }
    })?;
    let units: Vec<UnitId> = board.rows.iter().map(|row| row.id).collect();
    let mut histories = histories(ctx, &board.campaign, &units)?;
    for row in &mut board.rows {
        row.history = histories.remove(&row.id).unwrap_or_default();
    }
    Ok(board)
}

fn wish_of(query: &ViewQuery) -> (Filter, DelayWish) {
    let filter = match Filter::from_code(&query.filter) {
        filter @ (Filter::Late | Filter::Overdue) => filter,
        _ => Filter::All,
    };
    let wish = DelayWish {
        wanted: Delayed {
            late: filter != Filter::Overdue,
            overdue: filter != Filter::Late,
        },
        reckoning: match query.against.as_str() {
            "original" => Reckoning::Original,
            _ => Reckoning::Extended,
        },
        order: match query.sort.as_str() {
            "shortest" => DelayOrder::ShortestFirst,
            _ => DelayOrder::LongestFirst,
        },
        level: query.level,
    };
    (filter, wish)
}

/// Counts of the whole are kept; those of one level of a part are counted.
fn total(tree: &LiveTree, scope: Scope, wish: DelayWish) -> u32 {
    let levels = super::scope::by_level(tree, scope);
    let wanted = levels
        .iter()
        .filter(|(level, _)| wish.level.is_none_or(|wanted| wanted == **level));
    wanted
        .map(|(_, counts)| counts.delayed(wish.wanted, wish.reckoning))
        .sum()
}

/// Of the whole campaign they stand in order already; those of a part are looked up along its counts and sorted.
fn nodes<'a>(
    tree: &'a LiveTree,
    scope: Scope,
    wish: DelayWish,
    now: Timestamp,
) -> Box<dyn Iterator<Item = Node> + 'a> {
    if scope == Scope::Whole {
        return Box::new(tree.delayed(wish, now));
    }
    let behind = |counts: &crate::live::Counts| counts.delayed(wish.wanted, wish.reckoning);
    let mut nodes = walk(tree, scope, behind, 0, u32::MAX);
    nodes.retain(|node| {
        wish.level
            .is_none_or(|level| tree.node(*node).level == level)
    });
    nodes.sort_by_cached_key(|node| {
        let delay = delay(tree, *node, wish.reckoning, now);
        match wish.order {
            DelayOrder::LongestFirst => -delay,
            DelayOrder::ShortestFirst => delay,
        }
    });
    Box::new(nodes.into_iter())
}

fn delay(tree: &LiveTree, node: Node, reckoning: Reckoning, now: Timestamp) -> i64 {
    tree.standing(node).map_or(0, |standing| {
        let until = standing.first_sent_at.unwrap_or(now);
        reckoning.due(standing).map_or(0, |due| {
            until.as_microsecond().saturating_sub(due.as_microsecond())
        })
    })
}

fn row(tree: &LiveTree, node: Node, now: Timestamp) -> Option<LateRow> {
    let standing = tree.standing(node)?;
    let kept =
        |reckoning: Reckoning| timeliness(reckoning.due(standing), standing.first_sent_at, now);
    let parent = tree.node(node).parent;
    Some(LateRow {
        assignment: standing.assignment,
        id: standing.unit,
        unit: unit_ref(tree, node),
        above: parent.map_or_else(String::new, |parent| tree.node(parent).name.clone()),
        state: standing.state,
        due_at: standing.due_at,
        original_due_at: standing
            .original_due_at
            .filter(|original| Some(*original) != standing.due_at),
        first_sent_at: standing.first_sent_at,
        timeliness: kept(Reckoning::Extended),
        originally: kept(Reckoning::Original),
        history: History::default(),
    })
}

impl LateBoard {
    /// As rows for a file or a terminal.
    pub fn table(&self) -> BoardTable {
        let columns = [
            ("STT", 6),
            ("Mã đơn vị", 14),
            ("Đơn vị", 38),
            ("Cấp", 14),
            ("Cấp trên trực tiếp", 34),
            ("Trạng thái", 18),
            ("Hạn gửi", 18),
            ("Hạn ban đầu", 18),
            ("Thời điểm gửi", 18),
            ("Số ngày chậm so với hạn", 14),
            ("Số ngày chậm so với hạn ban đầu", 14),
            ("Số đợt trước chậm", 12),
            ("Số đợt trước đã biết", 12),
        ];
        let rows = (self.first..).zip(&self.rows).map(|(number, row)| {
            let original = row.original_due_at.or(row.due_at);
            vec![
                number.into(),
                row.unit.code.clone().into(),
                row.unit.name.clone().into(),
                Level(row.unit.level).label().into(),
                row.above.clone().into(),
                row.state.label().into(),
                row.due_at.map(vietnamese_time).into(),
                original.map(vietnamese_time).into(),
                row.first_sent_at.map(vietnamese_time).into(),
                row.timeliness.days_over().into(),
                row.originally.days_over().into(),
                TableCell::from(row.history.late()),
                TableCell::from(row.history.0.len()),
            ]
        });
        BoardTable {
            name: "cham-han",
            short_id: self.campaign.short_id.clone(),
            sheet: "Chậm hạn",
            title: title("Báo cáo chậm hạn", &self.campaign, &self.path),
            columns: columns.map(|(name, width)| Column::new(name, width)).into(),
            rows: rows.collect(),
        }
    }
}

/// The reports behind their dues as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateJson {
    campaign: String,
    total: u32,
    page: u32,
    pages: u32,
    reports: Vec<LateRowJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct LateRowJson {
    report: AssignmentId,
    unit: String,
    unit_name: String,
    level: u8,
    state: &'static str,
    due_at: Option<Timestamp>,
    original_due_at: Option<Timestamp>,
    first_sent_at: Option<Timestamp>,
    timeliness: &'static str,
    days_over: Option<i64>,
    original_days_over: Option<i64>,
    history: Vec<PastJson>,
}

impl From<&LateBoard> for LateJson {
    fn from(board: &LateBoard) -> LateJson {
        let reports = board.rows.iter().map(|row| LateRowJson {
            report: row.assignment,
            unit: row.unit.code.clone(),
            unit_name: row.unit.name.clone(),
            level: row.unit.level,
            state: row.state.code(),
            due_at: row.due_at,
            original_due_at: row.original_due_at,
            first_sent_at: row.first_sent_at,
            timeliness: row.timeliness.code(),
            days_over: row.timeliness.days_over(),
            original_days_over: row.originally.days_over(),
            history: row.history.0.iter().map(PastJson::from).collect(),
        });
        LateJson {
            campaign: board.campaign.short_id.clone(),
            total: board.total,
            page: board.page,
            pages: board.pages,
            reports: reports.collect(),
        }
    }
}
