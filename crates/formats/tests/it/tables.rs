//! Tables in and out: exact text, exact numbers, places of errors.

use formats::{CellOut, ReadError, SheetOut, Workbook, read_table, write_workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::io::Write;

fn workbook() -> Workbook {
    let decimal = |text: &str| CellOut::Decimal(text.parse::<Decimal>().expect("a number"));
    let text = |text: &str| CellOut::Text(text.into());
    Workbook {
        sheets: vec![
            SheetOut {
                name: "Số liệu 2022/2023".into(),
                header: vec![vec!["Mã".into(), "Chỉ tiêu".into(), "Giá trị".into()]],
                widths: vec![8, 40, 16],
                rows: vec![
                    vec![
                        text("C01"),
                        text("Người có công <được> hưởng & nhận trợ cấp"),
                        decimal("1234567"),
                    ],
                    vec![text("C02"), text("Tỷ lệ"), decimal("0.1")],
                    vec![
                        text("C03"),
                        CellOut::Empty,
                        decimal("1234567890123456789.25"),
                    ],
                    vec![text("C04"), text("Âm"), decimal("-12.50")],
                ],
                freeze_header: true,
                landscape: true,
                ..SheetOut::default()
            },
            SheetOut {
                name: "SỐ LIỆU 2022/2023".into(),
                title: vec!["Biểu".into()],
                ..SheetOut::default()
            },
        ],
    }
}

#[test]
fn what_is_written_as_xlsx_reads_back_without_float_noise() {
    let bytes = write_workbook(&workbook());
    assert_eq!(
        bytes,
        write_workbook(&workbook()),
        "the same bytes each time"
    );
    let sheet = read_table("a.xlsx", &bytes).expect("readable");
    assert_eq!(sheet.header, ["Mã", "Chỉ tiêu", "Giá trị"]);
    let values: Vec<&str> = sheet
        .rows
        .iter()
        .map(|row| row.get(sheet.column(&["gia tri"])))
        .collect();
    assert_eq!(
        values,
        ["1234567", "0.1", "1.234.567.890.123.456.789,25", "-12.5"]
    );
    assert_eq!(
        sheet.rows[0].cells[1],
        "Người có công <được> hưởng & nhận trợ cấp"
    );
    assert_eq!(sheet.rows[3].line, 5);
}

#[test]
fn tsv_keeps_quotes_and_line_numbers_and_csv_follows_excel() {
    let tsv = read_table(
        "đơn vị.tsv",
        "\u{feff}Mã\tTên đơn vị\n\nA1\tXã \"Đoàn Kết\"\n".as_bytes(),
    )
    .expect("readable");
    assert_eq!(tsv.column(&["tên", "TEN DON VI"]), Some(1));
    assert_eq!(
        (tsv.rows[0].line, tsv.rows[0].cells[1].as_str()),
        (3, "Xã \"Đoàn Kết\"")
    );
    let csv = read_table(
        "a.csv",
        "ma;ten\r\n1;\"Xã \"\"A\"\";\nB\"\r\n2;C\r\n".as_bytes(),
    )
    .expect("readable");
    assert_eq!(csv.rows[0].cells, ["1", "Xã \"A\";\nB"]);
    assert_eq!(
        (csv.rows[1].line, csv.rows[1].get(csv.column(&["none"]))),
        (4, "")
    );
}

#[test]
fn faults_of_tables_say_where() {
    let long = read_table("a.tsv", b"a\tb\n1\t2\n1\t2\t3\n").expect_err("refused");
    assert_eq!(
        long,
        ReadError::RowTooLong {
            line: 3,
            cells: 3,
            columns: 2
        }
    );
    assert!(long.message().contains("Dòng 3"));
    assert_eq!(read_table("a.tsv", b"\n\n"), Err(ReadError::NoHeader));
    assert!(
        read_table("a.csv", b"a,b\n1,\"2\n")
            .expect_err("refused")
            .message()
            .contains("dòng 2")
    );
    let wide = vec!["x"; 501].join("\t");
    assert!(matches!(
        read_table("a.tsv", wide.as_bytes()),
        Err(ReadError::TooMany { .. })
    ));
    let tall = "x\n".repeat(200_002);
    assert!(
        read_table("a.tsv", tall.as_bytes())
            .expect_err("refused")
            .message()
            .contains("200.000")
    );
    let cut = &write_workbook(&workbook())[..2000];
    assert!(matches!(
        read_table("a.xlsx", cut),
        Err(ReadError::Damaged { .. })
    ));
}

/// A workbook of one sheet with this XML, and one shared text.
fn sheet_of(xml: &str, shared: &str) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#.to_owned()),
        ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#.to_owned()),
        ("xl/sharedStrings.xml", format!(r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{shared}</t></si></sst>"#)),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{xml}</sheetData></worksheet>"#)),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).expect("started");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    read_table(name, bytes).expect_err("refused").message()
}

#[test]
fn a_sheet_that_claims_billions_of_cells_is_read_by_those_that_it_has() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="A1048576"><v>7</v></c></row>"#;
    let sheet = read_table("a.xlsx", &sheet_of(rows, "Mã")).expect("readable");
    assert_eq!(sheet.header, ["Mã"]);
    assert_eq!((sheet.rows.len(), sheet.rows[0].line), (1, 1_048_576));
}

#[test]
fn a_sheet_of_a_billion_cells_is_refused_with_the_limit_before_it_is_laid_out() {
    // Cells far to the right: each row is 500 wide.
    let wide: String = (1..=20_000)
        .map(|row| format!(r#"<row r="{row}"><c r="SF{row}"><v>1</v></c></row>"#))
        .collect();
    assert!(refusal("a.xlsx", &sheet_of(&wide, "")).contains("5.000.000 ô"));
    // One text of a megabyte in a thousand cells.
    let shown: String = (1..=1_000)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    let long = "a".repeat(1024 * 1024);
    assert!(refusal("a.xlsx", &sheet_of(&shown, &long)).contains("67.108.864 byte"));
    // A wide head over narrow rows.
    let head: String = (0..500).map(|column| format!("c{column}\t")).collect();
    let tall = format!("{head}\n{}", "1\n".repeat(20_000));
    assert!(refusal("a.tsv", tall.as_bytes()).contains("5.000.000 ô"));
    // Nothing but separators.
    let empty = "\t".repeat(6_000_000);
    assert!(refusal("a.tsv", format!("a{empty}b").as_bytes()).contains("5.000.000 ô"));
    let empty = ",".repeat(6_000_000);
    assert!(refusal("a.csv", empty.as_bytes()).contains("5.000.000 ô"));
}

#[test]
fn an_ods_that_repeats_a_row_or_a_cell_without_end_is_refused() {
    let ods = |content: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("content.xml", zip::write::SimpleFileOptions::default())
            .expect("started");
        zip.write_all(content.as_bytes()).expect("written");
        zip.finish().expect("finished").into_inner()
    };
    let row = |rows: &str, cells: &str, text: &str| {
        format!(
            r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table><table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{cells}"><text:p>{text}</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#
        )
    };
    let wide = ods(&row("1000000", "500", "1"));
    assert!(refusal("a.ods", &wide).contains("5.000.000 ô"));
    let long = ods(&row("1", "500", &"a".repeat(500_000)));
    assert!(refusal("a.ods", &long).contains("67.108.864 byte"));
    let narrow = ods(&row("1000000000", "1", "1"));
    assert!(refusal("a.ods", &narrow).contains("200.000 dòng"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_damaged_workbook_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = write_workbook(&workbook());
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_table("a.xlsx", &bytes);
    }

    #[test]
    fn any_tsv_cell_comes_back_as_it_was(cells in proptest::collection::vec("[a-zA-Z0-9\",;]{1,6}", 1..6)) {
        let text = format!("{}\n{}\n", cells.join("\t"), cells.join("\t"));
        let sheet = read_table("a.tsv", text.as_bytes()).expect("readable");
        prop_assert_eq!(&sheet.rows[0].cells, &cells);
    }
}

#[test]
fn ods_is_read_with_exact_values_and_repeated_cells() {
    use std::io::Write;
    let xml = r#"<office:document-content><office:body><office:spreadsheet><table:table>
        <table:table-row><table:table-cell><text:p>Mã</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>N</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="date" office:date-value="2022-09-30"><text:p>30-9</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="float" office:value="0.30"><text:p>0,3</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048571"><table:table-cell/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"#;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("content.xml", zip::write::SimpleFileOptions::default())
        .expect("started");
    zip.write_all(xml.as_bytes()).expect("written");
    let sheet =
        read_table("a.ods", &zip.finish().expect("finished").into_inner()).expect("readable");
    assert_eq!(sheet.header, ["Mã", "N", "N"]);
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(
        (sheet.rows[0].line, sheet.rows[0].cells.as_slice()),
        (5, &["30/09/2022".into(), String::new(), "0.30".into()][..])
    );
}
