//! The overview of a board: the counts, the days, the levels and the units below, in the part that is kept live.

use super::link::Link;
use super::progress::{self, ProgressChart, TABLE_DAYS};
use crate::filters;
use app::Ctx;
use app::boards::{ChildRow, NodeBoard, Progress, Tally};
use askama::Template;
use domain::org::Level;
use jiff::Timestamp;

/// Units in the table of those below; a province has fewer.
const CHILDREN_PER_PAGE: usize = 30;

#[derive(Template)]
#[template(path = "board/overview.html")]
struct Overview<'a> {
    now: Timestamp,
    link: Link,
    board: &'a NodeBoard,
    children: &'a [ChildRow],
    child_page: usize,
    child_pages: usize,
    chart: Option<ProgressChart>,
}

/// One part of a stacked bar, in percent of its width.
struct Part {
    tone: &'static str,
    x: String,
    width: String,
}

/// The two counts that a table shows of a row.
struct Shares {
    parts: Vec<Part>,
    not_due: u32,
}

/// The overview as HTML.
pub(super) fn html(
    ctx: &Ctx,
    board: &NodeBoard,
    link: Link,
    child_page: Option<usize>,
) -> app::Result<String> {
    let child_pages = board.children.len().div_ceil(CHILDREN_PER_PAGE).max(1);
    let child_page = child_page.unwrap_or(1).clamp(1, child_pages);
    let first = (child_page - 1) * CHILDREN_PER_PAGE;
    let end = (first + CHILDREN_PER_PAGE).min(board.children.len());
    super::panes::html(&Overview {
        now: ctx.now,
        chart: ProgressChart::new(&board.days, board.tally, ctx.now, TABLE_DAYS),
        children: &board.children[first..end],
        link,
        board,
        child_page,
        child_pages,
    })
}

impl Overview<'_> {
    fn level(&self, level: &u8) -> String {
        Level(*level).label()
    }

    fn shares(&self, tally: &Tally, progress: &Progress) -> Shares {
        let not_due = tally.missing - progress.overdue;
        let mut parts = Vec::new();
        let mut before = 0;
        for (tone, count) in [
            ("good", tally.on_time),
            ("warn", tally.late),
            ("bad", progress.overdue),
            ("neutral", not_due),
        ] {
            if count > 0 {
                parts.push(Part {
                    tone,
                    x: progress::percent(before, tally.expected),
                    width: progress::percent(count, tally.expected),
                });
            }
            before += count;
        }
        Shares { parts, not_due }
    }

    /// Percent of the expected reports, rounded down: all is said only when it is all.
    fn percent_received(&self) -> u32 {
        (self.board.tally.received * 100)
            .checked_div(self.board.tally.expected)
            .unwrap_or(0)
    }
}
