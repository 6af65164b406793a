//! What people answered to the findings of a plan.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, PlanId};
use domain::plan::FindingAnswer;
use jiff::Timestamp;

/// The answer to one finding, with who gave it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredFinding {
    /// Position in the list of findings, from 0.
    pub finding: usize,
    pub answer: FindingAnswer,
    pub reason: String,
    /// The name of the person; `None` for the operator of the data.
    pub by: Option<String>,
    pub at: Timestamp,
}

/// The answers to a plan's findings, in their order.
pub fn of_plan(tx: &mut dyn Tx, plan: PlanId) -> Result<Vec<AnsweredFinding>> {
    tx.rows(
        "SELECT plan_finding.finding, plan_finding.answer, plan_finding.reason, account.name, plan_finding.answered_at \
         FROM plan_finding LEFT JOIN account ON account.id = plan_finding.answered_by \
         WHERE plan_finding.plan_id = ?1 ORDER BY plan_finding.finding",
        &params![plan.0],
        |row: &Row<'_>| {
            let answer: String = row.get(1)?;
            Ok(AnsweredFinding {
                finding: usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX),
                answer: FindingAnswer::from_code(&answer)
                    .ok_or_else(|| Error::broken("reading an answer to a finding", answer))?,
                reason: row.get(2)?,
                by: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

/// Replaces the answer to a finding.
pub fn answer(
    tx: &mut dyn Tx,
    plan: PlanId,
    finding: usize,
    answer: FindingAnswer,
    reason: &str,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<()> {
    take_back(tx, plan, finding)?;
    tx.execute(
        "INSERT INTO plan_finding (plan_id, finding, answer, reason, answered_by, answered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &params![plan.0, position(finding), answer.code(), reason, by.map(|id| id.0), now],
    )?;
    Ok(())
}

/// Takes the answer to a finding back.
pub fn take_back(tx: &mut dyn Tx, plan: PlanId, finding: usize) -> Result<()> {
    tx.execute(
        "DELETE FROM plan_finding WHERE plan_id = ?1 AND finding = ?2",
        &params![plan.0, position(finding)],
    )?;
    Ok(())
}

fn position(finding: usize) -> i64 {
    i64::try_from(finding).unwrap_or(i64::MAX)
}
