//! Durable submissions a second: bare SQLite in one thread, then the product with 1 and with 64 callers.
//! A submission is 12 sections, 20 KB of text, and 35 figures for each of 5 years.

use super::province::{Province, SECTIONS, make, reopen};
use super::{Measures, file, timed};
use crate::error::CmdError;
use crate::wire;
use app::reports::bulk::{self, Submission};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::floor::Floor;

const SECTION_BYTES: usize = 20 * 1024 / SECTIONS;
const CALLERS: [usize; 2] = [1, 64];

/// Measures each way on a copy of the same database; `reports` are sent in each.
pub fn measure(folder: &Path, reports: usize, measures: &mut Measures) -> Result<(), CmdError> {
    // The centre, and one report that sets the outline; provinces and districts take a few units more.
    let units = reports + 2;
    let short_id = make(folder, units, reports, SECTION_BYTES)?
        .campaign
        .short_id;
    let original = folder.join(wire::DATABASE);
    let copy_to = |name: &str| {
        let copy = folder.join(name);
        super::make_folder(&copy)?;
        let path = copy.join(wire::DATABASE);
        std::fs::copy(&original, &path).map_err(file("không sao được", &path))?;
        Ok::<_, CmdError>(copy)
    };

    let copy = copy_to("sqlite")?;
    let took = {
        let province = reopen(&copy, &short_id)?;
        let rows: Vec<_> = submissions(&province, reports)?
            .into_iter()
            .map(|submission| bulk::prepare(&province.outline, submission))
            .collect::<Result<_, _>>()?;
        drop(province);
        let mut floor = Floor::open(&copy.join(wire::DATABASE))?;
        let (done, took) = timed(|| {
            rows.iter()
                .try_for_each(|report| floor.submit(report.rows(), &report.event()))
        });
        done?;
        took
    };
    measures.per_second(
        format!("sqlite_floor_{reports}_reports_1_thread"),
        reports,
        took,
    );

    for callers in CALLERS {
        let copy = copy_to(&format!("gui-{callers}"))?;
        let province = reopen(&copy, &short_id)?;
        let waiting = submissions(&province, reports)?;
        let (times, took) = timed(|| send_all(&province, waiting, callers));
        let name = format!("submit_{reports}_reports_{callers}_callers");
        measures.per_second(name.clone(), reports, took);
        measures.spread(&name, times?);
    }
    Ok(())
}

fn submissions(province: &Province, reports: usize) -> Result<Vec<Submission>, CmdError> {
    let awaited = bulk::awaited(&province.app, province.campaign.id)?;
    Ok(awaited
        .into_iter()
        .take(reports)
        .map(|report| province.submission(report, SECTION_BYTES))
        .collect())
}

/// Sends everything from `callers` threads; the time of each submission, from asking to "on disk".
fn send_all(
    province: &Province,
    waiting: Vec<Submission>,
    callers: usize,
) -> Result<Vec<Duration>, CmdError> {
    let next = AtomicUsize::new(0);
    let waiting: Vec<Mutex<Option<Submission>>> = waiting
        .into_iter()
        .map(|submission| Mutex::new(Some(submission)))
        .collect();
    let caller = || {
        let mut times = Vec::new();
        while let Some(slot) = waiting.get(next.fetch_add(1, Ordering::Relaxed)) {
            let taken = slot.lock().ok().and_then(|mut slot| slot.take());
            let Some(submission) = taken else { continue };
            let (sent, took) =
                timed(|| bulk::submit_whole(&province.app, &province.outline, submission));
            sent?;
            times.push(took);
        }
        Ok::<_, app::Error>(times)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..callers).map(|_| scope.spawn(caller)).collect();
        let mut all = Vec::with_capacity(waiting.len());
        for thread in threads {
            let times = thread
                .join()
                .map_err(|_| CmdError::Refused("một luồng gửi báo cáo bị dừng".into()))?;
            all.extend(times?);
        }
        Ok(all)
    })
}
