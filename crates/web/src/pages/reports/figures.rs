//! The table of figures: filled in by the unit, read by everybody who may read the report.

use super::section::{Answered, clock, is_script};
use super::{below, path, with_form};
use crate::extract::{Fields, Path, Query};
use crate::page::{Answer, Problems, Shell, json, redirect_done, run};
use crate::pages::consolidation::figure_address;
use crate::session::Signed;
use app::reports::content::FigureSource;
use app::reports::figures::{self, CellChange, CellClash, FiguresSaved, FiguresView, place_of};
use app::reports::view;
use app::{Ctx, Error};
use askama::Template;
use axum::http::HeaderMap;
use domain::campaign::{Indicator, Period};
use domain::figures::Cell;
use domain::ids::AssignmentId;
use serde::Deserialize;

/// Cells on one page.
const MOST_CELLS: usize = 200;

#[derive(Deserialize, Clone, Copy, Default)]
pub struct Asked {
    #[serde(default)]
    trang: Option<usize>,
    /// The revision to be read; without it the current one.
    #[serde(default)]
    lan: Option<i64>,
}

#[derive(Template)]
#[template(path = "reports/figures.html")]
struct FiguresPage {
    shell: Shell,
    problems: Problems,
    clashes: Vec<CellClash>,
    id: AssignmentId,
    table: Table,
    page: usize,
    pages: usize,
    lan: Option<i64>,
    account: i64,
}

/// The table as the page shows it.
#[derive(Default)]
struct Table {
    columns: Vec<Period>,
    rows: Vec<Row>,
    is_rolled_up: bool,
    /// Why nothing may be typed; empty when something may.
    closed: String,
    /// Totals that are not the sum of their parts.
    slips: Vec<String>,
}

struct Row {
    indicator: Indicator,
    is_open: bool,
    cells: Vec<Option<Shown>>,
}

/// One cell.
struct Shown {
    period: Period,
    /// What stands in the box.
    typed: String,
    /// What is stored.
    was: String,
    wrong: bool,
}

impl FiguresPage {
    fn may_type(&self) -> bool {
        self.table.rows.iter().any(|row| row.is_open)
    }
    fn href(&self) -> String {
        match self.lan {
            Some(number) => format!("?lan={number}&trang="),
            None => "?trang=".into(),
        }
    }
    /// Where a rolled-up figure came from, of the newest revision that the actor may see.
    fn source(&self, row: &Row, cell: &Shown) -> Option<String> {
        (self.table.is_rolled_up && self.lan.is_none())
            .then(|| figure_address(self.id, &row.indicator.code, cell.period))
    }
    fn shown(&self, cell: &Cell) -> String {
        match cell {
            Cell::Blank => "để trống".into(),
            cell => cell.vietnamese(),
        }
    }
    fn label(&self, period: &Period) -> String {
        period.label()
    }
    fn key(&self, period: &Period) -> String {
        period.key()
    }
    fn place(&self, clash: &CellClash) -> String {
        place_of(&clash.code, clash.period)
    }
    fn is_total(&self, row: &Row) -> bool {
        !row.indicator.total_of.is_empty()
    }
}

/// The table that the unit fills in, or the sent one that others read.
fn load(ctx: &Ctx, id: AssignmentId, revision: Option<i64>) -> app::Result<FiguresView> {
    if revision.is_none() {
        match figures::open(ctx, id) {
            Err(Error::NotFound) => {}
            opened => return opened,
        }
    }
    let seen = match revision {
        Some(number) => view::revision(ctx, id, number)?,
        None => view::view(ctx, id)?,
    };
    let (outline, table) = (seen.content.outline, seen.content.figures);
    Ok(FiguresView {
        report: seen.status.report,
        computed: figures::computed(&outline.layout, &table),
        slips: domain::figures::sum_slips(&outline.layout, &table),
        version: 0,
        source: seen.content.source,
        open: vec![false; outline.layout.indicators().len()],
        closed_because: Some("Số liệu của báo cáo như đã lưu; chỉ xem".into()),
        outline,
        table,
    })
}

/// The rows of one page; `typed` holds what somebody just sent and could not save.
fn table_of(
    seen: &FiguresView,
    page: usize,
    typed: &Fields,
    problems: &Problems,
) -> (Table, usize) {
    let layout = &seen.outline.layout;
    let whole = layout
        .indicators()
        .iter()
        .enumerate()
        .any(|(at, _)| layout.cells(at).any(|(period, _)| period == Period::Whole));
    let mut columns: Vec<Period> = layout.years().iter().copied().map(Period::Year).collect();
    if whole {
        columns.push(Period::Whole);
    }
    let per_page = (MOST_CELLS / columns.len().max(1)).max(1);
    let count = layout.indicators().len();
    let pages = count.div_ceil(per_page).max(1);
    let first = (page.min(pages) - 1) * per_page;
    let rows = (first..count.min(first + per_page))
        .map(|at| row(seen, at, &columns, typed, problems))
        .collect();
    let slips = seen
        .slips
        .iter()
        .map(|slip| {
            format!(
                "{}: ghi {}, cộng các thành phần được {}",
                place_of(&slip.indicator, slip.period),
                slip.stated.vietnamese(),
                slip.computed.vietnamese()
            )
        })
        .take(20)
        .collect();
    let table = Table {
        columns,
        rows,
        is_rolled_up: seen.source == FigureSource::RolledUp,
        closed: seen.closed_because.clone().unwrap_or_default(),
        slips,
    };
    (table, pages)
}

