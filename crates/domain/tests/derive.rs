//! The duties of the example plan, in a small piece of the province it speaks of.

use domain::campaign::{Bodies, DeriveProblem, Derived, Terms, derive};
use domain::deadline::DuePolicy;
use domain::ids::{BodyId, TreeId, UnitId};
use domain::org::{Unit, UnitSeed, Validity, order_tree};
use domain::plan::{Duty, DutyKind, Plan, Source};
use jiff::civil::date;

/// Two districts with a few of their organisations, the provincial bodies, and the Secretariat.
fn province() -> Vec<Unit> {
    let rows: Vec<(usize, UnitSeed)> = include_str!("../../../fixtures/units-small.tsv")
        .lines()
        .enumerate()
        .skip(1)
        .map(|(line, row)| {
            let cells: Vec<&str> = row.split('\t').collect();
            let seed = UnitSeed {
                code: cells[0].into(),
                name: cells[1].into(),
                kind: cells[2].into(),
                level: cells[3].parse().expect("a level"),
                parent_code: (!cells[4].is_empty()).then(|| cells[4].into()),
                collective: cells[5].into(),
                ..UnitSeed::default()
            };
            (line + 1, seed)
        })
        .collect();
    let placed = order_tree(&rows).expect("the fixture is a tree");
    placed
        .iter()
        .map(|place| Unit {
            id: UnitId(place.row as i64 + 1),
            body: BodyId(place.row as i64 + 1),
            tree: TreeId(1),
            parent: place.parent.map(|parent| UnitId(parent as i64 + 1)),
            interval: place.interval,
            validity: Validity::default(),
            seed: rows[place.row].1.clone(),
        })
        .collect()
}

fn report(who: &[&str], to: Option<&str>, source: &str) -> Duty {
    Duty {
        who: who.iter().map(|who| who.to_string()).collect(),
        duty: DutyKind::Report,
        deliverable: Some("báo cáo sơ kết".into()),
        to: to.map(String::from),
        via: None,
        adopted_by: None,
        due: None,
        due_inclusive: None,
        due_set_by: None,
        source: Source {
            text: source.into(),
            start: 0,
            end: 0,
        },
    }
}

fn before(duty: Duty, due: jiff::civil::Date, via: Option<&str>) -> Duty {
    Duty {
        due: Some(due),
        due_inclusive: Some(false),
        via: via.map(String::from),
        ..duty
    }
}

/// The duties of the example plan, as a reader of it gives them.
fn example() -> Plan {
    let september = date(2022, 9, 30);
    let upward = "gửi về Ban Thường vụ Tỉnh ủy (qua Ban Dân vận Tỉnh ủy) trước ngày 30/9/2022.";
    Plan {
        assignments: vec![
            Duty {
                due_set_by: Some("ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc".into()),
                adopted_by: Some("tập thể cấp ủy".into()),
                ..report(
                    &["Các cấp ủy cơ sở"],
                    Some("ban thường vụ cấp ủy cấp trên cơ sở"),
                    "Các cấp ủy cơ sở xây dựng báo cáo sơ kết",
                )
            },
            report(
                &[
                    "cấp ủy cơ sở",
                    "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội cùng cấp",
                ],
                None,
                "chỉ đạo cấp ủy cơ sở, Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội cùng cấp báo cáo",
            ),
            before(
                report(
                    &["Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh"],
                    Some("Ban Thường vụ Tỉnh ủy"),
                    upward,
                ),
                september,
                Some("Ban Dân vận Tỉnh ủy"),
            ),
            before(
                report(
                    &[
                        "Đảng đoàn Hội đồng nhân dân tỉnh",
                        "Ban Cán sự đảng Ủy ban nhân dân tỉnh",
                        "Đảng đoàn UBMTTQ Việt Nam và các tổ chức chính trị - xã hội tỉnh",
                        "Ban Thường vụ Tỉnh đoàn Thanh niên",
                        "Ban Tuyên giáo Tỉnh ủy",
                        "Ban Tổ chức Tỉnh ủy",
                    ],
                    Some("Ban Thường vụ Tỉnh ủy"),
                    upward,
                ),
                september,
                Some("Ban Dân vận Tỉnh ủy"),
            ),
            before(
                report(
                    &["Ban Dân vận Tỉnh ủy"],
                    Some("Ban Bí thư Trung ương Đảng"),
                    "Ban Dân vận Tỉnh ủy chủ trì tham mưu Ban Thường vụ Tỉnh ủy xây dựng báo cáo sơ kết, gửi về Ban Bí thư Trung ương Đảng trước ngày 20/10/2022.",
                ),
                date(2022, 10, 20),
                None,
            ),
            Duty {
                duty: DutyKind::Task,
                deliverable: Some("theo dõi, đôn đốc việc thực hiện Kế hoạch này".into()),
                ..report(&["Ban Dân vận Tỉnh ủy"], None, "")
            },
        ],
        ..Plan::default()
    }
}

struct World {
    units: Vec<Unit>,
    derived: Derived,
}

impl World {
    fn of(plan: &Plan) -> World {
        let units = province();
        let derived = derive(plan, &units, DuePolicy::Strict);
        World { units, derived }
    }
    fn code(&self, unit: Option<UnitId>) -> &str {
        unit.and_then(|id| self.units.iter().find(|unit| unit.id == id))
            .map_or("–", |unit| &unit.seed.code)
    }
    fn terms(&self, code: &str) -> &Terms {
        let found = self
            .derived
            .assignments
            .iter()
            .find(|proposed| self.code(Some(proposed.terms.unit)) == code);
        &found.unwrap_or_else(|| panic!("{code} owes nothing")).terms
    }
}

