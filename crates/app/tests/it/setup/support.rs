//! A small province in a throw-away database, with a clock that the test moves.

use app::ports::{Clock, PdfRenderer};
use app::{App, Ctx, Error};
use domain::access::Role;
use domain::doc::Document;
use domain::ids::{PlanId, TreeId, UnitId};
use domain::official::OfficialDocument;
use domain::plan::{Duty, DutyKind, Period, Plan, Source};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::sync::{Arc, Mutex};
use store::testing::TestDb;

pub const UNITS: &str = include_str!("../../../../../fixtures/units-small.tsv");

pub struct World {
    pub app: App,
    pub tree: TreeId,
    clock: Arc<HandClock>,
    db: TestDb,
}

struct HandClock(Mutex<Timestamp>);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

struct NoPdf;

impl PdfRenderer for NoPdf {
    fn render(&self, _: &OfficialDocument) -> Result<Vec<u8>, String> {
        Err("no PDF in this test".into())
    }
}

/// Noon in Vietnam.
pub fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0)
        .to_zoned_datetime(domain::deadline::zone())
        .unwrap()
        .timestamp()
}

impl World {
    /// 15/8/2022, the units imported, and people in the bodies that matter.
    pub fn new() -> World {
        let db = store::testing::sqlite();
        let clock = Arc::new(HandClock(Mutex::new(noon(date(2022, 8, 15)))));
        let app = App::new(db.db().clone(), clock.clone(), Arc::new(NoPdf));
        let outcome = app::units::import_unchecked(
            &app,
            None,
            "Bình Thuận 2022",
            "units.tsv",
            UNITS.as_bytes(),
            false,
        )
        .unwrap();
        let world = World {
            app,
            tree: outcome.tree.unwrap(),
            clock,
            db,
        };
        world.account("tonghop", "BT-TU-BDV", Role::Coordinator);
        world.account("quantri", "BT-TU-VP", Role::Administrator);
        world.account("huyen", "BT-595", Role::Coordinator);
        world.account("xa", "BT-22969", Role::Drafter);
        world
    }

    fn account(&self, login: &str, unit: &str, role: Role) {
        let unit = self.unit(unit);
        app::accounts::create_unchecked(
            &self.app,
            None,
            login,
            login,
            "mat khau dai",
            unit,
            &[role],
        )
        .unwrap();
    }

    pub fn at(&self, day: Date) {
        *self.clock.0.lock().unwrap() = noon(day);
    }

    pub fn as_login(&self, login: &str) -> Ctx {
        self.app.ctx_of(login).unwrap()
    }

    pub fn unit(&self, code: &str) -> UnitId {
        self.db
            .read(|tx| store::units::by_code(tx, self.tree, code))
            .unwrap()
            .unwrap_or_else(|| panic!("no unit {code}"))
            .id
    }

    /// Number of rows of a table; two of them equal before and after say that nothing changed.
    pub fn count(&self, table: &str) -> i64 {
        use store::TxExt;
        self.db
            .read(|tx| tx.scalar(&format!("SELECT COUNT(*) FROM {table}"), &[]))
            .unwrap()
    }

    pub fn events(&self, kind: domain::event::EventKind) -> i64 {
        use store::TxExt;
        self.db
            .read(|tx| {
                tx.scalar(
                    "SELECT COUNT(*) FROM event WHERE kind = ?1",
                    &store::params![kind.code()],
                )
            })
            .unwrap()
    }

    /// A plan stored as if it had been read, not confirmed.
    pub fn stored_plan(&self, plan: &Plan) -> PlanId {
        let ctx = self.as_login("tonghop");
        let plan = plan.clone();
        let by = ctx.actor.account;
        self.db
            .write(move |tx| -> store::Result<PlanId> {
                store::blobs::put(tx, "00", b"x")?;
                let reading = domain::plan::Reading {
                    plan: plan.clone(),
                    ..Default::default()
                };
                let new = store::plans::NewPlan {
                    file_name: "ke-hoach.md",
                    blob_sha256: "00",
                    document: &Document::default(),
                    reading: &reading,
                };
                store::plans::create(tx, &new, Some(by), Timestamp::UNIX_EPOCH)
            })
            .unwrap()
    }
}

/// The messages of an input error with their places.
pub fn problems(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems
            .into_iter()
            .map(|problem| format!("{}: {}", problem.place, problem.message))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// The duties of a plan such as the example's.
pub fn plan() -> Plan {
    let duty = |who: &str, to: Option<&str>, due: Option<Date>| Duty {
        who: vec![who.into()],
        duty: DutyKind::Report,
        deliverable: Some("báo cáo sơ kết".into()),
        to: to.map(String::from),
        via: None,
        adopted_by: None,
        due,
        due_inclusive: due.map(|_| false),
        due_set_by: None,
        source: Source {
            text: format!("{who} xây dựng báo cáo sơ kết"),
            start: 0,
            end: 0,
        },
    };
    let committee = Some("Ban Thường vụ Tỉnh ủy");
    Plan {
        title: Some("sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW".into()),
        kind: Some("kế hoạch".into()),
        date: Some(date(2022, 8, 10)),
        period: Some(Period {
            from: "2017-07".parse().unwrap(),
            to: "2022-07".parse().unwrap(),
        }),
        lead: vec!["Ban Dân vận Tỉnh ủy".into()],
        coordinate: vec!["Văn phòng Tỉnh ủy".into()],
        assignments: vec![
            duty(
                "Các cấp ủy cơ sở",
                Some("ban thường vụ cấp ủy cấp trên cơ sở"),
                None,
            ),
            Duty {
                via: Some("Ban Dân vận Tỉnh ủy".into()),
                ..duty(
                    "Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh",
                    committee,
                    Some(date(2022, 9, 30)),
                )
            },
            Duty {
                duty: DutyKind::Task,
                deliverable: Some("theo dõi, đôn đốc".into()),
                ..duty("Văn phòng Tỉnh ủy", None, None)
            },
        ],
        ..Plan::default()
    }
}
