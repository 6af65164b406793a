//! Tài khoản của tôi: posts and password.

use crate::extract::Form;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, run};
use crate::session::Signed;
use app::Error;
use askama::Template;
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "account/view.html")]
struct AccountPage {
    shell: Shell,
    problems: Problems,
}

#[derive(Deserialize)]
pub struct Passwords {
    #[serde(default)]
    hien_nay: String,
    #[serde(default)]
    moi: String,
    #[serde(default)]
    nhac_lai: String,
}

fn account_page(shell: Shell, problems: Problems) -> AccountPage {
    AccountPage {
        shell: shell.titled("Tài khoản của tôi"),
        problems,
    }
}

pub async fn view(Signed(_ctx): Signed, shell: Shell) -> Answer {
    page(&account_page(shell, Problems::default()))
}

pub async fn set_password(
    Signed(ctx): Signed,
    shell: Shell,
    Form(given): Form<Passwords>,
) -> Answer {
    let changed = if given.moi == given.nhac_lai {
        run(move || app::accounts::change_own_password(&ctx, &given.hien_nay, &given.moi)).await
    } else {
        let message = "khác với mật khẩu mới ở trên";
        Err(Error::invalid("Nhắc lại mật khẩu mới", message))
    };
    match changed {
        Ok(()) => Ok(redirect_done(
            "/dang-nhap",
            "Đã đổi mật khẩu. Hãy đăng nhập lại bằng mật khẩu mới",
        )),
        Err(error) => {
            let problems = Problems::from_error(error)?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &account_page(shell, problems),
            )
        }
    }
}
