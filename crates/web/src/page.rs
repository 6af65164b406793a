//! What pages share: the shell around them, answers, and the step onto a blocking thread.

use crate::assets;
use crate::error::Failure;
use crate::router::{Area, ROUTES};
use crate::session::{self, Session};
use crate::state::Web;
use app::Problem;
use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::convert::Infallible;
use std::sync::Arc;

/// What a handler returns.
pub type Answer = Result<Response, Failure>;

/// Runs a use case on a blocking thread; the store is never touched on an async worker.
///
/// # Errors
/// What the use case failed with; a panic in it is [`app::Error::Internal`].
pub async fn run<T: Send + 'static>(
    work: impl FnOnce() -> app::Result<T> + Send + 'static,
) -> app::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(failed) => Err(app::Error::Internal(format!("a use case ended: {failed}"))),
    }
}

/// A rendered template.
///
/// # Errors
/// [`app::Error::Internal`] when the template fails.
pub fn page(template: &impl askama::Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A rendered template with another status: 422 for a form that is shown again with its problems.
///
/// # Errors
/// As [`page`].
pub fn page_with(status: StatusCode, template: &impl askama::Template) -> Answer {
    let html = template
        .render()
        .map_err(|error| app::Error::Internal(format!("a template failed: {error}")))?;
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((status, kind, html).into_response())
}

/// A JSON answer.
///
/// # Errors
/// [`app::Error::Internal`] when the value cannot be written as JSON.
pub fn json(value: &impl serde::Serialize) -> Answer {
    json_with(StatusCode::OK, value)
}

/// A JSON answer with another status, such as 201.
///
/// # Errors
/// As [`json`].
pub fn json_with(status: StatusCode, value: &impl serde::Serialize) -> Answer {
    let text = serde_json::to_string(value)
        .map_err(|error| app::Error::Internal(format!("an answer is no JSON: {error}")))?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((status, kind, text).into_response())
}

/// A file to be saved under `name` (any letters).
pub fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Answer {
    file_as("attachment", name, media_type, bytes)
}

/// A file that the browser shows, and saves under `name`.
pub fn shown_file(name: &str, media_type: &str, bytes: Vec<u8>) -> Answer {
    file_as("inline", name, media_type, bytes)
}

fn file_as(how: &str, name: &str, media_type: &str, bytes: Vec<u8>) -> Answer {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let disposition = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CONTENT_DISPOSITION, disposition)
        .body(Body::from(bytes))
        .map_err(|error| app::Error::Internal(format!("a download: {error}")).into())
}

/// 303 to a page of our own, after a form was dealt with.
pub fn redirect(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The same, with a message of success on the next page.
pub fn redirect_done(to: &str, message: &str) -> Response {
    redirect_with(to, FlashKind::Done, message)
}

/// The same, with a warning on the next page.
pub fn redirect_warned(to: &str, message: &str) -> Response {
    redirect_with(to, FlashKind::Warning, message)
}

fn redirect_with(to: &str, kind: FlashKind, message: &str) -> Response {
    // A cookie holds 4096 bytes, and a Vietnamese letter takes up to nine when encoded.
    let short: String = message.chars().take(400).collect();
    let text = utf8_percent_encode(&short, NON_ALPHANUMERIC);
    let cookie = format!(
        "{FLASH_COOKIE}={}{text}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
        kind.letter()
    );
    let mut response = redirect(to);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

pub(crate) const FLASH_COOKIE: &str = "dondoc_thong_bao";

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    Done,
    Warning,
}

impl FlashKind {
    fn letter(self) -> char {
        match self {
            FlashKind::Done => 'd',
            FlashKind::Warning => 'w',
        }
    }
}

/// A message from the request before, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
}

impl Flash {
    pub fn is_warning(&self) -> bool {
        self.kind == FlashKind::Warning
    }

    fn from_cookie(value: &str) -> Option<Flash> {
        let kind = match value.chars().next()? {
            'd' => FlashKind::Done,
            'w' => FlashKind::Warning,
            _ => return None,
        };
        let text = percent_decode_str(&value[1..]).decode_utf8().ok()?;
        Some(Flash {
            kind,
            text: domain::text::clean_line(&text),
        })
    }
}

/// One step of the way down to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

