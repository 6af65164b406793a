//! A whole campaign from three files of another system: units, indicators, reports. All or nothing.
//!
//! The reports are read as a stream, so their file may be far bigger than memory; one thread reads and checks,
//! the store's writer takes in. One refused line undoes everything, and every refused line is told.

mod indicators;
mod line;
mod reports;
mod units;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reports::bulk::{outline_in, submit_in};
use crate::reports::content::Outline;
use domain::access::{Subject, Wish};
use domain::campaign::{Campaign, CampaignKind, CampaignState, Indicator};
use domain::deadline::{DuePolicy, day_of, vietnamese_date};
use domain::event::{Event, EventKind};
use domain::ids::{AssignmentId, CampaignId, PlanId, TreeId, UnitId};
use domain::org::Placed;
use reports::{FromReader, Head, ReadyReport};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;
use store::import::NewAssignment;
use store::{Tx, campaigns};
use units::ImportedUnit;

/// Where the campaign comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// TSV: id, parent_id, level, code, name, kind, deadline.
    pub units: PathBuf,
    /// TSV: index, code, name, unit, total_of.
    pub indicators: PathBuf,
    /// JSON Lines: unit, submitted_at, title, sections, figures.
    pub reports: PathBuf,
    /// The campaign's name; the common title of the reports when `None`.
    pub name: Option<String>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub bytes_read: u64,
    pub bytes_total: u64,
    pub reports: u64,
    pub refused: u64,
}

/// Takes a note of progress now and then.
pub type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// One line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    pub file: String,
    /// From 1; 0 when the file as a whole is meant.
    pub line: u64,
    pub message: String,
}

/// What came of it. With anything refused nothing was stored and `campaign` is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Short id of the new campaign.
    pub campaign: Option<String>,
    pub units: u64,
    pub reports: u64,
    /// The first [`MOST_REFUSED`] refused lines.
    pub refused: Vec<Refused>,
    /// How many there are in all.
    pub refused_total: u64,
}

/// Refused lines that are told one by one.
pub const MOST_REFUSED: usize = 1_000;

/// Why nothing was stored.
enum Failure {
    Refused(Vec<Refused>, u64),
    App(Error),
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Failure::App(error.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::App(error)
    }
}

/// Imports a campaign; see the module for what is stored when.
///
/// # Errors
/// Rights, or the store. Faults of the files are in the outcome.
pub fn campaign(ctx: &Ctx, source: Source, on_progress: OnProgress) -> Result<Outcome> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let prepared = match prepare(source) {
        Ok(prepared) => prepared,
        Err(refused) => return Ok(nothing_stored(refused, None)),
    };
    let (work_ctx, units) = (ctx.clone(), prepared.units.len() as u64);
    let stored = ctx
        .db()
        .write(move |tx| store_all(&work_ctx, tx, &prepared, &on_progress));
    match stored {
        Ok((short_id, reports)) => Ok(Outcome {
            campaign: Some(short_id),
            units,
            reports,
            refused: Vec::new(),
            refused_total: 0,
        }),
        Err(Failure::Refused(refused, total)) => Ok(nothing_stored(refused, Some(total))),
        Err(Failure::App(error)) => Err(error),
    }
}

fn nothing_stored(mut refused: Vec<Refused>, total: Option<u64>) -> Outcome {
    let refused_total = total.unwrap_or(refused.len() as u64);
    refused.truncate(MOST_REFUSED);
    Outcome {
        campaign: None,
        units: 0,
        reports: 0,
        refused,
        refused_total,
    }
}

/// The two small files, read and checked.
struct Prepared {
    source: Source,
    units: Vec<ImportedUnit>,
    /// In tree order; positions are those of `units`.
    placed: Vec<Placed>,
    indicators: Vec<Indicator>,
}

fn prepare(source: Source) -> std::result::Result<Prepared, Vec<Refused>> {
    let units = units::read(&source.units);
    let indicators = indicators::read(&source.indicators);
    match (units, indicators) {
        (Ok((units, placed)), Ok(indicators)) => Ok(Prepared {
            source,
            units,
            placed,
            indicators,
        }),
        (units, indicators) => Err(units
            .err()
            .into_iter()
            .chain(indicators.err())
            .flatten()
            .collect()),
    }
}

/// What reports are made ready for: the stored outline and the assignments.
struct Opened {
    campaign: CampaignId,
    outline: Outline,
    /// By position in [`Prepared::units`]; `None` where no report is owed.
    assignments: Vec<Option<(AssignmentId, UnitId)>>,
}

