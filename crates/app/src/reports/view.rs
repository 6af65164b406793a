//! The page of one report: where it stands, what it says, what happened to it, what the actor may do.

use super::content::Content;
use super::issue::counts_as_issued;
use super::steps::{facts, facts_with, is_own, offered_to};
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::deadline::Timeliness;
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::report::content::ChangedPart;
use domain::report::diff::{DiffLine, compare};
use domain::report::lifecycle::Action;
use domain::report::readiness::Blocker;
use store::Tx;
use store::adoptions::AdoptionRecord;
use store::events::NamedEvent;
use store::issued::IssuedDocument;
use store::receipts::Receipt;
use store::returns::ReturnNote;
pub use store::revisions::Revision;
pub use store::work::NamedAssignment;

/// Where a report stands, without a word of what it says.
#[derive(Debug, Clone)]
pub struct ReportStatus {
    pub report: NamedAssignment,
    pub timeliness: Timeliness,
    pub days_left: Option<i64>,
    /// What the actor may do now, in the order of a life.
    pub offered: Vec<Action>,
    pub timeline: Vec<TimelineEntry>,
}

/// One line of the timeline; saves in a row by one person are one line.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    pub event: NamedEvent,
    pub count: usize,
}

/// A report as the actor may see it.
#[derive(Debug, Clone)]
pub struct ReportView {
    pub status: ReportStatus,
    /// The actor stands on the unit's side and sees the draft; others see the latest sent revision.
    pub is_own: bool,
    pub content: Content,
    /// Of the shown revision.
    pub votes: Vec<AdoptionRecord>,
    pub issued: Option<IssuedDocument>,
    pub receipt: Option<Receipt>,
    /// All returns of this report, the oldest first.
    pub returns: Vec<ReturnNote>,
    /// The revisions that the actor may see, the oldest first.
    pub revisions: Vec<Revision>,
    /// What still blocks adoption; for the unit only.
    pub blockers: Vec<Blocker>,
    /// What is no longer as the collective adopted it; for the unit only.
    pub changed_since_adoption: Vec<Changed>,
    /// What changed against the revision sent before; empty for a first one.
    pub changed_since_last_sent: Vec<Changed>,
}

/// A part that changed, with the words where it is a text.
#[derive(Debug, Clone)]
pub struct Changed {
    pub part: ChangedPart,
    /// Number and title of the section, or what else it is.
    pub name: String,
    /// Word by word; empty for figures and attachments.
    pub lines: Vec<DiffLine>,
}

/// Where a report stands, for everybody who may know of it: a superior before anything was sent sees this much.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub fn status(ctx: &Ctx, id: AssignmentId) -> Result<ReportStatus> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadStatus, &Subject::Report(loaded.subject))?;
        let facts = facts(&loaded);
        status_of(ctx, tx, &loaded, facts)
    })
}

/// A report whole: the unit sees its current revision, others the latest one that was sent.
///
/// # Errors
/// [`Error::NotFound`] for everybody who may not read it, and for others while nothing was sent.
pub fn view(ctx: &Ctx, id: AssignmentId) -> Result<ReportView> {
    show(ctx, id, None)
}

/// As [`view`], of an earlier revision.
///
/// # Errors
/// As [`view`]; [`Error::NotFound`] for a revision that the actor may not see.
pub fn revision(ctx: &Ctx, id: AssignmentId, number: i64) -> Result<ReportView> {
    show(ctx, id, Some(number))
}

fn show(ctx: &Ctx, id: AssignmentId, number: Option<i64>) -> Result<ReportView> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let is_own = is_own(ctx, &loaded);
        let revisions = if is_own {
            store::revisions::of_assignment(tx, id)?
        } else {
            store::revisions::sent(tx, id)?
        };
        let shown = match number {
            Some(number) => Some(find(&revisions, number)?),
            None => revisions.last().cloned(),
        };
        if shown.is_none() && !is_own {
            return Err(Error::NotFound);
        }
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let content = Content::of(tx, &loaded.assignment, outline, shown)?;
        whole(ctx, tx, &loaded, is_own, revisions, content)
    })
}

fn find(revisions: &[Revision], number: i64) -> Result<Revision> {
    revisions
        .iter()
        .find(|revision| revision.number == number)
        .cloned()
        .ok_or(Error::NotFound)
}

