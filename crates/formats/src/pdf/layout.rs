//! From glyphs to lines, and from lines to regions: the text column of a page, or one of two side by side.

use super::glyphs::{Glyph, Page};
use crate::numerals::bullet;
use crate::plain::pages::{is_page_number, repeats};
use crate::runs::Look;
use domain::doc::Block;
use domain::text::fold;

/// A gap wider than this, in font sizes, may part two columns.
const COLUMN_GAP: f64 = 1.3;
/// A gap wider than this, in font sizes, is a blank.
const WORD_GAP: f64 = 0.15;

#[derive(Debug, Clone)]
pub struct Word {
    pub x0: f64,
    pub x1: f64,
    pub pieces: Vec<(Look, String)>,
}

/// Words on one base line. Lengths in points, `y` downwards.
#[derive(Debug, Clone)]
pub struct Line {
    pub y: f64,
    pub size: f64,
    pub words: Vec<Word>,
}

/// Lines that are read one below the other.
#[derive(Debug, Clone)]
pub struct Region {
    /// Part of a place where two columns stand side by side.
    pub column: bool,
    /// Width of its page.
    pub page_width: f64,
    pub lines: Vec<Line>,
    /// A table that is drawn, in place of lines.
    pub table: Vec<Block>,
}

impl Region {
    /// What a drawn table stands for.
    pub fn of_table(table: Vec<Block>, page_width: f64) -> Region {
        Region {
            column: true,
            page_width,
            lines: Vec::new(),
            table,
        }
    }
}

impl Word {
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }
}

