//! Events that are named first: "Hội nghị sơ kết: 14 giờ ngày …, do A tổ chức", "Lễ khởi động: A tổ chức ngày …".

use std::ops::Range;

use super::ahead::asked_for;
use super::bodies::{body_at, list_at};
use super::clause::{assigned, named};
use super::dates::due_phrases;
use super::dueset::set_due;
use super::duties::Who;
use super::model::DutyKind;
use super::passage::{Passage, pattern};
use super::predicate::{Parts, report_at};
use super::reader::{Actor, Reader};

pattern!(
    EVENT,
    r"^(?i:(?:tổ chức )?(?:hội nghị|hội thảo|tọa đàm|toạ đàm|lễ|mít tinh|gặp mặt|hội thi|hội diễn|hội thao|hội sách|hội hoa|hội báo|liên hoan|triển lãm|cuộc (?:thi|họp|gặp|đối thoại)|ngày hội|diễn đàn|họp|giao lưu|đại hội|vòng (?:chung kết|sơ khảo|loại|thi)|đêm (?:hội|thơ|nhạc|diễn|giao|văn|gala)|buổi|chương trình (?:văn nghệ|nghệ thuật|giao lưu|ca nhạc|biểu diễn)|hội (?:khỏe|trại|chợ|xuân|làng)|phiên (?:họp|chợ)|kỳ họp|chung kết|ngày \p{L}+ |giải (?:thưởng|bóng|chạy|việt|cầu|cờ|thể|đấu|vô|bơi|điền|báo|đua|leo|marathon) ))"
);
pattern!(
    HELD,
    r"(?i)\b(?:tổ chức|chủ trì|đăng cai|ra quân|diễn ra|làm)\b"
);

