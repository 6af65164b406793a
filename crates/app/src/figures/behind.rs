//! Where a total came from: the units directly behind it, with their values.

use super::{Coverage, coverages, own_coverages, tables, top_ref, totals_of};
use crate::boards::{Scope, UnitRef, scope_of, unit_ref};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::live::{LiveTree, Node, is_received};
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
            let layout = tree.layout().clone();
            let tops = asked.scope.tops(tree);
            let totals = totals_of(tree, &tops, |sums| &sums.provisional);
            let answer = Behind {
                campaign: asked.campaign.clone(),
                unit: top_ref(tree, asked.scope),
                indicator: layout.indicators()[figure.indicator].clone(),
                period,
                value: None,
                coverage: match asked.scope.node(tree) {
                    Some(node) if tree.is_leaf(node) => own_coverages(tree.counts(node)).0,
                    _ => coverages(&asked.scope.counts(tree)).0,
                },
                parts: Vec::new(),
            };
            let parts = parts(tree, asked.scope, figure);
            Some((layout, figure, parts, totals, answer))
        })?;
    let (layout, figure, parts, totals, mut answer) = found.ok_or(Error::NotFound)?;
    let mut totals = totals?;
    let wanted: Vec<RevisionId> = parts.iter().filter_map(|part| part.revision).collect();
    let tables = tables(ctx, &layout, &wanted)?;
    for part in parts {
        let mut contribution = part.contribution;
        let revision = part.revision;
        if let Some(table) = revision.and_then(|revision| tables.get(&revision)) {
            let own = of_one(&layout, table).map_err(Error::refused)?;
            contribution.value = figure.value(&layout, &own);
            contribution.is_not_applicable = figure
                .cell
                .is_some_and(|cell| table.cells[cell] == Cell::NotApplicable);
            if part.is_top {
                totals.merge(&layout, &own).map_err(Error::refused)?;
            }
        }
        answer.parts.push(contribution);
    }
    answer.value = figure.value(&layout, &totals);
    Ok(answer)
}

/// One part of a total while its figures are still to be loaded.
struct Part {
    contribution: Contribution,
    /// Its report, when it is a single one that counts.
    revision: Option<RevisionId>,
    /// Its figures stand in no other unit's totals.
    is_top: bool,
}

/// The parts of a total: the report of the unit itself, and the units below.
fn parts(tree: &LiveTree, asked: Scope, figure: Figure) -> Vec<Part> {
    let (scope, tops) = (asked.spread(tree), asked.tops(tree));
    let adds = |node: Node| tree.standing(node).is_some_and(|standing| standing.adds);
    let own = scope.node(tree);
    let own = own.filter(|node| adds(*node) || tree.is_leaf(*node));
    let below = scope.children(tree).into_iter();
    let below = below.filter(|part| tree.counts(*part).adding_expected > 0);
    own.into_iter()
        .chain(below)
        .map(|part| {
            let is_alone = own == Some(part) && tree.is_leaf(part);
            let sums = tree.sums(part).filter(|_| own != Some(part));
            let standing = tree.standing(part).filter(|_| sums.is_none());
            let coverage = if is_alone {
                own_coverages(tree.counts(part))
            } else if own == Some(part) {
                coverages(&tree.counts_own(part))
            } else {
                coverages(tree.counts(part))
            };
            Part {
                contribution: Contribution {
                    unit: unit_ref(tree, part),
                    has_parts: sums.is_some(),
                    assignment: standing.map(|standing| standing.assignment),
                    value: sums.and_then(|sums| figure.value(tree.layout(), &sums.provisional)),
                    is_not_applicable: false,
                    coverage: coverage.0,
                },
                revision: standing
                    .filter(|standing| is_received(standing) && (is_alone || standing.adds))
                    .and_then(|standing| standing.counted),
                is_top: tree.is_leaf(part) && tops.contains(&part),
            }
        })
        .collect()
}
