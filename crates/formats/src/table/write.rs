//! XLSX for people: titles, a header that stays in view, numbers as numbers, ready to print on A4.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Xlsx, Worksheet,
    XlsxError,
};
use std::collections::BTreeSet;

/// Characters that Excel allows in one cell.
const CELL_CHARS: usize = 32_767;
/// Significant digits that Excel keeps of a number.
const DIGITS: usize = 15;
const A4: u8 = 9;

/// What is to be written; the first sheet is the one that opens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    pub sheets: Vec<SheetOut>,
}

/// One sheet: title lines, then header rows, then rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetOut {
    /// Cut to what Excel allows and made unique among the sheets.
    pub name: String,
    /// Printed above the table, the first one in bold.
    pub title: Vec<String>,
    /// Column widths in characters; columns beyond keep Excel's own.
    pub widths: Vec<u32>,
    pub header: Vec<Vec<String>>,
    pub rows: Vec<Vec<CellOut>>,
    /// Keep titles and header in view while scrolling.
    pub freeze_header: bool,
    pub landscape: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CellOut {
    Text(String),
    /// Written as a number as long as Excel keeps all its digits, else as text in Vietnamese form.
    Decimal(Decimal),
    Empty,
}

/// Writes a workbook. The same input gives the same bytes. Text beyond what an Excel cell holds is cut and marked with `…`.
pub fn write_workbook(workbook: &Workbook) -> Vec<u8> {
    // Sheet names, cell sizes and positions were made valid, and memory takes every write.
    build(workbook).expect("a workbook within Excel's limits is written to memory")
}

fn build(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut out = Xlsx::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    out.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut names = BTreeSet::new();
    if workbook.sheets.is_empty() {
        out.add_worksheet();
    }
    for sheet in &workbook.sheets {
        let worksheet = out.add_worksheet();
        worksheet.set_name(valid_name(&sheet.name, &mut names))?;
        write_sheet(worksheet, sheet)?;
    }
    out.save_to_buffer()
}

fn write_sheet(out: &mut Worksheet, sheet: &SheetOut) -> Result<(), XlsxError> {
    let columns = sheet
        .header
        .iter()
        .map(Vec::len)
        .chain(sheet.rows.iter().map(Vec::len))
        .max()
        .unwrap_or(1);
    for (column, width) in sheet.widths.iter().take(EXCEL_COLUMNS).enumerate() {
        out.set_column_width(column_number(column), *width)?;
    }
    let mut row = 0;
    for (index, line) in sheet.title.iter().enumerate() {
        let format = if index == 0 {
            base().set_bold()
        } else {
            base().set_italic()
        };
        out.write_string_with_format(row, 0, cut(line), &format)?;
        row += 1;
    }
    if !sheet.title.is_empty() {
        row += 1;
    }
    let first = row;
    let header = bordered()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    for cells in &sheet.header {
        for (column, text) in cells.iter().take(EXCEL_COLUMNS).enumerate() {
            out.write_string_with_format(row, column_number(column), cut(text), &header)?;
        }
        row += 1;
    }
    if row > first {
        out.set_repeat_rows(first, row - 1)?;
    }
    if sheet.freeze_header {
        out.set_freeze_panes(row, 0)?;
    }
    let text = bordered().set_text_wrap().set_align(FormatAlign::Top);
    for cells in sheet
        .rows
        .iter()
        .take(EXCEL_ROWS.saturating_sub(row as usize))
    {
        for column in 0..columns.min(EXCEL_COLUMNS) {
            write_cell(
                out,
                row,
                column_number(column),
                cells.get(column).unwrap_or(&CellOut::Empty),
                &text,
            )?;
        }
        row += 1;
    }
    print_setup(out, sheet.landscape);
    Ok(())
}

const EXCEL_ROWS: usize = 1_048_576;
const EXCEL_COLUMNS: usize = 16_384;

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn print_setup(out: &mut Worksheet, landscape: bool) {
    out.set_paper_size(A4);
    if landscape {
        out.set_landscape();
    }
    out.set_print_fit_to_pages(1, 0);
    out.set_margins(0.8, 0.5, 0.75, 0.75, 0.3, 0.3);
}

fn write_cell(
    out: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &CellOut,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell {
        CellOut::Empty => out.write_blank(row, column, text)?,
        CellOut::Text(value) => out.write_string_with_format(row, column, cut(value), text)?,
        CellOut::Decimal(value) => {
            let right = bordered()
                .set_align(FormatAlign::Right)
                .set_align(FormatAlign::Top);
            let digits = value
                .normalize()
                .mantissa()
                .unsigned_abs()
                .to_string()
                .len();
            match value.to_f64().filter(|_| digits <= DIGITS) {
                Some(number) => out.write_number_with_format(
                    row,
                    column,
                    number,
                    &right.set_num_format(number_format(*value)),
                )?,
                None => out.write_string_with_format(row, column, vietnamese(*value), &right)?,
            }
        }
    };
    Ok(())
}

/// Thousands and as many decimals as the value has; `42A` is Vietnamese, `.` and `,` there.
fn number_format(value: Decimal) -> String {
    match value.normalize().scale() {
        0 => "[$-42A]#,##0".to_owned(),
        scale => format!("[$-42A]#,##0.{}", "0".repeat(scale as usize)),
    }
}

/// `1234567.5` as `1.234.567,5`.
fn vietnamese(value: Decimal) -> String {
    let plain = value.abs().normalize().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::from(if value.is_sign_negative() { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

fn base() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(12)
}

fn bordered() -> Format {
    base().set_border(FormatBorder::Thin)
}

fn cut(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS {
        return text.to_owned();
    }
    text.chars().take(CELL_CHARS - 1).chain(['…']).collect()
}

/// A name that Excel takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at the ends, unique apart from case.
fn valid_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if "[]:*?/\\".contains(c) || c.is_control() {
                '-'
            } else {
                c
            }
        })
        .collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() { "Bảng" } else { plain };
    let cut = |limit: usize| {
        let short: String = plain.chars().take(limit).collect();
        short.trim_end_matches([' ', '\'']).to_owned()
    };
    let mut candidate = cut(31);
    for number in 2.. {
        if taken.insert(candidate.to_lowercase()) {
            break;
        }
        candidate = format!("{} ({number})", cut(24));
    }
    candidate
}
