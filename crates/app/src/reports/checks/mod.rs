//! The linter over a stored report or a file: what the domain's checks need, loaded; what they find, with the answers.

mod answers;
mod file;

pub use answers::{MOST_ANSWER, answer};
pub use file::{check_file, check_file_for};
pub use store::answers::Answer;

use super::content::{Content, FigureSource};
use super::steps::{facts, is_own};
use crate::copies::similar_passages;
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Result};
use crate::reach::Reach;
use domain::access::{Subject, Wish};
use domain::checks::{
    CopyOf, Dossier, Figures, Finding, Level, Months, Names, Part, SimilarPassage, check,
};
use domain::deadline::day_of;
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::{Action, step};
use store::Tx;
use store::revisions::Revision;
use store::work::NamedAssignment;

/// Like units whose figures a report is held against.
const MOST_SIBLINGS: i64 = 200;
/// Units farther off whose names are looked for: of a province's communes; those of a nation have too many namesakes.
const MOST_ELSEWHERE: i64 = 400;

/// A finding with what the unit answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub finding: Finding,
    /// What an answer is given by.
    pub key: String,
    pub answer: Option<Answer>,
}

/// A report under the checks, as far as the actor may see it.
#[derive(Debug, Clone)]
pub struct CheckedReport {
    pub report: NamedAssignment,
    /// The revision that was checked; 0 before anybody wrote.
    pub revision: i64,
    /// The actor stands on the unit's side: places lead to where they are mended.
    pub is_own: bool,
    /// Answers may be given now.
    pub may_answer: bool,
    pub findings: Vec<Answered>,
}

impl CheckedReport {
    /// How many findings of a level wait for a mend or an answer.
    pub fn open(&self, level: Level) -> usize {
        let open = |item: &&Answered| item.finding.level == level && item.answer.is_none();
        self.findings.iter().filter(open).count()
    }
}

/// Checks a report: for the unit its current revision, for others the latest one that was sent.
///
/// # Errors
/// [`Error::NotFound`] for everybody who may not read it, and for others while nothing was sent.
pub fn check_report(ctx: &Ctx, id: AssignmentId) -> Result<CheckedReport> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let is_own = is_own(ctx, &loaded);
        let revision = if is_own {
            store::revisions::by_number(tx, id, loaded.assignment.revision)?
        } else {
            Some(
                store::revisions::sent(tx, id)?
                    .pop()
                    .ok_or(Error::NotFound)?,
            )
        };
        let number = revision.as_ref().map_or(0, |revision| revision.number);
        let mut dossier = dossier(ctx, tx, &loaded, revision)?;
        if let (false, Some(figures)) = (is_own, &dossier.figures) {
            dossier.siblings = siblings(ctx, tx, &loaded, &figures.layout)?;
        }
        let answers = store::answers::of_revision(tx, id, number)?;
        let findings = check(&dossier)
            .into_iter()
            .map(|finding| {
                let key = finding.key();
                let answer = answers.iter().find(|answer| answer.key == key).cloned();
                Answered {
                    finding,
                    key,
                    answer,
                }
            })
            .collect();
        Ok(CheckedReport {
            report: store::work::named(tx, id)?,
            revision: number,
            is_own,
            may_answer: is_own && may_answer(ctx, &loaded),
            findings,
        })
    })
}

/// Answers are part of the draft: given while it may be edited, frozen with it.
fn may_answer(ctx: &Ctx, loaded: &LoadedReport) -> bool {
    ctx.may(Wish::Act(Action::Draft), &Subject::Report(loaded.subject))
        && step(loaded.assignment.state, Action::Draft, facts(loaded)).is_ok()
}

/// A stored revision with everything that it is held against.
fn dossier(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    revision: Option<Revision>,
) -> Result<Dossier> {
    let outline = ctx.outline(tx, &loaded.campaign)?;
    let sent_at = revision.as_ref().and_then(|revision| revision.sent_at);
    let content = Content::of(tx, &loaded.assignment, outline, revision)?;
    let parts = content.outline.sections.iter().map(|section| Part {
        section: section.clone(),
        text: content.text(section.id).to_owned(),
        found: true,
    });
    let parts: Vec<Part> = parts.collect();
    Ok(Dossier {
        similar: similar(ctx, tx, loaded, &parts)?,
        parts,
        figures: Some(figures(&content)),
        day: Some(day_of(sent_at.unwrap_or(ctx.now))),
        ..frame(tx, loaded)?
    })
}

