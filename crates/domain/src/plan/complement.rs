//! Sentences that name no body: "Báo cáo gửi về … trước ngày …" completes the reports asked for before.

use std::ops::Range;

use super::ahead::asked_for;
use super::bodies::{addressee_at, key, level, list_at};
use super::clause::{assigned, named};
use super::dates::{DuePhrase, due_in_cell, dues};
use super::dueset::set_due;
use super::duties::Who;
use super::model::{DutyKind, FindingKind, Level};
use super::passage::{Passage, pattern};
use super::places::Span;
use super::predicate::{Parts, parts};
use super::reader::{Actor, Reader};

impl Reader<'_, '_> {
    /// "Nơi nhận báo cáo: X, qua Y", "Thời hạn nhận báo cáo tại X như sau": where the reports asked for go.
    pub fn receives(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        head: Option<&Range<usize>>,
    ) -> bool {
        pattern!(
            PLACE,
            r"(?i)^(?:nơi|địa chỉ|cơ quan|đơn vị|đầu mối|bộ phận) (?:nhận|tiếp nhận|gửi)(?: [^,;.:]{0,40})?(?P<colon>: )?"
        );
        pattern!(TAKES, r"(?i)\b(?:nhận|tiếp nhận|thu) báo cáo tại ");
        let text = &passage.text()[..clause.end];
        let words = &text[clause.start..];
        let to = if head.is_some_and(|head| PLACE.is_match(&passage.text()[head.clone()])) {
            addressee_at(text, clause.start)
        } else if let Some(colon) = PLACE.captures(words).and_then(|found| found.name("colon")) {
            addressee_at(text, clause.start + colon.end())
        } else {
            let takes = TAKES.find(words);
            takes.and_then(|takes| addressee_at(text, clause.start + takes.end()))
        };
        let Some(to) = to else { return false };
        let mut parts = parts(text, clause.clone(), None);
        parts.to = Some(to);
        let known = self.targets(None, None);
        self.fill(passage, &parts, &[], text, &known)
    }

    /// A sentence without a verb of its own: "Báo cáo gửi về … trước ngày …" completes the reports asked for before;
    /// "đối với các sở trước ngày …" those of the bodies it names.
    pub fn complement(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        head: Option<Range<usize>>,
        actor: Option<&Actor>,
    ) {
        pattern!(
            ABOUT,
            r"^(?:[“(]|Các |các )?(?i:báo cáo|thời gian|thời hạn|hạn|kết quả|hồ sơ|gửi|trước|chậm nhất|hoàn thành)\b"
        );
        pattern!(TIME, r"(?i)thời gian|thời hạn|hạn gửi|báo cáo");
        pattern!(
            ASKED,
            r"(?i)(?:thời gian|thời hạn|hạn|lịch|ngày)\b.*(?:gửi|nộp|báo cáo)|^(?:thời )?hạn$"
        );
        pattern!(
            REVIEW,
            r"(?i)chốt số liệu|thời (?:điểm|kỳ) (?:chốt|lấy)|kỳ (?:số liệu|lấy số)|thời gian (?:chốt|sơ kết|tổng kết|lấy số liệu|đánh giá|xem xét|nhìn lại|kiểm điểm|rà soát)|mốc"
        );
        let text = &passage.text()[..clause.end];
        let (bodies, from) = self.spoken_of(passage, clause.clone(), actor);
        let words = &text[from..];
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
        let mut phrases = if bare {
            due_in_cell(words, false)
        } else {
            dues(words)
        };
        if ASKED.is_match(heading) || ASKED.is_match(above) {
            phrases = asked_for(phrases, self.context.issued);
        }
        for phrase in &mut phrases {
            phrase.range = phrase.range.start + from..phrase.range.end + from;
        }
        let parts = parts(
            text,
            clause.clone(),
            phrases.first().map(|phrase| phrase.range.start),
        );
        let asks =
            parts.kind == Some(DutyKind::Report) && (parts.to.is_some() || !phrases.is_empty());
        let place = passage.span(clause.start..clause.start + words.trim_end().len());
        // "…; thời gian do Hội Phụ nữ xã quy định" speaks of the duty just before, whatever its kind.
        if let (Some(range), Some(last)) = (&parts.due_set_by, self.found.last_mut())
            && last.duty.due.is_none()
            && passage.whole().start <= last.duty.source.start
            && last.duty.source.start < place.start
        {
            complete(
                &mut last.duty.due_set_by,
                &mut last.places.due_set_by,
                passage,
                text,
                &Some(range.clone()),
            );
            return;
        }
        let wanted = head
            .as_ref()
            .and_then(|range| level(&passage.text()[range.clone()]));
        let known = self.targets(wanted, bodies.as_ref());
        let filled = self.fill(passage, &parts, &phrases, text, &known);
        if !filled
            && (asks
                || bodies.is_some()
                    && !phrases.is_empty()
                    && (ASKED.is_match(above) || ASKED.is_match(heading)))
        {
            let who = bodies.unwrap_or_else(|| self.context.addressees.clone());
            if who.is_empty() {
                self.findings.add(
                    FindingKind::NoActor,
                    place,
                    "Có yêu cầu báo cáo nhưng không nói đơn vị nào báo cáo. Chọn đơn vị phải báo cáo.".to_owned(),
                );
            }
            // "Thời hạn nộp báo cáo: các xã trước ngày …": the words before the colon name it.
            let mut parts = parts;
            let named = head
                .as_ref()
                .filter(|_| parts.kind != Some(DutyKind::Report))
                .and_then(|head| Some(head.start + heading.find("báo cáo")?..head.end));
            if named.is_some() {
                parts.deliverable = named;
            }
            let mut found = self.build(passage, text, DutyKind::Report, &parts, who, place);
            set_due(self.context, self.findings, passage, &mut found, &phrases);
            self.found.push(found);
        }
    }

