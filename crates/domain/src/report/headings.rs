//! Telling headings in a file that somebody wrote without the template: those of an outline, chapters where there is
//! none, and where the text ends.

use crate::campaign::Section;
use crate::doc::Block;
use crate::ids::SectionId;
use crate::pattern::pattern;
use crate::text::fold;
use std::collections::BTreeSet;

/// A heading is not longer than this, in characters.
const LONGEST: usize = 300;
/// A chapter is not; longer lines are paragraphs, whatever they begin with.
const LONGEST_CHAPTER: usize = 160;
/// Share of common words, in percent, by which a title with another wording is still the same one.
const ALIKE: usize = 80;
/// The same, when its number is that of the outline.
const ALIKE_WITH_NUMBER: usize = 55;

/// Sections of the outline that a file may still name.
pub struct Headings<'a> {
    outline: &'a [Section],
    /// Those that the reading came to.
    passed: BTreeSet<SectionId>,
    /// Those that the file's anchors tell.
    marked: &'a BTreeSet<SectionId>,
    /// Index after the last section that was found.
    next: usize,
}

/// A heading that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub id: SectionId,
    /// Where content begins in the same paragraph, in characters.
    pub rest_from: Option<usize>,
}

impl<'a> Headings<'a> {
    /// `marked`: sections that the file's anchors tell; their heading is told by title and number together.
    pub fn new(outline: &'a [Section], marked: &'a BTreeSet<SectionId>) -> Self {
        Headings {
            outline,
            passed: BTreeSet::new(),
            marked,
            next: 0,
        }
    }

    /// The reading came to this section.
    pub fn pass(&mut self, id: SectionId) {
        self.passed.insert(id);
        if let Some(at) = self.outline.iter().position(|section| section.id == id) {
            self.next = at + 1;
        }
    }

    /// The section that a paragraph is the heading of: the same title anywhere, one alike only from here on.
    pub fn find(&self, block: &Block, text: &str) -> Option<Told> {
        let open = |section: &&Section| !self.passed.contains(&section.id);
        let (before, after) = self.outline.split_at(self.next.min(self.outline.len()));
        let (number, title) = split_number(text.trim());
        let is_numbered =
            |section: &Section| number.is_some_and(|number| is_number_of(number, section));
        let exact = after
            .iter()
            .chain(before)
            .filter(open)
            .filter(|section| !self.marked.contains(&section.id) || is_numbered(section))
            .find_map(|section| same_title(text, section));
        if exact.is_some() {
            return exact;
        }
        if !looks_like_heading(block, text) {
            return None;
        }
        let words = words_of(title);
        after
            .iter()
            .filter(open)
            .filter(|section| !self.marked.contains(&section.id))
            .map(|section| {
                let needed = if is_numbered(section) {
                    ALIKE_WITH_NUMBER
                } else {
                    ALIKE
                };
                (section, likeness(&words, &words_of(&section.title)), needed)
            })
            .filter(|(_, likeness, needed)| likeness >= needed)
            .max_by_key(|(_, likeness, _)| *likeness)
            .map(|(section, _, _)| Told {
                id: section.id,
                rest_from: None,
            })
    }

    /// A heading as high as the current section or higher that is none of the outline.
    pub fn is_foreign(&self, block: &Block, text: &str, current: Option<SectionId>) -> bool {
        let Block::Heading { level, .. } = block else {
            return false;
        };
        let level = rank_of_number(split_number(text.trim()).0).unwrap_or(*level);
        self.outline
            .iter()
            .find(|section| Some(section.id) == current)
            .is_some_and(|section| level <= section.level)
    }
}

/// A paragraph that says the title of a section word by word, with or without a number in front and content behind.
pub fn same_title(text: &str, section: &Section) -> Option<Told> {
    let title = fold(&section.title);
    if title.is_empty() {
        return None;
    }
    let told = |rest_from| Told {
        id: section.id,
        rest_from,
    };
    let trimmed = text.trim_start();
    let blanks = text.chars().count() - trimmed.chars().count();
    let line = trimmed.trim_end();
    let (number, words) = split_number(line);
    let is_end = |c: char| matches!(c, '.' | ':' | ';' | ',' | ' ');
    if fold(words).trim_end_matches(is_end) == title.trim_end_matches(is_end) {
        return Some(told(None));
    }
    // "1. Công tác lãnh đạo: trong 5 năm …"
    number?;
    let (head, rest) = words.split_once(':').or_else(|| words.split_once(". "))?;
    let is_title = fold(head).trim_end_matches(is_end) == title.trim_end_matches(is_end);
    let behind = line.chars().count() - rest.chars().count();
    (is_title && !rest.trim().is_empty()).then(|| told(Some(blanks + behind)))
}

