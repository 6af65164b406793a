//! Quyết định sắp xếp đơn vị: the list, entering one from a table or as a single change, what it would do, applying it,
//! taking it back.

use crate::extract::{Form, Path, Query, Upload};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, run};
use crate::session::Signed;
use app::reorganise::{self, Decision, DecisionView, Draft, UnitChange, read_changes};
use app::units::TreeLine;
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use domain::deadline::day_of;
use domain::ids::{DecisionId, TreeId};
use domain::org::reorganise::{ChangeRow, DecisionHead};
use domain::text::clean_line;
use jiff::civil::Date;
use serde::Deserialize;

const LIST: &str = "/don-vi/quyet-dinh";

#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default)]
    cay: Option<i64>,
    /// Page of the rows, from 1.
    #[serde(default)]
    trang: Option<usize>,
}

/// The tree that is asked for among those there are, else the newest.
fn chosen(trees: &[TreeLine], asked: Option<i64>) -> app::Result<TreeId> {
    let wanted = asked.map(TreeId);
    trees
        .iter()
        .map(|tree| tree.id)
        .find(|id| wanted.is_none_or(|wanted| wanted == *id))
        .ok_or(Error::NotFound)
}

/// The tree that is asked for, for who may reorganise it.
fn chosen_to_change(ctx: &Ctx, asked: Option<i64>) -> app::Result<TreeId> {
    if reorganise::may_reorganise(ctx) {
        chosen(&app::units::trees(ctx)?, asked)
    } else {
        Err(Error::Forbidden)
    }
}

#[derive(Template)]
#[template(path = "units/decisions.html")]
struct ListPage {
    shell: Shell,
    trees: Vec<TreeLine>,
    tree: Option<TreeId>,
    decisions: Vec<Decision>,
    may_enter: bool,
}

pub async fn list(Signed(ctx): Signed, shell: Shell, Query(asked): Query<Asked>) -> Answer {
    let may_enter = reorganise::may_reorganise(&ctx);
    let (trees, tree, decisions) = run(move || {
        let trees = app::units::trees(&ctx)?;
        if trees.is_empty() {
            return Ok((trees, None, Vec::new()));
        }
        let tree = chosen(&trees, asked.cay)?;
        let decisions = reorganise::decisions(&ctx, tree)?;
        Ok((trees, Some(tree), decisions))
    })
    .await?;
    page(&ListPage {
        shell: shell
            .titled("Quyết định sắp xếp đơn vị")
            .crumb("Đơn vị", "/don-vi"),
        trees,
        tree,
        decisions,
        may_enter,
    })
}

/// What was typed into the form of a new decision.
#[derive(Default, Clone)]
struct Typed {
    number: String,
    dated: String,
    issuer: String,
    title: String,
    effective: String,
    change: String,
    old_code: String,
    new_code: String,
    name: String,
    kind: String,
    level: String,
    parent_code: String,
    share: String,
    share_source: String,
    note: String,
}

#[derive(Template)]
#[template(path = "units/new-decision.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    tree: TreeId,
    typed: Typed,
}

impl NewPage {
    /// The kinds of a single change, by the words of tables.
    fn kinds(&self) -> [(&'static str, &'static str); 8] {
        [
            ("", "(không, thay đổi ghi trong bảng)"),
            ("create", "Thành lập"),
            ("merge", "Sáp nhập toàn bộ vào đơn vị khác"),
            ("transfer", "Chuyển một phần sang đơn vị khác"),
            ("rename", "Đổi tên"),
            ("move", "Chuyển cấp trên"),
            ("abolish", "Giải thể"),
            ("unresolved", "Kết thúc, chưa xác định đơn vị kế thừa"),
        ]
    }
}

fn titled(shell: Shell) -> Shell {
    shell
        .titled("Nhập quyết định sắp xếp")
        .crumb("Đơn vị", "/don-vi")
        .crumb("Quyết định sắp xếp", LIST)
}

