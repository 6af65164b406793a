//! One section: the own draft, paragraph by paragraph, beside what each unit below wrote in it.

use super::{encoded, names, shell_of, units};
use crate::extract::{Fields, Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, json, page, redirect_done, redirect_warned, run};
use crate::session::Signed;
use app::consolidation::{
    self, Edit, Inserted, Newer, OwnPassage, Pick, SectionDesk, SectionQuery, UnitWords,
};
use app::reports::draft::{SectionSave, save_section};
use app::{Ctx, Error};
use askama::Template;
use axum::http::{HeaderMap, header};
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::merging::Usage;
use domain::report::passages::paragraphs;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Own text beyond this many bytes is edited on the page of the section, to keep this one light.
const MOST_BOXES: usize = 22_000;
/// What a box counts for beside its text.
const EACH_BOX: usize = 250;
/// Own paragraphs that are listed when they are not edited here, and places to insert at.
const MOST_LISTED: usize = 60;
/// Most bytes of one passage shown beside those of other units, and of a unit alone; all of it goes in.
const MOST_SHOWN: usize = 3_000;
const MOST_ALONE: usize = 20_000;
/// Letters of a paragraph that name it in the list of places.
const NAME_CHARS: usize = 48;
/// Letters in one line of a box, about.
const LINE_CHARS: usize = 52;

#[derive(Template)]
#[template(path = "consolidation/section.html")]
struct SectionPage {
    shell: Shell,
    id: AssignmentId,
    desk: SectionDesk,
    asked: Asked,
    /// Where the form goes, with what was asked for.
    action: String,
    page: usize,
    /// The own draft is edited here, and not too long for it.
    has_boxes: bool,
}

#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    #[serde(default)]
    ten: String,
    #[serde(default)]
    trang: Option<usize>,
    /// Only this report.
    #[serde(default)]
    chi: Option<AssignmentId>,
    /// From this passage of it.
    #[serde(default)]
    tu: usize,
}

impl Asked {
    fn query(&self) -> SectionQuery {
        SectionQuery {
            units: units(&self.ten, self.trang),
            only: self.chi,
            from: self.tu,
        }
    }

    fn address(&self, id: AssignmentId, section: SectionId) -> String {
        let mut parts = Vec::new();
        if !self.ten.is_empty() {
            parts.push(format!("ten={}", encoded(&self.ten)));
        }
        if let Some(page) = self.trang {
            parts.push(format!("trang={page}"));
        }
        if let Some(only) = self.chi {
            parts.push(format!("chi={only}&tu={}", self.tu));
        }
        let base = format!("/bao-cao/{id}/tong-hop/{section}");
        if parts.is_empty() {
            base
        } else {
            format!("{base}?{}", parts.join("&"))
        }
    }
}

impl SectionPage {
    fn silent(&self) -> String {
        names(&self.desk.silent)
    }
    fn wordless(&self) -> String {
        names(&self.desk.wordless)
    }
    fn pages_href(&self) -> String {
        format!("?ten={}&trang=", encoded(&self.asked.ten))
    }
    /// The own paragraphs that are listed.
    fn listed(&self) -> &[OwnPassage] {
        let most = if self.has_boxes {
            self.desk.own.len()
        } else {
            MOST_LISTED
        };
        &self.desk.own[..self.desk.own.len().min(most)]
    }
    /// Places to insert at.
    fn places(&self) -> &[OwnPassage] {
        &self.desk.own[..self.desk.own.len().min(MOST_LISTED)]
    }
    /// A passage as far as it is shown.
    fn shown(&self, text: &str) -> String {
        let most = match self.asked.chi {
            Some(_) => MOST_ALONE,
            None => MOST_SHOWN,
        };
        if text.len() <= most {
            return text.to_owned();
        }
        let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
        format!(
            "{}… (đoạn dài, xem đủ trong báo cáo)",
            &text[..end.unwrap_or(0)]
        )
    }
    fn own_in_use(&self) -> usize {
        self.desk
            .own
            .iter()
            .filter(|own| own.passage.source.is_some())
            .count()
    }
    fn rows(&self, own: &OwnPassage) -> usize {
        (own.passage.text.chars().count() / LINE_CHARS + 1).clamp(2, 14)
    }
    /// The first words of a paragraph.
    fn opening(&self, own: &OwnPassage) -> String {
        let text = &own.passage.text;
        match text.char_indices().nth(NAME_CHARS) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text.clone(),
        }
    }
    /// What to know of a source since; empty when nothing.
    fn newer(&self, own: &OwnPassage) -> &'static str {
        match own.newer {
            Newer::No => "",
            Newer::Unchanged => "đã gửi bản mới, đoạn này không đổi",
            Newer::Changed => "đã gửi bản mới, đoạn này đã thay đổi",
            Newer::Withdrawn => "đơn vị đã thu hồi báo cáo",
        }
    }
    fn is_warning(&self, own: &OwnPassage) -> bool {
        matches!(own.newer, Newer::Changed | Newer::Withdrawn)
    }
    fn usage(&self, usage: &Usage) -> &'static str {
        match usage {
            Usage::New => "",
            Usage::Edited => "đã dùng, có sửa",
            Usage::Used => "đã dùng",
        }
    }
    fn is_new(&self, usage: &Usage) -> bool {
        *usage == Usage::New
    }
    /// Not all passages of a unit stand on this page.
    fn has_more(&self, unit: &UnitWords) -> bool {
        unit.next < unit.all
    }
}

