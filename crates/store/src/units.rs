//! Trees of units.

use crate::{Result, Row, Tx, TxExt, params};
use domain::access::Place;
use domain::ids::{BodyId, TreeId, UnitId};
use domain::org::{Interval, Placed, Unit, UnitSeed, Validity};
use domain::text;
use jiff::Timestamp;

/// The columns that [`read`] wants, of [`FROM`].
pub(crate) const COLUMNS: &str = "unit.id, unit.tree_id, unit.parent_id, unit.lft, unit.rgt, unit.code, unit.name, unit.kind, \
     unit.level, parent.code, unit.collective, unit.symbol, unit.head_name, unit.parent_head, unit.place, unit.email, \
     coalesce(unit.body_id, unit.id), unit.valid_from, unit.valid_to";
pub(crate) const FROM: &str = "FROM unit LEFT JOIN unit AS parent ON parent.id = unit.parent_id";

pub(crate) fn read(row: &Row<'_>) -> Result<Unit> {
    Ok(Unit {
        id: UnitId(row.get(0)?),
        body: BodyId(row.get(16)?),
        tree: TreeId(row.get(1)?),
        parent: row.get::<Option<i64>>(2)?.map(UnitId),
        interval: Interval {
            left: row.get(3)?,
            right: row.get(4)?,
        },
        validity: Validity {
            from: row.get(17)?,
            until: row.get(18)?,
        },
        seed: UnitSeed {
            code: row.get(5)?,
            name: row.get(6)?,
            kind: row.get(7)?,
            level: u8::try_from(row.get::<i64>(8)?).unwrap_or(u8::MAX),
            parent_code: row.get(9)?,
            collective: row.get(10)?,
            symbol: row.get(11)?,
            head_name: row.get(12)?,
            parent_head: row.get(13)?,
            place: row.get(14)?,
            email: row.get(15)?,
        },
    })
}

/// Creates an empty tree.
pub fn create_tree(tx: &mut dyn Tx, name: &str, now: Timestamp) -> Result<TreeId> {
    tx.insert(
        "INSERT INTO tree (name, created_at) VALUES (?1, ?2) RETURNING id",
        &params![name, now],
    )
    .map(TreeId)
}

/// All trees with their names, the newest first.
pub fn trees(tx: &mut dyn Tx) -> Result<Vec<(TreeId, String)>> {
    tx.rows("SELECT id, name FROM tree ORDER BY id DESC", &[], |row| {
        Ok((TreeId(row.get(0)?), row.get(1)?))
    })
}

/// Fills an empty tree with ordered units; gives their ids in the order of `placed`.
///
/// # Errors
/// A conflict when a code is used twice.
pub fn insert_tree(
    tx: &mut dyn Tx,
    tree: TreeId,
    rows: &[(usize, UnitSeed)],
    placed: &[Placed],
) -> Result<Vec<UnitId>> {
    let mut ids = vec![None; rows.len()];
    let mut ordered = Vec::with_capacity(placed.len());
    for place in placed {
        let seed = &rows[place.row].1;
        let parent: Option<i64> = place
            .parent
            .and_then(|parent| ids[parent])
            .map(|id: UnitId| id.0);
        let id = insert(tx, tree, parent.map(UnitId), place.interval, seed)?;
        ids[place.row] = Some(id);
        ordered.push(id);
    }
    Ok(ordered)
}

fn insert(
    tx: &mut dyn Tx,
    tree: TreeId,
    parent: Option<UnitId>,
    interval: Interval,
    seed: &UnitSeed,
) -> Result<UnitId> {
    tx.insert(
        "INSERT INTO unit (tree_id, parent_id, code, name, name_folded, kind, level, lft, rgt, collective, symbol, \
             head_name, parent_head, place, email) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING id",
        &params![
            tree.0,
            parent.map(|parent| parent.0),
            &seed.code,
            &seed.name,
            text::fold(&seed.name),
            &seed.kind,
            i64::from(seed.level),
            interval.left,
            interval.right,
            &seed.collective,
            &seed.symbol,
            &seed.head_name,
            &seed.parent_head,
            &seed.place,
            &seed.email
        ],
    )
    .map(UnitId)
}

/// One unit.
pub fn by_id(tx: &mut dyn Tx, id: UnitId) -> Result<Unit> {
    tx.row(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.id = ?1"),
        &params![id.0],
        read,
    )
}

/// The unit of a tree with this code: the one that stands, else the last that had it.
pub fn by_code(tx: &mut dyn Tx, tree: TreeId, code: &str) -> Result<Option<Unit>> {
    Ok(with_code(tx, tree, code)?.into_iter().next())
}

/// All units that ever had this code, the one that stands first, then the last.
pub fn with_code(tx: &mut dyn Tx, tree: TreeId, code: &str) -> Result<Vec<Unit>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND unit.code = ?2 \
             ORDER BY coalesce(unit.valid_to, '9999-12-31') DESC, unit.id DESC"
        ),
        &params![tree.0, code],
        read,
    )
}

/// The units that stand directly below `parent`, in tree order; for one that has ended, those that ended with it.
pub fn children(tx: &mut dyn Tx, parent: UnitId) -> Result<Vec<Unit>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} {FROM} WHERE unit.parent_id = ?1 \
             AND (unit.valid_to IS NULL OR unit.valid_to = parent.valid_to) ORDER BY unit.lft"
        ),
        &params![parent.0],
        read,
    )
}

/// The tree as it stands, in preorder.
pub fn whole_tree(tx: &mut dyn Tx, tree: TreeId) -> Result<Vec<Unit>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND unit.valid_to IS NULL ORDER BY unit.lft"),
        &params![tree.0],
        read,
    )
}

