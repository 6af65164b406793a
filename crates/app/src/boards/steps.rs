//! The heat table: how many reports of each unit below stand at each step, and how long the oldest has stood there.

use super::scope::scope_of;
use super::table::{BoardTable, Column, TableCell, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use super::{Tally, ViewQuery, days_since, page_of};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{LiveTree, Node};
use domain::campaign::Campaign;
use domain::org::Level;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use serde::Serialize;
use std::cmp::Reverse;

/// The steps of a report that is expected, from the first to the last.
pub const STEPS: [State; 10] = [
    State::Assigned,
    State::Drafting,
    State::InAdoption,
    State::Adopted,
    State::Issued,
    State::Sent,
    State::Received,
    State::Forwarded,
    State::Returned,
    State::Accepted,
];

/// Where the report of one unit stands, and for how many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub state: State,
    pub days: i64,
}

/// The reports of a part at one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepCell {
    pub step: State,
    pub reports: u32,
    /// For how many days the oldest of them has stood there.
    pub longest: Option<i64>,
}

/// One unit with everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// `None` for a whole with several units on top.
    pub unit: Option<UnitRef>,
    /// Other units stand below it.
    pub has_parts: bool,
    /// Only the report of the unit itself is meant, not those below.
    pub is_own: bool,
    /// The report of the unit itself.
    pub own: Option<Stand>,
    pub tally: Tally,
    /// By the order of [`STEPS`].
    pub cells: Vec<StepCell>,
}

/// The heat table of one part.
#[derive(Debug, Clone)]
pub struct StepBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub total: StepRow,
    pub rows: Vec<StepRow>,
    /// Rows on all pages.
    pub units: u32,
    pub page: u32,
    pub pages: u32,
    /// Those that have stood at this step the longest come first; `None` for the order of the tree.
    pub sort: Option<State>,
}

/// The heat table of a part: its units one level down, each with everything below it.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn steps(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<StepBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let sort = State::from_code(&query.sort).filter(|state| STEPS.contains(state));
    let live = &ctx.app().live;
    live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let spread = asked.scope.spread(tree);
        let own = spread
            .node(tree)
            .filter(|node| tree.standing(*node).is_some());
        let children = spread.children(tree).into_iter();
        let children = children.filter(|node| tree.counts(*node).has_duties());
        let mut rows: Vec<StepRow> = own
            .into_iter()
            .map(|node| own_row(tree, node, ctx.now))
            .chain(children.map(|node| row(tree, Some(node), node..tree.node(node).end, ctx.now)))
            .collect();
        if let Some(step) = sort {
            let place = STEPS.iter().position(|other| *other == step).unwrap_or(0);
            rows.sort_by_key(|row| Reverse(row.cells[place].longest));
        }
        let units = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let (page, pages, rows) = page_of(rows, query);
        StepBoard {
            campaign: asked.campaign.clone(),
            path: path(tree, &asked),
            total: row(
                tree,
                asked.scope.node(tree),
                asked.scope.range(tree),
                ctx.now,
            ),
            rows,
            units,
            page,
            pages,
            sort,
        }
    })
}

fn row(tree: &LiveTree, node: Option<Node>, run: std::ops::Range<Node>, now: Timestamp) -> StepRow {
    let counts = tree.counts_of(run.clone());
    let since = tree.oldest(run);
    StepRow {
        unit: node.map(|node| unit_ref(tree, node)),
        has_parts: node.is_none_or(|node| !tree.is_leaf(node)),
        is_own: false,
        own: node.and_then(|node| stand(tree, node, now)),
        tally: Tally::from(&counts),
        cells: STEPS
            .map(|step| StepCell {
                step,
                reports: counts.state(step),
                longest: since.of(step).map(|since| days_since(since, now)),
            })
            .into(),
    }
}

