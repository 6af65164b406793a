//! Duties in prose and lists: who, what, to whom, through whom, adopted by whom, by when.

use std::ops::Range;

use super::bodies::{begins_with_verb, first_verb, key, level, list_at};
use super::clause::{
    actors_alone, asks_addressees, assigned, directed, named, opening, sentences, subject,
};
use super::dates::{DuePhrase, due_in_cell, dues};
use super::dueset::set_due;
use super::findings::Findings;
use super::model::{Duty, DutyKind, FindingKind};
use super::passage::{Flow, Passage, pattern};
use super::places::{DutyPlaces, Span};
use super::predicate::{Parts, parts, report_at};
use super::relative::Bases;
use super::structure::{Ladder, run_in};
use crate::text::fold;

/// Bodies with the places of their names.
pub(super) type Who = Vec<(String, Span)>;

/// A duty as read, before restated ones are joined.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub duty: Duty,
    pub places: DutyPlaces,
    /// The top section of the ladder it stands in.
    pub section: Option<usize>,
    pub leads: bool,
    pub with: Who,
}

/// What the reading of duties needs to know of the document.
pub(super) struct Context<'a> {
    pub flow: &'a Flow,
    pub ladder: &'a Ladder,
    /// Addressees of a letter.
    pub addressees: Who,
    pub is_letter: bool,
    /// Nodes before this one introduce the plan and give no duties.
    pub first: usize,
    /// A candidate for dates without a year.
    pub year: Option<i16>,
    /// The plan's own day.
    pub issued: Option<jiff::civil::Date>,
    /// What relative dues are counted from.
    pub bases: Bases,
}

/// Reads the duties of all paragraphs, in order, into `found`.
pub(super) fn read(context: &Context<'_>, findings: &mut Findings, found: &mut Vec<Found>) {
    for index in 0..context.ladder.nodes.len() {
        if is_aside(context.ladder, index) {
            continue;
        }
        let section = context.ladder.ancestors(index).last().or(Some(index));
        let mut reader = Reader {
            context,
            findings,
            found,
            section,
            index,
        };
        reader.node();
    }
}

/// A sentence for the case of difficulties, on sanctions, or of thanks: it gives nobody a duty.
fn is_courtesy(sentence: &str) -> bool {
    pattern!(
        COURTESY,
        r"(?i)^\s*(?:trong quá trình|quá trình|nếu|khi|quá thời hạn|quá hạn|sau thời hạn|trường hợp|mọi|đơn vị nào|các nội dung khác)\b.*(?:vướng mắc|khó khăn|phát sinh|thắc mắc|chưa gửi|không gửi|không nộp|chưa nộp|chậm|giữ nguyên|nội dung chưa)|^\s*(?:rất mong|trân trọng(?: cảm ơn|\.|/)|xin trân trọng|đầu mối liên hệ|thông tin liên hệ|mọi chi tiết)"
    );
    COURTESY.is_match(sentence)
}

/// Whether the paragraph stands in a section that gives no duties (purposes, requirements, the case for the plan).
fn is_aside(ladder: &Ladder, index: usize) -> bool {
    pattern!(
        ASIDE,
        r"^(?:muc dich|muc tieu|quan diem|yeu cau|can cu|dac diem|su can thiet|co so phap ly)\b"
    );
    std::iter::once(index)
        .chain(ladder.ancestors(index))
        .any(|at| {
            let node = &ladder.nodes[at];
            let heading = fold(&node.heading().chars().take(60).collect::<String>());
            ASIDE.is_match(&heading)
                && (at != index || run_in(node.words()).is_some())
                && !heading.contains("nhiem vu")
        })
}

struct Reader<'a, 'b> {
    context: &'a Context<'a>,
    findings: &'b mut Findings,
    found: &'b mut Vec<Found>,
    section: Option<usize>,
    index: usize,
}

/// The bodies a clause is about, and where in the passage they are named (when in this one).
#[derive(Clone)]
struct Actor {
    who: Who,
    start: Option<usize>,
}

