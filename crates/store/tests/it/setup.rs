//! Plans, tasks, blobs, units and lists of assignments, alike on both engines.

use domain::campaign::{Campaign, CampaignKind, CampaignState, Task, Terms};
use domain::deadline::DuePolicy;
use domain::doc::Document;
use domain::ids::{AccountId, CampaignId, TreeId, UnitId};
use domain::org::{UnitSeed, order_tree};
use domain::plan::{DutyKind, Plan, Reading};
use jiff::Timestamp;
use store::assignments::LineFilter;
use store::testing::each_engine;
use store::{Result, Tx};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn account(tx: &mut dyn Tx) -> Result<AccountId> {
    store::accounts::create(tx, "can.bo", "Cán bộ", "x", NOW)
}

/// A province with two communes.
fn tree(tx: &mut dyn Tx) -> Result<(TreeId, Vec<UnitId>)> {
    let unit = |code: &str, name: &str, level: u8, parent: Option<&str>| UnitSeed {
        code: code.into(),
        name: name.into(),
        level,
        parent_code: parent.map(String::from),
        ..UnitSeed::default()
    };
    let rows = [
        (2, unit("T", "Tỉnh ủy", 2, None)),
        (3, unit("X1", "Đảng ủy xã Hòa Đức", 4, Some("T"))),
        (4, unit("X2", "Đảng ủy xã Hoà Bình", 4, Some("T"))),
    ];
    let placed = order_tree(&rows).expect("a tree");
    let tree = store::units::create_tree(tx, "Tỉnh", NOW)?;
    let ids = store::units::insert_tree(tx, tree, &rows, &placed)?;
    Ok((tree, ids))
}

fn campaign(tx: &mut dyn Tx, tree: TreeId) -> Result<CampaignId> {
    store::campaigns::create(
        tx,
        &Campaign {
            id: CampaignId(0),
            short_id: "sk2022-1".into(),
            plan: None,
            tree,
            name: "Sơ kết".into(),
            kind: CampaignKind::InterimReview,
            state: CampaignState::Preparing,
            period: None,
            years: vec![2021, 2022],
            due_policy: DuePolicy::Strict,
            profile: "hd36-2018".into(),
            lead: None,
            coordinating: None,
            days_to_consolidate: 5,
            created_at: NOW,
            issued_at: None,
        },
    )
}

fn terms(unit: UnitId, setter: Option<UnitId>) -> Terms {
    Terms {
        unit,
        drafted_by: None,
        addressee: setter,
        addressee_name: "Ban Thường vụ Tỉnh ủy".into(),
        via: None,
        deliverable: "báo cáo sơ kết".into(),
        adopted_by: String::new(),
        due_phrase: String::new(),
        due_date: None,
        due_inclusive: false,
        due_setter: setter,
        adds: true,
    }
}

#[test]
fn a_plan_keeps_its_file_its_reading_and_the_edited_copy_apart() {
    each_engine(|db| {
        let stored = db
            .write(|tx| -> Result<_> {
                let by = account(tx)?;
                store::blobs::put(tx, "abc", b"K\xe1\xba\xbf ho\xe1\xba\xa1ch")?;
                store::blobs::put(tx, "abc", b"the same hash again changes nothing")?;
                let reading = Reading {
                    plan: Plan {
                        title: Some("sơ kết 05 năm".into()),
                        ..Plan::default()
                    },
                    ..Reading::default()
                };
                let new = store::plans::NewPlan {
                    file_name: "ke-hoach.md",
                    blob_sha256: "abc",
                    document: &Document::default(),
                    reading: &reading,
                };
                let id = store::plans::create(tx, &new, Some(by), NOW)?;
                let edited = Plan {
                    title: Some("sơ kết 5 năm".into()),
                    ..Plan::default()
                };
                store::plans::update_edited(tx, id, &edited)?;
                store::plans::confirm(tx, id, None, NOW)?;
                store::plans::by_id(tx, id)
            })
            .expect("stored");
        assert_eq!(stored.reading.plan.title.as_deref(), Some("sơ kết 05 năm"));
        assert_eq!(stored.edited.title.as_deref(), Some("sơ kết 5 năm"));
        assert_eq!(stored.confirmed_at, Some(NOW));
        let (bytes, lines) = db
            .read(|tx| -> Result<_> {
                Ok((store::blobs::get(tx, "abc")?, store::plans::list(tx, 10)?))
            })
            .expect("read");
        assert_eq!(bytes, "Kế hoạch".as_bytes());
        assert_eq!(lines[0].title.as_deref(), Some("sơ kết 5 năm"));
    });
}

