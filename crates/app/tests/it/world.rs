//! A small province for stories: the committee, its advisory bodies, two districts with two communes each,
//! one person in each, and a campaign that was issued on 1/8/2022.

use app::ports::{Clock, PdfRenderer};
use app::{App, Ctx, Result};
use domain::access::Role;
use domain::campaign::{
    Campaign, CampaignKind, CampaignState, Grain, Indicator, Rule, Section, Terms, Writable,
};
use domain::deadline::{Due, DuePolicy};
use domain::ids::{AssignmentId, CampaignId, IndicatorId, SectionId, UnitId};
use domain::official::OfficialDocument;
use domain::org::{UnitSeed, order_tree};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::testing::TestDb;

/// A clock that stands still until it is moved.
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn set(&self, moment: &str) {
        let moment: Timestamp = moment.parse().expect("a test moment");
        self.0.store(moment.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("in range")
    }
}

/// Stories that look at PDF files belong to the crate that sets them; here nobody asks for one.
pub struct NoPdf;

impl PdfRenderer for NoPdf {
    fn render(&self, _: &OfficialDocument) -> std::result::Result<Vec<u8>, String> {
        Err("no PDF engine in these stories".into())
    }
}

pub const CAMPAIGN: &str = "sk5n";

/// The province; fields that stories need.
pub struct World {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub db: TestDb,
    pub campaign: CampaignId,
    pub units: HashMap<String, UnitId>,
    pub reports: HashMap<String, AssignmentId>,
    pub sections: Vec<SectionId>,
    pub indicators: Vec<IndicatorId>,
}

/// code, name, kind, level, parent, collective, symbol
const UNITS: &[(&str, &str, &str, u8, &str, &str, &str)] = &[
    (
        "TW",
        "Ban Bí thư Trung ương Đảng",
        "ban_bi_thu",
        1,
        "",
        "",
        "TW",
    ),
    (
        "TU",
        "Tỉnh ủy",
        "tinh_uy",
        2,
        "TW",
        "Ban Thường vụ Tỉnh ủy",
        "TU",
    ),
    (
        "BDV",
        "Ban Dân vận Tỉnh ủy",
        "ban_dan_van",
        2,
        "TU",
        "tập thể lãnh đạo Ban",
        "BDVTU",
    ),
    ("VP", "Văn phòng Tỉnh ủy", "van_phong", 2, "TU", "", "VPTU"),
    (
        "BTG",
        "Ban Tuyên giáo Tỉnh ủy",
        "ban_tuyen_giao",
        2,
        "TU",
        "tập thể lãnh đạo Ban",
        "BTGTU",
    ),
    (
        "H1",
        "Huyện ủy Bắc Bình",
        "huyen_uy",
        3,
        "TU",
        "Ban Thường vụ Huyện ủy Bắc Bình",
        "HU",
    ),
    (
        "X11",
        "Đảng ủy xã Bình Tân",
        "dang_uy_co_so",
        4,
        "H1",
        "Ban Chấp hành Đảng bộ xã Bình Tân",
        "ĐU",
    ),
    (
        "X12",
        "Đảng ủy xã Sông Lũy",
        "dang_uy_co_so",
        4,
        "H1",
        "Ban Chấp hành Đảng bộ xã Sông Lũy",
        "ĐU",
    ),
    (
        "H2",
        "Huyện ủy Tánh Linh",
        "huyen_uy",
        3,
        "TU",
        "Ban Thường vụ Huyện ủy Tánh Linh",
        "HU",
    ),
    (
        "X21",
        "Đảng ủy xã Đức Phú",
        "dang_uy_co_so",
        4,
        "H2",
        "Ban Chấp hành Đảng bộ xã Đức Phú",
        "ĐU",
    ),
    (
        "X22",
        "Đảng ủy xã Măng Tố",
        "dang_uy_co_so",
        4,
        "H2",
        "Ban Chấp hành Đảng bộ xã Măng Tố",
        "ĐU",
    ),
];

