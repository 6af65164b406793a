//! Who is asking: the session cookie, the API token, and the extractor that insists on one of them.

use crate::error::Failure;
use crate::page::run;
use crate::state::Web;
use app::Ctx;
use app::accounts::Me;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The cookie with the session's secret.
pub const COOKIE: &str = "dondoc_phien";

/// Somebody who is signed in.
pub struct Session {
    pub ctx: Ctx,
    pub me: Me,
    /// What forms of this session carry.
    pub form_token: String,
    /// Came as an API token and not as a cookie: no other site can have sent it.
    pub(crate) is_bearer: bool,
}

/// The context of whoever is signed in; otherwise the request ends at the sign-in page (pages) or with 401 (API).
pub struct Signed(pub Ctx);

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Signed, Failure> {
        let session = parts.extensions.get::<Arc<Session>>();
        let session = session.ok_or(app::Error::NotSignedIn)?;
        Ok(Signed(session.ctx.clone()))
    }
}

/// Finds the session of a request and leaves it in the extensions of request and answer.
pub(crate) async fn attach(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let Some((token, is_bearer)) = token_of(request.headers()) else {
        return next.run(request).await;
    };
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let found = run(move || {
        let (ctx, me) = web.app.resume(&token)?;
        let form_token = app::accounts::form_token(&token);
        Ok(Session {
            ctx,
            me,
            form_token,
            is_bearer,
        })
    })
    .await;
    match found {
        Ok(session) => {
            let session = Arc::new(session);
            request.extensions_mut().insert(Arc::clone(&session));
            let mut response = next.run(request).await;
            response.extensions_mut().insert(session);
            response
        }
        Err(app::Error::NotSignedIn) => next.run(request).await,
        Err(error) => Failure::from(error).into_response(),
    }
}

/// The secret of a request, and whether it came as an API token.
fn token_of(headers: &HeaderMap) -> Option<(String, bool)> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    match bearer {
        Some(token) => Some((token.trim().to_owned(), true)),
        None => cookie(headers, COOKIE).map(|token| (token.to_owned(), false)),
    }
}

/// The session's secret in the cookie, for signing out.
pub(crate) fn cookie_token(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE).map(str::to_owned)
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The header that hands a session to the browser, or takes it away (`None`).
pub(crate) fn set_cookie(headers: &HeaderMap, token: Option<&str>) -> Option<HeaderValue> {
    let secure = if is_https(headers) { "; Secure" } else { "" };
    let (value, age) = match token {
        Some(token) => (token, app::accounts::SESSION_HOURS * 3600),
        None => ("", 0),
    };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    HeaderValue::from_str(&text).ok()
}

/// Whether a proxy in front says that the browser came over TLS.
pub(crate) fn is_https(headers: &HeaderMap) -> bool {
    headers
        .get("x-forwarded-proto")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.eq_ignore_ascii_case("https"))
}

/// Failed sign-ins that are allowed within [`WINDOW`] for one login from one address.
const MAX_FAILURES: u32 = 10;
const WINDOW: Duration = Duration::from_secs(300);
/// Most pairs of login and address that are remembered.
const MAX_REMEMBERED: usize = 10_000;

/// Counts failed sign-ins per login and address, in memory.
#[derive(Default)]
pub(crate) struct SignInGuard(Mutex<HashMap<(String, String), (u32, Instant)>>);

impl SignInGuard {
    /// Whether another attempt may be made.
    pub fn allows(&self, login: &str, address: &str) -> bool {
        let failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures
            .get(&key(login, address))
            .is_none_or(|(count, since)| *count < MAX_FAILURES || since.elapsed() > WINDOW)
    }

    pub fn failed(&self, login: &str, address: &str) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MAX_REMEMBERED {
            failures.retain(|_, (_, since)| since.elapsed() <= WINDOW);
        }
        if failures.len() >= MAX_REMEMBERED {
            failures.clear();
        }
        let entry = failures
            .entry(key(login, address))
            .or_insert((0, Instant::now()));
        if entry.1.elapsed() > WINDOW {
            *entry = (0, Instant::now());
        }
        entry.0 += 1;
    }

    pub fn succeeded(&self, login: &str, address: &str) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&key(login, address));
    }
}

fn key(login: &str, address: &str) -> (String, String) {
    let login = login.trim().to_lowercase().chars().take(100).collect();
    (login, address.chars().take(100).collect())
}
