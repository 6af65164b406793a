//! The outside world as small traits: the clock, the PDF engine, the mail server.

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