/// What `base.html` shows around a page. Every page struct has a field `shell`.
#[derive(Clone)]
pub struct Shell {
    /// Title of the window and the heading of the page.
    pub title: String,
    pub crumbs: Vec<Crumb>,
    /// `None` before signing in.
    pub session: Option<Arc<Session>>,
    pub area: Area,
    pub flash: Option<Flash>,
    /// The demonstration's day as words; `None` in real use.
    pub demo_day: Option<String>,
    /// Path and query of this page, to come back to.
    pub here: String,
}

impl Shell {
    /// With the heading of the page.
    pub fn titled(mut self, title: impl Into<String>) -> Shell {
        self.title = title.into();
        self
    }

    /// With one more step of the way down to this page, after those given before.
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Shell {
        self.crumbs.push(Crumb {
            label: label.into(),
            href: href.into(),
        });
        self
    }

    /// The secret that each form carries in a hidden field `_token`; empty before signing in.
    pub fn token(&self) -> &str {
        self.session
            .as_deref()
            .map_or("", |session| &session.form_token)
    }

    pub fn css(&self) -> &'static str {
        assets::css_path()
    }

    pub fn icon(&self) -> &'static str {
        assets::icon_path()
    }

    pub fn js(&self) -> &'static str {
        assets::js_path()
    }

    /// The navigation: label, address, whether it is where we are.
    pub fn nav(&self) -> [(&'static str, &'static str, bool); 4] {
        use Area::*;
        let entry = |label, href, areas: &[Area]| (label, href, areas.contains(&self.area));
        [
            entry("Việc của tôi", "/", &[Home, Reports]),
            entry(
                "Đợt báo cáo",
                "/dot",
                &[Campaigns, Assignments, Board, Consolidation, Copies, Mail],
            ),
            entry("Kế hoạch mới", "/ke-hoach", &[Plans]),
            entry("Đơn vị", "/don-vi", &[Units]),
        ]
    }

    /// The shell of a request: from its parts and, when it has come that far, its session.
    pub(crate) fn of(parts: &Parts, session: Option<Arc<Session>>, web: &Web) -> Shell {
        let path = parts
            .extensions
            .get::<MatchedPath>()
            .map(MatchedPath::as_str);
        let area = ROUTES
            .iter()
            .find(|route| Some(route.path) == path)
            .map_or(Area::SignIn, |route| route.area);
        let flash = session::cookie(&parts.headers, FLASH_COOKIE).and_then(Flash::from_cookie);
        Shell {
            title: String::new(),
            crumbs: Vec::new(),
            session,
            area,
            flash,
            demo_day: web.demo.as_ref().map(|_| demo_day(web.app.now())),
            here: parts
                .uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
        }
    }
}

/// `thứ Hai, ngày 26/9/2022`.
fn demo_day(now: Timestamp) -> String {
    use jiff::civil::Weekday::*;
    let day = domain::deadline::day_of(now);
    let weekday = match day.weekday() {
        Monday => "thứ Hai",
        Tuesday => "thứ Ba",
        Wednesday => "thứ Tư",
        Thursday => "thứ Năm",
        Friday => "thứ Sáu",
        Saturday => "thứ Bảy",
        Sunday => "Chủ nhật",
    };
    format!("{weekday}, ngày {}", domain::deadline::vietnamese_date(day))
}

impl FromRequestParts<Web> for Shell {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Shell, Infallible> {
        let session = parts.extensions.get::<Arc<Session>>().cloned();
        Ok(Shell::of(parts, session, web))
    }
}

/// The problems of a form that is shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Splits a failure of a form: what can be shown beside the form, or what ends the request.
    ///
    /// # Errors
    /// Everything but wrong input and broken rules.
    pub fn from_error(error: app::Error) -> Result<Problems, app::Error> {
        match error {
            app::Error::Invalid(problems) => Ok(Problems(problems)),
            app::Error::Refused(message)
            | app::Error::Conflict(message)
            | app::Error::TooLarge(message) => Ok(Problems(vec![Problem {
                place: String::new(),
                message,
            }])),
            other => Err(other),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The message at a place, which is the field's label; empty when all is well there.
    pub fn at(&self, place: &str) -> &str {
        self.0
            .iter()
            .find(|problem| problem.place == place)
            .map_or("", |problem| &problem.message)
    }
}
