//! Passages that the unit took over from its own report of an earlier campaign.

use crate::ctx::LoadedReport;
use crate::error::Result;
use analysis::passages::matches;
use domain::checks::{CopyOf, Part, SimilarPassage};
use store::Tx;

/// How many earlier campaigns are looked at, the latest first.
const MOST_CAMPAIGNS: usize = 3;
/// Least similarity of passages, per mille.
const LEAST_ALIKE: u32 = 800;
/// Shorter passages repeat by chance.
const LEAST_WORDS: usize = 25;

/// Passages of `parts` that stand in what the unit sent in earlier campaigns.
pub(super) fn of_earlier(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    parts: &[Part],
) -> Result<Vec<SimilarPassage>> {
    let own: Vec<(&Part, usize, &str)> = parts
        .iter()
        .flat_map(|part| {
            part.text
                .lines()
                .enumerate()
                .map(move |(line, text)| (part, line + 1, text))
        })
        .filter(|(_, _, text)| is_long(text))
        .collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let words: Vec<&str> = own.iter().map(|(_, _, text)| *text).collect();
    let mut found: Vec<SimilarPassage> = Vec::new();
    for (name, text) in earlier(tx, loaded)? {
        let passages: Vec<&str> = text.lines().filter(|line| is_long(line)).collect();
        for pair in matches(&words, &passages, LEAST_WORDS - 4) {
            let similarity = u32::try_from(pair.percent() * 10).unwrap_or(0);
            if similarity < LEAST_ALIKE {
                continue;
            }
            let (part, paragraph, _) = own[pair.passage];
            let is_known = found
                .iter()
                .any(|known| known.section == part.section.id && known.paragraph == paragraph);
            if !is_known {
                found.push(SimilarPassage {
                    section: part.section.id,
                    paragraph,
                    copy_of: CopyOf::OwnEarlier,
                    source: format!("báo cáo của chính đơn vị trong đợt “{name}”"),
                    text: passages[pair.other].to_owned(),
                    similarity,
                });
            }
        }
    }
    Ok(found)
}

fn is_long(text: &str) -> bool {
    text.split_whitespace().nth(LEAST_WORDS - 1).is_some()
}

/// What the unit of the same code sent in earlier campaigns: name of the campaign, and the whole text.
fn earlier(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Vec<(String, String)>> {
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    let mut campaigns = store::campaigns::list(tx)?;
    campaigns.retain(|other| {
        other.id != loaded.campaign.id && other.created_at < loaded.campaign.created_at
    });
    campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.created_at));
    let mut texts = Vec::new();
    for campaign in campaigns.into_iter().take(MOST_CAMPAIGNS) {
        let Some(unit) = store::units::by_code(tx, campaign.tree, &unit.seed.code)? else {
            continue;
        };
        let Some(assignment) = store::assignments::of_unit(tx, campaign.id, unit.id)? else {
            continue;
        };
        if let Some(revision) = store::revisions::sent(tx, assignment.id)?.pop() {
            let sections = store::sections::texts(tx, revision.id)?;
            let whole: Vec<String> = sections.into_iter().map(|section| section.text).collect();
            texts.push((campaign.name, whole.join("\n")));
        }
    }
    Ok(texts)
}
