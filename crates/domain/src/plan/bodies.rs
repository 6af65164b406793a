//! Phrases that name bodies: where one begins, where it ends, and which of a list are separate bodies.

use std::ops::Range;

use super::model::Level;
use super::passage::pattern;
use crate::text::fold;

// What a body phrase begins with, after words such as "các".
pattern!(
    HEAD,
    r"(?x)^(?:(?i:các|những|mỗi|từng|toàn\ thể|tất\ cả|tập\ thể|đồng\ chí|quý|hai|ba|bốn)\ +)*(?:
    (?i:cấp\ (?:ủy|uỷ)|đảng\ đoàn|đảng\ (?:ủy|uỷ|bộ)|chi\ bộ|chi\ (?:ủy|uỷ)|chi\ đoàn|chi\ hội|đảng\ viên|chi,\ đảng\ bộ
      |(?:tỉnh|huyện|thị|thành|quận|quân)\ (?:ủy|uỷ)|(?:tỉnh|huyện|thị|thành|quận|xã|phường|đặc\ khu)\ đoàn
      |(?:huyện|quận|thị),\ (?:huyện|quận|thị|thành)
      |(?:ủy|uỷ)\ ban|ubnd|ubmttq|mttq|ubkt|mặt\ trận|hội\ đồng|hđnd|thường\ trực|hđqt|hđtv
      |văn\ phòng|công\ an|bộ\ chính\ trị|bộ\ chỉ\ huy|bộ\ tư\ lệnh|bộ\ đội|bộ,\ (?:ban|ngành|cơ\ quan)|quân\ sự|quân\ khu
      |ban\ (?:thường\ vụ|thường\ trực|chấp\ hành|chỉ\ đạo|chỉ\ huy|tuyên\ giáo|tổ\ chức|dân\ vận|nội\ chính|cán\ sự|quản\ lý|giám\ đốc
        |giám\ hiệu|bí\ thư|chủ\ nhiệm|công\ tác|kiểm\ tra|kiểm\ soát|đại\ diện|thanh\ tra|quản\ trị|biên\ tập|điều\ hành|nữ\ công|tài\ chính|chuyên\ môn|lãnh\ đạo)
      |công\ đoàn|liên\ đoàn|đoàn\ (?:thanh\ niên|thể|tncs|khối|kiểm\ tra|giám\ sát|cơ\ sở|trường|công\ tác|khảo\ sát|phường|xã)
      |hội\ (?:liên\ hiệp|lhpn|nông\ dân|cựu|ccb|phụ\ nữ|chữ\ thập|người|khuyến|đồng|sinh\ viên|luật\ gia|nhà\ báo)
      |cơ\ quan|đơn\ vị|địa\ phương|tổ\ chức\ (?:đảng|cơ\ sở|chính\ trị|đoàn\ thể|xã\ hội|công\ đoàn|hội|đoàn|bộ\ máy)
      |nhà\ trường|học\ viện|trung\ tâm|chi\ cục|tổng\ cục|chi\ nhánh|kho\ bạc|ngân\ hàng|tập\ đoàn|(?:tổng\ )?công\ ty|nhà\ máy|xí\ nghiệp|phân\ xưởng
      |doanh\ nghiệp|hợp\ tác\ xã|t(?:òa|oà)\ án|viện\ kiểm\ sát|bảo\ hiểm\ xã\ hội|bệnh\ viện|trạm\ \p{L}+|hạt\ kiểm\ lâm|đồn\ biên\ phòng|tạp\ chí
      |tổ\ (?:công\ tác|giúp\ việc|biên\ tập|chuyên\ môn|thư\ ký|dân\ phố|trưởng|soạn\ thảo|công\ đoàn|đảng|nghiệp\ vụ|khảo\ sát)|nhóm\ (?:công\ tác|soạn\ thảo|biên\ tập)
      |xã,\ phường|phường,\ xã|quận,\ huyện|huyện,\ (?:thành\ phố|thị\ xã|quận)|sở,\ (?:ban|ngành)|phòng,\ (?:ban|khoa|đơn)|ban,\ (?:ngành|sở|phòng)|khoa,\ phòng|vụ,\ (?:cục|đơn)
      |chủ\ tịch|phó\ chủ\ tịch|giám\ đốc|tổng\ giám\ đốc|phó\ giám\ đốc|hiệu\ trưởng|phó\ hiệu\ trưởng|thủ\ trưởng|chánh\ (?:văn\ phòng|thanh\ tra)|bí\ thư|phó\ bí\ thư|người\ đứng\ đầu|cục\ trưởng|vụ\ trưởng|bộ\ trưởng|viện\ trưởng
      |trưởng\ (?:ban|phòng|các|đoàn|khoa|bộ|thôn|khu|ấp|bản|tổ|tiểu\ ban)|tổ\ trưởng|công\ chức|cán\ bộ|giáo\ viên\ chủ\ nhiệm|kế\ toán|lãnh\ đạo\ (?:các|cơ\ quan|đơn\ vị|bộ|sở|ban|ủy\ ban|văn\ phòng|công\ ty|trường|viện|cục|vụ|phòng)|chính\ phủ|quốc\ hội|thủ\ tướng|nhà\ nước
      |(?:huyện|tỉnh|trung\ ương|thành|xã)\ hội|cơ\ sở\ (?:hội|đoàn|giáo|y)|thư\ ký|bưu\ điện|điện\ lực|viễn\ thông|hải\ quan|cấp\ (?:huyện|tỉnh|xã|trên|cơ)|(?:đ/c|đồng\ chí|ông|bà|cô|thầy)\ \p{Lu}\p{Ll}+\ \p{Lu}|hiệp\ hội|liên\ minh|bảo\ tàng|thư\ viện|nhà\ văn\ hóa|tiểu\ ban|bộ\ phận|bộ\ môn|trung\ ương|thôn|khu\ phố|trường\ (?:tiểu|trung|mầm|thpt|thcs|cao|đại|chính\ trị|dạy))
    |(?i:các|từng|mỗi|những)\ (?i:sở|phòng|ban|ngành|xã|phường|huyện|quận|thị\ xã|thành\ phố|tỉnh|trường|hội|bộ|cục|vụ|viện|khoa|cấp|tổ|thành\ viên|đoàn|đồng\ chí|thôn|ấp|bản|khu|lớp|khối|đảng|đội|nhóm|tiểu\ ban|tập\ thể|ủy\ viên|uỷ\ viên|giáo\ viên|chủ\ nhiệm|trạm|nhà\ máy|chủ)
    |Huyện|Ban\ \p{Lu}|Sở|Phòng\ (?:\p{Lu}|(?:ban|chuyên\ môn))|Bộ\ \p{Lu}|Hội\ \p{Lu}|Trường\ \p{Lu}|Đại\ học|Viện|Vụ\ \p{Lu}|Cục\ \p{Lu}
    |Báo\ \p{Lu}|Đài\ \p{Lu}|Tổ\ \p{Lu}|Thanh\ tra|Đoàn\ \p{Lu}|Tổng\ \p{Lu}|Khối\ \p{Lu}|Khoa\ \p{Lu}|Đội\ \p{Lu}|Trạm\ \p{Lu}|Hạt\ \p{Lu}|Quỹ\ \p{Lu}|Xã\ \p{Lu}|Phường\ \p{Lu}|Tỉnh\ \p{Lu}|Thành\ phố\ \p{Lu}|Thị\ xã\ \p{Lu}|Quận\ \p{Lu}|Đặc\ khu|UB\p{Lu}+|BCĐ|BTV|BCH|VPĐK|TTYT|LĐLĐ|BHXH|VP\p{Lu}+
    )(?:[\s,.;:()/]|$|\p{L})"
);

