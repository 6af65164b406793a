//! The page after a trial run over a table: what was found, every problem by row, and the button that does it.

use crate::extract::Fields;
use crate::page::{Answer, Shell, page_with};
use app::tables::TableCheck;
use app::{Ctx, Result, uploads};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "trial.html")]
pub(super) struct Trial {
    pub shell: Shell,
    pub file_name: String,
    /// What the table holds, in words.
    pub found: String,
    pub check: TableCheck,
    pub action: String,
    pub button: String,
    pub back: String,
    /// Fields of the confirming form.
    pub hidden: Vec<(&'static str, String)>,
}

impl Trial {
    pub(super) fn answer(self) -> Answer {
        let status = if self.check.is_clean() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        page_with(status, &self)
    }
}

/// The file of a confirming form, kept since the trial run: its name and its bytes.
pub(super) fn kept_file(ctx: &Ctx, fields: &Fields) -> Result<(String, Vec<u8>)> {
    let bytes = uploads::take(ctx, fields.text("tep"))?;
    Ok((fields.text("ten_tep").to_string(), bytes))
}
