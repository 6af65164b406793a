//! Tables that are drawn by rules: where the grid of a page's rules is, and which words stand in which of its cells.

use super::layout::{Line, Word};
use crate::grid::{RawCell, RawRow, RawTable};
use crate::plain::lines::{begins_paragraph, keeps_break};
use crate::runs::RunBuilder;
use domain::doc::{Block, Paragraph};

/// Rules that are this near stand in one place, in points.
const NEAR: f64 = 3.0;
/// Thicker ones are boxes.
const THICKEST: f64 = 2.5;
/// Shorter ones are dots and dashes.
const SHORTEST: f64 = 4.0;
/// Rules of one page; a drawing has more.
pub const MOST_RULES: usize = 2_000;
/// Columns and rows of a table on one page.
const MOST_COLUMNS: usize = 40;
const MOST_ROWS: usize = 200;

/// A straight line along an edge of the page: at `at`, from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub is_vertical: bool,
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

impl Rule {
    /// The rules that a box is drawn by: a thin box is one, another has four.
    pub fn of_box(x0: f64, y0: f64, x1: f64, y1: f64) -> Vec<Rule> {
        let (left, right, top, bottom) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
        let (width, height) = (right - left, bottom - top);
        let rule = |is_vertical, at, from, to| Rule {
            is_vertical,
            at,
            from,
            to,
        };
        if !(width.is_finite() && height.is_finite()) {
            return Vec::new();
        }
        match (width <= THICKEST, height <= THICKEST) {
            (_, true) if width >= SHORTEST => vec![rule(false, (top + bottom) / 2.0, left, right)],
            (true, _) if height >= SHORTEST => vec![rule(true, (left + right) / 2.0, top, bottom)],
            (false, false) => vec![
                rule(false, top, left, right),
                rule(false, bottom, left, right),
                rule(true, left, top, bottom),
                rule(true, right, top, bottom),
            ],
            _ => Vec::new(),
        }
    }

    fn meets(&self, other: &Rule) -> bool {
        let within = |at: f64, rule: &Rule| rule.from - NEAR <= at && at <= rule.to + NEAR;
        within(self.at, other) && within(other.at, self)
    }
}

/// What stands on a page from top to bottom.
pub enum Part {
    Lines(Vec<Line>),
    Table(Drawn),
}

/// A table with the places of its columns, by which it is known again on the next page.
pub struct Drawn {
    xs: Vec<f64>,
    pub table: RawTable,
}

impl Drawn {
    /// Takes over the rows of a table that goes on with the same columns; a head that is repeated goes.
    ///
    /// # Errors
    /// The other table, when its columns are others.
    pub fn join(&mut self, mut other: Drawn) -> Result<(), Drawn> {
        let same = self.xs.len() == other.xs.len()
            && self
                .xs
                .iter()
                .zip(&other.xs)
                .all(|(a, b)| (a - b).abs() < NEAR);
        if !same {
            return Err(other);
        }
        let words = |row: &RawRow| -> Vec<String> {
            let blocks = row.cells.iter().flat_map(|cell| &cell.blocks);
            blocks.map(Block::text).collect()
        };
        if let (Some(own), Some(first)) = (self.table.rows.first(), other.table.rows.first())
            && words(own) == words(first)
        {
            other.table.rows.remove(0);
        }
        self.table.rows.append(&mut other.table.rows);
        Ok(())
    }
}

/// The page cut where tables are drawn.
pub fn parts(lines: Vec<Line>, rules: &[Rule]) -> Vec<Part> {
    let mut rest = lines;
    let mut parts = Vec::new();
    for grid in grids(rules) {
        let (inside, outside): (Vec<Line>, Vec<Line>) =
            rest.into_iter().partition(|line| grid.holds(line));
        let (above, below) = outside.into_iter().partition(|line| line.y <= grid.top());
        rest = below;
        if inside.is_empty() {
            rest.splice(0..0, above);
            continue;
        }
        parts.push(Part::Lines(above));
        parts.push(Part::Table(grid.filled(&inside)));
    }
    parts.push(Part::Lines(rest));
    parts
}

struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For each place of the grid, row by row: a rule stands at its left, and above it.
    walls: Vec<(bool, bool)>,
}

/// The grids of at least two columns and two rows, from the top.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    if rules.len() > MOST_RULES {
        return Vec::new();
    }
    let mut left: Vec<Rule> = rules.to_vec();
    let mut grids = Vec::new();
    while let Some(first) = left.pop() {
        // All that hangs together.
        let mut joined = vec![first];
        let mut at = 0;
        while at < joined.len() {
            let rule = joined[at];
            let meets = |other: &Rule| other.is_vertical != rule.is_vertical && rule.meets(other);
            joined.extend(left.extract_if(.., |other| meets(other)));
            at += 1;
        }
        let places = |vertical: bool| {
            let of_kind = joined.iter().filter(|rule| rule.is_vertical == vertical);
            distinct(of_kind.map(|rule| rule.at).collect())
        };
        let (xs, ys) = (places(true), places(false));
        if (3..=MOST_COLUMNS + 1).contains(&xs.len()) && (3..=MOST_ROWS + 1).contains(&ys.len()) {
            grids.push(Grid::of(xs, ys, &joined));
        }
    }
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    grids
}

