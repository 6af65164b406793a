//! Dự báo chậm: who will be late, said as a forecast with its reason.

use super::{Pane, PaneLink, html};
use crate::filters;
use app::boards::{ForecastBoard, ForecastRow};
use askama::Template;
use domain::deadline::day_of;
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "board/panes/forecast.html")]
struct Forecast {
    link: PaneLink,
    board: ForecastBoard,
}

pub(super) fn pane(link: PaneLink, board: ForecastBoard) -> app::Result<Pane> {
    let template = Forecast { link, board };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

impl Forecast {
    /// The last day that is on time.
    fn last_day(&self, due: &Timestamp) -> Date {
        day_of(*due)
    }

    fn tone(&self, row: &ForecastRow) -> &'static str {
        match row.chance.percent() {
            50.. => "bad",
            25..50 => "warn",
            _ => "neutral",
        }
    }

    fn words(&self, row: &ForecastRow) -> String {
        format!("khoảng {}%", row.chance.percent())
    }
}
