//! Headers and footers of an ODT, which stand with the page styles in `styles.xml`.

use super::read::Body;
use crate::error::ReadError;
use crate::margins::{is_head, words};
use crate::xml::Node;
use domain::doc::Block;

/// The header and footer of one page style.
#[derive(Default)]
struct Page {
    name: String,
    header: Vec<Block>,
    /// Those of the first page, where they differ.
    first_header: Vec<Block>,
    footer: Vec<Block>,
}

/// The head of the document when it stands in the header of the first page; other words of the margins are noted.
/// `body` reads `styles.xml`.
///
/// # Errors
/// As [`crate::xml::Xml::next`].
pub fn read_margins(body: &mut Body<'_>) -> Result<Vec<Block>, ReadError> {
    let mut pages: Vec<Page> = Vec::new();
    loop {
        let tag = match body.xml.next()? {
            Node::Start(tag) => tag,
            Node::Eof => break,
            Node::Text(_) | Node::End => continue,
        };
        let page = match (tag.name.as_str(), pages.last_mut()) {
            ("master-page", _) => {
                pages.push(Page {
                    name: tag.get("name").unwrap_or_default().to_owned(),
                    ..Page::default()
                });
                continue;
            }
            (_, Some(page)) => page,
            _ => continue,
        };
        match tag.name.as_str() {
            "header" => body.blocks(&mut page.header)?,
            "header-first" => body.blocks(&mut page.first_header)?,
            "footer" | "footer-first" => body.blocks(&mut page.footer)?,
            _ => {}
        }
    }
    // The page style that texts begin with; one of another name is for later pages.
    let is_standard = |page: &Page| page.name == "Standard";
    let at = pages.iter().position(is_standard).unwrap_or(0);
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let page = pages.swap_remove(at);
    let mut head = Vec::new();
    for blocks in [page.first_header, page.header] {
        if head.is_empty() && blocks.iter().any(is_head) {
            head = blocks;
        } else {
            body.notes.margins.extend(words(&blocks));
        }
    }
    body.notes.margins.extend(words(&page.footer));
    Ok(head)
}
