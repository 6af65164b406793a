//! Annexes of a report: the table of figures, and who reported when.

use crate::campaign::Period;
use crate::deadline::{Timeliness, vietnamese_date, vietnamese_time};
use crate::doc::{Align, Block, Cell, Paragraph, Run, Table};
use crate::figures::{Cell as Figure, FigureTable, Layout};
use crate::number::Amount;
use crate::official::Annex;
use crate::rollup::Totals;
use jiff::Timestamp;
use jiff::civil::Date;

/// One line of the figures annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    pub code: String,
    pub name: String,
    pub unit: String,
    /// One value for each year of the layout; empty strings where there is none.
    pub years: Vec<String>,
    /// The value for the whole period, or at its end.
    pub whole: String,
}

impl FigureRow {
    /// The rows of one unit's own table; "-" where it said "not applicable".
    pub fn of_table(layout: &Layout, table: &FigureTable, totals: &Totals) -> Vec<FigureRow> {
        let mark = |cell: usize| {
            if table.cells[cell] == Figure::NotApplicable {
                "-"
            } else {
                ""
            }
        };
        let value = |indicator: usize, cell: usize| match table.cells[cell] {
            Figure::Number(amount) => Some(amount),
            Figure::NotApplicable => None,
            Figure::Blank => layout.indicators()[indicator]
                .is_computed()
                .then(|| totals.value(layout, indicator, cell))
                .flatten(),
        };
        rows(layout, value, mark, |indicator| {
            totals.over_time(layout, indicator)
        })
    }
}

fn rows(
    layout: &Layout,
    value: impl Fn(usize, usize) -> Option<Amount>,
    mark: impl Fn(usize) -> &'static str,
    over_time: impl Fn(usize) -> Option<Amount>,
) -> Vec<FigureRow> {
    let shown = |indicator: usize, cell: usize| {
        value(indicator, cell).map_or_else(|| mark(cell).to_string(), Amount::vietnamese)
    };
    layout
        .indicators()
        .iter()
        .enumerate()
        .map(|(indicator, facts)| {
            let mut row = FigureRow {
                code: facts.code.clone(),
                name: facts.name.clone(),
                unit: facts.unit.clone(),
                years: vec![String::new(); layout.years().len()],
                whole: String::new(),
            };
            for (period, cell) in layout.cells(indicator) {
                match period {
                    Period::Year(year) => {
                        if let Some(column) = layout.years().iter().position(|known| *known == year)
                        {
                            row.years[column] = shown(indicator, cell);
                        }
                    }
                    Period::Whole => row.whole = shown(indicator, cell),
                }
            }
            if row.whole.is_empty() {
                row.whole = over_time(indicator)
                    .map(Amount::vietnamese)
                    .unwrap_or_default();
            }
            row
        })
        .collect()
}

/// The annex of figures. `note` says what stands behind them, e.g. the coverage; empty for none.
pub fn figures_annex(title: &str, years: &[i16], rows: &[FigureRow], note: &str) -> Annex {
    let mut header: Vec<Cell> = ["TT", "Chỉ tiêu", "Đơn vị tính"].map(head).into();
    header.extend(years.iter().map(|year| head(&year.to_string())));
    header.push(head("Cả kỳ"));
    let mut widths = vec![5, 46, 12];
    widths.extend(years.iter().map(|_| 11));
    widths.push(12);
    let mut table = Table {
        header_rows: 1,
        widths,
        rows: vec![header],
    };
    for (number, row) in (1..).zip(rows) {
        let mut cells = vec![
            centred(&number.to_string()),
            Cell::plain(&row.name),
            centred(&row.unit),
        ];
        cells.extend(row.years.iter().map(|value| right(value)));
        cells.push(right(&row.whole));
        table.rows.push(cells);
    }
    let mut blocks = Vec::new();
    if !note.is_empty() {
        blocks.push(Block::Paragraph(Paragraph {
            runs: vec![Run::italic(note)],
            align: Align::Center,
            ..Paragraph::default()
        }));
    }
    blocks.push(Block::Table(table));
    Annex {
        number: None,
        title: title.to_string(),
        landscape: true,
        blocks,
    }
}

