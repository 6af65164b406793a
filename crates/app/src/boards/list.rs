//! The reports of a part of a campaign, filtered and a page at a time.

use super::filter::Filter;
use super::scope::{Scope, scope_of};
use super::table::{BoardTable, Column, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use crate::ctx::{Ctx, load_report};
use crate::error::Result;
use crate::live::{Counts, DelayOrder, DelayWish, Delayed, LiveTree, Node, Reckoning};
use domain::access::{Subject, Wish};
use domain::campaign::Campaign;
use domain::deadline::{Timeliness, timeliness, vietnamese_time};
use domain::ids::AssignmentId;
use domain::org::Level;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;

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

impl ReportRow {
    /// Its timeliness in words; of a report that is not expected, why.
    pub fn judgement(&self) -> String {
        if !self.state.is_expected() {
            return self.state.label().to_owned();
        }
        match self.timeliness {
            Timeliness::Pending if self.due_at.is_none() => "Chưa đặt hạn".to_owned(),
            timeliness => timeliness.label(),
        }
    }
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

impl ReportList {
    /// As rows for a file.
    pub fn table(&self) -> BoardTable {
        let columns = [
            ("STT", 6),
            ("Mã đơn vị", 14),
            ("Đơn vị", 38),
            ("Cấp", 14),
            ("Cấp trên trực tiếp", 34),
            ("Trạng thái", 20),
            ("Hạn gửi", 18),
            ("Thời điểm gửi", 18),
            ("Đánh giá", 20),
        ];
        let rows = (1u32..).zip(&self.rows).map(|(number, row)| {
            vec![
                number.into(),
                row.unit.code.clone().into(),
                row.unit.name.clone().into(),
                Level(row.unit.level).label().into(),
                row.above.clone().into(),
                row.state.label().into(),
                row.due_at.map(vietnamese_time).into(),
                row.first_sent_at.map(vietnamese_time).into(),
                row.judgement().into(),
            ]
        });
        BoardTable {
            name: "theo-doi",
            short_id: self.campaign.short_id.clone(),
            sheet: "Theo dõi",
            title: title("Bảng theo dõi gửi báo cáo", &self.campaign, &self.path),
            columns: columns.map(|(name, width)| Column::new(name, width)).into(),
            rows: rows.collect(),
        }
    }
}

/// The reports that fit: those that are late or overdue by days, the most first; then the others in tree order.
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
            let found = Found::new(tree, asked.scope, &query, ctx.now);
            let pages = found.total.div_ceil(rows).max(1);
            let page = query.page.clamp(1, pages);
            ReportList {
                campaign: asked.campaign.clone(),
                path: path(tree, &asked),
                total: found.total,
                pages,
                rows: found
                    .part((page - 1).saturating_mul(rows), rows)
                    .into_iter()
                    .filter_map(|node| row(tree, node, ctx.now))
                    .collect(),
                query: ListQuery {
                    page,
                    rows,
                    ..query.clone()
                },
            }
        })
}

/// What the actor may do with a report in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// To see at least where it stands.
    pub open: bool,
    pub remind: bool,
}

/// What the actor may do with some reports, a page of them.
///
/// # Errors
/// What the store fails with.
pub fn rights(
    ctx: &Ctx,
    reports: impl IntoIterator<Item = AssignmentId>,
) -> Result<BTreeMap<AssignmentId, Rights>> {
    ctx.db().read(|tx| {
        let mut rights = BTreeMap::new();
        for report in reports {
            let subject = Subject::Report(load_report(tx, report)?.subject);
            let may = Rights {
                open: ctx.may(Wish::ReadStatus, &subject),
                remind: ctx.may(Wish::Remind, &subject),
            };
            rights.insert(report, may);
        }
        Ok(rights)
    })
}

/// The reports that fit a question. The counts at each node, and for the whole campaign the order of delays, let a
/// page be found without looking at those before it.
struct Found<'a> {
    tree: &'a LiveTree,
    scope: Scope,
    filter: Filter,
    order: Order,
    total: u32,
    now: Timestamp,
}

