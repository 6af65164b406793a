//! Corrections beside rolled-up figures: each with its reason and author, never over the value.

use super::figures::NOT_ROLLED_UP;
use super::rolled::rolled;
use crate::ctx::Ctx;
use crate::error::{Error, Problem, Result};
use crate::reports::content::{FigureSource, figure_source};
use crate::reports::draft::open_draft;
use crate::reports::steps::{own, record};
use domain::campaign::Period;
use domain::event::EventKind;
use domain::figures::{Cell, Layout};
use domain::ids::AssignmentId;
use domain::number::{Amount, NumberError};
use jiff::Timestamp;
use store::Tx;
use store::consolidation::Correction;

/// Longest reason, in bytes.
const MOST_REASON: usize = 4 * 1024;

/// What somebody wants to stand beside a rolled-up figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionWish {
    pub code: String,
    pub period: Period,
    /// As it was read: people write it the Vietnamese way, programs as an exact decimal.
    pub value: Result<Cell, NumberError>,
    pub reason: String,
}

/// The corrections of a report that were in force at a moment, by cell.
pub(super) fn in_force(
    tx: &mut dyn Tx,
    layout: &Layout,
    report: AssignmentId,
    at: Timestamp,
) -> Result<Vec<Option<Correction>>> {
    let mut by_cell = vec![None; layout.len()];
    for correction in store::consolidation::corrections(tx, report, at)? {
        let position = layout
            .indicators()
            .iter()
            .position(|indicator| indicator.id == correction.indicator);
        let cell = position
            .zip(Period::from_key(&correction.period))
            .and_then(|(position, period)| layout.cell(position, period));
        if let Some(cell) = cell {
            by_cell[cell] = Some(correction);
        }
    }
    Ok(by_cell)
}

/// Puts a correction beside a rolled-up figure and the corrected value into the draft. One already there is set
/// aside, not overwritten; the same again changes nothing.
///
/// # Errors
/// [`Error::Invalid`] without a number or a reason; [`Error::Refused`] when the report is closed, nothing is rolled
/// up, or the indicator is computed; [`Error::NotFound`] outside the unit and for an unknown cell.
pub fn correct(ctx: &Ctx, id: AssignmentId, wish: CorrectionWish) -> Result<()> {
    let (value, reason) = checked(&wish)?;
    let loaded = ctx.db().read(|tx| own(ctx, tx, id))?;
    let rolled = rolled(ctx, &loaded)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        if figure_source(tx, &loaded.assignment)? != FigureSource::RolledUp {
            return Err(Error::Refused(NOT_ROLLED_UP.into()));
        }
        let layout = store::campaigns::layout(tx, &loaded.campaign)?;
        let position = layout.indicator(&wish.code).ok_or(Error::NotFound)?;
        let cell = layout.cell(position, wish.period).ok_or(Error::NotFound)?;
        let indicator = &layout.indicators()[position];
        if indicator.is_computed() {
            return Err(Error::Refused(format!(
                "Chỉ tiêu {} được tính từ các chỉ tiêu khác. Hãy hiệu chỉnh chỉ tiêu thành phần",
                indicator.code
            )));
        }
        let (revision, _, open) = open_draft(&ctx, tx, &loaded)?;
        if !open.indicator(indicator.id) {
            return Err(Error::Refused(closed(&indicator.code)));
        }
        let known = in_force(tx, &layout, id, ctx.now)?.swap_remove(cell);
        let is_same =
            |known: &Correction| known.value == value.to_string() && known.reason == reason;
        if known.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        let rolled_up = rolled.totals.value(&layout, position, cell);
        let correction = Correction {
            id: 0,
            indicator: indicator.id,
            period: wish.period.key(),
            rolled_up: rolled_up.map(|amount| amount.to_string()),
            value: value.to_string(),
            reason: reason.clone(),
            corrected_at: ctx.now,
            corrected_by: String::new(),
        };
        store::consolidation::correct(tx, id, &correction, ctx.actor.account)?;
        put(tx, &revision, &layout, cell, Cell::Number(value))?;
        let detail = serde_json::json!({
            "revision": revision.number, "indicator": indicator.code, "period": wish.period.key(),
            "rolled_up": correction.rolled_up, "value": correction.value,
        });
        record(
            &ctx,
            tx,
            &loaded,
            EventKind::FigureCorrected,
            detail,
            &reason,
        )
    })
}