/// unit, addressee, via, due day, adds
const REPORTS: &[(&str, &str, Option<&str>, Date, bool)] = &[
    ("X11", "H1", None, date(2022, 9, 15), true),
    ("X12", "H1", None, date(2022, 9, 15), true),
    ("X21", "H2", None, date(2022, 9, 15), true),
    ("X22", "H2", None, date(2022, 9, 15), true),
    ("H1", "TU", Some("BDV"), date(2022, 9, 30), false),
    ("H2", "TU", Some("BDV"), date(2022, 9, 30), false),
    ("BTG", "TU", Some("BDV"), date(2022, 9, 30), false),
    ("TU", "TW", None, date(2022, 10, 20), false),
];

/// Whoever holds the data, as a process of its own with its own memory, on 1/11/2022.
pub fn operator_on(db: &app::Db) -> Ctx {
    let clock = Arc::new(HandClock(AtomicI64::new(0)));
    clock.set("2022-11-01T08:00:00+07:00");
    App::new(db.clone(), clock, Arc::new(NoPdf)).operator()
}

/// The province on SQLite, on 10/9/2022 in the morning.
pub fn province() -> World {
    province_on(store::testing::sqlite())
}

/// The same on a given database.
pub fn province_on(db: TestDb) -> World {
    let clock = Arc::new(HandClock(AtomicI64::new(0)));
    clock.set("2022-08-01T08:00:00+07:00");
    let app = App::new(db.db().clone(), clock.clone(), Arc::new(NoPdf));
    let (campaign, units, reports, sections, indicators) =
        fill(db.db(), app.now()).expect("the small province fits the schema");
    for (code, name, ..) in UNITS {
        let roles = [Role::Drafter, Role::Leader, Role::Clerk, Role::Coordinator];
        app::accounts::create_unchecked(
            &app,
            None,
            &login(code),
            name,
            "mat-khau-thu",
            units[*code],
            &roles,
        )
        .expect("an account");
    }
    clock.set("2022-09-10T08:00:00+07:00");
    World {
        app,
        clock,
        db,
        campaign,
        units,
        reports,
        sections,
        indicators,
    }
}

impl World {
    /// The person of a unit, holding every role but administrator in it, at this moment.
    pub fn person(&self, unit: &str) -> Ctx {
        self.app.ctx_of(&login(unit)).expect("the unit's account")
    }

    /// Somebody with one role in a unit.
    pub fn person_with(&self, unit: &str, role: Role) -> Ctx {
        let login = format!("{}-{}", login(unit), role.code());
        let _ = app::accounts::create_unchecked(
            &self.app,
            None,
            &login,
            &login,
            "mat-khau-thu",
            self.units[unit],
            &[role],
        );
        self.app.ctx_of(&login).expect("the account")
    }

    /// Somebody with one role at the root of another tree, whose interval encloses the whole province's.
    pub fn stranger(&self, role: Role) -> Ctx {
        let root = self.other_tree();
        let login = format!("mttq-{}", role.code());
        app::accounts::create_unchecked(
            &self.app,
            None,
            &login,
            &login,
            "mat-khau-thu",
            root,
            &[role],
        )
        .expect("an account");
        self.app.ctx_of(&login).expect("the account")
    }

    /// The next campaign of the same tree under a body: the same communes, due at the end of a day.
    pub fn next_campaign(
        &self,
        short_id: &str,
        due: Date,
        lead: &str,
    ) -> HashMap<String, AssignmentId> {
        let due = domain::deadline::end_of_day(due);
        let (first, short_id) = (self.campaign, short_id.to_owned());
        let lead = self.units[lead];
        let wanted = ["X11", "X12", "X21", "X22"].map(|code| (code, self.reports[code]));
        let began = due - jiff::Span::new().hours(24 * 40);
        let planted = self
            .db
            .db()
            .write(move |tx| -> Result<HashMap<String, AssignmentId>> {
                let earlier = store::campaigns::by_id(tx, first)?;
                let campaign = store::campaigns::create(
                    tx,
                    &Campaign {
                        short_id: short_id.clone(),
                        lead: Some(lead),
                        created_at: began,
                        issued_at: Some(began),
                        ..earlier
                    },
                )?;
                let mut reports = HashMap::new();
                for (code, report) in wanted {
                    let terms = store::assignments::by_id(tx, report)?.terms;
                    let id = store::assignments::create(tx, campaign, &terms, Some(due), began)?;
                    reports.insert(code.to_owned(), id);
                }
                Ok(reports)
            });
        planted.expect("the next campaign")
    }

