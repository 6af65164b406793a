//! The figures of a unit: rolled up from the reports below it, or its own when nothing is below it.

mod behind;
mod export;
mod json;
mod level;
mod recount;
mod trend;
mod trend_json;

pub use behind::{Behind, Contribution, behind};
pub use export::{as_workbook, level_as_csv, level_as_workbook};
pub use json::{FigureSetJson, LevelFiguresJson, UnitFiguresJson, Values};
pub use level::{LevelFigures, LevelQuery, LevelRow, MAX_ROWS, of_level};
pub use recount::{
    DifferenceJson, RecountDesk, RecountJson, last_recount, load_all_open, recount,
    recount_all_open, recount_desk,
};
pub use trend::{Trend, TrendCampaign, TrendPart, Values as TrendValues, has_trend, trend};
pub use trend_json::TrendJson;

use crate::boards::{Asked, Crumb, Scope, UnitRef, WHOLE, path, scope_of, unit_ref};
use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use crate::live::{Counts, LiveTree, Node, Sums, is_official, is_received};
use crate::reports::steps::is_own;
use domain::access::{Subject, Wish};
use domain::campaign::{Campaign, Period};
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, RevisionId};
use domain::number::Amount;
use domain::report::lifecycle::State;
use domain::rollup::{Totals, of_one};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;

/// How many of the units whose figures add up stand behind a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Coverage {
    pub received: u32,
    pub expected: u32,
}

/// Totals of one kind, provisional or official.
#[derive(Debug, Clone)]
pub struct FigureSet {
    pub totals: Totals,
    pub coverage: Coverage,
}

/// The figures of one unit.
#[derive(Debug, Clone)]
pub struct UnitFigures {
    pub campaign: Campaign,
    pub unit: UnitRef,
    /// From the top of what the actor sees to the unit itself.
    pub path: Vec<Crumb>,
    pub layout: Layout,
    /// From its own report, not a roll-up.
    pub is_own: bool,
    /// The unit's report, when the actor may open it.
    pub report: Option<AssignmentId>,
    /// What that report says beside its rolled-up figures.
    pub corrections: Vec<Correction>,
    /// From all received reports.
    pub provisional: FigureSet,
    /// From the accepted ones.
    pub official: FigureSet,
}

/// A figure that stands beside the rolled-up one in the unit's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Position of the indicator in the layout.
    pub indicator: usize,
    pub period: Period,
    /// The rolled-up value when it was corrected.
    pub rolled_up: Option<Amount>,
    pub value: Option<Amount>,
    pub reason: String,
    pub at: Timestamp,
    pub by: String,
}

/// The figures of the unit with this code; of the top of what the actor sees without one.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn of_unit(ctx: &Ctx, short_id: &str, code: Option<&str>) -> Result<UnitFigures> {
    let asked = scope_of(ctx, short_id, code)?;
    let campaign = asked.campaign.clone();
    let (mut figures, leaves) = ctx
        .app()
        .live
        .with(ctx.db(), &campaign, ctx.now, |tree| held(tree, &asked))??;
    let wanted: Vec<RevisionId> = leaves.iter().map(|leaf| leaf.revision).collect();
    let tables = tables(ctx, &figures.layout, &wanted)?;
    for leaf in leaves {
        let Some(table) = tables.get(&leaf.revision) else {
            continue;
        };
        let layout = &figures.layout;
        let own = of_one(layout, table).map_err(Error::refused)?;
        let merge = |totals: &mut Totals| totals.merge(layout, &own).map_err(Error::refused);
        merge(&mut figures.provisional.totals)?;
        if leaf.is_official {
            merge(&mut figures.official.totals)?;
        }
    }
    if let Some(report) = figures.report.take()
        && let Some(corrections) = corrections(ctx, &figures.layout, report)?
    {
        figures.report = Some(report);
        figures.corrections = corrections;
    }
    Ok(figures)
}

/// The corrections in a report; `None` when the actor may not read it.
fn corrections(
    ctx: &Ctx,
    layout: &Layout,
    report: AssignmentId,
) -> Result<Option<Vec<Correction>>> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, report)?;
        if !ctx.may(Wish::ReadReport, &Subject::Report(loaded.subject)) {
            return Ok(None);
        }
        let sent = store::revisions::sent(tx, report)?.pop();
        let moment = match sent.and_then(|revision| revision.sent_at) {
            // What the unit has corrected since it sent is its draft's.
            Some(sent_at) if !is_own(ctx, &loaded) => sent_at,
            _ => ctx.now,
        };
        let stored = store::consolidation::corrections(tx, report, moment)?;
        Ok(Some(
            stored
                .into_iter()
                .filter_map(|stored| correction(layout, stored))
                .collect(),
        ))
    })
}

