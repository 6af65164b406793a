//! What people do with one report on its pages, whoever they are.

use e2e::Page;

/// Writes a section and lets the page save it by itself.
pub fn write_section(page: &Page, report: &str, number: &str, text: &str) {
    page.open(report);
    page.click_in(number, "Soạn");
    let label = format!("Nội dung mục {number}");
    page.fill(&label, text);
    page.wait_for_text("Đã lưu");
}

/// Puts the draft before the collective.
pub fn propose(page: &Page, report: &str) {
    press(page, report, "Trình tập thể", true, "Đang trình tập thể");
}

/// Records the vote of the collective, issues and sends the report.
pub fn adopt_issue_send(page: &Page, report: &str) {
    page.open(report);
    page.click_text("Ghi nhận thông qua");
    page.fill("Ngày họp", "2022-09-26");
    page.fill("Tổng số ủy viên đương nhiệm", "15");
    page.fill("Số có mặt", "14");
    page.fill("Vắng có lý do", "1");
    page.fill("Số phiếu tán thành", "14");
    page.click_text("Ghi nhận biểu quyết");
    page.wait_for_text("tán thành 14/15");
    page.click_text("Ban hành");
    page.fill("Chức vụ", "PHÓ BÍ THƯ");
    page.fill("Người ký", "Nguyễn Văn Bình");
    page.click_in("Người ký", "Ban hành");
    page.wait_for_text("Đã ban hành");
    page.click_text("Gửi báo cáo");
    page.wait_for_text("lần này không sửa được nữa");
    page.click_text("Gửi báo cáo");
    page.wait_for_text("Giữ mã biên nhận");
}

/// Presses an action of the report and says yes when it asks.
pub fn press(page: &Page, report: &str, action: &str, asks: bool, then: &str) {
    page.open(report);
    page.click_text(action);
    if asks {
        page.click_text("Đồng ý");
    }
    page.wait_for_text(then);
}
