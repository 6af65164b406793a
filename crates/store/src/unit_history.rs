//! A tree through time: what stood when and under which name, what went on in what, and carrying out decisions.

use crate::dialect::{ids_in_json, intervals_in_json};
use crate::units::{COLUMNS, FROM, read};
use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{BodyId, DecisionId, TreeId, UnitId};
use domain::org::reorganise::{At, Begin, Extent, RowPlan};
use domain::org::{
    FormerFacts, History, Interval, Stay, Succession, Unit, UnitSeed, Validity, number_rows,
};
use domain::text;
use jiff::civil::Date;
use std::collections::HashMap;

/// A whole tree, past and present.
pub fn history(tx: &mut dyn Tx, tree: TreeId) -> Result<History> {
    let stays = tx.rows(
        &format!("SELECT {COLUMNS}, unit.began_by, unit.ended_by {FROM} WHERE unit.tree_id = ?1 ORDER BY unit.lft"),
        &params![tree.0],
        |row| {
            let unit = read(row)?;
            Ok(Stay {
                id: unit.id,
                body: unit.body,
                parent: unit.parent,
                validity: unit.validity,
                began_by: row.get::<Option<i64>>(19)?.map(DecisionId),
                ended_by: row.get::<Option<i64>>(20)?.map(DecisionId),
                seed: unit.seed,
            })
        },
    )?;
    let former = tx.rows(
        &format!("{FORMER} WHERE unit.tree_id = ?1 ORDER BY former_facts.id"),
        &params![tree.0],
        read_former,
    )?;
    Ok(History { stays, former })
}

const FORMER: &str = "SELECT former_facts.unit_id, former_facts.valid_from, former_facts.valid_to, former_facts.decision_id, \
     former_facts.name, former_facts.kind, former_facts.collective, former_facts.symbol, former_facts.head_name, \
     former_facts.parent_head, former_facts.place, unit.code, unit.level, unit.email \
     FROM former_facts JOIN unit ON unit.id = former_facts.unit_id";

fn read_former(row: &Row<'_>) -> Result<FormerFacts> {
    Ok(FormerFacts {
        unit: UnitId(row.get(0)?),
        validity: Validity {
            from: row.get(1)?,
            until: row.get(2)?,
        },
        ended_by: row.get::<Option<i64>>(3)?.map(DecisionId),
        seed: UnitSeed {
            name: row.get(4)?,
            kind: row.get(5)?,
            collective: row.get(6)?,
            symbol: row.get(7)?,
            head_name: row.get(8)?,
            parent_head: row.get(9)?,
            place: row.get(10)?,
            code: row.get(11)?,
            level: u8::try_from(row.get::<i64>(12)?).unwrap_or(u8::MAX),
            parent_code: None,
            email: row.get(13)?,
        },
    })
}

/// What rows of a tree were called on a day, where that is not what they were called last.
pub fn former_on(tx: &mut dyn Tx, tree: TreeId, day: Date) -> Result<Vec<FormerFacts>> {
    tx.rows(
        &format!(
            "{FORMER} WHERE unit.tree_id = ?1 AND former_facts.valid_to > ?2 \
             AND (former_facts.valid_from IS NULL OR former_facts.valid_from <= ?2)"
        ),
        &params![tree.0, day],
        read_former,
    )
}

/// What a row was called before, the oldest first.
pub fn former_of(tx: &mut dyn Tx, unit: UnitId) -> Result<Vec<FormerFacts>> {
    tx.rows(
        &format!("{FORMER} WHERE former_facts.unit_id = ?1 ORDER BY former_facts.id"),
        &params![unit.0],
        read_former,
    )
}

/// What a unit was called on a day.
pub fn facts_on(tx: &mut dyn Tx, unit: &Unit, day: Date) -> Result<UnitSeed> {
    let former = former_of(tx, unit.id)?;
    let then = former.into_iter().find(|former| former.validity.holds(day));
    Ok(then.map_or_else(
        || unit.seed.clone(),
        |former| UnitSeed {
            parent_code: unit.seed.parent_code.clone(),
            ..former.seed
        },
    ))
}

