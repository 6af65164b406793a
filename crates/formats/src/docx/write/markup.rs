//! Small pieces of WordprocessingML: escaped text, runs, paragraphs.

use domain::doc::{Align, Script};
use domain::official::Style;
use std::fmt::Write;

/// Millimetres in twentieths of a point.
pub fn twips(mm: u32) -> u32 {
    mm * 7200 / 127
}

/// Text as XML takes it, clean as it is stored.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in domain::text::clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not characters of XML.
            '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

/// How a run looks; `None` leaves the size to the paragraph's style.
#[derive(Clone, Copy, Default)]
pub struct RunLook {
    pub size_pt: Option<u32>,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub script: Script,
    pub boxed: bool,
    /// Neither shown nor printed, unless somebody asks for it.
    pub hidden: bool,
}

impl RunLook {
    /// The look of a profile's style, its capitals apart.
    pub fn of(style: Style) -> Self {
        RunLook {
            size_pt: Some(style.size_pt),
            bold: style.bold,
            italic: style.italic,
            ..RunLook::default()
        }
    }

    fn properties(self) -> String {
        let mut out = String::new();
        for (set, xml) in [
            (self.bold, "<w:b/><w:bCs/>"),
            (self.italic, "<w:i/><w:iCs/>"),
            (self.hidden, "<w:vanish/>"),
        ] {
            out.push_str(if set { xml } else { "" });
        }
        if let Some(size) = self.size_pt {
            let _ = write!(out, r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>"#, size * 2);
        }
        if self.underline {
            out.push_str(r#"<w:u w:val="single"/>"#);
        }
        if self.boxed {
            out.push_str(r#"<w:bdr w:val="single" w:sz="6" w:space="4" w:color="auto"/>"#);
        }
        match self.script {
            Script::Normal => {}
            Script::Super => out.push_str(r#"<w:vertAlign w:val="superscript"/>"#),
            Script::Sub => out.push_str(r#"<w:vertAlign w:val="subscript"/>"#),
        }
        if out.is_empty() {
            out
        } else {
            format!("<w:rPr>{out}</w:rPr>")
        }
    }
}

/// A run; line feeds and tabs become their own elements.
pub fn run(text: &str, look: RunLook) -> String {
    let text = escape(text);
    if text.is_empty() {
        return String::new();
    }
    let mut out = format!("<w:r>{}", look.properties());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("<w:br/>");
        }
        for (number, part) in line.split('\t').enumerate() {
            if number > 0 {
                out.push_str("<w:tab/>");
            }
            if !part.is_empty() {
                let _ = write!(out, r#"<w:t xml:space="preserve">{part}</w:t>"#);
            }
        }
    }
    out.push_str("</w:r>");
    out
}

/// Text in a profile's style, in capitals where it asks for them.
pub fn styled(text: &str, style: Style) -> String {
    let upper = text.to_uppercase();
    run(if style.upper { &upper } else { text }, RunLook::of(style))
}

/// The properties of a paragraph; what is `None` or unset comes from its style.
#[derive(Clone, Copy, Default)]
pub struct Paragraph {
    pub style: Option<&'static str>,
    pub align: Option<Align>,
    /// Keeps it on one page with the paragraph after it.
    pub keep_next: bool,
    pub page_break_before: bool,
    /// A rule under the paragraph.
    pub rule: bool,
    /// Before and after, in points.
    pub spacing_pt: Option<(u32, u32)>,
    /// Left and right, in twentieths of a point.
    pub indent: Option<(u32, u32)>,
    /// Prints nothing and takes next to no room: what a table or section must be followed by.
    pub filler: bool,
    /// Its end is hidden as well, so that nothing is left of it in print.
    pub hidden: bool,
}

impl Paragraph {
    /// In one of the styles of [`super::parts`].
    pub fn styled(style: &'static str) -> Self {
        Paragraph {
            style: Some(style),
            ..Paragraph::default()
        }
    }

    pub fn aligned(self, align: Align) -> Self {
        Paragraph {
            align: Some(align),
            ..self
        }
    }

    pub fn spaced(self, before_pt: u32, after_pt: u32) -> Self {
        Paragraph {
            spacing_pt: Some((before_pt, after_pt)),
            ..self
        }
    }

    /// The paragraph around its runs, or around a section's properties.
    pub fn write(self, content: &str) -> String {
        format!("<w:p>{}{content}</w:p>", self.properties(""))
    }

    /// The paragraph that ends a section.
    pub fn ending(self, section: &str) -> String {
        format!("<w:p>{}</w:p>", self.properties(section))
    }

    /// Children in the order that the schema asks for.
    fn properties(self, section: &str) -> String {
        let mut out = String::new();
        if let Some(style) = self.style {
            let _ = write!(out, r#"<w:pStyle w:val="{style}"/>"#);
        }
        if self.keep_next {
            out.push_str("<w:keepNext/>");
        }
        if self.page_break_before {
            out.push_str("<w:pageBreakBefore/>");
        }
        if self.rule {
            out.push_str(r#"<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>"#);
        }
        if self.filler {
            out.push_str(r#"<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>"#);
        } else if let Some((before, after)) = self.spacing_pt {
            let _ = write!(
                out,
                r#"<w:spacing w:before="{}" w:after="{}"/>"#,
                before * 20,
                after * 20
            );
        }
        if let Some((left, right)) = self.indent {
            let _ = write!(
                out,
                r#"<w:ind w:left="{left}" w:right="{right}" w:firstLine="0"/>"#
            );
        }
        if let Some(align) = self.align {
            let _ = write!(out, r#"<w:jc w:val="{}"/>"#, align_name(align));
        }
        if self.hidden {
            out.push_str("<w:rPr><w:vanish/></w:rPr>");
        }
        out.push_str(section);
        if out.is_empty() {
            out
        } else {
            format!("<w:pPr>{out}</w:pPr>")
        }
    }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Justify => "both",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// A table without borders, for text that stands side by side: rows of cells that are already written.
/// `indent` moves it to the left of the text's edge. `together`: no row is divided between pages.
pub fn side_by_side(widths: &[u32], indent: u32, together: bool, rows: &[Vec<String>]) -> String {
    let total: u32 = widths.iter().sum();
    let mut out = format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblInd w:w="-{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    );
    for width in widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    for row in rows {
        out.push_str("<w:tr>");
        if together {
            out.push_str("<w:trPr><w:cantSplit/></w:trPr>");
        }
        for (cell, width) in row.iter().zip(widths) {
            let empty = Paragraph::styled("Compact").write("");
            let content = if cell.is_empty() { &empty } else { cell };
            let _ = write!(
                out,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>"#
            );
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}

/// What a table must be followed by.
pub fn filler() -> String {
    Paragraph {
        filler: true,
        ..Paragraph::styled("Compact")
    }
    .write("")
}
