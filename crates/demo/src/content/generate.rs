//! Makes the figures of each unit. Provincial totals published for the province
//! of the plan are shared out exactly; everything else follows the unit's size.

use std::collections::BTreeMap;

use super::allot::allot;
use super::figures::{Cell, FigureTable, YEARS};
use super::rng::Rng;
use super::tables::UnitSeed;

/// The breakdown published by the province; its stated total of 44,009 differs
/// from the sum of its lines, 44,078, which is what the communes add up to here.
const PEOPLE: [(&str, i64); 12] = [
    ("NC02", 69),
    ("NC03", 94),
    ("NC04", 12_804),
    ("NC05", 2_032),
    ("NC06", 3),
    ("NC07", 0),
    ("NC08", 4_985),
    ("NC09", 2_533),
    ("NC10", 937),
    ("NC11", 3_445),
    ("NC12", 14_316),
    ("NC13", 2_860),
];
const MONTHLY_ALLOWANCES: i64 = 10_843;
const MOTHERS_ALIVE: i64 = 49;

/// Deliberate arithmetic slips of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// The total of people with merit has two digits exchanged.
    PeopleTotal,
    /// The total of houses of 2019 is one too many.
    HouseTotal,
}

/// Shares of the published totals, by commune code.
pub type Shares = BTreeMap<String, BTreeMap<&'static str, i64>>;

/// Shares the published totals among the communes.
#[must_use]
pub fn share_out(units: &[UnitSeed], economies: &BTreeMap<String, String>, seed: u64) -> Shares {
    let communes: Vec<&UnitSeed> = units.iter().filter(|unit| unit.is_commune()).collect();
    let sizes: Vec<i64> = communes
        .iter()
        .map(|unit| {
            let mut rng = Rng::for_labels(seed, &["size", &unit.code]);
            let base = match economies.get(&unit.code).map(String::as_str) {
                Some("mien_nui") => 45,
                Some("cham") => 60,
                Some("do_thi") => 115,
                Some("dao") => 50,
                _ => 100,
            };
            base * rng.between(60, 150)
        })
        .collect();
    let mut shares = Shares::new();
    let totals = PEOPLE.iter().copied().chain([("NC14", MONTHLY_ALLOWANCES)]);
    for (code, total) in totals {
        let weights: Vec<i64> = communes
            .iter()
            .zip(&sizes)
            .map(|(unit, size)| size * Rng::for_labels(seed, &[code, &unit.code]).between(70, 130))
            .collect();
        for (unit, part) in communes.iter().zip(allot(total, &weights)) {
            shares
                .entry(unit.code.clone())
                .or_default()
                .insert(code, part);
        }
    }
    let mothers: Vec<i64> = communes
        .iter()
        .map(|unit| {
            let honoured = shares.get(&unit.code).and_then(|s| s.get("NC05")).copied();
            let luck = Rng::for_labels(seed, &["NC16", &unit.code]).between(0, 99);
            if luck < 32 { honoured.unwrap_or(0) } else { 0 }
        })
        .collect();
    for (unit, part) in communes.iter().zip(allot(MOTHERS_ALIVE, &mothers)) {
        shares
            .entry(unit.code.clone())
            .or_default()
            .insert("NC16", part);
    }
    shares
}

/// Share in percent of a full year that belongs to the period.
fn year_percent(year: i16) -> i64 {
    match year {
        2017 => 48,
        2022 => 58,
        _ => 100,
    }
}

fn yearly(table: &mut FigureTable, code: &str, mut value: impl FnMut(i16) -> i64) {
    for year in YEARS {
        table.set(code, Some(year), value(year));
    }
}

/// Figures of a commune.
#[must_use]
pub fn commune(unit: &UnitSeed, shares: &BTreeMap<&'static str, i64>, seed: u64) -> FigureTable {
    let mut table = FigureTable::default();
    let mut rng = Rng::for_labels(seed, &["figures", &unit.code]);
    leadership(&mut table, &mut rng, 110, 420);
    people(&mut table, shares, &mut rng);
    dossiers(
        &mut table,
        &mut rng,
        shares.get("NC14").copied().unwrap_or(80),
    );
    care(&mut table, shares, &mut rng);
    households(&mut table, shares, &mut rng);
    table
}

