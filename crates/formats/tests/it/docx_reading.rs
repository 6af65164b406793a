//! What Word and LibreOffice put into a DOCX beside plain text.

use domain::doc::{Block, Document};
use formats::read_document;
use std::io::Write;

const STYLES: &str = r#"<w:styles>
    <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="Tiu1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Tiu1"/></w:style>
    <w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF02D;"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"#;

fn read(body: &str) -> Document {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    for (name, text) in [
        ("word/document.xml", main.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    read_document("a.docx", &zip.finish().expect("finished").into_inner()).expect("readable")
}

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(Block::text).collect()
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

#[test]
fn generated_numbers_are_counted_as_word_counts_them() {
    let body = [
        numbered(1, 0, "Mục đích"),
        numbered(1, 1, "Một"),
        numbered(1, 1, "Hai"),
        numbered(2, 0, "gạch"),
        numbered(1, 0, "Nội dung"),
        numbered(1, 1, "Ba"),
        numbered(3, 0, "Lại từ đầu"),
        numbered(0, 0, "Không số"),
    ]
    .concat();
    let document = read(&body);
    assert_eq!(
        texts(&document),
        [
            "I. Mục đích",
            "1.1. Một",
            "1.2. Hai",
            "- gạch",
            "II. Nội dung",
            "2.1. Ba",
            "I. Lại từ đầu",
            "Không số"
        ]
    );
    let Block::Paragraph(first) = &document.blocks[0] else {
        panic!("paragraph")
    };
    assert_eq!(
        (first.label.as_deref(), first.runs[0].text.as_str()),
        (Some("I."), "Mục đích")
    );
}

#[test]
fn headings_come_from_style_names_and_outline_levels() {
    let styled = |id: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>{id}</w:t></w:r></w:p>"#)
    };
    let document = read(
        &[
            styled("Tiu1"),
            styled("Con"),
            styled("Muc"),
            styled("Normal"),
        ]
        .concat(),
    );
    let levels: Vec<Option<u8>> = document
        .blocks
        .iter()
        .map(|block| {
            if let Block::Heading { level, .. } = block {
                Some(*level)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(levels, [Some(1), Some(1), Some(2), None]);
    assert_eq!(
        texts(&document)[1],
        "II. Con",
        "the label of a heading is part of its text"
    );
}

#[test]
fn changes_are_accepted_and_what_is_not_printed_is_left_out() {
    let document = read(
        r#"<w:p><w:r><w:t xml:space="preserve">trước ngày </w:t></w:r><w:del><w:r><w:delText>15</w:delText></w:r></w:del><w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t>/9 &amp; sau&#160;đó</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t>đ</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r></w:p><w:p/>
        <w:p><w:r><w:t>a</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>Ba&#x301;o</w:t></w:r></w:p>"#,
    );
    assert_eq!(
        texts(&document),
        ["trước ngày 30/9 & sau đó\tx\nyĐ", "a", "", "Báo"]
    );
    assert_eq!(document.blocks[2], Block::PageBreak);
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let content = "<w:txbxContent><w:p><w:r><w:t>Dự thảo</w:t></w:r></w:p></w:txbxContent>";
    let document = read(&format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent><w:t>Kế hoạch</w:t></w:r></w:p>"
    ));
    assert_eq!(texts(&document), ["Kế hoạch", "Dự thảo"]);
}

#[test]
fn the_end_of_a_document_reads_recipients_first_and_data_stays_a_table() {
    let cell = |props: &str, lines: &[&str]| {
        let lines: String = lines
            .iter()
            .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
            .collect();
        format!("<w:tc><w:tcPr>{props}</w:tcPr>{lines}</w:tc>")
    };
    let end = [
        cell("", &["Nơi nhận:", "- Lưu."]),
        cell("", &["T/M BAN THƯỜNG VỤ", "Nguyễn Hoài Anh"]),
    ]
    .concat();
    let span = cell(r#"<w:gridSpan w:val="2"/>"#, &["Tổng"]);
    let row = [cell("", &["a"]), cell("", &["b"])].concat();
    let document = read(&format!(
        r#"<w:tbl><w:tr>{end}</w:tr></w:tbl><w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tr><w:trPr><w:tblHeader/></w:trPr>{row}</w:tr><w:tr>{span}</w:tr></w:tbl>"#
    ));
    assert_eq!(
        texts(&document)[..4],
        [
            "Nơi nhận:",
            "- Lưu.",
            "T/M BAN THƯỜNG VỤ",
            "Nguyễn Hoài Anh"
        ]
    );
    let Block::Table(table) = &document.blocks[4] else {
        panic!("table")
    };
    assert_eq!(
        (
            table.header_rows,
            table.rows[1].len(),
            table.rows[1][0].text().as_str()
        ),
        (1, 2, "Tổng")
    );
}
