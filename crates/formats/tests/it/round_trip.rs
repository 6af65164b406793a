//! A template goes out with answers, is saved by a word processor, and reads back exactly.

use domain::campaign::{Grain, Indicator, Period, Rule, Section, Writable};
use domain::doc::{self, Run, Script};
use domain::figures::{Cell, Layout};
use domain::ids::{AssignmentId, IndicatorId, SectionId};
use domain::official::template::{
    COMPUTED, Template, TemplateCell, TemplateFigures, TemplateRow, TemplateSection,
};
use domain::official::{OfficialDocument, SignatureBlock};
use domain::prose;
use domain::report::anchors::Anchor;
use domain::report::filled::{Filled, settled, take_apart};
use formats::{read_filled, write_template};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

const YEARS: [i16; 5] = [2018, 2019, 2020, 2021, 2022];

fn outline() -> Vec<Section> {
    let titles = [
        ("I", "Công tác lãnh đạo, chỉ đạo, triển khai thực hiện", 1),
        ("1", "Công tác quán triệt, tuyên truyền", 2),
        ("2", "Việc ban hành văn bản", 2),
        ("II", "Kết quả thực hiện", 1),
        ("1", "Thực hiện chính sách ưu đãi", 2),
        ("a", "Trợ cấp, phụ cấp", 3),
        ("b", "Nhà ở", 3),
        ("2", "Phong trào đền ơn đáp nghĩa", 2),
        ("III", "Đánh giá chung", 1),
        ("1", "Ưu điểm", 2),
        ("2", "Hạn chế, nguyên nhân", 2),
        ("IV", "Kiến nghị, đề xuất", 1),
    ];
    (1..)
        .zip(titles)
        .map(|(id, (number, title, level))| Section {
            id: SectionId(id),
            number: number.into(),
            title: title.into(),
            level,
            guidance: format!(
                "Nêu rõ {}, số liệu.\nNêu 02 điển hình.",
                title.to_lowercase()
            ),
            writable: if ["I", "II", "III"].contains(&number) {
                Writable::Heading
            } else {
                Writable::Required
            },
        })
        .collect()
}

fn layout() -> Layout {
    let indicator = |number: i64| Indicator {
        id: IndicatorId(number),
        code: format!("CT{number:02}"),
        name: format!("Số người có công được hưởng chế độ, nhóm {number}"),
        unit: "người".into(),
        rule: match number {
            35 => Rule::Ratio {
                numerator: vec!["CT01".into()],
                denominator: vec!["CT02".into()],
            },
            _ => Rule::Flow,
        },
        grain: if number == 34 {
            Grain::Whole
        } else {
            Grain::Year
        },
        hint: String::new(),
        total_of: Vec::new(),
        required: true,
    };
    Layout::new((1..=35).map(indicator).collect(), YEARS.to_vec())
}

/// What stands in a cell: of all kinds that there are.
fn value(cell: usize) -> &'static str {
    ["1.234.567,8", "0", "-", "", "-12,5", "90.608"][cell % 6]
}

fn template(texts: &[String]) -> Template {
    let outline = outline();
    let mut texts = texts.iter().cycle();
    let sections = outline.iter().map(|section| TemplateSection {
        heading: doc::Block::Heading {
            level: section.level,
            runs: vec![Run::bold(format!(
                "{}. {}",
                section.number,
                if section.level == 1 {
                    section.title.to_uppercase()
                } else {
                    section.title.clone()
                }
            ))],
        },
        anchor: Anchor::Section {
            id: section.id,
            version: 3,
            hash: "00ff00ff".into(),
        },
        guidance: section.guidance.clone(),
        content: (section.writable != Writable::Heading).then(|| {
            texts
                .next()
                .map_or_else(Vec::new, |text| prose::to_document(text))
        }),
    });
    let layout = layout();
    let rows = layout
        .indicators()
        .iter()
        .enumerate()
        .map(|(at, indicator)| {
            let mut cells = vec![TemplateCell::Closed(""); YEARS.len() + 1];
            for (period, cell) in layout.cells(at) {
                let column = match period {
                    Period::Year(year) => YEARS.iter().position(|known| *known == year),
                    Period::Whole => Some(YEARS.len()),
                };
                let open = TemplateCell::Open(
                    Anchor::Figure {
                        indicator: indicator.id,
                        period,
                        base: Cell::parse_vietnamese(value(cell)).expect("a value"),
                    },
                    value(cell).into(),
                );
                cells[column.expect("a column")] = if indicator.is_computed() {
                    TemplateCell::Closed(COMPUTED)
                } else {
                    open
                };
            }
            TemplateRow {
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                cells,
            }
        });
    Template {
        document: OfficialDocument {
            profile: "hd36-2018".into(),
            parent_body: Some("ĐẢNG BỘ HUYỆN BẮC BÌNH".into()),
            issuer: "ĐẢNG ỦY XÃ PHAN SƠN".into(),
            number: None,
            symbol: Some("-BC/ĐU".into()),
            place: "Phan Sơn".into(),
            date: None,
            kind: Some("BÁO CÁO".into()),
            subject: "sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW".into(),
            addressees: Vec::new(),
            body: Vec::new(),
            signature: SignatureBlock::default(),
            recipients: vec![
                "Ban Thường vụ Huyện ủy Bắc Bình".into(),
                "Lưu Đảng ủy xã".into(),
            ],
            annexes: Vec::new(),
            draft: true,
        },
        mark: Anchor::Template {
            assignment: AssignmentId(123),
            revision: 2,
        },
        sections: sections.collect(),
        figures: Some(TemplateFigures {
            title: "Biểu số liệu".into(),
            years: YEARS.to_vec(),
            rows: rows.collect(),
        }),
    }
}

