//! Theo bước: the heat table of units and steps.

use super::{Pane, PaneLink, html};
use crate::filters;
use app::boards::{STEPS, Stand, StepBoard, StepCell, StepRow};
use askama::Template;
use domain::report::lifecycle::State;

/// Shades of a cell, from a few of the row's reports to all of them.
const SHADES: u32 = 5;

#[derive(Template)]
#[template(path = "board/panes/steps.html")]
struct Steps {
    link: PaneLink,
    board: StepBoard,
}

pub(super) fn pane(link: PaneLink, board: StepBoard) -> app::Result<Pane> {
    let template = Steps { link, board };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

impl Steps {
    fn steps(&self) -> [State; STEPS.len()] {
        STEPS
    }

    /// The unit's own report, where others stand below it.
    fn own_beside(&self, row: &StepRow) -> Option<Stand> {
        row.own.filter(|_| row.has_parts)
    }

    fn shade(&self, row: &StepRow, cell: &StepCell) -> u32 {
        let shade = (cell.reports * SHADES).div_ceil(row.tally.expected.max(1));
        shade.min(SHADES)
    }

    fn is_first(&self, step: &State) -> bool {
        self.board.sort == Some(*step)
    }
}
