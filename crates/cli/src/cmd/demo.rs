//! `dondoc demo`: the product on its example, with a clock of its own; or the whole campaign without a browser.

use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::demo_clock::DemoClock;
use app::ports::SystemClock;
use app::{App, Db};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use web::{Demo, DemoAccount, Web};

/// The port is a free one when 0.
const DEFAULT: &str = "127.0.0.1:8080";
/// The folder in the data folder where the example is made, to be moved out when it is complete.
const STAGING: &str = "dang-chuan-bi";

#[derive(clap::Args)]
pub struct Args {
    /// Địa chỉ và cổng nhận kết nối; cổng 0 là một cổng còn trống
    #[arg(long, value_name = "ĐỊA CHỈ:CỔNG", default_value = DEFAULT)]
    listen: SocketAddr,
    /// Diễn trọn đợt báo cáo không cần trình duyệt, để lại báo cáo cuối cùng, bảng theo dõi và công văn trong thư mục này
    #[arg(long, value_name = "THƯ MỤC")]
    run_through: Option<PathBuf>,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    match &args.run_through {
        Some(out) => run_through(global, out),
        None => serve(global, args.listen),
    }
}

fn serve(global: &Global, listen: SocketAddr) -> Result<ExitCode, CmdError> {
    let (db, place) = match &global.database {
        Some(url) => (Db::connect_postgres(url)?, "PostgreSQL".to_owned()),
        None => {
            let folder = global.demo_folder()?;
            prepare_folder(&folder)?;
            (wire::open_folder(&folder)?, folder.display().to_string())
        }
    };
    let clock = Arc::new(DemoClock::open(&db)?);
    let app = wire::app_on(db, clock.clone());
    demo::prepare(&app, &mut tell)?;
    crate::indexing::start(&app)?;
    let people = demo::people()?;
    let web = Web::new(app.clone()).with_demo(Demo {
        clock,
        play: Box::new(play_on(app)),
        accounts: people.iter().map(account).collect(),
    });
    super::serve::serve(web, listen, |address| {
        println!("{address}");
        eprint!("{}", welcome(address, &place, &people));
    })
}

/// Makes the example in a folder of its own and moves it into the data folder when it is complete, so that an
/// interrupted preparation leaves nothing behind that looks complete.
fn prepare_folder(folder: &Path) -> Result<(), CmdError> {
    if folder.join(wire::DATABASE).exists() {
        return Ok(());
    }
    let staging = folder.join(STAGING);
    if staging.exists() {
        std::fs::remove_dir_all(&staging).map_err(file("không dọn được", &staging))?;
    }
    eprintln!("Chuẩn bị dữ liệu trình diễn (chỉ lần đầu)…");
    let db = wire::open_folder(&staging)?;
    let app = wire::app_on(db, Arc::new(SystemClock));
    demo::prepare(&app, &mut tell)?;
    // The last handle closes the database and folds its log into the one file that is moved.
    drop(app);
    let log = staging.join(format!("{}-wal", wire::DATABASE));
    if log.exists() {
        return Err(CmdError::Refused(
            "chưa đóng được dữ liệu trình diễn vừa chuẩn bị; hãy chạy lại".into(),
        ));
    }
    std::fs::rename(staging.join(wire::DATABASE), folder.join(wire::DATABASE))
        .map_err(file("không ghi được", folder))?;
    std::fs::remove_dir_all(&staging).map_err(file("không dọn được", &staging))
}

/// What the button runs before it moves the clock; one press at a time.
fn play_on(app: App) -> impl Fn(jiff::Timestamp) -> app::Result<()> + Send + Sync {
    let turn = Mutex::new(());
    move |to| {
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        demo::advance(&app, to)
    }
}

fn run_through(global: &Global, out: &Path) -> Result<ExitCode, CmdError> {
    std::fs::create_dir_all(out).map_err(file("không tạo được thư mục", out))?;
    let temporary = temporary_folder();
    let (db, used) = match (&global.database, &global.data) {
        (Some(url), _) => (Db::connect_postgres(url)?, None),
        (None, Some(folder)) => (wire::open_folder(folder)?, None),
        (None, None) => (wire::open_folder(&temporary)?, Some(&temporary)),
    };
    let files = demo::run_through(&wire::app_on(db, Arc::new(SystemClock)), &mut tell);
    if let Some(folder) = used {
        std::fs::remove_dir_all(folder).map_err(file("không dọn được", folder))?;
    }
    let mut names = Vec::new();
    for produced in files? {
        let path = out.join(&produced.name);
        std::fs::write(&path, &produced.bytes).map_err(file("không ghi được", &path))?;
        names.push(path.display().to_string());
    }
    super::print(
        global,
        serde_json::json!({ "files": names }),
        &names.join("\n"),
    );
    Ok(ExitCode::SUCCESS)
}

fn temporary_folder() -> PathBuf {
    std::env::temp_dir().join(format!("dondoc-demo-{}", std::process::id()))
}

fn tell(line: &str) {
    eprintln!("  {line}");
}

fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> CmdError {
    let path = path.to_owned();
    move |error| CmdError::File { what, path, error }
}

fn account(person: &demo::Person) -> DemoAccount {
    DemoAccount {
        login: person.login.clone(),
        name: person.name.clone(),
        unit: person.unit.clone(),
        roles: person
            .roles
            .iter()
            .map(|role| role.label().to_owned())
            .collect(),
        password: demo::PASSWORD.to_owned(),
    }
}

fn welcome(address: &str, place: &str, people: &[demo::Person]) -> String {
    let mut text = format!(
        "\nBản trình diễn dondoc đang chạy.\n  Mở:       {address}\n  Dữ liệu:  {place}\n  Mật khẩu chung của mọi tài khoản: {}\n\n  Đăng nhập với tên:\n",
        demo::PASSWORD
    );
    for person in people {
        text.push_str(&format!("    {:<14} {}\n", person.login, person.unit));
    }
    text.push_str(
        "  Đơn vị khác đăng nhập bằng mã đơn vị viết thường, ví dụ bt-22924. Dừng bằng Ctrl-C.\n",
    );
    text
}
