//! `dondoc campaign`: from a plan to assignments, and the issue to the units.

use super::units::{tell, tree_name};
use super::{acting_or_operator, as_json, day, file, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::office::LibreOffice;
use crate::wire;
use app::Ctx;
use domain::campaign::Campaign;
use domain::deadline::{DuePolicy, vietnamese_date};
use domain::ids::{AssignmentId, TaskId, TreeId};
use jiff::civil::Date;
use serde_json::json;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use web::api::assignments::TaskWire;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Lập một đợt từ tệp kế hoạch: đọc, xác nhận, lập danh sách ai báo cáo gì cho ai, hạn nào
    Open(Open),
    /// Liệt kê các đợt
    List,
    /// Danh sách nhiệm vụ của một đợt
    Assignments {
        /// Mã đợt
        #[arg(value_name = "MÃ ĐỢT")]
        campaign: String,
    },
    /// Đặt hạn cho các đơn vị mà kế hoạch giao cho một đơn vị đặt hạn
    Dues {
        /// Mã đợt
        #[arg(value_name = "MÃ ĐỢT")]
        campaign: String,
        /// Mã hoặc tên đơn vị đặt hạn
        #[arg(value_name = "ĐƠN VỊ")]
        setter: String,
        /// Hạn, tính cả ngày đó
        #[arg(value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
        due: Date,
        /// Chỉ các báo cáo có số này; không nêu thì đặt cho mọi đơn vị
        #[arg(long, value_name = "SỐ", value_delimiter = ',')]
        reports: Vec<AssignmentId>,
    },
    /// Các việc khác của kế hoạch, ngoài báo cáo
    Tasks {
        /// Mã đợt
        #[arg(value_name = "MÃ ĐỢT")]
        campaign: String,
        /// Đánh dấu việc có số này đã xong
        #[arg(long, value_name = "SỐ")]
        done: Option<TaskId>,
        /// Bỏ đánh dấu việc có số này
        #[arg(long, value_name = "SỐ", conflicts_with = "done")]
        open: Option<TaskId>,
    },
    /// Phát hành một đợt: từ lúc này các đơn vị thấy nhiệm vụ của mình
    Issue {
        /// Mã đợt
        #[arg(value_name = "MÃ ĐỢT")]
        campaign: String,
        /// Vẫn phát hành khi có hạn đã qua
        #[arg(long)]
        past_dues: bool,
    },
}

