//! Waiting for a condition instead of sleeping.

use std::time::{Duration, Instant};

use fantoccini::error::CmdError;

/// After this long a step has failed; generous, because the machine may be busy. No test measures it.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(10);

/// Tries until the attempt gives something; `Err` says why the last attempt did not.
///
/// An error of the browser is a reason to try again: pages change under the hand.
pub async fn until<T>(
    mut attempt: impl AsyncFnMut() -> Result<Option<T>, CmdError>,
) -> Result<T, String> {
    let since = Instant::now();
    loop {
        let why = match attempt().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => "not there".to_owned(),
            Err(problem) => problem.to_string(),
        };
        if since.elapsed() > PATIENCE {
            return Err(why);
        }
        tokio::time::sleep(PAUSE).await;
    }
}
