//! Every step in the life of a report over the API. A step answers with where the report stands after it.

use super::wire::{IssuedJson, ReceiptJson};
use crate::extract::{Json, Path};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::reports::issue::{self, IssueWish};
use app::reports::returns::{self, ReturnItem, ReturnedPart};
use app::reports::{StepDone, adoption, receive as receiving, send as sending, view, waiver};
use app::{Ctx, Error, Problem};
use domain::ids::{AssignmentId, SectionId};
use domain::report::adoption::{Adoption, MeetingKind};
use jiff::civil::Date;
use serde::Deserialize;

async fn stepped(step: impl FnOnce() -> app::Result<StepDone> + Send + 'static) -> Answer {
    json(&run(step).await?)
}

/// `POST /api/v1/reports/{id}/propose` puts the draft before the collective.
pub async fn propose(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    stepped(move || adoption::propose(&ctx, AssignmentId(id))).await
}

/// Why a step is taken.
#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// `POST /api/v1/reports/{id}/take-back` with `{"reason": "…"}`, which may be left out.
pub async fn take_back(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(why): Json<Reason>,
) -> Answer {
    stepped(move || adoption::take_back(&ctx, AssignmentId(id), &why.reason)).await
}

/// What the minutes say; counts that are left out are nought.
#[derive(Deserialize)]
pub struct Vote {
    #[serde(default)]
    kind: MeetingKind,
    held_on: Date,
    #[serde(default)]
    place: String,
    #[serde(default)]
    chair: String,
    #[serde(default)]
    secretary: String,
    incumbents: u32,
    present: u32,
    #[serde(default)]
    absent_excused: u32,
    #[serde(default)]
    absent_unexcused: u32,
    votes_for: u32,
    #[serde(default)]
    votes_against: u32,
    #[serde(default)]
    abstaining: u32,
    #[serde(default)]
    minutes: String,
}

impl From<Vote> for Adoption {
    fn from(vote: Vote) -> Adoption {
        Adoption {
            kind: vote.kind,
            held_on: vote.held_on,
            place: vote.place,
            chair: vote.chair,
            secretary: vote.secretary,
            incumbents: vote.incumbents,
            present: vote.present,
            absent_excused: vote.absent_excused,
            absent_unexcused: vote.absent_unexcused,
            votes_for: vote.votes_for,
            votes_against: vote.votes_against,
            abstaining: vote.abstaining,
            minutes: vote.minutes,
        }
    }
}

/// `POST /api/v1/reports/{id}/adopt` records the vote; without a majority the report stays before the collective.
pub async fn adopt(Signed(ctx): Signed, Path(id): Path<i64>, Json(vote): Json<Vote>) -> Answer {
    json(&run(move || adoption::adopt(&ctx, AssignmentId(id), vote.into())).await?)
}

/// `GET /api/v1/reports/{id}/issue`: number, date, place and capacity as they would be.
pub async fn issue_suggestion(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    json(&run(move || issue::suggestion(&ctx, AssignmentId(id))).await?)
}

/// `POST /api/v1/reports/{id}/issue` with `{"position": "BÍ THƯ", "signer": "Nguyễn Văn A"}`.
pub async fn issue(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(wish): Json<IssueWish>,
) -> Answer {
    let id = AssignmentId(id);
    let issued = run(move || issue::issue(&ctx, id, wish.completed(&ctx, id)?)).await?;
    json(&IssuedJson::from(issued))
}

/// `POST /api/v1/reports/{id}/send` answers with the receipt; sending again gives the same one.
pub async fn send(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    json(&ReceiptJson::from(
        run(move || sending::send(&ctx, AssignmentId(id))).await?,
    ))
}

/// `POST /api/v1/reports/{id}/withdraw` with `{"reason": "…"}`.
pub async fn withdraw(Signed(ctx): Signed, Path(id): Path<i64>, Json(why): Json<Reason>) -> Answer {
    stepped(move || sending::withdraw(&ctx, AssignmentId(id), &why.reason)).await
}

/// `POST /api/v1/reports/{id}/receive`
pub async fn receive(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    stepped(move || receiving::receive(&ctx, AssignmentId(id))).await
}

/// `POST /api/v1/reports/{id}/forward`
pub async fn forward(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    stepped(move || receiving::forward(&ctx, AssignmentId(id))).await
}

/// `POST /api/v1/reports/{id}/accept`
pub async fn accept(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    stepped(move || receiving::accept(&ctx, AssignmentId(id))).await
}

/// A return: why, and which parts reopen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnWish {
    pub reason: String,
    /// Without any everything reopens.
    pub items: Vec<PartWish>,
}

/// One section or indicator to be mended.
#[derive(Debug, Deserialize)]
pub struct PartWish {
    #[serde(default)]
    pub section: Option<SectionId>,
    /// Code of an indicator.
    #[serde(default)]
    pub indicator: Option<String>,
    #[serde(default)]
    pub reason: String,
}

impl ReturnWish {
    /// The parts as the use case takes them.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each item that names no part, or both; [`Error::NotFound`] for those who may not read.
    pub fn items(self, ctx: &Ctx, id: AssignmentId) -> app::Result<Vec<ReturnItem>> {
        if self.items.is_empty() {
            return Ok(Vec::new());
        }
        let outline = view::view(ctx, id)?.content.outline;
        let mut problems = Vec::new();
        let mut items = Vec::new();
        for (number, item) in (1..).zip(self.items) {
            let part = match (item.section, &item.indicator) {
                (Some(section), None) => Ok(ReturnedPart::Section(section)),
                (None, Some(code)) => outline
                    .layout
                    .indicator(code)
                    .map(|at| ReturnedPart::Indicator(outline.layout.indicators()[at].id))
                    .ok_or_else(|| format!("đợt báo cáo không có chỉ tiêu “{code}”")),
                _ => Err("hãy nêu một mục (section) hoặc một chỉ tiêu (indicator)".into()),
            };
            match part {
                Ok(part) => items.push(ReturnItem {
                    part,
                    reason: item.reason,
                }),
                Err(message) => problems.push(Problem {
                    place: format!("items, phần tử {number}"),
                    message,
                }),
            }
        }
        if problems.is_empty() {
            Ok(items)
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

/// `POST /api/v1/reports/{id}/return` with `{"reason": "…", "items": [{"section": 12, "reason": "…"},
/// {"indicator": "CT01", "reason": "…"}]}`.
pub async fn send_back(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(wish): Json<ReturnWish>,
) -> Answer {
    let id = AssignmentId(id);
    stepped(move || {
        let reason = wish.reason.clone();
        returns::send_back(&ctx, id, &reason, wish.items(&ctx, id)?)
    })
    .await
}

/// `POST /api/v1/reports/{id}/revise` begins the next revision of a returned report.
pub async fn revise(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    stepped(move || returns::revise(&ctx, AssignmentId(id))).await
}

/// `POST /api/v1/reports/{id}/waive` with `{"reason": "…"}`.
pub async fn waive(Signed(ctx): Signed, Path(id): Path<i64>, Json(why): Json<Reason>) -> Answer {
    stepped(move || waiver::waive(&ctx, AssignmentId(id), &why.reason)).await
}

/// `POST /api/v1/reports/{id}/reinstate` with `{"reason": "…"}`, which may be left out.
pub async fn reinstate(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(why): Json<Reason>,
) -> Answer {
    stepped(move || waiver::reinstate(&ctx, AssignmentId(id), &why.reason)).await
}