fn own_row(tree: &LiveTree, node: Node, now: Timestamp) -> StepRow {
    let own = stand(tree, node, now);
    let at = |step| own.filter(|stand| stand.state == step);
    StepRow {
        unit: Some(unit_ref(tree, node)),
        has_parts: false,
        is_own: true,
        own,
        tally: Tally::from(&tree.counts_own(node)),
        cells: STEPS
            .map(|step| StepCell {
                step,
                reports: at(step).is_some().into(),
                longest: at(step).map(|stand| stand.days),
            })
            .into(),
    }
}

fn stand(tree: &LiveTree, node: Node, now: Timestamp) -> Option<Stand> {
    tree.standing(node).map(|standing| Stand {
        state: standing.state,
        days: days_since(standing.state_since, now),
    })
}

impl StepBoard {
    /// As rows for a file or a terminal: of each step the reports and the longest stay.
    pub fn table(&self) -> BoardTable {
        let mut columns = vec![
            Column::new("Mã đơn vị", 14),
            Column::new("Đơn vị", 38),
            Column::new("Cấp", 14),
            Column::new("Báo cáo của đơn vị", 20),
            Column::new("Số ngày ở bước này", 12),
            Column::new("Phải gửi", 10),
        ];
        for step in STEPS {
            columns.push(Column::new(step.label(), 12));
            columns.push(Column::new(
                format!("{}: lâu nhất (ngày)", step.label()),
                12,
            ));
        }
        let row = |row: &StepRow| -> Vec<TableCell> {
            let unit = row.unit.as_ref();
            let mut cells = vec![
                unit.map(|unit| unit.code.clone()).into(),
                match unit {
                    Some(unit) if row.is_own => format!("{} (riêng đơn vị)", unit.name).into(),
                    Some(unit) => unit.name.clone().into(),
                    None => super::WHOLE.into(),
                },
                unit.map(|unit| Level(unit.level).label()).into(),
                row.own.map(|own| own.state.label()).into(),
                row.own.map(|own| own.days).into(),
                row.tally.expected.into(),
            ];
            for cell in &row.cells {
                cells.push(cell.reports.into());
                cells.push(cell.longest.into());
            }
            cells
        };
        BoardTable {
            name: "theo-buoc",
            short_id: self.campaign.short_id.clone(),
            sheet: "Theo bước",
            title: title("Báo cáo theo từng bước", &self.campaign, &self.path),
            columns,
            rows: self.rows.iter().chain([&self.total]).map(row).collect(),
        }
    }
}

/// The heat table as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepsJson {
    campaign: String,
    page: u32,
    pages: u32,
    total: StepRowJson,
    units: Vec<StepRowJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct StepRowJson {
    unit: Option<String>,
    unit_name: Option<String>,
    level: Option<u8>,
    own_only: bool,
    state: Option<&'static str>,
    days: Option<i64>,
    expected: u32,
    steps: Vec<StepJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct StepJson {
    state: &'static str,
    reports: u32,
    longest_days: Option<i64>,
}

impl From<&StepBoard> for StepsJson {
    fn from(board: &StepBoard) -> StepsJson {
        StepsJson {
            campaign: board.campaign.short_id.clone(),
            page: board.page,
            pages: board.pages,
            total: StepRowJson::from(&board.total),
            units: board.rows.iter().map(StepRowJson::from).collect(),
        }
    }
}

impl From<&StepRow> for StepRowJson {
    fn from(row: &StepRow) -> StepRowJson {
        let unit = row.unit.as_ref();
        let steps = row.cells.iter().map(|cell| StepJson {
            state: cell.step.code(),
            reports: cell.reports,
            longest_days: cell.longest,
        });
        StepRowJson {
            unit: unit.map(|unit| unit.code.clone()),
            unit_name: unit.map(|unit| unit.name.clone()),
            level: unit.map(|unit| unit.level),
            own_only: row.is_own,
            state: row.own.map(|own| own.state.code()),
            days: row.own.map(|own| own.days),
            expected: row.tally.expected,
            steps: steps.collect(),
        }
    }
}
