//! Đôn đốc: who still owes a report, e-mails to chosen units, the letter for a person to sign.

use crate::extract::{Form, Path, Query};
use crate::filters;
use crate::page::{
    Answer, Problems, Shell, download, page, page_with, redirect_done, redirect_warned, run,
};
use crate::session::Signed;
use app::documents::{FileFormat, render};
use app::reminders::{FollowUp, LetterWish, Reminded, follow_up, letter, remind};
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::deadline::Timeliness;
use domain::ids::AssignmentId;
use domain::official::SignatureBlock;
use jiff::Timestamp;
use serde::Deserialize;

/// Units on one page.
const PER_PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "reminders/view.html")]
struct RemindersPage {
    shell: Shell,
    problems: Problems,
    short_id: String,
    seen: FollowUp,
    now: Timestamp,
    given: Given,
    page: i64,
    has_more: bool,
}

/// What is chosen and typed on the page.
#[derive(Deserialize, Clone, Default)]
pub struct Given {
    #[serde(default)]
    bao_cao: Vec<i64>,
    #[serde(default)]
    loi_nhan: String,
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    quyen_han: String,
    #[serde(default)]
    chuc_vu: String,
    #[serde(default)]
    nguoi_ky: String,
    #[serde(default)]
    dang: String,
    #[serde(default)]
    trang: Option<i64>,
}

impl RemindersPage {
    fn is_chosen(&self, id: &AssignmentId) -> bool {
        self.given.bao_cao.contains(&id.0)
    }
    /// Chosen before coming here, and not on this page.
    fn chosen_elsewhere(&self) -> Vec<i64> {
        let shown = |id: &i64| {
            let mut owing = self.seen.owing.iter();
            owing.any(|item| item.assignment.id.0 == *id)
        };
        let chosen = self.given.bao_cao.iter().copied();
        chosen.filter(|id| !shown(id)).collect()
    }
    fn days_late(&self, assignment: &domain::campaign::Assignment) -> Option<i64> {
        match assignment.timeliness(self.now) {
            Timeliness::Missing { days } => Some(days),
            _ => None,
        }
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    short_id: String,
    given: Given,
    problems: Problems,
) -> Answer {
    let page_number = given.trang.unwrap_or(1).clamp(1, 10_000);
    let (asked, now) = (short_id.clone(), ctx.now);
    let mut seen =
        run(move || follow_up(&ctx, &asked, PER_PAGE + 1, (page_number - 1) * PER_PAGE)).await?;
    let has_more = seen.owing.len() as i64 > PER_PAGE;
    seen.owing.truncate(PER_PAGE as usize);
    let shell = shell
        .titled("Đôn đốc gửi báo cáo")
        .crumb("Đợt báo cáo", "/dot")
        .crumb(seen.campaign.name.clone(), format!("/dot/{short_id}"));
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = RemindersPage {
        shell,
        problems,
        short_id,
        seen,
        now,
        given,
        page: page_number,
        has_more,
    };
    if status == StatusCode::OK {
        page(&template)
    } else {
        page_with(status, &template)
    }
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(given): Query<Given>,
) -> Answer {
    show(ctx, shell, short_id, given, Problems::default()).await
}

pub async fn send(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Form(given): Form<Given>,
) -> Answer {
    let (asked, wish, actor) = (short_id.clone(), given.clone(), ctx.clone());
    match run(move || remind(&actor, &asked, &chosen(&wish), &wish.loi_nhan)).await {
        Ok(reminded) => {
            let back = format!("/dot/{short_id}/don-doc");
            let says = summary(&reminded);
            Ok(if reminded.without_address.is_empty() {
                redirect_done(&back, &says)
            } else {
                redirect_warned(&back, &says)
            })
        }
        Err(error) => show(ctx, shell, short_id, given, Problems::from_error(error)?).await,
    }
}

pub async fn letter_file(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Form(given): Form<Given>,
) -> Answer {
    let (asked, wish, actor) = (short_id.clone(), given.clone(), ctx.clone());
    let file = run(move || {
        let format = FileFormat::from_extension(&wish.dang).unwrap_or(FileFormat::Docx);
        let document = letter(&actor, &asked, &letter_wish(&wish)?)?;
        render(actor.app(), &document, format, "cong-van-don-doc")
    })
    .await;
    match file {
        Ok(file) => Ok(download(&file.name, file.media_type, file.bytes).into_response()),
        Err(error) => show(ctx, shell, short_id, given, Problems::from_error(error)?).await,
    }
}

fn chosen(given: &Given) -> Vec<AssignmentId> {
    given.bao_cao.iter().copied().map(AssignmentId).collect()
}

fn letter_wish(given: &Given) -> Result<LetterWish, Error> {
    let new_date = match given.ngay.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            Error::invalid(
                "Đề nghị gửi chậm nhất",
                format!(
                    "“{text}” không phải là ngày. Hãy chọn ngày trên lịch hoặc ghi dạng 2022-09-30"
                ),
            )
        })?),
    };
    let authority = domain::text::clean_line(&given.quyen_han);
    let signature = SignatureBlock {
        authority: (!authority.is_empty()).then_some(authority),
        position: domain::text::clean_line(&given.chuc_vu),
        name: domain::text::clean_line(&given.nguoi_ky),
    };
    Ok(LetterWish {
        units: chosen(given),
        new_date,
        signature,
    })
}

/// What became of a reminder, in one sentence for the next page.
fn summary(reminded: &Reminded) -> String {
    let mut says = format!("Đã đưa {} thư vào hàng gửi.", reminded.queued);
    if !reminded.without_address.is_empty() {
        says += &format!(
            " Chưa có địa chỉ thư của: {}.",
            reminded.without_address.join(", ")
        );
    }
    if !reminded.already_sent.is_empty() {
        says += &format!(
            " Đã gửi báo cáo nên không đôn đốc: {}.",
            reminded.already_sent.join(", ")
        );
    }
    says
}
