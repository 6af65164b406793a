//! Verbs of duty, and where such words are part of a body's name instead: "Ban Tổ chức", "Đoàn kiểm tra".

use std::ops::Range;

use super::bodies::begins;
use super::clause::speaks_of_report;
use super::passage::pattern;

pattern!(
    VERB,
    r"(?x)(?:^|[^\p{L}\p{N}])(?:xây\ dựng|lập|báo\ cáo|gửi|nộp|tổng\ hợp|hoàn\ thành|hoàn\ thiện|chủ\ trì|chủ\ động|phối\ hợp|tham\ mưu|chỉ\ đạo|lãnh\ đạo
    |theo\ dõi|đôn\ đốc|kiểm\ tra|giám\ sát|triển\ khai|thực\ hiện|tổ\ chức|tuyên\ truyền|hướng\ dẫn|bố\ trí|bảo\ đảm|đảm\ bảo|cân\ đối
    |chuẩn\ bị|thẩm\ định|căn\ cứ|rà\ soát|có\ trách\ nhiệm|chịu\ trách\ nhiệm|quán\ triệt|phổ\ biến|ban\ hành|đề\ xuất|giúp|tăng\ cường
    |đưa\ tin|cập\ nhật|thông\ báo|tiến\ hành|cần|phải|tiếp\ tục|kịp\ thời|định\ kỳ|nghiêm\ túc|khẩn\ trương|cử|đánh\ giá|chấp\ hành
    |có\ (?:các\ )?(?:báo\ cáo|văn\ bản|ý\ kiến|kế\ hoạch|công\ văn|tờ\ trình)|ra\ (?:báo|văn|thông|quyết|chỉ|kế|nghị)|rà\ lại|thiết\ kế|thảo\ luận|cung\ cấp|thống\ kê|trình|xem\ xét|phân\ công|sử\ dụng|tiếp\ nhận|đẩy\ mạnh|vận\ động|phát\ động|lồng\ ghép|là|hỗ\ trợ
    |tập\ trung|nâng\ cao|trực\ tiếp|thường\ xuyên|đăng\ ký|cụ\ thể\ h(?:óa|oá)|thành\ lập|viết|biên\ soạn|họp|tham\ gia|sơ\ kết|tổng\ kết
    |được\ giao|duy\ trì|nghiên\ cứu|xác\ định|thăm|đề\ nghị|yêu\ cầu|giao|hằng|hàng|chọn|lựa\ chọn|in\ ấn|mời|phục\ vụ|làm|khen\ thưởng|tặng|quản\ lý
    |định\ hướng|mở|phát\ tin|phát\ sóng|dự\ thảo|soạn\ thảo|khảo\ sát|chăm\ sóc|bảo\ vệ|liên\ hệ|trích\ xuất|bổ\ sung|điều\ chỉnh|giải\ trình|giải\ quyết|xử\ lý|khắc\ phục|chấn\ chỉnh
    |tự\ (?:chấm|đánh|kiểm|rà|tổ|xây)|không|sinh\ hoạt|đăng|viết\ bài|ghi\ hình|in|cấp\ (?:phát|kinh|giấy|đủ)|chi\ (?:trả|từ|kinh)|thanh\ toán|quyết\ toán|lưu|công\ bố|niêm\ yết|trang\ trí|tiếp\ đón|đón|dự|tham\ dự|sao\ gửi|chuyển|nhập|công\ khai|thu\ thập|tập\ hợp|đối\ chiếu|xác\ minh|xác\ nhận|phê\ duyệt|ký|bình\ xét|lấy\ ý\ kiến|góp\ ý|cho\ ý\ kiến|quy\ định|ấn\ định|thông\ tin|đào\ tạo|tập\ huấn|bồi\ dưỡng|vệ\ sinh|trồng|trao|biểu\ dương|tôn\ vinh|huy\ động|kêu\ gọi|phát\ huy|nắm|kiến\ nghị|hoàn\ chỉnh|gắn|ứng\ dụng|vận\ hành|thiết\ lập|rút\ kinh\ nghiệm|nhắc|nhận\ xét|khẩn\ trương|quan\ tâm|sớm|biên\ tập|xuất\ bản|truyền\ thông|tham\ vấn|thuê|mua|sửa\ chữa|nghiệm\ thu|bàn\ giao|tuyển\ chọn|giới\ thiệu|đặt|áp\ dụng|tra\ cứu|phân\ tích|so\ sánh|thẩm\ tra|bảo\ quản|điều\ tra|lắp\ đặt|hòa\ giải|phát\ (?:hành|tờ|tặng|động|bản|thanh)|tìm\ hiểu|giữ|gặp\ mặt|tri\ ân|kết\ nạp|mở\ lớp|tích\ hợp|đồng\ bộ|số\ h(?:óa|oá)|kiện\ toàn|củng\ cố|kiểm\ điểm|kê\ khai|kiểm\ kê|dự\ toán|trích|gia\ hạn|rà|đo|gỡ|ưu\ tiên|khuyến\ (?:cáo|khích)|lo|phụ\ trách|cảnh\ báo|tư\ vấn|tiêm|khám|treo|dán|dọn|thu\ gom|thu\ hoạch|phun|diễn\ tập|luyện\ tập|tuần\ tra|kiểm\ (?:soát|định|đếm)|ngăn\ chặn|phòng\ ngừa|hiệu\ chỉnh|chỉnh\ sửa|sửa\ đổi|công\ nhận|quyết\ định|điều\ động|phân\ (?:bổ|loại|cấp)|khai\ thác|nạo\ vét|tu\ (?:sửa|bổ)|đấu\ tranh|cắt\ giảm|sắp\ xếp|ghi\ chép|đối\ thoại|tiếp\ xúc|trả\ lời|phản\ (?:hồi|ánh|biện)|kết\ hợp|liên\ kết|ký\ kết|tài\ trợ|ủng\ hộ|quyên\ góp|đóng\ góp|hạch\ toán|chấm|xếp\ (?:loại|hạng)|bình\ chọn|tuyên\ dương|dàn\ dựng|biểu\ diễn|phỏng\ vấn|trưng\ bày|dâng\ hương|viếng|thắp|tổng\ rà|trực\ ban|bình\ bầu|nhân\ rộng|tìm\ kiếm|quản\ trị|động\ viên|chúc|thông\ qua|bám\ sát|vào\ cuộc|đổi\ mới|đưa|đồng\ loạt|ra\ quân|hưởng\ ứng|hủy|huỷ|dừng|tạm\ dừng|rút|kéo\ dài|khởi\ công|thi\ công|nuôi|sản\ xuất)(?:[^\p{L}\p{N}]|$)"
);

