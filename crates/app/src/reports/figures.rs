//! The table of figures: typed cell by cell, merged cell by cell, or rolled up as a whole.

use super::content::{Content, FigureSource, Outline, figure_source};
use super::draft::{kind_of_save, open_draft};
use super::returns::Openness;
use super::steps::{facts, own, record};
use crate::ctx::Ctx;
use crate::error::{Error, Problem, Result};
use domain::access::{Subject, Wish};
use domain::campaign::Period;
use domain::event::EventKind;
use domain::figures::{Cell, FigureTable, Layout, SumSlip, sum_slips};
use domain::ids::AssignmentId;
use domain::number::{Amount, NumberError};
use domain::report::lifecycle::{Action, step};
use domain::rollup::of_one;
use jiff::Timestamp;
use std::sync::Arc;
use store::work::NamedAssignment;

/// Most cells in one save.
const MOST_CELLS: usize = 20_000;

/// The table as somebody who fills it in sees it.
#[derive(Debug, Clone)]
pub struct FiguresView {
    pub report: NamedAssignment,
    pub outline: Arc<Outline>,
    pub table: FigureTable,
    /// Values of computed indicators by cell; `None` elsewhere and where they cannot be computed.
    pub computed: Vec<Option<Amount>>,
    /// Totals that are not the sum of their parts.
    pub slips: Vec<SumSlip>,
    pub version: i64,
    pub source: FigureSource,
    /// Which indicators may be edited now, in table order.
    pub open: Vec<bool>,
    /// Why nothing may be edited.
    pub closed_because: Option<String>,
}

/// Opens the table of figures of the current revision.
///
/// # Errors
/// [`Error::NotFound`] for everybody outside the unit.
pub fn open(ctx: &Ctx, id: AssignmentId) -> Result<FiguresView> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let content = Content::current(ctx, tx, &loaded)?;
        let notes = store::returns::of_assignment(tx, id)?;
        let frozen = content
            .revision
            .as_ref()
            .is_some_and(store::revisions::Revision::is_frozen);
        let named = Openness::of(&notes, loaded.assignment.revision);
        let closed_because = if content.source == FigureSource::RolledUp {
            Some("Số liệu của báo cáo này được tổng hợp từ các đơn vị gửi lên; chỉ hiệu chỉnh kèm lý do ở trang tổng hợp".to_string())
        } else if !ctx.may(Wish::Act(Action::Draft), &Subject::Report(loaded.subject)) {
            Some("Tài khoản của đồng chí chỉ được xem bản thảo".into())
        } else {
            step(loaded.assignment.state, Action::Draft, facts(&loaded))
                .err()
                .map(|refusal| Error::from(refusal).to_string())
        };
        let open = content
            .outline
            .layout
            .indicators()
            .iter()
            .map(|indicator| {
                closed_because.is_none()
                    && !indicator.is_computed()
                    && (frozen || named.indicator(indicator.id))
            })
            .collect();
        Ok(FiguresView {
            report: store::work::named(tx, id)?,
            computed: computed(&content.outline.layout, &content.figures),
            slips: sum_slips(&content.outline.layout, &content.figures),
            version: content
                .revision
                .as_ref()
                .map_or(0, |revision| revision.figures_version),
            source: content.source,
            outline: content.outline,
            table: content.figures,
            open,
            closed_because,
        })
    })
}

/// The values of computed indicators, by cell.
pub fn computed(layout: &Layout, table: &FigureTable) -> Vec<Option<Amount>> {
    let mut values = vec![None; layout.len()];
    // One report alone never leaves the range of exact decimals unless its cells are far beyond what can be typed.
    let Ok(totals) = of_one(layout, table) else {
        return values;
    };
    for (position, indicator) in layout.indicators().iter().enumerate() {
        if indicator.is_computed() {
            for (_, cell) in layout.cells(position) {
                values[cell] = totals.value(layout, position, cell);
            }
        }
    }
    values
}

