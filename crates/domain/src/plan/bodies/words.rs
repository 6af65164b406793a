//! The grammar of names: which words in lower case a body's name may hold, so that any other word ends it.
//!
//! Verbs are an open class and no list of them is ever whole; the words of names are few. "Công đoàn Tổng công ty xét
//! chọn …" ends before "xét" because no body is called so.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::begins::begins;
use super::heads::head;
use super::name::Name;
use crate::plan::passage::pattern;
use crate::plan::verbs::{begins_with_verb, verbs};

/// Syllables in lower case that names and groups of bodies are made of.
const SYLLABLES: &str = "tiếp phận ủy uỷ tỉnh các ban xã phòng vụ huyện dân và thành nhân thị trực đoàn phố chức thuộc chính tế đảng bộ vận nghiệp \
trường phường giáo cơ hội ương sở thôn nông trấn chi trên ngành pháp đồng công sự chí đơn vị động tra thể thường \
hành dục triển đốc học lý tộc hoạch lâm cấp quan an tịch khoa quốc hóa hoá trào viên tâm trung trợ trận tổ \
nghệ trưởng mới mục thuật phối sản nhiễm khuẩn khu chất lượng ty thông nguyên quận tác viện sách nhánh tầng đạo \
cao tướng nữ phụ rừng trị luật thư binh chế phủ trong hợp của mưu liên dưỡng sàng kiểm địa phương trình kinh \
thao bướu bệnh phân xưởng cục xí nước phổ con toàn gia biến huy ven biển đội khối tuổi thanh điện văn khóa doanh \
trọng điểm lãnh đông bào thiểu số sinh tư chiến toán chương năm hiệu cô vấn chuyên môn ký nhà tiểu hiệp minh đua \
niên tật chữa vệ ấp danh bạc chủ đặc buôn vùng hình lịch ngoại cư người trách lĩnh vực thủy lợi bản làng bon sóc \
phum xóm lớp trạm y miền núi hải đảo biên giới quân tòa án sát nhi nội khẩn cứu chợ bến cảng sân bay ga kho quỹ \
tín hạt đài tạp thương mại dịch du hàng tiền xe máy mỏ than tử bách mầm non cựu tôn già trẻ khuyến đỏ đại giám \
phó bí cán nghỉ hưu lao mặt tổng đẳng nghề trú bán phi lái lữ sư hộ thủ cả khác hữu kiến trúc quyền diện ngân \
cập mù cửa sạch rác thải đô khẩu hạng bảo hiểm xuất nhập khẩu lực vũ trang phục cai nghiện đào cụm nhóm mọi tuyến nhiệm tập";

/// Pairs of syllables of which the second only counts after the first, as it begins a verb elsewhere.
const PAIRS: [&str; 56] = [
    "nêu trên",
    "nói trên",
    "dưới đây",
    "sau đây",
    "kiểm soát",
    "chỉ huy",
    "công lập",
    "địa bàn",
    "dân lập",
    "chăn nuôi",
    "trang trại",
    "giúp việc",
    "liên quan",
    "tín dụng",
    "môi trường",
    "xây dựng",
    "hợp tác",
    "chữ thập",
    "thiết bị",
    "bất động",
    "động sản",
    "bảo vệ",
    "hạ tầng",
    "giá và",
    "Hội thi",
    "thành lập",
    "thi đua",
    "khen thưởng",
    "tham mưu",
    "phát triển",
    "thông tin",
    "đào tạo",
    "đầu tư",
    "cha mẹ",
    "học sinh",
    "tiêu dùng",
    "vật tư",
    "thiết kế",
    "giao dịch",
    "bán hàng",
    "chăm sóc",
    "khách hàng",
    "quản trị",
    "quản lý",
    "vận tải",
    "bưu chính",
    "viễn thông",
    "tài nguyên",
    "bảo tồn",
    "nghiên cứu",
    "khảo sát",
    "kiểm định",
    "giải quyết",
    "tiếp dân",
    "một cửa",
    "đấu thầu",
];

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| SYLLABLES.split_whitespace().collect());

/// Whether the phrase names several bodies, which any words may mark out.
pub(super) fn is_group(phrase: &str) -> bool {
    pattern!(
        GROUP,
        r"^(?i:các|những|mỗi|từng|mọi|toàn thể|tất cả|đơn vị|cơ quan|địa phương|doanh nghiệp|tổ chức|cán bộ|công chức|viên chức|đảng viên|đoàn viên|hội viên|người|chủ|trưởng các|thủ trưởng|lãnh đạo các|giám đốc các|hiệu trưởng các)\b"
    );
    let sentence = phrase.find([';', '.']).unwrap_or(phrase.len());
    GROUP.is_match(phrase) || phrase[..sentence].contains(" các ")
}

