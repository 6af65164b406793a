//! Bodies that stand above or before what they have to do: headings, lead-ins of lists, words before a colon.

use std::ops::Range;

use super::bodies::{enumeration, list_at, split};
use super::clause::{actors_between, assigned, means_addressees, named, subject};
use super::deliveries::is_paper;
use super::duties::{Context, Who};
use super::events::is_event;
use super::findings::Findings;
use super::passage::{Passage, pattern};
use super::reader::{Actor, Reader};
use super::steps::time_of;
use super::structure::{Node, ends_sentence, is_upper};
use super::verbs::{begins_with_verb, is_predicate};
use crate::text::fold;

impl Reader<'_, '_> {
    /// The bodies that a heading or lead-in above names for its items: "Giao Ban Dân vận Tỉnh ủy:".
    /// The second says whether they stand in a heading, not in a sentence that asks them.
    pub fn inherited(&self) -> (Option<Actor>, bool) {
        let ladder = self.context.ladder;
        // A plain paragraph after a list is none of its items.
        let node = &ladder.nodes[self.index];
        let after_list = node.label.is_none()
            && node.parent.is_some_and(|above| {
                let above = &ladder.nodes[above];
                above.label.is_some() && above.words().ends_with(['.', ';'])
            });
        if after_list {
            return (None, false);
        }
        let chain = std::iter::once(self.index).chain(ladder.ancestors(self.index));
        for at in chain {
            if at != self.index
                && let Some(actor) = self.heads(at)
            {
                return (Some(actor), true);
            }
            if let Some(actor) = self.sibling_above(at) {
                return (Some(actor), true);
            }
            if let Some(lead) = ladder.nodes[at].lead_in {
                let passage = &ladder.nodes[lead].passage;
                if let Some(actor) = self.led(passage) {
                    return (Some(actor), false);
                }
                // "Phòng Công tác xã hội (thường trực):" above a numbered list.
                if lead >= self.context.first
                    && let Some(list) = alone(passage, ladder.nodes[lead].body)
                {
                    return (Some(self.actor(passage, list, None)), true);
                }
            }
        }
        (None, false)
    }

    /// The bodies that the paragraph at `at` names for what stands below it.
    fn heads(&self, at: usize) -> Option<Actor> {
        let node = &self.context.ladder.nodes[at];
        let text = node.passage.text();
        let end = text.trim_end_matches([' ', ':', '.', ';', ',']).len();
        if node.label.is_none() && is_upper(node.words()) {
            // "ỦY BAN NHÂN DÂN TỈNH" above the grounds of a decision.
            return None;
        }
        // "TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ" names nobody.
        pattern!(
            ANYBODY,
            r"^(?:trach nhiem|nhiem vu|phan cong)?\s*(?:cua|cho)?\s*(?:cac|nhung)? ?(?:co quan|don vi|dia phuong|to chuc|cap|nganh|so|ban|phong|bo phan|ca nhan)(?:,? (?:va )?(?:cac )?(?:co quan|don vi|dia phuong|to chuc|cap|nganh|so|ban|phong|bo phan|ca nhan|doan the))*(?: (?:co )?lien quan)?$"
        );
        if is_upper(node.words()) && ANYBODY.is_match(&fold(node.words())) {
            return None;
        }
        let announces = text.ends_with(':');
        if let Some(who) = actors_between(&node.passage, node.body..end.max(node.body))
            .filter(|who| !who.is_empty())
        {
            return Some(self.meant(who, None));
        }
        match titled(&node.passage, node.body..end.max(node.body), announces) {
            Some(list) => Some(self.actor(&node.passage, list, None)),
            None => self.stands_among_bodies(at),
        }
    }

    /// "1. Công lực các huyện" between items that each name a body is a body, whatever it is called.
    pub fn stands_among_bodies(&self, at: usize) -> Option<Actor> {
        let nodes = &self.context.ladder.nodes;
        let node = &nodes[at];
        let label = node.label.as_ref()?;
        let text = node.passage.text();
        let end = node.body + node.heading().trim_end_matches([' ', ':', '.', ';']).len();
        let words = &text[node.body..end];
        let plain = words.starts_with(char::is_uppercase)
            && words.split(' ').count() <= 12
            && (!begins_with_verb(words) || words.split(' ').count() <= 3)
            && !is_label(words)
            && !is_event(words)
            && !is_paper(words)
            && time_of(text, node.body..end, self.context.issued).is_empty();
        if !plain {
            return None;
        }
        // The nearest items tell enough.
        const NEAR: usize = 8;
        let is_sibling = |other: &usize| {
            nodes[*other].parent == node.parent
                && nodes[*other]
                    .label
                    .as_ref()
                    .is_some_and(|of| of.rank == label.rank)
        };
        let before = (at.saturating_sub(NEAR * 4)..at).rev().filter(is_sibling);
        let after = (at + 1..nodes.len().min(at + NEAR * 4)).filter(is_sibling);
        let others = before.take(NEAR).chain(after.take(NEAR));
        let (mut bodies, mut all) = (0, 0);
        for other in others {
            all += 1;
            let sibling = &nodes[other];
            let text = sibling.passage.text();
            let start = sibling.body + assigned(&text[sibling.body..]);
            bodies += usize::from(list_at(text, start).is_some());
        }
        (bodies >= 2 && bodies * 2 > all).then(|| {
            self.actor(
                &node.passage,
                std::iter::once(node.body..end).collect(),
                None,
            )
        })
    }

