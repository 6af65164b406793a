//! Remarks on a section and who writes it, over the API.

use crate::extract::{Json, Path};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::reports::comments::{self, Placed, Remark};
use app::reports::handing::{self, Holder};
use domain::ids::{AssignmentId, SectionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct CommentJson {
    pub id: i64,
    /// The words that it is about; empty for the section as a whole.
    pub quote: String,
    /// The paragraph, from 1, where those words stand now.
    pub passage: Option<usize>,
    pub text: String,
    pub written_at: Timestamp,
    pub written_by: String,
    pub resolved_at: Option<Timestamp>,
    pub resolved_by: Option<String>,
}

impl From<Placed> for CommentJson {
    fn from(Placed { comment, passage }: Placed) -> CommentJson {
        CommentJson {
            id: comment.id,
            passage,
            quote: comment.quote,
            text: comment.words,
            written_at: comment.written_at,
            written_by: comment.written_by,
            resolved_at: comment.resolved_at,
            resolved_by: comment.resolved_by,
        }
    }
}

/// Who holds a section.
#[derive(Serialize)]
pub struct HolderJson {
    pub login: String,
    pub name: String,
    pub note: String,
    pub handed_at: Timestamp,
    pub handed_by: String,
}

impl From<Holder> for HolderJson {
    fn from(holder: Holder) -> HolderJson {
        HolderJson {
            login: holder.login,
            name: holder.name,
            note: holder.note,
            handed_at: holder.handed_at,
            handed_by: holder.handed_by,
        }
    }
}

/// The remarks on a section.
#[derive(Serialize)]
pub struct CommentsJson {
    pub comments: Vec<CommentJson>,
}

impl CommentsJson {
    pub fn load(ctx: &app::Ctx, id: AssignmentId, section: SectionId) -> app::Result<CommentsJson> {
        let comments = comments::of_section(ctx, id, section)?;
        Ok(CommentsJson {
            comments: comments.into_iter().map(Into::into).collect(),
        })
    }
}

/// Who holds a section, or nobody.
#[derive(Serialize)]
pub struct HandsJson {
    pub holder: Option<HolderJson>,
}

impl HandsJson {
    pub fn load(ctx: &app::Ctx, id: AssignmentId, section: SectionId) -> app::Result<HandsJson> {
        let hands = handing::of_section(ctx, id, section)?;
        Ok(HandsJson {
            holder: hands.holder.map(Into::into),
        })
    }
}

/// `GET /api/v1/reports/{id}/sections/{section}/comments`: open ones first.
pub async fn comments(Signed(ctx): Signed, Path((id, section)): Path<(i64, i64)>) -> Answer {
    json(&run(move || CommentsJson::load(&ctx, AssignmentId(id), SectionId(section))).await?)
}

#[derive(Deserialize)]
pub struct CommentWish {
    #[serde(default)]
    text: String,
    #[serde(default)]
    passage: Option<usize>,
    #[serde(default)]
    quote: String,
}

/// `POST /api/v1/reports/{id}/sections/{section}/comments` with `{"text": "…", "passage": 2, "quote": ""}`.
pub async fn comment(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Json(wish): Json<CommentWish>,
) -> Answer {
    let remark = Remark {
        words: wish.text,
        passage: wish.passage,
        quote: wish.quote,
    };
    let written =
        run(move || comments::add(&ctx, AssignmentId(id), SectionId(section), remark)).await?;
    json(&serde_json::json!({ "comment": written }))
}

/// `POST /api/v1/reports/{id}/sections/{section}/comments/{comment}/resolve`
pub async fn resolve(
    Signed(ctx): Signed,
    Path((id, section, comment)): Path<(i64, i64, i64)>,
) -> Answer {
    run(move || comments::resolve(&ctx, AssignmentId(id), SectionId(section), comment)).await?;
    json(&serde_json::json!({ "comment": comment }))
}

/// `GET /api/v1/reports/{id}/sections/{section}/holder`
pub async fn holder(Signed(ctx): Signed, Path((id, section)): Path<(i64, i64)>) -> Answer {
    json(&run(move || HandsJson::load(&ctx, AssignmentId(id), SectionId(section))).await?)
}

#[derive(Deserialize)]
pub struct HandWish {
    /// A login; `null` for nobody in particular.
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    note: String,
}

/// `PUT /api/v1/reports/{id}/sections/{section}/holder` with `{"to": "LOGIN", "note": "…"}`.
pub async fn hand(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Json(wish): Json<HandWish>,
) -> Answer {
    let (id, section) = (AssignmentId(id), SectionId(section));
    let handed = move || {
        handing::hand(&ctx, id, section, wish.to.as_deref(), &wish.note)?;
        HandsJson::load(&ctx, id, section)
    };
    json(&run(handed).await?)
}
