//! The figures of a unit: rolled up from the reports below it, or its own when nothing is below it.

mod behind;
mod export;
mod json;

pub use behind::{Behind, Contribution, behind};
pub use export::as_workbook;
pub use json::{FigureSetJson, UnitFiguresJson, Values};

use crate::boards::{Crumb, UnitRef, path, scope_of, unit_ref};
use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use crate::live::{Counts, LiveTree, Node, is_official};
use domain::access::{Subject, Wish};
use domain::campaign::{Campaign, Period};
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, RevisionId};
use domain::number::Amount;
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
    let (mut figures, leaf) = ctx.app().live.with(ctx.db(), &campaign, ctx.now, |tree| {
        let node = asked.scope.node(tree).ok_or(Error::NotFound)?;
        let (figures, leaf) = held(tree, node, &campaign);
        let path = path(tree, &asked);
        Ok::<_, Error>((UnitFigures { path, ..figures }, leaf))
    })??;
    if let Some(leaf) = leaf
        && let Some(table) = tables(ctx, &figures.layout, &[leaf.revision])?.remove(&leaf.revision)
    {
        let own = of_one(&figures.layout, &table).map_err(Error::refused)?;
        if leaf.is_official {
            figures.official.totals = own.clone();
        }
        figures.provisional.totals = own;
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
        let subject = Subject::Report(load_report(tx, report)?.subject);
        if !ctx.may(Wish::ReadReport, &subject) {
            return Ok(None);
        }
        let stored = store::consolidation::corrections(tx, report)?;
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

/// What memory holds about a unit's figures, and for a leaf the report to load.
fn held(tree: &LiveTree, node: Node, campaign: &Campaign) -> (UnitFigures, Option<Leaf>) {
    let layout = tree.layout().clone();
    let set = |totals: Totals, coverage: Coverage| FigureSet { totals, coverage };
    let empty = || Totals::empty(&layout);
    let counts = tree.counts(node);
    let standing = tree.standing(node);
    let (provisional, official) = match tree.sums(node) {
        Some(sums) => {
            let (received, accepted) = coverages(counts);
            (
                set(sums.provisional.clone(), received),
                set(sums.official.clone(), accepted),
            )
        }
        None => {
            let coverage = |received: u32| Coverage {
                received,
                expected: counts.expected,
            };
            let accepted = standing.is_some_and(is_official);
            (
                set(empty(), coverage(counts.received)),
                set(empty(), coverage(accepted.into())),
            )
        }
    };
    let leaf = tree
        .is_leaf(node)
        .then_some(standing)
        .flatten()
        .filter(|standing| crate::live::is_received(standing))
        .and_then(|standing| {
            Some(Leaf {
                revision: standing.counted?,
                is_official: is_official(standing),
            })
        });
    let figures = UnitFigures {
        campaign: campaign.clone(),
        unit: unit_ref(tree, node),
        path: Vec::new(),
        report: standing.map(|standing| standing.assignment),
        corrections: Vec::new(),
        is_own: tree.is_leaf(node),
        provisional,
        official,
        layout,
    };
    (figures, leaf)
}

/// Coverage of the provisional and of the official totals.
fn coverages(counts: &Counts) -> (Coverage, Coverage) {
    let coverage = |received| Coverage {
        received,
        expected: counts.adding_expected,
    };
    (
        coverage(counts.adding_received),
        coverage(counts.adding_accepted),
    )
}

fn tables(
    ctx: &Ctx,
    layout: &Layout,
    revisions: &[RevisionId],
) -> Result<HashMap<RevisionId, FigureTable>> {
    let found = ctx
        .db()
        .read(|tx| store::live::figures_of(tx, layout, revisions))?;
    Ok(found.into_iter().collect())
}
