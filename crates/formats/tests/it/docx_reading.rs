//! What Word and LibreOffice put into a DOCX beside plain text.

use domain::doc::{Block, Document};
use formats::{Incoming, Note, read_incoming};
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
    read_with(body, &[]).document
}

/// A document with more parts; a part of the same name stands before the usual one.
fn read_with(body: &str, parts: &[(&str, &str)]) -> Incoming {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let usual = [
        ("word/document.xml", main.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ];
    let kept = usual
        .iter()
        .filter(|(name, _)| !parts.iter().any(|(own, _)| own == name));
    for (name, text) in parts.iter().chain(kept) {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    read_incoming("a.docx", &zip.finish().expect("finished").into_inner()).expect("readable")
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
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

#[test]
fn every_number_format_and_restart_is_written_as_word_writes_it() {
    let level = |at: u32, format: &str, text: &str, more: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let list = |id: u32, levels: &str| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#
        )
    };
    let numbering = [
        "<w:numbering>".to_owned(),
        list(1, &[level(0, "upperRoman", "%1.", ""), level(1, "decimal", "%2)", r#"<w:lvlRestart w:val="0"/>"#)].concat()),
        list(2, &[level(0, "lowerLetter", "%1)", ""), level(1, "lowerRoman", "(%2)", "")].concat()),
        list(3, &level(0, "decimalZero", "Điều %1.", "")),
        list(4, &[level(0, "upperLetter", "%1.", ""), level(1, "decimal", "%1.%2", ""), level(2, "decimal", "%1.%2.%3", "")].concat()),
        r#"<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Thang"/></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>"#.to_owned(),
        format!(r#"<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="Thang"/>{}</w:abstractNum>"#, level(0, "decimal", "Mục %1:", "")),
        list(7, &[level(0, "decimal", "%1.", ""), level(1, "decimal", "%1.%2.", r#"<w:pStyle w:val="Hai"/>"#)].concat()),
        "</w:numbering>".to_owned(),
    ]
    .concat();
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="Hai"><w:name w:val="Mục hai"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let body = [
        numbered(1, 0, "a"),
        numbered(1, 1, "b"),
        numbered(1, 0, "c"),
        numbered(1, 1, "không đếm lại"),
        numbered(2, 0, "a"),
        numbered(2, 1, "b"),
        numbered(2, 1, "c"),
        numbered(2, 0, "d"),
        numbered(3, 0, "x"),
        numbered(4, 1, "x"),
        numbered(4, 2, "x"),
        numbered(5, 0, "liên kết"),
        numbered(7, 0, "đầu"),
        r#"<w:p><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:p>"#.to_owned(),
        r#"<w:p><w:pPr><w:pStyle w:val="Hai"/></w:pPr><w:r><w:t>theo kiểu</w:t></w:r></w:p>"#
            .to_owned(),
    ]
    .concat();
    let incoming = read_with(
        &body,
        &[
            ("word/numbering.xml", &numbering),
            ("word/styles.xml", styles),
        ],
    );
    assert_eq!(
        texts(&incoming.document),
        [
            "I. a",
            "1) b",
            "II. c",
            "2) không đếm lại",
            "a) a",
            "(i) b",
            "(ii) c",
            "b) d",
            "Điều 01. x",
            "A.1 x",
            "A.1.1 x",
            "Mục 1: liên kết",
            "1. đầu",
            "2.1. theo kiểu"
        ]
    );
}

#[test]
fn a_deleted_paragraph_end_joins_and_deleted_rows_and_moved_text_go() {
    let deleted = r#"<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">trước ngày </w:t></w:r></w:p>"#;
    let row = |props: &str, text: &str| {
        format!(
            "<w:tr><w:trPr>{props}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
            paragraph(text),
            paragraph("b"),
            paragraph("c"),
            paragraph("d")
        )
    };
    let incoming = read_with(
        &[
            deleted.to_owned(),
            paragraph("30/9/2022"),
            format!("<w:tbl>{}{}</w:tbl>", row("", "còn"), row("<w:del/>", "bỏ")),
            "<w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom>".replace("<w:r>", "<w:p><w:r>").replace("</w:r>", "</w:r></w:p>"),
            "<w:p><w:moveFrom><w:r><w:t>chuyển đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>chuyển đến</w:t></w:r></w:moveTo></w:p>".to_owned(),
        ]
        .concat(),
        &[],
    );
    assert_eq!(
        texts(&incoming.document),
        ["trước ngày 30/9/2022", "còn | b | c | d", "chuyển đến"]
    );
    assert_eq!(incoming.notes, [Note::Changes]);
}

#[test]
fn fields_show_their_result_and_never_their_instruction() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let text = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}{}{}{}{}{}</w:p><w:p>{}{}</w:p>{}",
        text("Ngày "),
        field("begin"),
        instruction("IF "),
        field("begin"),
        instruction("MERGEFIELD x"),
        field("separate"),
        text("ẩn"),
        field("end"),
        field("separate"),
        text("30"),
        field("end"),
        r#"<w:fldSimple w:instr="DATE"><w:r><w:t>/9</w:t></w:r></w:fldSimple><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>"#,
        field("begin"),
        instruction("hỏng"),
        paragraph("vẫn còn"),
    );
    assert_eq!(texts(&read(&body)), ["Ngày 30/9", "vẫn còn"]);
}

#[test]
fn footnotes_are_marked_and_follow_comments_and_macros_are_named() {
    let notes = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Theo niên giám</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let relations = r#"<Relationships><Relationship Id="r1" Type="x/image" Target="http://example.org/a.png" TargetMode="External"/><Relationship Id="r2" Type="x/hyperlink" Target="http://example.org" TargetMode="External"/></Relationships>"#;
    let incoming = read_with(
        r#"<w:p><w:r><w:t>Số liệu</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink r:id="r2"><w:r><w:t xml:space="preserve"> năm 2022</w:t></w:r></w:hyperlink><w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
        &[
            ("word/footnotes.xml", notes),
            ("word/_rels/document.xml.rels", relations),
            ("word/vbaProject.bin", "macro"),
        ],
    );
    assert_eq!(
        texts(&incoming.document),
        ["Số liệu[1] năm 2022", "[1] Theo niên giám"]
    );
    assert_eq!(
        incoming.notes,
        [
            Note::Macros,
            Note::Comments { count: 1 },
            Note::Links { count: 1 }
        ]
    );
}

#[test]
fn a_head_in_the_header_is_read_and_page_numbers_are_not() {
    let relations = r#"<Relationships><Relationship Id="h1" Target="header1.xml"/><Relationship Id="h2" Target="header2.xml"/><Relationship Id="f1" Target="/word/footer1.xml"/></Relationships>"#;
    let head = format!(
        "<w:hdr><w:tbl><w:tr><w:tc>{}{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl></w:hdr>",
        paragraph("TỈNH ỦY BÌNH THUẬN"),
        paragraph("Số 12-KH/TU"),
        paragraph("ĐẢNG CỘNG SẢN VIỆT NAM"),
    );
    let page = r#"<w:ftr><w:p><w:r><w:t>- </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> -</w:t></w:r></w:p></w:ftr>"#;
    let parts = [
        ("word/_rels/document.xml.rels", relations),
        ("word/header1.xml", head.as_str()),
        ("word/header2.xml", page),
        ("word/footer1.xml", page),
    ];
    let section = |title: &str| {
        format!(
            r#"<w:sectPr><w:headerReference w:type="first" r:id="h1"/><w:headerReference w:type="default" r:id="h2"/><w:footerReference w:type="default" r:id="f1"/>{title}</w:sectPr>"#
        )
    };
    let first = read_with(
        &[paragraph("KẾ HOẠCH"), section("<w:titlePg/>")].concat(),
        &parts,
    );
    assert_eq!(
        texts(&first.document),
        [
            "TỈNH ỦY BÌNH THUẬN",
            "Số 12-KH/TU",
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "KẾ HOẠCH"
        ]
    );
    let none = read_with(&[paragraph("KẾ HOẠCH"), section("")].concat(), &parts);
    assert_eq!(texts(&none.document), ["KẾ HOẠCH"]);
    assert!(none.notes.is_empty(), "{:?}", none.notes);
    let running = [(
        "word/header2.xml",
        "<w:hdr><w:p><w:r><w:t>Bản thảo lần 2</w:t></w:r></w:p></w:hdr>",
    )];
    let parts = [&running[..], &parts[..2]].concat();
    let noted = read_with(&[paragraph("KẾ HOẠCH"), section("")].concat(), &parts);
    assert_eq!(
        noted.notes,
        [Note::Margin {
            text: "Bản thảo lần 2".into()
        }]
    );
}

#[test]
fn controls_around_rows_and_cells_and_smart_tags_are_read_through() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let around = |inner: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )
    };
    let body = format!(
        "{}<w:tbl><w:tr>{}{}{}{}</w:tr>{}</w:tbl><w:p>{}<w:smartTag><w:r><w:t>thẻ</w:t></w:r></w:smartTag><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:softHyphen/><w:noBreakHyphen/></w:r></w:p>",
        around(&paragraph("khối")),
        around(&cell("a")),
        cell("b"),
        cell("c"),
        cell("d"),
        around(&format!(
            "<w:tr>{}{}{}{}</w:tr>",
            cell("e"),
            cell("f"),
            cell("g"),
            cell("h")
        )),
        around("<w:r><w:t>trong dòng </w:t></w:r>"),
    );
    assert_eq!(
        texts(&read(&body)),
        ["khối", "a | b | c | d\ne | f | g | h", "trong dòng thẻ≥-"]
    );
}

#[test]
fn a_cell_merged_downwards_holds_for_each_of_its_rows_but_not_within_the_head() {
    let cell = |merge: &str, text: &str| {
        format!("<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", paragraph(text))
    };
    let (begins, goes_on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let row = |cells: [String; 4]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        "<w:tbl>".to_owned(),
        row([
            cell(begins, "STT"),
            cell("", "Việc"),
            cell("", "Ai"),
            cell("", "Hạn"),
        ]),
        row([
            cell(goes_on, ""),
            cell("", "x"),
            cell("", "y"),
            cell("", "z"),
        ]),
        row([
            cell("", "1"),
            cell("", "báo cáo"),
            cell(begins, "Tỉnh đoàn"),
            cell(begins, "30/9/2022"),
        ]),
        row([
            cell("", "2"),
            cell("", "hội nghị"),
            cell(goes_on, ""),
            cell(goes_on, ""),
        ]),
        "</w:tbl>".to_owned(),
    ]
    .concat();
    assert_eq!(
        texts(&read(&body)),
        [
            "STT | Việc | Ai | Hạn\n | x | y | z\n1 | báo cáo | Tỉnh đoàn | 30/9/2022\n2 | hội nghị | Tỉnh đoàn | 30/9/2022"
        ]
    );
}

#[test]
fn runs_in_an_old_font_are_repaired_whatever_gives_them_the_font() {
    let styles = r#"<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Cu"/><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr></w:style></w:styles>"#;
    let incoming = read_with(
        r#"<w:p><w:pPr><w:pStyle w:val="Cu"/></w:pPr><w:r><w:t>kÕ ho¹ch</w:t></w:r></w:p>
        <w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>íc ngµy</w:t></w:r><w:r><w:t xml:space="preserve"> déjà là</w:t></w:r></w:p>
        <w:p><w:r><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr><w:t>ngöôøi coù coâng</w:t></w:r></w:p>"#,
        &[("word/styles.xml", styles)],
    );
    assert_eq!(
        texts(&incoming.document),
        ["KẾ HOẠCH", "trước ngày déjà là", "người có công"]
    );
    let [Note::Legacy(repair)] = incoming.notes.as_slice() else {
        panic!("{:?}", incoming.notes)
    };
    assert_eq!(repair.pieces, 3);
    assert_eq!(repair.samples[0].before, "kÕ ho¹ch");
}

#[test]
fn decomposed_letters_are_joined_and_said() {
    let incoming = read_with(
        "<w:p><w:r><w:t>Ba\u{301}o ca\u{301}o</w:t></w:r></w:p>",
        &[],
    );
    assert_eq!(incoming.document.text(), "Báo cáo\n");
    assert_eq!(incoming.notes, [Note::Decomposed]);
}
