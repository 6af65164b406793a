//! `dondoc board`: who has reported, who is late, by level and unit.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::boards::{Tally, View, ViewQuery, json_of, table_of};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Cách xem khác
    #[arg(long, value_name = "CÁCH XEM")]
    view: Option<Shown>,
    /// Chỉ phần của đơn vị có mã này (cùng với --view)
    #[arg(long, value_name = "MÃ ĐƠN VỊ", requires = "view")]
    unit: Option<String>,
    /// Xếp theo gì trước (cùng với --view)
    #[arg(long, value_name = "XẾP THEO", requires = "view", default_value = "")]
    sort: String,
    /// Chỉ những dòng như vậy: cham, qua-han của late; unit của waiting (cùng với --view)
    #[arg(long, value_name = "LỌC", requires = "view", default_value = "")]
    filter: String,
    /// Chỉ đơn vị cấp này (cùng với --view)
    #[arg(long, value_name = "CẤP", requires = "view")]
    level: Option<u8>,
    /// original: tính chậm so với hạn trước khi gia hạn (cùng với --view)
    #[arg(long, value_name = "HẠN", requires = "view", default_value = "")]
    against: String,
    /// Chỉ báo cáo mà cấp trên có mã này đang giữ (cùng với --view waiting)
    #[arg(long, value_name = "MÃ ĐƠN VỊ", requires = "view", default_value = "")]
    holder: String,
    /// So với đợt trước có mã này (cùng với --view progress)
    #[arg(long, value_name = "MÃ ĐỢT", requires = "view", default_value = "")]
    than: String,
    /// received, on_time, accepted, late, overdue, likely_late: đếm gì ở từng tỉnh (cùng với --view provinces)
    #[arg(long, value_name = "SỐ ĐO", requires = "view", default_value = "")]
    measure: String,
    /// 34: các tỉnh từ 1/7/2025 (cùng với --view provinces)
    #[arg(long, value_name = "CÁCH CHIA", requires = "view", default_value = "")]
    division: String,
    /// Trang thứ mấy (cùng với --view)
    #[arg(long, value_name = "TRANG", requires = "view", default_value_t = 1)]
    page: u32,
    /// Số dòng một trang (cùng với --view)
    #[arg(long, value_name = "SỐ DÒNG", requires = "view", default_value_t = 0)]
    rows: u32,
}

/// A view by its English name.
#[derive(Clone, Copy)]
struct Shown(View);

impl ValueEnum for Shown {
    fn value_variants<'a>() -> &'a [Shown] {
        const SHOWN: [Shown; View::ALL.len()] = {
            let mut shown = [Shown(View::ALL[0]); View::ALL.len()];
            let mut at = 0;
            while at < shown.len() {
                shown[at] = Shown(View::ALL[at]);
                at += 1;
            }
            shown
        };
        &SHOWN
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.label()))
    }
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    if let Some(Shown(view)) = args.view {
        return show(global, &ctx, view, args);
    }
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

fn show(global: &Global, ctx: &app::Ctx, view: View, args: Args) -> Result<ExitCode, CmdError> {
    let query = ViewQuery {
        unit: args.unit,
        sort: args.sort,
        filter: args.filter,
        level: args.level,
        against: args.against,
        holder: args.holder,
        than: args.than,
        measure: args.measure,
        division: args.division,
        page: args.page,
        rows: args.rows,
    };
    let json = json_of(ctx, &args.campaign, view, &query)?;
    let lines = table_of(ctx, &args.campaign, view, &query)?.lines();
    print(global, json, &lines.join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn row(name: &str, tally: &Tally) -> String {
    format!(
        "{name:<24} {:>8} {:>8} {:>9} {:>6} {:>9}",
        tally.expected, tally.received, tally.on_time, tally.late, tally.missing
    )
}
