//! Sentences that name no body: "Báo cáo gửi về … trước ngày …" completes the reports asked for before.

use std::ops::Range;

use super::bodies::{addressee_at, key, level};
use super::dates::{DuePhrase, due_in_cell, dues};
use super::dueset::set_due;
use super::duties::Found;
use super::model::{DutyKind, FindingKind, Level};
use super::passage::{Passage, pattern};
use super::places::Span;
use super::predicate::{Parts, parts};
use super::reader::{Actor, Reader};
use super::steps::time_of;
use super::structure::ends_sentence;

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
        self.fill(passage, &parts, &[], text, None)
    }

    /// A sentence without a body: "Báo cáo gửi về … trước ngày …" completes the reports asked for before.
    pub fn complement(
        &mut self,
        passage: &Passage,
        clause: Range<usize>,
        head: Option<Range<usize>>,
    ) {
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

    /// "+ UBND các huyện: trước ngày …" below the reports that were asked for: the due of this body's report.
    pub fn own_due(&mut self, passage: &Passage, actor: &Actor, from: usize) -> bool {
        let text = passage.text();
        let end = text.trim_end_matches([' ', ';', '.', '/']).len().max(from);
        let phrases = time_of(text, from..end);
        let Some(asked) = self
            .found
            .iter()
            .rposition(|found| found.duty.duty == DutyKind::Report)
            .filter(|_| !phrases.is_empty())
        else {
            return false;
        };
        let names: Vec<String> = actor.who.iter().map(|(body, _)| key(body)).collect();
        let known = self.found[asked].clone();
        if known.places.due.is_some() {
            return false;
        }
        let mut own = known.clone();
        own.duty.who = actor.who.iter().map(|(body, _)| body.clone()).collect();
        own.places.who = actor.who.iter().map(|(_, span)| *span).collect();
        own.duty.source = self.context.flow.source(passage.span(0..end));
        set_due(self.context, self.findings, passage, &mut own, &phrases);
        // What is left without a due of its own stays as it was asked.
        let rest: Vec<usize> = (0..known.duty.who.len())
            .filter(|at| !names.contains(&key(&known.duty.who[*at])))
            .collect();
        let asked = &mut self.found[asked];
        asked.duty.who = rest.iter().map(|at| known.duty.who[*at].clone()).collect();
        asked.places.who = rest.iter().map(|at| known.places.who[*at]).collect();
        if asked.duty.who.is_empty() {
            *asked = own;
        } else {
            let last = self.found.len() - 1;
            self.found.insert(last, own);
        }
        true
    }

    /// Completes the reports of this section (or of all, when it has none) that still lack what the sentence says.
    fn fill(
        &mut self,
        passage: &Passage,
        parts: &Parts,
        phrases: &[DuePhrase],
        text: &str,
        wanted: Option<Level>,
    ) -> bool {
        let here = |found: &Found, section: Option<usize>| found.section == section;
        // A plain paragraph after a list speaks of all its items, wherever the ladder hangs it.
        let nodes = &self.context.ladder.nodes;
        let node = &nodes[self.index];
        let after_list = node.label.is_none()
            && node.parent.is_some_and(|above| {
                let above = &nodes[above];
                above.parent.is_none() && above.label.is_some() && ends_sentence(above.words())
            });
        let reports: Vec<usize> = (0..self.found.len())
            .filter(|&at| self.found[at].duty.duty == DutyKind::Report)
            .collect();
        let mut targets: Vec<usize> = reports
            .iter()
            .copied()
            .filter(|&at| after_list || here(&self.found[at], self.section))
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
        if targets.is_empty()
            || phrases.is_empty()
                && parts.to.is_none()
                && parts.due_set_by.is_none()
                && parts.adopted_by.is_none()
        {
            return false;
        }
        for at in targets {
            let known = &self.found[at];
            let told = known.duty.due.is_some()
                || known.duty.due_set_by.is_some()
                || known.places.due.is_some();
            if told && known.duty.to.is_some() && known.duty.via.is_some() {
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
