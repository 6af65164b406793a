//! Pages as Word, browsers and careless hands write them.

use super::*;
use domain::doc::{Align, Block};
use proptest::prelude::*;

fn texts(html: &str) -> Vec<String> {
    let incoming = read(html.as_bytes()).expect("readable");
    incoming.document.blocks.iter().map(Block::text).collect()
}

#[test]
fn text_stays_and_scripts_styles_comments_and_hidden_things_go() {
    assert_eq!(
        texts(
            "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><!-- <p>bỏ</p> --><script>if(a<b)document.write('</p>')</script>\
             <p>B&aacute;o   c&aacute;o\n k&#7871;t</p><p style='display:none'>ẩn</p><div hidden>ẩn</div>một<br>hai<div>ba</div>bốn</body></html>"
        ),
        ["Báo cáo kết", "một\nhai", "ba", "bốn"]
    );
}

#[test]
fn looks_are_kept_and_unclosed_tags_do_no_harm() {
    let incoming =
        read("<p align=center><b>Đậm <i>cả hai</b> nghiêng<p>thường".as_bytes()).expect("readable");
    let Block::Paragraph(first) = &incoming.document.blocks[0] else {
        panic!("paragraph")
    };
    assert_eq!(first.align, Align::Center);
    assert!(first.runs[0].bold && first.runs[1].italic && first.runs[1].bold);
    assert_eq!(incoming.document.blocks[1].text(), "thường");
}

#[test]
fn lists_have_their_generated_numbers() {
    assert_eq!(
        texts(
            "<ol type=I start=2><li>a<li>b<ul><li>c</ul><li value=9>d</ol><ul><li><p>e</p></ul><h2>Tiêu đề</h2>"
        ),
        ["II. a", "III. b", "- c", "IX. d", "- e", "Tiêu đề"]
    );
}

#[test]
fn tables_keep_rows_and_merged_cells() {
    let incoming = read(
        "<table border=1><thead><tr><th>Việc<th>Ai<th>Hạn<th>Ghi chú</thead><tr><td>a<td>x<td rowspan=2>30/9<td>m<tr><td>b<td>y<td>n<tr><td colspan=3>c<td>p</table>sau"
            .as_bytes(),
    )
    .expect("readable");
    assert_eq!(
        incoming.document.blocks[0].text(),
        "Việc | Ai | Hạn | Ghi chú\na | x | 30/9 | m\nb | y | 30/9 | n\nc |  |  | p"
    );
    assert!(matches!(&incoming.document.blocks[0], Block::Table(table) if table.header_rows == 1));
    assert_eq!(incoming.document.blocks[1].text(), "sau");
}

#[test]
fn the_encoding_that_a_page_declares_and_its_old_fonts_are_followed() {
    let mut bytes =
        b"<meta charset=windows-1252><p><font face='.VnTime'>tr\xad\xedc ng\xb5y</font>".to_vec();
    bytes.extend(b" <span style=\"font-family:'VNI-Times'\">co\xe2ng ta\xf9c</span>");
    let incoming = read(&bytes).expect("readable");
    assert_eq!(incoming.document.text(), "trước ngày công tác\n");
    assert!(matches!(incoming.notes.as_slice(), [Note::Legacy(_)]));
}

#[test]
fn elements_nested_without_end_are_refused() {
    let deep = "<div>".repeat(100_000);
    assert!(matches!(
        read(deep.as_bytes()),
        Err(ReadError::TooMany { .. })
    ));
    let tables = "<table><tr><td>".repeat(10_000);
    assert!(matches!(
        read(tables.as_bytes()),
        Err(ReadError::TooMany { .. })
    ));
}

proptest! {
    #[test]
    fn no_page_breaks_the_reader(page in "(<(/?(p|div|td|tr|table|ul|li|b|script|!--|h1))?( a=['\"]?x)?>?|[a-zđ &;<>#]{0,6}){0,60}") {
        let _ = read(page.as_bytes());
    }

    #[test]
    fn words_between_any_tags_are_kept(
        parts in proptest::collection::vec(("[a-zđê]{1,6}", proptest::sample::select(vec!["<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<br>", "<li>", "</ul>", "<ul>"])), 1..40)
    ) {
        let page: String = parts.iter().map(|(word, tag)| format!("{word} {tag}")).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let words: String = parts.iter().map(|(word, _)| word.as_str()).collect();
        prop_assert_eq!(letters(&texts(&page).concat()), letters(&words));
    }
}
