//! Sentences that move the due of a duty stated elsewhere: "điều chỉnh thời hạn gửi báo cáo của A về B từ … sang …".

use std::ops::Range;

use super::bodies::{body_at, list_at};
use super::clause::{after_names, named};
use super::dates::Manner;
use super::dueset::set_due;
use super::model::{DutyKind, FindingKind};
use super::passage::{Passage, pattern};
use super::predicate::{parts, report_at};
use super::reader::{Reader, due_phrases};

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
        if report_at(text, from).is_none() {
            return false;
        }
        let mut parts = parts(text, from..clause.end, Some(first));
        if from == at
            && let Some(name) = &mut parts.deliverable
            && let Some(of) = text[name.clone()].find(" của ")
            && body_at(text, name.start + of + " của ".len()).is_some()
        {
            name.end = name.start + of;
        }
        let end = clause.start + text[clause.start..].trim_end_matches([' ', ';']).len();
        let place = passage.span(clause.start..end);
        let mut found = self.build(passage, text, DutyKind::Report, &parts, who, place);
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