/// Everything that stands or ever stood in a tree, in preorder.
pub fn whole_history(tx: &mut dyn Tx, tree: TreeId) -> Result<Vec<Unit>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 ORDER BY unit.lft"),
        &params![tree.0],
        read,
    )
}

/// The unit and everything above it, from the root down.
pub fn path(tx: &mut dyn Tx, unit: &Unit) -> Result<Vec<Unit>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND unit.lft <= ?2 AND unit.rgt >= ?3 ORDER BY unit.lft"),
        &params![unit.tree.0, unit.interval.left, unit.interval.right],
        read,
    )
}

/// Units that have, or ever had, a name that contains `words`, marks and case apart; at most `limit`. An organisation is
/// given where it stands now, or where it stood last.
pub fn search(tx: &mut dyn Tx, tree: TreeId, words: &str, limit: i64) -> Result<Vec<Unit>> {
    let pattern = format!("%{}%", text::fold(words).replace(['%', '_'], " "));
    tx.rows(
        &format!(
            "SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND {} ORDER BY unit.lft LIMIT ?3",
            ever_named("LIKE")
        ),
        &params![tree.0, pattern, limit],
        read,
    )
}

/// Units that have, or ever had, this name, marks and case apart, as [`search`] gives them.
pub fn named(tx: &mut dyn Tx, tree: TreeId, name: &str, limit: i64) -> Result<Vec<Unit>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND {} ORDER BY unit.lft LIMIT ?3",
            ever_named("=")
        ),
        &params![tree.0, text::fold(name), limit],
        read,
    )
}

/// The condition that the organisation of a row of `unit` ever had a folded name like `?2`, in tree `?1`, and that the
/// row is its newest.
fn ever_named(like: &str) -> String {
    format!(
        "coalesce(unit.body_id, unit.id) IN ( \
             SELECT coalesce(own.body_id, own.id) FROM unit AS own WHERE own.tree_id = ?1 AND own.name_folded {like} ?2 \
             UNION SELECT coalesce(own.body_id, own.id) FROM former_facts JOIN unit AS own ON own.id = former_facts.unit_id \
             WHERE own.tree_id = ?1 AND former_facts.name_folded {like} ?2) \
         AND NOT EXISTS (SELECT 1 FROM unit AS newer \
             WHERE coalesce(newer.body_id, newer.id) = coalesce(unit.body_id, unit.id) \
             AND newer.id > unit.id AND (newer.valid_to IS NULL OR newer.valid_to > newer.valid_from)) \
         AND (unit.valid_to IS NULL OR unit.valid_from IS NULL OR unit.valid_to > unit.valid_from)"
    )
}

/// The names of at most `limit` units of the same level under other superiors than this unit's, all of these under one.
pub fn names_elsewhere(tx: &mut dyn Tx, unit: UnitId, limit: i64) -> Result<Vec<String>> {
    tx.rows(
        "SELECT unit.name FROM unit AS own JOIN unit AS above ON above.id = own.parent_id \
         JOIN unit AS beside ON beside.parent_id = above.parent_id AND beside.id <> above.id \
         JOIN unit ON unit.parent_id = beside.id AND unit.level = own.level AND unit.valid_to IS NULL \
         WHERE own.id = ?1 LIMIT ?2",
        &params![unit.0, limit],
        |row| row.get(0),
    )
}

/// The place of a unit for the access rules.
pub fn place(tx: &mut dyn Tx, id: UnitId) -> Result<Place> {
    tx.row(
        "SELECT tree_id, lft, rgt FROM unit WHERE id = ?1",
        &params![id.0],
        |row| {
            Ok(Place {
                unit: id,
                tree: TreeId(row.get(0)?),
                interval: Interval {
                    left: row.get(1)?,
                    right: row.get(2)?,
                },
            })
        },
    )
}

/// The newest tree with this name.
pub fn tree_named(tx: &mut dyn Tx, name: &str) -> Result<Option<TreeId>> {
    tx.row_opt(
        "SELECT id FROM tree WHERE name = ?1 ORDER BY id DESC",
        &params![name],
        |row| row.get(0).map(TreeId),
    )
}

/// The units of a tree that stand and have none above them.
pub fn roots(tx: &mut dyn Tx, tree: TreeId) -> Result<Vec<Unit>> {
    tx.rows(
        &format!("SELECT {COLUMNS} {FROM} WHERE unit.tree_id = ?1 AND unit.parent_id IS NULL AND unit.valid_to IS NULL ORDER BY unit.lft"),
        &params![tree.0],
        read,
    )
}

/// How many units stand in a tree at each level, from the highest down.
pub fn count_by_level(tx: &mut dyn Tx, tree: TreeId) -> Result<Vec<(u8, i64)>> {
    tx.rows(
        "SELECT level, COUNT(*) FROM unit WHERE tree_id = ?1 AND valid_to IS NULL GROUP BY level ORDER BY level",
        &params![tree.0],
        |row| {
            Ok((
                u8::try_from(row.get::<i64>(0)?).unwrap_or(u8::MAX),
                row.get(1)?,
            ))
        },
    )
}

/// The levels of the units in an interval of a tree, from the highest down.
pub fn levels_within(tx: &mut dyn Tx, tree: TreeId, places: Interval) -> Result<Vec<i64>> {
    tx.rows(
        "SELECT DISTINCT level FROM unit WHERE tree_id = ?1 AND lft BETWEEN ?2 AND ?3 ORDER BY level",
        &params![tree.0, places.left, places.right],
        |row| row.get(0),
    )
}
