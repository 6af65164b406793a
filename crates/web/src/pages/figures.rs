//! Số liệu tổng hợp: the figures of a unit by year, and on a click the units that each one is made of.

use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, download, page, redirect_done, redirect_warned, run};
use crate::pages::board::{Link, below, title};
use crate::pages::campaigns::under;
use crate::session::Signed;
use app::boards::Rights;
use app::figures::{Behind, Contribution, Coverage, DifferenceJson, RecountDesk, UnitFigures};
use askama::Template;
use domain::campaign::{Indicator, Period, Rule};
use domain::ids::AssignmentId;
use domain::number::Amount;
use domain::rollup::Totals;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Cells of the table on one page; each is a link.
const CELLS_PER_PAGE: usize = 360;
/// Units behind a figure on one page.
const PARTS_PER_PAGE: usize = 100;

/// What follows the `?`.
#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    #[serde(default, rename = "don-vi")]
    unit: String,
    /// Code of the indicator that is looked into.
    #[serde(default, rename = "chi-tieu")]
    indicator: String,
    /// Its year, or `whole`.
    #[serde(default, rename = "ky")]
    period: String,
    /// Page of indicators.
    #[serde(default, rename = "trang")]
    page: Option<usize>,
    /// Page of units behind a figure.
    #[serde(default, rename = "trang-dv")]
    part_page: Option<usize>,
}

/// One value, as it is shown: empty where nobody reported, a dash where all said that it does not apply.
struct Shown {
    /// Where it came from; `None` when there is nothing to look into.
    href: Option<String>,
    provisional: String,
    official: String,
    is_open: bool,
}

struct Row {
    indicator: Indicator,
    /// By column; `None` where the indicator has no such period.
    cells: Vec<Option<Shown>>,
    over_time: Shown,
}

/// What stands behind the figure that was asked for.
struct Source {
    behind: Behind,
    parts: Vec<Contribution>,
    page: usize,
    pages: usize,
    rights: BTreeMap<AssignmentId, Rights>,
}

#[derive(Template)]
#[template(path = "board/figures.html")]
struct FiguresPage {
    shell: Shell,
    link: Link,
    figures: UnitFigures,
    rows: Vec<Row>,
    page: usize,
    pages: usize,
    source: Option<Source>,
    /// For those who manage the campaign, where it is shown as a whole.
    recount: Option<RecountDesk>,
}

impl FiguresPage {
    fn years(&self) -> &[i16] {
        self.figures.layout.years()
    }

    fn has_official(&self) -> bool {
        self.figures.official.coverage.received > 0
    }

    fn indicator(&self, position: &usize) -> &Indicator {
        &self.figures.layout.indicators()[*position]
    }

    fn way(&self, indicator: &Indicator) -> String {
        way(&indicator.rule)
    }

    /// The same figure of a unit below.
    fn deeper(&self, source: &Source, part: &Contribution) -> String {
        let behind = &source.behind;
        cell_address(
            &self.link.of_unit(&part.unit.code),
            &behind.indicator.code,
            behind.period,
            1,
        )
    }

    /// What differed, in words.
    fn differing(&self, one: &DifferenceJson) -> String {
        let Some(code) = &one.indicator else {
            return "Số báo cáo đã nhận trên phải nộp".into();
        };
        let layout = &self.figures.layout;
        let name = layout.indicator(code).map_or(code.as_str(), |position| {
            &layout.indicators()[position].name
        });
        let kind = if one.official {
            "chính thức"
        } else {
            "tạm tính"
        };
        let period = one.period.as_deref().and_then(Period::from_key);
        let period = period.map(|period| period.label()).unwrap_or_default();
        format!("{name}, {period} ({kind})")
    }

    fn may_open(&self, source: &Source, part: &Contribution) -> bool {
        part.assignment
            .and_then(|report| source.rights.get(&report))
            .is_some_and(|may| may.open)
    }

    /// The part stands for the unit's own report, beside those below it.
    fn is_own_part(&self, source: &Source, part: &Contribution) -> bool {
        part.unit.code == source.behind.unit.code
    }

    fn part_pages(&self, source: &Source) -> String {
        let behind = &source.behind;
        let (code, period) = (&behind.indicator.code, behind.period);
        format!(
            "{}&trang-dv=",
            query_of(&self.link, code, period, self.page)
        )
    }

    fn more(&self) -> String {
        let address = self.link.page("so-lieu");
        let mark = if address.contains('?') { '&' } else { '?' };
        format!("{address}{mark}trang=")
    }

    fn complete(&self, coverage: &Coverage) -> bool {
        coverage.received == coverage.expected
    }
}

/// How an indicator is carried up, in words.
fn way(rule: &Rule) -> String {
    match rule {
        Rule::Flow => "cộng các đơn vị, cộng các năm".into(),
        Rule::Stock => "cộng các đơn vị, cả kỳ lấy năm cuối".into(),
        Rule::Opening => "cộng các đơn vị, cả kỳ lấy năm đầu".into(),
        Rule::Ratio {
            numerator,
            denominator,
        } => format!(
            "tính lại từ tổng {} chia tổng {}, không lấy bình quân",
            numerator.join(" + "),
            denominator.join(" + ")
        ),
        Rule::Share { weight } => format!("bình quân theo trọng số là {weight}"),
        Rule::Max => "giá trị lớn nhất".into(),
        Rule::Min => "giá trị nhỏ nhất".into(),
        Rule::None => "không tổng hợp lên cấp trên".into(),
    }
}

