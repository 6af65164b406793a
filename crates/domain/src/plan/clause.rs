//! Sentences and clauses: which bodies a clause is about, and where the words on their duty begin.

use std::ops::Range;

use super::bodies::{begins, list_at};
use super::dates::{DuePhrase, Manner, dues};
use super::duties::Who;
use super::events::is_event;
use super::passage::{Passage, pattern};
use super::predicate::report_at;
use super::verbs::{begins_with_verb, first_verb, is_predicate};

// "Cơ quan chủ trì:", "Đơn vị đăng cai:".
pattern!(
    PART,
    r"^(?i:đơn vị|cơ quan|bộ phận|người|cán bộ|tổ chức)(?: \p{Ll}+){1,5}: $"
);
pattern!(
    ASSIGNS,
    r"^(?i:kính đề nghị|trân trọng đề nghị|đề nghị|yêu cầu|giao(?: nhiệm vụ)?|phân công|ủy quyền|riêng|đối với|về phía|phía|từ phía|(?:trách nhiệm|nhiệm vụ|phần việc|công việc|việc) của|về (?:trách nhiệm|nhiệm vụ) của)(?: cho)?:? "
);

/// How many bytes of assigning words stand at the beginning of `words`.
pub(super) fn assigned(words: &str) -> usize {
    ASSIGNS.find(words).map_or(0, |found| found.end())
}

/// How many bytes of joining words open a clause.
pub(super) fn opening(clause: &str) -> usize {
    // "6 tháng, năm báo cáo …": how often stands before the verb.
    pattern!(
        OFTEN,
        r"^(?i:định kỳ )?(?i:(?:hằng |hàng )?(?:tuần|tháng|quý|năm|(?:6|06|9|09) tháng)(?: đầu năm)?(?:,| và)? )+"
    );
    pattern!(
        OPENING,
        r"^\s*(?:(?i:bước|giai đoạn|đợt|việc|công việc|phần việc|nội dung|nhiệm vụ|hoạt động|ngày|tuần) (?:số |thứ )?(?:\d{1,2}|[IVX]+|nhất|hai|ba|tư|bốn|năm|sáu|bảy) ?[.:)–-] )?(?:\(?(?:[a-zđ]|\d{1,2}|[ivx]{1,4})\) )?(?:(?i:và|đồng thời|ngoài ra|bên cạnh đó|trong đó|cụ thể),? )?"
    );
    let start = OPENING.find(clause).map_or(0, |found| found.end());
    OFTEN
        .find(&clause[start..])
        .map(|often| start + often.end())
        .filter(|at| is_predicate(&clause[*at..]))
        .unwrap_or(start)
}

/// "đề nghị …" without naming anybody: the addressees of the letter are asked.
pub(super) fn asks_addressees(words: &str) -> bool {
    pattern!(ASKS, r"^(?i:(?:kính|trân trọng) )?(?i:đề nghị|yêu cầu) ");
    ASKS.find(words)
        .is_some_and(|found| is_predicate(&words[found.end()..]))
}

