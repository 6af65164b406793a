//! One paragraph: its sentences and clauses, the bodies they are about, and the duties they give.

use std::ops::Range;

use super::ahead::{all_over, drop_past, take_ahead};
use super::amendment::names_a_due;
use super::bodies::{key, level, list_at, names_follow};
use super::borrowed::{borrowed, lend};
use super::clause::{
    actors_between, after_adverbial, after_denial, asks_addressees, asks_bodies, assigned,
    charges_person, directed, done_by, is_own, is_staff, opening, owed, second_subject, segments,
    sentences, subject,
};
use super::counts::decides;
use super::dates::{DuePhrase, Manner, due_phrases, dues};
use super::deliveries::is_paper;
use super::dueset::set_due;
use super::duties::{Context, Found, Who, is_courtesy};
use super::events::{chaired, is_event, is_named_activity};
use super::findings::Findings;
use super::leadin::{headed, is_label};
use super::model::DutyKind;
use super::passage::{Passage, pattern};
use super::predicate::{named_report, parts, report_at};
use super::quoted::{Quoted, quoted};
use super::steps::time_of;
use super::structure::{after_head, run_in};
use super::verbs::{begins_with_verb, first_verb, is_predicate};

/// Reads one paragraph of the ladder.
pub(super) struct Reader<'a, 'b> {
    pub context: &'a Context<'a>,
    pub findings: &'b mut Findings,
    pub found: &'b mut Vec<Found>,
    pub section: Option<usize>,
    pub index: usize,
    /// The due that stands as the head of the paragraph or of the section: "Trước 05/8/2022: …".
    pub time: Vec<DuePhrase>,
    /// Bodies between semicolons before the one that the verb follows.
    pub before: Who,
    /// The paragraph says what a report holds.
    pub content: bool,
    /// The bodies of the paragraph stand in a heading above it.
    pub in_heading: bool,
}

/// The bodies a clause is about, and where in the passage they are named (when in this one).
#[derive(Clone)]
pub(super) struct Actor {
    pub who: Who,
    pub start: Option<usize>,
}

pattern!(
    LEADS,
    r"^(?i:là (?:cơ quan|đơn vị|bộ phận)? ?(?:chủ trì|thường trực|đầu mối)|làm (?:đầu mối|cơ quan)|(?:có|chịu) trách nhiệm chủ trì|phụ trách chung)"
);

