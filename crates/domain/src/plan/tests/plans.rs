//! Small plans of other kinds, in words of our own.

use super::*;
use crate::doc::{Cell, Table};
use jiff::civil::date;

const PARTY: &str = "ĐẢNG BỘ TỈNH BÌNH MINH\tĐẢNG CỘNG SẢN VIỆT NAM
HUYỆN ỦY AN HÒA
*\tAn Hòa, ngày 05 tháng 6 năm 2023
Số 87-KH/HU
KẾ HOẠCH
tổng kết 10 năm thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương Đảng
Căn cứ Kế hoạch số 112-KH/TU, ngày 20/5/2023 của Ban Thường vụ Tỉnh ủy về tổng kết nghị quyết, Ban Thường vụ Huyện ủy xây dựng Kế hoạch tổng kết như sau:
I- MỤC ĐÍCH, YÊU CẦU
1- Mục đích
Đánh giá kết quả sau 10 năm.
2- Yêu cầu
Các cấp ủy phải làm nghiêm túc trước ngày 01/01/2030.
II- TỔ CHỨC THỰC HIỆN
1- Các chi bộ, đảng bộ cơ sở gửi báo cáo về Ban Thường vụ Huyện ủy (qua Ban Tuyên giáo Huyện ủy) chậm nhất ngày 31/7/2023.
2- Giao Văn phòng Huyện ủy:
- Theo dõi, đôn đốc việc thực hiện Kế hoạch.
- Tham mưu tổ chức hội nghị tổng kết trong tháng 9/2023.
Nơi nhận:
- Thường trực Tỉnh ủy (b/c),
- Các chi, đảng bộ cơ sở,
- Lưu VPHU.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC
Trần Văn Bình";

#[test]
fn a_plan_with_a_party_head_gives_issuer_number_and_date() {
    let reading = read_text(PARTY);
    let plan = &reading.plan;
    assert_eq!(plan.issuer.as_deref(), Some("HUYỆN ỦY AN HÒA"));
    assert_eq!(plan.number.as_deref(), Some("87-KH/HU"));
    assert_eq!(plan.date, Some(date(2023, 6, 5)));
    assert_eq!(plan.legal_basis.len(), 1);
    assert_eq!(
        plan.instruments_under_review[0].number.as_deref(),
        Some("25-NQ/TW")
    );
    assert_eq!(plan.purposes, ["Đánh giá kết quả sau 10 năm."]);
    let reports = reports(&reading);
    assert_eq!(reports.len(), 1, "{reports:#?}");
    assert_eq!(
        (reports[0].due, reports[0].due_inclusive),
        (Some(date(2023, 7, 31)), Some(true))
    );
    assert_eq!(reports[0].via.as_deref(), Some("Ban Tuyên giáo Huyện ủy"));
}

#[test]
fn items_under_a_named_body_are_its_duties() {
    let plan = read_text(PARTY).plan;
    let of_office: Vec<_> = plan
        .assignments
        .iter()
        .filter(|duty| duty.who == ["Văn phòng Huyện ủy"])
        .collect();
    assert_eq!(of_office.len(), 2, "{:#?}", plan.assignments);
    assert_eq!(of_office[0].duty, DutyKind::Task);
    assert_eq!(of_office[1].duty, DutyKind::Event);
    assert_eq!(of_office[1].due, Some(date(2023, 9, 30)));
}

const STATE: &str = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH MINH\tĐộc lập - Tự do - Hạnh phúc
Số: 145/KH-UBND\tBình Minh, ngày 12 tháng 01 năm 2024
KẾ HOẠCH
Triển khai công tác cải cách hành chính năm 2024
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ về chương trình tổng thể cải cách hành chính;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
Nâng cao chất lượng phục vụ.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
a) Chủ trì, phối hợp với Văn phòng UBND tỉnh theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch này.
b) Tổng hợp, báo cáo UBND tỉnh trước ngày 20/12/2024.
2. Sở Tài chính bố trí kinh phí thực hiện.
3. Các sở, ban, ngành, UBND các huyện, thành phố định kỳ báo cáo kết quả về Sở Nội vụ trước ngày 15/6 và 15/12 hằng năm.
Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
- Như trên;\tKT. CHỦ TỊCH
- Lưu: VT, NC.\tPHÓ CHỦ TỊCH
\tLê Thị Hoa";

