//! Tables of duties in every shape: columns in any order and wording, merged cells, rows over all columns, marks.

use super::*;
use jiff::civil::{Date, date};

fn plan(body: &str) -> crate::plan::Plan {
    let text = format!(
        "UBND TỈNH HẢI LĂNG\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 55/KH-SNV\nHải Lăng, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\nSơ kết 5 năm thực hiện Quyết định số 12/QĐ-UBND về công tác hòa giải\n\nThực hiện Quyết định số 12/QĐ-UBND ngày 02/02/2020 của UBND tỉnh về công tác hòa giải, Sở Nội vụ ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n1. Đánh giá kết quả.\n\nII. PHÂN CÔNG\n{body}\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Thị Hạnh\n"
    );
    read_text(&text).plan
}

type Row = (String, String, Option<(Date, bool)>);

/// Who owes what, and by when.
fn rows(body: &str) -> Vec<Row> {
    plan(body)
        .assignments
        .into_iter()
        .map(|duty| {
            let due = duty.due.zip(duty.due_inclusive);
            (
                duty.who.join("; "),
                duty.deliverable.unwrap_or_default(),
                due,
            )
        })
        .collect()
}

fn row(who: &str, what: &str, due: Option<(Date, bool)>) -> Row {
    (who.to_owned(), what.to_owned(), due)
}

const APRIL: Date = date(2025, 4, 15);
const MAY: Date = date(2025, 5, 20);

#[test]
fn the_title_of_the_column_may_say_before() {
    for title in [
        "Xong trước",
        "Hoàn thành trước ngày",
        "Thời hạn: trước",
        "Gửi trước",
        "Phải xong trước ngày",
    ] {
        assert_eq!(
            rows(&format!(
                "TT | Việc phải làm | Người làm chính | {title}\n1 | Soạn mẫu phiếu | Văn phòng Sở | 15/4/2025\n2 | Kiểm kê hồ sơ | Phòng Nghiệp vụ | chậm nhất 20/5/2025"
            )),
            [
                row("Văn phòng Sở", "Soạn mẫu phiếu", Some((APRIL, false))),
                row("Phòng Nghiệp vụ", "Kiểm kê hồ sơ", Some((MAY, true))),
            ],
            "{title}"
        );
    }
}

#[test]
fn a_row_over_all_columns_names_the_bodies_of_the_rows_below() {
    let wanted = [
        row("Văn phòng Sở", "Xây dựng đề cương", Some((APRIL, false))),
        row("Văn phòng Sở", "Chuẩn bị hội trường", Some((MAY, true))),
        row("UBND các xã, phường", "Lập danh sách", Some((MAY, false))),
    ];
    for (first, second) in [
        ("I | Văn phòng Sở |", "II | UBND các xã, phường |"),
        ("I. Văn phòng Sở", "II. UBND các xã, phường"),
        ("| Văn phòng Sở | |", "| UBND các xã, phường | |"),
        (
            "| Văn phòng Sở | Văn phòng Sở | Văn phòng Sở |",
            "| Đối với UBND các xã, phường | | |",
        ),
    ] {
        let body = format!(
            "TT | Nội dung | Thời gian\n{first}\n1 | Xây dựng đề cương | Trước 15/4/2025\n2 | Chuẩn bị hội trường | Ngày 20/5/2025\n{second}\n1 | Lập danh sách | Trước 20/5/2025"
        );
        assert_eq!(rows(&body), wanted, "{first}");
    }
}

#[test]
fn what_a_cell_leaves_to_the_row_before_holds() {
    for ditto in ["nt", "-nt-", "\"", "Như trên", "″"] {
        assert_eq!(
            rows(&format!(
                "Nội dung | Đơn vị | Thời gian\nXây dựng đề cương | Văn phòng Sở | Trước 15/4/2025\nTổng hợp số liệu | {ditto} | {ditto}"
            )),
            [
                row("Văn phòng Sở", "Xây dựng đề cương", Some((APRIL, false))),
                row("Văn phòng Sở", "Tổng hợp số liệu", Some((APRIL, false))),
            ],
            "{ditto}"
        );
    }
    // One task of several bodies, its cell merged.
    assert_eq!(
        rows(
            "STT | Nội dung | Đơn vị | Thời gian\n1 | Rà soát hồ sơ | Phòng Nghiệp vụ | 15/4/2025\n | | Thanh tra Sở | 20/5/2025\n | | Văn phòng Sở |"
        ),
        [
            row("Phòng Nghiệp vụ", "Rà soát hồ sơ", Some((APRIL, true))),
            row("Thanh tra Sở", "Rà soát hồ sơ", Some((MAY, true))),
            row("Văn phòng Sở", "Rà soát hồ sơ", Some((MAY, true))),
        ]
    );
}

#[test]
fn without_a_column_of_bodies_the_words_above_or_in_the_row_name_them() {
    let table = "TT | Tên báo cáo | Kỳ báo cáo | Hạn gửi\n1 | Báo cáo tháng | Hằng tháng | Ngày 20\n2 | Báo cáo 6 tháng | 6 tháng | Trước 20/5/2025";
    for lead in [
        "Đối với UBND các xã, phường:",
        "UBND các xã, phường:",
        "Yêu cầu UBND các xã, phường thực hiện các báo cáo sau:",
    ] {
        assert_eq!(
            rows(&format!("{lead}\n{table}")),
            [
                row("UBND các xã, phường", "Báo cáo tháng", None),
                row("UBND các xã, phường", "Báo cáo 6 tháng", Some((MAY, false))),
            ],
            "{lead}"
        );
    }
    assert_eq!(
        rows(
            "TT | Nội dung | Thời hạn\n1 | Sở Tài chính lập dự toán | 15/4/2025\n2 | Phòng Nghiệp vụ kiểm tra hồ sơ | 20/5/2025"
        ),
        [
            row("Sở Tài chính", "lập dự toán", Some((APRIL, true))),
            row("Phòng Nghiệp vụ", "kiểm tra hồ sơ", Some((MAY, true))),
        ]
    );
}

