//! Official documents as DOCX: what they say is kept, what an office expects is there, LibreOffice opens them.

use domain::doc::{Align, Block, Cell, Paragraph, Run, Table};
use domain::official::{Annex, OfficialDocument, SignatureBlock};
use formats::{read_document, write_docx};
use std::io::Read;
use std::process::Command;

/// A table of 35 indicators over five years.
fn figures() -> Table {
    let header = ["STT", "Chỉ tiêu", "2018", "2019", "2020", "2021"];
    let mut rows = vec![header.map(Cell::plain).to_vec()];
    for number in 1..=35_i32 {
        let mut row = vec![
            Cell {
                paragraphs: vec![Paragraph::plain(number.to_string()).aligned(Align::Center)],
            },
            Cell::plain(format!(
                "Số người có công và thân nhân được hưởng chế độ ưu đãi, nhóm {number}"
            )),
        ];
        row.extend((0..4).map(|year| Cell {
            paragraphs: vec![
                Paragraph::plain(format!("{}.{:03}", number, year * 37)).aligned(Align::Right),
            ],
        }));
        rows.push(row);
    }
    Table {
        header_rows: 1,
        widths: vec![6, 44, 12, 12, 12, 12],
        rows,
    }
}

fn annex(number: u32, title: &str, landscape: bool) -> Annex {
    Annex {
        number: Some(number),
        title: title.into(),
        landscape,
        blocks: vec![Block::Table(figures())],
    }
}

pub fn report() -> OfficialDocument {
    let text = "Cấp ủy, chính quyền các cấp đã quán triệt, triển khai nghiêm túc Chỉ thị số 14-CT/TW; nhận thức của cán bộ, \
        đảng viên và nhân dân về công tác người có công với cách mạng được nâng lên rõ rệt, phong trào “Đền ơn đáp nghĩa” tiếp tục \
        được các tổ chức chính trị - xã hội và nhân dân hưởng ứng.";
    let mut body = vec![Block::Paragraph(Paragraph::plain(
        "Thực hiện Kế hoạch số 44-KH/BDVTW, ngày 09/3/2022 của Ban Dân vận Trung ương Đảng; Ban Thường vụ Huyện ủy báo cáo như sau:",
    ))];
    for (number, title) in [
        ("I", "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
        ("II", "KẾT QUẢ THỰC HIỆN"),
        ("III", "HẠN CHẾ, NGUYÊN NHÂN"),
    ] {
        body.push(Block::Heading {
            level: 1,
            runs: vec![Run::plain(format!("{number}. {title}"))],
        });
        for point in 1..=3 {
            body.push(Block::Heading {
                level: 2,
                runs: vec![Run::plain(format!("{point}. Về nội dung thứ {point}"))],
            });
            body.push(Block::Paragraph(Paragraph::plain(text)));
            let mut dash = Paragraph::plain("Giải quyết ");
            dash.runs.push(Run::bold("1.250 hồ sơ"));
            dash.runs.push(Run::plain(" & chi trả "));
            dash.runs.push(Run::italic("<đúng hạn>"));
            dash.runs.push(Run::plain("."));
            dash.label = Some("-".into());
            body.push(Block::Paragraph(dash));
        }
    }
    body.push(Block::Paragraph(Paragraph::plain(
        "Trên đây là báo cáo sơ kết của Ban Thường vụ Huyện ủy.",
    )));
    OfficialDocument {
        profile: "hd36-2018".into(),
        parent_body: Some("Đảng bộ tỉnh Bình Thuận".into()),
        issuer: "Huyện ủy Hàm Thuận Bắc".into(),
        number: Some("112-BC/HU".into()),
        symbol: None,
        place: "Hàm Thuận Bắc".into(),
        date: Some(jiff::civil::date(2022, 9, 26)),
        kind: Some("Báo cáo".into()),
        subject: "sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW của Ban Bí thư Trung ương Đảng (khóa XII) và Chỉ thị số 25-CT/TU \
            của Ban Thường vụ Tỉnh ủy (khóa XIII)"
            .into(),
        addressees: vec![],
        body,
        signature: SignatureBlock {
            authority: Some("T/M Ban Thường vụ".into()),
            position: "Phó Bí thư".into(),
            name: "Nguyễn Văn Bình".into(),
        },
        recipients: vec![
            "Ban Thường vụ Tỉnh ủy".into(),
            "Ban Dân vận Tỉnh ủy, Văn phòng Tỉnh ủy".into(),
            "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ huyện".into(),
            "Lưu Văn phòng Huyện ủy".into(),
        ],
        annexes: vec![annex(1, "SỐ LIỆU CÔNG TÁC NGƯỜI CÓ CÔNG", false), annex(2, "TÌNH HÌNH GỬI BÁO CÁO", true)],
        draft: false,
    }
}

pub fn letter() -> OfficialDocument {
    OfficialDocument {
        kind: None,
        subject: "đôn đốc gửi báo cáo sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW".into(),
        number: None,
        symbol: Some("-CV/HU".into()),
        date: None,
        addressees: vec![
            "Đảng ủy xã Hàm Chính".into(),
            "Đảng ủy xã Hàm Liêm".into(),
            "Đảng ủy thị trấn Ma Lâm".into(),
        ],
        annexes: vec![],
        body: vec![Block::Paragraph(Paragraph::plain(
            "Đến nay Ban Thường vụ Huyện ủy chưa nhận được báo cáo của các đồng chí. Đề nghị gửi báo cáo trước ngày 30/9/2022",
        ))],
        draft: true,
        ..report()
    }
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name)
        .expect("the part")
        .read_to_string(&mut text)
        .expect("UTF-8");
    text
}