fn leadership(table: &mut FigureTable, rng: &mut Rng, low: i64, high: i64) {
    let members = rng.between(low, high);
    table.set("LD05", None, members);
    table.set("LD04", None, members * rng.between(950, 1000) / 1000);
    yearly(table, "LD01", |year| match year {
        2017 => rng.between(2, 4),
        2018 => rng.between(1, 4),
        2022 => rng.between(0, 2),
        _ => rng.between(1, 3),
    });
    let mut meetings = Vec::new();
    yearly(table, "LD02", |year| {
        let count = if year == 2017 {
            rng.between(2, 5)
        } else {
            rng.between(1, 3)
        };
        meetings.push(count);
        count
    });
    let mut counts = meetings.into_iter();
    let usual = rng.between(45, 120);
    yearly(table, "LD03", |_| {
        counts.next().unwrap_or(1) * (usual + rng.between(-15, 25))
    });
    yearly(table, "LD08", |_| if rng.chance(45) { 1 } else { 0 });
    yearly(table, "LD09", |_| rng.between(0, 2));
}

fn people(table: &mut FigureTable, shares: &BTreeMap<&'static str, i64>, rng: &mut Rng) {
    let mut total = 0;
    for (code, _) in PEOPLE {
        let part = shares.get(code).copied().unwrap_or(0);
        total += part;
        table.set(code, None, part);
    }
    table.set("NC01", None, total);
    table.set("NC14", None, shares.get("NC14").copied().unwrap_or(0));
    let alive = shares.get("NC16").copied().unwrap_or(0);
    table.set("NC16", None, alive);
    if alive == 0 {
        table.set_cell("NC17", None, Cell::NotApplicable);
    } else {
        table.set("NC17", None, alive - i64::from(alive > 1 && rng.chance(20)));
    }
}

fn dossiers(table: &mut FigureTable, rng: &mut Rng, size: i64) {
    let mut waiting = rng.between(0, 6);
    for year in YEARS {
        let usual = (size / 8 + rng.between(2, 9)) * year_percent(year) / 100;
        let received = usual.max(1);
        let open = waiting + received;
        let done = (open - rng.between(0, 4)).max(received * 7 / 10).min(open);
        table.set("HS01", Some(year), waiting);
        table.set("HS02", Some(year), received);
        table.set("HS03", Some(year), done);
        waiting = open - done;
        table.set("HS04", Some(year), waiting);
    }
    table.set("HS10", None, rng.between(30, 95));
    table.set("HS11", None, rng.between(3, 12));
}

fn care(table: &mut FigureTable, shares: &BTreeMap<&'static str, i64>, rng: &mut Rng) {
    let monthly = shares.get("NC14").copied().unwrap_or(50);
    let account = Cell::Tenths(rng.between(120, 680));
    // A few communes leave the field blank: blank is not zero.
    let blank = rng.chance(5);
    table.set_cell("KP05", None, if blank { Cell::Blank } else { account });
    for year in YEARS {
        let gifts = monthly * rng.between(210, 260) / 100 * year_percent(year) / 100;
        table.set("KP06", Some(year), gifts);
        table.set_cell(
            "KP07",
            Some(year),
            Cell::Tenths(gifts * rng.between(36, 46) / 10),
        );
        let plan = monthly * rng.between(16, 24) / 10 * year_percent(year) / 50;
        table.set_cell("QD01", Some(year), Cell::Tenths(plan));
        let weak = if matches!(year, 2020 | 2021) { 12 } else { 0 };
        let reached = plan * rng.between(94 - weak, 132 - weak) / 100;
        table.set_cell("QD02", Some(year), Cell::Tenths(reached));
        table.set(
            "QD06",
            Some(year),
            if rng.chance(35) { rng.between(1, 2) } else { 0 },
        );
    }
    table.set("QD08", None, rng.between(10, 30) * 10);
    let cemetery = rng.chance(32);
    if cemetery {
        table.set("LS10", None, rng.between(85, 620));
    } else {
        table.set_cell("LS10", None, Cell::NotApplicable);
    }
    yearly(table, "LS08", |_| i64::from(rng.chance(14)));
}

