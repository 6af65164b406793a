//! The general forms of duties, each in many wordings, in plans that no reader has seen.

use super::*;
use jiff::civil::{Date, date};

/// The duties of a plan of a district committee whose third part is `body`.
fn duties(body: &str) -> Vec<Duty> {
    let text = format!(
        "HUYỆN ỦY TÂN LẠC\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 55-KH/HU\nTân Lạc, ngày 10 tháng 3 năm 2023\n\nKẾ HOẠCH\nsơ kết 5 năm thực hiện Chỉ thị số 12-CT/HU về công tác hòa giải\n\nThực hiện Chỉ thị số 12-CT/HU, ngày 02/02/2018 của Ban Thường vụ Huyện ủy về công tác hòa giải, Ban Thường vụ Huyện ủy ban hành Kế hoạch sơ kết như sau:\n\nI- MỤC ĐÍCH\n1. Đánh giá kết quả.\n\nII- PHÂN CÔNG\n{body}\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nTrần Thị Hạnh\n"
    );
    read_text(&text).plan.assignments
}

fn one(body: &str) -> Duty {
    let mut duties = duties(body);
    assert_eq!(duties.len(), 1, "{body}: {duties:#?}");
    duties.remove(0)
}

fn due(duty: &Duty) -> Option<(Date, bool)> {
    duty.due.zip(duty.due_inclusive)
}

#[test]
fn a_body_with_any_verb_has_a_duty() {
    for (sentence, who, what) in [
        (
            "Công đoàn Tổng công ty xét chọn sáng kiến.",
            "Công đoàn Tổng công ty",
            "xét chọn sáng kiến",
        ),
        (
            "Bí thư các chi bộ trực thuộc lo nhân sự dự hội nghị.",
            "Bí thư các chi bộ trực thuộc",
            "lo nhân sự dự hội nghị",
        ),
        (
            "Trạm Y tế xã sắp lịch trực.",
            "Trạm Y tế xã",
            "sắp lịch trực",
        ),
        (
            "Quản đốc các phân xưởng lấy phiếu hỏi công nhân.",
            "Quản đốc các phân xưởng",
            "lấy phiếu hỏi công nhân",
        ),
        (
            "Khối dân vận các xã, thị trấn tự đánh giá.",
            "Khối dân vận các xã, thị trấn",
            "tự đánh giá",
        ),
        (
            "Các buôn, thôn quét dọn nhà cộng đồng.",
            "Các buôn, thôn",
            "quét dọn nhà cộng đồng",
        ),
        (
            "Trung tâm Văn hóa - Thông tin dựng phóng sự.",
            "Trung tâm Văn hóa - Thông tin",
            "dựng phóng sự",
        ),
        (
            "Phòng Dân vận (Ban Tuyên giáo) nhắc hạn.",
            "Phòng Dân vận (Ban Tuyên giáo)",
            "nhắc hạn",
        ),
        (
            "Những xã chưa có tổ hòa giải phải lập tổ hòa giải.",
            "Những xã chưa có tổ hòa giải",
            "lập tổ hòa giải",
        ),
        (
            "Đảng ủy Công an, Đảng ủy Quân sự mỗi đơn vị cử 02 người.",
            "Đảng ủy Công an Đảng ủy Quân sự",
            "cử 02 người",
        ),
    ] {
        let duty = one(&format!("1. {sentence}"));
        assert_eq!(duty.who.join(" "), who);
        assert_eq!(duty.deliverable.as_deref(), Some(what), "{sentence}");
    }
}

