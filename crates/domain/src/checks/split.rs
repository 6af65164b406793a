//! A report in a file: its text by sections, split at the headings, against an outline where one is given.

use super::dossier::Part;
use super::pattern;
use crate::campaign::{Section, Writable};
use crate::doc::{Block, Document};
use crate::text::fold;

/// A file as the checks read it.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    /// What stands before the first section: head, number, place, date, title.
    pub head: String,
    /// With an outline: its sections in its order, found or not. Without: the sections of the file.
    pub parts: Vec<Part>,
}

pattern!(
    NUMBERED,
    r"^(?:(?:Phần|PHẦN|Mục|MỤC) )?((?:[IVX]+|\d{1,2})(?:\.\d{1,2}){0,3}|[a-zđ])\s?[./)\-–:]+\s*(.+)$"
);
/// Longer lines are paragraphs, whatever they begin with.
const LONGEST_HEADING: usize = 160;
/// What closes the text of an official document.
const TAIL: [&str; 6] = ["noi nhan", "t/m", "tm.", "k/t", "kt.", "t/l"];

/// The sections of a document. A heading is a line that the source marks as one, or a short numbered line; with an
/// outline only its own headings count, so nothing is lost: other lines belong to the section above them.
pub fn manuscript(document: &Document, outline: Option<&[Section]>) -> Manuscript {
    let lines = lines(document);
    match outline {
        Some(outline) if !outline.is_empty() => against(&lines, outline),
        _ => by_headings(&lines),
    }
}

struct SourceLine {
    text: String,
    is_heading: bool,
}

fn lines(document: &Document) -> Vec<SourceLine> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                for (index, row) in table.rows.iter().enumerate() {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| cell.text().replace('\n', " ").replace('|', "/"))
                        .collect();
                    lines.push(SourceLine {
                        text: format!("| {} |", cells.join(" | ")),
                        is_heading: false,
                    });
                    if index == 0 {
                        lines.push(SourceLine {
                            text: format!("|{}", " --- |".repeat(row.len())),
                            is_heading: false,
                        });
                    }
                }
                // A blank line keeps two tables apart.
                lines.push(SourceLine {
                    text: String::new(),
                    is_heading: false,
                });
            }
            Block::Heading { .. } => lines.extend(block.text().lines().map(|line| SourceLine {
                text: line.trim().to_owned(),
                is_heading: true,
            })),
            _ => lines.extend(block.text().lines().map(|line| SourceLine {
                text: line.trim_end().to_owned(),
                is_heading: false,
            })),
        }
    }
    lines
}

/// The number and title of a line that looks like a heading.
fn heading(line: &SourceLine) -> Option<(String, String)> {
    let text = line.text.trim();
    if text.chars().count() > LONGEST_HEADING {
        return None;
    }
    match NUMBERED.captures(text) {
        Some(found) => {
            let title = found[2].trim().to_owned();
            // A numbered sentence is an item of a list.
            let is_sentence = title.ends_with(['.', ';', ',']) && !line.is_heading;
            (!is_sentence).then(|| (found[1].to_owned(), title))
        }
        None => line.is_heading.then(|| (String::new(), text.to_owned())),
    }
}