impl Reader<'_, '_> {
    fn node(&mut self) {
        let node = &self.context.ladder.nodes[self.index];
        let passage = node.passage.clone();
        let text = passage.text();
        let mut from = node.body;
        let mut inherited = self.inherited();
        let mut head = None;
        if let Some(range) = run_in(node.words()) {
            let range = from + range.start..from + range.end;
            if let Some((who, _)) = actors_alone(&passage, range.clone()) {
                inherited = Some(Actor {
                    who,
                    start: Some(range.start),
                });
                from = range.end + 2;
            } else if first_verb(&text[range.clone()]).is_none()
                && list_at(text, range.start).is_none()
            {
                head = Some(range.clone());
                from = range.end + 2;
            }
        }
        for sentence in sentences(text, from) {
            let whole = sentence.first().map_or(0, |first| first.start)
                ..sentence.last().map_or(0, |last| last.end);
            if is_courtesy(&text[whole]) {
                continue;
            }
            let mut actor = inherited.clone();
            for clause in sentence {
                actor = self.clause(&passage, clause, actor, head.clone());
            }
        }
    }

    /// The bodies that a heading or lead-in above names for its items: "Giao Ban Dân vận Tỉnh ủy:".
    fn inherited(&self) -> Option<Actor> {
        for at in self.context.ladder.ancestors(self.index) {
            let node = &self.context.ladder.nodes[at];
            let text = node.passage.text();
            let start = node.body + assigned(&text[node.body..]);
            let Some((list, end)) = list_at(text, start) else {
                continue;
            };
            let rest = text[end..].trim_start_matches([' ', ':', '.', ',']);
            if rest.is_empty() || text.ends_with(':') && !rest.contains(". ") {
                return Some(Actor {
                    who: named(&node.passage, list),
                    start: None,
                });
            }
        }
        None
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
        let start = clause.start + opening(&text[clause.start..]);
        if let Some((list, predicate)) = subject(text, start) {
            let begin = list.first().map_or(start, |body| body.start);
            let actor = Actor {
                who: named(passage, list),
                start: Some(begin),
            };
            return Some(self.predicate(passage, clause, actor, predicate));
        }
        let asks = assigned(&text[start..]);
        if asks > 0
            && begins_with_verb(&text[start + asks..])
            && !self.context.addressees.is_empty()
        {
            let actor = Actor {
                who: self.context.addressees.clone(),
                start: None,
            };
            return Some(self.predicate(passage, clause, actor, start + asks));
        }
        match actor {
            Some(actor) if begins_with_verb(&text[start..]) => {
                Some(self.predicate(passage, clause, actor, start))
            }
            actor => {
                self.complement(passage, start..clause.end, head);
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
    ) -> Actor {
        let text = &passage.text()[..clause.end];
        if let Some((verb, list, inner)) = directed(text, at) {
            let directs = verb == "chỉ đạo";
            let begin = list.first().map_or(at, |body| body.start);
            let inner_actor = Actor {
                who: named(passage, list),
                start: Some(begin),
            };
            if !directs {
                self.duty(passage, clause, &inner_actor, inner, None);
                return inner_actor;
            }
            if report_at(text, inner).is_some() {
                self.duty(passage, clause, &inner_actor, inner, Some(&actor));
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
            self.duty(passage, clause, &asked, from, None);
            return asked;
        }
        self.duty(passage, clause, &actor, at, None);
        actor
    }

    fn duty(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        actor: &Actor,
        at: usize,
        director: Option<&Actor>,
    ) {
        let text = &passage.text()[..clause.end];
        let phrases = self.due_phrases(text, clause.start);
        let first_due = phrases.first().map(|phrase| phrase.range.start);
        let parts = parts(text, at..clause.end, first_due);
        let Some(kind) = parts.kind else { return };
        if !self.counts(text, at, kind) {
            return;
        }
        let mut who = actor.who.clone();
        if director.is_some() && phrases.is_empty() {
            // "chỉ đạo cấp ủy cơ sở … báo cáo" restates a duty that these bodies have already.
            who.retain(|(body, _)| !self.reports_already(body));
            if who.is_empty() {
                return;
            }
        }
        let begin = actor
            .start
            .filter(|start| director.is_none() && *start < at)
            .unwrap_or_else(|| {
                actor
                    .start
                    .filter(|_| director.is_some())
                    .unwrap_or(clause.start)
            });
        let end = begin + text[begin..].trim_end_matches([' ', ';']).len();
        let place = passage.span(begin..end);
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
        set_due(self.context, self.findings, passage, &mut found, &phrases);
        self.found.push(found);
    }

    fn build(
        &self,
        passage: &Passage,
        text: &str,
        kind: DutyKind,
        parts: &Parts,
        who: Who,
        place: Span,
    ) -> Found {
        let words =
            |range: &Option<Range<usize>>| range.clone().map(|range| text[range].to_owned());
        let span = |range: &Option<Range<usize>>| range.clone().map(|range| passage.span(range));
        let places = DutyPlaces {
            who: who.iter().map(|(_, span)| *span).collect(),
            deliverable: span(&parts.deliverable),
            to: span(&parts.to),
            via: span(&parts.via),
            adopted_by: span(&parts.adopted_by),
            due: None,
            due_set_by: span(&parts.due_set_by),
        };
        let duty = Duty {
            who: who.into_iter().map(|(body, _)| body).collect(),
            duty: kind,
            deliverable: words(&parts.deliverable),
            to: words(&parts.to),
            via: words(&parts.via),
            adopted_by: words(&parts.adopted_by),
            due: None,
            due_inclusive: None,
            due_set_by: words(&parts.due_set_by),
            source: self.context.flow.source(place),
        };
        let with = parts
            .with
            .iter()
            .map(|body| (text[body.clone()].to_owned(), passage.span(body.clone())))
            .collect();
        Found {
            duty,
            places,
            section: self.section,
            leads: false,
            with,
        }
    }

    fn due_phrases(&self, text: &str, from: usize) -> Vec<DuePhrase> {
        let mut phrases = dues(&text[from..]);
        for phrase in &mut phrases {
            phrase.range = phrase.range.start + from..phrase.range.end + from;
        }
        phrases
    }

    /// Whether the clause gives a duty at all, and does not tell who issues the plan.
    fn counts(&self, text: &str, at: usize, kind: DutyKind) -> bool {
        pattern!(
            ISSUES,
            r"^(?i:ban hành|xây dựng|thông báo|đã|nhận được|đề nghị|yêu cầu|hướng dẫn|tổ chức|quy định|triển khai|điều chỉnh|đề ra)\b"
        );
        // What is not to be done, was done, or is so, is no duty.
        pattern!(
            NO_DUTY,
            r"^(?i:không|chưa|đã|mới|đang|vẫn|còn|được (?:nêu|quy định|giao tại)|nêu tại|có tên)\b"
        );
        let words = &text[at..];
        if NO_DUTY.is_match(words) {
            return false;
        }
        let introduces = self.index < self.context.first;
        let plain = self.context.ladder.nodes[self.index].label.is_none();
        if introduces
            && (ISSUES.is_match(words) && report_at(text, at).is_none() || kind != DutyKind::Report)
        {
            return false;
        }
        if introduces && !self.context.is_letter && ISSUES.is_match(words) {
            return false;
        }
        if self.context.is_letter && plain && kind == DutyKind::Task {
            return false;
        }
        words.split_whitespace().count() >= 2
    }

    fn reports_already(&self, body: &str) -> bool {
        self.found.iter().any(|found| {
            found.duty.duty == DutyKind::Report
                && found.duty.who.iter().any(|known| key(known) == key(body))
        })
    }

    /// A sentence without a body: "Báo cáo gửi về … trước ngày …" completes the reports asked for before.
    fn complement(&mut self, passage: &Passage, clause: Range<usize>, head: Option<Range<usize>>) {
        pattern!(
            ABOUT,
            r"^(?:[“(]|Các |các )?(?i:báo cáo|thời gian|thời hạn|hạn|kết quả|hồ sơ|gửi|trước|chậm nhất|hoàn thành)\b"
        );
        pattern!(TIME, r"(?i)thời gian|thời hạn|hạn gửi|báo cáo");
        pattern!(
            REVIEW,
            r"(?i)thời gian (?:sơ kết|tổng kết|lấy số liệu|đánh giá)|mốc"
        );
        let text = &passage.text()[..clause.end];
        let words = &text[clause.start..];
        let heading = head
            .as_ref()
            .map_or("", |range| &passage.text()[range.clone()]);
        let above = self.context.ladder.nodes[self.index]
            .parent
            .map_or("", |at| self.context.ladder.nodes[at].heading());
        let timed = TIME.is_match(heading) || TIME.is_match(above);
        if !(ABOUT.is_match(words) || timed) || REVIEW.is_match(heading) || REVIEW.is_match(above) {
            return;
        }
        let bare = TIME.is_match(heading) || timed && !ABOUT.is_match(words);
        let cell = if bare {
            due_in_cell(words)
        } else {
            dues(words)
        };
        let phrases: Vec<DuePhrase> = cell
            .into_iter()
            .map(|phrase| DuePhrase {
                due: phrase.due,
                manner: phrase.manner,
                range: phrase.range.start + clause.start..phrase.range.end + clause.start,
            })
            .collect();
        let parts = parts(
            text,
            clause.clone(),
            phrases.first().map(|phrase| phrase.range.start),
        );
        let asks =
            parts.kind == Some(DutyKind::Report) && (parts.to.is_some() || !phrases.is_empty());
        let place = passage.span(clause.start..clause.start + words.trim_end().len());
        let wanted = head
            .as_ref()
            .and_then(|range| level(&passage.text()[range.clone()]));
        let filled = self.fill(passage, &parts, &phrases, text, wanted);
        if !filled && asks {
            let who = self.context.addressees.clone();
            if who.is_empty() {
                self.findings.add(
                    FindingKind::NoActor,
                    place,
                    "Có yêu cầu báo cáo nhưng không nói đơn vị nào báo cáo. Chọn đơn vị phải báo cáo.".to_owned(),
                );
            }
            let mut found = self.build(passage, text, DutyKind::Report, &parts, who, place);
            set_due(self.context, self.findings, passage, &mut found, &phrases);
            self.found.push(found);
        }
    }

    /// Completes the reports of this section (or of all, when it has none) that still lack what the sentence says.
    fn fill(
        &mut self,
        passage: &Passage,
        parts: &Parts,
        phrases: &[DuePhrase],
        text: &str,
        wanted: Option<super::model::Level>,
    ) -> bool {
        let here = |found: &Found, section: Option<usize>| found.section == section;
        let reports: Vec<usize> = (0..self.found.len())
            .filter(|&at| self.found[at].duty.duty == DutyKind::Report)
            .collect();
        let mut targets: Vec<usize> = reports
            .iter()
            .copied()
            .filter(|&at| here(&self.found[at], self.section))
            .collect();
        if targets.is_empty() {
            targets = reports;
        }
        if let Some(wanted) = wanted {
            targets.retain(|&at| {
                self.found[at]
                    .duty
                    .who
                    .iter()
                    .any(|body| level(body) == Some(wanted))
            });
        }
        if targets.is_empty() || phrases.is_empty() && parts.to.is_none() {
            return false;
        }
        for at in targets {
            let mut found = self.found[at].clone();
            if found.duty.due.is_none()
                && found.duty.due_set_by.is_none()
                && found.places.due.is_none()
            {
                set_due(self.context, self.findings, passage, &mut found, phrases);
            }
            complete(
                &mut found.duty.to,
                &mut found.places.to,
                passage,
                text,
                &parts.to,
            );
            complete(
                &mut found.duty.via,
                &mut found.places.via,
                passage,
                text,
                &parts.via,
            );
            complete(
                &mut found.duty.adopted_by,
                &mut found.places.adopted_by,
                passage,
                text,
                &parts.adopted_by,
            );
            self.found[at] = found;
        }
        true
    }
}

fn complete(
    slot: &mut Option<String>,
    place: &mut Option<Span>,
    passage: &Passage,
    text: &str,
    range: &Option<Range<usize>>,
) {
    if let (None, Some(range)) = (&slot, range) {
        *slot = Some(text[range.clone()].to_owned());
        *place = Some(passage.span(range.clone()));
    }
}

pattern!(
    LEADS,
    r"^(?i:là (?:cơ quan|đơn vị) (?:chủ trì|thường trực|đầu mối)|làm (?:đầu mối|cơ quan)|có trách nhiệm chủ trì|chịu trách nhiệm chủ trì)"
);
