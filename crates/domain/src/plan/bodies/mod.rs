//! Phrases that name bodies: where one begins, where it ends, and which of a list are separate bodies.

mod begins;
mod fields;
mod heads;
mod level;
mod name;
mod places;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::known;
use super::passage::pattern;
use super::verbs::{bare_verbs, first_verb, verbs};

pub(super) use begins::begins;
pub(super) use level::{key, level};
use name::{Name, is_plural, name};

// List members that go on with the phrase before the comma: "các cơ quan, đơn vị", "sở, ban, ngành".
pattern!(
    CONTINUES,
    r"^(?:(?:xã|phường|thị trấn|huyện)(?:[,;. ]|$)|(?i:đơn vị|địa phương|tổ chức|đoàn thể|doanh nghiệp|cơ quan|đảng viên|ban, ngành|trung ương)|(?:thôn|buôn|bản|làng|ấp|xóm|tổ dân phố|khu phố)$)"
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

// "Đồng chí A, Phó Chủ tịch" is one person.
pattern!(
    PERSON,
    r"^(?i:đồng chí|đ/c|ông|bà|cô|thầy|anh|chị|bác sĩ|dược sĩ|kỹ sư|thạc sĩ|tiến sĩ|luật sư|bs\.?|ths\.?|ts\.?) \p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*)*$"
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
        let over = verb.min(words::ends(part, false, &Name::default(), stop).unwrap_or(stop));
        if !NAMED.is_match(part) {
            break;
        }
        let name = part[..over].trim_end().len();
        end += name;
        let joint = [", ", " và "]
            .iter()
            .find(|joint| rest[end..].starts_with(**joint));
        match joint {
            Some(joint) if over == stop && NAMED.is_match(&rest[end + joint.len()..]) => {
                end += joint.len();
            }
            _ => break,
        }
    }
    (end > kind.end()).then_some(end)
}

/// Whether the colon after `head` stands in a name that goes on with others: "các huyện: Đức An, Sơn Bình".
pub(super) fn names_follow(head: &str, words: &str) -> bool {
    pattern!(
        LAST,
        r"(?i)(?:^|[ ,])(?P<kind>(?:các|những|\d{1,2}|hai|ba|bốn|năm) \p{L}+(?: \p{L}+)?)$"
    );
    LAST.captures(head)
        .and_then(|found| found.name("kind"))
        .is_some_and(|kind| enumeration(&words[kind.start()..]).is_some())
}

/// Where the body phrase (or list of them) that begins at `from` ends, trimmed.
/// `listing`: commas between bodies go on (who does it); otherwise the first comma ends it (to whom).
fn end_of(text: &str, from: usize, listing: bool) -> usize {
    // No name of a body, and no list of them, is longer.
    let text = &text[..boundary(text, from + 4000)];
    if let Some(end) = enumeration(&text[from..]) {
        return from + end;
    }
    let mut at = from;
    let end = loop {
        let (certain, over) = member(text, from, at);
        match next_member(text, at, certain..over, listing) {
            Next::Body(next) => at = next,
            Next::Over(end) => break end,
        }
    };
    let phrase = text[from..end].trim_end_matches([' ', ',', '-', '–', '/']);
    let phrase = phrase.strip_suffix(" và").unwrap_or(phrase);
    from + phrase.len()
}

/// What follows one body of a phrase.
enum Next {
    /// Another body begins here.
    Body(usize),
    /// The phrase is over here.
    Over(usize),
}

/// How the phrase goes on after the body at `at`, whose name is certain up to the beginning of `open` and over at its
/// end at the latest.
fn next_member(text: &str, at: usize, open: Range<usize>, listing: bool) -> Next {
    pattern!(
        GROUP,
        r"^, (?:đơn vị|ban|ngành|địa phương|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|thị ủy|thành ủy|khoa|phòng|viện|trung tâm|đoàn thể)\b"
    );
    let compound = compound(text, at);
    for separator in SEPARATOR.find_iter(&text[open.start..]) {
        let range = open.start + separator.start()..open.start + separator.end();
        if range.start >= open.end {
            break;
        }
        if compound
            .as_ref()
            .is_some_and(|found| found.contains(&range.start))
        {
            continue;
        }
        let another = parts(text, at, &range);
        if listing {
            if another {
                return Next::Body(range.end);
            }
            continue;
        }
        let comma = separator.as_str().starts_with([',', ';']);
        let next = &text[range.end..];
        if comma {
            let role = PERSON.is_match(&text[at..range.start]) && ROLE.is_match(next);
            if !role && !GROUP.is_match(&text[range.start..]) {
                return Next::Over(range.start);
            }
        } else if another {
            return Next::Body(range.end);
        } else if next.starts_with(char::is_lowercase) && !begins(next) {
            return Next::Over(range.start);
        }
    }
    Next::Over(open.end)
}

