//! What LibreOffice puts into an ODT.

use domain::doc::{Block, Document};
use formats::{AnchorKind, Incoming, Note, ReadError, read_incoming};
use std::io::Write;

const STYLES: &str = r#"<office:document-styles><office:styles>
    <style:style style:name="Heading_20_1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
    <text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>
    <text:list-style style:name="So"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
    <text:list-style style:name="Gach"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>
    <text:list-style style:name="Moi"><text:list-level-style-number text:level="1" style:num-format="1" loext:num-list-format="%1%."/><text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="%1%.%2%."/></text:list-style>
    </office:styles></office:document-styles>"#;

const AUTOMATIC: &str = r#"<office:automatic-styles>
    <style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
    <style:style style:name="An" style:family="text"><style:text-properties text:display="none"/></style:style>
    <style:style style:name="Cu" style:family="text"><style:text-properties style:font-name=".VnTime"/></style:style>
    <style:style style:name="Giua" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:break-before="page"/></style:style>
    <style:style style:name="Vien" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>
    </office:automatic-styles>"#;

fn odt(body: &str) -> Vec<u8> {
    odt_with(body, STYLES)
}

fn odt_with(body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{AUTOMATIC}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_str()),
        ("styles.xml", styles),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn read(body: &str) -> Incoming {
    read_incoming("báo cáo.odt", &odt(body)).expect("readable")
}

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(Block::text).collect()
}

#[test]
fn looks_breaks_and_collapsed_blanks_of_a_paragraph_are_kept() {
    let incoming = read(
        r#"<text:p>  Một
            <text:span text:style-name="T1">đậm</text:span><text:s text:c="2"/>và <text:span text:style-name="T2">nghiêng<text:line-break/>dòng</text:span><text:tab/>x<text:span text:style-name="An">ẩn</text:span></text:p>"#,
    );
    let Block::Paragraph(paragraph) = &incoming.document.blocks[0] else {
        panic!("paragraph")
    };
    assert_eq!(paragraph.text(), "Một đậm  và nghiêng\ndòng\tx");
    assert!(paragraph.runs[1].bold && paragraph.runs[1].text.starts_with("đậm"));
    assert!(paragraph.runs[3].italic && paragraph.runs[3].text.starts_with("nghiêng\ndòng"));
}

#[test]
fn lists_count_nest_restart_and_go_on_as_shown() {
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let incoming = read(&format!(
        r#"<text:list xml:id="a" text:style-name="So">{}<text:list-item><text:p>hai</text:p><text:p>tiếp</text:p><text:list>{}{}</text:list></text:list-item></text:list>
        <text:p>giữa</text:p>
        <text:list text:style-name="So" text:continue-list="a">{}</text:list>
        <text:list text:style-name="So">{}</text:list>
        <text:list text:style-name="Gach">{}</text:list>
        <text:list text:style-name="Moi"><text:list-item text:start-value="3"><text:p>ba</text:p><text:list>{}</text:list></text:list-item></text:list>"#,
        item("một"),
        item("con"),
        item("cháu"),
        item("ba"),
        item("lại"),
        item("gạch"),
        item("con"),
    ));
    assert_eq!(
        texts(&incoming.document),
        [
            "1. một", "2. hai", "tiếp", "a) con", "b) cháu", "giữa", "3. ba", "1. lại", "- gạch",
            "3. ba", "3.1. con"
        ]
    );
}

#[test]
fn headings_have_their_level_and_their_generated_number() {
    let incoming = read(
        r#"<text:h text:style-name="Heading_20_1" text:outline-level="1">Kết quả</text:h><text:h text:outline-level="2">Về tư tưởng</text:h><text:h text:style-name="Heading_20_1" text:outline-level="1">Kiến nghị</text:h>"#,
    );
    assert_eq!(
        texts(&incoming.document),
        ["I. Kết quả", "Về tư tưởng", "II. Kiến nghị"]
    );
    assert!(
        matches!(&incoming.document.blocks[1], Block::Heading { level: 2, runs } if !runs[0].bold)
    );
    assert!(matches!(&incoming.document.blocks[0], Block::Heading { runs, .. } if runs[0].bold));
}

