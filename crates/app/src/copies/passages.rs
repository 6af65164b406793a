//! Passages of a text that stand in other reports: what the checks of a report ask.
//!
//! Whoever writes learns that the text repeats an earlier report of the unit itself, or a report that they may read as
//! a superior. Of a neighbour's report they learn nothing, not even that something of it is in their text: that it
//! exists in these words would be told. The superior of both sees it, in the list of copies.

use super::FEWEST_RUNS;
use crate::copies::known::alone;
use crate::ctx::{Ctx, LoadedReport};
use crate::error::Result;
use crate::reach::Reach;
use analysis::passages::matches;
use analysis::signature::Signature;
use domain::campaign::Assignment;
use domain::ids::SectionId;
use domain::prose;
use store::Tx;
use store::work::NamedAssignment;

/// Campaigns before this one that are looked at.
const MOST_CAMPAIGNS: usize = 3;
/// Other reports whose passages are looked at, the likeliest first.
const MOST_REPORTS: usize = 8;
/// How alike a report of another unit must be as a whole for its passages to be looked at, of 10,000.
const LEAST_LIKE: u64 = 3_000;

/// A passage that stands in another report too.
#[derive(Debug, Clone)]
pub struct SimilarPassage {
    pub section: SectionId,
    /// Number of the passage (line) in the section, from 0.
    pub passage: usize,
    /// The other report; of the same unit when it is its own earlier one.
    pub other: NamedAssignment,
    pub is_own_earlier: bool,
    /// The words there.
    pub other_text: String,
    /// How much of the passage stands there, of 100: 50 and more.
    pub percent: usize,
}

/// The passages of `sections`, a text for the report `id`, that stand in an earlier report of the unit or in another
/// report of the campaign, as far as the actor may read it. Reports of units below are left out: what is consolidated
/// comes from there.
///
/// # Errors
/// Those of the database.
pub(crate) fn similar_passages(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    sections: &[(SectionId, &str)],
) -> Result<Vec<SimilarPassage>> {
    let plain: Vec<(SectionId, String)> = sections
        .iter()
        .map(|(section, text)| (*section, prose::plain(text)))
        .collect();
    let mut others = own_earlier(tx, loaded)?;
    let mut reach = Reach::of(ctx, tx, loaded.campaign.clone())?;
    for other in likely(ctx, tx, &loaded.assignment, &plain)? {
        let writer = store::units::place(tx, other.assignment.terms.unit)?;
        let is_below = loaded.subject.unit.holds(writer);
        if !is_below && reach.may_read(tx, &other.assignment)? {
            others.push(other);
        }
    }
    let mut found = Vec::new();
    for other in others {
        compare(tx, &loaded.assignment, &plain, &other, &mut found)?;
    }
    found.sort_by_key(|passage| {
        (
            passage.section,
            passage.passage,
            std::cmp::Reverse(passage.percent),
        )
    });
    found.dedup_by_key(|passage| (passage.section, passage.passage));
    Ok(found)
}

/// What the unit sent in the campaigns before, the newest first. The tree of another campaign may be that of other
/// organisations whose codes are the same.
fn own_earlier(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Vec<NamedAssignment>> {
    let own = store::units::by_id(tx, loaded.assignment.terms.unit)?.seed;
    let mut campaigns = store::campaigns::list(tx)?;
    campaigns.retain(|other| {
        other.id != loaded.campaign.id && other.created_at <= loaded.campaign.created_at
    });
    campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.created_at));
    let mut others = Vec::new();
    for campaign in campaigns.into_iter().take(MOST_CAMPAIGNS) {
        let Some(unit) = store::units::by_code(tx, campaign.tree, &own.code)? else {
            continue;
        };
        if !own.is_same_body(&unit.seed) {
            continue;
        }
        if let Some(assignment) = store::assignments::of_unit(tx, campaign.id, unit.id)? {
            others.push(store::work::named(tx, assignment.id)?);
        }
    }
    Ok(others)
}

/// Reports of the same campaign that are like the text.
fn likely(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    report: &Assignment,
    sections: &[(SectionId, String)],
) -> Result<Vec<NamedAssignment>> {
    let Some(signature) = Signature::of(sections.iter().map(|(_, text)| text.as_str())) else {
        return Ok(Vec::new());
    };
    let like = {
        let slot = ctx.app().fingerprints.of(report.campaign);
        let mut known = alone(&slot);
        known.follow(tx, report.campaign)?;
        known.like(&signature, LEAST_LIKE, MOST_REPORTS * 4)
    };
    let mut others = Vec::new();
    for (_, other) in store::copies::that_count(tx, &like)? {
        if other != report.id && others.len() < MOST_REPORTS {
            others.push(store::work::named(tx, other)?);
        }
    }
    Ok(others)
}

fn compare(
    tx: &mut dyn Tx,
    report: &Assignment,
    sections: &[(SectionId, String)],
    other: &NamedAssignment,
    found: &mut Vec<SimilarPassage>,
) -> Result<()> {
    let Some(revision) = store::revisions::sent(tx, other.assignment.id)?.pop() else {
        return Ok(());
    };
    let texts = store::sections::texts(tx, revision.id)?;
    let theirs: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            let plain = prose::plain(&text.text);
            plain.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let lines: Vec<&str> = theirs.iter().map(String::as_str).collect();
    for (section, text) in sections {
        let mine: Vec<&str> = text.lines().collect();
        for found_here in matches(&mine, &lines, FEWEST_RUNS) {
            found.push(SimilarPassage {
                section: *section,
                passage: found_here.passage,
                other: other.clone(),
                is_own_earlier: other.assignment.campaign != report.campaign,
                other_text: theirs[found_here.other].clone(),
                percent: found_here.percent(),
            });
        }
    }
    Ok(())
}
