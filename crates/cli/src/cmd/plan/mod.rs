//! `dondoc plan`: what a plan document says, and otherwise than another, without any data folder; findings of stored plans.

mod evaluate;
mod findings;

use crate::args::Global;
use crate::cmd::{file, print_line};
use crate::error::CmdError;
use crate::office::LibreOffice;
use domain::deadline::vietnamese_date;
use domain::plan::{Change, Difference, Duty, Instrument, Plan};
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
    /// Đọc một tệp kế hoạch: .docx, .odt, .pdf có chữ, .html, .eml, .md, .txt; .doc và .rtf khi có LibreOffice
    Read {
        /// Tệp kế hoạch
        #[arg(value_name = "TỆP")]
        file: PathBuf,
        /// Kế hoạch trước để so sánh: nhiệm vụ, hạn, đề cương nào thêm, bớt, thay đổi
        #[arg(long, value_name = "TỆP CŨ")]
        against: Option<PathBuf>,
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
    /// Liệt kê lưu ý của một kế hoạch đã đọc, hoặc trả lời một lưu ý
    Findings(findings::Args),
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    match args.command {
        Command::Read {
            file,
            against: None,
        } => {
            let plan = read(&file)?;
            print(global, &plan, || words(&plan))
        }
        Command::Read {
            file,
            against: Some(old),
        } => {
            let difference = Difference::between(&read(&old)?, &read(&file)?);
            print(global, &difference, || difference_words(&difference))
        }
        Command::Evaluate { folder, verbose } => {
            evaluate::run(global, &folder, verbose)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Findings(wish) => findings::run(global, wish),
    }
}

fn read(path: &std::path::Path) -> Result<Plan, CmdError> {
    let (name, bytes) = file(path)?;
    let read = app::plans::read_file(&LibreOffice::find(), &name, &bytes)?;
    tell_repair(&read.notes);
    Ok(read.reading.plan)
}

/// Straight from the value, so that the keys keep their order; or the words for people.
fn print(
    global: &Global,
    value: &impl serde::Serialize,
    words: impl FnOnce() -> String,
) -> Result<ExitCode, CmdError> {
    let text = if global.json {
        serde_json::to_string(value).map_err(|error| CmdError::Refused(error.to_string()))?
    } else {
        words().trim_end().to_string()
    };
    print_line(&text);
    Ok(ExitCode::SUCCESS)
}

/// The differences for people.
fn difference_words(difference: &Difference) -> String {
    if difference.is_empty() {
        return "Hai kế hoạch không khác nhau về nhiệm vụ, hạn và đề cương.".into();
    }
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "(không ghi)".into());
    let change = |change: &Change| {
        format!(
            "{}: {} → {}",
            change.item,
            said(&change.before),
            said(&change.after)
        )
    };
    let mut text = String::new();
    list(
        &mut text,
        "Thông tin chung",
        difference.frame.iter().map(change),
    );
    let changed = difference.duties_changed.iter().map(|changed| {
        let changes: Vec<String> = changed.changes.iter().map(change).collect();
        format!("{} ({})", duty(&changed.duty), changes.join("; "))
    });
    list(&mut text, "Nhiệm vụ thay đổi", changed);
    list(
        &mut text,
        "Nhiệm vụ mới",
        difference.duties_added.iter().map(duty),
    );
    list(
        &mut text,
        "Nhiệm vụ không còn",
        difference.duties_removed.iter().map(duty),
    );
    list(
        &mut text,
        "Đề cương thêm",
        difference.outline_added.iter().cloned(),
    );
    list(
        &mut text,
        "Đề cương bớt",
        difference.outline_removed.iter().cloned(),
    );
    text
}

/// Says on standard error what was repaired, line by line, for a person to compare.
fn tell_repair(notes: &[formats::Note]) {
    let Some(repair) = app::incoming::repair(notes) else {
        return;
    };
    eprintln!(
        "Văn bản dùng bảng mã cũ {}, đã chuyển sang Unicode ({} đoạn chữ). Hãy đối chiếu:",
        repair.encoding.label(),
        repair.pieces
    );
    for line in &repair.samples {
        eprintln!("  gốc: {}\n  đọc: {}", line.before, line.after);
    }
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
