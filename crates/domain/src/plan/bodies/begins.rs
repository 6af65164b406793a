//! What a phrase that names a body begins with.

use crate::plan::passage::pattern;

// What a body phrase begins with, after words such as "các".
pattern!(
    HEAD,
    r"(?x)^(?:(?i:các|những|mỗi|từng|mọi|toàn\ thể|tất\ cả|tập\ thể|đồng\ chí|(?:ông|bà|thầy|cô|anh|chị)(?:\ ?(?:[,/]\ ?|\()(?:ông|bà|thầy|cô|anh|chị)\)?)?|quý|cả|\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\ +)*(?:
    (?i:cấp\ (?:ủy|uỷ)|đảng\ đoàn|đảng\ (?:ủy|uỷ|bộ)|chi\ bộ|chi\ (?:ủy|uỷ)|chi\ đoàn|chi\ hội|đảng\ viên|chi,\ đảng\ bộ
      |(?:tỉnh|huyện|thị|thành|quận|quân)\ (?:ủy|uỷ)|(?:tỉnh|huyện|thị|thành|quận|xã|phường|đặc\ khu)\ đoàn
      |(?:huyện|quận|thị),\ (?:huyện|quận|thị|thành)
      |(?:ủy|uỷ)\ ban|ubnd|ubmttq|mttq|ubkt|mặt\ trận|hội\ đồng|hđnd|thường\ trực|hđqt|hđtv
      |văn\ phòng|công\ an|bộ\ chính\ trị|bộ\ chỉ\ huy|bộ\ tư\ lệnh|bộ\ đội|bộ,\ (?:ban|ngành|cơ\ quan)|quân\ sự|quân\ khu
      |ban\ (?:thường\ vụ|thường\ trực|chấp\ hành|chỉ\ đạo|chỉ\ huy|tuyên\ giáo|tổ\ chức|dân\ vận|nội\ chính|cán\ sự|quản\ lý|giám\ đốc
        |giám\ hiệu|bí\ thư|chủ\ nhiệm|công\ tác|kiểm\ tra|kiểm\ soát|đại\ diện|thanh\ tra|quản\ trị|biên\ tập|điều\ hành|nữ\ công|tài\ chính|chuyên\ môn|lãnh\ đạo)
      |công\ đoàn|liên\ đoàn|đoàn\ (?:thanh\ niên|thể|tncs|khối|kiểm\ tra|giám\ sát|cơ\ sở|trường|công\ tác|khảo\ sát|phường|xã)
      |hội\ (?:liên\ hiệp|cơ\ sở|thành\ viên|cấp|lhpn|nông\ dân|cựu|ccb|phụ\ nữ|chữ\ thập|người|khuyến|đồng|sinh\ viên|luật\ gia|nhà\ báo)
      |cơ\ quan|đơn\ vị|địa\ phương|tổ\ chức\ (?:đảng|cơ\ sở|chính\ trị|đoàn\ thể|xã\ hội|công\ đoàn|hội|đoàn|bộ\ máy)
      |nhà\ trường|học\ viện|trung\ tâm|câu\ lạc\ bộ|lực\ lượng|chi\ cục|tổng\ cục|chi\ nhánh|kho\ bạc|ngân\ hàng|tập\ đoàn|(?:tổng\ )?công\ ty|nhà\ máy|xí\ nghiệp|phân\ xưởng
      |doanh\ nghiệp|hợp\ tác\ xã|t(?:òa|oà)\ án|viện\ kiểm\ sát|bảo\ hiểm\ xã\ hội|bệnh\ viện|trạm\ \p{L}+|hạt\ kiểm\ lâm|đồn\ biên\ phòng|tạp\ chí
      |tổ\ (?:công\ tác|giúp\ việc|biên\ tập|chuyên\ môn|thư\ ký|dân\ phố|trưởng|soạn\ thảo|công\ đoàn|đảng|nghiệp\ vụ|khảo\ sát)|nhóm\ (?:công\ tác|soạn\ thảo|biên\ tập)
      |xã,\ phường|phường,\ xã|quận,\ huyện|huyện,\ (?:thành\ phố|thị\ xã|quận)|sở,\ (?:ban|ngành)|phòng,\ (?:ban|khoa|đơn)|ban,\ (?:ngành|sở|phòng)|khoa,\ phòng|vụ,\ (?:cục|đơn)
      |chủ\ tịch|phó\ chủ\ tịch|giám\ đốc|tổng\ giám\ đốc|phó\ giám\ đốc|hiệu\ trưởng|phó\ hiệu\ trưởng|thủ\ trưởng|chánh\ (?:văn\ phòng|thanh\ tra)|bí\ thư|phó\ bí\ thư|người\ đứng\ đầu|cục\ trưởng|vụ\ trưởng|bộ\ trưởng|viện\ trưởng
      |trưởng\ (?:ban|phòng|các|đoàn|khoa|bộ|thôn|khu|ấp|bản|tổ|tiểu\ ban)|tổ\ trưởng|công\ chức|cán\ bộ|giáo\ viên\ chủ\ nhiệm|kế\ toán|lãnh\ đạo\ (?:các|cơ\ quan|đơn\ vị|bộ|sở|ban|ủy\ ban|văn\ phòng|công\ ty|trường|viện|cục|vụ|phòng)|chính\ phủ|quốc\ hội|thủ\ tướng|nhà\ nước
      |(?:huyện|tỉnh|trung\ ương|thành|xã)\ hội|cơ\ sở\ (?:hội|đoàn|giáo|y)|(?:điều\ dưỡng|kỹ\ sư|kỹ\ thuật|y\ tá|nhóm|kế\ toán|đội|trạm|xã\ đội|thôn|tổ|ca|quản\ đốc|cửa\ hàng)\ trưởng|quản\ đốc|đoàn\ viên|hội\ viên|viên\ chức|ủy\ viên|uỷ\ viên|thành\ viên|nhân\ viên|giáo\ viên|tổng\ phụ\ trách|già\ làng|trưởng\ \p{L}+|phó\ trưởng|thư\ ký|bưu\ điện|điện\ lực|viễn\ thông|hải\ quan|cấp\ (?:huyện|tỉnh|xã|trên|cơ)|(?:đ/c|đồng\ chí|ông|bà|cô|thầy)\ \p{Lu}\p{Ll}+|hiệp\ hội|liên\ minh|bảo\ tàng|thư\ viện|nhà\ (?:văn\ hóa|thiếu\ nhi|hát|xuất\ bản|khách|truyền\ thống)|tiểu\ ban|bộ\ phận|bộ\ môn|trung\ ương|thôn\ |khu\ phố|trường\ (?:tiểu|trung|mầm|thpt|thcs|cao|đại|chính\ trị|dạy))
    |(?i:các|từng|mỗi|mọi|những|cả|\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|tất\ cả\ các)\ (?i:ông|bà|thầy|cô|anh|chị|bên|nơi|thị\ trấn|đặc\ khu|đồn|chợ|câu\ lạc\ bộ|lực\ lượng|nông\ trường|lâm\ trường|nghiệp\ đoàn|trang\ trại|trại|mỏ|bến|cảng|cửa\ khẩu|khách\ sạn|siêu\ thị|lữ|cơ\ sở|phân\ hiệu|thư\ viện|bảo\ tàng|đài|báo|quỹ|ca|sở|phòng|ban|ngành|xã|phường|huyện|quận|thị\ xã|thành\ phố|tỉnh|trường|hội|bộ|cục|vụ|viện|khoa|cấp|tổ|thành\ viên|đoàn|đồng\ chí|thôn|ấp|bản|buôn|bon|làng|xóm|sóc|phum|khu|lớp|điểm|cụm|chốt|phân|tiểu|trung|đại|trạm|xưởng|kho|cửa\ hàng|hộ|nhóm|hợp|liên|chi|khối|đảng|đội|nhóm|tiểu\ ban|tập\ thể|ủy\ viên|uỷ\ viên|giáo\ viên|chủ\ nhiệm|trạm|nhà\ máy|chủ)(?:[^\p{L}]|$)
    |(?:sở|phòng|ban|khoa|tổ|đội|thôn|xóm|ấp|buôn|làng|xã|phường|thị\ trấn|đặc\ khu|huyện|quận|thị\ xã|thành\ phố|tỉnh|trường|trạm|viện|cụm|nhóm|lớp|hội|đoàn|đài|quỹ|khối|chợ|đồn|xưởng|cục|vụ|ngành)\ (?:\p{Lu}|(?:khối\ |số\ )?\d)
    |(?i:bác\ sĩ|dược\ sĩ|kỹ\ sư|thạc\ sĩ|tiến\ sĩ|luật\ sư|bs\.?|ths\.?|ts\.?|pgs\.?)\ \p{Lu}
    |(?i:đồng\ chí|đ/c|ông|bà|thầy|cô|anh|chị)\ (?:\p{Lu}|(?i:phó|trưởng|hiệu|bí\ thư|chủ\ tịch|giám\ đốc|chánh|chủ\ nhiệm|tổng|phụ\ trách))
    |Thị\ trấn|Huyện|Ban\ \p{Lu}|Sở|Phòng\ (?:\p{Lu}|(?:ban|chuyên\ môn))|Bộ\ \p{Lu}|Hội\ \p{Lu}|Trường\ \p{Lu}|Đại\ học|Viện|Vụ\ \p{Lu}|Cục\ \p{Lu}
    |Báo\ \p{Lu}|Đài\ \p{Lu}|Tổ\ \p{Lu}|Thanh\ tra|Đoàn\ \p{Lu}|Tổng\ \p{Lu}|Khối\ \p{Lu}|Khoa\ \p{Lu}|Đội\ \p{Lu}|Trạm\ \p{Lu}|Hạt\ \p{Lu}|Quỹ\ \p{Lu}|Xã\ \p{Lu}|Phường\ \p{Lu}|Tỉnh\ \p{Lu}|Thành\ phố\ \p{Lu}|Thị\ xã\ \p{Lu}|Quận\ \p{Lu}|Ngành\ \p{Lu}|Đặc\ khu|UB\p{Lu}+|BCĐ|BTV|BCH|VPĐK|TTYT|LĐLĐ|BHXH|VP\p{Lu}+
    )(?:[\s,.;:()/]|$|\p{L})"
);

