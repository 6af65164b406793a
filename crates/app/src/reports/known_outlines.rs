//! Outlines in memory: what an issued campaign asks for never changes again, so it is read from the store once.

use super::content::Outline;
use crate::error::Result;
use domain::campaign::{Campaign, CampaignState};
use domain::ids::CampaignId;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Tx;

/// Most outlines that are kept; then all are read again.
const MOST_KEPT: usize = 64;

/// A campaign and the moment of its issue: one whose issue was undone by a failing disk may be issued anew.
type Key = (CampaignId, Option<Timestamp>);

/// The outlines of one process.
#[derive(Default)]
pub(crate) struct KnownOutlines(Mutex<HashMap<Key, Arc<Outline>>>);

impl KnownOutlines {
    /// The outline of a campaign; of one in preparation as it stands now.
    pub(crate) fn of(&self, tx: &mut dyn Tx, campaign: &Campaign) -> Result<Arc<Outline>> {
        if campaign.state == CampaignState::Preparing {
            return Ok(Arc::new(Outline::load(tx, campaign)?));
        }
        let key = (campaign.id, campaign.issued_at);
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outline) = kept().get(&key) {
            return Ok(Arc::clone(outline));
        }
        let outline = Arc::new(Outline::load(tx, campaign)?);
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&outline));
        Ok(outline)
    }
}
