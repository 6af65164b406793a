//! Tables that people bring: reading them, and telling every fault by its row.

use crate::error::{Error, Problem, Result};
use domain::text::fold;
use formats::{Sheet, SheetRow};

/// Most faults that are listed; a table in a wrong format has one in every row.
const LISTED: usize = 200;

/// What a trial run over a table found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct TableCheck {
    /// Rows besides the header.
    pub rows: usize,
    /// Nothing is taken over while there is one.
    pub problems: Vec<Problem>,
    /// What will be left out, without harm.
    pub notes: Vec<Problem>,
}

impl TableCheck {
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// # Errors
    /// [`Error::Invalid`] with all problems, when there are any.
    pub fn into_result(self) -> Result<TableCheck> {
        if self.is_clean() {
            Ok(self)
        } else {
            Err(Error::Invalid(self.problems))
        }
    }

    pub(crate) fn problem(&mut self, row: &SheetRow, message: impl Into<String>) {
        self.problems.push(Problem {
            place: format!("dòng {}", row.line),
            message: message.into(),
        });
    }

    /// Puts the problems in the order of the rows, cuts a long list short and says so.
    pub(crate) fn finish(mut self) -> TableCheck {
        let line = |problem: &Problem| {
            let number = problem.place.strip_prefix("dòng ")?;
            number.parse::<usize>().ok()
        };
        self.problems.sort_by_key(line);
        if self.problems.len() > LISTED {
            let more = self.problems.len() - LISTED;
            self.problems.truncate(LISTED);
            self.problems.push(Problem {
                place: String::new(),
                message: format!(
                    "còn {more} lỗi nữa không liệt kê ở đây. Hãy sửa các lỗi trên rồi thử lại"
                ),
            });
        }
        self
    }
}

/// Reads a table.
///
/// # Errors
/// [`Error::Invalid`] at the file's name when it is no readable table.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Sheet> {
    formats::read_table(file_name, bytes)
        .map_err(|error| Error::invalid(file_name, error.message()))
}

/// A column: the name in our own tables, then other names that people use.
pub(crate) type ColumnNames = &'static [&'static str];

/// Notes the columns that nothing reads, and each of `required` that is missing.
pub(crate) fn check_columns(
    sheet: &Sheet,
    known: &[ColumnNames],
    required: &[ColumnNames],
    check: &mut TableCheck,
) {
    let is_known = |column: &str| {
        known
            .iter()
            .any(|names| names.iter().any(|name| fold(name) == fold(column)))
    };
    for (at, column) in sheet.header.iter().enumerate() {
        if column.is_empty() {
            continue;
        }
        if !is_known(column) {
            check.notes.push(Problem {
                place: format!("cột {} “{column}”", at + 1),
                message:
                    "không nhận ra cột này nên sẽ bỏ qua. Hãy kiểm tra lại tên cột nếu cần dùng"
                        .into(),
            });
        }
        if sheet.header[..at]
            .iter()
            .any(|earlier| fold(earlier) == fold(column))
        {
            check.problems.push(Problem {
                place: format!("cột {} “{column}”", at + 1),
                message: "tên cột bị lặp. Hãy chỉ giữ một cột".into(),
            });
        }
    }
    for names in required {
        if sheet.column(names).is_none() {
            check.problems.push(Problem {
                place: "dòng tiêu đề".into(),
                message: format!("thiếu cột “{}”", names[0]),
            });
        }
    }
    if sheet.rows.is_empty() {
        check.problems.push(Problem {
            place: String::new(),
            message: "bảng chỉ có dòng tiêu đề, không có dòng nào bên dưới".into(),
        });
    }
}
