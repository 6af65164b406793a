//! Tables that a text file writes as lines of cells with bars between them: `1 | Nội dung | Đơn vị`.

use super::passage::{Grid, Item, Line, sets_the_page};

/// The items with every run of at least two piped lines as one table, or as the cells of a page set in two columns.
pub(super) fn gathered(items: Vec<Item>, chars: &[char]) -> Vec<Item> {
    let mut gathered = Vec::with_capacity(items.len());
    let mut run: Vec<Line> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        match item {
            Item::Line(line) if line.cell.is_none() && is_piped(chars, line) => run.push(line),
            Item::Line(line) if spans_the_table(chars, &run, line, items.peek()) => run.push(line),
            other => {
                close(&mut run, chars, &mut gathered);
                gathered.push(other);
            }
        }
    }
    close(&mut run, chars, &mut gathered);
    gathered
}

/// Whether a line without bars between the rows `run` and `next` is a row over all columns: "II. Cấp xã".
fn spans_the_table(chars: &[char], run: &[Line], line: Line, next: Option<&Item>) -> bool {
    const LONGEST: usize = 100;
    let (Some(first), Some(last), Some(Item::Line(next))) = (run.first(), run.last(), next) else {
        return false;
    };
    let row = cells(chars, *next);
    let begins = |row: &[Line]| row.first().map(|cell| chars[cell.start..cell.end].to_vec());
    // The header of the table again: the line is the title of another table.
    let again = begins(&row) == begins(&cells(chars, *first));
    line.cell.is_none()
        && line.end - line.start <= LONGEST
        && row.len() > 2
        && row.len() == cells(chars, *last).len()
        && !again
}

fn is_piped(chars: &[char], line: Line) -> bool {
    cells(chars, line).len() > 1
}

fn close(run: &mut Vec<Line>, chars: &[char], items: &mut Vec<Item>) {
    let lines = std::mem::take(run);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return;
    };
    let whole: String = chars[first.start..last.end].iter().collect();
    let width = cells(chars, *first).len();
    let rows = || {
        lines
            .iter()
            .map(|line| widened(chars, *line, width))
            .filter(|row| row.iter().any(|cell| says_something(chars, *cell)))
    };
    if sets_the_page(&whole) {
        let cells = rows().flatten().filter(|cell| says_something(chars, *cell));
        items.extend(cells.map(Item::Line));
    } else if lines.len() > 1 {
        items.push(Item::Table(Grid {
            rows: rows().collect(),
        }));
    } else {
        items.extend(lines.into_iter().map(Item::Line));
    }
}

fn says_something(chars: &[char], cell: Line) -> bool {
    chars[cell.start..cell.end]
        .iter()
        .any(|c| c.is_alphanumeric())
}

/// The cells of a line; where they are fewer than the header has, the blanks before the first bar and behind the last
/// are cells as well.
fn widened(chars: &[char], line: Line, width: usize) -> Vec<Line> {
    let mut row = cells(chars, line);
    let blank = |start: usize, end: usize| Line {
        start,
        end,
        cell: Some(start),
        ..line
    };
    let bar = |at: &usize| chars[*at] == '|';
    if row.len() > 1 && row.len() < width {
        let first = (line.start..line.end).find(bar);
        if let Some(first) =
            first.filter(|first| row.first().is_some_and(|cell| cell.start > *first))
        {
            row.insert(0, blank(line.start, first));
        }
    }
    if row.len() > 1 && row.len() < width {
        row.push(blank(line.end, line.end));
    }
    row
}

/// The cells of a line between its bars; bars at either end of the line hold nothing outside.
fn cells(chars: &[char], line: Line) -> Vec<Line> {
    let mut cells = Vec::new();
    let mut from = line.start;
    for at in line.start..=line.end {
        if at == line.end || chars[at] == '|' {
            let blank = chars[from..at].iter().all(|c| c.is_whitespace());
            let edge = from == line.start || at == line.end;
            if !(blank && edge) {
                cells.push(Line {
                    start: from,
                    end: at,
                    cell: Some(from),
                    ..line
                });
            }
            from = at + 1;
        }
    }
    cells
}