fn is_roman(number: &str) -> bool {
    !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn by_headings(lines: &[SourceLine]) -> Manuscript {
    let mut manuscript = Manuscript::default();
    let mut text = String::new();
    let mut current: Option<(String, String)> = None;
    let close =
        |manuscript: &mut Manuscript, current: &Option<(String, String)>, text: &mut String| {
            let written = std::mem::take(text);
            match current {
                None => manuscript.head = written,
                Some((number, title)) => {
                    let id = i64::try_from(manuscript.parts.len() + 1).unwrap_or(i64::MAX);
                    let mut part = Part::loose(id, title, written);
                    part.section.number.clone_from(number);
                    manuscript.parts.push(part);
                }
            }
        };
    for line in lines {
        // Without an outline only the top level is sure: chapters, or headings that the source marks.
        let found = heading(line).filter(|(number, _)| line.is_heading || is_roman(number));
        if let Some(found) = found {
            close(&mut manuscript, &current, &mut text);
            current = Some(found);
        } else {
            text.push_str(&line.text);
            text.push('\n');
        }
    }
    close(&mut manuscript, &current, &mut text);
    if manuscript.parts.is_empty() {
        let whole = std::mem::take(&mut manuscript.head);
        manuscript.parts.push(Part::loose(1, "Toàn văn", whole));
    }
    manuscript
}

fn against(lines: &[SourceLine], outline: &[Section]) -> Manuscript {
    let mut manuscript = Manuscript {
        head: String::new(),
        parts: outline
            .iter()
            .map(|section| Part {
                section: section.clone(),
                text: String::new(),
                found: false,
            })
            .collect(),
    };
    let titles: Vec<String> = outline.iter().map(|section| fold(&section.title)).collect();
    let mut current = None;
    for line in lines {
        let found = heading(line)
            .and_then(|(number, title)| fitting(outline, &titles, current, &number, &title));
        if let Some(index) = found {
            current = Some(index);
            manuscript.parts[index].found = true;
            continue;
        }
        let text = match current {
            Some(index) => &mut manuscript.parts[index].text,
            None => &mut manuscript.head,
        };
        text.push_str(&line.text);
        text.push('\n');
    }
    for part in &mut manuscript.parts {
        // A heading above sub-sections may hold nothing.
        if part.section.writable == Writable::Heading {
            part.found = true;
        }
        let end = part.text.trim_end().len();
        part.text.truncate(end);
    }
    cut_tail(&mut manuscript);
    manuscript
}

/// The section of the outline that a heading opens: by its title, the numbers deciding between equal ones.
fn fitting(
    outline: &[Section],
    titles: &[String],
    current: Option<usize>,
    number: &str,
    title: &str,
) -> Option<usize> {
    let title = fold(title);
    let title = title.trim_end_matches([':', '.']);
    let fits = |index: &usize| {
        let wanted = &titles[*index];
        *wanted == title
            || (wanted.len() > 12
                && (title.starts_with(wanted.as_str())
                    || wanted.starts_with(title) && title.len() > 12))
    };
    let candidates: Vec<usize> = (0..outline.len()).filter(|index| fits(index)).collect();
    let same_number = |index: &usize| {
        let own = outline[*index].number.as_str();
        own == number || own.ends_with(&format!(".{number}"))
    };
    let after = |index: &usize| current.is_none_or(|current| *index > current);
    candidates
        .iter()
        .find(|index| after(index) && same_number(index))
        .or_else(|| candidates.iter().find(|index| after(index)))
        .or_else(|| candidates.first())
        .copied()
}

/// Signature and recipients close the last section; they are none of its text.
fn cut_tail(manuscript: &mut Manuscript) {
    let Some(last) = manuscript
        .parts
        .iter_mut()
        .rev()
        .find(|part| !part.text.is_empty())
    else {
        return;
    };
    let kept: Vec<&str> = last
        .text
        .lines()
        .take_while(|line| {
            let line = fold(line.trim_start_matches(['|', ' ']));
            !TAIL.iter().any(|word| line.starts_with(word))
        })
        .collect();
    last.text = kept.join("\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Paragraph;
    use crate::ids::SectionId;

    fn document(lines: &[&str]) -> Document {
        Document {
            blocks: lines
                .iter()
                .map(|line| Block::Paragraph(Paragraph::plain(*line)))
                .collect(),
        }
    }

    fn section(id: i64, number: &str, title: &str, writable: Writable) -> Section {
        Section {
            id: SectionId(id),
            number: number.into(),
            title: title.into(),
            level: 1,
            guidance: String::new(),
            writable,
        }
    }

    #[test]
    fn the_text_of_a_file_stands_under_the_sections_of_the_outline() {
        let outline = [
            section(1, "I", "KẾT QUẢ ĐẠT ĐƯỢC", Writable::Heading),
            section(2, "I.1", "Hỗ trợ về nhà ở", Writable::Required),
            section(3, "II", "HẠN CHẾ", Writable::Required),
        ];
        let read = manuscript(
            &document(&[
                "BÁO CÁO",
                "I. KẾT QUẢ ĐẠT ĐƯỢC",
                "1. Hỗ trợ về nhà ở:",
                "Xây 3 nhà.",
                "- Sửa 2 nhà.",
            ]),
            Some(&outline),
        );
        assert_eq!(read.head, "BÁO CÁO\n");
        assert_eq!(read.parts[1].text, "Xây 3 nhà.\n- Sửa 2 nhà.");
        assert!(read.parts[1].found && !read.parts[2].found);
    }

    #[test]
    fn without_an_outline_chapters_are_the_sections() {
        let read = manuscript(
            &document(&[
                "I. Kết quả",
                "Xây 3 nhà.",
                "1. Về nhà ở",
                "II- Hạn chế",
                "Còn chậm.",
            ]),
            None,
        );
        let names: Vec<String> = read.parts.iter().map(Part::name).collect();
        assert_eq!(names, ["I. Kết quả", "II. Hạn chế"]);
        assert_eq!(read.parts[0].text, "Xây 3 nhà.\n1. Về nhà ở\n");
    }
}