#[test]
fn the_example_plan_gives_every_unit_its_assignment() {
    let world = World::of(&example());
    let lines: Vec<String> = world
        .derived
        .assignments
        .iter()
        .map(|proposed| {
            let terms = &proposed.terms;
            format!(
                "{} soạn {} gửi {} [{}] qua {} thông qua [{}] hạn [{}] {} do {} cộng {}",
                world.code(Some(terms.unit)),
                world.code(terms.drafted_by),
                world.code(terms.addressee),
                terms.addressee_name,
                world.code(terms.via),
                terms.adopted_by,
                terms.due_phrase,
                proposed.due_at.map_or("–".into(), |at| at.to_string()),
                world.code(terms.due_setter),
                terms.adds
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(world.derived.problems, []);
    assert_eq!(world.derived.tasks.len(), 1);
}

#[test]
fn the_lead_body_drafts_the_final_report_for_the_committee() {
    let world = World::of(&example());
    let last = world.terms("BT-TU");
    assert_eq!(world.code(last.drafted_by), "BT-TU-BDV");
    assert_eq!(world.code(last.addressee), "TW");
    assert!(!last.adds);
    let owes = |code: &str| {
        world
            .derived
            .assignments
            .iter()
            .any(|proposed| world.code(Some(proposed.terms.unit)) == code)
    };
    assert!(!owes("BT-TU-BDV") && !owes("BT-TU-VP") && !owes("TW"));
}

#[test]
fn grassroots_send_to_their_district_which_sets_their_due() {
    let world = World::of(&example());
    let commune = world.terms("BT-22915");
    assert_eq!(world.code(commune.addressee), "BT-593");
    assert_eq!(commune.addressee_name, "Ban Thường vụ Thành ủy Phan Thiết");
    assert_eq!(world.code(commune.due_setter), "BT-593");
    assert_eq!((commune.due_date, commune.adds), (None, true));
    let front = world.terms("BT-595-MTTQ");
    assert_eq!(world.code(front.due_setter), "BT-595");
    assert!(!front.adds, "bodies at the side cross-check and do not add");
}

#[test]
fn a_committee_without_reporting_units_below_adds_its_own_figures() {
    let world = World::of(&example());
    assert!(world.terms("BT-DU-BP").adds);
    assert!(!world.terms("BT-DU-KCQDN").adds);
}

#[test]
fn strict_and_lenient_differ_by_the_day_itself() {
    let units = province();
    let moment = |policy| {
        let derived = derive(&example(), &units, policy);
        derived
            .assignments
            .iter()
            .find(|proposed| proposed.terms.due_phrase.contains("20/10/2022"))
            .and_then(|proposed| proposed.due_at)
            .expect("the final report has a due")
            .to_string()
    };
    assert_eq!(moment(DuePolicy::Strict), "2022-10-19T16:59:59.999999Z");
    assert_eq!(moment(DuePolicy::Lenient), "2022-10-20T16:59:59.999999Z");
}

#[test]
fn words_that_name_no_unit_are_a_problem_and_never_a_guess() {
    let plan = Plan {
        assignments: vec![
            report(
                &["Đảng đoàn Hội Nhà báo tỉnh", "Huyện ủy Tánh Linh"],
                None,
                "",
            ),
            report(&["Văn phòng Trung ương Đảng"], None, ""),
            report(&[], None, "Báo cáo gửi trước ngày 30/9/2022"),
        ],
        ..Plan::default()
    };
    let world = World::of(&plan);
    assert_eq!(world.derived.assignments, []);
    let problems: Vec<String> = world
        .derived
        .problems
        .iter()
        .map(DeriveProblem::to_string)
        .collect();
    assert_eq!(problems.len(), 4, "{problems:#?}");
    assert_eq!(
        problems[1],
        "không tìm thấy đơn vị nào ứng với “Huyện ủy Tánh Linh” trong cây tổ chức"
    );
}

#[test]
fn an_addressee_outside_the_tree_is_kept_by_name() {
    let units: Vec<Unit> = province()
        .into_iter()
        .filter(|unit| unit.seed.code != "TW")
        .collect();
    let derived = derive(&example(), &units, DuePolicy::Strict);
    let last = derived
        .assignments
        .iter()
        .find(|proposed| proposed.terms.due_phrase.contains("20/10"))
        .expect("final report");
    assert_eq!(last.terms.addressee, None);
    assert_eq!(last.terms.addressee_name, "Ban Bí thư Trung ương Đảng");
}

#[test]
fn one_body_is_found_with_and_without_the_name_of_its_place() {
    let units = province();
    let bodies = Bodies::new(&units);
    for (words, code) in [
        ("Ban Thường vụ Tỉnh ủy", "BT-TU"),
        ("Ban Thường vụ Tỉnh ủy Bình Thuận", "BT-TU"),
        ("Tỉnh uỷ", "BT-TU"),
        ("Ban Dân vận Tỉnh ủy", "BT-TU-BDV"),
        ("Ban Thường vụ Tỉnh đoàn", "BT-TDTN"),
        ("Ban Thường vụ Huyện ủy Tuy Phong", "BT-595"),
        ("Văn phòng Tỉnh ủy", "BT-TU-VP"),
    ] {
        let found = bodies.one(words).map(|unit| unit.seed.code.as_str());
        assert_eq!(found, Some(code), "{words}");
    }
    assert_eq!(
        bodies.units("Ban Dân vận Trung ương Đảng"),
        Vec::<&Unit>::new()
    );
}
