//! Nhiệm vụ báo cáo: every line that follows from the plan, changed by hand before the issue; dues set and extended
//! afterwards; the plan's other tasks.

use crate::extract::{Fields, Form, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, redirect_warned, run};
use crate::pages::campaigns::under;
use crate::pages::plans::date;
use crate::pages::units::level_label;
use crate::session::Signed;
use app::assignments::{
    self, AssignmentLine, DelegatedDues, LineFilter, Listing, StoredTask, both_readings,
};
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use domain::campaign::{Campaign, CampaignState, Terms};
use domain::ids::{AssignmentId, TaskId, UnitId};
use serde::Deserialize;

/// Lines on one page.
const PER_PAGE: i64 = 50;

#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    #[serde(default)]
    cap: Option<u8>,
    /// Present: only lines without a due.
    #[serde(default)]
    chua_han: Option<String>,
    #[serde(default)]
    trang: Option<i64>,
}

#[derive(Template)]
#[template(path = "assignments/list.html")]
struct ListPage {
    shell: Shell,
    listing: Listing,
    asked: Asked,
    page: i64,
    pages: i64,
}

impl ListPage {
    fn is_preparing(&self) -> bool {
        self.listing.campaign.state == CampaignState::Preparing
    }
    fn level(&self, level: &u8) -> String {
        level_label(*level)
    }
    fn is_chosen(&self, level: &u8) -> bool {
        self.asked.cap == Some(*level)
    }
    fn readings(&self, line: &AssignmentLine) -> Option<(String, String)> {
        both_readings(&line.assignment.terms)
    }
    fn href(&self) -> String {
        let level = self
            .asked
            .cap
            .map_or(String::new(), |level| format!("cap={level}&"));
        let without = if self.asked.chua_han.is_some() {
            "chua_han=1&"
        } else {
            ""
        };
        format!("?{level}{without}trang=")
    }
}

pub async fn list(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let filter = LineFilter {
        level: asked.cap,
        setter: None,
        without_due: asked.chua_han.is_some(),
    };
    let wanted = asked.trang.unwrap_or(1).clamp(1, 100_000);
    let listing =
        run(move || assignments::list(&ctx, &short_id, &filter, PER_PAGE, (wanted - 1) * PER_PAGE))
            .await?;
    let pages = ((listing.total + PER_PAGE - 1) / PER_PAGE).max(1);
    let shell = under(shell, &listing.campaign).titled("Danh sách nhiệm vụ báo cáo");
    page(&ListPage {
        shell,
        listing,
        asked,
        page: wanted,
        pages,
    })
}

/// Derives the whole list anew from the plan.
pub async fn derive(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let to = format!("/dot/{short_id}/nhiem-vu");
    let derived = run(move || assignments::derive(&ctx, &short_id)).await?;
    let says = format!(
        "Đã lập {} nhiệm vụ báo cáo và {} việc khác từ kế hoạch.",
        derived.assignments, derived.tasks
    );
    if derived.problems.is_empty() {
        Ok(redirect_done(&to, &says))
    } else {
        Ok(redirect_warned(
            &to,
            &format!("{says} Cần xem: {}.", derived.problems.join("; ")),
        ))
    }
}

/// A line as its form holds it.
#[derive(Deserialize, Clone, Default)]
pub struct LineForm {
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    soan: String,
    #[serde(default)]
    gui: String,
    #[serde(default)]
    gui_ten: String,
    #[serde(default)]
    qua: String,
    #[serde(default)]
    viec: String,
    #[serde(default)]
    thong_qua: String,
    #[serde(default)]
    han: String,
    #[serde(default)]
    tinh_ngay: String,
    #[serde(default)]
    dat_han: String,
    #[serde(default)]
    cong: Option<String>,
}