/// The bodies that a clause begins with, after words of assigning or an adverbial, and where their duty begins.
pub(super) fn subject(text: &str, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    pattern!(
        ADVERBIAL,
        r"^(?:Trước|Chậm nhất|Đến|Căn cứ|Trên cơ sở|Sau|Theo|Định kỳ|Trong|Hằng|Hàng|Từ|Để|Khi|Kết thúc|Vào|Nhằm|Thực hiện|Ngay|Qua|Triển khai|Tiếp tục|Năm|Nhận được|Đối với|Tại|Căn|Riêng|Ngoài|Ngày|Sáng|Chiều|Tối|Lúc|Dự kiến|Cuối|Đầu|Giữa|Mỗi (?:ngày|tuần|tháng|quý|năm|kỳ|buổi)|Muộn nhất|Trễ nhất|Không muộn hơn|Tháng|Quý|Tuần|(?:ngay )?(?:sau|trước) khi|khi|nếu|trường hợp|trên cơ sở|định kỳ|hằng|hàng|trước ngày|chậm nhất|muộn nhất|đến ngày|từ ngày)\b"
    );
    let direct = |at: usize| {
        let at = at + assigned(&text[at..]);
        let (list, end) = list_at(text, at)?;
        // "Cấp xã: Đảng ủy xã gửi …", "Cơ quan chủ trì: Sở A lập …": who acts stands behind the colon.
        let inner = text[at..].find(": ").map(|colon| at + colon + ": ".len());
        if let Some(inner) =
            inner.filter(|inner| end + ": ".len() >= *inner || PART.is_match(&text[at..*inner]))
            && let Some((list, end)) = list_at(text, inner)
            && let Some(predicate) = after_names(text, end)
            && is_predicate(&text[predicate..])
        {
            return Some((list, predicate));
        }
        let predicate = after_names(text, end)?;
        pattern!(
            STATE,
            r"\b(?:chậm|chưa|thiếu|trễ|muộn|sai|còn|đạt|bị|có|mới)\b"
        );
        let counted = is_counted(&text[at..])
            && (!begins_with_verb(&text[predicate..]) || STATE.is_match(&text[at..predicate]));
        // "đảng viên vắng mặt được học bổ sung": what is done to somebody.
        pattern!(PASSIVE, r"(?i)\b(?:được|bị) (?P<verb>\p{L}+)$");
        let passive = PASSIVE
            .captures(text[at..predicate].trim_end())
            .and_then(|found| found.name("verb"))
            .is_some_and(|verb| !matches!(verb.as_str(), "giao" | "chọn" | "cử" | "mời"));
        (!counted && !passive).then_some((list, predicate))
    };
    if let Some(found) = direct(start) {
        return Some(found);
    }
    if let Some(found) = after_time(text, start).and_then(direct) {
        return Some(found);
    }
    // "Theo dõi, đôn đốc …" begins with what is done.
    pattern!(DONE, r"^Theo (?:dõi|sát)");
    if !ADVERBIAL.is_match(&text[start..]) || DONE.is_match(&text[start..]) {
        return None;
    }
    pattern!(PAUSE, r"[,;:] | thì ");
    // "Nhận được Kế hoạch này yêu cầu thủ trưởng các đơn vị, địa phương …": who is asked stands before the comma.
    let asked = asks_bodies(text, start);
    let inside = |at: usize| {
        asked.as_ref().is_some_and(|(list, inner)| {
            list.first().is_some_and(|first| first.start < at) && at <= *inner
        })
    };
    let pauses = || PAUSE.find_iter(&text[start..]).take(12);
    let after = pauses().find_map(|pause| {
        if inside(start + pause.end()) {
            return None;
        }
        let (list, predicate) = direct(start + pause.end())?;
        is_predicate(&text[predicate..]).then_some((list, predicate))
    });
    after.or_else(|| pauses().find_map(|pause| bound(text, start + pause.end())))
}

/// "chủ rừng phải báo cáo", "hộ nuôi có trách nhiệm khai báo": whoever is bound to do something only persons and bodies
/// do, whatever he is called, and where that begins.
fn bound(text: &str, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    pattern!(
        BOUND,
        r"^(?P<who>\p{L}+(?: \p{L}+){0,4}?) (?:(?:có|chịu) (?:trách nhiệm|nhiệm vụ) |(?:phải|cần) (?:(?:ngay|kịp thời|khẩn trương) )?(?P<does>(?:báo cáo|gửi|nộp|lập|thông báo|khai báo|đăng ký|cử|ký|viết|trình) ))"
    );
    pattern!(
        THING,
        r"^(?i:(?:việc|nội dung|số liệu|báo cáo|hồ sơ|văn bản|kết quả|kinh phí|công tác|hội nghị|danh sách|các|những|mỗi|không|sẽ|đều|và|để|thì|mà|nếu) )"
    );
    let found = BOUND.captures(&text[start..])?;
    let who = found.name("who")?;
    let at = found
        .name("does")
        .map_or(start + found.get(0)?.end(), |does| start + does.start());
    let words = who.as_str();
    let named = !THING.is_match(&format!("{words} "))
        && first_verb(words).is_none()
        && words.contains(' ')
        && is_predicate(&text[at..]);
    let body = start + who.start()..start + who.end();
    named.then(|| (vec![body], at))
}