    /// Whether the paragraph only heads what stands below it: a body by its name, or a word or two on the subject.
    pub fn only_heads(&self) -> bool {
        let nodes = &self.context.ladder.nodes;
        let node = &nodes[self.index];
        let holds = nodes
            .get(self.index + 1)
            .is_some_and(|next| next.parent == Some(self.index));
        let words = node.words();
        if !holds || node.label.is_none() || ends_sentence(words) && !words.ends_with(':') {
            return false;
        }
        let text = node.passage.text();
        let end = text.trim_end_matches([' ', ':']).len();
        words.split(' ').count() <= 3
            || titled(&node.passage, node.body..end.max(node.body), false).is_some()
    }

    /// "- Phòng Tổ chức:" with its items under the same sign: lists lose their indents on the way.
    fn sibling_above(&self, at: usize) -> Option<Actor> {
        let nodes = &self.context.ladder.nodes;
        let rank = nodes[at].label.as_ref()?.rank;
        let before = (0..at).rev().take_while(|above| {
            nodes[*above].parent == nodes[at].parent
                && nodes[*above]
                    .label
                    .as_ref()
                    .is_some_and(|label| label.rank == rank)
        });
        let mut before = before.filter(|above| nodes[*above].passage.text().ends_with(':'));
        before.next().and_then(|above| self.heads(above))
    }

    /// The bodies that a lead-in asks for what the list below it says: "…, Tập đoàn yêu cầu các công ty con:".
    fn led(&self, passage: &Passage) -> Option<Actor> {
        pattern!(
            ASKS,
            r"(?i)\b(?:đề nghị|yêu cầu|giao|phân công)(?: cho)?(?P<to> |:)"
        );
        pattern!(
            CONTENT,
            r"(?i)(?:(?:báo cáo|đánh giá|nêu|làm rõ|phản ánh|trao đổi|thông tin|trả lời|kiểm điểm|nhận xét)[^.;:]{0,60}(?:nội dung|vấn đề|điểm|thông tin|số liệu|câu hỏi|mặt)[^.;:]{0,40}|(?:gồm|nêu|làm rõ|nêu rõ|về|thể hiện|thể hiện được|tập trung vào)(?: các| những| một số)?(?: nội dung| điểm)?(?: sau)?) ?:$"
        );
        let text = passage.text();
        for found in ASKS.find_iter(text) {
            if found.as_str().ends_with(':') {
                let to_all = found.end() == text.len() && !self.context.addressees.is_empty();
                return to_all.then(|| Actor {
                    who: self.context.addressees.clone(),
                    start: None,
                });
            }
            // "X đề nghị thực hiện các việc sau:" asks those the letter goes to.
            if text.trim_end().ends_with(':')
                && !CONTENT.is_match(text)
                && !self.context.addressees.is_empty()
                && is_predicate(&text[found.end()..])
                && !text[found.end()..].contains(". ")
                && list_at(text, found.end()).is_none()
            {
                return Some(Actor {
                    who: self.context.addressees.clone(),
                    start: None,
                });
            }
            // What is asked stands in the same sentence, down to the colon; below it may stand what is to be told.
            if !CONTENT.is_match(text)
                && text.trim_end().ends_with(':')
                && let Some((list, end)) = list_at(text, found.end())
                && !text[end..].contains(". ")
            {
                return Some(self.actor(passage, list, None));
            }
        }
        None
    }

    /// "các cơ quan dưới đây báo cáo …:": the bodies that the items below name.
    pub fn named_below(&self, who: &Who) -> Option<Who> {
        pattern!(
            BELOW,
            r"(?i)(?:dưới đây|sau đây|sau|có tên(?: dưới đây| sau)?)$"
        );
        let [(body, _)] = who.as_slice() else {
            return None;
        };
        let nodes = &self.context.ladder.nodes;
        if !BELOW.is_match(body) || !nodes[self.index].passage.text().ends_with(':') {
            return None;
        }
        let mut below = Who::new();
        for node in &nodes[self.index + 1..] {
            let text = node.passage.text();
            let end = text.trim_end_matches([' ', ';', '.', ',']).len();
            let Some(bodies) = node
                .label
                .as_ref()
                .and_then(|_| actors_between(&node.passage, node.body..end.max(node.body)))
            else {
                break;
            };
            below.extend(bodies);
        }
        (!below.is_empty()).then_some(below)
    }

