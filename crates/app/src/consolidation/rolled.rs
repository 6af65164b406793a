//! The roll-up behind a consolidated report: exact totals of all reports below that add up, unit by unit.
//!
//! A unit below that consolidates counts with the totals of those who wrote, not with what it made of them; its own
//! table fills in only what nobody below it was asked for. So a correction never slips into a total unseen.

use crate::boards::UnitRef;
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use crate::figures::{Coverage, coverages, tables};
use crate::live::{Counts, LiveTree, Node, counted};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::{AssignmentId, RevisionId};
use domain::number::Amount;
use domain::rollup::{Totals, of_one};
use jiff::Timestamp;
use store::consolidation::{Correction, SentReport};

/// The totals of the units below.
pub(super) struct Rolled {
    pub layout: Layout,
    pub totals: Totals,
    pub coverage: Coverage,
    /// The units directly below, those that add first.
    pub parts: Vec<PartTotals>,
}

/// The totals of one unit below with everything below it.
pub(super) struct PartTotals {
    pub unit: UnitRef,
    pub assignment: Option<AssignmentId>,
    /// Units below it write.
    pub consolidates: bool,
    /// Its figures are in the totals.
    pub adds: bool,
    pub totals: Totals,
    pub coverage: Coverage,
    /// The table of its own report, as sent.
    pub table: Option<FigureTable>,
    pub sent_at: Option<Timestamp>,
}

impl Rolled {
    /// What belongs into the draft: corrections before what is rolled up; computed indicators stay blank.
    pub fn table(&self, layout: &Layout, corrections: &[Option<Correction>]) -> FigureTable {
        let mut table = FigureTable::blank(layout);
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (_, cell) in layout.cells(position) {
                if !indicator.is_computed() {
                    table.cells[cell] = match corrections.get(cell) {
                        Some(Some(correction)) => corrected(correction),
                        _ => self.cell(layout, position, cell),
                    };
                }
            }
        }
        table
    }

    /// What is rolled up into one cell.
    pub fn cell(&self, layout: &Layout, position: usize, cell: usize) -> Cell {
        match self.totals.value(layout, position, cell) {
            Some(value) => Cell::Number(value),
            None if self.totals.behind(cell).not_applicable > 0 => Cell::NotApplicable,
            None => Cell::Blank,
        }
    }
}

fn corrected(correction: &Correction) -> Cell {
    Amount::parse_exact(&correction.value).map_or(Cell::Blank, Cell::Number)
}

/// What memory holds about one unit below.
struct Held {
    unit: UnitRef,
    assignment: Option<AssignmentId>,
    sums: Option<Totals>,
    /// The report that counts, of a unit that keeps no totals.
    leaf: Option<RevisionId>,
    coverage: Coverage,
}

/// Rolls up the reports below the unit of a report. Not inside a read or write of the store.
pub(super) fn rolled(ctx: &Ctx, loaded: &LoadedReport) -> Result<Rolled> {
    let (campaign, unit) = (&loaded.campaign, loaded.assignment.terms.unit);
    let lineage = ctx.db().read(|tx| -> Result<_> {
        let body = store::units::by_id(tx, unit)?.body;
        Ok(store::unit_history::lineage(tx, body)?)
    })?;
    let (layout, coverage, held) = ctx
        .app()
        .live
        .with(ctx.db(), campaign, ctx.now, |tree| {
            let node = tree.of_unit(unit)?;
            // What was sent under a unit that went into this one counts here, and stays there.
            let before = lineage.iter().filter_map(|row| tree.of_unit(*row));
            let own = tree.node(node).interval;
            let before = before.filter(|row| !own.contains(tree.node(*row).interval));
            let nodes: Vec<Node> = std::iter::once(node).chain(before).collect();
            let held: Vec<Held> = nodes
                .iter()
                .flat_map(|node| tree.children(*node))
                .filter(|child| tree.counts(*child).adding_expected > 0)
                .map(|child| hold(tree, child))
                .collect();
            let mut counts = Counts::default();
            for node in &nodes {
                counts.add(&tree.counts_below(*node));
            }
            let coverage = coverages(&counts).0;
            Some((tree.layout().clone(), coverage, held))
        })?
        .ok_or(Error::NotFound)?;
    let below = ctx
        .db()
        .read(|tx| store::consolidation::reports_to(tx, campaign.id, unit))?;
    let mut wanted: Vec<RevisionId> = held.iter().filter_map(|part| part.leaf).collect();
    wanted.extend(below.iter().filter_map(|report| report.revision));
    let tables = tables(ctx, &layout, &wanted)?;
    let sent_of = |assignment: Option<AssignmentId>| {
        below
            .iter()
            .find(|report| Some(report.assignment) == assignment)
    };
    let mut rolled = Rolled {
        totals: Totals::empty(&layout),
        coverage,
        parts: Vec::new(),
        layout,
    };
    for part in held {
        let sent = sent_of(part.assignment);
        let revision = sent.and_then(|sent| sent.revision);
        let table = revision.and_then(|revision| tables.get(&revision)).cloned();
        let consolidates = part.sums.is_some();
        let mut totals = part.sums.unwrap_or_else(|| Totals::empty(&rolled.layout));
        let leaf = part.leaf.and_then(|revision| tables.get(&revision));
        if let Some(leaf) = leaf {
            totals.add(&rolled.layout, leaf).map_err(Error::refused)?;
        }
        if consolidates && let Some(table) = &table {
            totals.fill_gaps(&of_one(&rolled.layout, table).map_err(Error::refused)?);
        }
        rolled
            .totals
            .merge(&rolled.layout, &totals)
            .map_err(Error::refused)?;
        rolled.parts.push(PartTotals {
            unit: part.unit,
            assignment: part.assignment,
            consolidates,
            adds: true,
            totals,
            coverage: part.coverage,
            sent_at: sent.and_then(|sent| sent.sent_at),
            table,
        });
    }
    for report in &below {
        let known = |part: &PartTotals| part.assignment == Some(report.assignment);
        if !rolled.parts.iter().any(known) && report.state.is_expected() {
            let table = report.revision.and_then(|revision| tables.get(&revision));
            rolled.parts.push(beside(&rolled.layout, report, table)?);
        }
    }
    Ok(rolled)
}

fn hold(tree: &LiveTree, child: Node) -> Held {
    let unit = tree.node(child);
    let standing = tree.standing(child);
    let sums = tree.sums(child);
    Held {
        unit: UnitRef {
            code: unit.code.clone(),
            name: unit.name.clone(),
            level: unit.level,
        },
        assignment: standing.map(|standing| standing.assignment),
        leaf: standing.filter(|_| sums.is_none()).and_then(counted),
        sums: sums.map(|sums| sums.provisional.clone()),
        coverage: coverages(tree.counts(child)).0,
    }
}

/// A report that is shown and not added.
fn beside(layout: &Layout, report: &SentReport, table: Option<&FigureTable>) -> Result<PartTotals> {
    let totals = match table {
        Some(table) => of_one(layout, table).map_err(Error::refused)?,
        None => Totals::empty(layout),
    };
    Ok(PartTotals {
        unit: UnitRef {
            code: report.unit_code.clone(),
            name: report.unit_name.clone(),
            level: 0,
        },
        assignment: Some(report.assignment),
        consolidates: false,
        adds: false,
        totals,
        coverage: Coverage {
            received: report.revision.is_some().into(),
            expected: 1,
        },
        table: table.cloned(),
        sent_at: report.sent_at,
    })
}
