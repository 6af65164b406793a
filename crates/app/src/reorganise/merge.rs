//! Two drafts that meet in one successor: both are kept, and merged section by section and figure by figure.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reports::desk::passages_of;
use domain::campaign::{Assignment, Rule};
use domain::event::EventKind;
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::AssignmentId;
use domain::report::lifecycle::State;
use domain::report::passages::Passage;
use domain::rollup::Totals;
use domain::text::fold;
use store::Tx;
use store::hand_overs::MergedText;
use store::revisions::Revision;
use store::sections::SectionText;

/// Merges the draft of one duty into that of another that may be written in; the first stays as it is.
pub(super) fn merge_draft(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    from: AssignmentId,
    into: AssignmentId,
) -> Result<()> {
    let (giver, taker) = (
        store::assignments::by_id(tx, from)?,
        store::assignments::by_id(tx, into)?,
    );
    let Some(given) = store::revisions::by_number(tx, from, giver.revision)? else {
        return Ok(());
    };
    let revision = revision_of(ctx, tx, &taker, &given)?;
    for text in store::sections::texts(tx, given.id)? {
        let own = store::sections::text(tx, revision.id, text.section)?;
        if let Some((merged, passages)) = merged(own.as_ref(), &text) {
            let new = MergedText {
                text: &merged,
                passages: passages.as_deref(),
                by: text.saved_by,
                now: ctx.now,
            };
            store::hand_overs::put_text(tx, revision.id, text.section, new)?;
        }
    }
    store::attachments::copy(tx, given.id, revision.id)?;
    let campaign = store::campaigns::by_id(tx, taker.campaign)?;
    let layout = store::campaigns::layout(tx, &campaign)?;
    let own = store::figures::decode(&revision.figures, &layout)?;
    let other = store::figures::decode(&given.figures, &layout)?;
    let together = added(&layout, &own, &other)?;
    if together != own {
        let stored = store::figures::encode(&together, &layout);
        store::revisions::save_figures(tx, revision.id, &stored)?;
    }
    Ok(())
}

/// The revision of the successor that is written in, begun when there is none.
fn revision_of(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    taker: &Assignment,
    given: &Revision,
) -> Result<Revision> {
    if let Some(revision) = store::revisions::by_number(tx, taker.id, taker.revision)? {
        return Ok(revision);
    }
    let nothing = "{}";
    let id = store::revisions::begin(tx, taker.id, 1, nothing, ctx.now)?;
    store::assignments::set_state(tx, taker.id, State::Drafting, "", ctx.now)?;
    let event = ctx.report_event(EventKind::DraftStarted, taker, taker.terms.unit);
    store::events::append(tx, &event)?;
    debug_assert_ne!(given.id, id);
    Ok(store::revisions::by_id(tx, id)?)
}

/// What both say in a section, one behind the other; `None` when nothing comes to what stands there.
fn merged(
    own: Option<&SectionText>,
    other: &SectionText,
) -> Option<(String, Option<Vec<Passage>>)> {
    let kept = own.map_or("", |own| own.text.trim_end());
    let added = other.text.trim();
    if added.is_empty() || fold(kept).contains(&fold(added)) {
        return None;
    }
    if kept.is_empty() {
        return Some((other.text.clone(), other.passages.clone()));
    }
    let has_sources = other.passages.is_some() || own.is_some_and(|own| own.passages.is_some());
    let passages = has_sources.then(|| {
        let mut all = own.map_or_else(Vec::new, passages_of);
        all.extend(passages_of(other));
        all
    });
    Some((format!("{kept}\n{}", other.text), passages))
}

/// The figures of both units together, each indicator by its rule; what only one of them says stands.
fn added(layout: &Layout, own: &FigureTable, other: &FigureTable) -> Result<FigureTable> {
    let mut totals = Totals::empty(layout);
    for table in [own, other] {
        totals.add(layout, table).map_err(Error::refused)?;
    }
    let mut together = own.clone();
    for (position, indicator) in layout.indicators().iter().enumerate() {
        for (_, cell) in layout.cells(position) {
            let sum = match (own.cells[cell], other.cells[cell]) {
                (kept, Cell::Blank) => kept,
                (Cell::Blank | Cell::NotApplicable, given @ Cell::Number(_))
                | (Cell::Blank, given) => given,
                (Cell::Number(kept), Cell::Number(_)) if indicator.rule == Rule::None => {
                    Cell::Number(kept)
                }
                (kept, _) => totals
                    .value(layout, position, cell)
                    .map_or(kept, Cell::Number),
            };
            together.cells[cell] = sum;
        }
    }
    Ok(together)
}
