//! Sentences and clauses that go on with the duty just before them: "Hạn cuối: …", "hoàn chỉnh, gửi … trước ngày …",
//! "Tập thể ban thường vụ thông qua", "Huyện A gửi sau, trước ngày …".

use std::ops::Range;

use super::bodies::{begins, key};
use super::complement::complete;
use super::dates::due_phrases;
use super::dueset::set_due;
use super::duties::Found;
use super::model::DutyKind;
use super::passage::{Passage, pattern};
use super::predicate::parts;
use super::reader::{Actor, Reader};

impl Reader<'_, '_> {
    /// The duty read last, when it stands before `at` in the same passage.
    fn last_here(&self, passage: &Passage, at: usize) -> Option<usize> {
        let start = passage.whole().start;
        let here = passage.span(at..at + 1).start;
        let last = self.found.last()?;
        let source = &last.duty.source;
        (start <= source.start && source.start < here && source.end <= here + 1)
            .then(|| self.found.len() - 1)
    }

    /// "Việc này xong trước ngày …", "Hạn cuối: …", "Hoàn thành trước …" after a task or an event.
    pub fn closes(&mut self, passage: &Passage, clause: Range<usize>) -> bool {
        pattern!(
            CLOSES,
            r"^(?i:(?:(?:các|những|toàn bộ|tất cả)? ?(?:việc|công việc|nhiệm vụ|nội dung|phần việc)(?: này| trên| nêu trên)+ ?(?:phải |cần |được )?|tất cả |toàn bộ )?(?:làm |thực hiện |triển khai |hoàn tất |gửi |nộp )?(?:xong|hoàn thành|hoàn tất|kết thúc|thời gian|thời hạn|thời điểm|hạn|chậm nhất|muộn nhất|trễ nhất|trước|trong|tổ chức|dự kiến|tiến độ))(?:[ :,]|$)"
        );
        // What the due is of may be said again, nothing else.
        pattern!(
            AGAIN,
            r"^(?i: ?(?:tất cả|toàn bộ|các|những|việc|công việc|nhiệm vụ|nội dung|phần việc|này|trên|nêu|đó|được giao|của|mình|gửi|nộp|vào|là|và|phải|cần|hạn|thực hiện|hoàn thành|xong)[ ,:]*)*$"
        );
        let text = &passage.text()[..clause.end];
        let Some(cue) = CLOSES.find(&text[clause.start..]) else {
            return false;
        };
        let cue = clause.start + cue.end();
        // "Các nội dung trên hoàn thành trước ngày …": said of the whole list.
        pattern!(
            ALL,
            r"^(?i:(?:các|những|toàn bộ|tất cả)(?: các)? (?:nội dung|nhiệm vụ|công việc|việc|phần việc|hoạt động)(?: công việc)?(?: (?:trên|nêu trên|nói trên|này|ở trên))+)"
        );
        if ALL.is_match(&text[clause.start..]) {
            return self.closes_list(passage, clause);
        }
        let Some(last) = self.last_here(passage, clause.start) else {
            return false;
        };
        let known = &self.found[last];
        if known.duty.duty == DutyKind::Report
            || known.duty.due.is_some()
            || known.places.due.is_some()
            || known.duty.due_set_by.is_some()
        {
            return false;
        }
        let phrases = due_phrases(text, clause.start);
        pattern!(
            OVER,
            r"^(?i:[ .;/)]*$| ?\(|,? (?:để|nhằm|theo|tại|và báo cáo kết quả)\b)"
        );
        let over = phrases
            .last()
            .is_some_and(|phrase| OVER.is_match(&text[phrase.range.end..]));
        let alone = phrases.first().is_some_and(|phrase| {
            AGAIN.is_match(&text[cue.min(phrase.range.start)..phrase.range.start])
        }) && over;
        if !alone {
            return false;
        }
        let mut found = known.clone();
        set_due(self.context, self.findings, passage, &mut found, &phrases);
        self.found[last] = found;
        true
    }

    /// Gives every duty of the list that has no due the one that is said of them all.
    fn closes_list(&mut self, passage: &Passage, clause: Range<usize>) -> bool {
        let text = &passage.text()[..clause.end];
        let phrases = due_phrases(text, clause.start);
        let here = passage.span(clause).start;
        let open: Vec<usize> = (0..self.found.len())
            .filter(|at| {
                let found = &self.found[*at];
                self.is_of_this_list(found.section)
                    && found.duty.source.end <= here
                    && found.places.due.is_none()
                    && found.duty.due_set_by.is_none()
            })
            .collect();
        if phrases.is_empty() || open.is_empty() {
            return false;
        }
        for at in open {
            let mut found = self.found[at].clone();
            set_due(self.context, self.findings, passage, &mut found, &phrases);
            self.found[at] = found;
        }
        true
    }

