//! A province of any size with a campaign that has figures, for the pages that follow it up.
//!
//! Communes owe their district a report before 15/9, districts owe the province theirs before 30/9 through the
//! leading body; it is 26/9/2022. `D01` is the first district, `D01-01` its first commune.

use crate::fixture::PASSWORD;
use crate::site::{Browser, app_on, now};
use app::App;
use app::reports::bulk::{Submission, outline, submit_whole};
use domain::access::Role;
use domain::campaign::{
    Campaign, CampaignKind, CampaignState, Grain, Indicator, Period, Rule, Terms,
};
use domain::deadline::DuePolicy;
use domain::figures::{Cell, FigureTable};
use domain::ids::{AssignmentId, CampaignId, IndicatorId, UnitId};
use domain::number::Amount;
use domain::org::{UnitSeed, order_tree};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use store::Db;
use store::testing::TestDb;
use web::Web;

/// The short id of the campaign.
pub const CAMPAIGN: &str = "sk-1";
/// Largest page without attachments.
pub const PAGE_BYTES: usize = 100 * 1024;

/// The province; accounts have the code of their unit in small letters as login.
pub struct Province {
    pub app: App,
    pub reports: HashMap<String, AssignmentId>,
    campaign: CampaignId,
    units: HashMap<String, UnitId>,
    _database: TestDb,
}

/// A district's code and that of a commune in it.
pub fn commune(district: usize, number: usize) -> String {
    format!("{}-{number:02}", self::district(district))
}

pub fn district(number: usize) -> String {
    format!("D{number:02}")
}

impl Province {
    pub fn new(districts: usize, communes: usize) -> Province {
        let database = store::testing::sqlite();
        let app = app_on(database.db().clone());
        let rows = rows(districts, communes);
        let units = plant(database.db(), rows.clone());
        let (campaign, reports) = open(database.db(), &units, &rows);
        for code in ["BDV", "D01", "D02", "D01-01"] {
            let roles = [Role::Drafter, Role::Leader, Role::Clerk, Role::Coordinator];
            let (login, unit) = (code.to_lowercase(), units[code]);
            app::accounts::create_unchecked(&app, None, &login, code, PASSWORD, unit, &roles)
                .expect("an account");
        }
        Province {
            app,
            reports,
            campaign,
            units,
            _database: database,
        }
    }

    /// A commune sends its report with this many new houses in 2021 and as many veterans.
    pub fn send(&self, code: &str, houses: i64, at: &str) {
        let outline = outline(&self.app, self.campaign).expect("an outline");
        let mut figures = FigureTable::blank(&outline.layout);
        let in_2021 = outline.layout.cell(0, Period::Year(2021));
        let veterans = outline.layout.cell(1, Period::Whole);
        for cell in [in_2021, veterans] {
            figures.cells[cell.expect("a cell")] = Cell::Number(Amount::from(houses));
        }
        let submission = Submission {
            assignment: self.reports[code],
            campaign: self.campaign,
            unit: self.units[code],
            sections: Vec::new(),
            figures,
            sent_at: at.parse().expect("a moment"),
            sent_by: None,
        };
        submit_whole(&self.app, &outline, submission).expect("sent");
    }

    /// The district accepts what its commune sent.
    pub fn accept(&self, code: &str) {
        let (district, _) = code.split_once('-').expect("a commune");
        let ctx = self
            .app
            .ctx_of(&district.to_lowercase())
            .expect("an account");
        let report = self.reports[code];
        app::reports::receive::receive(&ctx, report).expect("received");
        app::reports::receive::accept(&ctx, report).expect("accepted");
    }

    /// Somebody of this unit at a browser.
    pub fn browser(&self, code: &str) -> Browser {
        let mut browser = Browser::at(Web::new(self.app.clone()));
        browser.sign_in(&code.to_lowercase(), PASSWORD);
        browser
    }
}

fn rows(districts: usize, communes: usize) -> Vec<UnitSeed> {
    let seed = |code: &str, name: String, level, parent: Option<&str>| UnitSeed {
        code: code.into(),
        name,
        level,
        parent_code: parent.map(Into::into),
        ..UnitSeed::default()
    };
    let mut rows = vec![
        seed("TU", "Tỉnh ủy Thử".into(), 2, None),
        seed("BDV", "Ban Dân vận Tỉnh ủy".into(), 2, Some("TU")),
    ];
    for number in 1..=districts {
        let above = district(number);
        let name = format!("Huyện ủy Bắc Bình Thượng {number}");
        rows.push(seed(&above, name, 3, Some("TU")));
        for within in 1..=communes {
            let name = format!("Đảng ủy xã Hàm Thuận Trung {number}.{within}");
            rows.push(seed(&commune(number, within), name, 4, Some(&above)));
        }
    }
    rows
}