impl Reader<'_, '_> {
    pub fn node(&mut self) {
        if self.only_heads() {
            return;
        }
        let node = &self.context.ladder.nodes[self.index];
        let passage = node.passage.clone();
        let (from, until) = match quoted(self.context.ladder, self.index) {
            Quoted::Old => return,
            Quoted::New(words) => (words.start, words.end),
            Quoted::Nothing => (node.body, passage.text().len()),
        };
        let text = &passage.text()[..until];
        // "Bước 4. Nhập liệu: …", "Giai đoạn 1: …": the step is counted, not named.
        pattern!(
            COUNTED,
            r"^(?i:bước|giai đoạn|đợt|khâu) (?:thứ )?(?:\d{1,2}|[IVX]+|\p{Ll}{2,4})[.:] "
        );
        let counted = COUNTED.find(&text[from..]).map_or(0, |step| step.end());
        let mut from = from + counted;
        let lists_reports = || {
            let words = &text[from..];
            words.starts_with("Báo cáo ") && !dues(words).is_empty()
        };
        let (inherited, in_heading) = self.inherited();
        self.in_heading = in_heading;
        let mut inherited =
            inherited.or_else(|| lists_reports().then(|| self.reporters()).flatten());
        let mut head = None;
        if from > node.body + counted {
            // The head of the paragraph only announces what is quoted.
        } else if let Some((who, colon)) = headed(&passage, node) {
            inherited = Some(Actor {
                who,
                start: Some(node.body),
            });
            from = colon;
        } else if run_in(&text[from..]).is_some()
            && list_at(text, from + assigned(&text[from..])).is_none()
            && let Some(actor) = self.stands_among_bodies(self.index)
        {
            let colon = text[from..]
                .find(": ")
                .map_or(from, |colon| from + colon + 2);
            inherited = Some(Actor {
                start: Some(node.body),
                ..actor
            });
            from = colon;
        } else if let Some(range) = run_in(&text[from..]).filter(|range| {
            owed(text, from).is_none()
                && !names_a_due(text, &(from + range.start..from + range.end))
                && !names_follow(&text[from..from + range.end], &text[from..])
        }) {
            let range = from + range.start..from + range.end;
            if is_label(&text[range.clone()])
                || is_event(&text[range.clone()])
                || is_named_activity(&text[range.clone()])
                || is_paper(&text[range.clone()])
                || chaired(text, range.end + 2).is_some()
                || first_verb(&text[range.clone()]).is_none()
                    && list_at(text, range.start).is_none()
                || self.labels_a_sentence(text, &range)
            {
                self.time = time_of(text, range.clone(), self.context.issued);
                // "Tuần 1 (từ ngày A đến ngày B): …".
                let aside = range.end..after_head(text, &range).saturating_sub(": ".len());
                let open = text.get(aside.clone()).and_then(|words| words.find('('));
                if let Some(open) = open.filter(|_| self.time.is_empty()) {
                    self.time = time_of(
                        text,
                        aside.start + open + 1..aside.end.saturating_sub(1),
                        self.context.issued,
                    );
                }
                from = after_head(text, &range);
                head = self.time.is_empty().then_some(range);
            }
        }
        let mut carried: Option<Actor> = None;
        for sentence in sentences(text, from) {
            let whole_start = sentence.first().map_or(0, |first| first.start);
            let whole = whole_start..sentence.last().map_or(0, |last| last.end);
            // The words before a colon tell what the first sentence is about: "Đầu mối liên hệ: …".
            let whole = if whole.start == from {
                node.body..whole.end
            } else {
                whole
            };
            if is_courtesy(&text[whole]) {
                continue;
            }
            // "Mỗi đơn vị chọn …. Xong thì gửi báo cáo …": who was named goes on.
            let first = sentence
                .first()
                .map_or("", |first| text[first.clone()].trim_start());
            let later = whole_start > from && !begins_with_verb(first);
            let mut actor = inherited
                .clone()
                .filter(|actor| !later || actor.start.is_some())
                .or_else(|| carried.take().filter(|_| begins_with_verb(first)));
            let last = sentence.len().saturating_sub(1);
            for (count, clause) in sentence.into_iter().enumerate() {
                let words = text[clause.clone()].trim();
                let at = clause.start + text[clause.clone()].find(words).unwrap_or(0);
                if count < last
                    && let Some(who) = actors_between(&passage, at..at + words.len())
                {
                    self.before.extend(who);
                    continue;
                }
                if count > 0 && is_courtesy(words) {
                    continue;
                }
                // "Nội dung báo cáo gồm A; B": what goes on with a thing is no duty of the body above.
                let speaks = count == 0
                    && !is_predicate(&words[opening(words)..])
                    && !words.starts_with(char::is_lowercase);
                let known = self.found.len();
                actor = self.clause(&passage, clause, actor, head.clone());
                if speaks
                    && self.found.len() == known
                    && actor.as_ref().is_some_and(|actor| actor.start.is_none())
                {
                    actor = None;
                }
                if actor.as_ref().is_some_and(|actor| actor.start.is_some()) {
                    carried.clone_from(&actor);
                }
            }
        }
    }

    /// Whether the words before the colon only introduce a sentence with its own subject: "Lùi thời hạn: Ban A gửi …".
    fn labels_a_sentence(&self, text: &str, head: &Range<usize>) -> bool {
        let after = after_head(text, head);
        let sentence = text[after..]
            .find(". ")
            .map_or(text.len(), |end| after + end);
        subject(text, after).is_some_and(|(list, at)| {
            at < sentence && !list.is_empty() && is_predicate(&text[at..])
        })
    }

