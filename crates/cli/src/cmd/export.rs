//! `dondoc export`: a report as a file, in the official format.

use super::report::ReportName;
use super::{acting_or_operator, write_file};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::documents::FileFormat;
use app::reports::document;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// docx (để sửa tiếp), pdf (để ký) hoặc xlsx (riêng số liệu); không nêu thì theo đuôi tệp
    #[arg(long, value_name = "DẠNG", value_parser = format)]
    format: Option<FileFormat>,
    /// Ghi vào tệp này (mặc định là tên của báo cáo, trong thư mục hiện tại)
    #[arg(long, value_name = "TỆP")]
    out: Option<PathBuf>,
}

fn format(name: &str) -> Result<FileFormat, String> {
    FileFormat::from_extension(name).ok_or_else(|| "chỉ nhận docx, pdf hoặc xlsx".into())
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let by_name = args
        .out
        .as_deref()
        .and_then(|path| path.extension()?.to_str())
        .and_then(FileFormat::from_extension);
    let format = args
        .format
        .or(by_name)
        .ok_or_else(|| CmdError::Usage("hãy nêu --format docx, pdf hoặc xlsx".into()))?;
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let file = document::file(&ctx, args.report.find(&ctx)?, format)?;
    write_file(
        global,
        &args.out.unwrap_or_else(|| file.name.into()),
        &file.bytes,
    )?;
    Ok(ExitCode::SUCCESS)
}