fn closed(code: &str) -> String {
    format!("Chỉ tiêu {code} không được yêu cầu bổ sung nên giữ nguyên như lần gửi trước")
}

/// The value and the reason of a wish, or what is wrong with them.
fn checked(wish: &CorrectionWish) -> Result<(Amount, String)> {
    let mut problems = Vec::new();
    let mut wrong = |place: &str, message: String| {
        problems.push(Problem {
            place: place.into(),
            message,
        });
    };
    let value = match &wish.value {
        Ok(Cell::Number(value)) => Some(*value),
        Ok(_) => {
            wrong(VALUE, "hãy nhập một số".into());
            None
        }
        Err(error) => {
            wrong(VALUE, error.to_string());
            None
        }
    };
    let reason = domain::text::clean(&wish.reason).trim().to_string();
    if reason.is_empty() {
        wrong(
            REASON,
            "hãy ghi lý do; lý do được lưu cùng số hiệu chỉnh".into(),
        );
    } else if reason.len() > MOST_REASON {
        wrong(REASON, "dài quá 4 KB. Hãy viết gọn lại".into());
    }
    match value {
        Some(value) if problems.is_empty() => Ok((value, reason)),
        _ => Err(Error::Invalid(problems)),
    }
}

/// Labels of the two fields, which are the places of problems.
const VALUE: &str = "Giá trị hiệu chỉnh";
const REASON: &str = "Lý do hiệu chỉnh";

/// Writes one cell of a draft.
fn put(
    tx: &mut dyn Tx,
    revision: &store::revisions::Revision,
    layout: &Layout,
    cell: usize,
    value: Cell,
) -> Result<()> {
    let mut table = store::figures::decode(&revision.figures, layout)?;
    if table.cells[cell] != value {
        table.cells[cell] = value;
        let stored = store::figures::encode(&table, layout);
        store::revisions::save_figures(tx, revision.id, &stored)?;
    }
    Ok(())
}

/// Takes back the correction of one cell; what is rolled up stands in the draft again. Without one nothing happens.
///
/// # Errors
/// [`Error::Refused`] when the report is closed; [`Error::NotFound`] outside the unit and for an unknown cell.
pub fn remove_correction(ctx: &Ctx, id: AssignmentId, code: &str, period: Period) -> Result<()> {
    let loaded = ctx.db().read(|tx| own(ctx, tx, id))?;
    let rolled = rolled(ctx, &loaded)?;
    let (ctx, code) = (ctx.clone(), code.to_string());
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        let layout = store::campaigns::layout(tx, &loaded.campaign)?;
        let position = layout.indicator(&code).ok_or(Error::NotFound)?;
        let cell = layout.cell(position, period).ok_or(Error::NotFound)?;
        let Some(known) = in_force(tx, &layout, id, ctx.now)?.swap_remove(cell) else {
            return Ok(());
        };
        let (revision, _, open) = open_draft(&ctx, tx, &loaded)?;
        if !open.indicator(known.indicator) {
            return Err(Error::Refused(closed(&code)));
        }
        store::consolidation::remove_correction(tx, id, known.id, ctx.now)?;
        put(tx, &revision, &layout, cell, rolled.cell(&layout, position, cell))?;
        let detail = serde_json::json!({
            "revision": revision.number, "indicator": code, "period": period.key(), "removed": known.value,
        });
        record(&ctx, tx, &loaded, EventKind::FigureCorrected, detail, "")
    })
}
