//! Texts of a whole campaign: taking them into search and the finding of copies, what one more report costs there, the
//! first answer to searches of every sort, and how many copied sections are found.

use super::province::{Province, SECTIONS, code_of, make, reopen, text_of};
use super::words::{Sequence, with_changes};
use super::{Measures, timed};
use crate::error::CmdError;
use app::Ctx;
use app::copies::{DEFAULT_LEAST, duplicates, section_copies};
use app::indexing::catch_up;
use app::reports::bulk::{self, Submission};
use app::reports::checks::check_report;
use app::search::{Ask, search};
use domain::ids::AssignmentId;
use std::path::Path;

/// About 3,000 words a report.
const SECTION_BYTES: usize = 16 * 1024 / SECTIONS;
/// Reports that come in when everything else is taken in.
const COMING_IN: usize = 50;
const QUESTIONS: usize = 100;
/// Of a section that is copied one word of so many is changed.
const CHANGED: u64 = 10;
/// Searches: in most sections, in few, in a row nowhere, and in no section together.
const ASKED: [(&str, &str); 4] = [
    ("common_phrase", "nghĩa trang liệt sĩ"),
    ("rare_words", "niềm tin truyền thống kết quả điều dưỡng"),
    ("words_only_apart", "sĩ nhân đã"),
    ("words_never_together", "đã \"sĩ nhân đã\""),
];

pub fn measure(folder: &Path, reports: usize, measures: &mut Measures) -> Result<(), CmdError> {
    let awaited = COMING_IN.min(reports / 4);
    let short_id = make(folder, reports + 1, awaited, SECTION_BYTES)?
        .campaign
        .short_id;
    let province = reopen(folder, &short_id)?;
    let ctx = province.app.operator();
    let (taken, took) = timed(|| catch_up(&province.app, &mut |_| {}));
    let taken = usize::try_from(taken?).unwrap_or(usize::MAX);
    measures.per_second(
        format!("take_in_{taken}_reports_of_3000_words"),
        taken,
        took,
    );

    let mut times = Vec::with_capacity(awaited);
    let mut sequence = Sequence::new(7);
    let mut planted = Vec::with_capacity(awaited);
    for report in bulk::awaited(&province.app, province.campaign.id)? {
        let mut submission = province.submission(report, SECTION_BYTES);
        // The units of number 1 and 2 are above others; what stands there is consolidated.
        let source = 5 + sequence.below((reports - awaited - 5) as u64) as usize;
        plant(&mut sequence, source, &mut submission);
        planted.push((code_of(source), report.0));
        bulk::submit_whole(&province.app, &province.outline, submission)?;
        let (taken, took) = timed(|| catch_up(&province.app, &mut |_| {}));
        taken?;
        times.push(took);
    }
    measures.spread(&format!("take_in_one_more_of_{reports}_reports"), times);

    for (name, words) in ASKED {
        let ask = Ask {
            words: words.to_owned(),
            ..Ask::default()
        };
        let mut times = Vec::with_capacity(QUESTIONS);
        for _ in 0..QUESTIONS {
            let (found, took) = timed(|| search(&ctx, &ask));
            found?;
            times.push(took);
        }
        measures.spread(&format!("search_{name}_in_{reports}_reports"), times);
    }
    sections(&province, &ctx, &planted, measures)?;
    let (pairs, took) = timed(|| duplicates(&ctx, &short_id, DEFAULT_LEAST, 0, 50));
    pairs?;
    measures.ms(format!("copies_listed_of_{reports}_reports"), took);
    Ok(())
}

/// Puts a section of an earlier report, a little changed, in place of one of the new report.
fn plant(sequence: &mut Sequence, source: usize, submission: &mut Submission) {
    let from = sequence.below(SECTIONS as u64) as usize;
    let to = sequence.below(submission.sections.len() as u64) as usize;
    let text = text_of(source, from, SECTION_BYTES);
    submission.sections[to].1 = with_changes(sequence, &text, CHANGED);
}

/// How many of the planted sections are told, how many others, and what a check of a report costs.
fn sections(
    province: &Province,
    ctx: &Ctx,
    planted: &[(String, AssignmentId)],
    measures: &mut Measures,
) -> Result<(), CmdError> {
    let short_id = &province.campaign.short_id;
    let (told, took) = timed(|| section_copies(ctx, short_id, DEFAULT_LEAST, 0, usize::MAX));
    let told: Vec<(String, AssignmentId)> = told?
        .pairs
        .into_iter()
        .map(|pair| (pair.a.code, pair.b.report))
        .collect();
    let found = planted.iter().filter(|pair| told.contains(pair)).count();
    let share = found as f64 * 100.0 / planted.len().max(1) as f64;
    let count = planted.len();
    measures.add(
        format!("copied_sections_found_of_{count}"),
        share,
        "percent",
    );
    measures.add(
        "sections_told_as_copied_wrongly",
        (told.len() - found) as f64,
        "pairs",
    );
    measures.ms("copied_sections_listed", took);
    let mut times = Vec::with_capacity(count);
    for (_, report) in planted {
        let (checked, took) = timed(|| check_report(ctx, *report));
        checked?;
        times.push(took);
    }
    measures.spread("check_of_a_report_of_3000_words", times);
    Ok(())
}