// List members that go on with the phrase before the comma: "các cơ quan, đơn vị", "sở, ban, ngành".
pattern!(
    CONTINUES,
    r"^(?i:đơn vị|địa phương|tổ chức|đoàn thể|doanh nghiệp|cơ quan|đảng viên|ban, ngành|xã|phường|thị trấn|trung ương|huyện)"
);

// "huyện, thị, thành ủy, đảng ủy trực thuộc": one name for all committees of the district level.
pattern!(
    COMPOUND,
    r"(?i)tỉnh, thành(?: (?:ủy|uỷ|phố|đoàn|hội))?|(?:huyện|thị|quận|thành)(?: (?:ủy|uỷ))?(?:, (?:huyện|thị|quận|thành)(?: (?:ủy|uỷ))?)+(?:(?:,| và) (?:các )?đảng (?:ủy|uỷ)(?: [^,;.()]{0,40}?)? ?trực thuộc(?: (?:tỉnh|thành phố|trung ương)(?: (?:ủy|uỷ))?)?)?"
);

pattern!(
    VERB,
    r"(?x)\b(?:xây\ dựng|lập|báo\ cáo|gửi|nộp|tổng\ hợp|hoàn\ thành|hoàn\ thiện|chủ\ trì|chủ\ động|phối\ hợp|tham\ mưu|chỉ\ đạo|lãnh\ đạo
    |theo\ dõi|đôn\ đốc|kiểm\ tra|giám\ sát|triển\ khai|thực\ hiện|tổ\ chức|tuyên\ truyền|hướng\ dẫn|bố\ trí|bảo\ đảm|đảm\ bảo|cân\ đối
    |chuẩn\ bị|thẩm\ định|căn\ cứ|rà\ soát|có\ trách\ nhiệm|chịu\ trách\ nhiệm|quán\ triệt|phổ\ biến|ban\ hành|đề\ xuất|giúp|tăng\ cường
    |đưa\ tin|cập\ nhật|thông\ báo|tiến\ hành|cần|phải|tiếp\ tục|kịp\ thời|định\ kỳ|nghiêm\ túc|khẩn\ trương|cử|đánh\ giá|chấp\ hành
    |cung\ cấp|thống\ kê|trình|xem\ xét|phân\ công|sử\ dụng|tiếp\ nhận|đẩy\ mạnh|vận\ động|phát\ động|lồng\ ghép|là|hỗ\ trợ
    |tập\ trung|nâng\ cao|trực\ tiếp|thường\ xuyên|đăng\ ký|cụ\ thể\ h(?:óa|oá)|thành\ lập|viết|biên\ soạn|họp|tham\ gia|sơ\ kết|tổng\ kết
    |được\ giao|duy\ trì|nghiên\ cứu|xác\ định|thăm|đề\ nghị|yêu\ cầu|giao|hằng|hàng|chọn|lựa\ chọn|in\ ấn|mời|phục\ vụ|làm|khen\ thưởng|tặng|quản\ lý
    |định\ hướng|mở|phát\ tin|phát\ sóng|dự\ thảo|soạn\ thảo|khảo\ sát|chăm\ sóc|bảo\ vệ|liên\ hệ|trích\ xuất|bổ\ sung|điều\ chỉnh|giải\ trình|giải\ quyết|xử\ lý|khắc\ phục|chấn\ chỉnh
    |tự\ (?:chấm|đánh|kiểm|rà|tổ|xây)|không|sinh\ hoạt|đăng|viết\ bài|ghi\ hình|in|cấp\ (?:phát|kinh|giấy|đủ)|chi\ (?:trả|từ|kinh)|thanh\ toán|quyết\ toán|lưu|công\ bố|niêm\ yết|trang\ trí|tiếp\ đón|đón|dự|tham\ dự|sao\ gửi|chuyển|nhập|công\ khai|thu\ thập|tập\ hợp|đối\ chiếu|xác\ minh|xác\ nhận|phê\ duyệt|ký|bình\ xét|lấy\ ý\ kiến|góp\ ý|cho\ ý\ kiến|quy\ định|ấn\ định|thông\ tin|đào\ tạo|tập\ huấn|bồi\ dưỡng|vệ\ sinh|trồng|trao|biểu\ dương|tôn\ vinh|huy\ động|kêu\ gọi|phát\ huy|nắm|kiến\ nghị|hoàn\ chỉnh|gắn|ứng\ dụng|vận\ hành|thiết\ lập|rút\ kinh\ nghiệm|nhắc|nhận\ xét|khẩn\ trương|quan\ tâm|sớm|biên\ tập|xuất\ bản|truyền\ thông|tham\ vấn|thuê|mua|sửa\ chữa|nghiệm\ thu|bàn\ giao|tuyển\ chọn|giới\ thiệu|đặt|áp\ dụng|tra\ cứu|phân\ tích|so\ sánh|thẩm\ tra|bảo\ quản|điều\ tra|lắp\ đặt|hòa\ giải|phát\ (?:hành|tờ|tặng|động|bản|thanh)|tìm\ hiểu|giữ|gặp\ mặt|tri\ ân|kết\ nạp|mở\ lớp|tích\ hợp|đồng\ bộ|số\ h(?:óa|oá)|kiện\ toàn|củng\ cố|kiểm\ điểm|kê\ khai|kiểm\ kê|dự\ toán|trích|gia\ hạn|rà|đo|gỡ|ưu\ tiên|khuyến\ (?:cáo|khích)|lo|phụ\ trách|cảnh\ báo|tư\ vấn|tiêm|khám|treo|dán|dọn|thu\ gom|thu\ hoạch|phun|diễn\ tập|luyện\ tập|tuần\ tra|kiểm\ (?:soát|định|đếm)|ngăn\ chặn|phòng\ ngừa|hiệu\ chỉnh|chỉnh\ sửa|sửa\ đổi|công\ nhận|quyết\ định|điều\ động|phân\ (?:bổ|loại|cấp)|khai\ thác|nạo\ vét|tu\ (?:sửa|bổ)|đấu\ tranh|cắt\ giảm|sắp\ xếp|ghi\ chép|đối\ thoại|tiếp\ xúc|trả\ lời|phản\ (?:hồi|ánh|biện)|kết\ hợp|liên\ kết|ký\ kết|tài\ trợ|ủng\ hộ|quyên\ góp|đóng\ góp|hạch\ toán|chấm|xếp\ (?:loại|hạng)|bình\ chọn|tuyên\ dương|dàn\ dựng|biểu\ diễn|phỏng\ vấn|trưng\ bày|dâng\ hương|viếng|thắp|tổng\ rà|trực\ ban|bình\ bầu|nhân\ rộng|tìm\ kiếm|quản\ trị|động\ viên|chúc|thông\ qua|bám\ sát|vào\ cuộc|đổi\ mới|đưa|đồng\ loạt|ra\ quân|hưởng\ ứng|hủy|huỷ|dừng|tạm\ dừng|rút|kéo\ dài|khởi\ công|thi\ công|nuôi|sản\ xuất)\b"
);

