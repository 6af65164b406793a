//! The names of reports and events: how far a name goes in the words of a duty.

use std::ops::Range;

use super::bodies::{begins, body_at, list_at};
use super::clause::after_names;
use super::events::is_event;
use super::passage::pattern;
use super::verbs::{begins_with_verb, is_predicate};

/// The name of the report that is asked for at `report`. `to`: its addressee.
pub(super) fn report_name(
    clause: &str,
    report: usize,
    due: Option<usize>,
    to: Option<&Range<usize>>,
) -> Range<usize> {
    pattern!(
        END,
        r"(?i)[;.(:]| (?:(?:và |rồi |đồng thời )?(?:gửi|nộp|trình)(?: (?:về|cho|đến|tới|lên|trước|qua|kèm|theo|đúng|bằng|ngay|kịp|chậm|muộn|trong|tại|(?-i:\p{Lu})\p{L}*|các|quý|thường trực|lãnh đạo|ban|tập thể|đồng chí|cấp|cơ quan|đơn vị|huyện|tỉnh|thành|đảng|trung ương|\d)|[,;.:)]|$)|trước (?:ngày|\d|tháng|quý|khi|hạn|kỳ|hội nghị|giờ|Tết|năm)|chậm nhất|muộn nhất|trễ nhất|thông qua(?: (?:(?-i:\p{Lu})\p{L}*|tập thể|ban|hội nghị|trước)|[,;.]|$)|để|trong tháng|trong quý|trong ngày|trong vòng|trong khoảng|trong thời hạn|trong tuần|gồm|bao gồm|nêu rõ|đến ngày|đến hết|đúng thời|đúng hạn|kịp thời|kịp tiến|theo (?:đề cương|mẫu|biểu|quy định|nội dung|hướng dẫn|yêu cầu|kế hoạch|công văn|phụ lục|nghị định|thông tư|quyết định|nghị quyết|chỉ thị|kết luận|thông báo|luật|thời|các|hai|ba|bốn|năm nội|hình thức|từng nội|đúng|tinh thần|chỉ đạo)|hoàn thành|xong|sau khi|sau \d|từ (?:ngày|tháng|quý|năm) |vào ngày|cùng với|kèm|một số nội dung|các nội dung (?:sau|trên)|những nội dung (?:sau|trên)|như sau|cụ thể|thời hạn|không quá \d|tối đa|dài không|cùng (?:thời )?hạn|lên (?:cấp|Ban|Ủy)|qua (?:hệ thống|phần mềm|e-?mail|thư|hộp|trục|đường|mạng|địa chỉ)|từ đầu|từ khi|tính đến|tại hội nghị)(?:\b|$)| (?:và|rồi) (?:tổ chức|đề xuất|xây dựng|chủ trì|theo dõi|phối hợp|tham mưu)\b"
    );
    pattern!(
        REGULAR,
        r"(?i) (?:định kỳ|(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm|kỳ|học kỳ|vụ|\d))\b"
    );
    pattern!(
        TOWARDS,
        r"(?i) (?:về|cho|tới|đến|lên|với|(?P<via>qua)|trước) "
    );
    pattern!(
        DRAFT,
        r"(?i)(?:hoàn thành|hoàn thiện|viết|soạn|có|trình|gửi|nộp|làm|lập|xây dựng|chuẩn bị|xong|hoàn chỉnh|ra)(?: [^,;.]{0,80})? (dự thảo )$"
    );
    // "tổng kết việc thể chế hóa và tổ chức thực hiện Nghị quyết": one matter, two verbs.
    pattern!(ALSO, r"^ (?:và|rồi) ");
    pattern!(MATTER, r"\b(?:việc|công tác|tình hình) [^,;.]*$");
    let rest = &clause[report..];
    let word = "báo cáo".len();
    let over = |from: &mut usize| {
        let end = END.find_at(rest, *from)?;
        let before = &rest[..end.start()];
        let noun = end.as_str().trim_start().starts_with("trình") && ends_in_trinh(before);
        let matter = ALSO.is_match(&rest[end.start()..]) && MATTER.is_match(before);
        *from = end.start() + 1;
        Some((end.start(), !noun && !matter))
    };
    let mut from = 0;
    let mut end = std::iter::from_fn(|| over(&mut from))
        .find(|(_, over)| *over)
        .map_or(rest.len(), |(at, _)| at);
    // "…, nộp cô Hiệu trưởng": whatever the addressee is called.
    pattern!(
        SENDS,
        r"(?i)(?:,| và| rồi)? (?:gửi|nộp|trình|chuyển)(?: (?:về|cho|đến|tới|lên))? $"
    );
    if let Some(to) = to.filter(|to| to.start > report)
        && let Some(sends) = SENDS.find(&clause[report..to.start])
        && !(sends.as_str().contains("trình") && ends_in_trinh(&rest[..sends.start()]))
    {
        end = end.min(sends.start());
    }
    // "báo cáo hằng tháng" is a name, "báo cáo kết quả hằng tháng" says when.
    if let Some(regular) = REGULAR.find(rest).filter(|found| found.start() > word) {
        end = end.min(regular.start());
    }
    if let Some((comma, _)) = rest
        .match_indices(", ")
        .find(|(at, _)| *at < end && !goes_on(rest, *at))
    {
        end = end.min(comma);
    }
    for cue in TOWARDS.captures_iter(rest) {
        let Some(whole) = cue.get(0) else { continue };
        // "báo cáo về thư viện trường học, gửi Sở": what stands before the addressee is what it is about.
        let about = cue.name("via").is_none()
            && to.is_some_and(|to| to.start > report + whole.end())
            && !rest[whole.end()..].starts_with(char::is_uppercase);
        if begins(&rest[whole.end()..]) && !about {
            end = end.min(whole.start());
        }
    }
    if rest.len() > word && rest.get(word + 1..).is_some_and(begins) {
        end = end.min(word);
    }
    if let Some(due) = due.filter(|due| *due > report) {
        end = end.min(due - report);
    }
    let start = DRAFT
        .captures(&clause[..report])
        .and_then(|found| found.get(1))
        .map_or(report, |draft| draft.start());
    let mut name = rest[..end.max(word).min(rest.len())].trim_end_matches([' ', ',']);
    // How it is to be written is no part of the name of a report that has one.
    if let Some(short) = name.strip_suffix(" bằng văn bản")
        && (short.contains("kết ") || short.contains("chuyên đề") || short.ends_with("kết"))
        && !short.ends_with("kết quả")
    {
        name = short;
    }
    start..report + name.len()
}

