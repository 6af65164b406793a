//! The head of a document: issuer, number and symbol, date, type word, title, addressees.

use super::bodies::begins;
use super::dates::first_date;
use super::instruments::numbered;
use super::labels::label_of;
use super::model::Plan;
use super::passage::{Flow, Item, Line, Passage, pattern};
use super::places::Places;
use super::structure::{ends_sentence, is_upper};
use super::subject;

pattern!(
    KIND,
    r"^(?:KẾ HOẠCH|CHƯƠNG TRÌNH|HƯỚNG DẪN|THÔNG BÁO|QUYẾT ĐỊNH|CHỈ THỊ|TỜ TRÌNH|BÁO CÁO|CÔNG ĐIỆN|THÔNG TRI|KẾT LUẬN|NGHỊ QUYẾT|PHƯƠNG ÁN|ĐỀ ÁN|QUY ĐỊNH|CÔNG VĂN|ĐỀ CƯƠNG)\b"
);

/// What the head says beside the fields of the plan.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Index of the first item of the body.
    pub body: usize,
    /// Those of a letter.
    pub addressees: Vec<Passage>,
    /// The body above the issuer.
    pub superior: Option<String>,
}

/// Reads the head into `plan`.
pub(super) fn read(flow: &Flow, plan: &mut Plan, places: &mut Places) -> Head {
    let lines = first_lines(flow);
    // A letter and a foot come before the type words of their annexes.
    let kind = lines
        .iter()
        .take_while(|(_, passage)| !ends_head(passage.text()))
        .position(|(_, passage)| is_kind(passage.text()));
    match kind {
        Some(at) => {
            let body = kind_and_title(flow, &lines, at, plan, places);
            let superior = official_head(flow, &lines[..at], plan, places);
            let (body, addressees) = addressees(flow, body).unwrap_or((body, Vec::new()));
            Head {
                body,
                addressees,
                superior,
            }
        }
        None => letter(flow, &lines, plan, places),
    }
}

pub(super) fn ends_head(text: &str) -> bool {
    pattern!(ENDS, r"(?i)^(?:kính gửi|kính trình|nơi nhận)\s*(?::|$)");
    ENDS.is_match(text)
}

/// The lines among which a head can stand, each with the index of its item: from the head on, where a message or a
/// note stands before it.
fn first_lines(flow: &Flow) -> Vec<(usize, Passage)> {
    let lines: Vec<(usize, Passage)> = flow
        .items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| match item {
            Item::Line(line) => Some((index, flow.passage(*line))),
            Item::Table(_) => None,
        })
        .take(60)
        .collect();
    let starts = |text: &str| {
        let subject = text.to_lowercase().starts_with("v/v");
        let number = NUMBER.find(text).is_some_and(|number| number.start() == 0);
        is_rule(text) || is_upper(text) || subject || number
    };
    // A message does not begin as a head does; the head in it is what stands right above the motto.
    let motto = lines
        .iter()
        .position(|(_, passage)| RIGHT.is_match(passage.text()))
        .filter(|_| {
            lines
                .first()
                .is_some_and(|(_, first)| !starts(first.text()))
        });
    let head = motto.map_or(0, |motto| {
        let goes_on = |text: &str| text.starts_with(char::is_lowercase);
        let above = |(_, passage): &&(usize, Passage)| {
            starts(passage.text()) || goes_on(passage.text()) && !ends_sentence(passage.text())
        };
        motto - lines[..motto].iter().rev().take_while(above).count()
    });
    lines.into_iter().skip(head).take(40).collect()
}

pattern!(
    RIGHT,
    r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|(?i:độc lập ?[-–] ?tự do ?[-–] ?hạnh phúc)"
);
pattern!(NUMBER, r"(?:^|[^\p{L}\p{N}])(?:Số|SỐ|số)\s*:?\s*");

pub(super) fn is_motto(text: &str) -> bool {
    RIGHT.is_match(text)
}

pub(super) fn starts_with_number(text: &str) -> bool {
    NUMBER.find(text).is_some_and(|number| number.start() == 0)
}

/// A line with the type word alone, or the type word and a title.
pub(super) fn is_kind(text: &str) -> bool {
    pattern!(
        MIXED,
        r"^Kế hoạch (?:sơ kết|tổng kết|thực hiện|triển khai|tổ chức|kiểm tra|giám sát|công tác)\b"
    );
    (KIND.is_match(text) && !ends_sentence(text))
        || MIXED.is_match(text) && !ends_sentence(text) && text.chars().count() < 300
}