#[test]
fn a_table_keeps_its_cells_and_a_cell_merged_downwards_says_the_same_in_each_row() {
    let cell = |props: &str, text: &str| {
        format!(
            r#"<table:table-cell table:style-name="Vien" {props}><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let incoming = read(&format!(
        r#"<table:table><table:table-header-rows><table:table-row>{}{}{}</table:table-row></table:table-header-rows>
        <table:table-row>{}{}{}</table:table-row>
        <table:table-row>{}{}<table:covered-table-cell/></table:table-row>
        <table:table-row>{}<table:covered-table-cell/>{}</table:table-row></table:table>"#,
        cell("", "Việc"),
        cell("", "Ai"),
        cell("", "Hạn"),
        cell("", "a"),
        cell("", "x"),
        cell(r#"table:number-rows-spanned="2""#, "30/9"),
        cell("", "b"),
        cell("", "y"),
        cell(r#"table:number-columns-spanned="2""#, "tổng"),
        cell("", "z"),
    ));
    let Block::Table(table) = &incoming.document.blocks[0] else {
        panic!("table")
    };
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(domain::doc::Cell::text).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["Việc", "Ai", "Hạn"],
            ["a", "x", "30/9"],
            ["b", "y", "30/9"],
            ["tổng", "", "z"]
        ]
    );
    assert_eq!(table.header_rows, 1);
}

#[test]
fn bookmarks_sections_and_controls_are_found_again_by_name() {
    let incoming = read(
        r#"<text:section text:name="muc-7"><text:p>Một</text:p><text:p><text:bookmark-start text:name="dd"/>Hai <text:span text:style-name="T1">đậm</text:span></text:p></text:section>
        <text:p>Ba<text:bookmark-end text:name="dd"/> bốn <loext:content-control loext:tag="CT01:2019">1.234</loext:content-control></text:p>"#,
    );
    let found: Vec<(AnchorKind, &str, Vec<String>)> = incoming
        .anchors
        .iter()
        .map(|anchor| {
            let blocks = anchor.blocks.iter().map(Block::text).collect();
            (anchor.kind, anchor.name.as_str(), blocks)
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                AnchorKind::Section,
                "muc-7",
                vec!["Một".to_owned(), "Hai đậm".into()]
            ),
            (
                AnchorKind::Bookmark,
                "dd",
                vec!["Hai đậm".into(), "Ba".into()]
            ),
            (AnchorKind::Control, "CT01:2019", vec!["1.234".into()]),
        ]
    );
    let Block::Paragraph(part) = &incoming.anchors[1].blocks[0] else {
        panic!("paragraph")
    };
    assert!(part.runs[1].bold);
}

#[test]
fn notes_stay_comments_and_deleted_text_go_and_are_named() {
    let incoming = read(
        r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>bỏ</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p>Số liệu<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Theo niên giám</text:p></text:note-body></text:note> năm 2022<office:annotation><text:p>xem lại</text:p></office:annotation></text:p>
        <text:p><draw:frame><draw:text-box><text:p>Trong khung</text:p></draw:text-box></draw:frame>Sau khung<draw:frame><draw:image xlink:href="http://example.org/a.png"/></draw:frame></text:p>"#,
    );
    assert_eq!(
        texts(&incoming.document),
        [
            "Số liệu[1] năm 2022",
            "[1] Theo niên giám",
            "Sau khung",
            "Trong khung"
        ]
    );
    assert_eq!(
        domain::prose::from_document(&incoming.document.blocks[..1]),
        "Số liệu<sup>[1]</sup> năm 2022"
    );
    assert_eq!(
        incoming.notes,
        [
            Note::Changes,
            Note::Comments { count: 1 },
            Note::Links { count: 1 }
        ]
    );
}

