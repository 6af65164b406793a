//! How a report looks as JSON, for the API and the command line alike.

use super::standing::{BlockerJson, Standing};
use app::reports::content::{Content, FigureSource};
use app::reports::send::ReceiptView;
use app::reports::view::{Changed, ReportStatus, ReportView, TimelineEntry};
use domain::campaign::Writable;
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, AttachmentId, SectionId};
use domain::report::adoption::Adoption;
use domain::report::content::ChangedPart;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures by indicator and period: an exact decimal, `na`, or null for a blank cell.
pub type Cells = BTreeMap<String, BTreeMap<String, Option<String>>>;

/// A report as somebody may see it.
#[derive(Debug, Serialize)]
pub struct ReportJson {
    #[serde(flatten)]
    pub standing: Standing,
    pub days_left: Option<i64>,
    pub timeline: Vec<TimelineJson>,
    /// `null` for those who may know where it stands and not what it says.
    pub content: Option<ContentJson>,
}

#[derive(Debug, Serialize)]
pub struct TimelineJson {
    pub at: Timestamp,
    /// The code of the event.
    pub what: &'static str,
    pub label: &'static str,
    pub who: Option<String>,
    pub on_behalf_of: Option<String>,
    pub reason: Option<String>,
    /// Saves in a row by one person are one line.
    pub count: usize,
}

/// What a report says, in one of its revisions.
#[derive(Debug, Serialize)]
pub struct ContentJson {
    /// The caller stands on the side of the unit and sees its draft.
    pub is_own: bool,
    /// The revision shown; `null` before anybody wrote.
    pub revision: Option<RevisionJson>,
    pub revisions: Vec<RevisionJson>,
    pub sections: Vec<SectionJson>,
    /// Cells that are not blank.
    pub figures: Cells,
    pub figure_source: FigureSource,
    pub attachments: Vec<AttachmentJson>,
    pub blockers: Vec<BlockerJson>,
    pub votes: Vec<VoteJson>,
    pub issued: Option<IssuedJson>,
    pub receipt: Option<ReceiptJson>,
    pub returns: Vec<ReturnJson>,
    pub changed_since_adoption: Vec<ChangedJson>,
    pub changed_since_last_sent: Vec<ChangedJson>,
}

#[derive(Debug, Serialize)]
pub struct RevisionJson {
    pub number: i64,
    pub sent_at: Option<Timestamp>,
    pub withdrawn_at: Option<Timestamp>,
    pub content_hash: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct SectionJson {
    pub id: SectionId,
    pub number: String,
    pub title: String,
    pub level: u8,
    pub writable: Writable,
    pub text: String,
    /// 0 before the first save.
    pub version: i64,
}

#[derive(Debug, Serialize)]
pub struct AttachmentJson {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub sha256: String,
}

#[derive(Debug, Serialize)]
pub struct VoteJson {
    #[serde(flatten)]
    pub adoption: Adoption,
    pub passed: bool,
    pub content_hash: String,
    pub recorded_at: Timestamp,
    pub recorded_by: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct IssuedJson {
    pub number: i64,
    pub symbol: String,
    pub term: String,
    pub dated: Date,
    pub place: String,
    pub authority: String,
    pub position: String,
    pub signer: String,
}

impl From<app::reports::issue::IssuedDocument> for IssuedJson {
    fn from(issued: app::reports::issue::IssuedDocument) -> IssuedJson {
        IssuedJson {
            number: issued.number,
            symbol: issued.symbol,
            term: issued.term,
            dated: issued.dated,
            place: issued.place,
            authority: issued.authority,
            position: issued.position,
            signer: issued.signer,
        }
    }
}

/// The proof of one sending.
#[derive(Debug, Serialize)]
pub struct ReceiptJson {
    pub code: String,
    pub report: AssignmentId,
    pub content_hash: String,
    pub sent_at: Timestamp,
    pub sent_by: Option<String>,
}

impl From<app::reports::send::Receipt> for ReceiptJson {
    fn from(receipt: app::reports::send::Receipt) -> ReceiptJson {
        ReceiptJson {
            code: receipt.code,
            report: receipt.assignment,
            content_hash: receipt.content_hash,
            sent_at: receipt.sent_at,
            sent_by: receipt.sent_by_name,
        }
    }
}

/// A receipt held against what is stored now.
#[derive(Debug, Serialize)]
pub struct CheckedReceiptJson {
    #[serde(flatten)]
    pub receipt: ReceiptJson,
    pub campaign: String,
    pub unit: String,
    pub unit_name: String,
    pub revision: i64,
    /// The hash made anew from the stored report.
    pub hash_now: String,
    pub is_unchanged: bool,
}

impl From<ReceiptView> for CheckedReceiptJson {
    fn from(seen: ReceiptView) -> CheckedReceiptJson {
        CheckedReceiptJson {
            is_unchanged: seen.hash_now == seen.receipt.content_hash,
            campaign: seen.report.campaign_short_id,
            unit: seen.report.unit_code,
            unit_name: seen.report.unit_name,
            revision: seen.revision,
            hash_now: seen.hash_now,
            receipt: seen.receipt.into(),
        }
    }
}

#[derive(Debug, Serialize)]
pub struct ReturnJson {
    /// Number of the revision that was returned.
    pub revision: i64,
    pub by_unit: Option<String>,
    pub by: Option<String>,
    pub reason: String,
    pub returned_at: Timestamp,
    /// Empty when the report as a whole is meant.
    pub items: Vec<ReturnItemJson>,
}

#[derive(Debug, Serialize)]
pub struct ReturnItemJson {
    pub section: Option<SectionId>,
    /// Code of an indicator.
    pub indicator: Option<String>,
    pub reason: String,
}

/// A part that differs; its words are on the pages.
#[derive(Debug, Serialize)]
pub struct ChangedJson {
    pub part: &'static str,
    pub section: Option<SectionId>,
    pub name: String,
}

impl ReportJson {
    /// With what it says.
    pub fn whole(view: ReportView) -> ReportJson {
        let layout = &view.content.outline.layout;
        let returns = view.returns.iter().map(|note| ReturnJson {
            revision: note.number,
            by_unit: note.by_unit_name.clone(),
            by: note.by_name.clone(),
            reason: note.reason.clone(),
            returned_at: note.returned_at,
            items: note
                .items
                .iter()
                .map(|item| return_item(item, layout))
                .collect(),
        });
        let votes = view.votes.iter().map(|vote| VoteJson {
            adoption: vote.adoption.clone(),
            passed: vote.passes,
            content_hash: vote.fingerprint.whole.clone(),
            recorded_at: vote.recorded_at,
            recorded_by: vote.recorded_by_name.clone(),
        });
        let content = ContentJson {
            is_own: view.is_own,
            revision: view.content.revision.as_ref().map(revision),
            revisions: view.revisions.iter().map(revision).collect(),
            sections: sections(&view.content),
            figures: filled(layout, &view.content.figures),
            figure_source: view.content.source,
            attachments: view.content.attachments.iter().map(Into::into).collect(),
            blockers: view.blockers.iter().map(BlockerJson::of).collect(),
            votes: votes.collect(),
            returns: returns.collect(),
            changed_since_adoption: view.changed_since_adoption.iter().map(changed).collect(),
            changed_since_last_sent: view.changed_since_last_sent.iter().map(changed).collect(),
            issued: view.issued.map(Into::into),
            receipt: view.receipt.map(Into::into),
        };
        ReportJson {
            content: Some(content),
            ..ReportJson::standing(view.status)
        }
    }

