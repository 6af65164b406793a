//! Số liệu theo cấp: one indicator of all units of a level, side by side.

use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, download, page, run};
use crate::pages::board::{Link, below, title};
use crate::pages::campaigns::under;
use crate::session::Signed;
use app::figures::{
    LevelFigures, LevelQuery, LevelRow, MAX_ROWS, level_as_csv, level_as_workbook, of_level,
};
use askama::Template;
use domain::campaign::{Grain, Indicator};
use domain::number::Amount;
use domain::org::Level;
use domain::rollup::Totals;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// Units on one page; a province has fewer districts, a district fewer communes.
const PER_PAGE: u32 = 100;

/// What follows the `?`.
#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "cap")]
    level: Option<u8>,
    #[serde(default, rename = "chi-tieu")]
    indicator: String,
    #[serde(default, rename = "trang")]
    page: Option<u32>,
    /// Of a file: `xlsx` or `csv`.
    #[serde(default, rename = "dang")]
    format: String,
}

impl Asked {
    fn query(&self, page: u32, rows: u32) -> LevelQuery {
        LevelQuery {
            unit: Some(self.unit.clone()),
            level: self.level,
            indicator: Some(self.indicator.clone()),
            page,
            rows,
        }
    }
}

#[derive(Template)]
#[template(path = "board/level_figures.html")]
struct LevelPage {
    shell: Shell,
    link: Link,
    figures: LevelFigures,
}

impl LevelPage {
    fn years(&self) -> &[i16] {
        self.figures.layout.years()
    }

    fn indicators(&self) -> &[Indicator] {
        self.figures.layout.indicators()
    }

    /// The indicator that is shown; `None` where the campaign asks for no figures.
    fn chosen(&self) -> Option<&Indicator> {
        self.figures
            .indicator
            .map(|position| &self.indicators()[position])
    }

    fn is_chosen(&self, indicator: &Indicator) -> bool {
        self.chosen()
            .is_some_and(|chosen| chosen.code == indicator.code)
    }

    fn is_yearly(&self) -> bool {
        self.chosen()
            .is_some_and(|indicator| indicator.grain == Grain::Year)
    }

    fn level_label(&self, level: &u8) -> String {
        Level(*level).label()
    }

    /// Values by year, as shown.
    fn by_year(&self, totals: &Totals) -> Vec<String> {
        let layout = &self.figures.layout;
        let Some(position) = self.figures.indicator else {
            return Vec::new();
        };
        let cells = layout.cells(position);
        cells
            .map(|(_, cell)| text(totals.value(layout, position, cell)))
            .collect()
    }

    fn over_time(&self, totals: &Totals) -> String {
        let layout = &self.figures.layout;
        let value = self
            .figures
            .indicator
            .and_then(|position| totals.over_time(layout, position));
        text(value)
    }

    fn of_unit(&self, row: &LevelRow) -> String {
        self.link.of_unit(&row.unit.code).page("so-lieu")
    }

    fn pages(&self) -> String {
        self.address("so-lieu/cap", self.figures.level) + "&trang="
    }

    fn file(&self, format: &str) -> String {
        self.address("so-lieu/cap/tai-ve", self.figures.level) + "&dang=" + format
    }

    fn address(&self, name: &str, level: u8) -> String {
        let address = self.link.page(name);
        let mark = if address.contains('?') { '&' } else { '?' };
        let code = self
            .chosen()
            .map_or("", |indicator| indicator.code.as_str());
        let code = utf8_percent_encode(code, NON_ALPHANUMERIC);
        format!("{address}{mark}cap={level}&chi-tieu={code}")
    }
}

fn text(value: Option<Amount>) -> String {
    value.map(Amount::vietnamese).unwrap_or_default()
}

/// The figures of the level; of the first indicator when none is named.
fn shown(
    ctx: &app::Ctx,
    short_id: &str,
    asked: &Asked,
    query: LevelQuery,
) -> app::Result<LevelFigures> {
    if !asked.indicator.is_empty() {
        return of_level(ctx, short_id, &query);
    }
    // One row is enough to learn which indicator comes first.
    let first_row = LevelQuery {
        rows: 1,
        ..query.clone()
    };
    let figures = of_level(ctx, short_id, &first_row)?;
    match figures.layout.indicators().first() {
        None => Ok(figures),
        Some(first) => of_level(
            ctx,
            short_id,
            &LevelQuery {
                indicator: Some(first.code.clone()),
                ..query
            },
        ),
    }
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (named, wanted) = (short_id.clone(), asked.clone());
    let figures = run(move || {
        let query = wanted.query(wanted.page.unwrap_or(1), PER_PAGE);
        shown(&ctx, &named, &wanted, query)
    })
    .await?;
    let link = Link::to(&short_id, &asked.unit);
    page(&LevelPage {
        shell: below(
            under(shell, &figures.campaign),
            &link,
            &figures.path,
            "so-lieu/cap",
        )
        .titled(title("Số liệu theo cấp", &figures.path)),
        link,
        figures,
    })
}

pub async fn file(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let file = run(move || {
        let figures = shown(&ctx, &short_id, &asked, asked.query(1, MAX_ROWS))?;
        match asked.format.as_str() {
            "" | "xlsx" => Ok(level_as_workbook(&figures)),
            "csv" => Ok(level_as_csv(&figures)),
            other => Err(app::Error::invalid(
                "Dạng tệp",
                format!("không có dạng “{other}”. Hãy chọn xlsx hoặc csv"),
            )),
        }
    })
    .await?;
    download(&file.name, file.media_type, file.bytes)
}
