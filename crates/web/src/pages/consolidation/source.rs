//! Where a passage came from: level by level down to the unit that wrote it.

use super::shell_of;
use crate::extract::Path;
use crate::filters;
use crate::page::{Answer, Shell, page, run};
use crate::session::Signed;
use app::consolidation::{self, Hop, Trace};
use askama::Template;
use domain::ids::{AssignmentId, SectionId};
use domain::report::diff::{Change, Piece};

#[derive(Template)]
#[template(path = "consolidation/source.html")]
struct SourcePage {
    shell: Shell,
    way: Trace,
}

impl SourcePage {
    fn is_added(&self, piece: &Piece) -> bool {
        piece.change == Change::Added
    }
    fn is_removed(&self, piece: &Piece) -> bool {
        piece.change == Change::Removed
    }
    /// The last level, which wrote the words itself.
    fn is_author(&self, hop: &Hop) -> bool {
        !self.way.is_cut
            && hop.words.is_some()
            && self
                .way
                .hops
                .last()
                .is_some_and(|last| last.source == hop.source)
    }
}

/// `GET /bao-cao/{id}/nguon/{section}/{passage}`, passages from 0.
pub async fn passage_source(
    Signed(ctx): Signed,
    shell: Shell,
    Path((id, section, passage)): Path<(AssignmentId, SectionId, usize)>,
) -> Answer {
    let way = run(move || consolidation::trace(&ctx, id, section, passage)).await?;
    let title = format!("Nguồn của đoạn {}, mục {}", passage + 1, way.section.number);
    page(&SourcePage {
        shell: shell_of(shell, id, &way.report.unit_name, title),
        way,
    })
}
