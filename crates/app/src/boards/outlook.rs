//! Who will be late: the forecast of each report that is still to be sent, with its reason.

use super::list::walk;
use super::query::{ViewQuery, page_of};
use super::scope::{Scope, scope_of};
use super::table::{BoardTable, Column, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node};
use domain::campaign::Campaign;
use domain::campaign::forecast::{Chance, Signs, forecast};
use domain::deadline::vietnamese_time;
use domain::ids::AssignmentId;
use domain::org::Level;
use jiff::Timestamp;
use serde::Serialize;
use std::cmp::Reverse;

/// Units in the table of those below.
const MOST_PARTS: usize = 100;

/// The forecast of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastRow {
    pub assignment: AssignmentId,
    pub unit: UnitRef,
    /// The unit above it; empty for a root.
    pub above: String,
    pub due_at: Option<Timestamp>,
    pub signs: Signs,
    pub chance: Chance,
}

/// A unit with the reports below it that will rather be late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastPart {
    pub unit: UnitRef,
    pub likely_late: u32,
    /// Still to be sent, their dues not passed.
    pub to_come: u32,
    pub expected: u32,
}

/// The forecast of a part, a page of its reports.
#[derive(Debug, Clone)]
pub struct ForecastBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub likely_late: u32,
    pub to_come: u32,
    pub overdue: u32,
    /// Units below that have others below them, those with the most late reports to come first.
    pub parts: Vec<ForecastPart>,
    pub page: u32,
    pub pages: u32,
    /// Those most likely late first.
    pub rows: Vec<ForecastRow>,
}

/// The forecast of a part.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn outlook(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<ForecastBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let live = &ctx.app().live;
    live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let counts = asked.scope.counts(tree);
        let (page, pages, nodes) = match asked.scope {
            Scope::Whole => of_whole(tree, query),
            Scope::Part(_) => page_of(of_part(tree, asked.scope), query),
        };
        ForecastBoard {
            campaign: asked.campaign.clone(),
            path: path(tree, &asked),
            likely_late: counts.likely_late,
            to_come: to_come(&counts),
            overdue: counts.overdue,
            parts: parts(tree, asked.scope),
            page,
            pages,
            rows: nodes
                .into_iter()
                .filter_map(|node| row(tree, node))
                .collect(),
        }
    })
}

/// They stand in order already.
fn of_whole(tree: &LiveTree, query: &ViewQuery) -> (u32, u32, Vec<Node>) {
    let ranked = tree.ranked();
    let (page, pages) = query.page_among(ranked.len());
    let skip = (page - 1).saturating_mul(query.page_rows()) as usize;
    let shown = ranked.iter().skip(skip).take(query.page_rows() as usize);
    (page, pages, shown.map(|(_, node)| *node).collect())
}

/// Those of a part are looked up along its counts.
fn of_part(tree: &LiveTree, scope: Scope) -> Vec<Node> {
    let mut nodes = walk(tree, scope, Counts::missing, 0, u32::MAX);
    nodes.retain(|node| chance(tree, *node).is_some());
    nodes.sort_by_cached_key(|node| Reverse(chance(tree, *node)));
    nodes
}

fn chance(tree: &LiveTree, node: Node) -> Option<Chance> {
    forecast(tree.signs(node)?)
}

fn to_come(counts: &Counts) -> u32 {
    counts.missing() - counts.overdue
}

fn parts(tree: &LiveTree, scope: Scope) -> Vec<ForecastPart> {
    let children = scope.spread(tree).children(tree).into_iter();
    let mut parts: Vec<ForecastPart> = children
        .filter(|node| !tree.is_leaf(*node) && tree.counts(*node).expected > 0)
        .map(|node| ForecastPart {
            unit: unit_ref(tree, node),
            likely_late: tree.counts(node).likely_late,
            to_come: to_come(tree.counts(node)),
            expected: tree.counts(node).expected,
        })
        .collect();
    parts.sort_by_key(|part| Reverse(part.likely_late));
    parts.truncate(MOST_PARTS);
    parts
}