/// One line of the annex "who reported when".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRow {
    pub unit: String,
    pub due: Option<Date>,
    /// When the first revision was sent.
    pub sent_at: Option<Timestamp>,
    pub timeliness: Timeliness,
    /// Number-symbol of the issued report; empty when unknown.
    pub number: String,
    /// The unit was freed from reporting.
    pub is_waived: bool,
}

/// The annex that lists which unit reported when.
pub fn reported_annex(rows: &[ReportedRow]) -> Annex {
    let header = [
        "TT",
        "Đơn vị",
        "Số, ký hiệu",
        "Hạn gửi",
        "Thời điểm gửi",
        "Kết quả",
    ]
    .map(head)
    .into();
    let mut table = Table {
        header_rows: 1,
        widths: vec![5, 38, 13, 12, 17, 15],
        rows: vec![header],
    };
    for (number, row) in (1..).zip(rows) {
        table.rows.push(vec![
            centred(&number.to_string()),
            Cell::plain(&row.unit),
            centred(&row.number),
            centred(&row.due.map(vietnamese_date).unwrap_or_default()),
            centred(&row.sent_at.map(vietnamese_time).unwrap_or_default()),
            centred(&outcome(row)),
        ]);
    }
    Annex {
        number: None,
        title: "Tình hình gửi báo cáo của các đơn vị".into(),
        landscape: false,
        blocks: vec![Block::Table(table)],
    }
}

fn outcome(row: &ReportedRow) -> String {
    match row.timeliness {
        _ if row.is_waived => "Được miễn".into(),
        Timeliness::Early => "Trước hạn".into(),
        Timeliness::OnTime => "Đúng hạn".into(),
        Timeliness::Late { days } => format!("Chậm {days} ngày"),
        Timeliness::Missing { days } => format!("Chưa gửi, quá hạn {days} ngày"),
        Timeliness::Pending => "Chưa gửi".into(),
    }
}

fn head(text: &str) -> Cell {
    Cell {
        paragraphs: vec![Paragraph {
            runs: vec![Run::bold(text)],
            align: Align::Center,
            ..Paragraph::default()
        }],
    }
}

fn centred(text: &str) -> Cell {
    Cell {
        paragraphs: vec![Paragraph::plain(text).aligned(Align::Center)],
    }
}

fn right(text: &str) -> Cell {
    Cell {
        paragraphs: vec![Paragraph::plain(text).aligned(Align::Right)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(timeliness: Timeliness) -> ReportedRow {
        ReportedRow {
            unit: "Xã A".into(),
            due: Some(date(2022, 9, 15)),
            sent_at: None,
            timeliness,
            number: String::new(),
            is_waived: false,
        }
    }

    #[test]
    fn the_annex_says_how_late_each_unit_was() {
        let annex = reported_annex(&[
            row(Timeliness::Late { days: 3 }),
            row(Timeliness::Missing { days: 12 }),
        ]);
        let text = annex.blocks[0].text();
        assert!(
            text.contains("Chậm 3 ngày") && text.contains("Chưa gửi, quá hạn 12 ngày"),
            "{text}"
        );
    }

    #[test]
    fn figure_rows_have_one_cell_for_each_column() {
        let facts = FigureRow {
            code: "A".into(),
            name: "Nhà".into(),
            unit: "nhà".into(),
            years: vec!["1".into(), String::new()],
            whole: "1".into(),
        };
        let annex = figures_annex("Số liệu", &[2021, 2022], &[facts], "118 trên 124 đơn vị");
        let Block::Table(table) = &annex.blocks[1] else {
            panic!("a table after the note")
        };
        assert!(table.rows.iter().all(|row| row.len() == table.widths.len()));
    }
}
