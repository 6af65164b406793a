//! A complete report in one file, as the API takes it.

use super::ReportName;
use super::content::text_of;
use super::steps::told;
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::reports::whole::submit;
use std::path::PathBuf;
use web::api::reports::whole::WholeWish;

/// A report and the file that says all of it.
#[derive(clap::Args)]
pub struct Whole {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Tệp JSON: sections, figures, adoption, issue; - là đầu vào chuẩn
    #[arg(value_name = "TỆP")]
    file: PathBuf,
}

pub fn whole(global: &Global, args: Whole) -> Result<(), CmdError> {
    let text = text_of(Some(&args.file))?;
    let wish: WholeWish = serde_json::from_str(&text).map_err(|error| {
        CmdError::Refused(format!(
            "{} không phải JSON của một báo cáo trọn bộ: {error}",
            args.file.display()
        ))
    })?;
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = args.report.find(&ctx)?;
    told(global, submit(&ctx, id, wish.read()?)?)
}
