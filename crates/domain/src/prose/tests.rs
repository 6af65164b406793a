//! Markup read and written; what is plain means itself.

use super::*;
use crate::doc::{Cell, Script, Table};
use proptest::prelude::*;

fn run(text: &str, bold: bool, italic: bool) -> Run {
    Run {
        text: text.into(),
        bold,
        italic,
        ..Run::default()
    }
}

fn line(runs: Vec<Run>) -> Block {
    Block::Line { level: 0, runs }
}

#[test]
fn plain_text_means_itself() {
    for text in [
        "Tổng kinh phí 1.234 triệu đồng, đạt 98,5% (2*3 = 6).",
        "* Ghi chú: số liệu (*) do Sở cung cấp; a < b, b <5%",
        "C:\\Bao cao\\2022",
        "* * *",
        "Ông A | bà B",
        "-----",
    ] {
        assert_eq!(parse(text), vec![line(vec![Run::plain(text)])], "{text}");
        assert_eq!(plain(text), text);
    }
}

#[test]
fn bold_italic_and_breaks_are_told_from_the_words() {
    assert_eq!(
        runs_of("Đã **hoàn *thành* tốt**, m<sup>2</sup><br>xong"),
        vec![
            Run::plain("Đã "),
            run("hoàn ", true, false),
            run("thành", true, true),
            run(" tốt", true, false),
            Run::plain(", m"),
            Run {
                script: Script::Super,
                ..Run::plain("2")
            },
            Run::plain("\nxong"),
        ]
    );
}

#[test]
fn a_lone_star_is_a_star() {
    assert_eq!(runs_of("5 ** sao"), vec![Run::plain("5 ** sao")]);
    assert_eq!(runs_of("số (*) và *"), vec![Run::plain("số (*) và *")]);
}

#[test]
fn list_items_keep_their_marks_and_levels() {
    let text = "- Huyện\n  + Xã\n1. Một\na) Chữ";
    let levels: Vec<u8> = parse(text)
        .iter()
        .map(|block| match block {
            Block::Line { level, .. } => *level,
            Block::Table(_) => 99,
        })
        .collect();
    assert_eq!(levels, [0, 1, 0, 0]);
    assert_eq!(write(&parse(text)), text);
}

#[test]
fn a_mark_without_words_has_no_level() {
    let once = write(&parse("  - <u> </u>\n  1. <sup>"));
    assert_eq!(once, "-\n1.");
    assert_eq!(write(&parse(&once)), once);
}

#[test]
fn a_rule_under_the_first_row_makes_it_the_head() {
    let text = "| Năm | Số hộ |\n| --- | --- |\n| 2021 | **12** |";
    let Block::Table(grid) = &parse(text)[0] else {
        panic!("a table")
    };
    assert!(grid.has_head);
    assert_eq!(grid.rows[1][1], vec![run("12", true, false)]);
    assert_eq!(write(&parse(text)), text);
    assert_eq!(plain(text), "Năm | Số hộ\n\n2021 | 12");
}

#[test]
fn two_tables_in_a_row_stay_two() {
    let table = |words: &str, header_rows| {
        doc::Block::Table(Table {
            header_rows,
            rows: vec![vec![Cell {
                paragraphs: vec![Paragraph::plain(words)],
            }]],
            ..Table::default()
        })
    };
    let empty = doc::Block::Paragraph(Paragraph::default());
    let text = from_document(&[
        table("a", 0),
        empty,
        table("b", 0),
        table("c", 1),
        table("d", 0),
    ]);
    assert_eq!(text, "| a |\n<br>\n| b |\n| c |\n| --- |\n<br>\n| d |");
    let tables = parse(&text)
        .into_iter()
        .filter(|block| matches!(block, Block::Table(grid) if grid.rows.len() == 1));
    assert_eq!(tables.count(), 4);
    assert_eq!(write(&parse(&text)), text);
    assert_eq!(from_document(&to_document(&text)), text);
}

#[test]
fn what_a_reader_found_is_kept_with_its_generated_marks() {
    let cell = Cell {
        paragraphs: vec![Paragraph::plain("một"), Paragraph::plain("hai | ba")],
    };
    let blocks = [
        doc::Block::Heading {
            level: 2,
            runs: vec![Run::plain("Kết quả")],
        },
        doc::Block::Paragraph(Paragraph {
            label: Some("-".into()),
            level: 1,
            ..Paragraph::plain("xã")
        }),
        doc::Block::Table(Table {
            rows: vec![vec![cell]],
            ..Table::default()
        }),
    ];
    assert_eq!(
        from_document(&blocks),
        "**Kết quả**\n  - xã\n| một<br>hai \\| ba |"
    );
}

fn any_run() -> impl Strategy<Value = Run> {
    let words = r"[a-zđ0-9 *<>|\\/\n\-+.)]{1,8}";
    (words, any::<(bool, bool, bool)>(), 0..3_u8).prop_map(
        |(text, (bold, italic, underline), script)| Run {
            text,
            bold,
            italic,
            underline,
            script: [Script::Normal, Script::Super, Script::Sub][usize::from(script)],
        },
    )
}

fn any_runs() -> impl Strategy<Value = Vec<Run>> {
    prop::collection::vec(any_run(), 0..6)
}

fn any_block() -> impl Strategy<Value = doc::Block> {
    let paragraph = |runs| Paragraph {
        runs,
        ..Paragraph::default()
    };
    let row = prop::collection::vec(any_runs(), 2);
    let rows = (0..2_usize, prop::collection::vec(row, 1..4));
    let table = rows.prop_map(move |(header_rows, rows)| {
        let cell = |runs| Cell {
            paragraphs: vec![paragraph(runs)],
        };
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect();
        doc::Block::Table(Table {
            header_rows,
            rows,
            ..Table::default()
        })
    });
    prop_oneof![
        2 => any_runs().prop_map(move |runs| doc::Block::Paragraph(paragraph(runs))),
        1 => table,
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back_exactly(blocks in prop::collection::vec(any_block(), 0..5)) {
        let text = from_document(&blocks);
        let read = parse(&text);
        prop_assert_eq!(&write(&read), &text);
        let tables = |blocks: &[doc::Block]| blocks.iter().filter(|block| matches!(block, doc::Block::Table(_))).count();
        prop_assert_eq!(tables(&to_document(&text)), tables(&blocks));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (line, block) in to_document(&text).iter().zip(&read) {
            if let (doc::Block::Paragraph(paragraph), Block::Line { runs, .. }) = (line, block) {
                let written = write(std::slice::from_ref(block));
                prop_assert_eq!(&paragraph.runs, runs);
                prop_assert_eq!(words(&plain(&written)), words(&paragraph.text()));
            }
        }
    }

    #[test]
    fn runs_keep_their_words_and_looks(runs in any_runs()) {
        let normal = inline::normal(runs.clone().into_iter());
        prop_assert_eq!(&runs_of(&write_runs(&runs)), &normal);
        let all = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        prop_assert_eq!(all(&normal), all(&runs).trim().to_owned());
    }

    #[test]
    fn whatever_is_typed_is_understood_and_settles_at_once(text in r"[a-z0-9 *<>|\\/bui\-\n]{0,60}") {
        let once = write(&parse(&text));
        prop_assert_eq!(&write(&parse(&once)), &once);
    }
}