/// A style of headings, or a short line that is bold, numbered or in capitals.
fn looks_like_heading(block: &Block, text: &str) -> bool {
    let line = text.trim();
    if line.chars().count() > LONGEST {
        return false;
    }
    match block {
        Block::Heading { .. } => true,
        Block::Paragraph(paragraph) => {
            paragraph.runs.iter().all(|run| run.bold)
                || split_number(line).0.is_some()
                || line == line.to_uppercase()
        }
        Block::Table(_) | Block::PageBreak => false,
    }
}

// `II.`, `1.2.`, `Phần I -`, `a)` before a title; a title that begins with a digit is the rest of a number or a day.
pattern!(
    NUMBERED,
    r"^(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?(?:((?:[IVXLC]+|\d{1,2})(?:\.\d{1,2}){0,4})(?:\s?[./)\-–:]+\s+|[./)\-–:]+)|(\p{L})[./)\-–:]+\s+)([^\d\s./].*)$"
);

fn split_number(line: &str) -> (Option<&str>, &str) {
    let Some(found) = NUMBERED.captures(line) else {
        return (None, line);
    };
    let number = found.get(1).or_else(|| found.get(2));
    let title = found.get(3).map_or(line, |title| title.as_str());
    (number.map(|number| number.as_str()), title)
}

/// How high a heading with this number stands: `I` 1, `1` and `I.1` 2, `a` and `1.1` 3.
fn rank_of_number(number: Option<&str>) -> Option<u8> {
    let number = number?;
    let parts = number.split('.').count();
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        u8::try_from(parts + 1).ok()
    } else if is_roman(number.split('.').next()?) {
        u8::try_from(parts).ok()
    } else {
        Some(3)
    }
}

fn is_roman(number: &str) -> bool {
    let is_letter = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
    !number.is_empty() && number.chars().all(is_letter)
}

/// The number is that of the section, whole or within the one above it: `4` of `III.4`.
fn is_number_of(number: &str, section: &Section) -> bool {
    let own = fold(section.number.trim_end_matches('.'));
    let number = fold(number);
    own == number || own.ends_with(&format!(".{number}"))
}

/// The number and title of a chapter, in a file without an outline: what the source marks as a heading, or a short line
/// with a Roman number that is no sentence.
pub(crate) fn chapter<'t>(block: &Block, line: &'t str) -> Option<(&'t str, &'t str)> {
    let line = line.trim();
    let is_marked = matches!(block, Block::Heading { .. });
    if line.is_empty() || line.chars().count() > LONGEST_CHAPTER {
        return None;
    }
    let (number, title) = split_number(line);
    let is_sentence = title.ends_with(['.', ';', ',']);
    let is_chapter = number.is_some_and(is_roman) && !is_sentence;
    (is_marked || is_chapter).then(|| (number.unwrap_or_default(), title.trim_end()))
}

/// Recipients or signature: what closes the text of an official document. An upload keeps a table of such words with its
/// section, where a person may have put it.
pub(crate) fn closes(block: &Block) -> bool {
    const CLOSING: [&str; 6] = ["noi nhan", "t/m", "tm.", "k/t", "kt.", "t/l"];
    let first = match block {
        Block::Table(table) => table.rows.first().and_then(|row| row.first()),
        _ => None,
    };
    let text = first.map_or_else(|| block.text(), |cell| cell.text());
    let words = fold(&text);
    CLOSING.iter().any(|closing| words.starts_with(closing))
}

fn words_of(title: &str) -> BTreeSet<String> {
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Common words of both, in percent of all their words.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let all = one.union(other).count();
    (one.intersection(other).count() * 100)
        .checked_div(all)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_before_a_title_and_is_no_amount_day_or_short_form() {
        for (line, number, title) in [
            ("II. Hạn chế", "II", "Hạn chế"),
            ("II- Hạn chế", "II", "Hạn chế"),
            ("Phần I - KẾT QUẢ", "I", "KẾT QUẢ"),
            ("1.2. Về nhà ở", "1.2", "Về nhà ở"),
            ("III.4. Về nhà ở", "III.4", "Về nhà ở"),
            ("I.KẾT QUẢ", "I", "KẾT QUẢ"),
            ("a) Về mộ", "a", "Về mộ"),
        ] {
            assert_eq!(split_number(line), (Some(number), title), "{line}");
        }
        for line in [
            "1.234 hồ sơ được giải quyết",
            "30/9/2022 là hạn cuối",
            "đ/c Nguyễn Văn A chủ trì",
            "T/M BAN THƯỜNG VỤ",
            "Kết quả",
        ] {
            assert_eq!(split_number(line), (None, line));
        }
    }
}
