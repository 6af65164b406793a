//! Live boards and totals: one tree per campaign in memory, loaded once and kept fresh by following the events.
//!
//! Before each answer the events since the last one are looked up (one index seek); the assignments they name are
//! loaded again and their difference is carried up the tree. So it works across processes, and an answer is never
//! older than its question.

mod counts;
mod delays;
mod load;
mod oldest;
mod outlook;
mod tree;
mod waits;

pub use counts::Counts;
pub(crate) use counts::{is_official, is_received};
pub use delays::{DelayOrder, DelayWish, Delayed, Reckoning};
pub use oldest::Since;
pub use outlook::Ranked;
pub use tree::{LiveTree, Node, Sums, UnitNode, counted};
pub use waits::{Queue, Wait, Waits};

use crate::error::Result;
use domain::campaign::Campaign;
use domain::event::EventKind;
use domain::ids::{AssignmentId, CampaignId, EventId};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::Db;
use store::live::Change;

/// The live campaigns of one process. Empty at first; a campaign is loaded when it is first asked for.
#[derive(Default)]
pub struct Live {
    campaigns: Mutex<HashMap<CampaignId, Arc<RwLock<Option<LiveCampaign>>>>>,
}

/// One loaded campaign and how far it has followed the events.
struct LiveCampaign {
    tree: LiveTree,
    /// The newest event taken in.
    newest: EventId,
    /// The events taken in that [`store::live::changes`] will show again, because overlapping transactions may still add to them.
    recent: BTreeSet<EventId>,
}

/// What a set of events asks for.
#[derive(Debug, PartialEq, Eq)]
enum Work {
    Nothing,
    /// These reports changed.
    Reports(BTreeSet<AssignmentId>),
    /// Any assignment may have changed, or appeared, or gone.
    AllStandings,
    /// Units or indicators changed.
    Everything,
}

impl Live {
    /// Answers from the campaign as it stands now.
    ///
    /// # Errors
    /// What the store fails with. Must not be called inside a read or write of the store.
    pub fn with<R>(
        &self,
        db: &Db,
        campaign: &Campaign,
        now: Timestamp,
        answer: impl FnOnce(&LiveTree) -> R,
    ) -> Result<R> {
        let slot = self.slot(campaign.id);
        {
            let loaded = slot.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(live) = loaded.as_ref()
                && live.news(db, campaign.id)?.is_empty()
                && live.tree.fits(now)
            {
                return Ok(answer(&live.tree));
            }
        }
        let mut loaded = slot.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = match loaded.take() {
            Some(live) => live.follow(db, campaign, now)?,
            None => load::load(db, campaign, now)?,
        };
        let live = loaded.insert(fresh);
        live.tree.move_clock(now);
        Ok(answer(&live.tree))
    }

    fn slot(&self, campaign: CampaignId) -> Arc<RwLock<Option<LiveCampaign>>> {
        let mut campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        campaigns.entry(campaign).or_default().clone()
    }
}

impl LiveCampaign {
    /// The events that are not taken in yet.
    fn news(&self, db: &Db, campaign: CampaignId) -> Result<Vec<Change>> {
        let after = store::live::look_again_from(db.engine(), self.newest);
        let mut changes = db.read(|tx| store::live::changes(tx, campaign, after))?;
        changes.retain(|change| !self.recent.contains(&change.event));
        Ok(changes)
    }

    /// Takes in what happened since; given back as new, so that a failure leaves nothing half-changed behind.
    fn follow(mut self, db: &Db, campaign: &Campaign, now: Timestamp) -> Result<LiveCampaign> {
        let changes = self.news(db, campaign.id)?;
        match work_of(&changes) {
            Work::Nothing => {}
            Work::Reports(ids) => load::refresh(db, &mut self.tree, Some(&ids), campaign.id)?,
            Work::AllStandings => load::refresh(db, &mut self.tree, None, campaign.id)?,
            Work::Everything => return load::load(db, campaign, now),
        }
        self.recent
            .extend(changes.iter().map(|change| change.event));
        if let Some(newest) = self.recent.last() {
            self.newest = self.newest.max(*newest);
        }
        let floor = store::live::look_again_from(db.engine(), self.newest);
        self.recent = self.recent.split_off(&EventId(floor.0 + 1));
        Ok(self)
    }
}

fn work_of(changes: &[Change]) -> Work {
    let mut reports = BTreeSet::new();
    let mut all = false;
    for change in changes {
        match (change.kind, change.assignment) {
            (Some(kind), _) if leaves_the_board(kind) => {}
            (_, Some(assignment)) => {
                reports.insert(assignment);
            }
            (
                Some(
                    EventKind::UnitsImported
                    | EventKind::UnitChanged
                    | EventKind::IndicatorsChanged
                    | EventKind::CampaignOpened
                    | EventKind::CampaignIssued
                    | EventKind::CampaignImported,
                )
                | None,
                None,
            ) => return Work::Everything,
            (Some(_), None) => all = true,
        }
    }
    match (all, reports.is_empty()) {
        (true, _) => Work::AllStandings,
        (false, true) => Work::Nothing,
        (false, false) => Work::Reports(reports),
    }
}

/// Kinds that change nothing a board shows: what happens inside a draft, and mail.
fn leaves_the_board(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::SignedIn
            | EventKind::AccountsChanged
            | EventKind::OutlineChanged
            | EventKind::SectionSaved
            | EventKind::SectionConflict
            | EventKind::FiguresSaved
            | EventKind::FigureCorrected
            | EventKind::PassageInserted
            | EventKind::AttachmentAdded
            | EventKind::AttachmentRemoved
            | EventKind::AdoptionFailed
            | EventKind::Reminded
            | EventKind::LetterDrafted
            | EventKind::MailSent
            | EventKind::MailFailed
            | EventKind::ClockMoved
    )
}
