//! `dondoc plan findings`: what has to be looked at in a stored plan, and what somebody answered.

use super::print;
use crate::args::Global;
use crate::cmd::acting_or_operator;
use crate::error::CmdError;
use crate::wire;
use app::plan_review::{self, FindingLine};
use domain::ids::PlanId;
use domain::plan::FindingAnswer;
use std::fmt::Write;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Số của kế hoạch trong hệ thống
    #[arg(value_name = "KẾ HOẠCH")]
    plan: i64,
    /// Ghi lưu ý số N (đếm từ 1) là đã xử lý
    #[arg(long, value_name = "N", conflicts_with = "set_aside")]
    accept: Option<usize>,
    /// Bỏ qua lưu ý số N (đếm từ 1), phải kèm --reason
    #[arg(long, value_name = "N")]
    set_aside: Option<usize>,
    /// Lý do
    #[arg(long, value_name = "LÝ DO", default_value = "")]
    reason: String,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let plan = PlanId(args.plan);
    let wish = args
        .accept
        .map(|number| (number, FindingAnswer::Accepted))
        .or(args
            .set_aside
            .map(|number| (number, FindingAnswer::SetAside)));
    if let Some((number, answer)) = wish {
        let at = number
            .checked_sub(1)
            .ok_or_else(|| CmdError::Usage("lưu ý được đếm từ 1".into()))?;
        plan_review::answer(&ctx, plan, at, Some(answer), &args.reason)?;
    }
    let lines = plan_review::list(&ctx, plan)?;
    print(global, &serde_json::json!({ "findings": lines }), || {
        lines.iter().map(words).collect::<Vec<_>>().join("\n")
    })
}

fn words(line: &FindingLine) -> String {
    let answer = line.answer.map_or("chưa trả lời", FindingAnswer::label);
    let reason = line
        .reason
        .as_ref()
        .map_or(String::new(), |reason| format!(" ({reason})"));
    let mut words = format!(
        "{}. [{answer}{reason}] {}",
        line.number + 1,
        line.finding.message
    );
    match line.amended.as_ref().map(|told| &told.plan) {
        Some(Some(known)) => {
            let _ = write!(
                words,
                "\n   Kế hoạch số {} đã có trong hệ thống (kế hoạch {}",
                known.number, known.id
            );
            for campaign in &known.campaigns {
                let _ = write!(words, ", đợt {campaign}");
            }
            words.push_str(").");
            for due in &known.dues {
                let (before, after) = (due.before.as_deref(), due.after.as_deref());
                let _ = write!(
                    words,
                    "\n   {}: {} → {}",
                    due.who.join("; "),
                    before.unwrap_or("chưa có hạn"),
                    after.unwrap_or("không còn hạn")
                );
            }
        }
        Some(None) => {
            words.push_str("\n   Văn bản được điều chỉnh chưa có trong hệ thống.");
        }
        None => {}
    }
    words
}
