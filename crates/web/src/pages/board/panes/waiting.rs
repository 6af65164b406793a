//! Ai đang giữ: the open reports, with the unit or the superior on whose clock they run.

use super::{Pane, PaneLink, html};
use crate::filters;
use app::boards::{Holder, WaitBoard, WaitRow};
use askama::Template;
use domain::report::clock::Side;

#[derive(Template)]
#[template(path = "board/panes/waiting.html")]
struct Waiting {
    link: PaneLink,
    board: WaitBoard,
}

pub(super) fn pane(link: PaneLink, board: WaitBoard) -> app::Result<Pane> {
    let template = Waiting { link, board };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

impl Waiting {
    /// The reports of one side, whoever holds them.
    fn side(&self, filter: &str) -> String {
        self.link.with("giu", "").to("loc", filter)
    }

    /// The reports that a superior holds.
    fn held_by(&self, holder: &Holder) -> Option<String> {
        let unit = holder.unit.as_ref()?;
        Some(self.link.with("loc", "").to("giu", &unit.code))
    }

    fn shows_all_superiors(&self) -> bool {
        !self.board.shows_units && self.board.only.is_none()
    }

    /// What the holder has to do.
    fn duty(&self, row: &WaitRow) -> &'static str {
        match row.side {
            Side::Unit => "làm và gửi báo cáo",
            Side::Intermediary => "đầu mối tiếp nhận, chuyển nơi nhận",
            Side::Addressee => "nơi nhận tiếp nhận, chấp nhận hoặc trả lại",
        }
    }
}