    /// "hoàn chỉnh, gửi Ban A trước ngày …", "Gửi Ban A, đầu mối nhận là B": what is sent on is the report just named.
    /// "Huyện B gửi sau, hạn cuối …": the same report of another body.
    pub fn goes_on(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        at: usize,
        actor: Option<&Actor>,
    ) -> bool {
        pattern!(
            SENDS,
            r"^(?i:(?:sau đó|rồi|kịp thời|khẩn trương|phải|cần|tiếp thu|hoàn chỉnh|hoàn thiện|chỉnh sửa|chỉnh lý|hoàn tất|ký|ký ban hành|ban hành|đóng dấu|trình ký|gửi|nộp|chuyển|trình)(?:,| và| rồi|, rồi)? )*(?i:gửi|nộp|chuyển|trình)(?i:,? (?:sau|trước|riêng|muộn hơn|chậm hơn|bổ sung|lên|về|cho|đến|tới|cùng lúc))*(?:,|\.| |$)"
        );
        let text = &passage.text()[..clause.end];
        let words = &text[at..];
        let Some(sends) = SENDS.find(words) else {
            return false;
        };
        let after = &words[sends.end()..];
        let phrases = due_phrases(text, at);
        let due_next = phrases
            .first()
            .is_some_and(|phrase| phrase.range.start <= at + sends.end() + ", hạn ".len());
        if !begins(after) && !due_next {
            return false;
        }
        let Some(last) = self.last_here(passage, clause.start) else {
            return false;
        };
        let known = self.found[last].clone();
        if known.duty.duty != DutyKind::Report {
            return false;
        }
        let parts = parts(
            text,
            at..clause.end,
            phrases.first().map(|phrase| phrase.range.start),
        );
        let other = actor.filter(|actor| {
            actor.start.is_some_and(|start| start >= clause.start)
                && !actor
                    .who
                    .iter()
                    .any(|(body, _)| known.duty.who.iter().any(|known| key(known) == key(body)))
        });
        let told = known.duty.due.is_some() || known.places.due.is_some();
        let mut found = known.clone();
        match other {
            Some(_) if phrases.is_empty() => return false,
            Some(other) => {
                let place = passage.span(
                    clause.start
                        ..clause.start + text[clause.start..].trim_end_matches([' ', ';']).len(),
                );
                found.duty.who = other.who.iter().map(|(body, _)| body.clone()).collect();
                found.places.who = other.who.iter().map(|(_, span)| *span).collect();
                found.duty.source = self.context.flow.source(place);
                found.duty.due = None;
                found.duty.due_inclusive = None;
                found.duty.due_set_by = None;
                found.places.due = None;
                found.leads = false;
                found.with.clear();
            }
            // It was sent already: this is another sending.
            None if told || known.duty.to.is_some() && parts.to.is_some() => return false,
            None => {}
        }
        add(&mut found, passage, text, &parts);
        set_due(self.context, self.findings, passage, &mut found, &phrases);
        if other.is_some() {
            self.found.push(found);
        } else {
            self.found[last] = found;
        }
        true
    }

    /// "Tập thể ban thường vụ thông qua." after a report.
    pub fn adopts(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
    ) -> bool {
        pattern!(
            ADOPTS,
            r"^(?i:(?:phải|có trách nhiệm|họp|xem xét|thảo luận|cho ý kiến|bàn|,|và| )*(?:thông qua|thống nhất|phê duyệt|duyệt|biểu quyết)(?: (?:báo cáo|dự thảo|nội dung|trước khi gửi|trước khi nộp|này))*[ .;]*)$"
        );
        let text = &passage.text()[..clause.end];
        if !ADOPTS.is_match(&text[at..]) {
            return false;
        }
        let Some(last) = self.last_here(passage, clause.start) else {
            return false;
        };
        let found = &mut self.found[last];
        if found.duty.duty != DutyKind::Report || found.duty.adopted_by.is_some() {
            return false;
        }
        if let Some((body, span)) = actor.who.first() {
            found.duty.adopted_by = Some(body.clone());
            found.places.adopted_by = Some(*span);
        }
        true
    }
}

fn add(found: &mut Found, passage: &Passage, text: &str, parts: &super::predicate::Parts) {
    for (slot, place, range) in [
        (&mut found.duty.to, &mut found.places.to, &parts.to),
        (&mut found.duty.via, &mut found.places.via, &parts.via),
        (
            &mut found.duty.adopted_by,
            &mut found.places.adopted_by,
            &parts.adopted_by,
        ),
    ] {
        complete(slot, place, passage, text, range);
    }
}
