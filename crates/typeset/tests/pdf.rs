//! What stands on the pages of a document, read back from the PDF.

mod samples;

use domain::doc::{Align, Block, Cell, Paragraph, Run, Table};
use domain::official::{Annex, OfficialDocument};
use typeset::{Error, Render, render_pdf, render_pdf_with};

/// The text of each page, blank lines and the edges of lines dropped.
fn pages(document: &OfficialDocument) -> Vec<String> {
    let pdf = render_pdf(document).expect("the document is set");
    let pages = pdf_extract::extract_text_from_mem_by_pages(&pdf).expect("the PDF holds text");
    let tidy = |page: &String| {
        let lines = page
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    pages.iter().map(tidy).collect()
}

/// All text in one line, so that a phrase is found wherever the lines break.
fn flowing(document: &OfficialDocument) -> String {
    pages(document).join(" ").replace('\n', " ")
}

fn snapshot(document: &OfficialDocument) -> String {
    let pages = pages(document);
    let numbered = pages
        .iter()
        .enumerate()
        .map(|(index, page)| format!("=== {} / {}\n{page}", index + 1, pages.len()));
    numbered.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_report_with_annexes() {
    insta::assert_snapshot!(snapshot(&samples::report(2)));
}

#[test]
fn a_reminder_letter() {
    insta::assert_snapshot!(snapshot(&samples::letter()));
}

#[test]
fn a_draft_leaves_number_and_date_to_be_filled_by_hand() {
    let pages = pages(&samples::draft());
    assert!(pages[0].contains("DỰ THẢO"));
    assert!(pages[0].contains("Số .......-BC/HU"));
    assert!(pages[0].contains("ngày ....... tháng ....... năm 20....."));
    assert!(!pages[1].contains("DỰ THẢO"));
}

#[test]
fn pages_are_numbered_from_the_second_on() {
    let pages = pages(&samples::report(4));
    assert!(pages.len() > 5);
    assert!(pages[0].starts_with("ĐẢNG"));
    for (index, page) in pages.iter().enumerate().skip(1) {
        assert_eq!(page.lines().next(), Some((index + 1).to_string().as_str()));
    }
}

#[test]
fn a_long_table_repeats_its_head_on_every_page() {
    let mut document = samples::letter();
    let mut rows = vec![vec![Cell::plain("TT"), Cell::plain("Tên đơn vị")]];
    rows.extend((1..=150).map(|row| {
        vec![
            Cell::plain(row.to_string()),
            Cell::plain("Đảng ủy xã Bình Thạnh"),
        ]
    }));
    document.annexes = vec![Annex {
        number: None,
        title: "Danh sách".into(),
        landscape: false,
        blocks: vec![Block::Table(Table {
            header_rows: 1,
            widths: vec![1, 6],
            rows,
        })],
    }];
    let pages = pages(&document);
    assert!(pages.len() >= 4);
    for page in &pages[1..] {
        assert_eq!(page.matches("Tên đơn vị").count(), 1, "{page}");
    }
    assert_eq!(
        pages.join("\n").matches("Đảng ủy xã Bình Thạnh").count(),
        150
    );
}

#[test]
fn the_signature_never_stands_alone_on_a_page() {
    // Whatever the length of the text, its last words are on the page of the signature.
    for lines in 24..34 {
        let mut document = samples::letter();
        let long =
            (0..lines).map(|line| Block::Paragraph(Paragraph::plain(format!("Dòng thứ {line}."))));
        document.body = long
            .chain([Block::Paragraph(Paragraph::plain("Lời kết của văn bản."))])
            .collect();
        let pages = pages(&document);
        let signed = pages
            .iter()
            .find(|page| page.contains("Trần Thị Hồng Ánh"))
            .expect("the signature is printed");
        assert!(
            signed.contains("Lời kết của văn bản./."),
            "{lines} lines: {signed}"
        );
        assert!(
            signed.contains("Nơi nhận:") && signed.contains("Lưu Ban Dân vận Tỉnh ủy."),
            "{lines} lines: {signed}"
        );
    }
}

/// Texts that would be commands if they were ever read as markup.
const HOSTILE: &str = "#panic(\"x\") *đậm* _b_ $x$ <script>alert(1)</script> \\ @ref `code` // ghi chú = Mục #include \"a\" 100% [x]";

#[test]
fn text_is_never_taken_for_markup() {
    let mut document = samples::report(1);
    document.issuer = HOSTILE.to_uppercase();
    document.subject = HOSTILE.into();
    document.place = HOSTILE.into();
    document.addressees = vec![HOSTILE.into()];
    document.signature.name = HOSTILE.into();
    document.recipients = vec![HOSTILE.into()];
    document.body = vec![
        Block::Heading {
            level: 1,
            runs: vec![Run::plain(HOSTILE)],
        },
        Block::Paragraph(Paragraph {
            label: Some("#".into()),
            ..Paragraph::plain(HOSTILE)
        }),
        Block::Table(Table {
            header_rows: 1,
            widths: vec![],
            rows: vec![vec![Cell::plain("#"), Cell::plain(HOSTILE)]; 2],
        }),
    ];
    document.annexes[0].title = HOSTILE.into();
    // The reader of the PDF may set or drop blanks where lines break: compare without them.
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
            .collect::<String>()
    };
    let found = bare(&flowing(&document)).matches(&bare(HOSTILE)).count();
    assert!(found >= 8, "found in {found} places");
}

#[test]
fn odd_content_is_set_and_does_not_fail() {
    let mut document = samples::letter();
    document.kind = Some(String::new());
    document.issuer = String::new();
    document.place = String::new();
    document.addressees = vec![String::new(); 3];
    document.recipients = (0..120).map(|index| format!("Đơn vị {index}")).collect();
    document.body = vec![
        Block::PageBreak,
        Block::Heading {
            level: 0,
            runs: vec![],
        },
        Block::Heading {
            level: 200,
            runs: vec![Run::plain("Mục")],
        },
        Block::Paragraph(Paragraph::default()),
        Block::Paragraph(
            Paragraph::plain("\u{0}\u{7}NUL và emoji 😀 漢字\nxuống dòng").aligned(Align::Center),
        ),
        Block::Paragraph(Paragraph::plain("x".repeat(20_000))),
        Block::Table(Table::default()),
        Block::Table(Table {
            header_rows: 9,
            widths: vec![0],
            rows: vec![vec![], vec![Cell::plain("một"); 3]],
        }),
        Block::Table(Table {
            header_rows: 0,
            widths: vec![1, 400],
            rows: vec![vec![Cell::plain("dài ".repeat(9_000)); 2]],
        }),
        Block::PageBreak,
        Block::PageBreak,
    ];
    let text = flowing(&document);
    assert!(text.contains("Đơn vị 119"));
    assert!(text.contains("xuống dòng"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = samples::report(1);
    let first = render_pdf(&document).expect("the document is set");
    assert!(first == render_pdf(&document).expect("the document is set"));
}

#[test]
fn a_tagged_pdf_says_the_same_and_carries_its_structure() {
    let document = samples::report(1);
    let plain = render_pdf(&document).expect("the document is set");
    let tagged = render_pdf_with(&document, Render { tagged: true }).expect("the document is set");
    let has_structure = |pdf: &[u8]| pdf.windows(15).any(|window| window == b"/StructTreeRoot");
    assert!(has_structure(&tagged) && !has_structure(&plain));
    let text = |pdf: &[u8]| pdf_extract::extract_text_from_mem(pdf).expect("the PDF holds text");
    assert_eq!(text(&plain), text(&tagged));
}

#[test]
fn state_bodies_and_newer_profiles_are_set_too() {
    let state = flowing(&samples::state_report());
    assert!(state.contains("Độc lập - Tự do - Hạnh phúc") && state.contains("Số: 12/BC-LĐTBXH"));
    let mut document = samples::report(1);
    document.profile = "hd05-2026".into();
    let text = flowing(&document);
    assert!(text.contains("cho ý kiến chỉ đạo.") && !text.contains("./."));
}

#[test]
fn an_unknown_profile_and_an_endless_document_are_refused() {
    let mut document = samples::letter();
    document.profile = "hd99".into();
    assert!(matches!(render_pdf(&document), Err(Error::UnknownProfile(name)) if name == "hd99"));
    let mut document = samples::letter();
    document.body = vec![Block::Paragraph(Paragraph::plain("dài ".repeat(1_250_000)))];
    let refusal = render_pdf(&document).expect_err("five million characters are too many");
    assert!(matches!(refusal, Error::TooLong { characters } if characters > 5_000_000 - 1));
}
