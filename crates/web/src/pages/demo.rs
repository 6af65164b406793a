//! The demonstration's button that moves its clock on.

use crate::page::{Answer, redirect_done, run};
use crate::pages::login::back;
use crate::session::Signed;
use crate::state::Web;
use app::Error;
use axum::extract::State;
use axum::http::HeaderMap;
use std::sync::Arc;

/// Moves the clock on by a day, lets the others act meanwhile, and goes back to the page where the button was.
pub async fn next_day(State(web): State<Web>, Signed(ctx): Signed, headers: HeaderMap) -> Answer {
    let demo = web.demo.as_ref().map(Arc::clone).ok_or(Error::NotFound)?;
    run(move || {
        let tomorrow = demo.clock.tomorrow()?;
        (demo.play)(tomorrow)?;
        demo.clock.move_to(&ctx, tomorrow)
    })
    .await?;
    Ok(redirect_done(&back(&headers), "Đã sang ngày hôm sau"))
}
