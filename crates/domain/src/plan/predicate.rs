//! The parts of one duty clause: what is delivered, who adopts it, to whom it goes and through whom.

use std::ops::Range;

use super::bodies::{addressee_at, begins, body_at, boundary, list_at};
use super::events::is_event;
use super::model::DutyKind;
use super::naming::{event_name, report_name};
use super::passage::pattern;
use super::verbs::{begins_with_verb, first_verb, is_predicate};
use super::work::work;

/// What a clause says of a duty, as ranges of bytes of the text it stands in.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub kind: Option<DutyKind>,
    pub deliverable: Option<Range<usize>>,
    pub to: Option<Range<usize>>,
    pub via: Option<Range<usize>>,
    pub adopted_by: Option<Range<usize>>,
    pub due_set_by: Option<Range<usize>>,
    /// Bodies to work with: "phối hợp với …".
    pub with: Vec<Range<usize>>,
}

/// Takes `text[range]`, the words after the body that has the duty, apart. `due`: where the due phrase begins.
pub(super) fn parts(text: &str, range: Range<usize>, due: Option<usize>) -> Parts {
    let clause = &text[..range.end];
    let words = &clause[range.start..];
    // A workshop on a draft report is a workshop.
    let gathers = is_event(words);
    let report = report_at(clause, range.start)
        .filter(|at| !gathers || clause[range.start..*at].contains(", "));
    let gathers = gathers && report.is_none();
    let mut parts = Parts {
        due_set_by: due_set_by(clause, range.start),
        ..Parts::default()
    };
    let (with, after) = cooperation(clause, range.start);
    parts.with = with;
    match report {
        Some(report) => {
            parts.kind = Some(DutyKind::Report);
            parts.to = addressee(clause, range.start, report);
            parts.adopted_by =
                adopted_by(clause, range.start, parts.to.as_ref().map(|to| to.start));
            parts.deliverable = Some(report_name(clause, report, due, parts.to.as_ref()));
        }
        None => {
            pattern!(SUBMITTED, r"(?i)\btrình ");
            parts.to = sent_to(clause, range.start)
                .or_else(|| body_after(clause, &SUBMITTED, range.start));
            pattern!(MET, r"^(?i:họp|gặp mặt)\b");
            let gathers = gathers && !MET.is_match(words);
            // "chuẩn bị hội nghị, dự kiến ngày …" is the event itself, when its day is told.
            pattern!(
                PREPARES,
                r"^(?i:chuẩn bị (?:tốt |chu đáo )?(?:tổ chức )?(?P<name>(?:hội nghị|hội thảo|lễ|đại hội|cuộc họp|tọa đàm)\b))"
            );
            let prepared = PREPARES
                .captures(words)
                .filter(|_| due.is_some())
                .and_then(|found| found.name("name"))
                .map(|name| name.start()..words.len());
            let held = event(words).or(prepared);
            match held.or_else(|| gathers.then_some(0..words.len())) {
                Some(event) => {
                    let event = range.start + event.start..range.start + event.end;
                    parts.kind = Some(DutyKind::Event);
                    parts.deliverable = Some(event_name(clause, event, due));
                }
                None => {
                    parts.kind = Some(DutyKind::Task);
                    parts.deliverable = work(clause, after, parts.to.as_ref(), due);
                }
            }
        }
    }
    parts.via = via(clause, range.start, parts.to.as_ref().map(|to| to.end));
    if parts.via.is_some() && parts.via == parts.to {
        parts.via = None;
    }
    parts
}

