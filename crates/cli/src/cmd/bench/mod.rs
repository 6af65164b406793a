//! `dondoc bench`: how fast this machine is, on work of the size that its name says.
//!
//! Everything goes through the use cases that pages and API call. Each figure stands beside what it is to be held
//! against in the same run: bare SQLite for submissions, plain SQL for totals, LibreOffice for documents.

mod boards;
mod deadline;
mod documents;
mod forecast;
mod plain;
mod province;
mod submissions;
mod texts;
mod words;

use super::print_line;
use crate::args::Global;
use crate::error::CmdError;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Số báo cáo gửi trong phép đo tiếp nhận
    #[arg(long, value_name = "SỐ", default_value_t = 4_000)]
    reports: usize,
    /// Số đơn vị trong phép đo bảng theo dõi và tổng hợp số liệu; nêu nhiều cỡ, cách nhau dấu phẩy
    #[arg(long, value_name = "SỐ", value_delimiter = ',', default_values_t = [750, 54_000])]
    units: Vec<usize>,
    /// Cơ sở dữ liệu PostgreSQL trống, để đo cả câu SQL cộng số liệu trên đó
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Số báo cáo trong phép đo tìm kiếm và tìm phần trùng lặp
    #[arg(long, value_name = "SỐ", default_value_t = 5_000)]
    texts: usize,
    /// Số trang của báo cáo trong phép đo xuất văn bản
    #[arg(long, value_name = "SỐ", default_value_t = 30)]
    pages: usize,
    /// Chỉ thử dự báo chậm hạn trên các đợt mô phỏng với chừng này đơn vị, không đo gì khác
    #[arg(long, value_name = "SỐ")]
    forecast: Option<u32>,
}

#[derive(clap::Subcommand)]
enum What {
    /// Tối cuối trước hạn: hàng vạn đơn vị soạn, thông qua, gửi qua HTTP; cấp trên xem bảng; máy chủ bị ngắt đột ngột rồi đối chiếu
    Deadline(deadline::Args),
}

/// One figure, with the size of the work in its name.
#[derive(Debug, Clone, Serialize)]
struct Measure {
    name: String,
    value: f64,
    /// `per_second`, `ms`, `s`, `pages`, `percent`, `pairs`, `mb` or `count`.
    unit: &'static str,
}

/// What was measured so far; each figure is told as soon as it is there.
struct Measures {
    found: Vec<Measure>,
    /// Told on standard error, because standard output is for one JSON document.
    json: bool,
}

impl Measures {
    fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        let name = name.into();
        let line = format!("{name:<64} {value:>12.2} {unit}");
        if self.json {
            eprintln!("{line}");
        } else {
            print_line(&line);
        }
        self.found.push(Measure { name, value, unit });
    }

    fn per_second(&mut self, name: impl Into<String>, count: usize, took: Duration) {
        self.add(name, count as f64 / took.as_secs_f64(), "per_second");
    }

    fn ms(&mut self, name: impl Into<String>, took: Duration) {
        self.add(name, took.as_secs_f64() * 1_000.0, "ms");
    }

    /// Median and 99th percentile of many times.
    fn spread(&mut self, name: &str, times: Vec<Duration>) {
        self.parts(name, times, &[("p50", 500), ("p99", 990)]);
    }

    /// The same with the 90th percentile and the longest.
    fn whole_spread(&mut self, name: &str, times: Vec<Duration>) {
        let longest = times.iter().max().copied();
        self.parts(name, times, &[("p50", 500), ("p90", 900), ("p99", 990)]);
        if let Some(longest) = longest {
            self.ms(format!("{name}_max"), longest);
        }
    }

    fn parts(&mut self, name: &str, mut times: Vec<Duration>, parts: &[(&str, usize)]) {
        times.sort_unstable();
        for (part, per_mille) in parts {
            if let Some(time) = times.get(times.len() * per_mille / 1_000) {
                self.ms(format!("{name}_{part}"), *time);
            }
        }
    }
}

/// What the work took, and its result.
fn timed<R>(work: impl FnOnce() -> R) -> (R, Duration) {
    let since = Instant::now();
    let result = work();
    (result, since.elapsed())
}

/// Works in a folder of its own inside the one of `--data` or the current one: the disk is part of what is measured.
pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    if let Some(units) = args.forecast {
        forecast::measure(global, units);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(What::Deadline(args)) = &args.what {
        return deadline::run(global, args);
    }
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
    let outcome = measure(&folder, &args, &mut measures);
    std::fs::remove_dir_all(&folder).map_err(file("không dọn được", &folder))?;
    outcome?;
    if global.json {
        print_line(&serde_json::json!({ "measures": measures.found }).to_string());
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(folder: &Path, args: &Args, measures: &mut Measures) -> Result<(), CmdError> {
    submissions::measure(&folder.join("gui"), args.reports.max(1), measures)?;
    for units in &args.units {
        let folder = folder.join(format!("bang-{units}"));
        boards::measure(&folder, *units, args.postgres.as_deref(), measures)?;
    }
    texts::measure(&folder.join("noi-dung"), args.texts.max(8), measures)?;
    documents::measure(&folder.join("van-ban"), args.pages.max(1), measures)
}

fn make_folder(folder: &Path) -> Result<(), CmdError> {
    std::fs::create_dir_all(folder).map_err(file("không tạo được thư mục", folder))
}

fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> CmdError {
    let path = path.to_owned();
    move |error| CmdError::File { what, path, error }
}
