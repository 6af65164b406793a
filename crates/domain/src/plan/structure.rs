//! The body of a document as a ladder: Phần, Chương, `I.`, `1.`, `3.1.`, `a)`, `-`, with lines joined that the
//! source broke in the middle of a sentence.

use std::ops::Range;

use super::passage::{Flow, Grid, Item, Line, Passage, pattern};

/// A label of a section or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Smaller stands higher on the ladder.
    pub rank: u8,
    /// Without end marks: `I`, `3.1`, `a`, `-`.
    pub text: String,
}

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
        let mut ladder = Ladder::default();
        let mut stack: Vec<(u8, usize)> = Vec::new();
        let mut open: Option<(Passage, Line)> = None;
        for item in items {
            match item {
                Item::Table(grid) => {
                    if let Some((passage, _)) = open.take() {
                        ladder.push(passage, &mut stack);
                    }
                    ladder.tables.push((ladder.nodes.len(), grid.clone()));
                }
                Item::Line(line) => {
                    let next = flow.passage(*line);
                    if is_page_number(next.text()) {
                        continue;
                    }
                    open = Some(match open.take() {
                        Some((mut passage, last))
                            if wrap.continues(&passage, &last, &next, line) =>
                        {
                            passage.append(&next);
                            (passage, *line)
                        }
                        Some((passage, _)) => {
                            ladder.push(passage, &mut stack);
                            (next, *line)
                        }
                        None => (next, *line),
                    });
                }
            }
        }
        if let Some((passage, _)) = open {
            ladder.push(passage, &mut stack);
        }
        ladder
    }

    fn push(&mut self, passage: Passage, stack: &mut Vec<(u8, usize)>) {
        let (label, body) = match label_of(passage.text()) {
            Some((label, body)) => (Some(label), body),
            None => (None, 0),
        };
        let words = &passage.text()[body..];
        // Without a label, only lines that announce something hold others: "Cấp tỉnh", "Các huyện ủy có trách nhiệm:".
        let rank = match &label {
            Some(label) => Some(label.rank),
            None if is_upper(words) => Some(UPPER_RANK),
            None if words.ends_with(':') || words.chars().count() < 80 && !ends_sentence(words) => {
                Some(LEAD_RANK)
            }
            None => None,
        };
        let limit = rank.unwrap_or(LEAD_RANK + 1);
        // The lead-in of a list is that of its first item.
        let index = self.nodes.len();
        let mut lead_in = index.checked_sub(1).filter(|above| {
            let above = &self.nodes[*above];
            label.is_some() && above.label.is_none() && above.passage.text().ends_with(':')
        });
        // A plain paragraph stays under the item above it; an item ends those of its own rank and below.
        while stack.last().is_some_and(|(top, _)| *top >= limit) {
            if let Some((top, item)) = stack.pop()
                && Some(top) == rank
                && label.is_some()
            {
                lead_in = lead_in.or(self.nodes[item].lead_in);
            }
        }
        let parent = stack.last().map(|(_, node)| *node);
        if let Some(rank) = rank {
            stack.push((rank, index));
        }
        self.nodes.push(Node {
            passage,
            label,
            body,
            parent,
            lead_in,
        });
    }
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

