//! Duties set out as fields: "Thời gian: …", "Đơn vị tổ chức: …" under the name of an event, a task or a report.
//!
//! Regimes of periodic reports are written so (name, who reports, to whom, how, by when), and programmes of events.

use std::ops::Range;

use super::bodies::body_at;
use super::clause::actors_between;
use super::dates::due_in_cell;
use super::dueset::set_due;
use super::duties::{Context, Found};
use super::events::{is_event, is_named_activity};
use super::findings::Findings;
use super::model::{Duty, DutyKind};
use super::passage::{Passage, pattern};
use super::places::{DutyPlaces, Span};
use super::structure::Node;
use crate::text::fold;

/// What a field tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Who,
    With,
    To,
    Due,
}

/// The value of a field: a stretch of one node's passage.
struct Value<'a> {
    field: Field,
    passage: &'a Passage,
    range: Range<usize>,
}

/// Reads every section whose paragraphs are such fields and name a body; what prose has told already is left alone.
pub(super) fn read(context: &Context<'_>, findings: &mut Findings, found: &mut Vec<Found>) {
    let nodes = &context.ladder.nodes;
    for index in context.first..nodes.len() {
        // The fields stand in the paragraphs right below their heading, or as its next neighbours down to the next name.
        let below = nodes[index + 1..]
            .iter()
            .take_while(|node| node.parent == Some(index));
        let below: Vec<Value<'_>> = below.flat_map(fields_of).collect();
        let beside = nodes[index + 1..].iter().take_while(|node| {
            node.parent == nodes[index].parent
                && node.label.is_none()
                && !fields_of(node).is_empty()
        });
        let values = if below.is_empty() && fields_of(&nodes[index]).is_empty() {
            beside.flat_map(fields_of).collect()
        } else {
            below
        };
        let many = |field: Field| values.iter().filter(|value| value.field == field).count() > 1;
        if many(Field::Who) && many(Field::Due) {
            // Several records stand below one heading.
            continue;
        }
        if let Some(duty) = duty_of(context, findings, &nodes[index], &values)
            && !found.iter().any(|known| overlaps(known, &duty))
        {
            found.push(duty);
        }
    }
}

fn overlaps(known: &Found, other: &Found) -> bool {
    let (a, b) = (&known.duty.source, &other.duty.source);
    a.start < b.end && b.start < a.end
}

/// The fields of a paragraph: one, or one for each of its sentences.
fn fields_of(node: &Node) -> Vec<Value<'_>> {
    pattern!(SENTENCE, r"\. \p{Lu}");
    let text = node.passage.text();
    let mut starts = vec![node.body];
    for end in SENTENCE.find_iter(&text[node.body..]) {
        starts.push(node.body + end.start() + 2);
    }
    starts.push(text.len());
    let mut values = Vec::new();
    for pair in starts.windows(2) {
        let Some(colon) = text[pair[0]..pair[1]].find(':') else {
            continue;
        };
        let value = pair[0] + colon + 1..pair[1];
        let lead = text[value.clone()].len() - text[value.clone()].trim_start().len();
        let words = text[value.clone()].trim_end_matches([' ', '.', ';', ',']);
        let range = value.start + lead..value.start + words.len().max(lead);
        if let Some(field) = field(&text[pair[0]..pair[0] + colon])
            && !range.is_empty()
        {
            values.push(Value {
                field,
                passage: &node.passage,
                range,
            });
        }
    }
    values
}

fn field(label: &str) -> Option<Field> {
    pattern!(WITH, r"phoi hop");
    pattern!(
        TO,
        r"^(?:noi nhan|co quan nhan|don vi nhan|noi gui|gui ve|gui den|cap nhan|dia chi gui)"
    );
    pattern!(
        DUE,
        r"^(?:thoi gian$|thoi gian (?:gui|nop|hoan thanh|to chuc|thuc hien)|ngay (?:to chuc|hop|gui|nop|hoan thanh|xong)|thoi han|han (?:gui|nop|nhan|cuoi|chot|hoan thanh|bao cao)|han$|thoi diem (?:gui|nop|hoan thanh)|bao gio|khi nao|tien do hoan thanh|xong (?:truoc|vao))"
    );
    pattern!(
        WHO,
        r"^(?:doi tuong (?:bao cao|thuc hien)|(?:don vi|co quan|nguoi|bo phan) (?:bao cao|gui|nop|lap|lam|thuc hien|to chuc|chu tri|phu trach|dau moi|dang cai)|ai (?:gui|nop|lam|bao cao|thuc hien)|chu tri|phu trach|dau moi|to chuc thuc hien|trach nhiem)"
    );
    pattern!(NAME, r"^(?:ten bao cao|loai bao cao)");
    let label = fold(label);
    [
        (&*WITH, Field::With),
        (&*TO, Field::To),
        (&*DUE, Field::Due),
        (&*WHO, Field::Who),
        (&*NAME, Field::Name),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is_match(&label))
    .map(|(_, field)| field)
}

