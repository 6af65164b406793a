//! The file of units: a tree by numbers, with the deadline of each unit.

use super::Refused;
use domain::org::{Placed, UnitSeed, order_tree};
use domain::text::clean_line;
use formats::{Sheet, SheetRow};
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::Path;

/// One unit of the file.
#[derive(Debug, Clone)]
pub(super) struct ImportedUnit {
    /// Line in the file, the header being 1.
    pub line: usize,
    /// The number that reports name it by.
    pub key: String,
    pub seed: UnitSeed,
    /// The last moment that is on time.
    pub deadline: Option<Timestamp>,
}

impl ImportedUnit {
    /// Units of level 2 and below report to the unit above them.
    pub fn owes_report(&self) -> bool {
        self.seed.level >= 2
    }
}

/// Reads the units and their order in the tree.
pub(super) fn read(path: &Path) -> Result<(Vec<ImportedUnit>, Vec<Placed>), Vec<Refused>> {
    let file = Faults::new(path);
    let sheet = table(path).map_err(|message| vec![file.at(0, message)])?;
    let columns = Columns::find(&sheet).map_err(|name| {
        let message = format!(
            "thiếu cột “{name}”. Các cột cần có: id, parent_id, level, code, name, kind, deadline"
        );
        vec![file.at(1, message)]
    })?;
    let mut units = Vec::with_capacity(sheet.rows.len());
    let mut faults = Vec::new();
    let mut codes: HashMap<String, String> = HashMap::new();
    for row in &sheet.rows {
        match columns.unit(row) {
            Ok(unit) => {
                if codes
                    .insert(unit.key.clone(), unit.seed.code.clone())
                    .is_some()
                {
                    let message = format!("số {} đã dùng cho một đơn vị ở dòng trên", unit.key);
                    faults.push(file.at(row.line, message));
                }
                units.push(unit);
            }
            Err(message) => faults.push(file.at(row.line, message)),
        }
    }
    for unit in &mut units {
        if let Some(parent) = unit.seed.parent_code.take() {
            // A number that no unit has stays in the message of the tree.
            unit.seed.parent_code = Some(codes.get(&parent).cloned().unwrap_or(parent));
        }
    }
    let rows: Vec<(usize, UnitSeed)> = units
        .iter()
        .map(|unit| (unit.line, unit.seed.clone()))
        .collect();
    match order_tree(&rows) {
        Ok(placed) if faults.is_empty() => Ok((units, placed)),
        Ok(_) => Err(faults),
        Err(problems) => {
            // The rows without a readable line would be blamed a second time as missing parents.
            if faults.is_empty() {
                faults = problems
                    .into_iter()
                    .map(|problem| file.at(problem.row(), without_line(&problem.to_string())))
                    .collect();
            }
            Err(faults)
        }
    }
}

/// The message of a tree problem begins with its line, which the report of refused lines has in a field of its own.
fn without_line(message: &str) -> String {
    message
        .split_once(": ")
        .map_or(message, |(_, rest)| rest)
        .to_owned()
}

struct Columns {
    id: usize,
    parent: usize,
    level: usize,
    code: usize,
    name: usize,
    kind: usize,
    deadline: usize,
}

impl Columns {
    fn find(sheet: &Sheet) -> Result<Columns, &'static str> {
        let column = |name: &'static str| sheet.column(&[name]).ok_or(name);
        Ok(Columns {
            id: column("id")?,
            parent: column("parent_id")?,
            level: column("level")?,
            code: column("code")?,
            name: column("name")?,
            kind: column("kind")?,
            deadline: column("deadline")?,
        })
    }

    fn unit(&self, row: &SheetRow) -> Result<ImportedUnit, String> {
        let text = |column: usize| clean_line(row.get(Some(column)));
        let key = text(self.id);
        if key.is_empty() {
            return Err("thiếu số thứ tự đơn vị (cột id)".into());
        }
        let level = text(self.level);
        let deadline = text(self.deadline);
        let parent = text(self.parent);
        Ok(ImportedUnit {
            line: row.line,
            key,
            seed: UnitSeed {
                code: text(self.code),
                name: text(self.name),
                kind: text(self.kind),
                level: level
                    .parse()
                    .ok()
                    .filter(|level| (1..=9).contains(level))
                    .ok_or_else(|| {
                        format!("cấp của đơn vị phải là số từ 1 đến 9, đang ghi “{level}”")
                    })?,
                parent_code: Some(parent).filter(|parent| !parent.is_empty()),
                ..UnitSeed::default()
            },
            deadline: match deadline.as_str() {
                "" => None,
                written => Some(written.parse().map_err(|_| {
                    format!(
                        "hạn “{written}” không đúng dạng, ví dụ đúng: 2022-10-20T17:00:00+07:00"
                    )
                })?),
            },
        })
    }
}

/// Reads a table file.
pub(super) fn table(path: &Path) -> Result<Sheet, String> {
    let bytes = std::fs::read(path)
        .map_err(|error| format!("không đọc được tệp {}: {error}", path.display()))?;
    formats::read_table(&file_name(path), &bytes).map_err(|error| error.to_string())
}

/// The name of a file as its faults call it.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Makes the faults of one file.
pub(super) struct Faults {
    file: String,
}

impl Faults {
    pub fn new(path: &Path) -> Faults {
        Faults {
            file: file_name(path),
        }
    }
    pub fn at(&self, line: usize, message: impl Into<String>) -> Refused {
        Refused {
            file: self.file.clone(),
            line: line as u64,
            message: message.into(),
        }
    }
}
