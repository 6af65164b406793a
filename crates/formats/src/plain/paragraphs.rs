//! From lines to paragraphs.

use super::{decode, inline, lines};
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::runs::{Look, RunBuilder, readable};
use domain::doc::{Align, Block, Document, Paragraph};

/// A text with a longer line than this was not wrapped by hand: each of its lines is a paragraph.
const WRAPPED_LINE: usize = 150;

/// # Errors
/// [`ReadError::NotUtf8`], [`ReadError::TooMany`].
pub fn read_text(bytes: &[u8]) -> Result<Document, ReadError> {
    let text = readable(&decode(bytes)?);
    let wrapped = text
        .lines()
        .all(|line| line.chars().count() <= WRAPPED_LINE);
    let mut document = Document::default();
    for group in groups(&text) {
        for paragraph in join(&group, wrapped) {
            let mut runs = RunBuilder::default();
            runs.push(Look::default(), &paragraph);
            add(&mut document, paragraph_of(runs))?;
        }
    }
    Ok(document)
}

/// Reads the Markdown that people write by hand: headings, bold, italic, lists (whose marks stay as text).
///
/// # Errors
/// [`ReadError::NotUtf8`], [`ReadError::TooMany`].
pub fn read_markdown(bytes: &[u8]) -> Result<Document, ReadError> {
    let text = readable(&decode(bytes)?);
    let mut document = Document::default();
    for group in groups(&text) {
        for part in group.split_inclusive(|line| heading(line).is_some()) {
            let (body, title) = match part.split_last() {
                Some((last, before)) if heading(last).is_some() => (before, heading(last)),
                _ => (part, None),
            };
            for paragraph in join(body, true) {
                let mut runs = RunBuilder::default();
                inline::read(&paragraph, &mut runs);
                add(&mut document, paragraph_of(runs))?;
            }
            if let Some((level, title)) = title {
                let mut runs = RunBuilder::default();
                inline::read(title, &mut runs);
                add(
                    &mut document,
                    Block::Heading {
                        level,
                        runs: runs.finish(),
                    },
                )?;
            }
        }
    }
    Ok(document)
}

fn add(document: &mut Document, block: Block) -> Result<(), ReadError> {
    if document.blocks.len() >= limits::BLOCKS {
        return Err(ReadError::TooMany {
            what: Countable::Blocks,
            limit: limits::BLOCKS,
        });
    }
    if !block.text().is_empty() {
        document.blocks.push(block);
    }
    Ok(())
}

fn paragraph_of(runs: RunBuilder) -> Block {
    Block::Paragraph(Paragraph {
        runs: runs.finish(),
        label: None,
        align: Align::Justify,
    })
}

/// Runs of lines between blank ones.
fn groups(text: &str) -> Vec<Vec<&str>> {
    text.split('\n')
        .collect::<Vec<_>>()
        .split(|line| line.trim().is_empty())
        .filter(|group| !group.is_empty())
        .map(<[&str]>::to_vec)
        .collect()
}

/// The paragraphs of one group. `wrapped`: a line may continue the one before.
fn join(group: &[&str], wrapped: bool) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut previous: Option<&str> = None;
    for line in group {
        let hard_break = previous.is_some_and(|line| line.ends_with("  ") || line.ends_with('\\'));
        let bare = without_marks(line);
        match (previous.map(without_marks), paragraphs.last_mut()) {
            (Some(before), Some(paragraph))
                if lines::keeps_break(&before, &bare) && !lines::has_mark(&bare) =>
            {
                end_line(paragraph, '\n');
                paragraph.push_str(line.trim());
            }
            (Some(before), Some(paragraph))
                if wrapped && !lines::begins_paragraph(&before, &bare) =>
            {
                end_line(paragraph, if hard_break { '\n' } else { ' ' });
                paragraph.push_str(line.trim());
            }
            _ => paragraphs.push(line.trim().to_owned()),
        }
        previous = Some(line);
    }
    paragraphs
}

/// Closes a line that another one follows; Markdown's backslash for a line break goes.
fn end_line(paragraph: &mut String, end: char) {
    if end == '\n' && paragraph.ends_with('\\') {
        paragraph.pop();
    }
    paragraph.push(end);
}

/// The line as it is judged: Markdown's asterisks around words say nothing about its letters.
fn without_marks(line: &str) -> String {
    line.trim()
        .trim_start_matches("**")
        .trim_end_matches("**")
        .to_owned()
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let level = line.chars().take_while(|c| *c == '#').count();
    let title = line[level..].strip_prefix(' ')?;
    let level = u8::try_from(level)
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    Some((level, title.trim().trim_end_matches('#').trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(document: &Document) -> Vec<String> {
        document.blocks.iter().map(Block::text).collect()
    }

    #[test]
    fn hard_wrapped_lines_join_and_list_lines_stand_alone() {
        let document = read_markdown(
            "# Kế hoạch\nThực hiện Chỉ thị\nsố 14-CT/TW:\n- một;\n- hai\nvà ba.\n".as_bytes(),
        )
        .expect("readable");
        assert_eq!(
            texts(&document),
            [
                "Kế hoạch",
                "Thực hiện Chỉ thị số 14-CT/TW:",
                "- một;",
                "- hai và ba."
            ]
        );
        assert!(matches!(
            document.blocks[0],
            Block::Heading { level: 1, .. }
        ));
    }

    #[test]
    fn a_bold_span_runs_over_a_line_end_and_lone_asterisks_stay() {
        let document = read_markdown(
            "**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**\n\n2 * 3 và (*in nghiêng*), *".as_bytes(),
        )
        .expect("readable");
        let Block::Paragraph(signature) = &document.blocks[0] else {
            panic!("paragraph")
        };
        assert_eq!(signature.runs.len(), 1);
        assert!(signature.runs[0].bold);
        assert_eq!(signature.runs[0].text, "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ");
        let Block::Paragraph(marks) = &document.blocks[1] else {
            panic!("paragraph")
        };
        assert_eq!(marks.text(), "2 * 3 và (in nghiêng), *");
        assert!(marks.runs[1].italic && marks.runs[1].text == "in nghiêng");
    }

    #[test]
    fn a_text_saved_by_word_has_one_paragraph_a_line() {
        let long = "Thực hiện ".repeat(30);
        let document =
            read_text(format!("{long}\nNội dung\nHình thức\n").as_bytes()).expect("readable");
        assert_eq!(document.blocks.len(), 3);
    }

    #[test]
    fn utf16_of_notepad_is_read_and_other_encodings_are_named_by_line() {
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Kế hoạch".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(read_text(&bytes).expect("readable").text(), "Kế hoạch\n");
        assert_eq!(
            read_text(b"mot\nhai \xd5\n"),
            Err(ReadError::NotUtf8 { line: 2 })
        );
    }
}