#[test]
fn a_task_is_ticked_only_in_its_own_campaign() {
    each_engine(|db| {
        let tasks = db
            .write(|tx| -> Result<_> {
                let (tree, _) = tree(tx)?;
                let campaign = campaign(tx, tree)?;
                let task = Task {
                    kind: DutyKind::Task,
                    who: "Văn phòng Tỉnh ủy".into(),
                    what: "theo dõi, đôn đốc".into(),
                    due_phrase: String::new(),
                    due_date: None,
                };
                let id = store::tasks::create(tx, campaign, &task)?;
                assert!(!store::tasks::set_done(tx, CampaignId(999), id, Some(NOW))?);
                assert!(store::tasks::set_done(tx, campaign, id, Some(NOW))?);
                store::tasks::of_campaign(tx, campaign)
            })
            .expect("stored");
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].done_at, Some(NOW));
        assert_eq!(tasks[0].task.kind, DutyKind::Task);
    });
}

#[test]
fn lines_are_filtered_by_level_by_setter_and_by_missing_due() {
    each_engine(|db| {
        db.write(|tx| -> Result<()> {
            let (tree, units) = tree(tx)?;
            let campaign = campaign(tx, tree)?;
            let top = store::assignments::create(tx, campaign, &terms(units[0], None), None, NOW)?;
            store::assignments::set_source(tx, top, "Ban Dân vận xây dựng báo cáo")?;
            for unit in &units[1..] {
                store::assignments::create(tx, campaign, &terms(*unit, Some(units[0])), None, NOW)?;
            }
            let mut codes = |filter: LineFilter| -> Result<Vec<String>> {
                let lines = store::assignments::lines(tx, campaign, &filter, 10, 0)?;
                assert_eq!(
                    store::assignments::count(tx, campaign, &filter)?,
                    lines.len() as i64
                );
                Ok(lines.into_iter().map(|line| line.unit_code).collect())
            };
            assert_eq!(codes(LineFilter::default())?, ["T", "X1", "X2"]);
            let grassroots = LineFilter {
                level: Some(4),
                ..LineFilter::default()
            };
            assert_eq!(codes(grassroots)?, ["X1", "X2"]);
            let set_by_top = LineFilter {
                setter: Some(units[0]),
                without_due: true,
                ..LineFilter::default()
            };
            assert_eq!(codes(set_by_top)?, ["X1", "X2"]);
            let line = store::assignments::line(tx, top)?;
            assert_eq!(line.source, "Ban Dân vận xây dựng báo cáo");
            assert_eq!(
                store::assignments::count_by_level(tx, campaign)?,
                [(2, 1), (4, 2)]
            );
            assert_eq!(
                store::assignments::of_setter(tx, campaign, units[0])?.len(),
                2
            );
            Ok(())
        })
        .expect("stored");
    });
}

#[test]
fn a_renamed_unit_is_found_by_its_new_name_without_marks() {
    each_engine(|db| {
        db.write(|tx| -> Result<()> {
            let (tree, units) = tree(tx)?;
            let mut unit = store::units::by_id(tx, units[1])?;
            unit.seed.name = "Đảng ủy xã Bình Thạnh".into();
            store::unit_history::update(tx, unit.id, &unit.seed)?;
            let found = store::units::search(tx, tree, "binh thanh", 5)?;
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].id, units[1]);
            assert_eq!(store::units::tree_named(tx, "Tỉnh")?, Some(tree));
            assert_eq!(store::units::roots(tx, tree)?.len(), 1);
            assert_eq!(store::units::count_by_level(tx, tree)?, [(2, 1), (4, 2)]);
            Ok(())
        })
        .expect("stored");
    });
}
