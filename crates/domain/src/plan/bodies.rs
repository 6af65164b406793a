//! Phrases that name bodies: where one begins, where it ends, and which of a list are separate bodies.

use std::ops::Range;

use super::known;
use super::model::Level;
use super::names;
use super::passage::pattern;
use super::verbs::verbs;
use crate::text::fold;

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
      |(?:huyện|tỉnh|trung\ ương|thành|xã)\ hội|cơ\ sở\ (?:hội|đoàn|giáo|y)|(?:điều\ dưỡng|kỹ\ sư|kỹ\ thuật|y\ tá|nhóm|kế\ toán|đội|trạm|xã\ đội|thôn|tổ|ca|quản\ đốc|cửa\ hàng)\ trưởng|quản\ đốc|đoàn\ viên|hội\ viên|viên\ chức|ủy\ viên|uỷ\ viên|thành\ viên|nhân\ viên|giáo\ viên|tổng\ phụ\ trách|già\ làng|trưởng\ \p{L}+|phó\ trưởng|thư\ ký|bưu\ điện|điện\ lực|viễn\ thông|hải\ quan|cấp\ (?:huyện|tỉnh|xã|trên|cơ)|(?:đ/c|đồng\ chí|ông|bà|cô|thầy)\ \p{Lu}\p{Ll}+|hiệp\ hội|liên\ minh|bảo\ tàng|thư\ viện|nhà\ văn\ hóa|tiểu\ ban|bộ\ phận|bộ\ môn|trung\ ương|thôn\ |khu\ phố|trường\ (?:tiểu|trung|mầm|thpt|thcs|cao|đại|chính\ trị|dạy))
    |(?i:các|từng|mỗi|mọi|những|cả|\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|tất\ cả\ các)\ (?i:ông|bà|thầy|cô|anh|chị|bên|nơi|thị\ trấn|đặc\ khu|đồn|chợ|câu\ lạc\ bộ|lực\ lượng|nông\ trường|lâm\ trường|nghiệp\ đoàn|đài|báo|quỹ|ca|sở|phòng|ban|ngành|xã|phường|huyện|quận|thị\ xã|thành\ phố|tỉnh|trường|hội|bộ|cục|vụ|viện|khoa|cấp|tổ|thành\ viên|đoàn|đồng\ chí|thôn|ấp|bản|buôn|bon|làng|xóm|sóc|phum|khu|lớp|điểm|cụm|chốt|phân|tiểu|trung|đại|trạm|xưởng|kho|cửa\ hàng|hộ|nhóm|hợp|liên|chi|khối|đảng|đội|nhóm|tiểu\ ban|tập\ thể|ủy\ viên|uỷ\ viên|giáo\ viên|chủ\ nhiệm|trạm|nhà\ máy|chủ)(?:[^\p{L}]|$)
    |(?:sở|phòng|ban|khoa|tổ|đội|thôn|xóm|ấp|buôn|làng|xã|phường|thị\ trấn|đặc\ khu|huyện|quận|thị\ xã|thành\ phố|tỉnh|trường|trạm|viện|cụm|nhóm|lớp|hội|đoàn|đài|quỹ|khối|chợ|đồn|xưởng|cục|vụ)\ (?:\p{Lu}|(?:khối\ |số\ )?\d)
    |(?i:đồng\ chí|đ/c|ông|bà|thầy|cô|anh|chị)\ (?:\p{Lu}|(?i:phó|trưởng|hiệu|bí\ thư|chủ\ tịch|giám\ đốc|chánh|chủ\ nhiệm|tổng|phụ\ trách))
    |Thị\ trấn|Huyện|Ban\ \p{Lu}|Sở|Phòng\ (?:\p{Lu}|(?:ban|chuyên\ môn))|Bộ\ \p{Lu}|Hội\ \p{Lu}|Trường\ \p{Lu}|Đại\ học|Viện|Vụ\ \p{Lu}|Cục\ \p{Lu}
    |Báo\ (?:\p{Lu}|và\ )|Đài\ \p{Lu}|Tổ\ \p{Lu}|Thanh\ tra|Đoàn\ \p{Lu}|Tổng\ \p{Lu}|Khối\ \p{Lu}|Khoa\ \p{Lu}|Đội\ \p{Lu}|Trạm\ \p{Lu}|Hạt\ \p{Lu}|Quỹ\ \p{Lu}|Xã\ \p{Lu}|Phường\ \p{Lu}|Tỉnh\ \p{Lu}|Thành\ phố\ \p{Lu}|Thị\ xã\ \p{Lu}|Quận\ \p{Lu}|Đặc\ khu|UB\p{Lu}+|BCĐ|BTV|BCH|VPĐK|TTYT|LĐLĐ|BHXH|VP\p{Lu}+
    )(?:[\s,.;:()/]|$|\p{L})"
);

