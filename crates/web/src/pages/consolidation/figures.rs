//! The rolled-up figures of a consolidated report, where each came from, and the correction beside it.

use super::{encoded, shell_of};
use crate::extract::{Fields, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, run};
use crate::session::Signed;
use app::consolidation::{self, CellSource, CorrectionWish, FigureDesk, Part};
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use domain::campaign::{Period, Rule};
use domain::figures::Cell;
use domain::ids::AssignmentId;
use domain::number::Amount;
use serde::Deserialize;

/// Indicators on one page, and about how many cells: fewer indicators when there are many years.
const MOST_INDICATORS: usize = 60;
const MOST_CELLS: usize = 400;
/// Units behind a figure on one page.
const PARTS_PER_PAGE: usize = 150;

#[derive(Template)]
#[template(path = "consolidation/figures.html")]
struct FiguresPage {
    shell: Shell,
    id: AssignmentId,
    desk: FigureDesk,
    /// Yearly indicators and those with one value, of this page.
    yearly: Vec<Row>,
    whole: Vec<Row>,
    page: usize,
    pages: usize,
}

/// One indicator.
struct Row {
    code: String,
    name: String,
    unit: String,
    cells: Vec<Shown>,
}

/// One cell.
struct Shown {
    href: String,
    /// As it stands in the draft.
    value: String,
    /// What is rolled up now, when the draft says something else.
    rolled_up: Option<String>,
    is_corrected: bool,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: Option<usize>,
}

/// `GET /bao-cao/{id}/tong-hop/so-lieu`
pub async fn figures(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<AssignmentId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = run(move || consolidation::figure_desk(&ctx, id)).await?;
    let all = desk.layout.indicators().len();
    let years = desk.layout.years().len().max(1);
    let per_page = (MOST_CELLS / years).clamp(5, MOST_INDICATORS);
    let pages = all.div_ceil(per_page).max(1);
    let page_number = asked.trang.unwrap_or(1).clamp(1, pages);
    let (mut yearly, mut whole) = (Vec::new(), Vec::new());
    let first = (page_number - 1) * per_page;
    for position in first..all.min(first + per_page) {
        let row = row(id, &desk, position);
        if row.cells.len() > 1
            || desk
                .layout
                .cells(position)
                .any(|(period, _)| period != Period::Whole)
        {
            yearly.push(row);
        } else {
            whole.push(row);
        }
    }
    page(&FiguresPage {
        shell: shell_of(shell, id, &desk.report.unit_name, "Số liệu tổng hợp")
            .crumb("Tổng hợp", format!("/bao-cao/{id}/tong-hop")),
        id,
        desk,
        yearly,
        whole,
        page: page_number,
        pages,
    })
}

fn row(id: AssignmentId, desk: &FigureDesk, position: usize) -> Row {
    let indicator = &desk.layout.indicators()[position];
    Row {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        cells: desk
            .layout
            .cells(position)
            .map(|(period, cell)| Shown {
                href: address(id, &indicator.code, period),
                value: written(desk.draft[cell]),
                rolled_up: desk.rolled_up[cell]
                    .filter(|now| desk.draft[cell] != Cell::Number(*now))
                    .map(Amount::vietnamese),
                is_corrected: desk.corrections[cell].is_some(),
            })
            .collect(),
    }
}

/// As it is shown: three dots for a blank.
fn written(cell: Cell) -> String {
    match cell {
        Cell::Blank => "…".into(),
        value => value.vietnamese(),
    }
}

/// The page of where a figure came from.
pub(in crate::pages) fn address(id: AssignmentId, code: &str, period: Period) -> String {
    format!(
        "/bao-cao/{id}/nguon-so-lieu/{}/{}",
        encoded(code),
        period.key()
    )
}

/// `POST /bao-cao/{id}/tong-hop/so-lieu`: takes what is rolled up now into the draft.
pub async fn refresh(Signed(ctx): Signed, Path(id): Path<AssignmentId>) -> Answer {
    let changed = run(move || consolidation::refresh(&ctx, id)).await?;
    let says = match changed {
        0 => "Số liệu trong bản thảo đã khớp với số tổng hợp hiện có.".to_owned(),
        changed => format!("Đã cập nhật {changed} ô số liệu trong bản thảo."),
    };
    Ok(redirect_done(
        &format!("/bao-cao/{id}/tong-hop/so-lieu"),
        &says,
    ))
}

#[derive(Template)]
#[template(path = "consolidation/figure_source.html")]
struct FigureSourcePage {
    shell: Shell,
    id: AssignmentId,
    source: CellSource,
    problems: Problems,
    value: String,
    reason: String,
    /// Of the units whose figures add up.
    page: usize,
    pages: usize,
}

