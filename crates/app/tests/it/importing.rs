//! A whole campaign from files: the small one under fixtures/import, counted by hand, and every way to refuse it.

use crate::world::operator_on;
use app::boards::{Tally, board};
use app::figures::{UnitFiguresJson, of_unit};
use app::import::{Outcome, Source, campaign};
use app::{Ctx, Db};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::testing::{TestDb, sqlite};
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name)
}

fn source() -> Source {
    Source {
        units: fixture("units.tsv"),
        indicators: fixture("indicators.tsv"),
        reports: fixture("submissions.jsonl"),
        name: None,
    }
}

fn import(ctx: &Ctx, source: Source) -> Outcome {
    campaign(ctx, source, Arc::new(|_| {})).expect("an outcome")
}

fn tally(expected: u32, received: u32, late: u32) -> Tally {
    Tally {
        expected,
        received,
        on_time: received - late,
        late,
        missing: expected - received,
    }
}

#[test]
fn an_imported_campaign_has_the_board_and_the_totals_of_its_files() {
    let db = sqlite();
    let ctx = operator_on(db.db());
    let outcome = import(&ctx, source());
    assert_eq!(outcome.refused, []);
    assert_eq!((outcome.units, outcome.reports), (9, 6));
    let short_id = outcome.campaign.expect("stored");

    let board = board(&ctx, &short_id).expect("a board");
    assert_eq!(board.name, "Báo cáo sơ kết 05 năm");
    // Sent in the second after the due is late, in the second of the due it is not.
    assert_eq!(board.all, tally(8, 6, 2));
    assert_eq!(board.by_level["2"], tally(1, 1, 0));
    assert_eq!(board.by_level["3"], tally(2, 2, 1));
    assert_eq!(board.by_level["4"], tally(5, 3, 1));
    assert_eq!(board.by_province["VN.01"], tally(7, 5, 2));
    assert_eq!(board.by_district["VN.01.01"], tally(3, 2, 1));
    assert_eq!(board.by_district["VN.01.02"], tally(2, 1, 0));

    let figures = |code: &str| {
        UnitFiguresJson::from(&of_unit(&ctx, &short_id, Some(code)).expect("figures")).provisional
    };
    let district = figures("VN.01.01");
    assert_eq!(
        (district.coverage.received, district.coverage.expected),
        (2, 3)
    );
    assert_eq!(district.years["2021"]["CT01"].as_deref(), Some("9"));
    assert_eq!(district.years["2022"]["CT03"].as_deref(), Some("5"));
    assert_eq!(district.over_time["CT01"].as_deref(), Some("19"));
    // What the district and the province wrote themselves does not add.
    assert_eq!(figures("VN").years["2021"]["CT01"].as_deref(), Some("21"));
    assert_eq!(
        figures("VN.01.02.001").years["2022"]["CT02"].as_deref(),
        Some("15")
    );
    assert_eq!(figures("VN.01.02.002").years["2022"]["CT02"], None);
}

/// The files with some lines of one changed.
struct Spoilt {
    _folder: TempDir,
    source: Source,
}

fn spoilt(file: &str, change: impl Fn(usize, &str) -> String) -> Spoilt {
    let folder = TempDir::new().expect("a folder");
    let text = std::fs::read_to_string(fixture(file)).expect("the fixture");
    let changed: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(index, line)| change(index + 1, line))
        .collect();
    let path = folder.path().join(file);
    std::fs::write(&path, changed.join("\n")).expect("written");
    let mut source = source();
    match file {
        "units.tsv" => source.units = path,
        "indicators.tsv" => source.indicators = path,
        _ => source.reports = path,
    }
    Spoilt {
        _folder: folder,
        source,
    }
}

fn nothing_is_stored(db: &Db) -> bool {
    db.read(|tx| -> store::Result<bool> {
        Ok(store::campaigns::list(tx)?.is_empty() && store::units::trees(tx)?.is_empty())
    })
    .expect("a read")
}

fn refused(db: &TestDb, spoilt: Spoilt) -> Vec<String> {
    let outcome = import(&operator_on(db.db()), spoilt.source);
    assert_eq!(outcome.campaign, None);
    assert!(
        nothing_is_stored(db.db()),
        "a refused import leaves nothing"
    );
    outcome
        .refused
        .iter()
        .map(|refused| format!("{} {}: {}", refused.file, refused.line, refused.message))
        .collect()
}

/// One changed line of the reports, and the words that its refusal must hold.
fn refuses_report(line: usize, change: impl Fn(&str) -> String, words: &str) {
    let db = sqlite();
    let found = refused(
        &db,
        spoilt("submissions.jsonl", |number, text| {
            if number == line {
                change(text)
            } else {
                text.to_owned()
            }
        }),
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with(&format!("submissions.jsonl {line}: ")) && found[0].contains(words),
        "{found:?} should say “{words}”"
    );
}

