//! The main job, once, in a real browser: from the plan document to the final report.

use crate::setup::issued_campaign;
use crate::steps::{adopt_issue_send, press, propose, write_section};
use crate::{NAME, signed_in};
use e2e::{Page, Server, Window};

const COMMUNE: &str = "bt-22915";
const NEIGHBOUR: &str = "bt-22918";
const DISTRICT: &str = "phanthiet";
const LEAD: &str = "danvan";
const COMMITTEE: &str = "tinhuy";

const RESULT: &str = "Xây mới 12 nhà, sửa chữa 30 nhà.";

#[test]
fn from_the_plan_to_the_final_report() {
    let mut server = Server::demo(crate::DONDOC);
    let campaign = issued_campaign(&server);
    a_district_sets_its_due(&server, &campaign);
    let report = a_commune_writes_through_a_crash(&mut server);
    a_report_is_returned_mended_and_accepted(&server, &report);
    let report = a_district_consolidates(&server);
    the_lead_body_passes_it_on(&server, &report);
    the_final_report_says_who_wrote_what(&server);
}

fn a_district_sets_its_due(server: &Server, campaign: &str) {
    let district = signed_in(server, DISTRICT);
    district.open(campaign);
    district.click_text("Đặt hạn cho đơn vị trực thuộc");
    district.fill("Ngày hạn", "2022-10-05");
    district.click_text("Đặt cho tất cả");
    district.wait_for_text("Hãy chọn chậm nhất ngày 29/9/2022");
    district.fill("Ngày hạn", "2022-09-29");
    district.click_text("Đặt cho tất cả");
    district.wait_for_text("Đã đặt hạn");
}

/// The address of the unit's own report in the campaign of the journey.
fn own_report(page: &Page) -> String {
    page.open("/");
    page.click_in(NAME, "Soạn báo cáo");
    page.wait_for_text("Việc tiếp theo");
    let path = page.path();
    path.split('#').next().unwrap_or_default().to_owned()
}

fn a_commune_writes_through_a_crash(server: &mut Server) -> String {
    let commune = signed_in(server, COMMUNE);
    let report = own_report(&commune);
    write_section(&commune, &report, "I", "Phường có 12 khu phố.");
    // The power goes right after the page said that it was saved.
    server.restart();
    let commune = signed_in(server, COMMUNE);
    commune.open(&report);
    commune.click_in("I", "Soạn");
    assert_eq!(commune.value("Nội dung mục I"), "Phường có 12 khu phố.");
    let script = "Xây mới 12 nhà.\n<script>alert(1)</script>";
    write_section(&commune, &report, "II", script);
    commune.open(&format!("{report}/so-lieu"));
    commune.fill("HN, 2018", "1.234");
    commune.fill("NH, 2018", "12");
    commune.fill("NH, 2019", "-");
    commune.fill("NH, 2020", "0");
    commune.click_text("Lưu số liệu");
    commune.wait_for_text("Đã lưu");
    commune.open(&format!("{report}/so-lieu"));
    for (cell, value) in [
        ("HN, 2018", "1.234"),
        ("NH, 2019", "-"),
        ("NH, 2020", "0"),
        ("NH, 2021", ""),
    ] {
        assert_eq!(commune.value(cell), value, "{cell}");
    }
    let district = signed_in(server, DISTRICT);
    district.open(&report);
    assert!(
        !district.shows("Xây mới 12 nhà"),
        "a draft is its unit's own: {}",
        district.text()
    );
    report
}

fn a_report_is_returned_mended_and_accepted(server: &Server, report: &str) {
    let commune = signed_in(server, COMMUNE);
    let district = signed_in(server, DISTRICT);
    propose(&commune, report);
    adopt_issue_send(&commune, report);
    press(&district, report, "Tiếp nhận", false, "Đã tiếp nhận");
    district.click_text("Trả lại, yêu cầu bổ sung");
    district.fill("Lý do chung", "Thiếu kết quả sửa chữa nhà");
    district.fill("II. KẾT QUẢ", "Bổ sung số nhà sửa chữa");
    district.click_text("Trả lại, yêu cầu bổ sung");
    district.wait_for_text("Bị trả lại");

    press(&commune, report, "Sửa và gửi lại", false, "Đang soạn thảo");
    commune.wait_for_text("Bổ sung số nhà sửa chữa");
    write_section(&commune, report, "II", RESULT);
    propose(&commune, report);
    adopt_issue_send(&commune, report);
    press(&district, report, "Tiếp nhận", false, "Đã tiếp nhận");
    press(&district, report, "Chấp nhận", true, "Đã chấp nhận");

    let neighbour = signed_in(server, NEIGHBOUR);
    neighbour.open(report);
    neighbour.wait_for_text("Không tìm thấy");
}

/// Takes the whole of section II from below and sends what came of it.
fn take_from_below(page: &Page, report: &str) {
    write_section(page, report, "I", "Có nhiều chuyển biến.");
    page.open(&format!("{report}/tong-hop"));
    page.click_text("II. KẾT QUẢ");
    page.wait_for_text(RESULT);
    page.click_text("Đưa đoạn này");
    page.wait_for_text("Xem nguồn");
    page.open(report);
    page.click_text("Số liệu tổng hợp từ các đơn vị chưa được đưa vào bản thảo");
    page.click_text("Cập nhật số liệu vào bản thảo");
    page.wait_for_text("khớp với số tổng hợp");
    page.wait_for_text("1.234");
}

fn a_district_consolidates(server: &Server) -> String {
    let district = signed_in(server, DISTRICT);
    let report = own_report(&district);
    take_from_below(&district, &report);
    propose(&district, &report);
    adopt_issue_send(&district, &report);
    report
}

fn the_lead_body_passes_it_on(server: &Server, report: &str) {
    let lead = signed_in(server, LEAD);
    press(&lead, report, "Tiếp nhận", false, "Đã tiếp nhận");
    press(&lead, report, "Chuyển nơi nhận", true, "Đã chuyển nơi nhận");
    let committee = signed_in(server, COMMITTEE);
    press(&committee, report, "Chấp nhận", true, "Đã chấp nhận");
}

fn the_final_report_says_who_wrote_what(server: &Server) {
    let lead = signed_in(server, LEAD);
    let report = own_report(&lead);
    take_from_below(&lead, &report);
    lead.open(&format!("{report}/tong-hop"));
    lead.click_text("II. KẾT QUẢ");
    lead.click_text("Xem nguồn");
    // Through the district down to the commune that wrote it.
    lead.wait_for_text("Thành ủy Phan Thiết");
    lead.wait_for_text("Đảng ủy phường Mũi Né");
    lead.screenshot("nguon-cua-doan");
    propose(&lead, &report);
    let committee = signed_in(server, COMMITTEE);
    adopt_issue_send(&committee, &report);
    committee.open(&report);
    committee.wait_for_text("Đã gửi");
}

#[test]
fn the_pages_are_read_on_a_phone_without_scripts() {
    let server = Server::demo(crate::DONDOC);
    let phone = Page::in_window(Window::PHONE.without_scripts(), server.address());
    phone.sign_in(DISTRICT, crate::PASSWORD);
    for path in [
        "/",
        "/dot",
        "/don-vi",
        "/dot/sk2022-1",
        "/dot/sk2022-1/bang",
        "/dot/sk2022-1/so-lieu",
        "/dot/sk2022-1/don-doc",
    ] {
        phone.open(path);
        assert!(!phone.shows("Không tìm thấy"), "{path}");
        assert!(!phone.scrolls_sideways(), "{path}");
    }
}
