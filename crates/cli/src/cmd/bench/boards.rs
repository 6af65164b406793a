//! The board and the roll-up of a campaign: the import, the first answer after a start, the answers after that, and
//! the answer after one more report.

use super::province::{INDICATORS, make, make_on, reopen};
use super::{Measures, plain, timed};
use crate::error::CmdError;
use crate::wire;
use app::boards::board;
use app::figures::{of_unit, recount};
use app::ports::SystemClock;
use app::reports::bulk;
use std::path::Path;
use std::sync::Arc;
use store::Db;

/// Reports that come in while the board is looked at.
const COMING_IN: usize = 20;
const QUESTIONS: usize = 300;
const SECTION_BYTES: usize = 200;

/// With the URL of an empty database the same campaign is also taken in there, and asked about in plain SQL.
pub fn measure(
    folder: &Path,
    units: usize,
    postgres: Option<&str>,
    measures: &mut Measures,
) -> Result<(), CmdError> {
    let awaited = COMING_IN.min(units / 4);
    let (made, took) = timed(|| make(folder, units, awaited, SECTION_BYTES));
    let short_id = made?.campaign.short_id;
    measures.per_second(format!("import_{units}_units"), units - awaited, took);

    let province = reopen(folder, &short_id)?;
    let ctx = province.app.operator();
    let (first, took) = timed(|| board(&ctx, &short_id));
    first?;
    measures.ms(
        format!("board_and_rollup_{units}_units_{INDICATORS}_indicators_5_years_from_disk"),
        took,
    );
    let mut times = Vec::with_capacity(QUESTIONS);
    for _ in 0..QUESTIONS {
        let (answer, took) = timed(|| board(&ctx, &short_id));
        answer?;
        times.push(took);
    }
    measures.spread(&format!("board_{units}_units"), times);
    let mut times = Vec::with_capacity(QUESTIONS);
    for _ in 0..QUESTIONS {
        let (answer, took) = timed(|| of_unit(&ctx, &short_id, None));
        answer?;
        times.push(took);
    }
    measures.spread(&format!("figures_of_the_top_{units}_units"), times);

    let embedded = wire::open_folder(folder)?;
    plain::measure(&province, &embedded, "sqlite", units, measures)?;
    if let Some(url) = postgres {
        let server = Db::connect_postgres(url)?;
        let app = wire::app_on(server.clone(), Arc::new(SystemClock));
        let there = make_on(app, &folder.join("postgres"), units, awaited, SECTION_BYTES)?;
        plain::measure(&there, &server, "postgres", units, measures)?;
    }

    let (proved, took) = timed(|| recount(&ctx, &short_id, &mut |_| {}));
    if !proved?.agrees() {
        return Err(CmdError::Refused(
            "số tổng hợp không khớp với báo cáo".into(),
        ));
    }
    measures.ms(format!("recount_{units}_units"), took);

    let mut times = Vec::with_capacity(awaited);
    for report in bulk::awaited(&province.app, province.campaign.id)? {
        let submission = province.submission(report, SECTION_BYTES);
        bulk::submit_whole(&province.app, &province.outline, submission)?;
        let (answer, took) = timed(|| board(&ctx, &short_id));
        answer?;
        times.push(took);
    }
    measures.spread(&format!("board_{units}_units_after_one_report"), times);
    Ok(())
}
