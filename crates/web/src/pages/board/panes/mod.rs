//! The views of a board beside its overview: each a page, a file, and the part of the page that is kept live.

mod forecast;
mod late;
mod link;
mod map;
mod progress;
mod steps;
mod waiting;

use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, download, page, run};
use crate::pages::board::{Link, below, title};
use crate::pages::campaigns::under;
use crate::session::Signed;
use app::boards::{Crumb, View, ViewQuery};
use app::{Ctx, Error};
use askama::Template;
use domain::campaign::Campaign;
use jiff::Timestamp;
use link::PaneLink;
use serde::Deserialize;

/// What follows the `?`.
#[derive(Deserialize, Clone, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    #[serde(default, rename = "don-vi")]
    pub(super) unit: String,
    #[serde(default, rename = "xep")]
    sort: String,
    #[serde(default, rename = "loc")]
    filter: String,
    #[serde(default, rename = "cap")]
    level: String,
    /// `original`: delays from the dues before extensions.
    #[serde(default, rename = "theo")]
    against: String,
    /// Code of the superior that holds the reports.
    #[serde(default, rename = "giu")]
    holder: String,
    /// Short id of the campaign to compare with.
    #[serde(default, rename = "so-voi")]
    than: String,
    /// What provinces are coloured by.
    #[serde(default, rename = "do")]
    measure: String,
    /// `34` for the provinces since 1/7/2025.
    #[serde(default, rename = "tinh")]
    division: String,
    #[serde(default, rename = "trang")]
    page: Option<u32>,
    /// Of a file: `xlsx` or `csv`.
    #[serde(default, rename = "dang")]
    format: String,
}

impl Asked {
    fn query(&self) -> ViewQuery {
        ViewQuery {
            unit: Some(self.unit.clone()),
            sort: self.sort.clone(),
            filter: self.filter.clone(),
            level: self.level.parse().ok(),
            against: self.against.clone(),
            holder: self.holder.clone(),
            than: self.than.clone(),
            measure: self.measure.clone(),
            division: self.division.clone(),
            page: self.page.unwrap_or(1),
            rows: 0,
        }
    }

    fn link(&self, short_id: &str, view: View) -> PaneLink {
        PaneLink::new(short_id, view)
            .with("don-vi", &self.unit)
            .with("xep", &self.sort)
            .with("loc", &self.filter)
            .with("cap", &self.level)
            .with("theo", &self.against)
            .with("giu", &self.holder)
            .with("so-voi", &self.than)
            .with("do", &self.measure)
            .with("tinh", &self.division)
            .with(
                "trang",
                &self.page.map(|page| page.to_string()).unwrap_or_default(),
            )
    }
}

/// What a view shows, and what the page around it must know.
pub(super) struct Pane {
    campaign: Campaign,
    path: Vec<Crumb>,
    /// The part that is kept live.
    pub(super) html: String,
}

/// One view, made anew.
pub(super) fn pane(ctx: &Ctx, short_id: &str, view: View, asked: &Asked) -> app::Result<Pane> {
    let (link, query) = (asked.link(short_id, view), asked.query());
    let pane = match view {
        View::Waiting => waiting::pane(link, app::boards::waiting(ctx, short_id, &query)?),
        View::Progress => {
            let board = app::boards::progress(ctx, short_id, &query)?;
            progress::pane(link, board, ctx.now)
        }
        View::Forecast => forecast::pane(link, app::boards::outlook(ctx, short_id, &query)?),
        View::Provinces => map::pane(link, app::boards::map(ctx, short_id, &query)?),
        View::Late => late::pane(link, app::boards::late(ctx, short_id, &query)?),
        View::Steps => steps::pane(link, app::boards::steps(ctx, short_id, &query)?),
    }?;
    let since = html(&Since { now: ctx.now })?;
    Ok(Pane {
        html: since + &pane.html,
        ..pane
    })
}

/// The moment that a view shows, above it.
#[derive(Template)]
#[template(
    source = r#"<p class="lead">Tính đến {{ now|vn_datetime }}.</p>"#,
    ext = "html"
)]
struct Since {
    now: Timestamp,
}

/// The template of a view's live part.
pub(super) fn html(template: &impl Template) -> app::Result<String> {
    template
        .render()
        .map_err(|error| Error::Internal(format!("a template failed: {error}")))
}

#[derive(Template)]
#[template(path = "board/pane.html")]
struct PanePage {
    shell: Shell,
    view: View,
    link: PaneLink,
    html: String,
}

impl PanePage {
    fn views(&self) -> [View; View::ALL.len()] {
        View::ALL
    }

    fn is_here(&self, view: &View) -> bool {
        *view == self.view
    }
}

fn known(view: &str) -> app::Result<View> {
    View::from_code(view).ok_or(Error::NotFound)
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path((short_id, view)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = known(&view)?;
    let link = asked.link(&short_id, view);
    let board = Link::to(&short_id, &asked.unit);
    let pane = run(move || pane(&ctx, &short_id, view, &asked)).await?;
    let under = below(
        under(shell, &pane.campaign),
        &board,
        &pane.path,
        &format!("bang/{}", view.code()),
    );
    page(&PanePage {
        shell: under.titled(title(view.label(), &pane.path)),
        view,
        link,
        html: pane.html,
    })
}

pub async fn file(
    Signed(ctx): Signed,
    Path((short_id, view)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = known(&view)?;
    let file = run(move || {
        let table = app::boards::table_of(&ctx, &short_id, view, &asked.query().whole())?;
        match asked.format.as_str() {
            "" | "xlsx" => Ok(table.workbook()),
            "csv" => Ok(table.csv()),
            other => Err(Error::invalid(
                "Dạng tệp",
                format!("không có dạng “{other}”. Hãy chọn xlsx hoặc csv"),
            )),
        }
    })
    .await?;
    download(&file.name, file.media_type, file.bytes)
}
