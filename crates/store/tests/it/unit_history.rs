//! Units in time: older data gets there whole, and decisions are carried out alike on both engines.

use domain::ids::{DecisionId, TreeId, UnitId};
use domain::org::reorganise::{
    Change, ChangeRow, Countered, DecisionHead, Extent, NewFacts, RowPlan, counter, plan,
};
use domain::org::{UnitSeed, order_tree};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::decisions::NewDecision;
use store::migrations::ALL;
use store::testing::{each_engine, with_migrations};
use store::{Db, Engine, Result, Tx, TxExt, params};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const EVE: Date = date(2025, 6, 30);
const DAY: Date = date(2025, 7, 1);

fn seed(code: &str, name: &str, level: u8, parent: &str) -> UnitSeed {
    UnitSeed {
        code: code.into(),
        name: name.into(),
        level,
        parent_code: (!parent.is_empty()).then(|| parent.into()),
        ..UnitSeed::default()
    }
}

fn tree(tx: &mut dyn Tx) -> Result<TreeId> {
    let rows = [
        (2, seed("T", "Tỉnh", 2, "")),
        (3, seed("H", "Huyện", 3, "T")),
        (4, seed("X1", "Xã Hòa Đức", 4, "H")),
        (5, seed("X2", "Xã Bình An", 4, "H")),
        (6, seed("X3", "Xã Tân Lập", 4, "H")),
    ];
    let placed = order_tree(&rows).expect("a tree");
    let tree = store::units::create_tree(tx, "Tỉnh", NOW)?;
    store::units::insert_tree(tx, tree, &rows, &placed)?;
    Ok(tree)
}

fn whole(code: &str, to: &str) -> Change {
    Change::Succeed {
        code: code.into(),
        to: Some(to.into()),
        extent: Extent::Whole,
        share: None,
    }
}

fn rows(changes: Vec<Change>) -> Vec<ChangeRow> {
    (2..)
        .zip(changes)
        .map(|(line, change)| ChangeRow {
            line,
            change,
            note: "Nhập toàn bộ".into(),
        })
        .collect()
}

/// Communes one and two merge into a new one, the third is named anew.
fn merger() -> Vec<ChangeRow> {
    rows(vec![
        Change::Create {
            unit: seed("X1", "Xã Hòa Bình An", 4, "H"),
        },
        whole("X1", "X1"),
        whole("X2", "X1"),
        Change::Rename {
            code: "X3".into(),
            facts: NewFacts {
                name: "Phường Tân Lập".into(),
                ..NewFacts::default()
            },
        },
    ])
}

fn enter(tx: &mut dyn Tx, tree: TreeId, number: &str, rows: Vec<ChangeRow>) -> Result<DecisionId> {
    let new = NewDecision {
        tree,
        head: DecisionHead {
            number: number.into(),
            dated: EVE,
            issuer: "Quốc hội".into(),
            title: String::new(),
            effective: DAY,
        },
        counters: None,
        file_name: String::new(),
        rows,
    };
    store::decisions::enter(tx, &new, None, NOW)
}

fn carry_out(tx: &mut dyn Tx, tree: TreeId, number: &str, plan: &RowPlan) -> Result<Vec<UnitId>> {
    let decision = enter(tx, tree, number, merger())?;
    store::unit_history::carry_out(tx, tree, decision, plan)
}

/// `code name` of the units of a day, in preorder.
fn on(db: &Db, tree: TreeId, day: Date) -> Vec<String> {
    db.read(|tx| -> Result<_> {
        let history = store::unit_history::history(tx, tree)?;
        let named = |stay: &&domain::org::Stay| stay.validity.holds(day);
        Ok(history
            .stays
            .iter()
            .filter(named)
            .map(|stay| {
                let facts = history.facts_on(stay, day);
                format!("{} {}", facts.code, facts.name)
            })
            .collect())
    })
    .unwrap()
}

#[test]
fn units_of_older_data_stand_without_bounds_and_keep_what_refers_to_them() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let older = with_migrations(engine, &ALL[..8]);
        older
            .write(|tx| -> Result<()> {
                tx.execute(
                    "INSERT INTO tree (id, name, created_at) VALUES (1, 'Tỉnh', 0)",
                    &[],
                )?;
                for (id, parent, left, right) in [(1i64, None, 1i64, 2i64), (2, Some(1i64), 2, 2)] {
                    tx.execute(
                        "INSERT INTO unit (id, tree_id, parent_id, code, name, name_folded, kind, level, lft, rgt, collective, symbol, \
                         head_name, parent_head, place, email) VALUES (?1, 1, ?2, ?3, 'Xã', 'xa', '', 4, ?4, ?5, '', '', '', '', '', '')",
                        &params![id, parent, format!("u{id}"), left, right],
                    )?;
                }
                let account = store::accounts::create(tx, "can.bo", "Cán bộ", "x", NOW)?;
                tx.execute(
                    "INSERT INTO account_role (account_id, unit_id, role) VALUES (?1, 2, 'drafter')",
                    &params![account.0],
                )?;
                Ok(())
            })
            .unwrap();
        let db = Db::open(older.location()).unwrap();
        let units = db
            .read(|tx| store::units::whole_tree(tx, TreeId(1)))
            .unwrap();
        assert_eq!(units.len(), 2);
        assert!(
            units
                .iter()
                .all(|unit| unit.validity.holds(date(1930, 2, 3)) && !unit.has_ended())
        );
        assert_eq!(units[1].parent, Some(UnitId(1)));
        let refused = db.write(|tx| tx.execute("DELETE FROM unit WHERE id = 2", &[]));
        assert!(refused.is_err(), "the post still refers to the unit");
    }
}

