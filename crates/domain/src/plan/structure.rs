//! The body of a document as a ladder: Phần, Chương, `I.`, `1.`, `3.1.`, `a)`, `-`, with lines joined that the
//! source broke in the middle of a sentence.

use std::ops::Range;

use super::fields::is_field;
use super::labels::{Label, label_of};
use super::passage::{Flow, Grid, Item, Line, Passage, pattern};

/// One paragraph of the body.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub passage: Passage,
    pub label: Option<Label>,
    /// Byte of the passage's text where the words after the label begin.
    pub body: usize,
    /// The nearest paragraph above on the ladder.
    pub parent: Option<usize>,
    /// The plain paragraph ending in a colon that leads into the list this item belongs to.
    pub lead_in: Option<usize>,
}

impl Node {
    /// The words after the label.
    pub fn words(&self) -> &str {
        &self.passage.text()[self.body..]
    }

    /// The heading: all of a heading line, or the words before the colon of a run-in heading.
    pub fn heading(&self) -> &str {
        let words = self.words();
        run_in(words).map_or(words, |range| &words[range])
    }
}

/// The body in reading order; tables stand between the paragraphs.
#[derive(Debug, Default)]
pub(super) struct Ladder {
    pub nodes: Vec<Node>,
    /// Tables, each with the number of nodes before it.
    pub tables: Vec<(usize, Grid)>,
}

