//! Entering decisions and carrying them out: one transaction with its events, or nothing.

use super::Draft;
use super::hand_over::{Carrying, Estate};
use super::preview::{heads, planned};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::deadline::day_of;
use domain::event::{Event, EventKind};
use domain::ids::DecisionId;
use domain::org::reorganise::DecisionHead;
use store::Tx;
use store::decisions::{Decision, NewDecision};

/// What a decision did.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Applied {
    pub decision: DecisionId,
    pub ended: usize,
    pub begun: usize,
    pub renamed: usize,
    /// Duties that were handed over.
    pub handed_over: usize,
}

/// Enters a decision; it waits until somebody applies it, and may have faults until then.
///
/// # Errors
/// [`Error::Invalid`] at the field of its head.
pub fn enter(ctx: &Ctx, draft: Draft) -> Result<DecisionId> {
    ctx.require(Wish::Administer, &Subject::System)?;
    check_head(&draft.head)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| entered(&ctx, tx, &draft))
}

/// Enters a decision and applies it at once.
///
/// # Errors
/// [`Error::Invalid`] with every problem by row; nothing is kept then.
pub fn reorganise(ctx: &Ctx, draft: Draft) -> Result<Applied> {
    ctx.require(Wish::Administer, &Subject::System)?;
    check_head(&draft.head)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let id = entered(&ctx, tx, &draft)?;
        carry_out(&ctx, tx, id)
    })
}

/// Applies a decision that was entered.
///
/// # Errors
/// [`Error::Conflict`] when it was applied already; [`Error::Refused`] before its day; [`Error::Invalid`] with every
/// problem by row.
pub fn apply(ctx: &Ctx, id: DecisionId) -> Result<Applied> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| carry_out(&ctx, tx, id))
}

/// Takes a decision that waits off the list.
///
/// # Errors
/// [`Error::Conflict`] when it was applied: then only another decision takes it back.
pub fn discard(ctx: &Ctx, id: DecisionId) -> Result<()> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let decision = store::decisions::by_id(tx, id)?;
        if decision.applied_at.is_some() {
            return Err(Error::Conflict(
                "Quyết định đã được áp dụng. Muốn hủy bỏ, hãy nhập quyết định hủy bỏ".into(),
            ));
        }
        store::decisions::discard(tx, id)?;
        let event = Event {
            detail: serde_json::json!({ "decision": id, "number": decision.head.number })
                .to_string(),
            ..ctx.event(EventKind::DecisionDiscarded, None)
        };
        store::events::append(tx, &event)?;
        Ok(())
    })
}

/// Takes an applied decision back by another of its own number and day.
///
/// # Errors
/// [`Error::Invalid`] naming each unit that a later decision stands on.
pub fn counter(ctx: &Ctx, id: DecisionId, head: DecisionHead) -> Result<Applied> {
    ctx.require(Wish::Administer, &Subject::System)?;
    check_head(&head)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let taken_back = store::decisions::by_id(tx, id)?;
        let draft = Draft {
            tree: taken_back.tree,
            head: head.clone(),
            rows: Vec::new(),
            file_name: String::new(),
            counters: Some(id),
        };
        check_counter(&taken_back, &draft)?;
        let new = entered(&ctx, tx, &draft)?;
        carry_out(&ctx, tx, new)
    })
}

/// Whether a decision can be taken back by another from a day on.
pub(super) fn check_counter(taken_back: &Decision, draft: &Draft) -> Result<()> {
    if taken_back.applied_at.is_none() {
        return Err(Error::Refused(
            "Quyết định chưa được áp dụng nên không có gì để hủy bỏ".into(),
        ));
    }
    if taken_back.countered_by.is_some() {
        return Err(Error::Conflict(
            "Quyết định này đã bị hủy bỏ bằng một quyết định khác".into(),
        ));
    }
    if draft.head.effective < taken_back.head.effective {
        return Err(Error::invalid(
            "Ngày hiệu lực",
            "không được trước ngày hiệu lực của quyết định bị hủy bỏ",
        ));
    }
    Ok(())
}