#[test]
fn a_plan_with_a_state_head_set_in_two_columns_is_read() {
    let reading = read_text(STATE);
    let plan = &reading.plan;
    assert_eq!(
        plan.issuer.as_deref(),
        Some("ỦY BAN NHÂN DÂN TỈNH BÌNH MINH")
    );
    assert_eq!(plan.number.as_deref(), Some("145/KH-UBND"));
    assert_eq!(plan.date, Some(date(2024, 1, 12)));
    assert_eq!(plan.legal_basis.len(), 2);
    assert_eq!(plan.legal_basis[0].number, None);
    assert_eq!(plan.legal_basis[1].number.as_deref(), Some("76/NQ-CP"));
    assert_eq!(plan.recipients, ["Như trên", "Lưu: VT, NC"]);
    assert_eq!(plan.signer.name.as_deref(), Some("Lê Thị Hoa"));
    assert_eq!(plan.signer.title.as_deref(), Some("PHÓ CHỦ TỊCH"));
    assert_eq!(plan.lead, ["Sở Nội vụ"]);
    assert_eq!(plan.coordinate, ["Văn phòng UBND tỉnh"]);
}

#[test]
fn a_due_that_returns_every_year_gives_no_date() {
    let reading = read_text(STATE);
    let reports = reports(&reading);
    assert_eq!(reports.len(), 2, "{reports:#?}");
    assert_eq!(reports[0].who, ["Sở Nội vụ"]);
    assert_eq!(reports[0].to.as_deref(), Some("UBND tỉnh"));
    assert_eq!(reports[0].due, Some(date(2024, 12, 20)));
    assert_eq!(
        reports[1].who,
        ["Các sở, ban, ngành", "UBND các huyện, thành phố"]
    );
    assert_eq!(reports[1].due, None);
    assert!(kinds(&reading).contains(&FindingKind::RecurringDeadline));
}

fn body(sentences: &str) -> Reading {
    read_text(&format!(
        "KẾ HOẠCH\nsơ kết công tác dân vận\nI. TỔ CHỨC THỰC HIỆN\n{sentences}"
    ))
}

#[test]
fn a_report_without_a_due_date_is_named() {
    let reading = body("1. Các huyện ủy gửi báo cáo về Ban Thường vụ Tỉnh ủy.");
    assert_eq!(reports(&reading)[0].due, None);
    assert!(kinds(&reading).contains(&FindingKind::NoDeadline));
}

#[test]
fn a_day_no_calendar_has_gives_no_date_and_a_finding() {
    let reading =
        body("1. Các huyện ủy gửi báo cáo về Ban Thường vụ Tỉnh ủy trước ngày 31/9/2022.");
    assert_eq!(reports(&reading)[0].due, None);
    assert!(kinds(&reading).contains(&FindingKind::ImpossibleDate));
    assert!(!kinds(&reading).contains(&FindingKind::NoDeadline));
}

#[test]
fn a_due_without_a_year_and_a_due_from_an_event_give_no_date() {
    let reading = body(
        "1. Các huyện ủy gửi báo cáo về Tỉnh ủy trước ngày 30/9.\n2. Sở Nội vụ gửi báo cáo về UBND tỉnh sau 10 ngày kể từ ngày kết thúc hội nghị.",
    );
    assert!(reports(&reading).iter().all(|duty| duty.due.is_none()));
    assert!(kinds(&reading).contains(&FindingKind::MissingYear));
    assert!(kinds(&reading).contains(&FindingKind::RelativeDeadline));
}

#[test]
fn two_dues_for_one_report_are_a_contradiction() {
    let reading = body(
        "1. Các huyện ủy gửi báo cáo sơ kết về Tỉnh ủy trước ngày 30/9/2022.\n2. Các huyện ủy gửi báo cáo sơ kết về Tỉnh ủy trước ngày 15/9/2022.",
    );
    assert_eq!(reports(&reading).len(), 1);
    assert_eq!(reports(&reading)[0].due, None);
    assert!(kinds(&reading).contains(&FindingKind::Contradiction));
}

#[test]
fn a_plan_that_asks_for_no_report_says_so() {
    let reading = body("1. Ban Tuyên giáo Tỉnh ủy đẩy mạnh tuyên truyền trên báo chí.");
    assert!(reports(&reading).is_empty());
    assert_eq!(reading.plan.assignments[0].duty, DutyKind::Task);
    assert!(kinds(&reading).contains(&FindingKind::NoReportAsked));
}

