//! The outside world as small traits: the clock, the PDF engine, the mail server, the office program.

use domain::official::OfficialDocument;
use jiff::Timestamp;

/// The only source of the present moment.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "this port is where time comes in"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

pub use crate::demo_clock::DemoClock;

/// Sets official documents as PDF.
pub trait PdfRenderer: Send + Sync {
    /// # Errors
    /// A text for the log when the engine refuses the document.
    fn render(&self, document: &OfficialDocument) -> Result<Vec<u8>, String>;
}

/// Takes one e-mail to the server that delivers it.
pub trait Mailer: Send + Sync {
    /// # Errors
    /// A text for the outbox: what the server answered.
    fn send(&self, mail: &OutgoingMail) -> Result<(), String>;
}

/// One e-mail, plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// Turns word-processing files of old kinds (Word 97-2003, RTF) into DOCX.
pub trait Convert: Send + Sync {
    /// # Errors
    /// Why there is no DOCX.
    fn to_docx(&self, bytes: &[u8]) -> Result<Vec<u8>, ConvertError>;
}

/// Why the office program gave no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConvertError {
    /// It is not installed.
    Missing,
    /// It took longer than allowed and was stopped.
    TimedOut,
    /// What it made is larger than a file may be.
    TooLarge,
    /// It could not read the file, or not be run; for the log.
    Failed(String),
}

impl ConvertError {
    /// For users.
    pub fn message(&self) -> String {
        let reason = match self {
            ConvertError::Missing => "máy chủ không cài LibreOffice",
            ConvertError::TimedOut => "LibreOffice đọc tệp quá lâu nên đã bị dừng",
            ConvertError::TooLarge => "tệp sau khi chuyển đổi quá lớn",
            ConvertError::Failed(_) => {
                "LibreOffice không đọc được tệp, có thể tệp bị hỏng hoặc có mật khẩu"
            }
        };
        format!(
            "Không chuyển được tệp này sang .docx: {reason}. Hãy mở tệp bằng Word hoặc LibreOffice, chọn Lưu thành (Save As) dạng Word Document (.docx) rồi chọn lại."
        )
    }
}

/// A machine without an office program.
pub struct NoOffice;

impl Convert for NoOffice {
    fn to_docx(&self, _: &[u8]) -> Result<Vec<u8>, ConvertError> {
        Err(ConvertError::Missing)
    }
}
