//! Signing in and out.

use crate::fixture::{Fixture, PASSWORD};
use crate::site::Browser;
use axum::http::StatusCode;
use web::Web;

fn browser() -> (Browser, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let app = Fixture::shared().copy(folder.path());
    (Browser::at(Web::new(app)), folder)
}

#[test]
fn who_signs_in_comes_to_the_page_that_was_asked_for() {
    let (mut browser, _folder) = browser();
    let asked = browser.get("/tai-khoan?x=1");
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert_eq!(
        asked.header("location"),
        "/dang-nhap?tiep=/tai-khoan%3Fx%3D1"
    );
    let form = browser.get(asked.header("location"));
    assert!(form.body.contains("name=\"tiep\" value=\"/tai-khoan?x=1\""));

    let entered = browser.post(
        "/dang-nhap",
        &[
            ("ten_dang_nhap", "  Huyen.Drafter "),
            ("mat_khau", PASSWORD),
            ("tiep", "/tai-khoan?x=1"),
        ],
    );
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(entered.header("location"), "/tai-khoan?x=1");
    let cookie = entered.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let page = browser.get("/tai-khoan");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Huyện ủy Thử"));
}

#[test]
fn the_cookie_is_for_tls_only_behind_tls() {
    let (mut browser, _folder) = browser();
    let body = format!(
        "ten_dang_nhap=huyen.drafter&mat_khau={}",
        PASSWORD.replace(' ', "+")
    );
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-forwarded-proto", "https"),
    ];
    let entered = browser.send(
        axum::http::Method::POST,
        "/dang-nhap",
        &headers,
        body.into_bytes(),
    );
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert!(entered.header("set-cookie").contains("; Secure"));
}

#[test]
fn a_wrong_password_and_an_unknown_login_get_the_same_words() {
    let (mut browser, _folder) = browser();
    let wrong = browser.sign_in("huyen.drafter", "không phải mật khẩu");
    let unknown = browser.sign_in("khong-co", "không phải mật khẩu");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let neutral = |page: String| page.replace("huyen.drafter", "X").replace("khong-co", "X");
    assert_eq!(neutral(wrong.main()), neutral(unknown.main()));
    assert!(!wrong.body.contains("không phải mật khẩu"));
    assert_eq!(wrong.header("set-cookie"), "");
}

#[test]
fn after_ten_wrong_passwords_even_the_right_one_must_wait() {
    let (mut browser, _folder) = browser();
    for _ in 0..10 {
        browser.sign_in("huyen.drafter", "sai");
    }
    let right = browser.sign_in("huyen.drafter", PASSWORD);
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    let other = browser.sign_in("huyen.leader", PASSWORD);
    assert_eq!(other.status, StatusCode::SEE_OTHER);
}

#[test]
fn signing_out_ends_the_session_itself() {
    let (mut browser, _folder) = browser();
    let entered = browser.sign_in("huyen.drafter", PASSWORD);
    let cookie = entered.header("set-cookie").to_owned();
    let token = browser.token();
    let left = browser.post("/dang-xuat", &[("_token", &token)]);
    assert_eq!(left.header("location"), "/dang-nhap");
    let stolen = cookie
        .split(';')
        .next()
        .and_then(|pair| pair.split_once('='))
        .map(|(_, secret)| secret.to_owned())
        .unwrap_or_default();
    browser.take_session(Some(&stolen));
    assert_eq!(browser.get("/tai-khoan").status, StatusCode::SEE_OTHER);
}

#[test]
fn changing_ones_password_asks_for_the_present_one_and_ends_the_sessions() {
    let (mut browser, _folder) = browser();
    browser.sign_in("huyen.drafter", PASSWORD);
    let token = browser.token();
    let new = "mật khẩu rất mới";
    let mut change = |present: &str, new: &str, again: &str| {
        let fields = [
            ("_token", token.as_str()),
            ("hien_nay", present),
            ("moi", new),
            ("nhac_lai", again),
        ];
        browser.post("/tai-khoan/mat-khau", &fields)
    };
    for (present, new, again, place) in [
        ("sai", new, new, "Mật khẩu hiện nay"),
        (PASSWORD, "ngắn", "ngắn", "Mật khẩu mới"),
        (PASSWORD, new, "khác", "Nhắc lại mật khẩu mới"),
    ] {
        let refused = change(present, new, again);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(&format!("<b>{place}</b>")), "{place}");
    }
    let changed = change(PASSWORD, new, new);
    assert_eq!(changed.header("location"), "/dang-nhap");
    let notice = browser.get("/dang-nhap");
    assert!(notice.body.contains("Đã đổi mật khẩu"));
    assert!(
        !browser.get("/dang-nhap").body.contains("Đã đổi mật khẩu"),
        "shown once"
    );
    assert_eq!(browser.get("/tai-khoan").status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.sign_in("huyen.drafter", new).status,
        StatusCode::SEE_OTHER
    );
}
