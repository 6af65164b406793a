//! Chậm hạn: who is behind, by how many days, and how the unit kept its dues before.

use super::{Pane, PaneLink, html};
use crate::filters;
use app::boards::{Filter, LateBoard, LateRow, Past};
use askama::Template;
use domain::deadline::{Timeliness, day_of};
use domain::org::Level;
use jiff::Timestamp;
use jiff::civil::Date;

/// What the form on the page asks for.
const CHOICES: [&str; 4] = ["loc", "cap", "theo", "xep"];

#[derive(Template)]
#[template(path = "board/panes/late.html")]
struct Late {
    link: PaneLink,
    board: LateBoard,
}

pub(super) fn pane(link: PaneLink, board: LateBoard) -> app::Result<Pane> {
    let template = Late { link, board };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

impl Late {
    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.link.handed_on(&CHOICES)
    }

    fn kinds(&self) -> [(&'static str, &'static str); 3] {
        [
            ("", "Gửi chậm và quá hạn chưa gửi"),
            (Filter::Overdue.code(), Filter::Overdue.label()),
            (Filter::Late.code(), Filter::Late.label()),
        ]
    }

    fn levels(&self) -> Vec<(String, String)> {
        let levels = self.board.levels.iter();
        let each = levels.map(|level| (level.to_string(), Level(*level).label()));
        std::iter::once((String::new(), "Mọi cấp".to_owned()))
            .chain(each)
            .collect()
    }

    fn dues(&self) -> [(&'static str, &'static str); 2] {
        [("", "Hạn đã gia hạn"), ("original", "Hạn ban đầu")]
    }

    fn orders(&self) -> [(&'static str, &'static str); 2] {
        [
            ("", "Chậm nhiều ngày nhất trước"),
            ("shortest", "Mới chậm trước"),
        ]
    }

    fn is_chosen(&self, name: &str, value: &str) -> bool {
        self.link.chosen(name) == value
    }

    /// The last day that is on time.
    fn last_day(&self, due: &Timestamp) -> Date {
        day_of(*due)
    }

    fn tone(&self, timeliness: &Timeliness) -> &'static str {
        match timeliness {
            Timeliness::Late { .. } => "warn",
            Timeliness::Missing { .. } => "bad",
            Timeliness::Early | Timeliness::OnTime => "good",
            Timeliness::Pending => "neutral",
        }
    }

    /// Another judgement against the first due than against the one that counts.
    fn original(&self, row: &LateRow) -> Option<String> {
        (row.originally != row.timeliness).then(|| row.originally.label())
    }

    fn kept(&self, past: &Past) -> String {
        match past.timeliness {
            Timeliness::Missing { .. } => "không gửi".to_owned(),
            timeliness => timeliness.label().to_lowercase(),
        }
    }
}
