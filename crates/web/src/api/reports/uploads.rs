//! The Word round trip over the API: the template out, a file in, its differences, taking it over.

use super::files::SentFile;
use crate::extract::{Json, Path, Query};
use crate::page::{Answer, download, json, json_with, run};
use crate::session::Signed;
use app::reports::template;
use app::reports::uploads::{
    self, Applied, Choices, Comparison, FigureChange, FigureFate, SectionChange, SectionFate, Take,
    UploadState, UploadedDraft,
};
use axum::http::StatusCode;
use domain::ids::{AssignmentId, SectionId, UploadedDraftId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a file would change.
#[derive(Serialize)]
pub struct ComparisonJson {
    pub report: AssignmentId,
    pub is_template: bool,
    pub notes: Vec<String>,
    pub unchanged_sections: usize,
    pub sections: Vec<SectionChangeJson>,
    pub figures: Vec<FigureChangeJson>,
    pub loose: Vec<LooseJson>,
}

#[derive(Serialize)]
pub struct SectionChangeJson {
    pub section: SectionId,
    pub number: String,
    pub title: String,
    /// The version of the draft's text that was compared.
    pub version: i64,
    pub draft: String,
    pub file: String,
    /// `taken`, `conflict` or `closed`.
    pub fate: &'static str,
    /// What a merge of both would say, in a conflict.
    pub proposal: Option<String>,
    /// No line was changed by both sides.
    pub proposal_is_clean: Option<bool>,
}

#[derive(Serialize)]
pub struct FigureChangeJson {
    /// Names the cell in the wish to apply.
    pub cell: usize,
    pub code: String,
    pub period: String,
    pub draft: Option<String>,
    pub file: Option<String>,
    pub typed: String,
    /// `taken`, `conflict` or `refused`.
    pub fate: &'static str,
    pub reason: Option<String>,
}

#[derive(Serialize)]
pub struct LooseJson {
    pub index: usize,
    pub place: String,
    pub near: Option<SectionId>,
    pub text: String,
}

impl From<&Comparison> for ComparisonJson {
    fn from(seen: &Comparison) -> Self {
        let loose = seen.loose.iter().map(|part| LooseJson {
            index: part.index,
            place: part.place.clone(),
            near: part.near,
            text: part.text.clone(),
        });
        ComparisonJson {
            report: seen.report.assignment.id,
            is_template: seen.is_template,
            notes: seen.notes.clone(),
            unchanged_sections: seen.unchanged,
            sections: seen.sections.iter().map(Into::into).collect(),
            figures: seen.figures.iter().map(Into::into).collect(),
            loose: loose.collect(),
        }
    }
}

impl From<&SectionChange> for SectionChangeJson {
    fn from(change: &SectionChange) -> Self {
        let merged = match &change.fate {
            SectionFate::Conflict(merged) => Some(merged),
            SectionFate::Taken | SectionFate::Closed => None,
        };
        SectionChangeJson {
            section: change.section.id,
            number: change.section.number.clone(),
            title: change.section.title.clone(),
            version: change.version,
            draft: change.draft.clone(),
            file: change.file.clone(),
            fate: match change.fate {
                SectionFate::Taken => "taken",
                SectionFate::Conflict(_) => "conflict",
                SectionFate::Closed => "closed",
            },
            proposal: merged.map(|merged| merged.text.clone()),
            proposal_is_clean: merged.map(|merged| merged.is_clean),
        }
    }
}

impl From<&FigureChange> for FigureChangeJson {
    fn from(change: &FigureChange) -> Self {
        FigureChangeJson {
            cell: change.cell,
            code: change.code.clone(),
            period: change.period.key(),
            draft: change.draft.exact(),
            file: change.file.exact(),
            typed: change.typed.clone(),
            fate: match change.fate {
                FigureFate::Taken => "taken",
                FigureFate::Conflict => "conflict",
                FigureFate::Refused(_) => "refused",
            },
            reason: match &change.fate {
                FigureFate::Refused(reason) => Some(reason.clone()),
                FigureFate::Taken | FigureFate::Conflict => None,
            },
        }
    }
}

/// What came into the draft.
#[derive(Serialize)]
pub struct AppliedJson {
    pub sections: usize,
    pub figures: usize,
    /// Texts that wait beside the draft's, to be settled.
    pub beside: usize,
    pub placed: usize,
    pub loose_left: usize,
}

impl From<Applied> for AppliedJson {
    fn from(applied: Applied) -> Self {
        AppliedJson {
            sections: applied.sections,
            figures: applied.figures,
            beside: applied.beside,
            placed: applied.placed,
            loose_left: applied.loose_left,
        }
    }
}

#[derive(Serialize)]
struct UploadJson {
    id: UploadedDraftId,
    name: String,
    size_bytes: i64,
    uploaded_at: Timestamp,
    uploaded_by: Option<String>,
    /// `pending`, or `applied` with loose parts left.
    state: &'static str,
    loose_left: i64,
}

impl From<UploadedDraft> for UploadJson {
    fn from(kept: UploadedDraft) -> Self {
        UploadJson {
            id: kept.id,
            name: kept.file_name,
            size_bytes: kept.size_bytes,
            uploaded_at: kept.uploaded_at,
            uploaded_by: kept.uploaded_by_name,
            state: match kept.state {
                UploadState::Pending => "pending",
                UploadState::Applied => "applied",
                UploadState::Discarded => "discarded",
            },
            loose_left: kept.loose_left,
        }
    }
}

#[derive(Deserialize)]
pub struct TemplateWish {
    #[serde(default)]
    answers: bool,
}

/// `GET /api/v1/reports/{id}/template?answers=true` answers with the Word file.
pub async fn template(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Query(wish): Query<TemplateWish>,
) -> Answer {
    let file = run(move || template::file(&ctx, AssignmentId(id), wish.answers)).await?;
    download(&file.name, file.media_type, file.bytes)
}

/// `POST /api/v1/reports/{id}/uploads?name=bao-cao.docx` with the file as the body, or a form with one file.
pub async fn keep(Signed(ctx): Signed, Path(id): Path<i64>, file: SentFile) -> Answer {
    let id = AssignmentId(id);
    let (kept, seen) = run(move || {
        let kept = uploads::keep(&ctx, id, &file.name, file.bytes)?;
        uploads::view(&ctx, id, kept)
    })
    .await?;
    let answer = serde_json::json!({ "id": kept.id, "changes": ComparisonJson::from(&seen) });
    json_with(StatusCode::CREATED, &answer)
}

/// `GET /api/v1/reports/{id}/uploads`: files that still ask for something.
pub async fn waiting(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    let kept = run(move || uploads::waiting(&ctx, AssignmentId(id))).await?;
    let kept: Vec<UploadJson> = kept.into_iter().map(Into::into).collect();
    json(&serde_json::json!({ "uploads": kept }))
}

/// `GET /api/v1/reports/{id}/uploads/{upload}`: what the file would change now.
pub async fn get(Signed(ctx): Signed, Path((id, upload)): Path<(i64, i64)>) -> Answer {
    let (_, seen) =
        run(move || uploads::view(&ctx, AssignmentId(id), UploadedDraftId(upload))).await?;
    json(&ComparisonJson::from(&seen))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TakeWish {
    File,
    Draft,
    Beside,
    Merged(String),
}

/// What is not named goes as proposed.
#[derive(Deserialize, Default)]
pub struct ApplyWish {
    #[serde(default)]
    sections: BTreeMap<SectionId, TakeWish>,
    #[serde(default)]
    versions: BTreeMap<SectionId, i64>,
    #[serde(default)]
    figures: BTreeSet<usize>,
    #[serde(default)]
    kept_figures: BTreeSet<usize>,
    #[serde(default)]
    loose: BTreeMap<usize, SectionId>,
}

/// `POST /api/v1/reports/{id}/uploads/{upload}/apply` with `{"sections": {"12": "file"}, "loose": {"0": 12}}`.
pub async fn apply(
    Signed(ctx): Signed,
    Path((id, upload)): Path<(i64, i64)>,
    Json(wish): Json<ApplyWish>,
) -> Answer {
    let take = |wish| match wish {
        TakeWish::File => Take::File,
        TakeWish::Draft => Take::Draft,
        TakeWish::Beside => Take::Beside,
        TakeWish::Merged(text) => Take::Merged(text),
    };
    let choices = Choices {
        sections: wish
            .sections
            .into_iter()
            .map(|(section, wish)| (section, take(wish)))
            .collect(),
        versions: wish.versions,
        figures: wish.figures,
        kept_figures: wish.kept_figures,
        loose: wish.loose,
    };
    let (id, upload) = (AssignmentId(id), UploadedDraftId(upload));
    let applied = run(move || uploads::apply(&ctx, id, upload, choices)).await?;
    json(&AppliedJson::from(applied))
}

/// `DELETE /api/v1/reports/{id}/uploads/{upload}`: nothing of the file comes into the draft.
pub async fn discard(Signed(ctx): Signed, Path((id, upload)): Path<(i64, i64)>) -> Answer {
    let upload = UploadedDraftId(upload);
    run(move || uploads::discard(&ctx, AssignmentId(id), upload)).await?;
    json(&serde_json::json!({ "id": upload }))
}
