//! The overview: sections of the outline, units below, and what of each unit was used.

use super::{encoded, names, shell_of, units};
use crate::extract::{Path, Query};
use crate::page::{Answer, Shell, page, run};
use crate::session::Signed;
use app::consolidation::{self, Overview, UnitLine};
use app::reports::content::FigureSource;
use askama::Template;
use domain::ids::AssignmentId;
use domain::report::merging::Share;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "consolidation/overview.html")]
struct OverviewPage {
    shell: Shell,
    id: AssignmentId,
    seen: Overview,
    /// Cells of the draft that are no longer what is rolled up.
    stale: usize,
    name: String,
    page: usize,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ten: String,
    #[serde(default)]
    trang: Option<usize>,
}

impl OverviewPage {
    fn has_figures(&self) -> bool {
        self.seen.source == FigureSource::RolledUp
    }
    fn silent(&self) -> String {
        names(&self.seen.silent)
    }
    fn newer(&self) -> String {
        names(&self.seen.newer)
    }
    fn was_sent(&self, unit: &UnitLine) -> bool {
        unit.report.revision.is_some()
    }
    fn pages_href(&self) -> String {
        format!("?ten={}&trang=", encoded(&self.name))
    }
    /// Sign and words of one cell of the matrix.
    fn sign(&self, share: &Option<Share>) -> (&'static str, &'static str) {
        match share {
            None => ("·", "không viết"),
            Some(share) => (
                match share {
                    Share::Unused => "○",
                    Share::Part => "◐",
                    Share::Whole => "●",
                },
                share.label(),
            ),
        }
    }
}

/// `GET /bao-cao/{id}/tong-hop`
pub async fn overview(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<AssignmentId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let query = units(&asked.ten, asked.trang);
    let (name, page_number) = (query.name.clone(), query.page);
    let (seen, stale) = run(move || {
        let seen = consolidation::overview(&ctx, id, &query)?;
        let stale = match seen.source {
            FigureSource::RolledUp => consolidation::figure_desk(&ctx, id)?.stale,
            FigureSource::Entered => 0,
        };
        Ok((seen, stale))
    })
    .await?;
    let unit = seen.report.unit_name.clone();
    page(&OverviewPage {
        shell: shell_of(shell, id, &unit, "Tổng hợp báo cáo cấp dưới"),
        id,
        page: page_number.clamp(1, seen.pages),
        seen,
        stale,
        name,
    })
}