impl Ladder {
    /// The node's ancestors, the nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[index].parent, |&at| self.nodes[at].parent)
    }

    /// Builds the ladder of a stretch of items.
    pub fn of(flow: &Flow, items: &[Item]) -> Ladder {
        let wrap = Wrap::of(flow, items);
        let mut passages: Vec<Passage> = Vec::new();
        let mut tables = Vec::new();
        let mut last: Option<Line> = None;
        for item in items {
            match item {
                Item::Table(grid) => {
                    last = None;
                    tables.push((passages.len(), grid.clone()));
                }
                Item::Line(line) => {
                    let next = flow.passage(*line);
                    if is_page_number(next.text()) {
                        continue;
                    }
                    match (&last, passages.last_mut()) {
                        (Some(last), Some(open)) if wrap.continues(open, last, &next, line) => {
                            open.append(&next);
                        }
                        _ => passages.push(next),
                    }
                    last = Some(*line);
                }
            }
        }
        let mut ladder = Ladder {
            nodes: Vec::with_capacity(passages.len()),
            tables,
        };
        let mut open = Vec::new();
        let mut passages = passages.into_iter().peekable();
        while let Some(passage) = passages.next() {
            let next = passages.peek().and_then(|next| label_of(next.text()));
            ladder.push(passage, next.map(|(label, _)| label), &mut open);
        }
        ladder
    }

    /// Adds a paragraph below the innermost of the `open` ones that holds it; `next` is the label of what follows.
    fn push(&mut self, passage: Passage, next: Option<Label>, open: &mut Vec<Rung>) {
        let (label, body) = match label_of(passage.text()) {
            Some((label, body)) => (Some(label), body),
            None => (None, 0),
        };
        let index = self.nodes.len();
        let words = &passage.text()[body..];
        let rung = Rung::of(index, label.as_ref(), words);
        // The lead-in of a list is that of its first item.
        let mut lead_in = index.checked_sub(1).filter(|above| {
            let above = &self.nodes[*above];
            label.is_some() && above.label.is_none() && above.passage.text().ends_with(':')
        });
        let keep = match &rung {
            // A plain paragraph stays under the item above it.
            None => open.len(),
            Some(rung) => self.kept(rung, open, next.as_ref()),
        };
        if let (Some(rung), Some(replaced)) = (&rung, open.get(keep))
            && rung.label.is_some()
            && rung.is_like(replaced)
        {
            lead_in = lead_in.or(self.nodes[replaced.node].lead_in);
        }
        open.truncate(keep);
        let parent = open.last().map(|above| above.node);
        open.extend(rung);
        self.nodes.push(Node {
            passage,
            label,
            body,
            parent,
            lead_in,
        });
    }

    /// How many of the `open` paragraphs hold the new one.
    fn kept(&self, new: &Rung, open: &[Rung], next: Option<&Label>) -> usize {
        let Some(top) = open.last() else { return 0 };
        let by_rank = || {
            let below = |above: &Rung| above.rank >= new.rank;
            open.iter().position(below).unwrap_or(open.len())
        };
        let same = open.iter().rposition(|above| new.is_like(above));
        let Some(label) = &new.label else {
            return Self::kept_heading(new, open, next).or(same).unwrap_or(
                if new.rank == LEAD_RANK {
                    open.len()
                } else {
                    by_rank()
                },
            );
        };
        let words = self.nodes[top.node].words();
        let right_above = top.node + 1 == new.node;
        let leads = right_above && words.ends_with(':') && (top.label.is_some() || is_short(words));
        let heads = right_above && is_short(words) && (leads || !ends_sentence(words));
        // What an item or heading right above leads into is its own list, whatever label comes first in this text:
        // "A." below "I.", "-" below "*", "1." again below "a) Các sở:".
        let own = match &top.label {
            Some(above) => leads || heads && above.is_bullet() == label.is_bullet(),
            // What introduces a whole plan holds none of its sections.
            None => heads && (label.is_bullet() || new.rank >= 30 && !leads),
        };
        if let Some(at) = same {
            let again = label.order == Some(1) && at + 1 < open.len();
            // "- Các nông trường:" / "- Họp tổ …;": with one bullet for both, those that lead in hold the others.
            let outer = open
                .iter()
                .position(|above| new.is_like(above) && above.leads);
            return match outer.filter(|_| label.is_bullet()) {
                Some(outer) if new.leads => outer,
                Some(outer) if outer == at && leads => open.len(),
                _ if again && leads => open.len(),
                _ => at,
            };
        }
        if !label.is_first() {
            return by_rank();
        }
        if own {
            return open.len();
        }
        // "1)" below "1.".
        let equal = |above: &Rung| above.rank == new.rank && above.label.is_some();
        open.iter()
            .rposition(equal)
            .map_or_else(by_rank, |at| at + 1)
    }

    /// Where a heading without a number stands by what follows it: a list that goes on holds it, one that begins
    /// again is its own.
    fn kept_heading(new: &Rung, open: &[Rung], next: Option<&Label>) -> Option<usize> {
        let next = next?;
        let listed = |above: &Rung| above.label.clone().is_some_and(|above| above.is_like(next));
        let list = open.iter().rposition(listed)?;
        let goes_on = open[list]
            .label
            .as_ref()
            .is_some_and(|above| next.follows(above));
        if goes_on {
            Some(open.len())
        } else {
            let beside = list.checked_sub(1).filter(|at| new.is_like(&open[*at]));
            (new.rank == LEAD_RANK && next.is_first()).then_some(beside.unwrap_or(list))
        }
    }
}

/// A paragraph that may hold those after it.
struct Rung {
    rank: u8,
    label: Option<Label>,
    node: usize,
    /// It ends in a colon.
    leads: bool,
}

impl Rung {
    /// Without a label, only lines that announce something hold others: "Cấp tỉnh", "Các huyện ủy có trách nhiệm:".
    fn of(node: usize, label: Option<&Label>, words: &str) -> Option<Rung> {
        let rank = match label {
            Some(label) => label.rank,
            None if is_upper(words) => UPPER_RANK,
            None if words.ends_with(':') => LEAD_RANK,
            None if is_short(words) && !ends_sentence(words) && !is_field(words) => LEAD_RANK,
            None => return None,
        };
        Some(Rung {
            rank,
            label: label.cloned(),
            node,
            leads: words.ends_with(':'),
        })
    }

    fn is_like(&self, other: &Rung) -> bool {
        match (&self.label, &other.label) {
            (Some(one), Some(other)) => one.is_like(other),
            (None, None) => self.rank == other.rank,
            _ => false,
        }
    }
}

fn is_short(words: &str) -> bool {
    words.chars().count() < 80
}

/// A line of capitals without a label, below `I.` and above `1.`.
pub(super) const UPPER_RANK: u8 = 25;
const LEAD_RANK: u8 = 85;