/// Places in order, those that are near made one.
fn distinct(mut places: Vec<f64>) -> Vec<f64> {
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, kept| *next - *kept < NEAR);
    places
}

impl Grid {
    fn of(xs: Vec<f64>, ys: Vec<f64>, rules: &[Rule]) -> Grid {
        let (rows, columns) = (ys.len() - 1, xs.len() - 1);
        let mut walls = vec![(false, false); rows * columns];
        for rule in rules {
            // The edge that it stands on, and the places beside it whose middle it passes.
            let (own, across) = if rule.is_vertical {
                (&xs, &ys)
            } else {
                (&ys, &xs)
            };
            let Some(edge) = own.iter().position(|edge| (rule.at - edge).abs() <= NEAR) else {
                continue;
            };
            for (index, pair) in across.windows(2).enumerate() {
                let middle = (pair[0] + pair[1]) / 2.0;
                if !(rule.from <= middle && middle <= rule.to) {
                    continue;
                }
                let (row, column) = if rule.is_vertical {
                    (index, edge)
                } else {
                    (edge, index)
                };
                if row < rows && column < columns {
                    let wall = &mut walls[row * columns + column];
                    if rule.is_vertical {
                        wall.0 = true;
                    } else {
                        wall.1 = true;
                    }
                }
            }
        }
        Grid { xs, ys, walls }
    }

    fn top(&self) -> f64 {
        self.ys.first().copied().unwrap_or(0.0)
    }

    fn holds(&self, line: &Line) -> bool {
        let middle = line.y - line.size * 0.3;
        let within = |edges: &[f64], at: f64| {
            edges.first().is_some_and(|first| *first <= at)
                && edges.last().is_some_and(|last| at <= *last)
        };
        within(&self.ys, middle) && within(&self.xs, (line.x0() + line.x1()) / 2.0)
    }

    /// The cell to the left, or above, is another one.
    fn begins_column(&self, row: usize, column: usize) -> bool {
        column == 0 || self.walls[row * (self.xs.len() - 1) + column].0
    }

    fn begins_row(&self, row: usize, column: usize) -> bool {
        row == 0 || self.walls[row * (self.xs.len() - 1) + column].1
    }

    /// Where the cell begins that holds this place of the grid.
    fn cell(&self, mut row: usize, mut column: usize) -> (usize, usize) {
        while !self.begins_column(row, column) {
            column -= 1;
        }
        while !self.begins_row(row, column) {
            row -= 1;
        }
        (row, column)
    }

    fn filled(self, lines: &[Line]) -> Drawn {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let place = |edges: &[f64], at: f64| {
            let behind = edges.partition_point(|edge| *edge <= at);
            behind.clamp(1, edges.len() - 1) - 1
        };
        let mut cells: Vec<Vec<Line>> = (0..rows * columns).map(|_| Vec::new()).collect();
        for line in lines {
            let row = place(&self.ys, line.y - line.size * 0.3);
            let mut last = None;
            for word in &line.words {
                let column = place(&self.xs, (word.x0 + word.x1) / 2.0);
                let (row, column) = self.cell(row, column);
                let cell = &mut cells[row * columns + column];
                let goes_on = last == Some((row, column));
                last = Some((row, column));
                match cell.last_mut().filter(|_| goes_on) {
                    Some(open) => open.words.push(word.clone()),
                    None => cell.push(Line {
                        y: line.y,
                        size: line.size,
                        words: vec![word.clone()],
                    }),
                }
            }
        }
        let mut table = RawTable {
            bordered: true,
            ..RawTable::default()
        };
        for row in 0..rows {
            let mut out = RawRow::default();
            for column in 0..columns {
                if !self.begins_column(row, column) {
                    if let Some(left) = out.cells.last_mut() {
                        left.span += 1;
                    }
                    continue;
                }
                out.cells.push(RawCell {
                    span: 1,
                    continues: !self.begins_row(row, column),
                    blocks: paragraphs(&cells[row * columns + column]),
                });
            }
            table.rows.push(out);
        }
        Drawn { xs: self.xs, table }
    }
}

