//! Sentences that move the due of a duty stated elsewhere: "điều chỉnh thời hạn gửi báo cáo của A về B từ … sang …".

use std::ops::Range;

use super::bodies::{body_at, list_at};
use super::clause::{after_names, named};
use super::dates::Manner;
use super::dates::due_phrases;
use super::dueset::set_due;
use super::events::is_event;
use super::model::{DutyKind, FindingKind};
use super::passage::{Passage, pattern};
use super::predicate::{parts, report_at};
use super::reader::Reader;
use super::verbs::is_predicate;

impl Reader<'_, '_> {
    /// Reads the clause when it moves a due; its last day is the new one.
    pub fn amendment(&mut self, passage: &Passage, clause: Range<usize>) -> bool {
        pattern!(
            MOVES,
            r"(?i)^(?:điều chỉnh|gia hạn|lùi|kéo dài|thay đổi|sửa đổi|rút ngắn|dời|đổi)(?: lại)? (?:(?:thời (?:hạn|gian|điểm)|hạn|tiến độ|mốc)(?: (?:gửi|nộp|trình|hoàn thành))?(?: của)? )?"
        );
        pattern!(
            DUE,
            r"(?i)^(?:thời (?:hạn|gian|điểm)|hạn|tiến độ|mốc)(?: (?:gửi|nộp|trình|hoàn thành))?(?: (?:của|để))? "
        );
        let text = &passage.text()[..clause.end];
        let words = &text[clause.start..];
        let due = DUE.find(words);
        let Some(at) = due
            .as_ref()
            .or(MOVES.find(words).as_ref())
            .map(|cue| clause.start + cue.end())
        else {
            return false;
        };
        // What is said of the due stands between the name of what is moved and its new day.
        let change = change_in(text, at);
        if due.is_some() && change.is_none() {
            return false;
        }
        let mut phrases = due_phrases(text, clause.start);
        // "từ ngày A đến ngày B" moves the due from A to B.
        for phrase in &mut phrases {
            phrase.manner = Manner::By;
        }
        if let Some(change) = &change {
            phrases.retain(|phrase| phrase.range.start >= change.start);
        }
        if phrases
            .iter()
            .any(|phrase| !is_old(text, phrase.range.start))
        {
            phrases.retain(|phrase| !is_old(text, phrase.range.start));
        }
        let first = phrases.iter().map(|phrase| phrase.range.start);
        let Some(first) = first.filter(|first| *first >= at).min() else {
            return false;
        };
        let work_end = change.map_or(clause.end, |change| change.start);
        let (who, from) =
            match list_at(text, at).filter(|(_, end)| after_names(text, *end).is_some()) {
                Some((list, end)) => (named(passage, list), after_names(text, end).unwrap_or(end)),
                None => {
                    // "Lùi Hội nghị tổng kết do Sở A tổ chức sang ngày …" as well.
                    let before = &text[at..first];
                    let Some(of) = before
                        .find(" của ")
                        .map(|of| at + of + " của ".len())
                        .or_else(|| before.find(" do ").map(|by| at + by + " do ".len()))
                    else {
                        return false;
                    };
                    // "báo cáo của huyện": whose report it is, when a body; otherwise part of its name.
                    let Some((list, _)) = list_at(text, of) else {
                        return false;
                    };
                    (named(passage, list), at)
                }
            };
        pattern!(TIME, r"(?i)\b(?:thời|hạn|tiến độ|mốc)\b");
        let first_day = first;
        let first = (first < work_end).then_some(first);
        let mut parts = parts(text, from..work_end.max(from), first);
        let kind = if report_at(&text[..work_end.max(from)], from).is_some() {
            DutyKind::Report
        } else if from != at && is_predicate(&text[from..]) && parts.deliverable.is_some() {
            parts.kind.unwrap_or(DutyKind::Task)
        } else if from == at
            && is_event(&text[at..])
            && let Some(name) = text[at..first_day].find(" do ")
        {
            parts.deliverable = Some(at..at + name);
            DutyKind::Event
        } else if TIME.is_match(&text[clause.start..at])
            && let Some(work) = work_of(text, at, from == at)
        {
            let event = is_event(&text[work.clone()]);
            parts.deliverable = Some(work);
            if event {
                DutyKind::Event
            } else {
                DutyKind::Task
            }
        } else {
            return false;
        };
        if from == at
            && let Some(name) = &mut parts.deliverable
            && let Some(of) = text[name.clone()].find(" của ")
            && body_at(text, name.start + of + " của ".len()).is_some()
        {
            name.end = name.start + of;
        }
        let end = clause.start + text[clause.start..].trim_end_matches([' ', ';']).len();
        let place = passage.span(clause.start..end);
        let mut found = self.build(passage, text, kind, &parts, who, place);
        if let Some(last) = phrases.pop() {
            set_due(self.context, self.findings, passage, &mut found, &[last]);
        }
        self.findings.add(
            FindingKind::AmendsOtherPlan,
            place,
            "Hạn này thay cho hạn của một văn bản trước. Cập nhật đợt báo cáo của văn bản đó."
                .to_owned(),
        );
        self.found.push(found);
        true
    }
}