/// Whether the words count bodies without saying which: "97 hộ cận nghèo". They act only where a verb of duty says so.
fn is_counted(words: &str) -> bool {
    pattern!(
        COUNT,
        r"^(?:\d{1,3}(?:[.,]\d{3})*|(?i:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|gần|hơn|trên|khoảng)) "
    );
    COUNT.is_match(words)
}

/// Where the words after a time at the beginning of a clause begin: "Trước ngày 20/3/2024 nộp …", "Cuối mỗi tháng báo …".
pub(super) fn after_time(text: &str, start: usize) -> Option<usize> {
    pattern!(
        RECURS,
        r"^(?i:(?:định kỳ )?\d{1,2} (?:tháng|tuần|ngày|quý) (?:một|1|01) lần|(?:định kỳ |vào |cứ )?(?:(?:cuối|đầu|giữa|hết) )?(?:hằng|hàng|mỗi|từng|các) (?:ngày|tuần|tháng|quý|năm|kỳ|học kỳ|buổi|đợt|6 tháng|06 tháng)(?: (?:một|hai|ba|\d{1,2}) lần)?|định kỳ(?: \d{1,2} (?:ngày|tuần|tháng)(?:/lần| một lần)?)?|(?:cuối|đầu) (?:tuần|tháng|quý|năm|kỳ|học kỳ))(?: \([^()]*\))?,? "
    );
    let words = &text[start..];
    let date = dues(words)
        .into_iter()
        .next()
        .filter(|phrase| phrase.range.start == 0)
        .map(|phrase| phrase.range.end);
    let end = date.or_else(|| RECURS.find(words).map(|found| found.end()))?;
    let rest = words[end..].trim_start_matches([' ', ',']);
    (!rest.is_empty()).then(|| text.len() - rest.len())
}

/// "Việc mua phần thưởng do Phòng Hành chính đảm nhận": what is done, by whom, and where the verb begins.
pub(super) fn done_by(
    text: &str,
    start: usize,
) -> Option<(Range<usize>, Vec<Range<usize>>, usize)> {
    pattern!(
        BY,
        r"^(?P<what>[^;.:]{4,160}?),? (?:sẽ |được giao |được )?do "
    );
    pattern!(
        LEAD,
        r"^(?i:(?:riêng |các )?(?:việc|công việc|công tác|phần việc|khâu|nội dung|nhiệm vụ|phần) )"
    );
    let found = BY.captures(&text[start..])?;
    let what = found.name("what")?;
    let (list, end) = list_at(text, start + found.get(0)?.end())?;
    let at = after_names(text, end)?;
    let lead = LEAD.find(what.as_str()).map_or(0, |lead| lead.end());
    pattern!(
        NO_WORK,
        r"^(?i:,? ?(?:riêng |còn )?(?:thời (?:gian|hạn|điểm)|hạn|mốc|kinh phí|nguồn|mẫu|số liệu|nội dung|mức|tiến độ|địa điểm))\b"
    );
    if NO_WORK.is_match(what.as_str())
        || lead == 0 && is_predicate(what.as_str()) && !names_report(what.as_str())
        || !is_predicate(&text[at..])
    {
        return None;
    }
    Some((start + lead..start + what.end(), list, at))
}

/// Whether the words before "do" are the name of a report, not somebody's reporting: they hold no date and no addressee.
fn names_report(words: &str) -> bool {
    pattern!(NAME, r"^(?:(?:Các |Dự thảo )?[Bb]áo cáo) \p{L}");
    pattern!(
        GOES,
        r"(?i)\b(?:gửi|nộp|trình|trước|chậm nhất|cho|về việc)\b"
    );
    NAME.is_match(words) && !GOES.is_match(words)
}

