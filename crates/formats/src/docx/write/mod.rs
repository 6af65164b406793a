//! Writing an official document as DOCX, as offices set it, from its profile.

mod blocks;
mod close;
mod front;
mod markup;
mod package;
mod parts;
mod template;
mod widths;

use domain::official::{OfficialDocument, Profile, profile_named, profile_on};
use markup::twips;
pub use template::write_template;

/// A4 in millimetres.
const PAGE_MM: (u32, u32) = (210, 297);

/// Writes the document as the profile that it names sets it; one that is not known gives way to that of its date.
/// The same document gives the same bytes.
pub fn write_docx(document: &OfficialDocument) -> Vec<u8> {
    let profile = profile_named(&document.profile)
        .unwrap_or_else(|| profile_on(document.date.unwrap_or_default()));
    let mut body = String::new();
    front::head(document, profile, &mut body);
    front::title(document, profile, &mut body);
    front::addressees(document, profile, &mut body);
    let width = Layout {
        profile,
        landscape: false,
    };
    blocks::write(&profile.closed_body(document), width, true, &mut body);
    close::closing(document, profile, &mut body);
    let last = close::annexes(document, profile, &mut body);
    body.push_str(&last.properties());
    package::pack(document, profile, &body)
}

/// The page that text is set on.
#[derive(Clone, Copy)]
struct Layout<'a> {
    profile: &'a Profile,
    landscape: bool,
}

impl Layout<'_> {
    /// Top, bottom, left, right; a landscape page is bound at its top.
    fn margins_mm(self) -> [u32; 4] {
        let [top, bottom, left, right] = self.profile.margins_mm;
        if self.landscape {
            [left, right, bottom, top]
        } else {
            [top, bottom, left, right]
        }
    }

    fn page_mm(self) -> (u32, u32) {
        if self.landscape {
            (PAGE_MM.1, PAGE_MM.0)
        } else {
            PAGE_MM
        }
    }

    /// Width of the text, in twentieths of a point.
    fn width(self) -> u32 {
        let [_, _, left, right] = self.margins_mm();
        twips(self.page_mm().0 - left - right)
    }
}

/// A run of pages that stand alike.
#[derive(Clone, Copy)]
struct Section<'a> {
    layout: Layout<'a>,
    /// Its first page is that of the document and shows no number.
    first: bool,
}

impl Section<'_> {
    /// `w:sectPr`: paper, margins, and on the first section the heads that all others take over.
    fn properties(self) -> String {
        let (width, height) = self.layout.page_mm();
        let [top, bottom, left, right] = self.layout.margins_mm().map(twips);
        let heads = if self.first {
            r#"<w:headerReference w:type="first" r:id="rId3"/><w:headerReference w:type="default" r:id="rId4"/>"#
        } else {
            ""
        };
        let orient = if self.layout.landscape {
            r#" w:orient="landscape""#
        } else {
            ""
        };
        let title_page = if self.first { "<w:titlePg/>" } else { "" };
        format!(
            r#"<w:sectPr>{heads}<w:type w:val="nextPage"/><w:pgSz w:w="{}" w:h="{}"{orient}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{}" w:footer="{}" w:gutter="0"/>{title_page}</w:sectPr>"#,
            twips(width),
            twips(height),
            twips(10),
            twips(10),
        )
    }
}
