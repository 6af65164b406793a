//! The organisation: importing trees with a trial run, looking at them, changing what a unit is called.

use crate::ctx::{App, Ctx};
use crate::error::{Error, Problem, Result};
use crate::tables::{self, ColumnNames, TableCheck, check_columns};
use domain::access::{Subject, Wish};
use domain::event::{Event, EventKind};
use domain::ids::{TreeId, UnitId};
use domain::org::{Level, Placed, TreeProblem, Unit, UnitSeed, order_tree};
use domain::text::{clean, clean_line};
use formats::{Sheet, SheetRow};
use jiff::civil::Date;
use std::collections::HashMap;

/// Columns of a table of units; the first name is the one of our own tables.
const CODE: ColumnNames = &["code", "mã", "mã đơn vị"];
pub(crate) const NAME: ColumnNames = &["name", "tên", "tên đơn vị"];
pub(crate) const KIND: ColumnNames = &["kind", "loại", "loại hình"];
pub(crate) const LEVEL: ColumnNames = &["level", "cấp"];
pub(crate) const PARENT: ColumnNames = &["parent_code", "parent", "mã cấp trên", "cấp trên"];
pub(crate) const COLLECTIVE: ColumnNames = &["collective", "tập thể"];
pub(crate) const SYMBOL: ColumnNames = &["symbol", "ký hiệu"];
pub(crate) const HEAD_NAME: ColumnNames = &["head_name", "tên trên văn bản"];
pub(crate) const PARENT_HEAD: ColumnNames = &["parent_head", "cơ quan cấp trên trên văn bản"];
pub(crate) const PLACE: ColumnNames = &["place", "địa danh"];
pub(crate) const EMAIL: ColumnNames = &["email", "thư điện tử"];
/// The other shape: rows name their parent by a key of their own.
const ID: ColumnNames = &["id"];
const PARENT_ID: ColumnNames = &["parent_id"];
const DEADLINE: ColumnNames = &["deadline"];

const KNOWN: &[ColumnNames] = &[
    CODE,
    NAME,
    KIND,
    LEVEL,
    PARENT,
    COLLECTIVE,
    SYMBOL,
    HEAD_NAME,
    PARENT_HEAD,
    PLACE,
    EMAIL,
    ID,
    PARENT_ID,
    DEADLINE,
];

/// A table of units as read, with everything that is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct UnitTable {
    /// Line of the table and unit, in the order of the table.
    pub rows: Vec<(usize, UnitSeed)>,
    /// Preorder; empty while there are problems.
    pub placed: Vec<Placed>,
    /// The key of each row in tables that have one (`id`), parallel to `rows`; else empty.
    pub ids: Vec<String>,
    /// The `deadline` cell of each row, parallel to `rows`; empty when the table has no such column.
    pub deadlines: Vec<String>,
    pub check: TableCheck,
}

/// How many units a table or tree has at a level.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LevelCount {
    pub level: u8,
    pub label: String,
    pub units: i64,
}

/// What an import did, or would do.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ImportOutcome {
    #[serde(flatten)]
    pub check: TableCheck,
    pub by_level: Vec<LevelCount>,
    /// `None` after a trial run.
    pub tree: Option<TreeId>,
}

/// Reads a table of units: our own columns, or `id parent_id level code name kind deadline`.
///
/// # Errors
/// [`Error::Invalid`] when the file is no table; faults of rows are in the table's check.
pub fn read_units(file_name: &str, bytes: &[u8]) -> Result<UnitTable> {
    let sheet = tables::read(file_name, bytes)?;
    let mut check = TableCheck {
        rows: sheet.rows.len(),
        ..TableCheck::default()
    };
    let by_id = sheet.column(ID).is_some() && sheet.column(PARENT_ID).is_some();
    let parent: ColumnNames = if by_id { PARENT_ID } else { PARENT };
    // Official tables of administrative units tell the level by the kind alone.
    let level: ColumnNames = if sheet.column(LEVEL).is_some() {
        LEVEL
    } else {
        KIND
    };
    check_columns(&sheet, KNOWN, &[CODE, NAME, level, parent], &mut check);
    let mut table = UnitTable {
        check,
        ..UnitTable::default()
    };
    if !table.check.is_clean() {
        return Ok(table);
    }
    let mut problems = Vec::new();
    for row in &sheet.rows {
        let (seed, problem) = seed(&sheet, row);
        problems.extend(problem);
        table.rows.push((row.line, seed));
    }
    if by_id {
        problems.extend(parents_by_id(&sheet, &mut table));
    }
    if let Some(column) = sheet.column(DEADLINE) {
        table.deadlines = sheet
            .rows
            .iter()
            .map(|row| row.get(Some(column)).to_string())
            .collect();
    }
    match order_tree(&table.rows) {
        Ok(placed) => table.placed = placed,
        Err(found) => problems.extend(found),
    }
    problems.sort_by_key(TreeProblem::row);
    table.check.problems.extend(problems.iter().map(as_problem));
    if !table.check.is_clean() {
        table.placed = Vec::new();
    }
    table.check = table.check.finish();
    Ok(table)
}

