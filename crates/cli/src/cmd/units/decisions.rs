//! `dondoc units reorganise`, `decisions`, `apply`, `counter`: decisions that reorganise units.

use super::{acting_or_operator, as_json, day, file, meant, print, tell};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::Ctx;
use app::reorganise::{self, Applied, Draft, Preview};
use domain::org::reorganise::DecisionHead;
use jiff::civil::Date;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Sắp xếp đơn vị theo một quyết định: xem trước, áp dụng hết hoặc không áp dụng gì
    Reorganise {
        /// Bảng thay đổi (.xlsx, .ods, .tsv, .csv): change, old_code, new_code…; hoặc bảng kế thừa: old_code, new_code, extent
        #[arg(value_name = "TỆP")]
        file: PathBuf,
        /// Bảng các đơn vị sau sắp xếp (code, name, kind, parent_code), khi bảng thay đổi chỉ ghi mã
        #[arg(long, value_name = "TỆP")]
        new_units: Option<PathBuf>,
        #[command(flatten)]
        head: Head,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
        /// Chỉ xem trước: lỗi từng dòng, những gì bị ảnh hưởng; không thay đổi gì
        #[arg(long)]
        dry_run: bool,
        /// Chỉ nhập quyết định vào danh sách chờ, chưa áp dụng
        #[arg(long, conflicts_with = "dry_run")]
        wait: bool,
    },
    /// Liệt kê các quyết định sắp xếp đơn vị
    Decisions {
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    /// Áp dụng một quyết định đang chờ
    Apply {
        /// Số quyết định, hoặc mã của nó trong danh sách
        #[arg(value_name = "QUYẾT_ĐỊNH")]
        decision: String,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    /// Hủy bỏ một quyết định đã áp dụng bằng một quyết định khác
    Counter {
        /// Số quyết định bị hủy bỏ, hoặc mã của nó trong danh sách
        #[arg(value_name = "QUYẾT_ĐỊNH")]
        decision: String,
        #[command(flatten)]
        head: Head,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
        /// Chỉ xem trước, không thay đổi gì
        #[arg(long)]
        dry_run: bool,
    },
}

/// By what paper.
#[derive(clap::Args)]
pub struct Head {
    /// Số, ký hiệu quyết định
    #[arg(long, value_name = "SỐ")]
    number: String,
    /// Ngày quyết định, ví dụ 2025-06-12
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    date: Date,
    /// Cơ quan ban hành
    #[arg(long, value_name = "CƠ_QUAN")]
    issuer: String,
    /// Trích yếu
    #[arg(long, value_name = "TRÍCH_YẾU", default_value = "")]
    title: String,
    /// Ngày có hiệu lực (mặc định là ngày quyết định)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    effective: Option<Date>,
}

impl Head {
    fn read(self) -> DecisionHead {
        DecisionHead {
            number: domain::text::clean_line(&self.number),
            dated: self.date,
            issuer: domain::text::clean_line(&self.issuer),
            title: domain::text::clean_line(&self.title),
            effective: self.effective.unwrap_or(self.date),
        }
    }
}

pub fn run(global: &Global, command: Command) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    match command {
        Command::Reorganise {
            file: path,
            new_units,
            head,
            tree,
            dry_run,
            wait,
        } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let (name, bytes) = file(&path)?;
            let new_units = new_units.as_deref().map(file).transpose()?;
            let new_units = new_units
                .as_ref()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
            let table = reorganise::read_changes(&ctx, tree, (&name, &bytes), new_units)?;
            tell(&table.check);
            let draft = Draft {
                tree,
                head: head.read(),
                rows: table.rows,
                file_name: name,
                counters: None,
            };
            if !table.check.is_clean() {
                let preview = Preview {
                    problems: table.check.problems,
                    rows: table.check.rows,
                    ..Preview::default()
                };
                return shown(global, &preview, None);
            }
            if wait {
                let id = reorganise::enter(&ctx, draft)?;
                let json = serde_json::json!({ "decision": id });
                print(
                    global,
                    json,
                    &format!("Đã nhập quyết định, mã {id}. Chưa áp dụng"),
                );
                return Ok(ExitCode::SUCCESS);
            }
            previewed_or_done(global, &ctx, &draft, dry_run, || {
                reorganise::reorganise(&ctx, draft.clone())
            })
        }
        Command::Counter {
            decision,
            head,
            tree,
            dry_run,
        } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let id = reorganise::by_words(&ctx, tree, &decision)?.id;
            let draft = Draft {
                tree,
                head: head.read(),
                rows: Vec::new(),
                file_name: String::new(),
                counters: Some(id),
            };
            previewed_or_done(global, &ctx, &draft, dry_run, || {
                reorganise::counter(&ctx, id, draft.head.clone())
            })
        }
        Command::Apply { decision, tree } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let id = reorganise::by_words(&ctx, tree, &decision)?.id;
            let applied = reorganise::apply(&ctx, id)?;
            print(global, as_json(&applied)?, &done(&applied));
            Ok(ExitCode::SUCCESS)
        }
        Command::Decisions { tree } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let decisions = reorganise::decisions(&ctx, tree)?;
            let mut words = String::new();
            for decision in &decisions {
                let state = match (decision.applied_at, decision.countered_by) {
                    (None, _) => "đang chờ",
                    (Some(_), None) => "đã áp dụng",
                    (Some(_), Some(_)) => "đã bị hủy bỏ",
                };
                let _ = writeln!(
                    words,
                    "{}\t{}\t{}\t{state}",
                    decision.id,
                    decision.head.citation(),
                    decision.head.issuer
                );
            }
            print(
                global,
                serde_json::json!({ "decisions": as_json(&decisions)? }),
                words.trim_end(),
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Shows what would happen, and does it unless only that was asked for or there are faults.
fn previewed_or_done(
    global: &Global,
    ctx: &Ctx,
    draft: &Draft,
    dry_run: bool,
    act: impl FnOnce() -> app::Result<Applied>,
) -> Result<ExitCode, CmdError> {
    let preview = reorganise::preview(ctx, draft)?;
    if dry_run || !preview.problems.is_empty() {
        return shown(global, &preview, None);
    }
    let applied = act()?;
    shown(global, &preview, Some(&applied))
}

fn done(applied: &Applied) -> String {
    format!(
        "Đã áp dụng quyết định (mã {}): {} đơn vị kết thúc, {} bắt đầu, {} đổi tên, {} nhiệm vụ được chuyển giao",
        applied.decision, applied.ended, applied.begun, applied.renamed, applied.handed_over
    )
}

/// Rows shown in words; with `--json` all are.
const SHOWN: usize = 40;

fn shown(
    global: &Global,
    preview: &Preview,
    applied: Option<&Applied>,
) -> Result<ExitCode, CmdError> {
    for problem in &preview.problems {
        eprintln!("{}: {}", problem.place, problem.message);
    }
    let mut words = String::new();
    for change in preview.changes.iter().take(SHOWN) {
        let _ = writeln!(
            words,
            "dòng {}\t{}\t{} {}\t{}",
            change.line, change.change, change.code, change.name, change.becomes
        );
    }
    if preview.changes.len() > SHOWN {
        let more = preview.changes.len() - SHOWN;
        let _ = writeln!(words, "… và {more} dòng nữa (--json cho đủ)");
    }
    for line in &preview.touched.words {
        let _ = writeln!(words, "{line}");
    }
    let last = match applied {
        Some(applied) => done(applied),
        None => format!(
            "{} dòng, {} lỗi: {} đơn vị sẽ kết thúc, {} bắt đầu (trong đó {} đi theo cấp trên), {} đổi tên. Chưa thay đổi gì",
            preview.rows,
            preview.problems.len(),
            preview.ended,
            preview.begun,
            preview.carried,
            preview.renamed
        ),
    };
    words.push_str(&last);
    let mut json = as_json(preview)?;
    json["decision"] = serde_json::json!(applied.map(|applied| applied.decision));
    print(global, json, &words);
    Ok(if preview.problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}