/// Where `clause` asks for a report, from `from` on; other uses of the word are passed over.
pub(super) fn report_at(clause: &str, from: usize) -> Option<usize> {
    pattern!(WORD, r"(?i)\bbáo cáo\b");
    pattern!(
        OTHER_USE,
        r"(?i)(?:nghe|về|của|chế độ|mẫu|biểu mẫu|kèm|kèm theo|cùng|với|đề cương|quy trình|cơ chế|kênh|thủ tục|quy chế|đầu mối|thẩm định|góp ý|phục vụ|thể thức|tiếp nhận|nhận|thời gian gửi|thời hạn gửi|việc gửi|tiến độ gửi|hội nghị|nội dung|(?:trong|mỗi|của|các|đầu|cuối) kỳ|cuộc|chất lượng|thời gian|thời hạn|mốc|theo|vào|phải thực hiện|thực hiện|các loại|danh mục|danh sách|đối tượng|chậm|hệ thống|công tác|thông tin,|không phải|hoặc|hình thức|(?:đầu mối|người|nhóm|tổ|cán bộ|công chức|chuyên viên|phụ trách|tài khoản) (?:làm|lập|viết|soạn|gửi|nộp|tổng hợp)|phần mềm|đối chiếu|nghiệm thu|gom|gộp|tập hợp|thu nhận|đọc|xem|thu|đóng|in|sao|lưu|công bố|chấm|phân tích|trích|nhập|soi|so sánh|duyệt|thẩm tra|kiểm tra|rà soát|đánh giá|phản biện)(?: (?:các|những|từng|toàn bộ|dự thảo|bản|nội dung|lại))* $"
    );
    pattern!(
        OVERSEEN,
        r"(?i)\b(?:đôn đốc|nhắc nhở|hướng dẫn|theo dõi|kiểm tra|giám sát|chấn chỉnh)[^,;]*$"
    );
    pattern!(
        SENDS,
        r"(?i)(?:và|,|rồi|đồng thời) (?:gửi|nộp|lập|xây dựng|trình|tổng hợp|viết|soạn|hoàn thiện|tham mưu)(?: (?:thành|chung|đầy đủ|kịp thời|dự thảo|các|01))? $"
    );
    // After a word of number "báo cáo" is a thing; it is owed only when it is made or sent.
    pattern!(
        COUNTED,
        r"(?i)\b(?:các|những|từng|mọi|mỗi|toàn bộ|tất cả|nhiều|một số|cuốn|tập|quyển) $"
    );
    pattern!(
        MADE,
        r"(?i)\b(?:gửi|nộp|lập|xây dựng|viết|làm|soạn|soạn thảo|dự thảo|hoàn thành|hoàn chỉnh|hoàn thiện|chuẩn bị|trình|có|ra|tổng hợp|tham mưu|ban hành|chuyển|ký|thực hiện|bổ sung)\b[^,;]*$"
    );
    pattern!(
        OF_OTHERS,
        r"^(?i: (?:của|từ) (?:cấp dưới|cơ sở|đơn vị|[^,;.]*?\b(?:các|những|từng|mỗi|trực thuộc)\b))"
    );
    for word in WORD.find_iter(&clause[from..]) {
        let word = from + word.start()..from + word.end();
        // What a report is for is said close to it.
        let near = boundary(clause, word.start.saturating_sub(400)).max(from);
        let (before, after) = (&clause[near..word.start], &clause[word.end..]);
        let joined =
            before.ends_with("và ") || before.ends_with("tổng hợp ") || before.ends_with("để ");
        let overseen = OVERSEEN.is_match(before) && !joined && !SENDS.is_match(before);
        // "tổng hợp báo cáo của các đơn vị" gathers reports, it is none.
        let of_others = OF_OTHERS.is_match(after) && before.ends_with("tổng hợp ")
            || COUNTED.is_match(before) && !MADE.is_match(before)
            || after.starts_with(" viên");
        // "sau khi các xã đã có báo cáo" tells of what is there by then.
        pattern!(
            THERE,
            r"(?i)\b(?:đã|chưa) (?:có|gửi|nộp|nhận|nhận được|lập)(?: đủ)?(?: các| những)? $"
        );
        pattern!(
            NOT,
            r"(?i)\bkhông (?:phải|cần|yêu cầu|làm|lập|gửi|nộp|viết)\b[^,;]*$"
        );
        // "số liệu do địa phương báo cáo" marks out what is worked on.
        pattern!(BY, r"(?i)\p{L} do [^,;]{2,60} $");
        let of_others = of_others
            || NOT.is_match(before)
            || is_object(before)
            || THERE.is_match(before)
            || BY.is_match(before);
        // "sổ tay viết báo cáo", "mẫu lập báo cáo": a thing for reports.
        pattern!(
            FOR_REPORTS,
            r"(?i)(?:sổ tay|tài liệu|cẩm nang|quy trình|mẫu|biểu mẫu|công cụ|ứng dụng|kỹ năng|phương pháp|cách|cách thức|nghiệp vụ|kinh nghiệm|việc|khâu|lịch|tiến độ|chất lượng|thời gian|thời hạn) (?:làm|lập|viết|soạn|gửi|nộp|tổng hợp|xây dựng|trình bày)(?: (?:các|các loại|những))? $"
        );
        let of_others = of_others || FOR_REPORTS.is_match(before);
        let purpose = before.ends_with("để tổng hợp, ")
            || before.ends_with("để ")
            || before.ends_with("để tổng hợp ");
        let aside = before
            .rfind('(')
            .is_some_and(|open| !before[open..].contains(')'));
        if !aside && !OTHER_USE.is_match(before) && !overseen && !of_others && !purpose {
            return Some(word.start);
        }
    }
    None
}

