//! Copies of single sections between reports that are not alike as wholes: who is told, and until when.

use crate::reports::{adopt_and_send, fill_in, write};
use crate::world::{CAMPAIGN, World, operator_on, province, province_on};
use app::Ctx;
use app::copies::{DEFAULT_LEAST, beside, duplicates, section_copies};
use app::import::Source;
use app::indexing::{begin_anew, catch_up};
use app::reports::checks::{check_file_for, check_report};
use app::reports::send;
use domain::campaign::{Section, Writable};
use domain::checks::Code;
use domain::ids::SectionId;
use std::sync::Arc;
use store::testing::{TestDb, postgres, sqlite};
use tempfile::TempDir;

const SECTIONS: usize = 12;
/// The section of which the stories tell, and the one into which it is copied.
const TOLD: usize = 6;
const ELSEWHERE: usize = 9;

const STORY: &str = "Cấp ủy đã tập trung lãnh đạo, chỉ đạo rà soát, xác nhận và quản lý hồ sơ người có công trên địa bàn, bảo đảm đúng đối tượng, đúng quy định của Nhà nước.\n\
    Phong trào đền ơn đáp nghĩa được triển khai sâu rộng thông qua sinh hoạt chi bộ thường kỳ, họp dân ở từng thôn và hệ thống loa truyền thanh của xã.\n\
    Đã tu sửa nghĩa trang liệt sĩ, thăm hỏi các gia đình chính sách nhân dịp lễ, tết; xây mới hai căn nhà và sửa chữa ba căn nhà tình nghĩa cho đối tượng.";

const GUIDANCE: &str = "Nêu kết quả";

/// Words that stand in no other text.
fn own(unit: &str, section: usize) -> String {
    let words: Vec<String> = (0..90).map(|n| format!("{unit}{section}w{n}")).collect();
    words.join(" ")
}

/// The small province with an outline of twelve sections.
fn with_twelve(mut world: World, guidance: &'static str) -> World {
    let (campaign, count) = (world.campaign, world.sections.len());
    let further = world.db.write(move |tx| {
        let sections = count + 1..=SECTIONS;
        let each = sections.map(|ord| {
            let section = Section {
                id: SectionId(0),
                number: format!("M{ord}"),
                title: format!("Mục thứ {ord}"),
                level: 1,
                guidance: guidance.into(),
                writable: Writable::Optional,
            };
            store::campaigns::add_section(tx, campaign, ord as i64, &section)
        });
        each.collect::<store::Result<Vec<SectionId>>>()
    });
    world.sections.extend(further.expect("sections"));
    world
}

/// Sends a report of own words, but for one section.
fn sent(world: &World, unit: &str, (section, text): (usize, &str)) {
    fill_in(world, unit);
    for number in 0..SECTIONS {
        write(world, unit, number, &own(unit, number));
    }
    write(world, unit, section, text);
    adopt_and_send(world, unit);
}

fn index(world: &World) {
    catch_up(&world.app, &mut |_| {}).expect("taken in");
}

/// X12 has one section of twelve from X11, two words of it changed, and elsewhere; X21 wrote everything itself.
fn copied(world: World) -> World {
    let world = with_twelve(world, GUIDANCE);
    sent(&world, "X11", (TOLD, STORY));
    index(&world);
    let changed = STORY
        .replace("hai căn", "bốn căn")
        .replace("sâu rộng", "khắp xã");
    sent(&world, "X12", (ELSEWHERE, &changed));
    sent(&world, "X21", (TOLD, &own("X21", TOLD)));
    index(&world);
    world
}

/// Two units, and the sections they share.
type Shared = (String, String, Vec<(String, String)>);

/// The pairs with copied sections that somebody is told of: codes, and numbers of the sections.
fn pairs(ctx: &Ctx) -> Vec<Shared> {
    let found = section_copies(ctx, CAMPAIGN, DEFAULT_LEAST, 0, 100).expect("pairs");
    let each = found.pairs.into_iter().map(|pair| {
        let sections = pair.sections.into_iter();
        let sections = sections.map(|section| (section.a, section.b)).collect();
        (pair.a.code, pair.b.code, sections)
    });
    each.collect()
}