/// The name of an event, without when, where and for whom.
pub(super) fn event_name(clause: &str, event: Range<usize>, due: Option<usize>) -> Range<usize> {
    pattern!(
        END,
        r"(?i)[,;.(:]| (?:vào|từ ngày|trong tháng|trong quý|trong ngày|trong tuần|trước|chậm nhất|muộn nhất|để|nhằm|tại|theo|hoàn thành|xong|với sự|do|(?:sáng|chiều|tối)(?: (?:ngày|thứ|chủ|\d)|,)|(?-i:ngày) (?:\d|thứ|cuối|đầu)|lúc \d|hồi \d|dự kiến|thành phần|gửi|đến hết|lùi|dời|hoãn|(?:chuyển|đổi) (?:sang|từ|đến|lịch))\b"
    );
    let rest = &clause[event.start..event.end];
    let mut end = END
        .find_iter(rest)
        .find(|end| {
            let at = end.start();
            let in_name = rest[at..].starts_with(", ")
                && goes_on(rest, at)
                && !is_event(&rest[at + ", ".len()..]);
            !in_name && !in_quotes(&rest[..at])
        })
        .map_or(rest.len(), |end| end.start());
    if let Some(due) = due.filter(|due| *due > event.start) {
        end = end.min(due - event.start);
    }
    // What leads to the time is left over where the name is cut at it.
    pattern!(
        LEFT_OVER,
        r"(?i)(?: (?:lúc|vào|hồi|từ|trong|ngày|dời|lùi|hoãn|chuyển|đổi|sang|đến|tổ chức|diễn ra))+$"
    );
    let name = rest[..end].trim_end_matches([' ', ',']);
    let name = LEFT_OVER
        .find(name)
        .map_or(name, |left| &name[..left.start()]);
    event.start..event.start + name.len()
}