/// In which order they stand.
enum Order {
    /// Those that are behind their due, then the others in tree order. How many the first are, and in a part of the
    /// campaign which.
    DelayedFirst {
        wanted: Delayed,
        delayed: u32,
        of_part: Option<Vec<Node>>,
    },
    Listed(Vec<Node>),
}

impl<'a> Found<'a> {
    fn new(tree: &'a LiveTree, scope: Scope, query: &ListQuery, now: Timestamp) -> Found<'a> {
        let (filter, counts) = (query.filter, scope.counts(tree));
        let sorted = |mut nodes: Vec<Node>| {
            nodes.sort_by_cached_key(|node| Reverse(lateness(tree, *node, now)));
            nodes
        };
        let (order, total) = match (filter.delayed(), query.level) {
            (Some(wanted), None) => {
                let count = |counts: &Counts| counts.delayed(wanted, Reckoning::Extended);
                let of_part =
                    (scope != Scope::Whole).then(|| sorted(walk(tree, scope, count, 0, u32::MAX)));
                let delayed = count(&counts);
                let order = Order::DelayedFirst {
                    wanted,
                    delayed,
                    of_part,
                };
                (order, filter.count(&counts))
            }
            (_, level) => {
                let mut nodes = walk(tree, scope, |counts| filter.count(counts), 0, u32::MAX);
                nodes.retain(|node| level.is_none_or(|level| tree.node(*node).level == level));
                let total = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                (Order::Listed(sorted(nodes)), total)
            }
        };
        Found {
            tree,
            scope,
            filter,
            order,
            total,
            now,
        }
    }

    /// `take` of them after the first `skip`.
    fn part(&self, skip: u32, take: u32) -> Vec<Node> {
        let cut = |nodes: &mut dyn Iterator<Item = Node>| -> Vec<Node> {
            nodes.skip(skip as usize).take(take as usize).collect()
        };
        let (wanted, delayed, of_part) = match &self.order {
            Order::Listed(nodes) => return cut(&mut nodes.iter().copied()),
            Order::DelayedFirst {
                wanted,
                delayed,
                of_part,
            } => (*wanted, *delayed, of_part),
        };
        let mut part = match of_part {
            _ if skip >= delayed => Vec::new(),
            Some(nodes) => cut(&mut nodes.iter().copied()),
            None => {
                let wish = DelayWish {
                    wanted,
                    reckoning: Reckoning::Extended,
                    order: DelayOrder::LongestFirst,
                    level: None,
                };
                cut(&mut self.tree.delayed(wish, self.now))
            }
        };
        let missing = take - u32::try_from(part.len()).unwrap_or(take).min(take);
        let others = |counts: &Counts| {
            self.filter.count(counts) - counts.delayed(wanted, Reckoning::Extended)
        };
        let skip = skip.saturating_sub(delayed);
        part.extend(walk(self.tree, self.scope, others, skip, missing));
        part
    }
}

/// The nodes whose own report is counted, in tree order. Parts without one, and those to be skipped, are passed over
/// whole.
pub(super) fn walk(
    tree: &LiveTree,
    scope: Scope,
    count: impl Fn(&Counts) -> u32,
    mut skip: u32,
    take: u32,
) -> Vec<Node> {
    let range = scope.range(tree);
    let mut found = Vec::new();
    let mut node = range.start;
    while node < range.end && found.len() < take as usize {
        let inside = count(tree.counts(node));
        if inside <= skip {
            skip -= inside;
            node = tree.node(node).end;
            continue;
        }
        let own = count(&tree.counts_own(node));
        if own > 0 && skip == 0 {
            found.push(node);
        }
        skip = skip.saturating_sub(own);
        node += 1;
    }
    found
}

/// How long after its due a report came, or has not come yet.
fn lateness(tree: &LiveTree, node: Node, now: Timestamp) -> i64 {
    let standing = tree.standing(node);
    let expected = standing.filter(|standing| standing.state.is_expected());
    expected.map_or(0, |standing| {
        let until = standing.first_sent_at.unwrap_or(now).as_microsecond();
        standing
            .due_at
            .map_or(0, |due| until.saturating_sub(due.as_microsecond()).max(0))
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