fn check_head(head: &DecisionHead) -> Result<()> {
    if head.number.trim().is_empty() {
        return Err(Error::invalid("Số quyết định", "chưa ghi số"));
    }
    if head.issuer.trim().is_empty() {
        return Err(Error::invalid(
            "Cơ quan ban hành",
            "chưa ghi cơ quan ban hành",
        ));
    }
    Ok(())
}

fn entered(ctx: &Ctx, tx: &mut dyn Tx, draft: &Draft) -> Result<DecisionId> {
    let trees = store::units::trees(tx)?;
    if !trees.iter().any(|(tree, _)| *tree == draft.tree) {
        return Err(Error::NotFound);
    }
    let same = store::decisions::numbered(tx, draft.tree, &draft.head.number)?;
    if let Some(same) = same.iter().find(|same| same.head.dated == draft.head.dated) {
        return Err(Error::Conflict(format!(
            "Quyết định số {} đã được nhập. Hãy mở quyết định đó trong danh sách",
            same.head.citation()
        )));
    }
    let new = NewDecision {
        tree: draft.tree,
        head: draft.head.clone(),
        counters: draft.counters,
        file_name: draft.file_name.clone(),
        rows: draft.rows.clone(),
    };
    let id = store::decisions::enter(tx, &new, ctx.account(), ctx.now)?;
    let event = Event {
        detail: serde_json::json!({ "decision": id, "number": draft.head.number, "rows": draft.rows.len() }).to_string(),
        ..ctx.event(EventKind::DecisionEntered, None)
    };
    store::events::append(tx, &event)?;
    Ok(id)
}

fn carry_out(ctx: &Ctx, tx: &mut dyn Tx, id: DecisionId) -> Result<Applied> {
    let decision = store::decisions::by_id(tx, id)?;
    if decision.applied_at.is_some() {
        return Err(Error::Conflict("Quyết định này đã được áp dụng".into()));
    }
    if decision.head.effective > day_of(ctx.now) {
        return Err(Error::Refused(format!(
            "Quyết định có hiệu lực từ ngày {}. Hãy áp dụng từ ngày đó; đến lúc ấy quyết định chờ trong danh sách",
            decision.head.effective.strftime("%-d/%-m/%Y")
        )));
    }
    let rows = store::decisions::rows(tx, id, i64::MAX, 0)?;
    let history = store::unit_history::history(tx, decision.tree)?;
    let plan =
        planned(tx, &history, &decision.head, decision.counters, &rows)?.map_err(|problems| {
            let heads = heads(tx, decision.tree);
            Error::Invalid(super::preview::told(&problems, &heads))
        })?;
    let estate = match decision.counters {
        Some(taken_back) => Estate::taking_back(tx, &plan, &history, taken_back)?,
        None => Estate::of(tx, &plan)?,
    };
    let begun = store::unit_history::carry_out(tx, decision.tree, id, &plan)?;
    let citation = format!("quyết định số {}", decision.head.citation());
    let carrying = Carrying {
        ctx,
        decision: id,
        citation: &citation,
        begun: &begun,
    };
    carrying.hand_over(tx, &estate)?;
    if let Some(taken_back) = decision.counters {
        carrying.reopen(tx, &plan, &history, taken_back)?;
    }
    store::decisions::mark_applied(tx, id, ctx.account(), ctx.now)?;
    let applied = Applied {
        decision: id,
        ended: plan.ends.len(),
        begun: begun.len(),
        renamed: plan.renames.len(),
        handed_over: store::hand_overs::of_decision(tx, id)?.len(),
    };
    let event = Event {
        detail: serde_json::json!({
            "decision": id, "number": decision.head.number, "ended": applied.ended, "begun": applied.begun,
            "renamed": applied.renamed, "counters": decision.counters,
        })
        .to_string(),
        ..ctx.event(EventKind::UnitsReorganised, None)
    };
    store::events::append(tx, &event)?;
    Ok(applied)
}
