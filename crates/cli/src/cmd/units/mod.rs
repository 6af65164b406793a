//! `dondoc units`: importing a tree of units with a trial run, listing trees and units, reorganising them.

mod decisions;
mod time;

use super::{acting_or_operator, as_json, day, file, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::tables::TableCheck;
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
    /// Nhập cây tổ chức từ bảng (.xlsx, .ods, .tsv, .csv): nhập hết hoặc không nhập gì
    Import {
        /// Bảng đơn vị, mỗi dòng một đơn vị: code, name, kind, level, parent_code và các cột tùy chọn
        #[arg(value_name = "TỆP")]
        file: PathBuf,
        /// Chỉ kiểm tra và liệt kê lỗi từng dòng, không thay đổi gì
        #[arg(long)]
        dry_run: bool,
        /// Tên cây tổ chức (mặc định là tên tệp)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    /// Liệt kê các cây tổ chức, hoặc các đơn vị của một cây
    List {
        /// Tên cây tổ chức cần liệt kê đơn vị
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    #[command(flatten)]
    Decisions(decisions::Command),
    #[command(flatten)]
    Time(time::Command),
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    match args.command {
        Command::Decisions(command) => return decisions::run(global, command),
        Command::Time(command) => time::run(global, command)?,
        Command::Import {
            file: path,
            dry_run,
            tree,
        } => {
            let (name, bytes) = file(&path)?;
            let tree = tree.unwrap_or_else(|| tree_name(&name));
            // A trial run needs no data: a wrong table is told before any folder is made.
            let table = app::units::read_units(&name, &bytes)?;
            tell(&table.check);
            if dry_run || !table.check.is_clean() {
                let outcome = app::units::ImportOutcome {
                    by_level: table.by_level(),
                    check: table.check.clone(),
                    tree: None,
                };
                let words = format!(
                    "{} dòng, {} lỗi. Chưa thay đổi gì",
                    table.check.rows,
                    table.check.problems.len()
                );
                print(global, as_json(&outcome)?, &words);
                return Ok(if table.check.is_clean() {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::from(1)
                });
            }
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            let outcome = app::units::import(&ctx, &tree, &name, &bytes, false)?;
            let words = format!("Đã nhập {} đơn vị vào cây “{tree}”", outcome.check.rows);
            print(global, as_json(&outcome)?, &words);
        }
        Command::List { tree } => {
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            match tree {
                None => {
                    let trees = app::units::trees(&ctx)?;
                    let mut words = String::new();
                    for tree in &trees {
                        let units: i64 = tree.by_level.iter().map(|level| level.units).sum();
                        let _ = writeln!(words, "{}\t{}\t{units} đơn vị", tree.id, tree.name);
                    }
                    print(
                        global,
                        serde_json::json!({ "trees": as_json(&trees)? }),
                        words.trim_end(),
                    );
                }
                Some(name) => {
                    let tree = app::units::tree_named(&ctx, &name)?;
                    let units = app::units::choices(&ctx, tree, u8::MAX, usize::MAX)?;
                    let mut words = String::new();
                    for unit in &units {
                        let _ = writeln!(
                            words,
                            "{}\t{}\t{}",
                            unit.seed.code, unit.seed.level, unit.seed.name
                        );
                    }
                    let seeds: Vec<_> = units.iter().map(|unit| &unit.seed).collect();
                    print(
                        global,
                        serde_json::json!({ "units": as_json(&seeds)? }),
                        words.trim_end(),
                    );
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The file's name without its ending.
pub(super) fn tree_name(file_name: &str) -> String {
    file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem)
        .to_string()
}

/// Problems and notes of a table on standard error.
pub(super) fn tell(check: &TableCheck) {
    for problem in check.problems.iter().chain(&check.notes) {
        eprintln!("{}: {}", problem.place, problem.message);
    }
}

/// The tree that is meant: the one that is named, else the only one of more than one unit.
fn meant(ctx: &app::Ctx, named: Option<&str>) -> Result<domain::ids::TreeId, CmdError> {
    if let Some(name) = named {
        return Ok(app::units::tree_named(ctx, name)?);
    }
    let trees = app::units::trees(ctx)?;
    let real: Vec<_> = trees
        .iter()
        .filter(|tree| tree.by_level.iter().map(|level| level.units).sum::<i64>() > 1)
        .collect();
    match &real[..] {
        [only] => Ok(only.id),
        _ => Err(app::Error::invalid(
            "--tree",
            format!(
                "có {} cây tổ chức. Hãy ghi tên cây: dondoc units list",
                real.len()
            ),
        )
        .into()),
    }
}
