//! `dondoc board`: who has reported, who is late, by level and unit.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::boards::Tally;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let board = app::boards::board(&ctx, &args.campaign)?;
    let mut lines = vec![
        board.name.clone(),
        format!(
            "{:<24} {:>8} {:>8} {:>9} {:>6} {:>9}",
            "", "Phải gửi", "Đã gửi", "Đúng hạn", "Chậm", "Chưa gửi"
        ),
        row("Toàn đợt", &board.all),
    ];
    for (level, tally) in &board.by_level {
        lines.push(row(&format!("Cấp {level}"), tally));
    }
    for (code, tally) in board.by_province.iter().chain(&board.by_district) {
        lines.push(row(code, tally));
    }
    print(global, as_json(&board)?, &lines.join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn row(name: &str, tally: &Tally) -> String {
    format!(
        "{name:<24} {:>8} {:>8} {:>9} {:>6} {:>9}",
        tally.expected, tally.received, tally.on_time, tally.late, tally.missing
    )
}