impl LineForm {
    fn of(ctx: &Ctx, terms: &Terms) -> app::Result<LineForm> {
        let shown = |unit| app::units::shown(ctx, unit);
        Ok(LineForm {
            don_vi: shown(Some(terms.unit))?,
            soan: shown(terms.drafted_by)?,
            gui: shown(terms.addressee)?,
            gui_ten: terms.addressee_name.clone(),
            qua: shown(terms.via)?,
            viec: terms.deliverable.clone(),
            thong_qua: terms.adopted_by.clone(),
            han: terms
                .due_date
                .map(|day| day.to_string())
                .unwrap_or_default(),
            tinh_ngay: if terms.due_inclusive {
                "co".into()
            } else {
                "khong".into()
            },
            dat_han: shown(terms.due_setter)?,
            cong: terms.adds.then(|| "1".into()),
        })
    }

    fn terms(&self, ctx: &Ctx, campaign: &Campaign) -> app::Result<Terms> {
        let mut problems = Vec::new();
        let due_date = date(&self.han, "Hạn", &mut problems);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let find = |words: &str, place: &str| app::units::find(ctx, campaign.tree, words, place);
        Ok(Terms {
            unit: find(&self.don_vi, "Đơn vị")?
                .ok_or_else(|| Error::invalid("Đơn vị", "chưa ghi đơn vị"))?,
            drafted_by: find(&self.soan, "Đơn vị soạn thảo")?,
            addressee: find(&self.gui, "Nơi nhận")?,
            addressee_name: self.gui_ten.clone(),
            via: find(&self.qua, "Qua đầu mối")?,
            deliverable: self.viec.clone(),
            adopted_by: self.thong_qua.clone(),
            due_phrase: String::new(),
            due_date,
            due_inclusive: self.tinh_ngay == "co",
            due_setter: find(&self.dat_han, "Đơn vị đặt hạn")?,
            adds: self.cong.is_some(),
        })
    }
}

#[derive(Template)]
#[template(path = "assignments/line.html")]
struct LinePage {
    shell: Shell,
    problems: Problems,
    campaign: Campaign,
    /// `None` for a new line.
    line: Option<AssignmentLine>,
    form: LineForm,
}

impl LinePage {
    fn action(&self) -> String {
        let base = format!("/dot/{}/nhiem-vu", self.campaign.short_id);
        match &self.line {
            Some(line) => format!("{base}/{}", line.assignment.id),
            None => format!("{base}/moi"),
        }
    }
    fn is_ticked(&self) -> bool {
        self.form.cong.is_some()
    }
}

async fn show_line(
    ctx: Ctx,
    shell: Shell,
    short_id: String,
    id: Option<AssignmentId>,
    typed: Option<LineForm>,
    problems: Problems,
) -> Answer {
    let (campaign, line, form) = run(move || {
        let (campaign, line) = match id {
            Some(id) => {
                let (campaign, line) = assignments::line(&ctx, &short_id, id)?;
                (campaign, Some(line))
            }
            None => (app::campaigns::overview(&ctx, &short_id)?.campaign, None),
        };
        let form = match (typed, &line) {
            (Some(form), _) => form,
            (None, Some(line)) => LineForm::of(&ctx, &line.assignment.terms)?,
            (None, None) => LineForm::default(),
        };
        Ok((campaign, line, form))
    })
    .await?;
    let title = line
        .as_ref()
        .map_or("Thêm nhiệm vụ báo cáo".into(), |line| {
            line.unit_name.clone()
        });
    let list = format!("/dot/{}/nhiem-vu", campaign.short_id);
    let shell = under(shell, &campaign)
        .crumb("Danh sách nhiệm vụ", list)
        .titled(title);
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = LinePage {
        shell,
        problems,
        campaign,
        line,
        form,
    };
    page_with(status, &template)
}

pub async fn new_line(Signed(ctx): Signed, shell: Shell, Path(short_id): Path<String>) -> Answer {
    show_line(ctx, shell, short_id, None, None, Problems::default()).await
}

