//! Đơn vị: the tree level by level, searching, changing a unit, importing a tree with a trial run.

use crate::extract::{Fields, Form, Path, Query, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, run};
use crate::pages::trial::{Trial, kept_file};
use crate::session::Signed;
use app::reorganise::Life;
use app::units::{Branch, LevelCount, TreeLine};
use app::{Ctx, uploads};
use askama::Template;
use axum::http::StatusCode;
use domain::campaign::kinds::kind_label;
use domain::deadline::vietnamese_date;
use domain::ids::{TreeId, UnitId};
use domain::org::{Level, Unit, UnitSeed, Validity};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default)]
    cay: Option<i64>,
    #[serde(default)]
    tim: String,
    /// Page of the list, from 1.
    #[serde(default)]
    trang: Option<usize>,
    /// The day to be shown; nothing for now.
    #[serde(default)]
    ngay: String,
}

/// Units on one page.
const PER_PAGE: usize = 150;

#[derive(Template)]
#[template(path = "units/browse.html")]
struct BranchPage {
    shell: Shell,
    problems: Problems,
    trees: Vec<TreeLine>,
    branch: Option<Branch>,
    words: String,
    page: usize,
    pages: usize,
    /// Of the unit's organisation.
    life: Option<Life>,
    /// Its figures over the campaigns may be seen.
    has_trend: bool,
    /// The unit as typed or stored, for its form; `None` at the top of a tree.
    seed: Option<UnitSeed>,
}

impl BranchPage {
    fn unit(&self) -> Option<&Unit> {
        self.branch.as_ref().and_then(|branch| branch.path.last())
    }
    fn shown<'a>(&self, branch: &'a Branch) -> &'a [(Unit, Option<i64>)] {
        let from = ((self.page - 1) * PER_PAGE).min(branch.children.len());
        let to = (from + PER_PAGE).min(branch.children.len());
        &branch.children[from..to]
    }
    /// The day that is shown, as a form sends it; empty for now.
    fn day(&self) -> String {
        let day = self.branch.as_ref().and_then(|branch| branch.day);
        day.map(|day| day.to_string()).unwrap_or_default()
    }
    fn day_query(&self) -> String {
        match self.day() {
            day if day.is_empty() => day,
            day => format!("?ngay={day}"),
        }
    }
    fn written(&self, day: &Date) -> String {
        vietnamese_date(*day)
    }
    /// "Từ 1/7/2025 đến trước 1/1/2027".
    fn period(&self, validity: &Validity) -> String {
        match (validity.from, validity.until) {
            (None, None) => "đến nay".into(),
            (Some(from), None) => format!("từ {} đến nay", vietnamese_date(from)),
            (None, Some(until)) => format!("đến trước {}", vietnamese_date(until)),
            (Some(from), Some(until)) => format!(
                "từ {} đến trước {}",
                vietnamese_date(from),
                vietnamese_date(until)
            ),
        }
    }
    fn kind(&self, unit: &Unit) -> String {
        kind_label(&unit.seed.kind)
    }
    fn level(&self, unit: &Unit) -> String {
        unit.level().label()
    }
}

/// "Cấp tỉnh 12, Cấp huyện 10".
pub(super) fn counted(levels: &[LevelCount]) -> String {
    levels
        .iter()
        .map(|count| format!("{}: {}", count.label, count.units))
        .collect::<Vec<_>>()
        .join("; ")
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    asked: Asked,
    unit: Option<UnitId>,
    typed: Option<UnitSeed>,
    problems: Problems,
) -> Answer {
    let words = asked.tim.clone();
    let day: Option<Date> = asked.ngay.parse().ok();
    let (trees, branch, life, has_trend) = run(move || {
        let trees = app::units::trees(&ctx)?;
        let branch = if trees.is_empty() {
            None
        } else {
            let tree = asked.cay.map(TreeId);
            Some(app::units::browse(&ctx, tree, unit, Some(&asked.tim), day)?)
        };
        let life = unit
            .map(|unit| app::reorganise::life(&ctx, unit))
            .transpose()?;
        let has_trend = match unit {
            Some(unit) => app::figures::has_trend(&ctx, unit)?,
            None => false,
        };
        Ok((trees, branch, life, has_trend))
    })
    .await?;
    let pages = branch
        .as_ref()
        .map_or(1, |branch| branch.children.len().div_ceil(PER_PAGE).max(1));
    let path = branch.as_ref().map_or(&[][..], |branch| &branch.path[..]);
    let mut shell = shell.titled(path.last().map_or("Đơn vị", |unit| &unit.seed.name));
    if let (Some(branch), false) = (&branch, path.is_empty()) {
        shell = shell.crumb(
            branch.tree_name.clone(),
            format!("/don-vi?cay={}", branch.tree),
        );
        for above in &path[..path.len() - 1] {
            shell = shell.crumb(above.seed.name.clone(), format!("/don-vi/{}", above.id));
        }
    }
    let seed = typed.or_else(|| path.last().map(|unit| unit.seed.clone()));
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = BranchPage {
        page: asked.trang.unwrap_or(1).clamp(1, pages),
        pages,
        shell,
        problems,
        trees,
        branch,
        words,
        life,
        has_trend,
        seed,
    };
    page_with(status, &template)
}