#[test]
fn two_bodies_with_a_verb_each_have_a_duty_each() {
    for sentence in [
        "Văn phòng Huyện ủy trích quỹ khen thưởng, Ban Tổ chức rà hồ sơ.",
        "Sở Tài chính cấp kinh phí, Sở Nội vụ thẩm định hồ sơ.",
    ] {
        assert_eq!(duties(&format!("1. {sentence}")).len(), 2, "{sentence}");
    }
    for sentence in [
        "Ban Dân vận phối hợp với Ban Tổ chức, Văn phòng Huyện ủy chuẩn bị hội nghị.",
        "Sở Nội vụ trình Ủy ban nhân dân huyện, Chủ tịch Ủy ban nhân dân huyện quyết định.",
    ] {
        assert_eq!(duties(&format!("1. {sentence}")).len(), 1, "{sentence}");
    }
}

#[test]
fn who_adopts_is_told_in_every_voice() {
    for words in [
        "được tập thể ban thường vụ thống nhất",
        "trình tập thể ban thường vụ thông qua",
        "tập thể ban thường vụ thông qua",
        "để tập thể ban thường vụ thông qua",
        "thông qua tập thể ban thường vụ",
    ] {
        let duty = one(&format!(
            "1. Đảng ủy các xã có báo cáo sơ kết, {words}, gửi Ban Dân vận Huyện ủy trước ngày 15/4/2023."
        ));
        assert_eq!(
            duty.adopted_by.as_deref(),
            Some("tập thể ban thường vụ"),
            "{words}"
        );
        assert_eq!(duty.to.as_deref(), Some("Ban Dân vận Huyện ủy"), "{words}");
        assert_eq!(due(&duty), Some((date(2023, 4, 15), false)), "{words}");
    }
    let duty = one("1. Đảng ủy các xã viết báo cáo sơ kết. Tập thể đảng ủy thông qua.");
    assert_eq!(duty.adopted_by.as_deref(), Some("Tập thể đảng ủy"));
    let duty =
        one("1. Đảng ủy các xã viết báo cáo, xin ý kiến các chi bộ, gửi Ban Dân vận Huyện ủy.");
    assert_eq!(duty.adopted_by, None, "who is asked adopts nothing");
}

#[test]
fn what_follows_a_report_completes_it() {
    for tail in [
        ". Hạn cuối: 15/4/2023.",
        "; hoàn chỉnh, gửi Ban Dân vận Huyện ủy muộn nhất ngày 15/4/2023.",
        ". Gửi Ban Dân vận Huyện ủy, chậm nhất ngày 15/4/2023.",
        ". Báo cáo được ký, đóng dấu, gửi về Ban Dân vận Huyện ủy chậm nhất ngày 15/4/2023.",
        ", trình Thường trực cho ý kiến ngày 10/4/2023, rồi gửi Ban Dân vận Huyện ủy chậm nhất ngày 15/4/2023.",
    ] {
        let duty = one(&format!("1. Phòng Tư pháp viết báo cáo chuyên đề{tail}"));
        assert_eq!(duty.duty, DutyKind::Report, "{tail}");
        assert_eq!(due(&duty), Some((date(2023, 4, 15), true)), "{tail}");
    }
}

#[test]
fn what_follows_a_task_gives_its_due() {
    for tail in [
        "Việc này làm xong trước 15-4-2023.",
        "Hoàn thành trước ngày 15/4/2023.",
        "Xong trước ngày 15/4/2023.",
    ] {
        let duty = one(&format!("1. Phòng Tư pháp rà lại các tổ hòa giải. {tail}"));
        assert_eq!(due(&duty), Some((date(2023, 4, 15), false)), "{tail}");
    }
}

#[test]
fn a_due_may_be_borrowed_from_another_body() {
    for words in [
        "cùng thời hạn với các xã",
        "cùng hạn với đảng ủy các xã",
        "cùng ngày với các xã",
    ] {
        let duties = duties(&format!(
            "1. Đảng ủy các xã gửi báo cáo về Ban Dân vận Huyện ủy trước ngày 15/4/2023.\n2. Phòng Tư pháp báo cáo chuyên đề, gửi Ban Dân vận Huyện ủy {words}."
        ));
        assert_eq!(due(&duties[1]), Some((date(2023, 4, 15), false)), "{words}");
    }
    let unknown =
        one("1. Phòng Tư pháp gửi báo cáo về Ban Dân vận Huyện ủy cùng thời hạn với Sở Nội vụ.");
    assert_eq!(unknown.due, None);
}