/// Whether "báo cáo" is what the verb right before it works on ("nghiên cứu báo cáo"), neither the verb itself nor what is
/// made or sent.
fn is_object(before: &str) -> bool {
    pattern!(
        MADE_OR_HOW,
        r"(?i)\b(?:gửi|nộp|lập|dựng|viết|làm|soạn|thảo|dự|hoàn|bị|trình|có|ra|hợp|mưu|ban hành|chuyển|ký|bổ sung|thêm|đủ|kịp|kỳ|khẩn|nghiêm|thường|chủ động|trực tiếp|tiếp tục|cần|phải|trách nhiệm|nhiệm vụ|sẽ|hằng|hàng|mỗi|ngay|tự|định|nhanh|ngày|tháng|quý|năm|tuần|giờ|đề nghị|yêu cầu|giao|phân công|chỉ đạo|được|đều|cùng|đồng|riêng|xong|vào|từ|đến|trước|sau|để|với|cho|khi|nếu)\b"
    );
    pattern!(JOINT, r"(?:[,;:(]| và| rồi| đồng thời| sau đó) ");
    let since = before.rfind([',', ';', ':', '(']).unwrap_or(0);
    if MADE_OR_HOW.is_match(&before[since..]) {
        return false;
    }
    let from = JOINT
        .find_iter(before)
        .last()
        .map_or(0, |joint| joint.end());
    let segment = before[from..].trim();
    !segment.is_empty()
        && segment.split(' ').count() <= 5
        && !MADE_OR_HOW.is_match(segment)
        && is_predicate(segment)
}

/// Whether a run-in head names the report that the words from `at` on only send: "Báo cáo tháng: … gửi về …".
pub(super) fn named_report(text: &str, head: Range<usize>, at: usize) -> bool {
    pattern!(
        DEALS,
        r"^(?i:(?:phải |cần |sẽ |có trách nhiệm |chịu trách nhiệm |chủ trì,? )*(?:gửi|nộp|lập|trình|làm|viết|soạn|dự thảo|soạn thảo|xây dựng|tổng hợp|thực hiện|chuẩn bị|hoàn thành|hoàn thiện|chuyển|phụ trách|chủ trì|tham mưu)\b)"
    );
    DEALS.is_match(&text[at..])
        && report_at(text, at).is_none()
        && text[head].to_lowercase().starts_with("báo cáo")
}

