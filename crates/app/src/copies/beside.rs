//! Two reports beside each other: section by section, which passages of one stand in the other.

use super::FEWEST_RUNS;
use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use crate::reach::Reach;
use analysis::passages::{Match, matches};
use analysis::shingles::{Likeness, Shingles};
use domain::ids::{AssignmentId, SectionId};
use domain::prose;
use serde::Serialize;
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
    pub number: String,
    pub title: String,
    pub likeness: Likeness,
    /// What stands in the first, and in the second.
    pub a: Vec<Line>,
    pub b: Vec<Line>,
}

/// A passage, and how much of it stands in the same section of the other report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub text: String,
    /// Of 100; `None` for own words and for what is too short to say.
    pub copied: Option<usize>,
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
        let sections = sections
            .iter()
            .filter_map(|section| {
                let (first, second) = (text(&a, section.id), text(&b, section.id));
                (!first.is_empty() || !second.is_empty()).then(|| {
                    let (a, b) = (lines(first, second), lines(second, first));
                    BesideSection {
                        number: section.number.clone(),
                        title: section.title.clone(),
                        likeness: Shingles::of([first]).likeness(&Shingles::of([second])),
                        a,
                        b,
                    }
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

/// The passages of a text, each with how much of it stands in the other.
fn lines(text: &str, other: &str) -> Vec<Line> {
    let lines: Vec<&str> = text.lines().collect();
    let others: Vec<&str> = other.lines().collect();
    let found: Vec<Match> = matches(&lines, &others, FEWEST_RUNS);
    let each = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    each.map(|(number, line)| Line {
        text: (*line).to_owned(),
        copied: found
            .iter()
            .find(|found| found.passage == number)
            .map(|found| found.percent()),
    })
    .collect()
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
        let share = |likeness: Likeness| likeness.per_ten_thousand() as f64 / 10_000.0;
        let sections = seen.sections.into_iter().map(|section| SectionJson {
            number: section.number,
            title: section.title,
            similarity: share(section.likeness),
            a: section.a,
            b: section.b,
        });
        BesideJson {
            a: seen.a.report.unit_code,
            b: seen.b.report.unit_code,
            similarity: share(seen.likeness),
            sections: sections.collect(),
        }
    }
}