impl Line {
    pub fn x0(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    pub fn x1(&self) -> f64 {
        self.words.last().map_or(0.0, |word| word.x1)
    }

    pub fn text(&self) -> String {
        self.words
            .iter()
            .map(Word::text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Gaps between neighbouring words.
    fn gaps(&self) -> Vec<f64> {
        self.words
            .windows(2)
            .map(|pair| pair[1].x0 - pair[0].x1)
            .collect()
    }

    /// The line's parts that stand apart; a line that is only stretched (justified) is one part.
    fn segments(&self) -> Vec<Line> {
        let gaps = self.gaps();
        let mut sorted = gaps.clone();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (
            sorted.first().copied().unwrap_or(0.0),
            sorted.last().copied().unwrap_or(0.0),
        );
        let in_words = self
            .words
            .iter()
            .filter(|word| word.text().contains(char::is_alphabetic))
            .count();
        let stretched = gaps.len() > 1 && least > most * 0.6 && in_words * 2 > self.words.len();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let narrow = COLUMN_GAP * self.size;
        let wide = match gaps.len() {
            0..=2 => self.size * 1.8,
            // Justified words stand wide apart, too; cells of a row stand all apart.
            _ if usual < narrow => narrow.max(usual * 2.5),
            _ => narrow,
        };
        let mut parts = vec![self.empty()];
        for (index, word) in self.words.iter().enumerate() {
            if index > 0 && !stretched && gaps[index - 1] > wide {
                parts.push(self.empty());
            }
            if let Some(part) = parts.last_mut() {
                part.words.push(word.clone());
            }
        }
        parts
    }

    fn empty(&self) -> Line {
        Line {
            y: self.y,
            size: self.size,
            words: Vec::new(),
        }
    }
}

/// The regions of a page in reading order.
pub fn regions(lines: &[Line], page_width: f64) -> Vec<Region> {
    let segments: Vec<Vec<Line>> = lines.iter().map(Line::segments).collect();
    let mut regions = Vec::new();
    let mut body = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(zone) = Zone::find(lines, &segments, at) else {
            if segments[at].len() > 2 {
                flush(&mut body, page_width, &mut regions);
                regions.push(Region {
                    column: true,
                    page_width,
                    lines: vec![row(&segments[at])],
                    table: Vec::new(),
                });
            } else {
                body.push(lines[at].clone());
            }
            at += 1;
            continue;
        };
        flush(&mut body, page_width, &mut regions);
        at = zone.end;
        regions.extend([zone.left, zone.right].into_iter().map(|lines| Region {
            column: true,
            page_width,
            lines,
            table: Vec::new(),
        }));
    }
    flush(&mut body, page_width, &mut regions);
    regions.retain(|region| !region.lines.is_empty());
    regions
}

/// Ends a stretch of ordinary lines.
fn flush(body: &mut Vec<Line>, page_width: f64, regions: &mut Vec<Region>) {
    regions.push(Region {
        column: false,
        page_width,
        lines: std::mem::take(body),
        table: Vec::new(),
    });
}

/// A row of a table on one line, its cells parted by a bar.
fn row(cells: &[Line]) -> Line {
    let mut out = cells[0].clone();
    for cell in &cells[1..] {
        let x = cell.x0();
        out.words.push(Word {
            x0: x,
            x1: x,
            pieces: vec![(Look::default(), "|".to_owned())],
        });
        out.words.extend(cell.words.iter().cloned());
    }
    out
}

/// Two columns side by side.
struct Zone {
    left: Vec<Line>,
    right: Vec<Line>,
    /// Index of the first line below.
    end: usize,
}

impl Zone {
    /// The zone that begins with the line `at`, if one does.
    fn find(lines: &[Line], segments: &[Vec<Line>], at: usize) -> Option<Zone> {
        let first = (at..lines.len().min(at + 4)).find(|index| segments[*index].len() == 2)?;
        let near = |above: usize| lines[above + 1].y - lines[above].y < lines[above].size * 2.5;
        let in_table = |index: usize| segments[index].len() > 2;
        if first > 0 && in_table(first - 1) && near(first - 1) {
            return None;
        }
        let mut edge = Edge::of(&segments[first]);
        // Lines above the first pair belong to it when they stand wholly in the right column or begin the left one.
        let leads = |index: usize| {
            let line = &lines[index];
            let opens = line.text().to_lowercase().starts_with("nơi nhận");
            near(index)
                && segments[index].len() == 1
                && (line.x0() >= edge.right - line.size || opens && line.x1() <= edge.right)
        };
        if !(at..first).all(leads) {
            return None;
        }
        let mut zone = Zone {
            left: Vec::new(),
            right: Vec::new(),
            end: at,
        };
        for index in at..lines.len() {
            let line = &lines[index];
            let far = index > first && line.y - lines[index - 1].y > line.size * 2.0;
            match segments[index].as_slice() {
                [left, right] if !far || edge.parts(left, right) => {
                    edge.take(left, right);
                    zone.left.push(left.clone());
                    zone.right.push(right.clone());
                }
                [line]
                    if !far
                        && line.x0() >= edge.right - line.size * 3.0
                        && line.x0() >= edge.left =>
                {
                    zone.right.push(line.clone());
                }
                [line] if !far && line.x1() <= edge.right => zone.left.push(line.clone()),
                _ => break,
            }
            zone.end = index + 1;
        }
        // A wide row right below: all of it is a table.
        let table_follows =
            zone.end > at && zone.end < lines.len() && in_table(zone.end) && near(zone.end - 1);
        (!table_follows).then_some(zone)
    }
}

/// Where the left column ends and the right one begins, as far as seen.
struct Edge {
    left: f64,
    right: f64,
}

impl Edge {
    fn of(pair: &[Line]) -> Edge {
        Edge {
            left: pair[0].x1(),
            right: pair[1].x0(),
        }
    }

    /// Whether the pair is parted about where the others are.
    fn parts(&self, left: &Line, right: &Line) -> bool {
        left.x1() < self.right && right.x0() > self.left
    }

    fn take(&mut self, left: &Line, right: &Line) {
        self.left = self.left.max(left.x1());
        self.right = self.right.min(right.x0());
    }
}

/// Glyphs by base line, top to bottom, left to right.
pub fn lines(page: &Page) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = page.glyphs.iter().collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut groups: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut() {
            Some(group) if (glyph.y - group[0].y).abs() <= group[0].size.max(glyph.size) * 0.4 => {
                group.push(glyph)
            }
            _ => groups.push(vec![glyph]),
        }
    }
    groups.into_iter().filter_map(line).collect()
}

