//! Files of a report over the API: attachments in and out, and the report itself as a document.

use super::wire::{AttachmentJson, CheckedReceiptJson};
use crate::error::Failure;
use crate::extract::{Path, Query, Raw, Upload};
use crate::page::{Answer, download, json, json_with, run};
use crate::session::Signed;
use app::Error;
use app::documents::FileFormat;
use app::reports::{attachments, document, send, view};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{StatusCode, header};
use domain::ids::{AssignmentId, AttachmentId};
use serde::Deserialize;

/// `GET /api/v1/reports/{id}/attachments`: those of the revision that the caller sees.
pub async fn list(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let seen = run(move || view::view(&ctx, AssignmentId(id))).await?;
    let files: Vec<AttachmentJson> = seen.content.attachments.iter().map(Into::into).collect();
    json(&serde_json::json!({ "attachments": files }))
}

/// A file as the body, its name in `?name=`, or as a form with one file.
pub struct SentFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct FileName {
    #[serde(default)]
    name: String,
}

impl<S: Send + Sync> FromRequest<S> for SentFile {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        if is_form {
            let upload = Upload::from_request(request, state).await?;
            let [file] = upload.files.as_slice() else {
                return Err(Error::invalid("Tệp đính kèm", "hãy gửi đúng một tệp mỗi lần").into());
            };
            return Ok(SentFile {
                name: file.name.clone(),
                bytes: file.bytes.to_vec(),
            });
        }
        let (mut parts, body) = request.into_parts();
        let Query(FileName { name }) = Query::from_request_parts(&mut parts, state).await?;
        let Raw(bytes) = Raw::from_request(Request::from_parts(parts, body), state).await?;
        Ok(SentFile {
            name,
            bytes: bytes.to_vec(),
        })
    }
}

/// `POST /api/v1/reports/{id}/attachments?name=bien-ban.pdf` with the file as the body, or a form with one file.
pub async fn attach(Signed(ctx): Signed, Path(id): Path<i64>, file: SentFile) -> Answer {
    let attached =
        run(move || attachments::add(&ctx, AssignmentId(id), &file.name, file.bytes)).await?;
    json_with(StatusCode::CREATED, &serde_json::json!({ "id": attached }))
}

/// `GET /api/v1/reports/{id}/attachments/{attachment}` answers with the file.
pub async fn attachment(Signed(ctx): Signed, Path((id, file)): Path<(i64, i64)>) -> Answer {
    let (file, bytes) =
        run(move || attachments::download(&ctx, AssignmentId(id), AttachmentId(file))).await?;
    download(&file.name, &file.media_type, bytes)
}

/// `DELETE /api/v1/reports/{id}/attachments/{attachment}`
pub async fn detach(Signed(ctx): Signed, Path((id, file)): Path<(i64, i64)>) -> Answer {
    let file = AttachmentId(file);
    run(move || attachments::remove(&ctx, AssignmentId(id), file)).await?;
    json(&serde_json::json!({ "id": file }))
}

/// `GET /api/v1/reports/{id}/receipt`: the latest receipt, held against what is stored.
pub async fn receipt(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let seen = run(move || send::receipt(&ctx, AssignmentId(id))).await?;
    json(&CheckedReceiptJson::from(seen))
}

#[derive(Deserialize)]
pub struct FormatWish {
    #[serde(default)]
    format: String,
}

/// `GET /api/v1/reports/{id}/document?format=docx` answers with the file; also `pdf`, and `xlsx` for the figures.
pub async fn document(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wish): Query<FormatWish>,
) -> Answer {
    let file = run(move || {
        let format = match wish.format.as_str() {
            "" => FileFormat::Docx,
            name => FileFormat::from_extension(name)
                .ok_or_else(|| Error::invalid("format", "chỉ nhận docx, pdf hoặc xlsx"))?,
        };
        document::file(&ctx, AssignmentId(id), format)
    })
    .await?;
    download(&file.name, file.media_type, file.bytes)
}