#[test]
fn a_mark_under_a_body_or_a_report_is_a_duty() {
    assert_eq!(
        rows(
            "Công việc | Sở Tài chính | Sở Y tế | Thanh tra tỉnh | Hạn\nLập danh sách | x | | x | 15/4/2025\nThẩm tra số liệu | | X | | Trước 20/5/2025"
        ),
        [
            row(
                "Sở Tài chính; Thanh tra tỉnh",
                "Lập danh sách",
                Some((APRIL, true))
            ),
            row("Sở Y tế", "Thẩm tra số liệu", Some((MAY, false))),
        ]
    );
    assert_eq!(
        rows(
            "Đơn vị | Báo cáo 6 tháng (trước ngày 15/4/2025) | Báo cáo năm (chậm nhất 20/5/2025)\nUBND các huyện | x | x\nSở Y tế | | x"
        ),
        [
            row("UBND các huyện", "Báo cáo 6 tháng", Some((APRIL, false))),
            row("UBND các huyện", "Báo cáo năm", Some((MAY, true))),
            row("Sở Y tế", "Báo cáo năm", Some((MAY, true))),
        ]
    );
    assert_eq!(
        rows(
            "Đơn vị | Báo cáo quý I | Báo cáo quý II\nUBND các huyện | 15/4/2025 | 20/5/2025\nSở Y tế | | 20/5/2025"
        ),
        [
            row("UBND các huyện", "Báo cáo quý I", Some((APRIL, true))),
            row("UBND các huyện", "Báo cáo quý II", Some((MAY, true))),
            row("Sở Y tế", "Báo cáo quý II", Some((MAY, true))),
        ]
    );
}

#[test]
fn a_report_that_returns_has_no_day_but_a_finding() {
    for due in [
        "Ngày 20",
        "Trước ngày 20 hằng tháng",
        "Ngày 05 tháng sau",
        "Trước ngày 05/12",
        "",
    ] {
        let plan = plan(&format!(
            "TT | Loại báo cáo | Đơn vị thực hiện | Tần suất | Ngày gửi\n1 | Báo cáo công tác | Các phòng chuyên môn | Hằng tháng | {due}"
        ));
        assert_eq!(plan.assignments.len(), 1, "{due}");
        assert_eq!(plan.assignments[0].due, None, "{due}");
        let kinds: Vec<FindingKind> = plan.findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, [FindingKind::RecurringDeadline], "{due}");
    }
}

#[test]
fn two_tables_without_a_line_between_them_are_two() {
    assert_eq!(
        rows(
            "TT | Nội dung | Đơn vị | Thời gian\n1 | Lập danh sách | Văn phòng Sở | 15/4/2025\nThời hạn | Cơ quan chủ trì | Công việc\nTrước 20/5/2025 | Thanh tra Sở | Kiểm tra hồ sơ"
        ),
        [
            row("Văn phòng Sở", "Lập danh sách", Some((APRIL, true))),
            row("Thanh tra Sở", "Kiểm tra hồ sơ", Some((MAY, false))),
        ]
    );
}

#[test]
fn tables_of_figures_give_nobody_a_duty() {
    for table in [
        "TT | Nội dung | Đơn vị tính | Số lượng\n1 | Tổ hòa giải | tổ | 12\n2 | Hòa giải viên | người | 60",
        "TT | Đơn vị | Số báo cáo đã gửi | Ghi chú\n1 | Sở Y tế | 5 | \n2 | Sở Tài chính | 7 | ",
    ] {
        assert_eq!(rows(table), [], "{table}");
    }
}

#[test]
fn a_table_whose_cells_stand_on_lines_of_their_own_is_read_row_by_row() {
    let wanted = [
        row("Văn phòng Sở", "Xây dựng đề cương", Some((APRIL, false))),
        row(
            "UBND các huyện",
            "Lập danh sách hộ khó khăn",
            Some((MAY, false)),
        ),
    ];
    for table in [
        "STT\nNội dung\nĐơn vị thực hiện\nThời gian\n1\nXây dựng đề cương\nVăn phòng Sở\nTrước 15/4/2025\n2\nLập danh sách\nhộ khó khăn\nUBND các huyện\nTrước 20/5/2025",
        "Nội dung\nĐơn vị thực hiện\nThời gian\nXây dựng đề cương\nVăn phòng Sở\nTrước 15/4/2025\nLập danh sách hộ khó khăn\nUBND các huyện\nTrước 20/5/2025",
        "TT\nThời hạn\nCông việc\nCơ quan chủ trì\n1.\nTrước 15/4/2025\nXây dựng đề cương\nVăn phòng Sở\n2.\nTrước 20/5/2025\nLập danh sách hộ khó khăn\nUBND các huyện",
    ] {
        let body = format!("{table}\nIII. KINH PHÍ\nKinh phí do ngân sách bảo đảm.");
        assert_eq!(rows(&body), wanted, "{table}");
    }
}
