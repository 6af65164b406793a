//! Pages, errors as page and as JSON, headers, assets.

use crate::fixture::{Fixture, PASSWORD};
use crate::site::Browser;
use app::ports::{Clock, DemoClock};
use axum::http::{Method, StatusCode};
use std::sync::Arc;
use web::{Demo, DemoAccount, Web};

fn plain() -> (Browser, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let app = Fixture::shared().copy(folder.path());
    (Browser::at(Web::new(app)), folder)
}

#[test]
fn the_sign_in_page() {
    insta::assert_snapshot!(plain().0.get("/dang-nhap").main());
}

#[test]
fn the_page_of_an_unknown_address() {
    let (mut browser, _folder) = plain();
    browser.sign_in("huyen.drafter", PASSWORD);
    let reply = browser.get("/khong-co-trang-nay");
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    insta::assert_snapshot!(reply.main());
}

#[test]
fn an_error_of_the_api_is_json() {
    let (mut browser, _folder) = plain();
    let reply = browser.get("/api/v1/khong-co");
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert_eq!(reply.header("content-type"), "application/json");
    let json = reply.json();
    assert_eq!(json["error"]["kind"], "not_found");
    assert_eq!(json["error"]["message"], "Không tìm thấy nội dung này");
    assert_eq!(json["error"]["problems"], serde_json::json!([]));
    assert_eq!(json["request"], reply.header("x-request-id"));
}

#[test]
fn a_page_asked_for_as_json_fails_as_json() {
    let (mut browser, _folder) = plain();
    let headers = [("accept", "application/json")];
    let reply = browser.send(Method::GET, "/tai-khoan", &headers, Vec::new());
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert_eq!(reply.json()["error"]["kind"], "not_signed_in");
}

#[test]
fn a_known_address_does_not_take_every_method() {
    let (mut browser, _folder) = plain();
    let reply = browser.send(Method::DELETE, "/dang-nhap", &[], Vec::new());
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(reply.body.contains("không nhận thao tác"));
}

#[test]
fn pages_are_small_private_and_run_nothing_inline() {
    let (mut browser, _folder) = plain();
    browser.sign_in("huyen.drafter", PASSWORD);
    for path in ["/dang-nhap", "/", "/tai-khoan", "/khong-co"] {
        let reply = browser.get(path);
        assert!(reply.body.len() < 100_000, "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "same-origin");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        for inline in ["style=\"", "<style", "onclick=", "<script>"] {
            assert!(!reply.body.contains(inline), "{path} has {inline}");
        }
    }
}

#[test]
fn assets_keep_forever_under_names_that_change_with_them() {
    let (mut browser, _folder) = plain();
    let page = browser.get("/dang-nhap").body;
    let paths: Vec<&str> = page
        .split('"')
        .filter(|text| text.starts_with("/assets/"))
        .collect();
    assert!(paths.len() >= 3, "{paths:?}");
    for path in paths {
        let reply = browser.get(path);
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(
            reply.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
    }
    let old = browser.get("/assets/app.0000000000000000.css");
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    assert_eq!(old.header("cache-control"), "no-store");
}

#[test]
fn pages_travel_compressed() {
    let (mut browser, _folder) = plain();
    let headers = [("accept-encoding", "gzip")];
    let reply = browser.send(Method::GET, "/dang-nhap", &headers, Vec::new());
    assert_eq!(reply.header("content-encoding"), "gzip");
}

#[test]
fn the_demonstration_lists_its_accounts_and_moves_its_clock_by_a_day() {
    let database = store::testing::sqlite();
    let clock = Arc::new(DemoClock::open(&database).expect("a clock"));
    let app = app::App::new(
        database.db().clone(),
        clock.clone(),
        Arc::new(crate::site::NoPdf),
    );
    app::accounts::create_administrator(&app, "lan", "Lê Thị Lan", PASSWORD, None)
        .expect("an account");
    let web = Web::new(app).with_demo(Demo {
        clock,
        play: Box::new(|_| Ok(())),
        accounts: vec![DemoAccount {
            login: "lan".into(),
            name: "Lê Thị Lan".into(),
            unit: "Ban Dân vận Tỉnh ủy".into(),
            roles: vec!["Cán bộ tổng hợp".into()],
            password: PASSWORD.into(),
        }],
    });
    let mut browser = Browser::at(web);
    insta::assert_snapshot!(browser.get("/dang-nhap").main());
    assert_eq!(
        browser.sign_in("lan", PASSWORD).status,
        StatusCode::SEE_OTHER
    );
    let before = browser.get("/tai-khoan").body;
    assert!(
        before.contains("Hôm nay là thứ Hai, ngày 26/9/2022"),
        "{before}"
    );
    let token = browser.token();
    let moved = browser.post("/trinh-dien/ngay-mai", &[("_token", &token)]);
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let after = browser.get("/tai-khoan").body;
    assert!(after.contains("Hôm nay là thứ Ba, ngày 27/9/2022"));
    assert!(after.contains("Lê Thị Lan"), "the session outlives the day");
    let reopened = DemoClock::open(&database).expect("a clock");
    assert_eq!(
        domain::deadline::day_of(reopened.now()),
        jiff::civil::date(2022, 9, 27)
    );
}
