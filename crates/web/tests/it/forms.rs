//! Forms from elsewhere, too large ones, broken ones.

use crate::fixture::{Fixture, PASSWORD};
use crate::site::{Browser, Reply};
use axum::http::{Method, StatusCode};
use web::Web;

const CHANGE: &str = "/tai-khoan/mat-khau";

fn signed_in() -> (Browser, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let app = Fixture::shared().copy(folder.path());
    let mut browser = Browser::at(Web::new(app));
    browser.sign_in("huyen.drafter", PASSWORD);
    (browser, folder)
}

fn is_refused_as_foreign(reply: &Reply) -> bool {
    reply.status == StatusCode::FORBIDDEN
        && reply.body.contains("không được gửi từ trang của hệ thống")
}

#[test]
fn a_form_without_the_token_of_the_session_is_refused() {
    let (mut browser, _folder) = signed_in();
    assert!(is_refused_as_foreign(&browser.post(CHANGE, &[])));
    assert!(is_refused_as_foreign(
        &browser.post(CHANGE, &[("_token", "0123")])
    ));
    let token = browser.token();
    let admitted = browser.post(CHANGE, &[("_token", &token)]);
    assert_eq!(admitted.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_form_from_another_site_is_refused_even_with_the_token() {
    let (mut browser, _folder) = signed_in();
    let token = browser.token();
    for origin in ["http://example.vn", "null", "http://dondoc.test.example.vn"] {
        let reply = browser.post_from(origin, CHANGE, &[("_token", &token)]);
        assert!(is_refused_as_foreign(&reply), "{origin}");
    }
    let signing_in = browser.post_from("http://example.vn", "/dang-nhap", &[]);
    assert!(is_refused_as_foreign(&signing_in));
}

#[test]
fn a_form_with_files_carries_its_token_in_its_first_field() {
    let (mut browser, _folder) = signed_in();
    let token = browser.token();
    let form = |fields: &[(&str, &str)]| {
        let parts: String = fields
            .iter()
            .map(|(name, value)| {
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            })
            .collect();
        format!("{parts}--x--\r\n").into_bytes()
    };
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let late = form(&[("tep", "…"), ("_token", &token)]);
    let reply = browser.send(Method::POST, CHANGE, &kind, late);
    assert!(is_refused_as_foreign(&reply));
    let first = form(&[("_token", &token), ("tep", "…")]);
    let reply = browser.send(Method::POST, CHANGE, &kind, first);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_session_that_ended_leads_from_a_form_back_to_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = Fixture::shared().copy(folder.path());
    let mut browser = Browser::at(Web::new(app));
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("referer", "http://dondoc.test/tai-khoan"),
    ];
    let reply = browser.send(Method::POST, CHANGE, &headers, Vec::new());
    assert_eq!(reply.header("location"), "/dang-nhap?tiep=/tai-khoan");
}

#[test]
fn what_is_too_large_is_refused_with_the_limit() {
    let (mut browser, _folder) = signed_in();
    let token = browser.token();
    let huge = "a".repeat(17 * 1024 * 1024);
    let reply = browser.post(CHANGE, &[("_token", &token), ("moi", &huge)]);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.body.contains("lớn hơn 16 MB"), "{}", reply.main());
    browser.take_session(None);
    let reply = browser.post("/dang-nhap", &[("mat_khau", &"a".repeat(70_000))]);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn nonsense_in_the_address_is_a_page_of_ours() {
    let (mut browser, _folder) = signed_in();
    let reply = browser.get("/dang-nhap?tiep=/a&tiep=/b");
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("Địa chỉ trang"));
}