pub async fn new_form(Signed(ctx): Signed, shell: Shell, Query(asked): Query<Asked>) -> Answer {
    let tree = run(move || chosen_to_change(&ctx, asked.cay)).await?;
    page(&NewPage {
        shell: titled(shell),
        problems: Problems::default(),
        tree,
        typed: Typed::default(),
    })
}

fn day_at(written: &str, place: &str) -> app::Result<Date> {
    written
        .trim()
        .parse()
        .map_err(|_| Error::invalid(place, "hãy chọn ngày"))
}

fn head_of(typed: &Typed) -> app::Result<DecisionHead> {
    let dated = day_at(&typed.dated, "Ngày quyết định")?;
    let effective = match typed.effective.trim() {
        "" => dated,
        written => day_at(written, "Ngày hiệu lực")?,
    };
    Ok(DecisionHead {
        number: clean_line(&typed.number),
        dated,
        issuer: clean_line(&typed.issuer),
        title: clean_line(&typed.title),
        effective,
    })
}

/// The single change of the form as a table of one row.
fn one_row(typed: &Typed) -> String {
    let cells = [
        &typed.change,
        &typed.old_code,
        &typed.new_code,
        &typed.name,
        &typed.kind,
        &typed.level,
        &typed.parent_code,
        &typed.share,
        &typed.share_source,
        &typed.note,
    ];
    let cells: Vec<String> = cells.into_iter().map(|cell| clean_line(cell)).collect();
    format!(
        "change\told_code\tnew_code\tname\tkind\tlevel\tparent_code\tshare\tshare_source\tnote\n{}\n",
        cells.join("\t")
    )
}

fn entered(ctx: &Ctx, tree: TreeId, typed: &Typed, upload: &Upload) -> app::Result<DecisionId> {
    let head = head_of(typed)?;
    let new_units = upload.file("don_vi_moi", "").ok();
    let new_units = new_units.map(|file| (file.name.as_str(), &file.bytes[..]));
    let row = one_row(typed);
    let (name, bytes) = match upload.file("tep", "") {
        Ok(file) => (file.name.clone(), &file.bytes[..]),
        Err(_) if !typed.change.is_empty() => (String::new(), row.as_bytes()),
        Err(_) => {
            return Err(Error::invalid(
                "Bảng thay đổi",
                "hãy chọn tệp, hoặc chọn một thay đổi ở dưới",
            ));
        }
    };
    let shown = if name.is_empty() {
        "mot-dong.tsv"
    } else {
        &name
    };
    let table = read_changes(ctx, tree, (shown, bytes), new_units)?;
    table.check.into_result()?;
    let draft = Draft {
        tree,
        head,
        rows: table.rows,
        file_name: name,
        counters: None,
    };
    reorganise::enter(ctx, draft)
}

pub async fn enter(Signed(ctx): Signed, shell: Shell, upload: Upload) -> Answer {
    let text = |name: &str| upload.fields.text(name).to_string();
    let typed = Typed {
        number: text("so"),
        dated: text("ngay"),
        issuer: text("co_quan"),
        title: text("trich_yeu"),
        effective: text("hieu_luc"),
        change: text("thay_doi"),
        old_code: text("ma_cu"),
        new_code: text("ma_moi"),
        name: text("ten"),
        kind: text("loai"),
        level: text("cap"),
        parent_code: text("cap_tren"),
        share: text("ty_le"),
        share_source: text("nguon"),
        note: text("ghi_chu"),
    };
    let asked = text("cay").parse().ok();
    let kept = typed.clone();
    let done = run(move || {
        let tree = chosen_to_change(&ctx, asked)?;
        Ok((tree, entered(&ctx, tree, &typed, &upload)))
    })
    .await?;
    match done {
        (_, Ok(id)) => Ok(redirect_done(
            &format!("{LIST}/{id}"),
            "Đã nhập quyết định. Hãy xem trước rồi áp dụng.",
        )),
        (tree, Err(error)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &NewPage {
                shell: titled(shell),
                problems: Problems::from_error(error)?,
                tree,
                typed: kept,
            },
        ),
    }
}

/// Rows on one page.
const PER_PAGE: usize = 150;

