//! The reports of a campaign that repeat each other, for those who may read both.

use crate::ctx::{Ctx, load_campaign};
use crate::error::{Error, Result};
use crate::reach::Reach;
use analysis::shingles::Likeness;
use domain::access::{CampaignSubject, Subject, Wish};
use domain::campaign::{Campaign, CampaignState};
use domain::ids::AssignmentId;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use store::Tx;
use store::work::NamedAssignment;

/// From here on two reports are told as copies: four fifths of their word runs in common, of 10,000.
pub const DEFAULT_LEAST: u64 = 8_000;
/// Pairs that are looked at for one answer, the most alike first.
pub(super) const MOST_PAIRS: i64 = 20_000;

/// One report of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopySide {
    pub report: AssignmentId,
    pub code: String,
    pub name: String,
    pub sent_at: Option<Timestamp>,
}

/// Two reports that repeat each other, the one that was sent first at the front.
#[derive(Debug, Clone)]
pub struct CopyPair {
    pub a: CopySide,
    pub b: CopySide,
    pub likeness: Likeness,
}

/// Whether two reports stand in the wrong order: the one that was sent first comes first.
pub(super) fn is_turned(a: &CopySide, b: &CopySide) -> bool {
    (b.sent_at, &b.code) < (a.sent_at, &a.code)
}

/// The pairs of a campaign, the most alike first.
#[derive(Debug, Clone)]
pub struct Duplicates {
    pub campaign: Campaign,
    pub pairs: Vec<CopyPair>,
    /// Sent reports that are still to be looked at.
    pub waiting: i64,
}

/// The pairs that share at least `least` of 10,000 word runs, at most `limit` from number `from` on; only pairs of
/// which the actor may read both reports exist for them.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] for a campaign whose board the actor may not see, in part or whole;
/// [`Error::Invalid`] below the share from which pairs are kept.
pub fn duplicates(
    ctx: &Ctx,
    short_id: &str,
    least: u64,
    from: usize,
    limit: usize,
) -> Result<Duplicates> {
    require_kept(least)?;
    ctx.db().read(|tx| {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let mut reach = Reach::of(ctx, tx, campaign)?;
        require_board(ctx, &reach, subject)?;
        let found = store::copies::pairs(tx, reach.campaign.id, least, MOST_PAIRS)?;
        let mut readable = HashMap::new();
        let mut pairs = Vec::new();
        let mut seen = 0;
        for pair in found {
            if pairs.len() == limit {
                break;
            }
            let sides = (
                side(tx, &mut reach, &mut readable, pair.before)?,
                side(tx, &mut reach, &mut readable, pair.after)?,
            );
            let (Some(a), Some(b)) = sides else { continue };
            seen += 1;
            if seen > from {
                let (a, b) = if is_turned(&a, &b) { (b, a) } else { (a, b) };
                let likeness = Likeness {
                    shared: pair.shared,
                    all: pair.all,
                };
                pairs.push(CopyPair { a, b, likeness });
            }
        }
        Ok(Duplicates {
            campaign: reach.campaign,
            pairs,
            waiting: store::indexing::how_many(tx)?,
        })
    })
}

/// A share from which pairs are kept.
pub(super) fn require_kept(least: u64) -> Result<()> {
    (super::LEAST_KEPT..=10_000)
        .contains(&least)
        .then_some(())
        .ok_or_else(|| Error::invalid("min", "mức giống nhau phải từ 0,5 đến 1"))
}

/// Somebody who sees the board of the campaign, or of a part of it.
pub(super) fn require_board(ctx: &Ctx, reach: &Reach, subject: Subject) -> Result<()> {
    let Subject::Campaign(whole) = subject else {
        return Err(Error::NotFound);
    };
    if ctx.may(Wish::ReadBoard, &subject) {
        return Ok(());
    }
    if reach.campaign.state == CampaignState::Preparing {
        return Err(Error::NotFound);
    }
    let part = reach.highest_part();
    ctx.require(
        Wish::ReadBoard,
        &Subject::Campaign(CampaignSubject { part, ..whole }),
    )
}

/// A report of a pair; `None` when the actor may not read it.
pub(super) fn side(
    tx: &mut dyn Tx,
    reach: &mut Reach,
    readable: &mut HashMap<AssignmentId, Option<CopySide>>,
    report: AssignmentId,
) -> Result<Option<CopySide>> {
    if let Some(known) = readable.get(&report) {
        return Ok(known.clone());
    }
    let NamedAssignment {
        assignment,
        unit_code,
        unit_name,
        ..
    } = store::work::named(tx, report)?;
    let side = reach.may_read(tx, &assignment)?.then_some(CopySide {
        report,
        code: unit_code,
        name: unit_name,
        sent_at: assignment.sent_at,
    });
    readable.insert(report, side.clone());
    Ok(side)
}

/// The pairs as API and command line give them.
#[derive(Debug, Clone, Serialize)]
pub struct DuplicatesJson {
    campaign: String,
    pairs: Vec<CopyPairJson>,
    /// Sent reports that are still to be looked at.
    waiting: i64,
}

/// One pair: codes and names of the units, numbers of the reports.
#[derive(Debug, Clone, Serialize)]
pub struct CopyPairJson {
    a: String,
    b: String,
    similarity: f64,
    a_name: String,
    b_name: String,
    a_report: AssignmentId,
    b_report: AssignmentId,
    shared: u64,
    all: u64,
}

impl From<Duplicates> for DuplicatesJson {
    fn from(found: Duplicates) -> DuplicatesJson {
        DuplicatesJson {
            campaign: found.campaign.short_id,
            pairs: found.pairs.into_iter().map(Into::into).collect(),
            waiting: found.waiting,
        }
    }
}

impl From<CopyPair> for CopyPairJson {
    fn from(pair: CopyPair) -> CopyPairJson {
        CopyPairJson {
            a: pair.a.code,
            b: pair.b.code,
            similarity: pair.likeness.share(),
            a_name: pair.a.name,
            b_name: pair.b.name,
            a_report: pair.a.report,
            b_report: pair.b.report,
            shared: pair.likeness.shared,
            all: pair.likeness.all,
        }
    }
}
