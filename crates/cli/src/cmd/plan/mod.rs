//! `dondoc plan`: what a plan document says, without any data folder.

mod evaluate;

use super::{file, print_line};
use crate::args::Global;
use crate::error::CmdError;
use domain::deadline::vietnamese_date;
use domain::plan::{Duty, Instrument, Plan};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Đọc một tệp kế hoạch: .docx, .pdf có chữ, .md, .txt
    Read {
        /// Tệp kế hoạch
        #[arg(value_name = "TỆP")]
        file: PathBuf,
    },
    /// So kết quả đọc với nhãn do người lập, theo từng mục
    Evaluate {
        /// Thư mục các cặp TÊN.docx (hoặc .txt, .md …) và TÊN.json
        #[arg(value_name = "THƯ_MỤC")]
        folder: PathBuf,
        /// In cả những chỗ khác nhau của từng tệp
        #[arg(long)]
        verbose: bool,
    },
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let path = match args.command {
        Command::Read { file } => file,
        Command::Evaluate { folder, verbose } => {
            evaluate::run(global, &folder, verbose)?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let (name, bytes) = file(&path)?;
    let (_, reading) = app::plans::read_file(&name, &bytes)?;
    let text = if global.json {
        // Straight from the plan, so that the keys keep their order.
        serde_json::to_string(&reading.plan)
            .map_err(|error| CmdError::Refused(error.to_string()))?
    } else {
        words(&reading.plan).trim_end().to_string()
    };
    print_line(&text);
    Ok(ExitCode::SUCCESS)
}

/// The plan for people.
fn words(plan: &Plan) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: &str| {
        let shown = if value.is_empty() {
            "(không ghi)"
        } else {
            value
        };
        let _ = writeln!(text, "{label}: {shown}");
    };
    let stated = |text: &Option<String>| text.clone().unwrap_or_default();
    line("Trích yếu", &stated(&plan.title));
    line("Loại", &stated(&plan.kind));
    line("Số", &stated(&plan.number));
    line("Ngày", &plan.date.map(vietnamese_date).unwrap_or_default());
    line("Cơ quan ban hành", &stated(&plan.issuer));
    let period = plan
        .period
        .map(|period| format!("{} đến hết {}", period.from, period.to));
    line("Mốc thời gian", &period.unwrap_or_default());
    line("Chủ trì", &plan.lead.join("; "));
    line("Phối hợp", &plan.coordinate.join("; "));
    let signer = [
        &plan.signer.authority,
        &plan.signer.title,
        &plan.signer.name,
    ];
    let signer: Vec<&str> = signer
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    line("Người ký", &signer.join(", "));
    list(&mut text, "Căn cứ", plan.legal_basis.iter().map(instrument));
    list(
        &mut text,
        "Văn bản được sơ kết, tổng kết",
        plan.instruments_under_review.iter().map(instrument),
    );
    list(&mut text, "Nhiệm vụ", plan.assignments.iter().map(duty));
    list(&mut text, "Nơi nhận", plan.recipients.iter().cloned());
    list(
        &mut text,
        "Cần xem lại",
        plan.findings.iter().map(|finding| finding.message.clone()),
    );
    text
}

fn list(text: &mut String, label: &str, items: impl Iterator<Item = String>) {
    let _ = writeln!(text, "{label}:");
    for item in items {
        let _ = writeln!(text, "  - {item}");
    }
}

fn instrument(instrument: &Instrument) -> String {
    let date = instrument.date.map(vietnamese_date);
    [
        &instrument.number,
        &date,
        &instrument.issuer,
        &instrument.title,
    ]
    .into_iter()
    .filter_map(|part| part.as_deref())
    .collect::<Vec<_>>()
    .join(", ")
}

fn duty(duty: &Duty) -> String {
    let mut text = format!("[{}] {}", duty.duty.label(), duty.who.join("; "));
    let parts = [
        ("", &duty.deliverable),
        ("gửi ", &duty.to),
        ("qua ", &duty.via),
        ("thông qua ", &duty.adopted_by),
        ("người đặt hạn: ", &duty.due_set_by),
    ];
    for (word, part) in parts {
        if let Some(part) = part {
            let _ = write!(text, "; {word}{part}");
        }
    }
    if let Some(due) = duty.due {
        let counts = duty.due_inclusive == Some(true);
        let _ = write!(
            text,
            "; {}",
            domain::campaign::derive::composed(due, counts)
        );
    }
    text
}
