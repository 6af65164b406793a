//! A small province with a campaign, and accounts of every role at every position towards one report.
//!
//! The report is the district's: its own unit is the district, above it stands the province (the addressee), below it
//! the commune, beside it another district; it goes through the leading body, and a third body coordinates. In a tree of
//! its own stands a body whose preorder interval encloses them all.

use crate::site::{app_on, now};
use app::App;
use app::accounts::{SessionKind, create_unchecked};
use domain::access::Role;
use domain::campaign::{
    Campaign, CampaignKind, CampaignState, Grain, Indicator, Rule, Section, Terms, Writable,
};
use domain::deadline::DuePolicy;
use domain::ids::{AssignmentId, CampaignId, IndicatorId, SectionId, UnitId};
use domain::org::{UnitSeed, order_tree};
use std::path::Path;
use std::sync::LazyLock;
use store::Db;

/// The password of every account.
pub const PASSWORD: &str = "mật khẩu thử 1";

/// Name of the position, and the code of the unit that stands there.
pub const POSITIONS: [(&str, &str); 7] = [
    ("own unit", "huyen"),
    ("above", "tinh"),
    ("below", "xa"),
    ("sibling", "huyen-khac"),
    ("intermediary", "dan-van"),
    ("coordinator", "van-phong"),
    ("other tree", "mat-tran"),
];

/// The short id of the campaign.
pub const CAMPAIGN: &str = "thu-1";

/// A session of an account with one role at one position.
pub struct Actor {
    pub position: &'static str,
    pub role: Role,
    pub token: String,
}

/// The database as the bytes of its file, to be copied for each use.
pub struct Fixture {
    bytes: Vec<u8>,
    pub report: AssignmentId,
    pub actors: Vec<Actor>,
}

impl Fixture {
    /// The one of this test binary.
    pub fn shared() -> &'static Fixture {
        static SHARED: LazyLock<Fixture> = LazyLock::new(Fixture::new);
        &SHARED
    }

    fn new() -> Fixture {
        let mut database = store::testing::sqlite();
        let app = app_on(database.db().clone());
        let units = plant(database.db());
        let report = assign(database.db(), &units);
        let actors = people(&app, &units);
        drop(app);
        database.close();
        Fixture {
            bytes: std::fs::read(database.location()).expect("one file once it is closed"),
            report,
            actors,
        }
    }

    /// A copy of the database to work on, in `folder`.
    pub fn copy(&self, folder: &Path) -> App {
        let file = folder.join("copy.db");
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.join(format!("copy.db{ending}")));
        }
        std::fs::write(&file, &self.bytes).expect("the copy is written");
        app_on(Db::open_sqlite(&file).expect("the copy opens"))
    }
}

/// The login of a role at a position.
pub fn login(unit_code: &str, role: Role) -> String {
    format!("{unit_code}.{}", role.code())
}

/// The units by the order of [`POSITIONS`].
fn plant(db: &Db) -> Vec<UnitId> {
    let seed = |code: &str, name: &str, level, parent: Option<&str>| UnitSeed {
        code: code.into(),
        name: name.into(),
        level,
        parent_code: parent.map(Into::into),
        ..UnitSeed::default()
    };
    let rows: Vec<(usize, UnitSeed)> = [
        seed("tinh", "Tỉnh ủy Thử", 1, None),
        seed("dan-van", "Ban Dân vận Tỉnh ủy", 2, Some("tinh")),
        seed("van-phong", "Văn phòng Tỉnh ủy", 2, Some("tinh")),
        seed("huyen", "Huyện ủy Thử", 2, Some("tinh")),
        seed("huyen-khac", "Huyện ủy Khác", 2, Some("tinh")),
        seed("xa", "Đảng ủy xã Thử", 3, Some("huyen")),
    ]
    .into_iter()
    .enumerate()
    .collect();
    let mut others = vec![(0, seed("mat-tran", "Ủy ban MTTQ tỉnh", 1, None))];
    others.extend((1..10).map(|number| {
        let (code, name) = (format!("mt-{number}"), format!("Ủy ban MTTQ {number}"));
        (number, seed(&code, &name, 2, Some("mat-tran")))
    }));
    let placed = order_tree(&rows).expect("a tree");
    let others_placed = order_tree(&others).expect("a tree");
    db.write(move |tx| -> store::Result<Vec<UnitId>> {
        // Pages offer the newest tree first.
        let other = store::units::create_tree(tx, "Mặt trận Thử", now())?;
        let tree = store::units::create_tree(tx, "Tỉnh Thử", now())?;
        store::units::insert_tree(tx, tree, &rows, &placed)?;
        store::units::insert_tree(tx, other, &others, &others_placed)?;
        let mut units = Vec::new();
        for (position, code) in POSITIONS {
            let tree = if position == "other tree" {
                other
            } else {
                tree
            };
            let unit = store::units::by_code(tx, tree, code)?.ok_or(store::Error::Missing)?;
            units.push(unit.id);
        }
        Ok(units)
    })
    .expect("units")
}

