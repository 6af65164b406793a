//! From lines to paragraphs.

use super::pages::one_column;
use super::{decode, inline, lines};
use crate::error::{Countable, ReadError};
use crate::limits;
use crate::notes::Notes;
use crate::read::Incoming;
use crate::runs::{Look, RunBuilder, readable};
use domain::doc::{Block, Document, Paragraph};

/// A text with a longer line than this was not wrapped by hand: each of its lines is a paragraph.
const WRAPPED_LINE: usize = 150;

/// Least share of the widest line, in percent, that a line fills when the next one continues it.
const FULL_LINE: usize = 90;
/// The same after the end of a sentence, where a paragraph may as well end: only a line without room goes on.
const FULL_SENTENCE: usize = 98;
/// How far the first line of a paragraph stands in, in characters.
const INDENT: std::ops::RangeInclusive<usize> = 2..=14;

/// Reads plain text. Markdown that was saved under the name of a text is read as Markdown.
///
/// # Errors
/// [`ReadError::NotUtf8`], [`ReadError::TooMany`].
pub fn read_text(bytes: &[u8]) -> Result<Incoming, ReadError> {
    let decoded = decode(bytes)?;
    let text = readable(&one_column(&decoded.text));
    let document = if has_bold_marks(&text) {
        markdown(&text)?
    } else {
        text_document(&text)?
    };
    Ok(decoded.incoming(document))
}

/// As [`read_text`], for text that was decoded already.
///
/// # Errors
/// [`ReadError::TooMany`].
pub fn read_str(text: &str) -> Result<Incoming, ReadError> {
    let mut notes = Notes::default();
    notes.look_at(text);
    Ok(Incoming::new(
        text_document(&readable(&one_column(text)))?,
        notes,
    ))
}

