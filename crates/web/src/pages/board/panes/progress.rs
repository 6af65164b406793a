//! Tiến độ ngày: reports received day by day, against the plan and against the campaign before.

use super::{Pane, PaneLink, html};
use crate::filters;
use crate::pages::board::progress::{ProgressChart, percent};
use app::boards::{Earlier, ProgressBoard};
use askama::Template;
use jiff::Timestamp;

/// Days in the table.
const DAYS: usize = 120;

#[derive(Template)]
#[template(path = "board/panes/progress.html")]
struct Progress {
    link: PaneLink,
    board: ProgressBoard,
    chart: Option<ProgressChart>,
}

pub(super) fn pane(link: PaneLink, board: ProgressBoard, now: Timestamp) -> app::Result<Pane> {
    let template = Progress {
        chart: ProgressChart::new(&board.points, board.tally, now, DAYS),
        link,
        board,
    };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

impl Progress {
    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.link.handed_on(&["so-voi"])
    }

    fn is_chosen(&self, earlier: &Earlier) -> bool {
        self.board.compared.as_ref() == Some(earlier)
    }

    /// How today stands beside the same day of the campaign before, in words.
    fn beside(&self) -> Option<String> {
        let today = self.board.today()?;
        let (before, received) = (today.before?, today.received?);
        let difference = i64::from(received) - i64::from(before.rolled);
        let judgement = match difference {
            0 => "ngang bằng".to_owned(),
            1.. => format!("nhanh hơn {difference} báo cáo"),
            _ => format!("chậm hơn {} báo cáo", -difference),
        };
        Some(format!(
            "Sau chừng ấy ngày, đợt trước đã gửi {}/{} báo cáo ({}); đợt này {judgement}.",
            before.received,
            before.expected,
            percent(before.received, before.expected).replace('.', ",")
        ))
    }
}
