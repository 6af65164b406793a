//! Duties whose head names what is sent: "Báo cáo tháng: các phòng gửi về …", "Danh sách …: trước ngày …".

use std::ops::Range;

use super::dates::Manner;
use super::dates::due_phrases;
use super::dueset::set_due;
use super::model::DutyKind;
use super::passage::{Passage, pattern};
use super::predicate::{Parts, parts};
use super::reader::{Actor, Reader};

impl Reader<'_, '_> {
    /// "Báo cáo tháng: các phòng gửi về Văn phòng …": the head names the report.
    pub fn report_of_head(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
        head: Range<usize>,
    ) {
        self.delivery_of_head(passage, clause, actor, at, head, DutyKind::Report);
    }

    /// What the head names, sent as the words from `at` on say.
    pub fn delivery_of_head(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
        head: Range<usize>,
        kind: DutyKind,
    ) {
        let text = &passage.text()[..clause.end];
        let phrases = due_phrases(text, clause.start);
        let mut parts = parts(text, at..clause.end, None);
        // "Báo cáo chuyên đề về A, thời hạn gửi Văn phòng: trước ngày …": the head says whom it goes to, too.
        pattern!(SENDS, r"(?i)\b(?:gửi|nộp|trình) ");
        let said = if SENDS.is_match(&text[head.clone()]) {
            self::parts(&text[..head.end], head.clone(), None)
        } else {
            Parts::default()
        };
        let named = said.deliverable.filter(|name| {
            kind == DutyKind::Report && name.start == head.start && said.to.is_some()
        });
        parts.to = parts.to.or(said.to);
        parts.via = parts.via.or(said.via);
        parts.deliverable = Some(named.unwrap_or(head));
        let begin = actor.start.unwrap_or(clause.start);
        let end = begin + text[begin..].trim_end_matches([' ', ';']).len();
        let place = passage.span(begin..end);
        let who = actor.who.clone();
        let mut found = self.build(passage, text, kind, &parts, who, place);
        set_due(self.context, self.findings, passage, &mut found, &phrases);
        self.found.push(found);
    }

    /// "Báo cáo tổng kết của các tỉnh, thành hội gửi về …, thời hạn …": a report of these bodies, or what was left open
    /// of one that is known (`asked`: some are). `end`: where the bodies end.
    pub fn owes(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        (name, end): (Range<usize>, usize),
        asked: bool,
    ) {
        pattern!(
            ALL,
            r"^(?i:(?:các |những |mỗi |từng )?(?:đơn vị|cơ quan|địa phương|tổ chức|cấp|nơi|bên)\b)"
        );
        let all = actor.who.iter().all(|(body, _)| ALL.is_match(body));
        let restated = actor.who.iter().any(|(body, _)| self.reports_already(body));
        if restated {
            // "Báo cáo của các xã: trước ngày …" tells the due of theirs only.
            let said =
                passage.text()[end..clause.end].trim_start_matches([' ', ':', ',', '(', '-', '–']);
            let said = said.strip_prefix("là ").unwrap_or(said);
            self.complement(
                passage,
                clause.end - said.len()..clause.end,
                None,
                Some(actor),
            );
        } else if asked && all {
            self.complement(passage, clause, None, None);
        } else {
            self.report_of_head(passage, clause, actor, name.end, name);
        }
    }