/// Where the verb begins that follows words on when or why: "Khi có sự cố, báo cáo ngay …".
pub(super) fn after_adverbial(text: &str, start: usize) -> Option<usize> {
    pattern!(
        WHEN,
        r"^(?:Khi|Ngay|Sau|Trước|Trên|Căn cứ|Hằng|Hàng|Định kỳ|Trong|Kết thúc|Trường hợp có|Từ|Đến|Vào|Tại|Ở|Qua|Cùng|Theo|Để|Nhằm|Ngoài|Bên cạnh) "
    );
    if let Some(at) = after_time(text, start).filter(|at| is_predicate(&text[*at..])) {
        return Some(at);
    }
    if !WHEN.is_match(&text[start..]) || is_predicate(&text[start..]) {
        return None;
    }
    text[start..]
        .match_indices(", ")
        .take(2)
        .find_map(|(comma, mark)| {
            let at = start + comma + mark.len();
            begins_with_verb(&text[at..]).then_some(at)
        })
}

/// "Văn phòng chuẩn bị hội trường, Phòng Tài chính bố trí kinh phí": where the comma stands that parts two bodies with
/// a duty each.
pub(super) fn second_subject(text: &str, start: usize) -> Option<usize> {
    pattern!(
        HELPS_OR_DECIDES,
        r"^(?i:thông qua|phê duyệt|xem xét|cho ý kiến|quyết định|ký|duyệt|thống nhất|phối hợp|cùng|có (?:ý kiến|trách nhiệm phối)|là |nghe|họp)"
    );
    pattern!(
        HANGS,
        r"(?i)\b(?:phối hợp|cùng|với|của|đề nghị|yêu cầu|giao|phân công|chỉ đạo|để|trình|hướng dẫn|đôn đốc|báo cáo|gửi|khi|theo|trong đó|giúp|mời|do)\b"
    );
    let (_, first) = {
        let at = start + assigned(&text[start..]);
        let (list, end) = list_at(text, at)?;
        (list, after_names(text, end)?)
    };
    if !is_predicate(&text[first..]) {
        return None;
    }
    text[first..]
        .match_indices(", ")
        .find_map(|(offset, mark)| {
            let comma = first + offset;
            let at = comma + mark.len();
            let (list, end) = list_at(text, at)?;
            let predicate = after_names(text, end)?;
            let own = list.len() == 1
                && text[at..].starts_with(char::is_uppercase)
                && is_predicate(&text[predicate..])
                && !HELPS_OR_DECIDES.is_match(&text[predicate..])
                && !HANGS.is_match(&text[first..comma]);
            own.then_some(comma)
        })
}

/// "Báo cáo tổng kết của các tỉnh, thành hội gửi về …, thời hạn …": the bodies whose report goes somewhere, and where
/// its name.
pub(super) fn owed(text: &str, start: usize) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    pattern!(
        REPORT,
        r"^(?:(?:Thời hạn|Thời gian|Hạn)(?: \p{L}+){0,3}? )?(?P<report>(?i:(?:các )?báo cáo(?: \p{L}+){0,8}?)) (?:của|do|đối với) "
    );
    pattern!(
        GOES,
        r"^(?i:[,:(–-]? ?(?:là |từ |vào |đến |hết |được |phải |cần |sẽ |xin )*(?:gửi|nộp|lập|xây dựng|hoàn thành|xong|trước (?:ngày|tháng|quý|thứ|\d)|chậm nhất|muộn nhất|trễ nhất|thời hạn|hạn|trong (?:tháng|quý|ngày|tuần)|ngày \d|tháng \d|quý [IV\d]|\d{1,2}[/ ]))"
    );
    let found = REPORT.captures(&text[start..])?;
    let (list, end) = list_at(text, start + found.get(0)?.end())?;
    let name = found.name("report")?;
    // "báo cáo có xác nhận của Trưởng bộ môn": what it bears, not whose it is.
    pattern!(BEARS, r"^(?i:(?:các )?báo cáo (?:có|được|kèm|phải|cần)\b)");
    if BEARS.is_match(name.as_str()) {
        return None;
    }
    // "Báo cáo về hoạt động của hợp tác xã, gửi …": what it is about.
    let one = |body: &Range<usize>| text[body.clone()].starts_with(char::is_lowercase);
    if name.as_str().contains(" về ") && list.iter().all(one) {
        return None;
    }
    // "Báo cáo của hai Bộ": those that were named before.
    pattern!(COUNTED, r"^(?i:hai|ba|bốn|năm|cả hai|cả ba) \p{L}+$");
    if let [one] = list.as_slice()
        && COUNTED.is_match(&text[one.clone()])
    {
        return None;
    }
    let name = start + name.start()..start + name.end();
    GOES.is_match(text[end..].trim_start())
        .then_some((list, name))
}