/// Whether "có" begins a duty: "các khoa có chương trình kiểm định" are a kind of body, "các khoa có báo cáo" owe one.
pub(super) fn has_duty(words: &str) -> bool {
    pattern!(
        HAS,
        r"^có (?:các )?(?:báo cáo|văn bản|trách nhiệm|nhiệm vụ|ý kiến|kế hoạch|công văn|tờ trình|đề xuất|hướng dẫn)"
    );
    HAS.is_match(words)
}

/// Where the name or list of names that `rest` begins with is over by its words, which are certain as far as `name`,
/// looking no further than `limit`. `group`: it is of a phrase that names several bodies.
pub(super) fn ends(rest: &str, group: bool, name: &Name, limit: usize) -> Option<usize> {
    // What may still follow in lower case where a name is whole by itself.
    const FOLLOWS: [&str; 28] = [
        "các",
        "của",
        "thuộc",
        "trực",
        "cấp",
        "liên",
        "cơ",
        "nhà",
        "trường",
        "và",
        "toàn",
        "vùng",
        "miền",
        "khối",
        "ngành",
        "bệnh",
        "công",
        "cùng",
        "số",
        "khu",
        "nơi",
        "có",
        "đảng",
        "hội",
        "đoàn",
        "ủy",
        "phường",
        "xã",
    ];
    let certain = name.end;
    let known = name.known;
    let mut followed = false;
    let mut before = "";
    let mut at = 0;
    let mut first = true;
    // How many capitalised syllables stand right before: two make a proper name, which is whole.
    let mut capitals = 0;
    for word in rest[..limit].split_inclusive(|c: char| !c.is_alphanumeric()) {
        let syllable = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let place = at;
        at += word.len();
        if syllable.is_empty() {
            continue;
        }
        let lower = syllable.chars().all(char::is_lowercase);
        let next = rest[at..]
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let pair = || {
            PAIRS.iter().any(|pair| {
                let pair = pair.split_once(' ');
                pair == Some((before, syllable)) || pair == Some((syllable, next))
            })
        };
        // "cấp tài khoản" grants; only levels are called so.
        const LEVELS: [&str; 12] = [
            "ủy", "uỷ", "huyện", "tỉnh", "xã", "trên", "dưới", "cơ", "trung", "thành", "cao",
            "nước",
        ];
        let grants = lower
            && syllable == "cấp"
            && !matches!(
                before,
                "cung" | "các" | "Các" | "sơ" | "trung" | "Trung" | "Sơ" | "nâng"
            )
            && next.chars().all(char::is_lowercase)
            && !next.is_empty()
            && !LEVELS.contains(&next);
        // "trực tại sân", but "trực thuộc", "trực tiếp".
        let on_duty = lower
            && !first
            && syllable == "trực"
            && before != "thường"
            && !matches!(next, "thuộc" | "tiếp" | "tuyến" | "chiến" | "ban");
        // "thanh tra 02 dự án", but "đoàn thanh tra", "công tác thanh tra".
        let inspects = lower
            && !first
            && (syllable, next) == ("thanh", "tra")
            && !matches!(
                before,
                "đoàn" | "ban" | "quan" | "tổ" | "tác" | "cục" | "ngành"
            );
        let next_after_name = !followed && place >= certain && certain > 0;
        followed |= next_after_name;
        if next_after_name
            && lower
            && (known || name.proper)
            && !group
            && !FOLLOWS.contains(&syllable)
            && !begins(&rest[place..])
            && KNOWN.contains(syllable)
        {
            return Some(place);
        }
        if place < certain {
            // Told already to be a part of the name.
        } else if grants && !first || on_duty || inspects {
            return Some(place);
        } else if lower && !first && syllable == "có" {
            let asked = has_duty(&rest[place..]);
            let kept = rest[place..].starts_with("có liên quan");
            if !kept && (asked || !group) {
                return Some(place);
            }
            if !kept {
                // What a group of bodies has may be called anything.
                return None;
            }
        } else if lower
            && !first
            && !KNOWN.contains(syllable)
            && (known && next_after_name || !pair())
            && (known && next_after_name || capitals > 1 || !is_second(before))
        {
            let pause = rest[place..]
                .find([',', ';', '.'])
                .map_or(rest.len(), |end| place + end);
            let over = !group
                || is_modal(&rest[place..])
                || begins_with_verb(&rest[place..])
                || verbs(&rest[place..pause])
                    .map(|verb| &rest[place..pause][verb])
                    .all(|verb| matches!(verb, "hằng" | "hàng" | "định kỳ" | "là" | "không"));
            // "Đội viên trí thức trẻ viết …": what a common name goes on with stands right before the verb.
            let common = !rest[..place].chars().skip(1).any(char::is_uppercase);
            let finished = [
                "tỉnh",
                "huyện",
                "xã",
                "phường",
                "quận",
                "trấn",
                "phố",
                "ương",
                "ủy",
                "uỷ",
            ];
            let finished = known || name.proper || finished.contains(&before);
            let more = match (common, finished) {
                (_, true) => 0,
                (true, _) => 3,
                _ => 2,
            };
            // "Hợp tác xã Dịch vụ nước sạch Thanh Lâm": a name may go on to its last capital.
            if over && !is_modal(&rest[place..]) && !begins_with_verb(&rest[place..]) && !finished {
                let tail = &rest[place..pause];
                let mut words = tail.split(' ').skip(1).take(2);
                let proper = words.any(|word| {
                    word.starts_with(char::is_uppercase)
                        && !is_head(word)
                        && !word.chars().nth(1).is_some_and(char::is_uppercase)
                }) && !tail
                    .split(' ')
                    .take(3)
                    .any(|word| is_head(word) || word == "Ủy" || word == "UBND" || word == "Văn");
                if proper {
                    before = syllable;
                    continue;
                }
            }
            if over && !is_modal(&rest[place..]) && !begins_with_verb(&rest[place..]) {
                let mut at = place;
                for word in rest[place..pause].split_inclusive(' ').take(more) {
                    at += word.len();
                    if begins_with_verb(&rest[at..]) {
                        return Some(at);
                    }
                }
            }
            return over.then_some(place);
        }
        let mut letters = syllable.chars();
        let capital = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase);
        capitals = if capital && !is_head(syllable) && !first {
            capitals + 1
        } else {
            0
        };
        before = syllable;
        first = false;
    }
    None
}