fn line(mut glyphs: Vec<&Glyph>) -> Option<Line> {
    // Stable, so that marks drawn over their letter stay behind it.
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let y = glyphs.iter().map(|glyph| glyph.y).fold(f64::MAX, f64::min);
    let mut words: Vec<Word> = Vec::new();
    let mut apart = true;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            apart = true;
            continue;
        }
        let gap = words.last().map_or(0.0, |word| glyph.x - word.x1);
        match words.last_mut() {
            Some(word) if !apart && gap < size * WORD_GAP => {
                word.x1 = word.x1.max(glyph.x + glyph.width);
                match word.pieces.last_mut() {
                    Some((look, text)) if *look == glyph.look => text.push_str(&glyph.text),
                    _ => word.pieces.push((glyph.look, glyph.text.clone())),
                }
            }
            _ => words.push(Word {
                x0: glyph.x,
                x1: glyph.x + glyph.width,
                pieces: vec![(glyph.look, glyph.text.clone())],
            }),
        }
        apart = false;
    }
    if let [mark, _, ..] = &mut words[..]
        && let [(_, text)] = &mut mark.pieces[..]
        && is_symbol_mark(text)
    {
        *text = bullet(text);
    }
    (!words.is_empty()).then_some(Line { y, size, words })
}

/// The marks of lists that word processors take from symbol fonts. Only these: fonts of the old encodings have letters
/// in the same area.
fn is_symbol_mark(text: &str) -> bool {
    matches!(
        text,
        "\u{f02d}" | "\u{f076}" | "\u{f0a7}" | "\u{f0a8}" | "\u{f0b7}" | "\u{f0d8}" | "\u{f0fc}"
    )
}

/// Takes page numbers and running heads off the edges of all pages.
pub fn drop_margins(pages: &mut [Vec<Line>]) {
    let said = |line: &Line| fold(&line.text()).replace(|c: char| c.is_ascii_digit(), "");
    let numbers = |pages: &mut [Vec<Line>]| {
        for page in pages {
            drop_edges(page, |line, _| is_page_number(&line.text()));
        }
    };
    numbers(pages);
    let edges = |last: bool| -> Vec<String> {
        let edge = |page: &Vec<Line>| if last { page.last() } else { page.first() }.map(said);
        pages.iter().filter_map(edge).collect()
    };
    let (heads, feet) = (edges(false), edges(true));
    for page in pages.iter_mut() {
        drop_edges(page, |line, last| {
            repeats(&said(line), if last { &feet } else { &heads })
        });
    }
    // A number that stood behind a running head.
    numbers(pages);
}

/// Drops the first and the last line where `goes` says so; its second argument is whether the line is the last.
fn drop_edges(page: &mut Vec<Line>, goes: impl Fn(&Line, bool) -> bool) {
    if page.first().is_some_and(|line| goes(line, false)) {
        page.remove(0);
    }
    if page.last().is_some_and(|line| goes(line, true)) {
        page.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line {
            y: 0.0,
            size: 14.0,
            words: vec![Word {
                x0: 0.0,
                x1: 10.0,
                pieces: vec![(Look::default(), text.to_owned())],
            }],
        }
    }

    #[test]
    fn a_mark_of_a_symbol_font_before_words_is_a_bullet() {
        let at = |text: &str, x: f64| Glyph {
            x,
            y: 10.0,
            width: 6.0,
            size: 14.0,
            text: text.into(),
            look: Look::default(),
        };
        let page = |first: &str| Page {
            glyphs: vec![at(first, 0.0), at("H", 30.0), at("a", 36.0)],
            ..Page::default()
        };
        assert_eq!(lines(&page("\u{f0b7}"))[0].text(), "• Ha");
        assert_eq!(lines(&page("\u{f02d}"))[0].text(), "- Ha");
        assert_eq!(lines(&page("\u{f0eb}"))[0].text(), "\u{f0eb} Ha");
    }

    #[test]
    fn running_heads_and_page_numbers_go_and_text_that_repeats_once_stays() {
        let page = |number: usize, first: &str| {
            vec![
                line(&number.to_string()),
                line("Kế hoạch số 12"),
                line(first),
                line("hết trang"),
            ]
        };
        let mut pages = vec![page(1, "một"), page(2, "hai"), page(3, "một")];
        drop_margins(&mut pages);
        let left: Vec<String> = pages.iter().flatten().map(Line::text).collect();
        assert_eq!(left, ["một", "hai", "một"]);
    }
}