// List members that go on with the phrase before the comma: "các cơ quan, đơn vị", "sở, ban, ngành".
pattern!(
    CONTINUES,
    r"^(?i:đơn vị|địa phương|tổ chức|đoàn thể|doanh nghiệp|cơ quan|đảng viên|ban, ngành|xã|phường|thị trấn|trung ương|huyện|(?:thôn|buôn|bản|làng|ấp|xóm|tổ dân phố|khu phố)$)"
);

// "huyện, thị, thành ủy, đảng ủy trực thuộc": one name for all committees of the district level.
pattern!(
    COMPOUND,
    r"(?i)tỉnh, thành(?: (?:ủy|uỷ|phố|đoàn|hội))?|(?:huyện|thị|quận|thành)(?: (?:ủy|uỷ))?(?:, (?:huyện|thị|quận|thành)(?: (?:ủy|uỷ))?)+(?:(?:,| và) (?:các )?đảng (?:ủy|uỷ)(?: [^,;.()]{0,40}?)? ?trực thuộc(?: (?:tỉnh|thành phố|trung ương)(?: (?:ủy|uỷ))?)?)?"
);

// Words after which a body phrase is over.
pattern!(
    STOP,
    r"(?x)[.;:()\[\]]|\b(?:trước|chậm\ nhất|muộn\ nhất|để|nhằm|khi|từ|trong|theo|vào|qua|thông\ qua|bằng|đến|hết|kết\ quả|kèm|cùng\ với|về|với|tại|cho|do|như|sau|nếu|sẽ|đã|đang|chưa|vẫn|mong|mới\ (?:nhận|gửi|có)|kể|năm|tính|ngày|hạn|thời\ hạn|định\ kỳ|đồng\ thời|nơi\ nhận)\b"
);

