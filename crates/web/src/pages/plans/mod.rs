//! Kế hoạch mới: bringing a plan document, checking what was read from it, confirming it.

mod compare;
mod difference;
mod form;
mod marks;
mod review;

pub use difference::view as difference;
pub(super) use form::date;
pub use review::{answer, edit, review};

use crate::extract::{Fields, Path, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, download, page_with, redirect_done, run};
use crate::session::Signed;
use app::Ctx;
use app::plans::{PlanLine, Uploaded};
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

/// Reads the file; a person checks it on the next page. Text that was repaired is compared first.
pub async fn upload(Signed(ctx): Signed, shell: Shell, upload: Upload) -> Answer {
    let actor = ctx.clone();
    let read = run(move || {
        let file = upload.file("tep", "Tệp kế hoạch")?;
        let done = app::plans::upload(&actor, &file.name, &file.bytes)?;
        Ok((file.name.clone(), done))
    })
    .await;
    match read {
        Ok((_, Uploaded::Stored(plan))) => Ok(read_done(plan)),
        Ok((name, Uploaded::Repaired { kept, read })) => compare::page_of(shell, name, kept, &read),
        Err(error) => show(ctx, shell, Problems::from_error(error)?).await,
    }
}

/// Takes the file whose repair somebody compared.
pub async fn confirm_repair(Signed(ctx): Signed, shell: Shell, fields: Fields) -> Answer {
    let actor = ctx.clone();
    let stored =
        run(move || app::plans::confirm_upload(&actor, fields.text("ten"), fields.text("tep")))
            .await;
    match stored {
        Ok(plan) => Ok(read_done(plan)),
        Err(error) => show(ctx, shell, Problems::from_error(error)?).await,
    }
}

fn read_done(plan: PlanId) -> axum::response::Response {
    redirect_done(
        &format!("/ke-hoach/{plan}"),
        "Đã đọc kế hoạch. Hãy kiểm tra từng mục, sửa nếu cần, rồi xác nhận.",
    )
}

/// The file as it was brought.
pub async fn file(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let (name, bytes) = run(move || app::plans::file(&ctx, PlanId(id))).await?;
    download(&name, "application/octet-stream", bytes)
}