    pub fn actor(&self, passage: &Passage, list: Vec<Range<usize>>, start: Option<usize>) -> Actor {
        self.meant(named(passage, list), start)
    }

    /// The bodies meant by these names: "quý cơ quan" are the addressees of the letter.
    fn meant(&self, who: Who, start: Option<usize>) -> Actor {
        let all = !self.context.addressees.is_empty()
            && who.iter().all(|(body, _)| means_addressees(body));
        Actor {
            who: if all {
                self.context.addressees.clone()
            } else {
                who
            },
            start,
        }
    }
}

/// The bodies that the words before a table name for its rows. `asks`: the table itself asks for reports, so that the
/// addressees of a letter owe them where nobody is named.
pub(super) fn above(context: &Context<'_>, after: usize, asks: bool) -> Who {
    let Some(last) = after.checked_sub(1) else {
        return Vec::new();
    };
    let reader = Reader {
        context,
        findings: &mut Findings::default(),
        found: &mut Vec::new(),
        section: None,
        index: last,
        time: Vec::new(),
        before: Vec::new(),
        content: false,
        in_heading: false,
    };
    let own = reader.heads(last);
    let led = || reader.led(&context.ladder.nodes[last].passage);
    match own.or_else(led).or_else(|| reader.inherited().0) {
        Some(actor) => actor.who,
        None if asks => context.addressees.clone(),
        None => Vec::new(),
    }
}

/// Bodies before the colon of a paragraph ("Sở Văn hóa; Báo Bình Minh: …"), and where the words after it begin.
pub(super) fn headed(passage: &Passage, node: &Node) -> Option<(Who, usize)> {
    let text = passage.text();
    // The colon of "Các Sở: Công Thương, Xây dựng" is part of the name.
    let name = node.body + enumeration(&text[node.body..]).unwrap_or(0);
    let colon = name + text[name..].find(": ")?;
    if name > node.body && colon > name {
        return None;
    }
    if text[node.body..colon].chars().count() > 240 {
        return None;
    }
    // "Đơn vị đăng cai: Nhà thiếu nhi tỉnh chuẩn bị …": a part, and who has it.
    pattern!(
        PART,
        r"^(?i:đơn vị|cơ quan|bộ phận|người|cán bộ|tổ chức)(?: \p{Ll}+){1,5}$"
    );
    if PART.is_match(&text[name..colon]) && subject(text, colon + 2).is_some() {
        return None;
    }
    if let Some(who) = actors_between(passage, node.body..colon) {
        return Some((who, colon + 2));
    }
    let list = titled(passage, node.body..colon, false)?;
    is_predicate(&text[colon + 2..]).then(|| (named(passage, list), colon + 2))
}

/// The bodies that a paragraph names before its last colon, with no more than an aside: "Phòng A (thường trực):".
fn alone(passage: &Passage, from: usize) -> Option<Vec<Range<usize>>> {
    pattern!(ASIDE, r"^(?: \([^()]*\))?$");
    let text = passage.text();
    let start = from + assigned(&text[from..]);
    let (list, end) = list_at(text, start)?;
    ASIDE
        .is_match(text[end..].trim_end_matches([' ', ':']))
        .then_some(list)
}

