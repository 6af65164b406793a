//! Bảng theo dõi: who has sent, who is late, by level and unit, with the list behind each count.

mod link;
mod overview;
pub mod panes;
mod progress;
pub mod stream;

pub(super) use link::Link;

use crate::extract::{Path, Query};
use crate::filters;
use crate::page::{Answer, Shell, download, page, run};
use crate::pages::campaigns::under;
use crate::session::Signed;
use app::boards::{
    Crumb, Filter, LevelRow, ListQuery, MAX_ROWS, ReportList, ReportRow, Rights, View,
};
use askama::Template;
use domain::deadline::{Timeliness, day_of};
use domain::ids::AssignmentId;
use domain::org::Level;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What follows the `?`.
#[derive(Deserialize, Clone, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "loc")]
    filter: String,
    #[serde(default, rename = "cap")]
    level: Option<u8>,
    #[serde(default, rename = "trang")]
    page: Option<u32>,
    #[serde(default, rename = "trang-dv")]
    child_page: Option<usize>,
    /// Of a file: `xlsx` or `csv`.
    #[serde(default, rename = "dang")]
    format: String,
}

impl Asked {
    fn link(&self, short_id: &str) -> Link {
        Link {
            filter: Filter::from_code(&self.filter),
            level: self.level,
            ..Link::to(short_id, &self.unit)
        }
    }

    fn query(&self, rows: u32) -> ListQuery {
        ListQuery {
            unit: Some(self.unit.clone()),
            filter: Filter::from_code(&self.filter),
            level: self.level,
            page: self.page.unwrap_or(1),
            rows,
        }
    }
}

#[derive(Template)]
#[template(path = "board/view.html")]
struct BoardPage {
    shell: Shell,
    link: Link,
    /// The part that is kept live.
    overview: String,
    child_page: Option<usize>,
    levels: Vec<LevelRow>,
    list: ReportList,
    rights: BTreeMap<AssignmentId, Rights>,
    follows_up: bool,
}

impl BoardPage {
    fn views(&self) -> [View; View::ALL.len()] {
        View::ALL
    }

    fn level(&self, level: &u8) -> String {
        Level(*level).label()
    }

    /// The choices of the filter: what they are called in the address, in words, how many fit.
    fn filters(&self) -> Vec<(&'static str, &'static str)> {
        [Filter::All]
            .into_iter()
            .chain(Filter::NAMED)
            .chain(State::ALL.map(Filter::State))
            .map(|filter| (filter.code(), filter.label()))
            .collect()
    }

    fn is_chosen(&self, level: &u8) -> bool {
        self.link.level == Some(*level)
    }

    fn may_open(&self, row: &ReportRow) -> bool {
        self.may(row).is_some_and(|may| may.open)
    }

    /// Still owed, and to somebody in whose name the actor follows up.
    fn may_remind(&self, row: &ReportRow) -> bool {
        row.state.is_expected()
            && !row.state.is_with_superior()
            && self.may(row).is_some_and(|may| may.remind)
    }

    fn may_remind_any(&self) -> bool {
        self.list.rows.iter().any(|row| self.may_remind(row))
    }

    fn may(&self, row: &ReportRow) -> Option<&Rights> {
        self.rights.get(&row.assignment)
    }

    /// The last day that is on time.
    fn last_day(&self, due: &Timestamp) -> Date {
        day_of(*due)
    }

    fn tone(&self, row: &ReportRow) -> &'static str {
        if !row.state.is_expected() {
            return "neutral";
        }
        match row.timeliness {
            Timeliness::Early | Timeliness::OnTime => "good",
            Timeliness::Late { .. } => "warn",
            Timeliness::Missing { .. } => "bad",
            Timeliness::Pending => "neutral",
        }
    }
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (named, wanted) = (short_id.clone(), asked.clone());
    let (board, overview, list, rights, follows_up) = run(move || {
        let board = app::boards::node_board(&ctx, &named, Some(&wanted.unit))?;
        let overview = overview::html(&ctx, &board, wanted.link(&named), wanted.child_page)?;
        let list = app::boards::reports(&ctx, &named, wanted.query(0))?;
        let rights = app::boards::rights(&ctx, list.rows.iter().map(|row| row.assignment))?;
        let follows_up = app::reminders::follows_up(&ctx, &named)?;
        Ok((board, overview, list, rights, follows_up))
    })
    .await?;
    let link = asked.link(&short_id);
    page(&BoardPage {
        shell: below(under(shell, &board.campaign), &link, &board.path, "bang")
            .titled(title("Bảng theo dõi", &board.path)),
        overview,
        child_page: asked.child_page,
        levels: board.levels,
        link,
        list,
        rights,
        follows_up,
    })
}

/// The way from the top of what the actor sees down to the unit, without the unit itself.
pub(super) fn below(shell: Shell, link: &Link, path: &[Crumb], page: &str) -> Shell {
    let above = path.split_last().map_or(path, |(_, above)| above);
    above.iter().fold(shell, |shell, crumb| {
        let code = crumb.code.as_deref().unwrap_or_default();
        shell.crumb(crumb.name.clone(), link.of_unit(code).page(page))
    })
}

pub(super) fn title(what: &str, path: &[Crumb]) -> String {
    match path.last() {
        Some(unit) => format!("{what} – {}", unit.name),
        None => what.to_owned(),
    }
}

pub async fn file(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let file = run(move || {
        let query = ListQuery {
            page: 1,
            ..asked.query(MAX_ROWS)
        };
        let list = app::boards::reports(&ctx, &short_id, query)?;
        match asked.format.as_str() {
            "" | "xlsx" => Ok(list.table().workbook()),
            "csv" => Ok(list.table().csv()),
            other => Err(app::Error::invalid(
                "Dạng tệp",
                format!("không có dạng “{other}”. Hãy chọn xlsx hoặc csv"),
            )),
        }
    })
    .await?;
    download(&file.name, file.media_type, file.bytes)
}
