//! Tables of decisions: a row for each change, or the official tables of successions with a table of the new units.

use super::SECOND_TABLE;
use crate::ctx::Ctx;
use crate::error::{Problem, Result};
use crate::tables::{self, ColumnNames, TableCheck, check_columns};
use crate::units::{
    COLLECTIVE, EMAIL, HEAD_NAME, KIND, LEVEL, NAME, PARENT, PARENT_HEAD, PLACE, SYMBOL,
};
use domain::access::{Subject, Wish};
use domain::ids::TreeId;
use domain::org::reorganise::{Change, ChangeRow, Extent, NewFacts, Share};
use domain::org::{Level, Unit, UnitSeed};
use domain::text::{clean_line, fold};
use formats::{Sheet, SheetRow};
use std::collections::{BTreeMap, HashMap};

const CHANGE: ColumnNames = &["change", "thay đổi"];
const OLD_CODE: ColumnNames = &["old_code", "mã cũ", "mã đơn vị", "code_before"];
const NEW_CODE: ColumnNames = &["new_code", "mã mới", "mã đơn vị tiếp nhận"];
const EXTENT: ColumnNames = &["extent", "mức độ"];
const SHARE: ColumnNames = &["share", "tỷ lệ"];
const SHARE_SOURCE: ColumnNames = &["share_source", "nguồn tỷ lệ"];
const NOTE: ColumnNames = &["note", "ghi chú"];
const VIA: ColumnNames = &["via_code_2025_06", "via_code", "qua mã"];
const CODE: ColumnNames = &["code", "mã"];

const FACTS: &[ColumnNames] = &[
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
];

/// The rows of a decision as read from its tables.
#[derive(Debug, Clone, Default)]
pub struct ChangeTable {
    pub rows: Vec<ChangeRow>,
    pub check: TableCheck,
}

/// A file by its name.
pub type NamedFile<'a> = (&'a str, &'a [u8]);

/// Reads a table of changes to a tree, with a table of new units when there is one.
///
/// # Errors
/// [`crate::Error::Invalid`] when a file is no table; faults of rows are in the check.
pub fn read_changes(
    ctx: &Ctx,
    tree: TreeId,
    changes: NamedFile<'_>,
    new_units: Option<NamedFile<'_>>,
) -> Result<ChangeTable> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let known = crate::units::choices(ctx, tree, u8::MAX, usize::MAX)?;
    read_tables(changes, new_units, &known)
}

/// `known` are the units that stand: levels that the tables do not tell follow from them.
fn read_tables(
    (name, bytes): NamedFile<'_>,
    new_units: Option<NamedFile<'_>>,
    known: &[Unit],
) -> Result<ChangeTable> {
    let sheet = tables::read(name, bytes)?;
    let mut table = ChangeTable::default();
    table.check.rows = sheet.rows.len();
    let columns: Vec<ColumnNames> = [
        CHANGE,
        OLD_CODE,
        NEW_CODE,
        EXTENT,
        SHARE,
        SHARE_SOURCE,
        NOTE,
        VIA,
    ]
    .into_iter()
    .chain(FACTS.iter().copied())
    .collect();
    check_columns(&sheet, &columns, &[OLD_CODE, NEW_CODE], &mut table.check);
    if sheet.column(CHANGE).is_none() && sheet.column(EXTENT).is_none() {
        table.check.problems.push(Problem {
            place: "dòng tiêu đề".into(),
            message: "cần có cột “change” (thay đổi) hoặc cột “extent” (mức độ)".into(),
        });
    }
    if !table.check.is_clean() {
        return Ok(table);
    }
    for row in &sheet.rows {
        match read_row(&sheet, row) {
            Ok(change) => table.rows.push(ChangeRow {
                line: row.line,
                change,
                note: note(&sheet, row),
            }),
            Err(message) => table.check.problem(row, message),
        }
    }
    if let Some((name, bytes)) = new_units {
        read_new_units(&tables::read(name, bytes)?, &mut table);
    }
    fill_levels(&mut table.rows, known);
    table.check = table.check.finish();
    Ok(table)
}

/// The official wording, with the unit on the way when one is named.
fn note(sheet: &Sheet, row: &SheetRow) -> String {
    let note = clean_line(row.get(sheet.column(NOTE)));
    let via = clean_line(row.get(sheet.column(VIA)));
    match (note.is_empty(), via.is_empty()) {
        (_, true) => note,
        (true, false) => format!("qua {via}"),
        (false, false) => format!("{note} (qua {via})"),
    }
}

