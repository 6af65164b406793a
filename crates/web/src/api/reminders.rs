//! Reminders over the API: e-mails to chosen units, and the letter as a file.

use crate::extract::{Json, Path};
use crate::page::{Answer, download, json, run};
use crate::session::Signed;
use app::Error;
use app::documents::{FileFormat, render};
use app::reminders::{LetterWish, letter, remind};
use axum::response::IntoResponse;
use domain::ids::AssignmentId;
use domain::official::SignatureBlock;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RemindWish {
    reports: Vec<AssignmentId>,
    #[serde(default)]
    note: String,
}

/// `POST /api/v1/campaigns/{short}/reminders` with `{"reports": [1, 2], "note": "…"}`.
pub async fn send(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Json(wish): Json<RemindWish>,
) -> Answer {
    json(&run(move || remind(&ctx, &short_id, &wish.reports, &wish.note)).await?)
}

#[derive(Deserialize)]
pub struct ApiLetterWish {
    reports: Vec<AssignmentId>,
    /// ISO 8601; three days from today when it is left out.
    #[serde(default)]
    new_date: Option<jiff::civil::Date>,
    /// `docx` or `pdf`.
    #[serde(default)]
    format: String,
    #[serde(default)]
    authority: Option<String>,
    #[serde(default)]
    position: String,
    #[serde(default)]
    signer: String,
}

/// `POST /api/v1/campaigns/{short}/reminder-letter` answers with the file.
pub async fn letter_file(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Json(asked): Json<ApiLetterWish>,
) -> Answer {
    let file = run(move || {
        let format = match asked.format.as_str() {
            "" => FileFormat::Docx,
            name => FileFormat::from_extension(name)
                .ok_or_else(|| Error::invalid("format", "chỉ nhận docx hoặc pdf"))?,
        };
        let signature = SignatureBlock {
            authority: asked.authority,
            position: asked.position,
            name: asked.signer,
        };
        let wish = LetterWish {
            units: asked.reports,
            new_date: asked.new_date,
            signature,
        };
        render(
            ctx.app(),
            &letter(&ctx, &short_id, &wish)?,
            format,
            "cong-van-don-doc",
        )
    })
    .await?;
    Ok(download(&file.name, file.media_type, file.bytes).into_response())
}