fn whole(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    is_own: bool,
    revisions: Vec<Revision>,
    content: Content,
) -> Result<ReportView> {
    let state = loaded.assignment.state;
    let facts = if is_own {
        facts_with(loaded, &content)
    } else {
        facts(loaded)
    };
    let (mut votes, mut issued, mut receipt) = (Vec::new(), None, None);
    let mut changed_since_last_sent = Vec::new();
    if let Some(revision) = &content.revision {
        votes = store::adoptions::of_revision(tx, revision.id)?;
        issued = store::issued::of_revision(tx, revision.id)?
            .filter(|_| counts_as_issued(state, revision));
        receipt = store::receipts::of_revision(tx, revision.id)?;
        if let Some(before) = sent_before(&revisions, revision) {
            let outline = content.outline.clone();
            let before = Content::of(tx, &loaded.assignment, outline, Some(before))?;
            changed_since_last_sent = changes(&before, &content);
        }
    }
    Ok(ReportView {
        status: status_of(ctx, tx, loaded, facts)?,
        blockers: if is_own && state.is_editable() {
            content.blockers()
        } else {
            Vec::new()
        },
        changed_since_adoption: if is_own {
            since_adoption(tx, &content, &votes)?
        } else {
            Vec::new()
        },
        changed_since_last_sent,
        is_own,
        votes: if is_own {
            votes
        } else {
            votes.into_iter().filter(|vote| vote.passes).collect()
        },
        issued,
        receipt,
        returns: store::returns::of_assignment(tx, loaded.assignment.id)?,
        revisions,
        content,
    })
}

/// The revision sent before this one.
fn sent_before(revisions: &[Revision], shown: &Revision) -> Option<Revision> {
    revisions
        .iter()
        .rev()
        .find(|revision| {
            revision.number < shown.number
                && revision.is_frozen()
                && revision.withdrawn_at.is_none()
        })
        .cloned()
}

fn changes(before: &Content, now: &Content) -> Vec<Changed> {
    let parts = before.fingerprint().changed(&now.fingerprint());
    parts
        .into_iter()
        .map(|part| {
            let lines = match part {
                ChangedPart::Section(id) => compare(before.text(id), now.text(id)),
                _ => Vec::new(),
            };
            named(now, part, lines)
        })
        .collect()
}

fn named(content: &Content, part: ChangedPart, lines: Vec<DiffLine>) -> Changed {
    let name = match part {
        ChangedPart::Section(id) => content.outline.section(id).map_or_else(
            || "Mục không còn trong đề cương".into(),
            |section| format!("{}. {}", section.number, section.title),
        ),
        ChangedPart::Figures => "Bảng số liệu".into(),
        ChangedPart::Attachments => "Tệp đính kèm".into(),
    };
    Changed { part, name, lines }
}

/// What differs from the text of the last vote that passed.
fn since_adoption(
    tx: &mut dyn Tx,
    content: &Content,
    votes: &[AdoptionRecord],
) -> Result<Vec<Changed>> {
    let (Some(vote), Some(revision)) = (
        votes.iter().rev().find(|vote| vote.passes),
        &content.revision,
    ) else {
        return Ok(Vec::new());
    };
    let mut changed = Vec::new();
    for part in vote.fingerprint.changed(&content.fingerprint()) {
        let lines = match part {
            ChangedPart::Section(id) => {
                let adopted = store::sections::version_at(tx, revision.id, id, vote.recorded_at)?;
                let adopted = adopted.map(|version| version.text).unwrap_or_default();
                compare(&adopted, content.text(id))
            }
            _ => Vec::new(),
        };
        changed.push(named(content, part, lines));
    }
    Ok(changed)
}

fn status_of(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    facts: domain::report::lifecycle::Facts,
) -> Result<ReportStatus> {
    let id = loaded.assignment.id;
    let events = store::events::of_assignment(tx, id)?;
    let own = is_own(ctx, loaded);
    Ok(ReportStatus {
        report: store::work::named(tx, id)?,
        timeliness: loaded.assignment.timeliness(ctx.now),
        days_left: super::work::days_left(loaded.assignment.due_at, ctx.now),
        offered: offered_to(ctx, loaded, facts),
        timeline: timeline(events, own),
    })
}

fn timeline(events: Vec<NamedEvent>, own: bool) -> Vec<TimelineEntry> {
    let mut lines: Vec<TimelineEntry> = Vec::new();
    for event in events {
        let kind = event.event.kind;
        if !own && is_internal(kind) {
            continue;
        }
        match lines.last_mut() {
            Some(last)
                if matches!(kind, EventKind::SectionSaved | EventKind::FiguresSaved)
                    && last.event.event.kind == kind
                    && last.event.event.account == event.event.account =>
            {
                last.event = event;
                last.count += 1;
            }
            _ => lines.push(TimelineEntry { event, count: 1 }),
        }
    }
    lines
}

/// What happens inside the unit and is nobody else's business.
fn is_internal(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::DraftStarted
            | EventKind::SectionSaved
            | EventKind::SectionConflict
            | EventKind::FiguresSaved
            | EventKind::FigureCorrected
            | EventKind::PassageInserted
            | EventKind::DraftUploaded
            | EventKind::UploadDiscarded
            | EventKind::DraftImported
            | EventKind::AttachmentAdded
            | EventKind::AttachmentRemoved
            | EventKind::CheckAnswered
            | EventKind::AdoptionFailed
            | EventKind::TakenBack
    )
}