    /// The root of the Front's tree, made when it is first asked for.
    fn other_tree(&self) -> UnitId {
        const NAME: &str = "Mặt trận thử";
        let now = self.app.now();
        let unit = |code: String, parent: Option<&str>| UnitSeed {
            name: format!("Ủy ban MTTQ {code}"),
            code,
            level: 2,
            parent_code: parent.map(Into::into),
            ..UnitSeed::default()
        };
        let below = (1..=UNITS.len()).map(|number| unit(format!("MT{number}"), Some("MT")));
        let rows = std::iter::once(unit("MT".into(), None)).chain(below);
        let rows: Vec<(usize, UnitSeed)> = rows.enumerate().collect();
        let placed = order_tree(&rows).expect("a tree");
        self.db
            .db()
            .write(move |tx| -> Result<UnitId> {
                if let Some(tree) = store::units::tree_named(tx, NAME)? {
                    return Ok(store::units::roots(tx, tree)?[0].id);
                }
                let tree = store::units::create_tree(tx, NAME, now)?;
                Ok(store::units::insert_tree(tx, tree, &rows, &placed)?[0])
            })
            .expect("the other tree")
    }

    pub fn report(&self, unit: &str) -> AssignmentId {
        self.reports[unit]
    }

    /// Kinds of events about a report, the oldest first.
    pub fn events(&self, unit: &str) -> Vec<domain::event::EventKind> {
        let report = self.report(unit);
        let events = self
            .db
            .read(|tx| store::events::of_assignment(tx, report))
            .expect("events");
        events.into_iter().map(|named| named.event.kind).collect()
    }
}

fn login(unit: &str) -> String {
    unit.to_lowercase()
}

type Filled = (
    CampaignId,
    HashMap<String, UnitId>,
    HashMap<String, AssignmentId>,
    Vec<SectionId>,
    Vec<IndicatorId>,
);

fn fill(db: &app::Db, now: Timestamp) -> Result<Filled> {
    db.write(move |tx| -> Result<Filled> {
        let rows: Vec<(usize, UnitSeed)> = UNITS
            .iter()
            .enumerate()
            .map(|(index, unit)| (index + 2, seed(unit)))
            .collect();
        let placed = order_tree(&rows).expect("a tree");
        let tree = store::units::create_tree(tx, "Tỉnh thử", now)?;
        let ids = store::units::insert_tree(tx, tree, &rows, &placed)?;
        let units: HashMap<String, UnitId> = placed
            .iter()
            .zip(ids)
            .map(|(place, id)| (rows[place.row].1.code.clone(), id))
            .collect();
        let campaign = store::campaigns::create(tx, &campaign(tree, &units, now))?;
        let mut sections = Vec::new();
        for (ord, section) in (1..).zip(outline()) {
            sections.push(store::campaigns::add_section(tx, campaign, ord, &section)?);
        }
        let mut indicators = Vec::new();
        for (ord, indicator) in (1..).zip(self::indicators()) {
            indicators.push(store::campaigns::add_indicator(
                tx, campaign, ord, &indicator,
            )?);
        }
        let mut reports = HashMap::new();
        for (unit, addressee, via, day, adds) in REPORTS {
            let terms = terms(&units, unit, addressee, *via, *day, *adds);
            let due = Due {
                phrase: terms.due_phrase.clone(),
                date: *day,
                inclusive: false,
            };
            let id = store::assignments::create(
                tx,
                campaign,
                &terms,
                Some(due.last_moment(DuePolicy::Strict)),
                now,
            )?;
            reports.insert(unit.to_string(), id);
        }
        Ok((campaign, units, reports, sections, indicators))
    })
}