#[test]
fn a_decision_is_carried_out_and_the_tree_of_then_can_still_be_asked_for() {
    each_engine(|db| {
        let tree = db.write(tree).unwrap();
        let before = on(db, tree, DAY);
        let begun = db
            .write(move |tx| {
                let history = store::unit_history::history(tx, tree)?;
                let plan = plan(&history, DAY, &merger()).expect("a plan");
                carry_out(tx, tree, "202/2025/QH15", &plan)
            })
            .unwrap();
        assert_eq!(begun.len(), 1);
        assert_eq!(on(db, tree, EVE), before);
        assert_eq!(
            on(db, tree, DAY),
            [
                "T Tỉnh",
                "H Huyện",
                "X3 Phường Tân Lập",
                "X1 Xã Hòa Bình An"
            ]
        );
        db.read(|tx| -> Result<()> {
            let unit = store::units::by_code(tx, tree, "X1")?.expect("the unit that stands");
            assert_eq!(unit.seed.name, "Xã Hòa Bình An");
            let path = store::units::path(tx, &unit)?;
            assert_eq!(path.len(), 3, "numbered below its superiors");
            let kin = store::unit_history::predecessors(tx, unit.body)?;
            assert_eq!(kin.len(), 2);
            assert_eq!(
                store::units::count_by_level(tx, tree)?,
                [(2, 1), (3, 1), (4, 2)]
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_unit_is_found_by_any_name_that_it_ever_had() {
    each_engine(|db| {
        let tree = db.write(tree).unwrap();
        db.write(move |tx| {
            let history = store::unit_history::history(tx, tree)?;
            let plan = plan(&history, DAY, &merger()).expect("a plan");
            carry_out(tx, tree, "202/2025/QH15", &plan)
        })
        .unwrap();
        let found = |words: &'static str| -> Vec<String> {
            db.read(|tx| store::units::search(tx, tree, words, 10))
                .unwrap()
                .into_iter()
                .map(|unit| unit.seed.name)
                .collect()
        };
        assert_eq!(found("xa tan lap"), ["Phường Tân Lập"]);
        assert_eq!(found("hoà đức"), ["Xã Hòa Đức"]);
        assert_eq!(found("hoa binh an"), ["Xã Hòa Bình An"]);
    });
}

#[test]
fn a_decision_that_is_taken_back_leaves_all_rows_and_the_first_tree() {
    each_engine(|db| {
        let tree = db.write(tree).unwrap();
        let before = on(db, tree, DAY);
        db.write(move |tx| {
            let history = store::unit_history::history(tx, tree)?;
            let merged = plan(&history, DAY, &merger()).expect("a plan");
            let decision = enter(tx, tree, "202/2025/QH15", merger())?;
            store::unit_history::carry_out(tx, tree, decision, &merged)?;
            let history = store::unit_history::history(tx, tree)?;
            let successions = store::unit_history::of_decision(tx, decision)?;
            let back = counter(&history, decision, &successions, &Countered::new(), DAY)
                .expect("nothing stands on it");
            carry_out(tx, tree, "203/2025/QH15", &back)
        })
        .unwrap();
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list
        };
        assert_eq!(sorted(on(db, tree, DAY)), sorted(before.clone()));
        assert_eq!(sorted(on(db, tree, EVE)), sorted(before));
        let rows: i64 = db
            .read(|tx| tx.scalar("SELECT COUNT(*) FROM unit", &[]))
            .unwrap();
        assert_eq!(rows, 8, "nothing is deleted");
    });
}

#[test]
fn two_units_never_stand_under_one_code() {
    each_engine(|db| {
        let tree = db.write(tree).unwrap();
        let twice = db.write(move |tx| {
            let rows = [(2, seed("X1", "Xã khác", 4, ""))];
            let placed = order_tree(&rows).expect("a tree");
            store::units::insert_tree(tx, tree, &rows, &placed)
        });
        assert!(twice.unwrap_err().is_duplicate());
    });
}
