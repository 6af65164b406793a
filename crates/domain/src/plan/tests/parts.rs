//! The parts of one duty: what is delivered, to whom, through whom, by when.

use super::{Duty, read_text};

/// The only duty of a plan with this clause.
fn duty(clause: &str) -> Duty {
    let text = format!(
        "ỦY BAN NHÂN DÂN TỈNH A\nSố: 12/KH-UBND\nA, ngày 03 tháng 3 năm 2024\nKẾ HOẠCH\nTriển khai công tác năm 2024\nI. TỔ CHỨC THỰC HIỆN\n1. {clause}"
    );
    let mut duties = read_text(&text).plan.assignments;
    assert_eq!(duties.len(), 1, "{clause}: {duties:#?}");
    duties.remove(0)
}

#[test]
fn what_was_read_is_given_back_as_written() {
    let duty = duty(
        "Phòng Quản lí đô thị báo cáo việc quản lí vỉa hè, gởi Ủy ban nhân dân huyện chậm nhứt ngày 15/7/2024.",
    );
    assert_eq!(duty.who, ["Phòng Quản lí đô thị"]);
    assert_eq!(
        duty.deliverable.as_deref(),
        Some("báo cáo việc quản lí vỉa hè")
    );
    assert_eq!(duty.to.as_deref(), Some("Ủy ban nhân dân huyện"));
    assert_eq!(duty.due, Some(jiff::civil::date(2024, 7, 15)));
    assert!(duty.source.text.contains("chậm nhứt"));
}

#[test]
fn the_name_of_a_report_goes_on_over_lists_and_ends_where_it_is_sent() {
    for (clause, name) in [
        (
            "Sở Tư pháp báo cáo kết quả khắc phục các tồn tại, hạn chế sau kiểm tra, gửi Sở Nội vụ trước ngày 15/9/2024.",
            "báo cáo kết quả khắc phục các tồn tại, hạn chế sau kiểm tra",
        ),
        (
            "Sở Tư pháp báo cáo tình hình thu, nộp tiền thuê nhà về Sở Xây dựng chậm nhất ngày 15/9/2024;",
            "báo cáo tình hình thu, nộp tiền thuê nhà",
        ),
        (
            "Sở Tư pháp gửi báo cáo kết quả của các sở, ban, ngành về Ủy ban nhân dân tỉnh trước ngày 15/9/2024.",
            "báo cáo kết quả của các sở, ban, ngành",
        ),
        (
            "Sở Tư pháp xây dựng báo cáo tổng kết việc thể chế hóa và tổ chức thực hiện Nghị quyết, trình Ủy ban nhân dân tỉnh trước ngày 15/9/2024./.",
            "báo cáo tổng kết việc thể chế hóa và tổ chức thực hiện Nghị quyết",
        ),
        (
            "Sở Tư pháp nộp báo cáo rà soát hàng hóa tồn đọng cho Cục Hải quan tỉnh trong quý III/2024.",
            "báo cáo rà soát hàng hóa tồn đọng",
        ),
        (
            "Sở Tư pháp lập báo cáo giải trình nguyên nhân chậm tiến độ, gửi Sở Tài chính trước ngày 15/9/2024.",
            "báo cáo giải trình nguyên nhân chậm tiến độ",
        ),
    ] {
        assert_eq!(duty(clause).deliverable.as_deref(), Some(name), "{clause}");
    }
}

#[test]
fn an_event_is_named_without_what_leads_to_its_time() {
    for (clause, name) in [
        (
            "Tỉnh đoàn tổ chức Hội thi \"Tuổi trẻ giỏi, sáng tạo\" vào ngày 15/9/2024.",
            "Hội thi \"Tuổi trẻ giỏi, sáng tạo\"",
        ),
        (
            "Tỉnh đoàn tổ chức Lễ phát động phong trào phòng, chống đuối nước, ngày 15/9/2024.",
            "Lễ phát động phong trào phòng, chống đuối nước",
        ),
        (
            "Tỉnh đoàn tổ chức Lễ khai mạc Ngày hội lúc 19 giờ 30 ngày 15/9/2024.",
            "Lễ khai mạc Ngày hội",
        ),
    ] {
        let duty = duty(clause);
        assert_eq!(duty.deliverable.as_deref(), Some(name), "{clause}");
        assert_eq!(duty.due, Some(jiff::civil::date(2024, 9, 15)), "{clause}");
    }
}