fn seed(sheet: &Sheet, row: &SheetRow) -> (UnitSeed, Option<TreeProblem>) {
    let cell = |names: ColumnNames| clean_line(row.get(sheet.column(names)));
    let code = cell(CODE);
    let written = cell(LEVEL);
    let level = match sheet.column(LEVEL) {
        Some(_) => written
            .parse::<u8>()
            .ok()
            .filter(|level| (1..=9).contains(level)),
        None => Level::of_kind(&cell(KIND)).map(|level| level.0),
    };
    let problem = level.is_none().then(|| TreeProblem::BadLevel {
        row: row.line,
        code: code.clone(),
        found: written,
    });
    let parent = cell(PARENT);
    let seed = UnitSeed {
        code,
        name: cell(NAME),
        kind: cell(KIND),
        // The fault is told above; ordering goes on to find the others.
        level: level.unwrap_or(1),
        parent_code: (!parent.is_empty()).then_some(parent),
        collective: cell(COLLECTIVE),
        symbol: cell(SYMBOL),
        head_name: cell(HEAD_NAME),
        parent_head: cell(PARENT_HEAD),
        place: cell(PLACE),
        email: cell(EMAIL),
    };
    (seed, problem)
}

/// Turns parents named by `id` into parents named by code.
fn parents_by_id(sheet: &Sheet, table: &mut UnitTable) -> Vec<TreeProblem> {
    let mut problems = Vec::new();
    let mut at_id: HashMap<String, usize> = HashMap::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        let id = clean_line(row.get(sheet.column(ID)));
        let first = *at_id.entry(id.clone()).or_insert(at);
        if first != at {
            problems.push(TreeProblem::DuplicateCode {
                row: row.line,
                code: id.clone(),
                first: table.rows[first].0,
            });
        }
        table.ids.push(id);
    }
    for (at, row) in sheet.rows.iter().enumerate() {
        let parent = clean_line(row.get(sheet.column(PARENT_ID)));
        let code = match (parent.is_empty(), at_id.get(&parent)) {
            (true, _) => None,
            (false, Some(found)) => Some(table.rows[*found].1.code.clone()),
            (false, None) => {
                problems.push(TreeProblem::MissingParent {
                    row: row.line,
                    code: table.rows[at].1.code.clone(),
                    parent,
                });
                None
            }
        };
        table.rows[at].1.parent_code = code;
    }
    problems
}

/// The fault with its row as the place.
fn as_problem(problem: &TreeProblem) -> Problem {
    let text = problem.to_string();
    let place = format!("dòng {}", problem.row());
    Problem {
        message: text
            .strip_prefix(&format!("{place}: "))
            .unwrap_or(&text)
            .to_string(),
        place,
    }
}

impl UnitTable {
    pub fn by_level(&self) -> Vec<LevelCount> {
        let mut counts: HashMap<u8, i64> = HashMap::new();
        for (_, seed) in &self.rows {
            *counts.entry(seed.level).or_default() += 1;
        }
        let mut counts: Vec<(u8, i64)> = counts.into_iter().collect();
        counts.sort_unstable();
        level_counts(counts)
    }
}

fn level_counts(counts: Vec<(u8, i64)>) -> Vec<LevelCount> {
    counts
        .into_iter()
        .map(|(level, units)| LevelCount {
            level,
            label: Level(level).label(),
            units,
        })
        .collect()
}

