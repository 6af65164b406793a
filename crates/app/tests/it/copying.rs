//! Copies: which reports repeat each other, who is told, and what was copied.

use crate::reports::{adopt_and_send, fill_in, write};
use crate::world::{CAMPAIGN, World, province};
use app::copies::{DEFAULT_LEAST, beside, duplicates};
use app::indexing::catch_up;
use app::reports::checks::check_report;
use app::reports::{bulk, send};
use app::{Ctx, Error};
use domain::access::Role;
use domain::campaign::Campaign;
use domain::checks::Code;
use domain::figures::FigureTable;
use domain::org::{UnitSeed, order_tree};

const STORY: &str = "Cấp ủy đã tập trung lãnh đạo, chỉ đạo rà soát, xác nhận và quản lý hồ sơ người có công trên địa bàn, bảo đảm đúng đối tượng, đúng quy định.\n\
    Phong trào đền ơn đáp nghĩa được triển khai sâu rộng thông qua sinh hoạt chi bộ thường kỳ, họp dân ở từng thôn và hệ thống loa truyền thanh.\n\
    Đã tu sửa nghĩa trang liệt sĩ, thăm hỏi các gia đình chính sách nhân dịp lễ, tết; xây mới hai căn nhà và sửa chữa ba căn nhà tình nghĩa.";
const OTHER: &str = "Đồng bào các dân tộc sống đan xen ở bốn thôn vùng cao; đường sá còn khó khăn vào mùa mưa, nhiều hộ ở xa trung tâm xã.\n\
    Mỗi tháng tổ công tác lưu động đến từng nhà làm thủ tục, trao tiền trợ cấp tận tay, nên năm năm qua không có đơn thư nào quá hạn.";

fn sent(world: &World, unit: &str, text: &str) {
    fill_in(world, unit);
    write(world, unit, 1, text);
    adopt_and_send(world, unit);
}

/// X12 has copied from X11, one sentence of its own; X21 and X22 have written the same; H1's are beside H2's.
fn copied() -> World {
    let world = province();
    sent(&world, "X11", STORY);
    sent(&world, "X12", &STORY.replace("hai căn nhà", "bốn căn nhà"));
    sent(&world, "X21", OTHER);
    sent(&world, "X22", OTHER);
    index(&world);
    world
}

fn index(world: &World) {
    catch_up(&world.app, &mut |_| {}).expect("taken in");
}

/// The pairs that somebody is told of, as codes.
fn pairs(ctx: &Ctx) -> Vec<(String, String)> {
    let found = duplicates(ctx, CAMPAIGN, DEFAULT_LEAST, 0, 100).expect("pairs");
    found
        .pairs
        .into_iter()
        .map(|pair| (pair.a.code, pair.b.code))
        .collect()
}

fn named(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let each = list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    each.collect()
}

#[test]
fn a_superior_is_told_of_the_copies_among_the_reports_that_it_may_read() {
    let world = copied();
    let all = named(&[("X21", "X22"), ("X11", "X12")]);
    for unit in ["BDV", "VP", "TU", "TW"] {
        assert_eq!(pairs(&world.person(unit)), all, "{unit}");
    }
    assert_eq!(pairs(&world.person("H1")), named(&[("X11", "X12")]));
    assert_eq!(pairs(&world.person("H2")), named(&[("X21", "X22")]));
    assert_eq!(pairs(&world.app.operator()), all);
}

#[test]
fn a_unit_is_told_nothing_of_its_neighbours() {
    let world = copied();
    assert_eq!(pairs(&world.person("X12")), named(&[]));
    let (a, b) = (world.report("X11"), world.report("X12"));
    for unit in ["X11", "X12", "X21", "H2", "BTG"] {
        let seen = beside(&world.person(unit), a, b).map(|_| ());
        assert!(matches!(seen, Err(Error::NotFound)), "{unit}: {seen:?}");
    }
}

/// An earlier campaign, in a tree of its own, in which a body with the code of X11 sent the text.
fn sent_before(world: &World, tree_name: &'static str, kind: &'static str, text: &'static str) {
    let campaign = world.campaign;
    let now = world.app.now();
    let (before, body, report, section) = world
        .db
        .db()
        .write(move |tx| -> app::Result<_> {
            let seed = UnitSeed {
                code: "X11".into(),
                name: tree_name.into(),
                kind: kind.into(),
                level: 4,
                ..UnitSeed::default()
            };
            let rows = vec![(0, seed)];
            let placed = order_tree(&rows).expect("a tree");
            let tree = store::units::create_tree(tx, tree_name, now)?;
            let body = store::units::insert_tree(tx, tree, &rows, &placed)?[0];
            let now_open = store::campaigns::by_id(tx, campaign)?;
            let mut terms = store::assignments::of_campaign(tx, campaign)?[0]
                .terms
                .clone();
            terms.unit = body;
            let before = Campaign {
                short_id: tree_name.into(),
                tree,
                lead: None,
                coordinating: None,
                ..now_open
            };
            let before = store::campaigns::create(tx, &before)?;
            let written = store::campaigns::sections(tx, campaign)?[1].clone();
            let section = store::campaigns::add_section(tx, before, 1, &written)?;
            let report = store::assignments::create(tx, before, &terms, None, now)?;
            Ok((before, body, report, section))
        })
        .expect("an earlier campaign");
    let outline = bulk::outline(&world.app, before).expect("its outline");
    let submission = bulk::Submission {
        assignment: report,
        campaign: before,
        unit: body,
        sections: vec![(section, text.into())],
        figures: FigureTable::blank(&outline.layout),
        sent_at: now,
        sent_by: None,
    };
    bulk::submit_whole(&world.app, &outline, submission).expect("sent");
}

