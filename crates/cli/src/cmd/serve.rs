//! `dondoc serve`: the server in real use; and the serving that `demo` shares.

use crate::args::Global;
use crate::error::CmdError;
use crate::{indexing, mailing, recounting, wire};
use std::net::SocketAddr;
use std::process::ExitCode;
use web::Web;

/// The port is a free one when 0.
const DEFAULT: &str = "127.0.0.1:8080";

#[derive(clap::Args)]
pub struct Args {
    /// Địa chỉ và cổng nhận kết nối; cổng 0 là một cổng còn trống
    #[arg(long, value_name = "ĐỊA CHỈ:CỔNG", default_value = DEFAULT)]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub mail: mailing::Mail,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    if !app::accounts::has_any(&app)? {
        eprintln!(
            "Chưa có tài khoản nào. Hãy tạo quản trị đầu tiên bằng lệnh: dondoc user create-admin"
        );
    }
    mailing::start(&app, &args.mail)?;
    indexing::start(&app)?;
    recounting::start(&app)?;
    serve(Web::new(app), args.listen, |address| {
        println!("{address}");
        eprintln!("dondoc đang chạy tại {address} – dừng bằng Ctrl-C");
    })
}

/// Serves until Ctrl-C or SIGTERM; `ready` is told the address `http://HOST:PORT`.
pub(crate) fn serve(
    web: Web,
    listen: SocketAddr,
    ready: impl FnOnce(&str),
) -> Result<ExitCode, CmdError> {
    let failed = |what| move |error| CmdError::System { what, error };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(failed("không khởi động được"))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(failed("không mở được cổng; có thể một chương trình khác đang dùng, hãy chọn cổng khác bằng --listen"))?;
        let address = listener
            .local_addr()
            .map_err(failed("không đọc được địa chỉ của cổng"))?;
        ready(&format!("http://{address}"));
        web::serve(listener, web, asked_to_stop())
            .await
            .map_err(failed("máy chủ dừng vì lỗi"))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Ends at Ctrl-C, or when the system asks the program to stop.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
