//! Headers and footers of pages: which of them is the head of the document, and what the others say.

use crate::grid::is_layout_text;
use domain::doc::Block;
use domain::text::fold;

/// A line as only the head of an official document has it: issuer, number, the name of the State.
pub fn is_head(block: &Block) -> bool {
    let text = fold(&block.text());
    is_layout_text(block) || text.starts_with("so:") || text.contains("cong hoa xa hoi chu nghia")
}

/// What a margin says beside the page's number.
pub fn words(blocks: &[Block]) -> Option<String> {
    let text: Vec<String> = blocks.iter().map(Block::text).collect();
    let text = text.join(" ");
    let bare = fold(&text).replace("trang", "");
    bare.contains(char::is_alphabetic)
        .then(|| domain::text::clean_line(&text).chars().take(120).collect())
}
