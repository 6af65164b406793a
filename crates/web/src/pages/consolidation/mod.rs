//! Tổng hợp: what the units below sent beside the own draft, the rolled-up figures, and where each came from.

mod figures;
mod overview;
mod section;
mod source;

pub(super) use figures::address as figure_address;
pub use figures::{correct, figure_source, figures, refresh};
pub use overview::overview;
pub use section::{section, write};
pub use source::passage_source;

use crate::page::Shell;
use app::consolidation::UnitQuery;
use domain::ids::AssignmentId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The shell of a page about the consolidation of a report.
fn shell_of(shell: Shell, id: AssignmentId, unit: &str, title: impl Into<String>) -> Shell {
    shell
        .titled(title)
        .crumb("Việc của tôi", "/")
        .crumb(format!("Báo cáo của {unit}"), format!("/bao-cao/{id}"))
}

/// The units asked for.
fn units(name: &str, page: Option<usize>) -> UnitQuery {
    UnitQuery {
        name: domain::text::clean_line(name),
        page: page.unwrap_or(1),
    }
}

/// A value inside a path or query.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Names in one line, cut off when there are very many.
fn names(all: &[String]) -> String {
    const MOST: usize = 60;
    let shown = all[..all.len().min(MOST)].join(", ");
    match all.len().checked_sub(MOST) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} và {more} đơn vị khác"),
    }
}