/// Every verb of duty in `text` that is no part of a name, in order.
pub(super) fn verbs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    bare_verbs(text).filter(|verb| !is_part_of_a_name(text, verb))
}

/// Every verb of duty in `text`, in order, where its syllables are no part of another word.
pub(super) fn bare_verbs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    // Written without word boundaries, which would keep the fast engine from text that is not ASCII: the characters
    // on either side are matched and taken off again.
    let mut from = 0;
    std::iter::from_fn(move || {
        let found = VERB.find_at(text, from)?;
        let words = found.as_str();
        let inner = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = found.end() - inner.len();
        // "giao thông báo cáo": the second of two words that overlap.
        if inner.starts_with("thông báo") && text[start + "thông báo".len()..].starts_with(" cáo")
        {
            from = start + "thông".len();
            return Some(start..start);
        }
        let end = start + inner.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        from = end;
        Some(start..end)
    })
    .filter(|verb| !verb.is_empty() && !is_part_of_a_word(text, verb))
}

/// The first verb of duty in `text`, where the words are no part of a body's name.
pub(super) fn first_verb(text: &str) -> Option<Range<usize>> {
    verbs(text).next()
}

/// Whether `text` can begin with what somebody is to do. Verbs are an open class, so any word is taken for one that is
/// none of those that join, point, place or count, names no body, and is none of the things that plans speak about.
pub(super) fn is_predicate(text: &str) -> bool {
    const NO_VERBS: [&str; 86] = [
        "của",
        "xong",
        "và",
        "với",
        "cho",
        "trong",
        "theo",
        "về",
        "tại",
        "từ",
        "đến",
        "do",
        "để",
        "vào",
        "qua",
        "bằng",
        "như",
        "nếu",
        "khi",
        "sau",
        "trước",
        "gồm",
        "bao",
        "thuộc",
        "ở",
        "là",
        "được",
        "bị",
        "đã",
        "đang",
        "chưa",
        "không",
        "vẫn",
        "còn",
        "nào",
        "này",
        "trên",
        "dưới",
        "nêu",
        "hoặc",
        "hay",
        "thì",
        "mà",
        "nhưng",
        "song",
        "vì",
        "nên",
        "những",
        "các",
        "mỗi",
        "từng",
        "một",
        "hai",
        "ba",
        "bốn",
        "số",
        "ngày",
        "tháng",
        "năm",
        "quý",
        "tuần",
        "rất",
        "hơn",
        "khác",
        "cùng",
        "ngoài",
        "giữa",
        "đối",
        "nhằm",
        "kể",
        "cả",
        "chỉ",
        "ra",
        "tỉnh",
        "xã",
        "huyện",
        "phường",
        "mọi",
        "tất",
        "toàn",
        "ai",
        "người",
        "nơi",
        "đó",
        "đây",
        "tuy",
    ];
    // What plans speak about: papers, times, places, money, parts of the text.
    pattern!(
        THING,
        r"^(?:(?:riêng|còn|và|khi|nếu|mọi|các|những) )*(?:thời (?:gian|hạn|điểm|kỳ)|(?:chậm|muộn|trễ|sớm|lâu) nhất|kinh phí|nguồn|nội dung|hình thức|phạm vi|đối tượng|thành phần|địa (?:điểm|chỉ|bàn)|số (?:liệu|lượng)|tài liệu|hồ sơ|văn bản|danh (?:sách|mục|hiệu)|biểu|phụ lục|đề cương|kết quả|kế hoạch|công văn|nghị (?:quyết|định)|thông tư|luật|pháp lệnh|thay (?:cho|vì|thế cho)|chương trình|hội (?:nghị|thảo|thi|diễn|trường)|lễ|việc|mục|điểm|khoản|phần|mẫu|bản|tệp|file|ảnh|cách|tên|mức|tỷ lệ|tiến độ|tình hình|nguyên nhân|khó khăn|vướng mắc|tồn tại|hạn chế|ưu điểm|khuyết điểm|bài học|thuận lợi|hạn|mốc|đầu mối|khâu|(?:thư điện tử|hộp thư|điện thoại|số máy|đường dây nóng|fax|e-?mail|zalo|website|đt)(?: \p{L}+)*: |công tác|mảng|lĩnh vực|quá trình|trường hợp|yêu cầu:|nhiệm vụ|trách nhiệm|cuộc|buổi|đợt|ngành|cấp \p{L}+:|đồng chí|ông|bà|cô|thầy) ?"
    );
    // "Căn cứ Luật …" is a ground.
    pattern!(GROUND, r"^(?i:căn cứ|theo|xét) \p{Lu}");
    if speaks_of_report(text) || GROUND.is_match(text) {
        return false;
    }
    if begins_with_verb(text) {
        return true;
    }
    // "Máy lấy số hỏng", "Thể lệ được đăng …": how a thing is.
    pattern!(
        IS_SO,
        r"^(?:\p{L}+ ){1,5}(?:là|được|bị|đã|sẽ|gồm|hiện|vẫn|còn|hỏng|diễn ra|lấy từ|tính từ)\b"
    );
    let clause = text.split([',', ';', '.', ':']).next().unwrap_or_default();
    if let Some(state) = IS_SO.find(clause)
        && first_verb(clause).is_none_or(|verb| verb.start + 3 > state.end())
    {
        return false;
    }
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return false;
    };
    let lowered: String = first.to_lowercase().chain(letters.take(30)).collect();
    let mut words = lowered.split([' ', ',', '.', ';', ':']);
    let word = words.next().unwrap_or_default();
    // "Quay, dựng phim", "Kẻ, vẽ khẩu hiệu": verbs of one syllable side by side.
    if let Some(next) = text
        .split_once(", ")
        .filter(|(first, _)| !first.contains(' '))
        && word.chars().all(char::is_lowercase)
        && next.1.starts_with(char::is_lowercase)
        && begins_with_verb(next.1)
    {
        return true;
    }
    // In a name the second syllable has a capital, too; nothing is done in one word.
    let proper = words.next().is_none_or(|next| {
        next.chars()
            .next()
            .is_none_or(|c| !c.is_lowercase() && !c.is_numeric())
    });
    word.chars().all(char::is_lowercase)
        && !word.is_empty()
        && !(first.is_uppercase() && proper)
        && (!NO_VERBS.contains(&word) || first.is_uppercase() && word == "cho")
        && !THING.is_match(&lowered)
        && !begins(text)
}