/// Whether a body phrase begins right at the start of `text`.
pub(in crate::plan) fn begins(text: &str) -> bool {
    // "Tổ chức hội nghị" holds a conference, "tổ chức hội" is an association.
    pattern!(
        HOLDS,
        r"^(?i:tổ chức (?:hội (?:nghị|thảo|thi|diễn|họp|đàm|trại|chợ|khỏe|khoẻ|xuân|làng|thao|sách|hoa)|đoàn (?:công tác|kiểm tra|khảo sát|giám sát|đi))|hội (?:nghị|thảo|thi|diễn|đàm|trại|chợ|khỏe|khoẻ|xuân|làng|thao|sách|hoa))"
    );
    // "Thanh tra việc quản lý trật tự xây dựng": what is to be done.
    pattern!(INSPECTS, r"^Thanh tra (?:việc|về|\d)");
    if INSPECTS.is_match(text) {
        return false;
    }
    // Groups of things that share the first word with bodies.
    pattern!(
        THINGS,
        r"^(?:(?i:các|từng|mỗi|mọi|những|cả|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|tất cả các)|\d{1,3}) (?i:trường hợp|hội (?:nghị|thảo|thi|diễn|họp)|bản (?:báo|kế|tin|sao|án)|điểm (?:\p{L}\b|\d|nêu|mới|nghẽn|yếu|sáng|du)|cấp độ|nhóm (?:giải|vấn|nội|chỉ|nhiệm|tiêu|đối)|khối lượng|tổ hợp|lớp (?:tập|bồi|học)|đội ngũ|hộ dân|phân (?:tích|loại)|trung hạn|đại (?:hội|biểu)|hợp (?:đồng|phần)|chi (?:phí|tiết)|liên kết|bộ (?:tiêu|chỉ|thủ)|chủ (?:trương|đề|điểm)|vụ (?:việc|án|cháy|tai|vi|trọng|khiếu|tranh|mùa|đông|xuân|hè|thu)|ban hành|ông tổ|bên (?:cạnh|trong|ngoài)|báo (?:cáo|chí)|cơ sở (?:dữ|pháp|để|vật|lý|hạ|khoa|thực)|quỹ (?:đất|tiền)|ca (?:bệnh|mắc)|xã hội|trạm (?:thu|biến)|đoàn (?:kiểm|khảo|giám|công)|thành viên hộ)"
    );
    // The head noun of a body at the beginning of a sentence, whatever it is called further.
    pattern!(
        NOUN,
        r"^(?:Ban|Sở|Phòng|Hội|Đoàn|Khối|Tổ|Trường|Viện|Khoa|Đội|Trạm|Xã|Phường|Bộ|Quỹ|Chợ|Điểm|Nhóm|Xưởng|Lớp|Buôn|Làng|Bản|Ấp|Xóm|Đồn|Chốt|Cụm|Câu lạc bộ|Nông trường|Lâm trường|Hạt|Nghiệp đoàn|Ngành|Cơ sở|Hộ|Chủ|Trại|Trung đoàn|Tiểu đoàn|Đại đội|Ca|Đài|Tòa soạn|Cửa hàng|Khách sạn|Siêu thị|Đại diện|Kiểm toán|Thủ kho|Chuyên viên|Giảng viên|Bác sĩ|Cộng tác viên|Hòa giải viên|Trợ lý|Chỉ huy|Chính trị viên|Thủ quỹ|Văn thư|Điều dưỡng|Huấn luyện viên|Trực ban|Kỹ thuật viên|Phóng viên|Thanh niên|Đảng viên|Nhà thầu|Nhân dân|Y tế (?:thôn|xã|phường|cơ sở|trường|bản|học)|Kiểm lâm|Dân quân|Công nhân|Chủ tàu|Lái xe|Sinh viên|Học sinh|Phụ huynh|Tiểu thương|Người (?:phụ trách|đại diện|được giao|làm công tác|dân|lao động)) \p{Ll}|^(?:Cơ sở|Tỉnh|Xã|Phường|Thành phố|Trung ương|Địa phương|Khối cơ quan) ?:"
    );
    pattern!(
        OTHER_NOUN,
        r"^(?:Ban (?:hành|đầu|ngày)|Sở (?:hữu|thích|dĩ)|Phòng (?:chống|ngừa|cháy|dịch|thủ|bệnh|tránh)|Hội (?:nghị|thảo|thi|diễn|đàm|họp|nhập|tụ|trại|chợ|khỏe|khoẻ|xuân|làng|thao|báo|quân|thơ|sách|hoa)|Đoàn kết|Tổ (?:chức|quốc|hợp)|Trường hợp|Viện (?:trợ|dẫn|phí)|Khoa học|Đội ngũ|Xã hội|Bộ (?:máy|tiêu|chỉ|thủ|luật)|Nhóm (?:giải|nội|chỉ|vấn|nhiệm)|Lớp (?:tập|bồi|học)|Bản (?:báo|kế|sao|thân|chất|đồ|tin|mềm|giấy|cứng|ghi|tự|tổng)|Điểm (?:\p{L}\b|mới|nghẽn|yếu|sáng|số)|Cụm từ|Hộ (?:chiếu|tịch)|Chủ (?:trì|động|đề|trương|yếu|quan|quyền)|Cơ sở (?:để|dữ|pháp|lý)|Ngành nghề|Khối lượng|Ca (?:mắc|bệnh|tử|dương)|Đại diện cho|Phường hội)"
    );
    // Heads that need what follows them: "Thống kê tỉnh", "Thuế cơ sở 3", "Trung đoàn 867".
    pattern!(
        WITH_MORE,
        r"^(?:(?:Thống kê|Thuế|Hải quan|Kho bạc|Thi hành án dân sự|Quản lý thị trường|Kiểm lâm) (?i:tỉnh|thành phố|huyện|quận|thị xã|cơ sở|khu vực|nhà nước)\b|Báo và |(?:Kiểm toán [Nn]hà nước|Cổng Thông tin điện tử|Trang Thông tin điện tử|Cảng vụ \p{Lu}|Chánh án|Chỉ huy trưởng|Chính ủy|Chi cục trưởng|Tổng cục trưởng|Thứ trưởng|Tổng biên tập|Liên hiệp (?:các |\p{Lu})|(?i:phó (?:viện|cục|vụ|chi cục|tổng cục|chánh|tổng|chủ nhiệm|hiệu trưởng|tổ|đội|quản đốc|trạm|thủ trưởng|trưởng|hạt) ?(?:trưởng|văn|thanh|án|giám|biên)?)|Lực lượng \p{L}|Tòa soạn)|(?i:sư|lữ|trung|tiểu|binh|hải) đoàn (?:\d|\p{Lu})|(?i:đại|trung|tiểu|hải) đội (?:\d|\p{Lu}))"
    );
    if NOUN.is_match(text) && !OTHER_NOUN.is_match(text) || WITH_MORE.is_match(text) {
        return true;
    }
    // At the beginning of a sentence a group of whatever kind acts, unless it is one of things.
    pattern!(ANY_GROUP, r"^(?:Các|Mỗi|Từng|Toàn thể) \p{Ll}{2,} \p{L}");
    pattern!(
        GROUP_OF_THINGS,
        r"^(?:Các|Mỗi|Từng|Toàn thể) (?:nội dung|văn bản|báo cáo|số liệu|biểu|chỉ|hoạt động|trường hợp|nhiệm vụ|giải pháp|công việc|việc|tiêu|mục|ý kiến|vấn đề|chế độ|khoản|loại|mốc|bước|ngày|tháng|năm|quý|tuần|tài liệu|hồ sơ|mẫu|phụ lục|kết quả|chương trình|dự án|công trình|mô hình|phong trào|hình thức|quy|chính sách|sản phẩm|tuyến|vụ|mặt|cuộc|buổi|hội nghị|đợt|kỳ|phần|điều|điểm|câu|từ|thông tin|kế hoạch|nghị quyết|quyết định|giai đoạn|đề|sáng kiến|khó khăn|hạn chế|tồn tại|nguyên nhân|bài|ca|lần|lượt|chứng|giấy|phiếu|danh|bảng|con|cái|chiếc|món|quà|giải|tập|cuốn|sự|điển|gương|đối tượng|lĩnh vực|thủ tục|dịch vụ|chuyên|hệ thống|phương|biện pháp|khâu|mức|bên cạnh|cấp độ|yêu cầu|kiến nghị|lớp tập|tổ hợp|đồng chí$)"
    );
    if ANY_GROUP.is_match(text) && !GROUP_OF_THINGS.is_match(text) {
        return true;
    }
    HEAD.is_match(text) && !HOLDS.is_match(text) && !THINGS.is_match(text)
}
