//! Taking sent reports into search and the finding of copies: by a thread of the server, or before a command that asks.

use crate::error::CmdError;
use app::App;
use app::indexing::{EVERY, Turns, catch_up};
use std::time::{Duration, Instant};

/// Notes on standard error come no closer than this.
const BETWEEN_NOTES: Duration = Duration::from_secs(2);

/// While others write, a turn is followed by a rest so many times as long: on the last evening search comes after them.
const REST: u32 = 12;
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Starts the thread that takes in what was sent. It ends with the program.
///
/// # Errors
/// [`CmdError::System`] when there is no thread to be had.
pub fn start(app: &App) -> Result<(), CmdError> {
    let app = app.clone();
    let work = move || {
        let mut turns = Turns::default();
        loop {
            let since = Instant::now();
            let rest = match turns.next(&app) {
                Ok(turn) if turn.is_done => EVERY,
                Ok(turn) if turn.others_write => (since.elapsed() * REST).min(LONGEST_REST),
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::warn!(%error, detail = error.log_detail(), "sent reports could not be taken into search");
                    EVERY
                }
            };
            std::thread::sleep(rest);
        }
    };
    std::thread::Builder::new()
        .name("index".into())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| CmdError::System {
            what: "không khởi động được luồng lập chỉ mục",
            error,
        })
}

/// Takes in all that waits, with a note now and then.
pub fn take_in(app: &App) -> Result<(), CmdError> {
    let mut told = Instant::now();
    catch_up(app, &mut |left| {
        if told.elapsed() >= BETWEEN_NOTES {
            told = Instant::now();
            eprintln!("Đang lập chỉ mục, còn {left} báo cáo");
        }
    })?;
    Ok(())
}
