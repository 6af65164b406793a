//! Duties in tables: STT | nội dung | đơn vị chủ trì | phối hợp | thời gian | sản phẩm.

use super::bodies::{begins, split};
use super::clause::subject;
use super::dates::{due_in_cell, dues};
use super::dueset::set_due;
use super::duties::{Context, Found, Who};
use super::findings::Findings;
use super::model::{Duty, DutyKind};
use super::passage::{Grid, Line, Passage, pattern};
use super::places::{DutyPlaces, Span};
use super::predicate::parts;
use crate::text::fold;

/// What the columns of a table of duties hold.
#[derive(Debug, Default, Clone, Copy)]
struct Columns {
    content: Option<usize>,
    who: Option<usize>,
    with: Option<usize>,
    due: Option<usize>,
    product: Option<usize>,
    to: Option<usize>,
}

/// Reads the table when its header is one of duties. `section`: the part of the body it stands in.
pub(super) fn read(
    context: &Context<'_>,
    grid: &Grid,
    section: Option<usize>,
    findings: &mut Findings,
    found: &mut Vec<Found>,
) {
    let cells = |row: &[Line]| -> Vec<Passage> {
        row.iter().map(|cell| context.flow.passage(*cell)).collect()
    };
    let header = grid
        .rows
        .iter()
        .take(3)
        .position(|row| columns(&cells(row)).is_some());
    let Some((header, columns)) =
        header.and_then(|at| Some((at, columns(&cells(&grid.rows[at]))?)))
    else {
        return;
    };
    let mut above: Who = Vec::new();
    for row in &grid.rows[header + 1..] {
        if let Some(duty) = row_duty(context, &cells(row), columns, section, &above, findings) {
            above = duty
                .duty
                .who
                .iter()
                .cloned()
                .zip(duty.places.who.iter().copied())
                .collect();
            found.push(duty);
        }
    }
}

/// The columns, when this row is the header of a table of duties: it names who and what.
fn columns(header: &[Passage]) -> Option<Columns> {
    let mut columns = Columns::default();
    for (at, cell) in header.iter().enumerate() {
        let title = fold(cell.text());
        let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
        let slot = if says(&["phoi hop"]) {
            &mut columns.with
        } else if says(&[
            "chot so lieu",
            "don vi tinh",
            "ky bao cao",
            "tan suat",
            "ghi chu",
        ]) {
            continue;
        } else if says(&[
            "noi nhan",
            "noi gui",
            "gui ve",
            "gui den",
            "gui cho",
            "cap bao cao",
            "don vi nhan",
            "co quan nhan",
            "dia chi nhan",
        ]) {
            &mut columns.to
        } else if says(&[
            "thoi gian",
            "thoi han",
            "thoi diem",
            "tien do",
            "ngay hoan",
            "hoan thanh",
        ]) || matches!(title.as_str(), "han" | "ngay" | "lich")
            || title.starts_with("han ")
        {
            &mut columns.due
        } else if says(&[
            "chu tri",
            "don vi",
            "co quan",
            "phan cong",
            "trach nhiem",
            "nguoi thuc hien",
            "thuc hien boi",
            "phu trach",
            "dau moi",
            "doi tuong",
            "bo phan",
            "ca nhan",
            "chu the",
            "noi gui bao cao",
        ]) {
            &mut columns.who
        } else if says(&["san pham", "ket qua", "ho so"]) {
            &mut columns.product
        } else if says(&[
            "noi dung",
            "nhiem vu",
            "cong viec",
            "hoat dong",
            "viec",
            "bao cao",
            "hang muc",
            "su kien",
            "chuyen de",
        ]) {
            &mut columns.content
        } else {
            continue;
        };
        slot.get_or_insert(at);
    }
    (columns.content.is_some() && columns.who.is_some()).then_some(columns)
}