#[derive(Template)]
#[template(path = "units/decision.html")]
struct DecisionPage {
    shell: Shell,
    problems: Problems,
    seen: DecisionView,
    today: Date,
    page: usize,
    pages: usize,
    typed: Typed,
}

impl DecisionPage {
    fn shown(&self) -> &[UnitChange] {
        let changes = self
            .seen
            .preview
            .as_ref()
            .map_or(&[][..], |preview| &preview.changes[..]);
        let from = ((self.page - 1) * PER_PAGE).min(changes.len());
        let to = (from + PER_PAGE).min(changes.len());
        &changes[from..to]
    }
    fn line(&self, row: &ChangeRow) -> usize {
        reorganise::line_in_table(row)
    }
    fn shows_a_part(&self) -> bool {
        self.seen.row_count > self.seen.rows.len() as i64
    }
    /// It waits, its day has come, and nothing stands against it.
    fn can_apply(&self) -> bool {
        self.seen.may_apply
            && self.seen.decision.head.effective <= self.today
            && self
                .seen
                .preview
                .as_ref()
                .is_some_and(|preview| preview.problems.is_empty())
    }
    fn can_counter(&self) -> bool {
        let decision = &self.seen.decision;
        self.seen.may_apply && decision.applied_at.is_some() && decision.countered_by.is_none()
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: DecisionId,
    asked: Asked,
    typed: Typed,
    problems: Problems,
) -> Answer {
    let today = day_of(ctx.now);
    let seen = run(move || reorganise::view(&ctx, id, PER_PAGE as i64)).await?;
    let rows = seen
        .preview
        .as_ref()
        .map_or(0, |preview| preview.changes.len());
    let pages = rows.div_ceil(PER_PAGE).max(1);
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let tree = seen.decision.tree;
    page_with(
        status,
        &DecisionPage {
            shell: shell
                .titled(format!("Quyết định số {}", seen.decision.head.number))
                .crumb("Đơn vị", "/don-vi")
                .crumb("Quyết định sắp xếp", format!("{LIST}?cay={tree}")),
            problems,
            today,
            page: asked.trang.unwrap_or(1).clamp(1, pages),
            pages,
            seen,
            typed,
        },
    )
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (typed, none) = (Typed::default(), Problems::default());
    show(ctx, shell, DecisionId(id), asked, typed, none).await
}

pub async fn apply(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let id = DecisionId(id);
    let actor = ctx.clone();
    match run(move || reorganise::apply(&actor, id)).await {
        Ok(applied) => Ok(redirect_done(
            &format!("{LIST}/{id}"),
            &format!(
                "Đã áp dụng: {} đơn vị kết thúc, {} đơn vị bắt đầu, {} đổi tên, {} nhiệm vụ được chuyển giao.",
                applied.ended, applied.begun, applied.renamed, applied.handed_over
            ),
        )),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            let (asked, typed) = (Asked::default(), Typed::default());
            show(ctx, shell, id, asked, typed, problems).await
        }
    }
}

pub async fn discard(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    run(move || reorganise::discard(&ctx, DecisionId(id))).await?;
    Ok(redirect_done(LIST, "Đã bỏ quyết định chưa áp dụng."))
}

#[derive(Deserialize, Clone)]
pub struct CounterForm {
    #[serde(default)]
    so: String,
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    co_quan: String,
    #[serde(default)]
    hieu_luc: String,
}

pub async fn counter(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(form): Form<CounterForm>,
) -> Answer {
    let id = DecisionId(id);
    let typed = Typed {
        number: form.so,
        dated: form.ngay,
        issuer: form.co_quan,
        effective: form.hieu_luc,
        ..Typed::default()
    };
    let (actor, wanted) = (ctx.clone(), typed.clone());
    match run(move || reorganise::counter(&actor, id, head_of(&wanted)?)).await {
        Ok(applied) => Ok(redirect_done(
            &format!("{LIST}/{}", applied.decision),
            "Đã hủy bỏ quyết định: các đơn vị đứng lại như trước.",
        )),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            show(ctx, shell, id, Asked::default(), typed, problems).await
        }
    }
}