fn row(
    seen: &FiguresView,
    at: usize,
    columns: &[Period],
    typed: &Fields,
    problems: &Problems,
) -> Row {
    let layout = &seen.outline.layout;
    let indicator = layout.indicators()[at].clone();
    let cell = |period: &Period| {
        let cell = layout.cell(at, *period)?;
        let was = match seen.computed[cell] {
            Some(computed) => computed.vietnamese(),
            None => seen.table.cells[cell].vietnamese(),
        };
        let sent = typed.get(&name("so", &indicator.code, *period));
        Some(Shown {
            period: *period,
            typed: sent.map_or_else(|| was.clone(), str::to_owned),
            was,
            wrong: !problems.at(&place_of(&indicator.code, *period)).is_empty(),
        })
    };
    Row {
        is_open: seen.open[at],
        cells: columns.iter().map(cell).collect(),
        indicator,
    }
}

/// `so[CT01][2018]`: the name of a box.
fn name(kind: &str, code: &str, period: Period) -> String {
    format!("{kind}[{code}][{}]", period.key())
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    asked: Asked,
    typed: Fields,
    (problems, clashes): (Problems, Vec<CellClash>),
) -> Answer {
    let account = ctx.actor.account.0;
    let seen = run(move || load(&ctx, id, asked.lan)).await?;
    let page = asked.trang.unwrap_or(1).max(1);
    let (table, pages) = table_of(&seen, page, &typed, &problems);
    let title = match asked.lan {
        Some(number) => format!("Bảng số liệu, lần {number}"),
        None => "Bảng số liệu".into(),
    };
    let template = FiguresPage {
        shell: below(shell, &seen.report).titled(title),
        problems,
        clashes,
        id,
        table,
        page: page.min(pages),
        pages,
        lan: asked.lan,
        account,
    };
    with_form(&template.problems, &template)
}

pub async fn open(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let nothing = (Problems::default(), Vec::new());
    show(
        ctx,
        shell,
        AssignmentId(id),
        asked,
        Fields::default(),
        nothing,
    )
    .await
}

/// The boxes in which something else stands than what was stored when the page was shown.
fn changes(typed: &Fields) -> Vec<CellChange> {
    let boxes = typed.starting("so[").filter_map(|(key, value)| {
        let (code, period) = key.strip_suffix(']')?.rsplit_once("][")?;
        let period = Period::from_key(period)?;
        let was = typed.get(&name("cu", code, period));
        (was != Some(value)).then(|| CellChange {
            code: code.to_owned(),
            period,
            typed: value.to_owned(),
            was: was.and_then(|was| Cell::parse_vietnamese(was).ok()),
        })
    });
    boxes.collect()
}

pub async fn save(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    typed: Fields,
) -> Answer {
    let id = AssignmentId(id);
    let changes = changes(&typed);
    if is_script(&headers) {
        return save_by_script(ctx, id, changes).await;
    }
    let actor = ctx.clone();
    let saved = run(move || figures::save(&actor, id, changes)).await;
    match saved {
        Ok(saved) if saved.clashes.is_empty() => {
            let says = format!("Đã lưu {} ô số liệu.", saved.changed);
            let page = asked
                .trang
                .map_or(String::new(), |page| format!("?trang={page}"));
            Ok(redirect_done(&format!("{}/so-lieu{page}", path(id)), &says))
        }
        Ok(saved) => {
            let notes = (Problems::default(), saved.clashes);
            show(ctx, shell, id, asked, typed, notes).await
        }
        Err(error) => {
            let notes = (Problems::from_error(error)?, Vec::new());
            show(ctx, shell, id, asked, typed, notes).await
        }
    }
}

/// Saves the boxes that hold a number and names those that do not yet: somebody is still typing.
async fn save_by_script(ctx: Ctx, id: AssignmentId, changes: Vec<CellChange>) -> Answer {
    let (right, wrong): (Vec<CellChange>, Vec<CellChange>) = changes
        .into_iter()
        .partition(|change| Cell::parse_vietnamese(&change.typed).is_ok());
    let sent = right.clone();
    let saved = run(move || figures::save(&ctx, id, right)).await?;
    json(&answered(&sent, &wrong, &saved))
}

fn answered(sent: &[CellChange], wrong: &[CellChange], saved: &FiguresSaved) -> Answered {
    let clashes = |change: &CellChange| {
        let mut clashes = saved.clashes.iter();
        clashes.any(|clash| clash.code == change.code && clash.period == change.period)
    };
    let set = sent
        .iter()
        .filter(|change| !clashes(change))
        .map(|change| {
            (
                name("cu", &change.code, change.period),
                change.typed.clone().into(),
            )
        })
        .collect();
    let places = |changes: &mut dyn Iterator<Item = (&str, Period)>| {
        let named: Vec<String> = changes
            .take(5)
            .map(|(code, period)| place_of(code, period))
            .collect();
        named.join("; ")
    };
    let mut warnings = Vec::new();
    if !wrong.is_empty() {
        let named = places(&mut wrong.iter().map(|cell| (cell.code.as_str(), cell.period)));
        warnings.push(format!("Chưa lưu ô không phải là số: {named}"));
    }
    if !saved.clashes.is_empty() {
        let named = places(
            &mut saved
                .clashes
                .iter()
                .map(|cell| (cell.code.as_str(), cell.period)),
        );
        warnings.push(format!(
            "Người khác vừa điền khác ở: {named}. Bấm “Lưu số liệu” để xem và chọn"
        ));
    }
    Answered {
        saved: clock(saved.saved_at),
        set,
        note: String::new(),
        warning: warnings.join(". "),
    }
}
