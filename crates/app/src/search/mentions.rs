//! Which units mention something, each with a sentence.

use super::Ask;
use super::candidates::{Answer, Cursor, Field};
use super::hits::{Hit, hit_of};
use crate::ctx::Ctx;
use crate::error::Result;
use store::Tx;

/// A unit in whose sent report it stands.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The first section of the best.
    pub first: Hit,
    /// Sections in which it stands.
    pub sections: usize,
    /// How often it stands there in all.
    pub times: usize,
}

/// Some units, in the order of the index: newer campaigns, then higher levels, then the order of the tree.
#[derive(Debug, Clone)]
pub struct Mentions {
    pub units: Vec<Mention>,
    /// Where to go on, as in [`super::Found::next`].
    pub next: Option<String>,
    pub waiting: i64,
}

/// The units that mention what is asked for, each word in a row as it was typed; only where no unit does, those with
/// the words apart. At most `limit` units.
///
/// # Errors
/// What the store fails with.
pub fn mentions(ctx: &Ctx, ask: &Ask, limit: usize) -> Result<Mentions> {
    ctx.db().read(|tx| {
        let mut field = Field::of(ctx, tx, ask)?;
        let from = Cursor::read(ask.after.as_deref());
        let mut window = Window::default();
        let mut next = window.fill(tx, &mut field, from, limit)?;
        if window.answers.is_empty() && next.is_none() && ask.after.is_none() {
            next = window.fill(tx, &mut field, Cursor::APART, limit)?;
        }
        let mut units: Vec<Mention> = Vec::new();
        for answer in window.answers {
            let (times, report) = (answer.hit.times, answer.stored.assignment.id);
            let Some(hit) = hit_of(&field, answer) else {
                continue;
            };
            match units.last_mut() {
                Some(unit) if unit.first.report == report => {
                    unit.sections += 1;
                    unit.times += times;
                    if hit.is_exact && !unit.first.is_exact {
                        unit.first = hit;
                    }
                }
                _ => units.push(Mention {
                    first: hit,
                    sections: 1,
                    times,
                }),
            }
        }
        Ok(Mentions {
            units,
            next: next.map(|cursor| cursor.write()),
            waiting: store::indexing::how_many(tx)?,
        })
    })
}

/// The sections of some units.
#[derive(Default)]
struct Window {
    answers: Vec<Answer>,
    reports: usize,
}

impl Window {
    /// Goes on in one way of asking until `limit` units are whole.
    fn fill(
        &mut self,
        tx: &mut dyn Tx,
        field: &mut Field,
        from: Cursor,
        limit: usize,
    ) -> Result<Option<Cursor>> {
        let mut is_full = false;
        let next = field.walk(tx, from, &mut |answer| {
            let report = answer.stored.assignment.id;
            let last = self.answers.last();
            if last.is_none_or(|last| last.stored.assignment.id != report) {
                is_full = self.reports == limit;
                self.reports += 1;
            }
            if !is_full {
                self.answers.push(answer);
            }
            Ok(!is_full)
        })?;
        // The one section too many is met again.
        let last = self.answers.last().map(|last| last.spot);
        Ok(next.map(|cursor| match is_full {
            true => Cursor {
                behind: last,
                ..cursor
            },
            false => cursor,
        }))
    }
}
