//! A report in a file as the checks read it: its text by sections, split at the headings that an upload is split at.

use super::dossier::Part;
use crate::campaign::{Section, Writable};
use crate::doc::{Block, Document, Paragraph};
use crate::prose::{from_document, plain};
use crate::report::headings::{Headings, chapter, closes};
use std::collections::BTreeSet;

/// A file as the checks read it.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    /// What stands before the first section: head, number, place, date, title.
    pub head: String,
    /// With an outline: its sections in its order, found or not. Without: the sections of the file.
    pub parts: Vec<Part>,
}

/// The sections of a document: along the outline where one is given, else its own chapters. Nothing is lost: a heading
/// of its own within an outline belongs to the section above it.
pub fn manuscript(document: &Document, outline: Option<&[Section]>) -> Manuscript {
    match outline {
        Some(outline) if !outline.is_empty() => along(document, outline),
        _ => by_chapters(document),
    }
}

fn by_chapters(document: &Document) -> Manuscript {
    let mut head = Vec::new();
    let mut chapters: Vec<(String, String, Vec<Block>)> = Vec::new();
    for block in &document.blocks {
        let text = block.text();
        if let Some((number, title)) = chapter(block, &text) {
            chapters.push((number.to_owned(), title.to_owned(), Vec::new()));
            continue;
        }
        let content = chapters.last_mut().map_or(&mut head, |(.., blocks)| blocks);
        content.push(block.clone());
    }
    if chapters.is_empty() {
        let whole = std::mem::take(&mut head);
        chapters.push((String::new(), "Toàn văn".to_owned(), whole));
    }
    let part = |(id, (number, title, blocks)): (i64, (String, String, Vec<Block>))| {
        let mut part = Part::loose(id, &title, from_document(&blocks));
        part.section.number = number;
        part
    };
    Manuscript {
        head: plain(&from_document(&head)),
        parts: (1..).zip(chapters).map(part).collect(),
    }
}

fn along(document: &Document, outline: &[Section]) -> Manuscript {
    let marked = BTreeSet::new();
    let mut headings = Headings::new(outline, &marked);
    let mut head: Vec<Block> = Vec::new();
    let mut content: Vec<Vec<Block>> = vec![Vec::new(); outline.len()];
    // A heading above sub-sections may hold nothing.
    let mut found: Vec<bool> = outline
        .iter()
        .map(|section| section.writable == Writable::Heading)
        .collect();
    let mut current: Option<usize> = None;
    for block in &document.blocks {
        let text = block.text();
        let told = match block {
            Block::Table(_) | Block::PageBreak => None,
            _ => headings.find(block, &text),
        };
        if let Some(told) = told {
            headings.pass(told.id);
            current = outline.iter().position(|section| section.id == told.id);
            let rest = told.rest_from.map(|from| text.chars().skip(from).collect());
            if let Some(index) = current {
                found[index] = true;
                let rest = rest.map(|rest: String| Block::Paragraph(Paragraph::plain(rest)));
                content[index].extend(rest);
            }
            continue;
        }
        if current.is_some() && closes(block) {
            break;
        }
        let place = current.map_or(&mut head, |index| &mut content[index]);
        place.push(block.clone());
    }
    let parts = outline.iter().zip(content).zip(found);
    Manuscript {
        head: plain(&from_document(&head)),
        parts: parts
            .map(|((section, blocks), found)| Part {
                section: section.clone(),
                text: from_document(&blocks),
                found,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(read.head, "BÁO CÁO");
        assert_eq!(read.parts[1].text, "Xây 3 nhà.\n- Sửa 2 nhà.");
        assert!(read.parts[1].found && !read.parts[2].found);
    }

    #[test]
    fn recipients_and_signature_in_a_table_close_the_text() {
        let outline = [section(1, "I", "Kết quả", Writable::Required)];
        let mut file = document(&["I. Kết quả", "Xây 3 nhà."]);
        let cell = |text: &str| crate::doc::Cell {
            paragraphs: vec![Paragraph::plain(text)],
        };
        file.blocks.push(Block::Table(crate::doc::Table {
            rows: vec![vec![cell("Nơi nhận:"), cell("T/M BAN THƯỜNG VỤ")]],
            ..Default::default()
        }));
        let read = manuscript(&file, Some(&outline));
        assert_eq!(read.parts[0].text, "Xây 3 nhà.");
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
        assert_eq!(read.parts[0].text, "Xây 3 nhà.\n1. Về nhà ở");
    }
}
