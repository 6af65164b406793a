//! Where duties stand in prose and lists, each way in wordings of several offices.

use super::*;

/// The duties of a plan with these paragraphs below its lead-in, a line each: `bodies | kind | what | to | due`.
pub(super) fn told(lines: &str) -> Vec<String> {
    frame("", "UBND tỉnh ban hành Kế hoạch như sau:", lines)
}

/// The duties of a letter to `to`.
pub(super) fn asked(to: &str, lead: &str, lines: &str) -> Vec<String> {
    frame(&format!("Kính gửi: {to}\n\n"), lead, lines)
}

fn frame(to: &str, lead: &str, lines: &str) -> Vec<String> {
    let kind = if to.is_empty() {
        "KẾ HOẠCH\nsơ kết 3 năm công tác hòa giải"
    } else {
        "V/v sơ kết 3 năm công tác hòa giải"
    };
    let text = format!(
        "UBND TỈNH TÂN LẠC\nSố: 55/UBND-NC\n{kind}\nTân Lạc, ngày 10 tháng 3 năm 2023\n\n{to}{lead}\n\n{lines}\n"
    );
    let line = |duty: &Duty| {
        format!(
            "{} | {:?} | {} | {} | {}",
            duty.who.join(", "),
            duty.duty,
            duty.deliverable.as_deref().unwrap_or_default(),
            duty.to.as_deref().unwrap_or_default(),
            duty.due.map(|due| due.to_string()).unwrap_or_default()
        )
    };
    read_text(&text).plan.assignments.iter().map(line).collect()
}

/// Checks each text against the duties it gives.
pub(super) fn check(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(told(text), *wanted, "{text}");
    }
}

#[test]
fn whatever_word_follows_a_body_says_what_it_is_to_do() {
    check(&[
        (
            "1. Các Trạm bảo vệ rừng nghiệm thu diện tích khoán.",
            &["Các Trạm bảo vệ rừng | Task | nghiệm thu diện tích khoán |  | "],
        ),
        (
            "1. Chi đoàn Thanh niên nhận phần văn nghệ; Công đoàn lo nước uống.",
            &[
                "Chi đoàn Thanh niên | Task | nhận phần văn nghệ |  | ",
                "Công đoàn | Task | lo nước uống |  | ",
            ],
        ),
        (
            "1. Quản đốc các phân xưởng:\na) Kiện toàn mạng lưới an toàn viên;\nb) Siết chặt việc ra vào cổng.",
            &[
                "Quản đốc các phân xưởng | Task | Kiện toàn mạng lưới an toàn viên |  | ",
                "Quản đốc các phân xưởng | Task | Siết chặt việc ra vào cổng |  | ",
            ],
        ),
        (
            "1. Các đơn vị nghiêm chỉnh thực hiện.",
            &["Các đơn vị | Task | nghiêm chỉnh thực hiện |  | "],
        ),
        (
            "1. Cán bộ giảm nghèo xã lưu đủ các báo cáo đã gửi thành một tập.",
            &["Cán bộ giảm nghèo xã | Task | lưu đủ các báo cáo đã gửi thành một tập |  | "],
        ),
    ]);
}

#[test]
fn what_is_work_on_a_report_is_no_report() {
    check(&[
        (
            "1. Ban Pháp chế nghiên cứu báo cáo, làm đầu mối liên hệ.",
            &["Ban Pháp chế | Task | nghiên cứu báo cáo, làm đầu mối liên hệ |  | "],
        ),
        (
            "1. UBND các xã vùng đệm góp ý bằng văn bản về dự thảo báo cáo.",
            &["UBND các xã vùng đệm | Task | góp ý bằng văn bản về dự thảo báo cáo |  | "],
        ),
        (
            "1. Văn phòng UBND tỉnh thẩm tra dự thảo báo cáo.",
            &["Văn phòng UBND tỉnh | Task | thẩm tra dự thảo báo cáo |  | "],
        ),
        (
            "1. Sở Tư pháp tổng hợp báo cáo của các huyện.",
            &["Sở Tư pháp | Task | tổng hợp báo cáo của các huyện |  | "],
        ),
        (
            "1. Sở Tư pháp tổng hợp báo cáo của toàn tỉnh, trình UBND tỉnh trước ngày 20/7/2023.",
            &["Sở Tư pháp | Report | báo cáo của toàn tỉnh | UBND tỉnh | 2023-07-20"],
        ),
    ]);
}

