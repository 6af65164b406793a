//! Files made to break a reader, and files that users choose by mistake: each gets a message, none a panic.

use formats::{ReadError, limits, read_document};
use proptest::prelude::*;
use std::io::Write;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/fixtures/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .expect("the fixture exists")
}

fn docx(document_xml: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .expect("started");
    zip.write_all(document_xml).expect("written");
    zip.finish().expect("finished").into_inner()
}

fn message(name: &str, bytes: &[u8]) -> String {
    read_document(name, bytes).expect_err("refused").message()
}

#[test]
fn a_zip_bomb_is_refused_before_it_expands() {
    let bytes = docx(&vec![b' '; 40 * 1024 * 1024]);
    assert!(bytes.len() < 1024 * 1024);
    assert!(matches!(
        read_document("kế hoạch.docx", &bytes),
        Err(ReadError::Bomb { .. })
    ));
    let says = message("a.docx", &bytes);
    for words in ["word/document.xml", "64 MB một phần", "128 MB cả tệp"] {
        assert!(says.contains(words), "{says}");
    }
}

#[test]
fn elements_nested_without_end_are_refused() {
    let deep = format!("<w:body>{}", "<w:sdt>".repeat(100_000));
    assert!(matches!(
        read_document("a.docx", &docx(deep.as_bytes())),
        Err(ReadError::TooMany { .. })
    ));
}

#[test]
fn a_text_of_thousands_of_pages_is_refused_with_the_limit() {
    let long = "báo cáo kết quả\n".repeat(limits::CHARACTERS / 16 + 1);
    assert!(message("a.txt", long.as_bytes()).contains("3.000.000"));
}

#[test]
fn tables_and_lists_nested_without_end_are_refused() {
    let tables = format!("<w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(10_000));
    assert!(matches!(
        read_document("a.docx", &docx(tables.as_bytes())),
        Err(ReadError::TooMany { .. })
    ));
}

#[test]
fn more_runs_than_anybody_writes_are_refused() {
    let runs = format!("<w:body><w:p>{}", "<w:r/>".repeat(limits::PIECES + 1));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored)
        .expect("started");
    zip.write_all(runs.as_bytes()).expect("written");
    let bytes = zip.finish().expect("finished").into_inner();
    assert!(matches!(
        read_document("a.docx", &bytes),
        Err(ReadError::TooMany { .. })
    ));
}

#[test]
fn a_docx_cut_short_is_called_damaged() {
    let whole = fixture("plan-2022.docx");
    for length in [30, 100, whole.len() / 2, whole.len() - 10] {
        let error = read_document("plan.docx", &whole[..length]).expect_err("refused");
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{length}: {error}"
        );
    }
    let unclosed = docx(b"<w:document><w:body><w:p><w:r><w:t>abc");
    assert!(message("a.docx", &unclosed).contains("word/document.xml"));
}

#[test]
fn mistaken_files_are_named_with_the_way_out() {
    let ole = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 512],
    ]
    .concat();
    assert!(message("kế hoạch.doc", &ole).contains("lưu lại dạng .docx"));
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(message("a.docx", &[&ole[..], &name].concat()).contains("mật khẩu"));
    assert!(message("ảnh.png", b"\x89PNG\r\n").contains("tệp ảnh"));
    assert!(message("lạ.exe", b"MZ\x90\x00").contains("lạ.exe"));
    assert!(message("rỗng.txt", b"").contains("rỗng"));
    assert!(message("trắng.txt", b" \n \n").contains("không có chữ"));
    assert!(message("a.txt", b"mot\n\xff\xd5").contains("Dòng 2"));
    assert!(message("to.txt", &vec![b'a'; limits::FILE_BYTES + 1]).contains("20 MB"));
    assert!(message("giả.docx", b"\x00\x01\x02").contains("hỏng"));
    assert!(message("ảnh.docx", b"\xff\xd8\xff\xe0").contains("ảnh"));
    assert!(message("kế hoạch.doc", b"{\\rtf1 x}").contains(".rtf"));
}

#[test]
fn a_file_under_a_wrong_name_is_read_by_what_it_is_and_that_is_said() {
    let cases: [(&str, Vec<u8>, &str); 5] = [
        (
            "k.docx",
            b"<html><body><p>Noi dung</p></body></html>".to_vec(),
            "trang HTML",
        ),
        ("k.doc", fixture("plan-2022.docx"), "Word (.docx)"),
        ("k.txt", fixture("plan-2022.docx"), "Word (.docx)"),
        ("k.docx", fixture("plan-2022.pdf"), "PDF"),
        (
            "k.odt",
            "Kế hoạch".as_bytes().to_vec(),
            "văn bản thuần (.txt)",
        ),
    ];
    for (name, bytes, kind) in cases {
        let incoming = formats::read_incoming(name, &bytes).expect("readable");
        let said = name.rsplit('.').next().expect("a point").to_owned();
        assert!(
            incoming
                .notes
                .iter()
                .any(|note| matches!(note, formats::Note::OtherKind { said: own, is } if *own == said && *is == kind)),
            "{name}: {:?}",
            incoming.notes
        );
    }
    assert!(
        formats::read_incoming("k.docx", &fixture("plan-2022.docx"))
            .expect("readable")
            .notes
            .is_empty()
    );
}

/// One page whose form draws itself again, and whose colour space nobody knows.
#[test]
fn a_pdf_form_that_contains_itself_is_refused_without_overflow() {
    let stream = |dictionary: &str, content: &str| {
        format!(
            "<<{dictionary}/Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        stream("", "/Nope cs /X Do"),
        stream("/Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>", "/X Do"),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let start = pdf.len();
    pdf.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for offset in offsets {
        pdf.push_str(&format!("{offset:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    ));
    let error = read_document("a.pdf", pdf.as_bytes()).expect_err("refused");
    assert!(matches!(error, ReadError::TooMany { .. }), "{error}");
    let scan = pdf.replace("/X Do", "     ");
    assert_eq!(
        read_document("a.pdf", scan.as_bytes()),
        Err(ReadError::NoText { pages: 1 })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000), kind in 0..5_usize) {
        let name = ["a.docx", "a.pdf", "a.md", "a.txt", "a"][kind];
        let head: &[u8] = [&b"PK\x03\x04"[..], b"%PDF-1.5\n", b"", b"", b""][kind];
        let _ = read_document(name, &[head, &bytes].concat());
    }

    #[test]
    fn a_plan_with_changed_bytes_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), pdf in any::<bool>()) {
        let name = if pdf { "plan-2022.pdf" } else { "plan-2022.docx" };
        let mut bytes = fixture(name);
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(error) = read_document(name, &bytes) {
            prop_assert!(!error.message().is_empty());
        }
    }

    #[test]
    fn any_text_is_read_as_markdown_without_losing_words(words in proptest::collection::vec("[a-zđ*\\-#.]{1,8}", 1..40)) {
        let text = words.join(" ");
        if let Ok(document) = read_document("a.md", text.as_bytes()) {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&document.text()), letters(&text));
        }
    }
}
