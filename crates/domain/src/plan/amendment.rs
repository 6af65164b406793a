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

impl Reader<'_, '_> {
    /// Reads the clause when it moves a due; its last day is the new one.
    pub fn amendment(&mut self, passage: &Passage, clause: Range<usize>) -> bool {
        pattern!(
            MOVES,
            r"(?i)^(?:điều chỉnh|gia hạn|lùi|kéo dài|thay đổi|sửa đổi|rút ngắn)(?: lại)? (?:(?:thời (?:hạn|gian|điểm)|hạn|tiến độ|mốc)(?: (?:gửi|nộp|trình|hoàn thành))?(?: của)? )?"
        );
        pattern!(
            MOVED,
            r"(?i)^(?:thời (?:hạn|gian|điểm)|hạn|tiến độ)(?: (?:gửi|nộp|trình|hoàn thành))?(?: của)? .*\b(?:điều chỉnh|lùi|gia hạn|kéo dài|thay đổi|chuyển)\b"
        );
        pattern!(
            DUE,
            r"(?i)^(?:thời (?:hạn|gian|điểm)|hạn|tiến độ)(?: (?:gửi|nộp|trình|hoàn thành))?(?: của)? "
        );
        let text = &passage.text()[..clause.end];
        let words = &text[clause.start..];
        let cue = if MOVED.is_match(words) {
            DUE.find(words)
        } else {
            MOVES.find(words)
        };
        let Some(at) = cue.map(|cue| clause.start + cue.end()) else {
            return false;
        };
        let mut phrases = due_phrases(text, clause.start);
        // "từ ngày A đến ngày B" moves the due from A to B.
        for phrase in &mut phrases {
            phrase.manner = Manner::By;
        }
        let first = phrases.iter().map(|phrase| phrase.range.start);
        let Some(first) = first.filter(|first| *first >= at).min() else {
            return false;
        };
        let (who, from) =
            match list_at(text, at).filter(|(_, end)| after_names(text, *end).is_some()) {
                Some((list, end)) => (named(passage, list), after_names(text, end).unwrap_or(end)),
                None => {
                    let Some(of) = text[at..first]
                        .find(" của ")
                        .map(|of| at + of + " của ".len())
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
        let mut parts = parts(text, from..clause.end, Some(first));
        let kind = if report_at(text, from).is_some() {
            DutyKind::Report
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