impl Reader<'_, '_> {
    /// Reads the clause when its own first words, its run-in head or its heading name an event.
    pub fn event(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        head: Option<&Range<usize>>,
        actor: Option<&Actor>,
    ) -> bool {
        pattern!(
            NAME_END,
            r"(?i)[,;.:(]| (?:do|giao|được|sẽ|dự kiến|tổ chức|vào|trong|diễn ra|ngày)\b"
        );
        pattern!(BY, r"(?i)\b(?:do|giao(?: cho)?) ");
        pattern!(
            NOT_TO_BE,
            r"(?i)\b(?:đã|không|chưa) (?:được )?(?:tổ chức|diễn ra|chủ trì)"
        );
        let text = &passage.text()[..clause.end];
        let words = &text[clause.start..];
        if NOT_TO_BE.is_match(words) {
            return false;
        }
        let by = BY
            .find_iter(words)
            .find_map(|by| body_at(text, clause.start + by.end()));
        pattern!(ACTS, r"^(?i:tổ chức|họp|gặp mặt|giao lưu)\b");
        // "Lễ bế mạc: ngày …, do Tổ Văn phòng chuẩn bị": whatever the verb is.
        let by_name = by.is_some();
        let phrases = due_phrases(text, clause.start);
        // "Ban Thường vụ tổ chức ngày …": nothing but the holder and the time.
        pattern!(
            ONLY_HELD,
            r"(?i)^ ?(?:là đơn vị |sẽ |chịu trách nhiệm )?(?:tổ chức|chủ trì|đăng cai)(?: tổ chức)?(?:[ ,]*(?:vào|trong|ngày|sáng|chiều|lúc|hồi|tại|dự kiến|quý|tháng|tuần|\d)|[ .;]*$)"
        );
        let alone = list_at(text, clause.start)
            .filter(|(list, end)| list.len() == 1 && ONLY_HELD.is_match(&text[*end..]))
            .and_then(|(list, _)| list.into_iter().next());
        let name_in_head = head.filter(|head| {
            is_event(&text[(*head).clone()]) || is_named_activity(&text[(*head).clone()])
        });
        if name_in_head.is_none()
            && let Some(head) = head
            && let Some(who) = chaired(text, clause.start)
        {
            // "Thăm, tặng quà …: từ ngày … đến ngày …, A chủ trì": work that is named before its time.
            let words = (text[head.clone()].to_owned(), passage.span(head.clone()));
            let who = named(passage, who);
            return self.hold(
                passage,
                clause,
                (DutyKind::Task, Some(words)),
                who,
                &phrases,
            );
        }
        let (name, who): (Option<Range<usize>>, Who) = if let Some(head) = name_in_head {
            let who = by
                .clone()
                .map(|by| vec![by])
                .or_else(|| self.holder(text, &clause));
            (
                Some(head.clone()),
                who.map_or(Vec::new(), |who| named(passage, who)),
            )
        } else if is_event(words)
            && let Some(who) = by
                .clone()
                .map(|by| vec![by])
                .or_else(|| self.chairs(text, &clause))
        {
            let end = NAME_END
                .find_iter(words)
                .find(|end| end.start() > "họp".len())
                .map_or(words.len(), |end| end.start());
            let name = clause.start..clause.start + words[..end].trim_end().len();
            (Some(name), named(passage, who))
        } else if is_event(words)
            && let Some(actor) = actor.filter(|actor| actor.start.is_some())
            && !phrases.is_empty()
            && !ACTS.is_match(words)
            && report_at(text, clause.start).is_none()
        {
            // "Ban Thường vụ: hội nghị kiểm điểm tổ chức vào ngày …".
            let end = NAME_END
                .find_iter(words)
                .find(|end| end.start() > "họp".len())
                .map_or(words.len(), |end| end.start());
            let name = clause.start..clause.start + words[..end].trim_end().len();
            let words = (text[name.clone()].to_owned(), passage.span(name));
            let who = actor.who.clone();
            let name = (DutyKind::Event, Some(words));
            return self.hold(passage, clause, name, who, &phrases);
        } else if HELD.is_match(words) && (by.is_some() || alone.is_some()) {
            // "Tổ chức sáng ngày …, do A chủ trì" under the heading "Hội nghị sơ kết".
            let node = &self.context.ladder.nodes[self.index];
            let above = node.parent.map(|at| &self.context.ladder.nodes[at]);
            let Some(above) = above.filter(|above| is_event(above.words())) else {
                return false;
            };
            let who = by
                .or(alone)
                .map_or(Vec::new(), |by| named(passage, vec![by]));
            let name = above.body..above.passage.text().trim_end_matches(['.', ':', ' ']).len();
            let named = above.passage.text()[name.clone()].to_owned();
            let place = above.passage.span(name);
            let name = (DutyKind::Event, Some((named, place)));
            return self.hold(passage, clause, name, who, &phrases);
        } else {
            return false;
        };
        let Some(name) = name.filter(|_| !who.is_empty() && (by_name || HELD.is_match(words)))
        else {
            return false;
        };
        let words = (text[name.clone()].to_owned(), passage.span(name));
        self.hold(
            passage,
            clause,
            (DutyKind::Event, Some(words)),
            who,
            &phrases,
        )
    }

    /// The bodies before the last "tổ chức", when nothing but the time follows it.
    fn holder(&self, text: &str, clause: &Range<usize>) -> Option<Vec<Range<usize>>> {
        pattern!(PAUSE, r"[,;:] ");
        let direct = |at: usize| {
            let at = at + assigned(&text[at..]);
            let (list, _) = list_at(text, at)?;
            HELD.is_match(&text[at..]).then_some(list)
        };
        direct(clause.start).or_else(|| {
            PAUSE
                .find_iter(&text[clause.clone()])
                .find_map(|pause| direct(clause.start + pause.end()))
        })
    }