/// The name for several committees or places that stands in the phrase at `at`.
fn compound(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let found = COMPOUND.find(rest)?;
    (!rest[..found.start()].contains([';', '.', '('])).then(|| at + found.start()..at + found.end())
}

/// The name that begins at `at`, by the grammar of names and by what the document shows to be one.
fn certain(text: &str, at: usize) -> Name {
    let mut name = name(text, at);
    if let Some(end) = known::ends(&text[at..]).filter(|end| at + end < name.end) {
        name = Name {
            end: at + end,
            whole: true,
            ..Name::default()
        };
    }
    for known in known::places(&text[at..]) {
        if at + known.start <= name.end && at + known.end > name.end {
            name.end = at + known.end;
            name.whole = false;
        }
    }
    name
}

/// How far the name of the one body at `at` is certain, and where the phrase that began at `from` is over at the latest.
fn member(text: &str, from: usize, at: usize) -> (usize, usize) {
    pattern!(
        IN_NAME,
        r"^ (?:danh sách|vùng|khối|ngành|tỉnh|hệ thống|toàn)\b"
    );
    // "các ông (bà) Trưởng thôn".
    pattern!(
        HONORIFIC,
        r"^(?i:(?:các |quý |hai )?(?:ông|anh|thầy)(?: ?\(|, ?| ?/ ?)(?:bà|chị|cô)\)? )"
    );
    // "huyện nơi có đất", "cấp xã mới": what still marks out a body whose name is whole.
    pattern!(
        MARKS,
        r"^ (?:nơi|mới|cũ|ven|miền|vùng|biên|có|khác|nêu|này|trên|đó|trong|được)\b"
    );
    let mut name = certain(text, at);
    let rest = &text[at..];
    if let Some(length) = relative(&text[name.end..], &text[at..name.end], name.many) {
        name.end += length;
        name.whole = true;
    }
    let compound = compound(text, at).map(|found| found.start - at..found.end - at);
    let inside = |at: usize| compound.as_ref().is_some_and(|found| found.contains(&at));
    if name.over {
        return (name.end, name.end);
    }
    let sure = name.end - at;
    if name.whole && !inside(sure) && !MARKS.is_match(&rest[sure..]) {
        let more = rest[sure..].starts_with([',', ';', '\n'])
            || rest[sure..].starts_with(" và ")
            || rest[sure..].starts_with(" cùng ");
        if !more {
            return (name.end, name.end);
        }
    }
    // A name may hold words that end others only after its own first word.
    let skip = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
    let skip = HONORIFIC
        .find(rest)
        .map_or(skip, |found| found.end())
        .max(sure);
    let mut end = rest.len();
    if let Some(stop) = STOP.find_iter(rest).find(|stop| {
        stop.start() >= skip
            && !inside(stop.start())
            && !(stop.as_str() == "trong"
                && (rest.get(stop.end() + 1..).is_some_and(begins)
                    || rest[..stop.start()].ends_with("bên ")
                    || IN_NAME.is_match(&rest[stop.end()..])))
            && !(stop.as_str() == "do" && rest[..stop.start()].ends_with("lý "))
            && !(stop.as_str() == "về" && rest[..stop.start()].ends_with("quốc gia "))
    }) {
        end = end.min(stop.start());
    }
    if let Some(marked) = marked(rest, end) {
        return (name.end, at + marked);
    }
    if let Some(verb) = bare_verbs(rest)
        .take_while(|verb| verb.start < end)
        .find(|verb| verb.start >= skip && !inside(verb.start))
    {
        end = verb.start;
    }
    let here = Name { end: sure, ..name };
    if let Some(over) = words::ends(rest, words::is_group(&text[from..]), &here, end)
        .filter(|over| *over >= skip && !inside(*over))
    {
        end = over;
    }
    (name.end, at + end.max(sure))
}