fn the_pair() -> Vec<Shared> {
    let sections = vec![("M7".into(), "M10".into())];
    vec![("X11".into(), "X12".into(), sections)]
}

/// Whose report the checks name beside passages of X12's.
fn named_beside(ctx: &Ctx, world: &World) -> Vec<String> {
    let checked = check_report(ctx, world.report("X12")).expect("checked");
    let findings = checked.findings.into_iter();
    findings
        .filter(|answered| answered.finding.code == Code::CopyOther)
        .filter_map(|answered| answered.finding.beside)
        .map(|beside| beside.source)
        .collect()
}

#[test]
fn one_copied_section_of_twelve_is_told_to_the_superior_and_not_to_the_neighbour_until_withdrawn() {
    for db in [sqlite(), postgres()] {
        let world = copied(province_on(db));
        let (lead, unit) = (world.person("H1"), world.person("X12"));
        let whole = duplicates(&lead, CAMPAIGN, 5_000, 0, 100).expect("pairs");
        assert!(whole.pairs.is_empty(), "as wholes they are not alike");

        assert_eq!(
            named_beside(&lead, &world),
            ["Đảng ủy xã Bình Tân, mục M7"; 3]
        );
        assert_eq!(pairs(&lead), the_pair());
        for all in [
            world.person("BDV"),
            world.person("TU"),
            world.app.operator(),
        ] {
            assert_eq!(pairs(&all), the_pair());
        }
        assert!(named_beside(&unit, &world).is_empty());
        for other in ["X11", "X12", "X21", "H2"] {
            assert!(pairs(&world.person(other)).is_empty(), "{other}");
        }

        send::withdraw(&world.person("X11"), world.report("X11"), "Sai số").expect("withdrawn");
        assert!(named_beside(&lead, &world).is_empty());
        assert!(pairs(&lead).is_empty());
        adopt_and_send(&world, "X11");
        index(&world);
        assert_eq!(named_beside(&lead, &world).len(), 3);
        assert_eq!(pairs(&lead).len(), 1);
    }
}

#[test]
fn a_file_that_is_checked_as_a_report_is_held_against_what_its_reader_may_know() {
    let world = copied(province());
    let file = format!(
        "III. Kiến nghị, đề xuất\n\n{}\n",
        STORY.replace('\n', "\n\n")
    );
    let found = |ctx: &Ctx| {
        let report = world.report("X22");
        let found = check_file_for(ctx, report, "bao-cao.md", file.as_bytes()).expect("checked");
        let copies = found
            .into_iter()
            .filter(|finding| finding.code == Code::CopyOther);
        copies.count()
    };
    assert_eq!(found(&world.person("X22")), 0);
    assert_eq!(found(&world.app.operator()), 3);
}

#[test]
fn the_copied_passages_stand_beside_each_other_with_both_places() {
    let world = copied(province());
    let (a, b) = (world.report("X11"), world.report("X12"));
    let seen = beside(&world.person("H1"), a, b).expect("both");
    let told: Vec<Option<&str>> = seen.sections[TOLD]
        .a
        .iter()
        .map(|line| line.there.as_deref())
        .collect();
    assert_eq!(told, [Some("M10"); 3]);
    let copied: Vec<Option<&str>> = seen.sections[ELSEWHERE]
        .b
        .iter()
        .map(|line| line.there.as_deref())
        .collect();
    assert_eq!(copied, [Some("M7"); 3]);
    assert!(
        seen.sections[TOLD]
            .b
            .iter()
            .all(|line| line.copied.is_none())
    );
}

#[test]
fn another_process_and_an_index_made_anew_tell_the_same() {
    let world = copied(province());
    let other = operator_on(&world.db);
    assert_eq!(named_beside(&other, &world).len(), 3);
    begin_anew(&other).expect("begun");
    assert!(pairs(&world.person("H1")).is_empty());
    catch_up(other.app(), &mut |_| {}).expect("taken in");
    assert_eq!(pairs(&world.person("H1")), the_pair());
    assert_eq!(named_beside(&world.person("H1"), &world).len(), 3);
}

