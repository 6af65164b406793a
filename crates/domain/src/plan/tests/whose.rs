//! Which sentences give a duty, and to whom; which only look so.

use super::prose::{asked, check, told};

#[test]
fn a_number_of_things_is_nobody_who_acts() {
    check(&[
        ("1. Quy mô: 12 tiểu trại, mỗi tiểu trại 30 trại sinh.", &[]),
        ("1. Năm 2022 toàn xã có 143 hộ nghèo, 97 hộ cận nghèo.", &[]),
        ("1. Đơn vị: 09 khoa, 02 viện, 11 phòng và trung tâm.", &[]),
        ("1. Hiện có 5 tổ hợp tác; 12 trạm bơm cũ nát.", &[]),
        (
            "1. Hai tổ công tác lập danh sách trước ngày 20/4/2023.",
            &["Hai tổ công tác | Task | lập danh sách |  | 2023-04-20"],
        ),
        (
            "1. Mười khoa viết báo cáo gửi Phòng Đào tạo trước ngày 20/4/2023.",
            &["Mười khoa | Report | báo cáo | Phòng Đào tạo | 2023-04-20"],
        ),
    ]);
}

#[test]
fn how_an_event_is_held_is_no_duty() {
    check(&[
        (
            "1. Hội trại diễn ra trong 02 ngày 25 và 26/3/2023 tại Quảng trường.",
            &[],
        ),
        ("1. Hội xuân diễn ra tại 3 điểm.", &[]),
        (
            "1. Đoàn trường tổ chức Hội trại truyền thống ngày 26/3/2023.",
            &["Đoàn trường | Event | Hội trại truyền thống |  | 2023-03-26"],
        ),
    ]);
}

#[test]
fn a_rule_on_cases_is_no_duty_but_who_acts_in_a_case_has_one() {
    check(&[
        (
            "1. Đảng viên được miễn sinh hoạt đảng thì không phải kiểm điểm; đảng viên mới kết nạp thì kiểm điểm nhưng chưa xếp loại.",
            &[],
        ),
        (
            "1. Hộ có thu nhập dưới mức chuẩn thì đưa vào danh sách.",
            &[],
        ),
        (
            "1. Sau khi Giám đốc ký thì Phòng Kế hoạch tổng hợp gửi báo cáo về Sở Y tế trước ngày 15/11/2023.",
            &["Phòng Kế hoạch tổng hợp | Report | báo cáo | Sở Y tế | 2023-11-15"],
        ),
        (
            "1. Phòng Nội vụ lập danh sách; khi có kết quả, Văn phòng niêm yết danh sách.",
            &[
                "Phòng Nội vụ | Task | lập danh sách |  | ",
                "Văn phòng | Task | niêm yết danh sách |  | ",
            ],
        ),
    ]);
}

#[test]
fn where_to_write_and_whom_to_call_is_no_duty() {
    check(&[
        (
            "1. Sở Nội vụ gửi báo cáo về UBND tỉnh trước ngày 20/4/2023; thư điện tử: noivu@tanlac.example.",
            &["Sở Nội vụ | Report | báo cáo | UBND tỉnh | 2023-04-20"],
        ),
        (
            "1. Sở Nội vụ lập danh sách; hộp thư: noivu@tanlac.example; điện thoại: 0123.",
            &["Sở Nội vụ | Task | lập danh sách |  | "],
        ),
        (
            "1. Sở Nội vụ lập danh sách. Có gì vướng mắc các xã điện thoại cho bà Hoa.",
            &["Sở Nội vụ | Task | lập danh sách |  | "],
        ),
    ]);
}

#[test]
fn under_its_heading_a_body_owes_its_own_report() {
    check(&[
        (
            "1. Các huyện ủy\na) Báo cáo kết quả của địa phương gửi Tỉnh ủy trước ngày 20/4/2023.",
            &["Các huyện ủy | Report | Báo cáo kết quả của địa phương | Tỉnh ủy | 2023-04-20"],
        ),
        (
            "1. Đảng ủy các phường, xã\na) Báo cáo sơ kết của phường, xã, gửi Thành ủy trước ngày 20/4/2023.",
            &[
                "Đảng ủy các phường, xã | Report | Báo cáo sơ kết của phường, xã | Thành ủy | 2023-04-20",
            ],
        ),
        (
            "1. Báo cáo của Sở Công Thương\na) Báo cáo quý về tình hình hoạt động của hợp tác xã, gửi Bộ Công Thương trước ngày 20/4/2023.",
            &[
                "Sở Công Thương | Report | Báo cáo quý về tình hình hoạt động của hợp tác xã | Bộ Công Thương | 2023-04-20",
            ],
        ),
        (
            "1. Báo cáo số hóa hồ sơ đất đai, hộ tịch do Phòng Tư pháp xây dựng, gửi UBND huyện trước ngày 20/4/2023.",
            &[
                "Phòng Tư pháp | Report | Báo cáo số hóa hồ sơ đất đai, hộ tịch | UBND huyện | 2023-04-20",
            ],
        ),
        (
            "1. Đảng ủy các xã chỉ đạo các chi bộ ấp gửi báo cáo về đảng ủy xã trước ngày 20/4/2023.",
            &["các chi bộ ấp | Report | báo cáo | đảng ủy xã | 2023-04-20"],
        ),
    ]);
}

