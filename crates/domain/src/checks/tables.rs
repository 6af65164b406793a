//! Tables that somebody wrote into the text: the row of totals against the rows, the column of totals against the
//! years, shares against a hundred.

use super::codes::Code;
use super::dossier::Placed;
use super::finding::Finding;
use super::pattern;
use super::quantities::distance;
use super::rows::{cell_place, tables};
use crate::number::Amount;
use crate::text::fold;

pattern!(
    TOTAL,
    r"^(?:tong|tong cong|tong so|cong|toan (?:xa|huyen|tinh|phuong|dang bo))\b"
);
// Rows that repeat a part of another row.
pattern!(
    SUBROW,
    r"(?i)^\s*(?:trong đó|riêng|gồm|tr\.đ|[-+•])|^\d+\.\d+"
);
pattern!(YEAR_HEAD, r"^(?:Năm )?(?:19|20)\d\d(?: \(.*\))?$");
pattern!(NO_COUNT, r"(?i)^(?:stt|tt|số tt|số thứ tự|năm|mã|ghi chú)$");
pattern!(
    NO_SUM,
    r"(?i)bình quân|trung bình|tỷ lệ|tỉ lệ|%|cao nhất|thấp nhất|mức|lớn nhất|điểm|hạng"
);

pub(super) fn check(lines: &[Placed<'_>]) -> Vec<Finding> {
    tables(lines)
        .into_iter()
        .flat_map(|table| {
            let cells: Vec<Vec<&str>> = table.iter().map(|line| line.line.cells()).collect();
            let width = cells[0].len();
            if cells.iter().any(|row| row.len() != width) {
                return Vec::new();
            }
            let mut found = columns(&table, &cells);
            found.extend(rows(&table, &cells));
            found
        })
        .collect()
}

/// A cell as a number: nothing and a dash are nothing to add.
fn number(cell: &str) -> Option<Amount> {
    match cell {
        "" | "-" | "–" => Some(Amount::ZERO),
        written => Amount::parse_vietnamese(written).ok(),
    }
}

fn label<'a>(row: &[&'a str]) -> &'a str {
    row.iter()
        .find(|cell| cell.chars().any(char::is_alphabetic) && cell.chars().count() > 1)
        .copied()
        .unwrap_or_default()
}

fn columns(table: &[&Placed<'_>], cells: &[Vec<&str>]) -> Vec<Finding> {
    let labels: Vec<&str> = cells.iter().map(|row| label(row)).collect();
    let totals: Vec<usize> = (1..cells.len())
        .filter(|row| TOTAL.is_match(&fold(labels[*row])))
        .collect();
    // Several totals are subtotals, and a total in the middle is one of some rows only.
    let [total] = totals.as_slice() else {
        return Vec::new();
    };
    let is_at_edge = *total == 1 || *total == cells.len() - 1;
    if !is_at_edge || cells.len() < 4 || labels.iter().any(|label| SUBROW.is_match(label)) {
        return Vec::new();
    }
    (1..cells[0].len())
        .filter_map(|column| column_slip(table, cells, *total, column))
        .collect()
}

fn column_slip(
    table: &[&Placed<'_>],
    cells: &[Vec<&str>],
    total: usize,
    column: usize,
) -> Option<Finding> {
    let head = cells[0][column];
    let stated_words = cells[total][column];
    let stated = Amount::parse_vietnamese(stated_words).ok()?;
    if NO_COUNT.is_match(head) {
        return None;
    }
    let parts: Vec<Amount> = (1..cells.len())
        .filter(|row| *row != total)
        .map(|row| number(cells[row][column]))
        .collect::<Option<_>>()?;
    let sum = parts
        .iter()
        .try_fold(Amount::ZERO, |sum, part| sum.checked_add(*part))?;
    let is_share =
        head.contains('%') || fold(head).starts_with("ty le") || fold(head).starts_with("co cau");
    if is_share {
        return share_slip(table[total], stated_words, stated, sum, parts.len());
    }
    if NO_SUM.is_match(head) || sum == stated {
        return None;
    }
    // Decimals were rounded one by one.
    let is_rounded = cells.iter().skip(1).any(|row| row[column].contains(','));
    let slack = Amount::from(i64::try_from(parts.len()).ok()?);
    if is_rounded && distance(sum, stated) <= slack.ratio(Amount::from(10), 1, 2)? {
        return None;
    }
    let words: Vec<String> = parts.iter().map(|part| part.vietnamese()).collect();
    let (words, sum_words) = (words.join(" + "), sum.vietnamese());
    let gap = distance(sum, stated).vietnamese();
    Some(Finding::new(
        Code::SumMismatch,
        cell_place(table[total], stated_words),
        format!(
            "Cột “{head}” ghi tổng {stated_words}, các dòng cộng lại {words} = {sum_words}; chênh {gap}."
        ),
        format!(
            "Column “{head}” says {stated_words}; its rows give {words} = {sum_words}, off by {gap}."
        ),
    ))
}

/// Shares of one total that come near a hundred and miss it.
fn share_slip(
    line: &Placed<'_>,
    written: &str,
    stated: Amount,
    sum: Amount,
    count: usize,
) -> Option<Finding> {
    let hundred = Amount::from(100);
    let slack = Amount::from(i64::try_from(count).ok()?).ratio(Amount::from(10), 1, 2)?;
    let off = distance(sum, hundred);
    if stated != hundred || off <= slack || off > Amount::from(15) {
        return None;
    }
    let shown = sum.vietnamese();
    Some(Finding::new(
        Code::SharesSum,
        cell_place(line, written),
        format!("Các tỷ lệ cộng lại bằng {shown}%, không bằng 100%."),
        format!("The shares add up to {shown}%, not to 100%."),
    ))
}

/// A column "Tổng" after columns of years.
fn rows(table: &[&Placed<'_>], cells: &[Vec<&str>]) -> Vec<Finding> {
    let head = &cells[0];
    let years: Vec<usize> = (0..head.len())
        .filter(|column| YEAR_HEAD.is_match(head[*column]))
        .collect();
    let Some(total) = head
        .iter()
        .position(|cell| matches!(fold(cell).as_str(), "tong" | "tong cong" | "cong"))
    else {
        return Vec::new();
    };
    if years.len() < 2 {
        return Vec::new();
    }
    (1..cells.len())
        .filter_map(|row| {
            if NO_SUM.is_match(label(&cells[row])) || cells[row].contains(&"%") {
                return None;
            }
            let written = cells[row][total];
            let stated = Amount::parse_vietnamese(written).ok()?;
            let parts: Vec<Amount> = years
                .iter()
                .map(|column| number(cells[row][*column]))
                .collect::<Option<_>>()?;
            let sum = parts
                .iter()
                .try_fold(Amount::ZERO, |sum, part| sum.checked_add(*part))?;
            // Of what is held at the end of each year the last one counts.
            if sum == stated || parts.last() == Some(&stated) {
                return None;
            }
            let words: Vec<String> = parts.iter().map(|part| part.vietnamese()).collect();
            let (words, sum, name) = (words.join(" + "), sum.vietnamese(), label(&cells[row]));
            Some(Finding::new(
                Code::SumMismatch,
                cell_place(table[row], written),
                format!("Dòng “{name}” ghi tổng {written}, các năm cộng lại {words} = {sum}."),
                format!("Row “{name}” says {written}; its years give {words} = {sum}."),
            ))
        })
        .collect()
}
