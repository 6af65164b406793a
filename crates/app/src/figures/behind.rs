//! Where a total came from: the units directly behind it, with their values.

use super::{Coverage, coverages, tables};
use crate::boards::{Scope, UnitRef, scope_of, unit_ref};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::live::{LiveTree, Node, counted};
use domain::campaign::{Campaign, Indicator, Period};
use domain::figures::{Cell, Layout};
use domain::ids::{AssignmentId, RevisionId};
use domain::number::Amount;
use domain::rollup::{Totals, of_one};

/// One unit behind a total.
#[derive(Debug, Clone)]
pub struct Contribution {
    pub unit: UnitRef,
    /// Units stand below it, so its own total can be opened.
    pub has_parts: bool,
    /// Its report, when it is a single one.
    pub assignment: Option<AssignmentId>,
    pub value: Option<Amount>,
    /// It reported "not applicable".
    pub is_not_applicable: bool,
    pub coverage: Coverage,
}

/// The units directly behind one total.
#[derive(Debug, Clone)]
pub struct Behind {
    pub campaign: Campaign,
    pub unit: UnitRef,
    pub indicator: Indicator,
    pub period: Period,
    pub value: Option<Amount>,
    pub coverage: Coverage,
    pub parts: Vec<Contribution>,
}

/// One value in a layout.
#[derive(Debug, Clone, Copy)]
struct Figure {
    /// Position of the indicator.
    indicator: usize,
    /// `None` for a yearly indicator over all its years.
    cell: Option<usize>,
}

impl Figure {
    fn find(layout: &Layout, code: &str, period: Period) -> Option<Figure> {
        let indicator = layout.indicator(code)?;
        let cell = layout.cell(indicator, period);
        (cell.is_some() || period == Period::Whole).then_some(Figure { indicator, cell })
    }

    fn value(self, layout: &Layout, totals: &Totals) -> Option<Amount> {
        match self.cell {
            Some(cell) => totals.value(layout, self.indicator, cell),
            None => totals.over_time(layout, self.indicator),
        }
    }
}

/// What stands behind one provisional total: the totals of the parts below, and the figures of single units. The
/// whole period of a yearly indicator is its total over the years.
///
/// # Errors
/// `NotFound` for an unknown indicator or period, and by the rules of access.
pub fn behind(
    ctx: &Ctx,
    short_id: &str,
    code: Option<&str>,
    indicator: &str,
    period: Period,
) -> Result<Behind> {
    let asked = scope_of(ctx, short_id, code)?;
    let found = ctx
        .app()
        .live
        .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
            let figure = Figure::find(tree.layout(), indicator, period)?;
            let node = asked.scope.node(tree)?;
            let parts = parts(tree, asked.scope.spread(tree), figure);
            let (coverage, _) = coverages(tree.counts(node));
            let sums = tree.sums(node);
            let value = sums.and_then(|sums| figure.value(tree.layout(), &sums.provisional));
            Some((
                tree.layout().clone(),
                figure,
                parts,
                tree.is_leaf(node),
                Behind {
                    campaign: asked.campaign.clone(),
                    unit: unit_ref(tree, node),
                    indicator: tree.layout().indicators()[figure.indicator].clone(),
                    period,
                    value,
                    coverage,
                    parts: Vec::new(),
                },
            ))
        })?;
    let (layout, figure, parts, is_own, mut answer) = found.ok_or(Error::NotFound)?;
    let wanted: Vec<RevisionId> = parts.iter().filter_map(|(_, revision)| *revision).collect();
    let tables = tables(ctx, &layout, &wanted)?;
    for (mut part, revision) in parts {
        if let Some(table) = revision.and_then(|revision| tables.get(&revision)) {
            let own = of_one(&layout, table).map_err(Error::refused)?;
            part.value = figure.value(&layout, &own);
            part.is_not_applicable = figure
                .cell
                .is_some_and(|cell| table.cells[cell] == Cell::NotApplicable);
        }
        answer.parts.push(part);
    }
    if is_own {
        answer.value = answer.parts.first().and_then(|part| part.value);
    }
    Ok(answer)
}

/// The parts of a total, those that are single reports with the revision to load.
fn parts(tree: &LiveTree, scope: Scope, figure: Figure) -> Vec<(Contribution, Option<RevisionId>)> {
    let adds = |node: &Node| tree.standing(*node).is_some_and(|standing| standing.adds);
    let own = scope.node(tree).filter(adds);
    own.into_iter()
        .chain(scope.children(tree))
        .filter(|part| tree.counts(*part).adding_expected > 0)
        .map(|part| {
            let sums = tree.sums(part).filter(|_| own != Some(part));
            let standing = tree.standing(part);
            let contribution = Contribution {
                unit: unit_ref(tree, part),
                has_parts: sums.is_some(),
                assignment: standing
                    .filter(|_| sums.is_none())
                    .map(|standing| standing.assignment),
                value: sums.and_then(|sums| figure.value(tree.layout(), &sums.provisional)),
                is_not_applicable: false,
                coverage: if own == Some(part) {
                    coverages(&tree.counts_own(part)).0
                } else {
                    coverages(tree.counts(part)).0
                },
            };
            let revision = standing.filter(|_| sums.is_none()).and_then(counted);
            (contribution, revision)
        })
        .collect()
}
