//! The decisions on a tree, and one of them as it stands.

use super::Draft;
use super::preview::{Preview, of};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::ids::{DecisionId, TreeId};
use domain::org::reorganise::ChangeRow;
use domain::text::clean_line;
use store::decisions::Decision;

/// Decisions listed at most.
const LISTED: i64 = 500;

/// Whether somebody may enter decisions, apply them and take them back.
pub fn may_reorganise(ctx: &Ctx) -> bool {
    ctx.may(Wish::Administer, &Subject::System)
}

/// The decisions on a tree, the newest first.
pub fn decisions(ctx: &Ctx, tree: TreeId) -> Result<Vec<Decision>> {
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::decisions::of_tree(tx, tree, LISTED)?) })
}

/// One decision with what it says.
#[derive(Debug, Clone)]
pub struct DecisionView {
    pub decision: Decision,
    pub row_count: i64,
    /// The first rows of it.
    pub rows: Vec<ChangeRow>,
    /// What it would do; `None` once it is applied, or for who may not apply it.
    pub preview: Option<Preview>,
    pub may_apply: bool,
    /// The decision that it takes back, and the one that took it back.
    pub counters: Option<Decision>,
    pub countered_by: Option<Decision>,
}

/// One decision, with at most `rows` of what it says.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn view(ctx: &Ctx, id: DecisionId, rows: i64) -> Result<DecisionView> {
    let may_apply = may_reorganise(ctx);
    ctx.db().read(|tx| -> Result<_> {
        let decision = store::decisions::by_id(tx, id)?;
        let preview = if decision.applied_at.is_none() && may_apply {
            let all = store::decisions::rows(tx, id, i64::MAX, 0)?;
            let draft = Draft {
                tree: decision.tree,
                head: decision.head.clone(),
                rows: all,
                file_name: decision.file_name.clone(),
                counters: decision.counters,
            };
            Some(of(
                tx,
                draft.tree,
                &draft.head,
                draft.counters,
                &draft.rows,
            )?)
        } else {
            None
        };
        let mut other =
            |id: Option<DecisionId>| id.map(|id| store::decisions::by_id(tx, id)).transpose();
        let counters = other(decision.counters)?;
        let countered_by = other(decision.countered_by)?;
        Ok(DecisionView {
            row_count: store::decisions::count_rows(tx, id)?,
            rows: store::decisions::rows(tx, id, rows, 0)?,
            preview,
            may_apply,
            counters,
            countered_by,
            decision,
        })
    })
}

/// The decision on a tree that `words` name: its number in the books, or else its own number.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Error::Invalid`] when several have this number.
pub fn by_words(ctx: &Ctx, tree: TreeId, words: &str) -> Result<Decision> {
    let words = clean_line(words);
    ctx.db().read(|tx| -> Result<_> {
        let mut numbered = store::decisions::numbered(tx, tree, &words)?;
        match numbered.len() {
            0 => {
                let id = words.parse().map_err(|_| Error::NotFound)?;
                let decision = store::decisions::by_id(tx, id)?;
                (decision.tree == tree)
                    .then_some(decision)
                    .ok_or(Error::NotFound)
            }
            1 => Ok(numbered.remove(0)),
            _ => Err(Error::invalid(
                "Quyết định",
                format!(
                    "có {} quyết định số {words}. Hãy ghi mã của quyết định: {}",
                    numbered.len(),
                    numbered
                        .iter()
                        .map(|decision| decision.id.to_string())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )),
        }
    })
}
