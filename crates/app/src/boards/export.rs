//! Lists of reports as files: XLSX for people, CSV for programs.

use super::list::{ReportList, ReportRow};
use domain::deadline::vietnamese_time;
use domain::org::Level;
use formats::{CellOut, SheetOut, Workbook, write_workbook};

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

const COLUMNS: [&str; 9] = [
    "STT",
    "Mã đơn vị",
    "Đơn vị",
    "Cấp",
    "Cấp trên trực tiếp",
    "Trạng thái",
    "Hạn gửi",
    "Thời điểm gửi",
    "Đánh giá",
];

/// The rows of a list as a workbook.
pub fn as_workbook(list: &ReportList) -> TableFile {
    let rows = list
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let mut cells = vec![CellOut::Decimal((index as u64 + 1).into())];
            cells.extend(texts(row).into_iter().map(CellOut::Text));
            cells
        })
        .collect();
    let workbook = Workbook {
        sheets: vec![SheetOut {
            name: "Theo dõi".into(),
            title: vec![
                "Bảng theo dõi gửi báo cáo".into(),
                list.campaign.name.clone(),
                path_line(list),
            ],
            widths: vec![6, 14, 38, 14, 34, 20, 18, 18, 20],
            header: vec![COLUMNS.map(String::from).to_vec()],
            rows,
            freeze_header: true,
            landscape: true,
        }],
    };
    TableFile {
        name: format!("theo-doi-{}.xlsx", list.campaign.short_id),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes: write_workbook(&workbook),
    }
}

/// The rows of a list as CSV in UTF-8 with a mark at its beginning, so that Excel reads the letters right.
pub fn as_csv(list: &ReportList) -> TableFile {
    let mut text = String::from("\u{feff}");
    push_line(&mut text, COLUMNS.iter().copied());
    for (index, row) in list.rows.iter().enumerate() {
        let number = (index + 1).to_string();
        let cells = texts(row);
        push_line(
            &mut text,
            std::iter::once(number.as_str()).chain(cells.iter().map(String::as_str)),
        );
    }
    TableFile {
        name: format!("theo-doi-{}.csv", list.campaign.short_id),
        media_type: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

fn path_line(list: &ReportList) -> String {
    let names: Vec<&str> = list.path.iter().map(|crumb| crumb.name.as_str()).collect();
    names.join(" – ")
}

fn texts(row: &ReportRow) -> [String; 8] {
    [
        row.unit.code.clone(),
        row.unit.name.clone(),
        Level(row.unit.level).label(),
        row.above.clone(),
        row.state.label().to_owned(),
        row.due_at.map(vietnamese_time).unwrap_or_default(),
        row.first_sent_at.map(vietnamese_time).unwrap_or_default(),
        row.judgement(),
    ]
}

/// One line of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) {
            "'"
        } else {
            ""
        };
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
