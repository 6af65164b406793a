//! Duties in tables: STT | nội dung | đơn vị chủ trì | phối hợp | thời gian | sản phẩm, in any order and wording.
//!
//! A row is one duty. What a row leaves out stands above it: in the cell that it is merged with, in a row that spans
//! the table ("II | Các xã, phường"), or in the sentence that leads into the table.

use jiff::civil::Date;

use super::ahead::asked_for;
use super::bodies::{body_at, list_at, split};
use super::borrowed::{borrowed, lend};
use super::clause::{assigned, subject};
use super::columns::{Columns, by_content, of_header, of_header_again};
use super::dates::{Due, DuePhrase, Manner, due_in_cell, dues};
use super::dueset::set_due;
use super::duties::{Context, Found, Who};
use super::events::is_event;
use super::findings::Findings;
use super::labels::label_of;
use super::leadin;
use super::model::{Duty, DutyKind};
use super::passage::{Grid, Passage, pattern};
use super::places::{DutyPlaces, Span};
use super::predicate::parts;
use super::steps::time_of;
use crate::text::fold;

/// What the rows above say for a row that leaves it out.
#[derive(Default)]
struct Above {
    /// The bodies of the spanning row, or of the sentence before the table.
    group: Who,
    /// The time that a spanning row names.
    time: Option<(Passage, Vec<DuePhrase>)>,
    /// The row before, cell by cell.
    row: Vec<Passage>,
    /// Its bodies.
    who: Who,
}

/// Reads the table when it has a header of duties. `after`: how many nodes of the ladder stand before it.
pub(super) fn read(
    context: &Context<'_>,
    grid: &Grid,
    after: usize,
    findings: &mut Findings,
    found: &mut Vec<Found>,
) {
    let rows: Vec<Vec<Passage>> = grid
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| context.flow.passage(*cell)).collect())
        .collect();
    let section = after
        .checked_sub(1)
        .map(|last| context.ladder.ancestors(last).last().unwrap_or(last));
    let named = (0..rows.len().min(3)).find_map(|at| Some((at, of_header(&rows[at])?)));
    let by_content = || Some((0, by_content(rows.first()?, rows.get(1..)?)?));
    let Some((header, mut columns)) = named.or_else(by_content) else {
        return;
    };
    let mut titles = rows[header].clone();
    let lead = leadin::above(context, after, columns.names_reports);
    let mut above = Above {
        group: lead.clone(),
        ..Above::default()
    };
    for row in &rows[header + 1..] {
        // A second table may follow without a line between them.
        if let Some(next) = of_header_again(row) {
            columns = next;
            titles.clone_from(row);
            above = Above {
                group: lead.clone(),
                ..Above::default()
            };
            continue;
        }
        if let Some(cell) = spanning(row, &columns) {
            above.span(cell, &lead, context.issued);
            continue;
        }
        let row = above.filled(row, &columns);
        let reader = Row {
            context,
            columns: &columns,
            titles: &titles,
            row: &row,
            section,
        };
        let duties = if columns.reports.is_empty() {
            reader.duty(&above, findings, found).into_iter().collect()
        } else {
            reader.reports(&above, findings)
        };
        if let Some(duty) = duties.last() {
            above.who = bodies_of(duty);
        }
        found.extend(duties);
        above.row = row;
    }
}

/// The only cell of a row that says something, its number left aside; or what all cells of it say alike. A body alone in
/// its column shares the work of the row before.
fn spanning<'a>(row: &'a [Passage], columns: &Columns) -> Option<&'a Passage> {
    pattern!(
        NUMBER,
        r"^(?:[IVXLC]+|[A-HĐ]|[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)/]?$"
    );
    let mut said = row
        .iter()
        .enumerate()
        .filter(|(at, cell)| !(cell.is_empty() || *at == 0 && NUMBER.is_match(cell.text())));
    let (at, first) = said.next()?;
    let alike = said.clone().all(|(_, cell)| cell.text() == first.text());
    let shares = said.next().is_none() && columns.who == Some(at) && at > 0;
    (alike && !shares).then_some(first)
}

