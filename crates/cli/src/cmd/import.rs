//! `dondoc import`: a whole campaign from another system's files.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::import::{Progress, Source};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Args {
    /// Cây đơn vị (TSV: id, parent_id, level, code, name, kind, deadline)
    #[arg(long, value_name = "TỆP")]
    units: PathBuf,
    /// Chỉ tiêu (TSV: index, code, name, unit, total_of)
    #[arg(long, value_name = "TỆP")]
    indicators: PathBuf,
    /// Báo cáo (mỗi dòng một báo cáo dạng JSON)
    #[arg(long, value_name = "TỆP")]
    reports: PathBuf,
    /// Tên đợt báo cáo (mặc định lấy tiêu đề chung của các báo cáo)
    #[arg(long, value_name = "TÊN")]
    name: Option<String>,
}

/// Refused lines printed for people; JSON has more.
const SHOWN: usize = 20;
const BETWEEN_NOTES: Duration = Duration::from_secs(1);

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let source = Source {
        units: args.units,
        indicators: args.indicators,
        reports: args.reports,
        name: args.name,
    };
    let started = Instant::now();
    let outcome = app::import::campaign(&ctx, source, notes(started))?;
    for refused in outcome.refused.iter().take(SHOWN) {
        eprintln!(
            "{}, dòng {}: {}",
            refused.file, refused.line, refused.message
        );
    }
    if outcome.refused_total > SHOWN as u64 {
        eprintln!("… và {} dòng khác", outcome.refused_total - SHOWN as u64);
    }
    match &outcome.campaign {
        Some(short_id) => eprintln!(
            "Đã nhập đợt {short_id}: {} đơn vị, {} báo cáo, trong {:.1} giây",
            outcome.units,
            outcome.reports,
            started.elapsed().as_secs_f64()
        ),
        None => eprintln!(
            "Không nhập gì: có {} dòng không hợp lệ. Hãy sửa rồi nhập lại",
            outcome.refused_total
        ),
    }
    let words = outcome.campaign.as_deref().unwrap_or_default();
    if global.json || !words.is_empty() {
        print(global, as_json(&outcome)?, words);
    }
    Ok(if outcome.campaign.is_some() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Notes on standard error, at most one a second.
fn notes(started: Instant) -> app::import::OnProgress {
    let last = Mutex::new(Instant::now());
    Arc::new(move |progress: Progress| {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() < BETWEEN_NOTES {
            return;
        }
        *last = Instant::now();
        let percent = progress.bytes_read * 100 / progress.bytes_total.max(1);
        eprintln!(
            "{percent}%: {} báo cáo, {} dòng không hợp lệ, {} giây",
            progress.reports,
            progress.refused,
            started.elapsed().as_secs()
        );
    })
}
