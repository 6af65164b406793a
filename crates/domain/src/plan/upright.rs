//! Tables that lost their columns: each cell stands on a line of its own, the titles first, then row after row.

use super::columns::is_title;
use super::dates::due_in_cell;
use super::passage::{Grid, Item, Line};

/// Titles that a header has at least and at most.
const TITLES: std::ops::RangeInclusive<usize> = 3..=8;
/// No cell is longer.
const LONGEST: usize = 240;

/// The items with every such run of lines as a table.
pub(super) fn gathered(items: Vec<Item>, chars: &[char]) -> Vec<Item> {
    let mut gathered = Vec::with_capacity(items.len());
    let mut at = 0;
    while at < items.len() {
        match table_at(&items[at..], chars) {
            Some((grid, taken)) => {
                gathered.push(Item::Table(grid));
                at += taken;
            }
            None => {
                gathered.push(items[at].clone());
                at += 1;
            }
        }
    }
    gathered
}

fn words(chars: &[char], line: Line) -> String {
    let words: String = chars[line.start..line.end].iter().collect();
    words.trim().to_owned()
}

/// The table that `items` begin with, and how many of them it takes up.
fn table_at(items: &[Item], chars: &[char]) -> Option<(Grid, usize)> {
    let lines: Vec<Line> = items
        .iter()
        .map_while(|item| match item {
            Item::Line(line) if line.cell.is_none() && line.end - line.start <= LONGEST => {
                Some(*line)
            }
            _ => None,
        })
        .take(2000)
        .collect();
    let titles = lines
        .iter()
        .take_while(|line| is_title(&words(chars, **line)))
        .count();
    if !TITLES.contains(&titles) {
        return None;
    }
    let header: Vec<Line> = lines[..titles].to_vec();
    let numbered = number_of(&words(chars, *lines.get(titles)?)) == Some(1);
    let mut rows = vec![header];
    let mut at = titles;
    while at < lines.len() {
        let row = if numbered {
            numbered_row(&lines[at..], chars, rows.len(), titles)
        } else {
            let row = lines.get(at..at + titles);
            row.filter(|row| row.iter().any(|cell| is_due(chars, *cell)))
                .map(|row| (row.to_vec(), titles))
        };
        let Some((row, taken)) = row else { break };
        rows.push(row);
        at += taken;
    }
    (rows.len() > 1).then_some((Grid { rows }, at))
}

fn is_due(chars: &[char], cell: Line) -> bool {
    let words = words(chars, cell);
    words.chars().count() < 60 && !due_in_cell(&words, false).is_empty()
}

fn number_of(text: &str) -> Option<usize> {
    text.trim_end_matches(['.', ')']).parse().ok()
}

/// The row with this number: its cells, a line that goes on in lower case joined to the one before.
fn numbered_row(
    lines: &[Line],
    chars: &[char],
    number: usize,
    width: usize,
) -> Option<(Vec<Line>, usize)> {
    let (first, rest) = lines.split_first()?;
    if number_of(&words(chars, *first)) != Some(number) {
        return None;
    }
    let mut row = vec![*first];
    for line in rest {
        let text = words(chars, *line);
        if number_of(&text) == Some(number + 1) {
            break;
        }
        let goes_on = row.len() > 1 && text.starts_with(|c: char| c.is_lowercase());
        let full = row.len() == width;
        match row.last_mut() {
            Some(last) if goes_on => last.end = line.end,
            _ if full => break,
            _ => row.push(*line),
        }
    }
    let taken = lines
        .iter()
        .take_while(|line| row.last().is_some_and(|last| line.start < last.end))
        .count();
    // An empty cell leaves no line.
    while row.len() < width {
        let end = row.last()?.end;
        row.push(Line {
            start: end,
            end,
            ..*first
        });
    }
    Some((row, taken))
}
