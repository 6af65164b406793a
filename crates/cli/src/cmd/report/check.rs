//! `dondoc report check`: the linter over a file or a stored report.

use super::ReportName;
use crate::args::Global;
use crate::cmd::{acting_or_operator, as_json, file, print};
use crate::error::CmdError;
use crate::office::LibreOffice;
use crate::{indexing, wire};
use app::reports::checks::{check_file, check_file_for, check_report};
use domain::checks::Level;
use std::fmt::Write;
use std::path::PathBuf;
use web::api::reports::checks::{CheckedJson, FindingJson};

#[derive(clap::Args)]
pub struct Check {
    /// Tệp báo cáo: .docx, .pdf có chữ, .md, .txt; không cần máy chủ
    #[arg(value_name = "TỆP", required_unless_present = "report")]
    file: Option<PathBuf>,
    /// Báo cáo đang lưu (MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số); nêu cùng tệp thì kiểm tra tệp theo đề cương, số liệu của báo cáo này
    #[arg(long, value_name = "BÁO CÁO")]
    report: Option<ReportName>,
}

pub fn check(global: &Global, args: Check) -> Result<(), CmdError> {
    let checked = match (&args.file, &args.report) {
        (Some(path), None) => {
            let (name, bytes) = file(path)?;
            CheckedJson::of_file(check_file(&LibreOffice::find(), &name, &bytes, None)?)
        }
        (Some(path), Some(report)) => {
            let (name, bytes) = file(path)?;
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            indexing::take_in(&app)?;
            CheckedJson::of_file(check_file_for(&ctx, report.find(&ctx)?, &name, &bytes)?)
        }
        (None, Some(report)) => {
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            indexing::take_in(&app)?;
            CheckedJson::of(check_report(&ctx, report.find(&ctx)?)?)
        }
        (None, None) => return Err(CmdError::Usage("hãy nêu TỆP hoặc --report".into())),
    };
    let counts = &checked.counts;
    let wanting = counts.error + counts.warning;
    let summary = format!(
        "{} lỗi, {} cảnh báo, {} lưu ý",
        counts.error, counts.warning, counts.note
    );
    let mut words = String::new();
    for finding in &checked.findings {
        words += &shown(finding);
    }
    words += &summary;
    print(global, as_json(&checked)?, &words);
    if wanting == 0 {
        Ok(())
    } else {
        Err(CmdError::Refused(format!("báo cáo còn {summary}")))
    }
}

fn shown(item: &FindingJson) -> String {
    let finding = &item.finding;
    let place = &finding.place;
    let mut at = place.section_name.clone();
    if let Some(paragraph) = place.paragraph {
        let _ = write!(
            at,
            ", đoạn {paragraph}, ký tự {}–{}",
            place.start, place.end
        );
    }
    if let Some(code) = &place.indicator {
        let _ = write!(at, "Số liệu {code}");
    }
    let mut words = format!(
        "{} [{}] {at} ({})\n  {}\n",
        finding.level.label(),
        finding.code.as_str(),
        item.key,
        finding.message_vi
    );
    if finding.level != Level::Note {
        let _ = writeln!(words, "  → {}", finding.remedy_vi);
    }
    if let Some(answer) = &item.answer {
        let _ = writeln!(words, "  Giải trình: {}", answer.text);
    }
    words
}

#[derive(clap::Args)]
pub struct Answer {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Khóa của điểm kiểm tra, như lệnh check in ra
    #[arg(value_name = "KHÓA")]
    key: String,
    /// Lời giải trình; để trống là bỏ giải trình
    #[arg(value_name = "LỜI GIẢI TRÌNH")]
    text: String,
}

pub fn answer(global: &Global, args: Answer) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = args.report.find(&ctx)?;
    app::reports::checks::answer(&ctx, id, &args.key, &args.text)?;
    let checked = CheckedJson::of(check_report(&ctx, id)?);
    print(global, as_json(&checked)?, "Đã ghi giải trình.");
    Ok(())
}
