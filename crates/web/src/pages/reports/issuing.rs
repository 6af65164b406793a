//! Issuing, sending and the receipt.

use super::{below, due_badge, may_now, path, with_form};
use crate::extract::{Form, Path};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, redirect_done, run};
use crate::pages::plans::date;
use crate::session::Signed;
use app::reports::issue::{self, IssueInput};
use app::reports::send::{self, ReceiptView};
use app::reports::view::{ReportView, view};
use app::{Ctx, Error, Problem};
use askama::Template;
use domain::ids::AssignmentId;
use domain::report::lifecycle::Action;
use serde::Deserialize;

/// What an office types to issue a report.
#[derive(Deserialize, Clone, Default)]
pub struct Typed {
    #[serde(default)]
    so: String,
    #[serde(default)]
    nhiem_ky: String,
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    noi: String,
    #[serde(default)]
    quyen_han: String,
    #[serde(default)]
    chuc_vu: String,
    #[serde(default)]
    nguoi_ky: String,
}

impl Typed {
    fn of(suggested: IssueInput) -> Typed {
        Typed {
            so: suggested
                .number
                .map(|number| number.to_string())
                .unwrap_or_default(),
            nhiem_ky: suggested.term,
            ngay: suggested.dated.to_string(),
            noi: suggested.place,
            quyen_han: suggested.authority,
            chuc_vu: suggested.position,
            nguoi_ky: suggested.signer,
        }
    }

    fn input(&self) -> app::Result<IssueInput> {
        let mut problems = Vec::new();
        let dated = date(&self.ngay, "Ngày ban hành", &mut problems);
        let wrong = |place: &str, message: String| Problem {
            place: place.into(),
            message,
        };
        if dated.is_none() && problems.is_empty() {
            problems.push(wrong("Ngày ban hành", "hãy ghi ngày ban hành".into()));
        }
        let number = match self.so.trim() {
            "" => None,
            text => text.parse().ok().or_else(|| {
                problems.push(wrong(
                    "Số",
                    format!("“{text}” không phải là số. Hãy ghi riêng phần số, ví dụ 12"),
                ));
                None
            }),
        };
        match dated {
            Some(dated) if problems.is_empty() => Ok(IssueInput {
                number,
                term: self.nhiem_ky.clone(),
                dated,
                place: self.noi.clone(),
                authority: self.quyen_han.clone(),
                position: self.chuc_vu.clone(),
                signer: self.nguoi_ky.clone(),
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

#[derive(Template)]
#[template(path = "reports/issue.html")]
struct IssuePage {
    shell: Shell,
    problems: Problems,
    id: AssignmentId,
    typed: Typed,
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    typed: Option<Typed>,
    problems: Problems,
) -> Answer {
    let is_again = !problems.is_empty();
    let (seen, typed) = run(move || {
        let seen = view(&ctx, id)?;
        if !is_again {
            may_now(&seen, Action::Issue)?;
        }
        let typed = match typed {
            Some(typed) => typed,
            None => Typed::of(issue::suggestion(&ctx, id)?),
        };
        Ok((seen, typed))
    })
    .await?;
    let template = IssuePage {
        shell: below(shell, &seen.status.report).titled("Ban hành báo cáo"),
        problems,
        id,
        typed,
    };
    with_form(&template.problems, &template)
}

pub async fn form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show(ctx, shell, AssignmentId(id), None, Problems::default()).await
}

pub async fn issue(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Answer {
    let id = AssignmentId(id);
    let (actor, given) = (ctx.clone(), typed.clone());
    match run(move || issue::issue(&actor, id, given.input()?)).await {
        Ok(document) => Ok(redirect_done(
            &path(id),
            &format!(
                "Đã ban hành báo cáo số {}. Việc tiếp theo là gửi.",
                document.symbol
            ),
        )),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            show(ctx, shell, id, Some(typed), problems).await
        }
    }
}

#[derive(Template)]
#[template(path = "reports/send.html")]
struct SendPage {
    shell: Shell,
    problems: Problems,
    seen: ReportView,
}

impl SendPage {
    fn due(&self) -> Option<(String, &'static str)> {
        let status = &self.seen.status;
        let state = status.report.assignment.state;
        due_badge(state, status.timeliness, status.days_left)
    }
}

async fn show_send(ctx: Ctx, shell: Shell, id: AssignmentId, problems: Problems) -> Answer {
    let seen = run(move || view(&ctx, id)).await?;
    if problems.is_empty() {
        may_now(&seen, Action::Send)?;
    }
    let template = SendPage {
        shell: below(shell, &seen.status.report).titled("Gửi báo cáo"),
        problems,
        seen,
    };
    with_form(&template.problems, &template)
}

pub async fn send_form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show_send(ctx, shell, AssignmentId(id), Problems::default()).await
}

pub async fn send(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let id = AssignmentId(id);
    let actor = ctx.clone();
    match run(move || send::send(&actor, id)).await {
        Ok(_) => Ok(redirect_done(
            &format!("{}/bien-nhan", path(id)),
            "Đã gửi báo cáo. Đây là biên nhận.",
        )),
        Err(error) => show_send(ctx, shell, id, Problems::from_error(error)?).await,
    }
}

#[derive(Template)]
#[template(path = "reports/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    seen: ReceiptView,
}

impl ReceiptPage {
    fn is_unchanged(&self) -> bool {
        self.seen.receipt.content_hash == self.seen.hash_now
    }
    fn due(&self) -> Option<(String, &'static str)> {
        let assignment = &self.seen.report.assignment;
        let timeliness = assignment.timeliness(self.seen.receipt.sent_at);
        due_badge(assignment.state, timeliness, None)
    }
    /// When it was sent first, on the receipt of a later revision: that moment decides whether it was on time.
    fn first_sent(&self) -> Option<jiff::Timestamp> {
        let first = self.seen.report.assignment.first_sent_at;
        first.filter(|first| *first < self.seen.receipt.sent_at)
    }
}

pub async fn receipt(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let seen = run(move || send::receipt(&ctx, AssignmentId(id))).await?;
    page(&ReceiptPage {
        shell: below(shell, &seen.report).titled("Biên nhận gửi báo cáo"),
        seen,
    })
}
