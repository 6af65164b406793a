//! The document as the templates read it: lines already worded, text clean, every choice between layouts made.

use domain::doc::{Align, Block, Cell, Paragraph, Run, Table};
use domain::official::{Annex, OfficialDocument, Profile};
use serde::Serialize;

/// A4 in millimetres.
const PAGE_MM: (u32, u32) = (210, 297);
/// A longer word could not be broken and would run off the page, e.g. an address of a web page.
const LONGEST_WORD: usize = 48;
/// The same within a table, whose columns may be narrow.
const LONGEST_WORD_IN_CELL: usize = 16;
/// A row of at most this many lines is not divided between pages.
const LINES_KEPT_TOGETHER: usize = 12;
/// A closing paragraph of at most this many characters stays with the signature.
const CLOSING_CHARACTERS: usize = 900;
/// More recipients than this may be divided between pages.
const RECIPIENTS_KEPT_TOGETHER: usize = 30;

/// Everything the templates need, in the order of the page.
#[derive(Serialize)]
pub struct Sheet<'a> {
    profile: &'a Profile,
    font: &'static str,
    /// For the title in the window of a reader.
    title: String,
    date: Option<[i16; 3]>,
    draft: bool,
    parent_body: Option<String>,
    issuer: String,
    number: String,
    place_date: String,
    kind: Option<String>,
    subject: String,
    addressees: Vec<String>,
    body: Vec<SheetBlock>,
    authority: Option<String>,
    position: String,
    signer: String,
    recipients: Vec<String>,
    recipients_divisible: bool,
    annexes: Vec<SheetAnnex>,
}

