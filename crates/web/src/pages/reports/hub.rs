//! The page of one report: where it stands, what may be done now, what it says, what happened to it.

use super::checks;
use super::differences::{Difference, differences};
use super::offers::{Offer, offers};
use super::{due_badge, path, with_form};
use crate::extract::Path;
use crate::filters;
use crate::page::{Answer, Problems, Shell, run};
use crate::session::Signed;
use app::reorganise::{Handed, handed_over};
use app::reports::content::{Content, FigureSource};
use app::reports::handing::{Margins, margins};
use app::reports::returns::{Openness, ReturnItem, ReturnedPart};
use app::reports::uploads::{self, UploadState, UploadedDraft};
use app::reports::view::{self, ReportStatus, ReportView, Revision, TimelineEntry};
use app::{Ctx, Error};
use askama::Template;
use domain::campaign::{Section, Writable};
use domain::figures::Cell;
use domain::ids::{AssignmentId, SectionId};
use domain::report::adoption::MeetingKind;
use domain::report::lifecycle::{Action, State};
use domain::report::readiness::Blocker;

/// Bytes of text that the page shows folded; a longer report is read on its own page.
const MOST_TEXT: usize = 24 * 1024;
/// Newest lines of the history on the page.
const MOST_EVENTS: usize = 40;
/// Blockers on the page.
const MOST_BLOCKERS: usize = 10;

#[derive(Template)]
#[template(path = "reports/hub.html")]
struct HubPage {
    shell: Shell,
    problems: Problems,
    status: ReportStatus,
    /// `None` for a superior before anything was sent.
    seen: Option<ReportView>,
    offers: Vec<Offer>,
    changed: Vec<Difference>,
    /// Files of the unit that wait to be taken over, or hold parts without a section.
    uploads: Vec<UploadedDraft>,
    /// Who writes which section and what is remarked on it, for the unit itself.
    margins: Margins,
    /// What reorganisations did to it.
    handed: Vec<Handed>,
}

impl HubPage {
    fn id(&self) -> AssignmentId {
        self.status.report.assignment.id
    }
    fn checks_href(&self) -> String {
        checks::page_of(self.id())
    }
    fn due(&self) -> Option<(String, &'static str)> {
        let state = self.status.report.assignment.state;
        due_badge(state, self.status.timeliness, self.status.days_left)
    }
    /// When it was sent first, for a report that was sent again: that moment decides whether it was on time.
    fn first_sent(&self) -> Option<jiff::Timestamp> {
        let assignment = &self.status.report.assignment;
        assignment
            .first_sent_at
            .filter(|_| assignment.first_sent_at != assignment.sent_at)
    }
    fn shows_text(&self, seen: &ReportView) -> bool {
        let size: usize = seen
            .content
            .texts
            .values()
            .map(|text| text.text.len())
            .sum();
        size <= MOST_TEXT
    }
    fn text<'a>(&self, seen: &'a ReportView, section: &SectionId) -> &'a str {
        seen.content.text(*section)
    }
    fn is_pending(&self, upload: &UploadedDraft) -> bool {
        upload.state == UploadState::Pending
    }
    fn consolidates(&self, seen: &ReportView) -> bool {
        seen.is_own && seen.content.source == FigureSource::RolledUp
    }
    fn may_write(&self) -> bool {
        self.status.offered.contains(&Action::Draft)
    }
    /// The newest first.
    fn history(&self) -> impl Iterator<Item = &TimelineEntry> {
        self.status.timeline.iter().rev().take(MOST_EVENTS)
    }
    fn older_events(&self) -> usize {
        self.status.timeline.len().saturating_sub(MOST_EVENTS)
    }
    fn shown_blockers<'a>(&self, seen: &'a ReportView) -> &'a [Blocker] {
        &seen.blockers[..seen.blockers.len().min(MOST_BLOCKERS)]
    }
    /// Where a blocker is mended.
    fn mend(&self, blocker: &Blocker) -> String {
        let base = path(self.id());
        match blocker {
            Blocker::EmptySection { section, .. } | Blocker::OpenReference { section, .. } => {
                format!("{base}/muc/{section}")
            }
            Blocker::OpenConflict { section, .. } => format!("{base}/muc/{section}/ghep"),
            Blocker::MissingFigure { code, .. } => format!("{base}/so-lieu#{code}"),
            Blocker::FiguresNotTaken => format!("{base}/tong-hop/so-lieu"),
        }
    }
    fn is_heading(&self, section: &Section) -> bool {
        section.writable == Writable::Heading
    }
    fn is_required(&self, section: &Section) -> bool {
        section.writable == Writable::Required
    }
    /// Writing goes on in this section now.
    fn is_open(&self, seen: &ReportView, section: &SectionId) -> bool {
        self.may_write() && self.openness(seen).section(*section)
    }
    /// A return asked for this section, which is being mended.
    fn is_asked_for(&self, seen: &ReportView, section: &SectionId) -> bool {
        self.is_open(seen, section) && self.openness(seen) != Openness::All
    }
    fn openness(&self, seen: &ReportView) -> Openness {
        Openness::of(&seen.returns, self.status.report.assignment.revision)
    }
    /// Why the report was waived, or what else its state says; a return is told at length elsewhere.
    fn state_reason(&self) -> &str {
        let assignment = &self.status.report.assignment;
        match assignment.state {
            State::Returned => "",
            _ => &assignment.state_reason,
        }
    }
    fn has_conflict(&self, seen: &ReportView, section: &SectionId) -> bool {
        let mut open = seen.content.conflicts.iter();
        open.any(|conflict| conflict.section == *section)
    }
    /// `n/m ô`: how many cells are answered.
    fn filled(&self, seen: &ReportView) -> (usize, usize) {
        let cells = &seen.content.figures.cells;
        let filled = cells.iter().filter(|cell| **cell != Cell::Blank).count();
        (filled, cells.len())
    }
    fn part(&self, seen: &ReportView, item: &ReturnItem) -> String {
        part_name(&seen.content, item)
    }
    /// The revision is shown to others, or was.
    fn fate(&self, revision: &Revision) -> &'static str {
        match (revision.sent_at, revision.withdrawn_at) {
            (Some(_), None) => "đã gửi",
            (Some(_), Some(_)) => "đã gửi rồi thu hồi",
            (None, _) => "chưa gửi",
        }
    }
    fn holder(&self, section: &SectionId) -> Option<&str> {
        let holder = self.margins.holders.get(section)?;
        Some(holder.name.as_str())
    }
    fn open_comments(&self, section: &SectionId) -> i64 {
        let open = self.margins.open_comments.get(section);
        open.copied().unwrap_or_default()
    }
    /// What must be mended, while the returned text is being mended.
    fn is_mending(&self) -> bool {
        matches!(
            self.status.report.assignment.state,
            State::Returned | State::Drafting
        )
    }
}

