//! A complete report in one request, for systems that write elsewhere.

use super::figures::FiguresWish;
use super::steps::Vote;
use super::wire::{Cells, ReceiptJson};
use crate::extract::{Json, Path};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::reports::issue::IssueWish;
use app::reports::whole::{SectionName, Whole, submit};
use domain::ids::AssignmentId;
use serde::Deserialize;

/// The report: `{"sections": [{"section": "II/1", "text": "…"}], "figures": {…}, "adoption": {…}, "issue": {…}}`; the
/// parts are those of `PUT …/figures`, `POST …/adopt` and `POST …/issue`.
#[derive(Deserialize)]
pub struct WholeWish {
    sections: Vec<SectionWish>,
    #[serde(default)]
    figures: Cells,
    adoption: Vote,
    issue: IssueWish,
}

/// A section by its id, or by its number as on the command line.
#[derive(Deserialize)]
pub struct SectionWish {
    section: SectionName,
    text: String,
}

impl WholeWish {
    /// What the use case takes.
    ///
    /// # Errors
    /// [`app::Error::Invalid`] with each period that is none.
    pub fn read(self) -> app::Result<Whole> {
        Ok(Whole {
            sections: self
                .sections
                .into_iter()
                .map(|wish| (wish.section, wish.text))
                .collect(),
            figures: FiguresWish::of(self.figures).changes()?,
            adoption: self.adoption.into(),
            issue: self.issue,
        })
    }
}

/// `POST /api/v1/reports/{id}/whole` answers with the receipt; the same content again gives the same one.
pub async fn submit_whole(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(wish): Json<WholeWish>,
) -> Answer {
    let whole = wish.read()?;
    let receipt = run(move || submit(&ctx, AssignmentId(id), whole)).await?;
    json(&ReceiptJson::from(receipt))
}
