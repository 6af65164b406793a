//! The review of a plan: answering findings, going from words to fields, comparing with the plan before.

use super::setup::{Visit, located};
use axum::http::StatusCode;

const BEFORE: &str = "TỈNH ỦY BÌNH THUẬN\nSố 12-KH/TU\n\nKẾ HOẠCH\n\nsơ kết 05 năm\n\nBan Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Các huyện ủy báo cáo kết quả về Ban Thường vụ Tỉnh ủy trước ngày 30/9/2022.\n";
const AFTER: &str = "TỈNH ỦY BÌNH THUẬN\nSố 15-KH/TU\n\nKẾ HOẠCH\n\nsơ kết 05 năm\n\nBan Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Các huyện ủy báo cáo kết quả về Ban Thường vụ Tỉnh ủy trước ngày 31/9/2022.\n\n2. Ban Thường vụ Tỉnh đoàn báo cáo kết quả về Ban Thường vụ Tỉnh ủy trước ngày 20/10/2022.\n";

#[test]
fn a_finding_is_set_aside_with_its_reason_and_opened_again() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload("/ke-hoach/moi", &[], "k.md", AFTER.as_bytes()));
    let answer = format!("{review}/luu-y");
    let refused = visit.post(&answer, &[("luu_y", "0"), ("lam", "set_aside")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("lý do"), "{}", refused.main());
    located(&visit.post(
        &answer,
        &[
            ("luu_y", "0"),
            ("lam", "set_aside"),
            ("ly_do", "bản gốc ghi 30/9"),
        ],
    ));
    let page = visit.page(&review);
    assert!(page.body.contains("bản gốc ghi 30/9"), "{}", page.main());
    located(&visit.post(&answer, &[("luu_y", "0"), ("lam", "mo")]));
    assert!(!visit.page(&review).body.contains("bản gốc ghi 30/9"));
    let none = visit.post(&answer, &[("luu_y", "99"), ("lam", "accepted")]);
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[test]
fn every_marked_word_leads_to_a_field_that_is_on_the_page() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload("/ke-hoach/moi", &[], "k.md", AFTER.as_bytes()));
    let page = visit.page(&review);
    let targets: Vec<&str> = page
        .body
        .split("class=\"to-field\" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.split_once('#').map(|(_, id)| id))
        .collect();
    assert!(targets.len() > 5, "{targets:?}");
    for id in targets {
        assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn a_duty_still_leads_to_its_words_after_another_was_removed() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload("/ke-hoach/moi", &[], "k.md", AFTER.as_bytes()));
    located(&visit.post(&review, &[("so_nhiem_vu", "2"), ("lam", "bo-0")]));
    let page = visit.page(&review);
    assert!(page.body.contains("#vb-nv-1-gui"), "{}", page.main());
    assert!(!page.body.contains("#vb-nv-0-gui"), "{}", page.main());
}

#[test]
fn the_last_plan_of_the_same_issuer_is_compared() {
    let mut visit = Visit::new("dan-van.coordinator");
    located(&visit.upload("/ke-hoach/moi", &[], "a.md", BEFORE.as_bytes()));
    let review = located(&visit.upload("/ke-hoach/moi", &[], "b.md", AFTER.as_bytes()));
    assert!(visit.page(&review).body.contains("/so-sanh?voi="));
    let page = visit.page(&format!("{review}/so-sanh"));
    for words in [
        "12-KH/TU",
        "trước ngày 30/9/2022",
        "Nhiệm vụ mới (1)",
        "Tỉnh đoàn",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.main());
    }
}

const CHANGE: &str = "TỈNH ỦY BÌNH THUẬN\nSố 18-KH/TU\n\nKẾ HOẠCH\n\nđiều chỉnh thời gian gửi báo cáo tại Kế hoạch số 12-KH/TU\n\nI. NỘI DUNG\n\n1. Các huyện ủy báo cáo kết quả về Ban Thường vụ Tỉnh ủy trước ngày 15/10/2022.\n";

#[test]
fn a_changed_plan_of_the_system_is_linked_with_its_old_dues_and_one_that_is_not_there_is_said_so() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload("/ke-hoach/moi", &[], "b.md", CHANGE.as_bytes()));
    let missing = visit.page(&review);
    assert!(
        missing.body.contains("chưa có trong hệ thống"),
        "{}",
        missing.main()
    );
    let before = located(&visit.upload("/ke-hoach/moi", &[], "a.md", BEFORE.as_bytes()));
    let page = visit.page(&review);
    for words in [
        &format!("<a href=\"{before}\">12-KH/TU</a> đã có trong hệ thống"),
        "Cũ\">trước ngày 30/9/2022</td><td data-label=\"Mới\">trước ngày 15/10/2022</td>",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.main());
    }
    let api = format!(
        "/api/v1/plans/{}/findings",
        review.rsplit('/').next().expect("an id")
    );
    let findings = visit.page(&api).json();
    let told = findings["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|finding| finding["kind"] == "amends_other_plan")
        .expect("the finding");
    assert_eq!(told["amended"]["plan"]["number"], "12-KH/TU");
    let due = &told["amended"]["plan"]["dues"][0];
    assert_eq!(due["before"], "trước ngày 30/9/2022");
    assert_eq!(due["after"], "trước ngày 15/10/2022");
}
