//! The figures of a consolidated report: rolled up from those below by each indicator's rule, with what stands behind
//! each of them.

use super::corrections::in_force;
use super::rolled::{Rolled, rolled};
use crate::boards::UnitRef;
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Result};
use crate::figures::Coverage;
use crate::reports::content::{Content, FigureSource, figure_source as source_of};
use crate::reports::draft::{kind_of_save, open_draft};
use crate::reports::steps::{is_own, own, record};
use domain::access::{Subject, Wish};
use domain::campaign::{Indicator, Period};
use domain::event::EventKind;
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::AssignmentId;
use domain::number::Amount;
use domain::rollup::{Totals, of_one};
use store::consolidation::Correction;
use store::work::NamedAssignment;

/// The figures of a consolidated report beside what is rolled up now.
#[derive(Debug, Clone)]
pub struct FigureDesk {
    pub report: NamedAssignment,
    pub layout: Layout,
    pub coverage: Coverage,
    /// By cell: what is rolled up now.
    pub rolled_up: Vec<Option<Amount>>,
    /// By cell: what stands in the draft, ratios computed.
    pub draft: Vec<Cell>,
    /// By cell.
    pub corrections: Vec<Option<Correction>>,
    /// How many cells of the draft are no longer what is rolled up or corrected.
    pub stale: usize,
}

/// Opens the figures of a consolidated report.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the unit and who drafts for it; [`Error::Refused`] when nothing is rolled up.
pub fn figure_desk(ctx: &Ctx, id: AssignmentId) -> Result<FigureDesk> {
    let loaded = ctx.db().read(|tx| own(ctx, tx, id))?;
    let rolled = rolled(ctx, &loaded)?;
    ctx.db().read(|tx| {
        if source_of(tx, &loaded.assignment)? != FigureSource::RolledUp {
            return Err(Error::Refused(NOT_ROLLED_UP.into()));
        }
        let draft = Content::current(ctx, tx, &loaded)?.figures;
        let layout = store::campaigns::layout(tx, &loaded.campaign)?;
        let corrections = in_force(tx, &layout, id, ctx.now)?;
        let wanted = rolled.table(&layout, &corrections);
        Ok(FigureDesk {
            report: store::work::named(tx, id)?,
            coverage: rolled.coverage,
            rolled_up: values(&layout, &rolled.totals),
            stale: (wanted.cells.iter().zip(&draft.cells))
                .filter(|(wanted, draft)| wanted != draft)
                .count(),
            draft: with_computed(&layout, &draft),
            corrections,
            layout,
        })
    })
}

pub(super) const NOT_ROLLED_UP: &str = "Không có đơn vị nào bên dưới gửi số liệu cộng vào báo cáo này; số liệu được nhập trực tiếp ở trang “Số liệu” của báo cáo";

fn values(layout: &Layout, totals: &Totals) -> Vec<Option<Amount>> {
    let mut values = Vec::with_capacity(layout.len());
    for position in 0..layout.indicators().len() {
        values.extend(
            layout
                .cells(position)
                .map(|(_, cell)| totals.value(layout, position, cell)),
        );
    }
    values
}

/// The cells of a table with its ratios.
fn with_computed(layout: &Layout, table: &FigureTable) -> Vec<Cell> {
    let mut cells = table.cells.clone();
    for (cell, value) in crate::reports::figures::computed(layout, table)
        .into_iter()
        .enumerate()
    {
        if let Some(value) = value {
            cells[cell] = Cell::Number(value);
        }
    }
    cells
}

/// Writes what is rolled up now, and the corrections beside it, into the draft; gives how many cells changed.
///
/// # Errors
/// [`Error::Refused`] when the report is closed or nothing is rolled up.
pub fn refresh(ctx: &Ctx, id: AssignmentId) -> Result<usize> {
    let loaded = ctx.db().read(|tx| own(ctx, tx, id))?;
    let rolled = rolled(ctx, &loaded)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        if source_of(tx, &loaded.assignment)? != FigureSource::RolledUp {
            return Err(Error::Refused(NOT_ROLLED_UP.into()));
        }
        let (revision, begun, open) = open_draft(&ctx, tx, &loaded)?;
        let layout = store::campaigns::layout(tx, &loaded.campaign)?;
        let corrections = in_force(tx, &layout, id, ctx.now)?;
        let wanted = rolled.table(&layout, &corrections);
        let mut table = store::figures::decode(&revision.figures, &layout)?;
        let mut changed = 0;
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (_, cell) in layout.cells(position) {
                if table.cells[cell] != wanted.cells[cell] && open.indicator(indicator.id) {
                    table.cells[cell] = wanted.cells[cell];
                    changed += 1;
                }
            }
        }
        if changed > 0 || begun {
            let stored = store::figures::encode(&table, &layout);
            store::revisions::save_figures(tx, revision.id, &stored)?;
            let detail = serde_json::json!({
                "revision": revision.number, "rolled_up": true, "cells": changed,
                "received": rolled.coverage.received, "expected": rolled.coverage.expected,
            });
            let kind = kind_of_save(begun, EventKind::FiguresSaved);
            record(&ctx, tx, &loaded, kind, detail, "")?;
        }
        Ok(changed)
    })
}

