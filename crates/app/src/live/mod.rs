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
mod recount;
mod tree;
mod waits;

pub use counts::Counts;
pub(crate) use counts::{is_official, is_received};
pub use delays::{DelayOrder, DelayWish, Delayed, Reckoning};
pub use oldest::Since;
pub use outlook::Ranked;
pub use recount::{Differing, Kept, Recount};
pub use tree::{LiveTree, Node, Sums, UnitNode, counted};
pub use waits::{Queue, Wait, Waits};

use crate::error::Result;
use domain::campaign::Campaign;
use domain::event::EventKind;
use domain::ids::{AssignmentId, CampaignId, EventId};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::live::Change;
use store::{Db, Tx};

/// Units of all loaded campaigns together; ten national campaigns. Each takes about one kilobyte.
const MOST_UNITS: usize = 540_000;

/// The live campaigns of one process. Empty at first; a campaign is loaded when it is first asked for, and goes again
/// when others need the room and nobody has asked for it for the longest time.
pub struct Live {
    campaigns: Mutex<HashMap<CampaignId, Arc<Slot>>>,
    /// How many questions were asked.
    questions: AtomicU64,
    most_units: usize,
}

impl Default for Live {
    fn default() -> Live {
        Live::with_room(MOST_UNITS)
    }
}

/// The place of one campaign.
#[derive(Default)]
struct Slot {
    live: RwLock<Option<LiveCampaign>>,
    /// The number of the last question about it.
    asked: AtomicU64,
}

/// One loaded campaign and how far it has followed the events.
#[derive(Clone)]
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
        let question = self.questions.fetch_add(1, Ordering::Relaxed);
        slot.asked.store(question, Ordering::Relaxed);
        {
            let loaded = slot.live.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(live) = loaded.as_ref()
                && db.read(|tx| live.news(tx, campaign.id))?.is_empty()
                && live.tree.fits(now)
            {
                return Ok(answer(&live.tree));
            }
        }
        let mut loaded = slot.live.write().unwrap_or_else(PoisonError::into_inner);
        if loaded.is_none() {
            self.make_room(campaign.id);
        }
        let known = loaded.take();
        let fresh = db.read(|tx| match known {
            Some(live) => live.follow(tx, campaign, now),
            None => load::load(tx, campaign, now),
        })?;
        let live = loaded.insert(fresh);
        live.tree.move_clock(now);
        Ok(answer(&live.tree))
    }

    /// What is kept of a campaign at this moment, when it is loaded.
    fn copy(&self, campaign: CampaignId) -> Option<LiveCampaign> {
        let slot = self.slot(campaign);
        let loaded = slot.live.read().unwrap_or_else(PoisonError::into_inner);
        loaded.clone()
    }

    /// Lets the next question load the campaign anew.
    fn forget(&self, campaign: CampaignId) {
        let slot = self.slot(campaign);
        *slot.live.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// As the default, with room for so many units.
    pub fn with_room(most_units: usize) -> Live {
        Live {
            campaigns: Mutex::default(),
            questions: AtomicU64::new(0),
            most_units,
        }
    }

    /// How many campaigns are in memory.
    pub fn loaded(&self) -> usize {
        let campaigns = self.campaigns.lock();
        let campaigns = campaigns.unwrap_or_else(PoisonError::into_inner);
        let slots = campaigns.values();
        slots.filter(|slot| slot.units().is_some()).count()
    }

    /// Lets the campaigns go that nobody has asked for the longest, until those that stay leave room for one more.
    fn make_room(&self, wanted: CampaignId) {
        let campaigns = self.campaigns.lock();
        let campaigns = campaigns.unwrap_or_else(PoisonError::into_inner);
        // One that is being loaded or asked right now counts as not there and is left alone.
        let mut kept: Vec<(u64, usize, &Slot)> = campaigns
            .iter()
            .filter(|(campaign, _)| **campaign != wanted)
            .filter_map(|(_, slot)| {
                let asked = slot.asked.load(Ordering::Relaxed);
                Some((asked, slot.units()?, slot.as_ref()))
            })
            .collect();
        kept.sort_unstable_by_key(|(asked, ..)| Reverse(*asked));
        let mut units = 0;
        for (_, size, slot) in kept {
            units += size;
            if units >= self.most_units
                && let Ok(mut live) = slot.live.try_write()
            {
                *live = None;
            }
        }
    }

    fn slot(&self, campaign: CampaignId) -> Arc<Slot> {
        let mut campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        campaigns.entry(campaign).or_default().clone()
    }
}

impl Slot {
    /// The units of the campaign when it is in memory and nobody is changing it.
    fn units(&self) -> Option<usize> {
        let live = self.live.try_read().ok()?;
        live.as_ref().map(|live| live.tree.nodes().len())
    }
}

impl LiveCampaign {
    /// The events that are not taken in yet.
    fn news(&self, tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<Change>> {
        let after = store::live::look_again_from(tx.engine(), self.newest);
        let mut changes = store::live::changes(tx, campaign, after)?;
        changes.retain(|change| !self.recent.contains(&change.event));
        Ok(changes)
    }

    /// Takes in what happened since; given back as new, so that a failure leaves nothing half-changed behind.
    fn follow(
        mut self,
        tx: &mut dyn Tx,
        campaign: &Campaign,
        now: Timestamp,
    ) -> Result<LiveCampaign> {
        let changes = self.news(tx, campaign.id)?;
        match work_of(&changes) {
            Work::Nothing => {}
            Work::Reports(ids) => load::refresh(tx, &mut self.tree, Some(&ids), campaign.id)?,
            Work::AllStandings => load::refresh(tx, &mut self.tree, None, campaign.id)?,
            Work::Everything => return load::load(tx, campaign, now),
        }
        self.recent
            .extend(changes.iter().map(|change| change.event));
        if let Some(newest) = self.recent.last() {
            self.newest = self.newest.max(*newest);
        }
        let floor = store::live::look_again_from(tx.engine(), self.newest);
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
                    | EventKind::UnitsReorganised
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
            | EventKind::DecisionEntered
            | EventKind::DecisionDiscarded
            | EventKind::OutlineChanged
            | EventKind::SectionSaved
            | EventKind::SectionConflict
            | EventKind::FiguresSaved
            | EventKind::FigureCorrected
            | EventKind::FiguresRecounted
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
