//! The coordinator's part before anybody writes: plan, campaign, outline, assignments, issue; then the district's dues.

use crate::{NAME, signed_in};
use e2e::Server;
use std::path::Path;

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/plan-2022.docx");
const SECTIONS: &str = "number\tlevel\ttitle\tguidance\twritable
I\t1\tTÌNH HÌNH\tNêu ngắn gọn\trequired
II\t1\tKẾT QUẢ\tNêu kết quả từng năm\trequired
III\t1\tKIẾN NGHỊ\t\toptional
";
const INDICATORS: &str = "code\tname\tunit\trule\tgrain
HN\tSố hội nghị quán triệt\thội nghị\tflow\tyear
NH\tSố nhà xây mới\tnhà\tflow\tyear
";

/// Sets up a campaign from the example plan and issues it; gives its address, `/dot/…`.
pub fn issued_campaign(server: &Server) -> String {
    let page = signed_in(server, "danvan");
    page.open("/ke-hoach/moi");
    page.attach("Tệp kế hoạch", Path::new(PLAN));
    page.click_text("Đọc kế hoạch");
    page.wait_for_text("Cần xem lại");
    assert_eq!(page.value("Người ký"), "Nguyễn Hoài Anh");
    assert_eq!(page.value("Mốc thời gian: từ tháng"), "2017-07");
    // What was changed in a field stays while somebody looks where the plan says it.
    page.fill("Người ký", "Nguyễn Hoài A");
    page.click_text("xem trong văn bản");
    assert!(page.run("return location.hash.length > 1") == true);
    assert_eq!(page.value("Người ký"), "Nguyễn Hoài A");
    page.fill("Người ký", "Nguyễn Hoài Anh");
    page.click_text("Xác nhận và lập đợt báo cáo");
    page.wait_for_text("Tên đợt");
    assert!(
        page.value("Cơ quan chủ trì")
            .contains("Ban Dân vận Tỉnh ủy")
    );
    page.fill("Tên đợt", NAME);
    page.fill("Số ngày để tổng hợp", "1");
    page.click_text("Lập đợt");
    page.wait_for_text("đang chuẩn bị");
    let campaign = page.path();
    take_in(
        &page,
        &campaign,
        "Nhập các mục từ bảng tính",
        "Tệp các mục",
        SECTIONS,
    );
    take_in(
        &page,
        &campaign,
        "Nhập chỉ tiêu từ bảng tính",
        "Tệp chỉ tiêu",
        INDICATORS,
    );
    page.open(&format!("{campaign}/nhiem-vu"));
    page.wait_for_text("Thành ủy Phan Thiết");
    page.wait_for_text("trước ngày 30/9/2022");
    page.open(&campaign);
    page.click_text("Phát hành đợt");
    page.wait_for_text("Bảng theo dõi");
    campaign
}

/// A table from a spreadsheet: tried out first, then confirmed.
fn take_in(page: &e2e::Page, campaign: &str, open: &str, field: &str, table: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bang.tsv");
    std::fs::write(&file, table).expect("the table is written");
    page.open(&format!("{campaign}/de-cuong"));
    page.click_text(open);
    page.attach(field, &file);
    page.click_in(field, "Chạy thử");
    page.wait_for_text("Chưa có gì thay đổi");
    page.click_text("bằng bảng này");
    page.wait_for_text(&format!("({})", table.lines().count() - 1));
}
