//! Whole reports at once: imports from another system, and the measure of submissions per second.

use super::content::{Outline, sha256_hex};
use super::send::new_code;
use crate::ctx::App;
use crate::error::{Error, Result};
use domain::campaign::Section;
use domain::event::{Event, EventKind};
use domain::figures::FigureTable;
use domain::ids::{AccountId, AssignmentId, CampaignId, SectionId, UnitId};
use domain::report::content::{ContentView, Fingerprint};
use domain::report::lifecycle::State;
use jiff::Timestamp;
use store::Tx;
use store::reports_bulk::WholeReport;

/// A report as it comes from outside, already adopted and sent there.
#[derive(Debug, Clone)]
pub struct Submission {
    pub assignment: AssignmentId,
    pub campaign: CampaignId,
    pub unit: UnitId,
    pub sections: Vec<(SectionId, String)>,
    pub figures: FigureTable,
    pub sent_at: Timestamp,
    /// `None` for an import.
    pub sent_by: Option<AccountId>,
}

/// A submission made ready to be stored: cleaned, encoded, hashed. Everything slow is done before the write.
#[derive(Debug, Clone)]
pub struct Prepared {
    report: WholeReport,
    campaign: CampaignId,
    unit: UnitId,
}

impl Prepared {
    /// The rows to be stored.
    pub fn rows(&self) -> &WholeReport {
        &self.report
    }

    /// The event that is stored with them.
    pub fn event(&self) -> Event {
        let report = &self.report;
        Event {
            at: report.sent_at,
            account: report.sent_by,
            unit: Some(self.unit),
            campaign: Some(self.campaign),
            assignment: Some(report.assignment),
            kind: EventKind::Sent,
            detail: format!(
                "{{\"revision\":1,\"content_hash\":\"{}\",\"whole\":true}}",
                report.content_hash
            ),
            reason: None,
        }
    }
}

/// The outline of a campaign, loaded once for many submissions.
///
/// # Errors
/// [`Error::NotFound`] when there is no such campaign.
pub fn outline(app: &App, campaign: CampaignId) -> Result<Outline> {
    app.db.read(|tx| outline_in(tx, campaign))
}

/// As [`outline`], inside a transaction.
pub fn outline_in(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Outline> {
    let campaign = store::campaigns::by_id(tx, campaign)?;
    Outline::load(tx, &campaign)
}

/// The reports of a campaign that nobody has begun, with the units that owe them, in tree order.
///
/// # Errors
/// What the store fails with.
pub fn awaited(app: &App, campaign: CampaignId) -> Result<Vec<(AssignmentId, UnitId)>> {
    let all = app
        .db
        .read(|tx| store::assignments::of_campaign(tx, campaign))?;
    Ok(all
        .into_iter()
        .filter(|assignment| assignment.revision == 0 && assignment.state == State::Assigned)
        .map(|assignment| (assignment.id, assignment.terms.unit))
        .collect())
}

/// Cleans, encodes and hashes a submission.
///
/// # Errors
/// [`Error::TooLarge`] for a section beyond the limit; [`Error::Internal`] for figures of another outline.
pub fn prepare(outline: &Outline, submission: Submission) -> Result<Prepared> {
    if submission.figures.cells.len() != outline.layout.len() {
        return Err(Error::Internal("figures of another outline".into()));
    }
    let mut sections = Vec::with_capacity(submission.sections.len());
    for (id, text) in submission.sections {
        if text.len() > super::draft::MOST_TEXT {
            let number = outline
                .section(id)
                .map_or("", |section| section.number.as_str());
            return Err(Error::TooLarge(format!("Mục {number} dài quá 1 MB")));
        }
        let text = domain::text::clean(&text);
        crate::secrets::refuse_unrecorded(&text)?;
        sections.push((id, text));
    }
    let view = ContentView {
        sections: outline
            .sections
            .iter()
            .map(|section: &Section| {
                let text = sections.iter().find(|(id, _)| *id == section.id);
                (section, text.map_or("", |(_, text)| text.as_str()))
            })
            .collect(),
        layout: &outline.layout,
        figures: &submission.figures,
        attachments: Vec::new(),
    };
    let content_hash = Fingerprint::of(&view, sha256_hex).whole;
    Ok(Prepared {
        report: WholeReport {
            assignment: submission.assignment,
            sections,
            figures: store::figures::encode(&submission.figures, &outline.layout),
            figures_version: 1,
            content_hash,
            adopted_hash: None,
            receipt_code: new_code(),
            sent_at: submission.sent_at,
            sent_by: submission.sent_by,
        },
        campaign: submission.campaign,
        unit: submission.unit,
    })
}

/// Stores a prepared submission inside a transaction of the caller's, with its event.
///
/// # Errors
/// [`Error::Refused`] when the unit has begun or sent its report already.
pub fn submit_in(tx: &mut dyn Tx, prepared: &Prepared) -> Result<()> {
    let report = &prepared.report;
    if store::reports_bulk::insert_sent(tx, report)?.is_none() {
        return Err(Error::Refused(
            "Đơn vị đã có báo cáo trong đợt này nên không nhập thêm".into(),
        ));
    }
    store::events::append(tx, &prepared.event())?;
    Ok(())
}

/// Stores one whole report durably, as a transaction of its own; gives the code of its receipt.
///
/// # Errors
/// As [`prepare`] and [`submit_in`].
pub fn submit_whole(app: &App, outline: &Outline, submission: Submission) -> Result<String> {
    let prepared = prepare(outline, submission)?;
    let code = prepared.report.receipt_code.clone();
    app.db.write(move |tx| submit_in(tx, &prepared))?;
    Ok(code)
}
