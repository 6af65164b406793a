//! The figures of a unit: rolled up from the reports below it, or its own when nothing is below it.

use crate::boards::{Scope, UnitRef, scope_of};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::live::{Counts, LiveTree, Node, counted, is_official};
use domain::campaign::{Campaign, Indicator, Period};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::{AssignmentId, RevisionId};
use domain::number::Amount;
use domain::rollup::{Totals, of_one};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

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
    pub layout: Layout,
    /// Its own report, not a roll-up.
    pub is_own: bool,
    /// From all received reports.
    pub provisional: FigureSet,
    /// From the accepted ones.
    pub official: FigureSet,
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
        Ok::<_, Error>(held(tree, node, &campaign))
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
    Ok(figures)
}

/// The counted report of a unit that keeps no totals.
struct Leaf {
    revision: RevisionId,
    is_official: bool,
}

/// What memory holds about a unit's figures, and for a leaf the report to load.
fn held(tree: &LiveTree, node: Node, campaign: &Campaign) -> (UnitFigures, Option<Leaf>) {
    let layout = tree.layout().clone();
    let unit = tree.node(node);
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
        unit: UnitRef {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: unit.level,
        },
        is_own: tree.is_leaf(node),
        provisional,
        official,
        layout,
    };
    (figures, leaf)
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

/// The tables of some revisions.
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

/// What stands behind one provisional total: the totals of the parts below, and the figures of single units.
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
            let position = tree.layout().indicator(indicator)?;
            let cell = tree.layout().cell(position, period)?;
            let node = asked.scope.node(tree)?;
            let parts = parts(tree, asked.scope, node, position, cell);
            let (coverage, _) = coverages(tree.counts(node));
            let value = tree
                .sums(node)
                .and_then(|sums| sums.provisional.value(tree.layout(), position, cell));
            Some((
                tree.layout().clone(),
                position,
                cell,
                parts,
                Behind {
                    campaign: asked.campaign.clone(),
                    unit: UnitRef {
                        code: tree.node(node).code.clone(),
                        name: tree.node(node).name.clone(),
                        level: tree.node(node).level,
                    },
                    indicator: tree.layout().indicators()[position].clone(),
                    period,
                    value,
                    coverage,
                    parts: Vec::new(),
                },
            ))
        })?;
    let (layout, position, cell, parts, mut answer) = found.ok_or(Error::NotFound)?;
    let wanted: Vec<RevisionId> = parts.iter().filter_map(|(_, revision)| *revision).collect();
    let tables = tables(ctx, &layout, &wanted)?;
    for (mut part, revision) in parts {
        if let Some(table) = revision.and_then(|revision| tables.get(&revision)) {
            let own = of_one(&layout, table).map_err(Error::refused)?;
            part.value = own.value(&layout, position, cell);
            part.is_not_applicable = table.cells[cell] == Cell::NotApplicable;
        }
        answer.parts.push(part);
    }
    Ok(answer)
}

/// The parts of a total, those that are single reports with the revision to load.
fn parts(
    tree: &LiveTree,
    scope: Scope,
    node: Node,
    position: usize,
    cell: usize,
) -> Vec<(Contribution, Option<RevisionId>)> {
    let own = tree
        .standing(node)
        .is_some_and(|standing| standing.adds)
        .then_some(node);
    own.into_iter()
        .chain(scope.children(tree))
        .filter(|part| tree.counts(*part).adding_expected > 0)
        .map(|part| {
            let sums = tree.sums(part).filter(|_| part != node);
            let standing = tree.standing(part);
            let unit = tree.node(part);
            let contribution = Contribution {
                unit: UnitRef {
                    code: unit.code.clone(),
                    name: unit.name.clone(),
                    level: unit.level,
                },
                has_parts: sums.is_some(),
                assignment: standing
                    .filter(|_| sums.is_none())
                    .map(|standing| standing.assignment),
                value: sums.and_then(|sums| sums.provisional.value(tree.layout(), position, cell)),
                is_not_applicable: false,
                coverage: if part == node {
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

/// Values by period and indicator code; `null` where nothing was reported.
pub type Values = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// One set of totals as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureSetJson {
    /// Yearly indicators: year, then code.
    pub years: Values,
    /// Indicators with one value for the whole period.
    pub whole: BTreeMap<String, Option<String>>,
    /// Every indicator carried over the years by its rule.
    pub over_time: BTreeMap<String, Option<String>>,
    pub coverage: Coverage,
}

/// The figures of a unit as one JSON document; the provisional ones stand at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitFiguresJson {
    pub campaign: String,
    pub unit: String,
    pub name: String,
    #[serde(flatten)]
    pub provisional: FigureSetJson,
    pub official: FigureSetJson,
}

impl From<&UnitFigures> for UnitFiguresJson {
    fn from(figures: &UnitFigures) -> Self {
        UnitFiguresJson {
            campaign: figures.campaign.short_id.clone(),
            unit: figures.unit.code.clone(),
            name: figures.unit.name.clone(),
            provisional: set_json(&figures.layout, &figures.provisional),
            official: set_json(&figures.layout, &figures.official),
        }
    }
}

fn set_json(layout: &Layout, set: &FigureSet) -> FigureSetJson {
    let mut json = FigureSetJson {
        years: Values::new(),
        whole: BTreeMap::new(),
        over_time: BTreeMap::new(),
        coverage: set.coverage,
    };
    for (position, indicator) in layout.indicators().iter().enumerate() {
        for (period, cell) in layout.cells(position) {
            let value = set.totals.value(layout, position, cell);
            let value = value.map(|amount| amount.to_string());
            match period {
                Period::Year(_) => json.years.entry(period.key()).or_default(),
                Period::Whole => &mut json.whole,
            }
            .insert(indicator.code.clone(), value);
        }
        let over_time = set.totals.over_time(layout, position);
        json.over_time.insert(
            indicator.code.clone(),
            over_time.map(|amount| amount.to_string()),
        );
    }
    json
}