    /// Reads one clause; returns the bodies that the next clause of the sentence goes on with.
    fn clause(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: Option<Actor>,
        head: Option<Range<usize>>,
    ) -> Option<Actor> {
        let text = &passage.text()[..clause.end];
        if self.is_past(&text[clause.start..]) {
            return actor;
        }
        // "Báo cáo của các đơn vị gửi về …" says where reports go that were asked for before.
        pattern!(
            GOES,
            r"^(?:Báo cáo|báo cáo|Các báo cáo|Kết quả báo cáo)(?: (?:của|do) [^;.()]{1,120}?)?(?: \([^()]{1,80}\))?(?: được| phải| cần| xin| đề nghị)*(?: (?:ký|đóng dấu|duyệt|phê duyệt|lập thành|in thành|kèm)[^;.]{0,60}?[, ])? ?(?:gửi|nộp) (?:về|đến|cho|tới|đồng thời|trước|qua|trên|bằng|theo)\b"
        );
        let start = clause.start + opening(&text[clause.start..]);
        let asked = self
            .found
            .iter()
            .any(|found| found.duty.duty == DutyKind::Report);
        if self.receives(passage, start..clause.end, head.as_ref())
            || self.amendment(passage, start..clause.end)
        {
            return actor;
        }
        // Under a body's own heading "Báo cáo kết quả của địa phương gửi …" is what it owes itself.
        let own = |list: &[Range<usize>]| {
            actor.as_ref().is_some_and(|actor| actor.start.is_none()) && is_own(text, list)
        };
        if let Some((list, name)) = owed(text, start).filter(|(list, _)| !own(list)) {
            let end = list.last().map_or(name.end, |body| body.end);
            let actor = self.actor(passage, list, Some(start));
            self.owes(passage, start..clause.end, &actor, (name, end), asked);
            return Some(actor);
        }
        if asked && GOES.is_match(&text[start..]) {
            self.complement(passage, start..clause.end, head, None);
            return actor;
        }
        if let Some(cut) = second_subject(text, start) {
            let first = self.clause(passage, clause.start..cut, actor, head);
            return self.clause(passage, cut + 1..clause.end, first, None);
        }
        if self.closes(passage, start..clause.end) {
            return actor;
        }
        if self.event(passage, start..clause.end, head.as_ref(), actor.as_ref()) {
            return actor;
        }
        // "Phân công cán bộ trực …" under a body's heading: whom it charges is its own matter.
        pattern!(
            CHARGES,
            r"^(?i:giao|phân công|cử|chỉ đạo|yêu cầu|mời)(?: cho)? "
        );
        let charges_staff = CHARGES
            .find(&text[start..])
            .is_some_and(|charges| is_staff(&text[start + charges.end()..]));
        let charges_person = charges_person(&text[start..])
            && actor.as_ref().is_some_and(|above| {
                !above.who.is_empty() && !above.who.iter().any(|(body, _)| self.is_issuer(body))
            });
        // So is what it has others do: "Yêu cầu các tổ chức được cấp phép hoàn thổ …".
        let directs = self.in_heading && self.has_others_do(&text[start..], actor.as_ref());
        if let Some(above) = actor
            .as_ref()
            .filter(|above| charges_person || above.start.is_none() && (charges_staff || directs))
        {
            return Some(self.predicate_of(passage, clause, above.clone(), start));
        }
        if let Some((list, predicate)) = subject(text, start) {
            let begin = list.first().map_or(start, |body| body.start);
            // "Riêng các xã A, B, đề nghị gửi thêm …": those just named are asked.
            pattern!(ASKED, r"^(?i:(?:kính |trân trọng )?(?:đề nghị|yêu cầu) )");
            let predicate = ASKED
                .find(&text[predicate..])
                .filter(|_| text[..predicate].ends_with(", "))
                .map(|asked| predicate + asked.end())
                .filter(|at| is_predicate(&text[*at..]))
                .unwrap_or(predicate);
            let mut actor = self.organ(passage, list, begin, actor);
            if !self.before.is_empty() {
                let mut who = std::mem::take(&mut self.before);
                who.append(&mut actor.who);
                actor.who = who;
            }
            if self.adopts(passage, clause.clone(), &actor, predicate)
                || self.goes_on(passage, clause.clone(), predicate, Some(&actor))
            {
                return Some(actor);
            }
            return Some(self.predicate(passage, clause, actor, predicate, head));
        }
        if self.goes_on(passage, start..clause.end, start, None) {
            return actor;
        }
        if let Some((list, inner)) = asks_bodies(text, start)
            && !decides(&text[inner..])
        {
            let begin = list.first().map_or(start, |body| body.start);
            let asked = self.organ(passage, list, begin, actor);
            self.duties(passage, clause, &asked, inner, None);
            return Some(asked);
        }
        let asks = assigned(&text[start..]);
        if asks > 0 && is_predicate(&text[start + asks..]) && !self.context.addressees.is_empty() {
            let actor = Actor {
                who: self.context.addressees.clone(),
                start: None,
            };
            return Some(self.predicate(passage, clause, actor, start + asks, head));
        }
        if let Some(head) = head.clone()
            && self.named_with_due(passage, start..clause.end, head, actor.as_ref())
        {
            return actor;
        }
        if let Some((what, list, at)) = done_by(text, start) {
            let by = self.actor(passage, list, Some(start));
            let words = text[what.clone()].to_lowercase();
            let kind = if words.starts_with("báo cáo") || words.starts_with("dự thảo báo cáo")
            {
                DutyKind::Report
            } else if is_event(&text[what.clone()]) {
                DutyKind::Event
            } else {
                DutyKind::Task
            };
            self.delivery_of_head(passage, start..clause.end, &by, at, what, kind);
            return Some(by);
        }
        // "Khi có cháy, gọi ngay …": the duty begins after the words on when.
        if let Some(actor) = &actor
            && let Some(at) = after_adverbial(text, start)
        {
            return Some(self.predicate(passage, clause, actor.clone(), at, head));
        }
        match actor {
            Some(actor) if is_predicate(&text[start..]) => {
                Some(self.predicate(passage, clause, actor, start, head))
            }
            Some(actor) if self.passive(passage, start..clause.end, &actor) => Some(actor),
            actor => {
                self.complement(passage, start..clause.end, head, actor.as_ref());
                actor
            }
        }
    }

