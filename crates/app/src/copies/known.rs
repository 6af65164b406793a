//! The fingerprints of a campaign in memory, loaded once and followed: where a new text finds those like it, and those
//! that have one of its sections.

use crate::error::Result;
use analysis::index::Index;
use analysis::runs::{Runs, Sample};
use analysis::section_index::SectionIndex;
use analysis::signature::Signature;
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId};
use domain::prose;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Tx;
use store::copies::StoredSignature;
use store::section_copies::Place;

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
    sections: SectionIndex,
    /// By number in the index of sections.
    places: Vec<Place>,
    /// What plan and outline say is in the index of sections.
    is_begun: bool,
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
        if !self.is_begun {
            self.begin(tx, campaign)?;
        }
        store::copies::each_signature(tx, campaign, self.newest, &mut |stored| {
            self.add_stored(&stored);
            self.newest = stored.number;
            Ok(())
        })?;
        Ok(())
    }

    /// The words of the plan and of the outline stand in every report that keeps to them.
    fn begin(&mut self, tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
        for section in store::campaigns::sections(tx, campaign)? {
            let guidance = prose::plain(&section.guidance);
            self.sections.insert_common(&Runs::of(&guidance));
        }
        if let Some(plan) = store::campaigns::by_id(tx, campaign)?.plan {
            let text = store::plans::by_id(tx, plan)?.document.text();
            self.sections.insert_common(&Runs::of(&text));
        }
        self.is_begun = true;
        Ok(())
    }

    fn add_stored(&mut self, stored: &StoredSignature) {
        if let Some(signature) = Signature::from_bytes(&stored.bins) {
            let samples = samples_from_bytes(&stored.samples);
            self.add(stored.revision, stored.report, &signature, &samples);
        }
    }

    /// Adds a text; gives the sections of which a part is common from now on.
    pub(crate) fn add(
        &mut self,
        revision: RevisionId,
        report: AssignmentId,
        signature: &Signature,
        samples: &[(SectionId, Sample)],
    ) -> HashSet<Place> {
        self.index.insert(signature);
        self.revisions.push(revision);
        let mut now_common = HashSet::new();
        for (section, sample) in samples {
            self.places.push((revision, *section));
            let found = self.sections.insert(report.0, sample);
            now_common.extend(found.into_iter().map(|number| self.places[number]));
        }
        now_common
    }

    /// The sections that have a part of the text, those with most of it first. Some may not count any more, some only
    /// share a phrase.
    pub(crate) fn sections_like(&self, text: &Runs) -> Vec<Place> {
        let found = self.sections.like(text);
        found
            .into_iter()
            .map(|hit| self.places[hit.section])
            .collect()
    }

    /// The blocks of a text that everybody has.
    pub(crate) fn common_blocks(&self, text: &Runs) -> HashSet<usize> {
        self.sections.common_blocks(text)
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

/// Bytes before the runs of a section: its id, and how many runs follow.
const HEAD: usize = 10;

/// The samples of a text as they are stored.
pub(crate) fn samples_to_bytes(samples: &[(SectionId, Sample)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (section, sample) in samples {
        let runs = sample.to_bytes();
        bytes.extend(section.0.to_le_bytes());
        bytes.extend((runs.len() as u16).to_le_bytes());
        bytes.extend(&runs[..usize::from(runs.len() as u16)]);
    }
    bytes
}

/// What was stored; what does not read any more is left out.
fn samples_from_bytes(mut bytes: &[u8]) -> Vec<(SectionId, Sample)> {
    let mut samples = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(HEAD) {
        let mut id = [0; 8];
        id.copy_from_slice(&head[..8]);
        let length = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let Some((runs, rest)) = rest.split_at_checked(length) else {
            break;
        };
        samples.push((SectionId(i64::from_le_bytes(id)), Sample::from_bytes(runs)));
        bytes = rest;
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_samples_read_back_and_half_of_one_is_left_out() {
        let text = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai";
        let samples = vec![
            (SectionId(7), Runs::of(text).sample()),
            (SectionId(-1), Sample::default()),
            (SectionId(1 << 40), Runs::of(&text[4..]).sample()),
        ];
        let bytes = samples_to_bytes(&samples);
        assert_eq!(samples_from_bytes(&bytes), samples);
        assert_eq!(samples_from_bytes(&bytes[..bytes.len() - 1]), samples[..2]);
    }
}