fn duty_of(
    context: &Context<'_>,
    findings: &mut Findings,
    heading: &Node,
    values: &[Value<'_>],
) -> Option<Found> {
    pattern!(HELPS, r"(?i),? (?:và )?phối hợp (?:với |cùng )?");
    let of = |field: Field| values.iter().find(move |value| value.field == field);
    let actor = of(Field::Who)?;
    let text = &actor.passage.text()[..actor.range.end];
    let until = HELPS
        .find(&text[actor.range.clone()])
        .map_or(text.len(), |helps| actor.range.start + helps.start());
    let words = text[actor.range.start..until].trim_end_matches([' ', '.', ',', ';']);
    let who = actors_between(
        actor.passage,
        actor.range.start..actor.range.start + words.len(),
    )?;
    let (name, place) = match of(Field::Name) {
        Some(name) => {
            let words = name.passage.text()[name.range.clone()].to_owned();
            (words, name.passage.span(name.range.clone()))
        }
        None => {
            // "Việc số 1: Giám sát lại …" is called by what stands after the colon.
            pattern!(
                COUNTED,
                r"^(?i:(?:đầu |công )?việc|nhiệm vụ|nội dung|hoạt động|sự kiện|báo cáo|mục|phần việc|tên (?:việc|công việc|nhiệm vụ|sự kiện))(?: (?:số |thứ )?\S{1,4})?: "
            );
            let text = heading.passage.text();
            let start = COUNTED
                .find(heading.words())
                .map_or(heading.body, |counted| heading.body + counted.end());
            let words = if start > heading.body {
                &text[start..]
            } else {
                heading.heading()
            };
            let words = words.trim_end_matches([':', '.', ' ', ';']);
            let range = start..start + words.len();
            (words.to_owned(), heading.passage.span(range))
        }
    };
    // "Cách gửi", "Nơi gửi, hạn gửi": the section is about reports without naming one.
    pattern!(
        SENDING,
        r"^(?:cach|noi|viec|che do|thoi han|quy dinh|han)\b.*\b(?:gui|nop|bao cao)\b"
    );
    let name = if SENDING.is_match(&fold(&name)) {
        "báo cáo".to_owned()
    } else {
        name
    };
    let kind = if fold(&name).starts_with("bao cao") {
        DutyKind::Report
    } else if is_event(&name) || is_named_activity(&name) {
        DutyKind::Event
    } else {
        DutyKind::Task
    };
    // A section of many paragraphs is no single task.
    if name.is_empty() || name.chars().count() > 120 || of(Field::Due).is_none() {
        return None;
    }
    let to = of(Field::To).and_then(|to| {
        let body = body_at(&to.passage.text()[..to.range.end], to.range.start)?;
        Some((
            to.passage.text()[body.clone()].to_owned(),
            to.passage.span(body),
        ))
    });
    let spans = || {
        values
            .iter()
            .map(|value| value.passage.span(value.range.clone()))
            .chain([place])
    };
    let source = Span {
        start: spans().map(|span| span.start).min().unwrap_or(0),
        end: spans().map(|span| span.end).max().unwrap_or(0),
    };
    let mut found = Found {
        duty: Duty {
            who: who.iter().map(|(body, _)| body.clone()).collect(),
            duty: kind,
            deliverable: Some(name),
            to: to.as_ref().map(|(body, _)| body.clone()),
            via: None,
            adopted_by: None,
            due: None,
            due_inclusive: None,
            due_set_by: None,
            source: context.flow.source(source),
        },
        places: DutyPlaces {
            who: who.iter().map(|(_, span)| *span).collect(),
            deliverable: Some(place),
            to: to.map(|(_, span)| span),
            ..DutyPlaces::default()
        },
        section: None,
        leads: false,
        with: Vec::new(),
    };
    if let Some(due) = of(Field::Due) {
        let words = &due.passage.text()[due.range.clone()];
        let mut phrases = due_in_cell(words);
        for phrase in &mut phrases {
            phrase.range = phrase.range.start + due.range.start..phrase.range.end + due.range.start;
        }
        set_due(context, findings, due.passage, &mut found, &phrases);
    }
    Some(found)
}