#[test]
fn what_a_district_took_over_from_its_communes_is_no_copy() {
    let world = with_twelve(province(), GUIDANCE);
    sent(&world, "X11", (TOLD, STORY));
    for number in 0..SECTIONS {
        write(&world, "H1", number, &own("H1", number));
    }
    write(&world, "H1", TOLD, STORY);
    app::consolidation::refresh(&world.person("H1"), world.report("H1")).expect("figures");
    adopt_and_send(&world, "H1");
    index(&world);
    assert!(pairs(&world.person("BDV")).is_empty());
    let checked = check_report(&world.person("BDV"), world.report("X11")).expect("checked");
    assert!(
        checked
            .findings
            .iter()
            .all(|found| found.finding.code != Code::CopyOther)
    );
}

#[test]
fn words_of_the_outline_are_no_copy() {
    let world = with_twelve(province(), STORY);
    sent(&world, "X11", (TOLD, STORY));
    sent(&world, "X12", (TOLD, STORY));
    index(&world);
    assert!(pairs(&world.person("H1")).is_empty());
    assert!(named_beside(&world.person("H1"), &world).is_empty());
}

/// A campaign of one district with so many communes, each with a section of own words and one that all have; the last
/// has the own section of the first.
fn district(communes: usize) -> (TestDb, Ctx, String) {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let mut units = String::from("id\tparent_id\tlevel\tcode\tname\tkind\tdeadline\n");
    let due = "2022-09-30T17:00:00+07:00";
    units.push_str("1\t\t1\tVN\tTrung ương\tcấp 1\t\n");
    units.push_str(&format!(
        "2\t1\t2\tVN.01\tTỉnh\tcấp 2\t{due}\n3\t2\t3\tVN.01.01\tHuyện\tcấp 3\t{due}\n"
    ));
    let mut reports = String::new();
    for number in 0..communes {
        let unit = number + 4;
        units.push_str(&format!(
            "{unit}\t3\t4\tX{number}\tXã {number}\tcấp 4\t{due}\n"
        ));
        let whose = if number + 1 == communes { 0 } else { number };
        let section = |n: usize, text: &str| serde_json::json!({"n": n, "heading": format!("{n}. Mục"), "text": text});
        let all = format!("{STORY}\n{}", own("chung", 1));
        let report = serde_json::json!({
            "unit": unit,
            "submitted_at": "2022-09-28T09:00:00+07:00",
            "title": "Báo cáo",
            "sections": [section(1, &own(&format!("X{whose}"), 1)), section(2, &all), section(3, &own(&format!("X{number}"), 3))],
            "figures": {"2022": [1]},
        });
        reports.push_str(&format!("{report}\n"));
    }
    std::fs::write(path("units.tsv"), units).expect("written");
    std::fs::write(
        path("indicators.tsv"),
        "index\tcode\tname\tunit\ttotal_of\n0\tCT01\tNhà\tnhà\t\n",
    )
    .expect("written");
    std::fs::write(path("reports.jsonl"), reports).expect("written");
    let db = sqlite();
    let ctx = operator_on(db.db());
    let source = Source {
        units: path("units.tsv"),
        indicators: path("indicators.tsv"),
        reports: path("reports.jsonl"),
        name: None,
    };
    let outcome = app::import::campaign(&ctx, source, Arc::new(|_| {})).expect("an outcome");
    assert_eq!(outcome.refused, []);
    (db, ctx, outcome.campaign.expect("stored"))
}

#[test]
fn what_many_reports_have_is_no_copy_any_more_and_what_two_have_still_is() {
    let copied = |communes: usize| {
        let (_db, ctx, campaign) = district(communes);
        catch_up(ctx.app(), &mut |_| {}).expect("taken in");
        let found = section_copies(&ctx, &campaign, DEFAULT_LEAST, 0, 1_000).expect("pairs");
        let pairs = found.pairs.into_iter();
        pairs
            .map(|pair| (pair.a.code, pair.b.code, pair.sections.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(copied(7).len(), 7 * 6 / 2, "each has a section of each");
    assert_eq!(copied(8), [("X0".to_owned(), "X7".to_owned(), 1)]);
}