// Words after which a body phrase is over.
pattern!(
    STOP,
    r"(?x)[.;:()\[\]]|\b(?:trước|chậm\ nhất|muộn\ nhất|để|nhằm|khi|từ|trong|theo|vào|qua|thông\ qua|bằng|đến|hết|kết\ quả|kèm|cùng\ với|về|với|tại|cho|do|như|sau|nếu|sẽ|đã|đang|chưa|vẫn|mong|mới\ (?:nhận|gửi|có)|kể|năm|tính)\b"
);

/// Whether a body phrase begins right at the start of `text`.
pub(super) fn begins(text: &str) -> bool {
    // "Tổ chức hội nghị" holds a conference, "tổ chức hội" is an association.
    pattern!(
        HOLDS,
        r"^(?i:tổ chức (?:hội (?:nghị|thảo|thi|diễn|họp|đàm)|đoàn (?:công tác|kiểm tra|khảo sát|giám sát|đi))|hội (?:nghị|thảo|thi|diễn|đàm))"
    );
    HEAD.is_match(text) && !HOLDS.is_match(text)
}

/// The first verb of duty in `text`, where the words are no part of a body's name.
pub(super) fn first_verb(text: &str) -> Option<Range<usize>> {
    VERB.find_iter(text)
        .map(|found| found.range())
        .find(|verb| !is_part_of_a_name(text, verb))
}