/// Imports a tree; with `dry_run` only says what would happen. A table with any problem changes nothing.
///
/// # Errors
/// [`Error::Invalid`] with every problem by row; a trial run gives them in its outcome instead.
pub fn import(
    ctx: &Ctx,
    tree_name: &str,
    file_name: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<ImportOutcome> {
    if !ctx.may(Wish::CreateCampaign, &Subject::System) {
        ctx.require(Wish::Administer, &Subject::System)?;
    }
    import_unchecked(ctx.app(), Some(ctx), tree_name, file_name, bytes, dry_run)
}

/// As [`import`], when nobody can be signed in yet: the first tree of an installation, the demo.
pub fn import_unchecked(
    app: &App,
    by: Option<&Ctx>,
    tree_name: &str,
    file_name: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<ImportOutcome> {
    let table = read_units(file_name, bytes)?;
    let mut outcome = ImportOutcome {
        by_level: table.by_level(),
        check: table.check.clone(),
        tree: None,
    };
    if dry_run {
        return Ok(outcome);
    }
    outcome.check = outcome.check.into_result()?;
    let name = clean_line(tree_name);
    if name.is_empty() {
        return Err(Error::invalid("Tên cây tổ chức", "chưa ghi tên"));
    }
    let now = app.now();
    let event = Event {
        at: now,
        account: by.and_then(Ctx::account),
        unit: None,
        campaign: None,
        assignment: None,
        kind: EventKind::UnitsImported,
        detail: serde_json::json!({ "tree": name, "units": table.rows.len(), "file": clean_line(file_name) }).to_string(),
        reason: None,
    };
    let tree = app.db.write(move |tx| -> Result<TreeId> {
        if store::units::tree_named(tx, &name)?.is_some() {
            return Err(Error::invalid(
                "Tên cây tổ chức",
                format!("đã có cây tổ chức tên “{name}”. Hãy đặt tên khác, ví dụ thêm ngày nhập"),
            ));
        }
        let tree = store::units::create_tree(tx, &name, now)?;
        store::units::insert_tree(tx, tree, &table.rows, &table.placed)?;
        store::events::append(tx, &event)?;
        Ok(tree)
    })?;
    outcome.tree = Some(tree);
    Ok(outcome)
}

/// A tree of units in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TreeLine {
    pub id: TreeId,
    pub name: String,
    pub by_level: Vec<LevelCount>,
}

/// All trees, the newest first.
pub fn trees(ctx: &Ctx) -> Result<Vec<TreeLine>> {
    ctx.db().read(|tx| -> Result<_> {
        let mut lines = Vec::new();
        for (id, name) in store::units::trees(tx)? {
            let by_level = level_counts(store::units::count_by_level(tx, id)?);
            lines.push(TreeLine { id, name, by_level });
        }
        Ok(lines)
    })
}

/// The tree that `words` name: its name, or its number.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn tree_named(ctx: &Ctx, words: &str) -> Result<TreeId> {
    let words = clean_line(words);
    ctx.db().read(|tx| -> Result<_> {
        if let Some(tree) = store::units::tree_named(tx, &words)? {
            return Ok(tree);
        }
        store::units::trees(tx)?
            .into_iter()
            .find(|(id, _)| id.to_string() == words)
            .map(|(id, _)| id)
            .ok_or(Error::NotFound)
    })
}

/// The part of a tree that a page shows.
#[derive(Debug, Clone)]
pub struct Branch {
    pub tree: TreeId,
    pub tree_name: String,
    /// The unit itself and everything above it, from the root down; empty at the top of the tree.
    pub path: Vec<Unit>,
    /// The units directly below, or the roots; each with how many units there are below it, where counting them costs
    /// nothing: in a tree that never changed.
    pub children: Vec<(Unit, Option<i64>)>,
    /// The day that was asked for; `None` for now.
    pub day: Option<Date>,
    /// The units found, when the page was asked for by words.
    pub found: Option<Vec<Unit>>,
    /// Whether the actor may change units here.
    pub may_edit: bool,
}

/// Most units that a search gives.
pub const SEARCH_LIMIT: i64 = 50;

/// One branch of a tree, as it stands or as it stood on a day; the newest tree when none is named.
pub fn browse(
    ctx: &Ctx,
    tree: Option<TreeId>,
    unit: Option<UnitId>,
    words: Option<&str>,
    day: Option<Date>,
) -> Result<Branch> {
    let may_edit = ctx.may(Wish::Administer, &Subject::System);
    let words = words.map(clean_line).filter(|words| !words.is_empty());
    ctx.db().read(|tx| -> Result<_> {
        let path = match unit {
            Some(unit) => {
                let unit = store::units::by_id(tx, unit)?;
                store::units::path(tx, &unit)?
            }
            None => Vec::new(),
        };
        let trees = store::units::trees(tx)?;
        let wanted = path.last().map(|unit| unit.tree).or(tree);
        let (tree, tree_name) = trees
            .into_iter()
            .find(|(id, _)| wanted.is_none_or(|wanted| wanted == *id))
            .ok_or(Error::NotFound)?;
        let children = match (day, path.last()) {
            (Some(day), unit) => {
                crate::reorganise::children_on(tx, tree, unit.map(|unit| unit.id), day)?
            }
            (None, Some(unit)) => store::units::children(tx, unit.id)?,
            (None, None) => store::units::roots(tx, tree)?,
        };
        let is_plain = !store::unit_history::has_ended(tx, tree)?;
        let found = words
            .as_deref()
            .map(|words| store::units::search(tx, tree, words, SEARCH_LIMIT))
            .transpose()?;
        let children = children
            .into_iter()
            .map(|child| {
                let below = child.interval.right - child.interval.left;
                (child, is_plain.then_some(below))
            })
            .collect();
        Ok(Branch {
            tree,
            tree_name,
            path,
            children,
            found,
            may_edit,
            day,
        })
    })
}