#[derive(clap::Args)]
struct Open {
    /// Tệp kế hoạch
    #[arg(value_name = "KẾ HOẠCH")]
    plan: PathBuf,
    /// Tên cây tổ chức đã nhập, hoặc tệp đơn vị để nhập
    #[arg(long, value_name = "CÂY HOẶC TỆP")]
    units: String,
    /// Các mục của đề cương (bảng: number, title, level, guidance, writable)
    #[arg(long, value_name = "TỆP")]
    outline: Option<PathBuf>,
    /// Chỉ tiêu (bảng: code, name, unit, rule, grain, …)
    #[arg(long, value_name = "TỆP")]
    indicators: Option<PathBuf>,
    /// Tên đợt (mặc định lấy trích yếu của kế hoạch)
    #[arg(long, value_name = "TÊN")]
    name: Option<String>,
    /// Mã hoặc tên cơ quan chủ trì (mặc định theo kế hoạch)
    #[arg(long, value_name = "ĐƠN VỊ")]
    lead: Option<String>,
    /// Đọc “trước ngày” là vẫn tính ngày đó
    #[arg(long)]
    lenient: bool,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    match args.command {
        Command::Open(wish) => open(global, &wish),
        Command::List => {
            let app = wire::open(global)?;
            let campaigns = app::campaigns::list(&acting_or_operator(global, &app)?)?;
            let mut words = String::new();
            for campaign in &campaigns {
                let _ = writeln!(
                    words,
                    "{}\t{}\t{}",
                    campaign.short_id,
                    campaign.state.label(),
                    campaign.name
                );
            }
            let lines: Vec<_> = campaigns.iter().map(line).collect();
            print(global, json!({ "campaigns": lines }), words.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Command::Assignments { campaign } => {
            let app = wire::open(global)?;
            assignments(global, &acting_or_operator(global, &app)?, &campaign)
        }
        Command::Dues {
            campaign,
            setter,
            due,
            reports,
        } => {
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            let tree = app::campaigns::overview(&ctx, &campaign)?.campaign.tree;
            let setter = app::units::find(&ctx, tree, &setter, "Đơn vị đặt hạn")?
                .ok_or_else(|| CmdError::Usage("hãy nêu đơn vị đặt hạn".into()))?;
            let only = (!reports.is_empty()).then_some(reports);
            let set = app::assignments::set_delegated_due(&ctx, &campaign, setter, due, only)?;
            let words = format!(
                "Đã đặt hạn hết ngày {} cho {set} đơn vị",
                vietnamese_date(due)
            );
            print(global, json!({ "set": set }), &words);
            Ok(ExitCode::SUCCESS)
        }
        Command::Tasks {
            campaign,
            done,
            open,
        } => {
            let app = wire::open(global)?;
            let ctx = acting_or_operator(global, &app)?;
            if let Some(task) = done.or(open) {
                app::assignments::set_task_done(&ctx, &campaign, task, done.is_some())?;
            }
            tasks(global, &ctx, &campaign)
        }
        Command::Issue {
            campaign,
            past_dues,
        } => {
            let app = wire::open(global)?;
            let issued =
                app::campaigns::issue(&acting_or_operator(global, &app)?, &campaign, past_dues)?;
            print(
                global,
                line(&issued),
                &format!("Đã phát hành đợt {campaign}"),
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn line(campaign: &Campaign) -> serde_json::Value {
    json!({
        "campaign": campaign.short_id,
        "name": campaign.name,
        "kind": campaign.kind.code(),
        "state": campaign.state.code(),
    })
}

/// Everything that can be wrong in the files is looked at before anything is stored.
fn open(global: &Global, wish: &Open) -> Result<ExitCode, CmdError> {
    let (plan_name, plan) = file(&wish.plan)?;
    app::plans::read_file(&LibreOffice::find(), &plan_name, &plan)?;
    let outline = wish.outline.as_deref().map(file).transpose()?;
    let indicators = wish.indicators.as_deref().map(file).transpose()?;
    if let Some((name, bytes)) = &outline {
        app::outlines::read_sections(name, bytes)?.1.into_result()?;
    }
    if let Some((name, bytes)) = &indicators {
        app::outlines::read_indicators(name, bytes)?
            .1
            .into_result()?;
    }
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let tree = tree(&ctx, &wish.units)?;
    let plan = app::plans::read_upload(&ctx, &plan_name, &plan)?;
    let mut frame = app::campaigns::suggest(&ctx, plan, tree)?;
    if let Some(name) = &wish.name {
        frame.name.clone_from(name);
    }
    if let Some(words) = &wish.lead {
        frame.lead = app::units::find(&ctx, tree, words, "Cơ quan chủ trì")?;
    }
    if wish.lenient {
        frame.due_policy = DuePolicy::Lenient;
    }
    // Whoever opens a campaign by a command stands behind what was read.
    app::plans::confirm(&ctx, plan)?;
    let campaign = app::campaigns::create(&ctx, plan, tree, frame)?;
    let id = &campaign.short_id;
    match &outline {
        Some((name, bytes)) => tell(&app::outlines::import_sections(
            &ctx, id, name, bytes, false,
        )?),
        None => {
            let sections = app::outlines::sections_of_plan(&app::plans::get(&ctx, plan)?.edited);
            if !sections.is_empty() {
                app::outlines::replace_sections(&ctx, id, sections)?;
            }
        }
    }
    if let Some((name, bytes)) = &indicators {
        tell(&app::outlines::import_indicators(
            &ctx, id, name, bytes, false,
        )?);
    }
    let derived = app::assignments::derive(&ctx, id)?;
    for problem in &derived.problems {
        eprintln!("cần xem: {problem}");
    }
    let result = json!({
        "campaign": id,
        "plan": plan,
        "tree": tree,
        "assignments": derived.assignments,
        "tasks": derived.tasks,
        "problems": derived.problems,
    });
    eprintln!(
        "Đã lập đợt {id}: {} nhiệm vụ báo cáo, {} việc khác",
        derived.assignments, derived.tasks
    );
    print(global, result, id);
    Ok(ExitCode::SUCCESS)
}

/// A tree by its name, or out of a file; a file that was imported before under its name is not imported twice.
fn tree(ctx: &Ctx, words: &str) -> Result<TreeId, CmdError> {
    match app::units::tree_named(ctx, words) {
        Ok(tree) => return Ok(tree),
        Err(app::Error::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    let path = PathBuf::from(words);
    if !path.is_file() {
        return Err(CmdError::Refused(format!(
            "không có cây tổ chức hay tệp nào tên “{words}”"
        )));
    }
    let (name, bytes) = file(&path)?;
    let mut tree = tree_name(&name);
    for number in 2.. {
        match app::units::tree_named(ctx, &tree) {
            Err(app::Error::NotFound) => break,
            Err(error) => return Err(error.into()),
            Ok(_) => tree = format!("{} ({number})", tree_name(&name)),
        }
    }
    let outcome = app::units::import(ctx, &tree, &name, &bytes, false)?;
    tell(&outcome.check);
    outcome
        .tree
        .ok_or_else(|| CmdError::Refused("không nhập được cây tổ chức".into()))
}

fn assignments(global: &Global, ctx: &Ctx, campaign: &str) -> Result<ExitCode, CmdError> {
    let listing = app::assignments::list(ctx, campaign, &Default::default(), i64::MAX, 0)?;
    let mut words = String::new();
    for line in &listing.lines {
        let terms = &line.assignment.terms;
        let _ = writeln!(
            words,
            "{}\t{}\t{}\t{}\t{}",
            line.unit_code,
            line.unit_name,
            terms.addressee_name,
            line.via_name.as_deref().unwrap_or("–"),
            terms.due_phrase
        );
    }
    let lines: Vec<_> = listing
        .lines
        .iter()
        .map(web::api::assignments::wire)
        .collect();
    print(
        global,
        json!({ "campaign": campaign, "assignments": as_json(&lines)? }),
        words.trim_end(),
    );
    Ok(ExitCode::SUCCESS)
}

fn tasks(global: &Global, ctx: &Ctx, campaign: &str) -> Result<ExitCode, CmdError> {
    let (_, tasks, _) = app::assignments::tasks(ctx, campaign)?;
    let mut words = String::new();
    for stored in &tasks {
        let mark = if stored.done_at.is_some() { "x" } else { " " };
        let _ = writeln!(
            words,
            "[{mark}] {}\t{}\t{}",
            stored.id, stored.task.who, stored.task.what
        );
    }
    let tasks: Vec<TaskWire> = tasks.into_iter().map(Into::into).collect();
    print(
        global,
        json!({ "tasks": as_json(&tasks)? }),
        words.trim_end(),
    );
    Ok(ExitCode::SUCCESS)
}