#[test]
fn the_own_earlier_report_is_that_of_the_same_body_and_not_of_another_one_with_its_code() {
    let world = province();
    sent_before(&world, "Đảng bộ 2017", "dang_uy_co_so", STORY);
    sent_before(&world, "Chính quyền 2017", "ubnd_xa", OTHER);
    fill_in(&world, "X11");
    write(&world, "X11", 1, &format!("{STORY}\n{OTHER}"));
    let checked = check_report(&world.person("X11"), world.report("X11")).expect("checked");
    let copied: Vec<usize> = checked
        .findings
        .iter()
        .filter(|answered| answered.finding.code == Code::CopyOwn)
        .filter_map(|answered| answered.finding.place.paragraph)
        .collect();
    assert_eq!(copied, [1, 2, 3]);
}

#[test]
fn nobody_of_another_tree_is_told_of_copies() {
    let world = copied();
    let (a, b) = (world.report("X11"), world.report("X12"));
    for role in Role::ALL {
        let stranger = world.stranger(role);
        let listed = duplicates(&stranger, CAMPAIGN, DEFAULT_LEAST, 0, 100).map(|_| ());
        assert!(
            matches!(listed, Err(Error::NotFound)),
            "{role:?}: {listed:?}"
        );
        let seen = beside(&stranger, a, b).map(|_| ());
        assert!(matches!(seen, Err(Error::NotFound)), "{role:?}: {seen:?}");
    }
}

#[test]
fn the_similarity_is_the_exact_share_of_word_runs() {
    let world = copied();
    let found = duplicates(&world.person("H1"), CAMPAIGN, DEFAULT_LEAST, 0, 100).expect("pairs");
    let likeness = found.pairs[0].likeness;
    // One word of one sentence stands in five runs of either text.
    assert_eq!(likeness.all - likeness.shared, 10);
    let seen = beside(
        &world.person("H1"),
        world.report("X11"),
        world.report("X12"),
    )
    .expect("both");
    assert_eq!(seen.likeness, likeness);
    let copied: Vec<Option<usize>> = seen.sections[1].b.iter().map(|line| line.copied).collect();
    assert_eq!(copied[..2], [Some(100), Some(100)]);
    assert!(copied[2].is_some_and(|percent| (50..100).contains(&percent)));
}

#[test]
fn a_report_that_was_asked_back_is_in_no_pair_and_in_one_again_when_sent_unchanged() {
    let world = copied();
    let (lead, unit) = (world.person("H1"), world.person("X12"));
    send::withdraw(&unit, world.report("X12"), "Sai số").expect("withdrawn");
    assert_eq!(pairs(&lead), named(&[]));
    adopt_and_send(&world, "X12");
    index(&world);
    assert_eq!(pairs(&lead), named(&[("X11", "X12")]));
}

#[test]
fn a_rewritten_report_is_in_no_pair_any_more() {
    let world = copied();
    let unit = world.person("X12");
    send::withdraw(&unit, world.report("X12"), "Viết lại").expect("withdrawn");
    write(&world, "X12", 1, &OTHER.replace("Mỗi tháng", "Hằng quý"));
    adopt_and_send(&world, "X12");
    index(&world);
    assert_eq!(pairs(&world.person("H1")), named(&[]));
    assert_eq!(
        pairs(&world.person("BDV")).len(),
        3,
        "like both reports of the other district"
    );
}

#[test]
fn a_share_below_the_one_that_is_kept_is_refused() {
    let world = copied();
    let asked = duplicates(&world.person("BDV"), CAMPAIGN, 4_000, 0, 100).map(|_| ());
    assert!(matches!(asked, Err(Error::Invalid(_))), "{asked:?}");
}

#[test]
fn whoever_writes_does_not_learn_that_a_neighbour_wrote_the_same_but_the_superior_does() {
    let world = copied();
    let of = |unit: &str| -> Vec<String> {
        let checked = check_report(&world.person(unit), world.report("X12")).expect("checked");
        let findings = checked.findings.into_iter();
        findings
            .filter(|answered| answered.finding.code == Code::CopyOther)
            .filter_map(|answered| answered.finding.beside)
            .map(|beside| beside.source)
            .collect()
    };
    assert!(of("X12").is_empty());
    let found = of("H1");
    println!("{found:?}");
    assert!(!found.is_empty() && found.iter().all(|source| source == &found[0]));
}

#[test]
fn two_processes_that_take_in_reports_by_turns_miss_no_pair() {
    let world = province();
    let other = crate::world::operator_on(&world.db);
    sent(&world, "X11", STORY);
    index(&world);
    sent(&world, "X21", STORY);
    catch_up(other.app(), &mut |_| {}).expect("taken in");
    sent(&world, "X22", STORY);
    index(&world);
    assert_eq!(pairs(&world.person("BDV")).len(), 3);
}