fn read(name: &str, bytes: &[u8]) -> Filled {
    let file = read_filled(name, bytes).expect("readable");
    let empty = read_filled("mau.docx", &write_template(&template(&[]))).expect("readable");
    let furniture: BTreeSet<String> = empty
        .document
        .blocks
        .iter()
        .flat_map(|block| {
            block
                .text()
                .lines()
                .map(domain::text::fold)
                .collect::<Vec<_>>()
        })
        .collect();
    take_apart(
        &file.document.blocks,
        &file.marks,
        &outline(),
        &layout(),
        &furniture,
    )
}

/// Nothing lost, nothing shifted, nothing added.
fn assert_same(found: &Filled, texts: &[String], how: &str) {
    assert_eq!(found.template, Some((AssignmentId(123), 2)), "{how}");
    let mut expected = texts.iter().cycle();
    let writable = outline()
        .into_iter()
        .filter(|section| section.writable != Writable::Heading);
    for section in writable {
        let expected = expected
            .next()
            .map_or_else(String::new, |text| settled(text));
        assert_eq!(
            found.sections.get(&section.id),
            Some(&expected),
            "{how}: section {} {}",
            section.number,
            section.title
        );
        assert_eq!(found.bases[&section.id].version, 3);
    }
    assert_eq!(found.loose, [], "{how}");
    let layout = layout();
    let typed: usize = layout
        .indicators()
        .iter()
        .enumerate()
        .filter(|(_, indicator)| !indicator.is_computed())
        .map(|(at, _)| layout.cells(at).count())
        .sum();
    assert_eq!(found.figures.len(), typed, "{how}");
    for cell in &found.figures {
        assert_eq!(cell.typed, value(cell.cell), "{how}: {cell:?}");
        assert_eq!(Cell::parse_vietnamese(&cell.typed).ok(), cell.base, "{how}");
    }
}

/// A text for each writable section: everything that the markup can say.
fn answers() -> Vec<String> {
    [
        "Đoạn **đậm**, *nghiêng*, ***cả hai***, <u>gạch chân</u>, m<sup>2</sup>, H<sub>2</sub>O.\nĐoạn hai có<br>xuống dòng.",
        "- Cấp xã\n  - Thôn 1\n    + Tổ 1\n  - Thôn 2\n- Cấp huyện\n1. Một\n2. Hai\na) Chữ cái",
        "Trước bảng.\n| Năm | Số hộ |\n| --- | --- |\n| 2021 | **12** |\n| 2022 | hai<br>dòng |\nSau bảng.",
        "| chỉ | một hàng |\nGiữa hai bảng\n| a | b | c |\n| --- | --- | --- |\n|  | x |  |",
        "Kính gửi & <thẻ> \"trích\" 'dẫn'; 5 < 6 > 4; 2\\*3; a  b   c.",
        "",
        "Tổng kinh phí 1.234.567,8 triệu đồng, đạt 98,5%.",
        "I. Đoạn bắt đầu như đề mục\nNơi ở của người có công.",
        "| Nơi nhận | x |\n| --- | --- |\n| T/M BAN | y |",
    ]
    .map(String::from)
    .to_vec()
}

#[test]
fn a_template_with_answers_reads_back_exactly() {
    let bytes = write_template(&template(&answers()));
    assert_same(&read("mau.docx", &bytes), &answers(), "as written");
    let empty = write_template(&template(&[]));
    let found = read("mau.docx", &empty);
    assert!(found.sections.values().all(String::is_empty), "{found:?}");
    assert_eq!(found.loose, []);
}

