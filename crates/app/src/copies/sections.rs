//! The reports of a campaign of which one has sections of the other, for those who may read both.

use super::list::{CopySide, MOST_PAIRS, is_turned, require_board, side};
use crate::ctx::{Ctx, load_campaign};
use crate::error::Result;
use crate::reach::Reach;
use domain::campaign::{Campaign, Section};
use domain::ids::{AssignmentId, SectionId};
use serde::Serialize;
use std::collections::HashMap;
use store::section_copies::SectionCopy;

/// Two reports of which one has sections of the other, the one that was sent first at the front.
#[derive(Debug, Clone)]
pub struct SectionPair {
    pub a: CopySide,
    pub b: CopySide,
    /// In the order of the outline.
    pub sections: Vec<CopiedSection>,
}

impl SectionPair {
    /// How many words were copied in all.
    pub fn words(&self) -> u64 {
        self.sections.iter().map(|section| section.words).sum()
    }
}

/// A section of which a part stands in a section of the other.
#[derive(Debug, Clone)]
pub struct CopiedSection {
    pub id: SectionId,
    /// Numbers of the section in the first, and in the second.
    pub a: String,
    pub b: String,
    /// Words that both have in runs of eight.
    pub words: u64,
    /// Words of the shorter of both.
    pub total: u64,
}

/// The pairs of a campaign, those with most copied words first.
#[derive(Debug, Clone)]
pub struct SectionCopies {
    pub campaign: Campaign,
    pub pairs: Vec<SectionPair>,
    /// Sent reports that are still to be looked at.
    pub waiting: i64,
}

/// The pairs of reports with copied sections that do not share `whole` of 10,000 word runs as wholes, at most `limit`
/// from number `from` on; only pairs of which the actor may read both reports exist for them.
///
/// # Errors
/// [`crate::Error::NotFound`] and [`crate::Error::Forbidden`] for a campaign whose board the actor may not see, in part or whole;
/// [`crate::Error::Invalid`] below the share from which pairs are kept.
pub fn section_copies(
    ctx: &Ctx,
    short_id: &str,
    whole: u64,
    from: usize,
    limit: usize,
) -> Result<SectionCopies> {
    super::list::require_kept(whole)?;
    ctx.db().read(|tx| {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let outline = store::campaigns::sections(tx, campaign.id)?;
        let mut reach = Reach::of(ctx, tx, campaign)?;
        require_board(ctx, &reach, subject)?;
        let found = store::section_copies::pairs(tx, reach.campaign.id, whole, MOST_PAIRS)?;
        let mut readable = HashMap::new();
        let mut pairs = Vec::new();
        let mut seen = 0;
        for pair in found {
            if pairs.len() == limit {
                break;
            }
            let sides = (
                side(tx, &mut reach, &mut readable, pair.before.0)?,
                side(tx, &mut reach, &mut readable, pair.after.0)?,
            );
            let (Some(a), Some(b)) = sides else { continue };
            seen += 1;
            if seen > from {
                let copies = store::section_copies::of_pair(tx, &pair)?;
                let is_turned = is_turned(&a, &b);
                let sections = copies.iter().map(|copy| copied(&outline, copy, is_turned));
                let sections = sections.collect();
                let (a, b) = if is_turned { (b, a) } else { (a, b) };
                pairs.push(SectionPair { a, b, sections });
            }
        }
        Ok(SectionCopies {
            campaign: reach.campaign,
            pairs,
            waiting: store::indexing::how_many(tx)?,
        })
    })
}

fn copied(outline: &[Section], copy: &SectionCopy, is_turned: bool) -> CopiedSection {
    let number = |id: SectionId| {
        let section = outline.iter().find(|section| section.id == id);
        section.map_or_else(String::new, |section| section.number.clone())
    };
    let (mut first, mut second) = (copy.before.1, copy.after.1);
    if is_turned {
        std::mem::swap(&mut first, &mut second);
    }
    CopiedSection {
        id: second,
        a: number(first),
        b: number(second),
        words: copy.words,
        total: copy.total,
    }
}

/// The pairs as API and command line give them.
#[derive(Debug, Clone, Serialize)]
pub struct SectionCopiesJson {
    campaign: String,
    pairs: Vec<SectionPairJson>,
    /// Sent reports that are still to be looked at.
    waiting: i64,
}

#[derive(Debug, Clone, Serialize)]
struct SectionPairJson {
    a: String,
    b: String,
    a_name: String,
    b_name: String,
    a_report: AssignmentId,
    b_report: AssignmentId,
    words: u64,
    sections: Vec<CopiedSectionJson>,
}

#[derive(Debug, Clone, Serialize)]
struct CopiedSectionJson {
    a: String,
    b: String,
    words: u64,
    of: u64,
}

impl From<SectionCopies> for SectionCopiesJson {
    fn from(found: SectionCopies) -> SectionCopiesJson {
        SectionCopiesJson {
            campaign: found.campaign.short_id,
            pairs: found.pairs.into_iter().map(Into::into).collect(),
            waiting: found.waiting,
        }
    }
}

impl From<SectionPair> for SectionPairJson {
    fn from(pair: SectionPair) -> SectionPairJson {
        let words = pair.words();
        let sections = pair.sections.into_iter().map(|section| CopiedSectionJson {
            a: section.a,
            b: section.b,
            words: section.words,
            of: section.total,
        });
        SectionPairJson {
            a: pair.a.code,
            b: pair.b.code,
            a_name: pair.a.name,
            b_name: pair.b.name,
            a_report: pair.a.report,
            b_report: pair.b.report,
            words,
            sections: sections.collect(),
        }
    }
}
