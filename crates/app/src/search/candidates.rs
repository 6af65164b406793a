//! Sections that may answer a search, in order, from where the last window ended.

use super::Ask;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Reach;
use domain::campaign::Section;
use domain::ids::CampaignId;
use domain::org::Interval;
use domain::search::{Hit, Query};
use std::collections::HashMap;
use store::Tx;
use store::search::{Spot, Stored, Stretch};

/// Rows of the index asked for at once.
const AT_ONCE: usize = 256;
/// Rows of the index looked at for one window when they lie in sections that are not asked for, and what reading the
/// text of a row counts as: some of those may be hidden.
const MOST_ROWS: usize = 40_000;
const READING: usize = 20;
/// A section that answers.
pub(super) struct Answer {
    pub spot: Spot,
    pub section: Section,
    pub stored: Stored,
    /// The text without markup, which `hit` is about.
    pub text: String,
    pub hit: Hit,
}

/// Where a search goes on: which way of asking, and behind which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// 0 for all words in a row, 1 for the words apart.
    pub way: usize,
    pub behind: Option<Spot>,
}

impl Cursor {
    pub(super) fn read(words: Option<&str>) -> Cursor {
        let read = |words: &str| {
            let (way, row) = words.split_once('-')?;
            let way = way.parse().ok().filter(|way| *way <= Cursor::APART.way)?;
            let behind = match row {
                "" => None,
                row => Some(Spot::from_row(row.parse().ok()?)),
            };
            Some(Cursor { way, behind })
        };
        words.and_then(read).unwrap_or(Cursor {
            way: 0,
            behind: None,
        })
    }

    pub(super) fn write(&self) -> String {
        let behind = self.behind.map(|spot| spot.row().to_string());
        format!("{}-{}", self.way, behind.unwrap_or_default())
    }

    /// The beginning of the second way.
    pub(super) const APART: Cursor = Cursor {
        way: 1,
        behind: None,
    };
}

/// The part of everything that a search goes through.
pub(super) struct Field {
    pub query: Query,
    /// By way of asking.
    ways: Vec<Vec<Vec<String>>>,
    campaigns: HashMap<CampaignId, Part>,
    /// In order.
    stretches: Vec<Stretch>,
}

/// One campaign of it.
struct Part {
    reach: Reach,
    sections: Vec<Section>,
}