/// Where a clause ends that tells which body is meant: "nơi xảy ra vụ việc", of several "có dự án đi qua".
fn relative(rest: &str, name: &str, many: bool) -> Option<usize> {
    pattern!(
        ACTS,
        r"^(?:gửi|nộp|phải|cần|lập|làm|viết|cử|chọn|họp|trước|chậm|để|ghi|dự|soạn|ký|nhắc|mời|in|đọc|báo|duyệt|nhận|gặp|thăm)$"
    );
    pattern!(MARKS, r"^(?:đã|đang|sẽ|chưa|không)$");
    // "Các đồng chí Tỉnh ủy viên phụ trách địa bàn chỉ đạo …".
    const CHARGED: [&str; 4] = [
        " được phân công phụ trách ",
        " được phân công ",
        " chịu sự ",
        " phụ trách ",
    ];
    // Of a body "phụ trách" says what it is to do.
    pattern!(
        PERSON,
        r"(?i)^(?:các |những |mỗi |từng )*(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy|cán bộ|công chức|viên chức|người|chuyên viên|giáo viên|nhân viên|phó|trưởng|chủ tịch|bí thư|giám đốc)\b|(?:viên|trưởng|phó)$"
    );
    let charge = CHARGED
        .iter()
        .find(|words| rest.starts_with(**words))
        .filter(|words| **words != " phụ trách " || many || PERSON.is_match(name));
    if let Some(marked) = doing(rest, name, many) {
        return Some(marked);
    }
    let which = charge.is_some()
        || rest.starts_with(" nơi ")
        || many && rest.starts_with(" là thành viên ")
        || many
            && rest.starts_with(" có ")
            && !words::has_duty(&rest[1..])
            && !rest.starts_with(" có liên quan");
    if !which {
        return None;
    }
    let pause = rest
        .find([',', ';', '.', ':', '(', ')'])
        .unwrap_or(rest.len());
    let mut at = 0;
    let mut before = "";
    for (count, word) in rest[..pause].split_inclusive(' ').enumerate() {
        let here = &rest[at..pause];
        let verb = first_verb(here).filter(|verb| verb.start == 0);
        if MARKS.is_match(word.trim()) {
            return None;
        }
        let on_duty = word.trim() == "trực"
            && !here.starts_with("trực thuộc")
            && !here.starts_with("trực tiếp");
        let acts = on_duty
            || ACTS.is_match(word.trim())
            || verb.is_some_and(|verb| here[verb].contains(' '));
        if count > 2
            && acts
            && charge.is_none_or(|words| at > words.len())
            && !matches!(before, "được" | "bị")
        {
            return Some(rest[..at].trim_end().len());
        }
        at += word.len();
        before = word.trim();
    }
    let alone = pause == rest.len() && charge.is_none() || rest[pause..].starts_with(':');
    alone.then(|| rest[..pause].trim_end().len())
}

/// "Các sở chủ trì dự án thành phần gửi …", "đơn vị quản lý địa điểm gửi …": what several or any bodies do that are to
/// send something, when nothing parts the two verbs.
fn doing(rest: &str, name: &str, many: bool) -> Option<usize> {
    pattern!(
        ANY,
        r"^(?i:đơn vị|cơ quan|tổ chức|doanh nghiệp|cá nhân|địa phương|nơi)$"
    );
    pattern!(
        DOES,
        r"^ (?P<verb>chủ trì|quản lý|thực hiện|sử dụng|tham gia|vận hành|khai thác|sở hữu|tiếp nhận|được(?: giao| chọn| hỗ trợ| kiểm tra| giám sát| thanh tra| hưởng| cấp| đầu tư| phân bổ| khảo sát)*) "
    );
    pattern!(
        SENDS,
        r" (?:gửi|nộp|phải|có trách nhiệm|chịu trách nhiệm|khẩn trương) "
    );
    pattern!(
        JOINED,
        r"\b(?:báo cáo|và|để|rồi|việc|hạn|tiến độ|thời gian|danh sách|hồ sơ|số liệu|kết quả|biên bản|văn bản|kế hoạch|phiếu|trước|sau|ngày)(?: [^ ]+){0,2}$"
    );
    if !many && !ANY.is_match(name) {
        return None;
    }
    let found = DOES.captures(rest)?;
    let verb = found.get(0)?.end();
    let pause = rest
        .find([',', ';', '.', ':', '(', ')', '\n'])
        .unwrap_or(rest.len());
    let what = rest.get(verb..pause)?;
    let charged = found["verb"].starts_with("được");
    if pause == rest.len()
        && many
        && charged
        && SENDS.find(what).is_none()
        && !what.contains("ngày")
    {
        // A heading: "Ủy ban nhân dân các xã được giao quản lý rừng".
        return Some(rest.trim_end().len()).filter(|_| what.split(' ').count() <= 6);
    }
    let sends = SENDS.find(what)?;
    let object = &what[..sends.start()];
    let plain = !object.is_empty()
        && !JOINED.is_match(object)
        && (charged || first_verb(object).is_none_or(|verb| verb.start > 0));
    plain.then_some(verb + sends.start())
}