fn kind_and_title(
    flow: &Flow,
    lines: &[(usize, Passage)],
    at: usize,
    plan: &mut Plan,
    places: &mut Places,
) -> usize {
    pattern!(
        WORD,
        r"^(?i:kế hoạch|chương trình|hướng dẫn|thông báo|quyết định|chỉ thị|tờ trình|báo cáo|công điện|thông tri|kết luận|nghị quyết|phương án|đề án|quy định|công văn|đề cương)"
    );
    let (item, passage) = &lines[at];
    let text = passage.text();
    let word = WORD.find(text).map_or(0..text.len(), |word| word.range());
    plan.kind = Some(text[word.clone()].to_lowercase());
    places.kind = Some(passage.span(word.clone()));
    let rest = text[word.end..].trim_start();
    // "CHƯƠNG TRÌNH HÀNH ĐỘNG" above a title in small letters is all type word.
    let below = lines.get(at + 1).map_or("", |(_, next)| next.text());
    let whole_type =
        is_upper(text) && rest.split(' ').count() <= 3 && below.starts_with(char::is_lowercase);
    let rest = if whole_type { "" } else { rest };
    let mut title = Passage::default();
    let mut last: Option<Line> = None;
    if !rest.is_empty() {
        let from = text.len() - rest.len();
        // The title stands on the line of the type word.
        let span = passage.span(from..text.len());
        title = Passage::collapse(&flow.chars[span.start..span.end], span.start);
        last = line_at(flow, *item);
    }
    let mut body = item + 1;
    for (count, (index, next)) in lines[at + 1..].iter().enumerate() {
        let line = line_at(flow, *index);
        if is_rule(next.text()) {
            body = index + 1;
            if title.is_empty() { continue } else { break }
        }
        let after = lines.get(at + count + 2).map(|(_, after)| after.text());
        if !goes_on(&title, last, next, line) && !stands_between(&title, next.text(), after) {
            break;
        }
        title.append(next);
        last = line;
        body = index + 1;
        if ends_sentence(next.text()) {
            break;
        }
    }
    if !title.is_empty() {
        pattern!(ABOUT, r"^(?i:về việc|v/v|về)\s*:?\s+");
        let text = title.text();
        let start = ABOUT.find(text).map_or(0, |about| about.end());
        let end = text.trim_end_matches(['.', ' ']).len().max(start);
        plan.title = Some(text[start..end].to_owned());
        places.title = Some(title.span(start..text.len()));
    }
    body
}

pub(super) fn line_at(flow: &Flow, item: usize) -> Option<Line> {
    match flow.items.get(item) {
        Some(Item::Line(line)) => Some(*line),
        _ => None,
    }
}

/// Whether `next` belongs to the title read so far.
fn goes_on(title: &Passage, last: Option<Line>, next: &Passage, line: Option<Line>) -> bool {
    pattern!(
        OPENING,
        r"^(?:Thực hiện|Căn cứ|Để |Nhằm|Ngày |Theo |Trên cơ sở|Triển khai|Tiếp tục|Sau |Kính gửi|Xét |Được |Năm \d|Qua )"
    );
    pattern!(
        ISSUES,
        r"^\p{Lu}[^,;.]{3,90} (?:ban hành|xây dựng|tổ chức|lập) (?:Kế hoạch|kế hoạch|Hướng dẫn|Chương trình)\b"
    );
    pattern!(
        HALF_SAID,
        r"(?:^|\s)(?i:của|và|các|về|với|tại|cho|ngày|tháng|năm|theo|trong|trên|khóa|khoá|địa|bàn)$|[,(–-]$"
    );
    // "… giai đoạn 2021" / "- 2030".
    pattern!(YEARS_OPEN, r"\d{4} ?$");
    pattern!(YEARS_CLOSE, r"^[-–] ?\d{4}\b");
    // "… của Ban Thường vụ" / "Quận ủy về …": the name of a body goes on.
    pattern!(
        HALF_BODY,
        r"(?i)(?:ban (?:thường vụ|chấp hành|chỉ đạo|bí thư|cán sự|thường trực|chủ nhiệm)|(?:ủy|uỷ) ban nhân dân|hội đồng nhân dân|ubnd|hđnd|thủ tướng|bộ trưởng|chủ tịch|ban (?:tổ chức|dân vận|tuyên giáo)|đảng ủy|đảng bộ|mặt trận|tổ quốc|nghị quyết|chỉ thị|đề án|kế hoạch|chương trình)$"
    );
    pattern!(
        WHOSE,
        r"^(?:Tỉnh|Huyện|Thành|Thị|Quận|Xã|Phường|Đảng|Trung ương|Chính phủ|Việt Nam|Đoàn|Hội|Ủy ban|Bộ|\p{Lu}\p{Ll}+ (?:về|và|của))"
    );
    let text = next.text();
    if text.starts_with('(') && text.to_lowercase().contains("kèm theo") {
        return false;
    }
    let years = YEARS_OPEN.is_match(title.text()) && YEARS_CLOSE.is_match(text);
    if label_of(text).is_some() && !HALF_SAID.is_match(title.text()) && !years
        || text.chars().count() > 600
    {
        return false;
    }
    if title.is_empty() {
        let sentence = text.ends_with('.') && OPENING.is_match(text);
        return !sentence && !text.ends_with(':');
    }
    // A sentence that leads into the plan is no title.
    let leads = text.ends_with(':') || ISSUES.is_match(text);
    if title.text().chars().count() > 900 || text.starts_with("Kính gửi") || leads {
        return false;
    }
    let same_block = matches!((last, line), (Some(a), Some(b)) if a.block == b.block);
    let upper = is_upper(title.text()) && is_upper(text);
    text.starts_with(|c: char| c.is_lowercase() || c == '(' || c.is_numeric())
        || HALF_SAID.is_match(title.text())
        || years
        || HALF_BODY.is_match(title.text()) && WHOSE.is_match(text)
        || upper
        || same_block && !OPENING.is_match(text)
}

