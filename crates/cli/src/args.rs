//! The command line: what every command shares, and the list of commands.

use crate::cmd::Command;
use crate::error::CmdError;
use std::path::{Path, PathBuf};

/// Đôn đốc báo cáo: từ kế hoạch đến báo cáo cuối cùng.
#[derive(clap::Parser)]
#[command(name = "dondoc", version)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the options that every command has stand in its help: after its own.
pub const LAST: usize = 900;

#[derive(clap::Args)]
pub struct Global {
    /// Thư mục dữ liệu của hệ thống (mặc định theo hệ điều hành)
    #[arg(
        long,
        global = true,
        value_name = "THƯ MỤC",
        display_order = LAST
    )]
    pub data: Option<PathBuf>,
    /// Cơ sở dữ liệu PostgreSQL, ví dụ postgres://dondoc@localhost/dondoc; không nêu thì dùng SQLite trong thư mục dữ liệu
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "DONDOC_DATABASE",
        hide_env_values = true,
        display_order = LAST
    )]
    pub database: Option<String>,
    /// Thực hiện với tư cách tài khoản này
    #[arg(
        long = "as",
        global = true,
        value_name = "TÊN ĐĂNG NHẬP",
        display_order = LAST
    )]
    pub as_login: Option<String>,
    /// In kết quả dạng JSON ra đầu ra chuẩn
    #[arg(long, global = true, display_order = LAST)]
    pub json: bool,
}

impl Global {
    /// The data folder: the one given, or the platform's own.
    ///
    /// # Errors
    /// [`CmdError::Usage`] when none is given and the platform names no home.
    pub fn folder(&self) -> Result<PathBuf, CmdError> {
        self.folder_or(|| platform_folder("dondoc"))
    }

    /// The folder of the demonstration: the one given, or one beside the real data.
    ///
    /// # Errors
    /// As [`Global::folder`].
    pub fn demo_folder(&self) -> Result<PathBuf, CmdError> {
        self.folder_or(|| platform_folder("dondoc-demo"))
    }

    /// The data folder, or another default.
    fn folder_or(&self, default: impl FnOnce() -> Option<PathBuf>) -> Result<PathBuf, CmdError> {
        self.data.clone().or_else(default).ok_or_else(|| {
            CmdError::Usage("không xác định được thư mục dữ liệu; hãy nêu --data THƯ MỤC".into())
        })
    }
}

/// `$XDG_DATA_HOME/NAME`, `~/.local/share/NAME`, `~/Library/Application Support/NAME` or `%LOCALAPPDATA%\NAME`.
fn platform_folder(name: &str) -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = || variable("HOME").map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| home().map(|home| home.join(".local/share")))
    };
    base.map(|base: PathBuf| Path::new(&base).join(name))
}
