//! Writing: sections with their versions, figures.

use super::ReportName;
use super::names;
use crate::args::Global;
use crate::cmd::{as_json, file, print};
use crate::error::CmdError;
use crate::wire;
use app::Ctx;
use app::reports::draft::{self as desk, Saved, SectionEditor, SectionSave, Settle as Settling};
use app::reports::figures::{self as table, CellChange, ExactChange, FiguresView, place_of};
use app::reports::view;
use domain::campaign::Period;
use domain::deadline::vietnamese_time;
use domain::ids::{AssignmentId, SectionId};
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use web::api::reports::draft::{EditorJson, KEPT_ASIDE, SavedJson, VersionJson};
use web::api::reports::figures::{FiguresSavedJson, TableJson};

/// A section of a report.
#[derive(clap::Args)]
pub struct Section {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Số của mục như trong đề cương: II, hoặc II/1 khi có nhiều mục 1, hoặc #12 theo mã
    #[arg(value_name = "MỤC")]
    section: String,
}

impl Section {
    pub(super) fn find(&self, ctx: &Ctx) -> Result<(AssignmentId, SectionId), CmdError> {
        let id = self.report.find(ctx)?;
        let outline = view::view(ctx, id)?.content.outline;
        Ok((id, names::section(&outline, &self.section)?))
    }
}

pub fn section(global: &Global, args: Section) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.find(&ctx)?;
    let editor = desk::open_section(&ctx, id, section)?;
    let words = editor_words(&editor);
    print(global, as_json(&EditorJson::from(editor))?, &words);
    Ok(())
}

fn editor_words(editor: &SectionEditor) -> String {
    let mut words = format!(
        "{}. {} (phiên bản {})\n",
        editor.section.number,
        editor.section.title,
        editor.version()
    );
    let mut note = |label: &str, text: &str| {
        if !text.is_empty() {
            let _ = writeln!(words, "{label}: {text}");
        }
    };
    note("Gợi ý", &editor.section.guidance);
    note("Lý do trả lại", &editor.return_reason);
    note(
        "Không sửa được",
        editor.closed_because.as_deref().unwrap_or_default(),
    );
    note("Đang mở mục này", &editor.others.join(", "));
    let _ = write!(words, "\n{}", editor.text());
    for other in &editor.conflicts {
        let _ = write!(
            words,
            "\n\n--- Bản chờ ghép số {} của {}:\n{}",
            other.id,
            other.saved_by_name.as_deref().unwrap_or("người khác"),
            other.text
        );
    }
    words
}

#[derive(clap::Args)]
pub struct Draft {
    #[command(flatten)]
    place: Section,
    /// Tệp văn bản UTF-8; không nêu hoặc ghi - thì đọc đầu vào chuẩn
    #[arg(value_name = "TỆP")]
    file: Option<PathBuf>,
    /// Phiên bản đã xem trước khi sửa; không nêu thì thay phiên bản hiện hành
    #[arg(long, value_name = "SỐ")]
    base: Option<i64>,
}

pub fn draft(global: &Global, args: Draft) -> Result<(), CmdError> {
    let text = text_of(args.file.as_deref())?;
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.place.find(&ctx)?;
    let base_version = match args.base {
        Some(base) => base,
        None => desk::open_section(&ctx, id, section)?.version(),
    };
    let save = SectionSave {
        text,
        base_version,
        autosave: false,
    };
    saved(global, desk::save_section(&ctx, id, section, save)?)
}

fn saved(global: &Global, saved: Saved) -> Result<(), CmdError> {
    let aside = saved.kept_aside;
    let words = format!("Đã lưu, phiên bản {}", saved.version);
    let json = as_json(&SavedJson::from(saved))?;
    let Some(aside) = aside else {
        print(global, json, &words);
        return Ok(());
    };
    if global.json {
        print(global, json, "");
    }
    Err(CmdError::Refused(format!(
        "{KEPT_ASIDE} (dondoc report settle, bản số {aside})"
    )))
}