pub async fn top(Signed(ctx): Signed, shell: Shell, Query(asked): Query<Asked>) -> Answer {
    show(ctx, shell, asked, None, None, Problems::default()).await
}

pub async fn unit(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    show(
        ctx,
        shell,
        asked,
        Some(UnitId(id)),
        None,
        Problems::default(),
    )
    .await
}

#[derive(Deserialize, Clone)]
pub struct Changed {
    ten: String,
    loai: String,
    tap_the: String,
    ky_hieu: String,
    dau_de: String,
    dau_de_tren: String,
    dia_danh: String,
    thu: String,
}

pub async fn edit(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(form): Form<Changed>,
) -> Answer {
    let id = UnitId(id);
    let seed = UnitSeed {
        name: form.ten,
        kind: form.loai,
        collective: form.tap_the,
        symbol: form.ky_hieu,
        head_name: form.dau_de,
        parent_head: form.dau_de_tren,
        place: form.dia_danh,
        email: form.thu,
        ..UnitSeed::default()
    };
    let (actor, wanted) = (ctx.clone(), seed.clone());
    match run(move || app::units::edit(&actor, id, wanted)).await {
        Ok(_) => Ok(redirect_done(&format!("/don-vi/{id}"), "Đã lưu đơn vị.")),
        Err(error) => {
            show(
                ctx,
                shell,
                Asked::default(),
                Some(id),
                Some(seed),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

#[derive(Template)]
#[template(path = "units/import.html")]
struct ImportPage {
    shell: Shell,
    problems: Problems,
    tree_name: String,
}

pub async fn import_form(Signed(_): Signed, shell: Shell) -> Answer {
    let shell = shell.titled("Nhập cây tổ chức").crumb("Đơn vị", "/don-vi");
    page(&ImportPage {
        shell,
        problems: Problems::default(),
        tree_name: String::new(),
    })
}

/// The trial run: every problem by row, and nothing changed.
pub async fn import_trial(Signed(ctx): Signed, shell: Shell, upload: Upload) -> Answer {
    let tree_name = upload.fields.text("ten").to_string();
    let asked = tree_name.clone();
    let tried = run(move || {
        let file = upload.file("tep", "Tệp đơn vị")?;
        if domain::text::clean_line(&asked).is_empty() {
            return Err(app::Error::invalid("Tên cây tổ chức", "chưa ghi tên"));
        }
        let outcome = app::units::import(&ctx, &asked, &file.name, &file.bytes, true)?;
        let kept = uploads::keep(&ctx, &file.bytes)?;
        Ok((outcome, kept, file.name.clone()))
    })
    .await;
    let shell = shell.titled("Nhập cây tổ chức").crumb("Đơn vị", "/don-vi");
    match tried {
        Ok((outcome, kept, file_name)) => {
            let trial = Trial {
                shell,
                file_name: file_name.clone(),
                found: counted(&outcome.by_level),
                check: outcome.check,
                action: "/don-vi/nhap/xac-nhan".into(),
                button: "Nhập cây tổ chức này".into(),
                back: "/don-vi/nhap".into(),
                hidden: vec![("ten", tree_name), ("ten_tep", file_name), ("tep", kept)],
            };
            trial.answer()
        }
        Err(error) => {
            let problems = Problems::from_error(error)?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &ImportPage {
                    shell,
                    problems,
                    tree_name,
                },
            )
        }
    }
}

pub async fn import_confirm(Signed(ctx): Signed, fields: Fields) -> Answer {
    let outcome = run(move || {
        let (file_name, bytes) = kept_file(&ctx, &fields)?;
        app::units::import(&ctx, fields.text("ten"), &file_name, &bytes, false)
    })
    .await?;
    let to = outcome
        .tree
        .map_or("/don-vi".into(), |tree| format!("/don-vi?cay={tree}"));
    Ok(redirect_done(
        &to,
        &format!("Đã nhập cây tổ chức. {}.", counted(&outcome.by_level)),
    ))
}

/// Levels for lists of choices.
pub(super) fn level_label(level: u8) -> String {
    Level(level).label()
}