fn correction(layout: &Layout, stored: store::consolidation::Correction) -> Option<Correction> {
    let mut indicators = layout.indicators().iter();
    let amount = |text: &str| Amount::parse_exact(text).ok();
    Some(Correction {
        indicator: indicators.position(|indicator| indicator.id == stored.indicator)?,
        period: Period::from_key(&stored.period)?,
        rolled_up: stored.rolled_up.as_deref().and_then(amount),
        value: amount(&stored.value),
        reason: stored.reason,
        at: stored.corrected_at,
        by: stored.corrected_by,
    })
}

/// The counted report of a unit that keeps no totals.
struct Leaf {
    revision: RevisionId,
    is_official: bool,
}

/// What memory holds about the figures of a part, and the reports of its topmost units that keep no totals.
fn held(tree: &LiveTree, asked: &Asked) -> Result<(UnitFigures, Vec<Leaf>)> {
    let (scope, tops) = (asked.scope, asked.scope.tops(tree));
    let node = scope.node(tree);
    let is_own = node.is_some_and(|node| tree.is_leaf(node));
    let counts = scope.counts(tree);
    let (received, accepted) = if is_own {
        own_coverages(&counts)
    } else {
        coverages(&counts)
    };
    let leaves = tops.iter().filter(|node| tree.is_leaf(**node));
    let standings = leaves.filter_map(|node| tree.standing(*node));
    let counted = standings.filter(|standing| is_received(standing) && (is_own || standing.adds));
    let leaves = counted.filter_map(|standing| {
        Some(Leaf {
            revision: standing.counted?,
            is_official: is_official(standing),
        })
    });
    let figures = UnitFigures {
        campaign: asked.campaign.clone(),
        unit: top_ref(tree, scope),
        path: path(tree, asked),
        report: node
            .and_then(|node| tree.standing(node))
            .map(|standing| standing.assignment),
        corrections: Vec::new(),
        is_own,
        provisional: FigureSet {
            totals: totals_of(tree, &tops, |sums| &sums.provisional)?,
            coverage: received,
        },
        official: FigureSet {
            totals: totals_of(tree, &tops, |sums| &sums.official)?,
            coverage: accepted,
        },
        layout: tree.layout().clone(),
    };
    Ok((figures, leaves.collect()))
}

/// The totals that some units keep, together.
fn totals_of(tree: &LiveTree, nodes: &[Node], pick: impl Fn(&Sums) -> &Totals) -> Result<Totals> {
    let mut totals = Totals::empty(tree.layout());
    for sums in nodes.iter().filter_map(|node| tree.sums(*node)) {
        let merged = totals.merge(tree.layout(), pick(sums));
        merged.map_err(Error::refused)?;
    }
    Ok(totals)
}

/// The unit that a part is about; the whole of a campaign with several roots has no code.
fn top_ref(tree: &LiveTree, scope: Scope) -> UnitRef {
    scope.node(tree).map_or_else(
        || UnitRef {
            code: String::new(),
            name: WHOLE.into(),
            level: 0,
        },
        |node| unit_ref(tree, node),
    )
}

/// Coverage of a report by itself, which may not add to anything.
fn own_coverages(counts: &Counts) -> (Coverage, Coverage) {
    let coverage = |received| Coverage {
        received,
        expected: counts.expected,
    };
    (
        coverage(counts.received),
        coverage(counts.state(State::Accepted)),
    )
}

/// Coverage of the provisional and of the official totals.
pub(crate) fn coverages(counts: &Counts) -> (Coverage, Coverage) {
    let coverage = |received| Coverage {
        received,
        expected: counts.adding_expected,
    };
    (
        coverage(counts.adding_received),
        coverage(counts.adding_accepted),
    )
}

pub(crate) fn tables(
    ctx: &Ctx,
    layout: &Layout,
    revisions: &[RevisionId],
) -> Result<HashMap<RevisionId, FigureTable>> {
    let found = ctx
        .db()
        .read(|tx| store::live::figures_of(tx, layout, revisions))?;
    Ok(found.into_iter().collect())
}
