//! `dondoc bench deadline`: the last evening of a national campaign, played over HTTP against a server of its own.
//!
//! The server is this program in a process of its own. It is killed while everybody is at it, and what is found on disk
//! afterwards is held against every answer that was given.

mod clients;
mod http;
mod proof;
mod server;
mod stage;
mod tally;
mod units;
mod wording;

use super::{Measures, file, make_folder};
use crate::args::Global;
use crate::cmd::print_line;
use crate::error::CmdError;
use server::Server;
use stage::Stage;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tally::Tally;

#[derive(clap::Args)]
pub struct Args {
    /// Số đơn vị của đợt
    #[arg(long, value_name = "SỐ", default_value_t = 54_000)]
    units: usize,
    /// Số kết nối cùng lúc
    #[arg(long, value_name = "SỐ", default_value_t = 64)]
    clients: usize,
    /// Thời gian đo, giây
    #[arg(long, value_name = "GIÂY", default_value_t = 30)]
    seconds: u64,
    /// Ai làm gì: evening (tối cuối: soạn từng mục, trình, gửi; một phần gửi trọn bộ; cấp trên xem) hoặc whole (chỉ gửi trọn bộ)
    #[arg(long, value_name = "KIỂU", value_enum, default_value_t = Mix::Evening)]
    mix: Mix,
}

/// What the clients do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Mix {
    /// Of eight clients six write step by step, one sends whole reports, one looks on from above.
    Evening,
    /// Everybody sends whole reports.
    Whole,
}

impl Mix {
    fn name(self) -> &'static str {
        match self {
            Mix::Evening => "evening",
            Mix::Whole => "whole",
        }
    }
}

/// Works in a folder of its own inside the one of `--data` or the current one.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode, CmdError> {
    if global.database.is_some() {
        return Err(CmdError::Usage(
            "bench đo cơ sở dữ liệu nhúng; hãy bỏ --database".into(),
        ));
    }
    let base = global.data.clone().unwrap_or_else(|| PathBuf::from("."));
    let folder = base.join(format!("dondoc-bench-{}", std::process::id()));
    make_folder(&folder)?;
    let mut measures = Measures {
        found: Vec::new(),
        json: global.json,
    };
    let outcome = play(&folder, args, &mut measures);
    std::fs::remove_dir_all(&folder).map_err(file("không dọn được", &folder))?;
    let faults = outcome?;
    if global.json {
        let document = serde_json::json!({
            "mix": args.mix.name(),
            "measures": measures.found,
            "faults": faults,
        });
        print_line(&document.to_string());
    }
    for fault in &faults {
        eprintln!("SAI: {fault}");
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Plays the evening and proves it; gives what was not as it was acknowledged.
fn play(folder: &Path, args: &Args, measures: &mut Measures) -> Result<Vec<String>, CmdError> {
    let stage = Stage::set(folder, args.units.max(4))?;
    let server = Server::start(folder)?;
    measures.ms(named(args, "start_empty"), server.started_in);
    let address = server.address.clone();
    let rest = server.memory();
    let evening = clients::play(&stage, &address, args, || {
        let at_work = server.memory();
        let spent = server.processor_time();
        let writes = server::writes(&address, &stage.administrator);
        server.kill();
        (at_work, spent, writes)
    })?;
    report(args, measures, &evening.tally, evening.took);
    let (at_work, spent, writes) = evening.server;
    if let Some(rest) = rest {
        measures.add(named(args, "memory_at_start"), rest.resident_mb, "mb");
    }
    if let Some(memory) = at_work {
        measures.add(named(args, "memory"), memory.resident_mb, "mb");
        measures.add(named(args, "memory_at_most"), memory.most_mb, "mb");
    }
    if let Some(spent) = spent {
        measures.add(named(args, "server_cpu"), spent.as_secs_f64(), "s");
    }
    if let Some(writes) = writes {
        measures.add(named(args, "commits"), writes.commits as f64, "count");
        measures.add(named(args, "writes"), writes.writes as f64, "count");
    }
    again(folder, &stage, args, measures)?;
    proof::prove(folder, &stage, &evening.fates)
}

/// The server starts on what the evening left: how soon it answers, and with what in memory.
fn again(
    folder: &Path,
    stage: &Stage,
    args: &Args,
    measures: &mut Measures,
) -> Result<(), CmdError> {
    let server = Server::start(folder)?;
    let mut client = http::Client::to(&server.address);
    client.get("/dang-nhap", "").map_err(server::silent)?;
    measures.ms(named(args, "start_to_first_page"), server.since_start());
    client
        .get(&stage.board_path(), stage.token_of_top())
        .map_err(server::silent)?;
    measures.ms(named(args, "start_to_first_board"), server.since_start());
    if let Some(memory) = server.memory() {
        measures.add(named(args, "memory_after_start"), memory.resident_mb, "mb");
    }
    Ok(())
}

fn named(args: &Args, what: &str) -> String {
    let (units, clients) = (args.units, args.clients);
    format!(
        "deadline_{}_{units}_units_{clients}_clients_{what}",
        args.mix.name()
    )
}

fn report(args: &Args, measures: &mut Measures, tally: &Tally, took: Duration) {
    let all = tally.requests();
    measures.per_second(named(args, "requests"), all, took);
    let submitted = tally.succeeded(tally::Kind::Send) + tally.succeeded(tally::Kind::Whole);
    measures.per_second(named(args, "submissions"), submitted, took);
    for kind in tally::Kind::ALL {
        let what = kind.name();
        let (good, bad) = tally.times(kind);
        if good.is_empty() && bad.is_empty() {
            continue;
        }
        measures.per_second(named(args, what), good.len() + bad.len(), took);
        measures.whole_spread(&named(args, what), good);
        measures.whole_spread(&named(args, &format!("{what}_failed")), bad);
    }
    let errors: usize = tally.errors().values().sum();
    measures.add(named(args, "errors"), errors as f64, "count");
    for (status, count) in tally.errors() {
        let status = if *status == 0 {
            "no_answer".to_owned()
        } else {
            format!("status_{status}")
        };
        measures.add(
            named(args, &format!("errors_{status}")),
            *count as f64,
            "count",
        );
    }
}