/// The rows whose history is a unit's own: of its organisation, and of those that went into it whole, the own first.
pub fn lineage(tx: &mut dyn Tx, body: BodyId) -> Result<Vec<UnitId>> {
    let stays = stays_of(tx, body)?;
    let mut rows: Vec<UnitId> = stays.into_iter().rev().map(|stay| stay.unit.id).collect();
    let before = predecessors(tx, body)?;
    let whole = before.into_iter().filter(|kin| kin.extent == Extent::Whole);
    rows.extend(whole.filter_map(|kin| kin.unit));
    Ok(rows)
}

/// The condition that a row of `unit` stands on the day `?2`.
const STANDS: &str = "(unit.valid_from IS NULL OR unit.valid_from <= ?2) AND (unit.valid_to IS NULL OR unit.valid_to > ?2)";

/// The tree as it stood on a day, in preorder, with the names that it has last.
pub fn tree_on(tx: &mut dyn Tx, tree: TreeId, day: Date) -> Result<Vec<Unit>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND {STANDS} ORDER BY unit.lft"),
        &params![tree.0, day],
        read,
    )
}

/// What stood directly below a row on a day, or the roots of the tree.
pub fn children_on(
    tx: &mut dyn Tx,
    tree: TreeId,
    parent: Option<UnitId>,
    day: Date,
) -> Result<Vec<Unit>> {
    match parent {
        Some(parent) => tx.rows(
            &format!("SELECT {COLUMNS} {FROM} WHERE unit.parent_id = ?1 AND {STANDS} ORDER BY unit.lft"),
            &params![parent.0, day],
            read,
        ),
        None => tx.rows(
            &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND unit.parent_id IS NULL AND {STANDS} ORDER BY unit.lft"),
            &params![tree.0, day],
            read,
        ),
    }
}

/// Whether any unit of a tree ever ended.
pub fn has_ended(tx: &mut dyn Tx, tree: TreeId) -> Result<bool> {
    tx.scalar(
        "SELECT EXISTS (SELECT 1 FROM unit WHERE tree_id = ?1 AND valid_to IS NOT NULL)",
        &params![tree.0],
    )
}

/// One row of an organisation, with the decisions that began and ended it.
#[derive(Debug, Clone)]
pub struct StayLine {
    pub unit: Unit,
    pub parent_name: Option<String>,
    pub began_by: Option<DecisionId>,
    pub ended_by: Option<DecisionId>,
}

/// The rows of one organisation, the oldest first; those that stood on no day are left out.
pub fn stays_of(tx: &mut dyn Tx, body: BodyId) -> Result<Vec<StayLine>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS}, parent.name, unit.began_by, unit.ended_by {FROM} WHERE coalesce(unit.body_id, unit.id) = ?1 \
             AND (unit.valid_from IS NULL OR unit.valid_to IS NULL OR unit.valid_from < unit.valid_to) ORDER BY unit.id"
        ),
        &params![body.0],
        |row| {
            Ok(StayLine {
                unit: read(row)?,
                parent_name: row.get(19)?,
                began_by: row.get::<Option<i64>>(20)?.map(DecisionId),
                ended_by: row.get::<Option<i64>>(21)?.map(DecisionId),
            })
        },
    )
}

/// A succession seen from one of its ends.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Kin {
    pub decision: DecisionId,
    /// `None` where no successor was found.
    pub unit: Option<UnitId>,
    pub code: String,
    pub name: String,
    pub extent: Extent,
    /// `x/y`, or empty.
    pub share: String,
    pub share_source: String,
    pub note: String,
}

fn read_kin(row: &Row<'_>) -> Result<Kin> {
    let extent: String = row.get(4)?;
    Ok(Kin {
        decision: DecisionId(row.get(0)?),
        unit: row.get::<Option<i64>>(1)?.map(UnitId),
        code: row.get::<Option<String>>(2)?.unwrap_or_default(),
        name: row.get::<Option<String>>(3)?.unwrap_or_default(),
        extent: extent_of(&extent)?,
        share: row.get(5)?,
        share_source: row.get(6)?,
        note: row.get(7)?,
    })
}

