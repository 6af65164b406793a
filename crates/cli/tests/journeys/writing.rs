//! A commune writes: saved as it types, kept while the server is away, and without scripts on a phone.

use crate::{DONDOC, PASSWORD, signed_in};
use e2e::{Page, Server, Window};

/// A commune of the demonstration that has not begun its report.
const COMMUNE: &str = "bt-23234";

/// Opens the first section from “Việc của tôi”.
fn open_first_section(page: &Page) {
    page.click_text("Soạn báo cáo");
    page.wait_for_text("Tập thể thông qua");
    page.click_text("Soạn báo cáo");
    page.wait_for_text("Hướng dẫn");
}

#[test]
fn what_is_typed_is_saved_by_itself_and_kept_while_the_server_is_away() {
    let server = Server::demo(DONDOC);
    let page = signed_in(&server, COMMUNE);
    open_first_section(&page);
    let section = page.path();
    page.fill("Nội dung mục I.1", "Phường có 05 khu phố.");
    page.wait_for_text("Đã lưu lúc");
    page.run("window.fetch = () => Promise.reject(new TypeError('away'))");
    page.fill("Nội dung mục I.1", "Phường có 05 khu phố, 02 chợ.");
    page.wait_for_text("Chưa lưu được, sẽ thử lại");
    page.open("/");
    page.open(&section);
    page.wait_for_text("Đã lưu lúc");
    assert_eq!(
        page.value("Nội dung mục I.1"),
        "Phường có 05 khu phố, 02 chợ."
    );
    assert_eq!(page.run("return localStorage.length"), 0);
}

#[test]
fn a_report_is_written_on_a_phone_without_scripts() {
    let server = Server::demo(DONDOC);
    let page = Page::in_window(Window::PHONE.without_scripts(), server.address());
    page.sign_in(COMMUNE, PASSWORD);
    open_first_section(&page);
    page.fill("Nội dung mục I.1", "Phường có 05 khu phố.");
    page.click_text("Lưu, sang mục sau");
    page.wait_for_text("Đã lưu lúc");
    page.wait_for_text("I.2.");
    page.click_text("Bảng số liệu");
    page.wait_for_text("1.234.567,8");
    assert!(!page.scrolls_sideways());
    page.fill("LD01, 2017", "mười");
    page.click_text("Lưu số liệu");
    page.wait_for_text("“mười” không phải là số");
    page.fill("LD01, 2017", "1.234,5");
    page.click_text("Lưu số liệu");
    page.wait_for_text("Đã lưu 1 ô số liệu");
    assert_eq!(page.value("LD01, 2017"), "1.234,5");
}

#[test]
fn findings_open_in_place_and_without_scripts_on_their_own_page() {
    let server = Server::demo(DONDOC);
    let page = signed_in(&server, COMMUNE);
    page.click_text("Soạn báo cáo");
    page.wait_for_text("Kiểm tra báo cáo");
    let report = page.path();
    page.click_text("Kiểm tra báo cáo");
    page.wait_for_text("Kiểm tra báo cáo: ");
    page.wait_for_text("chưa có nội dung");
    assert_eq!(page.path(), report);

    let page = Page::in_window(Window::PHONE.without_scripts(), server.address());
    page.sign_in(COMMUNE, PASSWORD);
    page.open(&report);
    page.click_text("Kiểm tra báo cáo");
    page.click_text("Xem các điểm cần xem lại và giải trình");
    page.wait_for_text("chưa có nội dung");
    assert!(!page.scrolls_sideways());
}