/// Whether a line consists of capitals (at least three letters).
pub(super) fn is_upper(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !text.chars().any(char::is_lowercase)
}

/// Whether the text ends as a sentence or a list item does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ';', '!', '?', ':'])
}

pub(super) fn is_page_number(text: &str) -> bool {
    pattern!(
        PAGE,
        r"^(?:[-–] ?)?\d{1,3}(?: ?[-–])?$|^(?i:trang) \d{1,3}(?:/\d{1,3})?$"
    );
    PAGE.is_match(text)
}

/// The run-in heading of a paragraph ("Cấp cơ sở: Các cấp ủy …"), without its colon.
pub(super) fn run_in(words: &str) -> Option<Range<usize>> {
    let colon = words.find(": ").filter(|at| *at > 0)?;
    let head = &words[..colon];
    let short = head.chars().count() <= 120;
    // An aside at its end ("Báo cáo tháng (mẫu 02)") is no part of the heading.
    let bare = head
        .strip_suffix(')')
        .and_then(|aside| {
            aside
                .rfind(" (")
                .filter(|open| !aside[open + 2..].contains([')', ';']))
        })
        .map_or(head, |open| &head[..open]);
    (short && !bare.contains(['.', ';', '('])).then_some(0..bare.len())
}

/// Where the words after the colon of a run-in heading begin.
pub(super) fn after_head(words: &str, head: &Range<usize>) -> usize {
    words[head.end..]
        .find(": ")
        .map_or(words.len(), |colon| head.end + colon + 2)
}

/// How the source breaks its lines.
struct Wrap {
    /// The width at which lines were broken by force, when they were.
    width: Option<usize>,
}

impl Wrap {
    fn of(flow: &Flow, items: &[Item]) -> Wrap {
        let lengths: Vec<(usize, bool)> = items
            .iter()
            .filter_map(|item| match item {
                Item::Line(line) => {
                    let passage = flow.passage(*line);
                    Some((
                        passage.text().chars().count(),
                        ends_sentence(passage.text()),
                    ))
                }
                Item::Table(_) => None,
            })
            .collect();
        let longest = lengths.iter().map(|(length, _)| *length).max().unwrap_or(0);
        let broken = lengths
            .iter()
            .filter(|(length, ended)| *length >= 55 && !ended)
            .count();
        let width = (longest <= 150 && broken * 4 >= lengths.len().max(8)).then_some(longest);
        Wrap { width }
    }

    /// Whether `next` goes on with the sentence of `open`, whose last line is `last`.
    fn continues(&self, open: &Passage, last: &Line, next: &Passage, line: &Line) -> bool {
        pattern!(
            HALF_SAID,
            r"(?:^|\s)(?i:của|và|các|về|với|tại|cho|số|ngày|tháng|năm|theo|trong|do|từ|đến|trên|là|được|những|để|bằng|qua|hoặc|khóa|khoá|gửi|trước)$|[,(–-]$"
        );
        let (text, follow) = (open.text(), next.text());
        if last.cell != line.cell {
            return false;
        }
        if ends_sentence(text)
            || is_upper(text) != is_upper(follow) && is_upper(text) && !HALF_SAID.is_match(text)
        {
            return false;
        }
        if is_upper(text) && is_upper(follow) {
            return label_of(follow).is_none()
                && (last.block == line.block || self.width.is_some());
        }
        // "Báo cáo 6 tháng" ends a heading, "trước ngày" / "30/9" goes on.
        let unit = ["tháng", "năm", "ngày", "số"]
            .iter()
            .any(|word| text.ends_with(word));
        let through = text.ends_with(" thông") && follow.starts_with("qua ");
        let half_said = (HALF_SAID.is_match(text) || through)
            && !text.ends_with(',')
            && (!unit || follow.starts_with(char::is_numeric));
        if let Some((label, _)) = label_of(follow) {
            // "Chỉ thị số" / "14-CT/TW" is no label and never comes here; "3.1." and "-" always begin anew.
            return half_said && label.rank == 30 && !follow.contains(". ");
        }
        // "1. Biên soạn" / "(nêu tên sách, số bản in)": a note below a heading, in lines that nobody broke.
        let heading = label_of(text).is_some_and(|(_, body)| is_short(&text[body..]));
        let note = follow.starts_with('(') && follow.trim_end_matches(['.', ';']).ends_with(')');
        if heading && note && !half_said && self.width.is_none() {
            return false;
        }
        let lower = follow.starts_with(|c: char| {
            c.is_lowercase() || c.is_numeric() || c == '(' || c == '"' || c == '“'
        });
        let wide = self
            .width
            .is_some_and(|width| (last.end - last.start) * 20 >= width * 13 || text.ends_with(','));
        // "(qua đồng chí A," / "Chánh Văn phòng)": what is bracketed goes on.
        let bracketed = text.rfind('(') > text.rfind(')') && follow.contains(')');
        lower || half_said || wide || bracketed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Document, Paragraph};