fn extent_of(code: &str) -> Result<Extent> {
    Extent::from_code(code).ok_or(Error::Column {
        index: 4,
        expected: "an extent",
        found: code.to_owned(),
    })
}

const KIN: &str = "SELECT succession.decision_id, other.id, other.code, other.name, succession.extent, succession.share, \
     succession.share_source, succession.note FROM succession";

/// What an organisation came from, in order.
pub fn predecessors(tx: &mut dyn Tx, body: BodyId) -> Result<Vec<Kin>> {
    tx.rows(
        &format!(
            "{KIN} JOIN unit AS other ON other.id = succession.from_unit_id JOIN unit ON unit.id = succession.to_unit_id \
             WHERE coalesce(unit.body_id, unit.id) = ?1 AND coalesce(other.body_id, other.id) <> ?1 ORDER BY succession.id"
        ),
        &params![body.0],
        read_kin,
    )
}

/// What an organisation went into, in order.
pub fn successors(tx: &mut dyn Tx, body: BodyId) -> Result<Vec<Kin>> {
    tx.rows(
        &format!(
            "{KIN} LEFT JOIN unit AS other ON other.id = succession.to_unit_id JOIN unit ON unit.id = succession.from_unit_id \
             WHERE coalesce(unit.body_id, unit.id) = ?1 AND coalesce(other.body_id, other.id, 0) <> ?1 ORDER BY succession.id"
        ),
        &params![body.0],
        read_kin,
    )
}

/// The successions that a decision recorded.
pub fn of_decision(tx: &mut dyn Tx, decision: DecisionId) -> Result<Vec<Succession>> {
    tx.rows(
        "SELECT from_unit_id, to_unit_id, extent FROM succession WHERE decision_id = ?1 ORDER BY id",
        &params![decision.0],
        |row| {
            let extent: String = row.get(2)?;
            Ok(Succession {
                from: UnitId(row.get(0)?),
                to: row.get::<Option<i64>>(1)?.map(UnitId),
                extent: extent_of(&extent)?,
            })
        },
    )
}

/// Names a row anew from a day on; what it was called until then is kept.
pub fn rename(
    tx: &mut dyn Tx,
    unit: UnitId,
    seed: &UnitSeed,
    from: Date,
    decision: Option<DecisionId>,
) -> Result<()> {
    tx.execute(
        "INSERT INTO former_facts (unit_id, valid_from, valid_to, decision_id, name, name_folded, kind, collective, symbol, \
             head_name, parent_head, place) \
         SELECT id, coalesce((SELECT MAX(valid_to) FROM former_facts WHERE unit_id = unit.id), valid_from), CAST(?2 AS TEXT), \
             CAST(?3 AS BIGINT), name, name_folded, kind, collective, symbol, head_name, parent_head, place \
         FROM unit WHERE id = ?1",
        &params![unit.0, from, decision.map(|id| id.0)],
    )?;
    update(tx, unit, seed)
}

/// Changes what a unit is called and how it is reached, as if it had always been so; its code and place stay.
pub fn update(tx: &mut dyn Tx, id: UnitId, seed: &UnitSeed) -> Result<()> {
    tx.execute(
        "UPDATE unit SET name = ?2, name_folded = ?3, kind = ?4, collective = ?5, symbol = ?6, head_name = ?7, \
             parent_head = ?8, place = ?9, email = ?10 WHERE id = ?1",
        &params![
            id.0,
            &seed.name,
            text::fold(&seed.name),
            &seed.kind,
            &seed.collective,
            &seed.symbol,
            &seed.head_name,
            &seed.parent_head,
            &seed.place,
            &seed.email
        ],
    )?;
    Ok(())
}

