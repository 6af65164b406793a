//! What is found besides reports: units by their names, and plans.

use super::Ask;
use crate::ctx::Ctx;
use crate::error::Result;
use domain::access::{Subject, Wish};
use domain::ids::{PlanId, UnitId};
use domain::search::{Excerpt, Hit};

/// Trees, plans and hits of each kind that are looked at for one search, the newest first.
const MOST_TREES: usize = 3;
const MOST_PLANS: i64 = 40;
const MOST_SHOWN: usize = 5;

/// A unit whose name says it.
#[derive(Debug, Clone)]
pub struct UnitHit {
    pub unit: UnitId,
    pub code: String,
    pub name: String,
    pub tree_name: String,
}

/// A plan in whose text it stands.
#[derive(Debug, Clone)]
pub struct PlanHit {
    pub plan: PlanId,
    pub title: String,
    pub excerpt: Excerpt,
}

/// What is found besides reports.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    pub units: Vec<UnitHit>,
    pub plans: Vec<PlanHit>,
}

/// Looks for units by name, and for plans when the actor may read plans.
///
/// # Errors
/// What the store fails with.
pub fn elsewhere(ctx: &Ctx, ask: &Ask) -> Result<Elsewhere> {
    let query = ask.query();
    let mut found = Elsewhere::default();
    if query.is_empty() {
        return Ok(found);
    }
    let may_read_plans = ctx.may(Wish::CreateCampaign, &Subject::System);
    ctx.db().read(|tx| {
        for (tree, tree_name) in store::units::trees(tx)?.into_iter().take(MOST_TREES) {
            let words: String = ask.words.chars().take(super::MOST_TYPED).collect();
            let named = store::units::search(tx, tree, &words, MOST_SHOWN as i64)?;
            found.units.extend(named.into_iter().map(|unit| UnitHit {
                unit: unit.id,
                code: unit.seed.code,
                name: unit.seed.name,
                tree_name: tree_name.clone(),
            }));
        }
        let plans = if may_read_plans {
            store::plans::list(tx, MOST_PLANS)?
        } else {
            Vec::new()
        };
        for plan in plans {
            if found.plans.len() == MOST_SHOWN {
                break;
            }
            let text = store::plans::by_id(tx, plan.id)?.document.text();
            if let Some(hit) = Hit::find(&query, &text) {
                found.plans.push(PlanHit {
                    plan: plan.id,
                    title: plan.title.unwrap_or(plan.file_name),
                    excerpt: Excerpt::of(&text, &hit),
                });
            }
        }
        Ok(found)
    })
}