/// The event that the words are about to hold, by its name: "tổ chức hội nghị tổng kết".
fn event(words: &str) -> Option<Range<usize>> {
    pattern!(
        HOLDS,
        r"(?i)(?P<before>\b(?:chuẩn bị|phục vụ|kinh phí|dự toán|thẩm định|điều kiện|phương án|kế hoạch|kịch bản|dự thảo|tuyên truyền|tạm dừng|dừng|hoãn|hủy|thôi|không|phân công|cử|hướng dẫn|đôn đốc|kiểm tra|vận động|hỗ trợ|dự|tham gia|tham dự|theo dõi|chỉ đạo)\b[^;.]*)?\b(?:tổ chức|tiến hành|mở|chủ trì|khai mạc|làm)(?: [\p{L}\d]+){0,3}? (?P<name>(?:các )?(?:hội nghị|hội thảo|tọa đàm|toạ đàm|lễ|mít tinh|gặp mặt|cuộc họp|họp mặt|họp|hội thi|hội diễn|liên hoan|triển lãm|cuộc thi|đại hội|hội (?:chợ|khỏe|trại|làng|xuân|sách|hoa|báo|thao)|đêm (?:hội|thơ|nhạc|diễn|giao)|vòng (?:chung kết|sơ khảo|loại)|buổi|ngày hội|diễn đàn|phiên họp|giao lưu|giải|lớp|khóa (?:tập huấn|bồi dưỡng)|đợt tập huấn)\b)"
    );
    pattern!(MEETS, r"^(?i:họp|gặp mặt|mít tinh)\b");
    // What is held under a name of its own: "tổ chức “Chợ Tết Công đoàn”".
    pattern!(
        NAMED,
        r#"^(?i:phụ trách |chủ trì |tham mưu )*(?i:tổ chức|mở) (?P<name>["“]\p{Lu})"#
    );
    if let Some(name) = NAMED.captures(words).and_then(|found| found.name("name")) {
        return Some(name.start()..words.len());
    }
    // "mở 04 lớp bồi dưỡng" is work of many days.
    pattern!(CLASSES, r"(?i)\d+ (?:lớp|khóa|khoá|đợt)");
    // "bộ phận thường trực của Ban Tổ chức Hội trại": a part of a name.
    let committee = |found: &regex::Captures<'_>| {
        let start = found.get(0).map_or(0, |whole| whole.start());
        words[..start].to_lowercase().ends_with("ban ")
    };
    // "Gửi lịch tổ chức Ngày hội …": what another verb works on.
    pattern!(
        OBJECT,
        r"^(?i:gửi|nộp|lập|in|ký|chụp|quay|viết|soạn|đăng|niêm yết|công bố|thông báo|báo|nhắc|theo dõi|kiểm tra|rà soát|đánh giá|tổng hợp|góp ý|thẩm định|xây dựng|ban hành) [^,;]*$"
    );
    let inside = |found: &regex::Captures<'_>| {
        let verb = found.get(0).map_or("", |whole| whole.as_str());
        let start = found.get(0).map_or(0, |whole| whole.start());
        verb.to_lowercase().starts_with("tổ chức")
            && OBJECT.is_match(&words[..start])
            && !words[..start].trim_end().ends_with("và")
    };
    if let Some(found) = HOLDS.captures(words)
        && found.name("before").is_none()
        && !committee(&found)
        && !inside(&found)
        && !found
            .get(0)
            .is_some_and(|whole| CLASSES.is_match(whole.as_str()))
    {
        return found.name("name").map(|name| name.start()..words.len());
    }
    // Who meets and then does something else has a task; so has who calls on persons.
    pattern!(
        CALLS_ON,
        r"^(?i:gặp mặt (?:gia đình|các|những|từng|hội viên|người|cán bộ|đoàn viên))"
    );
    let more = words
        .match_indices(", ")
        .any(|(at, mark)| begins_with_verb(&words[at + mark.len()..]));
    (MEETS.is_match(words) && !more && !CALLS_ON.is_match(words)).then_some(0..words.len())
}

