//! Why a command did not do what it was asked, and the exit code for it.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum CmdError {
    #[error("{}", shown(.0))]
    App(#[from] app::Error),
    #[error("không mở được dữ liệu: {0}")]
    Store(#[from] store::Error),
    /// Wrong use of the command line.
    #[error("{0}")]
    Usage(String),
    /// Refused or found wanting, as a sentence.
    #[error("{0}")]
    Refused(String),
    #[error("{what} {}: {error}", .path.display())]
    File {
        /// `không đọc được`, `không ghi được`
        what: &'static str,
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("{what}: {error}")]
    System {
        what: &'static str,
        error: std::io::Error,
    },
}

impl CmdError {
    /// 1 refused or found wanting, 2 wrong usage.
    pub fn exit_code(&self) -> u8 {
        match self {
            CmdError::Usage(_) => 2,
            _ => 1,
        }
    }
}

/// What the user may read; on the command line, which only the operator uses, also what the log would say.
fn shown(error: &app::Error) -> String {
    match error.log_detail() {
        Some(detail) => format!("{error} ({detail})"),
        None => error.to_string(),
    }
}
