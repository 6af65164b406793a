//! Bringing a plan in an old encoding: compared on a page before it is taken.

use super::setup::{Visit, located};
use axum::http::StatusCode;

/// "Các cấp ủy cơ sở báo cáo kết quả về Tỉnh ủy trước ngày 30/9/2022." in TCVN3.
const OLD: &[u8] = b"C\xb8c c\xcap \xf1y c\xac s\xeb b\xb8o c\xb8o k\xd5t qu\xb6 v\xd2 T\xd8nh \xf1y tr\xad\xedc ng\xb5y 30/9/2022.\n";

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let from = page.find(&mark).expect("the field") + mark.len();
    page[from..].split('"').next().expect("its end").to_owned()
}

#[test]
fn repaired_text_stands_beside_the_original_and_waits_for_a_yes() {
    let mut visit = Visit::new("dan-van.coordinator");
    let compare = visit.upload("/ke-hoach/moi", &[], "kh.txt", OLD);
    assert_eq!(compare.status, StatusCode::OK);
    assert!(compare.body.contains("C¸c cÊp ñy"), "{}", compare.main());
    assert!(compare.body.contains("Các cấp ủy"), "{}", compare.main());
    let kept = hidden(&compare.body, "tep");
    let fields = [("tep", kept.as_str()), ("ten", "kh.txt")];
    let review = located(&visit.post("/ke-hoach/moi/doi-chieu", &fields));
    let page = visit.page(&review);
    assert!(page.body.contains("TCVN3"), "{}", page.main());
}