fn seed(
    (code, name, kind, level, parent, collective, symbol): &(
        &str,
        &str,
        &str,
        u8,
        &str,
        &str,
        &str,
    ),
) -> UnitSeed {
    UnitSeed {
        code: code.to_string(),
        name: name.to_string(),
        kind: kind.to_string(),
        level: *level,
        parent_code: (!parent.is_empty()).then(|| parent.to_string()),
        collective: collective.to_string(),
        symbol: symbol.to_string(),
        head_name: name.to_uppercase(),
        parent_head: String::new(),
        place: "Phan Thiết".into(),
        // One commune has told nobody its address.
        email: if *code == "X22" {
            String::new()
        } else {
            format!("{}@example.vn", code.to_lowercase())
        },
    }
}

fn campaign(
    tree: domain::ids::TreeId,
    units: &HashMap<String, UnitId>,
    now: Timestamp,
) -> Campaign {
    Campaign {
        id: CampaignId(0),
        short_id: CAMPAIGN.into(),
        plan: None,
        tree,
        name: "sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW".into(),
        kind: CampaignKind::InterimReview,
        state: CampaignState::Open,
        period: Some(("2021-01".into(), "2022-07".into())),
        years: vec![2021, 2022],
        due_policy: DuePolicy::Strict,
        profile: "hd36-2018".into(),
        lead: Some(units["BDV"]),
        coordinating: Some(units["VP"]),
        days_to_consolidate: 5,
        created_at: now,
        issued_at: Some(now),
    }
}

fn outline() -> Vec<Section> {
    let section = |number: &str, title: &str, writable| Section {
        id: SectionId(0),
        number: number.into(),
        title: title.into(),
        level: 1,
        guidance: "Nêu ngắn gọn".into(),
        writable,
    };
    vec![
        section("I", "Đặc điểm tình hình", Writable::Required),
        section("II", "Kết quả đạt được", Writable::Required),
        section("III", "Kiến nghị, đề xuất", Writable::Optional),
    ]
}

fn indicators() -> Vec<Indicator> {
    let indicator =
        |code: &str, name: &str, unit: &str, rule, grain, total_of: &[&str]| Indicator {
            id: IndicatorId(0),
            code: code.into(),
            name: name.into(),
            unit: unit.into(),
            rule,
            grain,
            hint: String::new(),
            total_of: total_of.iter().map(|code| code.to_string()).collect(),
            required: code == "NO03",
        };
    let ratio = Rule::Ratio {
        numerator: vec!["NO01".into()],
        denominator: vec!["NO03".into()],
    };
    vec![
        indicator("NO01", "Nhà xây mới", "nhà", Rule::Flow, Grain::Year, &[]),
        indicator("NO02", "Nhà sửa chữa", "nhà", Rule::Flow, Grain::Year, &[]),
        indicator(
            "NO03",
            "Tổng số nhà",
            "nhà",
            Rule::Flow,
            Grain::Year,
            &["NO01", "NO02"],
        ),
        indicator(
            "NC01",
            "Người có công",
            "người",
            Rule::Stock,
            Grain::End,
            &[],
        ),
        indicator("TL01", "Tỷ lệ nhà xây mới", "%", ratio, Grain::Year, &[]),
    ]
}

fn terms(
    units: &HashMap<String, UnitId>,
    unit: &str,
    addressee: &str,
    via: Option<&str>,
    day: Date,
    adds: bool,
) -> Terms {
    let name_of = |code: &str| {
        UNITS
            .iter()
            .find(|known| known.0 == code)
            .map(|known| if known.5.is_empty() { known.1 } else { known.5 })
    };
    Terms {
        unit: units[unit],
        drafted_by: (unit == "TU").then(|| units["BDV"]),
        addressee: Some(units[addressee]),
        addressee_name: name_of(addressee).unwrap_or_default().to_string(),
        via: via.map(|via| units[via]),
        deliverable: "báo cáo sơ kết".into(),
        adopted_by: name_of(unit).unwrap_or_default().to_string(),
        due_phrase: format!("trước ngày {}", domain::deadline::vietnamese_date(day)),
        due_date: Some(day),
        due_inclusive: false,
        due_setter: None,
        adds,
    }
}
