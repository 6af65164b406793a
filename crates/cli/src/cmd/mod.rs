//! The commands, one file each: `pub struct Args` and `pub fn run(&Global, Args) -> Result<ExitCode, CmdError>`.
//!
//! Results go to standard output (one JSON document with `--json`), progress and messages to standard error.

mod bench;
mod board;
mod campaign;
mod consolidate;
mod demo;
mod duplicates;
mod export;
mod figures;
mod import;
mod plan;
mod remind;
mod report;
mod search;
mod serve;
mod units;
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
    /// Chạy bản trình diễn với dữ liệu mẫu và đồng hồ riêng
    Demo => demo;
    /// Chạy máy chủ cho đơn vị sử dụng thật
    Serve => serve;
    /// Kế hoạch: đọc một tệp, xem kế hoạch nói gì
    Plan => plan;
    /// Đơn vị: nhập cây tổ chức từ bảng, liệt kê
    Units => units;
    /// Đợt báo cáo: lập từ kế hoạch, liệt kê, phát hành
    Campaign => campaign;
    /// Nhập trọn một đợt từ tệp của hệ thống khác: nhập hết hoặc không nhập gì
    Import => import;
    /// Bảng theo dõi của một đợt: ai đã gửi, ai chậm, theo cấp và theo đơn vị
    Board => board;
    /// Số liệu tổng hợp của một đơn vị theo chỉ tiêu và năm
    Figures => figures;
    /// Báo cáo: soạn thảo, thông qua, ban hành, gửi, tiếp nhận, trả lại, chấp nhận
    Report => report;
    /// Xuất một báo cáo ra tệp Word, PDF, hoặc Excel (số liệu)
    Export => export;
    /// Tổng hợp: nội dung cấp dưới đã gửi, đưa đoạn vào bản thảo, số liệu và nguồn của chúng
    Consolidate => consolidate;
    /// Tìm trong mọi nội dung được xem: câu nào, đơn vị nào nhắc đến
    Search => search;
    /// Báo cáo giống nhau trong một đợt: ai chép của ai, giống bao nhiêu
    Duplicates => duplicates;
    /// Đôn đốc: đơn vị nào còn thiếu, gửi thư, soạn công văn
    Remind => remind;
    /// Đo tốc độ của máy này: nhận báo cáo, bảng theo dõi, tổng hợp số liệu, xuất văn bản
    Bench => bench;
    /// Tài khoản: tạo, liệt kê, đặt lại mật khẩu, cấp khóa cho chương trình
    User => user;
}

/// The context of `--as`, or of whoever holds the data when nobody is named; for commands that only look, or take in.
pub(crate) fn acting_or_operator(global: &Global, app: &app::App) -> Result<app::Ctx, CmdError> {
    match &global.as_login {
        Some(_) => crate::wire::acting(global, app),
        None => Ok(app.operator()),
    }
}

/// A file named on the command line: its name for people, and its bytes.
pub(crate) fn file(path: &std::path::Path) -> Result<(String, Vec<u8>), CmdError> {
    let fault = |error| CmdError::File {
        what: "không đọc được",
        path: path.to_owned(),
        error,
    };
    // A larger one is refused by every reader: it is not even brought into memory.
    let size = std::fs::metadata(path).map_err(fault)?.len();
    if size > formats::limits::FILE_BYTES as u64 {
        let bytes = usize::try_from(size).unwrap_or(usize::MAX);
        return Err(CmdError::Refused(
            formats::ReadError::TooLarge { bytes }.message(),
        ));
    }
    let bytes = std::fs::read(path).map_err(fault)?;
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

/// A day on the command line.
pub(crate) fn day(words: &str) -> Result<jiff::civil::Date, String> {
    words
        .parse()
        .map_err(|_| "hãy ghi NĂM-THÁNG-NGÀY, ví dụ 2022-09-30".into())
}

/// Writes a file that the command made, and says where.
pub(crate) fn write_file(
    global: &Global,
    path: &std::path::Path,
    bytes: &[u8],
) -> Result<(), CmdError> {
    std::fs::write(path, bytes).map_err(|error| CmdError::File {
        what: "không ghi được",
        path: path.to_owned(),
        error,
    })?;
    let shown = path.display().to_string();
    print(
        global,
        serde_json::json!({ "file": shown }),
        &format!("Đã ghi {shown}"),
    );
    Ok(())
}

/// A result as JSON.
pub(crate) fn as_json(value: &impl serde::Serialize) -> Result<serde_json::Value, CmdError> {
    serde_json::to_value(value).map_err(|error| CmdError::Refused(error.to_string()))
}

/// Prints a result: one JSON document with `--json`, otherwise the words.
pub(crate) fn print(global: &Global, json: serde_json::Value, words: &str) {
    if global.json {
        print_line(&json.to_string());
    } else {
        print_line(words);
    }
}

/// One line on standard output. A reader that has seen enough (`| head`) is no fault of ours.
pub(crate) fn print_line(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