    /// The ladder of these lines, each indented by the number of paragraphs above it.
    fn ladder(lines: &[&str]) -> Vec<String> {
        let blocks = lines
            .iter()
            .map(|line| Block::Paragraph(Paragraph::plain(line.trim_start().to_owned())))
            .collect();
        let flow = Flow::of(&Document { blocks });
        let ladder = Ladder::of(&flow, &flow.items);
        let indented = |(index, node): (usize, &Node)| {
            let depth = ladder.ancestors(index).count();
            format!("{}{}", "  ".repeat(depth), node.passage.text())
        };
        ladder.nodes.iter().enumerate().map(indented).collect()
    }

    #[test]
    fn every_habit_of_numbering_makes_the_ladder_that_its_author_meant() {
        for lines in [
            &[
                "I. A",
                "  1. B.",
                "    a) C.",
                "      - D;",
                "        + E.",
                "  2. F.",
                "II. G",
            ][..],
            &["A. A", "  I. B", "    1. C.", "  II. D", "B. E"],
            &["I. A", "  A. B", "    1. C.", "  B. D", "II. E"],
            &[
                "1. A",
                "  1.1. B",
                "    1.1.1. C.",
                "    1.1.2. D.",
                "  1.2. E",
                "2. F",
            ],
            &["II. A", "  II.1. B", "  II.2. C", "III. D"],
            &[
                "Phần thứ nhất",
                "  A. B",
                "    I. C",
                "Phần thứ hai",
                "  A. D",
            ],
            &[
                "Điều 1. A",
                "  1. B.",
                "    a) C;",
                "    b) D.",
                "  2. E.",
                "Điều 2. F",
            ],
            &[
                "C. A",
                "  * Đảng ủy xã:",
                "    - B;",
                "    - C.",
                "  * Văn phòng:",
                "    - D.",
            ],
            &[
                "1. A:",
                "  + Đảng ủy xã:",
                "    - B;",
                "    - C.",
                "  + Văn phòng:",
                "    - D.",
            ],
            &["1. A.", "  1) B.", "  2) C.", "2. D."],
            &[
                "a) Các sở:",
                "  1. B.",
                "  2. C.",
                "b) Các huyện:",
                "  1. D.",
            ],
            &[
                "2. Các sở:",
                "  (1) B.",
                "    (i) C;",
                "    (ii) D.",
                "  (2) E.",
                "3. F.",
            ],
            &["MỤC ĐÍCH", "  1. A.", "  2. B.", "PHÂN CÔNG", "  1. C."],
            &["Các sở", "  - B.", "  - C.", "Các huyện", "  - D."],
            &["Phân công", "  1. B.", "  2. C.", "Kinh phí", "  1. D."],
            &[
                "1. A",
                "  - Các sở:",
                "    - B;",
                "    - C.",
                "  - Các huyện:",
                "    - D.",
                "2. E",
            ],
            &["- A;", "- B:", "  + C;", "- D."],
            &[
                "1. A",
                "  Các sở",
                "    - B.",
                "  Các huyện",
                "    - C.",
                "2. D",
            ],
        ] {
            assert_eq!(ladder(lines), lines);
        }
    }
}
