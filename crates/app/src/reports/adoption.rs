//! The collective: putting a draft before it, recording its vote, taking the draft back.

use super::content::Content;
use super::steps::{StepDone, authorised, current_revision, facts, facts_with, move_to, record};
use crate::ctx::Ctx;
use crate::error::{Error, Problem, Result};
use domain::deadline::day_of;
use domain::event::EventKind;
use domain::ids::{AssignmentId, RevisionId};
use domain::report::adoption::{Adoption, AdoptionError};
use domain::report::content::Fingerprint;
use domain::report::lifecycle::{Action, Facts, State, step};
use domain::report::passages::carry_over;
use domain::report::readiness::Blocker;
use store::Tx;
use store::sections::NewText;

/// Longest minutes that are taken, in bytes.
const MOST_MINUTES: usize = 256 * 1024;

/// Puts the draft before the collective; nobody writes in it from then on.
///
/// # Errors
/// [`Error::Invalid`] lists what is still missing; [`Error::Refused`] when it is not being drafted.
pub fn propose(ctx: &Ctx, id: AssignmentId) -> Result<StepDone> {
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Propose)?;
        let revision = loaded.assignment.revision;
        if loaded.assignment.state == State::InAdoption {
            return Ok(StepDone {
                state: State::InAdoption,
                revision,
            });
        }
        let content = Content::current(&ctx, tx, &loaded)?;
        let blockers = content.blockers();
        let willing = Facts {
            blockers: 0,
            ..facts_with(&loaded, &content)
        };
        let to = step(loaded.assignment.state, Action::Propose, willing)?.to;
        refuse_blocked(&blockers)?;
        let detail = serde_json::json!({ "revision": revision });
        move_to(&ctx, tx, &loaded, to, EventKind::Proposed, detail, "")?;
        Ok(StepDone {
            state: to,
            revision,
        })
    })
}

/// Lists everything that still stands between a draft and its collective.
pub(super) fn refuse_blocked(blockers: &[Blocker]) -> Result<()> {
    if blockers.is_empty() {
        return Ok(());
    }
    let problem = |blocker: &Blocker| Problem {
        place: String::new(),
        message: blocker.to_string(),
    };
    Err(Error::Invalid(blockers.iter().map(problem).collect()))
}

/// Takes the text back to write on; a vote on it is void as soon as a word changes.
///
/// # Errors
/// [`Error::Refused`] once it was sent.
pub fn take_back(ctx: &Ctx, id: AssignmentId, reason: &str) -> Result<StepDone> {
    super::steps::simple(ctx, id, Action::TakeBack, EventKind::TakenBack, reason)
}

/// What became of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Voted {
    /// More than half of all incumbents were for it.
    pub passed: bool,
    pub state: State,
}

/// Records the vote of the collective on the text as it stands. A vote without majority is recorded too and
/// leaves the report before the collective.
///
/// # Errors
/// [`Error::Invalid`] names the field whose number cannot be true.
pub fn adopt(ctx: &Ctx, id: AssignmentId, adoption: Adoption) -> Result<Voted> {
    let adoption = checked(ctx, adoption)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Adopt)?;
        let passed = adoption.passes();
        let willing = Facts {
            vote_passes: true,
            ..facts(&loaded)
        };
        let to = step(loaded.assignment.state, Action::Adopt, willing)?.to;
        let revision = current_revision(tx, &loaded)?;
        let content = Content::current(&ctx, tx, &loaded)?;
        let print = content.fingerprint();
        store::adoptions::add(
            tx,
            revision.id,
            &adoption,
            &print,
            ctx.actor.account,
            ctx.now,
        )?;
        let detail = vote_detail(revision.number, &adoption, &print);
        if !passed {
            record(&ctx, tx, &loaded, EventKind::AdoptionFailed, detail, "")?;
            return Ok(Voted {
                passed,
                state: loaded.assignment.state,
            });
        }
        fix_figures(&ctx, tx, &content, revision.id)?;
        store::revisions::adopt(tx, revision.id, &print.whole)?;
        move_to(&ctx, tx, &loaded, to, EventKind::Adopted, detail, "")?;
        Ok(Voted { passed, state: to })
    })
}

/// What the event of a vote says.
pub(super) fn vote_detail(
    revision: i64,
    adoption: &Adoption,
    print: &Fingerprint,
) -> serde_json::Value {
    serde_json::json!({
        "revision": revision,
        "content_hash": print.whole,
        "for": adoption.votes_for,
        "incumbents": adoption.incumbents,
    })
}

/// What was bound to a figure becomes the number that was voted on.
fn fix_figures(ctx: &Ctx, tx: &mut dyn Tx, content: &Content, revision: RevisionId) -> Result<()> {
    for typed in store::sections::texts(tx, revision)? {
        let text = content.text(typed.section);
        if typed.text == text {
            continue;
        }
        let passages = typed.passages.map(|old| carry_over(&old, text));
        let new = NewText {
            text,
            passages: passages.as_deref(),
            by: ctx.actor.account,
            now: ctx.now,
        };
        store::sections::save(tx, revision, typed.section, new, None)?;
    }
    Ok(())
}

/// A vote with clean words, whose numbers can be true.
pub(super) fn checked(ctx: &Ctx, adoption: Adoption) -> Result<Adoption> {
    let adoption = clean(adoption)?;
    adoption
        .check(day_of(ctx.now))
        .map_err(|error| Error::invalid(field_of(error), error.to_string()))?;
    crate::secrets::refuse_text(ctx, &adoption.minutes)?;
    Ok(adoption)
}

fn clean(adoption: Adoption) -> Result<Adoption> {
    let minutes = domain::text::clean(&adoption.minutes);
    if minutes.len() > MOST_MINUTES {
        return Err(Error::TooLarge(
            "Biên bản dài quá 256 KB. Hãy đính kèm biên bản dưới dạng tệp".into(),
        ));
    }
    Ok(Adoption {
        place: domain::text::clean_line(&adoption.place),
        chair: domain::text::clean_line(&adoption.chair),
        secretary: domain::text::clean_line(&adoption.secretary),
        minutes,
        ..adoption
    })
}

/// The label of the field that an error is about, as the page prints it.
fn field_of(error: AdoptionError) -> &'static str {
    match error {
        AdoptionError::NoIncumbents => "Tổng số ủy viên đương nhiệm",
        AdoptionError::AttendanceDoesNotAddUp { .. } => "Số có mặt",
        AdoptionError::MoreVotesThanVoters { .. } => "Số phiếu tán thành",
        AdoptionError::InTheFuture => "Ngày họp",
    }
}