/// A line without a mark at its end between a title and the first paragraph belongs to the title: "… triển khai thực
/// hiện" / "Nghị quyết Đại hội …" / "Thực hiện Kế hoạch số …".
fn stands_between(title: &Passage, text: &str, after: Option<&str>) -> bool {
    pattern!(
        PARAGRAPH,
        r"^(?:Thực hiện|Căn cứ|Để |Nhằm|Ngày |Theo |Trên cơ sở|Triển khai|Sau |Xét |Qua |Tiếp theo)"
    );
    let opens = after.is_some_and(|after| PARAGRAPH.is_match(after) && ends_sentence(after));
    !title.is_empty()
        && opens
        && !ends_sentence(text)
        && !text.ends_with([':', ';', ','])
        && label_of(text).is_none()
        && !is_upper(text)
        && !ends_head(text)
        && !text.starts_with(['(', '[', '*'])
        && !PARAGRAPH.is_match(text)
        && text.chars().count() < 200
}

pub(super) fn is_rule(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphanumeric())
}

/// Issuer, number and date out of the lines above the type word. Returns the body above the issuer.
fn official_head(
    flow: &Flow,
    lines: &[(usize, Passage)],
    plan: &mut Plan,
    places: &mut Places,
) -> Option<String> {
    pattern!(
        PLACE_DATE,
        r"(?i)(?:^|, |\d )(?P<date>ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}))"
    );
    // "152 KH/TĐTN": number and symbol with a blank between them.
    pattern!(LOOSE, r"^\d{1,6} ?[A-ZĐ]{1,6}[/-][A-ZĐ][\p{L}0-9&./-]*");
    let mut issuer: Option<Passage> = None;
    let mut superior: Option<Passage> = None;
    let mut closed = false;
    for (item, _) in lines {
        let Some(line) = line_at(flow, *item) else {
            continue;
        };
        for column in flow.columns(line) {
            let text = column.text();
            let left = RIGHT.find(text).map_or(text.len(), |right| right.start());
            let left_text = text[..left].trim_end();
            if let Some(found) = NUMBER.find(text) {
                closed = true;
                if let Some(mention) = numbered(&text[found.end()..]).first()
                    && mention.range.start == 0
                    && plan.number.is_none()
                {
                    plan.number = mention.instrument.number.clone();
                    let from = found.end() + mention.range.start;
                    let length = plan.number.as_ref().map_or(0, String::len);
                    places.number = Some(
                        column.span(from..(from + length).min(found.end() + mention.range.end)),
                    );
                }
            }
            if let Some(found) = NUMBER.find(text)
                && plan.number.is_none()
                && let Some(number) = LOOSE.find(&text[found.end()..])
            {
                let range = found.end()..found.end() + number.end();
                plan.number = Some(text[range.clone()].to_owned());
                places.number = Some(column.span(range));
            }
            if let Some(found) = PLACE_DATE
                .captures(text)
                .and_then(|found| found.name("date"))
                && plan.date.is_none()
            {
                plan.date = first_date(found.as_str()).map(|(date, _)| date);
                places.date = plan.date.map(|_| column.span(found.range()));
            }
            if !closed
                && is_upper(left_text)
                && !left_text.is_empty()
                && !left_text.contains("MẬT")
                && !left_text.contains("DỰ THẢO")
            {
                let span = column.span(0..left_text.len());
                let part = Passage::collapse(&flow.chars[span.start..span.end], span.start);
                match &mut issuer {
                    Some(above)
                        if !starts_body(above.text(), part.text())
                            && !stand_apart(flow, above.text(), part.text()) =>
                    {
                        above.append(&part);
                    }
                    _ => superior = issuer.replace(part).or(superior),
                }
            }
        }
    }
    if let Some(issuer) = issuer {
        plan.issuer = Some(issuer.text().to_owned());
        places.issuer = Some(issuer.whole());
    }
    superior.map(|superior| superior.text().to_owned())
}