/// Whether `text` begins with a verb of duty, in lower case or as the beginning of a sentence.
pub(super) fn begins_with_verb(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    let lowered: String = first.to_lowercase().chain(characters.take(30)).collect();
    first_verb(&lowered).is_some_and(|verb| verb.start == 0)
}

/// Whether the words before a verb end with the name of an office that may go on with it ("Phòng Kế hoạch").
fn is_office(before: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?:Phòng|Ban|Khoa|Tổ|Bộ phận|Vụ|Trung tâm)(?: \p{L}+){1,2} $"
    );
    OFFICE.is_match(before)
}

fn is_part_of_a_name(text: &str, verb: &Range<usize>) -> bool {
    pattern!(
        NOUN_AFTER,
        r"^ ?(?:đảng|Đảng|chính trị|cơ sở|đoàn|xã hội|thành viên|có liên quan|liên quan|trực thuộc|công đoàn|tôn giáo|hội(?: |,)|,|và )"
    );
    pattern!(HOLDS, r"^ (?:các )?(?:hội (?:nghị|thảo|thi|diễn|họp|đàm)|đoàn (?:công|kiểm|khảo|giám|đi))");
    pattern!(UNION, r"(?i)(?:tỉnh|thành|huyện|quận|thị|xã|phường|đặc khu|công) đoàn $");
    pattern!(
        NAME_BEFORE,
        r"(?x)(?:(?i:ban|tổ|bộ\ phận|trung\ tâm|đoàn)\ $|(?i:ủy\ ban|uỷ\ ban|phòng|các\ cơ\ quan|cơ\ quan|đơn\ vị|viện)\ $)"
    );
    let word = &text[verb.clone()];
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let first_before = before.split_whitespace().next_back().unwrap_or_default();
    match word {
        "tổ chức" => {
            (NOUN_AFTER.is_match(after)
                && !HOLDS.is_match(after))
                || matches!(
                    first_before,
                    "các" | "Các" | "ban" | "Ban" | "và" | "quan,"
                )
                || before.is_empty() && NOUN_AFTER.is_match(after) && !HOLDS.is_match(after)
        }
        "lãnh đạo" => matches!(first_before, "thể" | "ban" | "các" | "Ban"),
        "trình" => matches!(
            first_before.to_lowercase().as_str(),
            "công" | "chương" | "quy" | "lộ" | "giáo" | "hành" | "tiến" | "mô" | "truyền" | "quá"
        ),
        "trực tiếp" => after.starts_with(" cơ sở") || after.starts_with(" quản lý"),
        "xây dựng" | "khai thác" => matches!(first_before, "tư" | "án" | "đảng" | "Đảng"),
        "sản xuất" => matches!(first_before, "nghiệp" | "sở" | "hộ" | "xã"),
        "thông qua" => !before.is_empty(),
        "tổng hợp" if is_office(before) => {
            let next = after.trim_start_matches([' ', ':', '.', ';', ')']);
            next.is_empty() || begins_with_verb(next) || after.starts_with(')')
        }
        "chỉ đạo" => first_before.eq_ignore_ascii_case("ban"),
        "quản lý" | "kiểm tra" | "tuyên truyền" | "hướng dẫn" | "giám sát"
        | "vận động" | "nghiên cứu" | "hỗ trợ" | "tổng hợp" | "thẩm định" => {
            NAME_BEFORE.is_match(before)
                && !before.ends_with("quan ")
                && !before.ends_with("vị ")
                && !UNION.is_match(before)
        }
        "tham mưu" | "chủ trì" | "phối hợp" => {
            before.ends_with("cơ quan ") && !after.starts_with([',', ' ']) 
                || before.ends_with("cơ quan ") && !begins_with_verb(after.trim_start()) && !after.starts_with(" với")
                || before.ends_with("phòng ") && !after.starts_with(" với") && !after.starts_with(',')
        }
        "hàng" => before.ends_with("ngân ") || before.ends_with("Ngân "),
        "là" | "giúp" | "làm" | "cần" => {
            first_before.ends_with(',') || after.starts_with(" việc")
        }
        "thành lập" => first_before == "mới",
        "chuyển" | "thu" | "tạo" | "gắn" => !matches!(first_before, "," | "") && after.starts_with(" đổi"),
        "thông tin" | "truyền thông" | "đào tạo" | "bảo vệ" | "khảo sát" | "dự" | "ký" => {
            first_before.ends_with("nghệ")
                || matches!(first_before, "cổng" | "trang" | "hệ")
                || matches!(first_before, "và" | "đăng" | "hồ" | "đoàn" | "tham" | "công" | "tổ" | "chữ" | "thư" | "Thư")
                || NAME_BEFORE.is_match(before)
        }
        _ => false,
    }
}

