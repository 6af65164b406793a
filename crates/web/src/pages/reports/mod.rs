//! The life of a report on pages: what it says, its figures and files, and each step from the draft to acceptance.

pub mod adoption;
mod differences;
pub mod figures;
pub mod files;
pub mod hub;
pub mod issuing;
pub mod margin;
pub(super) mod offers;
pub mod reading;
pub mod returning;
pub mod section;
pub mod steps;
pub mod uploads;
pub mod versions;

use crate::page::{Answer, Problems, Shell, page, page_with};
use app::Error;
use app::reports::view::{NamedAssignment, ReportView};
use axum::http::StatusCode;
use domain::deadline::Timeliness;
use domain::ids::AssignmentId;
use domain::report::lifecycle::{Action, Facts, State, step};

/// The address of the page of a report.
fn path(id: AssignmentId) -> String {
    format!("/bao-cao/{id}")
}

/// The shell of a page below the page of a report.
fn below(shell: Shell, report: &NamedAssignment) -> Shell {
    shell.crumb("Việc của tôi", "/").crumb(
        format!("Báo cáo của {}", report.unit_name),
        path(report.assignment.id),
    )
}

/// A page with a form: 422 when it is shown again with its problems.
fn with_form(problems: &Problems, template: &impl askama::Template) -> Answer {
    if problems.is_empty() {
        page(template)
    } else {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
    }
}

/// The form of a step that is not offered now says why instead.
fn may_now(seen: &ReportView, action: Action) -> app::Result<()> {
    if seen.status.offered.contains(&action) {
        return Ok(());
    }
    let willing = Facts {
        campaign_is_open: true,
        has_intermediary: true,
        blockers: 0,
        vote_passes: true,
        text_is_adopted: seen.changed_since_adoption.is_empty(),
        has_reason: true,
        acts_as_addressee: true,
    };
    step(seen.status.report.assignment.state, action, willing)?;
    Err(Error::Forbidden)
}

/// How a report stands to its due: words and tone of a badge; `None` for one that is no longer expected.
pub(super) fn due_badge(
    state: State,
    timeliness: Timeliness,
    days_left: Option<i64>,
) -> Option<(String, &'static str)> {
    if !state.is_expected() {
        return None;
    }
    Some(match (timeliness, days_left) {
        (Timeliness::Early, _) => ("gửi sớm".into(), "good"),
        (Timeliness::OnTime, _) => ("gửi đúng hạn".into(), "good"),
        (Timeliness::Late { days }, _) => (format!("gửi chậm {days} ngày"), "bad"),
        (Timeliness::Missing { days }, _) => (format!("quá hạn {days} ngày"), "bad"),
        (Timeliness::Pending, None) => ("chưa đặt hạn".into(), "neutral"),
        (Timeliness::Pending, Some(0)) => ("hết hạn hôm nay".into(), "warn"),
        (Timeliness::Pending, Some(days @ 1..=3)) => (format!("còn {days} ngày"), "warn"),
        (Timeliness::Pending, Some(days)) => (format!("còn {days} ngày"), "neutral"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_is_told_in_days_and_a_waived_report_has_none() {
        let badge = |timeliness, days| due_badge(State::Drafting, timeliness, days);
        assert_eq!(
            badge(Timeliness::Pending, Some(0)),
            Some(("hết hạn hôm nay".into(), "warn"))
        );
        assert_eq!(
            badge(Timeliness::Missing { days: 2 }, Some(-1)),
            Some(("quá hạn 2 ngày".into(), "bad"))
        );
        assert_eq!(due_badge(State::Waived, Timeliness::Pending, Some(4)), None);
    }
}