    /// Only where it stands.
    pub fn standing(status: ReportStatus) -> ReportJson {
        ReportJson {
            days_left: status.days_left,
            timeline: status.timeline.into_iter().map(timeline).collect(),
            standing: Standing::of(status.report, status.timeliness, status.offered),
            content: None,
        }
    }
}

fn timeline(entry: TimelineEntry) -> TimelineJson {
    let event = entry.event.event;
    TimelineJson {
        at: event.at,
        what: event.kind.code(),
        label: event.kind.label(),
        who: entry.event.account_name,
        on_behalf_of: entry.event.unit_name,
        reason: event.reason,
        count: entry.count,
    }
}

fn revision(revision: &app::reports::view::Revision) -> RevisionJson {
    RevisionJson {
        number: revision.number,
        sent_at: revision.sent_at,
        withdrawn_at: revision.withdrawn_at,
        content_hash: revision.content_hash.clone(),
    }
}

fn sections(content: &Content) -> Vec<SectionJson> {
    let json = |section: &domain::campaign::Section| SectionJson {
        id: section.id,
        number: section.number.clone(),
        title: section.title.clone(),
        level: section.level,
        writable: section.writable,
        text: content.text(section.id).to_owned(),
        version: content
            .texts
            .get(&section.id)
            .map_or(0, |text| text.version),
    };
    content.outline.sections.iter().map(json).collect()
}

impl From<&app::reports::attachments::Attachment> for AttachmentJson {
    fn from(file: &app::reports::attachments::Attachment) -> AttachmentJson {
        AttachmentJson {
            id: file.id,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size_bytes: file.size_bytes,
            sha256: file.sha256.clone(),
        }
    }
}

fn return_item(item: &app::reports::returns::ReturnItem, layout: &Layout) -> ReturnItemJson {
    use app::reports::returns::ReturnedPart;
    let (section, indicator) = match item.part {
        ReturnedPart::Section(id) => (Some(id), None),
        ReturnedPart::Indicator(id) => {
            let known = layout.indicators().iter().find(|known| known.id == id);
            (None, known.map(|known| known.code.clone()))
        }
    };
    ReturnItemJson {
        section,
        indicator,
        reason: item.reason.clone(),
    }
}

fn changed(changed: &Changed) -> ChangedJson {
    let (part, section) = match changed.part {
        ChangedPart::Section(id) => ("section", Some(id)),
        ChangedPart::Figures => ("figures", None),
        ChangedPart::Attachments => ("attachments", None),
    };
    ChangedJson {
        part,
        section,
        name: changed.name.clone(),
    }
}

/// Every cell of a table, blank ones as null.
pub fn cells(layout: &Layout, table: &FigureTable) -> Cells {
    let mut cells = Cells::new();
    for (position, indicator) in layout.indicators().iter().enumerate() {
        let row = cells.entry(indicator.code.clone()).or_default();
        for (period, cell) in layout.cells(position) {
            row.insert(period.key(), table.cells[cell].exact());
        }
    }
    cells
}

/// The cells that are not blank.
fn filled(layout: &Layout, table: &FigureTable) -> Cells {
    let mut cells = cells(layout, table);
    for row in cells.values_mut() {
        row.retain(|_, value| value.is_some());
    }
    cells.retain(|_, row| !row.is_empty());
    cells
}
