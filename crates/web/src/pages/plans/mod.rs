//! Kế hoạch mới: bringing a plan document, checking what was read from it, confirming it.

mod form;
mod marks;
mod review;

pub(super) use form::date;
pub use review::{edit, review};

use crate::extract::{Path, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, download, page_with, redirect_done, run};
use crate::session::Signed;
use app::Ctx;
use app::plans::PlanLine;
use askama::Template;
use axum::http::StatusCode;
use domain::ids::PlanId;

#[derive(Template)]
#[template(path = "plans/list.html")]
struct PlansPage {
    shell: Shell,
    problems: Problems,
    plans: Vec<PlanLine>,
}

async fn show(ctx: Ctx, shell: Shell, problems: Problems) -> Answer {
    let plans = run(move || app::plans::list(&ctx)).await?;
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shell = shell.titled("Kế hoạch mới");
    page_with(
        status,
        &PlansPage {
            shell,
            problems,
            plans,
        },
    )
}

/// The form for a new plan above the plans that were read before.
pub async fn list(Signed(ctx): Signed, shell: Shell) -> Answer {
    show(ctx, shell, Problems::default()).await
}

/// Reads the file; a person checks it on the next page.
pub async fn upload(Signed(ctx): Signed, shell: Shell, upload: Upload) -> Answer {
    let actor = ctx.clone();
    let read = run(move || {
        let file = upload.file("tep", "Tệp kế hoạch")?;
        app::plans::read_upload(&actor, &file.name, &file.bytes)
    })
    .await;
    match read {
        Ok(plan) => Ok(redirect_done(
            &format!("/ke-hoach/{plan}"),
            "Đã đọc kế hoạch. Hãy kiểm tra từng mục, sửa nếu cần, rồi xác nhận.",
        )),
        Err(error) => show(ctx, shell, Problems::from_error(error)?).await,
    }
}

/// The file as it was brought.
pub async fn file(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let (name, bytes) = run(move || app::plans::file(&ctx, PlanId(id))).await?;
    download(&name, "application/octet-stream", bytes)
}