/// A text from a file or from standard input.
pub(super) fn text_of(path: Option<&Path>) -> Result<String, CmdError> {
    let bytes = match path.filter(|path| *path != Path::new("-")) {
        Some(path) => file(path)?.1,
        None => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| CmdError::System {
                    what: "không đọc được đầu vào chuẩn",
                    error,
                })?;
            bytes
        }
    };
    String::from_utf8(bytes).map_err(|_| {
        CmdError::Refused(
            "nội dung không phải văn bản UTF-8. Hãy lưu tệp dạng văn bản (.txt) với bảng mã UTF-8"
                .into(),
        )
    })
}

#[derive(clap::Args)]
pub struct Settle {
    #[command(flatten)]
    place: Section,
    /// Số của bản chờ ghép, như lệnh report section in ra
    #[arg(value_name = "BẢN")]
    conflict: i64,
    /// Giữ bản hiện hành (current) hoặc lấy bản chờ ghép (other)
    #[arg(long, value_name = "BẢN GIỮ", value_parser = ["current", "other"], required_unless_present = "merged")]
    keep: Option<String>,
    /// Tệp có nội dung đã ghép; - là đầu vào chuẩn
    #[arg(long, value_name = "TỆP", conflicts_with = "keep")]
    merged: Option<PathBuf>,
}

pub fn settle(global: &Global, args: Settle) -> Result<(), CmdError> {
    let how = match (&args.merged, args.keep.as_deref()) {
        (Some(path), _) => Settling::Merged(text_of(Some(path))?),
        (None, Some("other")) => Settling::KeepOther,
        (None, _) => Settling::KeepCurrent,
    };
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.place.find(&ctx)?;
    let base = desk::open_section(&ctx, id, section)?.version();
    saved(
        global,
        desk::settle(&ctx, id, section, args.conflict, base, how)?,
    )
}

pub fn versions(global: &Global, args: Section) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.find(&ctx)?;
    let (_, versions) = desk::history(&ctx, id, section)?;
    let mut words = String::new();
    for version in &versions {
        let _ = writeln!(
            words,
            "{}\t{}\t{}\t{} ký tự",
            version.version,
            vietnamese_time(version.saved_at),
            version.saved_by_name.as_deref().unwrap_or_default(),
            version.text.chars().count()
        );
    }
    let versions: Vec<VersionJson> = versions.into_iter().map(Into::into).collect();
    let json = serde_json::json!({ "versions": as_json(&versions)? });
    print(global, json, words.trim_end());
    Ok(())
}

#[derive(clap::Args)]
pub struct Restore {
    #[command(flatten)]
    place: Section,
    /// Số của phiên bản
    #[arg(value_name = "PHIÊN BẢN")]
    version: i64,
}

pub fn restore(global: &Global, args: Restore) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.place.find(&ctx)?;
    saved(global, desk::restore(&ctx, id, section, args.version)?)
}

#[derive(clap::Args)]
pub struct Figures {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Ô cần điền: CT01:2019=12; cả kỳ ghi CT01=12; để trống ghi CT01:2019=; không áp dụng ghi CT01:2019=-
    #[arg(value_name = "Ô", value_parser = cell)]
    cells: Vec<Cell>,
    /// Bảng số liệu .tsv hoặc .csv: cột code, các cột năm, cột whole (cả kỳ); ô trống trong bảng được bỏ qua
    #[arg(long, value_name = "TỆP")]
    table: Option<PathBuf>,
    /// Số viết theo cách của máy: 1234.5, không áp dụng là na; không nêu thì viết như trên trang: 1.234,5
    #[arg(long)]
    exact: bool,
}

/// One cell as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    code: String,
    period: Period,
    value: String,
}

fn cell(words: &str) -> Result<Cell, String> {
    let wrong = || "hãy ghi dạng CT01:2019=12, hoặc CT01=12 cho cả kỳ".to_owned();
    let (place, value) = words.split_once('=').ok_or_else(wrong)?;
    let (code, period) = match place.rsplit_once(':') {
        Some((code, key)) => (code, Period::from_key(key).ok_or_else(wrong)?),
        None => (place, Period::Whole),
    };
    Ok(Cell {
        code: code.trim().into(),
        period,
        value: value.trim().into(),
    })
}