    /// Reads what the bodies of `actor` do, from `at` on; "đề nghị các huyện ủy gửi …" turns to the inner bodies.
    fn predicate(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: Actor,
        at: usize,
        head: Option<Range<usize>>,
    ) -> Actor {
        let text = &passage.text()[..clause.end];
        let at = after_denial(text, at);
        if let Some((verb, list, inner)) = directed(text, at) {
            let begin = list.first().map_or(at, |body| body.start);
            let inner_actor = self.actor(passage, list, Some(begin));
            // "Văn phòng phân công đồng chí A tiếp nhận …": whom an office charges of its own people is its own matter.
            let own = charges_person(&format!("{verb} {}", &text[begin..]))
                && !actor.who.iter().any(|(body, _)| self.is_issuer(body));
            if own {
                self.duties(passage, clause, &actor, at, None);
                return actor;
            }
            if verb.to_lowercase() != "chỉ đạo" {
                if !decides(&text[inner..]) {
                    self.duties(passage, clause, &inner_actor, inner, None);
                    return inner_actor;
                }
            } else if report_at(text, inner).is_some() {
                // Who has others write and sends the report on owes it.
                let sends_on = parts(text, inner..clause.end, None).to.is_some_and(|to| {
                    let to = &text[to.clone()];
                    // "về UBND cấp huyện" is the director himself, by his level.
                    let one = |body: &str| key(body).replace(" cac ", " ");
                    !actor.who.iter().any(|(body, _)| {
                        one(body) == one(to) || to.contains("cấp ") && level(body) == level(to)
                    })
                });
                if sends_on {
                    self.duties(passage, clause, &actor, at, None);
                } else {
                    self.duties(passage, clause, &inner_actor, inner, Some(&actor));
                }
                return actor;
            }
        }
        if asks_addressees(&text[at..]) && !self.context.addressees.is_empty() {
            let verb = first_verb(&text[at..]).map_or(at, |verb| at + verb.end);
            let asked = Actor {
                who: self.context.addressees.clone(),
                start: actor.start,
            };
            let from = verb + (text[verb..].len() - text[verb..].trim_start().len());
            self.duties(passage, clause, &asked, from, None);
            return asked;
        }
        if let Some(head) = head.filter(|head| named_report(text, head.clone(), at)) {
            self.report_of_head(passage, clause, &actor, at, head);
            return actor;
        }
        self.duties(passage, clause, &actor, at, None);
        actor
    }