// "Đồng chí A, Phó Chủ tịch" is one person.
pattern!(
    PERSON,
    r"^(?i:đồng chí|đ/c|ông|bà|cô|thầy) \p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*)*$"
);
pattern!(
    ROLE,
    r"^(?i:phó |trưởng |tổ trưởng|ủy viên|uỷ viên|chủ tịch|bí thư|giám đốc|chánh |hiệu trưởng|thường trực|chuyên viên)"
);

/// Where the body phrase (or list of them) that begins at `from` ends, trimmed.
/// `listing`: commas between bodies go on (who does it); otherwise the first comma ends it (to whom).
fn end_of(text: &str, from: usize, listing: bool) -> usize {
    pattern!(
        GROUP,
        r"^, (?:địa phương|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|thị ủy|thành ủy|khoa|phòng|viện|trung tâm|đoàn thể)\b"
    );
    pattern!(IN_NAME, r"^ (?:danh sách|vùng|khối|ngành|tỉnh|hệ thống|toàn)\b");
    // No name of a body, and no list of them, is longer.
    let rest = &text[from..text.ceil_char_boundary((from + 4000).min(text.len()))];
    let compound = COMPOUND
        .find(rest)
        .filter(|found| !rest[..found.start()].contains([';', '.', '(']));
    let mut end = rest.len();
    // A name may hold words that end others only after its own first word.
    let skip = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
    let inside = |at: usize| compound.is_some_and(|found| found.range().contains(&at));
    if let Some(stop) = STOP.find_iter(rest).find(|stop| {
        stop.start() >= skip
            && !inside(stop.start())
            && !(stop.as_str() == "trong"
                && (rest[..stop.start()].ends_with("bên ")
                    || IN_NAME.is_match(&rest[stop.end()..])))
            && !(stop.as_str() == "về" && rest[..stop.start()].ends_with("quốc gia "))
    }) {
        end = end.min(stop.start());
    }
    for verb in VERB.find_iter(rest) {
        if verb.start() >= end {
            break;
        }
        if verb.start() >= skip && !inside(verb.start()) && !is_part_of_a_name(rest, &verb.range())
        {
            end = verb.start();
            break;
        }
    }
    if !listing {
        if let Some((comma, _)) = rest.match_indices(',').find(|(at, _)| {
            !inside(*at)
                && !rest[*at..].starts_with(", đơn vị")
                && !rest[*at..].starts_with(", ban")
                && !rest[*at..].starts_with(", ngành")
                && !GROUP.is_match(&rest[*at..])
                && !(PERSON.is_match(&rest[..*at]) && ROLE.is_match(&rest[at + 2..]))
        }) {
            end = end.min(comma);
        }
        if let Some((and, _)) = rest.match_indices(" và ").find(|(at, word)| {
            *at < end
                && !inside(*at)
                && rest[at + word.len()..].starts_with(|c: char| c.is_lowercase())
                && !begins(&rest[at + word.len()..])
        }) {
            end = end.min(and);
        }
    }
    let phrase = rest[..end].trim_end_matches([' ', ',', '-', '–', '/']);
    let phrase = phrase.strip_suffix(" và").unwrap_or(phrase);
    from + phrase.len()
}