#[test]
fn what_is_written_reads_back_in_reading_order() {
    let document = report();
    let bytes = write_docx(&document);
    assert_eq!(bytes, write_docx(&document), "the same bytes each time");
    let read = read_document("bao-cao.docx", &bytes).expect("readable");
    let texts: Vec<String> = read.blocks.iter().map(Block::text).collect();
    assert_eq!(
        &texts[..9],
        [
            "ĐẢNG BỘ TỈNH BÌNH THUẬN",
            "HUYỆN ỦY HÀM THUẬN BẮC",
            "*",
            "Số 112-BC/HU",
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "Hàm Thuận Bắc, ngày 26 tháng 9 năm 2022",
            "BÁO CÁO",
            document.subject.as_str(),
            "-----"
        ]
    );
    let body: Vec<String> = document.body.iter().map(Block::text).collect();
    let closing = body.len() - 1;
    assert_eq!(texts[9..9 + closing], body[..closing]);
    assert_eq!(
        texts[9 + closing],
        "Trên đây là báo cáo sơ kết của Ban Thường vụ Huyện ủy./."
    );
    let end: Vec<&str> = texts[10 + closing..]
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(
        &end[..9],
        [
            "Nơi nhận:",
            "- Ban Thường vụ Tỉnh ủy,",
            "- Ban Dân vận Tỉnh ủy, Văn phòng Tỉnh ủy,",
            "- Các đồng chí Ủy viên Ban Chấp hành Đảng bộ huyện,",
            "- Lưu Văn phòng Huyện ủy.",
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ",
            "Nguyễn Văn Bình",
            "Phụ lục 1"
        ]
    );
    let tables: Vec<&Table> = read
        .blocks
        .iter()
        .filter_map(|block| {
            if let Block::Table(table) = block {
                Some(table)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(tables.len(), 2);
    assert_eq!((tables[0].header_rows, tables[0].rows.len()), (1, 36));
    assert_eq!(tables[1].rows[35][1].text(), figures().rows[35][1].text());
    assert!(
        read.blocks
            .iter()
            .any(|block| matches!(block, Block::Heading { level: 2, .. }))
    );
}

#[test]
fn the_parts_hold_what_word_needs() {
    let docx = write_docx(&report());
    let main = part(&docx, "word/document.xml");
    assert_eq!(main.matches("<w:tblHeader/>").count(), 2);
    assert!(main.contains(r#"w:orient="landscape""#) && main.contains("<w:titlePg/>"));
    assert!(main.contains("&amp; chi trả ") && main.contains("&lt;đúng hạn&gt;"));
    assert!(!main.contains("<w:t>"), "every text keeps its blanks");
    insta::assert_snapshot!(
        "styles",
        part(&docx, "word/styles.xml").replace("><", ">\n<")
    );
    let letter = write_docx(&letter());
    assert!(part(&letter, "word/header1.xml").contains("DỰ THẢO"));
    insta::assert_snapshot!(
        "letter",
        part(&letter, "word/document.xml").replace("><", ">\n<")
    );
}

#[test]
fn a_blank_document_is_written_too() {
    let blank = OfficialDocument {
        profile: "unknown".into(),
        parent_body: None,
        issuer: String::new(),
        number: None,
        symbol: None,
        place: String::new(),
        date: None,
        kind: Some(String::new()),
        subject: "\u{0}\u{1}]]>".into(),
        addressees: vec![],
        body: vec![Block::Table(Table::default()), Block::PageBreak],
        signature: SignatureBlock::default(),
        recipients: vec![],
        annexes: vec![],
        draft: false,
    };
    assert!(read_document("a.docx", &write_docx(&blank)).is_ok());
}

/// The fonts that the PDFs are set in.
const TIMES_COMPATIBLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../typeset/fonts");

#[test]
fn libreoffice_opens_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let fonts = folder.path().join("fonts");
    std::fs::create_dir(&fonts).expect("a folder for fonts");
    for font in std::fs::read_dir(TIMES_COMPATIBLE).expect("the fonts of the PDFs") {
        let font = font.expect("a font").path();
        std::fs::copy(&font, fonts.join(font.file_name().expect("a name"))).expect("copied");
    }
    for (name, document, rows) in [
        ("report", report(), "35 | 35.000 | 35.037"),
        ("letter", letter(), "Kính gửi:"),
    ] {
        let file = folder.path().join(format!("{name}.docx"));
        std::fs::write(&file, write_docx(&document)).expect("written");
        let output = Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                folder.path().join("profile").display()
            ))
            // Fonts with the widths of Times New Roman, also on a machine that has none.
            .env("XDG_DATA_HOME", folder.path())
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(folder.path())
            .arg(&file)
            .output()
            .expect("soffice is needed for this test: install Debian's package libreoffice-writer");
        assert!(output.status.success(), "{output:?}");
        let pdf = std::fs::read(folder.path().join(format!("{name}.pdf")))
            .expect("LibreOffice wrote a PDF");
        let text = read_document("a.pdf", &pdf).expect("readable").text();
        let (recipients, signer) = (text.find("Nơi nhận:"), text.find("Nguyễn Văn Bình"));
        assert!(
            recipients.is_some() && recipients < signer,
            "{name}: recipients before the signer:\n{text}"
        );
        assert!(text.contains("ĐẢNG CỘNG SẢN VIỆT NAM\n"), "{text}");
        assert!(text.contains(rows), "{name}: {text}");
        for block in document
            .body
            .iter()
            .filter(|block| !block.text().starts_with("Trên đây") && name == "report")
        {
            assert!(
                text.lines().any(|line| line == block.text()),
                "{}\nnot in\n{text}",
                block.text()
            );
        }
    }
}
