//! Taking sent reports into search and the finding of copies: by a thread of the server, or before a command that asks.

use crate::error::CmdError;
use app::App;
use app::indexing::{EVERY, catch_up};
use std::time::{Duration, Instant};

/// Notes on standard error come no closer than this.
const BETWEEN_NOTES: Duration = Duration::from_secs(2);

/// Starts the thread that takes in what was sent. It ends with the program.
///
/// # Errors
/// [`CmdError::System`] when there is no thread to be had.
pub fn start(app: &App) -> Result<(), CmdError> {
    let app = app.clone();
    let work = move || {
        loop {
            if let Err(error) = catch_up(&app, &mut |_| {}) {
                tracing::warn!(%error, detail = error.log_detail(), "sent reports could not be taken into search");
            }
            std::thread::sleep(EVERY);
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
