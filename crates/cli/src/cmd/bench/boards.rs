//! The board and the roll-up of a campaign: the import, the first answer after a start, the answers after that, and
//! the answer after one more report.

use super::province::{INDICATORS, make, reopen};
use super::{Measures, timed};
use crate::error::CmdError;
use app::boards::board;
use app::figures::{of_unit, recount};
use app::reports::bulk;
use std::path::Path;

/// Reports that come in while the board is looked at.
const COMING_IN: usize = 20;
const QUESTIONS: usize = 300;
const SECTION_BYTES: usize = 200;

pub fn measure(folder: &Path, units: usize, measures: &mut Measures) -> Result<(), CmdError> {
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