/// The bodies that a stretch names which is a name by its place: a heading with items below it, the words before a
/// colon. There a name may hold what would be a verb in a sentence ("Phòng Giám sát quản lý về hải quan").
/// `announces`: the stretch ends with a colon, so that it may say what the bodies do before the list says it.
fn titled(passage: &Passage, range: Range<usize>, announces: bool) -> Option<Vec<Range<usize>>> {
    pattern!(
        OPENS,
        r"^ ?(?i:(?:có|chịu) (?:trách nhiệm|nhiệm vụ)|phải|cần|sẽ|thực hiện|triển khai|tập trung|được giao|làm)(?: (?:các|những|một số))?(?: (?:việc|nhiệm vụ|nội dung|công việc|phần việc))?(?: (?:sau|sau đây|như sau))?$"
    );
    pattern!(
        DUTY,
        r"^[ ,]*(?i:có|chịu|chủ trì|chủ động|phối hợp|thực hiện|triển khai|báo cáo|gửi|nộp|tổ chức|phải|cần|sẽ|giúp|tham mưu|là|làm|lập|xây dựng|tiếp tục|hoàn thành|căn cứ|theo dõi|chỉ đạo|khẩn trương|cung cấp|chuẩn bị|bố trí|hướng dẫn|đôn đốc|tổng hợp|rà soát|trình|cử|đề nghị|yêu cầu|kiểm tra|tuyên truyền|đã|đang|chưa|không|trước|trong|từ|vào|khi|nếu|lưu ý|nhấn mạnh|thông báo|kính|nhắc|cho (?:rằng|biết)|nhận thấy|thấy)\b|(?:các|những|một số) \p{Ll}+(?: \p{Ll}+)?(?: sau)?$"
    );
    // "(07 đơn vị)", "(cơ quan thường trực)" say something of the body.
    pattern!(ASIDE, r"^ \([^()]*\)$");
    // "Báo cáo của các đơn vị thuộc Bộ" heads what they report.
    pattern!(
        REPORTS,
        r"^(?i:(?:chế độ |việc |trách nhiệm )?báo cáo(?: định kỳ)? (?:của|đối với|do) )"
    );
    let text = &passage.text()[..range.end];
    let reports = REPORTS.find(&text[range.start..]).filter(|_| !announces);
    // "Ngoài ra, Phòng A có trách nhiệm:".
    pattern!(
        BESIDES,
        r"^(?i:(?:ngoài ra|bên cạnh đó|đồng thời|trong đó|cụ thể|ngoài (?:các )?(?:nhiệm vụ|việc|nội dung) [^,:]{0,30}),) "
    );
    let besides = BESIDES
        .find(&text[range.clone()])
        .map_or(range.start, |found| range.start + found.end());
    let start = reports.map_or_else(
        || besides + assigned(&text[besides..]),
        |reports| range.start + reports.end(),
    );
    let (list, end) = list_at(text, start)?;
    let rest = &text[end..];
    if reports.is_some() && !rest.trim().is_empty() {
        return None;
    }
    // "…, với vai trò cơ quan thường trực, có trách nhiệm".
    pattern!(
        APART,
        r"(?:^|,) ?(?i:(?:có|chịu) (?:trách nhiệm|nhiệm vụ)(?: (?:sau|sau đây|như sau))?)$"
    );
    if rest.trim().is_empty()
        || OPENS.is_match(rest)
        || ASIDE.is_match(rest)
        || APART.is_match(rest)
    {
        return Some(list);
    }
    // "Đối với các đơn vị đã gửi:" tells which of them.
    pattern!(REGARDS, r"^(?i:riêng )?(?i:đối với|với) ");
    pattern!(
        WHICH,
        r"^ (?i:đã|chưa|đang|có|không|còn|thuộc|được|bị|mới|nơi|ở|tại) [^,;:.]{2,60}$"
    );
    if REGARDS.is_match(&text[range.start..])
        && WHICH.is_match(rest)
        && text[start..].starts_with("các ")
    {
        return Some(std::iter::once(start..range.end).collect());
    }
    // A date or many words make a sentence.
    pattern!(DATED, r"\d/\d|(?i)\b(?:tháng|năm) \d");
    if rest.contains(". ") || rest.contains(';') || DATED.is_match(rest) {
        return None;
    }
    // Of many bodies a verb tells what they do.
    pattern!(MANY, r"^(?i:các|mỗi|từng|những|mọi) ");
    let acts = MANY.is_match(&text[start..]) && begins_with_verb(rest.trim_start());
    if DUTY.is_match(rest) || acts {
        return announces.then_some(list);
    }
    // "X quy định chế độ báo cáo như sau" is a sentence about X.
    if begins_with_verb(rest.trim_start()) {
        return None;
    }
    let name = match rest
        .rfind(" (")
        .filter(|open| ASIDE.is_match(&rest[*open..]))
    {
        Some(open) => end + open,
        None => range.end,
    };
    let bodies = split(text, start..name);
    let long = |body: &Range<usize>| text[body.clone()].split(' ').count() > 18;
    (!bodies.iter().any(long)).then_some(bodies)
}

/// Whether the words before a colon only say what follows: "Đối tượng báo cáo", "Bổ sung nhiệm vụ".
pub(super) fn is_label(head: &str) -> bool {
    pattern!(
        LABEL,
        r"^(?i:đối tượng|đơn vị|cơ quan|thời gian|thời hạn|hạn|nội dung|hình thức|phạm vi|địa điểm|thành phần|kỳ|tần suất|phương thức|nhiệm vụ|bổ sung|tiến độ|yêu cầu|tên|nơi nhận|báo cáo (?:tháng|quý|năm|tuần|6 tháng|06 tháng|sáu tháng|9 tháng|09 tháng|đột xuất|định kỳ|chuyên đề|nhanh)|về|đối với (?:báo cáo|cấp)|cấp)\b"
    );
    LABEL.is_match(head)
}