/// Whether `text` begins with a verb of duty, in lower case or as the beginning of a sentence.
pub(super) fn begins_with_verb(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    // One syllable each; elsewhere these are mostly parts of other words ("Xây dựng", "kiểm soát", "phân phát").
    pattern!(
        SHORT,
        r"^(?:trân trọng|kính|sẽ|tự|đều|dựng|soát|xét|ghi|gọi|điền|phát|thu|nêu|chốt|rút|lên|sắp|xếp|dự|kẻ|vẽ|quét|đào|dạy|học|bàn|bầu|chia|chụp|quay|dẫn|đọc|kể|khơi|gieo|bón|tưới|tháo|gom|kéo|xóa|sửa|dời|phân|bốc|lấy|hoàn|góp|đôn|đối|trực|canh|mổ|đón|đưa|rửa|cắt|phá|nộp|nạp|tải|quản|soạn|ra|có|nhận|nghe|hỏi|tìm|vá|lát) "
    );
    let lowered: String = first.to_lowercase().chain(characters.take(30)).collect();
    SHORT.is_match(&lowered) && !lowered.starts_with("dự án")
        || first_verb(&lowered).is_some_and(|verb| verb.start == 0)
}

/// Whether the words before a verb end with the name of an office that may go on with it ("Phòng Kế hoạch").
fn is_office(before: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?:Hành chính|Kế hoạch|Nội chính|Kinh tế|Nghiên cứu|Tham mưu|Văn phòng|Pháp chế)(?: [-–])? $"
    );
    OFFICE.is_match(before)
}

