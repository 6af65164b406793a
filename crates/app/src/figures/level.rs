//! The figures of all units of one level side by side, a page at a time.
//!
//! A page costs its own rows: the units of a level are kept in tree order, so those of a part are one slice.

use super::{Coverage, coverages, own_coverages, tables};
use crate::boards::{Crumb, UnitRef, path, scope_of, unit_ref};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::live::{LiveTree, Node, is_official, is_received};
use domain::campaign::Campaign;
use domain::figures::Layout;
use domain::ids::RevisionId;
use domain::rollup::{Totals, of_one};

/// Rows on a page of whole tables.
pub const MAX_TABLES: u32 = 1_000;
/// Rows on a page about one indicator.
pub const MAX_ROWS: u32 = 100_000;
const PAGE_ROWS: u32 = 50;
/// Reports whose figures are read at a time.
const READ_AT_ONCE: usize = 2_000;

/// A question about the units of a level.
#[derive(Debug, Clone, Default)]
pub struct LevelQuery {
    /// Code of the unit whose part is asked for.
    pub unit: Option<String>,
    /// 2 province, 3 district, 4 grassroots; `None` for the next one below the part's top.
    pub level: Option<u8>,
    /// Code of the only indicator that is wanted.
    pub indicator: Option<String>,
    /// From 1; 0 is taken as 1.
    pub page: u32,
    /// 0 for the usual number; at most [`MAX_ROWS`], without an indicator 1,000.
    pub rows: u32,
}

/// One unit of the level.
#[derive(Debug, Clone)]
pub struct LevelRow {
    pub unit: UnitRef,
    /// The unit above it; empty for a root.
    pub above: String,
    /// Units stand below it: its figures are a roll-up.
    pub has_parts: bool,
    pub provisional: Totals,
    pub official: Totals,
    /// Behind the provisional and the official totals.
    pub coverage: Coverage,
    pub official_coverage: Coverage,
}

/// One page of the units of a level, in tree order.
#[derive(Debug, Clone)]
pub struct LevelFigures {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub layout: Layout,
    pub level: u8,
    /// The levels that have units in this part, below its top.
    pub levels: Vec<u8>,
    /// Position of the only indicator that was asked for.
    pub indicator: Option<usize>,
    /// Units of the level in this part, on whichever page.
    pub total: u32,
    pub page: u32,
    pub pages: u32,
    pub rows: Vec<LevelRow>,
}

/// The figures of the units of a level.
///
/// # Errors
/// `NotFound` for an unknown indicator, and as by the rules of access.
pub fn of_level(ctx: &Ctx, short_id: &str, query: &LevelQuery) -> Result<LevelFigures> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let code = query.indicator.as_deref().filter(|code| !code.is_empty());
    let most = if code.is_some() { MAX_ROWS } else { MAX_TABLES };
    let per_page = match query.rows {
        0 => PAGE_ROWS,
        rows => rows.min(most),
    };
    let (mut figures, reports) =
        ctx.app()
            .live
            .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
                let layout = tree.layout().clone();
                let indicator = code
                    .map(|code| layout.indicator(code).ok_or(Error::NotFound))
                    .transpose()?;
                let range = asked.scope.range(tree);
                let levels = tree.levels_in(range.clone());
                let top = asked.scope.node(tree).map(|node| tree.node(node).level);
                let levels: Vec<u8> = levels
                    .into_iter()
                    .filter(|level| top.is_none_or(|top| *level > top))
                    .collect();
                let level = query.level.or(levels.first().copied()).unwrap_or_default();
                let nodes = tree.at_level(level, range);
                let total = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                let pages = total.div_ceil(per_page).max(1);
                let page = query.page.clamp(1, pages);
                let shown = nodes
                    .iter()
                    .skip((page - 1) as usize * per_page as usize)
                    .take(per_page as usize);
                let (rows, reports): (Vec<_>, Vec<_>) = shown.map(|node| row(tree, *node)).unzip();
                Ok::<_, Error>((
                    LevelFigures {
                        campaign: asked.campaign.clone(),
                        path: path(tree, &asked),
                        layout,
                        level,
                        levels,
                        indicator,
                        total,
                        page,
                        pages,
                        rows,
                    },
                    reports,
                ))
            })??;
    add_own_figures(ctx, &mut figures, &reports)?;
    Ok(figures)
}

/// What memory holds of one unit, and the report whose figures are still to be read, with whether it is official.
fn row(tree: &LiveTree, node: Node) -> (LevelRow, Option<(RevisionId, bool)>) {
    let counts = tree.counts(node);
    let is_leaf = tree.is_leaf(node);
    let (coverage, official_coverage) = if is_leaf {
        own_coverages(counts)
    } else {
        coverages(counts)
    };
    let empty = || Totals::empty(tree.layout());
    let above = tree.node(node).parent;
    let row = LevelRow {
        unit: unit_ref(tree, node),
        above: above.map_or_else(String::new, |above| tree.node(above).name.clone()),
        has_parts: !is_leaf,
        provisional: tree
            .sums(node)
            .map_or_else(empty, |sums| sums.provisional.clone()),
        official: tree
            .sums(node)
            .map_or_else(empty, |sums| sums.official.clone()),
        coverage,
        official_coverage,
    };
    let own = tree
        .standing(node)
        .filter(|standing| is_leaf && is_received(standing));
    let report = own.and_then(|standing| Some((standing.counted?, is_official(standing))));
    (row, report)
}

fn add_own_figures(
    ctx: &Ctx,
    figures: &mut LevelFigures,
    reports: &[Option<(RevisionId, bool)>],
) -> Result<()> {
    let layout = &figures.layout;
    for (rows, reports) in figures
        .rows
        .chunks_mut(READ_AT_ONCE)
        .zip(reports.chunks(READ_AT_ONCE))
    {
        let wanted: Vec<RevisionId> = reports.iter().flatten().map(|(id, _)| *id).collect();
        if wanted.is_empty() {
            continue;
        }
        let tables = tables(ctx, layout, &wanted)?;
        for (row, report) in rows.iter_mut().zip(reports) {
            let Some((revision, is_official)) = report else {
                continue;
            };
            let Some(table) = tables.get(revision) else {
                continue;
            };
            row.provisional = of_one(layout, table).map_err(Error::refused)?;
            if *is_official {
                row.official = row.provisional.clone();
            }
        }
    }
    Ok(())
}
