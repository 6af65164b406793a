//! Signing in and out.

use crate::error::{Failure, came_from};
use crate::extract::{Form, Query};
use crate::page::{Answer, Shell, page, page_with, redirect, run};
use crate::session;
use crate::state::{DemoAccount, Web};
use app::accounts::SessionKind;
use askama::Template;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "login/view.html")]
struct LoginPage {
    shell: Shell,
    login: String,
    /// Where to go afterwards.
    next: String,
    /// What went wrong; empty at first.
    problem: String,
    demo_accounts: Vec<DemoAccount>,
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    tiep: String,
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    ten_dang_nhap: String,
    #[serde(default)]
    mat_khau: String,
    #[serde(default)]
    tiep: String,
}

fn login_page(web: &Web, shell: Shell) -> LoginPage {
    LoginPage {
        shell: shell.titled("Đăng nhập"),
        login: String::new(),
        next: "/".into(),
        problem: String::new(),
        demo_accounts: web
            .demo
            .as_deref()
            .map(|demo| demo.accounts.clone())
            .unwrap_or_default(),
    }
}

pub async fn view(State(web): State<Web>, shell: Shell, Query(wanted): Query<Wanted>) -> Answer {
    page(&LoginPage {
        next: own_path(&wanted.tiep),
        ..login_page(&web, shell)
    })
}

pub async fn sign_in(
    State(web): State<Web>,
    shell: Shell,
    headers: HeaderMap,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    Form(given): Form<Given>,
) -> Answer {
    let address = address(&headers, peer.map(|Extension(ConnectInfo(peer))| peer));
    let next = own_path(&given.tiep);
    let refused = |status, problem| {
        page_with(
            status,
            &LoginPage {
                login: given.ten_dang_nhap.clone(),
                next: next.clone(),
                problem,
                ..login_page(&web, shell.clone())
            },
        )
    };
    if !web.sign_ins.allows(&given.ten_dang_nhap, &address) {
        let words = "Đã nhập sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại, hoặc đề nghị quản trị đặt lại mật khẩu";
        return refused(StatusCode::TOO_MANY_REQUESTS, words.into());
    }
    let (app, login, password) = (
        web.app.clone(),
        given.ten_dang_nhap.clone(),
        given.mat_khau.clone(),
    );
    let opened = run(move || app.sign_in(&login, &password, SessionKind::Browser)).await;
    match opened {
        Ok(opened) => {
            web.sign_ins.succeeded(&given.ten_dang_nhap, &address);
            let mut response = redirect(&next);
            with_cookie(&mut response, &headers, Some(&opened.token));
            Ok(response)
        }
        Err(app::Error::Refused(problem)) => {
            web.sign_ins.failed(&given.ten_dang_nhap, &address);
            refused(StatusCode::UNPROCESSABLE_ENTITY, problem)
        }
        Err(error) => Err(Failure::from(error)),
    }
}

pub async fn sign_out(State(web): State<Web>, headers: HeaderMap) -> Answer {
    if let Some(token) = session::cookie_token(&headers) {
        run(move || web.app.sign_out(&token)).await?;
    }
    let mut response = redirect("/dang-nhap");
    with_cookie(&mut response, &headers, None);
    Ok(response)
}

fn with_cookie(response: &mut Response, headers: &HeaderMap, token: Option<&str>) {
    if let Some(cookie) = session::set_cookie(headers, token) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Where an attempt comes from: the address, or the one that a proxy on this machine names.
fn address(headers: &HeaderMap, peer: Option<SocketAddr>) -> String {
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next());
    match (peer, forwarded) {
        (Some(peer), Some(forwarded)) if peer.ip().is_loopback() => forwarded.trim().into(),
        (Some(peer), _) => peer.ip().to_string(),
        (None, _) => String::new(),
    }
}

/// A path of this site; anything else becomes the first page.
fn own_path(wanted: &str) -> String {
    let is_own = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains(['\\', '\r', '\n', '\t'])
        && !wanted.starts_with("/dang-nhap");
    if is_own { wanted } else { "/" }.to_owned()
}

/// Back to the page that a small form was sent from.
pub(crate) fn back(headers: &HeaderMap) -> String {
    came_from(headers).map_or_else(|| "/".to_owned(), |path| own_path(&path))
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn after_signing_in_nobody_is_sent_to_another_site() {
        assert_eq!(own_path("/bao-cao/7?x=1"), "/bao-cao/7?x=1");
        for foreign in [
            "https://example.vn",
            "//example.vn",
            "/\\example.vn",
            "",
            "javascript:x",
        ] {
            assert_eq!(own_path(foreign), "/");
        }
    }
}