/// Whether the syllables of a verb belong to another word: "công trình", "độc lập", "việc làm".
fn is_part_of_a_word(text: &str, verb: &Range<usize>) -> bool {
    pattern!(
        NOUN_AFTER,
        r"^ ?(?:đảng|Đảng|chính trị|cơ sở|đoàn|xã hội|thành viên|có liên quan|liên quan|trực thuộc|công đoàn|tôn giáo|hội(?: |,)|,|và )"
    );
    pattern!(
        HOLDS,
        r"^ (?:các )?(?:hội (?:nghị|thảo|thi|diễn|họp|đàm|trại|chợ|khỏe|khoẻ|xuân|làng|thao|sách|hoa)|đoàn (?:công|kiểm|khảo|giám|đi))|^ ?, ?(?:\d|(?:vào|lúc|hồi|sáng|chiều|tối|ngày|dự kiến|thời gian|trong|trước|từ|tại)\b)"
    );
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let first_before = before.split_whitespace().next_back().unwrap_or_default();
    let word = &text[verb.clone()];
    match word {
        "trình" => matches!(
            first_before.to_lowercase().as_str(),
            "công" | "chương" | "quy" | "lộ" | "giáo" | "hành" | "tiến" | "mô" | "truyền" | "quá"
        ),
        "thông qua" => !before.is_empty(),
        "hàng" => before.ends_with("ngân ") || before.ends_with("Ngân "),
        "lãnh đạo" => matches!(first_before, "thể" | "ban" | "các" | "Ban"),
        "trực tiếp" => after.starts_with(" cơ sở") || after.starts_with(" quản lý"),
        "xây dựng" | "khai thác" => matches!(first_before, "tư" | "án"),
        "sản xuất" => matches!(first_before, "nghiệp" | "sở" | "hộ" | "xã"),
        "tổ chức" => {
            (NOUN_AFTER.is_match(after)
                && !HOLDS.is_match(after)
                && !after.trim_start().starts_with([',']))
                || matches!(first_before, "các" | "Các" | "ban" | "Ban" | "và" | "quan,")
                || before.is_empty() && NOUN_AFTER.is_match(after) && !HOLDS.is_match(after)
        }
        "dự" => after.starts_with(" án"),
        "lập" => matches!(first_before, "công" | "độc" | "dân"),
        "số hóa" => after.starts_with(" chất") || after.starts_with(" đơn"),
        "nuôi" => first_before.eq_ignore_ascii_case("chăn"),
        "thành lập" => first_before == "mới",
        "chuyển" | "thu" | "tạo" | "gắn" => {
            !matches!(first_before, "," | "") && after.starts_with(" đổi")
        }
        "là" | "giúp" | "làm" | "cần" => {
            word == "cần" && first_before.ends_with("ậu")
                || first_before.ends_with(',')
                || after.starts_with(" việc")
                    && matches!(
                        first_before,
                        "ngày" | "giờ" | "buổi" | "nơi" | "độ" | "lịch" | "chỗ" | "điểm" | "kiện"
                    )
        }
        _ => false,
    }
}

