//! Attachments in and out, and the receipt.

use super::ReportName;
use crate::args::Global;
use crate::cmd::{acting_or_operator, as_json, file, print, write_file};
use crate::error::CmdError;
use crate::wire;
use app::reports::{attachments, send};
use domain::deadline::vietnamese_time;
use domain::ids::AttachmentId;
use serde_json::json;
use std::path::PathBuf;
use web::api::reports::wire::CheckedReceiptJson;

#[derive(clap::Args)]
pub struct Attach {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Tệp cần đính kèm
    #[arg(value_name = "TỆP")]
    file: PathBuf,
}

pub fn attach(global: &Global, args: Attach) -> Result<(), CmdError> {
    let (name, bytes) = file(&args.file)?;
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = attachments::add(&ctx, args.report.find(&ctx)?, &name, bytes)?;
    print(
        global,
        json!({ "id": id }),
        &format!("Đã đính kèm “{name}”, số {id}"),
    );
    Ok(())
}

#[derive(clap::Args)]
pub struct Detach {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Số của tệp, như lệnh report show in ra
    #[arg(value_name = "SỐ TỆP")]
    attachment: AttachmentId,
}

pub fn detach(global: &Global, args: Detach) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    attachments::remove(&ctx, args.report.find(&ctx)?, args.attachment)?;
    print(
        global,
        json!({ "id": args.attachment }),
        "Đã bỏ tệp đính kèm",
    );
    Ok(())
}

#[derive(clap::Args)]
pub struct Download {
    #[command(flatten)]
    which: Detach,
    /// Ghi vào tệp này
    #[arg(long, value_name = "TỆP")]
    out: PathBuf,
}

pub fn download(global: &Global, args: Download) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let report = args.which.report.find(&ctx)?;
    let (_, bytes) = attachments::download(&ctx, report, args.which.attachment)?;
    write_file(global, &args.out, &bytes)
}

#[derive(clap::Args)]
pub struct Receipt {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
}

/// A receipt that no longer fits what is stored is found wanting.
pub fn receipt(global: &Global, args: Receipt) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let seen = send::receipt(&ctx, args.report.find(&ctx)?)?;
    let words = format!(
        "Biên nhận {}: {} gửi lần {} lúc {}\nMã băm nội dung: {}",
        seen.receipt.code,
        seen.report.unit_name,
        seen.revision,
        vietnamese_time(seen.receipt.sent_at),
        seen.receipt.content_hash
    );
    let checked = CheckedReceiptJson::from(seen);
    let is_unchanged = checked.is_unchanged;
    print(global, as_json(&checked)?, &words);
    if is_unchanged {
        Ok(())
    } else {
        Err(CmdError::Refused(
            "nội dung đang lưu không còn đúng với biên nhận: dữ liệu đã bị can thiệp".into(),
        ))
    }
}
