//! Writing a section over the API: the text with its version, two texts side by side, versions.

use super::wire::SectionJson;
use crate::error::Failure;
use crate::extract::{Json, Path};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::Error;
use app::reports::draft::{self, Saved, SectionEditor, SectionSave, SectionVersion, Settle};
use domain::ids::{AssignmentId, SectionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A section as somebody who writes in it sees it.
#[derive(Serialize)]
pub struct EditorJson {
    #[serde(flatten)]
    pub section: SectionJson,
    pub guidance: String,
    pub saved_at: Option<Timestamp>,
    pub saved_by: Option<String>,
    pub editable: bool,
    pub closed_because: Option<String>,
    /// What a return says about it; empty when nothing.
    pub return_reason: String,
    /// Others who have it open now.
    pub others: Vec<String>,
    /// Texts that wait beside the current one.
    pub conflicts: Vec<VersionJson>,
}

#[derive(Serialize)]
pub struct VersionJson {
    /// Names a text that waits beside the current one.
    pub id: i64,
    pub version: i64,
    pub text: String,
    /// It was kept beside a newer text.
    pub is_conflict: bool,
    pub settled_at: Option<Timestamp>,
    pub saved_at: Timestamp,
    pub saved_by: Option<String>,
}

impl From<SectionVersion> for VersionJson {
    fn from(version: SectionVersion) -> VersionJson {
        VersionJson {
            id: version.id,
            version: version.version,
            text: version.text,
            is_conflict: version.is_conflict,
            settled_at: version.settled_at,
            saved_at: version.saved_at,
            saved_by: version.saved_by_name,
        }
    }
}

impl From<SectionEditor> for EditorJson {
    fn from(editor: SectionEditor) -> EditorJson {
        let current = editor.current.as_ref();
        EditorJson {
            section: SectionJson {
                id: editor.section.id,
                number: editor.section.number.clone(),
                title: editor.section.title.clone(),
                level: editor.section.level,
                writable: editor.section.writable,
                text: editor.text().to_owned(),
                version: editor.version(),
            },
            saved_at: current.map(|text| text.saved_at),
            saved_by: current.and_then(|text| text.saved_by_name.clone()),
            guidance: editor.section.guidance,
            editable: editor.editable,
            closed_because: editor.closed_because,
            return_reason: editor.return_reason,
            others: editor.others,
            conflicts: editor.conflicts.into_iter().map(Into::into).collect(),
        }
    }
}

/// What became of a save.
#[derive(Debug, Serialize)]
pub struct SavedJson {
    /// To be the base of the next save.
    pub version: i64,
    pub saved_at: Timestamp,
    pub others: Vec<String>,
    /// The text was kept beside a newer one, under this id.
    pub kept_aside: Option<i64>,
    pub open_conflicts: usize,
}

impl From<Saved> for SavedJson {
    fn from(saved: Saved) -> SavedJson {
        SavedJson {
            version: saved.version,
            saved_at: saved.saved_at,
            others: saved.others,
            kept_aside: saved.kept_aside,
            open_conflicts: saved.open_conflicts,
        }
    }
}

/// What is said when a text was kept beside a newer one.
pub const KEPT_ASIDE: &str = "Có người vừa lưu mục này nên bản vừa gửi được giữ bên cạnh, chưa thay bản hiện hành. Hãy xem hai bản rồi chọn hoặc ghép";

/// `GET /api/v1/reports/{id}/sections/{section}`
pub async fn section(Signed(ctx): Signed, Path((id, section)): Path<(i64, i64)>) -> Answer {
    let editor =
        run(move || draft::open_section(&ctx, AssignmentId(id), SectionId(section))).await?;
    json(&EditorJson::from(editor))
}

#[derive(Deserialize)]
pub struct SaveWish {
    text: String,
    base_version: i64,
    #[serde(default)]
    autosave: bool,
}

/// `PUT /api/v1/reports/{id}/sections/{section}` with `{"text": "…", "base_version": 3}`. 409 when somebody else
/// saved meanwhile: then both texts are kept, and `detail` says where.
pub async fn save(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Json(wish): Json<SaveWish>,
) -> Answer {
    let save = SectionSave {
        text: wish.text,
        base_version: wish.base_version,
        autosave: wish.autosave,
    };
    let saved =
        run(move || draft::save_section(&ctx, AssignmentId(id), SectionId(section), save)).await?;
    let is_aside = saved.kept_aside.is_some();
    let saved = SavedJson::from(saved);
    if is_aside {
        return Err(Failure::from(Error::Conflict(KEPT_ASIDE.into())).with_detail(&saved));
    }
    json(&saved)
}

#[derive(Deserialize)]
pub struct SettleWish {
    base_version: i64,
    #[serde(flatten)]
    how: SettleHow,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "keep")]
enum SettleHow {
    Current,
    Other,
    Merged { text: String },
}

/// `POST /api/v1/reports/{id}/sections/{section}/conflicts/{conflict}` with `{"keep": "merged", "text": "…",
/// "base_version": 4}`; `keep` is `current`, `other` or `merged`.
pub async fn settle(
    Signed(ctx): Signed,
    Path((id, section, conflict)): Path<(i64, i64, i64)>,
    Json(wish): Json<SettleWish>,
) -> Answer {
    let how = match wish.how {
        SettleHow::Current => Settle::KeepCurrent,
        SettleHow::Other => Settle::KeepOther,
        SettleHow::Merged { text } => Settle::Merged(text),
    };
    let saved = run(move || {
        let (id, section) = (AssignmentId(id), SectionId(section));
        draft::settle(&ctx, id, section, conflict, wish.base_version, how)
    })
    .await?;
    json(&SavedJson::from(saved))
}

/// `GET /api/v1/reports/{id}/sections/{section}/versions`: the newest first.
pub async fn versions(Signed(ctx): Signed, Path((id, section)): Path<(i64, i64)>) -> Answer {
    let (_, versions) =
        run(move || draft::history(&ctx, AssignmentId(id), SectionId(section))).await?;
    let versions: Vec<VersionJson> = versions.into_iter().map(Into::into).collect();
    json(&serde_json::json!({ "versions": versions }))
}

/// `POST /api/v1/reports/{id}/sections/{section}/versions/{version}`: the old text becomes a new version.
pub async fn restore(
    Signed(ctx): Signed,
    Path((id, section, version)): Path<(i64, i64, i64)>,
) -> Answer {
    let saved =
        run(move || draft::restore(&ctx, AssignmentId(id), SectionId(section), version)).await?;
    json(&SavedJson::from(saved))
}
