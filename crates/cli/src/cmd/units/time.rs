//! `dondoc units at`, `history` and `figures`: what stood when, the life of one unit, and its figures over all campaigns.

use super::{acting_or_operator, as_json, day, meant, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::figures::{Trend, TrendJson};
use app::reorganise::{self, Kin, Life};
use domain::campaign::Period;
use domain::number::Amount;
use domain::org::Validity;
use jiff::civil::Date;
use std::fmt::Write;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Cây tổ chức như vào một ngày
    At {
        /// Ngày, ví dụ 2025-06-30
        #[arg(value_name = "NGÀY", value_parser = day)]
        day: Date,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    /// Quá trình của một đơn vị: tên cũ, cấp trên cũ, từ đơn vị nào đến, sang đơn vị nào
    History {
        /// Mã đơn vị; một mã có thể là của nhiều đơn vị ở nhiều thời kỳ
        #[arg(value_name = "MÃ")]
        code: String,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
    /// Một chỉ tiêu của một đơn vị qua các đợt báo cáo, cộng qua các lần sắp xếp
    Figures {
        /// Mã đơn vị đang hoạt động
        #[arg(value_name = "MÃ")]
        code: String,
        /// Mã chỉ tiêu (mặc định là chỉ tiêu đầu tiên)
        #[arg(long, value_name = "MÃ")]
        indicator: Option<String>,
        /// Tên cây tổ chức (không cần ghi khi chỉ có một cây)
        #[arg(long, value_name = "TÊN")]
        tree: Option<String>,
    },
}

pub fn run(global: &Global, command: Command) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    match command {
        Command::At { day, tree } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let seen = reorganise::on_day(&ctx, tree, day)?;
            let mut words = String::new();
            for unit in &seen.units {
                let _ = writeln!(words, "{}\t{}\t{}", unit.code, unit.level, unit.name);
            }
            print(global, as_json(&seen)?, words.trim_end());
        }
        Command::History { code, tree } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let lives = reorganise::life_of_code(&ctx, tree, &code)?;
            let words: Vec<String> = lives.iter().map(told).collect();
            print(
                global,
                serde_json::json!({ "lives": as_json(&lives)? }),
                &words.join("\n"),
            );
        }
        Command::Figures {
            code,
            indicator,
            tree,
        } => {
            let tree = meant(&ctx, tree.as_deref())?;
            let unit = app::units::find(&ctx, tree, &code, "MÃ")?.ok_or(app::Error::NotFound)?;
            let trend = app::figures::trend(&ctx, unit, indicator.as_deref())?;
            print(
                global,
                as_json(&TrendJson::from(&trend))?,
                &trend_words(&trend),
            );
        }
    }
    Ok(())
}

fn trend_words(trend: &Trend) -> String {
    let name = trend.indicator.as_ref().map_or("", |it| it.name.as_str());
    let mut words = format!("{} {}: {name}", trend.code, trend.name);
    for said in &trend.campaigns {
        let note = match () {
            () if said.is_inseparable() => " (không tách được)",
            () if said.is_estimate() => " (ước theo tỷ lệ)",
            () if said.is_break => " (đổi đơn vị từ đây)",
            () => "",
        };
        let _ = write!(words, "\n  {}{note}", said.campaign.name);
        let years = said.values.by_period.iter();
        for (period, value) in years.chain([&(Period::Whole, said.values.over_time)]) {
            let value = value.map_or_else(|| "…".to_owned(), Amount::vietnamese);
            let _ = write!(words, "\t{}: {value}", period.label());
        }
        for part in &said.parts {
            let _ = write!(words, "\n    {} {}", part.code, part.name);
        }
    }
    words
}

fn told(life: &Life) -> String {
    let mut words = format!("{} {}", life.code, life.name);
    for stay in &life.stays {
        let above = stay.parent.as_deref().unwrap_or("không có cấp trên");
        let _ = write!(
            words,
            "\n  {}\tmã {}, {above}",
            days(stay.validity),
            stay.code
        );
        for name in &stay.names {
            let _ = write!(words, "\n    {}\t{}", days(name.validity), name.name);
        }
    }
    for (what, kin) in [("từ", &life.predecessors), ("sang", &life.successors)] {
        for kin in kin {
            let _ = write!(
                words,
                "\n  {what} {}, {}",
                named(kin),
                life.citation(&kin.decision)
            );
        }
    }
    words
}

fn named(kin: &Kin) -> String {
    let share = if kin.share.is_empty() {
        String::new()
    } else {
        format!(" {} ({})", kin.share, kin.share_source)
    };
    match kin.unit {
        Some(_) => format!("{} {}: {}{share}", kin.code, kin.name, kin.extent.label()),
        None => kin.extent.label().to_owned(),
    }
}

fn days(validity: Validity) -> String {
    let day = |day: Option<Date>| day.map_or("…".into(), |day| day.to_string());
    format!("{} – trước {}", day(validity.from), day(validity.until))
}