/// One cell as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    pub code: String,
    pub period: Period,
    /// As typed, in the Vietnamese way of writing; empty is blank, `-` is not applicable.
    pub typed: String,
    /// What stood there when the person began to type; `None` writes whatever stands there now.
    pub was: Option<Cell>,
}

/// One cell as programs write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExactChange {
    pub code: String,
    pub period: Period,
    /// An exact decimal with a point, or `na`; `None` is blank.
    pub value: Option<String>,
    /// As in [`CellChange`].
    pub was: Option<Cell>,
}

/// A cell that two people filled in differently at the same time: the one saved first stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellClash {
    pub code: String,
    pub period: Period,
    pub yours: Cell,
    pub theirs: Cell,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresSaved {
    pub version: i64,
    pub saved_at: Timestamp,
    /// How many cells changed.
    pub changed: usize,
    pub clashes: Vec<CellClash>,
}

/// The place of a cell in messages: `Chỉ tiêu CT01, 2018`.
pub fn place_of(code: &str, period: Period) -> String {
    format!("Chỉ tiêu {code}, {}", period.label())
}

/// A cell to be written, with what was made of its text.
struct Wanted {
    code: String,
    period: Period,
    /// Or why it is none, for the person who wrote it.
    value: Result<Cell, String>,
    was: Option<Cell>,
}

impl From<ExactChange> for Wanted {
    fn from(change: ExactChange) -> Wanted {
        Wanted {
            value: change.value.map_or(Ok(Cell::Blank), |value| exact(&value)),
            code: change.code,
            period: change.period,
            was: change.was,
        }
    }
}

/// The same with its place in the table.
struct Typed {
    indicator: usize,
    cell: usize,
    period: Period,
    value: Cell,
    was: Option<Cell>,
}

/// Saves cells; those that nobody touched are left alone, so two people can fill in one table.
///
/// # Errors
/// [`Error::Invalid`] with each cell that is no number; then nothing is saved. [`Error::Refused`] when the figures
/// are rolled up, the report is closed, or an indicator was not asked to be mended.
pub fn save(ctx: &Ctx, id: AssignmentId, changes: Vec<CellChange>) -> Result<FiguresSaved> {
    let wanted = changes.into_iter().map(|change| Wanted {
        value: Cell::parse_vietnamese(&domain::text::clean_line(&change.typed))
            .map_err(|error| error.to_string()),
        code: change.code,
        period: change.period,
        was: change.was,
    });
    write(ctx, id, wanted.collect())
}

/// As [`save`], for cells that come from a program.
///
/// # Errors
/// As [`save`].
pub fn save_exact(ctx: &Ctx, id: AssignmentId, changes: Vec<ExactChange>) -> Result<FiguresSaved> {
    write(ctx, id, changes.into_iter().map(Wanted::from).collect())
}

/// The table of a report that nobody has begun, from cells that come from a program; those not named are blank.
///
/// # Errors
/// As [`save_exact`].
pub(super) fn new_table(layout: &Layout, changes: Vec<ExactChange>) -> Result<FigureTable> {
    let wanted: Vec<Wanted> = changes.into_iter().map(Wanted::from).collect();
    refuse_too_many(&wanted)?;
    let mut table = FigureTable::blank(layout);
    for typed in place_all(layout, &wanted)? {
        table.cells[typed.cell] = typed.value;
    }
    Ok(table)
}

fn exact(value: &str) -> Result<Cell, String> {
    Cell::parse_exact(value).map_err(|error| match error {
        NumberError::NotANumber(found) => {
            format!("“{found}” không phải là số dạng 1234.5, cũng không phải “na” (không áp dụng)")
        }
        other => other.to_string(),
    })
}