/// Whether a body phrase begins right at the start of `text`.
pub(super) fn begins(text: &str) -> bool {
    // "Tổ chức hội nghị" holds a conference, "tổ chức hội" is an association.
    pattern!(
        HOLDS,
        r"^(?i:tổ chức (?:hội (?:nghị|thảo|thi|diễn|họp|đàm)|đoàn (?:công tác|kiểm tra|khảo sát|giám sát|đi))|hội (?:nghị|thảo|thi|diễn|đàm))"
    );
    // Groups of things that share the first word with bodies.
    pattern!(
        THINGS,
        r"^(?:(?i:các|từng|mỗi|mọi|những|cả|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|tất cả các)|\d{1,3}) (?i:trường hợp|hội (?:nghị|thảo|thi|diễn|họp)|bản (?:báo|kế|tin|sao|án)|điểm (?:\p{L}\b|\d|nêu|mới|nghẽn|yếu|sáng|du)|cấp độ|nhóm (?:giải|vấn|nội|chỉ|nhiệm|tiêu|đối)|khối lượng|tổ hợp|lớp (?:tập|bồi|học)|đội ngũ|hộ dân|phân (?:tích|loại)|trung hạn|đại (?:hội|biểu)|hợp (?:đồng|phần)|chi (?:phí|tiết)|liên kết|bộ (?:tiêu|chỉ|thủ)|chủ (?:trương|đề|điểm)|vụ (?:việc|án|cháy|tai|vi|trọng|khiếu|tranh|mùa|đông|xuân|hè|thu)|ban hành|ông tổ|bên (?:cạnh|trong|ngoài)|báo (?:cáo|chí)|quỹ (?:đất|tiền)|ca (?:bệnh|mắc)|xã hội|trạm (?:thu|biến)|đoàn (?:kiểm|khảo|giám|công)|thành viên hộ)"
    );
    // The head noun of a body at the beginning of a sentence, whatever it is called further.
    pattern!(
        NOUN,
        r"^(?:Ban|Sở|Phòng|Hội|Đoàn|Khối|Tổ|Trường|Viện|Khoa|Đội|Trạm|Xã|Phường|Bộ|Quỹ|Chợ|Điểm|Nhóm|Xưởng|Lớp|Buôn|Làng|Bản|Ấp|Xóm|Đồn|Chốt|Cụm|Câu lạc bộ|Nông trường|Lâm trường|Hạt|Nghiệp đoàn|Ngành|Cơ sở|Hộ|Chủ|Trại|Trung đoàn|Tiểu đoàn|Đại đội|Ca|Đài|Tòa soạn|Cửa hàng|Khách sạn|Siêu thị|Đại diện|Kiểm toán|Thủ kho|Chuyên viên|Giảng viên|Bác sĩ|Cộng tác viên|Hòa giải viên|Trợ lý|Chỉ huy|Chính trị viên|Thủ quỹ|Văn thư|Điều dưỡng|Huấn luyện viên|Trực ban|Kỹ thuật viên|Phóng viên|Thanh niên|Đảng viên|Người (?:phụ trách|đại diện|được giao|làm công tác)) \p{Ll}|^(?:Cơ sở|Tỉnh|Xã|Phường|Thành phố|Trung ương|Địa phương|Khối cơ quan) ?:"
    );
    pattern!(
        OTHER_NOUN,
        r"^(?:Ban (?:hành|đầu|ngày)|Sở (?:hữu|thích|dĩ)|Phòng (?:chống|ngừa|cháy|dịch|thủ|bệnh|tránh)|Hội (?:nghị|thảo|thi|diễn|đàm|họp|nhập|tụ)|Đoàn kết|Tổ (?:chức|quốc|hợp)|Trường hợp|Viện (?:trợ|dẫn|phí)|Khoa học|Đội ngũ|Xã hội|Bộ (?:máy|tiêu|chỉ|thủ|luật)|Nhóm (?:giải|nội|chỉ|vấn|nhiệm)|Lớp (?:tập|bồi|học)|Bản (?:báo|kế|sao|thân|chất|đồ|tin|mềm|giấy|cứng|ghi|tự|tổng)|Điểm (?:\p{L}\b|mới|nghẽn|yếu|sáng|số)|Cụm từ|Hộ (?:chiếu|tịch)|Chủ (?:trì|động|đề|trương|yếu|quan|quyền)|Cơ sở (?:để|dữ|pháp|lý)|Ngành nghề|Khối lượng|Ca (?:mắc|bệnh|tử|dương)|Đại diện cho|Phường hội)"
    );
    if NOUN.is_match(text) && !OTHER_NOUN.is_match(text) {
        return true;
    }
    HEAD.is_match(text) && !HOLDS.is_match(text) && !THINGS.is_match(text)
}

// "Đồng chí A, Phó Chủ tịch" is one person.
pattern!(
    PERSON,
    r"^(?i:đồng chí|đ/c|ông|bà|cô|thầy) \p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*)*$"
);
pattern!(
    ROLE,
    r"^(?i:phó |trưởng |tổ trưởng|ủy viên|uỷ viên|chủ tịch|bí thư|giám đốc|chánh |hiệu trưởng|thường trực|chuyên viên|văn phòng|phòng |ban |cán bộ|công chức)"
);