/// Whether the bodies after "Báo cáo … của" may be those that the heading names, said again without their names.
pub(super) fn is_own(text: &str, list: &[Range<usize>]) -> bool {
    pattern!(OTHERS, r"^(?i:các|những|từng|mỗi|cả|\d+) |^\p{Lu}");
    list.iter()
        .all(|body| !OTHERS.is_match(&text[body.clone()]))
}

/// Where the words after a list of bodies begin, when they hold a verb; an aside in parentheses is passed over.
pub(super) fn after_names(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    let mut rest = text[at..].trim_start();
    if rest.starts_with('(') {
        let close = rest.find(')')?;
        rest = rest[close + 1..].trim_start();
    }
    rest = rest.trim_start_matches([':', ',', '-', '–', ' ']);
    // "A, B mỗi đơn vị gửi …", "A và B đều báo cáo", "A cũng gửi".
    pattern!(
        EACH,
        r"^(?:(?:mỗi|từng) (?:đơn vị|cơ quan|nơi|địa phương|bên|ngành|đồng chí|người)|đều|cùng|cũng|thì|vẫn|riêng|cùng nhau)(?: (?:phải|cần|tự))? "
    );
    if let Some(each) = EACH
        .find(rest)
        .filter(|each| is_predicate(&rest[each.end()..]))
    {
        rest = &rest[each.end()..];
    }
    // "có trách nhiệm: (i) cung cấp …": what they are to do is counted.
    pattern!(
        COUNTED,
        r"^(?i:có|chịu) (?i:trách nhiệm|nhiệm vụ)(?i: sau| như sau| sau đây)?: ?(?:\(?(?:[a-zđ]|[ivx]{1,4}|\d{1,2})[.)] ?)?"
    );
    if let Some(counted) = COUNTED
        .find(rest)
        .filter(|counted| is_predicate(&rest[counted.end()..]))
    {
        rest = &rest[counted.end()..];
    }
    at += text[at..].len() - rest.len();
    let acts = first_verb(rest).is_some() || is_predicate(rest);
    (acts && !rest.is_empty()).then_some(at)
}

/// `… đề nghị/yêu cầu/giao/chỉ đạo BODIES VERB …`: the verb, the inner bodies, and where their duty begins.
pub(super) fn directed(text: &str, from: usize) -> Option<(&str, Vec<Range<usize>>, usize)> {
    pattern!(
        DIRECTS,
        r"(?i)\b(?:(?:kính|trân trọng) )?(đề nghị|yêu cầu|giao|phân công|chỉ đạo)(?: cho)? "
    );
    DIRECTS.captures_iter(&text[from..]).find_map(|found| {
        let whole = found.get(0)?;
        if text[..from + whole.start()].trim_end().ends_with("không") {
            return None;
        }
        let (list, end) = list_at(text, from + whole.end())?;
        // Whom a body charges of its own people is its own matter.
        let charges = matches!(
            found.get(1)?.as_str().to_lowercase().as_str(),
            "giao" | "phân công"
        );
        if charges && is_staff(&text[from + whole.end()..]) {
            return None;
        }
        let at = after_names(text, end)?;
        is_predicate(&text[at..]).then_some(())?;
        Some((found.get(1)?.as_str(), list, at))
    })
}

/// `Nay X đề nghị BODIES VERB …`, whatever stands before: the bodies asked, and where their duty begins.
pub(super) fn asks_bodies(text: &str, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    // An earlier letter that asked for it tells what was.
    pattern!(
        BEFORE,
        r"(?i)\b(?:đã|trước đây|có (?:công văn|kế hoạch|văn bản|thông báo|hướng dẫn|công điện)|tại (?:công văn|kế hoạch|văn bản|thông báo))\b"
    );
    let (verb, list, inner) = directed(text, start)?;
    let first = list.first()?.start;
    (verb.to_lowercase() != "chỉ đạo" && !BEFORE.is_match(&text[start..first]))
        .then_some((list, inner))
}

