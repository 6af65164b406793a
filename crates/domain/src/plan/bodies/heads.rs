//! The head nouns of bodies and of the persons that stand for them: a closed class.

use std::sync::LazyLock;

use super::fields::{Phrases, Token, plain};

/// What a body is, in lower case.
const BODIES: &str = "bộ; tổng cục; cục; vụ; viện; văn phòng; thanh tra; sở; ban; phòng; chi cục; trung tâm; trường; \
bệnh viện; trạm; hạt; đội; tổ; đoàn; hội; hội đồng; ủy ban; liên đoàn; liên minh; công ty; tổng công ty; tập đoàn; \
ngân hàng; hợp tác xã; chi nhánh; kho bạc; tòa án; viện kiểm sát; công an; quân khu; quân đoàn; bộ tư lệnh; đảng ủy; \
chi bộ; chi ủy; đảng bộ; đảng đoàn; khoa; khối; tiểu ban; bộ phận; nhóm; câu lạc bộ; quỹ; xí nghiệp; nhà máy; \
phân xưởng; báo; đài; tạp chí; học viện; đại học; bảo tàng; thư viện; nhà văn hóa; nhà thiếu nhi; nhà hát; nhà xuất bản; nhà khách; nhà truyền thống; hiệp hội; liên hiệp; chi hội; \
chi đoàn; công đoàn; nghiệp đoàn; mặt trận; cơ quan; cơ quan điều tra; cơ quan tham mưu; cơ quan tham mưu, giúp việc; cơ quan tham mưu giúp việc; cơ quan chuyên môn; \
cơ quan chuyên trách tham mưu, giúp việc; lực lượng; cảng vụ; đồn; trung đoàn; sư đoàn; tiểu đoàn; đại đội; \
lữ đoàn; binh đoàn; hải đội; hải đoàn; tỉnh ủy; huyện ủy; thị ủy; thành ủy; quận ủy; quân ủy; tỉnh đoàn; huyện đoàn; \
thành đoàn; quận đoàn; thị đoàn; xã đoàn; tỉnh hội; huyện hội; hội đồng nhân dân; ủy ban nhân dân; ban chấp hành; \
ban thường vụ; ban thường trực; ban chỉ đạo; ban giám đốc; ban cán sự đảng; cổng thông tin; bưu điện; điện lực; viễn thông; \
hải quan; thuế; thống kê; thi hành án dân sự; bảo hiểm xã hội; kiểm toán nhà nước; kho bạc nhà nước; \
báo và phát thanh, truyền hình; báo và đài phát thanh, truyền hình; báo và đài phát thanh và truyền hình; nông trường; \
lâm trường; phòng giao dịch; văn phòng đại diện; tòa soạn; hội đồng thành viên; hội đồng quản trị; xưởng; \
đơn vị; địa phương; doanh nghiệp; đoàn thể; cơ quan, đơn vị; cơ quan, đơn vị, địa phương; cơ quan, tổ chức; \
cơ quan, tổ chức, đơn vị; đơn vị, địa phương; sở, ban, ngành; sở, ban, ngành, đoàn thể; sở, ngành; \
sở, ngành, địa phương; bộ, ngành; bộ, ngành, địa phương; bộ, ban, ngành; bộ, cơ quan ngang bộ; cơ quan ngang bộ; cơ quan thuộc chính phủ; \
bộ, cơ quan ngang bộ, cơ quan thuộc chính phủ; trường học; ban, ngành; ban, ngành, đoàn thể; phòng, ban; \
phòng, ban, ngành; phòng, ban, đơn vị; khoa, phòng; chi, đảng bộ; tổ chức đảng";

/// Bodies that are called after what they do, in lower case too: "Tổ kiểm tra", "Hội đồng xử lý hàng tồn đọng".
const AT_WORK: &str = "ban; ban chỉ đạo; tổ; bộ phận; trung tâm; đoàn; hội đồng; hạt; đội; trạm; tiểu ban; nhóm; \
trưởng đoàn; phó trưởng đoàn; ủy ban; lực lượng; câu lạc bộ";

/// Organs and persons that act for the body named after them.
const PERSONS: &str = "thường trực; lãnh đạo; tập thể; tập thể lãnh đạo; giám đốc; phó giám đốc; tổng giám đốc; \
phó tổng giám đốc; trưởng; phó; phó trưởng; trưởng ban; phó trưởng ban; trưởng phòng; phó trưởng phòng; trưởng khoa; \
trưởng đoàn; chánh; phó chánh; chánh văn phòng; phó chánh văn phòng; chánh thanh tra; chánh án; phó chánh án; \
viện trưởng; phó viện trưởng; cục trưởng; phó cục trưởng; vụ trưởng; chi cục trưởng; tổng cục trưởng; bộ trưởng; \
thứ trưởng; chủ tịch; phó chủ tịch; bí thư; phó bí thư; tỉnh ủy viên; huyện ủy viên; chi ủy viên; thành ủy viên; đảng ủy viên; ủy viên; thủ trưởng; hiệu trưởng; phó hiệu trưởng; chỉ huy trưởng; \
chính ủy; chủ nhiệm; phó chủ nhiệm; ban chủ nhiệm; tổ trưởng; đội trưởng; trạm trưởng; hạt trưởng; người đứng đầu; \
tổng biên tập; thư ký; cấp ủy; ban lãnh đạo";