fn in_quotes(before: &str) -> bool {
    let open = before.matches('“').count();
    before.matches('"').count() % 2 == 1 || open > before.matches('”').count()
}

/// Whether the syllable "trình" after these words ends a noun: "công trình", "chương trình".
pub(super) fn ends_in_trinh(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    matches!(
        last.to_lowercase().as_str(),
        "công"
            | "chương"
            | "quy"
            | "lộ"
            | "giáo"
            | "hành"
            | "tiến"
            | "mô"
            | "truyền"
            | "quá"
            | "lịch"
            | "phương"
            | "giải"
            | "tường"
    )
}

/// Whether the words after the comma at `comma` go on with a name ("chủ quyền, an ninh vùng biển").
fn goes_on(text: &str, comma: usize) -> bool {
    pattern!(
        ELSE,
        r"(?i)^(?:(?:gửi|nộp|trình)(?: (?:về|cho|đến|tới|lên|trước|qua|kèm|theo|đúng|bằng|ngay|(?-i:\p{Lu})\p{L}*|các|quý|thường|lãnh|ban|tập)|$)|thông qua|đưa ra|qua|trước|chậm|muộn|có|kèm|theo|để|và|trong đó|thời (?:hạn|gian|điểm)|hạn(?: (?:gửi|nộp|chót|cuối|là|hoàn|báo|trước|chậm)|:|$)|số liệu|nhất là|bao gồm|gồm|nêu|đúng|riêng|đồng thời|sau đó|rồi|mỗi|cụ thể|bằng|về|với|nhằm|do|được|đã|từ|đến|xong|vào|tại|ngày|tháng|quý|xây dựng|tổng hợp|tham mưu|chủ trì|phối hợp|theo dõi|đôn đốc|hướng dẫn|tổ chức|đề xuất|triển khai|rà soát|báo cáo|lập|hoàn thiện|chuẩn bị|tiếp tục|kịp thời|lấy ý kiến|xin ý kiến|họp|lấy|hoàn chỉnh|hoàn thành|file|bản (?:mềm|giấy|cứng|điện|gốc|sao|chính|in|word|scan)|không|chỉ đạo|kiến nghị|dự kiến|thành phần|mời|quy mô|địa điểm|phấn đấu|bảo đảm|đảm bảo|khai mạc|kết hợp|lồng ghép)\b"
    );
    let (before, words) = (&text[..comma], &text[comma + ", ".len()..]);
    if in_quotes(before) {
        return true;
    }
    // "thu, nộp tiền thuê nhà", "phòng, chống dịch": of two verbs with one object the first is a word alone.
    let last = before.split(' ').next_back().unwrap_or_default();
    pattern!(
        ALONE,
        r"^(?:phòng|thu|xét|xây|nuôi|mua|cấp|đào|giao|ký|in|thăm|dự|quản|chống|lưu|nhận|gửi|chi|kiểm|điều|học|dạy)$"
    );
    if ALONE.is_match(last) && begins_with_verb(words) {
        return true;
    }
    if ELSE.is_match(words) {
        return false;
    }
    if !begins(words) {
        return true;
    }
    // "của các sở, ban, ngành gửi …": one group.
    pattern!(
        GROUP,
        r"^(?:ban|ngành|phòng|đơn vị|địa phương|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|khoa|viện|tổ dân phố|tổ|khu phố|ấp|bản|buôn|làng|đoàn thể|cơ quan|tổ chức|trung tâm|chi bộ|đảng bộ)(?:[,.; ]|$)"
    );
    if GROUP.is_match(words) && before.contains(" của ") {
        return true;
    }
    // "của các sở, ban, ngành": the list of whose it is goes on, unless the next body does something.
    let lists = words.starts_with(char::is_lowercase)
        || before.rfind(" của ").is_some_and(|of| {
            body_at(before, of + " của ".len()).is_some_and(|body| body.end == comma)
        });
    let acts = list_at(words, 0)
        .and_then(|(_, end)| after_names(words, end))
        .is_some_and(|at| is_predicate(&words[at..]));
    lists && !acts
}