/// "các khoa có chương trình sẽ kiểm định trong năm 2024 nộp …": where a group ends that is marked out by words which
/// would end it elsewhere, the first of them before `limit`.
fn marked(rest: &str, limit: usize) -> Option<usize> {
    pattern!(
        MARKED,
        r"^(?i:(?:trưởng |thủ trưởng |lãnh đạo |giám đốc )?(?:các|những|mỗi|từng) [^;.:()]{1,80}? (?:đã|đang|sẽ|chưa|không|mới) )"
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
        r"^[^,;:.()]+? (?P<verb>(?:(?:không )?phải|không|cần|có trách nhiệm|khẩn trương|tiếp tục|tập trung|thực hiện|làm|bổ sung|thì) )"
    );
    let found = MARKED.find(rest).filter(|found| found.end() >= limit)?;
    if HAS_DUTY.is_match(&rest[..found.end()]) {
        return None;
    }
    // "các nơi đã gửi báo cáo" tells what was done, unless a duty follows.
    let plain = found.as_str().ends_with("sẽ ") || found.as_str().ends_with("đang ");
    // "các xã chưa có báo cáo gửi ngay …": what they are to do follows what they have not done.
    pattern!(
        LATE,
        r"^(?:có|gửi|nộp|làm|lập|hoàn thành|báo cáo)(?: (?:báo cáo|văn bản|số liệu|hồ sơ|danh sách|đủ|xong))*[^,;.:()]*? (?P<verb>(?:phải|cần|khẩn trương|tiếp tục|tập trung|gửi|nộp|bổ sung|hoàn thiện|hoàn thành|lập) )"
    );
    let wanted = if found.as_str().ends_with("chưa ") {
        &*LATE
    } else if plain {
        &*ACTS
    } else {
        &*MUST
    };
    let verb = wanted.captures(&rest[found.end()..])?.name("verb")?.start();
    Some(rest[..found.end() + verb].trim_end().len())
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
        r"^(?:Kế hoạch|Báo cáo|Phụ lục|Biểu|Mẫu|Công văn|Đề cương|Danh sách|Hồ sơ|Tờ trình|Đề án|Nghị quyết|Chỉ thị|Quyết định|Hướng dẫn|Hội nghị|Trục|Hệ thống|Cổng|Trang|Phần mềm|Mạng|Tết|Zalo|Email|E-mail|Internet|Website|[IVX]+\b|\p{L}+@)"
    );
    let rest = text.get(from..)?;
    if !begins(rest) && (!rest.starts_with(char::is_uppercase) || PAPER.is_match(rest)) {
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
    {
        let open = text.len() - owner.len();
        // "Ban Công tác Mặt trận thôn A (xã B)": where it is.
        pattern!(
            SEAT,
            r"^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu|thôn|khu phố) \p{Lu}[^();:]{1,40}\)"
        );
        if let Some(seat) = SEAT.find(owner) {
            end = open + seat.end();
            last.end = end;
        }
        // "Cô Phạm Thị Bé Tư (văn thư)": a person by name and office.
        pattern!(OFFICE, r"^[\p{L} ,-]{2,60}\)");
        if PERSON.is_match(&text[last.clone()])
            && let Some(office) = OFFICE.find(owner)
        {
            end = open + office.end();
            last.end = end;
        }
        // "Hạt Kiểm lâm huyện (cơ quan thường trực)" says what the body is in the plan.
        if owner.starts_with(char::is_uppercase)
            && let Some(owner) = body_at(text, open)
            && text[owner.end..].starts_with(')')
        {
            end = owner.end + 1;
            last.end = end;
        }
    }
    // "Ban Công tác Mặt trận thôn A (xã B), Ban Công tác Mặt trận thôn C (xã D)": the list goes on after an aside.
    pattern!(ASIDE, r"^(?: \([^();.]{1,60}\))?(?:, (?:và )?| và )");
    if let Some(aside) = ASIDE.find(&text[end..])
        && (text[..end].ends_with(')') || aside.as_str().contains(')'))
        && !bodies.is_empty()
        && let Some((more, over)) = list_at(text, end + aside.end())
    {
        bodies.extend(more);
        end = over;
    }
    (!bodies.is_empty()).then_some((bodies, end))
}