    /// "Báo cáo tổng kết năm học: trước ngày …" in a list of reports that a lead-in asks somebody for.
    pub fn named_with_due(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        head: Range<usize>,
        actor: Option<&Actor>,
    ) -> bool {
        pattern!(
            TIME,
            r"(?i)^(?:gửi|nộp|thời (?:hạn|gian)|hạn|trước|chậm nhất|muộn nhất|trễ nhất|vào|đến|ngày|trong|hằng|hàng|mỗi|định kỳ|sau|xong|hoàn thành|từ|cuối|đầu|thứ|\d)"
        );
        let text = &passage.text()[..clause.end];
        let names_report = text[head.clone()].to_lowercase().starts_with("báo cáo ");
        let kind = if names_report {
            DutyKind::Report
        } else {
            DutyKind::Task
        };
        let names = names_report || actor.is_some() && is_paper(&text[head.clone()]);
        let asked = actor.cloned().or_else(|| self.reporters()).or_else(|| {
            let addressees = &self.context.addressees;
            (!addressees.is_empty()).then(|| Actor {
                who: addressees.clone(),
                start: None,
            })
        });
        let Some(asked) = asked.filter(|_| {
            names
                && TIME.is_match(&text[clause.start..])
                && due_phrases(text, clause.start)
                    .iter()
                    .any(|phrase| matches!(phrase.manner, Manner::By | Manner::At))
        }) else {
            return false;
        };
        let from = clause.start;
        self.delivery_of_head(passage, clause, &asked, from, head, kind);
        true
    }

    /// "Các xã chưa gửi báo cáo khẩn trương gửi trước ngày …": the report that the words on who is meant name.
    pub fn left_out(&self, text: &str, actor: &Actor, at: usize) -> Option<Range<usize>> {
        pattern!(
            SENDS,
            r"^(?i:(?:khẩn trương|phải|cần|đề nghị|tiếp tục|sớm|nhanh chóng|có trách nhiệm|kịp thời|hoàn thành|hoàn thiện|yêu cầu|,|và) ?)*(?i:gửi|nộp)(?i: (?:ngay|về|bổ sung|gấp))*(?:,? (?:trước|chậm nhất|muộn nhất|trong|xong|đến|hết|ngày|\p{Lu}))"
        );
        pattern!(
            MISSING,
            r"(?i)\b(?:chưa|chậm|còn thiếu) (?:có|gửi|nộp|hoàn thành)? ?(?P<report>báo cáo[^,;.:()]*)$"
        );
        let start = actor.start.filter(|start| *start < at)?;
        SENDS.is_match(&text[at..]).then_some(())?;
        let who = text[start..at].trim_end_matches([' ', ',', ':']);
        let report = MISSING.captures(who)?.name("report")?;
        Some(start + report.start()..start + report.end())
    }

    /// "hồ sơ khen thưởng gửi trước ngày …": what is sent stands before the verb.
    pub fn passive(&mut self, passage: &Passage, clause: Range<usize>, actor: &Actor) -> bool {
        pattern!(
            SENT,
            r"(?i)^(?P<what>(?:hồ sơ|danh sách|biểu|phụ lục|số liệu|tài liệu|kế hoạch|bản)[^,;.:]{0,80}?) (?:gửi|nộp|hoàn thành)\b"
        );
        let text = &passage.text()[..clause.end];
        let Some(what) = SENT
            .captures(&text[clause.start..])
            .and_then(|found| found.name("what"))
        else {
            return false;
        };
        let phrases = due_phrases(text, clause.start);
        if phrases.is_empty() {
            return false;
        }
        let mut parts = parts(text, clause.clone(), None);
        parts.deliverable = Some(clause.start + what.start()..clause.start + what.end());
        let end = clause.start + text[clause.start..].trim_end_matches([' ', ';']).len();
        let place = passage.span(clause.start..end);
        let who = actor.who.clone();
        let mut found = self.build(passage, text, DutyKind::Task, &parts, who, place);
        set_due(self.context, self.findings, passage, &mut found, &phrases);
        self.found.push(found);
        true
    }
}

/// Whether a head names something written that can be sent.
pub(super) fn is_paper(head: &str) -> bool {
    pattern!(
        PAPER,
        r"^(?i:danh sách|biểu|phụ lục|hồ sơ|biên bản|văn bản|đề án|số liệu|bảng|kế hoạch|tài liệu|bản (?:đăng ký|tự|kê|cam|tổng|thống|báo|đánh|kiểm)|phiếu|tờ trình|chuyên đề|tham luận|dự thảo)"
    );
    PAPER.is_match(head)
}
