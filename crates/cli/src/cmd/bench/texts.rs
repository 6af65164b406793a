//! Texts of a whole campaign: taking them into search and the finding of copies, what one more report costs there, and
//! the first answer to searches of every sort.

use super::province::{SECTIONS, make, reopen};
use super::{Measures, timed};
use crate::error::CmdError;
use app::copies::{DEFAULT_LEAST, duplicates};
use app::indexing::catch_up;
use app::reports::bulk;
use app::search::{Ask, search};
use std::path::Path;

/// About 3,000 words a report.
const SECTION_BYTES: usize = 16 * 1024 / SECTIONS;
/// Reports that come in when everything else is taken in.
const COMING_IN: usize = 50;
const QUESTIONS: usize = 100;
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
    for report in bulk::awaited(&province.app, province.campaign.id)? {
        let submission = province.submission(report, SECTION_BYTES);
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
    let (pairs, took) = timed(|| duplicates(&ctx, &short_id, DEFAULT_LEAST, 0, 50));
    pairs?;
    measures.ms(format!("copies_listed_of_{reports}_reports"), took);
    Ok(())
}