    /// The duties of a clause as they stand, whoever is named further on.
    fn predicate_of(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: Actor,
        at: usize,
    ) -> Actor {
        self.duties(passage, clause, &actor, at, None);
        actor
    }

    /// The duties of a clause: one, or one for each predicate with a due of its own.
    fn duties(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
        director: Option<&Actor>,
    ) {
        let text = &passage.text()[..clause.end];
        let mut phrases = due_phrases(text, clause.start);
        take_ahead(&mut phrases, self.context.issued);
        // What marks a body out is no due: "các khoa kiểm định trong năm 2024 nộp …".
        phrases.retain(|phrase| {
            actor
                .start
                .filter(|start| *start >= clause.start)
                .is_none_or(|start| phrase.range.start < start || phrase.range.end > at)
        });
        phrases.retain(|phrase| !phrase.looks_back(self.context.issued));
        // "Thực hiện Kế hoạch …, các đơn vị phải gửi báo cáo trước ngày …": what an earlier plan had asked for.
        if self.index < self.context.first && all_over(&phrases, self.context.issued) {
            return;
        }
        drop_past(&mut phrases, text, self.context.issued);
        // "…, trình Ban Chấp hành thông qua ngày A, rồi gửi B trước ngày C": the report is due at B.
        pattern!(
            APPROVED,
            r"(?i)(?:thông qua|cho ý kiến|phê duyệt|thẩm định|góp ý|xem xét|ký)[^,;.]{0,40}$"
        );
        pattern!(
            SENT_ON,
            r"^(?i:[, ]*(?:và |rồi |sau đó,? )*(?:hoàn chỉnh, |hoàn thiện, )?(?:gửi|nộp|báo cáo|trình) )"
        );
        if let [first, second, ..] = phrases.as_slice()
            && APPROVED.is_match(&text[at..first.range.start.max(at)])
            && second.range.start > first.range.end
            && SENT_ON.is_match(&text[first.range.end..])
            && report_at(text, at).is_some_and(|report| report < first.range.start)
        {
            phrases.remove(0);
        }
        let known = self.found.len();
        for (count, segment) in segments(text, at, &phrases).into_iter().enumerate() {
            let start = if count == 0 {
                clause.start
            } else {
                segment.start
            };
            let phrases: Vec<DuePhrase> = phrases
                .iter()
                .filter(|phrase| phrase.range.start >= start && phrase.range.end <= segment.end)
                .cloned()
                .collect();
            let from = if count == 0 { at } else { segment.start };
            self.duty(passage, start..segment.end, actor, from, director, &phrases);
        }
        self.share_addressee(known);
    }