impl FigureSourcePage {
    /// The units of this page whose figures add up.
    fn parts(&self) -> &[Part] {
        let first = (self.page - 1) * PARTS_PER_PAGE;
        let end = self.source.parts.len().min(first + PARTS_PER_PAGE);
        self.source.parts.get(first..end).unwrap_or_default()
    }
    /// Those that do not add.
    fn beside(&self) -> &[Part] {
        &self.source.beside[..self.source.beside.len().min(PARTS_PER_PAGE)]
    }
    fn stated(&self) -> String {
        written(self.source.stated)
    }
    /// The indicators that a computed one is made of, with their addresses.
    fn components(&self) -> Vec<(String, String)> {
        let link = |code: &String| (code.clone(), address(self.id, code, self.source.period));
        match &self.source.indicator.rule {
            Rule::Ratio {
                numerator,
                denominator,
            } => numerator.iter().chain(denominator).map(link).collect(),
            Rule::Share { weight } => vec![link(weight)],
            _ => Vec::new(),
        }
    }
    fn corrected(&self, value: &str) -> String {
        Amount::parse_exact(value).map_or_else(|_| value.to_owned(), Amount::vietnamese)
    }
    fn part_value(&self, part: &Part) -> String {
        match part.value {
            Some(value) => value.vietnamese(),
            None => written(part.stated),
        }
    }
    /// What the report of a unit says, where that is not the value itself.
    fn part_stated(&self, part: &Part) -> String {
        if !part.was_sent {
            "chưa gửi".into()
        } else if part.consolidates {
            written(part.stated)
        } else {
            String::new()
        }
    }
    /// Where the way goes on for a unit: the same figure of its report, its report, or its figures so far.
    fn part_href(&self, part: &Part) -> String {
        match (part.consolidates, part.assignment.filter(|_| part.was_sent)) {
            (true, Some(report)) => {
                address(report, &self.source.indicator.code, self.source.period)
            }
            (false, Some(report)) => format!("/bao-cao/{report}"),
            (_, None) => format!(
                "/dot/{}/so-lieu?don-vi={}",
                self.source.report.campaign_short_id,
                encoded(&part.unit.code)
            ),
        }
    }
    fn may_correct(&self) -> bool {
        self.source.is_own
            && !self.source.indicator.is_computed()
            && self.source.report.assignment.state.is_editable()
    }
}

/// `GET /bao-cao/{id}/nguon-so-lieu/{indicator}/{period}`; the period is a year or `whole`.
pub async fn figure_source(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, code, key)): Path<(AssignmentId, String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let cell = CellName::of(id, code, &key)?;
    let given = Given {
        page: asked.trang.unwrap_or(1),
        ..Given::default()
    };
    show(ctx, shell, cell, given).await
}

/// A cell of a report as its address names it.
#[derive(Clone)]
struct CellName {
    id: AssignmentId,
    code: String,
    period: Period,
}

impl CellName {
    fn of(id: AssignmentId, code: String, key: &str) -> Result<CellName, Error> {
        let period = Period::from_key(key).ok_or(Error::NotFound)?;
        Ok(CellName { id, code, period })
    }
}

/// What was asked for or typed.
#[derive(Default)]
struct Given {
    page: usize,
    value: String,
    reason: String,
    problems: Problems,
}

async fn show(ctx: Ctx, shell: Shell, cell: CellName, given: Given) -> Answer {
    let CellName { id, code, period } = cell;
    let source = run(move || consolidation::figure_source(&ctx, id, &code, period)).await?;
    let title = match period {
        Period::Year(year) => format!("{}, năm {year}", source.indicator.name),
        Period::Whole => source.indicator.name.clone(),
    };
    let mut shell = shell_of(shell, id, &source.report.unit_name, title);
    if source.is_own {
        shell = shell
            .crumb("Tổng hợp", format!("/bao-cao/{id}/tong-hop"))
            .crumb("Số liệu", format!("/bao-cao/{id}/tong-hop/so-lieu"));
    }
    let status = if given.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let pages = source.parts.len().div_ceil(PARTS_PER_PAGE).max(1);
    let seen = FigureSourcePage {
        shell,
        id,
        source,
        problems: given.problems,
        value: given.value,
        reason: given.reason,
        page: given.page.clamp(1, pages),
        pages,
    };
    page_with(status, &seen)
}

/// `POST /bao-cao/{id}/nguon-so-lieu/{indicator}/{period}`: puts a correction beside the figure, or takes it back.
pub async fn correct(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, code, key)): Path<(AssignmentId, String, String)>,
    fields: Fields,
) -> Answer {
    let cell = CellName::of(id, code, &key)?;
    let back = address(id, &cell.code, cell.period);
    let (actor, named) = (ctx.clone(), cell.clone());
    if fields.text("viec") == "bo" {
        run(move || consolidation::remove_correction(&actor, id, &named.code, named.period))
            .await?;
        let says = "Đã bỏ hiệu chỉnh; bản thảo lấy lại số tổng hợp.";
        return Ok(redirect_done(&back, says));
    }
    let mut given = Given {
        value: fields.text("gia_tri").to_owned(),
        reason: fields.text("ly_do").to_owned(),
        ..Given::default()
    };
    let wish = CorrectionWish {
        code: named.code,
        period: named.period,
        value: Cell::parse_vietnamese(&domain::text::clean_line(&given.value)),
        reason: given.reason.clone(),
    };
    match run(move || consolidation::correct(&actor, id, wish)).await {
        Ok(()) => Ok(redirect_done(
            &back,
            "Đã đặt hiệu chỉnh bên cạnh số tổng hợp.",
        )),
        Err(error) => {
            given.problems = Problems::from_error(error)?;
            show(ctx, shell, cell, given).await
        }
    }
}