fn row_duty(
    context: &Context<'_>,
    row: &[Passage],
    columns: Columns,
    section: Option<usize>,
    above: &Who,
    findings: &mut Findings,
) -> Option<Found> {
    pattern!(
        HELPERS,
        r"(?i)[;,.\n]?\s*\(?(?:cơ quan |đơn vị )?phối hợp\s*:"
    );
    pattern!(
        LEADER,
        r"^(?i:[-–+ ]*(?:cơ quan |đơn vị )?(?:chủ trì|phụ trách|thực hiện)\s*:\s*)"
    );
    let cell = |column: Option<usize>| {
        column
            .and_then(|at| row.get(at))
            .filter(|cell| !cell.text().trim().is_empty())
    };
    let content = cell(columns.content)?;
    let bodies = |column: Option<usize>| -> Who {
        cell(column).map_or(Vec::new(), |cell| {
            let text = cell.text();
            let start = text.len() - text.trim_start_matches(['-', '–', '+', ' ']).len();
            let start = LEADER.find(text).map_or(start, |leader| leader.end());
            let end = HELPERS
                .find(text)
                .map_or(text.len(), |helpers| helpers.start());
            split(text, start..end.max(start))
                .into_iter()
                .map(|body| (text[body.clone()].to_owned(), cell.span(body)))
                .collect()
        })
    };
    let mut who = bodies(columns.who);
    if who.is_empty() && cell(columns.due).or(cell(columns.product)).is_some() {
        // The cell is merged with the one above.
        who.clone_from(above);
    }
    if who.is_empty() {
        // A row without a body is a heading within the table.
        return None;
    }
    let text = content.text();
    // "Các khoa, phòng tự chấm điểm": the row names its bodies again.
    let from = subject(text, 0).map_or(0, |(_, predicate)| predicate);
    let due = dues(text).first().map(|phrase| phrase.range.start);
    let read = parts(text, from..text.len(), due);
    let words =
        |range: &Option<std::ops::Range<usize>>| range.clone().map(|range| text[range].to_owned());
    let span =
        |range: &Option<std::ops::Range<usize>>| range.clone().map(|range| content.span(range));
    let product = cell(columns.product);
    let is_report = |cell: &Passage| fold(cell.text()).starts_with("bao cao");
    let reported = read.kind == Some(DutyKind::Report);
    let product = product.filter(|product| is_report(product) && !reported);
    let kind = if product.is_some() {
        DutyKind::Report
    } else {
        read.kind.unwrap_or(DutyKind::Task)
    };
    let deliverable = match product {
        Some(product) => Some((product.text().to_owned(), product.whole())),
        None => words(&read.deliverable).zip(span(&read.deliverable)),
    };
    let to = match cell(columns.to) {
        Some(to) if begins(to.text()) => Some((to.text().to_owned(), to.whole())),
        _ => words(&read.to).zip(span(&read.to)),
    };
    let duty = Duty {
        who: who.iter().map(|(body, _)| body.clone()).collect(),
        duty: kind,
        deliverable: deliverable.as_ref().map(|(words, _)| words.clone()),
        to: to.as_ref().map(|(words, _)| words.clone()),
        via: words(&read.via),
        adopted_by: words(&read.adopted_by),
        due: None,
        due_inclusive: None,
        due_set_by: words(&read.due_set_by),
        source: context.flow.source(row_span(row)),
    };
    let places = DutyPlaces {
        who: who.iter().map(|(_, span)| *span).collect(),
        deliverable: deliverable.map(|(_, span)| span),
        to: to.map(|(_, span)| span),
        via: span(&read.via),
        adopted_by: span(&read.adopted_by),
        due: None,
        due_set_by: span(&read.due_set_by),
    };
    let mut found = Found {
        duty,
        places,
        section,
        leads: false,
        with: bodies(columns.with),
    };
    match cell(columns.due) {
        Some(cell) => set_due(
            context,
            findings,
            cell,
            &mut found,
            &due_in_cell(cell.text()),
        ),
        None => set_due(context, findings, content, &mut found, &dues(text)),
    }
    Some(found)
}

fn row_span(row: &[Passage]) -> Span {
    let spans = || {
        row.iter()
            .filter(|cell| !cell.is_empty())
            .map(Passage::whole)
    };
    Span {
        start: spans().map(|span| span.start).min().unwrap_or(0),
        end: spans().map(|span| span.end).max().unwrap_or(0),
    }
}
