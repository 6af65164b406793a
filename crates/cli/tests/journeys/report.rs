//! One report from the plan to acceptance, in a real browser.

use crate::setup::issued_campaign;
use crate::steps::{adopt_issue_send, press, write_section};
use crate::{NAME, signed_in};
use e2e::{Page, Server, Window};

const COMMUNE: &str = "bt-22915";
const DISTRICT: &str = "phanthiet";

/// The address of the unit's own report in the campaign of the test.
fn own_report(page: &Page) -> String {
    page.open("/");
    page.click_in(NAME, "Soạn báo cáo");
    page.wait_for_text("Việc tiếp theo");
    let path = page.path();
    path.split('#').next().unwrap_or_default().to_owned()
}

#[test]
fn a_report_is_written_through_a_crash_sent_returned_mended_and_accepted() {
    let mut server = Server::demo(crate::DONDOC);
    let campaign = issued_campaign(&server);
    let district = signed_in(&server, DISTRICT);
    district.open(&campaign);
    district.click_text("Đặt hạn cho đơn vị trực thuộc");
    district.fill("Ngày hạn", "2022-10-05");
    district.click_text("Đặt cho tất cả");
    district.wait_for_text("chậm nhất là ngày 29/9/2022");
    district.fill("Ngày hạn", "2022-09-29");
    district.click_text("Đặt cho tất cả");
    district.wait_for_text("29/9/2022");
    drop(district);

    let commune = signed_in(&server, COMMUNE);
    let report = own_report(&commune);
    write_section(&commune, &report, "I", "Phường có 12 khu phố.");
    // The power goes right after the page said that it was saved.
    server.restart();
    let commune = signed_in(&server, COMMUNE);
    commune.open(&report);
    commune.click_in("I", "Soạn");
    assert_eq!(commune.value("Nội dung mục I"), "Phường có 12 khu phố.");
    write_section(
        &commune,
        &report,
        "II",
        "Xây mới 12 nhà.\n<script>alert(1)</script>",
    );
    commune.open(&format!("{report}/so-lieu"));
    commune.fill("HN, 2018", "1.234");
    commune.fill("NH, 2018", "12");
    commune.fill("NH, 2019", "-");
    commune.fill("NH, 2020", "0");
    commune.click_text("Lưu số liệu");
    commune.open(&format!("{report}/so-lieu"));
    assert_eq!(commune.value("HN, 2018"), "1.234");
    assert_eq!(commune.value("NH, 2019"), "-");
    assert_eq!(commune.value("NH, 2021"), "");

    let district = signed_in(&server, DISTRICT);
    district.open(&report);
    assert!(
        !district.shows("Xây mới 12 nhà"),
        "a draft is its unit's own: {}",
        district.text()
    );
    adopt_issue_send(&commune, &report);

    press(&district, &report, "Tiếp nhận", false, "Đã tiếp nhận");
    district.click_text("Trả lại, yêu cầu bổ sung");
    district.fill("Lý do chung", "Thiếu kết quả sửa chữa nhà");
    district.fill("II. KẾT QUẢ", "Bổ sung số nhà sửa chữa");
    district.click_text("Trả lại, yêu cầu bổ sung");
    district.wait_for_text("Bị trả lại");

    press(&commune, &report, "Sửa và gửi lại", false, "Đang soạn thảo");
    commune.wait_for_text("Bổ sung số nhà sửa chữa");
    write_section(&commune, &report, "II", "Xây mới 12 nhà, sửa chữa 30 nhà.");
    adopt_issue_send(&commune, &report);
    press(&district, &report, "Tiếp nhận", false, "Đã tiếp nhận");
    press(&district, &report, "Chấp nhận", true, "Đã chấp nhận");
    district.screenshot("bao-cao-da-chap-nhan");

    let neighbour = signed_in(&server, "bt-22918");
    neighbour.open(&report);
    neighbour.wait_for_text("Không tìm thấy");
}

#[test]
fn the_demo_is_read_on_a_phone_without_scripts() {
    let server = Server::demo(crate::DONDOC);
    let phone = Page::in_window(Window::PHONE.without_scripts(), server.address());
    phone.sign_in(COMMUNE, crate::PASSWORD);
    for path in ["/", "/dot", "/don-vi"] {
        phone.open(path);
        assert!(!phone.scrolls_sideways(), "{path}");
    }
}
