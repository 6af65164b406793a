//! Reorganisations on the small province, in the middle of a campaign.

mod carrying;
mod deciding;
mod handing_over;
mod official;

use crate::world::World;
use app::reorganise::{Applied, Draft, Preview, preview, read_changes, reorganise};
use app::{Error, Result};
use domain::ids::{TreeId, UnitId};
use domain::org::reorganise::DecisionHead;
use jiff::civil::{Date, date};

pub const HEADER: &str =
    "change\told_code\tnew_code\textent\tshare\tshare_source\tname\tkind\tlevel\tparent_code\tnote";

/// The two communes of the first district merge into a new one.
pub const MERGER: &[&str] = &[
    "create\t\tX1M\t\t\t\tĐảng ủy xã Hòa Bình\tdang_uy_co_so\t4\tH1\t",
    "merge\tX11\tX1M\t\t\t\t\t\t\t\tNhập toàn bộ",
    "merge\tX12\tX1M\t\t\t\t\t\t\t\tNhập toàn bộ",
];

pub fn tree(world: &World) -> TreeId {
    let unit = world.units["TU"];
    world
        .db
        .read(|tx| store::units::by_id(tx, unit))
        .expect("the province")
        .tree
}

pub fn draft(world: &World, number: &str, effective: Date, rows: &[&str]) -> Draft {
    let table = format!("{HEADER}\n{}\n", rows.join("\n"));
    let table = read_changes(
        &world.app.operator(),
        self::tree(world),
        ("bang.tsv", table.as_bytes()),
        None,
    )
    .expect("a table");
    assert!(table.check.is_clean(), "{:?}", table.check);
    Draft {
        tree: tree(world),
        head: head(number, effective),
        rows: table.rows,
        file_name: "bang.tsv".into(),
        counters: None,
    }
}

pub fn head(number: &str, effective: Date) -> DecisionHead {
    DecisionHead {
        number: number.into(),
        dated: date(2022, 9, 1),
        issuer: "Ban Thường vụ Tỉnh ủy".into(),
        title: String::new(),
        effective,
    }
}

pub const TODAY: Date = date(2022, 9, 10);

pub fn applied(world: &World, number: &str, rows: &[&str]) -> Applied {
    try_apply(world, number, rows).expect("applied")
}

pub fn try_apply(world: &World, number: &str, rows: &[&str]) -> Result<Applied, Error> {
    reorganise(&world.app.operator(), draft(world, number, TODAY, rows))
}

pub fn previewed(world: &World, rows: &[&str]) -> Preview {
    preview(&world.app.operator(), &draft(world, "1-QĐ/TU", TODAY, rows)).expect("a preview")
}

/// The unit that stands under a code.
pub fn standing(world: &World, code: &str) -> UnitId {
    let tree = tree(world);
    let unit = world
        .db
        .read(|tx| store::units::by_code(tx, tree, code))
        .expect("units");
    unit.expect("a unit").id
}
