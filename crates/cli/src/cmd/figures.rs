//! `dondoc figures`: the figures of a unit, rolled up from the reports below it; and the proof of all totals.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::Ctx;
use app::figures::{
    LevelFigures, LevelFiguresJson, LevelQuery, RecountJson, UnitFigures, UnitFiguresJson,
};
use domain::number::Amount;
use domain::org::Level;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Notes on standard error come no closer than this.
const BETWEEN_NOTES: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Mã đơn vị (mặc định là đơn vị cao nhất)
    #[arg(long, value_name = "MÃ")]
    unit: Option<String>,
    /// Cộng lại mọi số tổng hợp của đợt từ từng báo cáo và đối chiếu; có sai lệch thì kết thúc với mã 1
    #[arg(long, conflicts_with_all = ["unit", "level"])]
    recount: bool,
    /// Số liệu của mọi đơn vị thuộc một cấp (2 tỉnh, 3 huyện, 4 cơ sở), trong phạm vi của --unit
    #[arg(long, value_name = "CẤP")]
    level: Option<u8>,
    /// Cùng với --level: chỉ một chỉ tiêu
    #[arg(long, value_name = "MÃ", requires = "level")]
    indicator: Option<String>,
    /// Cùng với --level: trang thứ mấy
    #[arg(long, value_name = "SỐ", requires = "level", default_value_t = 1)]
    page: u32,
    /// Cùng với --level: số đơn vị một trang, nhiều nhất 1000, khi chỉ xem một chỉ tiêu thì 100000
    #[arg(long, value_name = "SỐ", requires = "level", default_value_t = 1_000)]
    rows: u32,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    if args.recount {
        return recount(global, &ctx, &args.campaign);
    }
    if args.level.is_some() {
        return level(global, &ctx, args);
    }
    let figures = app::figures::of_unit(&ctx, &args.campaign, args.unit.as_deref())?;
    let json = as_json(&UnitFiguresJson::from(&figures))?;
    print(global, json, &words(&figures));
    Ok(ExitCode::SUCCESS)
}

fn recount(global: &Global, ctx: &Ctx, campaign: &str) -> Result<ExitCode, CmdError> {
    let mut told = Instant::now();
    let outcome = app::figures::recount(ctx, campaign, &mut |reports| {
        if told.elapsed() >= BETWEEN_NOTES {
            told = Instant::now();
            eprintln!("Đang cộng lại, đã cộng {reports} báo cáo");
        }
    })?;
    print(global, as_json(&outcome)?, &recount_words(&outcome));
    Ok(match outcome.agrees() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn level(global: &Global, ctx: &Ctx, args: Args) -> Result<ExitCode, CmdError> {
    let query = LevelQuery {
        unit: args.unit,
        level: args.level,
        indicator: args.indicator,
        page: args.page,
        rows: args.rows,
    };
    let figures = app::figures::of_level(ctx, &args.campaign, &query)?;
    let json = as_json(&LevelFiguresJson::from(&figures))?;
    print(global, json, &level_words(&figures));
    Ok(ExitCode::SUCCESS)
}

fn level_words(figures: &LevelFigures) -> String {
    let layout = &figures.layout;
    let head = format!(
        "{}: {} đơn vị, trang {}/{}",
        Level(figures.level).label(),
        figures.total,
        figures.page,
        figures.pages
    );
    let shown = layout.indicators().iter().enumerate();
    let shown: Vec<_> = shown
        .filter(|(position, _)| figures.indicator.is_none_or(|only| only == *position))
        .collect();
    let lines = figures.rows.iter().flat_map(|row| {
        let unit = format!(
            "{}\t{}\t{}/{}",
            row.unit.code, row.unit.name, row.coverage.received, row.coverage.expected
        );
        let values = shown.iter().map(|(position, indicator)| {
            let values: Vec<String> = layout
                .cells(*position)
                .map(|(_, cell)| value(row.provisional.value(layout, *position, cell)))
                .collect();
            format!("\t{}\t{}", indicator.code, values.join("\t"))
        });
        std::iter::once(unit).chain(values.collect::<Vec<_>>())
    });
    std::iter::once(head)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

fn value(amount: Option<Amount>) -> String {
    amount.map_or_else(|| "…".to_owned(), Amount::vietnamese)
}

fn recount_words(outcome: &RecountJson) -> String {
    let head = format!(
        "Đã cộng lại từ {} báo cáo của {} đơn vị, đối chiếu {} ô số tổng hợp: {}",
        outcome.reports,
        outcome.units,
        outcome.totals,
        match outcome.differing {
            0 => "tất cả đều khớp".to_owned(),
            count => format!("{count} chỗ sai lệch"),
        }
    );
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "…".into());
    let lines = outcome.differences.iter().map(|one| {
        let what = match (&one.indicator, &one.period) {
            (Some(indicator), Some(period)) => format!("{indicator}, {period}"),
            _ => "số báo cáo đã nhận trên phải nộp".to_owned(),
        };
        format!(
            "{} ({}), {what}: đang giữ {}, cộng lại được {}",
            one.name,
            one.unit,
            shown(&one.kept),
            shown(&one.counted)
        )
    });
    std::iter::once(head)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

fn words(figures: &UnitFigures) -> String {
    let (layout, set) = (&figures.layout, &figures.provisional);
    let mut lines = vec![format!(
        "{}: số liệu của {} trên {} đơn vị",
        figures.unit.name, set.coverage.received, set.coverage.expected
    )];
    for (position, indicator) in layout.indicators().iter().enumerate() {
        let values: Vec<String> = layout
            .cells(position)
            .map(|(_, cell)| value(set.totals.value(layout, position, cell)))
            .collect();
        lines.push(format!(
            "{}\t{} ({})\t{}",
            indicator.code,
            indicator.name,
            indicator.unit,
            values.join("\t")
        ));
    }
    lines.join("\n")
}
