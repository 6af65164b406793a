//! From lines to paragraphs: indents, gaps, short lines and list marks say where one begins.

use super::layout::{Line, Region};
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::plain::lines::{begins_paragraph, has_mark, is_upper, keeps_break};
use crate::runs::RunBuilder;
use domain::doc::{Align, Block, Paragraph};
use std::collections::BTreeMap;

/// The measures of the column that a line stands in.
struct Column {
    left: f64,
    right: f64,
    /// Usual distance between lines of one paragraph, by font size in half points.
    pitches: BTreeMap<i64, f64>,
}

/// # Errors
/// [`ReadError::TooMany`].
pub fn blocks(regions: &[Region]) -> Result<Vec<Block>, ReadError> {
    let mut paragraphs: Vec<Built> = Vec::new();
    let mut widths: Vec<(f64, Column)> = Vec::new();
    for (index, region) in regions.iter().enumerate() {
        if !region.table.is_empty() {
            paragraphs.push(Built::Table(region.table.clone()));
            continue;
        }
        let known = widths
            .iter()
            .any(|(width, _)| same(*width, region.page_width));
        if !known {
            let like = regions
                .iter()
                .filter(|other| !other.column && same(other.page_width, region.page_width));
            widths.push((
                region.page_width,
                Column::of(like.flat_map(|other| &other.lines)),
            ));
        }
        let own = region.column.then(|| Column::of(region.lines.iter()));
        let body = widths
            .iter()
            .find(|(width, _)| same(*width, region.page_width))
            .map(|(_, column)| column);
        let Some(column) = own.as_ref().or(body) else {
            continue;
        };
        let after_body = index > 0 && !region.column && !regions[index - 1].column;
        for (number, line) in region.lines.iter().enumerate() {
            let flows = number > 0 || after_body;
            match paragraphs.last_mut() {
                Some(Built::Lines(open)) if flows && !column.begins(open, line) => open.add(line),
                _ => paragraphs.push(Built::Lines(Open::new(line, region.column, column))),
            }
        }
        if paragraphs.len() > limits::BLOCKS {
            return Err(ReadError::TooMany {
                what: Countable::Blocks,
                limit: limits::BLOCKS,
            });
        }
    }
    let blocks = paragraphs.into_iter().flat_map(|built| match built {
        Built::Lines(open) => vec![open.close()],
        Built::Table(blocks) => blocks,
    });
    Ok(blocks.collect())
}

/// A paragraph as far as it goes, or a table.
enum Built<'a> {
    Lines(Open<'a>),
    Table(Vec<Block>),
}

/// The size of a line's letters in half points.
fn half_points(line: &Line) -> i64 {
    (line.size * 2.0).round() as i64
}

/// Pages of one width have one text column.
fn same(width: f64, other: f64) -> bool {
    (width - other).abs() < 1.0
}

struct Open<'a> {
    lines: Vec<&'a Line>,
    centred: bool,
    in_column: bool,
}

impl<'a> Open<'a> {
    fn new(line: &'a Line, in_column: bool, column: &Column) -> Self {
        Open {
            lines: vec![line],
            centred: column.centres(line),
            in_column,
        }
    }

    fn add(&mut self, line: &'a Line) {
        self.lines.push(line);
    }

    fn close(self) -> Block {
        let mut runs = RunBuilder::default();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                let meant = keeps_break(&self.lines[index - 1].text(), &line.text());
                runs.push(Default::default(), if meant { "\n" } else { " " });
            }
            for (number, word) in line.words.iter().enumerate() {
                if number > 0 {
                    runs.push(Default::default(), " ");
                }
                for (look, text) in &word.pieces {
                    runs.push(*look, text);
                }
            }
        }
        let align = match (self.centred, self.in_column) {
            (true, _) => Align::Center,
            (_, true) => Align::Left,
            _ => Align::Justify,
        };
        Block::Paragraph(Paragraph {
            runs: runs.finish(),
            align,
            ..Paragraph::default()
        })
    }
}

impl Column {
    fn of<'a>(lines: impl Iterator<Item = &'a Line> + Clone) -> Column {
        let mut left: Vec<f64> = lines.clone().map(Line::x0).collect();
        let mut right: Vec<f64> = lines.clone().map(Line::x1).collect();
        let mut steps: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        for (above, below) in lines.clone().zip(lines.skip(1)) {
            let step = below.y - above.y;
            if step > 1.0 && half_points(above) == half_points(below) {
                steps.entry(half_points(below)).or_default().push(step);
            }
        }
        left.sort_by(f64::total_cmp);
        right.sort_by(f64::total_cmp);
        let pitches = steps.into_iter().map(|(size, mut steps)| {
            steps.sort_by(f64::total_cmp);
            (size, steps[steps.len() / 4])
        });
        // The outermost few may be marginal notes; the rest reach the edges again and again.
        let left_edge = left.get(left.len() / 50).copied().unwrap_or(0.0);
        let right_edge = right
            .get((right.len() * 49 / 50).min(right.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0);
        Column {
            left: left_edge,
            right: right_edge,
            pitches: pitches.collect(),
        }
    }

    /// Whether the line stands in the middle, away from both edges.
    fn centres(&self, line: &Line) -> bool {
        let (before, after) = (line.x0() - self.left, self.right - line.x1());
        before > line.size && after > line.size && (before - after).abs() < line.size * 2.5
    }

    /// Whether `line` begins a paragraph after `open`.
    fn begins(&self, open: &Open<'_>, line: &Line) -> bool {
        let (Some(previous), Some(first)) = (open.lines.last(), open.lines.first()) else {
            return true;
        };
        let (before, text) = (previous.text(), line.text());
        if keeps_break(&before, &text)
            && !has_mark(&text)
            && !self.gap(previous, line)
            && !open.in_column
        {
            return (previous.size - line.size).abs() > 0.5;
        }
        if self.gap(previous, line) || is_upper(&before) != is_upper(&text) && is_upper(&before) {
            return true;
        }
        let is_rule = |text: &str| !text.contains(char::is_alphanumeric);
        if is_rule(&text) || is_rule(&before) {
            return true;
        }
        if self.centres(line) && open.centred {
            return false;
        }
        if open.centred || open.in_column && self.centres(line) {
            return true;
        }
        if self.begins_by_indent(open, first, previous, line) || self.had_room(previous, line) {
            return true;
        }
        has_mark(&text) && begins_paragraph(&before, &text) && line.x0() <= first.x0() + line.size
    }

    fn gap(&self, previous: &Line, line: &Line) -> bool {
        let step = line.y - previous.y;
        let pitch = self
            .pitches
            .get(&half_points(line))
            .copied()
            .unwrap_or(line.size * 1.15);
        // A step upwards is the next page, where the gap says nothing.
        step > (pitch * 1.25).max(line.size * 1.3)
    }

    fn begins_by_indent(
        &self,
        open: &Open<'_>,
        first: &Line,
        previous: &Line,
        line: &Line,
    ) -> bool {
        let indented = line.x0() > self.left + line.size * 0.6;
        let hangs = has_mark(&first.text()) && line.x0() > first.x0() + 2.0;
        let goes_on = open.lines.len() > 1 && (line.x0() - previous.x0()).abs() < 1.5;
        indented && !hangs && !goes_on
    }

    /// The line's first word would have fitted on the line before: its end was meant.
    fn had_room(&self, previous: &Line, line: &Line) -> bool {
        let word = line.words.first().map_or(0.0, |word| word.x1 - word.x0);
        self.right - previous.x1() > word + line.size * 0.6
    }
}