/// The nearest place at or before `at` where a character of `text` begins.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Where "Các Sở: Công Thương, Xây dựng" ends, which names several bodies of one kind after a colon.
pub(super) fn enumeration(rest: &str) -> Option<usize> {
    pattern!(
        KIND,
        r"^(?i:(?:[^,;.:()]{1,40} )?(?:các|những|\d{1,2}|hai|ba|bốn|năm|sáu|bảy) (?:sở|bộ|ban|phòng|khoa|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|trường|chi bộ|đảng bộ|đảng ủy|huyện ủy|công ty|xí nghiệp|thôn|đơn vị|cơ quan|cục|vụ|trung tâm|bệnh viện|trạm|hội|đội)(?:, (?:xã|phường|thị trấn|huyện|ngành|thành phố))?(?: (?:tỉnh|huyện|thuộc [^,;.:()]{1,30}))?): "
    );
    pattern!(
        NAMED,
        r"^(?:(?:thị xã|thành phố|thị trấn|xã|phường|huyện|quận|đặc khu) )?\p{Lu}"
    );
    let kind = KIND.find(rest)?;
    let mut end = kind.end();
    loop {
        let part = &rest[end..];
        let stop = part
            .find([',', ';', '.', ':', '(', '\n'])
            .unwrap_or(part.len());
        let stop = part[..stop].find(" và ").unwrap_or(stop);
        let verb = verbs(&part[..stop]).next().map_or(stop, |verb| verb.start);
        let over = verb.min(names::ends(part, stop).unwrap_or(stop));
        if !NAMED.is_match(part) {
            break;
        }
        let name = part[..over].trim_end().len();
        end += name;
        let joint = [", ", " và "]
            .iter()
            .find(|joint| rest[end..].starts_with(**joint));
        match joint {
            Some(joint)
                if over == stop && rest[end + joint.len()..].starts_with(char::is_uppercase) =>
            {
                end += joint.len();
            }
            _ => break,
        }
    }
    (end > kind.end()).then_some(end)
}

