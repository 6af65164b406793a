//! The one place where an [`app::Error`] becomes an answer: a page, or JSON under `/api`.
//!
//! Handlers return [`Failure`], which carries the error to `render`; what is internal is logged there, once, and
//! never shown. Neither the log nor the answer holds what somebody typed.

use crate::page::{Shell, page_with, redirect};
use crate::session::Session;
use crate::state::Web;
use app::{Error, Problem};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::any::Any;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

/// What went wrong with a request.
#[derive(Debug, Clone)]
pub struct Failure {
    error: Error,
    status: StatusCode,
    /// What a program can go on with; only in JSON.
    detail: Option<serde_json::Value>,
}

impl Failure {
    /// With another status than the error's own.
    pub fn with_status(status: StatusCode, error: Error) -> Failure {
        Failure {
            status,
            ..Failure::from(error)
        }
    }

    /// With what a program needs to go on from here.
    #[must_use]
    pub fn with_detail(mut self, detail: &impl serde::Serialize) -> Failure {
        self.detail = serde_json::to_value(detail).ok();
        self
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let status = match &error {
            Error::NotSignedIn => StatusCode::UNAUTHORIZED,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::Refused(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Failure {
            error,
            status,
            detail: None,
        }
    }
}

impl IntoResponse for Failure {
    /// A bare answer that carries the failure to `render`.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer for paths that the table does not have.
pub(crate) async fn no_such_page() -> Failure {
    Error::NotFound.into()
}

/// The answer for a known path with another method.
pub(crate) async fn no_such_method() -> Failure {
    Failure::with_status(
        StatusCode::METHOD_NOT_ALLOWED,
        Error::Refused("Địa chỉ này không nhận thao tác vừa gửi. Hãy mở lại từ trang trước".into()),
    )
}

/// The answer after a handler panicked.
pub(crate) fn caught_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a text");
    Failure::from(Error::Internal(format!("a handler panicked: {text}"))).into_response()
}

/// Turns failures into pages or JSON and gives every request an id.
pub(crate) async fn render(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let seen = parts.clone();
    let id = request_id();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        let session = response.extensions().get::<Arc<Session>>().cloned();
        log(&seen, &id, &failure);
        let shell = Shell::of(&seen, session, &web);
        response = answer(&seen, shell, &id, failure);
    }
    tracing::debug!(request = %id, method = %seen.method, path = seen.uri.path(), status = response.status().as_u16());
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

fn request_id() -> String {
    let random = RandomState::new().build_hasher().finish();
    format!("{random:016x}")
}

fn log(parts: &Parts, id: &str, failure: &Failure) {
    if let Some(detail) = failure.error.log_detail() {
        tracing::error!(request = %id, method = %parts.method, path = parts.uri.path(), detail, "request failed");
    }
}

fn answer(parts: &Parts, shell: Shell, id: &str, failure: Failure) -> Response {
    if wants_json(parts) {
        return json(id, &failure);
    }
    if matches!(failure.error, Error::NotSignedIn) {
        return to_sign_in(parts);
    }
    let status = failure.status;
    let error_page = ErrorPage::new(parts, shell, id, failure);
    let rendered = page_with(status, &error_page);
    let mut response = rendered.unwrap_or_else(|_| status.into_response());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from_static("10");
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// Programs, and the script of our own pages.
fn wants_json(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT);
    parts.uri.path().starts_with("/api/")
        || accepts.is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"))
}

#[derive(serde::Serialize)]
struct Body<'a> {
    error: Fault<'a>,
    request: &'a str,
}

#[derive(serde::Serialize)]
struct Fault<'a> {
    kind: &'static str,
    message: String,
    problems: &'a [Problem],
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a serde_json::Value>,
}

fn json(id: &str, failure: &Failure) -> Response {
    let body = Body {
        error: Fault {
            kind: kind(failure),
            message: failure.error.to_string(),
            problems: problems(&failure.error),
            detail: failure.detail.as_ref(),
        },
        request: id,
    };
    crate::page::json_with(failure.status, &body)
        .unwrap_or_else(|failure| failure.status.into_response())
}

