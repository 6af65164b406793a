//! A report to be filled in: the outline with a content control for each section and each cell of the table of figures.
//!
//! Word keeps content controls and bookmarks. LibreOffice 7.4 keeps bookmarks and the controls inside a paragraph, and
//! drops the names of those around paragraphs; so each heading and each cell carries its anchor as a bookmark as well.

use super::blocks::{self, shares, table_size, write_runs};
use super::markup::{Paragraph, RunLook, escape, filler, run};
use super::{Layout, Section, close, front, package};
use domain::doc::{Align, Block, Paragraph as Line};
use domain::official::template::{
    INSTRUCTIONS, INSTRUCTIONS_TITLE, PLACEHOLDER, Template, TemplateCell, TemplateFigures,
    TemplateRow, TemplateSection,
};
use domain::official::{Profile, profile_named, profile_on};
use domain::report::anchors::Anchor;
use std::fmt::Write;

/// Longest title of a content control in Word.
const ALIAS_CHARS: usize = 64;

/// Writes the template. The same one gives the same bytes.
pub fn write_template(template: &Template) -> Vec<u8> {
    let document = &template.document;
    let profile = profile_named(&document.profile)
        .unwrap_or_else(|| profile_on(document.date.unwrap_or_default()));
    let portrait = Layout {
        profile,
        landscape: false,
    };
    let mut body = Writer::default();
    body.instructions(&template.mark, profile);
    front::head(document, profile, &mut body.out);
    front::title(document, profile, &mut body.out);
    for section in &template.sections {
        body.section(section, portrait);
    }
    let closing = body.bookmarked(&Anchor::Closing, "");
    body.out
        .push_str(&Paragraph::styled("Compact").spaced(0, 0).write(&closing));
    close::closing(document, profile, &mut body.out);
    let mut last = Section {
        layout: portrait,
        first: true,
    };
    if let Some(figures) = &template.figures {
        body.out.push_str(
            &Paragraph {
                filler: true,
                ..Paragraph::styled("Compact")
            }
            .ending(&last.properties()),
        );
        last = Section {
            layout: Layout {
                profile,
                landscape: true,
            },
            first: false,
        };
        body.figures(figures, last.layout);
    }
    body.out.push_str(&last.properties());
    package::pack(document, profile, &body.out)
}

/// Hidden paragraphs. One stands first in each control: LibreOffice makes the first paragraph of a control a field of
/// its own and drops bold, italic and the like in it.
fn hints(guidance: &str) -> String {
    let look = RunLook {
        italic: true,
        hidden: true,
        ..RunLook::default()
    };
    let paragraph = Paragraph {
        hidden: true,
        ..Paragraph::styled("Hint")
    };
    guidance
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| paragraph.write(&run(&format!("Gợi ý: {line}"), look)))
        .collect()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Bookmarks and controls so far; each has a number of its own.
    numbers: u32,
}

impl Writer {
    fn number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// `content` within a paragraph, in the bookmark of `anchor`.
    fn bookmarked(&mut self, anchor: &Anchor, content: &str) -> String {
        let (id, name) = (self.number(), anchor.name());
        format!(
            r#"<w:bookmarkStart w:id="{id}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{id}"/>"#
        )
    }

    /// `content` in a content control that cannot be deleted.
    fn control(&mut self, anchor: &Anchor, title: &str, is_empty: bool, content: &str) -> String {
        let title: String = title.chars().take(ALIAS_CHARS).collect();
        let placeholder = if is_empty { "<w:showingPlcHdr/>" } else { "" };
        format!(
            r#"<w:sdt><w:sdtPr><w:alias w:val="{}"/><w:tag w:val="{}"/><w:id w:val="{}"/><w:lock w:val="sdtLocked"/>{placeholder}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"#,
            escape(&title),
            anchor.name(),
            self.number()
        )
    }

    /// One page at the front.
    fn instructions(&mut self, mark: &Anchor, profile: &Profile) {
        let look = RunLook {
            bold: true,
            size_pt: Some(profile.body.size_pt),
            ..RunLook::default()
        };
        let title = self.bookmarked(mark, &run(INSTRUCTIONS_TITLE, look));
        self.out.push_str(
            &Paragraph::styled("Compact")
                .aligned(Align::Center)
                .spaced(0, 12)
                .write(&title),
        );
        for line in INSTRUCTIONS {
            self.out.push_str(
                &Paragraph::styled("Compact")
                    .aligned(Align::Justify)
                    .spaced(0, 6)
                    .write(&run(line, RunLook::default())),
            );
        }
        self.out.push_str(
            &Paragraph {
                page_break_before: true,
                filler: true,
                ..Paragraph::styled("Compact")
            }
            .write(""),
        );
    }

