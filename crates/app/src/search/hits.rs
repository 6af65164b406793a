//! What is found, one section a hit, the best of a window first.

use super::candidates::{Answer, Cursor, Field};
use super::{Ask, WINDOW};
use crate::ctx::Ctx;
use crate::error::Result;
use domain::campaign::Section;
use domain::ids::{AssignmentId, SectionId};
use domain::prose;
use domain::search::{Excerpt, Hit as TextHit};
use std::cmp::Reverse;
use store::Tx;

/// Sections that fill a page.
const ENOUGH: usize = 20;
/// Drafts that are looked through for one search.
const MOST_DRAFTS: i64 = 40;

/// A section in which everything stands that was asked for.
#[derive(Debug, Clone)]
pub struct Hit {
    pub report: AssignmentId,
    pub campaign: String,
    pub campaign_name: String,
    pub unit_code: String,
    pub unit_name: String,
    pub level: u8,
    pub section: SectionId,
    pub section_number: String,
    pub section_title: String,
    /// It stands in a draft of the reader's own unit.
    pub is_draft: bool,
    /// With the very marks that were typed.
    pub is_exact: bool,
    /// All words in a row.
    pub is_phrase: bool,
    pub times: usize,
    pub excerpt: Excerpt,
}

/// One window of hits.
#[derive(Debug, Clone)]
pub struct Found {
    /// Own drafts first, then the best first.
    pub hits: Vec<Hit>,
    /// Where the next window begins; `None` when this is the last.
    pub next: Option<String>,
    /// Sent reports that search has not taken in yet.
    pub waiting: i64,
}

/// Searches the texts of reports: what was sent and may be read, and the drafts of the reader's own units.
///
/// # Errors
/// What the store fails with.
pub fn search(ctx: &Ctx, ask: &Ask) -> Result<Found> {
    ctx.db().read(|tx| {
        let mut field = Field::of(ctx, tx, ask)?;
        let mut hits = Vec::new();
        if ask.after.is_none() {
            drafts(tx, &mut field, ask, &mut hits)?;
        }
        let from = Cursor::read(ask.after.as_deref());
        let mut answers = Vec::new();
        let mut take = |answer| {
            answers.push(answer);
            Ok(answers.len() < WINDOW)
        };
        let mut next = field.walk(tx, from, &mut take)?;
        // The words apart are looked for where the words in a row do not fill a page.
        if next.is_none() && from.way == 0 && field.can_fall_apart() {
            next = Some(Cursor::APART);
            if answers.len() < ENOUGH {
                next = field.walk(tx, Cursor::APART, &mut |answer| {
                    answers.push(answer);
                    Ok(answers.len() < WINDOW)
                })?;
            }
        }
        let query = field.query.clone();
        answers.sort_by_cached_key(|answer| rank(&query, answer));
        for answer in answers {
            hits.extend(hit_of(&field, answer));
        }
        Ok(Found {
            hits,
            next: next.map(|cursor| cursor.write()),
            waiting: store::indexing::how_many(tx)?,
        })
    })
}

/// The order within a window: the very marks first, then all words in a row, then sections whose title says it, then
/// where it stands more often for the length of the text, then the order of the index.
type Rank = (
    Reverse<bool>,
    Reverse<bool>,
    Reverse<bool>,
    Reverse<usize>,
    i64,
);

fn rank(query: &domain::search::Query, answer: &Answer) -> Rank {
    let hit = &answer.hit;
    let in_title = TextHit::find(query, &answer.section.title).is_some();
    // In steps, so that a few words more or less do not turn the order of the tree about.
    let dense = (hit.times.min(8) * 1_000 / hit.length.max(100)).min(20) / 5;
    (
        Reverse(hit.is_exact),
        Reverse(hit.is_phrase),
        Reverse(in_title),
        Reverse(dense),
        answer.spot.row(),
    )
}

/// What a reader sees of an answer.
pub(super) fn hit_of(field: &Field, answer: Answer) -> Option<Hit> {
    let campaign = field.campaign(answer.spot.campaign)?;
    Some(Hit {
        report: answer.stored.assignment.id,
        campaign: campaign.short_id.clone(),
        campaign_name: campaign.name.clone(),
        unit_code: answer.stored.unit_code,
        unit_name: answer.stored.unit_name,
        level: u8::try_from(answer.stored.level).unwrap_or(u8::MAX),
        section: answer.section.id,
        section_number: answer.section.number,
        section_title: answer.section.title,
        is_draft: false,
        is_exact: answer.hit.is_exact,
        is_phrase: answer.hit.is_phrase,
        times: answer.hit.times,
        excerpt: Excerpt::of(&answer.text, &answer.hit),
    })
}

/// The drafts of the reader's own units are few: they are looked through as they stand.
fn drafts(tx: &mut dyn Tx, field: &mut Field, ask: &Ask, hits: &mut Vec<Hit>) -> Result<()> {
    let query = field.query.clone();
    for (reach, sections) in field.reaches() {
        let own = reach.own_units();
        for (id, revision) in store::search::drafts(tx, reach.campaign.id, &own, MOST_DRAFTS)? {
            let report = store::work::named(tx, id)?;
            let unit = store::units::by_id(tx, report.assignment.terms.unit)?;
            let level = unit.seed.level;
            if !reach.may_read(tx, &report.assignment)?
                || ask.level.is_some_and(|wanted| wanted != level)
                || !is_within(tx, ask, &unit)?
            {
                continue;
            }
            for stored in store::sections::texts(tx, revision)? {
                let text = prose::plain(&stored.text);
                let is_wanted =
                    |section: &&Section| section.id == stored.section && !section.number.is_empty();
                let section = sections.iter().find(is_wanted);
                let (Some(section), Some(found)) = (section, TextHit::find(&query, &text)) else {
                    continue;
                };
                hits.push(Hit {
                    report: id,
                    campaign: report.campaign_short_id.clone(),
                    campaign_name: report.campaign_name.clone(),
                    unit_code: report.unit_code.clone(),
                    unit_name: report.unit_name.clone(),
                    level,
                    section: section.id,
                    section_number: section.number.clone(),
                    section_title: section.title.clone(),
                    is_draft: true,
                    is_exact: found.is_exact,
                    is_phrase: found.is_phrase,
                    times: found.times,
                    excerpt: Excerpt::of(&text, &found),
                });
            }
        }
    }
    Ok(())
}

/// The unit is the one that is asked for, or below it.
fn is_within(tx: &mut dyn Tx, ask: &Ask, unit: &domain::org::Unit) -> Result<bool> {
    let Some(code) = &ask.unit else {
        return Ok(true);
    };
    let wanted = store::units::by_code(tx, unit.tree, code)?;
    Ok(wanted.is_some_and(|wanted| wanted.contains(unit)))
}