#[test]
fn the_addressee_stands_behind_what_is_sent_and_before_when() {
    for (clause, work, to) in [
        (
            "Sở Tư pháp đăng ký thời gian, địa điểm với Ban Phong trào Tỉnh đoàn trước ngày 15/9/2024.",
            "đăng ký thời gian, địa điểm",
            "Ban Phong trào Tỉnh đoàn",
        ),
        (
            "Sở Tư pháp cung cấp số liệu từ năm 2021 đến năm 2023 cho Sở Nội vụ trước ngày 15/9/2024.",
            "cung cấp số liệu từ năm 2021 đến năm 2023",
            "Sở Nội vụ",
        ),
        (
            "Sở Tư pháp hoàn thiện hồ sơ quyết toán, nộp tại Văn phòng Sở Tài chính trong tháng 9/2024;",
            "hoàn thiện hồ sơ quyết toán",
            "Văn phòng Sở Tài chính",
        ),
        (
            "Sở Tư pháp soạn thư mời, gửi cựu giáo chức và cha mẹ học sinh trước ngày 15/9/2024.",
            "soạn thư mời",
            "cựu giáo chức và cha mẹ học sinh",
        ),
        (
            "Sở Tư pháp thông báo lịch chi tiết cho các đơn vị trước ngày 15/9/2024.",
            "thông báo lịch chi tiết",
            "các đơn vị",
        ),
    ] {
        let duty = duty(clause);
        assert_eq!(duty.deliverable.as_deref(), Some(work), "{clause}");
        assert_eq!(duty.to.as_deref(), Some(to), "{clause}");
        assert!(duty.due.is_some(), "{clause}");
    }
}

#[test]
fn a_channel_is_named_in_full() {
    for (aside, via) in [
        (
            "(qua Phòng Tổng hợp, Văn phòng Tỉnh ủy)",
            "Phòng Tổng hợp, Văn phòng Tỉnh ủy",
        ),
        (
            "(qua đồng chí H'Nga - Phó Chủ tịch Hội)",
            "đồng chí H'Nga - Phó Chủ tịch Hội",
        ),
        (", thông qua Ban Dân vận Tỉnh ủy,", "Ban Dân vận Tỉnh ủy"),
        (
            "(thông qua Văn phòng Tỉnh ủy, số máy 0900.123.456)",
            "Văn phòng Tỉnh ủy",
        ),
    ] {
        let clause = format!(
            "Sở Tư pháp gửi báo cáo tổng kết về Ban Thường vụ Tỉnh ủy {aside} trước ngày 15/9/2024."
        );
        let duty = duty(&clause.replace(" ,", ","));
        assert_eq!(duty.via.as_deref(), Some(via), "{clause}");
        assert_eq!(duty.adopted_by, None, "{clause}");
    }
}

#[test]
fn work_is_told_without_office_circumstance_and_how_often() {
    for (clause, work) in [
        (
            "Sở Tư pháp là cơ quan thường trực việc sơ kết, theo dõi, đôn đốc các địa phương.",
            "theo dõi, đôn đốc các địa phương",
        ),
        (
            "Sở Tư pháp thường xuyên đưa tin về kết quả thực hiện Đề án.",
            "đưa tin về kết quả thực hiện Đề án",
        ),
        (
            "Sở Tư pháp có trách nhiệm: (i) cung cấp dữ liệu tuyển sinh cho Sở Nội vụ trước ngày 15/9/2024.",
            "cung cấp dữ liệu tuyển sinh",
        ),
        (
            "Sở Tư pháp bàn giao mặt bằng sạch theo tiến độ do Sở Tài chính thông báo.",
            "bàn giao mặt bằng sạch",
        ),
        (
            "Sở Tư pháp khảo sát việc làm (tỷ lệ phản hồi tối thiểu 70%), hoàn thành trong quý IV/2024.",
            "khảo sát việc làm",
        ),
    ] {
        assert_eq!(duty(clause).deliverable.as_deref(), Some(work), "{clause}");
    }
}