/// The word for programs.
fn kind(failure: &Failure) -> &'static str {
    match (&failure.error, failure.status) {
        (_, StatusCode::METHOD_NOT_ALLOWED) => "method_not_allowed",
        (_, StatusCode::TOO_MANY_REQUESTS) => "too_many_requests",
        (Error::NotSignedIn, _) => "not_signed_in",
        (Error::NotFound, _) => "not_found",
        (Error::Forbidden, _) | (_, StatusCode::FORBIDDEN) => "forbidden",
        (Error::Refused(_), _) => "refused",
        (Error::Invalid(_), _) => "invalid",
        (Error::Conflict(_), _) => "conflict",
        (Error::TooLarge(_), _) => "too_large",
        (Error::Unavailable(_), _) => "unavailable",
        (Error::Internal(_), _) => "internal",
    }
}

fn problems(error: &Error) -> &[Problem] {
    match error {
        Error::Invalid(problems) => problems,
        _ => &[],
    }
}

/// What a path keeps of its letters inside a query.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// To the sign-in page, and from there back to what was asked for; after a form, to the page of the form.
fn to_sign_in(parts: &Parts) -> Response {
    let next = if parts.method == Method::GET {
        parts.uri.path_and_query().map(ToString::to_string)
    } else {
        came_from(&parts.headers)
    };
    match next.filter(|next| next != "/") {
        Some(next) => redirect(&format!(
            "/dang-nhap?tiep={}",
            utf8_percent_encode(&next, IN_QUERY)
        )),
        None => redirect("/dang-nhap"),
    }
}

/// Path and query of the page of ours that the request was sent from.
pub(crate) fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let referer = text(header::REFERER)?;
    let after_scheme = referer.split_once("://")?.1;
    let (host, path) = after_scheme.split_once('/')?;
    (Some(host) == text(header::HOST)).then(|| format!("/{path}"))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    message: String,
    problems: Vec<Problem>,
    /// What to do next.
    advice: &'static str,
    /// The way back.
    back: Option<String>,
    request: String,
    shows_request: bool,
}

impl ErrorPage {
    fn new(parts: &Parts, shell: Shell, id: &str, failure: Failure) -> ErrorPage {
        let (title, advice) = words(&failure);
        let back = came_from(&parts.headers).filter(|back| *back != shell.here);
        let problems = problems(&failure.error).to_vec();
        ErrorPage {
            shell: shell.titled(title),
            message: if problems.is_empty() {
                failure.error.to_string()
            } else {
                "Nội dung gửi lên có chỗ chưa đúng nên chưa được nhận".into()
            },
            problems,
            advice,
            back,
            request: id.to_owned(),
            shows_request: failure.status.is_server_error(),
        }
    }
}

/// The heading of the page, and what to do next.
fn words(failure: &Failure) -> (&'static str, &'static str) {
    match &failure.error {
        Error::NotFound => (
            "Không tìm thấy trang",
            "Địa chỉ có thể đã thay đổi, hoặc nội dung này không thuộc phạm vi tài khoản của đồng chí được xem. Hãy quay lại trang trước, hoặc mở lại từ “Việc của tôi”.",
        ),
        Error::Forbidden | Error::NotSignedIn => (
            "Không có quyền thực hiện",
            "Nếu đây là việc của đơn vị mình, hãy đề nghị cán bộ quản trị giao thêm vai trò cho tài khoản.",
        ),
        Error::Conflict(_) => (
            "Nội dung vừa được người khác thay đổi",
            "Hãy quay lại, tải lại trang để xem bản mới nhất rồi thực hiện lại.",
        ),
        Error::TooLarge(_) => (
            "Nội dung quá lớn",
            "Chưa có gì thay đổi. Hãy quay lại và gửi phần nhỏ hơn.",
        ),
        Error::Refused(_) | Error::Invalid(_) => (
            "Chưa thực hiện được",
            "Chưa có gì thay đổi. Hãy quay lại, sửa chỗ nêu trên rồi thực hiện lại.",
        ),
        Error::Unavailable(_) => (
            "Hệ thống đang bận",
            "Nội dung đã lưu vẫn còn nguyên. Hãy đợi ít phút rồi tải lại trang.",
        ),
        Error::Internal(_) => (
            "Có lỗi ngoài dự kiến",
            "Khi báo quản trị, hãy gửi kèm mã yêu cầu dưới đây.",
        ),
    }
}