/// Passages that stand in other reports, as far as the actor may know.
fn similar(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    parts: &[Part],
) -> Result<Vec<SimilarPassage>> {
    let sections: Vec<(SectionId, &str)> = parts
        .iter()
        .map(|part| (part.section.id, part.text.as_str()))
        .collect();
    let found = similar_passages(ctx, tx, loaded, &sections)?;
    let similar = found.into_iter().map(|passage| {
        let (copy_of, source) = match passage.is_own_earlier {
            true => (
                CopyOf::OwnEarlier,
                "báo cáo của chính đơn vị trong một đợt trước".into(),
            ),
            false => {
                let there = parts
                    .iter()
                    .find(|part| part.section.id == passage.other_section);
                let number = there.map_or("", |part| part.section.number.as_str());
                let source = format!("{}, mục {number}", passage.other.unit_name);
                (CopyOf::OtherReport, source)
            }
        };
        SimilarPassage {
            section: passage.section,
            paragraph: passage.passage + 1,
            copy_of,
            source,
            text: passage.other_text,
            similarity: u32::try_from(passage.percent * 10).unwrap_or(0),
        }
    });
    Ok(similar.collect())
}

/// What like units sent, as far as a superior may read it. Whoever stands on the unit's side is not told: a drafter must
/// not learn a neighbour's figures.
fn siblings(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    layout: &Layout,
) -> Result<Vec<FigureTable>> {
    let (campaign, unit) = (loaded.campaign.id, loaded.assignment.terms.unit);
    let beside = store::live::sent_beside(tx, campaign, unit, MOST_SIBLINGS)?;
    let mut reach = Reach::of(ctx, tx, loaded.campaign.clone())?;
    let mut revisions = Vec::new();
    for standing in beside {
        let report = store::assignments::by_id(tx, standing.assignment)?;
        if let (Some(revision), true) = (standing.counted, reach.may_read(tx, &report)?) {
            revisions.push(revision);
        }
    }
    let figures = store::live::figures_of(tx, layout, &revisions)?;
    Ok(figures.into_iter().map(|(_, table)| table).collect())
}

fn figures(content: &Content) -> Figures {
    Figures {
        layout: content.outline.layout.clone(),
        table: content.figures.clone(),
        typed: content.source == FigureSource::Entered,
    }
}

/// What the campaign and the organisation say of a report, whatever is written in it.
fn frame(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Dossier> {
    let period = loaded.campaign.period.as_ref();
    Ok(Dossier {
        names: Some(names(tx, loaded)?),
        period: period.and_then(|(from, to)| Months::parse(from, to)),
        ..Dossier::default()
    })
}

/// The own name, those above and below, and the units of the same level under the same superior: whom one copies from.
fn names(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Names> {
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    let above = store::units::path(tx, &unit)?;
    let below = store::units::children(tx, unit.id)?;
    let beside = match unit.parent {
        Some(parent) => store::units::children(tx, parent)?,
        None => Vec::new(),
    };
    let mut elsewhere = store::units::names_elsewhere(tx, unit.id, MOST_ELSEWHERE + 1)?;
    if elsewhere.len() > MOST_ELSEWHERE as usize {
        elsewhere.clear();
    }
    let (others, related): (Vec<_>, Vec<_>) = beside
        .into_iter()
        .filter(|other| other.id != unit.id)
        .partition(|other| other.level() == unit.level());
    let name = |unit: domain::org::Unit| unit.seed.name;
    Ok(Names {
        own: unit.seed.name.clone(),
        related: above
            .into_iter()
            .chain(below)
            .chain(related)
            .map(name)
            .collect(),
        others: others.into_iter().map(name).collect(),
        elsewhere,
    })
}