fn body_after(clause: &str, cues: &crate::pattern::Pattern, from: usize) -> Option<Range<usize>> {
    cues.find_iter(&clause[from..])
        .find_map(|cue| body_at(clause, from + cue.end()))
}

/// What is written with a capital where an addressee stands is one, whatever it is called: "gửi về Bộ".
fn addressee_after(
    clause: &str,
    cues: &crate::pattern::Pattern,
    from: usize,
) -> Option<Range<usize>> {
    cues.find_iter(&clause[from..])
        .find_map(|cue| addressee_at(clause, from + cue.end()))
}

/// Whom something is sent or told to: the last body that a preposition leads to, behind what is sent and before when.
fn sent_to(clause: &str, from: usize) -> Option<Range<usize>> {
    pattern!(
        SENT,
        r"(?i)\b(?:gửi|nộp|chuyển)(?: (?:về|cho|đến|tới|lên))? "
    );
    pattern!(
        TRANSFERS,
        r"(?i)(?:\b(?:gửi|nộp|cung cấp|chuyển|bàn giao|giao lại|trao|chia sẻ|thông báo|đăng ký|giới thiệu)|(?:^|[,;] |và )báo) "
    );
    pattern!(CUE, r"(?i) (?:về|cho|đến|tới|lên|với|tại) ");
    pattern!(
        CLOSES,
        r"^(?i:[ ]*(?:[,.;()]|$)| (?:trước|chậm|muộn|trễ|trong|ngày|xong|hoàn thành|qua|thông qua|để|theo|vào|hạn|thời|từ|không|kèm|bằng|đúng|khi|sau|cùng|và)\b)"
    );
    if let Some(body) = addressee_after(clause, &SENT, from) {
        return Some(body);
    }
    // "soạn thư mời, gửi cựu giáo chức", "thông báo lịch cho đại biểu": people who are no body.
    pattern!(
        PEOPLE,
        r"(?i)(?:, gửi|\bthông báo [^,;.]{2,80}? cho) (?P<who>(?:các |những |từng |toàn thể )?(?:đại biểu|khách|cựu|phụ huynh|cha mẹ|học sinh|sinh viên|học viên|giáo viên|giảng viên|cán bộ|công chức|viên chức|hội viên|đoàn viên|đảng viên|đội viên|người|nhân dân|cử tri|hộ|gia đình|chủ|thành viên|cộng tác viên|báo cáo viên|tuyên truyền viên|công nhân|nông dân|thanh niên|phóng viên|chuyên gia|bạn đọc)\b[^,;.()]{0,60}?)(?:[,;.()]| (?:trước|chậm|muộn|trễ|trong|ngày|xong|qua|để|theo|vào|hạn|từ|kèm|bằng|khi|sau)\b|$)"
    );
    if let Some(who) = PEOPLE
        .captures(&clause[from..])
        .and_then(|found| found.name("who"))
    {
        return Some(from + who.start()..from + who.end());
    }
    let verbs: Vec<Range<usize>> = TRANSFERS
        .find_iter(&clause[from..])
        .map(|verb| from + verb.start()..from + verb.end())
        .collect();
    let first = verbs.first()?.start;
    let end = clause[first..]
        .find([';', '.'])
        .map_or(clause.len(), |end| first + end);
    let mut known: Option<Range<usize>> = None;
    for cue in CUE.find_iter(&clause[first..end]) {
        let (at, after) = (first + cue.start(), first + cue.end());
        let Some(verb) = verbs.iter().rev().find(|verb| verb.end <= after) else {
            continue;
        };
        if known.as_ref().is_some_and(|known| at < known.end) {
            continue;
        }
        let does = clause[verb.clone()].to_lowercase();
        let leads = match cue.as_str().trim().to_lowercase().as_str() {
            "với" => does.contains("đăng ký"),
            "tại" => does.contains("nộp"),
            // "… về Cục Hải quan tỉnh thông qua Phòng Giám sát quản lý về hải quan".
            "về" => known.is_none() || clause[after..].starts_with(char::is_uppercase),
            // "thông báo đến từng đội" is all that is done.
            _ if does.contains("thông báo") => verb.end <= at || verb.start > first,
            _ => !does.contains("giới thiệu"),
        };
        let Some(body) = body_at(clause, after).filter(|_| leads) else {
            continue;
        };
        if known.is_none() || CLOSES.is_match(&clause[body.end..]) {
            known = Some(body);
        }
    }
    known
}