    /// The bodies that the words speak of, and where what is said of them begins.
    fn spoken_of(
        &self,
        passage: &Passage,
        clause: Range<usize>,
        actor: Option<&Actor>,
    ) -> (Option<Who>, usize) {
        let text = &passage.text()[..clause.end];
        let at = clause.start + assigned(&text[clause.start..]);
        if let Some((list, end)) = list_at(text, at) {
            let rest = text[end..].trim_start_matches([' ', ':', ',', '-', '–', '(']);
            return (Some(named(passage, list)), clause.end - rest.len());
        }
        let here = actor.filter(|actor| actor.start.is_some());
        (here.map(|actor| actor.who.clone()), clause.start)
    }

    /// Whether a section is the one that the sentence stands in; below a list without a heading each item is a section,
    /// and a plain sentence speaks of them all.
    pub fn is_of_this_list(&self, section: Option<usize>) -> bool {
        const ITEM: u8 = 30;
        let nodes = &self.context.ladder.nodes;
        let rank = |at: Option<usize>| nodes[at?].label.as_ref().map(|label| label.rank);
        section == self.section
            || nodes[self.index].label.is_none()
                && rank(section).is_some_and(|rank| rank >= ITEM)
                && rank(section) == rank(self.section)
    }

    /// The reports of this section (or of all, when it has none) that a sentence speaks of. Where it names some of the
    /// bodies of a report, theirs becomes one of its own.
    fn targets(&mut self, wanted: Option<Level>, bodies: Option<&Who>) -> Vec<usize> {
        let reports: Vec<usize> = (0..self.found.len())
            .filter(|&at| self.found[at].duty.duty == DutyKind::Report)
            .collect();
        let mut targets: Vec<usize> = reports
            .iter()
            .copied()
            .filter(|&at| self.is_of_this_list(self.found[at].section))
            .collect();
        if targets.is_empty() {
            targets = reports;
        }
        if let Some(wanted) = wanted {
            let fits = |body: &String| level(body) == Some(wanted);
            targets.retain(|&at| self.found[at].duty.who.iter().any(fits));
        }
        let Some(bodies) = bodies else {
            return targets;
        };
        let keys: Vec<String> = bodies.iter().map(|(body, _)| key(body)).collect();
        let meant = |body: &String| keys.contains(&key(body));
        let mut theirs = Vec::new();
        let mut shift = 0;
        for at in targets {
            let at = at + shift;
            let known = &self.found[at];
            let (some, others): (Vec<usize>, Vec<usize>) =
                (0..known.duty.who.len()).partition(|who| meant(&known.duty.who[*who]));
            if some.is_empty() {
                continue;
            }
            if others.is_empty() {
                theirs.push(at);
            } else if known.places.due.is_none() {
                let mut apart = known.clone();
                let rest = &mut self.found[at];
                for (part, kept) in [(&mut apart, &some), (rest, &others)] {
                    let who = std::mem::take(&mut part.duty.who);
                    let places = std::mem::take(&mut part.places.who);
                    part.duty.who = kept.iter().map(|at| who[*at].clone()).collect();
                    part.places.who = kept.iter().map(|at| places[*at]).collect();
                }
                self.found.insert(at, apart);
                theirs.push(at);
                shift += 1;
            }
        }
        theirs
    }

    /// Completes the reports `targets` that still lack what the sentence says.
    fn fill(
        &mut self,
        passage: &Passage,
        parts: &Parts,
        phrases: &[DuePhrase],
        text: &str,
        targets: &[usize],
    ) -> bool {
        if targets.is_empty()
            || phrases.is_empty()
                && parts.to.is_none()
                && parts.due_set_by.is_none()
                && parts.adopted_by.is_none()
        {
            return false;
        }
        for &at in targets {
            let known = &self.found[at];
            let told = known.duty.due.is_some()
                || known.duty.due_set_by.is_some()
                || known.places.due.is_some();
            let adopted = parts.adopted_by.is_none() || known.duty.adopted_by.is_some();
            if told && known.duty.to.is_some() && known.duty.via.is_some() && adopted {
                continue;
            }
            let mut found = known.clone();
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
            if found.duty.due.is_none() {
                complete(
                    &mut found.duty.due_set_by,
                    &mut found.places.due_set_by,
                    passage,
                    text,
                    &parts.due_set_by,
                );
            }
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

/// Fills what is not told yet with the words of `range`.
pub(super) fn complete(
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