#[test]
fn a_sentence_about_the_time_completes_the_reports_before_it() {
    let reading = body(
        "1. Các huyện ủy, Sở Nội vụ xây dựng báo cáo sơ kết, thông qua tập thể lãnh đạo.\n2. Báo cáo gửi về Ban Thường vụ Tỉnh ủy (qua Văn phòng Tỉnh ủy) trước ngày 30/9/2022.",
    );
    let reports = reports(&reading);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].who, ["Các huyện ủy", "Sở Nội vụ"]);
    assert_eq!(reports[0].due, Some(date(2022, 9, 30)));
    assert_eq!(reports[0].to.as_deref(), Some("Ban Thường vụ Tỉnh ủy"));
}

#[test]
fn a_letter_asks_its_addressees() {
    let reading = read_text(
        "TỈNH ỦY BÌNH MINH\tĐẢNG CỘNG SẢN VIỆT NAM
VĂN PHÒNG\tBình Minh, ngày 08 tháng 9 năm 2022
Số 512-CV/VPTU
V/v báo cáo kết quả thực hiện Chỉ thị 14
Kính gửi:
- Các huyện ủy, thành ủy,
- Ban Tuyên giáo Tỉnh ủy.
Thực hiện chỉ đạo của Thường trực Tỉnh ủy, Văn phòng Tỉnh ủy đề nghị các huyện ủy, thành ủy báo cáo kết quả thực hiện Chỉ thị, gửi về Văn phòng Tỉnh ủy trước ngày 25/9/2022.
Nơi nhận:
- Như trên,
- Lưu VPTU.
CHÁNH VĂN PHÒNG
Phạm Văn Minh",
    );
    assert_eq!(reading.plan.kind.as_deref(), Some("công văn"));
    assert_eq!(
        reading.plan.title.as_deref(),
        Some("báo cáo kết quả thực hiện Chỉ thị 14")
    );
    assert_eq!(reading.plan.number.as_deref(), Some("512-CV/VPTU"));
    let reports = reports(&reading);
    assert_eq!(reports.len(), 1, "{reports:#?}");
    assert_eq!(reports[0].due, Some(date(2022, 9, 25)));
    assert_eq!(reports[0].to.as_deref(), Some("Văn phòng Tỉnh ủy"));
    assert_eq!(
        reading.plan.signer.title.as_deref(),
        Some("CHÁNH VĂN PHÒNG")
    );
}

#[test]
fn a_table_of_duties_gives_one_duty_per_row() {
    let rows = [
        [
            "STT",
            "Nội dung",
            "Đơn vị chủ trì",
            "Phối hợp",
            "Thời gian hoàn thành",
        ],
        [
            "1",
            "Xây dựng báo cáo tổng kết, gửi Ban Thường vụ Tỉnh ủy",
            "Ban Dân vận Tỉnh ủy",
            "Văn phòng Tỉnh ủy",
            "Trước 30/9/2022",
        ],
        [
            "2",
            "Tổ chức hội nghị tổng kết",
            "Văn phòng Tỉnh ủy",
            "Các ban đảng",
            "Tháng 10/2022",
        ],
        [
            "3",
            "Báo cáo chuyên đề",
            "Sở Nội vụ, Sở Tài chính",
            "",
            "31/9/2022",
        ],
    ];
    let table = Table {
        header_rows: 1,
        widths: Vec::new(),
        rows: rows
            .iter()
            .map(|row| row.iter().map(|cell| Cell::plain(*cell)).collect())
            .collect(),
    };
    let mut document = document("KẾ HOẠCH\ntổng kết nghị quyết\nI. PHÂN CÔNG NHIỆM VỤ");
    document.blocks.push(Block::Table(table));
    let reading = read(&document);
    let duties = &reading.plan.assignments;
    assert_eq!(duties.len(), 3, "{duties:#?}");
    assert_eq!(duties[0].who, ["Ban Dân vận Tỉnh ủy"]);
    assert_eq!(
        (duties[0].due, duties[0].due_inclusive),
        (Some(date(2022, 9, 30)), Some(false))
    );
    assert_eq!(duties[0].to.as_deref(), Some("Ban Thường vụ Tỉnh ủy"));
    assert_eq!(
        (duties[1].duty, duties[1].due),
        (DutyKind::Event, Some(date(2022, 10, 31)))
    );
    assert_eq!(duties[2].who, ["Sở Nội vụ", "Sở Tài chính"]);
    assert_eq!(duties[2].due, None);
    assert!(kinds(&reading).contains(&FindingKind::ImpossibleDate));
}