#[derive(Serialize)]
struct SheetAnnex {
    heading: String,
    title: String,
    reference: String,
    landscape: bool,
    blocks: Vec<SheetBlock>,
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum SheetBlock {
    Heading {
        level: u8,
        runs: Vec<Run>,
    },
    Paragraph {
        runs: Vec<Run>,
        align: &'static str,
        /// How many lists stand around it.
        level: u8,
        with_next: bool,
    },
    Table {
        header_rows: usize,
        widths: Vec<u32>,
        size_pt: u32,
        rows: Vec<SheetRow>,
    },
    PageBreak,
}

#[derive(Serialize)]
struct SheetRow {
    divisible: bool,
    /// Paragraphs by cell.
    cells: Vec<Vec<SheetParagraph>>,
}

#[derive(Serialize)]
struct SheetParagraph {
    runs: Vec<Run>,
    align: &'static str,
}

impl<'a> Sheet<'a> {
    pub fn new(document: &OfficialDocument, profile: &'a Profile) -> Self {
        let lines = |lines: Vec<String>| {
            lines
                .iter()
                .map(|line| clean(line, LONGEST_WORD))
                .collect::<Vec<_>>()
        };
        let text = |text: &String| clean(text, LONGEST_WORD);
        let recipients = lines(profile.recipient_lines(document));
        let [_, _, left, right] = profile.margins_mm;
        let mut body = blocks(
            &profile.closed_body(document),
            PAGE_MM.0 - left - right,
            profile,
        );
        keep_with_signature(&mut body);
        Sheet {
            profile,
            font: crate::world::FONT_FAMILY,
            title: document
                .kind
                .iter()
                .chain([&document.subject])
                .map(text)
                .collect::<Vec<_>>()
                .join(" "),
            date: document
                .date
                .map(|date| [date.year(), date.month().into(), date.day().into()]),
            draft: document.draft,
            parent_body: document.parent_body.as_ref().map(text),
            issuer: text(&document.issuer),
            number: text(&profile.number_line(document)),
            place_date: text(&profile.place_date_line(document)),
            kind: document.kind.as_ref().map(text),
            subject: text(&document.subject),
            addressees: lines(profile.addressee_lines(document)),
            body,
            authority: document.signature.authority.as_ref().map(text),
            position: text(&document.signature.position),
            signer: text(&document.signature.name),
            recipients_divisible: recipients.len() > RECIPIENTS_KEPT_TOGETHER,
            recipients,
            annexes: document
                .annexes
                .iter()
                .map(|annex| sheet_annex(annex, document, profile))
                .collect(),
        }
    }
}

/// How many characters there are to set in all.
pub fn characters(document: &OfficialDocument) -> usize {
    let annexed = document.annexes.iter().flat_map(|annex| &annex.blocks);
    let blocks: usize = document
        .body
        .iter()
        .chain(annexed)
        .map(|block| block.text().chars().count())
        .sum();
    let lines = document
        .addressees
        .iter()
        .chain(&document.recipients)
        .chain([&document.subject, &document.issuer]);
    blocks + lines.map(|line| line.chars().count()).sum::<usize>()
}

fn sheet_annex(annex: &Annex, document: &OfficialDocument, profile: &Profile) -> SheetAnnex {
    let [top, bottom, left, right] = profile.margins_mm;
    let width_mm = if annex.landscape {
        PAGE_MM.1 - top - bottom
    } else {
        PAGE_MM.0 - left - right
    };
    SheetAnnex {
        heading: annex.heading(),
        title: clean(&annex.title, LONGEST_WORD),
        reference: clean(&profile.annex_reference(document), LONGEST_WORD),
        landscape: annex.landscape,
        blocks: blocks(&annex.blocks, width_mm, profile),
    }
}

fn blocks(blocks: &[Block], width_mm: u32, profile: &Profile) -> Vec<SheetBlock> {
    blocks
        .iter()
        .filter_map(|block| sheet_block(block, width_mm, profile))
        .collect()
}

/// `None` for blocks that print nothing.
fn sheet_block(block: &Block, width_mm: u32, profile: &Profile) -> Option<SheetBlock> {
    match block {
        Block::PageBreak => Some(SheetBlock::PageBreak),
        Block::Table(table) => sheet_table(table, width_mm, profile),
        _ if block.text().trim().is_empty() => None,
        Block::Heading { level, runs } => Some(SheetBlock::Heading {
            level: (*level).clamp(1, 6),
            runs: clean_runs(runs, LONGEST_WORD),
        }),
        Block::Paragraph(paragraph) => Some(SheetBlock::Paragraph {
            runs: labelled_runs(paragraph, LONGEST_WORD),
            align: align_name(paragraph.align),
            level: paragraph.level.min(domain::prose::DEEPEST_LEVEL),
            with_next: false,
        }),
    }
}

/// Keeps the last lines of the text on the page of the signature, so that no signature stands alone.
fn keep_with_signature(body: &mut [SheetBlock]) {
    if let Some(SheetBlock::Paragraph {
        runs, with_next, ..
    }) = body.last_mut()
    {
        let characters: usize = runs.iter().map(|run| run.text.chars().count()).sum();
        *with_next = characters <= CLOSING_CHARACTERS;
    }
}

fn sheet_table(table: &Table, width_mm: u32, profile: &Profile) -> Option<SheetBlock> {
    let columns = table
        .rows
        .iter()
        .map(Vec::len)
        .chain([table.widths.len()])
        .max()?;
    if columns == 0 {
        return None;
    }
    let mut widths: Vec<u32> = table
        .widths
        .iter()
        .map(|width| (*width).clamp(1, 10_000))
        .collect();
    let usual = widths
        .iter()
        .sum::<u32>()
        .checked_div(u32::try_from(widths.len()).unwrap_or(1))
        .unwrap_or(1);
    widths.resize(columns, usual);
    let size_pt = table_size(profile.table.size_pt, columns);
    let rows = table
        .rows
        .iter()
        .map(|row| sheet_row(row, &widths, width_mm, size_pt))
        .collect();
    Some(SheetBlock::Table {
        header_rows: table.header_rows.min(table.rows.len()),
        widths,
        size_pt,
        rows,
    })
}

/// Many columns take smaller letters, down to 8 points.
fn table_size(usual_pt: u32, columns: usize) -> u32 {
    let less = match columns {
        0..=8 => 0,
        9..=11 => 1,
        12..=15 => 2,
        _ => 4,
    };
    usual_pt.saturating_sub(less).max(8)
}

fn sheet_row(row: &[Cell], widths: &[u32], width_mm: u32, size_pt: u32) -> SheetRow {
    let all: u32 = widths.iter().sum();
    let lines = row.iter().zip(widths).map(|(cell, width)| {
        // A letter is about half as wide as its size, and a point about 0.35 mm; 3 mm are the cell's edges.
        let letters = (width_mm * width / all).saturating_sub(3) * 6 / size_pt;
        cell.text().chars().count() / usize::try_from(letters.max(1)).unwrap_or(1)
            + cell.paragraphs.len()
    });
    let divisible = lines.max().is_some_and(|lines| lines > LINES_KEPT_TOGETHER);
    let mut cells: Vec<Vec<SheetParagraph>> = row.iter().map(sheet_cell).collect();
    cells.resize_with(widths.len(), Vec::new);
    SheetRow { divisible, cells }
}

fn sheet_cell(cell: &Cell) -> Vec<SheetParagraph> {
    let paragraph = |paragraph: &Paragraph| SheetParagraph {
        runs: labelled_runs(paragraph, LONGEST_WORD_IN_CELL),
        // Justified words would be torn apart in a narrow column.
        align: if paragraph.align == Align::Justify {
            "left"
        } else {
            align_name(paragraph.align)
        },
    };
    cell.paragraphs.iter().map(paragraph).collect()
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Justify => "justify",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// The runs of a paragraph with its generated label in front, which looks like the first of them.
fn labelled_runs(paragraph: &Paragraph, longest_word: usize) -> Vec<Run> {
    let mut runs = clean_runs(&paragraph.runs, longest_word);
    if let Some(label) = &paragraph.label {
        let mut run = paragraph.runs.first().cloned().unwrap_or_default();
        run.underline = false;
        run.text = format!("{} ", clean(label, longest_word));
        runs.insert(0, run);
    }
    runs
}

fn clean_runs(runs: &[Run], longest_word: usize) -> Vec<Run> {
    runs.iter()
        .map(|run| Run {
            text: clean(&run.text, longest_word),
            ..run.clone()
        })
        .collect()
}

/// Text that can be set: clean as it is stored, and with places to break in words that are too long.
fn clean(text: &str, longest_word: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for character in domain::text::clean(text).chars() {
        if character.is_whitespace() {
            out.push(if character == '\t' { ' ' } else { character });
            word = 0;
            continue;
        }
        if word == longest_word {
            out.push('\u{200b}');
            word = 0;
        }
        out.push(character);
        word += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_line_feeds_stay() {
        assert_eq!(
            clean("a\u{0}b\tc\nd\u{1b}[31m", LONGEST_WORD),
            "ab c\nd[31m"
        );
    }

    #[test]
    fn a_word_longer_than_a_line_can_be_broken() {
        let long = "x".repeat(100);
        let pieces: Vec<usize> = clean(&long, 40).split('\u{200b}').map(str::len).collect();
        assert_eq!(pieces, [40, 40, 20]);
    }

    #[test]
    fn a_row_too_high_for_a_page_may_be_divided() {
        let short = [Cell::plain("1"), Cell::plain("Đảng ủy xã Bình Thạnh")];
        let long = [Cell::plain("1"), Cell::plain("một câu dài ".repeat(200))];
        assert!(!sheet_row(&short, &[1, 9], 165, 12).divisible);
        assert!(sheet_row(&long, &[1, 9], 165, 12).divisible);
    }
}
