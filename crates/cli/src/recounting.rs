//! The totals of open campaigns: loaded when the server starts, and recounted every night, by a thread of its own.

use crate::error::CmdError;
use app::App;
use domain::deadline::{day_of, end_of_day};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How often the thread looks whether the night has come.
const EVERY: Duration = Duration::from_secs(60);

/// So long after midnight, local time, the reports of the last evening are in, and nobody works yet.
const AFTER_MIDNIGHT: SignedDuration = SignedDuration::from_hours(2);

/// Starts the thread that loads the open campaigns and recounts them once a night. It ends with the program.
///
/// # Errors
/// [`CmdError::System`] when there is no thread to be had.
pub fn start(app: &App) -> Result<(), CmdError> {
    let app = app.clone();
    let mut next = next_night(app.now());
    let work = move || {
        if let Err(error) = app::figures::load_all_open(&app) {
            tracing::warn!(%error, detail = error.log_detail(), "the totals could not be loaded");
        }
        loop {
            std::thread::sleep(EVERY);
            if app.now() < next {
                continue;
            }
            next = next_night(app.now());
            if let Err(error) = app::figures::recount_all_open(&app) {
                tracing::warn!(%error, detail = error.log_detail(), "the totals could not be recounted");
            }
        }
    };
    std::thread::Builder::new()
        .name("recount".into())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| CmdError::System {
            what: "không khởi động được luồng kiểm lại số liệu",
            error,
        })
}

/// The next time that it is this late after midnight.
fn next_night(now: Timestamp) -> Timestamp {
    end_of_day(day_of(now - AFTER_MIDNIGHT)) + AFTER_MIDNIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When the night after a moment comes, as local day and hour.
    fn night_after(moment: &str) -> String {
        let moment: Timestamp = moment.parse().expect("a moment");
        // The last moment of a day belongs to it; what counts is the hour that follows.
        let night = next_night(moment) + SignedDuration::from_secs(1);
        let local = domain::deadline::zone().to_datetime(night);
        local.strftime("%d/%m/%Y %H").to_string()
    }

    #[test]
    fn the_totals_are_recounted_once_a_night_at_two_local_time() {
        assert_eq!(night_after("2022-09-30T15:00:00Z"), "01/10/2022 02");
        // Half past one of the same night, and half past two.
        assert_eq!(night_after("2022-09-30T18:30:00Z"), "01/10/2022 02");
        assert_eq!(night_after("2022-09-30T19:30:00Z"), "02/10/2022 02");
    }
}
