//! Two reports beside each other: section by section, which passages of one stand in the other.

use super::FEWEST_RUNS;
use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use crate::reach::Reach;
use analysis::passages::{Match, matches};
use analysis::shingles::{Likeness, Shingles};
use domain::campaign::Section;
use domain::ids::{AssignmentId, SectionId};
use domain::prose;
use serde::Serialize;
use std::collections::HashMap;
use store::Tx;
use store::work::NamedAssignment;

/// Two reports of one campaign that the actor may read.
#[derive(Debug, Clone)]
pub struct Beside {
    pub a: Side,
    pub b: Side,
    /// Of the reports as a whole.
    pub likeness: Likeness,
    /// In the order of the outline; sections that neither wrote are left out.
    pub sections: Vec<BesideSection>,
}

/// One of the two.
#[derive(Debug, Clone)]
pub struct Side {
    pub report: NamedAssignment,
    /// Its newest sent text by section.
    texts: Vec<(SectionId, String)>,
}

/// A section of both.
#[derive(Debug, Clone)]
pub struct BesideSection {
    pub id: SectionId,
    pub number: String,
    pub title: String,
    pub likeness: Likeness,
    /// What stands in the first, and in the second.
    pub a: Vec<Line>,
    pub b: Vec<Line>,
}

/// A passage, and how much of it stands in the other report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub text: String,
    /// Of 100; `None` for own words and for what is too short to say.
    pub copied: Option<usize>,
    /// Number of the section in which it stands there; `None` for the same section.
    #[serde(rename = "in")]
    pub there: Option<String>,
}

/// Two reports of one campaign beside each other, as they were sent.
///
/// # Errors
/// [`Error::NotFound`] unless both are of one campaign, were sent, and may be read by the actor.
pub fn beside(ctx: &Ctx, a: AssignmentId, b: AssignmentId) -> Result<Beside> {
    ctx.db().read(|tx| {
        let campaign = load_report(tx, a)?.campaign;
        let sections = store::campaigns::sections(tx, campaign.id)?;
        let mut reach = Reach::of(ctx, tx, campaign)?;
        let (a, b) = (side(tx, &mut reach, a)?, side(tx, &mut reach, b)?);
        let parts = |side: &'_ Side| Shingles::of(side.texts.iter().map(|(_, text)| text.as_str()));
        let likeness = parts(&a).likeness(&parts(&b));
        let (mut lines_a, mut lines_b) = (lines(&a, &b, &sections), lines(&b, &a, &sections));
        let sections = sections
            .iter()
            .filter_map(|section| {
                let (first, second) = (text(&a, section.id), text(&b, section.id));
                (!first.is_empty() || !second.is_empty()).then(|| BesideSection {
                    id: section.id,
                    number: section.number.clone(),
                    title: section.title.clone(),
                    likeness: Shingles::of([first]).likeness(&Shingles::of([second])),
                    a: lines_a.remove(&section.id).unwrap_or_default(),
                    b: lines_b.remove(&section.id).unwrap_or_default(),
                })
            })
            .collect();
        Ok(Beside {
            a,
            b,
            likeness,
            sections,
        })
    })
}

fn side(tx: &mut dyn Tx, reach: &mut Reach, id: AssignmentId) -> Result<Side> {
    let report = store::work::named(tx, id)?;
    if !reach.may_read(tx, &report.assignment)? {
        return Err(Error::NotFound);
    }
    let revision = store::revisions::sent(tx, id)?
        .pop()
        .ok_or(Error::NotFound)?;
    let texts = store::indexing::texts(tx, revision.id)?
        .into_iter()
        .map(|(section, text)| (section, prose::plain(&text)))
        .collect();
    Ok(Side { report, texts })
}

fn text(side: &Side, section: SectionId) -> &str {
    let found = side.texts.iter().find(|(id, _)| *id == section);
    found.map_or("", |(_, text)| text.as_str())
}

/// The passages of a report by section, each with how much of it stands in the other.
fn lines(side: &Side, other: &Side, sections: &[Section]) -> HashMap<SectionId, Vec<Line>> {
    let placed = |side: &'_ Side| -> (Vec<SectionId>, Vec<String>) {
        let each = side.texts.iter().flat_map(|(section, text)| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| (*section, line.to_owned()))
        });
        each.unzip()
    };
    let (mine, texts) = placed(side);
    let (theirs, other_texts) = placed(other);
    let found: HashMap<usize, Match> = matches(&texts, &other_texts, FEWEST_RUNS)
        .into_iter()
        .map(|found| (found.passage, found))
        .collect();
    let number = |id: SectionId| {
        let section = sections.iter().find(|section| section.id == id);
        section.map(|section| section.number.clone())
    };
    let mut lines: HashMap<SectionId, Vec<Line>> = HashMap::new();
    for (passage, (section, text)) in mine.into_iter().zip(texts).enumerate() {
        let found = found.get(&passage);
        let there = found.map(|found| theirs[found.other]);
        lines.entry(section).or_default().push(Line {
            text,
            copied: found.map(|found| found.percent()),
            there: there.filter(|there| *there != section).and_then(number),
        });
    }
    lines
}

/// Two reports beside each other as the API gives them.
#[derive(Debug, Clone, Serialize)]
pub struct BesideJson {
    a: String,
    b: String,
    similarity: f64,
    sections: Vec<SectionJson>,
}

#[derive(Debug, Clone, Serialize)]
struct SectionJson {
    number: String,
    title: String,
    similarity: f64,
    a: Vec<Line>,
    b: Vec<Line>,
}

impl From<Beside> for BesideJson {
    fn from(seen: Beside) -> BesideJson {
        let sections = seen.sections.into_iter().map(|section| SectionJson {
            number: section.number,
            title: section.title,
            similarity: section.likeness.share(),
            a: section.a,
            b: section.b,
        });
        BesideJson {
            a: seen.a.report.unit_code,
            b: seen.b.report.unit_code,
            similarity: seen.likeness.share(),
            sections: sections.collect(),
        }
    }
}
