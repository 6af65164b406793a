//! API tokens of many accounts at once, as for a province whose units each write in a program of their own.

use crate::accounts::{API_TOKEN, TOKEN_HOURS, hash_token, random_token};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::event::EventKind;
use jiff::ToSpan;

/// A token for each login, in their order, for a year. Shown once, only their hashes are kept.
///
/// # Errors
/// As [`crate::accounts::issue_token`]; no token is made then.
pub fn issue_many(ctx: &Ctx, logins: Vec<String>) -> Result<Vec<String>> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let tokens: Vec<String> = logins.iter().map(|_| random_token()).collect();
    let expires_at = ctx
        .now
        .checked_add(TOKEN_HOURS.hours())
        .map_err(|error| Error::Internal(error.to_string()))?;
    let rows: Vec<(String, String)> = logins
        .into_iter()
        .zip(&tokens)
        .map(|(login, token)| (login.trim().to_lowercase(), hash_token(token)))
        .collect();
    let (ctx, now) = (ctx.clone(), ctx.now);
    ctx.db().clone().write(move |tx| -> Result<()> {
        for (login, hash) in &rows {
            let account = store::accounts::by_login(tx, login)?.ok_or(Error::NotFound)?;
            store::accounts::open_session(tx, hash, account, API_TOKEN, "", now, expires_at)?;
            let mut event = ctx.event(EventKind::SignedIn, None);
            event.account = Some(account);
            store::events::append(tx, &event)?;
        }
        Ok(())
    })?;
    Ok(tokens)
}