fn write(ctx: &Ctx, id: AssignmentId, wanted: Vec<Wanted>) -> Result<FiguresSaved> {
    refuse_too_many(&wanted)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        refuse_rolled_up(figure_source(tx, &loaded.assignment)?)?;
        let (revision, begun, open) = open_draft(&ctx, tx, &loaded)?;
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let layout = &outline.layout;
        let typed = place_all(layout, &wanted)?;
        let mut table = store::figures::decode(&revision.figures, layout)?;
        let (changed, clashes) = merge(layout, &mut table, &typed, &open)?;
        if changed == 0 && !begun {
            return Ok(FiguresSaved {
                version: revision.figures_version,
                saved_at: ctx.now,
                changed,
                clashes,
            });
        }
        let stored = store::figures::encode(&table, layout);
        let version = store::revisions::save_figures(tx, revision.id, &stored)?;
        let detail = serde_json::json!({ "revision": revision.number, "cells": changed });
        let kind = kind_of_save(begun, EventKind::FiguresSaved);
        record(&ctx, tx, &loaded, kind, detail, "")?;
        Ok(FiguresSaved {
            version,
            saved_at: ctx.now,
            changed,
            clashes,
        })
    })
}

fn refuse_too_many(wanted: &[Wanted]) -> Result<()> {
    if wanted.len() > MOST_CELLS {
        return Err(Error::TooLarge("Bảng số liệu gửi lên quá lớn".into()));
    }
    Ok(())
}

/// Nobody types what is added up from other reports.
pub(super) fn refuse_rolled_up(source: FigureSource) -> Result<()> {
    match source {
        FigureSource::Entered => Ok(()),
        FigureSource::RolledUp => Err(Error::Refused(
            "Số liệu của báo cáo này được tổng hợp từ các đơn vị gửi lên. Hãy hiệu chỉnh kèm lý do ở trang tổng hợp"
                .into(),
        )),
    }
}

fn place_all(layout: &Layout, wanted: &[Wanted]) -> Result<Vec<Typed>> {
    let mut problems = Vec::new();
    let mut typed = Vec::new();
    for wanted in wanted {
        match place(layout, wanted) {
            Ok(cell) => typed.push(cell),
            Err(message) => problems.push(Problem {
                place: place_of(&wanted.code, wanted.period),
                message,
            }),
        }
    }
    if problems.is_empty() {
        Ok(typed)
    } else {
        Err(Error::Invalid(problems))
    }
}

fn place(layout: &Layout, wanted: &Wanted) -> Result<Typed, String> {
    let unknown = || "đợt báo cáo không có ô số liệu này".to_string();
    let indicator = layout.indicator(&wanted.code).ok_or_else(unknown)?;
    let cell = layout.cell(indicator, wanted.period).ok_or_else(unknown)?;
    if layout.indicators()[indicator].is_computed() {
        return Err("chỉ tiêu này được tính tự động, không nhập".into());
    }
    let value = wanted.value.clone()?;
    Ok(Typed {
        indicator,
        cell,
        period: wanted.period,
        value,
        was: wanted.was,
    })
}

/// Writes the changed cells into the table; how many changed, and which clash.
fn merge(
    layout: &Layout,
    table: &mut FigureTable,
    typed: &[Typed],
    open: &Openness,
) -> Result<(usize, Vec<CellClash>)> {
    let (mut changed, mut clashes) = (0, Vec::new());
    for typed in typed {
        let now = table.cells[typed.cell];
        if typed.value == now || typed.was == Some(typed.value) {
            continue;
        }
        let indicator = &layout.indicators()[typed.indicator];
        if typed.was.is_some_and(|was| was != now) {
            clashes.push(CellClash {
                code: indicator.code.clone(),
                period: typed.period,
                yours: typed.value,
                theirs: now,
            });
            continue;
        }
        if !open.indicator(indicator.id) {
            return Err(Error::Refused(format!(
                "Chỉ tiêu {} không được yêu cầu bổ sung nên giữ nguyên như lần gửi trước",
                indicator.code
            )));
        }
        table.cells[typed.cell] = typed.value;
        changed += 1;
    }
    Ok((changed, clashes))
}