#[test]
fn a_time_may_stand_before_the_verb_or_the_body() {
    check(&[
        (
            "1. Trách nhiệm của các trưởng trạm:\n- Trước ngày 20/5/2023 nộp báo cáo 5 năm;\n- Cuối mỗi tháng báo số vụ vi phạm cho Phòng Kỹ thuật.",
            &[
                "các trưởng trạm | Report | báo cáo 5 năm |  | 2023-05-20",
                "các trưởng trạm | Task | báo số vụ vi phạm | Phòng Kỹ thuật | ",
            ],
        ),
        (
            "1. Sau ngày 20/10/2023, Phòng Tổng hợp lập danh sách các đảng ủy, trình Chánh Văn phòng trong ngày 21/10/2023.",
            &["Phòng Tổng hợp | Task | lập danh sách các đảng ủy | Chánh Văn phòng | 2023-10-21"],
        ),
        (
            "Tuần 1 (từ 12/6/2023 đến 16/6/2023): các khoa, phòng tự chấm điểm.",
            &["các khoa, phòng | Task | tự chấm điểm |  | 2023-06-16"],
        ),
    ]);
}

#[test]
fn work_may_be_named_before_who_does_it() {
    check(&[
        (
            "1. Việc mua sắm phần thưởng do Phòng Hành chính đảm nhận, xong trong tháng 4/2023.",
            &["Phòng Hành chính | Task | mua sắm phần thưởng |  | 2023-04-30"],
        ),
        (
            "1. Báo cáo chuyên đề về nợ thuế (không có mẫu): Phòng Quản lý nợ lập, trình Cục trưởng trong quý II/2023.",
            &["Phòng Quản lý nợ | Report | Báo cáo chuyên đề về nợ thuế | Cục trưởng | 2023-06-30"],
        ),
        (
            "1. Lùi thời hạn gửi báo cáo: Ban Chỉ đạo các xã gửi báo cáo tự kiểm tra về Sở Nội vụ trước ngày 20/6/2023.",
            &["Ban Chỉ đạo các xã | Report | báo cáo tự kiểm tra | Sở Nội vụ | 2023-06-20"],
        ),
    ]);
}

#[test]
fn names_are_known_by_their_place() {
    check(&[
        (
            "1. Phòng Giám sát quản lý về hải quan\na) Soạn báo cáo trước ngày 20/6/2023.\n2. Sở Tài chính\na) Bố trí kinh phí.",
            &[
                "Phòng Giám sát quản lý về hải quan | Report | báo cáo |  | 2023-06-20",
                "Sở Tài chính | Task | Bố trí kinh phí |  | ",
            ],
        ),
        (
            "1. Công lực các huyện: trích số liệu.\n2. Phòng PV05: đôn đốc.\n3. Sở Tài chính: cấp kinh phí.\n4. Bảo vệ: siết chặt ra vào cổng.",
            &[
                "Công lực các huyện | Task | trích số liệu |  | ",
                "Phòng PV05 | Task | đôn đốc |  | ",
                "Sở Tài chính | Task | cấp kinh phí |  | ",
                "Bảo vệ | Task | siết chặt ra vào cổng |  | ",
            ],
        ),
        (
            "1. Các Sở: Công Thương, Xây dựng, Giao thông vận tải\nMỗi sở lập báo cáo của ngành trước ngày 20/6/2023.",
            &[
                "Các Sở: Công Thương, Xây dựng, Giao thông vận tải | Report | báo cáo của ngành |  | 2023-06-20",
            ],
        ),
        (
            "1. Cô Phó Hiệu trưởng phụ trách chuyên môn: viết phần chuyên môn, xong trước ngày 15/5/2023.",
            &[
                "Cô Phó Hiệu trưởng phụ trách chuyên môn | Task | viết phần chuyên môn |  | 2023-05-15",
            ],
        ),
        (
            "- Phòng Tổ chức lao động:\n- Tính lại quỹ lương khoán;\n- Văn phòng:\n- Chuẩn bị hội trường.",
            &[
                "Phòng Tổ chức lao động | Task | Tính lại quỹ lương khoán |  | ",
                "Văn phòng | Task | Chuẩn bị hội trường |  | ",
            ],
        ),
    ]);
}