/// The addressee of the report that is asked for at `report`.
fn addressee(clause: &str, from: usize, report: usize) -> Option<Range<usize>> {
    pattern!(TOWARDS, r"(?i)\b(?:về|cho|tới|đến|lên|với|trước) ");
    pattern!(REPORT_TO, r"(?i)\b(?:báo cáo|trình) ");
    pattern!(SUBMITS, r"(?i)\btrình ");
    let submitted = || body_after(clause, &SUBMITS, from).filter(|body| body.start < report);
    sent_to(clause, from)
        .or_else(submitted)
        .or_else(|| body_after(clause, &TOWARDS, report))
        .or_else(|| body_after(clause, &REPORT_TO, report))
        .or_else(|| body_after(clause, &REPORT_TO, from))
}

/// Through whom something goes. `to`: where its addressee ends, behind which "thông qua" names a channel.
fn via(clause: &str, from: usize, to: Option<usize>) -> Option<Range<usize>> {
    pattern!(ASIDE, r"(?i)\((?:gửi )?(?:thông )?qua ");
    pattern!(THROUGH, r"(?i)(?P<before>\p{L}*),? ?\bqua ");
    pattern!(
        RECEIVES,
        r"(?i)\b(?:đầu mối|đơn vị|cơ quan|bộ phận|nơi)(?: (?:tiếp nhận|nhận|tổng hợp|giúp việc))+(?: (?:báo cáo|là|:))* ?"
    );
    let aside = ASIDE.find_iter(&clause[from..]).find_map(|cue| {
        let at = from + cue.end();
        person_at(clause, at)
            .or_else(|| body_at(clause, at).map(|body| with_its_owner(clause, body)))
    });
    if aside.is_some() {
        return aside;
    }
    if let Some(body) = body_after(clause, &RECEIVES, from) {
        return Some(body);
    }
    THROUGH.captures_iter(&clause[from..]).find_map(|found| {
        let whole = found.get(0)?;
        let channel = !found["before"].eq_ignore_ascii_case("thông")
            || to.is_some_and(|to| to <= from + whole.start() + 1);
        let at = from + whole.end();
        channel.then(|| person_at(clause, at).or_else(|| body_at(clause, at)))?
    })
}

/// A person with all that is said of the office: "đồng chí Phó Chủ tịch phụ trách phong trào".
fn person_at(clause: &str, at: usize) -> Option<Range<usize>> {
    pattern!(
        PERSON,
        r"^(?i:(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy)) [^,;.()]{2,120}?(?:[,;.()]| (?:trước|chậm|muộn|trễ|trong|ngày|để|theo|số|điện thoại)\b|$)"
    );
    let found = PERSON.find(&clause[at..])?;
    let words = found.as_str();
    let last = words.rfind(' ').unwrap_or(words.len());
    let end = match words.chars().next_back() {
        Some(',' | ';' | '.' | '(' | ')') => words.len() - 1,
        _ if at + words.len() == clause.len() => words.len(),
        _ => last,
    };
    let end = at + words[..end].trim_end().len();
    let named = body_at(clause, at).map_or(end, |body| body.end);
    Some(at..end.max(named))
}

/// "(qua Phòng Tổng hợp, Văn phòng Tỉnh ủy)": in brackets the body above may follow, but nobody who is reached there.
fn with_its_owner(clause: &str, body: Range<usize>) -> Range<usize> {
    let owner = clause[body.end..]
        .strip_prefix(", ")
        .filter(|next| next.starts_with(char::is_uppercase) && begins(next))
        .and_then(|_| body_at(clause, body.end + ", ".len()));
    match owner {
        Some(owner) if clause[owner.end..].starts_with([')', ',', ';']) => body.start..owner.end,
        _ => body,
    }
}