pattern!(SEPARATOR, r"[,;] (?:và |cùng )?| và |\n");

/// Whether the separator at `range` parts the body that began at `from` from another one.
fn parts(text: &str, from: usize, range: &Range<usize>) -> bool {
    pattern!(
        FRONT,
        r"(?i)(?:mặt trận tổ quốc(?: việt nam)?|mttq(?: việt nam| vn)?|mttqvn)$"
    );
    pattern!(
        OFFICE,
        r"^(?i:văn phòng|chánh văn phòng|cơ quan ủy ban|ban tiếp công dân) (?i:hđnd|hội đồng nhân dân|đoàn (?:đbqh|đại biểu quốc hội)|ubnd|ủy ban nhân dân|đảng ủy|huyện ủy|thành ủy)[^,;]*$"
    );
    let (before, next) = (&text[from..range.start], &text[range.end..]);
    let and = &text[range.clone()] == " và ";
    // "Văn phòng HĐND và UBND tỉnh" is one office.
    let office = and && OFFICE.is_match(before);
    let front =
        and && FRONT.is_match(before) && (next.starts_with("các ") || next.starts_with("tổ chức"));
    let role = PERSON.is_match(before) && ROLE.is_match(next);
    // A commune by its name is one of several, "xã" alone goes on with a group.
    pattern!(
        NAMED,
        r"^(?:xã|phường|thị trấn|huyện) (?:\p{Lu}|ủy|uỷ|đoàn|hội|đội)"
    );
    // "các khoa, viện, trung tâm": one group under the determiner of its first noun.
    let own = next.split([' ', ',']).take(4).any(|word| {
        word == "các" || word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    });
    let group =
        is_plural(before) && next.starts_with(char::is_lowercase) && !is_plural(next) && !own;
    // "UBND các huyện A, B, thành phố C": places under the head noun of the first.
    pattern!(
        PLACES,
        r"\p{L} các (?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh) \p{Lu}"
    );
    pattern!(
        PLACE,
        r"^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu) \p{Lu}"
    );
    let place = PLACES.is_match(before) && PLACE.is_match(next);
    let goes_on = CONTINUES.is_match(next) && !NAMED.is_match(next) || group || place;
    !before.is_empty() && !front && !office && !role && begins(next) && !goes_on
}

/// Splits a list of bodies at the commas and "và" after which another body begins.
pub(super) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let text = &text[..range.end];
    let compounds: Vec<Range<usize>> = COMPOUND
        .find_iter(&text[range.start..])
        .map(|found| range.start + found.start()..range.start + found.end())
        .collect();
    let mut bodies = Vec::new();
    let mut from = range.start;
    let mut sure = certain(text, from).end;
    for separator in SEPARATOR.find_iter(&text[range.start..]) {
        let separator = range.start + separator.start()..range.start + separator.end();
        let joined = separator.start < sure
            || compounds
                .iter()
                .any(|compound| compound.contains(&separator.start));
        if !joined && parts(text, from, &separator) {
            bodies.push(from..separator.start);
            from = separator.end;
            sure = certain(text, from).end;
        }
    }
    bodies.push(from..range.end);
    bodies.retain(|body| !text[body.clone()].trim().is_empty());
    bodies
        .into_iter()
        .map(|body| {
            let trimmed = text[body.clone()].trim_end_matches([' ', ',', ';', '.']);
            // "Các nông trường (07 đơn vị)": an aside, unless it names the body above.
            let aside = trimmed
                .strip_suffix(')')
                .and_then(|rest| rest.rsplit_once(" ("))
                .filter(|(name, aside)| {
                    !aside.starts_with(char::is_uppercase) && !PERSON.is_match(name)
                });
            let length = aside.map_or(trimmed.len(), |(name, _)| name.trim_end().len());
            body.start..body.start + length
        })
        .collect()
}