/// Carries out what a decision changes in the rows of its tree; gives the ids of the rows that begin.
pub fn carry_out(
    tx: &mut dyn Tx,
    tree: TreeId,
    decision: DecisionId,
    plan: &RowPlan,
) -> Result<Vec<UnitId>> {
    let ends: Vec<i64> = plan.ends.iter().map(|id| id.0).collect();
    let ended = ids_in_json(tx.engine(), 3);
    tx.execute(
        &format!("UPDATE unit SET valid_to = ?1, ended_by = ?2 WHERE id IN {ended}"),
        &params![plan.effective, decision.0, json(&ends)?],
    )?;
    for rename in &plan.renames {
        self::rename(
            tx,
            rename.unit,
            &rename.seed,
            plan.effective,
            Some(decision),
        )?;
    }
    let mut begun: Vec<UnitId> = Vec::with_capacity(plan.begins.len());
    for begin in &plan.begins {
        let parent = begin.parent.and_then(|at| place_of(at, &begun));
        begun.push(insert(tx, tree, decision, plan.effective, begin, parent)?);
    }
    for link in &plan.links {
        let share = link.share.as_ref();
        tx.execute(
            "INSERT INTO succession (decision_id, line, from_unit_id, to_unit_id, extent, share, share_source, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &params![
                decision.0,
                i64::try_from(link.line).unwrap_or(0),
                link.from.0,
                link.to.and_then(|at| place_of(at, &begun)).map(|id| id.0),
                link.extent.code(),
                share.map(|share| share.written()).unwrap_or_default(),
                share.map(|share| share.source.clone()).unwrap_or_default(),
                &link.note
            ],
        )?;
    }
    if !begun.is_empty() && number_anew(tx, tree)? {
        crate::indexing::take_in_again(tx, tree)?;
    }
    Ok(begun)
}

/// The row at a place of the plan, once the rows before it have begun.
pub fn place_of(at: At, begun: &[UnitId]) -> Option<UnitId> {
    match at {
        At::Standing(unit) => Some(unit),
        At::Begun(index) => begun.get(index).copied(),
    }
}

fn insert(
    tx: &mut dyn Tx,
    tree: TreeId,
    decision: DecisionId,
    from: Date,
    begin: &Begin,
    parent: Option<UnitId>,
) -> Result<UnitId> {
    let seed = &begin.seed;
    tx.insert(
        "INSERT INTO unit (tree_id, parent_id, code, name, name_folded, kind, level, lft, rgt, collective, symbol, \
             head_name, parent_head, place, email, body_id, valid_from, began_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING id",
        &params![
            tree.0,
            parent.map(|parent| parent.0),
            &seed.code,
            &seed.name,
            text::fold(&seed.name),
            &seed.kind,
            i64::from(seed.level),
            &seed.collective,
            &seed.symbol,
            &seed.head_name,
            &seed.parent_head,
            &seed.place,
            &seed.email,
            begin.body.map(|body| body.0),
            from,
            decision.0
        ],
    )
    .map(UnitId)
}

/// Numbers all rows of a tree in preorder, those without a number behind their siblings. Whether any row that had a
/// number got another.
fn number_anew(tx: &mut dyn Tx, tree: TreeId) -> Result<bool> {
    let rows: Vec<(i64, Option<i64>, Interval)> = tx.rows(
        "SELECT id, parent_id, lft, rgt FROM unit WHERE tree_id = ?1 ORDER BY CASE WHEN lft = 0 THEN 1 ELSE 0 END, lft, id",
        &params![tree.0],
        |row| {
            let interval = Interval {
                left: row.get(2)?,
                right: row.get(3)?,
            };
            Ok((row.get(0)?, row.get(1)?, interval))
        },
    )?;
    let position: HashMap<i64, usize> = rows
        .iter()
        .enumerate()
        .map(|(at, (id, _, _))| (*id, at))
        .collect();
    let parents: Vec<Option<usize>> = rows
        .iter()
        .map(|(_, parent, _)| parent.and_then(|parent| position.get(&parent).copied()))
        .collect();
    let mut changed = Vec::new();
    let mut moved = false;
    for ((id, _, old), new) in rows.iter().zip(number_rows(&parents)) {
        if *old != new {
            moved |= old.left != 0 && old.left != new.left;
            changed.push((*id, new.left, new.right));
        }
    }
    let fresh = intervals_in_json(tx.engine(), 1);
    tx.execute(
        &format!("UPDATE unit SET lft = fresh.lft, rgt = fresh.rgt FROM {fresh} AS fresh WHERE unit.id = fresh.id"),
        &params![json(&changed)?],
    )?;
    Ok(moved)
}

fn json(list: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(list).map_err(|error| Error::broken("naming rows", error))
}