    fn section(&mut self, section: &TemplateSection, layout: Layout<'_>) {
        let Block::Heading { level, runs } = &section.heading else {
            return;
        };
        let style = ["Heading1", "Heading2", "Heading3"][usize::from((*level).clamp(1, 3)) - 1];
        let title: String = runs.iter().map(|run| run.text.as_str()).collect();
        let heading = self.bookmarked(&section.anchor, &write_runs(runs));
        self.out.push_str(&Paragraph::styled(style).write(&heading));
        let mut written = hints(&section.guidance);
        let Some(content) = &section.content else {
            return self.out.push_str(&written);
        };
        let placeholder = [Block::Paragraph(Line::plain(PLACEHOLDER))];
        let shown = if content.is_empty() {
            &placeholder[..]
        } else {
            content
        };
        if written.is_empty() {
            written = hints(&title);
        }
        blocks::write(shown, layout, false, &mut written);
        let control = self.control(&section.anchor, &title, content.is_empty(), &written);
        self.out.push_str(&control);
    }

    fn figures(&mut self, figures: &TemplateFigures, layout: Layout<'_>) {
        let centred = Paragraph::styled("Heading1").aligned(Align::Center);
        let title = Paragraph {
            indent: Some((0, 0)),
            ..centred
        };
        self.out.push_str(
            &title
                .spaced(0, 8)
                .write(&run(&figures.title.to_uppercase(), RunLook::default())),
        );
        let columns = figures.years.len() + 4;
        let mut weights = vec![10, 32, 13];
        weights.resize(columns, 10);
        let widths = shares(&weights, columns, layout.width());
        let size_pt = table_size(layout.profile.table.size_pt, columns);
        let total: u32 = widths.iter().sum();
        let _ = write!(
            self.out,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
        );
        for width in &widths {
            let _ = write!(self.out, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.out
            .push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let mut head: Vec<String> = ["Mã", "Chỉ tiêu", "Đơn vị tính"].map(String::from).into();
        head.extend(figures.years.iter().map(i16::to_string));
        head.push("Cả kỳ".into());
        for (text, width) in head.iter().zip(&widths) {
            let look = RunLook {
                bold: true,
                size_pt: Some(size_pt),
                ..RunLook::default()
            };
            self.cell(*width, Align::Center, &run(text, look));
        }
        self.out.push_str("</w:tr>");
        for row in &figures.rows {
            self.row(row, &widths, size_pt, &head);
        }
        self.out.push_str("</w:tbl>");
        self.out.push_str(&filler());
    }

    fn row(&mut self, row: &TemplateRow, widths: &[u32], size_pt: u32, head: &[String]) {
        let look = RunLook {
            size_pt: Some(size_pt),
            ..RunLook::default()
        };
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let texts = [
            (&row.code, Align::Center),
            (&row.name, Align::Left),
            (&row.unit, Align::Center),
        ];
        for ((text, align), width) in texts.into_iter().zip(widths) {
            self.cell(*width, align, &run(text, look));
        }
        for (index, (cell, width)) in row.cells.iter().zip(&widths[texts.len()..]).enumerate() {
            match cell {
                TemplateCell::Closed(text) => {
                    let grey = RunLook {
                        italic: true,
                        ..look
                    };
                    self.cell(*width, Align::Center, &run(text, grey));
                }
                TemplateCell::Open(anchor, value) => {
                    let column = head.get(texts.len() + index).map_or("", String::as_str);
                    let title = format!("{}, {column}", row.code);
                    // A control without text cannot be clicked on.
                    let shown = if value.is_empty() { " " } else { value };
                    let control = self.control(anchor, &title, false, &run(shown, look));
                    let content = self.bookmarked(anchor, &control);
                    self.cell(*width, Align::Right, &content);
                }
            }
        }
        self.out.push_str("</w:tr>");
    }

    fn cell(&mut self, width: u32, align: Align, content: &str) {
        let paragraph = Paragraph::styled("TableText").aligned(align).write(content);
        let _ = write!(
            self.out,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>"#
        );
    }
}