/// `GET /bao-cao/{id}/tong-hop/{section}`
pub async fn section(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section)): Path<(AssignmentId, SectionId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let query = asked.query();
    let page_number = query.units.page;
    let desk = run(move || consolidation::section(&ctx, id, section, &query)).await?;
    let title = format!(
        "{}. {}",
        desk.editor.section.number, desk.editor.section.title
    );
    let bytes: usize = (desk.own.iter())
        .map(|own| own.passage.text.len() + EACH_BOX)
        .sum();
    page(&SectionPage {
        shell: shell_of(shell, id, &desk.editor.report.unit_name, title)
            .crumb("Tổng hợp", format!("/bao-cao/{id}/tong-hop")),
        id,
        action: asked.address(id, section),
        asked,
        page: page_number.clamp(1, desk.pages),
        has_boxes: desk.editor.editable && bytes <= MOST_BOXES,
        desk,
    })
}

/// `POST /bao-cao/{id}/tong-hop/{section}`: saves what was typed and puts the ticked passages in; the script of the
/// page saves alone and is answered in JSON.
pub async fn write(
    Signed(ctx): Signed,
    headers: HeaderMap,
    Path((id, section)): Path<(AssignmentId, SectionId)>,
    Query(asked): Query<Asked>,
    fields: Fields,
) -> Answer {
    let is_script = headers
        .get(header::ACCEPT)
        .is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"));
    if is_script {
        return autosave(ctx, id, section, &fields).await;
    }
    let edit = edit_of(&fields)?;
    let wanted = !edit.picks.is_empty();
    let asks_to_insert = fields.text("viec") == "dua";
    let done = run(move || consolidation::write(&ctx, id, section, edit)).await?;
    let back = asked.address(id, section);
    if let Some(_row) = done.saved.kept_aside {
        return Ok(redirect_warned(&back, KEPT_ASIDE));
    }
    if asks_to_insert && !wanted {
        return Ok(redirect_warned(
            &back,
            "Chưa chọn đoạn nào. Hãy đánh dấu các đoạn cần đưa vào, rồi bấm lại.",
        ));
    }
    Ok(redirect_done(&back, &summary(&done, wanted)))
}

const KEPT_ASIDE: &str = "Có người vừa lưu mục này. Bản của đồng chí được giữ bên cạnh; hãy mở trang soạn thảo mục để chọn hoặc ghép hai bản.";

fn summary(done: &Inserted, wanted: bool) -> String {
    match done.inserted {
        0 if wanted => "Các đoạn đã chọn đều có sẵn trong bản thảo.".into(),
        0 => "Đã lưu bản thảo.".into(),
        count => format!("Đã đưa {count} đoạn vào bản thảo."),
    }
}

async fn autosave(ctx: Ctx, id: AssignmentId, section: SectionId, fields: &Fields) -> Answer {
    let Some(text) = typed(fields) else {
        return json(&serde_json::json!({}));
    };
    let save = SectionSave {
        text,
        base_version: version(fields)?,
        autosave: true,
    };
    let saved = run(move || save_section(&ctx, id, section, save)).await?;
    let time = domain::deadline::vietnamese_time(saved.saved_at);
    let warning = saved.kept_aside.map(|_| KEPT_ASIDE);
    let version = saved.version.to_string();
    let set: BTreeMap<&str, String> = match saved.kept_aside {
        None => BTreeMap::from([("phien_ban", version)]),
        Some(_) => BTreeMap::new(),
    };
    json(&serde_json::json!({ "saved": time, "set": set, "warning": warning }))
}

/// What was typed in the boxes, one paragraph each; nothing when the page had none.
fn typed(fields: &Fields) -> Option<String> {
    fields.get("doan")?;
    Some(fields.all("doan").collect::<Vec<_>>().join("\n"))
}

/// The version that was on the page; none is that of an empty section.
fn version(fields: &Fields) -> Result<i64, Error> {
    match fields.text("phien_ban") {
        "" => Ok(0),
        version => version.parse().map_err(|_| {
            Error::invalid("Biểu mẫu", "không đọc được. Hãy tải lại trang rồi làm lại")
        }),
    }
}

fn edit_of(fields: &Fields) -> Result<Edit, Error> {
    let mut picks = Vec::new();
    if let Some(revision) = fields.get("ca_muc") {
        picks.push(pick(revision)?);
    } else if fields.text("viec") == "dua" {
        for chosen in fields.all("chon") {
            picks.push(pick(chosen)?);
        }
    }
    // Places are boxes of the page; a box may hold several paragraphs by now.
    let at = fields
        .text("vi_tri")
        .parse::<usize>()
        .ok()
        .map(|boxes| match typed(fields) {
            Some(_) => fields
                .all("doan")
                .take(boxes)
                .map(|text| paragraphs(text).count())
                .sum(),
            None => boxes,
        });
    Ok(Edit {
        base_version: version(fields)?,
        text: typed(fields),
        picks,
        at,
    })
}

/// `revision` or `revision.passage`.
fn pick(text: &str) -> Result<Pick, Error> {
    let (revision, passage) = match text.split_once('.') {
        Some((revision, passage)) => (revision, Some(passage)),
        None => (text, None),
    };
    let passage = passage.map(str::parse).transpose();
    match (revision.parse::<RevisionId>(), passage) {
        (Ok(revision), Ok(passage)) => Ok(Pick { revision, passage }),
        _ => Err(Error::NotFound),
    }
}