#[test]
fn a_thing_for_reports_is_no_report() {
    check(&[
        (
            "1. Phòng Khảo thí: biên soạn sổ tay viết báo cáo tự đánh giá trước ngày 22/9/2023.",
            &["Phòng Khảo thí | Task | biên soạn sổ tay viết báo cáo tự đánh giá |  | 2023-09-22"],
        ),
        (
            "1. Phòng Đào tạo in mẫu lập báo cáo cho các khoa.",
            &["Phòng Đào tạo | Task | in mẫu lập báo cáo cho các khoa |  | "],
        ),
        (
            "1. Phòng Đào tạo có trách nhiệm: (i) quay, dựng phim tư liệu; (ii) viết báo cáo tổng kết, gửi Ban Giám hiệu trước ngày 22/9/2023.",
            &[
                "Phòng Đào tạo | Task | quay, dựng phim tư liệu |  | ",
                "Phòng Đào tạo | Report | báo cáo tổng kết | Ban Giám hiệu | 2023-09-22",
            ],
        ),
    ]);
}

#[test]
fn a_due_that_is_moved_belongs_to_whom_the_sentence_names() {
    for text in [
        "1. Thời hạn các xã gửi báo cáo tự giám sát về Sở Nội vụ: nay là trước ngày 05/11/2023 (thời hạn cũ: ngày 15/10/2023).",
        "1. Hạn của các xã gửi báo cáo tự giám sát về Sở Nội vụ được dời đến trước ngày 05/11/2023 (trước đây là ngày 15/10/2023).",
        "1. Thời hạn các xã gửi báo cáo tự giám sát về Sở Nội vụ: lùi từ ngày 15/10/2023 sang trước ngày 05/11/2023.",
        "1. Thời gian các xã gửi báo cáo tự giám sát về Sở Nội vụ chuyển sang trước ngày 05/11/2023, thay cho ngày 15/10/2023.",
    ] {
        assert_eq!(
            told(text),
            ["các xã | Report | báo cáo tự giám sát | Sở Nội vụ | 2023-11-05"],
            "{text}"
        );
    }
    check(&[(
        "1. Thời gian Đoàn giám sát số 2 làm việc tại các xã: chuyển sang từ ngày 10/11/2023 đến ngày 14/11/2023 (trước đây là từ ngày 20/10/2023 đến ngày 24/10/2023).",
        &["Đoàn giám sát số 2 | Task | làm việc tại các xã |  | 2023-11-14"],
    )]);
}

#[test]
fn what_an_earlier_plan_asked_for_is_over() {
    let duties = asked(
        "các huyện ủy",
        "Theo Kế hoạch số 12-KH/TU ngày 05/01/2023, các huyện ủy phải gửi báo cáo trước ngày 28/02/2023. Đến nay còn 3 nơi chưa gửi. Tỉnh ủy yêu cầu:",
        "1. Các huyện ủy chưa gửi báo cáo khẩn trương gửi báo cáo trước ngày 20/3/2023.\n2. Sau thời hạn trên, UBND tỉnh sẽ báo cáo Chính phủ.",
    );
    assert_eq!(
        duties,
        ["Các huyện ủy chưa gửi báo cáo | Report | báo cáo |  | 2023-03-20"]
    );
}

#[test]
fn who_acts_stands_behind_the_part_or_the_level() {
    check(&[
        (
            "- Đơn vị đăng cai: Nhà thiếu nhi tỉnh chuẩn bị sân khấu trước ngày 25/5/2023.",
            &["Nhà thiếu nhi tỉnh | Task | chuẩn bị sân khấu |  | 2023-05-25"],
        ),
        (
            "2. Cấp huyện: Huyện ủy họp tổng kết trong tháng 6/2023. Cấp xã: Đảng ủy xã gửi báo cáo trước ngày 20/5/2023.",
            &[
                "Huyện ủy | Event | họp tổng kết |  | 2023-06-30",
                "Đảng ủy xã | Report | báo cáo |  | 2023-05-20",
            ],
        ),
        (
            "4. Chế độ thông tin, báo cáo: Định kỳ hằng quý, các chi bộ báo cáo về Đảng ủy.",
            &["các chi bộ | Report | báo cáo | Đảng ủy | "],
        ),
        (
            "2. Thời hạn nộp báo cáo: các xã trước ngày 20/5/2023; Phòng Nội vụ trước ngày 05/6/2023.",
            &[
                "các xã | Report | báo cáo |  | 2023-05-20",
                "Phòng Nội vụ | Report | báo cáo |  | 2023-06-05",
            ],
        ),
        (
            "1. Giao Phòng Văn hóa làm đầu mối.\nNgoài ra, Phòng Văn hóa có trách nhiệm:\n- Xây dựng kịch bản trước ngày 03/4/2023.",
            &[
                "Phòng Văn hóa | Task | làm đầu mối |  | ",
                "Phòng Văn hóa | Task | Xây dựng kịch bản |  | 2023-04-03",
            ],
        ),
    ]);
}

