//! What stood when: the tree of a day, and the life of one organisation.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::ids::{DecisionId, TreeId, UnitId};
use domain::org::{FormerFacts, Unit, UnitSeed, Validity};
use domain::text::clean_line;
use jiff::civil::Date;
use std::collections::HashMap;
use store::Tx;
use store::decisions::Decision;
use store::unit_history::Kin;

/// One unit of the tree of a day, as it was called then.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DayUnitLine {
    pub id: UnitId,
    pub code: String,
    pub parent_code: Option<String>,
    pub name: String,
    pub kind: String,
    pub level: u8,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// A tree as it stood on a day.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DayTree {
    pub tree: TreeId,
    pub day: Date,
    pub units: Vec<DayUnitLine>,
}

/// The tree as it stood on a day, in tree order.
pub fn on_day(ctx: &Ctx, tree: TreeId, day: Date) -> Result<DayTree> {
    ctx.db().read(|tx| -> Result<_> {
        let names = names_on(tx, tree, day)?;
        let units = store::unit_history::tree_on(tx, tree, day)?
            .into_iter()
            .map(|unit| {
                let seed = names.get(&unit.id).unwrap_or(&unit.seed);
                DayUnitLine {
                    id: unit.id,
                    code: unit.seed.code.clone(),
                    parent_code: unit.seed.parent_code.clone(),
                    name: seed.name.clone(),
                    kind: seed.kind.clone(),
                    level: unit.seed.level,
                    from: unit.validity.from,
                    until: unit.validity.until,
                }
            })
            .collect();
        Ok(DayTree { tree, day, units })
    })
}

fn names_on(tx: &mut dyn Tx, tree: TreeId, day: Date) -> Result<HashMap<UnitId, UnitSeed>> {
    Ok(store::unit_history::former_on(tx, tree, day)?
        .into_iter()
        .map(|former| (former.unit, former.seed))
        .collect())
}

/// What stood directly below a unit on a day, or the roots, with the names of that day.
pub(crate) fn children_on(
    tx: &mut dyn Tx,
    tree: TreeId,
    parent: Option<UnitId>,
    day: Date,
) -> Result<Vec<Unit>> {
    let mut names = names_on(tx, tree, day)?;
    let mut children = Vec::new();
    for mut unit in store::unit_history::children_on(tx, tree, parent, day)? {
        if let Some(seed) = names.remove(&unit.id) {
            unit.seed.name = seed.name;
            unit.seed.kind = seed.kind;
        }
        children.push(unit);
    }
    Ok(children)
}

/// What an organisation was called at one place, and when.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NamePeriod {
    pub name: String,
    pub validity: Validity,
    /// The decision that named it anew afterwards.
    pub ended_by: Option<DecisionId>,
}

/// One stay of an organisation.
#[derive(Debug, Clone, serde::Serialize)]
pub struct LifeStay {
    pub id: UnitId,
    pub code: String,
    pub parent: Option<String>,
    pub validity: Validity,
    pub began_by: Option<DecisionId>,
    pub ended_by: Option<DecisionId>,
    /// The names that it had here, the oldest first.
    pub names: Vec<NamePeriod>,
}

/// The life of an organisation: where it stood and what it was called, what it came from and went into.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Life {
    pub code: String,
    pub name: String,
    pub stays: Vec<LifeStay>,
    pub predecessors: Vec<Kin>,
    pub successors: Vec<Kin>,
    pub decisions: Vec<Decision>,
}

impl Life {
    /// Nothing ever happened to it.
    pub fn is_plain(&self) -> bool {
        self.stays.len() <= 1
            && self.stays.iter().all(|stay| stay.names.len() <= 1)
            && self.predecessors.is_empty()
            && self.successors.is_empty()
    }
    /// The decision with this id, as it is cited.
    pub fn citation(&self, id: &DecisionId) -> String {
        self.decisions
            .iter()
            .find(|decision| decision.id == *id)
            .map(|decision| decision.head.citation())
            .unwrap_or_default()
    }
}

/// The lives of all organisations that ever had a code, the one that stands first.
///
/// # Errors
/// [`Error::NotFound`] when none ever had it.
pub fn life_of_code(ctx: &Ctx, tree: TreeId, code: &str) -> Result<Vec<Life>> {
    let code = clean_line(code);
    ctx.db().read(|tx| -> Result<_> {
        let mut bodies = Vec::new();
        for unit in store::units::with_code(tx, tree, &code)? {
            if !bodies.contains(&unit.body) {
                bodies.push(unit.body);
            }
        }
        if bodies.is_empty() {
            return Err(Error::NotFound);
        }
        bodies.into_iter().map(|body| lived(tx, body)).collect()
    })
}

/// The life of the organisation of one unit.
pub fn life(ctx: &Ctx, unit: UnitId) -> Result<Life> {
    ctx.db().read(|tx| -> Result<_> {
        let body = store::units::by_id(tx, unit)?.body;
        lived(tx, body)
    })
}

fn lived(tx: &mut dyn Tx, body: domain::ids::BodyId) -> Result<Life> {
    let lines = store::unit_history::stays_of(tx, body)?;
    let mut stays = Vec::with_capacity(lines.len());
    for line in &lines {
        let former = store::unit_history::former_of(tx, line.unit.id)?;
        stays.push(LifeStay {
            id: line.unit.id,
            code: line.unit.seed.code.clone(),
            parent: line.parent_name.clone(),
            validity: line.unit.validity,
            began_by: line.began_by,
            ended_by: line.ended_by,
            names: names(&line.unit, former),
        });
    }
    let last = lines.last().ok_or(Error::NotFound)?;
    let predecessors = store::unit_history::predecessors(tx, body)?;
    let successors = store::unit_history::successors(tx, body)?;
    let mut ids: Vec<DecisionId> = stays
        .iter()
        .flat_map(|stay| {
            let renamed = stay.names.iter().filter_map(|name| name.ended_by);
            stay.began_by
                .into_iter()
                .chain(stay.ended_by)
                .chain(renamed)
        })
        .chain(
            predecessors
                .iter()
                .chain(&successors)
                .map(|kin| kin.decision),
        )
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let decisions = ids
        .into_iter()
        .map(|id| store::decisions::by_id(tx, id))
        .collect::<store::Result<Vec<_>>>()?;
    Ok(Life {
        code: last.unit.seed.code.clone(),
        name: last.unit.seed.name.clone(),
        stays,
        predecessors,
        successors,
        decisions,
    })
}

/// The names of one stay, the oldest first, each from where the last one ended.
fn names(unit: &Unit, former: Vec<FormerFacts>) -> Vec<NamePeriod> {
    let mut from = unit.validity.from;
    let mut names = Vec::with_capacity(former.len() + 1);
    for facts in former {
        from = facts.validity.until;
        names.push(NamePeriod {
            name: facts.seed.name,
            validity: facts.validity,
            ended_by: facts.ended_by,
        });
    }
    names.push(NamePeriod {
        name: unit.seed.name.clone(),
        validity: Validity {
            from,
            until: unit.validity.until,
        },
        ended_by: None,
    });
    names
}