/// The body that `text` names right at `from`, for an addressee or a channel.
pub(super) fn body_at(text: &str, from: usize) -> Option<Range<usize>> {
    if !begins(text.get(from..)?) {
        return None;
    }
    let end = end_of(text, from, false);
    (end > from).then_some(from..end)
}

/// The bodies that `text` lists right at `from`, and where the list ends.
pub(super) fn list_at(text: &str, from: usize) -> Option<(Vec<Range<usize>>, usize)> {
    if !begins(text.get(from..)?) {
        return None;
    }
    let end = end_of(text, from, true);
    if text[from..].trim_start().split(' ').nth(2) == Some("nào") || text[from..end].ends_with(" nào") {
        // "đơn vị nào chưa gửi …" names nobody.
        return None;
    }
    let bodies = split(text, from..end);
    (!bodies.is_empty()).then_some((bodies, end))
}

/// Splits a list of bodies at the commas and "và" after which another body begins.
pub(super) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    pattern!(SEPARATOR, r"[,;] (?:và |cùng )?| và |\n");
    pattern!(
        FRONT,
        r"(?i)(?:mặt trận tổ quốc(?: việt nam)?|mttq(?: việt nam| vn)?|mttqvn)(?: (?:tỉnh|huyện))?$"
    );
    let list = &text[range.clone()];
    let compounds: Vec<Range<usize>> = COMPOUND
        .find_iter(list)
        .map(|found| found.range())
        .collect();
    let mut bodies = Vec::new();
    let mut from = 0;
    for separator in SEPARATOR.find_iter(list) {
        let next = &list[separator.end()..];
        let joined = compounds
            .iter()
            .any(|compound| compound.contains(&separator.start()));
        let role = PERSON.is_match(&list[from..separator.start()]) && ROLE.is_match(next);
        let front = separator.as_str() == " và "
            && FRONT.is_match(&list[from..separator.start()])
            && (next.starts_with("các ") || next.starts_with("tổ chức"));
        if separator.start() > from
            && !joined
            && !front
            && !role
            && begins(next)
            && !CONTINUES.is_match(next)
        {
            bodies.push(from..separator.start());
            from = separator.end();
        }
    }
    bodies.push(from..list.len());
    bodies.retain(|body| !list[body.clone()].trim().is_empty());
    bodies
        .into_iter()
        .map(|body| {
            let trimmed = list[body.clone()].trim_end_matches([' ', ',', ';', '.']);
            range.start + body.start..range.start + body.start + trimmed.len()
        })
        .collect()
}

