//! What a task is: its predicate, without its modal opening, cooperating bodies, addressee, due and end mark.

use std::ops::Range;

use super::bodies::begins;
use super::passage::pattern;
use super::predicate::cooperation;
use super::verbs::is_predicate;

/// The words of a task without its modal opening, cooperating bodies, addressee, due phrase and end mark.
pub(super) fn work(
    clause: &str,
    from: usize,
    to: Option<&Range<usize>>,
    due: Option<usize>,
) -> Option<Range<usize>> {
    pattern!(
        MODAL,
        r"^(?i:căn cứ (?:vào )?(?:nội dung )?(?:kế hoạch|công văn|hướng dẫn|chương trình|chức năng, nhiệm vụ)(?: này| được giao| của mình)?,?|(?:có|chịu) trách nhiệm(?: chung| chính| chủ yếu)?(?: trong việc| về việc| việc)?|có nhiệm vụ|được giao|được đề nghị|đề nghị|được mời|cần|phải|sẽ|(?:tiếp tục )?(?:là|làm) (?:cơ quan |đơn vị |bộ phận |người )?(?:đầu mối|thường trực|chủ trì)(?: việc [^,;.]{2,30},| (?:của|cho) [^,;.]{2,40},|,| để| giúp [^,]{0,40},)?|chủ trì(?:,| tham mưu,?)?):? (?:\(?(?:[a-zđ]|\d{1,2}|[ivx]{1,4})\) )?"
    );
    pattern!(
        LEFT_OVER,
        r"(?i)(?:[,;]| và)? ?(?:(?:hoàn thành|xong|thời gian|thời hạn|hạn|gửi|báo cáo kết quả|thực hiện xong|bắt đầu|kết thúc|dự kiến)[ :]*)?[ .,;/(:]*$|, (?:thực hiện|tiến hành|triển khai|phấn đấu|dứt điểm|thường xuyên)[ ,]*$"
    );
    pattern!(
        TOWARDS,
        r"(?i)(?:(?:,| và| rồi)? (?:gửi|nộp|chuyển|trình)(?: (?:về|cho|đến|tới|lên))?|(?:,| và| rồi) (?:cung cấp|bàn giao|giao|báo)(?: (?:về|cho|đến|tới|lên))?|, (?:nộp|gửi) tại|(?:,| và)? (?:về|cho|đến|tới|lên|với|tại)) $"
    );
    let mut start = from;
    while let Some(modal) = MODAL.find(&clause[start..]) {
        let rest = &clause[start + modal.end()..];
        // "Đề nghị khen thưởng 02 tập thể" is what is done.
        pattern!(
            HONOURS,
            r"^(?i:(?:xét )?(?:khen|tặng|biểu dương|tôn vinh|công nhận|truy tặng|phong tặng)\b)"
        );
        if modal.as_str().eq_ignore_ascii_case("đề nghị ") && HONOURS.is_match(rest) {
            break;
        }
        pattern!(WHOLE, r"^(?i:(?:tổ chức )?(?:thi hành|thực hiện)\b)");
        if modal.as_str().starts_with("chịu trách nhiệm") && WHOLE.is_match(rest) {
            break;
        }
        pattern!(
            OFFICE,
            r"^(?i:đầu mối|cơ quan|đơn vị|bộ phận|thường trực)\b"
        );
        let verb_follows = is_predicate(rest)
            || modal.as_str().to_lowercase().contains("là ") && !OFFICE.is_match(rest);
        if !verb_follows {
            break;
        }
        start += modal.end();
    }
    start = after_circumstance(clause, start);
    // "là cơ quan thường trực, phối hợp với A nắm tiến độ": who helps is told apart.
    if start > from {
        start = cooperation(clause, start).1;
    }
    let mut cut = due.filter(|due| *due > start + 8).unwrap_or(clause.len());
    if let Some(to) = to
        && to.start > start
        && let Some(cue) = TOWARDS.find(&clause[start..to.start])
        && cue.start() > 0
    {
        cut = cut.min(start + cue.start());
    }
    // "theo tiến độ do Sở Tài chính thông báo": who sets the due.
    pattern!(
        LEFT_TO,
        r"(?i),? (?:theo|trong) (?:thời gian|thời hạn|hạn|tiến độ|lịch)(?: \p{L}+){0,2}? do "
    );
    if let Some(left) = clause.get(start..cut).and_then(|words| LEFT_TO.find(words)) {
        cut = start + left.start();
    }
    let words = clause.get(start..cut)?;
    // What stands in parentheses belongs to the work unless it says how and when it goes.
    pattern!(
        HANDLING,
        r"(?i)\((?:gửi|nộp|qua|thông qua|trước|chậm|muộn|hạn|thời|ngày|xong|hoàn thành|trong|từ|đến|theo|không quá|mỗi|0\d{3}|\d+ (?:bản|bộ|tệp|file|trang|giờ|ngày)|do|bản|file|mẫu|phối hợp|để|tỷ lệ|điện thoại|số máy|liên hệ|đầu mối|họ tên|sinh|số liệu|dự kiến|danh sách|gồm|kèm|đính)|\([^)]*$"
    );
    let words = match words.find(" (") {
        Some(aside)
            if aside > 8
                && HANDLING.is_match(&words[aside..])
                && (!words[aside..].contains(')')
                    || words
                        .trim_end_matches(['.', ';', ',', ' ', '/'])
                        .ends_with(')')) =>
        {
            &words[..aside]
        }
        _ => words,
    };
    // A reason is no part of the work; a body after "do" is.
    let is_reason = |(at, word): &(usize, &str)| {
        let reason = &words[at + word.len()..];
        // "vụ việc do lực lượng tuần tra phát hiện" tells which; a reason says how things are.
        pattern!(
            STATE,
            r"\b(?:chưa|không|bị|thiếu|vừa|đang|còn|quá|sai|chậm|trùng|có|là|nên)\b"
        );
        (words[..*at].ends_with(',') || STATE.is_match(reason))
            && !begins(reason)
            && reason.split(' ').count() > 4
    };
    let words = match words.match_indices(" do ").find(is_reason) {
        Some((reason, _)) if reason > 8 => &words[..reason],
        _ => words,
    };
    // Words that announce a due or an addressee hang over only where these were cut off.
    let kept = LEFT_OVER
        .find(words)
        .filter(|left| {
            // "đồng hồ quá hạn" is what is replaced.
            due == Some(cut)
                && !(words[..left.start()].ends_with("quá") && left.as_str().starts_with(" hạn"))
        })
        .map_or(words.len(), |left| left.start());
    let words = words[..kept].trim_end_matches([' ', '.', ',', ';', '/', '(', ':']);
    pattern!(
        OFTEN,
        r"(?i),? (?:(?:một cách )?thường xuyên|(?:định kỳ )?(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý))$"
    );
    let words = OFTEN
        .find(words)
        .map_or(words, |often| &words[..often.start()]);
    (!words.is_empty()).then(|| start..start + words.len())
}

/// Where the predicate begins after words on when, how often or on what ground: "Thường xuyên đưa tin", "Trong vòng 05
/// ngày kể từ …, thẩm định".
fn after_circumstance(clause: &str, from: usize) -> usize {
    pattern!(OFTEN, r"^(?i:thường xuyên) ");
    pattern!(
        GROUND,
        r"^(?i:trong (?:vòng|thời hạn|thời gian|ngày|tháng|quý|năm|tuần|quá trình)|theo|căn cứ|trên cơ sở|trước|sau|khi|chậm nhất|muộn nhất|từ|đến|ngay|hằng|hàng|định kỳ|vào) [^,;:]{2,120}, "
    );
    pattern!(FOLLOWS, r"^(?i:theo (?:dõi|sát|đuổi))");
    let skipped = OFTEN
        .find(&clause[from..])
        .or_else(|| GROUND.find(&clause[from..]))
        .filter(|_| !FOLLOWS.is_match(&clause[from..]))
        .map_or(from, |found| from + found.end());
    if is_predicate(&clause[skipped..]) {
        skipped
    } else {
        from
    }
}