/// "…: nay là trước ngày B", "được lùi từ ngày A đến ngày B": where the words on the change begin and end, after `at`.
fn change_in(text: &str, at: usize) -> Option<Range<usize>> {
    pattern!(
        CHANGE,
        r"(?i)(?:[:,–-]|\bthì)? ?\b(?:(?:được|nay|xin|tạm|sẽ|thống nhất|cho phép) )*(?:điều chỉnh|lùi|gia hạn|kéo dài|thay đổi|chuyển|dời|đổi|rút ngắn|hoãn|sửa|là|thành|sang|ấn định)(?: (?:lại|thêm|ngắn))?(?: (?:từ|sang|đến|thành|tới|xuống|là|vào|còn|hết|trước|sau|trong|chậm nhất|muộn nhất))*,? (?:ngày|tháng|quý|tuần|hết|sáng|chiều|\d)"
    );
    // "…: từ “trước ngày A” thành “trước ngày B”".
    pattern!(
        FROM_TO,
        r#"(?i)[:,]? ?\btừ ["“]?(?:trước |hết |chậm nhất |muộn nhất )?(?:ngày|tháng|quý|tuần|\d)[^;]{1,60}? (?:thành|sang|xuống|đến) ["“]?(?:trước |hết |chậm nhất |muộn nhất )?(?:ngày|tháng|quý|tuần|\d)"#
    );
    let words = text.get(at..)?;
    let change = CHANGE.find(words);
    let found = match FROM_TO.find(words) {
        Some(from)
            if change
                .as_ref()
                .is_none_or(|change| from.start() < change.start()) =>
        {
            from
        }
        _ => change?,
    };
    Some(at + found.start()..at + found.end())
}

/// Whether a date is one that holds no longer: "(thời hạn cũ: …)", "(trước đây là từ ngày …)", "thay cho ngày …".
fn is_old(text: &str, at: usize) -> bool {
    pattern!(
        OLD,
        r"(?i)(?:\b(?:cũ|trước đây|ban đầu|đã (?:nêu|ghi|định|quy định|giao)|thay (?:cho|vì|thế)|thay vì|theo (?:kế hoạch|công văn|hướng dẫn|thông báo|quyết định))\b)[^;.]{0,40}$"
    );
    let near = text[..at].rfind(['(', ';']).map_or(0, |open| open + 1);
    OLD.is_match(&text[near..at])
}

/// Whether the words before a colon name a duty whose due the rest moves: "Thời hạn các xã gửi báo cáo về Sở: nay là …".
pub(super) fn names_a_due(text: &str, head: &Range<usize>) -> bool {
    pattern!(
        DUE,
        r"(?i)^(?:thời (?:hạn|gian|điểm)|hạn|tiến độ|mốc)(?: (?:của|để))? "
    );
    let Some(cue) = DUE.find(&text[head.clone()]) else {
        return false;
    };
    let at = head.start + cue.end();
    let named = || {
        list_at(text, at).is_some_and(|(_, end)| {
            end < head.end && after_names(text, end).is_some_and(|at| at < head.end)
        }) || text[at..head.end]
            .find(" của ")
            .is_some_and(|of| list_at(text, at + of + " của ".len()).is_some())
    };
    change_in(text, at).is_some_and(|change| change.start >= head.end) && named()
}

/// "thời gian kiểm tra của Thanh tra Sở": the work whose time is moved, before the body.
fn work_of(text: &str, at: usize, names_the_body_last: bool) -> Option<Range<usize>> {
    pattern!(
        DONE,
        r"^(?i:(?:hoàn thành|thực hiện|tiến hành|tổ chức|việc) )+"
    );
    let end = at + text[at..].find(" của ").filter(|_| names_the_body_last)?;
    let start = at + DONE.find(&text[at..end]).map_or(0, |done| done.end());
    (start < end).then_some(start..end)
}
