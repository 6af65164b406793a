//! Figures as files: of a unit a workbook with one sheet of provisional and one of official totals; of the units of a
//! level one indicator as a workbook or as CSV.

use super::{FigureSet, LevelFigures, LevelRow, UnitFigures};
use crate::boards::{TableFile, push_line};
use crate::documents::FileFormat;
use crate::reports::document::{number, plain};
use domain::campaign::{Grain, Indicator};
use domain::number::Amount;
use domain::org::Level;
use domain::rollup::Totals;
use formats::{CellOut, SheetOut, Workbook, write_workbook};

/// Indicators by year, with the total over the years in the last column.
pub fn as_workbook(figures: &UnitFigures) -> TableFile {
    let sheets = vec![
        sheet(
            figures,
            &figures.provisional,
            "Tạm tính",
            "từ các báo cáo đã gửi",
        ),
        sheet(
            figures,
            &figures.official,
            "Chính thức",
            "từ các báo cáo đã được chấp nhận",
        ),
    ];
    let (short_id, code) = (&figures.campaign.short_id, plain(&figures.unit.code));
    TableFile {
        name: format!("so-lieu-{short_id}-{code}.xlsx"),
        media_type: FileFormat::Xlsx.media_type(),
        bytes: write_workbook(&Workbook { sheets }),
    }
}

fn sheet(figures: &UnitFigures, set: &FigureSet, name: &str, from: &str) -> SheetOut {
    let layout = &figures.layout;
    let years = layout.years();
    let mut header = ["Mã", "Chỉ tiêu", "Đơn vị tính"].map(String::from).to_vec();
    header.extend(years.iter().map(i16::to_string));
    header.push("Cả kỳ".into());
    let rows = layout.indicators().iter().enumerate();
    let rows = rows.map(|(position, indicator)| {
        let texts = [&indicator.code, &indicator.name, &indicator.unit];
        let mut row: Vec<CellOut> = texts.map(|text| CellOut::Text(text.clone())).into();
        if indicator.grain == Grain::Year {
            let cells = layout.cells(position);
            row.extend(cells.map(|(_, cell)| number(set.totals.value(layout, position, cell))));
        } else {
            row.extend(years.iter().map(|_| CellOut::Empty));
        }
        row.push(number(set.totals.over_time(layout, position)));
        row
    });
    SheetOut {
        name: name.into(),
        title: vec![
            format!("Số liệu tổng hợp: {}", figures.unit.name),
            figures.campaign.name.clone(),
            format!(
                "{name}, {from}: {}/{} đơn vị",
                set.coverage.received, set.coverage.expected
            ),
        ],
        widths: [10, 46, 14]
            .into_iter()
            .chain(years.iter().map(|_| 12))
            .chain([14])
            .collect(),
        header: vec![header],
        rows: rows.collect(),
        freeze_header: true,
        landscape: true,
    }
}

/// One indicator of all shown units; without one there is nothing to write.
pub fn level_as_workbook(figures: &LevelFigures) -> TableFile {
    let sheet = |name: &str, pick: fn(&LevelRow) -> &Totals| {
        let rows = figures.rows.iter().map(|row| {
            let texts = [&row.unit.code, &row.unit.name, &row.above];
            let mut cells: Vec<CellOut> = texts.map(|text| CellOut::Text(text.clone())).into();
            cells.extend(values(figures, pick(row)).into_iter().map(number));
            cells.push(CellOut::Text(coverage(row)));
            cells
        });
        SheetOut {
            name: name.into(),
            title: vec![
                indicator(figures).map_or_else(String::new, title),
                format!(
                    "{}, {}",
                    Level(figures.level).label(),
                    figures.campaign.name
                ),
            ],
            widths: [12, 40, 34]
                .into_iter()
                .chain(figures.layout.years().iter().map(|_| 12))
                .chain([14, 12])
                .collect(),
            header: vec![columns(figures)],
            rows: rows.collect(),
            freeze_header: true,
            landscape: true,
        }
    };
    TableFile {
        name: format!("{}.xlsx", level_name(figures)),
        media_type: FileFormat::Xlsx.media_type(),
        bytes: write_workbook(&Workbook {
            sheets: vec![
                sheet("Tạm tính", |row| &row.provisional),
                sheet("Chính thức", |row| &row.official),
            ],
        }),
    }
}

/// The provisional values of one indicator, exact decimals with a point, for programs.
pub fn level_as_csv(figures: &LevelFigures) -> TableFile {
    let mut text = String::from("\u{feff}");
    push_line(&mut text, columns(figures).into_iter());
    for row in &figures.rows {
        let mut cells = vec![
            row.unit.code.clone(),
            row.unit.name.clone(),
            row.above.clone(),
        ];
        let values = values(figures, &row.provisional).into_iter();
        cells.extend(values.map(|value| value.map(|it| it.to_string()).unwrap_or_default()));
        cells.push(coverage(row));
        push_line(&mut text, cells.into_iter());
    }
    TableFile {
        name: format!("{}.csv", level_name(figures)),
        media_type: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

fn indicator(figures: &LevelFigures) -> Option<&Indicator> {
    figures
        .indicator
        .map(|position| &figures.layout.indicators()[position])
}

fn title(indicator: &Indicator) -> String {
    match indicator.unit.as_str() {
        "" => indicator.name.clone(),
        unit => format!("{} ({unit})", indicator.name),
    }
}

fn columns(figures: &LevelFigures) -> Vec<String> {
    let years = figures.layout.years().iter().map(i16::to_string);
    ["Mã", "Đơn vị", "Cấp trên trực tiếp"]
        .map(String::from)
        .into_iter()
        .chain(years)
        .chain(["Cả kỳ", "Đã gửi"].map(String::from))
        .collect()
}

/// One value for each year, and the one over all years; of an indicator without years only the last.
fn values(figures: &LevelFigures, totals: &Totals) -> Vec<Option<Amount>> {
    let layout = &figures.layout;
    let Some(position) = figures.indicator else {
        return Vec::new();
    };
    let mut values: Vec<Option<Amount>> = match layout.indicators()[position].grain {
        Grain::Year => layout
            .cells(position)
            .map(|(_, cell)| totals.value(layout, position, cell))
            .collect(),
        _ => vec![None; layout.years().len()],
    };
    values.push(totals.over_time(layout, position));
    values
}

fn coverage(row: &LevelRow) -> String {
    format!("{}/{}", row.coverage.received, row.coverage.expected)
}

fn level_name(figures: &LevelFigures) -> String {
    let code = indicator(figures).map_or("", |indicator| indicator.code.as_str());
    format!(
        "so-lieu-{}-cap-{}-{}",
        figures.campaign.short_id,
        figures.level,
        plain(code)
    )
}
