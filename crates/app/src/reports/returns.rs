//! Returning a report with reasons by section and figure, and opening the next revision for just these.

use super::steps::{StepDone, authorised, current_revision, facts, move_to, next_revision};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::campaign::Section;
use domain::event::EventKind;
use domain::ids::{AssignmentId, IndicatorId, SectionId};
use domain::report::lifecycle::{Action, Facts, step};
use std::collections::BTreeSet;
use store::Tx;
pub use store::returns::{ReturnItem, ReturnNote, ReturnedPart};

/// Longest reason, in bytes.
const MOST_REASON: usize = 16 * 1024;

/// Sends a report back; `items` name the sections and indicators to be mended, all others stay closed.
/// Without items everything reopens.
///
/// # Errors
/// [`Error::Refused`] without a reason or when the report does not lie with the actor; [`Error::Invalid`] for a
/// section or indicator of another campaign.
pub fn send_back(
    ctx: &Ctx,
    id: AssignmentId,
    reason: &str,
    items: Vec<ReturnItem>,
) -> Result<StepDone> {
    let reason = domain::text::clean(reason).trim().to_string();
    let items: Vec<ReturnItem> = items
        .into_iter()
        .map(|item| ReturnItem {
            reason: domain::text::clean(&item.reason).trim().to_string(),
            ..item
        })
        .collect();
    if reason.len() > MOST_REASON || items.iter().any(|item| item.reason.len() > MOST_REASON) {
        return Err(Error::TooLarge(
            "Lý do trả lại dài quá 16 KB. Hãy viết gọn lại".into(),
        ));
    }
    let reasons = items.iter().map(|item| item.reason.as_str());
    for text in reasons.chain([reason.as_str()]) {
        crate::secrets::refuse_text(ctx, text)?;
    }
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Return)?;
        let facts = Facts {
            has_reason: !reason.is_empty(),
            ..facts(&loaded)
        };
        let to = step(loaded.assignment.state, Action::Return, facts)?.to;
        check_items(tx, &loaded.campaign, &items)?;
        let revision = current_revision(tx, &loaded)?;
        let by_unit = ctx.acting_unit(&loaded.subject);
        store::returns::add(
            tx,
            revision.id,
            by_unit,
            ctx.actor.account,
            &reason,
            &items,
            ctx.now,
        )?;
        let detail = serde_json::json!({ "revision": revision.number, "parts": items.len() });
        move_to(&ctx, tx, &loaded, to, EventKind::Returned, detail, &reason)?;
        Ok(StepDone {
            state: to,
            revision: revision.number,
        })
    })
}

fn check_items(
    tx: &mut dyn Tx,
    campaign: &domain::campaign::Campaign,
    items: &[ReturnItem],
) -> Result<()> {
    let sections = store::campaigns::sections(tx, campaign.id)?;
    let indicators = store::campaigns::indicators(tx, campaign.id)?;
    let known = |part: ReturnedPart| match part {
        ReturnedPart::Section(id) => sections.iter().any(|section: &Section| section.id == id),
        ReturnedPart::Indicator(id) => indicators.iter().any(|indicator| indicator.id == id),
    };
    if items.iter().all(|item| known(item.part)) {
        Ok(())
    } else {
        Err(Error::invalid(
            "Nội dung cần bổ sung",
            "có mục hoặc chỉ tiêu không thuộc đợt báo cáo này",
        ))
    }
}

/// Begins the next revision of a returned report.
///
/// # Errors
/// [`Error::Refused`] when it was not returned.
pub fn revise(ctx: &Ctx, id: AssignmentId) -> Result<StepDone> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Revise)?;
        let to = step(loaded.assignment.state, Action::Revise, facts(&loaded))?.to;
        let returned = current_revision(tx, &loaded)?;
        let next = next_revision(&ctx, tx, &returned)?;
        let detail = serde_json::json!({ "revision": next.number });
        move_to(&ctx, tx, &loaded, to, EventKind::Revised, detail, "")?;
        Ok(StepDone {
            state: to,
            revision: next.number,
        })
    })
}

/// Which parts of a revision may be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Openness {
    All,
    /// Only what a return named.
    Named {
        sections: BTreeSet<SectionId>,
        indicators: BTreeSet<IndicatorId>,
    },
}

impl Openness {
    /// What is open in revision `number`: what the return of the one before named; a revision that follows a
    /// withdrawal is open as the withdrawn one was.
    pub fn of(notes: &[ReturnNote], number: i64) -> Openness {
        let Some(note) = notes.iter().rev().find(|note| note.number < number) else {
            return Openness::All;
        };
        if note.items.is_empty() {
            return Openness::All;
        }
        let (mut sections, mut indicators) = (BTreeSet::new(), BTreeSet::new());
        for item in &note.items {
            match item.part {
                ReturnedPart::Section(id) => sections.insert(id),
                ReturnedPart::Indicator(id) => indicators.insert(id),
            };
        }
        Openness::Named {
            sections,
            indicators,
        }
    }

    pub fn section(&self, id: SectionId) -> bool {
        match self {
            Openness::All => true,
            Openness::Named { sections, .. } => sections.contains(&id),
        }
    }

    pub fn indicator(&self, id: IndicatorId) -> bool {
        match self {
            Openness::All => true,
            Openness::Named { indicators, .. } => indicators.contains(&id),
        }
    }
}