fn households(table: &mut FigureTable, shares: &BTreeMap<&'static str, i64>, rng: &mut Rng) {
    for year in YEARS {
        let built = if rng.chance(40) { rng.between(1, 3) } else { 0 };
        let mended = if rng.chance(55) { rng.between(1, 4) } else { 0 };
        table.set("NO01", Some(year), built);
        table.set("NO02", Some(year), mended);
        table.set("NO03", Some(year), built + mended);
    }
    let families = shares.get("NC14").copied().unwrap_or(60) * rng.between(125, 165) / 100;
    let poor = if rng.chance(45) { rng.between(1, 3) } else { 0 };
    let below = poor + rng.between(0, 3);
    table.set("MS01", None, families);
    table.set("MS02", None, (families - below).max(0));
    table.set("MS04", None, poor.min(families));
    let badly_housed = if rng.chance(55) { rng.between(1, 6) } else { 0 };
    table.set("NO08", None, badly_housed.min(families));
    let mut waiting = 0;
    for year in YEARS {
        let received = if rng.chance(40) { rng.between(1, 3) } else { 0 };
        let open = waiting + received;
        let done = if year == 2022 && open > 1 {
            open - 1
        } else {
            open
        };
        table.set("DT01", Some(year), received);
        table.set("DT02", Some(year), done);
        waiting = open - done;
    }
}

/// Figures of another grassroots organisation: its own leadership, gifts and
/// contributions; the rest does not concern it.
#[must_use]
pub fn office(unit: &UnitSeed, seed: u64) -> FigureTable {
    let mut table = FigureTable::default();
    let mut rng = Rng::for_labels(seed, &["figures", &unit.code]);
    leadership(&mut table, &mut rng, 18, 160);
    let staff = table.tenths("LD05", None).unwrap_or(300) / 10;
    for year in YEARS {
        let plan = staff * rng.between(15, 22) / 10 * year_percent(year) / 100 + 5;
        table.set_cell("QD01", Some(year), Cell::Tenths(plan * 10 / 4));
        table.set_cell(
            "QD02",
            Some(year),
            Cell::Tenths(plan * rng.between(100, 118) / 40),
        );
        gifts(&mut table, &mut rng, year, 4, 18);
    }
    table.set("QD08", None, rng.between(10, 30) * 10);
    table
}

fn gifts(table: &mut FigureTable, rng: &mut Rng, year: i16, low: i64, high: i64) {
    let count = (rng.between(low, high) * year_percent(year) / 100).max(1);
    table.set("KP06", Some(year), count);
    table.set_cell("KP07", Some(year), Cell::Tenths(count * rng.between(4, 8)));
}

/// Figures of a body that looks at the same facts from the side.
#[must_use]
pub fn side_body(unit: &UnitSeed, seed: u64) -> FigureTable {
    let mut table = FigureTable::default();
    let mut rng = Rng::for_labels(seed, &["figures", &unit.code]);
    leadership(&mut table, &mut rng, 12, 60);
    if unit.level == 2 {
        return table;
    }
    for year in YEARS {
        gifts(&mut table, &mut rng, year, 20, 90);
        table.set("QD06", Some(year), rng.between(0, 2));
        let built = i64::from(rng.chance(45));
        let mended = rng.between(0, 2);
        table.set("NO01", Some(year), built);
        table.set("NO02", Some(year), mended);
        table.set("NO03", Some(year), built + mended);
    }
    for code in ["LD04", "LD05"] {
        table.set_cell(code, None, Cell::NotApplicable);
    }
    table
}

/// Figures that a district-level committee types in itself: its communes.
#[must_use]
pub fn district(communes: i64, unit: &UnitSeed, seed: u64) -> FigureTable {
    let mut table = FigureTable::default();
    if communes > 0 {
        let mut rng = Rng::for_labels(seed, &["figures", &unit.code]);
        table.set("XP01", None, communes);
        table.set("XP02", None, communes - i64::from(rng.chance(40)));
    }
    table
}

/// Plants a slip into a commune's figures.
pub fn plant(table: &mut FigureTable, slip: Slip) {
    match slip {
        Slip::PeopleTotal => {
            let total = table.tenths("NC01", None).unwrap_or(0) / 10;
            let (tens, ones) = (total / 10 % 10, total % 10);
            let exchanged = total - tens * 10 - ones + ones * 10 + tens;
            // Equal digits cannot be exchanged; then the slip is a ten too many.
            let wrong = if exchanged == total {
                total + 10
            } else {
                exchanged
            };
            table.set("NC01", None, wrong);
        }
        Slip::HouseTotal => {
            let total = table.tenths("NO03", Some(2019)).unwrap_or(0) / 10;
            table.set("NO03", Some(2019), total + 1);
        }
    }
}
