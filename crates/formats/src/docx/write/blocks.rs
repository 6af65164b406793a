//! The text: headings, paragraphs, tables, page breaks.

use super::Layout;
use super::markup::{Paragraph, RunLook, filler, run};
use super::widths::bold_twips;
use domain::doc::{self, Align, Block, Cell, Table};
use std::fmt::Write;

/// A row with a longer cell may be divided between pages.
const WHOLE_ROW_CHARS: usize = 500;
/// Styles of [`super::parts::styles`] by how many lists stand around a paragraph.
const ITEM_STYLES: [&str; 9] = [
    "BodyText",
    "ItemLevel1",
    "ItemLevel2",
    "ItemLevel3",
    "ItemLevel4",
    "ItemLevel5",
    "ItemLevel6",
    "ItemLevel7",
    "ItemLevel8",
];
/// Both edges of a cell and a little more, in twentieths of a point.
const CELL_EDGES: u32 = 200;

/// Writes blocks. `closes`: the last one stays on the page of what follows (the signature).
pub fn write(blocks: &[Block], layout: Layout<'_>, closes: bool, out: &mut String) {
    let mut break_before = false;
    for (index, block) in blocks.iter().enumerate() {
        let keep_next = closes && index + 1 == blocks.len();
        match block {
            Block::PageBreak => break_before = true,
            Block::Table(table) => {
                if break_before {
                    out.push_str(
                        &Paragraph {
                            page_break_before: true,
                            ..Paragraph::styled("Compact")
                        }
                        .write(""),
                    );
                }
                write_table(table, layout, out);
                break_before = false;
            }
            Block::Heading { level, runs } => {
                let style =
                    ["Heading1", "Heading2", "Heading3"][usize::from((*level).clamp(1, 3)) - 1];
                let paragraph = Paragraph {
                    page_break_before: break_before,
                    ..Paragraph::styled(style)
                };
                out.push_str(&paragraph.write(&write_runs(runs)));
                break_before = false;
            }
            Block::Paragraph(paragraph) => {
                let own = body_paragraph(paragraph);
                out.push_str(
                    &Paragraph {
                        keep_next,
                        page_break_before: break_before,
                        ..own
                    }
                    .write(&labelled(paragraph)),
                );
                break_before = false;
            }
        }
    }
}

/// Only justified paragraphs have a first-line indent; items of inner lists stand further in.
fn body_paragraph(paragraph: &doc::Paragraph) -> Paragraph {
    match paragraph.align {
        Align::Justify => Paragraph::styled(ITEM_STYLES[usize::from(paragraph.level).min(8)]),
        other => Paragraph {
            indent: Some((0, 0)),
            ..Paragraph::styled("BodyText").aligned(other)
        },
    }
}

/// The runs with the generated label in front, which looks like the first of them.
fn labelled(paragraph: &doc::Paragraph) -> String {
    let label = paragraph.label.as_ref().map(|label| {
        let first = paragraph.runs.first().cloned().unwrap_or_default();
        doc::Run {
            text: format!("{label} "),
            underline: false,
            ..first
        }
    });
    let runs: Vec<doc::Run> = label
        .into_iter()
        .chain(paragraph.runs.iter().cloned())
        .collect();
    write_runs(&runs)
}

pub fn write_runs(runs: &[doc::Run]) -> String {
    let look = |one: &doc::Run| RunLook {
        bold: one.bold,
        italic: one.italic,
        underline: one.underline,
        script: one.script,
        ..RunLook::default()
    };
    runs.iter().map(|one| run(&one.text, look(one))).collect()
}