fn adopted_by(clause: &str, from: usize, to: Option<usize>) -> Option<Range<usize>> {
    pattern!(
        ADOPTED,
        r"(?i)\b(?:thông qua|lấy ý kiến|xin ý kiến)(?: của)? "
    );
    pattern!(BY, r"(?i)\b(?:được|trình|đưa ra) ");
    pattern!(
        APPROVES,
        r"(?i)^(?:,? ?(?:xem xét|thảo luận|cho ý kiến|thống nhất|họp|bàn|và|,))* ?(?:thông qua|cho ý kiến|phê duyệt|thống nhất)"
    );
    pattern!(
        COLLECTIVE,
        r"(?i)^(?:tập thể|lãnh đạo|hội nghị|cuộc họp|thường trực|đảng ủy|đảng uỷ|ban (?:thường vụ|chấp hành|giám))\b"
    );
    pattern!(
        MANY,
        r"^(?i:các|những|từng|mỗi|toàn thể|rộng rãi|đơn vị|cơ quan|cán bộ|nhân dân)\b"
    );
    pattern!(
        VERB,
        r"(?i),? (?:xem xét|thảo luận|cho ý kiến|thống nhất|họp|bàn|thông qua|phê duyệt|biểu quyết)\b"
    );
    pattern!(ACTIVE, r"(?i)(?:để|,|và|do|khi|nếu|sau khi|trước khi) ");
    pattern!(
        PASSES,
        r"(?i)^,? ?(?:(?:xem xét|thảo luận|cho ý kiến|họp|bàn|và|,) ?)*(?:thông qua|phê chuẩn)\b"
    );
    pattern!(
        END,
        r"[,;.()]| (?:và )?(?:gửi|báo cáo|nộp|trình|trước|để|chậm nhất|theo|xem xét|cho ý kiến|rồi|sau đó|qua|hoàn thành)\b"
    );
    let limit = to.unwrap_or(clause.len());
    for cue in ADOPTED.find_iter(&clause[from..]) {
        let cue = from + cue.start()..from + cue.end();
        if cue.start >= limit {
            break;
        }
        let rest = &clause[cue.end..];
        let aside = clause[..cue.start].ends_with('(');
        if !aside && !MANY.is_match(rest) && (COLLECTIVE.is_match(rest) || begins(rest)) {
            let end = END.find(rest).map_or(rest.len(), |end| end.start());
            let end = cue.end + rest[..end].trim_end().len();
            // "Ban Chấp hành Đảng bộ xã, thị trấn": the list of places goes on.
            pattern!(
                PLACE,
                r"^, (?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|đơn vị|địa phương|cơ quan)\b"
            );
            let more = PLACE.find(&clause[end..]).map_or(0, |place| place.end());
            let end = end + more;
            return (end > cue.end).then_some(cue.end..end);
        }
    }
    let passed = BY.find_iter(&clause[from..]).find_map(|cue| {
        let cue = from + cue.start()..from + cue.end();
        let rest = &clause[cue.end..];
        let body = if let Some(found) = COLLECTIVE.find(rest) {
            let verb = || {
                first_verb(&rest[found.end()..]).map_or(rest.len(), |verb| found.end() + verb.start)
            };
            let adopts = VERB.find(rest).map(|verb| verb.start());
            let end = adopts.unwrap_or_else(verb);
            let end = rest[..end].trim_end_matches([' ', ',']).len();
            cue.end..cue.end + end
        } else {
            body_at(clause, cue.end)?
        };
        let after = clause[body.end..].trim_start();
        // Leaders adopt as one body ("lãnh đạo Ủy ban nhân dân tỉnh thông qua"); what they approve is another matter.
        let leaders = clause[body.clone()].to_lowercase().starts_with("lãnh đạo ");
        let fits = if leaders {
            after.starts_with("thông qua")
        } else {
            is_collective(&clause[body.clone()])
        };
        (APPROVES.is_match(after) && fits).then_some(body)
    });
    // "…, Ban Thường vụ Đảng ủy thông qua, gửi …", "để Ban Chấp hành thông qua".
    passed.or_else(|| {
        ACTIVE.find_iter(&clause[from..]).find_map(|cue| {
            let at = from + cue.end();
            let verb = VERB.find(&clause[at..])?;
            let body = at..at + verb.start();
            let whole = begins(&clause[at..]) || COLLECTIVE.is_match(&clause[at..]);
            (whole
                && !clause[body.clone()].contains([',', ';', '.'])
                && PASSES.is_match(&clause[body.end..]))
            .then_some(body)
        })
    })
}

