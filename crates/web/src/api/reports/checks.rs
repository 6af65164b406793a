//! The linter over the API: findings of a report, and answers to them.

use crate::extract::{Json, Path};
use crate::page::{Answer as Response, json, run};
use crate::session::Signed;
use app::reports::checks::{Answer, Answered, CheckedReport, answer, check_report};
use domain::checks::{Finding, Level};
use domain::ids::AssignmentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the checks found; `report` and `revision` are null for a file.
#[derive(Serialize)]
pub struct CheckedJson {
    pub report: Option<AssignmentId>,
    pub revision: Option<i64>,
    pub counts: CountsJson,
    pub findings: Vec<FindingJson>,
}

/// How many findings of each level wait; answered ones are counted apart.
#[derive(Default, Serialize)]
pub struct CountsJson {
    pub error: usize,
    pub warning: usize,
    pub note: usize,
    pub answered: usize,
}

/// A finding with the key that an answer names it by.
#[derive(Serialize)]
pub struct FindingJson {
    pub key: String,
    #[serde(flatten)]
    pub finding: Finding,
    pub answer: Option<AnswerJson>,
}

#[derive(Serialize)]
pub struct AnswerJson {
    pub text: String,
    pub revision: i64,
    pub answered_at: Timestamp,
    pub answered_by: Option<String>,
}

impl From<Answer> for AnswerJson {
    fn from(answer: Answer) -> AnswerJson {
        AnswerJson {
            text: answer.text,
            revision: answer.revision,
            answered_at: answer.answered_at,
            answered_by: answer.answered_by,
        }
    }
}

impl CheckedJson {
    pub fn of(checked: CheckedReport) -> CheckedJson {
        let (report, revision) = (checked.report.assignment.id, checked.revision);
        CheckedJson {
            report: Some(report),
            revision: Some(revision),
            ..CheckedJson::listed(checked.findings)
        }
    }

    pub fn of_file(findings: Vec<Finding>) -> CheckedJson {
        let unanswered = |finding: Finding| Answered {
            key: finding.key(),
            finding,
            answer: None,
        };
        CheckedJson::listed(findings.into_iter().map(unanswered).collect())
    }

    fn listed(findings: Vec<Answered>) -> CheckedJson {
        let mut counts = CountsJson::default();
        for item in &findings {
            match (&item.answer, item.finding.level) {
                (Some(_), _) => counts.answered += 1,
                (None, Level::Error) => counts.error += 1,
                (None, Level::Warning) => counts.warning += 1,
                (None, Level::Note) => counts.note += 1,
            }
        }
        let shown = |item: Answered| FindingJson {
            key: item.key,
            finding: item.finding,
            answer: item.answer.map(AnswerJson::from),
        };
        CheckedJson {
            report: None,
            revision: None,
            counts,
            findings: findings.into_iter().map(shown).collect(),
        }
    }
}

/// `GET /api/v1/reports/{id}/checks`
pub async fn list(Signed(ctx): Signed, Path(id): Path<i64>) -> Response {
    json(&run(move || Ok(CheckedJson::of(check_report(&ctx, AssignmentId(id))?))).await?)
}

#[derive(Deserialize)]
pub struct GivenAnswer {
    answer: String,
}

/// `PUT /api/v1/reports/{id}/checks/{key}`: an empty answer takes it back.
pub async fn put_answer(
    Signed(ctx): Signed,
    Path((id, key)): Path<(i64, String)>,
    Json(given): Json<GivenAnswer>,
) -> Response {
    let id = AssignmentId(id);
    let checked = run(move || {
        answer(&ctx, id, &key, &given.answer)?;
        Ok(CheckedJson::of(check_report(&ctx, id)?))
    })
    .await?;
    json(&checked)
}
