//! Reviewing a plan that was read: answers to its findings, and what it says otherwise than an earlier plan.

use crate::amended_plans::{Amended, amended};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::event::{Event, EventKind};
use domain::ids::PlanId;
use domain::plan::{Difference, Finding, FindingAnswer};
use domain::text::{clean_line, fold};

pub use store::plan_findings::AnsweredFinding;

/// Plans among which the last one of the same issuer is looked for.
const LOOKED_AT: i64 = 200;
/// Characters of a reason.
const REASON: usize = 500;

/// The answers to a plan's findings, by their position.
pub fn answers(ctx: &Ctx, id: PlanId) -> Result<Vec<AnsweredFinding>> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::plan_findings::of_plan(tx, id)?) })
}

/// A finding with its place in the list and the answer to it; as the API and the command line print it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct FindingLine {
    /// From 0.
    pub number: usize,
    #[serde(flatten)]
    pub finding: Finding,
    pub answer: Option<FindingAnswer>,
    pub reason: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<jiff::Timestamp>,
    /// Of a finding that the plan changes another one.
    pub amended: Option<Amended>,
}

/// The findings of a plan with their answers.
pub fn list(ctx: &Ctx, id: PlanId) -> Result<Vec<FindingLine>> {
    let findings = crate::plans::get(ctx, id)?.reading.plan.findings;
    let answers = answers(ctx, id)?;
    let amended = amended(ctx, id)?;
    let line = |(number, finding)| {
        let answered = answers.iter().find(|answered| answered.finding == number);
        FindingLine {
            number,
            finding,
            answer: answered.map(|answered| answered.answer),
            reason: answered
                .map(|answered| answered.reason.clone())
                .filter(|reason| !reason.is_empty()),
            answered_by: answered.and_then(|answered| answered.by.clone()),
            answered_at: answered.map(|answered| answered.at),
            amended: amended.iter().find(|told| told.finding == number).cloned(),
        }
    };
    Ok(findings.into_iter().enumerate().map(line).collect())
}

/// Accepts a finding, sets it aside, or takes the answer back (`None`). Who and when are kept.
///
/// # Errors
/// [`Error::NotFound`] when the plan has no such finding; [`Error::Invalid`] when one is set aside without a reason.
pub fn answer(
    ctx: &Ctx,
    id: PlanId,
    finding: usize,
    answer: Option<FindingAnswer>,
    reason: &str,
) -> Result<()> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let reason: String = clean_line(reason).chars().take(REASON).collect();
    if answer == Some(FindingAnswer::SetAside) && reason.is_empty() {
        return Err(Error::invalid(
            format!("Lưu ý {}", finding + 1),
            "hãy ghi lý do bỏ qua lưu ý này",
        ));
    }
    let event = Event {
        detail: serde_json::json!({
            "plan": id,
            "finding": finding,
            "answer": answer.map(FindingAnswer::code),
        })
        .to_string(),
        reason: (!reason.is_empty()).then(|| reason.clone()),
        ..ctx.event(
            EventKind::FindingAnswered,
            ctx.actor.grants.first().map(|grant| grant.place.unit),
        )
    };
    let (by, now) = (ctx.account(), ctx.now);
    ctx.db().write(move |tx| -> Result<()> {
        let plan = store::plans::by_id(tx, id)?;
        if finding >= plan.reading.plan.findings.len() {
            return Err(Error::NotFound);
        }
        match answer {
            Some(answer) => {
                store::plan_findings::answer(tx, id, finding, answer, &reason, by, now)?
            }
            None => store::plan_findings::take_back(tx, id, finding)?,
        }
        store::events::append(tx, &event)?;
        Ok(())
    })
}

/// The last plan of the same issuer before this one.
pub fn previous(ctx: &Ctx, id: PlanId) -> Result<Option<PlanId>> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db().read(|tx| -> Result<_> {
        let issuer = store::plans::by_id(tx, id)?.edited.issuer;
        let Some(issuer) = issuer.map(|issuer| fold(&issuer)) else {
            return Ok(None);
        };
        let same = |name: &str| fold(name) == issuer;
        Ok(store::plans::before(tx, id, LOOKED_AT)?
            .into_iter()
            .find(|(_, plan)| plan.issuer.as_deref().is_some_and(same))
            .map(|(id, _)| id))
    })
}

/// What the plan says otherwise than `than`, both as people changed them.
pub fn difference(ctx: &Ctx, id: PlanId, than: PlanId) -> Result<Difference> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db().read(|tx| -> Result<_> {
        let before = store::plans::by_id(tx, than)?.edited;
        let after = store::plans::by_id(tx, id)?.edited;
        Ok(Difference::between(&before, &after))
    })
}
