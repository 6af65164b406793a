//! Extractors whose refusals are ours: a Vietnamese page or JSON instead of the framework's stock texts.
#![allow(
    clippy::disallowed_types,
    reason = "the stock extractors are wrapped here, nowhere else"
)]

use crate::error::Failure;
use app::Error;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

/// Most fields in one form: a table of figures has indicators × years of them.
const MAX_FIELDS: usize = 20_000;

/// The parameters in the path. What does not fit is not found.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Path(value))
            .map_err(|_| Error::NotFound.into())
    }
}

/// What follows the `?`; repeated names fill a `Vec`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default())
            .map(Query)
            .map_err(|error| {
                let place = "Địa chỉ trang";
                let message =
                    format!("phần sau dấu “?” không đúng ({error}). Hãy mở lại từ trang trước");
                Error::invalid(place, message).into()
            })
    }
}

/// A submitted form as a struct; repeated names fill a `Vec`, a missing box is `None` with `#[serde(default)]`.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = body(request, state).await?;
        serde_html_form::from_bytes(&bytes)
            .map(Form)
            .map_err(|error| {
                let message = format!(
                    "thiếu ô hoặc ô không đúng kiểu ({error}). Hãy tải lại trang rồi điền lại"
                );
                Error::invalid("Biểu mẫu", message).into()
            })
    }
}

/// A submitted form with names that are only known when it comes: figures, rows of a list.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value with this name, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// All values with this name: ticked boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a box with this name is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names that begin with `prefix`, without it, and their values: `so[CT01]` with prefix `so[`.
    pub fn starting<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = body(request, state).await?;
        let fields: Vec<(String, String)> = serde_html_form::from_bytes(&bytes).map_err(|_| {
            Error::invalid("Biểu mẫu", "không đọc được. Hãy tải lại trang rồi điền lại")
        })?;
        checked(fields)
    }
}

fn checked(fields: Vec<(String, String)>) -> Result<Fields, Failure> {
    if fields.len() > MAX_FIELDS {
        let message = format!("có quá nhiều ô (tối đa {MAX_FIELDS}). Hãy chia làm nhiều lần gửi");
        return Err(Error::invalid("Biểu mẫu", message).into());
    }
    Ok(Fields(fields))
}

/// A file out of a form.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// The name of the form field.
    pub field: String,
    /// The name on the sender's machine; never use it as a path.
    pub name: String,
    /// As the browser guessed it; never trust it.
    pub media_type: String,
    pub bytes: Bytes,
}

/// A submitted form with files (`enctype="multipart/form-data"`); its first field is `_token`.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub fields: Fields,
    /// Files that were chosen; an empty file field does not appear.
    pub files: Vec<UploadedFile>,
}

impl Upload {
    /// The file of a field.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `label` when none was chosen.
    pub fn file(&self, field: &str, label: &str) -> app::Result<&UploadedFile> {
        self.files
            .iter()
            .find(|file| file.field == field)
            .ok_or_else(|| Error::invalid(label, "chưa chọn tệp. Hãy chọn tệp rồi gửi lại"))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let headers = request.headers().clone();
        let bytes = body(request, state).await?;
        let broken = || {
            Failure::from(Error::invalid(
                "Tệp gửi lên",
                "không nhận được trọn vẹn. Hãy chọn lại tệp rồi gửi lại",
            ))
        };
        let mut form = multipart(&headers, bytes).await.ok_or_else(broken)?;
        let mut fields = Vec::new();
        let mut files = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                None => fields.push((name, field.text().await.map_err(|_| broken())?)),
                Some(file_name) => {
                    let media_type = field.content_type().unwrap_or_default().to_owned();
                    let bytes = field.bytes().await.map_err(|_| broken())?;
                    if !(file_name.is_empty() && bytes.is_empty()) {
                        files.push(UploadedFile {
                            field: name,
                            name: domain::text::clean_line(&file_name),
                            media_type,
                            bytes,
                        });
                    }
                }
            }
        }
        Ok(Upload {
            fields: checked(fields)?,
            files,
        })
    }
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        if !is_json {
            let message = "hãy gửi với Content-Type: application/json";
            return Err(Failure::with_status(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Error::invalid("Nội dung", message),
            ));
        }
        let bytes = body(request, state).await?;
        serde_json::from_slice(&bytes)
            .map(Json)
            .map_err(|error| Error::invalid("Nội dung JSON", format!("không đúng: {error}")).into())
    }
}

/// The raw body, for files sent to the API as they are.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        body(request, state).await.map(Raw)
    }
}

/// The body, which the guard has read within its limit already.
async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state)
        .await
        .map_err(|_| Error::invalid("Nội dung", "không nhận được trọn vẹn. Hãy gửi lại").into())
}

/// A form with files over a body that is in memory.
pub(crate) async fn multipart(headers: &HeaderMap, bytes: Bytes) -> Option<Multipart> {
    let mut request = Request::new(Body::from(bytes));
    *request.headers_mut() = headers.clone();
    // The guard has counted the bytes; the framework's own limit of 2 MB does not count again.
    DefaultBodyLimit::disable().apply(&mut request);
    Multipart::from_request(request, &()).await.ok()
}