/// The label at the beginning of a paragraph, and where the words after it begin.
pub(super) fn label_of(text: &str) -> Option<(Label, usize)> {
    pattern!(
        PART,
        r"^(?i:(phần|chương|mục|điều)) ((?i:thứ \p{L}+)|[IVXLC]+|\d{1,3})\b ?[.:)–-]?\s*"
    );
    pattern!(CAPITAL, r"^([A-H])[.)–-] \p{Lu}");
    pattern!(ROMAN, r"^([IVXLC]{1,7}) ?[.)/–-] ?");
    pattern!(DOTTED, r"^(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)/–-]\s*|\s+)");
    pattern!(NUMBER, r"^\(?(\d{1,2}) ?[.)/–-]\s*");
    pattern!(LETTER, r"^([a-zđ]) ?[.)–-]\s+");
    pattern!(LETTER_TIGHT, r"^\(?([a-zđ])\)");
    pattern!(
        SYMBOL,
        r"^\d{1,5} ?[-–] ?[A-ZĐ][A-Za-zĐđ]{0,3} ?/|^\d+[./-]\d+[./-]\d|^\d+[.,]\d{3}|^\d+/\S"
    );
    let label = |rank: u8, name: &str, end: usize| {
        Some((
            Label {
                rank,
                text: name.to_owned(),
            },
            end,
        ))
    };
    if let Some(found) = PART.captures(text) {
        let rank = match found[1].to_lowercase().as_str() {
            "phần" => 0,
            "chương" => 10,
            "mục" => 15,
            _ => 30,
        };
        // "Mục tiêu", "Điều kiện" have no number; "Phần 1 của báo cáo …" is a sentence.
        let rest = &text[found[0].len()..];
        let sentence = rest.starts_with(char::is_lowercase);
        return if sentence {
            None
        } else {
            label(
                rank,
                found[0].trim_end_matches([' ', '.', ':', ')', '-', '–']),
                found[0].len(),
            )
        };
    }
    if let Some(found) = CAPITAL.captures(text) {
        return label(18, &found[1], found[1].len() + 2);
    }
    let capital = |rest: &str| rest.chars().next().is_some_and(|c| !c.is_lowercase());
    if let Some(found) = ROMAN.captures(text) {
        let rest = &text[found[0].len()..];
        if capital(rest) && !rest.is_empty() && !rest.starts_with(char::is_numeric) {
            return label(20, &found[1], found[0].len());
        }
    }
    if SYMBOL.is_match(text) && !DOTTED.is_match(text) {
        return None;
    }
    if let Some(found) = DOTTED.captures(text) {
        let parts = u8::try_from(found[1].matches('.').count()).unwrap_or(3);
        // A year tells "30.9.2022" from a label.
        return label(30 + 10 * parts.min(3), &found[1], found[0].len());
    }
    if let Some(found) = NUMBER.captures(text) {
        let rest = &text[found[0].len()..];
        if !rest.starts_with(char::is_numeric) {
            return label(30, &found[1], found[0].len());
        }
    }
    if let Some(found) = LETTER
        .captures(text)
        .or_else(|| LETTER_TIGHT.captures(text))
    {
        return label(70, &found[1], found[0].len());
    }
    let bullet = text.chars().next()?;
    let rank = match bullet {
        '-' | '–' | '—' | '•' | '●' | '▪' => 80,
        '+' | '*' | '○' | '◦' => 82,
        _ => return None,
    };
    let rest = text[bullet.len_utf8()..].trim_start();
    if rest.is_empty() {
        None
    } else {
        label(rank, &bullet.to_string(), text.len() - rest.len())
    }
}

/// The run-in heading of a paragraph ("Cấp cơ sở: Các cấp ủy …"), without its colon.
pub(super) fn run_in(words: &str) -> Option<Range<usize>> {
    let colon = words.find(": ").filter(|at| *at > 0)?;
    let head = &words[..colon];
    let short = head.chars().count() <= 120;
    (short && !head.contains(['.', ';', '('])).then_some(0..colon)
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
            r"(?:^|\s)(?i:của|và|các|về|với|tại|cho|số|ngày|tháng|năm|theo|trong|do|từ|đến|trên|là|được|những|để|bằng|qua|hoặc|thông|khóa|khoá|gửi|trước)$|[,(–-]$"
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
        let half_said = HALF_SAID.is_match(text)
            && !text.ends_with(',')
            && (!unit || follow.starts_with(char::is_numeric));
        if let Some((label, _)) = label_of(follow) {
            // "Chỉ thị số" / "14-CT/TW" is no label and never comes here; "3.1." and "-" always begin anew.
            return half_said && label.rank == 30 && !follow.contains(". ");
        }
        let lower = follow.starts_with(|c: char| {
            c.is_lowercase() || c.is_numeric() || c == '(' || c == '"' || c == '“'
        });
        let wide = self
            .width
            .is_some_and(|width| (last.end - last.start) * 4 >= width * 3 || text.ends_with(','));
        lower || half_said || wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        label_of(text).map(|(label, _)| label.text)
    }

    #[test]
    fn labels_of_all_house_styles_are_known_and_numbers_in_text_are_none() {
        assert_eq!(label("I. MỤC ĐÍCH").as_deref(), Some("I"));
        assert_eq!(label("II- NỘI DUNG").as_deref(), Some("II"));
        assert_eq!(label("1- Đánh giá").as_deref(), Some("1"));
        assert_eq!(label("3.1. Cấp cơ sở").as_deref(), Some("3.1"));
        assert_eq!(label("a) Các sở").as_deref(), Some("a"));
        assert_eq!(label("- Ban Dân vận").as_deref(), Some("-"));
        assert_eq!(label("Điều 1. Phạm vi").as_deref(), Some("Điều 1"));
        assert_eq!(label("I/ MỤC ĐÍCH").as_deref(), Some("I"));
        assert_eq!(label("1/ Nhìn lại").as_deref(), Some("1"));
        assert_eq!(label("3/9 huyện"), None);
        assert_eq!(label("14-CT/TW và Chỉ thị"), None);
        assert_eq!(label("30/9/2022."), None);
        assert_eq!(label("XIII) về tiếp tục"), None);
        assert_eq!(label("05 năm thực hiện"), None);
    }
}
