//! The figures of a unit as a workbook: one sheet of provisional, one of official totals.

use super::{FigureSet, UnitFigures};
use crate::boards::TableFile;
use crate::documents::FileFormat;
use crate::reports::document::{number, plain};
use domain::campaign::Grain;
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
