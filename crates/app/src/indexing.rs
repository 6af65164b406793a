//! Taking sent reports into search and the finding of copies, soon after they were sent.
//!
//! Sending only puts the revision into a queue, so that it is as quick on the last evening as on any other. The server
//! empties the queue every [`EVERY`]; commands that search empty it first. Nothing depends on it but what is found:
//! whether somebody may see a hit, and what it says, is decided from the reports themselves.

use crate::copies::LEAST_KEPT;
use crate::copies::arriving::{Sections, copied_sections, recounted};
use crate::copies::known::{Known, alone, samples_to_bytes};
use crate::ctx::{App, Ctx};
use crate::error::Result;
use analysis::shingles::Shingles;
use analysis::signature::Signature;
use domain::access::{Subject, Wish};
use domain::ids::{RevisionId, SectionId};
use domain::prose;
use std::collections::HashSet;
use std::time::Duration;
use store::copies::FoundPair;
use store::indexing::Waiting;
use store::search::Spot;
use store::section_copies::{Place, SectionCopy};
use store::{Db, Tx};

/// How often the server looks at the queue.
pub const EVERY: Duration = Duration::from_millis(400);
/// Reports taken in by one transaction: other writes wait for no more of them.
const AT_ONCE: i64 = 64;
/// The same when the queue is long, after an import: each transaction has its price.
const AT_ONCE_LONG: i64 = 1_024;
const LONG: i64 = 2_000;
/// The same while others write: on the last evening they come first.
const BESIDE_OTHERS: i64 = 8;
/// Writes of others since the last turn from which they count as being at it.
const MANY_WRITES: u64 = 16;
/// Reports like a new one that are compared with it word by word, the likeliest first.
const MOST_LIKE: usize = 64;

/// A report made ready to be taken in.
struct Ready {
    waiting: Waiting,
    /// `None` for a text without words.
    signature: Option<Signature>,
    /// Place of each section in the outline, and its folded words.
    words: Vec<(i64, String)>,
    pairs: Vec<FoundPair>,
    /// Of its sections, as they are stored.
    samples: Vec<u8>,
    copies: Vec<SectionCopy>,
    /// Sections, also of other reports, of which a part is common from now on.
    now_common: HashSet<Place>,
}

/// Takes in all that waits; `told` hears how many reports are still to come.
///
/// # Errors
/// What the store fails with.
pub fn catch_up(app: &App, told: &mut dyn FnMut(i64)) -> Result<u64> {
    let mut taken = 0;
    loop {
        let left = waiting(app)?;
        if left == 0 {
            return Ok(taken);
        }
        told(left);
        taken += some(app, if left > LONG { AT_ONCE_LONG } else { AT_ONCE })?;
    }
}

/// Watches over the turns of the server, which takes in what was sent beside everything else.
#[derive(Debug, Default)]
pub struct Turns {
    /// Writes of the store that are known of.
    writes: u64,
}

/// What a turn found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Nothing waits any more.
    pub is_done: bool,
    /// Others write much at this time: rest before the next turn.
    pub others_write: bool,
}

impl Turns {
    /// Takes in some of what waits, and only little while others write.
    ///
    /// # Errors
    /// What the store fails with.
    pub fn next(&mut self, app: &App) -> Result<Turn> {
        let writes = app.db.writes().map_or(0, |writes| writes.writes);
        let others_write = writes.saturating_sub(self.writes) > MANY_WRITES;
        let most = if others_write { BESIDE_OTHERS } else { AT_ONCE };
        let taken = some(app, most)?;
        // The turn is one write itself.
        self.writes = writes + u64::from(taken > 0);
        Ok(Turn {
            is_done: taken == 0,
            others_write,
        })
    }
}

/// How many sent reports wait to be taken in.
///
/// # Errors
/// What the store fails with.
pub fn waiting(app: &App) -> Result<i64> {
    Ok(app.db.read(|tx| store::indexing::how_many(tx))?)
}

/// Forgets what was taken in and puts every sent report into the queue; gives how many there are.
///
/// # Errors
/// Rights, or what the store fails with.
pub fn begin_anew(ctx: &Ctx) -> Result<u64> {
    ctx.require(Wish::Administer, &Subject::System)?;
    Ok(ctx.db().write(|tx| {
        store::indexing::clear(tx)?;
        store::indexing::queue_again(tx)
    })?)
}

/// Takes in some reports of one campaign; gives how many left the queue.
fn some(app: &App, most: i64) -> Result<u64> {
    let mut batch = app.db.read(|tx| store::indexing::waiting(tx, most))?;
    let Some(campaign) = batch.first().map(|waiting| waiting.campaign) else {
        return Ok(0);
    };
    batch.retain(|waiting| waiting.campaign == campaign);
    let slot = app.fingerprints.of(campaign);
    let mut known = alone(&slot);
    let done = take_in(&app.db, &mut known, batch);
    if !matches!(done, Ok(Some(_))) {
        // What was put into memory is not stored, or somebody else stored more: it is loaded again.
        *known = Known::default();
    }
    Ok(done?.unwrap_or(0))
}

