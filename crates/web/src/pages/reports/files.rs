//! Attached files, and the report itself as a file.

use super::{below, path, with_form};
use crate::extract::{Path, Query, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, download, redirect_done, run, shown_file};
use crate::session::Signed;
use app::Ctx;
use app::documents::FileFormat;
use app::reports::view::{ReportView, view};
use app::reports::{attachments, document};
use askama::Template;
use domain::ids::{AssignmentId, AttachmentId};
use domain::report::lifecycle::Action;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/files.html")]
struct FilesPage {
    shell: Shell,
    problems: Problems,
    id: AssignmentId,
    seen: ReportView,
}

impl FilesPage {
    fn may_change(&self) -> bool {
        self.seen.status.offered.contains(&Action::Draft)
    }
    /// `1,5 MB`; below a megabyte whole kilobytes.
    fn size(&self, bytes: &i64) -> String {
        let kilobytes = (bytes + 1023) / 1024;
        if kilobytes < 1024 {
            return format!("{kilobytes} KB");
        }
        let tenths = bytes * 10 / (1024 * 1024);
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

async fn show(ctx: Ctx, shell: Shell, id: AssignmentId, problems: Problems) -> Answer {
    let seen = run(move || view(&ctx, id)).await?;
    let template = FilesPage {
        shell: below(shell, &seen.status.report).titled("Tệp đính kèm"),
        problems,
        id,
        seen,
    };
    with_form(&template.problems, &template)
}

pub async fn list(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show(ctx, shell, AssignmentId(id), Problems::default()).await
}

pub async fn add(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>, upload: Upload) -> Answer {
    let id = AssignmentId(id);
    let actor = ctx.clone();
    let added = run(move || {
        if upload.files.is_empty() {
            view(&actor, id)?;
        }
        let file = upload.file("tep", "Tệp đính kèm")?;
        attachments::add(&actor, id, &file.name, file.bytes.to_vec())
    })
    .await;
    match added {
        Ok(_) => Ok(redirect_done(
            &format!("{}/tep", path(id)),
            "Đã đính kèm tệp.",
        )),
        Err(error) => show(ctx, shell, id, Problems::from_error(error)?).await,
    }
}

pub async fn remove(Signed(ctx): Signed, Path((id, file)): Path<(i64, i64)>) -> Answer {
    let id = AssignmentId(id);
    run(move || attachments::remove(&ctx, id, AttachmentId(file))).await?;
    Ok(redirect_done(
        &format!("{}/tep", path(id)),
        "Đã bỏ tệp đính kèm.",
    ))
}

pub async fn one(Signed(ctx): Signed, Path((id, file)): Path<(i64, i64)>) -> Answer {
    let (file, bytes) =
        run(move || attachments::download(&ctx, AssignmentId(id), AttachmentId(file))).await?;
    download(&file.name, &file.media_type, bytes)
}

#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    dang: String,
    /// `1`: to be looked at in the browser, as a PDF can be.
    #[serde(default)]
    xem: String,
}

/// The report as a Word, PDF or Excel file.
pub async fn document(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let is_preview = wanted.xem == "1" && wanted.dang == "pdf";
    let file = run(move || {
        let format = FileFormat::from_extension(&wanted.dang).unwrap_or(FileFormat::Docx);
        document::file(&ctx, AssignmentId(id), format)
    })
    .await?;
    let answer = if is_preview { shown_file } else { download };
    answer(&file.name, file.media_type, file.bytes)
}