#[test]
fn another_body_may_send_the_same_report_later() {
    let duties = duties(
        "1. Phòng Dân tộc các huyện viết báo cáo tổng kết, gửi Ban Dân tộc. Hạn cuối: 05-4-2023. Huyện Suối Lanh gửi sau, hạn cuối 15-4-2023.",
    );
    assert_eq!(duties.len(), 2);
    assert_eq!(duties[1].who, ["Huyện Suối Lanh"]);
    assert_eq!(duties[1].deliverable, duties[0].deliverable);
    assert_eq!(due(&duties[0]), Some((date(2023, 4, 5), true)));
    assert_eq!(due(&duties[1]), Some((date(2023, 4, 15), true)));
}

#[test]
fn an_organ_without_a_name_acts_for_the_body_before_the_colon() {
    let duty = one(
        "1. Công đoàn cơ sở: Ban Chấp hành họp kiểm điểm, ra báo cáo sơ kết nộp Công đoàn ngành chậm nhất 15/4/2023.",
    );
    assert_eq!(duty.who, ["Công đoàn cơ sở"]);
    assert_eq!(duty.duty, DutyKind::Report);
}

#[test]
fn work_on_the_reports_of_others_is_a_task() {
    for verb in ["đối chiếu", "nghiệm thu", "gom", "đọc, thẩm tra", "lưu"] {
        let duty = one(&format!(
            "1. Thanh tra huyện {verb} báo cáo của các xã với hồ sơ gốc."
        ));
        assert_eq!(duty.duty, DutyKind::Task, "{verb}");
    }
}

#[test]
fn a_head_of_a_table_is_known_by_its_sense() {
    for head in [
        "Ai làm | Làm gì | Bao giờ xong",
        "Người thực hiện | Công việc | Hạn",
        "Đơn vị chủ trì | Nội dung | Thời gian",
        "Nơi thực hiện | Việc phải làm | Ngày xong",
        "Giao cho | Đầu việc | Mốc",
        "Bên A | Phần | Cuối",
    ] {
        let duties = duties(&format!(
            "{head}\nPhòng Tư pháp | Lập danh sách | 15/4/2023\nPhòng Nội vụ | Kiểm tra hồ sơ | 20/4/2023"
        ));
        assert_eq!(duties.len(), 2, "{head}: {duties:#?}");
        assert_eq!(duties[0].who, ["Phòng Tư pháp"], "{head}");
        assert_eq!(due(&duties[0]), Some((date(2023, 4, 15), true)), "{head}");
    }
}

#[test]
fn where_two_readings_are_possible_no_day_is_given() {
    for sentence in [
        "Phòng Tư pháp gửi báo cáo kết quả kiểm tra trong tháng 4/2023.",
        "Phòng Tư pháp gửi báo cáo kết quả thực hiện trong thời gian từ 01/01/2023 đến 15/4/2023.",
        "Các khoa sẽ kiểm định trong năm 2024 nộp báo cáo cho Phòng Tư pháp.",
        "Phòng Tư pháp công bố kết luận trong 05 ngày làm việc kể từ ngày ký.",
    ] {
        assert_eq!(one(&format!("1. {sentence}")).due, None, "{sentence}");
    }
}

#[test]
fn the_days_in_which_a_report_is_taken_in_end_with_its_due() {
    for words in [
        "nộp báo cáo cho Phòng Tư pháp trong khoảng từ 04/4/2023 đến 15/4/2023",
        "gửi báo cáo về Phòng Tư pháp, thời hạn: từ ngày 04/4 đến ngày 15/4/2023",
    ] {
        let duty = one(&format!("1. Các xã {words}."));
        assert_eq!(due(&duty), Some((date(2023, 4, 15), true)), "{words}");
    }
}