/// "không phải báo cáo lại, chỉ bổ sung ảnh": where what is to be done begins after what is not.
pub(super) fn after_denial(text: &str, at: usize) -> usize {
    pattern!(
        DENIAL,
        r"^(?i:không|chưa|khỏi|miễn)\b[^,;.]*,? (?:mà |nhưng )?(?:chỉ|mà|nhưng)(?: cần| phải| việc| tiếp tục)* "
    );
    let after = DENIAL
        .find(&text[at..])
        .map_or(at, |denial| at + denial.end());
    if is_predicate(&text[after..]) {
        after
    } else {
        at
    }
}

/// Whether the words begin with people of a body, not with bodies or persons of their own.
pub(super) fn is_staff(words: &str) -> bool {
    pattern!(
        STAFF,
        r"^(?i:(?:\d+ |một |các |mỗi )?(?:cán bộ|công chức|viên chức|nhân viên|người|bộ phận|chuyên viên|công nhân|giáo viên|đoàn viên|hội viên|đảng viên|cấp ủy viên|lực lượng)\b)"
    );
    STAFF.is_match(words)
}

/// Whether the words charge a person by name: "phân công đồng chí Âu Văn Chất tiếp nhận …".
pub(super) fn charges_person(words: &str) -> bool {
    pattern!(
        CHARGES,
        r"^(?i:giao|phân công|cử)(?: cho)? (?i:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy) \p{Lu}\p{Ll}* \p{Lu}\p{Ll}* "
    );
    // By his office he stands for it: "giao đồng chí Phó Bí thư Thường trực Đảng ủy".
    pattern!(
        OFFICE,
        r"^[\p{L} /]+? (?:Phó|Bí thư|Chủ|Trưởng|Giám đốc|Thường trực|Tổng|Ủy viên|Hiệu|Chánh|Chi|Tỉnh|Huyện|Thành|Đảng) "
    );
    CHARGES.is_match(words) && !OFFICE.is_match(words)
}

/// Bodies and nothing else, with commas or semicolons between them.
pub(super) fn actors_between(passage: &Passage, range: Range<usize>) -> Option<Who> {
    let mut who = Vec::new();
    let mut from = range.start;
    for part in passage.text()[range].split_inclusive(';') {
        let words = part.trim_end_matches(';');
        let start = from + (words.len() - words.trim_start().len());
        who.extend(actors_alone(passage, start..from + words.len())?.0);
        from += part.len();
    }
    Some(who)
}

/// A stretch that consists of bodies only.
fn actors_alone(passage: &Passage, range: Range<usize>) -> Option<(Who, usize)> {
    let text = &passage.text()[..range.end];
    let start = range.start + assigned(&text[range.start..]);
    let (list, end) = list_at(text, start)?;
    text[end..]
        .trim()
        .is_empty()
        .then(|| (named(passage, list), start))
}

pub(super) fn named(passage: &Passage, list: Vec<Range<usize>>) -> Who {
    list.into_iter()
        .map(|body| (passage.text()[body.clone()].to_owned(), passage.span(body)))
        .collect()
}