fn read_new_units(sheet: &Sheet, table: &mut ChangeTable) {
    let columns: Vec<ColumnNames> = [CODE].into_iter().chain(FACTS.iter().copied()).collect();
    check_columns(sheet, &columns, &[CODE, NAME, PARENT], &mut table.check);
    if !table.check.is_clean() {
        return;
    }
    table.check.rows += sheet.rows.len();
    for row in &sheet.rows {
        match unit(sheet, row, CODE) {
            Ok(unit) => table.rows.push(ChangeRow {
                line: SECOND_TABLE + row.line,
                change: Change::Create { unit },
                note: String::new(),
            }),
            Err(message) => table.check.problems.push(Problem {
                place: format!("bảng đơn vị mới, dòng {}", row.line),
                message,
            }),
        }
    }
}

/// A unit of a row; level 0 where none is written.
fn unit(sheet: &Sheet, row: &SheetRow, code: ColumnNames) -> Result<UnitSeed, String> {
    let cell = |names: ColumnNames| clean_line(row.get(sheet.column(names)));
    let level = match cell(LEVEL).as_str() {
        "" => 0,
        written => written
            .parse::<u8>()
            .ok()
            .filter(|level| (1..=9).contains(level))
            .ok_or_else(|| format!("cấp của đơn vị phải là số từ 1 đến 9, đang ghi “{written}”"))?,
    };
    Ok(UnitSeed {
        code: cell(code),
        name: cell(NAME),
        kind: cell(KIND),
        level,
        parent_code: Some(cell(PARENT)).filter(|parent| !parent.is_empty()),
        collective: cell(COLLECTIVE),
        symbol: cell(SYMBOL),
        head_name: cell(HEAD_NAME),
        parent_head: cell(PARENT_HEAD),
        place: cell(PLACE),
        email: cell(EMAIL),
    })
}

/// What a row does, in the words of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Create,
    Abolish,
    Rename,
    Move,
    Transfer,
    Succeed(Extent),
}

fn word(written: &str) -> Option<Word> {
    Some(match fold(written).as_str() {
        "create" | "thanh lap" => Word::Create,
        "abolish" | "giai the" => Word::Abolish,
        "rename" | "doi ten" => Word::Rename,
        "move" | "chuyen cap tren" => Word::Move,
        "transfer" | "chuyen mot phan" => Word::Transfer,
        "merge" | "sap nhap" | "whole" | "toan bo" => Word::Succeed(Extent::Whole),
        "split" | "chia tach" | "part" | "mot phan" => Word::Succeed(Extent::Part),
        "uncertain" | "chua chac chan" => Word::Succeed(Extent::Uncertain),
        "unresolved" | "chua xac dinh" => Word::Succeed(Extent::Unresolved),
        _ => return None,
    })
}

fn read_row(sheet: &Sheet, row: &SheetRow) -> Result<Change, String> {
    let cell = |names: ColumnNames| clean_line(row.get(sheet.column(names)));
    let written = Some(cell(CHANGE))
        .filter(|written| !written.is_empty())
        .unwrap_or_else(|| cell(EXTENT));
    let word = word(&written).ok_or_else(|| {
        format!(
            "không hiểu thay đổi “{written}”. Các thay đổi: thành lập (create), giải thể (abolish), đổi tên (rename), \
             chuyển cấp trên (move), sáp nhập (merge, whole), chia tách (split, part), chuyển một phần (transfer), uncertain, \
             unresolved"
        )
    })?;
    let code = cell(OLD_CODE);
    let to = Some(cell(NEW_CODE)).filter(|to| !to.is_empty());
    Ok(match word {
        Word::Create => Change::Create {
            unit: unit(sheet, row, if to.is_some() { NEW_CODE } else { OLD_CODE })?,
        },
        Word::Abolish => Change::Abolish { code },
        Word::Rename => Change::Rename {
            code,
            facts: NewFacts {
                code: to.unwrap_or_default(),
                name: cell(NAME),
                kind: cell(KIND),
                collective: cell(COLLECTIVE),
                symbol: cell(SYMBOL),
                head_name: cell(HEAD_NAME),
                parent_head: cell(PARENT_HEAD),
                place: cell(PLACE),
            },
        },
        Word::Move => Change::Move {
            code,
            parent: Some(cell(PARENT))
                .filter(|parent| !parent.is_empty())
                .or(to),
        },
        Word::Transfer => Change::Transfer {
            code,
            to: to.unwrap_or_default(),
            share: share(&cell(SHARE), &cell(SHARE_SOURCE))?,
        },
        Word::Succeed(extent) => Change::Succeed {
            code,
            to,
            extent,
            share: share(&cell(SHARE), &cell(SHARE_SOURCE))?,
        },
    })
}