fn query_of(link: &Link, indicator: &str, period: Period, page: usize) -> String {
    let address = link.page("so-lieu");
    let mark = if address.contains('?') { '&' } else { '?' };
    let code = utf8_percent_encode(indicator, NON_ALPHANUMERIC);
    let mut address = format!("{address}{mark}chi-tieu={code}&ky={}", period.key());
    if page > 1 {
        address += &format!("&trang={page}");
    }
    address
}

fn cell_address(link: &Link, indicator: &str, period: Period, page: usize) -> String {
    query_of(link, indicator, period, page) + "#nguon"
}

fn text(value: Option<Amount>, says_not_applicable: bool) -> String {
    match value {
        Some(amount) => amount.vietnamese(),
        None if says_not_applicable => "-".into(),
        None => String::new(),
    }
}

/// The rows of one page, and how many pages there are.
fn rows(figures: &UnitFigures, link: &Link, asked: &Asked) -> (Vec<Row>, usize, usize) {
    let layout = &figures.layout;
    let columns = layout.years().len() + 1;
    let per_page = (CELLS_PER_PAGE / columns).max(1);
    let pages = layout.indicators().len().div_ceil(per_page).max(1);
    let page = asked.page.unwrap_or(1).clamp(1, pages);
    let open = (asked.indicator.as_str(), Period::from_key(&asked.period));
    let row = |(position, indicator): (usize, &Indicator)| {
        let shown = |period: Period, value: &dyn Fn(&Totals) -> String| {
            let provisional = value(&figures.provisional.totals);
            Shown {
                href: (!provisional.is_empty())
                    .then(|| cell_address(link, &indicator.code, period, page)),
                official: value(&figures.official.totals),
                provisional,
                is_open: open == (indicator.code.as_str(), Some(period)),
            }
        };
        let of_year = |year: &i16| {
            let cell = layout.cell(position, Period::Year(*year))?;
            Some(shown(Period::Year(*year), &|totals| {
                let total = totals.behind(cell);
                let is_dash = total.numbers == 0 && total.not_applicable > 0;
                text(totals.value(layout, position, cell), is_dash)
            }))
        };
        let over_time = |totals: &Totals| text(totals.over_time(layout, position), false);
        Row {
            cells: layout.years().iter().map(of_year).collect(),
            over_time: shown(Period::Whole, &over_time),
            indicator: indicator.clone(),
        }
    };
    let all = layout.indicators().iter().enumerate();
    let rows = all.skip((page - 1) * per_page).take(per_page).map(row);
    (rows.collect(), page, pages)
}

/// What stands behind the figure that was asked for, when one was.
fn source(ctx: &app::Ctx, short_id: &str, asked: &Asked) -> app::Result<Option<Source>> {
    if asked.indicator.is_empty() {
        return Ok(None);
    }
    let period = Period::from_key(&asked.period).ok_or(app::Error::NotFound)?;
    let (unit, indicator) = (Some(asked.unit.as_str()), asked.indicator.as_str());
    let behind = app::figures::behind(ctx, short_id, unit, indicator, period)?;
    let pages = behind.parts.len().div_ceil(PARTS_PER_PAGE).max(1);
    let page = asked.part_page.unwrap_or(1).clamp(1, pages);
    let skip = (page - 1) * PARTS_PER_PAGE;
    let parts = behind.parts.iter().skip(skip).take(PARTS_PER_PAGE);
    let parts: Vec<Contribution> = parts.cloned().collect();
    let reports = parts.iter().filter_map(|part| part.assignment);
    let rights = app::boards::rights(ctx, reports)?;
    Ok(Some(Source {
        behind,
        parts,
        page,
        pages,
        rights,
    }))
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (named, wanted) = (short_id.clone(), asked.clone());
    let (figures, source, recount) = run(move || {
        let figures = app::figures::of_unit(&ctx, &named, Some(&wanted.unit))?;
        let source = source(&ctx, &named, &wanted)?;
        let recount = match wanted.unit.is_empty() {
            true => app::figures::recount_desk(&ctx, &named)?,
            false => None,
        };
        Ok((figures, source, recount))
    })
    .await?;
    let link = Link::to(&short_id, &asked.unit);
    let (rows, page_number, pages) = rows(&figures, &link, &asked);
    page(&FiguresPage {
        shell: below(
            under(shell, &figures.campaign),
            &link,
            &figures.path,
            "so-lieu",
        )
        .titled(title("Số liệu tổng hợp", &figures.path)),
        link,
        figures,
        rows,
        page: page_number,
        pages,
        source,
        recount,
    })
}

/// Counts the totals again and comes back to the page, which says what came of it.
pub async fn recount(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let campaign = short_id.clone();
    let outcome = run(move || app::figures::recount(&ctx, &campaign, &mut |_| {})).await?;
    let to = format!("/dot/{short_id}/so-lieu#kiem-lai");
    Ok(if outcome.agrees() {
        redirect_done(&to, "Đã kiểm lại: mọi số tổng hợp đều khớp với báo cáo.")
    } else {
        redirect_warned(
            &to,
            "Đã kiểm lại: có số tổng hợp không khớp, đã tính lại từ báo cáo.",
        )
    })
}

pub async fn file(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let file = run(move || {
        let figures = app::figures::of_unit(&ctx, &short_id, Some(&asked.unit))?;
        Ok(app::figures::as_workbook(&figures))
    })
    .await?;
    download(&file.name, file.media_type, file.bytes)
}