fn plant(db: &Db, rows: Vec<UnitSeed>) -> HashMap<String, UnitId> {
    let rows: Vec<(usize, UnitSeed)> = rows.into_iter().enumerate().collect();
    let placed = order_tree(&rows).expect("a tree");
    db.write(move |tx| -> store::Result<HashMap<String, UnitId>> {
        let tree = store::units::create_tree(tx, "Tỉnh Thử", now())?;
        let ids = store::units::insert_tree(tx, tree, &rows, &placed)?;
        let codes = placed.iter().map(|place| rows[place.row].1.code.clone());
        Ok(codes.zip(ids).collect())
    })
    .expect("units")
}

fn open(
    db: &Db,
    units: &HashMap<String, UnitId>,
    rows: &[UnitSeed],
) -> (CampaignId, HashMap<String, AssignmentId>) {
    let (units, rows) = (units.clone(), rows.to_vec());
    db.write(move |tx| -> store::Result<_> {
        let tree = store::units::by_id(tx, units["TU"])?.tree;
        let campaign = Campaign {
            id: CampaignId(0),
            short_id: CAMPAIGN.into(),
            plan: None,
            tree,
            name: "Sơ kết thử".into(),
            kind: CampaignKind::InterimReview,
            state: CampaignState::Open,
            period: None,
            years: vec![2020, 2021],
            due_policy: DuePolicy::Strict,
            profile: "hd36-2018".into(),
            lead: Some(units["BDV"]),
            coordinating: None,
            days_to_consolidate: 5,
            created_at: now(),
            issued_at: Some(now()),
        };
        let campaign = store::campaigns::create(tx, &campaign)?;
        for (ord, indicator) in (1..).zip(indicators()) {
            store::campaigns::add_indicator(tx, campaign, ord, &indicator)?;
        }
        let mut reports = HashMap::new();
        for row in rows.iter().filter(|row| row.level > 2) {
            let terms = terms(row, &units);
            let due = domain::deadline::end_of_day(last_day(row));
            let report = store::assignments::create(tx, campaign, &terms, Some(due), now())?;
            reports.insert(row.code.clone(), report);
        }
        Ok((campaign, reports))
    })
    .expect("a campaign")
}

fn indicators() -> [Indicator; 3] {
    let indicator = |code: &str, name: &str, unit: &str, rule, grain| Indicator {
        id: IndicatorId(0),
        code: code.into(),
        name: name.into(),
        unit: unit.into(),
        rule,
        grain,
        hint: String::new(),
        total_of: Vec::new(),
        required: false,
    };
    let ratio = Rule::Ratio {
        numerator: vec!["NO01".into()],
        denominator: vec!["NC01".into()],
    };
    [
        indicator("NO01", "Nhà xây mới", "nhà", Rule::Flow, Grain::Year),
        indicator("NC01", "Người có công", "người", Rule::Stock, Grain::End),
        indicator("TL01", "Nhà mỗi người", "%", ratio, Grain::Whole),
    ]
}

fn last_day(row: &UnitSeed) -> Date {
    if row.level == 4 {
        date(2022, 9, 14)
    } else {
        date(2022, 9, 29)
    }
}

fn terms(row: &UnitSeed, units: &HashMap<String, UnitId>) -> Terms {
    let above = row.parent_code.as_deref().expect("not the root");
    Terms {
        unit: units[&row.code],
        drafted_by: None,
        addressee: Some(units[above]),
        addressee_name: "Cấp trên".into(),
        via: (row.level == 3).then(|| units["BDV"]),
        deliverable: "Báo cáo sơ kết".into(),
        adopted_by: "tập thể".into(),
        due_phrase: "trong kế hoạch".into(),
        due_date: Some(last_day(row)),
        due_inclusive: true,
        due_setter: None,
        adds: row.level == 4,
    }
}

/// Two districts of three communes: one on time and accepted, one on time, one late, the rest overdue.
pub fn small() -> Province {
    let province = Province::new(2, 3);
    province.send("D01-01", 4, "2022-09-10T10:00:00+07:00");
    province.send("D01-02", 2, "2022-09-17T10:00:00+07:00");
    province.send("D02-01", 5, "2022-09-14T10:00:00+07:00");
    province.accept("D01-01");
    province
}