#[test]
fn only_runs_in_an_old_font_are_repaired_and_shown() {
    let incoming = read(
        r#"<text:p>Mới: <text:span text:style-name="Cu">b¸o c¸o s¬ kÕt tr&#xAD;íc</text:span> là à</text:p>"#,
    );
    assert_eq!(incoming.document.text(), "Mới: báo cáo sơ kết trước là à\n");
    let [Note::Legacy(repair)] = incoming.notes.as_slice() else {
        panic!("{:?}", incoming.notes)
    };
    assert_eq!(repair.samples[0].after, "báo cáo sơ kết trước");
}

#[test]
fn nested_lists_without_end_are_refused() {
    let deep = "<text:list><text:list-item>".repeat(10_000);
    assert!(matches!(
        read_incoming("a.odt", &odt(&deep)),
        Err(ReadError::TooMany { .. })
    ));
}

#[test]
fn a_document_with_entities_of_its_own_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><office:text><text:p>&a;</text:p></office:text>",
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    let bytes = zip.finish().expect("finished").into_inner();
    assert!(matches!(
        read_incoming("a.odt", &bytes),
        Err(ReadError::Doctype { .. })
    ));
}

/// A text with this header and footer on its pages.
fn with_margins(header: &str, footer: &str) -> Incoming {
    let styles = STYLES.replace(
        "</office:document-styles>",
        &format!(
            r#"<office:master-styles><style:master-page style:name="Khac"><style:header><text:p>Trang sau</text:p></style:header></style:master-page><style:master-page style:name="Standard"><style:header>{header}</style:header><style:footer>{footer}</style:footer></style:master-page></office:master-styles></office:document-styles>"#
        ),
    );
    let bytes = odt_with("<text:p>Nội dung</text:p>", &styles);
    read_incoming("báo cáo.odt", &bytes).expect("readable")
}

#[test]
fn a_head_in_the_header_of_the_page_stands_in_front_and_other_margins_are_noted() {
    let incoming = with_margins(
        "<text:p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</text:p><text:p>Số: 12/KH-UBND</text:p>",
        "<text:p>Tài liệu họp, trang <text:page-number>1</text:page-number></text:p>",
    );
    assert_eq!(
        texts(&incoming.document),
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 12/KH-UBND",
            "Nội dung"
        ]
    );
    let is_noted =
        |note: &Note| matches!(note, Note::Margin { text } if text.contains("Tài liệu họp"));
    assert!(incoming.notes.iter().any(is_noted), "{:?}", incoming.notes);
}

#[test]
fn a_number_of_the_page_alone_is_no_word_of_the_margin() {
    let incoming = with_margins(
        "<text:p><text:page-number>1</text:page-number></text:p>",
        "",
    );
    assert_eq!(texts(&incoming.document), ["Nội dung"]);
    assert!(incoming.notes.is_empty(), "{:?}", incoming.notes);
}

#[test]
fn columns_keep_their_widths() {
    let cell = |text: &str| {
        format!(
            r#"<table:table-cell table:style-name="Vien"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let body = format!(
        r#"<table:table><table:table-column table:style-name="Hep"/><table:table-column table:style-name="Rong" table:number-columns-repeated="2"/><table:table-row>{}{}{}</table:table-row><table:table-row>{}{}{}</table:table-row></table:table>"#,
        cell("STT"),
        cell("Việc"),
        cell("Ai"),
        cell("1"),
        cell("Báo cáo"),
        cell("Huyện ủy")
    );
    let styles = STYLES.replace(
        "<office:styles>",
        r#"<office:styles><style:style style:name="Hep" style:family="table-column"><style:table-column-properties style:column-width="1.5cm"/></style:style><style:style style:name="Rong" style:family="table-column"><style:table-column-properties style:column-width="2.5in"/></style:style>"#,
    );
    let read = read_incoming("a.odt", &odt_with(&body, &styles)).expect("readable");
    let Block::Table(table) = &read.document.blocks[0] else {
        panic!("a table: {:?}", read.document.blocks)
    };
    assert_eq!(table.widths, [1_500, 6_350, 6_350]);
}