pub async fn line(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, id)): Path<(String, i64)>,
) -> Answer {
    show_line(
        ctx,
        shell,
        short_id,
        Some(AssignmentId(id)),
        None,
        Problems::default(),
    )
    .await
}

pub async fn add(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Form(form): Form<LineForm>,
) -> Answer {
    let (actor, asked, typed) = (ctx.clone(), short_id.clone(), form.clone());
    let added = run(move || {
        let campaign = app::campaigns::overview(&actor, &asked)?.campaign;
        assignments::add(&actor, &asked, typed.terms(&actor, &campaign)?)
    })
    .await;
    match added {
        Ok(_) => Ok(redirect_done(
            &format!("/dot/{short_id}/nhiem-vu"),
            "Đã thêm nhiệm vụ.",
        )),
        Err(error) => {
            show_line(
                ctx,
                shell,
                short_id,
                None,
                Some(form),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

pub async fn change(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, id)): Path<(String, i64)>,
    Form(form): Form<LineForm>,
) -> Answer {
    let id = AssignmentId(id);
    let (actor, asked, typed) = (ctx.clone(), short_id.clone(), form.clone());
    let changed = run(move || {
        let (campaign, _) = assignments::line(&actor, &asked, id)?;
        assignments::change(&actor, &asked, id, typed.terms(&actor, &campaign)?)
    })
    .await;
    match changed {
        Ok(()) => Ok(redirect_done(
            &format!("/dot/{short_id}/nhiem-vu"),
            "Đã sửa nhiệm vụ.",
        )),
        Err(error) => {
            show_line(
                ctx,
                shell,
                short_id,
                Some(id),
                Some(form),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

pub async fn remove(Signed(ctx): Signed, Path((short_id, id)): Path<(String, i64)>) -> Answer {
    let to = format!("/dot/{short_id}/nhiem-vu");
    run(move || assignments::remove(&ctx, &short_id, AssignmentId(id))).await?;
    Ok(redirect_done(&to, "Đã bỏ nhiệm vụ."))
}

#[derive(Template)]
#[template(path = "assignments/dues.html")]
struct DuesPage {
    shell: Shell,
    problems: Problems,
    dues: DelegatedDues,
    typed: String,
    chosen: Vec<i64>,
}

impl DuesPage {
    fn is_chosen(&self, id: &AssignmentId) -> bool {
        self.chosen.contains(&id.0)
    }
}

async fn show_dues(
    ctx: Ctx,
    shell: Shell,
    short_id: String,
    setter: UnitId,
    form: DueForm,
    problems: Problems,
) -> Answer {
    let dues = run(move || assignments::delegated(&ctx, &short_id, setter)).await?;
    let shell = under(shell, &dues.campaign).titled("Đặt hạn cho đơn vị trực thuộc");
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = DuesPage {
        shell,
        problems,
        dues,
        typed: form.ngay,
        chosen: form.bao_cao,
    };
    page_with(status, &template)
}

#[derive(Deserialize, Clone, Default)]
pub struct DueForm {
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    bao_cao: Vec<i64>,
    /// `tat-ca` or `da-chon`.
    #[serde(default)]
    cho: String,
}

pub async fn dues(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, setter)): Path<(String, i64)>,
) -> Answer {
    show_dues(
        ctx,
        shell,
        short_id,
        UnitId(setter),
        DueForm::default(),
        Problems::default(),
    )
    .await
}

pub async fn set_dues(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, setter)): Path<(String, i64)>,
    Form(form): Form<DueForm>,
) -> Answer {
    let setter = UnitId(setter);
    let (actor, asked, typed) = (ctx.clone(), short_id.clone(), form.clone());
    let set = run(move || {
        let mut problems = Vec::new();
        let day = date(&typed.ngay, "Ngày hạn", &mut problems);
        let day = match (day, problems.is_empty()) {
            (Some(day), _) => day,
            (None, true) => return Err(Error::invalid("Ngày hạn", "chưa chọn ngày")),
            (None, false) => return Err(Error::Invalid(problems)),
        };
        let only = (typed.cho == "da-chon").then(|| {
            typed
                .bao_cao
                .iter()
                .copied()
                .map(AssignmentId)
                .collect::<Vec<_>>()
        });
        if only.as_ref().is_some_and(Vec::is_empty) {
            return Err(Error::invalid("Đơn vị", "chưa chọn đơn vị nào"));
        }
        assignments::set_delegated_due(&actor, &asked, setter, day, only)
    })
    .await;
    match set {
        Ok(count) => Ok(redirect_done(
            &format!("/dot/{short_id}/dat-han/{setter}"),
            &format!("Đã đặt hạn cho {count} đơn vị."),
        )),
        Err(error) => {
            show_dues(
                ctx,
                shell,
                short_id,
                setter,
                form,
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

#[derive(Template)]
#[template(path = "assignments/extend.html")]
struct ExtendPage {
    shell: Shell,
    problems: Problems,
    campaign: Campaign,
    line: AssignmentLine,
    form: ExtendForm,
}

#[derive(Deserialize, Clone, Default)]
pub struct ExtendForm {
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    ly_do: String,
}

async fn show_extend(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    form: ExtendForm,
    problems: Problems,
) -> Answer {
    let (campaign, line) = run(move || assignments::extendable(&ctx, id)).await?;
    let shell = under(shell, &campaign).titled(format!("Gia hạn: {}", line.unit_name));
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = ExtendPage {
        shell,
        problems,
        campaign,
        line,
        form,
    };
    page_with(status, &template)
}

pub async fn extend_form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show_extend(
        ctx,
        shell,
        AssignmentId(id),
        ExtendForm::default(),
        Problems::default(),
    )
    .await
}

pub async fn extend(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(form): Form<ExtendForm>,
) -> Answer {
    let id = AssignmentId(id);
    let (actor, typed) = (ctx.clone(), form.clone());
    let extended = run(move || {
        let mut problems = Vec::new();
        match date(&typed.ngay, "Hạn", &mut problems) {
            Some(day) => assignments::extend_due(&actor, id, day, &typed.ly_do),
            None if problems.is_empty() => Err(Error::invalid("Hạn", "chưa chọn ngày")),
            None => Err(Error::Invalid(problems)),
        }
    })
    .await;
    match extended {
        Ok(()) => Ok(redirect_done(
            &format!("/nhiem-vu/{id}/gia-han"),
            "Đã gia hạn; hạn cũ vẫn được giữ.",
        )),
        Err(error) => show_extend(ctx, shell, id, form, Problems::from_error(error)?).await,
    }
}

#[derive(Template)]
#[template(path = "assignments/tasks.html")]
struct TasksPage {
    shell: Shell,
    campaign: Campaign,
    tasks: Vec<StoredTask>,
    may_manage: bool,
}

pub async fn tasks(Signed(ctx): Signed, shell: Shell, Path(short_id): Path<String>) -> Answer {
    let (campaign, tasks, may_manage) = run(move || assignments::tasks(&ctx, &short_id)).await?;
    let shell = under(shell, &campaign).titled("Việc khác của kế hoạch");
    page(&TasksPage {
        shell,
        campaign,
        tasks,
        may_manage,
    })
}

pub async fn tick_task(
    Signed(ctx): Signed,
    Path((short_id, id)): Path<(String, i64)>,
    fields: Fields,
) -> Answer {
    let to = format!("/dot/{short_id}/viec");
    let done = fields.text("xong") == "1";
    run(move || assignments::set_task_done(&ctx, &short_id, TaskId(id), done)).await?;
    Ok(redirect_done(
        &to,
        if done {
            "Đã đánh dấu xong."
        } else {
            "Đã mở lại việc."
        },
    ))
}