    /// "báo cáo 6 tháng trước ngày …, báo cáo năm trước ngày … về Sở": reports of one clause go to the same body.
    fn share_addressee(&mut self, from: usize) {
        let of_clause = self.found.get_mut(from..).unwrap_or_default();
        let [before @ .., last] = of_clause else {
            return;
        };
        let report = |found: &Found| found.duty.duty == DutyKind::Report;
        if !report(last) || !before.iter().all(report) {
            return;
        }
        for found in before.iter_mut().filter(|found| found.duty.to.is_none()) {
            found.duty.to.clone_from(&last.duty.to);
            found.places.to = last.places.to;
            if found.duty.via.is_none() {
                found.duty.via.clone_from(&last.duty.via);
                found.places.via = last.places.via;
            }
        }
    }

    fn duty(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
        director: Option<&Actor>,
        phrases: &[DuePhrase],
    ) {
        let text = &passage.text()[..clause.end];
        let first = |phrases: &[DuePhrase]| {
            let mut starts = phrases.iter().map(|phrase| phrase.range.start);
            starts.find(|start| *start > at)
        };
        // A stretch that a report looks at is no due, but no part of its name either.
        let first_due = match report_at(text, at) {
            Some(_) => first(&due_phrases(text, at)),
            None => first(phrases),
        };
        let lent = borrowed(text, at);
        let first_due = first_due.or(lent.as_ref().map(|lent| lent.range.start));
        let mut parts = parts(text, at..clause.end, first_due);
        if let Some(report) = self.left_out(text, actor, at) {
            parts.kind = Some(DutyKind::Report);
            parts.deliverable = Some(report);
        }
        let Some(kind) = parts.kind else { return };
        if kind == DutyKind::Task && parts.deliverable.is_none() {
            return;
        }
        let dated = phrases
            .iter()
            .any(|phrase| phrase.manner == Manner::By || kind == DutyKind::Event);
        let asked = kind == DutyKind::Report && actor.start.is_some();
        let goes_somewhere = parts.to.is_some() || dated;
        if !self.counts(text, at, kind, actor) || self.content && !goes_somewhere && !asked {
            return;
        }
        let mut who = actor.who.clone();
        if let Some(below) = self.named_below(&who) {
            who = below;
        }
        // "Cấp huyện: …" names a level, not who is to do it there.
        pattern!(
            LEVEL,
            r"(?i)^(?:ở )?cấp (?:huyện|tỉnh|xã|phường|quận|thành phố|cơ sở|trên)$"
        );
        let nobody = who.iter().all(|(body, _)| LEVEL.is_match(body));
        if nobody && (kind != DutyKind::Report || !who.is_empty() && !goes_somewhere) {
            return;
        }
        if director.is_some() && phrases.is_empty() {
            // "chỉ đạo cấp ủy cơ sở … báo cáo" restates a duty that these bodies have already.
            who.retain(|(body, _)| !self.reports_already(body));
            if who.is_empty() {
                return;
            }
        }
        let begin = actor
            .start
            .filter(|start| director.is_some() || *start < at)
            .unwrap_or(clause.start);
        let place = passage.span(begin..begin + text[begin..].trim_end_matches([' ', ';']).len());
        let mut found = self.build(passage, text, kind, &parts, who, place);
        if let Some(director) = director
            && found.duty.to.is_none()
            && let Some((body, span)) = director.who.first()
        {
            found.duty.to = Some(body.clone());
            found.places.to = Some(*span);
        }
        let words = &text[at..];
        found.leads = words.to_lowercase().starts_with("chủ trì") || LEADS.is_match(words);
        let phrases = if phrases.is_empty() {
            &self.time
        } else {
            phrases
        };
        let above = phrases.is_empty().then(|| self.time_above()).flatten();
        if let Some((above, phrases)) = above.filter(|_| lent.is_none()) {
            set_due(self.context, self.findings, &above, &mut found, &phrases);
            self.found.push(found);
            return;
        }
        match &lent {
            Some(lent) if phrases.is_empty() => {
                let year = self.context.year;
                lend(self.found, &mut found, lent, passage, self.findings, year);
            }
            _ => set_due(self.context, self.findings, passage, &mut found, phrases),
        }
        self.found.push(found);
    }
}
