//! The one application error. What the user reads and what the log needs are apart.
//!
//! - `Refused`: a rule of the domain stands against it; the sentence says which and what to do.
//! - `Invalid`: the input is wrong, each problem with its place.
//! - `NotFound`: it does not exist, or the actor may not know of it.
//! - `Internal`: everything unexpected; logged once where it is rendered, its text never shown.

/// One fault of an input.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Where: a field, a row, a section; empty when the whole is meant.
    pub place: String,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error("Phiên làm việc đã hết hoặc chưa đăng nhập. Hãy đăng nhập lại")]
    NotSignedIn,
    #[error("Không tìm thấy nội dung này")]
    NotFound,
    #[error("Tài khoản của đồng chí không có quyền thực hiện việc này")]
    Forbidden,
    #[error("{0}")]
    Refused(String),
    #[error("{}", list(.0))]
    Invalid(Vec<Problem>),
    /// Somebody else changed it meanwhile.
    #[error("{0}")]
    Conflict(String),
    #[error("{0}")]
    TooLarge(String),
    #[error("Hệ thống đang bận. Hãy thử lại sau ít phút")]
    Unavailable(String),
    #[error(
        "Có lỗi ngoài dự kiến. Nội dung đã lưu vẫn còn; hãy thử lại, nếu vẫn lỗi hãy báo quản trị"
    )]
    Internal(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// One problem at one place.
    pub fn invalid(place: impl Into<String>, message: impl Into<String>) -> Error {
        Error::Invalid(vec![Problem {
            place: place.into(),
            message: message.into(),
        }])
    }

    /// A rule that stands against it, as a sentence.
    pub fn refused(rule: impl std::fmt::Display) -> Error {
        Error::Refused(sentence(&rule.to_string()))
    }

    /// What only the log may see.
    pub fn log_detail(&self) -> Option<&str> {
        match self {
            Error::Internal(detail) | Error::Unavailable(detail) => Some(detail),
            _ => None,
        }
    }
}

/// A capital letter in front: rules are written to stand inside sentences too.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn list(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| {
            if problem.place.is_empty() {
                problem.message.clone()
            } else {
                format!("{}: {}", problem.place, problem.message)
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Missing => Error::NotFound,
            store::Error::Busy(detail) => Error::Unavailable(detail),
            other => Error::Internal(other.to_string()),
        }
    }
}

impl From<domain::report::lifecycle::Refusal> for Error {
    fn from(refusal: domain::report::lifecycle::Refusal) -> Self {
        Error::refused(refusal)
    }
}