/// The name of a returned section or indicator.
fn part_name(content: &Content, item: &ReturnItem) -> String {
    match item.part {
        ReturnedPart::Section(id) => content.outline.section(id).map_or_else(
            || "Mục không còn trong đề cương".into(),
            |section| format!("Mục {}. {}", section.number, section.title),
        ),
        ReturnedPart::Indicator(id) => {
            let mut known = content.outline.layout.indicators().iter();
            known.find(|known| known.id == id).map_or_else(
                || "Chỉ tiêu không còn trong đề cương".into(),
                |indicator| format!("Chỉ tiêu {}. {}", indicator.code, indicator.name),
            )
        }
    }
}

/// The report whole, or only where it stands for those who may not know more yet.
fn look(ctx: &Ctx, id: AssignmentId) -> app::Result<(ReportStatus, Option<ReportView>)> {
    match view::view(ctx, id) {
        Ok(seen) => Ok((seen.status.clone(), Some(seen))),
        Err(Error::NotFound) => Ok((view::status(ctx, id)?, None)),
        Err(error) => Err(error),
    }
}

/// Where writing goes on: at the first section that blocks, else at the first one that is open.
fn write_in(seen: &ReportView) -> Option<SectionId> {
    let blocked = seen.blockers.iter().find_map(|blocker| match blocker {
        Blocker::EmptySection { section, .. }
        | Blocker::OpenConflict { section, .. }
        | Blocker::OpenReference { section, .. } => Some(*section),
        Blocker::MissingFigure { .. } | Blocker::FiguresNotTaken => None,
    });
    let open = Openness::of(&seen.returns, seen.status.report.assignment.revision);
    let mut sections = seen.content.outline.sections.iter();
    let first =
        sections.find(|section| section.writable != Writable::Heading && open.section(section.id));
    blocked.or(first.map(|section| section.id))
}

/// The page, with the problems of a step that was just refused.
pub(super) async fn show(ctx: Ctx, shell: Shell, id: AssignmentId, problems: Problems) -> Answer {
    let (status, seen, uploads, margins, handed) = run(move || {
        let (status, seen) = look(&ctx, id)?;
        let is_own = seen.as_ref().is_some_and(|seen| seen.is_own);
        let (uploads, margins) = match is_own {
            true => (uploads::waiting(&ctx, id)?, margins(&ctx, id)?),
            false => (Vec::new(), Margins::default()),
        };
        let handed = handed_over(&ctx, id)?;
        Ok((status, seen, uploads, margins, handed))
    })
    .await?;
    let report = &status.report;
    let shell = shell
        .titled(format!("Báo cáo của {}", report.unit_name))
        .crumb("Việc của tôi", "/");
    let template = HubPage {
        shell,
        offers: offers(id, &status.offered, seen.as_ref().and_then(write_in)),
        changed: seen
            .as_ref()
            .map(|seen| differences(&seen.changed_since_adoption))
            .unwrap_or_default(),
        problems,
        status,
        seen,
        uploads,
        margins,
        handed,
    };
    with_form(&template.problems, &template)
}

pub async fn view(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    show(ctx, shell, AssignmentId(id), Problems::default()).await
}
