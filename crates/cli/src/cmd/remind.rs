//! `dondoc remind`: who still owes a report, e-mails to them, or the letter for a person to sign.

use super::print;
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::documents::{FileFormat, render};
use app::reminders::{LetterWish, follow_up, letter, remind};
use domain::deadline::{Timeliness, vietnamese_date};
use domain::ids::AssignmentId;
use domain::official::SignatureBlock;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Units looked at in one call.
const MOST: i64 = 500;

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Chỉ những báo cáo có số này; không nêu thì lấy mọi đơn vị đã quá hạn
    #[arg(long, value_name = "SỐ", value_delimiter = ',')]
    reports: Vec<i64>,
    /// Gửi thư điện tử; không nêu thì chỉ liệt kê
    #[arg(long)]
    mail: bool,
    /// Lời nhắn thêm trong thư
    #[arg(long, value_name = "LỜI", default_value = "")]
    note: String,
    /// Ghi công văn đôn đốc ra tệp .docx hoặc .pdf
    #[arg(long, value_name = "TỆP")]
    letter: Option<PathBuf>,
    /// Chức vụ người ký công văn
    #[arg(long, value_name = "CHỨC VỤ", default_value = "")]
    position: String,
    /// Họ và tên người ký công văn
    #[arg(long, value_name = "HỌ TÊN", default_value = "")]
    signer: String,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let seen = follow_up(&ctx, &args.campaign, MOST, 0)?;
    let is_chosen = |owing: &store::assignments::Owing| match args.reports.as_slice() {
        [] => matches!(
            owing.assignment.timeliness(ctx.now),
            Timeliness::Missing { .. }
        ),
        chosen => chosen.contains(&owing.assignment.id.0),
    };
    let chosen: Vec<_> = seen.owing.iter().filter(|owing| is_chosen(owing)).collect();
    let ids: Vec<AssignmentId> = chosen.iter().map(|owing| owing.assignment.id).collect();
    let mut result = json!({ "campaign": args.campaign, "units": [] });
    let mut words = String::new();
    for owing in &chosen {
        let due = owing
            .assignment
            .terms
            .due_date
            .map(vietnamese_date)
            .unwrap_or_else(|| "chưa đặt hạn".into());
        words += &format!(
            "{}  {}  {}  {due}\n",
            owing.assignment.id,
            owing.unit_name,
            owing.assignment.state.label()
        );
        if let Some(list) = result["units"].as_array_mut() {
            list.push(json!({ "report": owing.assignment.id, "unit": owing.unit_name, "state": owing.assignment.state, "due": owing.assignment.terms.due_date }));
        }
    }
    if args.mail {
        let reminded = remind(&ctx, &args.campaign, &ids, &args.note)?;
        words += &format!("Đã đưa {} thư vào hàng gửi.\n", reminded.queued);
        result["mail"] = json!(reminded);
    }
    if let Some(path) = &args.letter {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let format = FileFormat::from_extension(extension)
            .ok_or_else(|| CmdError::Usage("--letter nhận tệp .docx hoặc .pdf".into()))?;
        let signature = SignatureBlock {
            authority: None,
            position: args.position,
            name: args.signer,
        };
        let document = letter(
            &ctx,
            &args.campaign,
            &LetterWish {
                units: ids,
                new_date: None,
                signature,
            },
        )?;
        let file = render(&app, &document, format, "cong-van-don-doc")?;
        std::fs::write(path, file.bytes).map_err(|error| CmdError::File {
            what: "không ghi được",
            path: path.clone(),
            error,
        })?;
        words += &format!("Đã ghi công văn vào {}.\n", path.display());
        result["letter"] = json!(path.display().to_string());
    }
    if words.is_empty() {
        words = "Không có đơn vị nào quá hạn.".into();
    }
    print(global, result, words.trim_end());
    Ok(ExitCode::SUCCESS)
}