/// Units of a tree for choosing one from a list: the tree's upper part, at most `limit`.
pub fn choices(ctx: &Ctx, tree: TreeId, deepest: u8, limit: usize) -> Result<Vec<Unit>> {
    let units = ctx
        .db()
        .read(|tx| -> Result<_> { Ok(store::units::whole_tree(tx, tree)?) })?;
    Ok(units
        .into_iter()
        .filter(|unit| unit.seed.level <= deepest)
        .take(limit)
        .collect())
}

/// One unit.
pub fn unit(ctx: &Ctx, id: UnitId) -> Result<Unit> {
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::units::by_id(tx, id)?) })
}

/// The unit of a tree with this code.
pub fn by_code(ctx: &Ctx, tree: TreeId, code: &str) -> Result<Unit> {
    let code = clean_line(code);
    ctx.db()
        .read(|tx| -> Result<_> { store::units::by_code(tx, tree, &code)?.ok_or(Error::NotFound) })
}

/// Changes what a unit is called and how it is reached; code, level and parent of `seed` are ignored.
///
/// # Errors
/// [`Error::Invalid`] at the field.
pub fn edit(ctx: &Ctx, id: UnitId, seed: UnitSeed) -> Result<Unit> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let seed = UnitSeed {
        name: clean_line(&seed.name),
        kind: clean_line(&seed.kind),
        collective: clean_line(&seed.collective),
        symbol: clean_line(&seed.symbol),
        head_name: clean_line(&seed.head_name),
        parent_head: clean_line(&seed.parent_head),
        place: clean_line(&seed.place),
        email: clean(&seed.email).trim().to_string(),
        ..seed
    };
    if seed.name.is_empty() {
        return Err(Error::invalid("Tên đơn vị", "chưa ghi tên"));
    }
    if !seed.email.is_empty() && !is_address(&seed.email) {
        return Err(Error::invalid(
            "Địa chỉ thư",
            format!("“{}” không phải địa chỉ thư điện tử", seed.email),
        ));
    }
    let event = Event {
        detail: serde_json::json!({ "name": seed.name }).to_string(),
        ..ctx.event(EventKind::UnitChanged, Some(id))
    };
    let today = domain::deadline::day_of(ctx.now);
    ctx.db().write(move |tx| -> Result<Unit> {
        let before = store::units::by_id(tx, id)?;
        if before.seed.name == seed.name {
            store::unit_history::update(tx, id, &seed)?;
        } else {
            store::unit_history::rename(tx, id, &seed, today, None)?;
        }
        store::events::append(tx, &event)?;
        Ok(store::units::by_id(tx, id)?)
    })
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}

/// The unit of a tree that somebody typed or chose: `CODE – name`, a code, or a name; `None` for nothing typed.
///
/// # Errors
/// [`Error::Invalid`] at `place` when the words name no unit, or several.
pub fn find(ctx: &Ctx, tree: TreeId, words: &str, place: &str) -> Result<Option<UnitId>> {
    let words = clean_line(words);
    if words.is_empty() {
        return Ok(None);
    }
    let code = words.split(" – ").next().unwrap_or_default().to_string();
    ctx.db().read(|tx| -> Result<_> {
        for code in [&code, &words] {
            if let Some(unit) = store::units::by_code(tx, tree, code)? {
                return Ok(Some(unit.id));
            }
        }
        let wanted = domain::text::fold(&words);
        let ever = store::units::named(tx, tree, &words, SEARCH_LIMIT)?;
        let is_now = |unit: &&Unit| domain::text::fold(&unit.seed.name) == wanted;
        let now: Vec<&Unit> = ever.iter().filter(is_now).collect();
        let same = if now.is_empty() {
            ever.iter().collect()
        } else {
            now
        };
        match &same[..] {
            [unit] => Ok(Some(unit.id)),
            [] => Err(Error::invalid(
                place,
                format!("không có đơn vị nào mã hoặc tên “{words}” trong cây tổ chức"),
            )),
            _ => Err(Error::invalid(
                place,
                format!("có nhiều đơn vị tên “{words}”. Hãy ghi mã đơn vị"),
            )),
        }
    })
}

/// A unit as forms show it and [`find`] reads it back; empty for none.
pub fn shown(ctx: &Ctx, unit: Option<UnitId>) -> Result<String> {
    let Some(id) = unit else {
        return Ok(String::new());
    };
    let unit = self::unit(ctx, id)?;
    Ok(format!("{} – {}", unit.seed.code, unit.seed.name))
}