#[test]
fn libreoffice_saves_a_template_without_losing_or_shifting_anything() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("mau.docx");
    std::fs::write(&source, write_template(&template(&answers()))).expect("written");
    let odt = convert(folder.path(), &[&source], "odt").join("mau.odt");
    let through_odt = folder.path().join("qua-odt.odt");
    std::fs::copy(&odt, &through_odt).expect("copied");
    let docx = convert(folder.path(), &[&source, &through_odt], "docx");
    for (path, how) in [
        (odt, "saved as odt"),
        (docx.join("mau.docx"), "saved as docx"),
        (docx.join("qua-odt.docx"), "saved as odt, then as docx"),
    ] {
        let name = path.file_name().expect("a name").to_string_lossy();
        let bytes = std::fs::read(&path).expect("LibreOffice wrote it");
        assert_same(&read(&name, &bytes), &answers(), how);
    }
}

/// The template without what a word processor may drop.
fn without(bytes: &[u8], dropped: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        for start in dropped {
            while let Some(at) = text.find(start) {
                let end = at + text[at..].find('>').expect("a tag") + 1;
                text.replace_range(at..end, "");
            }
        }
        writer
            .start_file(
                entry.name().expect("a name"),
                zip::write::SimpleFileOptions::default(),
            )
            .expect("begun");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

const CONTROLS: [&str; 3] = ["<w:tag ", "<w:sdt>", "</w:sdt>"];
const BOOKMARKS: [&str; 2] = ["<w:bookmarkStart w:id=", "<w:bookmarkEnd "];

#[test]
fn anchors_that_a_word_processor_drops_are_not_missed() {
    let bytes = write_template(&template(&answers()));
    let bare = without(&bytes, &["<w:tag "]);
    assert_same(&read("mau.docx", &bare), &answers(), "bookmarks only");
    // The mark of the template is a bookmark alone.
    let controls = read("mau.docx", &without(&bytes, &BOOKMARKS));
    let all = read("mau.docx", &bytes);
    assert_eq!(controls.sections, all.sections, "controls only");
    assert_eq!(controls.figures, all.figures, "controls only");
    assert_eq!(controls.loose, []);
}

#[test]
fn a_file_without_any_anchor_is_split_by_its_headings_and_the_head_of_its_table() {
    let bytes = write_template(&template(&answers()));
    let dropped = [CONTROLS.as_slice(), BOOKMARKS.as_slice()].concat();
    let bare = read("mau.docx", &without(&bytes, &dropped));
    let all = read("mau.docx", &bytes);
    assert_eq!(bare.template, None);
    assert_eq!(bare.sections, all.sections);
    let numbers = |found: &Filled| -> Vec<(usize, String)> {
        found
            .figures
            .iter()
            .filter(|cell| !cell.typed.is_empty())
            .map(|cell| (cell.cell, cell.typed.clone()))
            .collect()
    };
    assert_eq!(numbers(&bare), numbers(&all));
    assert_eq!(bare.loose, []);
}

fn convert(folder: &Path, files: &[&Path], to: &str) -> std::path::PathBuf {
    let out = folder.join(format!("out-{to}"));
    let output = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .args(files)
        .output()
        .expect("soffice is needed for this test: install Debian's package libreoffice-writer");
    assert!(output.status.success(), "{output:?}");
    out
}

fn any_runs() -> impl Strategy<Value = Vec<Run>> {
    let words = r"[a-zđ0-9 *<>|\\/\n\-+.)&]{1,8}";
    let run = (words, any::<(bool, bool, bool)>(), 0..3_u8).prop_map(
        |(text, (bold, italic, underline), script)| Run {
            text,
            bold,
            italic,
            underline,
            script: [Script::Normal, Script::Super, Script::Sub][usize::from(script)],
        },
    );
    prop::collection::vec(run, 0..6)
}

fn any_block() -> impl Strategy<Value = doc::Block> {
    let paragraph = |(level, runs)| doc::Paragraph {
        runs,
        level,
        ..doc::Paragraph::default()
    };
    let row = prop::collection::vec(any_runs(), 2);
    let table = (0..2_usize, prop::collection::vec(row, 1..4)).prop_map(|(header_rows, rows)| {
        let cell = |runs| doc::Cell {
            paragraphs: vec![doc::Paragraph {
                runs,
                ..doc::Paragraph::default()
            }],
        };
        let mut rows: Vec<Vec<doc::Cell>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect();
        // A table without a word is nothing.
        rows[0][0].paragraphs[0].runs.push(Run::plain("x"));
        doc::Block::Table(doc::Table {
            header_rows,
            rows,
            ..doc::Table::default()
        })
    });
    prop_oneof![
        4 => (0..4_u8, any_runs()).prop_map(move |found| doc::Block::Paragraph(paragraph(found))),
        1 => table,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_written_in_a_template_reads_back(blocks in prop::collection::vec(prop::collection::vec(any_block(), 0..5), 1..3)) {
        let texts: Vec<String> = blocks.iter().map(|blocks| prose::from_document(blocks)).collect();
        assert_same(&read("mau.docx", &write_template(&template(&texts))), &texts, "random");
    }
}