/// Whether the word is a head noun by itself, after which a capital begins a name.
fn is_head(word: &str) -> bool {
    matches!(word, "Xã" | "Đảng" | "Tỉnh" | "Huyện") || head(word, 0).is_some()
}

/// Whether words begin that stand before a verb: "cần", "khẩn trương".
fn is_modal(words: &str) -> bool {
    pattern!(
        MODAL,
        r"^(?:chỉ|phải|cần|sẽ|nên|đều|cũng|cùng|cứ|hãy|tự|lại|được|không|chưa|vẫn|hiện|nay|nghiêm|khẩn|tích cực|nhanh|kịp|sớm|gấp|quyết|linh hoạt|sáng tạo|tăng|đẩy|nỗ lực|cố|thống nhất|đồng loạt|tiếp tục|thường xuyên|luôn|lần lượt|đi|xin|chú|quan tâm|hết sức|kiên quyết|dứt điểm|trước|sau|hằng|hàng|định kỳ)\b"
    );
    pattern!(OTHER, r"^(?:cùng cấp|chỉ (?:huy|đạo|định))\b");
    MODAL.is_match(words) && !OTHER.is_match(words)
}

/// Whether the syllable after `before` only ends a word of two: "Đào tạo", "Thông tin".
fn is_second(before: &str) -> bool {
    let mut letters = before.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !is_head(before)
}

#[cfg(test)]
mod tests {
    use super::{Name, ends, is_group};

    fn name(text: &str) -> &str {
        ends(text, is_group(text), &Name::default(), text.len())
            .map_or(text, |end| text[..end].trim_end())
    }

    #[test]
    fn a_word_that_no_body_is_called_by_ends_the_name() {
        for (text, wanted) in [
            (
                "Công đoàn Tổng công ty xét chọn sáng kiến",
                "Công đoàn Tổng công ty",
            ),
            ("Chi bộ trực thuộc thảo luận", "Chi bộ trực thuộc"),
            ("Đảng ủy Quân sự tỉnh soát lại", "Đảng ủy Quân sự tỉnh"),
            (
                "Ban Tổ chức Đảng ủy có báo cáo chung",
                "Ban Tổ chức Đảng ủy",
            ),
            ("Sở Tài chính dự trù kinh phí", "Sở Tài chính"),
            ("Hội Nông dân huyện rà lại", "Hội Nông dân huyện"),
            ("Trạm Y tế xã sắp lịch trực", "Trạm Y tế xã"),
            (
                "Ban Tuyên giáo Thành ủy cùng thời hạn",
                "Ban Tuyên giáo Thành ủy",
            ),
        ] {
            assert_eq!(name(text), wanted);
        }
    }

    #[test]
    fn what_marks_out_a_group_of_bodies_stays_with_it() {
        for text in [
            "các khoa có chương trình kiểm định",
            "các cơ quan, đơn vị có liên quan",
            "các doanh nghiệp đang niêm yết báo cáo",
        ] {
            assert_eq!(name(text), text);
        }
        assert_eq!(
            name("các đảng bộ, chi bộ trực thuộc có báo cáo sơ kết"),
            "các đảng bộ, chi bộ trực thuộc"
        );
    }
}