pub fn figures(global: &Global, args: Figures) -> Result<(), CmdError> {
    let mut cells = args.cells;
    if let Some(path) = &args.table {
        cells.extend(cells_of(path)?);
    }
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = args.report.find(&ctx)?;
    if cells.is_empty() {
        let seen = table::open(&ctx, id)?;
        let words = table_words(&seen);
        print(global, as_json(&TableJson::from(seen))?, words.trim_end());
        return Ok(());
    }
    let saved = if args.exact {
        let exact = |cell: Cell| ExactChange {
            value: (!cell.value.is_empty()).then_some(cell.value),
            code: cell.code,
            period: cell.period,
            was: None,
        };
        table::save_exact(&ctx, id, cells.into_iter().map(exact).collect())?
    } else {
        let typed = |cell: Cell| CellChange {
            code: cell.code,
            period: cell.period,
            typed: cell.value,
            was: None,
        };
        table::save(&ctx, id, cells.into_iter().map(typed).collect())?
    };
    let words = format!("Đã lưu số liệu, {} ô thay đổi", saved.changed);
    print(global, as_json(&FiguresSavedJson::from(saved))?, &words);
    Ok(())
}

/// The cells that are filled in in a table of one row for each indicator and one column for each period.
fn cells_of(path: &Path) -> Result<Vec<Cell>, CmdError> {
    let (name, bytes) = file(path)?;
    // In a workbook a number has lost the way it was written.
    if !name.ends_with(".tsv") && !name.ends_with(".csv") {
        return Err(CmdError::Refused(format!(
            "{name}: bảng số liệu nhận tệp .tsv hoặc .csv"
        )));
    }
    let sheet = app::tables::read(&name, &bytes)?;
    let code = sheet
        .column(&["code", "mã", "mã chỉ tiêu"])
        .ok_or_else(|| CmdError::Refused(format!("{name}: thiếu cột code (mã chỉ tiêu)")))?;
    let periods: Vec<(usize, Period)> = sheet
        .header
        .iter()
        .enumerate()
        .filter_map(|(at, head)| match head.as_str() {
            "Cả kỳ" => Some((at, Period::Whole)),
            head => Some((at, Period::from_key(head)?)),
        })
        .collect();
    let mut cells = Vec::new();
    for row in &sheet.rows {
        for (column, period) in &periods {
            let value = row.get(Some(*column));
            if !value.is_empty() {
                cells.push(Cell {
                    code: row.get(Some(code)).into(),
                    period: *period,
                    value: value.into(),
                });
            }
        }
    }
    if cells.is_empty() {
        return Err(CmdError::Refused(format!(
            "{name}: bảng không có ô số liệu nào. Tên cột là năm, ví dụ 2019, hoặc whole (cả kỳ)"
        )));
    }
    Ok(cells)
}

fn table_words(seen: &FiguresView) -> String {
    let layout = &seen.outline.layout;
    let mut words = String::new();
    for (position, indicator) in layout.indicators().iter().enumerate() {
        let values: Vec<String> = layout
            .cells(position)
            .map(|(period, cell)| {
                let value = match seen.computed[cell] {
                    Some(amount) => amount.vietnamese(),
                    None => seen.table.cells[cell].vietnamese(),
                };
                format!("{}: {value}", period.label())
            })
            .collect();
        let _ = writeln!(
            words,
            "{}\t{} ({})\t{}",
            indicator.code,
            indicator.name,
            indicator.unit,
            values.join("; ")
        );
    }
    for slip in &seen.slips {
        let _ = writeln!(
            words,
            "Cần xem: {} là {}, các số thành phần cộng lại {}",
            place_of(&slip.indicator, slip.period),
            slip.stated.vietnamese(),
            slip.computed.vietnamese()
        );
    }
    if let Some(why) = &seen.closed_because {
        let _ = writeln!(words, "Không sửa được: {why}");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_as_indicator_period_and_value() {
        let parsed = |words| cell(words).map(|cell| (cell.code, cell.period, cell.value));
        let of = |code: &str, period, value: &str| Ok((code.into(), period, value.into()));
        assert_eq!(parsed("CT01:2019=12"), of("CT01", Period::Year(2019), "12"));
        assert_eq!(parsed("CT01=-"), of("CT01", Period::Whole, "-"));
        assert_eq!(parsed("CT01:whole="), of("CT01", Period::Whole, ""));
        assert!(parsed("CT01").is_err() && parsed("CT01:năm=1").is_err());
    }
}
