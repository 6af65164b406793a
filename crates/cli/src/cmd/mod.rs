//! The commands, one file each: `pub struct Args` and `pub fn run(&Global, Args) -> Result<ExitCode, CmdError>`.
//!
//! Results go to standard output (one JSON document with `--json`), progress and messages to standard error.

mod remind;
mod serve;
mod user;

use crate::args::Global;
use crate::error::CmdError;
use std::process::ExitCode;

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident => $module:ident;)*) => {
        #[derive(clap::Subcommand)]
        pub enum Command {
            $($(#[$doc])* $name($module::Args),)*
        }

        impl Command {
            pub fn run(self, global: &Global) -> Result<ExitCode, CmdError> {
                match self {
                    $(Command::$name(args) => $module::run(global, args),)*
                }
            }
        }
    };
}

commands! {
    /// Chạy máy chủ cho đơn vị sử dụng thật
    Serve => serve;
    /// Đôn đốc: đơn vị nào còn thiếu, gửi thư, soạn công văn
    Remind => remind;
    /// Tài khoản: tạo, liệt kê, đặt lại mật khẩu, cấp khóa cho chương trình
    User => user;
}

/// Prints a result: one JSON document with `--json`, otherwise the words.
pub(crate) fn print(global: &Global, json: serde_json::Value, words: &str) {
    if global.json {
        println!("{json}");
    } else {
        println!("{words}");
    }
}