/// Where the body phrase (or list of them) that begins at `from` ends, trimmed.
/// `listing`: commas between bodies go on (who does it); otherwise the first comma ends it (to whom).
fn end_of(text: &str, from: usize, listing: bool) -> usize {
    pattern!(
        GROUP,
        r"^, (?:đơn vị|ban|ngành|địa phương|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|thị ủy|thành ủy|khoa|phòng|viện|trung tâm|đoàn thể)\b"
    );
    pattern!(
        IN_NAME,
        r"^ (?:danh sách|vùng|khối|ngành|tỉnh|hệ thống|toàn)\b"
    );
    // No name of a body, and no list of them, is longer.
    let rest = &text[from..boundary(text, from + 4000)];
    if let Some(end) = enumeration(rest) {
        return from + end;
    }
    let compound = COMPOUND
        .find(rest)
        .filter(|found| !rest[..found.start()].contains([';', '.', '(']));
    let mut end = rest.len();
    // A name may hold words that end others only after its own first word.
    let skip = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
    // "các ông (bà) Trưởng thôn".
    pattern!(
        HONORIFIC,
        r"^(?i:(?:các |quý |hai )?(?:ông|anh|thầy)(?: ?\(|, ?| ?/ ?)(?:bà|chị|cô)\)? )"
    );
    let skip = HONORIFIC.find(rest).map_or(skip, |found| found.end());
    let known = known::places(rest);
    let inside = |at: usize| {
        compound.is_some_and(|found| found.range().contains(&at))
            || known.iter().any(|name| name.start < at && at < name.end)
    };
    if let Some(stop) = STOP.find_iter(rest).find(|stop| {
        stop.start() >= skip
            && !inside(stop.start())
            && !(stop.as_str() == "trong"
                && (rest.get(stop.end() + 1..).is_some_and(begins)
                    || rest[..stop.start()].ends_with("bên ")
                    || IN_NAME.is_match(&rest[stop.end()..])))
            && !(stop.as_str() == "về" && rest[..stop.start()].ends_with("quốc gia "))
    }) {
        end = end.min(stop.start());
    }
    // "các khoa có chương trình sẽ kiểm định trong năm 2024 nộp …": what marks the group out may hold anything.
    pattern!(
        MARKED,
        r"^(?i:(?:trưởng |thủ trưởng |lãnh đạo |giám đốc )?(?:các|những|mỗi|từng) [^,;.:()]{1,80}? (?:đã|đang|sẽ|chưa|không|mới) )"
    );
    pattern!(
        ACTS,
        r"^[^,;:.()]+? (?P<verb>(?:phải|cần|gửi|nộp|báo cáo|lập|xây dựng|có trách nhiệm|chịu trách nhiệm|thực hiện|hoàn thành) )"
    );
    pattern!(
        HAS_DUTY,
        r"(?i)có (?:trách nhiệm|báo cáo|văn bản|nhiệm vụ|ý kiến|kế hoạch) $|có liên quan"
    );
    pattern!(
        MUST,
        r"^[^,;:.()]+? (?P<verb>(?:(?:không )?phải|không|cần|có trách nhiệm|khẩn trương|tiếp tục|tập trung|thực hiện|làm|bổ sung|thì|gửi|nộp) )"
    );
    // "các nơi đã gửi báo cáo" tells what was done, unless a duty follows.
    let acts = |marked: &str, after: &str| {
        let wanted = if marked.ends_with("sẽ ") || marked.ends_with("đang ") {
            &*ACTS
        } else {
            &*MUST
        };
        wanted
            .captures(after)?
            .name("verb")
            .map(|verb| verb.start())
    };
    if let Some(marked) = MARKED.find(rest).filter(|marked| marked.end() >= end)
        && !HAS_DUTY.is_match(&rest[..marked.end()])
        && marked.start() == 0
        && let Some(verb) = acts(marked.as_str(), &rest[marked.end()..])
    {
        return from + rest[..marked.end() + verb].trim_end().len();
    }
    if let Some(verb) = verbs(rest)
        .take_while(|verb| verb.start < end)
        .find(|verb| verb.start >= skip && !inside(verb.start))
    {
        end = verb.start;
    }
    // After a known name the words are looked at anew.
    let from_name = known
        .iter()
        .take_while(|name| name.start < end)
        .last()
        .map_or(0, |name| name.end);
    if let Some(at) = names::ends(&rest[from_name..], end.max(from_name) - from_name)
        .map(|at| from_name + at)
        .filter(|at| *at >= skip && !inside(*at))
    {
        end = at;
    }
    if !listing {
        let joined = |at: usize| {
            GROUP.is_match(&rest[at..])
                // "Sở Văn hóa, Thể thao và Du lịch": what goes on with a capital and is no body is the same name.
                || at < end && rest[at + 1..].trim_start().starts_with(char::is_uppercase)
                    && !begins(rest[at + 1..].trim_start())
                || PERSON.is_match(&rest[..at]) && ROLE.is_match(rest[at + 1..].trim_start())
        };
        if let Some((comma, _)) = rest
            .match_indices(',')
            .find(|(at, _)| !inside(*at) && !joined(*at))
        {
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

/// The addressee that `text` names right at `from`: a body, or whatever else is written with a capital there.
pub(super) fn addressee_at(text: &str, from: usize) -> Option<Range<usize>> {
    pattern!(
        PAPER,
        r"^(?:Kế hoạch|Báo cáo|Phụ lục|Biểu|Mẫu|Công văn|Đề cương|Danh sách|Hồ sơ|Tờ trình|Đề án|Nghị quyết|Chỉ thị|Quyết định|Hướng dẫn|Hội nghị|Tết|Zalo|Email|E-mail|Internet|Website|[IVX]+\b|\p{L}+@)"
    );
    let rest = text.get(from..)?;
    if !begins(rest) && (!rest.starts_with(char::is_uppercase) || PAPER.is_match(rest)) {
        return None;
    }
    let end = end_of(text, from, false);
    (end > from).then_some(from..end)
}

// "Hạt Kiểm lâm (cơ quan thường trực)" says what the body does, not whose it is.
pattern!(
    ROLE_NOTE,
    r"^(?i:là )?(?i:cơ quan|đơn vị|bộ phận|ban|tổ) (?i:thường trực|chủ trì|đầu mối|phối hợp|thực hiện|tổng hợp|phụ trách)"
);

/// The bodies that `text` lists right at `from`, and where the list ends.
pub(super) fn list_at(text: &str, from: usize) -> Option<(Vec<Range<usize>>, usize)> {
    if !begins(text.get(from..)?) {
        return None;
    }
    let end = end_of(text, from, true);
    if text[from..].trim_start().split(' ').nth(2) == Some("nào")
        || text[from..end].ends_with(" nào")
    {
        // "đơn vị nào chưa gửi …" names nobody.
        return None;
    }
    let mut bodies = split(text, from..end);
    let mut end = end;
    // "Phòng Dân vận (Ban Tuyên giáo và Dân vận Tỉnh ủy)": the body it belongs to stands in parentheses.
    if let Some(last) = bodies.last_mut()
        && let Some(owner) = text[end..].trim_start().strip_prefix('(')
        && !ROLE_NOTE.is_match(owner)
    {
        let open = text.len() - owner.len();
        if let Some(owner) = body_at(text, open)
            && text[owner.end..].starts_with(')')
        {
            end = owner.end + 1;
            last.end = end;
        }
    }
    (!bodies.is_empty()).then_some((bodies, end))
}

/// Splits a list of bodies at the commas and "và" after which another body begins.
pub(super) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    pattern!(SEPARATOR, r"[,;] (?:và |cùng )?| và |\n");
    pattern!(
        FRONT,
        r"(?i)(?:mặt trận tổ quốc(?: việt nam)?|mttq(?: việt nam| vn)?|mttqvn)$"
    );
    // A commune by its name is one of several, "xã" alone goes on with a group.
    pattern!(NAMED, r"^(?:xã|phường|thị trấn|huyện) \p{Lu}");
    pattern!(
        OFFICE,
        r"^(?i:văn phòng|chánh văn phòng|cơ quan ủy ban|ban tiếp công dân) (?i:hđnd|hội đồng nhân dân|đoàn (?:đbqh|đại biểu quốc hội)|ubnd|ủy ban nhân dân|đảng ủy|huyện ủy|thành ủy)[^,;]*$"
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
        // "Văn phòng HĐND và UBND tỉnh" is one office.
        let office =
            separator.as_str() == " và " && OFFICE.is_match(&list[from..separator.start()]);
        let front = separator.as_str() == " và "
            && FRONT.is_match(&list[from..separator.start()])
            && (next.starts_with("các ") || next.starts_with("tổ chức"));
        if separator.start() > from
            && !joined
            && !front
            && !office
            && !role
            && begins(next)
            && (!CONTINUES.is_match(next) || NAMED.is_match(next))
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
    pattern!(
        COMMUNE,
        r"(?P<no>thị |tác |hành chính, )?\bxã\b(?P<not> hội)?"
    );
    pattern!(
        DISTRICT,
        r"huyện|\bquận|thị (?:ủy|uỷ)|thị xã|thị, thành|thị đoàn|chi cục .*khu vực|trường (?:tiểu|trung học cơ)"
    );
    pattern!(
        PROVINCE,
        r"tỉnh|thành (?:ủy|uỷ|đoàn)|thành phố|^(?:các |giám đốc )?sở\b|đảng (?:ủy|uỷ) (?:ủy|uỷ) ban"
    );
    pattern!(
        CENTRAL,
        r"trung ương|tối cao|(?:ban chỉ đạo|(?:ủy|uỷ) ban|hội đồng) quốc gia|ban bí thư|bộ chính trị|chính phủ|quốc hội|thủ tướng|quân (?:ủy|uỷ)|^(?:các |lãnh đạo |ban cán sự đảng )?bộ\b|^tổng (?:cục|liên đoàn|công đoàn)|^cục |^vụ |kiểm toán nhà nước"
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