fn text_document(text: &str) -> Result<Document, ReadError> {
    let lines = match wrapped_at(text) {
        Some(widest) => Lines::Wrapped { widest },
        None => Lines::Paragraphs,
    };
    let mut document = Document::default();
    for group in groups(text) {
        for paragraph in join(&group, lines) {
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
pub fn read_markdown(bytes: &[u8]) -> Result<Incoming, ReadError> {
    let decoded = decode(bytes)?;
    let document = markdown(&readable(&decoded.text))?;
    Ok(decoded.incoming(document))
}

/// The width at which the lines of a text were wrapped, when they were: that of the lines which surely go on, as the
/// next one begins in lower case. A single longer line says nothing.
fn wrapped_at(text: &str) -> Option<usize> {
    const ENOUGH: usize = 8;
    let width = |line: &str| line.trim().chars().count();
    let widest = text.lines().map(width).max()?;
    let goes_on = |line: &str| line.trim_start().starts_with(char::is_lowercase);
    let next = text.lines().skip(1);
    let mut broken: Vec<usize> = text
        .lines()
        .zip(next)
        .filter(|(_, next)| goes_on(next))
        .map(|(line, _)| width(line))
        .collect();
    broken.sort_unstable();
    let usual = broken
        .get(broken.len() * 95 / 100)
        .filter(|_| broken.len() >= ENOUGH);
    (widest <= WRAPPED_LINE).then(|| usual.map_or(widest, |usual| widest.min(*usual)))
}

fn markdown(text: &str) -> Result<Document, ReadError> {
    let mut document = Document::default();
    let lines = match wrapped_at(text) {
        Some(widest) => Lines::Flowing { widest },
        None => Lines::Paragraphs,
    };
    for group in groups(text) {
        for part in group.split_inclusive(|line| heading(line).is_some()) {
            let (body, title) = match part.split_last() {
                Some((last, before)) if heading(last).is_some() => (before, heading(last)),
                _ => (part, None),
            };
            for paragraph in join(body, lines) {
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
        ..Paragraph::default()
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

/// What the line ends of a text mean.
#[derive(Clone, Copy)]
enum Lines {
    /// Each line is a paragraph.
    Paragraphs,
    /// A line may continue the one before, but for one that is much shorter than others.
    Flowing { widest: usize },
    /// The same, wrapped at a width: a line that leaves room for the next word is the last of its paragraph.
    Wrapped { widest: usize },
}

impl Lines {
    fn is_wrapped(self) -> bool {
        matches!(self, Lines::Wrapped { .. })
    }

    /// Whether `line` continues `before`.
    fn continues(self, before: &str, line: &str) -> bool {
        match self {
            Lines::Paragraphs => false,
            Lines::Flowing { widest } => {
                let ended = lines::has_mark(before) && is_short(before, line, widest);
                !lines::begins_paragraph(before, line) && !ended
            }
            Lines::Wrapped { widest } => {
                !lines::begins_paragraph(before, line)
                    && (lines::is_open(before) || !leaves_room(before, line, widest))
                    && !opens_introduction(line)
            }
        }
    }
}

/// Whether a line takes up less than half of the widest, and the next one begins with a capital.
fn is_short(before: &str, line: &str, widest: usize) -> bool {
    line.trim().starts_with(char::is_uppercase) && before.trim().chars().count() * 2 < widest
}

/// Whether a line ends a paragraph by its length: the next one begins with a capital that would have had room on it.
fn leaves_room(before: &str, line: &str, widest: usize) -> bool {
    let (before, line) = (before.trim(), line.trim());
    let word = line.split_whitespace().next().unwrap_or_default();
    let with_next = before.chars().count() + 1 + word.chars().count();
    let full = if before.ends_with(['.', ';', ':', '!', '?']) {
        FULL_SENTENCE
    } else {
        FULL_LINE
    };
    word.starts_with(char::is_uppercase) && with_next * 100 < widest * full
}

/// Words that begin the introduction of a document and never stand in the middle of a sentence with a capital.
fn opens_introduction(line: &str) -> bool {
    ["Thực hiện ", "Căn cứ ", "Thi hành ", "Kính gửi", "Nơi nhận"]
        .iter()
        .any(|words| line.trim_start().starts_with(words))
}

/// Whether a line stands in behind the one before and begins with a capital, as the first of a paragraph does.
fn stands_in(before: &str, line: &str) -> bool {
    let indent = |line: &str| line.chars().take_while(|c| *c == ' ').count();
    let inward = indent(line).saturating_sub(indent(before));
    INDENT.contains(&inward) && line.trim_start().starts_with(char::is_uppercase)
}

/// Whether pairs of double asterisks stand around words, as nothing but Markdown has them.
fn has_bold_marks(text: &str) -> bool {
    let marks = text.matches("**").count();
    marks >= 2 && marks.is_multiple_of(2) && !text.contains("***")
}

/// The paragraphs of one group of lines.
fn join(group: &[&str], kind: Lines) -> Vec<String> {
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
                if kind.continues(&before, &bare)
                    && !(kind.is_wrapped()
                        && previous.is_some_and(|before| stands_in(before, line))) =>
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

    fn read_text(bytes: &[u8]) -> Result<Document, ReadError> {
        super::read_text(bytes).map(|incoming| incoming.document)
    }

    #[test]
    fn what_stands_below_a_short_numbered_line_is_a_paragraph_of_its_own_in_markdown_too() {
        let long = "a ".repeat(80);
        for rest in [
            long.as_str(),
            "Kinh phí do ngân sách huyện bảo đảm theo dự toán được giao.",
        ] {
            let text = format!(
                "**KẾ HOẠCH**\n\n2. UBND các xã\nBố trí người làm công tác dân số.\n\n{rest}"
            );
            let document = read_text(text.as_bytes()).expect("a text");
            assert_eq!(document.blocks[1].text(), "2. UBND các xã", "{text}");
        }
    }

    #[test]
    fn one_longer_line_does_not_tell_where_lines_were_wrapped() {
        let line = "hội viên và hoạt động của các chi hội trong năm năm qua ở địa phương";
        let mut text = format!("{line} {line}\n14/12/2016 của Hội.\n\n");
        for _ in 0..8 {
            text.push_str(&format!("Đánh giá {line}\n{line}.\n\n"));
        }
        text.push_str("- Soạn thảo báo cáo của tỉnh, gửi Trung ương Hội Cựu chiến binh toàn Việt\nNam trước ngày 10/8/2022;");
        let document = read_text(text.as_bytes()).expect("a text");
        let last = texts(&document).pop().unwrap_or_default();
        assert!(
            last.ends_with("toàn Việt Nam trước ngày 10/8/2022;"),
            "{last}"
        );
    }

    fn read_markdown(bytes: &[u8]) -> Result<Document, ReadError> {
        super::read_markdown(bytes).map(|incoming| incoming.document)
    }

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
    fn a_line_that_breaks_off_before_a_name_or_a_number_goes_on_however_short_it_is() {
        assert!(lines::is_open("c) Tham mưu ban hành báo cáo, gửi Bộ"));
        assert!(lines::is_open("hoàn thành trước ngày"));
        assert!(!lines::is_open("1. Sở Tài chính"));
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
    fn in_a_wrapped_text_without_blank_lines_a_short_line_ends_its_paragraph() {
        let text = "tăng cường sự lãnh đạo của Đảng đối với công tác người có công\nvới cách mạng trong thời gian tới\nThực hiện Kế hoạch số 44-KH/BDVTW, ngày 09/3/2022 của Ban Dân vận\nTrung ương Đảng về công tác năm 2022./.\nNơi nhận:\n- Lưu Văn phòng.";
        let document = read_text(text.as_bytes()).expect("readable");
        let starts: Vec<String> = texts(&document)
            .iter()
            .map(|text| text.chars().take(9).collect())
            .collect();
        assert_eq!(starts, ["tăng cườn", "Thực hiện", "Nơi nhận:", "- Lưu Văn"]);
    }

    #[test]
    fn after_a_sentence_only_a_full_line_goes_on_and_an_indent_begins_a_paragraph() {
        let text = "Ban Thường vụ Tỉnh ủy yêu cầu các huyện ủy báo cáo kết quả về Ban Dân vận.\nVăn phòng Tỉnh ủy theo dõi việc thực hiện kế hoạch này của các cơ quan, đơn vị và\nđịa phương trong tỉnh, báo cáo Ban Thường vụ Tỉnh ủy kết quả từng tháng, gồm Ban\n   Tỉnh đoàn Bình Thuận tuyên truyền.";
        let document = read_text(text.as_bytes()).expect("readable");
        let starts: Vec<String> = texts(&document)
            .iter()
            .map(|text| text.chars().take(9).collect())
            .collect();
        assert_eq!(starts, ["Ban Thườn", "Văn phòng", "Tỉnh đoàn"]);
    }

    #[test]
    fn a_full_last_line_of_the_title_does_not_swallow_the_introduction() {
        let text = "KẾ HOẠCH\nsơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW của Ban Bí thư\nThực hiện Kế hoạch số 44-KH/BDVTW của Ban Dân vận Trung ương,\nBan Thường vụ ban hành Kế hoạch như sau.";
        let document = read_text(text.as_bytes()).expect("readable");
        assert_eq!(document.blocks.len(), 3);
    }

    #[test]
    fn markdown_under_the_name_of_a_text_loses_its_marks() {
        let document = read_text("**3.1. Cấp cơ sở:** gửi (*theo Đề cương*)".as_bytes());
        assert_eq!(
            texts(&document.expect("readable")),
            ["3.1. Cấp cơ sở: gửi (theo Đề cương)"]
        );
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
