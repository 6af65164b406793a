//! Names by the rules they are built by.

use super::{body_at, list_at};

/// The bodies that `text` begins with, and what is left after them.
fn read(text: &str) -> (Vec<&str>, &str) {
    list_at(text, 0).map_or((Vec::new(), text), |(bodies, end)| {
        let bodies = bodies.into_iter().map(|body| &text[body]).collect();
        (bodies, text[end..].trim_start())
    })
}

/// Every line is one name, with a bar before what is no part of it.
fn one_name(lines: &[&str]) {
    let mut wrong = Vec::new();
    for line in lines {
        let (name, rest) = line.split_once(" | ").unwrap_or((line, ""));
        let text = format!("{name} {rest}");
        let text = text.trim_end();
        if read(text) != (vec![name], rest) {
            wrong.push(format!("{line}: {:?}", read(text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_known_field_is_whole_whatever_verbs_it_holds() {
    one_name(&[
        "Phòng Tuyên truyền - Hỗ trợ người nộp thuế | duy trì nhóm Zalo",
        "Chi cục Chăn nuôi và Thú y | báo cáo kết quả tiêm phòng",
        "Vụ An toàn giao thông | có trách nhiệm theo dõi",
        "Cục Xuất nhập khẩu | tổ chức đoàn khảo sát",
        "Cục Phổ biến, giáo dục pháp luật | tổng hợp báo cáo",
        "Sở Văn hóa, Thể thao và Du lịch | xây dựng kế hoạch",
        "Phòng Kinh tế, Hạ tầng và Đô thị | tổng hợp số liệu",
        "Phòng Giám sát quản lý về hải quan | tổng hợp số liệu",
        "Phòng Cảnh sát quản lý hành chính về trật tự xã hội | gửi báo cáo",
        "Phòng Tuyên truyền, Báo chí - Xuất bản | đôn đốc các đơn vị",
        "Phòng Quản lý, hỗ trợ hộ kinh doanh, cá nhân kinh doanh số 2 | liên hệ với các hộ",
        "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh | trực ban 24/24 giờ",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh | thi công trở lại gói thầu",
        "Ban Chỉ đạo phổ cập giáo dục, xóa mù chữ các xã, thị trấn | gửi báo cáo tự kiểm tra",
        "Phòng Quản lý xuất nhập cảnh | rà soát thủ tục",
        "Tiểu ban Tuyên truyền, khánh tiết | dựng 02 cụm cổ động",
        "Khối Quản lý rủi ro | thẩm định hồ sơ",
        "Khoa Chẩn đoán hình ảnh | lập phương án tăng ca",
        "Phòng Thanh tra thuế số 1 | kiểm tra hóa đơn",
        "Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh | vận động nguồn lực",
        "Cục Quản lý, giám sát kế toán, kiểm toán | hướng dẫn đơn vị",
        "Văn phòng Điều phối nông thôn mới tỉnh | tổng hợp kết quả",
        "Phòng Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính | rà soát văn bản",
    ]);
}

#[test]
fn a_head_noun_takes_a_field_in_lower_case_when_what_the_body_does_follows() {
    one_name(&[
        "Hội đồng xử lý hàng tồn đọng của các Chi cục | bàn giao hồ sơ",
        "Hội đồng Tự đánh giá | họp thông qua báo cáo",
        "Đoàn kiểm tra | làm việc với các xã",
        "Tổ công tác | rà soát hồ sơ",
        "Ban chỉ huy quân sự xã | lập danh sách",
        "Ban quản lý dự án | báo cáo tiến độ",
        "Tổ giúp việc | tổng hợp ý kiến",
        "Ban chỉ đạo phòng, chống dịch bệnh | họp giao ban",
        "Tổ công nghệ số cộng đồng | hướng dẫn người dân",
        "Tổ bảo vệ an ninh, trật tự | tuần tra đêm",
    ]);
}

#[test]
fn a_field_no_table_knows_goes_on_by_the_form_of_its_words() {
    one_name(&[
        "Vụ Điều phối liên vùng | báo cáo tình hình",
        "Phòng Chế tạo | gửi bản vẽ",
        "Trung tâm Phát triển hạ tầng cụm công nghiệp huyện | lập danh mục",
        "Hợp tác xã Dịch vụ nước sạch Thanh Lâm | báo cáo tình hình cấp nước",
        "Công ty Cổ phần Môi trường đô thị Hoành Sơn | vận hành lò đốt",
        "Phòng Đóng tàu, Sửa tàu và Cơ khí | nghiệm thu vật tư",
        "Ban Lễ hội - Sự kiện | dựng sân khấu",
        "Công ty TNHH Cấp nước Sông Nhuệ | gửi số liệu",
    ]);
}

#[test]
fn a_name_is_over_after_its_level_place_or_number() {
    one_name(&[
        "Thanh tra tỉnh | thanh tra 02 dự án chậm tiến độ",
        "Trạm Y tế phường | trực sơ cứu tại điểm tập trung",
        "Cơ quan Ủy ban Kiểm tra | làm việc với 06 đảng bộ",
        "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã | Tập hợp ý kiến của cử tri",
        "Công an huyện Sơn Bình | canh gác kho vật liệu",
        "Trung đoàn 867 | cử cán bộ tham gia",
        "Chi cục Hải quan cửa khẩu cảng Cửa Lạch | đối chiếu các container",
        "Hội Nông dân tỉnh | rà lại danh sách",
        "Cơ quan Cảnh sát điều tra Công an huyện | cung cấp danh sách",
        "Thuế cơ sở 3 | đôn đốc thu nợ",
        "Ban Chỉ đạo 138 huyện | kiểm điểm kết quả",
        "Tòa án nhân dân khu vực 2 | gửi báo cáo",
        "UBND thành phố Hội An | trùng tu chùa",
        "Đảng ủy xã Đoàn Kết | soi lại chỉ tiêu",
        "Kho bạc Nhà nước khu vực IV | kiểm soát chi",
        "Các ngân hàng thương mại trên địa bàn | gửi báo cáo",
        "Các ngân hàng thương mại trên địa bàn tỉnh | gửi báo cáo",
        "Các cơ quan, đơn vị được giao chủ trì | gửi báo cáo",
        "các sở, ngành có liên quan | góp ý dự thảo",
    ]);
}

#[test]
fn a_bracket_on_the_part_of_a_body_belongs_to_no_name() {
    let (bodies, _) = read("Hạt Kiểm lâm huyện (cơ quan thường trực) tổng hợp báo cáo");
    assert_eq!(bodies, ["Hạt Kiểm lâm huyện"]);
    let (bodies, _) = read("Phòng Dân vận (Ban Tuyên giáo và Dân vận Tỉnh ủy) tổng hợp");
    assert_eq!(
        bodies,
        ["Phòng Dân vận (Ban Tuyên giáo và Dân vận Tỉnh ủy)"]
    );
}

#[test]
fn a_list_parts_where_another_body_begins_and_nowhere_inside_a_name() {
    for (text, wanted) in [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Sở Giáo dục và Đào tạo và Ban Quản lý các khu công nghiệp tỉnh gửi",
            vec![
                "Sở Văn hóa, Thể thao và Du lịch",
                "Sở Giáo dục và Đào tạo",
                "Ban Quản lý các khu công nghiệp tỉnh",
            ],
        ),
        (
            "Phòng Cảnh sát giao thông, Phòng Quản lý xuất nhập cảnh, Phòng Cảnh sát quản lý hành chính về trật tự xã hội tổ chức lấy phiếu",
            vec![
                "Phòng Cảnh sát giao thông",
                "Phòng Quản lý xuất nhập cảnh",
                "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
            ],
        ),
        (
            "Chi cục Hải quan cửa khẩu cảng Cửa Lạch và Chi cục Hải quan cửa khẩu cảng Hòn Dài báo cáo",
            vec![
                "Chi cục Hải quan cửa khẩu cảng Cửa Lạch",
                "Chi cục Hải quan cửa khẩu cảng Hòn Dài",
            ],
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch, Báo và Phát thanh, Truyền hình tỉnh tuyên truyền",
            vec![
                "Sở Văn hóa, Thể thao và Du lịch",
                "Báo và Phát thanh, Truyền hình tỉnh",
            ],
        ),
    ] {
        assert_eq!(read(text).0, wanted);
    }
}

#[test]
fn an_addressee_is_whole_too() {
    for (text, wanted) in [
        (
            "Sở Văn hóa, Thể thao và Du lịch trước ngày 20/6",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị để tổng hợp",
            "Phòng Kinh tế, Hạ tầng và Đô thị",
        ),
        (
            "Tòa án nhân dân tối cao theo quy định",
            "Tòa án nhân dân tối cao",
        ),
        (
            "Ủy ban An toàn giao thông Quốc gia, đồng gửi",
            "Ủy ban An toàn giao thông Quốc gia",
        ),
        (
            "Ban Chỉ đạo Quốc gia về Phòng, chống thiên tai theo quy định",
            "Ban Chỉ đạo Quốc gia về Phòng, chống thiên tai",
        ),
        (
            "Cục Công tác đảng và công tác chính trị trước ngày",
            "Cục Công tác đảng và công tác chính trị",
        ),
        (
            "Chi cục Chăn nuôi và Thú y để tổng hợp",
            "Chi cục Chăn nuôi và Thú y",
        ),
        ("Hội đồng Tự đánh giá trước ngày", "Hội đồng Tự đánh giá"),
        ("Khối Quản lý rủi ro qua email", "Khối Quản lý rủi ro"),
        (
            "các chi, đảng bộ cơ sở trước ngày",
            "các chi, đảng bộ cơ sở",
        ),
    ] {
        assert_eq!(body_at(text, 0).map(|body| &text[body]), Some(wanted));
    }
}

fn list(text: &str) -> Vec<&str> {
    list_at(text, 0)
        .map(|(bodies, _)| bodies.into_iter().map(|body| &text[body]).collect())
        .unwrap_or_default()
}

#[test]
fn a_list_of_bodies_ends_at_the_verb_and_splits_at_new_bodies_only() {
    assert_eq!(
        list("Ban Tuyên giáo và Dân vận Tỉnh ủy, Sở Nội vụ và Sở Tài chính báo cáo"),
        [
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Sở Nội vụ",
            "Sở Tài chính"
        ]
    );
    assert_eq!(
        list("Các cơ quan, đơn vị, địa phương gửi báo cáo"),
        ["Các cơ quan, đơn vị, địa phương"]
    );
    assert_eq!(
        list("Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh chỉ đạo"),
        ["Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh"]
    );
    assert_eq!(
        list("Ban Tổ chức Tỉnh ủy xây dựng"),
        ["Ban Tổ chức Tỉnh ủy"]
    );
}

#[test]
fn an_addressee_ends_before_the_date_and_the_purpose() {
    let text = "Sở Nội vụ trước ngày 30/9/2022";
    assert_eq!(body_at(text, 0).map(|body| &text[body]), Some("Sở Nội vụ"));
    let text = "Ban Dân vận Tỉnh ủy để tổng hợp";
    assert_eq!(
        body_at(text, 0).map(|body| &text[body]),
        Some("Ban Dân vận Tỉnh ủy")
    );
}
#[test]
fn names_of_the_offices_of_every_branch_are_whole_before_what_they_do() {
    one_name(&[
        // State, before and after 2025.
        "Sở Lao động - Thương binh và Xã hội | đào tạo nghề cho 1.200 lao động",
        "Sở Nông nghiệp và Phát triển nông thôn các tỉnh ven biển | thống kê tàu cá",
        "Sở Quy hoạch - Kiến trúc | thẩm định đồ án",
        "Sở Dân tộc và Tôn giáo | kiểm tra các xã",
        "Phòng Tài nguyên và Môi trường huyện Sơn Bình | xử lý bãi rác",
        "Phòng Văn hóa - Xã hội xã | soạn báo cáo",
        "Trung tâm Phục vụ hành chính công xã | niêm yết thủ tục",
        "Văn phòng HĐND và UBND huyện | đôn đốc các phòng",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh | chuẩn bị tài liệu",
        "Chi cục Thủy lợi và Phòng, chống thiên tai | vận hành hồ chứa",
        "Chi cục Trồng trọt và Bảo vệ thực vật tỉnh | phun thuốc",
        "Cục Quản lý thị trường tỉnh Đông Khê | kiểm tra các kho",
        "Cục Thi hành án dân sự tỉnh | giải quyết án tồn",
        "Kho bạc Nhà nước huyện | thanh toán vốn",
        "Bảo hiểm xã hội khu vực VII | chi trả lương hưu",
        "Thanh tra Chính phủ | thanh tra đột xuất",
        "Tổng cục Thống kê | công bố số liệu",
        "Kiểm toán nhà nước khu vực IX | kiểm toán ngân sách",
        "Ban Quản lý các khu công nghiệp và chế xuất thành phố | rà soát quy hoạch",
        "Ban Quản lý rừng phòng hộ Sông Lam | tuần tra rừng",
        "Hạt Kiểm lâm liên huyện Bắc Sơn - Nà Rì | trực cháy rừng",
        "Trung tâm Dịch vụ nông nghiệp huyện | cấp giống",
        "Trung tâm Kiểm soát bệnh tật tỉnh | phun hóa chất",
        "Trạm Chăn nuôi và Thú y khu vực Tiên Lữ | tiêm phòng",
        "Đội Quản lý trật tự đô thị quận | dọn vỉa hè",
        "Tòa án nhân dân cấp cao tại Đà Nẵng | xét xử lưu động",
        "Viện kiểm sát nhân dân thành phố Hà Trung | kiểm sát nhà tạm giữ",
        "Cục Hàng hải và Đường thủy Việt Nam | công bố luồng",
        // Party, Front and unions.
        "Ban Thường vụ Đảng ủy các cơ quan Đảng tỉnh | kiểm điểm tập thể",
        "Ủy ban Kiểm tra Đảng ủy phường Trà Tân | thẩm tra hồ sơ",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy | định hướng báo chí",
        "Ban Nội chính Trung ương | nghiên cứu đề án",
        "Đảng ủy Ủy ban nhân dân xã Đắk Ru | sơ kết nghị quyết",
        "Trung tâm Chính trị huyện | mở lớp bồi dưỡng",
        "Ban Xây dựng tổ chức Hội | hướng dẫn các xã",
        "Hội Liên hiệp Phụ nữ tỉnh | ra mắt mô hình",
        "Hội Nạn nhân chất độc da cam/dioxin huyện | thăm hỏi gia đình",
        "Hội Cựu thanh niên xung phong tỉnh | gặp mặt hội viên",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh | phản biện đề án",
        "Liên đoàn Lao động thành phố Sa Hải | trao mái ấm",
        "Ban Chính sách, pháp luật và Quan hệ lao động | rà thỏa ước",
        "Ban Thường trực Ủy ban MTTQ Việt Nam các xã, phường | lấy phiếu",
        "Tỉnh đoàn Lam Thủy | phát động tháng thanh niên",
        "Ban Thanh niên trường học | soạn thể lệ",
        // Armed forces.
        "Phòng Tham mưu - Kế hoạch | soạn phương án",
        "Ban Chỉ huy Quân sự phường | gọi khám tuyển",
        "Đồn Biên phòng Cửa khẩu cảng Hòn Dài | kiểm soát tàu thuyền",
        "Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao | xác minh tài khoản",
        "Đội Cảnh sát quản lý hành chính về trật tự xã hội | thu hồi vũ khí",
        "Phòng Xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc | chấm điểm",
        "Công an xã Nà Phiêng | bắn thử còi báo động",
        "Hải đội 2 | tuần tra vùng biển",
        // Schools, hospitals, enterprises.
        "Khoa Phẫu thuật - Gây mê hồi sức | xếp lịch mổ",
        "Khoa Kiểm soát nhiễm khuẩn | soi mẫu nước",
        "Phòng Vật tư - Thiết bị y tế | đấu thầu vật tư",
        "Phòng Khảo thí và Đảm bảo chất lượng | in đề thi",
        "Phòng Công tác sinh viên | chấm điểm rèn luyện",
        "Trường Tiểu học Suối Luông | dạy bù",
        "Trường Cao đẳng Kỹ thuật Công nghiệp Đông Khê | tuyển sinh",
        "Xí nghiệp Khai thác công trình thủy lợi Sơn Bình | nạo vét kênh",
        "Công ty TNHH MTV Lâm nghiệp Ba Lòng | trồng rừng",
        "Ngân hàng Chính sách xã hội tỉnh | giải ngân vốn",
        "Phân xưởng Đào lò 2 | chống giữ gương",
        "Phòng Kỹ thuật - An toàn | kiểm định thiết bị",
        "Chi nhánh Điện Hòn Khơi | ghi chỉ số",
        "Quỹ Hỗ trợ nông dân tỉnh | thẩm định dự án vay",
    ]);
}

#[test]
fn persons_who_stand_for_a_body_are_named_with_it() {
    one_name(&[
        "Chánh Thanh tra tỉnh | xử lý đơn tố cáo",
        "Chủ tịch Ủy ban nhân dân các xã, phường | đối thoại với dân",
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch | phân công cán bộ",
        "Trưởng Phòng Quản lý nợ và cưỡng chế nợ thuế | ký thông báo",
        "Phó Viện trưởng Viện kiểm sát nhân dân huyện | duyệt cáo trạng",
        "Thủ trưởng các cơ quan, đơn vị | quán triệt chỉ thị",
        "Bí thư các đảng ủy xã có dự án đi qua | trực tiếp đối thoại với các hộ",
        "bí thư chi bộ nơi xảy ra vụ việc | gửi báo cáo nhanh",
        "Tổng Giám đốc | báo cáo Hội đồng thành viên",
        "Lãnh đạo Phòng Tuyên truyền - Hỗ trợ người nộp thuế | trực hỗ trợ",
        "Chi cục trưởng Chi cục Hải quan cửa khẩu cảng Cửa Lạch | bố trí công chức",
        "Tập thể lãnh đạo Sở Kế hoạch và Đầu tư | kiểm điểm",
        "Các đồng chí Tỉnh ủy viên phụ trách địa bàn | chỉ đạo các xã",
        "Các đồng chí Huyện ủy viên được phân công phụ trách cơ sở | chỉ đạo sinh hoạt chi bộ",
        "Đảng ủy các xã, phường, thị trấn nơi có hợp tác xã | viết báo cáo",
        "Ban công tác Mặt trận ở khu dân cư | tổ chức Ngày hội",
        "đảng ủy cấp trên trực tiếp | xem xét",
        "Cán bộ y tế trường học | trực tại sân",
        "Trưởng các khoa có chương trình sẽ kiểm định trong năm 2024 | nộp minh chứng",
    ]);
}

#[test]
fn a_capital_after_a_whole_name_begins_what_the_body_does() {
    one_name(&[
        "Phòng Lao động - Thương binh và Xã hội | Tham mưu tổ chức lễ",
        "Phòng Quản lý đô thị | Chỉnh trang vỉa hè",
        "UBND các phường, xã | Vận động Nhân dân treo cờ",
        "Sở Thông tin và Truyền thông | Đánh giá hạ tầng",
        "Thành đoàn | Huy động 100 đoàn viên",
        "Liên đoàn Lao động thành phố | Tổ chức Lễ tuyên dương",
        "Ban Thường trực Ủy ban MTTQ Việt Nam xã | Tập hợp ý kiến",
        "Trường Cao đẳng Kỹ thuật Công nghiệp Đông Khê | tuyển sinh",
        "Công ty Điện lực Nam Châu | di dời đường dây",
        "UBND xã Ngũ | gửi báo cáo",
        "Ngân hàng Nhà nước chi nhánh tỉnh | báo cáo dư nợ",
        "Phòng Công nghệ thông tin | cấp tài khoản",
        "Các cơ sở bảo trợ xã hội công lập | gửi báo cáo",
        "Các trang trại chăn nuôi quy mô lớn | hoàn thành hồ sơ",
        "UBND các huyện Ea Nông, Krông Mây, Tây Lĩnh | gửi báo cáo",
        "UBND các xã Lâm Suối, Xuân Đỗ, Bảo Bàng, Thừa Lộc | trồng rừng",
        "Chi bộ cơ sở trực thuộc Huyện ủy | gửi báo cáo",
        "Đoàn Chủ tịch Trung ương Hội | xem xét",
        "Ban Thường vụ Trung ương Hội Nông dân Việt Nam | phát động phong trào",
        "Công ty Cổ phần Số hóa Bắc Hà | bàn giao ổ cứng",
    ]);
}

#[test]
fn a_name_ends_at_the_same_place_whatever_the_body_does() {
    const NAMES: [&str; 36] = [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Lao động - Thương binh và Xã hội",
        "Chi cục Chăn nuôi và Thú y",
        "Cục Phổ biến, giáo dục pháp luật",
        "Vụ An toàn giao thông",
        "Phòng Cảnh sát giao thông",
        "Phòng Tuyên truyền - Hỗ trợ người nộp thuế",
        "Phòng Giám sát quản lý về hải quan",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Phòng Quản lý, hỗ trợ hộ kinh doanh, cá nhân kinh doanh số 2",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh",
        "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh",
        "Chi cục Hải quan cửa khẩu cảng Cửa Lạch",
        "Cơ quan Cảnh sát điều tra Công an huyện",
        "Tòa án nhân dân tối cao",
        "Viện kiểm sát nhân dân huyện Sơn Bình",
        "Kho bạc Nhà nước khu vực IV",
        "Trạm Y tế phường",
        "Thanh tra tỉnh",
        "Công an xã Nà Phiêng",
        "Hạt Kiểm lâm huyện",
        "Trung đoàn 867",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Đảng ủy các xã, phường, thị trấn",
        "Ủy ban Kiểm tra Đảng ủy Khối",
        "Hội Liên hiệp Phụ nữ tỉnh",
        "Liên đoàn Lao động thành phố Sa Hải",
        "Ban Thường trực Ủy ban MTTQ Việt Nam các xã, phường",
        "UBND các huyện Ea Nông, Krông Mây, Tây Lĩnh",
        "Chủ tịch UBND các huyện, thị xã, thành phố",
        "Văn phòng HĐND và UBND huyện",
        "Khoa Phẫu thuật - Gây mê hồi sức",
        "Trường Tiểu học Suối Luông",
        "Công ty Cổ phần Môi trường đô thị Hoành Sơn",
        "Ngân hàng Nhà nước chi nhánh tỉnh",
        "Các sở, ban, ngành tỉnh",
    ];
    const DUTIES: [&str; 15] = [
        "báo cáo kết quả trước ngày 05/6/2024",
        "trực 24/24 giờ",
        "tổng hợp số liệu",
        "thả 5.000 con cá giống",
        "cấp giống cho dân",
        "quản lý hồ sơ",
        "dời bếp ăn",
        "phải gửi danh sách",
        "công bố số liệu",
        "tổ chức hội nghị",
        "có trách nhiệm đôn đốc",
        "nghiêm túc kiểm điểm",
        "chủ trì, phối hợp với Sở Tài chính lập dự toán",
        "hoàn thành việc rà soát",
        "gọi điện nhắc các hộ",
    ];
    let mut wrong = Vec::new();
    for name in NAMES {
        for duty in DUTIES {
            let text = format!("{name} {duty}");
            let (bodies, rest) = read(&text);
            if bodies.join(", ") != name || rest != duty {
                wrong.push(format!("{name} | {duty}: {bodies:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_centre_is_no_place_with_a_name() {
    for name in [
        "Ban Thường vụ Trung ương Hội Nông dân Việt Nam",
        "Ban Chấp hành Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "Thường trực Trung ương Hội Cựu chiến binh Việt Nam",
        "Văn phòng Trung ương Đảng",
        "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        "Ban Tổ chức Trung ương",
        "Đảng ủy Công an Trung ương",
    ] {
        for after in ["trước ngày 20/5/2024", "báo cáo kết quả"] {
            let text = format!("{name} {after}");
            assert_eq!(body_at(&text, 0).map(|body| &text[body]), Some(name));
        }
    }
}