// "… PHÁT TRIỂN VÀ" / "… BAN CHẤP HÀNH" / "… TỔ QUỐC" go on with whatever stands below.
pattern!(
    HALF_NAMED,
    r"(?:NHÂN DÂN|MẶT TRẬN TỔ QUỐC|^(?:PHÓ )?(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|HIỆU TRƯỞNG)|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|BAN THƯỜNG TRỰC|BAN CHỈ ĐẠO|HỘI ĐỒNG|(?:^| )(?:VÀ|CÁC|CỦA|VỀ|CHO))$|[,&–-]$"
);
// The name of a place alone belongs to the body above.
pattern!(
    PLACE_LINE,
    r"^(?:VIỆT NAM|TRUNG ƯƠNG|(?:TỈNH|HUYỆN|XÃ|PHƯỜNG|THÀNH PHỐ|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU) )"
);

/// The last body of the left column issues; a line that begins no body goes on with the one above.
fn starts_body(above: &str, line: &str) -> bool {
    let mut characters = line.chars();
    let titled: String = characters
        .next()
        .into_iter()
        .chain(characters.flat_map(char::to_lowercase))
        .collect();
    pattern!(
        TERRITORY,
        r"^(?:TỈNH|HUYỆN|XÃ|PHƯỜNG|THÀNH PHỐ|QUẬN|THỊ XÃ|THỊ TRẤN|ĐẶC KHU) "
    );
    pattern!(
        COMMITTEE,
        r"^(?:TỈNH|HUYỆN|XÃ|THÀNH|QUẬN|THỊ) (?:ỦY|UỶ|ĐOÀN)"
    );
    // Bodies that give no duties in plans and yet issue them.
    pattern!(
        ISSUES,
        r"^(?:CẢNG|VƯỜN QUỐC GIA|NHÀ (?:XUẤT BẢN|HÁT|MÁY|THIẾU NHI)|LIÊN (?:HIỆP|HỘI|MINH)|BAN|PHÒNG|SỞ|CỤC|VỤ|VIỆN|KHOA|TRẠM|TRẠI|ĐỘI|ĐỒN|ĐÀI|BÁO|TẠP CHÍ|HẢI ĐỘI|(?:TIỂU|TRUNG|SƯ|LỮ|BINH) ĐOÀN|QUÂN (?:CHỦNG|KHU|ĐOÀN)|XƯỞNG|XÍ NGHIỆP|NÔNG TRƯỜNG|LÂM TRƯỜNG|ĐẠI HỌC|TRƯỜNG|HỌC VIỆN|QUỸ|THƯ VIỆN|BẢO TÀNG|CÂU LẠC BỘ|KHỐI|THANH TRA|TÒA ÁN|TOÀ ÁN|KHO BẠC|NGÂN HÀNG|CHI NHÁNH|CHI CỤC|TRUNG TÂM|CÔNG TY|TỔNG CÔNG TY|HỢP TÁC XÃ|HỘI|ĐẢNG (?:ỦY|UỶ|BỘ|ĐOÀN)) "
    );
    if HALF_NAMED.is_match(above) {
        return false;
    }
    if ISSUES.is_match(line) {
        return true;
    }
    let words: Vec<String> = line.split(' ').map(capitalised).collect();
    let territory = TERRITORY.is_match(line) && !COMMITTEE.is_match(line);
    !territory
        && (begins(&words.join(" "))
            || begins(&titled)
            || begins(&line.to_lowercase())
            || is_abbreviation(words.first().map_or("", String::as_str)))
}