/// Whether a body decides by vote: one person approves, a collective adopts.
fn is_collective(body: &str) -> bool {
    pattern!(
        PERSON,
        r"(?i)^(?:(?:các )?(?:đồng chí|đ/c|ông|bà|thầy|cô) |(?:phó |tổng )?(?:giám đốc|chủ tịch|bí thư|hiệu trưởng|viện trưởng|cục trưởng|vụ trưởng|bộ trưởng|chủ nhiệm)|\p{L}+ (?:huy )?trưởng\b|trưởng |thủ trưởng|chánh |lãnh đạo|người )"
    );
    !PERSON.is_match(body)
}

fn due_set_by(clause: &str, from: usize) -> Option<Range<usize>> {
    pattern!(
        LEFT_TO,
        r"(?i)\b(?:thời gian|thời hạn|hạn|tiến độ|lịch)[^();.]{0,80}?\b(?:do|theo (?:quy định|hướng dẫn|chỉ đạo|yêu cầu|thông báo) của) "
    );
    // "do ban thường vụ cấp ủy cấp trên trực tiếp quy định": all that stands before the verb.
    pattern!(
        SETS,
        r"^[^,;.()]{3,120}? (?:quy định|ấn định|quyết định|xác định|thông báo|ấn định|đề ra|đặt ra|hướng dẫn|thống nhất)(?:[ ,;.)]|$)"
    );
    let body = body_after(clause, &LEFT_TO, from)?;
    let sets = SETS.find(&clause[body.start..]).map_or(body.end, |sets| {
        let words = sets.as_str().trim_end_matches([' ', ',', ';', '.', ')']);
        let last = words.rfind(' ').unwrap_or(words.len());
        body.start + words[..last].rfind(' ').unwrap_or(last)
    });
    Some(body.start..body.end.max(sets))
}

/// "chủ trì, phối hợp với A, B": the bodies, and where the work itself begins.
pub(super) fn cooperation(clause: &str, from: usize) -> (Vec<Range<usize>>, usize) {
    pattern!(
        WITH,
        r"(?i)^(?:có trách nhiệm |chịu trách nhiệm )?(?:chủ trì|chủ động|là cơ quan chủ trì)?(?:,| và)? ?(?:tham mưu(?:,| và)? ?)?phối hợp(?: chặt chẽ)?(?: (?:với|cùng với|cùng))? "
    );
    pattern!(
        LATER,
        r"(?i)\bphối hợp(?: chặt chẽ)?(?: (?:với|cùng với|cùng))? "
    );
    if let Some(cue) = WITH.find(&clause[from..])
        && let Some((list, end)) = list_at(clause, from + cue.end())
    {
        let rest = &clause[end..];
        let skipped = rest.len() - rest.trim_start_matches([' ', ',']).len();
        let after = if skipped < rest.len() {
            end + skipped
        } else {
            from
        };
        return (list, after);
    }
    let list = LATER
        .find(&clause[from..])
        .and_then(|cue| list_at(clause, from + cue.end()))
        .map_or(Vec::new(), |(list, _)| list);
    (list, from)
}
