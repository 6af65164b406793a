//! The founding plan reads alike from all five of its formats.

use domain::doc::{Block, Document};
use formats::read_document;

fn plan(kind: &str) -> Document {
    let path = format!(
        "{}/tests/fixtures/plan-2022.{kind}",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(&path).expect("the fixture is in the repository");
    read_document(&path, &bytes).expect("the plan is readable")
}

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(Block::text).collect()
}

#[test]
fn the_plan_has_the_same_paragraphs_in_every_format() {
    let markdown = texts(&plan("md"));
    assert_eq!(markdown.len(), 32);
    assert_eq!(markdown[0], "KẾ HOẠCH");
    assert_eq!(markdown[30], "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ");
    for kind in ["txt", "docx", "odt", "pdf"] {
        pretty(kind, &markdown, &texts(&plan(kind)));
    }
}

fn pretty(kind: &str, expected: &[String], found: &[String]) {
    for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
        assert_eq!(expected, found, "paragraph {index} of the {kind}");
    }
    assert_eq!(expected.len(), found.len(), "paragraphs of the {kind}");
}

#[test]
fn what_is_bold_in_markdown_is_bold_in_docx_and_pdf() {
    for kind in ["md", "docx", "pdf"] {
        let bold: Vec<String> = plan(kind)
            .blocks
            .into_iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.runs),
                _ => None,
            })
            .flatten()
            .filter(|run| run.bold)
            .map(|run| run.text.trim().to_owned())
            .collect();
        assert_eq!(
            bold,
            [
                "Cấp cơ sở:",
                "Cấp huyện:",
                "trước ngày 30/9/2022.",
                "trước ngày 30/9/2022.",
                "trước ngày 20/10/2022.",
                "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ"
            ],
            "{kind}"
        );
    }
}