static BODY: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(BODIES.split("; ")));
static WORKING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(AT_WORK.split("; ")));
static ALONE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tỉnh ủy; huyện ủy; thị ủy; thành ủy; quận ủy; quân ủy; tỉnh đoàn; huyện đoàn; thành đoàn; quận đoàn; thị đoàn; \
        tỉnh hội; huyện hội; ủy ban nhân dân; hội đồng nhân dân; đảng ủy; đảng bộ; sở; bộ; thường trực; công an"
            .split("; ")
            .map(str::trim),
    )
});
static FREE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "công ty; tổng công ty; tập đoàn; hợp tác xã; xí nghiệp; nhà máy; ngân hàng; câu lạc bộ; trường; quỹ; chi nhánh"
            .split("; "),
    )
});
static STEERING: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("ban chỉ đạo; ủy ban; hội đồng; bcđ".split("; ")));
static PERSON: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(PERSONS.split("; ")));

/// A head noun in a text.
pub(super) struct Head {
    pub end: usize,
    /// Somebody who acts for the body named next.
    pub person: bool,
    /// It may be called after what it does.
    pub at_work: bool,
    /// It is a name by itself, which no field follows: "Tỉnh ủy", "UBND".
    pub alone: bool,
    /// It is called as its founders like.
    pub free: bool,
    /// It may be called after what it is to steer, which stands after its level.
    pub steers: bool,
}

/// The head noun that stands at `from`, whatever its case; short forms in capitals count ("UBND", "LĐLĐ").
pub(super) fn head(text: &str, from: usize) -> Option<Head> {
    let body = BODY.longest(text, from);
    let person = PERSON.longest(text, from);
    let end = body.max(person);
    if let Some(end) = end {
        return Some(Head {
            end,
            person: person == Some(end) && body != person,
            at_work: WORKING.longest(text, from) == Some(end),
            alone: ALONE.longest(text, from) == Some(end),
            free: FREE.longest(text, from) == Some(end),
            steers: STEERING.longest(text, from) == Some(end),
        });
    }
    let first = Token::at(text, from)?;
    is_short_form(first.text(text)).then_some(Head {
        end: first.range.end,
        person: false,
        at_work: false,
        alone: first.text(text).starts_with("UB"),
        free: false,
        steers: false,
    })
}

/// "UBND", "HĐND", "BCĐ", "GDNN".
fn is_short_form(word: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "UB", "HĐ", "BCĐ", "BCH", "BTV", "LĐLĐ", "MTTQ", "BHXH", "VP", "TT", "CA", "LHPN", "BQL",
        "CĐ",
    ];
    word.chars().count() > 1
        && word.chars().all(char::is_uppercase)
        && NOUNS.iter().any(|noun| word.starts_with(noun))
}

/// Where the word for a level of the State that stands at `from` ends ("tỉnh", "thị xã", "cấp huyện").
pub(super) fn level(text: &str, from: usize) -> Option<usize> {
    static LEVELS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "tỉnh; huyện; huyện đảo; xã đảo; xã; phường; quận; thị xã; thành phố; thị trấn; đặc khu; thôn; ấp; khu phố; tổ dân phố; phố; tp; \
            cấp tỉnh; cấp huyện; cấp xã; cấp cơ sở; cấp trên; cấp trên trực tiếp; cấp trên trực tiếp cơ sở; cấp dưới; cơ sở; trung ương; chính phủ; quốc hội"
                .split("; ")
                .map(str::trim),
        )
    });
    // "xã hội", "tỉnh ủy", "xã đội" are no levels.
    const OTHER: [&str; 16] = [
        "hội",
        "ủy",
        "đoàn",
        "đội",
        "lộ",
        "viên",
        "trưởng",
        "phố",
        "vật",
        "dữ",
        "giáo",
        "hạ",
        "sản",
        "trường",
        "y",
        "khám",
    ];
    let end = LEVELS.longest(text, from)?;
    let next = Token::at(text, end).filter(|next| next.range.start == end + 1);
    let other = next.is_some_and(|next| {
        let next = next.text(text);
        next.starts_with(char::is_lowercase) && OTHER.contains(&plain(next).as_str())
            || matches!(next, "Ủy" | "Uỷ" | "Đoàn" | "Hội")
                && plain(&text[from..end]) != "trung ương"
                && !is_place(text, end + 1)
    });
    (!other).then_some(end)
}

/// Two capitalised words, as of a place: "Hội An", "Đoàn Kết".
fn is_place(text: &str, from: usize) -> bool {
    Token::at(text, from)
        .and_then(|first| Token::at(text, first.range.end))
        .is_some_and(|second| second.text(text).starts_with(char::is_uppercase))
}
