//! `dondoc figures`: the figures of a unit, rolled up from the reports below it.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::figures::{UnitFigures, UnitFiguresJson};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Mã đơn vị (mặc định là đơn vị cao nhất)
    #[arg(long, value_name = "MÃ")]
    unit: Option<String>,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let figures = app::figures::of_unit(&ctx, &args.campaign, args.unit.as_deref())?;
    let json = as_json(&UnitFiguresJson::from(&figures))?;
    print(global, json, &words(&figures));
    Ok(ExitCode::SUCCESS)
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
            .map(|(_, cell)| match set.totals.value(layout, position, cell) {
                Some(amount) => amount.vietnamese(),
                None => "…".to_owned(),
            })
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