/// The lines of a cell: one paragraph, unless a mark or capitals begin another.
fn paragraphs(lines: &[Line]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut runs = RunBuilder::default();
    let mut before: Option<String> = None;
    for line in lines {
        let text = line.text();
        if let Some(before) = &before {
            if begins_paragraph(before, &text) {
                blocks.push(paragraph(std::mem::take(&mut runs)));
            } else {
                let meant = keeps_break(before, &text);
                runs.push(Default::default(), if meant { "\n" } else { " " });
            }
        }
        for (index, word) in line.words.iter().enumerate() {
            if index > 0 {
                runs.push(Default::default(), " ");
            }
            push(&mut runs, word);
        }
        before = Some(text);
    }
    if before.is_some() {
        blocks.push(paragraph(runs));
    }
    blocks
}

fn push(runs: &mut RunBuilder, word: &Word) {
    for (look, text) in &word.pieces {
        runs.push(*look, text);
    }
}

fn paragraph(runs: RunBuilder) -> Block {
    Block::Paragraph(Paragraph {
        runs: runs.finish(),
        ..Paragraph::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Look;

    fn word(x: f64, text: &str) -> Word {
        Word {
            x0: x,
            x1: x + 8.0,
            pieces: vec![(Look::default(), text.to_owned())],
        }
    }

    fn line(y: f64, words: &[(f64, &str)]) -> Line {
        Line {
            y,
            size: 12.0,
            words: words.iter().map(|(x, text)| word(*x, text)).collect(),
        }
    }

    /// Columns at 0, 50, 100; rows at 0, 20, 40, 60, each cell drawn by itself.
    fn cells(merged: Option<(usize, usize)>) -> Vec<Rule> {
        let mut rules = Vec::new();
        for row in 0..3_u8 {
            for column in 0..2_u8 {
                let (x, y) = (f64::from(column) * 50.0, f64::from(row) * 20.0);
                rules.extend(Rule::of_box(x, y, x + 50.0, y + 20.0));
            }
        }
        if let Some((row, column)) = merged {
            let (x, y) = (column as f64 * 50.0, row as f64 * 20.0);
            rules.retain(|rule| rule.is_vertical || rule.at != y || rule.from != x);
        }
        rules
    }

    fn tables(parts: Vec<Part>) -> Vec<Vec<Vec<String>>> {
        let table = |part| match part {
            Part::Table(drawn) => Some(drawn.table),
            Part::Lines(_) => None,
        };
        let tables = parts.into_iter().filter_map(table);
        let blocks = tables.flat_map(|table| table.into_blocks(true));
        blocks
            .map(|block| match block {
                Block::Table(table) => table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(domain::doc::Cell::text).collect())
                    .collect(),
                other => vec![vec![other.text()]],
            })
            .collect()
    }

    fn text() -> Vec<Line> {
        vec![
            line(-5.0, &[(0.0, "trên")]),
            line(15.0, &[(5.0, "STT"), (60.0, "Việc")]),
            line(35.0, &[(5.0, "1"), (60.0, "gửi"), (75.0, "báo")]),
            line(55.0, &[(60.0, "cáo")]),
            line(80.0, &[(0.0, "dưới")]),
        ]
    }

    #[test]
    fn words_stand_in_the_cells_that_the_rules_make_and_the_rest_above_and_below() {
        let parts = parts(text(), &cells(None));
        let around: Vec<String> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Lines(lines) => Some(lines.iter().map(Line::text).collect()),
                Part::Table(_) => None,
            })
            .collect();
        assert_eq!(around, ["trên", "dưới"]);
        assert_eq!(
            tables(parts),
            [[["STT", "Việc"], ["1", "gửi báo"], ["", "cáo"]]]
        );
    }

    #[test]
    fn a_cell_over_two_rows_says_the_same_in_each() {
        // No rule between the second and the third row of the second column.
        let found = tables(parts(text(), &cells(Some((2, 1)))));
        assert_eq!(
            found,
            [[["STT", "Việc"], ["1", "gửi báo cáo"], ["", "gửi báo cáo"]]]
        );
    }

    #[test]
    fn a_rule_under_a_line_or_a_box_around_a_text_is_no_table() {
        for rules in [
            Rule::of_box(0.0, 20.0, 100.0, 20.5),
            Rule::of_box(0.0, 0.0, 100.0, 60.0),
        ] {
            let found = parts(text(), &rules);
            assert!(matches!(found.as_slice(), [Part::Lines(lines)] if lines.len() == 5));
        }
    }

    #[test]
    fn a_table_goes_on_over_a_page_without_its_repeated_head() {
        let drawn = || {
            let found = parts(text(), &cells(None)).into_iter();
            found.into_iter().find_map(|part| match part {
                Part::Table(drawn) => Some(drawn),
                Part::Lines(_) => None,
            })
        };
        let (Some(mut first), Some(second)) = (drawn(), drawn()) else {
            panic!("two tables")
        };
        assert!(first.join(second).is_ok());
        assert_eq!(first.table.rows.len(), 5);
    }
}
