//! The fingerprints of a campaign in memory, loaded once and followed: where a new text finds those like it.

use crate::error::Result;
use analysis::index::Index;
use analysis::signature::Signature;
use domain::ids::{CampaignId, RevisionId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Tx;

/// The campaigns of one process; each is loaded when it is first asked for.
#[derive(Default)]
pub(crate) struct Fingerprints {
    campaigns: Mutex<HashMap<CampaignId, Arc<Mutex<Known>>>>,
}

/// The fingerprints of one campaign.
#[derive(Default)]
pub(crate) struct Known {
    index: Index,
    /// By number in the index.
    revisions: Vec<RevisionId>,
    /// The newest stored fingerprint that is in the index.
    pub newest: i64,
}

impl Fingerprints {
    pub(crate) fn of(&self, campaign: CampaignId) -> Arc<Mutex<Known>> {
        let mut campaigns = self
            .campaigns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        campaigns.entry(campaign).or_default().clone()
    }
}

/// The fingerprints of a campaign, and nobody else's for so long.
pub(crate) fn alone(slot: &Mutex<Known>) -> MutexGuard<'_, Known> {
    slot.lock().unwrap_or_else(|poisoned| {
        let mut guard = poisoned.into_inner();
        *guard = Known::default();
        guard
    })
}

impl Known {
    /// Takes in what was stored since.
    pub(crate) fn follow(&mut self, tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
        if store::copies::newest_signature(tx, campaign)? < self.newest {
            *self = Known::default();
        }
        store::copies::each_signature(tx, campaign, self.newest, &mut |number, revision, bins| {
            if let Some(signature) = Signature::from_bytes(&bins) {
                self.add(revision, &signature);
            }
            self.newest = number;
            Ok(())
        })?;
        Ok(())
    }

    pub(crate) fn add(&mut self, revision: RevisionId, signature: &Signature) {
        self.index.insert(signature);
        self.revisions.push(revision);
    }

    /// The revisions whose text is likely to share `least` of 10,000 runs with one of this signature, the likeliest
    /// first, at most `most`. Some may not count any more.
    pub(crate) fn like(&self, signature: &Signature, least: u64, most: usize) -> Vec<RevisionId> {
        let found = self.index.like(signature, least);
        found
            .into_iter()
            .take(most)
            .map(|number| self.revisions[number])
            .collect()
    }
}