fn bodies_of(found: &Found) -> Who {
    let bodies = found.duty.who.iter().cloned();
    bodies.zip(found.places.who.iter().copied()).collect()
}

impl Above {
    /// Takes what a spanning row says for the rows below it.
    fn span(&mut self, cell: &Passage, lead: &Who, issued: Option<Date>) {
        let text = cell.text();
        let body = label_of(text).map_or(0, |(_, body)| body);
        let start = body + assigned(&text[body..]);
        self.row.clear();
        self.who.clear();
        if let Some((list, end)) = list_at(text, start)
            && text[end..].trim_matches([' ', ':', '.', ';']).is_empty()
        {
            self.group = list
                .into_iter()
                .map(|body| (text[body.clone()].to_owned(), cell.span(body)))
                .collect();
            return;
        }
        let time = time_of(
            text,
            body..text.trim_end_matches([' ', '.', ':']).len().max(body),
            issued,
        );
        if time.len() == 1 {
            self.time = Some((cell.clone(), time));
        } else {
            self.group.clone_from(lead);
            self.time = None;
        }
    }

    /// The row with what its marks of repetition and its merged cells leave to the row before.
    fn filled(&self, row: &[Passage], columns: &Columns) -> Vec<Passage> {
        pattern!(
            DITTO,
            r#"^[-–+* ]*(?i:nt|như trên|["”“]|''|//|″|〃)[-–. ]*$"#
        );
        let mut row: Vec<Passage> = row.to_vec();
        let merged = columns
            .content
            .and_then(|at| row.get(at))
            .is_some_and(Passage::is_empty)
            && columns
                .who
                .is_some_and(|at| row.get(at).is_some_and(|cell| !cell.is_empty()));
        for (at, cell) in row.iter_mut().enumerate() {
            let told = [columns.content, columns.due, columns.to, columns.product];
            let left_out = merged && cell.is_empty() && told.contains(&Some(at));
            if (left_out || DITTO.is_match(cell.text()))
                && let Some(before) = self.row.get(at)
            {
                *cell = before.clone();
            }
        }
        row
    }
}

/// The duty of one row that stands by itself.
pub(super) fn row_duty(
    context: &Context<'_>,
    row: &[Passage],
    columns: &Columns,
    findings: &mut Findings,
) -> Option<Found> {
    let row = Row {
        context,
        columns,
        titles: &[],
        row,
        section: None,
    };
    row.duty(&Above::default(), findings, &[])
}

/// A row that is being read.
struct Row<'a, 'b> {
    context: &'a Context<'b>,
    columns: &'a Columns,
    titles: &'a [Passage],
    row: &'a [Passage],
    section: Option<usize>,
}

impl Row<'_, '_> {
    fn cell(&self, column: Option<usize>) -> Option<&Passage> {
        column
            .and_then(|at| self.row.get(at))
            .filter(|cell| !cell.is_empty())
    }