impl Field {
    pub(super) fn of(ctx: &Ctx, tx: &mut dyn Tx, ask: &Ask) -> Result<Field> {
        let query = ask.query();
        let mut field = Field {
            ways: std::iter::once(query.as_phrases())
                .chain(query.as_words())
                .collect(),
            query,
            campaigns: HashMap::new(),
            stretches: Vec::new(),
        };
        if field.query.is_empty() {
            return Ok(field);
        }
        let mut campaigns = store::campaigns::list(tx)?;
        campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.id));
        for campaign in campaigns {
            if ask
                .campaign
                .as_ref()
                .is_some_and(|wanted| *wanted != campaign.short_id)
            {
                continue;
            }
            let reach = Reach::of(ctx, tx, campaign)?;
            let stretches = stretches(tx, &reach, ask)?;
            if stretches.is_empty() {
                continue;
            }
            let mut sections = store::campaigns::sections(tx, reach.campaign.id)?;
            if let Some(number) = &ask.section {
                for section in &mut sections {
                    // Its place stays, so that the others keep theirs.
                    if section.number != *number {
                        section.number.clear();
                    }
                }
            }
            field.stretches.extend(stretches);
            field
                .campaigns
                .insert(reach.campaign.id, Part { reach, sections });
        }
        Ok(field)
    }

    pub(super) fn reaches(&mut self) -> impl Iterator<Item = (&mut Reach, &[Section])> {
        let mut parts: Vec<&mut Part> = self.campaigns.values_mut().collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.reach.campaign.id));
        parts
            .into_iter()
            .map(|part| (&mut part.reach, part.sections.as_slice()))
    }

    /// Whether the words can be looked for apart.
    pub(super) fn can_fall_apart(&self) -> bool {
        self.ways.len() > 1
    }

    pub(super) fn campaign(&self, id: CampaignId) -> Option<&domain::campaign::Campaign> {
        self.campaigns.get(&id).map(|part| &part.reach.campaign)
    }

    /// Shows the sections that answer to `take`, in order from the cursor on, until it wants no more or the field is
    /// gone through in one way of asking. Gives where to go on; `None` at the end.
    pub(super) fn walk(
        &mut self,
        tx: &mut dyn Tx,
        from: Cursor,
        take: &mut dyn FnMut(Answer) -> Result<bool>,
    ) -> Result<Option<Cursor>> {
        let mut rows = 0;
        let way = from.way;
        let Some(phrases) = self.ways.get(way).cloned() else {
            return Ok(None);
        };
        let mut behind = from.behind;
        for stretch in self.stretches.clone() {
            let Some(mut rest) = stretch.behind(behind) else {
                continue;
            };
            loop {
                let spots = store::search::find(tx, &phrases, &rest, AT_ONCE as i64)?;
                for spot in &spots {
                    behind = Some(*spot);
                    let Some(section) = self.section(*spot) else {
                        rows += 1;
                        continue;
                    };
                    rows += READING;
                    let goes_on = match self.answer(tx, way, *spot, section)? {
                        Some(answer) => take(answer)?,
                        None => true,
                    };
                    if !goes_on || rows >= MOST_ROWS {
                        return Ok(Some(Cursor { way, behind }));
                    }
                }
                if rows >= MOST_ROWS {
                    return Ok(Some(Cursor { way, behind }));
                }
                match rest.behind(behind) {
                    Some(next) if spots.len() == AT_ONCE => rest = next,
                    _ => break,
                }
            }
        }
        Ok(None)
    }

    /// The section of a row, when it is one that is asked for.
    fn section(&self, spot: Spot) -> Option<Section> {
        let part = self.campaigns.get(&spot.campaign)?;
        let section = part.sections.get(usize::try_from(spot.ord).ok()?);
        section
            .filter(|section| !section.number.is_empty())
            .cloned()
    }

    /// What stands at a row now, if it answers and may be read.
    fn answer(
        &mut self,
        tx: &mut dyn Tx,
        way: usize,
        spot: Spot,
        section: Section,
    ) -> Result<Option<Answer>> {
        let Some(part) = self.campaigns.get_mut(&spot.campaign) else {
            return Ok(None);
        };
        let tree = part.reach.campaign.tree;
        let Some(stored) = store::search::at(tx, tree, spot, section.id)? else {
            return Ok(None);
        };
        if !part.reach.may_read(tx, &stored.assignment)? {
            return Ok(None);
        }
        let text = domain::prose::plain(&stored.text);
        let found = Hit::find(&self.query, &text);
        // What stands in a row is shown on the first way, everything else on the second.
        let hit = found.filter(|hit| hit.is_phrase == (way == 0));
        Ok(hit.map(|hit| Answer {
            spot,
            section,
            stored,
            text,
            hit,
        }))
    }
}

/// The rows of a campaign outside of which nothing is wanted or may be read.
fn stretches(tx: &mut dyn Tx, reach: &Reach, ask: &Ask) -> Result<Vec<Stretch>> {
    let campaign = reach.campaign.id;
    let mut parts = reach.intervals(tx)?;
    let wanted = match &ask.unit {
        Some(code) => match store::units::by_code(tx, reach.campaign.tree, code)? {
            Some(unit) => Some(unit),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    // Below a root stands everything.
    if let Some(unit) = wanted.filter(|unit| unit.parent.is_some()) {
        parts.retain_mut(|part| {
            part.left = part.left.max(unit.interval.left);
            part.right = part.right.min(unit.interval.right);
            part.left <= part.right
        });
    }
    let is_all = |part: &Interval| part.left == 0 && part.right == i64::MAX;
    if ask.level.is_none() && parts.iter().any(is_all) {
        return Ok(vec![Stretch::campaign(campaign)]);
    }
    // Each stretch costs a search of its own, so levels that do not occur are left out.
    let mut stretches = Vec::new();
    for part in parts {
        let levels = match ask.level {
            Some(level) => vec![i64::from(level)],
            None => store::units::levels_within(tx, reach.campaign.tree, part)?,
        };
        let each = levels.into_iter();
        stretches.extend(each.map(|level| Stretch::level(campaign, level, part)));
    }
    stretches.sort_unstable_by_key(|stretch| stretch.first);
    Ok(stretches)
}