#[test]
fn an_outline_in_the_same_file_becomes_sections() {
    let reading = read_text(&format!(
        "{}\nĐỀ CƯƠNG\nbáo cáo tổng kết\nI. ĐẶC ĐIỂM TÌNH HÌNH\nII. KẾT QUẢ\n1. Công tác lãnh đạo\na) Quán triệt\nIII. KIẾN NGHỊ",
        PARTY.replace("chậm nhất", "(theo đề cương đính kèm) chậm nhất")
    ));
    let outline = reading.plan.outline.as_ref().expect("the outline");
    let levels: Vec<u8> = outline
        .sections
        .iter()
        .map(|section| section.level)
        .collect();
    assert_eq!(levels, [1, 1, 2, 3, 1]);
    assert_eq!(outline.sections[1].title, "KẾT QUẢ");
    assert!(reading.plan.outline_attached);
    assert!(!kinds(&reading).contains(&FindingKind::OutlineMissing));
}

#[test]
fn decomposed_text_is_read_as_nfc_and_named() {
    use unicode_normalization::UnicodeNormalization;
    let decomposed: String = PARTY.nfd().collect();
    let reading = read_text(&decomposed);
    assert!(kinds(&reading).contains(&FindingKind::DecomposedUnicode));
    assert_eq!(reading.plan.assignments, read_text(PARTY).plan.assignments);
}

#[test]
fn text_in_an_old_encoding_is_named_and_not_guessed_at() {
    let reading = read_text(
        "KÕ ho¹ch s¬ kÕt 05 n¨m thùc hiÖn ChØ thÞ cña Ban BÝ th\u{ad}\nC¸c huyÖn uû göi b¸o c¸o tr\u{ad}íc ngµy 30/9/2022.",
    );
    assert_eq!(kinds(&reading), [FindingKind::LegacyEncoding]);
    assert!(reading.plan.assignments.is_empty());
}

#[test]
fn a_plan_that_changes_another_names_it_and_takes_the_new_day() {
    let reading = read_text(
        "KẾ HOẠCH\nđiều chỉnh thời gian gửi báo cáo tại Kế hoạch số 55-KH/TU ngày 02/6/2022\nI. NỘI DUNG\n1. Các huyện ủy gửi báo cáo về Tỉnh ủy, điều chỉnh từ trước ngày 30/9/2022 sang trước ngày 15/10/2022.",
    );
    assert!(kinds(&reading).contains(&FindingKind::AmendsOtherPlan));
    assert_eq!(reports(&reading)[0].due, Some(date(2022, 10, 15)));
}

#[test]
fn lines_broken_by_a_page_are_joined_and_page_numbers_dropped() {
    let whole = body(
        "1. Các huyện ủy xây dựng báo cáo sơ kết, thông qua tập thể ban thường vụ, gửi về Ban Thường vụ Tỉnh ủy trước ngày 30/9/2022.",
    );
    let broken = body(
        "1. Các huyện ủy xây dựng báo cáo sơ kết, thông qua tập thể\n2\nban thường vụ, gửi về\nBan Thường vụ Tỉnh ủy trước ngày\n30/9/2022.",
    );
    assert_eq!(reports(&broken).len(), 1);
    assert_eq!(reports(&broken)[0].due, reports(&whole)[0].due);
    assert_eq!(
        reports(&broken)[0].adopted_by,
        reports(&whole)[0].adopted_by
    );
    assert_eq!(reports(&broken)[0].to, reports(&whole)[0].to);
}

#[test]
fn piped_lines_are_a_table() {
    let reading = body(
        "TT | Thời gian | Nội dung | Phụ trách | Ghi chú\n1 | 21/10/2024 - 25/10/2024 | Các khoa, phòng tự chấm điểm | Trưởng các khoa, phòng | Theo mẫu\n2 | Trước 16h ngày 28/10/2024 | Nộp báo cáo tự chấm điểm cho Phòng Quản lý chất lượng | Trưởng các khoa, phòng | Bản giấy",
    );
    let duties = &reading.plan.assignments;
    assert_eq!(duties.len(), 2, "{duties:#?}");
    assert_eq!(duties[0].deliverable.as_deref(), Some("tự chấm điểm"));
    assert_eq!(duties[0].due, Some(date(2024, 10, 25)));
    assert_eq!(
        (duties[1].due, duties[1].due_inclusive),
        (Some(date(2024, 10, 28)), Some(true))
    );
}
