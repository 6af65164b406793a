//! Delivery through an SMTP server.

use crate::ports::{Mailer, OutgoingMail};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Message, SmtpTransport, Transport};
use std::time::Duration;

/// How long the server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// An SMTP server that takes our e-mail.
pub struct SmtpMailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl SmtpMailer {
    /// `url` as `smtp://user:password@host:587?tls=required` or `smtps://…`; `from` as `Ban Dân vận <bdv@tinhuy.vn>`.
    ///
    /// # Errors
    /// Words for the operator when the URL or the sender's address is wrong.
    pub fn new(url: &str, from: &str) -> Result<SmtpMailer, String> {
        let transport = SmtpTransport::from_url(url)
            .map_err(|error| format!("the SMTP URL is wrong: {error}"))?;
        let from = from
            .parse()
            .map_err(|error| format!("the sender's address is wrong: {error}"))?;
        Ok(SmtpMailer {
            transport: transport.timeout(Some(TIMEOUT)).build(),
            from,
        })
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, mail: &OutgoingMail) -> Result<(), String> {
        let to: Mailbox = mail
            .to
            .parse()
            .map_err(|error| format!("the address is wrong: {error}"))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|error| error.to_string())?;
        self.transport
            .send(&message)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}
