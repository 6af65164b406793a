//! Emptying the outbox while the server runs.

use crate::error::CmdError;
use app::App;
use app::mail::outbox::deliver_due;
use app::mail::smtp::SmtpMailer;
use std::time::Duration;

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(10);

/// The mail server that takes our e-mail. Without it e-mails wait in the outbox.
#[derive(clap::Args)]
pub struct Mail {
    /// Máy chủ thư, ví dụ smtp://ten:mat-khau@may-chu:587?tls=required; không nêu thì thư nằm chờ trong hàng gửi
    #[arg(long, value_name = "URL", env = "DONDOC_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Người gửi ghi trên thư, ví dụ "Ban Dân vận Tỉnh ủy <bdv@tinhuy.vn>"
    #[arg(
        long,
        value_name = "ĐỊA CHỈ",
        env = "DONDOC_MAIL_FROM",
        default_value = "dondoc <dondoc@localhost>"
    )]
    pub mail_from: String,
}

/// Starts the thread that sends what is due, when a mail server is named. It ends with the program.
///
/// # Errors
/// [`CmdError::Usage`] when the URL or the address is wrong.
pub fn start(app: &App, mail: &Mail) -> Result<(), CmdError> {
    let Some(url) = &mail.smtp else { return Ok(()) };
    let mailer = SmtpMailer::new(url, &mail.mail_from).map_err(CmdError::Usage)?;
    let app = app.clone();
    let work = move || {
        loop {
            if let Err(error) = deliver_due(&app, &mailer) {
                tracing::warn!(%error, detail = error.log_detail(), "the outbox could not be emptied");
            }
            std::thread::sleep(EVERY);
        }
    };
    std::thread::Builder::new()
        .name("outbox".into())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| CmdError::System {
            what: "không khởi động được luồng gửi thư",
            error,
        })
}