/// The key under which two mentions of one body meet: folded, without "các".
pub(super) fn key(body: &str) -> String {
    let folded = fold(body);
    for determiner in ["cac ", "nhung ", "tap the "] {
        if let Some(rest) = folded.strip_prefix(determiner) {
            return rest.to_owned();
        }
    }
    folded
}

/// The lowest level that a body's name mentions, if it says any.
pub(super) fn level(body: &str) -> Option<Level> {
    pattern!(ABOVE_BASE, r"cấp trên (?:trực tiếp )?cơ sở");
    pattern!(
        BASE,
        r"cơ sở|chi bộ|chi (?:ủy|uỷ)|chi đoàn|chi hội|cấp xã|phường|thị trấn|đặc khu|(?:^|các |trưởng )thôn\b|\bấp\b|khu phố|tổ dân phố|địa bàn xã"
    );
    // "thị xã", "hợp tác xã", "xã hội" are no communes.
    pattern!(COMMUNE, r"(?P<no>thị |tác |hành chính, )?\bxã\b(?P<not> hội)?");
    pattern!(
        DISTRICT,
        r"huyện|\bquận|thị (?:ủy|uỷ)|thị xã|thị, thành|thị đoàn|thành đoàn|trường (?:tiểu|trung học cơ)"
    );
    pattern!(
        PROVINCE,
        r"tỉnh|thành (?:ủy|uỷ)|thành phố|^(?:các |giám đốc )?sở\b|đảng (?:ủy|uỷ) (?:ủy|uỷ) ban"
    );
    pattern!(
        CENTRAL,
        r"trung ương|ban bí thư|bộ chính trị|chính phủ|quốc hội|thủ tướng|quân (?:ủy|uỷ)|^(?:các |lãnh đạo |ban cán sự đảng )?bộ\b|^tổng (?:cục|liên đoàn|công đoàn)|^cục |^vụ |kiểm toán nhà nước"
    );
    let name = body.to_lowercase();
    let commune = COMMUNE
        .captures_iter(&name)
        .any(|found| found.name("no").is_none() && found.name("not").is_none());
    if ABOVE_BASE.is_match(&name) {
        Some(Level::District)
    } else if BASE.is_match(&name) && !name.contains("trung học cơ sở") || commune {
        Some(Level::Grassroots)
    } else if DISTRICT.is_match(&name) {
        Some(Level::District)
    } else if name.contains("trực thuộc trung ương") || PROVINCE.is_match(&name) {
        Some(Level::Province)
    } else if CENTRAL.is_match(&name) {
        Some(Level::Central)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_lowest_level_a_name_mentions_is_its_level() {
        assert_eq!(
            level("Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh"),
            Some(Level::District)
        );
        assert_eq!(
            level("ban thường vụ cấp ủy cấp trên cơ sở"),
            Some(Level::District)
        );
        assert_eq!(level("Ban Bí thư Trung ương Đảng"), Some(Level::Central));
    }
}
