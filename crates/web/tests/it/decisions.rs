//! Decisions that reorganise units, on pages without JavaScript and over the API.

use crate::fixture::{Fixture, PASSWORD};
use crate::setup::Visit;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

const HEAD: [(&str, &str); 3] = [
    ("so", "12-QĐ/TU"),
    ("ngay", "2022-09-20"),
    ("co_quan", "Ban Thường vụ Tỉnh ủy"),
];

fn administrator() -> Visit {
    Visit::new("van-phong.administrator")
}

/// Enters one change and gives the address of the decision.
fn entered(visit: &mut Visit, fields: &[(&str, &str)]) -> String {
    let mut all = HEAD.to_vec();
    all.extend(fields);
    let reply = visit.form("/don-vi/quyet-dinh/moi", &all);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.main());
    reply.header("location").to_owned()
}

#[test]
fn a_merger_is_entered_seen_beforehand_applied_and_taken_back() {
    let mut visit = administrator();
    let merger = [
        ("thay_doi", "merge"),
        ("ma_cu", "huyen-khac"),
        ("ma_moi", "huyen"),
    ];
    let decision = entered(&mut visit, &merger);
    let page = visit.page(&decision).main();
    assert!(page.contains("1</b> đơn vị kết thúc"), "{page}");
    assert!(
        page.contains("nhiệm vụ nhập vào nhiệm vụ của đơn vị kế thừa"),
        "{page}"
    );
    let applied = visit.post(&format!("{decision}/ap-dung"), &[]);
    assert_eq!(applied.status, StatusCode::SEE_OTHER);
    let report = Fixture::shared().report;
    visit.browser.sign_in("huyen.drafter", PASSWORD);
    let successor = visit.page(&format!("/bao-cao/{report}")).main();
    assert!(
        successor.contains("Đã gộp bản thảo của Huyện ủy Khác"),
        "{successor}"
    );
    visit.browser.sign_in("van-phong.administrator", PASSWORD);
    visit.token = visit.browser.token();

    let found = visit.page("/don-vi?tim=huyen+uy+khac").main();
    assert!(found.contains("đến trước 20/9/2022"), "{found}");
    let (_, link) = found
        .split_once("<ul><li><a href=\"")
        .expect("a unit is found");
    let unit = link.split('"').next().unwrap_or_default().to_owned();
    let life = visit.page(&unit).main();
    assert!(
        life.contains("Sang các đơn vị") && life.contains("12-QĐ/TU"),
        "{life}"
    );
    assert!(
        !visit
            .page("/don-vi?ngay=2022-09-20")
            .main()
            .contains("Không có")
    );

    let back = [
        ("so", "13-QĐ/TU"),
        ("ngay", "2022-09-22"),
        ("co_quan", "Ban Thường vụ Tỉnh ủy"),
    ];
    let reply = visit.post(&format!("{decision}/huy-bo"), &back);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.main());
    assert!(visit.page(&decision).main().contains("Đã bị hủy bỏ bằng"));
}

#[test]
fn a_decision_with_faults_is_shown_with_them_and_can_only_be_taken_off_the_list() {
    let mut visit = administrator();
    let unknown = [
        ("thay_doi", "merge"),
        ("ma_cu", "khong-co"),
        ("ma_moi", "huyen"),
    ];
    let decision = entered(&mut visit, &unknown);
    let page = visit.page(&decision).main();
    assert!(page.contains("không có đơn vị nào mã khong-co"), "{page}");
    assert!(!page.contains("/ap-dung"), "{page}");
    let refused = visit.post(&format!("{decision}/ap-dung"), &[]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = visit.post(&format!("{decision}/bo"), &[]);
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(
        visit
            .page("/don-vi/quyet-dinh")
            .main()
            .contains("Chưa có quyết định")
    );
}

#[test]
fn an_unfinished_form_keeps_what_was_typed() {
    let mut visit = administrator();
    let reply = visit.form("/don-vi/quyet-dinh/moi", &HEAD);
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = reply.main();
    assert!(
        page.contains("12-QĐ/TU") && page.contains("hãy chọn tệp"),
        "{page}"
    );
}

#[test]
fn a_program_tries_enters_and_takes_back_a_decision() {
    let mut visit = administrator();
    let token = visit.token.clone();
    let mut ask = |method: Method, path: &str, body: Value| {
        let headers = [
            ("content-type", "application/json"),
            ("origin", "http://dondoc.test"),
            ("x-form-token", token.as_str()),
        ];
        let reply = visit
            .browser
            .send(method, path, &headers, body.to_string().into_bytes());
        (reply.status, reply.json())
    };
    let (_, trees) = ask(Method::GET, "/api/v1/trees", json!({}));
    let tree = trees["trees"]
        .as_array()
        .and_then(|trees| trees.iter().find(|tree| tree["name"] == "Tỉnh Thử"))
        .expect("the tree")["id"]
        .clone();
    let head = |number: &str| json!({ "number": number, "dated": "2022-09-20", "issuer": "Tỉnh ủy", "title": "", "effective": "2022-09-20" });
    let mut decision = head("1-QĐ/TU");
    decision["rows"] = json!([
        { "line": 1, "change": "rename", "code": "xa", "facts": { "name": "Đảng ủy phường Thử" } },
    ]);
    let path = format!("/api/v1/trees/{tree}/decisions");
    let (status, preview) = ask(
        Method::POST,
        &format!("{path}?dry_run=true"),
        decision.clone(),
    );
    assert_eq!(
        (status, &preview["renamed"]),
        (StatusCode::OK, &json!(1)),
        "{preview}"
    );
    let (status, applied) = ask(Method::POST, &path, decision);
    assert_eq!(status, StatusCode::CREATED, "{applied}");
    let (_, found) = ask(
        Method::GET,
        &format!("/api/v1/trees/{tree}/units?q=dang+uy+xa+thu"),
        json!({}),
    );
    assert_eq!(
        found["units"][0]["seed"]["name"], "Đảng ủy phường Thử",
        "found by its earlier name"
    );
    let (_, life) = ask(
        Method::GET,
        &format!("/api/v1/units/{}/life", found["units"][0]["id"]),
        json!({}),
    );
    assert_eq!(life["stays"][0]["names"].as_array().map(Vec::len), Some(2));
    let counter = format!("/api/v1/decisions/{}/counter", applied["decision"]);
    let (status, taken_back) = ask(Method::POST, &counter, head("2-QĐ/TU"));
    assert_eq!(status, StatusCode::OK, "{taken_back}");
}
