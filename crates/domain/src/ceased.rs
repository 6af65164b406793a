//! Bodies that ceased to exist, and those that took their place: dated data for the reader of plans and the linter.

use crate::pattern::{Pattern, pattern};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The end of a kind of body.
pub(crate) struct End {
    /// What the name of such a body says; for the names of single bodies, not for running text.
    pattern: &'static LazyLock<Pattern>,
    /// The first day without it: the one of the rule.
    pub from: Date,
    /// The first day on which none was left in any province: what running text is held against.
    pub everywhere: Date,
    /// What happened, in the words of a finding.
    pub why: &'static str,
}

/// A kind of body that did not exist at all times.
pub(crate) struct Body {
    /// Its names in running text, where they are sure to mean it; both placements of tones.
    names: &'static [&'static str],
    /// The day before which none existed.
    pub began: Option<Date>,
    pub end: Option<End>,
    /// What took its place, or what stood there before.
    pub instead: &'static str,
    /// The document that says so.
    pub source: &'static str,
}

const GROUPS_END: &str = "Kết luận số 121-KL/TW ngày 24/01/2025";
const MINISTRIES: &str = "Nghị quyết số 176/2025/QH15";
const TWO_TIERS: &str = "Luật số 72/2025/QH15";

pattern!(
    DISTRICT,
    r"(?i)\b(?:huyện|quận|thị (?:xã|ủy|uỷ)|thị trấn|thị đoàn)\b"
);
pattern!(GROUP, r"(?i)\b(?:đảng đoàn|ban cán sự đảng)\b");
pattern!(
    BLOC,
    r"(?i)\bđảng (?:ủy|uỷ) khối (?:các )?(?:cơ quan|doanh nghiệp)"
);
pattern!(ADVISORY, r"(?i)^(?:các )?ban (?:dân vận|tuyên giáo)\b");
pattern!(
    LABOUR,
    r"(?i)\b(?:bộ|sở|phòng) (?:lao động ?[-–] ?thương binh|lđ ?[-–]? ?tb)"
);
pattern!(
    PLANNING,
    r"(?i)\b(?:bộ|sở) (?:kế hoạch và đầu tư|kh ?& ?đt)"
);
pattern!(TRANSPORT, r"(?i)\b(?:bộ|sở) (?:giao thông vận tải|gtvt)");
pattern!(
    MEDIA,
    r"(?i)\b(?:bộ|sở) (?:thông tin và truyền thông|tt ?& ?tt)"
);
pattern!(
    LAND,
    r"(?i)\b(?:bộ|sở) (?:tài nguyên và môi trường|tn ?& ?mt|nông nghiệp và phát triển nông thôn|nn ?& ?ptnt)"
);
// Bodies that were joined, and mass organisations with a board of that name.
pattern!(
    JOINED,
    r"(?i)tuyên giáo và dân vận|tuyên giáo - (?:đối ngoại|nữ công)|mặt trận|hội |đoàn"
);

const fn ended(
    pattern: &'static LazyLock<Pattern>,
    names: &'static [&'static str],
    from: Date,
    why: &'static str,
    instead: &'static str,
    source: &'static str,
) -> Body {
    Body {
        names,
        began: None,
        end: Some(End {
            pattern,
            from,
            // Provinces acted on different days, the last with the end of the districts.
            everywhere: date(2025, 7, 1),
            why,
        }),
        instead,
        source,
    }
}

const fn began(
    names: &'static [&'static str],
    from: Date,
    instead: &'static str,
    source: &'static str,
) -> Body {
    Body {
        names,
        began: Some(from),
        end: None,
        instead,
        source,
    }
}

