//! What was found, as API and command line give it.

use super::{Found, Hit, Mention, Mentions};
use domain::ids::{AssignmentId, SectionId};
use serde::Serialize;

/// A window of hits.
#[derive(Debug, Clone, Serialize)]
pub struct FoundJson {
    hits: Vec<HitJson>,
    next: Option<String>,
    waiting: i64,
}

/// Units that mention something.
#[derive(Debug, Clone, Serialize)]
pub struct MentionsJson {
    units: Vec<MentionJson>,
    next: Option<String>,
    waiting: i64,
}

#[derive(Debug, Clone, Serialize)]
struct HitJson {
    report: AssignmentId,
    campaign: String,
    unit: String,
    unit_name: String,
    level: u8,
    section: SectionId,
    number: String,
    title: String,
    /// Counts from 0.
    passage: usize,
    sentence: String,
    /// The found words in the sentence.
    found: Vec<String>,
    times: usize,
    exact: bool,
    phrase: bool,
    draft: bool,
}

#[derive(Debug, Clone, Serialize)]
struct MentionJson {
    unit: String,
    unit_name: String,
    sections: usize,
    times: usize,
    first: HitJson,
}

impl From<Found> for FoundJson {
    fn from(found: Found) -> FoundJson {
        FoundJson {
            hits: found.hits.into_iter().map(Into::into).collect(),
            next: found.next,
            waiting: found.waiting,
        }
    }
}

impl From<Mentions> for MentionsJson {
    fn from(found: Mentions) -> MentionsJson {
        MentionsJson {
            units: found.units.into_iter().map(Into::into).collect(),
            next: found.next,
            waiting: found.waiting,
        }
    }
}

impl From<Mention> for MentionJson {
    fn from(mention: Mention) -> MentionJson {
        MentionJson {
            unit: mention.first.unit_code.clone(),
            unit_name: mention.first.unit_name.clone(),
            sections: mention.sections,
            times: mention.times,
            first: mention.first.into(),
        }
    }
}

impl From<Hit> for HitJson {
    fn from(hit: Hit) -> HitJson {
        let parts = hit.excerpt.parts.iter().filter(|part| part.is_found);
        HitJson {
            report: hit.report,
            campaign: hit.campaign,
            unit: hit.unit_code,
            unit_name: hit.unit_name,
            level: hit.level,
            section: hit.section,
            number: hit.section_number,
            title: hit.section_title,
            passage: hit.excerpt.passage,
            found: parts.map(|part| part.text.clone()).collect(),
            sentence: hit.excerpt.text(),
            times: hit.times,
            exact: hit.is_exact,
            phrase: hit.is_phrase,
            draft: hit.is_draft,
        }
    }
}