    /// "Lễ tuyên dương …, Ban Phong trào chủ trì": the bodies right before the verb, after a pause.
    fn chairs(&self, text: &str, clause: &Range<usize>) -> Option<Vec<Range<usize>>> {
        pattern!(PAUSE, r"[,;:] ");
        pattern!(
            CHAIRS,
            r"^(?i:,? ?(?:là đơn vị |là cơ quan |được giao )?(?:chủ trì|tổ chức|đăng cai|phụ trách|chịu trách nhiệm))"
        );
        PAUSE.find_iter(&text[clause.clone()]).find_map(|pause| {
            let (list, end) = list_at(text, clause.start + pause.end())?;
            CHAIRS.is_match(&text[end..]).then_some(list)
        })
    }

    fn hold(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        (kind, name): (DutyKind, Option<(String, super::places::Span)>),
        who: Who,
        phrases: &[super::dates::DuePhrase],
    ) -> bool {
        let text = &passage.text()[..clause.end];
        let end = clause.start + text[clause.start..].trim_end_matches([' ', ';']).len();
        let place = passage.span(clause.start..end);
        let mut found = self.build(passage, text, kind, &Parts::default(), who, place);
        if let Some((words, span)) = name {
            found.duty.deliverable = Some(words);
            found.places.deliverable = Some(span);
        }
        let phrases = if phrases.is_empty() {
            &self.time
        } else {
            phrases
        };
        let dated = asked_for(phrases.to_vec(), self.context.issued);
        set_due(self.context, self.findings, passage, &mut found, &dated);
        self.found.push(found);
        true
    }
}

/// Who the words from `from` on end with as holding what was named before: "…, Trường THCS An Hải chủ trì", "do Đoàn phường
/// thực hiện". Nothing but the time and the place may stand before it.
pub(super) fn chaired(text: &str, from: usize) -> Option<Vec<Range<usize>>> {
    pattern!(START, r"\bdo |^|, |; |\. ");
    pattern!(
        HOLDS,
        r"^(?i:,? ?(?:là (?:đơn vị|cơ quan) |được giao |sẽ |chịu trách nhiệm )?(?:chủ trì|tổ chức|đăng cai|phụ trách|thực hiện|đảm nhiệm|chuẩn bị)(?: (?:chính|chung|thực hiện|tổ chức|triển khai))*(?:,? (?:và )?phối hợp[^;.]*)?(?:,? (?:hoàn thành|xong|thời gian|thời hạn|hạn|dự kiến|trước|chậm nhất|muộn nhất|từ|vào|ngày|sáng|chiều|trong|tháng|quý|tuần)\b[^;]*)?[ .;/]*)$"
    );
    pattern!(
        ELSE,
        r"(?i)\b(?:gửi|nộp|trình|báo cáo|lập|xây dựng|hoàn thành|tham mưu)\b"
    );
    START.find_iter(&text[from..]).find_map(|start| {
        let at = from + start.end();
        let at = at + assigned(&text[at..]);
        let (list, end) = list_at(text, at)?;
        (HOLDS.is_match(&text[end..]) && !ELSE.is_match(&text[from..at])).then_some(list)
    })
}

/// Whether the words name a gathering.
pub(super) fn is_event(words: &str) -> bool {
    // "Thi báo tường", but "thi hành", "thi công".
    pattern!(CONTEST, r"^(?:Tổ chức t|T)hi \p{L}");
    pattern!(
        OTHER,
        r"^(?:Tổ chức t|T)hi (?:hành|công|đua|thố|tuyển|lại|thử|ân|thể|đỗ|sát|cử|trắc|hết|học|cuối|giữa|vào|tốt|lên)\b"
    );
    EVENT.is_match(words) || CONTEST.is_match(words) && !OTHER.is_match(words)
}

/// Names of activities that are held like events when they stand as a head.
pub(super) fn is_named_activity(head: &str) -> bool {
    pattern!(
        NAMED,
        r#"^(?:Chương trình|Ngày|Tuần lễ|Giải|Đêm|Chiến dịch) (?:["“]|\p{Lu}\p{Ll}+)"#
    );
    NAMED.is_match(head)
}