#[test]
fn bodies_may_be_meant_without_their_names() {
    check(&[
        (
            "1. Sở Xây dựng\n- Đề nghị Sở cung cấp thiết kế mẫu trước ngày 10/9/2023.",
            &["Sở Xây dựng | Task | cung cấp thiết kế mẫu |  | 2023-09-10"],
        ),
        (
            "1. Khoa Nội, Khoa Ngoại: mỗi khoa viết 01 báo cáo trước ngày 12/4/2023.",
            &["Khoa Nội, Khoa Ngoại | Report | báo cáo |  | 2023-04-12"],
        ),
        (
            "1. Các cơ quan dưới đây báo cáo theo lĩnh vực phụ trách trước ngày 15/5/2023:\n- Sở Nội vụ;\n- Sở Tài chính.",
            &["Sở Nội vụ, Sở Tài chính | Report | báo cáo theo lĩnh vực phụ trách |  | 2023-05-15"],
        ),
        (
            "1. Mỗi xã chọn một hình thức. Làm xong thì gửi báo cáo về Sở Nội vụ trước ngày 10/5/2023.",
            &[
                "Mỗi xã | Task | chọn một hình thức |  | ",
                "Mỗi xã | Report | báo cáo | Sở Nội vụ | 2023-05-10",
            ],
        ),
    ]);
}

#[test]
fn a_letter_asks_those_it_goes_to() {
    for lead in [
        "Sở Xây dựng đề nghị quý cơ quan:",
        "Để có cơ sở tổng hợp, Sở Xây dựng yêu cầu triển khai các công việc sau:",
        "Nay Sở Xây dựng đề nghị UBND các huyện tiến hành đánh giá, cụ thể:",
    ] {
        assert_eq!(
            asked(
                "UBND các huyện",
                lead,
                "1. Rà soát quỹ đất.\n2. Gửi báo cáo trước ngày 10/6/2023."
            ),
            [
                "UBND các huyện | Task | Rà soát quỹ đất |  | ",
                "UBND các huyện | Report | báo cáo |  | 2023-06-10"
            ],
            "{lead}"
        );
    }
}

#[test]
fn each_body_may_have_its_own_due_below_a_common_request() {
    let mut told = asked(
        "UBND các huyện; Đoàn Luật sư tỉnh",
        "Sở Tư pháp đề nghị UBND các huyện, Đoàn Luật sư tỉnh lập báo cáo tổng kết.",
        "Thời hạn nhận báo cáo tại Sở Tư pháp như sau:\n+ UBND các huyện: trước ngày 19/6/2023;\n+ Đoàn Luật sư tỉnh: trong tháng 6/2023.",
    );
    told.sort();
    assert_eq!(
        told,
        [
            "UBND các huyện | Report | báo cáo tổng kết | Sở Tư pháp | 2023-06-19",
            "Đoàn Luật sư tỉnh | Report | báo cáo tổng kết | Sở Tư pháp | 2023-06-30"
        ]
    );
}

#[test]
fn what_is_told_judged_or_threatened_is_no_duty() {
    for sentence in [
        "Các cấp chỉ làm báo cáo, không mở hội nghị.",
        "Khoa đạt cả ba chỉ số được cộng 5 điểm thi đua.",
        "Sau thời hạn này, Sở sẽ không xét thi đua đối với đơn vị không có báo cáo.",
        "Đơn vị tiếp tục chậm trễ sẽ bị phê bình.",
        "Công an xã Tân Phong báo cáo chậm.",
        "Các đơn vị đã gửi đầy đủ không phải gửi lại.",
        "Ban đại diện cha mẹ học sinh được mời dự triển lãm.",
        "Chậm nộp sẽ trừ điểm thi đua.",
        "Đầu mối liên hệ: ông Nguyễn Văn An, Sở Nội vụ, điện thoại 0912.004.583.",
        "Thể lệ được đăng trên trang của Sở.",
        "Văn phòng UBND tỉnh thông báo để các cơ quan, đơn vị biết.",
    ] {
        assert_eq!(told(&format!("1. {sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn whom_a_body_charges_of_its_own_people_is_its_matter() {
    check(&[
        (
            "1. UBND các xã\n- Phân công cán bộ trực, tiếp nhận tin báo.",
            &["UBND các xã | Task | Phân công cán bộ trực, tiếp nhận tin báo |  | "],
        ),
        (
            "1. Sở Tài nguyên và Môi trường\n- Yêu cầu các tổ chức được cấp phép hoàn thổ các hố sâu.",
            &[
                "Sở Tài nguyên và Môi trường | Task | Yêu cầu các tổ chức được cấp phép hoàn thổ các hố sâu |  | ",
            ],
        ),
        (
            "1. UBND các huyện\n- Chỉ đạo UBND các phường báo cáo kết quả về UBND cấp huyện trước ngày 06/9/2023.",
            &["UBND các phường | Report | báo cáo kết quả | UBND cấp huyện | 2023-09-06"],
        ),
        (
            "1. Phân công đồng chí Lê Thị Hoa dự họp với chi bộ.",
            &["đồng chí Lê Thị Hoa | Task | dự họp với chi bộ |  | "],
        ),
    ]);
}