/// Whether the text names the body of the upper line alone and never goes on with the lower one, as it would if both
/// were one name.
fn stand_apart(flow: &Flow, above: &str, line: &str) -> bool {
    if PLACE_LINE.is_match(line) || HALF_NAMED.is_match(above) {
        return false;
    }
    let text: String = flow.chars.iter().collect();
    let text = crate::text::fold(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    // The text may name "Công an tỉnh" without the province.
    pattern!(
        PLACED,
        r"^(.+? (?:tinh|huyen|xa|phuong|thanh pho|quan|thi xa|thi tran|dac khu))\b"
    );
    let (above, line) = (crate::text::fold(above), crate::text::fold(line));
    let line = PLACED
        .find(&line)
        .map_or(line.as_str(), |placed| placed.as_str());
    let joined = format!("{above} {line}");
    let named = |name: &str| text.matches(name).count();
    // The head itself holds both once.
    named(&joined) <= 1 && named(&above) > 1 && named(line) > 1
}

/// Letters that no syllable can be made of: LĐLĐ, BHXH, VKSND, HND.
fn is_abbreviation(word: &str) -> bool {
    let folded = crate::text::fold(word);
    folded.len() >= 3
        && folded.chars().all(char::is_alphabetic)
        && !folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// A word with a capital first letter and small ones after it.
fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .into_iter()
        .chain(characters.flat_map(char::to_lowercase))
        .collect()
}

/// A letter has no type word: its subject stands after "V/v" and its addressees after "Kính gửi".
fn letter(flow: &Flow, lines: &[(usize, Passage)], plan: &mut Plan, places: &mut Places) -> Head {
    let Some(to) = lines
        .iter()
        .position(|(_, passage)| passage.text().starts_with("Kính gửi"))
    else {
        return Head::default();
    };
    plan.kind = Some("công văn".to_owned());
    let superior = official_head(flow, &lines[..to], plan, places);
    subject::read(flow, &lines[..to], plan, places);
    let (body, addressees) = addressees(flow, lines[to].0).unwrap_or((lines[to].0, Vec::new()));
    Head {
        body,
        addressees,
        superior,
    }
}

/// "Kính gửi:" with its addressees, when it stands at `from`; and where the body begins after them.
fn addressees(flow: &Flow, from: usize) -> Option<(usize, Vec<Passage>)> {
    // A telegram names those it goes to after "… điện:".
    pattern!(
        TO,
        r"^(?:Kính gửi\s*:?|\p{Lu}[^:]{3,90} (?:điện|ĐIỆN)\s*:)\s*"
    );
    let first = flow.passage(line_at(flow, from)?);
    let found = TO.find(first.text())?;
    let mut list = Vec::new();
    let add = |list: &mut Vec<Passage>, passage: &Passage, start: usize| {
        let text = passage.text();
        let end = text.trim_end_matches([';', '.', ',', ' ']).len();
        if end > start {
            let span = passage.span(start..end);
            list.push(Passage::collapse(
                &flow.chars[span.start..span.end],
                span.start,
            ));
        }
    };
    add(&mut list, &first, found.end());
    let mut at = from + 1;
    while let Some(line) = line_at(flow, at) {
        let passage = flow.passage(line);
        match label_of(passage.text()) {
            Some((label, start)) if label.is_bullet() => add(&mut list, &passage, start),
            _ => break,
        }
        at += 1;
    }
    Some((at, list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_head_begins_a_body_or_goes_on_with_the_one_above() {
        for (above, line) in [
            ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LĐLĐ TỈNH THANH LĨNH"),
            ("TỈNH ỦY AN GIAO", "BAN TUYÊN GIÁO VÀ DÂN VẬN"),
            ("UBND TỈNH TÂN HÀ", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
            ("HỘI NÔNG DÂN VIỆT NAM", "HND HUYỆN AN HÒA"),
            ("ĐẢNG BỘ TỈNH TÂN HÀ", "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH"),
            ("TỔNG CÔNG TY CẢNG BIỂN NAM", "CẢNG LONG SƠN"),
            ("SỞ VĂN HÓA VÀ THỂ THAO", "NHÀ HÁT TRUYỀN THỐNG TỈNH"),
        ] {
            assert!(starts_body(above, line), "{line}");
        }
        for (above, line) in [
            ("ỦY BAN NHÂN DÂN", "HUYỆN AN HÒA"),
            ("SỞ NÔNG NGHIỆP VÀ", "PHÁT TRIỂN NÔNG THÔN"),
            ("ỦY BAN MẶT TRẬN TỔ QUỐC", "VIỆT NAM TỈNH SƠN GIANG"),
            ("BAN CHẤP HÀNH", "ĐẢNG BỘ HUYỆN AN HÒA"),
            ("BAN CHẤP HÀNH ĐOÀN", "HUYỆN TÂN PHÚ"),
        ] {
            assert!(!starts_body(above, line), "{line}");
        }
    }
}