/// Where one figure of a consolidated report came from.
#[derive(Debug, Clone)]
pub struct CellSource {
    pub report: NamedAssignment,
    pub indicator: Indicator,
    pub period: Period,
    /// What stands in the report: in the draft for the unit, in what was sent last for others.
    pub stated: Cell,
    /// What is rolled up now.
    pub rolled_up: Option<Amount>,
    pub coverage: Coverage,
    pub correction: Option<Correction>,
    /// The units directly below whose figures add up, in tree order.
    pub parts: Vec<Part>,
    /// Those that look at the same facts from the side and do not add.
    pub beside: Vec<Part>,
    /// The actor stands on the unit's side, where corrections are made.
    pub is_own: bool,
}

/// One unit behind a figure.
#[derive(Debug, Clone)]
pub struct Part {
    pub unit: UnitRef,
    /// Its report; `None` when it owes none.
    pub assignment: Option<AssignmentId>,
    /// Units below it write, so the way goes on there.
    pub consolidates: bool,
    /// Its own report was sent.
    pub was_sent: bool,
    /// What counts.
    pub value: Option<Amount>,
    pub coverage: Coverage,
    /// What its own report says; [`Cell::Blank`] while it has sent none.
    pub stated: Cell,
    pub correction: Option<Correction>,
}

impl Part {
    /// Its report says something else than what counts.
    pub fn differs(&self) -> bool {
        matches!((self.stated, self.value), (Cell::Number(stated), Some(value)) if stated != value)
    }
}

/// Follows one figure of a consolidated report to the units below.
///
/// # Errors
/// [`Error::NotFound`] for a report that the actor may not read, for an unknown cell, and for a report whose figures
/// are not rolled up.
pub fn figure_source(
    ctx: &Ctx,
    id: AssignmentId,
    indicator: &str,
    period: Period,
) -> Result<CellSource> {
    let loaded = ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        match source_of(tx, &loaded.assignment)? {
            FigureSource::RolledUp => Ok(loaded),
            FigureSource::Entered => Err(Error::NotFound),
        }
    })?;
    let rolled = rolled(ctx, &loaded)?;
    let layout = &rolled.layout;
    let position = layout.indicator(indicator).ok_or(Error::NotFound)?;
    let cell = layout.cell(position, period).ok_or(Error::NotFound)?;
    let at = At { position, cell };
    let (stated, correction) = stated(ctx, &loaded, layout, at)?;
    Ok(CellSource {
        report: ctx.db().read(|tx| store::work::named(tx, id))?,
        indicator: layout.indicators()[position].clone(),
        period,
        stated,
        correction,
        rolled_up: rolled.totals.value(layout, position, cell),
        coverage: rolled.coverage,
        parts: parts(ctx, &rolled, at, true)?,
        beside: parts(ctx, &rolled, at, false)?,
        is_own: is_own(ctx, &loaded),
    })
}

/// A cell with the position of its indicator.
#[derive(Clone, Copy)]
struct At {
    position: usize,
    cell: usize,
}

/// What stands in the report as the actor sees it, and the correction that stood there then.
fn stated(
    ctx: &Ctx,
    loaded: &LoadedReport,
    layout: &Layout,
    at: At,
) -> Result<(Cell, Option<Correction>)> {
    let id = loaded.assignment.id;
    ctx.db().read(|tx| {
        let (revision, moment) = if is_own(ctx, loaded) {
            let current = store::revisions::by_number(tx, id, loaded.assignment.revision)?;
            (current, ctx.now)
        } else {
            let sent = store::revisions::sent(tx, id)?
                .pop()
                .ok_or(Error::NotFound)?;
            let moment = sent.sent_at.unwrap_or(ctx.now);
            (Some(sent), moment)
        };
        let table = match &revision {
            Some(revision) => store::figures::decode(&revision.figures, layout)?,
            None => FigureTable::blank(layout),
        };
        let correction = in_force(tx, layout, id, moment)?.swap_remove(at.cell);
        Ok((cell_of(layout, &table, at), correction))
    })
}

fn cell_of(layout: &Layout, table: &FigureTable, at: At) -> Cell {
    if !layout.indicators()[at.position].is_computed() {
        return table.cells[at.cell];
    }
    of_one(layout, table)
        .ok()
        .and_then(|own| own.value(layout, at.position, at.cell))
        .map_or(Cell::Blank, Cell::Number)
}

fn parts(ctx: &Ctx, rolled: &Rolled, at: At, adding: bool) -> Result<Vec<Part>> {
    let wanted = rolled.parts.iter().filter(|part| part.adds == adding);
    ctx.db().read(|tx| {
        wanted
            .map(|part| {
                let correction = match (part.consolidates, part.assignment, part.sent_at) {
                    (true, Some(report), Some(moment)) => {
                        in_force(tx, &rolled.layout, report, moment)?.swap_remove(at.cell)
                    }
                    _ => None,
                };
                Ok(Part {
                    unit: part.unit.clone(),
                    assignment: part.assignment,
                    consolidates: part.consolidates,
                    was_sent: part.sent_at.is_some(),
                    value: part.totals.value(&rolled.layout, at.position, at.cell),
                    coverage: part.coverage,
                    stated: part
                        .table
                        .as_ref()
                        .map_or(Cell::Blank, |table| cell_of(&rolled.layout, table, at)),
                    correction,
                })
            })
            .collect()
    })
}
