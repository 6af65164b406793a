//! Tables in a PDF: drawn by rules, as every office program does.

use domain::doc::{Block, Cell};
use formats::read_document;
use std::fmt::Write;

/// A PDF of one font whose pages have these contents.
fn pdf(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 4 + page * 2))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{}]/Count {}>>",
            kids.join(" "),
            pages.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for (index, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            5 + index * 2
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut pdf = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        let _ = writeln!(pdf, "{} 0 obj\n{object}\nendobj", index + 1);
    }
    let start = pdf.len();
    let _ = writeln!(pdf, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(pdf, "{offset:010} 00000 n ");
    }
    let _ = write!(
        pdf,
        "trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    );
    pdf.into_bytes()
}

fn text(x: i32, y: i32, words: &str) -> String {
    format!("BT /F1 12 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Rows of three cells from `top` down, each 40 high, drawn as thin filled boxes.
fn grid(top: i32, rows: i32) -> String {
    let mut drawn = String::new();
    for row in 0..=rows {
        let _ = writeln!(drawn, "60 {} 450 0.5 re f", top - row * 40);
    }
    for x in [60, 110, 400, 510] {
        let _ = writeln!(drawn, "{x} {} 0.5 {} re f", top - rows * 40, rows * 40);
    }
    drawn
}

fn rows(block: &Block) -> Vec<Vec<String>> {
    let Block::Table(table) = block else {
        panic!("a table: {block:?}")
    };
    let texts = |row: &Vec<Cell>| row.iter().map(Cell::text).collect();
    table.rows.iter().map(texts).collect()
}

fn row(top: i32, cells: [&str; 3]) -> String {
    let places = [65, 115, 405].into_iter().zip(cells);
    places.map(|(x, words)| text(x, top - 15, words)).collect()
}

#[test]
fn a_table_is_read_by_its_rules_with_the_text_around_it_and_over_a_page() {
    let first = [
        text(60, 780, "To chuc thuc hien nhu sau:"),
        grid(760, 2),
        row(760, ["STT", "Noi dung", "Thoi han"]),
        row(720, ["1", "Cac huyen uy gui bao cao ve", "30/9/2022"]),
        text(115, 691, "Tinh uy"),
    ];
    let second = [
        grid(800, 2),
        row(800, ["STT", "Noi dung", "Thoi han"]),
        row(760, ["2", "Hop", "15/10/2022"]),
        text(60, 680, "Noi nay la loi sau bang."),
    ];
    let document =
        read_document("a.pdf", &pdf(&[first.concat(), second.concat()])).expect("readable");
    let texts: Vec<String> = document.blocks.iter().map(Block::text).collect();
    assert_eq!(document.blocks.len(), 3, "{texts:?}");
    assert_eq!(texts[0], "To chuc thuc hien nhu sau:");
    assert_eq!(
        rows(&document.blocks[1]),
        [
            ["STT", "Noi dung", "Thoi han"],
            ["1", "Cac huyen uy gui bao cao ve Tinh uy", "30/9/2022"],
            ["2", "Hop", "15/10/2022"],
        ]
    );
    assert_eq!(texts[2], "Noi nay la loi sau bang.");
}

#[test]
fn a_line_under_the_head_and_a_drawing_are_no_tables() {
    let mut drawing = String::new();
    for step in 0..40 {
        let _ = writeln!(
            drawing,
            "100 100 m {} {} l S",
            100 + step * 7,
            300 - step * 3
        );
    }
    let page = [
        text(60, 780, "DANG BO TINH"),
        "60 776 100 0.5 re f\n".to_owned(),
        drawing,
        text(60, 740, "Loi van."),
    ];
    let document = read_document("a.pdf", &pdf(&[page.concat()])).expect("readable");
    assert!(
        document
            .blocks
            .iter()
            .all(|block| matches!(block, Block::Paragraph(_)))
    );
}

#[test]
fn a_page_of_rules_without_end_is_read_as_text() {
    let mut page = text(60, 780, "Loi van.");
    for step in 0..20_000 {
        let (x, y) = (step % 600, step % 800);
        let _ = writeln!(page, "{x} 0 1 800 re f 0 {y} 600 1 re f");
    }
    let document = read_document("a.pdf", &pdf(&[page])).expect("readable");
    assert_eq!(document.text().trim(), "Loi van.");
}
