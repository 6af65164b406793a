//! `dondoc user`: accounts, passwords and tokens, on the data folder itself.

use super::print;
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::accounts;
use domain::access::Role;
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Tạo quản trị; dùng khi chưa ai đăng nhập được
    CreateAdmin {
        /// Tên đăng nhập
        #[arg(value_name = "TÊN ĐĂNG NHẬP", default_value = "quantri")]
        login: String,
        /// Họ và tên
        #[arg(long, value_name = "HỌ TÊN", default_value = "Quản trị hệ thống")]
        name: String,
        /// Mã đơn vị của quản trị; không nêu thì quản trị đứng riêng
        #[arg(long, value_name = "MÃ")]
        unit: Option<String>,
        #[command(flatten)]
        password: Password,
    },
    /// Tạo tài khoản
    Create {
        /// Tên đăng nhập
        #[arg(value_name = "TÊN ĐĂNG NHẬP")]
        login: String,
        /// Họ và tên
        #[arg(long, value_name = "HỌ TÊN")]
        name: String,
        /// Mã đơn vị
        #[arg(long, value_name = "MÃ")]
        unit: String,
        /// Vai trò trong đơn vị; nêu nhiều lần được: drafter, leader, clerk, coordinator, observer, administrator
        #[arg(long, value_name = "VAI TRÒ", required = true, value_parser = role)]
        role: Vec<Role>,
        #[command(flatten)]
        password: Password,
    },
    /// Liệt kê tài khoản
    List,
    /// Đặt lại mật khẩu
    Passwd {
        /// Tên đăng nhập
        #[arg(value_name = "TÊN ĐĂNG NHẬP")]
        login: String,
        #[command(flatten)]
        password: Password,
    },
    /// Cấp khóa cho chương trình gọi API, dùng được một năm
    Token {
        /// Tên đăng nhập
        #[arg(value_name = "TÊN ĐĂNG NHẬP")]
        login: String,
    },
}

#[derive(clap::Args)]
struct Password {
    /// Đọc mật khẩu từ dòng đầu của đầu vào chuẩn; không nêu thì chương trình tự đặt và in ra
    #[arg(long)]
    password_stdin: bool,
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.into_iter().map(Role::code).collect();
        format!("chỉ có các vai trò: {}", known.join(", "))
    })
}

impl Password {
    /// The password, and whether it was made up here and must be shown.
    fn take(&self) -> Result<(String, bool), CmdError> {
        if !self.password_stdin {
            return Ok((accounts::random_password(), true));
        }
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| CmdError::System {
                what: "không đọc được mật khẩu từ đầu vào chuẩn",
                error,
            })?;
        Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
    }
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    match args.command {
        Command::CreateAdmin {
            login,
            name,
            unit,
            password,
        } => {
            let (secret, made_up) = password.take()?;
            accounts::create_administrator(&app, &login, &name, &secret, unit.as_deref())?;
            tell(
                global,
                "Đã tạo quản trị",
                &login,
                made_up.then_some(&secret),
            );
        }
        Command::Create {
            login,
            name,
            unit,
            role,
            password,
        } => {
            let ctx = wire::acting(global, &app)?;
            let (secret, made_up) = password.take()?;
            accounts::create_in(&ctx, &login, &name, &secret, &unit, &role)?;
            tell(
                global,
                "Đã tạo tài khoản",
                &login,
                made_up.then_some(&secret),
            );
        }
        Command::List => list(global, &accounts::list(&wire::acting(global, &app)?)?),
        Command::Passwd { login, password } => {
            let ctx = wire::acting(global, &app)?;
            let (secret, made_up) = password.take()?;
            accounts::set_password(&ctx, &login, &secret)?;
            tell(
                global,
                "Đã đặt lại mật khẩu của",
                &login,
                made_up.then_some(&secret),
            );
        }
        Command::Token { login } => {
            let token = accounts::issue_token(&wire::acting(global, &app)?, &login)?;
            print(global, json!({ "login": login, "token": token }), &token);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(global: &Global, done: &str, login: &str, made_up: Option<&String>) {
    let login = login.trim().to_lowercase();
    let words = match made_up {
        Some(secret) => format!("{done} “{login}”, mật khẩu: {secret}"),
        None => format!("{done} “{login}”"),
    };
    print(
        global,
        json!({ "login": login, "password": made_up }),
        &words,
    );
}

fn list(global: &Global, accounts: &[accounts::Listed]) {
    let lines: Vec<String> = accounts
        .iter()
        .map(|account| {
            let posts: Vec<String> = account
                .posts
                .iter()
                .map(|post| {
                    let roles: Vec<&str> = post.roles.iter().map(|role| role.label()).collect();
                    format!("{} ({})", post.unit, roles.join(", "))
                })
                .collect();
            format!("{}\t{}\t{}", account.login, account.name, posts.join("; "))
        })
        .collect();
    print(global, json!({ "accounts": accounts }), &lines.join("\n"));
}
