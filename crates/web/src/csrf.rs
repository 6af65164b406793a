//! No other site may act for somebody who is signed in here; and no body is larger than what is taken.
//!
//! Every changing request is looked at before its handler: its origin must be ours, and with a cookie it must carry
//! the form token of the session, as the form field `_token` (the first field of a form with files) or the header
//! `X-Form-Token`. An API token needs neither: a browser does not send it by itself.

use crate::error::Failure;
use crate::extract::multipart;
use crate::session::Session;
use app::Error;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The hidden field of forms.
pub const FIELD: &str = "_token";
const HEADER: &str = "x-form-token";

/// Largest form or JSON. Above the limits of single texts, so that those can answer with the place.
pub const MAX_FORM: usize = 16 * 1024 * 1024;
/// Largest request with files.
pub const MAX_UPLOAD: usize = 25 * 1024 * 1024;
/// Largest request of somebody who is not signed in.
const MAX_ANONYMOUS: usize = 64 * 1024;

pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return next.run(request).await;
    }
    match admit(request).await {
        Ok(request) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Reads the body within its limit and checks where the request comes from.
async fn admit(request: Request) -> Result<Request, Failure> {
    let (parts, body) = request.into_parts();
    let session = parts.extensions.get::<Arc<Session>>().cloned();
    if !same_origin(&parts.headers) {
        return Err(foreign());
    }
    let limit = match &session {
        None => MAX_ANONYMOUS,
        Some(_) if is_form(&parts) || is_type(&parts, "application/json") => MAX_FORM,
        Some(_) => MAX_UPLOAD,
    };
    let bytes = read(&parts, body, limit).await?;
    if let Some(session) = session.filter(|session| !session.is_bearer) {
        let given = given_token(&parts, &bytes).await;
        if given.as_deref() != Some(session.form_token.as_str()) {
            return Err(foreign());
        }
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Bytes, Failure> {
    let announced = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    to_bytes(body, limit).await.map_err(|_| too_large(limit))
}

fn too_large(limit: usize) -> Failure {
    let message = if limit < 1024 * 1024 {
        "Nội dung gửi lên quá lớn khi chưa đăng nhập. Hãy đăng nhập rồi gửi lại".to_owned()
    } else {
        format!(
            "Nội dung gửi lên lớn hơn {} MB nên chưa được nhận, chưa có gì thay đổi. Hãy chia nhỏ, hoặc giảm dung lượng hình ảnh trong tệp, rồi gửi lại",
            limit / (1024 * 1024)
        )
    };
    Error::TooLarge(message).into()
}

fn foreign() -> Failure {
    Failure::with_status(
        StatusCode::FORBIDDEN,
        Error::Refused(
            "Biểu mẫu này đã cũ hoặc không được gửi từ trang của hệ thống, nên chưa được nhận. Hãy quay lại, tải lại trang rồi gửi lại"
                .into(),
        ),
    )
}

/// Browsers say which site a changing request comes from; other programs say nothing.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let host = text("x-forwarded-host").or_else(|| text("host"));
    let origin_host = origin.split_once("://").map(|(_, host)| host);
    origin_host.is_some() && origin_host == host
}

fn is_type(parts: &Parts, media_type: &str) -> bool {
    parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with(media_type))
}

fn is_form(parts: &Parts) -> bool {
    is_type(parts, "application/x-www-form-urlencoded")
}

async fn given_token(parts: &Parts, bytes: &Bytes) -> Option<String> {
    if let Some(token) = parts.headers.get(HEADER) {
        return token.to_str().ok().map(str::to_owned);
    }
    if is_form(parts) {
        let fields: Vec<(String, String)> = serde_html_form::from_bytes(bytes).ok()?;
        return fields
            .into_iter()
            .find(|(name, _)| name == FIELD)
            .map(|(_, value)| value);
    }
    if is_type(parts, "multipart/form-data") {
        let mut form = multipart(&parts.headers, bytes.clone()).await?;
        let first = form.next_field().await.ok()??;
        return match first.name() {
            Some(FIELD) => first.text().await.ok(),
            _ => None,
        };
    }
    None
}
