//! The reports of a part of a campaign, filtered and a page at a time.

use super::scope::{Scope, scope_of};
use super::view::{Crumb, UnitRef, path, unit_ref};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node, is_late, is_received};
use domain::campaign::Campaign;
use domain::deadline::{Timeliness, timeliness};
use domain::ids::AssignmentId;
use domain::report::lifecycle::State;
use jiff::Timestamp;

/// Which reports are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    /// Sent, whatever came after.
    Received,
    OnTime,
    /// Sent after the due.
    Late,
    /// Expected and not sent.
    Missing,
    /// Not sent and the due has passed.
    Overdue,
    /// With a superior who has not yet accepted or returned it.
    Waiting,
    State(State),
}

impl Filter {
    /// The ones that are no single state.
    pub const NAMED: [(&'static str, &'static str, Filter); 6] = [
        ("da-nhan", "Đã gửi", Filter::Received),
        ("dung-han", "Gửi đúng hạn", Filter::OnTime),
        ("cham", "Gửi chậm", Filter::Late),
        ("chua-gui", "Chưa gửi", Filter::Missing),
        ("qua-han", "Quá hạn chưa gửi", Filter::Overdue),
        ("cho-xu-ly", "Đã gửi, chờ xử lý", Filter::Waiting),
    ];

    /// The word in addresses; empty for all.
    pub fn code(self) -> &'static str {
        match self {
            Filter::All => "",
            Filter::State(state) => state.code(),
            named => Filter::NAMED
                .into_iter()
                .find(|(_, _, filter)| *filter == named)
                .map_or("", |(code, _, _)| code),
        }
    }

    /// The filter called so; everything for an empty or unknown word.
    pub fn from_code(code: &str) -> Filter {
        let named = Filter::NAMED.into_iter().find(|(name, _, _)| *name == code);
        named
            .map(|(_, _, filter)| filter)
            .or_else(|| State::from_code(code).map(Filter::State))
            .unwrap_or_default()
    }

    /// How many of the counted reports fit.
    fn count(self, counts: &Counts) -> u32 {
        match self {
            Filter::All => State::ALL.iter().map(|state| counts.state(*state)).sum(),
            Filter::Received => counts.received,
            Filter::OnTime => counts.on_time(),
            Filter::Late => counts.late,
            Filter::Missing => counts.missing(),
            Filter::Overdue => counts.overdue,
            Filter::Waiting => counts.waiting(),
            Filter::State(state) => counts.state(state),
        }
    }

    fn is_about_lateness(self) -> bool {
        matches!(self, Filter::Late | Filter::Overdue)
    }
}

/// A question about the reports of a part.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Code of the unit whose part is asked for.
    pub unit: Option<String>,
    pub filter: Filter,
    pub level: Option<u8>,
    /// Page, from 1; 0 is taken as 1.
    pub page: u32,
    /// Rows on a page; at most [`MAX_ROWS`], 0 for `PAGE_ROWS`.
    pub rows: u32,
}

/// Rows on one page.
pub const PAGE_ROWS: u32 = 50;
/// Rows that one answer may have, for exports.
pub const MAX_ROWS: u32 = 100_000;

/// One report in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    pub assignment: AssignmentId,
    pub unit: UnitRef,
    /// The unit above it; empty for a root.
    pub above: String,
    pub state: State,
    pub due_at: Option<Timestamp>,
    pub first_sent_at: Option<Timestamp>,
    pub timeliness: Timeliness,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct ReportList {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub query: ListQuery,
    /// All that fit, on whichever page.
    pub total: u32,
    pub pages: u32,
    pub rows: Vec<ReportRow>,
}

/// The reports that fit, in tree order; those about lateness by days, the most first.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn reports(ctx: &Ctx, short_id: &str, query: ListQuery) -> Result<ReportList> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let rows = match query.rows {
        0 => PAGE_ROWS,
        rows => rows.min(MAX_ROWS),
    };
    ctx.app()
        .live
        .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
            let mut nodes = matching(tree, asked.scope, query.filter, query.level);
            if query.filter.is_about_lateness() {
                nodes.sort_by_key(|node| std::cmp::Reverse(lateness(tree, *node, ctx.now)));
            }
            let total = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            let pages = total.div_ceil(rows).max(1);
            let page = query.page.clamp(1, pages);
            ReportList {
                campaign: asked.campaign.clone(),
                path: path(tree, &asked),
                query: ListQuery {
                    page,
                    rows,
                    ..query.clone()
                },
                total,
                pages,
                rows: nodes
                    .into_iter()
                    .skip(((page - 1) * rows) as usize)
                    .take(rows as usize)
                    .filter_map(|node| row(tree, node, ctx.now))
                    .collect(),
            }
        })
}

/// The nodes whose own report fits; parts without a fitting one are passed over whole.
fn matching(tree: &LiveTree, scope: Scope, filter: Filter, level: Option<u8>) -> Vec<Node> {
    let range = scope.range(tree);
    let mut found = Vec::new();
    let mut node = range.start;
    while node < range.end {
        if filter.count(tree.counts(node)) == 0 {
            node = tree.node(node).end;
            continue;
        }
        let fits_level = level.is_none_or(|level| tree.node(node).level == level);
        if fits_level && filter.count(&tree.counts_own(node)) > 0 {
            found.push(node);
        }
        node += 1;
    }
    found
}

fn lateness(tree: &LiveTree, node: Node, now: Timestamp) -> i64 {
    let Some(standing) = tree.standing(node) else {
        return 0;
    };
    let until = match standing.first_sent_at {
        Some(sent) if is_late(standing) => sent,
        _ if is_received(standing) => return 0,
        _ => now,
    };
    standing.due_at.map_or(0, |due| {
        until.as_microsecond().saturating_sub(due.as_microsecond())
    })
}

fn row(tree: &LiveTree, node: Node, now: Timestamp) -> Option<ReportRow> {
    let standing = tree.standing(node)?;
    Some(ReportRow {
        assignment: standing.assignment,
        unit: unit_ref(tree, node),
        above: tree
            .node(node)
            .parent
            .map(|parent| tree.node(parent).name.clone())
            .unwrap_or_default(),
        state: standing.state,
        due_at: standing.due_at,
        first_sent_at: standing.first_sent_at,
        timeliness: timeliness(standing.due_at, standing.first_sent_at, now),
    })
}