fn row(tree: &LiveTree, node: Node) -> Option<ForecastRow> {
    let standing = tree.standing(node)?;
    let signs = tree.signs(node)?;
    let parent = tree.node(node).parent;
    Some(ForecastRow {
        assignment: standing.assignment,
        unit: unit_ref(tree, node),
        above: parent.map_or_else(String::new, |parent| tree.node(parent).name.clone()),
        due_at: standing.due_at,
        chance: forecast(signs)?,
        signs,
    })
}

impl ForecastBoard {
    /// As rows for a file or a terminal.
    pub fn table(&self) -> BoardTable {
        let columns = [
            ("Mã đơn vị", 14),
            ("Đơn vị", 38),
            ("Cấp", 14),
            ("Cấp trên trực tiếp", 34),
            ("Bước hiện nay", 18),
            ("Hạn gửi", 18),
            ("Số ngày làm việc còn lại", 12),
            ("Số đợt trước chậm", 12),
            ("Số đợt trước đã biết", 12),
            ("Khả năng chậm (%)", 12),
            ("Vì sao", 60),
        ];
        let rows = self.rows.iter().map(|row| {
            vec![
                row.unit.code.clone().into(),
                row.unit.name.clone().into(),
                Level(row.unit.level).label().into(),
                row.above.clone().into(),
                row.signs.step.label().into(),
                row.due_at.map(vietnamese_time).into(),
                row.signs.days_left.into(),
                row.signs.kept.late.into(),
                row.signs.kept.of.into(),
                row.chance.percent().into(),
                row.signs.reason().into(),
            ]
        });
        BoardTable {
            name: "du-bao-cham",
            short_id: self.campaign.short_id.clone(),
            sheet: "Dự báo chậm",
            title: title("Dự báo báo cáo sẽ chậm", &self.campaign, &self.path),
            columns: columns.map(|(name, width)| Column::new(name, width)).into(),
            rows: rows.collect(),
        }
    }
}

/// The forecast as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForecastJson {
    campaign: String,
    likely_late: u32,
    to_come: u32,
    overdue: u32,
    units: Vec<ForecastPartJson>,
    page: u32,
    pages: u32,
    reports: Vec<ForecastRowJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ForecastPartJson {
    unit: String,
    unit_name: String,
    likely_late: u32,
    to_come: u32,
    expected: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ForecastRowJson {
    report: AssignmentId,
    unit: String,
    unit_name: String,
    level: u8,
    state: &'static str,
    due_at: Option<Timestamp>,
    working_days_left: u32,
    late_before: u32,
    campaigns_before: u32,
    chance_permille: u32,
    reason: String,
}

impl From<&ForecastBoard> for ForecastJson {
    fn from(board: &ForecastBoard) -> ForecastJson {
        let units = board.parts.iter().map(|part| ForecastPartJson {
            unit: part.unit.code.clone(),
            unit_name: part.unit.name.clone(),
            likely_late: part.likely_late,
            to_come: part.to_come,
            expected: part.expected,
        });
        let reports = board.rows.iter().map(|row| ForecastRowJson {
            report: row.assignment,
            unit: row.unit.code.clone(),
            unit_name: row.unit.name.clone(),
            level: row.unit.level,
            state: row.signs.step.code(),
            due_at: row.due_at,
            working_days_left: row.signs.days_left,
            late_before: row.signs.kept.late,
            campaigns_before: row.signs.kept.of,
            chance_permille: row.chance.thousandths(),
            reason: row.signs.reason(),
        });
        ForecastJson {
            campaign: board.campaign.short_id.clone(),
            likely_late: board.likely_late,
            to_come: board.to_come,
            overdue: board.overdue,
            units: units.collect(),
            page: board.page,
            pages: board.pages,
            reports: reports.collect(),
        }
    }
}
