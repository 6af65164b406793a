//! Real files with bytes flipped, cut out, doubled and cut short, for every reader: an answer each time, never a panic.
//! `PROPTEST_CASES` sets how many; the tests run a few each time.

use formats::{
    CellOut, SheetOut, Workbook, read_incoming, read_mailbox, read_table, write_workbook,
};
use proptest::prelude::*;
use std::io::{Read, Write};

/// What is done to a file.
#[derive(Debug, Clone)]
enum Harm {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Twice(prop::sample::Index, usize),
    Short(prop::sample::Index),
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    let one = prop_oneof![
        8 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Harm::Set(at, byte)),
        4 => (any::<prop::sample::Index>(), proptest::sample::select(b"<>/\"&;[](){}%\0".to_vec())).prop_map(|(at, byte)| Harm::Set(at, byte)),
        2 => (any::<prop::sample::Index>(), 1..200_usize).prop_map(|(at, length)| Harm::Cut(at, length)),
        2 => (any::<prop::sample::Index>(), 1..400_usize).prop_map(|(at, length)| Harm::Twice(at, length)),
        1 => any::<prop::sample::Index>().prop_map(Harm::Short),
    ];
    proptest::collection::vec(one, 1..12)
}

fn harmed(bytes: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for harm in harms {
        if bytes.is_empty() {
            break;
        }
        match harm {
            Harm::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Harm::Cut(at, length) => {
                let from = at.index(bytes.len());
                let to = (from + length).min(bytes.len());
                bytes.drain(from..to);
            }
            Harm::Twice(at, length) => {
                let from = at.index(bytes.len());
                let to = (from + length).min(bytes.len());
                let again = bytes[from..to].to_vec();
                bytes.splice(to..to, again);
            }
            Harm::Short(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/fixtures/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .expect("the fixture exists")
}

/// The container with the part `harmed` changed and everything packed anew, so that the check sums are right.
fn repacked(bytes: &[u8], part: usize, harms: &[Harm]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a container");
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let chosen = part % from.len();
    for index in 0..from.len() {
        let mut entry = from.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("readable");
        let name = entry.name().expect("a name").into_owned();
        let is_main =
            name.ends_with("document.xml") || name == "content.xml" || name.ends_with("sheet1.xml");
        if index == chosen || is_main {
            content = harmed(&content, harms);
        }
        to.start_file(
            name,
            zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored),
        )
        .expect("started");
        to.write_all(&content).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

fn read(name: &str, bytes: &[u8]) {
    match read_incoming(name, bytes) {
        Ok(incoming) => {
            for note in &incoming.notes {
                assert!(!note.message().is_empty());
            }
        }
        Err(error) => assert!(!error.message().is_empty()),
    }
}

fn page() -> Vec<u8> {
    let rows =
        "<tr><td rowspan=2>1<td colspan=2>B&aacute;o c&aacute;o<tr><td>a<td style='display:none'>b";
    let items = "<ol type=I><li>một<ul><li>hai</ul><li value=9>ba</ol>";
    format!("<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body><h1>Kế hoạch</h1><p align=center><b>Đậm</b> <i>nghiêng</i><table border=1>{rows}</table>{items}<!-- x --><script>a</script><font face='.VnTime'>tr\u{ad}íc ngµy</font></body></html>").into_bytes()
}

fn mail() -> Vec<u8> {
    let page = String::from_utf8(page()).expect("text");
    format!("From: =?UTF-8?B?VsSDbiB0aMaw?= <a@b.vn>\r\nDate: Mon, 26 Sep 2022 08:00:00 +0700\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\nx\r\n--b\r\nContent-Type: text/plain; name=\"k.txt\"\r\nContent-Disposition: attachment; filename=\"k.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nS+G6vyBob+G6oWNo\r\n--b--\r\n").into_bytes()
}

fn workbook() -> Vec<u8> {
    let row = |number: usize| vec![CellOut::Text(format!("C{number:02}")), CellOut::Empty];
    let sheet = SheetOut {
        name: "Bảng".into(),
        header: vec![vec!["Mã".into(), "Giá trị".into()]],
        rows: (0..20).map(row).collect(),
        ..SheetOut::default()
    };
    write_workbook(&Workbook {
        sheets: vec![sheet],
    })
}

/// Few each time; `PROPTEST_CASES` asks for a longer run.
fn cases() -> u32 {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default().cases,
        None => 24,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn harmed_word_and_opendocument_files(harms in harms(), part in 0..40_usize, odt in any::<bool>()) {
        let name = if odt { "plan-2022.odt" } else { "plan-2022.docx" };
        let whole = fixture(name);
        read(name, &harmed(&whole, &harms));
        read(name, &repacked(&whole, part, &harms));
    }

    #[test]
    fn harmed_pdfs(harms in harms()) {
        read("plan-2022.pdf", &harmed(&fixture("plan-2022.pdf"), &harms));
    }

    #[test]
    fn harmed_texts_pages_and_mails(harms in harms()) {
        read("plan-2022.txt", &harmed(&fixture("plan-2022.txt"), &harms));
        read("plan-2022.md", &harmed(&fixture("plan-2022.md"), &harms));
        read("k.html", &harmed(&page(), &harms));
        read("k.eml", &harmed(&mail(), &harms));
        let _ = read_mailbox(&harmed(&[b"From a@b x\n", mail().as_slice()].concat(), &harms));
    }

    #[test]
    fn harmed_tables(harms in harms(), part in 0..20_usize) {
        let whole = workbook();
        for bytes in [harmed(&whole, &harms), repacked(&whole, part, &harms)] {
            if let Err(error) = read_table("b.xlsx", &bytes) {
                prop_assert!(!error.message().is_empty());
            }
        }
    }
}