/// The first that fits counts.
static BODIES: [Body; 13] = [
    ended(
        &DISTRICT,
        &[
            "UBND huyện",
            "Ủy ban nhân dân huyện",
            "Huyện ủy",
            "Huyện uỷ",
            "UBND thị xã",
            "Thị ủy",
            "HĐND huyện",
            "Phòng Lao động - Thương binh và Xã hội",
            "UBND thị trấn",
            "Ủy ban nhân dân thị trấn",
        ],
        date(2025, 7, 1),
        "cấp huyện kết thúc hoạt động",
        "chính quyền và cấp ủy cấp xã (từ 01/7/2025 không còn cấp huyện)",
        TWO_TIERS,
    ),
    ended(
        &GROUP,
        &[
            "Ban cán sự đảng UBND tỉnh",
            "Ban cán sự đảng Ủy ban nhân dân tỉnh",
            "Đảng đoàn HĐND tỉnh",
            "Đảng đoàn Hội đồng nhân dân tỉnh",
        ],
        date(2025, 2, 3),
        "đảng đoàn, ban cán sự đảng kết thúc hoạt động",
        "Đảng ủy UBND tỉnh, Đảng ủy các cơ quan Đảng tỉnh",
        GROUPS_END,
    ),
    ended(
        &ADVISORY,
        &[
            "Ban Dân vận Tỉnh ủy",
            "Ban Dân vận Tỉnh uỷ",
            "Ban Dân vận Trung ương",
            "Ban Tuyên giáo Tỉnh ủy",
            "Ban Tuyên giáo Tỉnh uỷ",
            "Ban Tuyên giáo Trung ương",
        ],
        date(2025, 2, 3),
        "hai ban hợp thành Ban Tuyên giáo và Dân vận",
        "Ban Tuyên giáo và Dân vận",
        GROUPS_END,
    ),
    ended(
        &BLOC,
        &["Đảng ủy Khối các cơ quan", "Đảng ủy Khối Doanh nghiệp"],
        date(2025, 2, 3),
        "đảng bộ khối kết thúc hoạt động",
        "Đảng ủy UBND tỉnh, Đảng ủy các cơ quan Đảng tỉnh",
        GROUPS_END,
    ),
    ended(
        &LABOUR,
        &[
            "Sở Lao động - Thương binh và Xã hội",
            "Sở Lao động – Thương binh và Xã hội",
            "Sở LĐTBXH",
            "Sở LĐ-TB&XH",
            "Bộ Lao động - Thương binh và Xã hội",
            "Bộ Lao động – Thương binh và Xã hội",
        ],
        date(2025, 3, 1),
        "ngành lao động - thương binh và xã hội chuyển về cơ quan khác",
        "ngành Nội vụ",
        MINISTRIES,
    ),
    ended(
        &PLANNING,
        &["Bộ Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu tư"],
        date(2025, 3, 1),
        "cơ quan này đã hợp nhất vào cơ quan khác",
        "ngành Tài chính",
        MINISTRIES,
    ),
    ended(
        &LAND,
        &[
            "Bộ Tài nguyên và Môi trường",
            "Sở Tài nguyên và Môi trường",
            "Sở Nông nghiệp và Phát triển nông thôn",
        ],
        date(2025, 3, 1),
        "cơ quan này đã hợp nhất vào cơ quan khác",
        "ngành Nông nghiệp và Môi trường",
        MINISTRIES,
    ),
    ended(
        &MEDIA,
        &[
            "Bộ Thông tin và Truyền thông",
            "Sở Thông tin và Truyền thông",
        ],
        date(2025, 3, 1),
        "cơ quan này đã hợp nhất vào cơ quan khác",
        "ngành Khoa học và Công nghệ",
        MINISTRIES,
    ),
    ended(
        &TRANSPORT,
        &["Bộ Giao thông vận tải", "Sở Giao thông vận tải"],
        date(2025, 3, 1),
        "cơ quan này đã hợp nhất vào cơ quan khác",
        "ngành Xây dựng",
        MINISTRIES,
    ),
    began(
        &["Ban Tuyên giáo và Dân vận"],
        date(2025, 1, 1),
        "Ban Tuyên giáo và Ban Dân vận",
        GROUPS_END,
    ),
    began(
        &[
            "Bộ Nông nghiệp và Môi trường",
            "Sở Nông nghiệp và Môi trường",
        ],
        date(2025, 1, 1),
        "hai ngành riêng",
        MINISTRIES,
    ),
    began(
        &["Bộ Dân tộc và Tôn giáo", "Sở Dân tộc và Tôn giáo"],
        date(2025, 1, 1),
        "cơ quan dân tộc và cơ quan tôn giáo riêng",
        MINISTRIES,
    ),
    began(
        &["Đảng ủy UBND tỉnh", "Đảng ủy các cơ quan Đảng tỉnh"],
        date(2024, 12, 1),
        "Ban cán sự đảng UBND tỉnh",
        GROUPS_END,
    ),
];

/// The end of the kind of body that `name` names, with the document that says so.
pub(crate) fn end_of(name: &str) -> Option<(&'static End, &'static str)> {
    let (body, end) = BODIES
        .iter()
        .filter_map(|body| Some((body, body.end.as_ref()?)))
        .find(|(_, end)| end.pattern.is_match(name))?;
    let is_general = std::ptr::eq(end.pattern, &DISTRICT) || std::ptr::eq(end.pattern, &GROUP);
    (is_general || !JOINED.is_match(name)).then_some((end, body.source))
}

/// All names in one pattern, the longer of two that begin alike first.
static NAMES: LazyLock<Pattern> = LazyLock::new(|| {
    let mut names: Vec<&str> = BY_NAME.keys().copied().collect();
    names.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    let escaped: Vec<String> = names.into_iter().map(regex::escape).collect();
    Pattern::new(escaped.join("|"))
});
static BY_NAME: LazyLock<HashMap<&str, &Body>> = LazyLock::new(|| {
    let pairs = |body: &'static Body| body.names.iter().map(move |name| (*name, body));
    BODIES.iter().flat_map(pairs).collect()
});

/// The bodies that a text names whole, with the bytes of their names.
pub(crate) fn named_in(text: &str) -> impl Iterator<Item = (Range<usize>, &'static Body)> {
    NAMES
        .find_iter(text)
        .filter(|found| !text[found.end()..].starts_with(char::is_alphanumeric))
        .filter_map(|found| Some((found.range(), *BY_NAME.get(found.as_str())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_ended_body_in_running_text_is_known_as_the_name_of_a_body_too() {
        for body in &BODIES {
            for name in body.names {
                assert_eq!(end_of(name).is_some(), body.end.is_some(), "{name}");
            }
        }
    }

    #[test]
    fn the_rule_comes_before_the_last_of_the_bodies_is_gone() {
        for end in BODIES.iter().filter_map(|body| body.end.as_ref()) {
            assert!(end.from <= end.everywhere, "{}", end.why);
        }
    }

    #[test]
    fn a_longer_name_is_another_body() {
        let found = |text: &str| -> Vec<Option<Date>> {
            let bodies = named_in(text);
            bodies.map(|(_, body)| body.began).collect()
        };
        assert_eq!(
            found("Ban Tuyên giáo và Dân vận Tỉnh ủy"),
            [Some(date(2025, 1, 1))]
        );
        assert_eq!(found("Ban Tuyên giáo Tỉnh ủy"), [None]);
        assert!(found("UBND huyệnX").is_empty());
    }
}
