//! Duties in tables: STT | nội dung | đơn vị chủ trì | phối hợp | thời gian | sản phẩm.

use super::bodies::{begins, split};
use super::dates::due_in_cell;
use super::dueset::set_due;
use super::duties::{Context, Found, Who};
use super::findings::Findings;
use super::model::{Duty, DutyKind};
use super::passage::{Grid, Line, Passage};
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
    for row in &grid.rows[header + 1..] {
        if let Some(duty) = row_duty(context, &cells(row), columns, section, findings) {
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
        } else if says(&["noi nhan", "gui ve", "gui den", "cap bao cao"]) {
            &mut columns.to
        } else if says(&["thoi gian", "thoi han", "tien do", "hoan thanh"])
            || title == "han"
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
        ]) {
            &mut columns.who
        } else if says(&["san pham", "ket qua"]) {
            &mut columns.product
        } else if says(&[
            "noi dung",
            "nhiem vu",
            "cong viec",
            "hoat dong",
            "viec",
            "loai bao cao",
            "ten bao cao",
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
    findings: &mut Findings,
) -> Option<Found> {
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
            split(text, start..text.len())
                .into_iter()
                .map(|body| (text[body.clone()].to_owned(), cell.span(body)))
                .collect()
        })
    };
    let who = bodies(columns.who);
    if who.is_empty() {
        // A row without a body is a heading within the table.
        return None;
    }
    let text = content.text();
    let read = parts(text, 0..text.len(), None);
    let words =
        |range: &Option<std::ops::Range<usize>>| range.clone().map(|range| text[range].to_owned());
    let span =
        |range: &Option<std::ops::Range<usize>>| range.clone().map(|range| content.span(range));
    let product = cell(columns.product);
    let product_is_report =
        product.is_some_and(|product| fold(product.text()).starts_with("bao cao"));
    let kind = if product_is_report {
        DutyKind::Report
    } else {
        read.kind.unwrap_or(DutyKind::Task)
    };
    let deliverable = match product {
        Some(product) if kind == DutyKind::Report => {
            Some((product.text().to_owned(), product.whole()))
        }
        _ => words(&read.deliverable).zip(span(&read.deliverable)),
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
    if let Some(cell) = cell(columns.due) {
        set_due(
            context,
            findings,
            cell,
            &mut found,
            &due_in_cell(cell.text()),
        );
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
