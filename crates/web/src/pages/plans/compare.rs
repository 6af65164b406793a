//! Text that was repaired from an old encoding: original and repaired side by side, before the file is taken.

use crate::page::{Answer, Shell, page};
use app::incoming::Repaired;
use app::plans::ReadPlan;
use askama::Template;

#[derive(Template)]
#[template(path = "plans/compare.html")]
struct ComparePage {
    shell: Shell,
    file: String,
    /// Under which the file is kept until somebody decides.
    kept: String,
    encoding: &'static str,
    pieces: usize,
    samples: Vec<Repaired>,
    /// The beginning of the document as it is read.
    beginning: String,
}

/// Characters of the beginning that are shown.
const BEGINNING: usize = 1_500;

/// The page that asks whether the repaired text is right.
pub(super) fn page_of(shell: Shell, file: String, kept: String, read: &ReadPlan) -> Answer {
    let repair = app::incoming::repair(&read.notes);
    page(&ComparePage {
        shell: shell
            .titled("Đối chiếu chữ đã chuyển mã")
            .crumb("Kế hoạch mới", "/ke-hoach/moi"),
        file,
        kept,
        encoding: repair.map_or("", |repair| repair.encoding.label()),
        pieces: repair.map_or(0, |repair| repair.pieces),
        samples: repair
            .map(|repair| repair.samples.clone())
            .unwrap_or_default(),
        beginning: read.document.text().chars().take(BEGINNING).collect(),
    })
}