#[test]
fn what_marks_a_body_out_is_of_its_name() {
    check(&[
        (
            "3. UBND các xã, phường chịu sự giám sát báo cáo kết quả, gửi Ban Pháp chế trước ngày 16/3/2023.",
            &[
                "UBND các xã, phường chịu sự giám sát | Report | báo cáo kết quả | Ban Pháp chế | 2023-03-16",
            ],
        ),
        (
            "Khi có sự cố, đơn vị quản lý địa điểm xảy ra sự cố gửi báo cáo nhanh về Phòng Hành chính.",
            &[
                "đơn vị quản lý địa điểm xảy ra sự cố | Report | báo cáo nhanh | Phòng Hành chính | ",
            ],
        ),
        (
            "Khi xảy ra cháy rừng, chủ rừng phải báo cáo ngay với Hạt Kiểm lâm.",
            &["chủ rừng | Report | báo cáo ngay | Hạt Kiểm lâm | "],
        ),
        (
            "5. Đồng chí Chi ủy viên phụ trách tuyên truyền ghi biên bản trước ngày 04/5/2023.",
            &["Đồng chí Chi ủy viên phụ trách tuyên truyền | Task | ghi biên bản |  | 2023-05-04"],
        ),
        (
            "1. Ban Tuyên giáo phụ trách tổ chức Lễ kỷ niệm ngày 06/3/2023.",
            &["Ban Tuyên giáo | Event | Lễ kỷ niệm |  | 2023-03-06"],
        ),
        (
            "1. Ban Công tác Mặt trận thôn Đông (xã Hòa Lợi), Ban Công tác Mặt trận phố 3 (thị trấn Yên Lạc) dọn vệ sinh.",
            &[
                "Ban Công tác Mặt trận thôn Đông (xã Hòa Lợi), Ban Công tác Mặt trận phố 3 (thị trấn Yên Lạc) | Task | dọn vệ sinh |  | ",
            ],
        ),
        (
            "1. Nhà máy gỗ Trường Giang, Nhà máy ván ép Bãi Sậy đối chiếu công nợ trước ngày 31/12/2023.",
            &[
                "Nhà máy gỗ Trường Giang, Nhà máy ván ép Bãi Sậy | Task | đối chiếu công nợ |  | 2023-12-31",
            ],
        ),
        (
            "1. Cô Trần Mỹ Linh (thư viện): lập danh mục sách.",
            &["Cô Trần Mỹ Linh (thư viện) | Task | lập danh mục sách |  | "],
        ),
    ]);
}

#[test]
fn what_is_done_to_somebody_and_how_things_are_is_no_duty() {
    check(&[
        ("1. Đảng viên vắng mặt có lý do được học bổ sung.", &[]),
        (
            "1. Đảng viên được miễn sinh hoạt không thuộc diện xếp loại.",
            &[],
        ),
        ("1. Trưởng thôn có thể gửi ảnh chụp vào nhóm chung.", &[]),
        ("1. Báo cáo đã nhận của 02 phòng còn thiếu số liệu.", &[]),
        (
            "1. Hạn chế: việc thu phí đạt thấp; 04 đơn vị chậm quyết toán.",
            &[],
        ),
        (
            "1. Các trường tiểu học:\na) Không giao bài tập về nhà cho học sinh.",
            &["Các trường tiểu học | Task | Không giao bài tập về nhà cho học sinh |  | "],
        ),
        (
            "1. Sở Y tế gửi báo cáo về UBND tỉnh trước ngày 20/4/2023. Viết theo Đề cương gửi kèm.",
            &["Sở Y tế | Report | báo cáo | UBND tỉnh | 2023-04-20"],
        ),
        (
            "1. Sở Y tế thiết lập đường dây nóng tiếp nhận tin báo dịch (0900 246 810).",
            &["Sở Y tế | Task | thiết lập đường dây nóng tiếp nhận tin báo dịch |  | "],
        ),
        (
            "1. Các đơn vị chưa gửi báo cáo khẩn trương gửi trước ngày 20/4/2023; quá thời hạn trên, Sở Nội vụ sẽ báo cáo Chính phủ.",
            &["Các đơn vị chưa gửi báo cáo | Report | báo cáo |  | 2023-04-20"],
        ),
    ]);
}
