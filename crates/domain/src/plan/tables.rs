//! Duties in tables: STT | nội dung | đơn vị chủ trì | phối hợp | thời gian | sản phẩm.

use super::bodies::{begins, body_at, split};
use super::borrowed::{borrowed, lend};
use super::clause::subject;
use super::dates::{due_in_cell, dues};
use super::dueset::set_due;
use super::duties::{Context, Found, Who};
use super::findings::Findings;
use super::model::{Duty, DutyKind};
use super::passage::{Grid, Line, Passage, pattern};
use super::places::{DutyPlaces, Span};
use super::predicate::parts;
use super::verbs::begins_with_verb;
use crate::text::fold;

/// What the columns of a table of duties hold.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Columns {
    pub content: Option<usize>,
    pub who: Option<usize>,
    pub with: Option<usize>,
    pub due: Option<usize>,
    pub product: Option<usize>,
    pub to: Option<usize>,
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
    let rows: Vec<Vec<Passage>> = grid.rows.iter().map(|row| cells(row)).collect();
    let named = (0..rows.len().min(3)).find_map(|at| Some((at, columns(&rows[at])?)));
    let known = named.or_else(|| Some((0, columns_by_content(rows.first()?, rows.get(1..)?)?)));
    let Some((header, columns)) = known else {
        return;
    };
    let mut above: Who = Vec::new();
    for row in &rows[header + 1..] {
        if let Some(mut duty) = row_duty(context, row, columns, section, &above, findings) {
            if let Some(cell) = columns.due.and_then(|at| row.get(at))
                && let Some(borrowed) = borrowed(cell.text(), 0)
            {
                lend(found, &mut duty, &borrowed, cell, findings, context.year);
            }
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

/// What a column holds by its title.
fn column(title: &str) -> Option<fn(&mut Columns) -> &mut Option<usize>> {
    // Asked in this order: the first that fits tells.
    pattern!(
        WITH,
        r"phoi hop|cung (?:lam|thuc hien|tham gia|phu trach)|ho tro|nguoi giup|tham gia"
    );
    pattern!(
        OTHER,
        r"^(?:stt|tt|so tt)$|chot so lieu|don vi tinh|^dvt|ky bao cao|tan suat|ghi chu|kinh phi|dia diem|can cu|hinh thuc"
    );
    pattern!(
        TO,
        r"noi (?:nhan|gui)|(?:gui|nop|trinh|bao cao) (?:ve|den|cho|toi|len|ai)\b|cap (?:nhan|bao cao|trinh)|(?:don vi|co quan|nguoi|bo phan|dia chi) (?:nhan|tiep nhan)|cho ai"
    );
    pattern!(
        DUE,
        r"thoi (?:gian|han|diem)|tien do|^(?:han|ngay|lich|moc|khi)\b|ngay (?:hoan|gui|nop|xong)|hoan thanh|xong (?:truoc|vao|khi)|(?:bao gio|khi nao|luc nao|ngay nao|thang nao)"
    );
    pattern!(
        WHO,
        r"chu tri|don vi|co quan|phan cong|trach nhiem|^(?:ai|nguoi)\b|nguoi (?:lam|thuc hien|phu trach|bao cao)|thuc hien boi|phu trach|dau moi|doi tuong|bo phan|ca nhan|chu the|noi (?:lam|thuc hien|bao cao|phu trach)|giao cho"
    );
    pattern!(PRODUCT, r"san pham|ket qua|ho so|dau ra");
    pattern!(
        CONTENT,
        r"noi dung|nhiem vu|cong viec|hoat dong|viec|bao cao|hang muc|su kien|chuyen de|lam gi|cac buoc|^buoc|cong doan|van ban|san pham"
    );
    if WITH.is_match(title) {
        Some(|columns| &mut columns.with)
    } else if OTHER.is_match(title) {
        None
    } else if TO.is_match(title) {
        Some(|columns| &mut columns.to)
    } else if DUE.is_match(title) {
        Some(|columns| &mut columns.due)
    } else if WHO.is_match(title) {
        Some(|columns| &mut columns.who)
    } else if PRODUCT.is_match(title) {
        Some(|columns| &mut columns.product)
    } else if CONTENT.is_match(title) {
        Some(|columns| &mut columns.content)
    } else {
        None
    }
}

/// The columns, when this row is the header of a table of duties: it names who and what.
fn columns(header: &[Passage]) -> Option<Columns> {
    let mut columns = Columns::default();
    for (at, cell) in header.iter().enumerate() {
        let title = fold(cell.text());
        if let Some(slot) = column(title.trim()) {
            slot(&mut columns).get_or_insert(at);
        }
    }
    (columns.content.is_some() && columns.who.is_some()).then_some(columns)
}

/// The columns by what stands in them, when the header tells a due or a body at most: names of bodies, days, and words
/// on work.
fn columns_by_content(header: &[Passage], rows: &[Vec<Passage>]) -> Option<Columns> {
    let mut columns = Columns::default();
    let mut told = vec![false; header.len()];
    for (at, cell) in header.iter().enumerate() {
        if cell.text().chars().count() > 60 {
            return None;
        }
        if let Some(slot) = column(fold(cell.text()).trim()) {
            slot(&mut columns).get_or_insert(at);
            told[at] = true;
        }
    }
    let most = |at: usize, fits: &dyn Fn(&str) -> bool| {
        let full = rows
            .iter()
            .filter_map(|row| row.get(at))
            .filter(|cell| !cell.is_empty());
        let (all, fit) = full.fold((0, 0), |(all, fit), cell| {
            (all + 1, fit + usize::from(fits(cell.text())))
        });
        all > 0 && fit * 3 >= all * 2
    };
    for at in (0..header.len()).filter(|at| !told[*at]) {
        if columns.who.is_none() && most(at, &begins) {
            columns.who = Some(at);
        } else if columns.due.is_none() && most(at, &|text| !due_in_cell(text).is_empty()) {
            columns.due = Some(at);
        } else if columns.content.is_none() && most(at, &begins_with_verb) {
            columns.content = Some(at);
        }
    }
    (columns.content.is_some() && columns.who.is_some() && columns.due.is_some()).then_some(columns)
}

/// The duty of one row.
pub(super) fn row_duty(
    context: &Context<'_>,
    row: &[Passage],
    columns: Columns,
    section: Option<usize>,
    above: &Who,
    findings: &mut Findings,
) -> Option<Found> {
    pattern!(
        HELPERS,
        r"(?i)[;,.\n]?\s*\(?(?:cơ quan |đơn vị )?(?:và )?phối hợp(?:\s*:| với | cùng )"
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
    // "Do Sở Nội vụ ấn định": the cell names who sets the due.
    pattern!(
        SET_BY,
        r"^(?i:do|theo (?:quy định|hướng dẫn|thông báo|yêu cầu|chỉ đạo|lịch) của) "
    );
    let left_to = cell(columns.due).and_then(|cell| {
        let cue = SET_BY.find(cell.text())?;
        Some((cell, body_at(cell.text(), cue.end())?))
    });
    match cell(columns.due) {
        Some(cell) if borrowed(cell.text(), 0).is_some() => {}
        Some(_) if left_to.is_some() => {
            if let Some((cell, body)) = left_to {
                found.duty.due_set_by = Some(cell.text()[body.clone()].to_owned());
                found.places.due_set_by = Some(cell.span(body));
            }
        }
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