/// Whether a verb is a part of a body's name.
fn is_part_of_a_name(text: &str, verb: &Range<usize>) -> bool {
    pattern!(
        UNION,
        r"(?i)(?:tỉnh|thành|huyện|quận|thị|xã|phường|đặc khu|công) đoàn $"
    );
    pattern!(
        NAME_BEFORE,
        r"(?x)(?:(?i:ban|tổ|bộ\ phận|trung\ tâm|đoàn|hội\ đồng|hạt|đội|trạm)\ $|(?i:ủy\ ban|uỷ\ ban|phòng|các\ cơ\ quan|cơ\ quan|đơn\ vị|viện)\ $)"
    );
    let word = &text[verb.clone()];
    let (before, after) = (&text[..verb.start], &text[verb.end..]);
    let first_before = before.split_whitespace().next_back().unwrap_or_default();
    match word {
        "tổng hợp" | "quản trị" | "quản lý" | "giám sát" | "đào tạo" | "đối ngoại" | "tài vụ"
            if is_office(before) =>
        {
            let next = after.trim_start_matches([' ', ':', '.', ';', ')']);
            next.is_empty() || begins_with_verb(next) || after.starts_with(')')
        }
        "chỉ đạo" => first_before.eq_ignore_ascii_case("ban"),
        "quản lý" | "kiểm tra" | "tuyên truyền" | "hướng dẫn" | "giám sát" | "vận động"
        | "nghiên cứu" | "hỗ trợ" | "tổng hợp" | "thẩm định" | "kiểm soát" | "thi đua"
        | "khen thưởng" | "điều hành" | "tiếp nhận" | "phục vụ" | "tư vấn" | "giải quyết"
        | "xử lý" | "kiểm định" | "điều tra" | "thanh toán" | "biên tập" | "phát hành" => {
            NAME_BEFORE.is_match(before)
                && !before.ends_with("quan ")
                && !before.ends_with("vị ")
                && !UNION.is_match(before)
        }
        "tham mưu" | "chủ trì" | "phối hợp" => {
            before.ends_with("cơ quan ") && !after.starts_with([',', ' '])
                || before.ends_with("cơ quan ")
                    && !begins_with_verb(after.trim_start())
                    && !after.starts_with(" với")
                || before.ends_with("phòng ")
                    && !after.starts_with(" với")
                    && !after.starts_with(',')
        }
        "thông tin" | "truyền thông" | "đào tạo" | "bảo vệ" | "khảo sát" | "dự" | "ký" => {
            first_before.ends_with("nghệ")
                || matches!(first_before, "cổng" | "trang" | "hệ")
                || matches!(
                    first_before,
                    "và" | "đăng" | "hồ" | "đoàn" | "tham" | "công" | "tổ" | "chữ" | "thư" | "Thư"
                )
                || NAME_BEFORE.is_match(before)
                || word == "bảo vệ" && first_before == "lý"
        }
        _ => false,
    }
}