fn assign(db: &Db, units: &[UnitId]) -> AssignmentId {
    let &[district, province, commune, other, board, office, _] = units else {
        panic!("one unit for each position");
    };
    let due = domain::deadline::end_of_day(jiff::civil::date(2022, 9, 29));
    let terms = move |unit, addressee, via| Terms {
        unit,
        drafted_by: None,
        addressee: Some(addressee),
        addressee_name: "Cấp trên".into(),
        via,
        deliverable: "Báo cáo tổng kết".into(),
        adopted_by: "tập thể".into(),
        due_phrase: "trước ngày 30/9/2022".into(),
        due_date: Some(jiff::civil::date(2022, 9, 30)),
        due_inclusive: false,
        due_setter: None,
        adds: true,
    };
    db.write(move |tx| -> store::Result<AssignmentId> {
        let tree = store::units::by_id(tx, province)?.tree;
        let campaign = store::campaigns::create(
            tx,
            &Campaign {
                id: CampaignId(0),
                short_id: CAMPAIGN.into(),
                plan: None,
                tree,
                name: "Tổng kết thử".into(),
                kind: CampaignKind::FinalReview,
                state: CampaignState::Open,
                period: Some(("2017-07".into(), "2022-07".into())),
                years: vec![2020, 2021],
                due_policy: DuePolicy::Strict,
                profile: "hd36-2018".into(),
                lead: Some(board),
                coordinating: Some(office),
                days_to_consolidate: 5,
                created_at: now(),
                issued_at: Some(now()),
            },
        )?;
        let of_district = terms(district, province, Some(board));
        let report = store::assignments::create(tx, campaign, &of_district, Some(due), now())?;
        let of_other = terms(other, province, Some(board));
        store::assignments::create(tx, campaign, &of_other, Some(due), now())?;
        let of_commune = terms(commune, district, None);
        store::assignments::create(tx, campaign, &of_commune, Some(due), now())?;
        Ok(report)
    })
    .expect("a campaign")
}

/// Gives the campaign two sections to write and two indicators to fill in, the first of them required.
pub fn outline(db: &Db) -> (Vec<SectionId>, Vec<IndicatorId>) {
    let section = |number: &str, title: &str| Section {
        id: SectionId(0),
        number: number.into(),
        title: title.into(),
        level: 1,
        guidance: "Nêu số liệu".into(),
        writable: Writable::Required,
    };
    let indicator = |code: &str, required| Indicator {
        id: IndicatorId(0),
        code: code.into(),
        name: format!("Chỉ tiêu {code}"),
        unit: "người".into(),
        rule: Rule::Flow,
        grain: Grain::Year,
        hint: String::new(),
        total_of: Vec::new(),
        required,
    };
    let sections = [section("I", "Tình hình"), section("II", "Kết quả")];
    let indicators = [indicator("CT01", true), indicator("CT02", false)];
    db.write(
        move |tx| -> store::Result<(Vec<SectionId>, Vec<IndicatorId>)> {
            let campaign =
                store::campaigns::by_short_id(tx, CAMPAIGN)?.ok_or(store::Error::Missing)?;
            let (mut section_ids, mut indicator_ids) = (Vec::new(), Vec::new());
            for (ord, section) in (1..).zip(&sections) {
                let id = store::campaigns::add_section(tx, campaign.id, ord, section)?;
                section_ids.push(id);
            }
            for (ord, indicator) in (1..).zip(&indicators) {
                let id = store::campaigns::add_indicator(tx, campaign.id, ord, indicator)?;
                indicator_ids.push(id);
            }
            Ok((section_ids, indicator_ids))
        },
    )
    .expect("an outline")
}

fn people(app: &App, units: &[UnitId]) -> Vec<Actor> {
    let mut actors = Vec::new();
    for ((position, code), unit) in POSITIONS.into_iter().zip(units) {
        for role in Role::ALL {
            let login = login(code, role);
            let account =
                create_unchecked(app, None, &login, role.label(), PASSWORD, *unit, &[role])
                    .expect("an account");
            let token = app
                .open_session(account, SessionKind::Browser)
                .expect("a session")
                .token;
            actors.push(Actor {
                position,
                role,
                token,
            });
        }
    }
    actors
}
