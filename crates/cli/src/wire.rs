//! Puts the crates together: the database, the clock, the PDF engine and the office program behind their ports, the log.

use crate::args::Global;
use crate::error::CmdError;
use crate::office::LibreOffice;
use app::ports::{Clock, DemoClock, PdfRenderer, SystemClock};
use app::{App, Ctx, Db};
use domain::official::OfficialDocument;
use std::path::Path;
use std::sync::Arc;

/// Name of the embedded database in the data folder.
pub const DATABASE: &str = "dondoc.db";

/// Log lines go to standard error; `DONDOC_LOG` says which, in the syntax of `RUST_LOG`.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("DONDOC_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// The installation that the command line names, in its own time.
pub fn open(global: &Global) -> Result<App, CmdError> {
    let db = match &global.database {
        Some(url) => Db::connect_postgres(url)?,
        None => open_folder(&global.folder()?)?,
    };
    let clock: Arc<dyn Clock> = match DemoClock::of_demo(&db)? {
        Some(clock) => Arc::new(clock),
        None => Arc::new(SystemClock),
    };
    Ok(app_on(db, clock))
}

/// The embedded database of a data folder; both are made when they are not there.
pub fn open_folder(folder: &Path) -> Result<Db, CmdError> {
    std::fs::create_dir_all(folder).map_err(|error| CmdError::File {
        what: "không tạo được thư mục dữ liệu",
        path: folder.to_owned(),
        error,
    })?;
    Ok(Db::open_sqlite(folder.join(DATABASE))?)
}

pub fn app_on(db: Db, clock: Arc<dyn Clock>) -> App {
    App::new(db, clock, Arc::new(Pdf)).with_office(Arc::new(LibreOffice::find()))
}

/// The context of the account that `--as` names.
///
/// # Errors
/// [`CmdError::Usage`] without `--as`; [`CmdError::Refused`] for an unknown login.
pub fn acting(global: &Global, app: &App) -> Result<Ctx, CmdError> {
    let login = global.as_login.as_deref().ok_or_else(|| {
        CmdError::Usage("hãy nêu --as TÊN ĐĂNG NHẬP: lệnh này được thực hiện với tư cách ai".into())
    })?;
    app.ctx_of(login).map_err(|error| match error {
        app::Error::NotFound => CmdError::Refused(format!("không có tài khoản “{login}”")),
        error => error.into(),
    })
}

/// The typesetting engine behind its port.
struct Pdf;

#[cfg(feature = "pdf")]
impl PdfRenderer for Pdf {
    fn render(&self, document: &OfficialDocument) -> Result<Vec<u8>, String> {
        typeset::render_pdf(document).map_err(|error| error.to_string())
    }
}

#[cfg(not(feature = "pdf"))]
impl PdfRenderer for Pdf {
    fn render(&self, _document: &OfficialDocument) -> Result<Vec<u8>, String> {
        Err("chương trình này được dựng không có phần xuất PDF".into())
    }
}