fn store_all(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    prepared: &Prepared,
    on_progress: &OnProgress,
) -> Result<(String, u64), Failure> {
    let mut refused = Vec::new();
    let mut refused_total = 0;
    let mut count = 0;
    let mut short_id = String::new();
    reports::each(prepared, on_progress, &mut |found| {
        match found {
            FromReader::Head(head, reply) => {
                let campaign = new_campaign(ctx, tx, prepared, &head)?;
                short_id = campaign.short_id.clone();
                let opened = open(ctx, tx, prepared, &head, campaign)?;
                // A reader that is gone has told why itself.
                let _ = reply.send(opened);
            }
            FromReader::Reports(reports) if refused_total == 0 => {
                for report in reports {
                    store_report(tx, &report)?;
                    count += 1;
                }
            }
            // Nothing will stay, so nothing more is stored; reading on finds the other faults.
            FromReader::Reports(_) => {}
            FromReader::Refused(found) => {
                refused_total += 1;
                if refused.len() < MOST_REFUSED {
                    refused.push(found);
                }
            }
        }
        Ok::<(), Failure>(())
    })?;
    if refused_total > 0 {
        return Err(Failure::Refused(refused, refused_total));
    }
    Ok((short_id, count))
}

fn new_campaign(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    prepared: &Prepared,
    head: &Head,
) -> Result<Campaign, Failure> {
    let name = prepared.source.name.as_ref().unwrap_or(&head.title);
    let tree = store::units::create_tree(tx, name, ctx.now)?;
    let number = campaigns::next_short_number(tx)?;
    Ok(Campaign {
        id: CampaignId(0),
        short_id: format!("nhap-{number}"),
        plan: None::<PlanId>,
        tree,
        name: name.clone(),
        kind: CampaignKind::InterimReview,
        state: CampaignState::Open,
        period: head
            .years
            .first()
            .zip(head.years.last())
            .map(|(first, last)| (format!("{first}-01"), format!("{last}-12"))),
        years: head.years.clone(),
        due_policy: DuePolicy::Strict,
        profile: domain::official::profile_on(day_of(ctx.now))
            .name
            .to_owned(),
        lead: None,
        coordinating: None,
        days_to_consolidate: domain::deadline::DAYS_TO_CONSOLIDATE,
        created_at: ctx.now,
        issued_at: Some(ctx.now),
    })
}

/// Stores everything but the reports.
fn open(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    prepared: &Prepared,
    head: &Head,
    mut campaign: Campaign,
) -> Result<Opened, Failure> {
    let ids = store_units(tx, campaign.tree, prepared)?;
    let mut roots = prepared
        .placed
        .iter()
        .filter(|placed| placed.parent.is_none());
    campaign.lead = match (roots.next(), roots.next()) {
        (Some(root), None) => Some(ids[root.row]),
        _ => None,
    };
    let id = campaigns::create(tx, &campaign)?;
    for (ord, section) in head.sections.iter().enumerate() {
        campaigns::add_section(tx, id, ord as i64, section)?;
    }
    for (ord, indicator) in prepared.indicators.iter().enumerate() {
        campaigns::add_indicator(tx, id, ord as i64, indicator)?;
    }
    let assignments = store_assignments(ctx, tx, prepared, head, id, &ids)?;
    let event = Event {
        detail: serde_json::json!({ "units": prepared.units.len() }).to_string(),
        ..ctx.campaign_event(EventKind::CampaignImported, id)
    };
    store::events::append(tx, &event)?;
    Ok(Opened {
        campaign: id,
        outline: outline_in(tx, id)?,
        assignments,
    })
}

/// The ids of the units by their position in the file.
fn store_units(tx: &mut dyn Tx, tree: TreeId, prepared: &Prepared) -> Result<Vec<UnitId>, Failure> {
    let seeds: Vec<_> = prepared
        .units
        .iter()
        .map(|unit| (unit.line, unit.seed.clone()))
        .collect();
    let ordered = store::units::insert_tree(tx, tree, &seeds, &prepared.placed)?;
    let mut ids = vec![UnitId(0); prepared.units.len()];
    for (placed, id) in prepared.placed.iter().zip(ordered) {
        ids[placed.row] = id;
    }
    Ok(ids)
}

/// One assignment for each unit that has a superior, addressed to it.
fn store_assignments(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    prepared: &Prepared,
    head: &Head,
    campaign: CampaignId,
    ids: &[UnitId],
) -> Result<Vec<Option<(AssignmentId, UnitId)>>, Failure> {
    let mut assignments = vec![None; prepared.units.len()];
    for placed in &prepared.placed {
        let unit = &prepared.units[placed.row];
        let Some(parent) = placed.parent.filter(|_| unit.owes_report()) else {
            continue;
        };
        let due_date = unit.deadline.map(day_of);
        let phrase = due_date
            .map(|date| format!("đến hết ngày {}", vietnamese_date(date)))
            .unwrap_or_default();
        let new = NewAssignment {
            unit: ids[placed.row],
            addressee: Some(ids[parent]),
            addressee_name: &prepared.units[parent].seed.name,
            deliverable: &head.title,
            due_phrase: &phrase,
            due_date,
            due_at: unit.deadline,
            adds: placed.interval.left == placed.interval.right,
        };
        let id = store::import::add_assignment(tx, campaign, &new, ctx.now)?;
        assignments[placed.row] = Some((id, ids[placed.row]));
    }
    Ok(assignments)
}

fn store_report(tx: &mut dyn Tx, report: &ReadyReport) -> Result<(), Failure> {
    submit_in(tx, &report.prepared)?;
    if let Some(title) = &report.own_title {
        store::import::set_deliverable(tx, report.assignment, title)?;
    }
    Ok(())
}