/// The sentences of `text` from byte `from` on, each as its clauses between semicolons.
pub(super) fn sentences(text: &str, from: usize) -> Vec<Vec<Range<usize>>> {
    pattern!(
        SHORT_FORM,
        r"(?:^|[\s(])(?:TP|TX|TT|Tp|Tx|P|Q|H|đ/c|TM|KT|TL|PGS|TS|ThS|GS|St|v\.v|\d{1,2})$"
    );
    let mut sentences = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut start = from;
    let push = |sentences: &mut Vec<Vec<Range<usize>>>, range: Range<usize>, ends: bool| {
        if !text[range.clone()].trim().is_empty()
            && let Some(last) = sentences.last_mut()
        {
            last.push(range);
        }
        if ends {
            sentences.push(Vec::new());
        }
    };
    for (offset, character) in text[from..].char_indices() {
        let at = from + offset;
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                push(&mut sentences, start..at, false);
                start = at + 1;
            }
            '.' | '!' | '?' if depth == 0 => {
                let rest = &text[at + 1..];
                let begins = rest.strip_prefix(' ').is_some_and(|next| {
                    next.starts_with(|c: char| c.is_uppercase() || "-“(".contains(c))
                });
                if (begins || rest.is_empty())
                    && (rest.is_empty() || !SHORT_FORM.is_match(&text[start..at]))
                {
                    push(&mut sentences, start..at + 1, true);
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    push(&mut sentences, start..text.len(), false);
    sentences
}

/// Whether the words speak of the report as a thing, which has to be so or holds something: "Báo cáo cần nêu rõ …".
pub(super) fn speaks_of_report(words: &str) -> bool {
    pattern!(
        SPEAKS,
        r"^(?i:(?:các |mỗi |bản |những )?báo cáo(?: \([^()]*\))? (?:của [^,;.]{1,60}? (?:phải|cần|không|có|dài|gồm|nêu)|xin|phải|cần|thể hiện|nêu|gồm|bao gồm|có|được|bị|đã|đang|chưa|còn|mới|do|này|trên|nói trên|in|lập|là|không|chỉ|dài|ngắn|viết|ký|đóng|trình bày|đánh máy|nộp chậm|gửi chậm|gửi sau|nào)\b)"
    );
    SPEAKS.is_match(words)
}

/// Whether a letter means its addressees by this: "quý cơ quan", "các đồng chí".
pub(super) fn means_addressees(body: &str) -> bool {
    pattern!(
        ALL,
        r"^(?i:quý (?:cơ quan|đơn vị|vị|địa phương|\p{L}{2,}(?: ban)?)|(?:các )?đồng chí)(?:, (?:đơn vị|địa phương))?$"
    );
    ALL.is_match(body)
}

/// The predicates from `at` on that each have a due of their own: "họp trước ngày A, gửi báo cáo trước ngày B".
pub(super) fn segments(text: &str, at: usize, phrases: &[DuePhrase]) -> Vec<Range<usize>> {
    // "họp trong tháng 10, biên bản gửi về … trước ngày …": another due of another thing.
    pattern!(
        PAPER_SENT,
        r"^(?:biên bản|kết quả|danh sách|hồ sơ|sản phẩm|số liệu|báo cáo|văn bản)[^,;]{0,40}? (?:gửi|nộp) "
    );
    pattern!(
        SENT_ON,
        r"^(?:gửi|nộp|trình|chuyển) (?:(?:về|cho|đến|tới|lên) )?"
    );
    pattern!(JOINT, r"^(?:\)?,?(?: và| rồi| đồng thời| sau đó)?|,) ");
    let mut segments = Vec::new();
    let mut from = at;
    // A stretch is the time of work, but the period of a report.
    let times = |phrase: &&DuePhrase| {
        phrase.manner == Manner::By
            || matches!(phrase.manner, Manner::Span { .. })
                && report_at(&text[..phrase.range.start], at).is_none()
    };
    let dated: Vec<&DuePhrase> = phrases
        .iter()
        .filter(|phrase| phrase.range.start > at)
        .filter(times)
        .collect();
    for pair in dated.windows(2) {
        let after = pair[0].range.end;
        let joint = JOINT.find(&text[after..]).map(|joint| after + joint.end());
        if let Some(next) = joint.filter(|next| {
            // "làm A trước ngày …, gửi B trước ngày …" goes on with A.
            let sent_on = SENT_ON
                .find(&text[*next..])
                .is_some_and(|sent| begins(&text[*next + sent.end()..]));
            pair[0].due != pair[1].due
                && !sent_on
                && *next < pair[1].range.start
                && (is_predicate(&text[*next..])
                    || is_event(&text[*next..])
                    || PAPER_SENT.is_match(&text[*next..]))
        }) {
            segments.push(from..after);
            from = next;
        }
    }
    segments.push(from..text.len());
    segments
}