fn share(written: &str, source: &str) -> Result<Option<Share>, String> {
    if written.is_empty() {
        return Ok(None);
    }
    Share::parse(written, source)
        .map(Some)
        .ok_or_else(|| format!("tỷ lệ “{written}” phải có dạng x/y, lớn hơn 0 và không quá 1"))
}

/// Gives units without a level the one that their kind mostly has, else that of the kind in official tables, else the one
/// that most units beside them have, else the one below their superior.
fn fill_levels(rows: &mut [ChangeRow], known: &[Unit]) {
    let mut by_kind: HashMap<String, BTreeMap<u8, usize>> = HashMap::new();
    for unit in known {
        *by_kind
            .entry(fold(&unit.seed.kind))
            .or_default()
            .entry(unit.seed.level)
            .or_default() += 1;
    }
    let most = |levels: &BTreeMap<u8, usize>| {
        let most = levels.iter().max_by_key(|(_, count)| **count);
        most.map(|(level, _)| *level)
    };
    let mut levels: HashMap<String, u8> = known
        .iter()
        .map(|unit| (unit.seed.code.clone(), unit.seed.level))
        .collect();
    let mut beside: HashMap<Option<String>, BTreeMap<u8, usize>> = HashMap::new();
    for row in rows.iter_mut() {
        let Change::Create { unit } = &mut row.change else {
            continue;
        };
        let kind = Some(fold(&unit.kind)).filter(|kind| !kind.is_empty());
        if unit.level == 0 {
            let known = kind.as_ref().and_then(|kind| by_kind.get(kind));
            let level = known.and_then(most);
            let official = || Level::of_kind(&unit.kind).map(|level| level.0);
            unit.level = level.or_else(official).unwrap_or_default();
        }
        if unit.level > 0 {
            levels.insert(unit.code.clone(), unit.level);
            *beside
                .entry(unit.parent_code.clone())
                .or_default()
                .entry(unit.level)
                .or_default() += 1;
        }
    }
    for row in rows {
        let Change::Create { unit } = &mut row.change else {
            continue;
        };
        if unit.level == 0 {
            let parent = unit.parent_code.as_ref().and_then(|code| levels.get(code));
            let below = parent.map_or(1, |level| level.saturating_add(1).min(9));
            let near = beside.get(&unit.parent_code).and_then(most);
            unit.level = near.unwrap_or(below);
            levels.insert(unit.code.clone(), unit.level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ChangeTable {
        read_tables(("bang.tsv", text.as_bytes()), None, &[]).expect("a table")
    }

    #[test]
    fn the_official_table_of_successions_is_read_as_it_is() {
        let table = read(
            "old_code\tnew_code\textent\tvia_code_2025_06\tnote\n00001\t00004\twhole\t00001\tNhập toàn bộ\n28825\t\tunresolved\t\t\n",
        );
        assert!(table.check.is_clean(), "{:?}", table.check);
        assert_eq!(
            table.rows[0].change,
            Change::Succeed {
                code: "00001".into(),
                to: Some("00004".into()),
                extent: Extent::Whole,
                share: None
            }
        );
        assert_eq!(table.rows[0].note, "Nhập toàn bộ (qua 00001)");
        assert!(matches!(
            &table.rows[1].change,
            Change::Succeed {
                to: None,
                extent: Extent::Unresolved,
                ..
            }
        ));
    }

    #[test]
    fn rows_in_vietnamese_words_are_read_too() {
        let table = read(
            "thay đổi\tmã cũ\tmã mới\ttên\tcấp\tmã cấp trên\nThành lập\t\tM\tXã Mới\t4\tH\nSáp nhập\tX1\tM\t\t\t\nĐổi tên\tX2\t\tPhường Hai\t\t\n",
        );
        assert!(table.check.is_clean(), "{:?}", table.check);
        assert!(
            matches!(&table.rows[0].change, Change::Create { unit } if unit.code == "M" && unit.level == 4)
        );
        assert!(
            matches!(&table.rows[2].change, Change::Rename { facts, .. } if facts.name == "Phường Hai")
        );
    }

    #[test]
    fn a_word_that_is_no_change_and_a_wrong_share_are_told_by_row() {
        let table = read("change\told_code\tnew_code\tshare\nbiến\tX\tY\t\nsplit\tX\tY\t5/4\n");
        let places: Vec<&str> = table
            .check
            .problems
            .iter()
            .map(|problem| problem.place.as_str())
            .collect();
        assert_eq!(places, ["dòng 2", "dòng 3"]);
    }
}