    /// The bodies that a cell lists, without who helps them.
    fn bodies(&self, column: Option<usize>) -> Who {
        pattern!(
            HELPERS,
            r"(?i)[;,.\n]?\s*\(?(?:cơ quan |đơn vị )?(?:và )?phối hợp(?:\s*:| với | cùng )"
        );
        pattern!(
            LEADER,
            r"^(?i:[-–+ ]*(?:cơ quan |đơn vị )?(?:chủ trì|phụ trách|thực hiện)\s*:\s*)"
        );
        self.cell(column).map_or(Vec::new(), |cell| {
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
    }

    /// Bodies of the columns that are marked in this row.
    fn marked(&self) -> Who {
        self.columns
            .bodies
            .iter()
            .filter(|at| self.row.get(**at).is_some_and(|cell| is_mark(cell.text())))
            .filter_map(|at| self.titles.get(*at))
            .map(|title| (title.text().to_owned(), title.whole()))
            .collect()
    }

    fn duty(&self, above: &Above, findings: &mut Findings, known: &[Found]) -> Option<Found> {
        let content = self.cell(self.columns.content)?;
        let text = content.text();
        if text.chars().filter(|c| c.is_alphabetic()).count() < 4 {
            return None;
        }
        let own = self.bodies(self.columns.who);
        let due_cell = self.cell(self.columns.due);
        // "Các khoa, phòng tự chấm điểm": the row names its bodies again, or alone.
        let subject = subject(text, 0).filter(|_| !is_event(text));
        let from = subject.as_ref().map_or(0, |(_, predicate)| *predicate);
        let mut who = if own.is_empty() { self.marked() } else { own };
        if who.is_empty() && due_cell.or(self.cell(self.columns.product)).is_some() {
            // The cell is merged with the one above, or the table has none.
            who.clone_from(&above.who);
        }
        if (who.is_empty() || self.columns.who.is_none())
            && let Some((list, _)) = &subject
        {
            let name = |body: &std::ops::Range<usize>| {
                (text[body.clone()].to_owned(), content.span(body.clone()))
            };
            who = list.iter().map(name).collect();
        } else if who.is_empty() || self.columns.who.is_none() && self.columns.bodies.is_empty() {
            who.clone_from(&above.group);
        }
        if who.is_empty() {
            // A row without a body is a heading within the table.
            return None;
        }
        let due = dues(text).first().map(|phrase| phrase.range.start);
        let read = parts(text, from..text.len(), due);
        let words = |range: &Option<std::ops::Range<usize>>| {
            range.clone().map(|range| text[range].to_owned())
        };
        let span =
            |range: &Option<std::ops::Range<usize>>| range.clone().map(|range| content.span(range));
        let is_report = |cell: &&Passage| fold(cell.text()).starts_with("bao cao");
        let reported = read.kind == Some(DutyKind::Report);
        let product = self
            .cell(self.columns.product)
            .filter(is_report)
            .filter(|_| !reported);
        let kind = if product.is_some() || self.columns.names_reports {
            DutyKind::Report
        } else {
            read.kind.unwrap_or(DutyKind::Task)
        };
        let deliverable = match product {
            Some(product) => Some((product.text().to_owned(), product.whole())),
            None => words(&read.deliverable).zip(span(&read.deliverable)),
        };
        let to = match self.cell(self.columns.to) {
            Some(to) => {
                let text = to.text().trim_end_matches(['.', ';', ',']);
                Some((text.to_owned(), to.span(0..text.len())))
            }
            None => words(&read.to).zip(span(&read.to)),
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
            source: self.context.flow.source(row_span(self.row)),
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
            section: self.section,
            leads: false,
            with: self.bodies(self.columns.with),
        };
        self.set_due(&mut found, content, above, findings);
        if let Some(cell) = due_cell
            && let Some(borrowed) = borrowed(cell.text(), 0)
        {
            let year = self.context.year;
            lend(known, &mut found, &borrowed, cell, findings, year);
        }
        Some(found)
    }

    /// The due of the row: of its cell, of its own words, of the spanning row above.
    fn set_due(
        &self,
        found: &mut Found,
        content: &Passage,
        above: &Above,
        findings: &mut Findings,
    ) {
        // "Do Sở Nội vụ ấn định": the cell names who sets the due.
        pattern!(
            SET_BY,
            r"^(?i:do|theo (?:quy định|hướng dẫn|thông báo|yêu cầu|chỉ đạo|lịch) của) "
        );
        let every = self
            .cell(self.columns.every)
            .filter(|cell| returns(cell.text()));
        let Some(cell) = self.cell(self.columns.due) else {
            let own = dues(content.text());
            match (&above.time, every) {
                _ if own.iter().any(|phrase| phrase.manner == Manner::By) => {
                    set_due(self.context, findings, content, found, &own);
                }
                (_, Some(every)) => recurs(found, every, findings),
                (Some((cell, phrases)), None) => {
                    set_due(self.context, findings, cell, found, phrases);
                }
                (None, None) => set_due(self.context, findings, content, found, &own),
            }
            return;
        };
        if borrowed(cell.text(), 0).is_some() {
            return;
        }
        if let Some(cue) = SET_BY.find(cell.text())
            && let Some(body) = body_at(cell.text(), cue.end())
        {
            found.duty.due_set_by = Some(cell.text()[body.clone()].to_owned());
            found.places.due_set_by = Some(cell.span(body));
            return;
        }
        let phrases = due_in_cell(cell.text(), self.columns.due_is_before);
        let phrases = asked_for(phrases, self.context.issued);
        let dated = phrases
            .iter()
            .any(|phrase| matches!(phrase.due, Due::On { .. }));
        match every {
            Some(every) if !dated => {
                let figures = cell.text().contains(|c: char| c.is_ascii_digit());
                recurs(found, if figures { cell } else { every }, findings);
            }
            _ => set_due(self.context, findings, cell, found, &phrases),
        }
    }

    /// The reports of the body of this row, one for each marked or dated column.
    fn reports(&self, above: &Above, findings: &mut Findings) -> Vec<Found> {
        let mut who = self.bodies(self.columns.who);
        if who.is_empty() {
            who.clone_from(&above.group);
        }
        let mut found = Vec::new();
        for at in &self.columns.reports {
            let (Some(title), Some(cell)) = (self.titles.get(*at), self.row.get(*at)) else {
                continue;
            };
            let of_cell = due_in_cell(cell.text(), self.columns.due_is_before);
            if who.is_empty() || cell.is_empty() || of_cell.is_empty() && !is_mark(cell.text()) {
                continue;
            }
            let of_title = dues(title.text());
            let name = title.text();
            let until = of_title
                .first()
                .map_or(name.len(), |phrase| phrase.range.start);
            let name = name[..until].trim_end_matches([' ', '(', ',', ':', '-']);
            let name_place = title.span(0..name.len());
            let to = self.cell(self.columns.to);
            let mut next = Found {
                duty: Duty {
                    who: who.iter().map(|(body, _)| body.clone()).collect(),
                    duty: DutyKind::Report,
                    deliverable: Some(name.to_owned()),
                    to: to.map(|to| to.text().to_owned()),
                    via: None,
                    adopted_by: None,
                    due: None,
                    due_inclusive: None,
                    due_set_by: None,
                    source: self.context.flow.source(row_span(self.row)),
                },
                places: DutyPlaces {
                    who: who.iter().map(|(_, span)| *span).collect(),
                    deliverable: Some(name_place),
                    to: to.map(Passage::whole),
                    ..DutyPlaces::default()
                },
                section: self.section,
                leads: false,
                with: Vec::new(),
            };
            if of_cell.is_empty() {
                set_due(self.context, findings, title, &mut next, &of_title);
            } else {
                set_due(self.context, findings, cell, &mut next, &of_cell);
            }
            found.push(next);
        }
        found
    }
}

/// A mark that only says yes.
fn is_mark(text: &str) -> bool {
    pattern!(MARK, r"^(?i:x|v|✓|✔|☑|\+|\*|có|•|●)$");
    MARK.is_match(text.trim())
}

/// Whether the words say that a report returns.
fn returns(text: &str) -> bool {
    pattern!(
        RETURNS,
        r"^(?i:(?:định kỳ|hằng|hàng|mỗi|theo) )*(?i:(?:\d+ )?(?:ngày|tuần|tháng|quý|năm|kỳ|học kỳ)(?:/lần|/kỳ|\b))"
    );
    RETURNS.is_match(text)
        && dues(text)
            .iter()
            .all(|phrase| !matches!(phrase.due, Due::On { .. }))
}

/// A due that returns on a day that no year is said of.
fn recurs(found: &mut Found, cell: &Passage, findings: &mut Findings) {
    found.places.due = Some(cell.whole());
    findings.about_due(Due::Recurring, cell.text(), cell.whole(), None);
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