/// A table with rules between all cells, whose header rows are repeated on every page.
fn write_table(table: &Table, layout: Layout<'_>, out: &mut String) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let size_pt = table_size(layout.profile.table.size_pt, columns);
    let mut widths = shares(&table.widths, columns, layout.width());
    fit_words(&mut widths, table, size_pt);
    let total: u32 = widths.iter().sum();
    out.push_str(&Paragraph::styled("Compact").spaced(0, 2).write(""));
    let _ = write!(
        out,
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    );
    for width in &widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    for (index, row) in table.rows.iter().enumerate() {
        write_row(row, index < table.header_rows, &widths, size_pt, out);
    }
    out.push_str("</w:tbl>");
    out.push_str(&Paragraph::styled("Compact").spaced(0, 4).write(""));
}

fn write_row(row: &[Cell], header: bool, widths: &[u32], size_pt: u32, out: &mut String) {
    out.push_str("<w:tr><w:trPr>");
    if row
        .iter()
        .all(|cell| cell.text().chars().count() <= WHOLE_ROW_CHARS)
    {
        out.push_str("<w:cantSplit/>");
    }
    out.push_str(if header {
        "<w:tblHeader/></w:trPr>"
    } else {
        "</w:trPr>"
    });
    for (index, width) in widths.iter().enumerate() {
        let _ = write!(
            out,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
        );
        let paragraphs = row.get(index).map_or(&[][..], |cell| &cell.paragraphs);
        for paragraph in paragraphs {
            out.push_str(&cell_paragraph(paragraph, header, size_pt));
        }
        if paragraphs.is_empty() {
            out.push_str(&filler());
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr>");
}

fn cell_paragraph(paragraph: &doc::Paragraph, header: bool, size_pt: u32) -> String {
    let align = match paragraph.align {
        _ if header => Align::Center,
        // Justified words would be torn apart in a narrow column.
        Align::Justify => Align::Left,
        other => other,
    };
    let label = paragraph
        .label
        .as_ref()
        .map(|label| doc::Run::plain(format!("{label} ")));
    let runs: String = label
        .iter()
        .chain(&paragraph.runs)
        .map(|one| {
            let look = RunLook {
                size_pt: Some(size_pt),
                bold: one.bold || header,
                italic: one.italic,
                underline: one.underline,
                script: one.script,
                ..RunLook::default()
            };
            run(&one.text, look)
        })
        .collect();
    Paragraph::styled("TableText").aligned(align).write(&runs)
}

/// The width shared out by the columns' weights; missing weights count as the usual one.
pub fn shares(weights: &[u32], columns: usize, width: u32) -> Vec<u32> {
    let mut weights: Vec<u64> = weights
        .iter()
        .take(columns)
        .map(|weight| u64::from(*weight).clamp(1, 100_000))
        .collect();
    let usual = weights
        .iter()
        .sum::<u64>()
        .checked_div(weights.len() as u64)
        .unwrap_or(1);
    weights.resize(columns, usual);
    let total: u64 = weights.iter().sum();
    weights
        .iter()
        .map(|weight| {
            u32::try_from(u64::from(width) * weight / total)
                .unwrap_or(width)
                .max(1)
        })
        .collect()
}

/// Widens columns whose words would be broken, at the cost of the widest column, as far as that one can spare it.
fn fit_words(widths: &mut [u32], table: &Table, size_pt: u32) {
    for column in 0..widths.len() {
        let cells = table
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(Cell::text);
        let longest = cells
            .flat_map(|text| {
                text.split_whitespace()
                    .map(|word| bold_twips(word, size_pt))
                    .collect::<Vec<_>>()
            })
            .max()
            .unwrap_or(0);
        let missing = (longest + CELL_EDGES).saturating_sub(widths[column]);
        let widest = (0..widths.len())
            .max_by_key(|other| widths[*other])
            .unwrap_or(column);
        if widest != column && widths[widest] / 2 > missing {
            widths[column] += missing;
            widths[widest] -= missing;
        }
    }
}

/// Many columns take smaller letters, down to 8 points.
pub fn table_size(usual_pt: u32, columns: usize) -> u32 {
    let less = match columns {
        0..=8 => 0,
        9..=11 => 1,
        12..=15 => 2,
        _ => 4,
    };
    usual_pt.saturating_sub(less).max(8)
}