#[test]
fn a_campaign_over_several_trees_has_the_figures_of_all_of_them() {
    let db = sqlite();
    let ctx = operator_on(db.db());
    let units = std::fs::read_to_string(fixture("units.tsv")).expect("the units");
    let second = "10\t\t1\tQĐ\tQuân ủy Trung ương\ttrung ương\t\n";
    let units = units.replacen("7\t2\t", "7\t10\t", 1) + second;
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("units.tsv");
    std::fs::write(&file, units).expect("written");
    let imported = Source {
        units: file,
        ..source()
    };
    let outcome = import(&ctx, imported);
    assert_eq!(outcome.refused, []);
    let short_id = outcome.campaign.expect("stored");
    let whole = of_unit(&ctx, &short_id, None).expect("figures");
    let json = UnitFiguresJson::from(&whole).provisional;
    assert_eq!(json.years["2021"]["CT01"].as_deref(), Some("21"));
    assert_eq!((json.coverage.received, json.coverage.expected), (3, 5));
    let period = domain::campaign::Period::Year(2021);
    let behind = app::figures::behind(&ctx, &short_id, None, "CT01", period).expect("its parts");
    assert_eq!(behind.value, Some(domain::number::Amount::from(21)));
    assert_eq!(behind.parts.len(), 2);
}

#[test]
fn every_faulty_report_is_refused_by_line_and_nothing_is_stored() {
    let forty_digits = "1".repeat(40);
    refuses_report(3, |line| line[..line.len() - 5].to_owned(), "JSON");
    refuses_report(
        3,
        |line| line.replace("\"unit\":4", "\"unit\":44"),
        "không có đơn vị số 44",
    );
    refuses_report(
        3,
        |line| line.replace("\"unit\":4", "\"unit\":3"),
        "đã có báo cáo ở dòng 2",
    );
    refuses_report(
        3,
        |line| line.replace("\"unit\":4", "\"unit\":1"),
        "không có nhiệm vụ",
    );
    refuses_report(
        4,
        |line| line.replace("\"n\":2", "\"n\":3"),
        "mục 3 không có",
    );
    refuses_report(
        4,
        |line| line.replace("\"n\":2", "\"n\":1"),
        "mục 1 có hai lần",
    );
    refuses_report(4, |line| line.replace("[1,1,0]", "[1,1]"), "phải có 3");
    refuses_report(4, |line| line.replace("[1,1,0]", "[1,1.5,0]"), "CT02");
    refuses_report(
        4,
        |line| line.replace("[1,1,0]", "[1,\"hai\",0]"),
        "không phải là số",
    );
    refuses_report(
        4,
        |line| line.replace("[1,1,0]", &format!("[1,{forty_digits},0]")),
        "18 chữ số",
    );
    refuses_report(4, |line| line.replace("\"2022\":[", "\"2023\":["), "2023");
    refuses_report(
        4,
        |line| line.replace("2022-08-30T", "30/8/2022 "),
        "thời điểm gửi",
    );
    refuses_report(
        4,
        |line| line.replace("2. Chăm lo", &"dài ".repeat(1_100_000)),
        "vượt quá giới hạn",
    );
}

#[test]
fn faults_of_several_lines_are_told_together() {
    let db = sqlite();
    let found = refused(
        &db,
        spoilt("submissions.jsonl", |number, text| match number {
            2 => "{".to_owned(),
            5 => text.replace("[0,0,0]", "[0]"),
            _ => text.to_owned(),
        }),
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_tree_with_a_cycle_a_double_code_or_a_missing_parent_is_refused_by_line() {
    let units = |from: &'static str, to: &'static str| {
        spoilt("units.tsv", move |_, line| line.replace(from, to))
    };
    let db = sqlite();
    assert!(refused(&db, units("3\t2\t3\t", "3\t4\t3\t"))[0].contains("vòng"));
    assert!(refused(&db, units("VN.01.02.001", "VN.01.02.002"))[0].contains("đã dùng"));
    assert!(
        refused(&db, units("8\t7\t4", "8\t77\t4"))[0].contains("không tìm thấy đơn vị cấp trên")
    );
    assert!(
        refused(&db, units("2022-10-20T17:00:00+07:00", "20/10/2022"))[0]
            .starts_with("units.tsv 3: ")
    );
}

#[test]
fn decomposed_letters_and_control_characters_are_stored_clean() {
    let db = sqlite();
    let ctx = operator_on(db.db());
    let spoilt = spoilt("submissions.jsonl", |_, line| {
        line.replace("có các chi bộ", "co\u{301} các chi\\u0000 bộ")
    });
    let outcome = import(&ctx, spoilt.source);
    assert_eq!(outcome.refused, []);
    let texts: Vec<String> = db
        .read(|tx| {
            use store::TxExt;
            tx.rows("SELECT text FROM section_text", &[], |row| row.get(0))
        })
        .expect("texts");
    assert_eq!(texts.len(), 12);
    assert_eq!(
        texts
            .iter()
            .filter(|text| text.contains("có các chi bộ trực thuộc."))
            .count(),
        6
    );
}