/// `None` when another process took in reports of the campaign meanwhile.
fn take_in(db: &Db, known: &mut Known, batch: Vec<Waiting>) -> Result<Option<u64>> {
    let Some(campaign) = batch.first().map(|waiting| waiting.campaign) else {
        return Ok(Some(0));
    };
    let (count, seen, ready, recounted) = db.read(|tx| {
        known.follow(tx, campaign)?;
        let seen = known.newest;
        let sections = store::campaigns::sections(tx, campaign)?;
        let sections: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
        let ready = batch
            .iter()
            .map(|waiting| make_ready(tx, known, &sections, *waiting))
            .collect::<Result<Vec<Ready>>>()?;
        let now_common: HashSet<Place> = ready
            .iter()
            .flat_map(|report| report.now_common.iter().copied())
            .collect();
        let pending = ready
            .iter()
            .flat_map(|report| report.copies.iter().copied());
        let recounted = recounted(tx, known, &now_common, pending)?;
        Ok::<_, crate::Error>((batch.len() as u64, seen, ready, recounted))
    })?;
    let newest = db.write(move |tx| {
        if store::copies::newest_signature(tx, campaign)? != seen {
            return Ok(None);
        }
        let mut newest = seen;
        for report in &ready {
            newest = keep(tx, report)?.unwrap_or(newest);
        }
        for copy in &recounted {
            store::section_copies::keep(tx, campaign, copy)?;
        }
        Ok::<_, store::Error>(Some(newest))
    })?;
    Ok(newest.map(|newest| {
        known.newest = newest;
        count
    }))
}

/// Everything slow: reading, folding, fingerprint, comparing with those like it.
fn make_ready(
    tx: &mut dyn Tx,
    known: &mut Known,
    sections: &[SectionId],
    waiting: Waiting,
) -> Result<Ready> {
    let mut ready = Ready {
        waiting,
        signature: None,
        words: Vec::new(),
        pairs: Vec::new(),
        samples: Vec::new(),
        copies: Vec::new(),
        now_common: HashSet::new(),
    };
    if !waiting.counts {
        return Ok(ready);
    }
    let texts = texts(tx, waiting.revision)?;
    ready.signature = Signature::of(parts(&texts));
    for (section, text) in &texts {
        let place = sections.iter().position(|id| id == section);
        if let Some(place) = place.and_then(|place| i64::try_from(place).ok()) {
            ready.words.push((place, domain::search::folded(text)));
        }
    }
    if let Some(signature) = &ready.signature {
        let like = known.like(signature, LEAST_KEPT, MOST_LIKE);
        if !like.is_empty() {
            let shingles = Shingles::of(parts(&texts));
            ready.pairs = verified(tx, waiting, &shingles, &like)?;
        }
        let parts = texts.iter().map(|(id, text)| (*id, text.as_str()));
        let sections = Sections::of(parts);
        let report = (waiting.assignment, waiting.revision);
        ready.copies = copied_sections(tx, known, report, &sections)?;
        let samples = sections.samples();
        ready.samples = samples_to_bytes(&samples);
        ready.now_common = known.add(waiting.revision, waiting.assignment, signature, &samples);
    }
    Ok(ready)
}

/// The revisions that are as much alike as is kept, word by word.
fn verified(
    tx: &mut dyn Tx,
    waiting: Waiting,
    shingles: &Shingles,
    like: &[RevisionId],
) -> Result<Vec<FoundPair>> {
    let mut pairs = Vec::new();
    for (before, report) in store::copies::that_count(tx, like)? {
        if report == waiting.assignment {
            continue;
        }
        let other = texts(tx, before)?;
        let likeness = shingles.likeness(&Shingles::of(parts(&other)));
        if likeness.reaches(LEAST_KEPT) {
            pairs.push(FoundPair {
                before,
                after: waiting.revision,
                shared: likeness.shared,
                all: likeness.all,
            });
        }
    }
    Ok(pairs)
}

/// The words of a revision without markup.
fn texts(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<(SectionId, String)>> {
    let texts = store::indexing::texts(tx, revision)?;
    Ok(texts
        .into_iter()
        .map(|(section, text)| (section, prose::plain(&text)))
        .collect())
}

fn parts(texts: &[(SectionId, String)]) -> impl Iterator<Item = &str> {
    texts.iter().map(|(_, text)| text.as_str())
}

/// Stores what was made ready; gives the number of its fingerprint.
fn keep(tx: &mut dyn Tx, ready: &Ready) -> store::Result<Option<i64>> {
    let waiting = &ready.waiting;
    store::indexing::done(tx, waiting.revision)?;
    for (ord, words) in &ready.words {
        let spot = Spot {
            campaign: waiting.campaign,
            level: waiting.level,
            left: waiting.left,
            ord: *ord,
        };
        store::search::put(tx, spot, words)?;
    }
    let Some(signature) = ready.signature else {
        return Ok(None);
    };
    let (campaign, revision) = (waiting.campaign, waiting.revision);
    let bins = signature.to_bytes();
    let number = store::copies::add_signature(tx, campaign, revision, &bins, &ready.samples)?;
    for pair in &ready.pairs {
        store::copies::add_pair(tx, campaign, pair)?;
    }
    for copy in &ready.copies {
        store::section_copies::keep(tx, campaign, copy)?;
    }
    Ok(Some(number))
}
