//! The provinces of a national campaign, each with one measure of its reports, as the 63 or as the 34.

use super::query::ViewQuery;
use super::scope::{Scope, scope_of};
use super::table::{BoardTable, Column, title};
use super::view::{Crumb, UnitRef, path, unit_ref};
use super::{Progress, Tally};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node};
use domain::campaign::Campaign;
use domain::provinces::{Finder, Province, of_2022, of_2025};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the provinces are coloured by: a share of their reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    #[default]
    Received,
    OnTime,
    Accepted,
    Late,
    Overdue,
    LikelyLate,
}

impl Measure {
    pub const ALL: [Measure; 6] = [
        Measure::Received,
        Measure::OnTime,
        Measure::Accepted,
        Measure::Late,
        Measure::Overdue,
        Measure::LikelyLate,
    ];

    /// The word in addresses and for programs.
    pub fn code(self) -> &'static str {
        match self {
            Measure::Received => "received",
            Measure::OnTime => "on_time",
            Measure::Accepted => "accepted",
            Measure::Late => "late",
            Measure::Overdue => "overdue",
            Measure::LikelyLate => "likely_late",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Received => "Đã gửi",
            Measure::OnTime => "Gửi đúng hạn",
            Measure::Accepted => "Đã chấp nhận",
            Measure::Late => "Gửi chậm",
            Measure::Overdue => "Quá hạn chưa gửi",
            Measure::LikelyLate => "Dự báo chậm",
        }
    }

    /// The more of it, the worse.
    pub fn is_bad(self) -> bool {
        matches!(self, Measure::Late | Measure::Overdue | Measure::LikelyLate)
    }

    /// The measure called so; the first one for an unknown word.
    pub fn from_code(code: &str) -> Measure {
        let mut measures = Measure::ALL.into_iter();
        measures
            .find(|measure| measure.code() == code)
            .unwrap_or_default()
    }

    fn count(self, counts: &Counts) -> u32 {
        match self {
            Measure::Received => counts.received,
            Measure::OnTime => counts.on_time(),
            Measure::Accepted => Progress::from(counts).accepted,
            Measure::Late => counts.late,
            Measure::Overdue => counts.overdue,
            Measure::LikelyLate => counts.likely_late,
        }
    }
}

/// Which provinces are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// The 63 until 30/6/2025.
    Of2022,
    /// The 34 since 1/7/2025.
    Of2025,
}

/// A province with the reports of its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvinceRow {
    pub code: &'static str,
    pub name: &'static str,
    /// The units that stand for it in the campaign's tree, several where provinces became one.
    pub units: Vec<UnitRef>,
    /// The codes of the 63 that it covers.
    pub covers: Vec<&'static str>,
    /// How many reports the measure counts.
    pub count: u32,
    pub tally: Tally,
}

/// The provinces of a campaign.
#[derive(Debug, Clone)]
pub struct MapBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub measure: Measure,
    pub division: Division,
    /// The campaign's tree is of the 34: the 63 cannot be told apart.
    pub only_of_2025: bool,
    /// Every province, also those that do not report.
    pub rows: Vec<ProvinceRow>,
    /// Units beside the provinces, together.
    pub elsewhere: Option<Elsewhere>,
}

/// The units at the level of provinces that are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    pub units: u32,
    pub count: u32,
    pub tally: Tally,
}

/// The provinces at the top of what is looked at, coloured by a measure.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn map(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<MapBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let live = &ctx.app().live;
    live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let measure = Measure::from_code(&query.measure);
        let (found, others) = provinces(tree, asked.scope);
        let only_of_2025 = is_tree_of_2025(&found);
        let division = if only_of_2025 || query.division == "34" {
            Division::Of2025
        } else {
            Division::Of2022
        };
        MapBoard {
            campaign: asked.campaign.clone(),
            path: path(tree, &asked),
            measure,
            division,
            only_of_2025,
            rows: rows(tree, &found, measure, division),
            elsewhere: elsewhere(tree, &others, measure),
        }
    })
}

/// The units that stand for provinces, and the others beside them. A part that is a province itself stands alone: a
/// district may bear the name of another one.
fn provinces(tree: &LiveTree, scope: Scope) -> (BTreeMap<Province, Node>, Vec<Node>) {
    let finder = Finder::default();
    let at = |nodes: Vec<Node>| {
        let (mut found, mut others) = (BTreeMap::new(), Vec::new());
        for node in nodes
            .into_iter()
            .filter(|node| tree.counts(*node).has_duties())
        {
            match finder.of_body(&tree.node(node).name) {
                Some(province) if !tree.is_leaf(node) && !found.contains_key(&province) => {
                    found.insert(province, node);
                }
                _ => others.push(node),
            }
        }
        (found, others)
    };
    let (found, others) = at(scope.tops(tree));
    if !found.is_empty() {
        return (found, others);
    }
    let spread = scope.spread(tree);
    let (found, others) = at(spread.tops(tree));
    if !found.is_empty() {
        return (found, others);
    }
    at(spread.children(tree))
}

/// Enough provinces to be a country, none of which has gone since.
fn is_tree_of_2025(found: &BTreeMap<Province, Node>) -> bool {
    const A_COUNTRY: usize = 20;
    found.len() >= A_COUNTRY && found.keys().all(|province| province.is_of_2025())
}

fn rows(
    tree: &LiveTree,
    found: &BTreeMap<Province, Node>,
    measure: Measure,
    division: Division,
) -> Vec<ProvinceRow> {
    let row = |code, name, covers: Vec<Province>| {
        let mut counts = Counts::default();
        let nodes = covers.iter().filter_map(|province| found.get(province));
        let units = nodes.map(|node| {
            counts.add(tree.counts(*node));
            unit_ref(tree, *node)
        });
        ProvinceRow {
            code,
            name,
            units: units.collect(),
            covers: covers.iter().map(|province| province.code).collect(),
            count: measure.count(&counts),
            tally: Tally::from(&counts),
        }
    };
    match division {
        Division::Of2022 => of_2022()
            .map(|province| row(province.code, province.name, vec![province]))
            .collect(),
        Division::Of2025 => of_2025()
            .map(|(code, name)| {
                let covers = of_2022().filter(|province| province.since_2025 == code);
                row(code, name, covers.collect())
            })
            .collect(),
    }
}

fn elsewhere(tree: &LiveTree, others: &[Node], measure: Measure) -> Option<Elsewhere> {
    let mut counts = Counts::default();
    for node in others {
        counts.add(tree.counts(*node));
    }
    (!others.is_empty()).then(|| Elsewhere {
        units: u32::try_from(others.len()).unwrap_or(u32::MAX),
        count: measure.count(&counts),
        tally: Tally::from(&counts),
    })
}

impl MapBoard {
    /// The provinces that report.
    pub fn reporting(&self) -> impl Iterator<Item = &ProvinceRow> {
        self.rows.iter().filter(|row| !row.units.is_empty())
    }

    /// As rows for a file or a terminal.
    pub fn table(&self) -> BoardTable {
        let columns = vec![
            Column::new("Mã tỉnh", 10),
            Column::new("Tỉnh, thành phố", 26),
            Column::new("Đơn vị trong đợt", 40),
            Column::new(self.measure.label(), 14),
            Column::new("Phải gửi", 10),
            Column::new("Đã gửi", 10),
            Column::new("Đúng hạn", 10),
            Column::new("Chậm", 10),
            Column::new("Chưa gửi", 10),
        ];
        let rows = self.reporting().map(|row| {
            let units: Vec<&str> = row.units.iter().map(|unit| unit.name.as_str()).collect();
            vec![
                row.code.into(),
                row.name.into(),
                units.join("; ").into(),
                row.count.into(),
                row.tally.expected.into(),
                row.tally.received.into(),
                row.tally.on_time.into(),
                row.tally.late.into(),
                row.tally.missing.into(),
            ]
        });
        BoardTable {
            name: "ban-do",
            short_id: self.campaign.short_id.clone(),
            sheet: "Theo tỉnh",
            title: title("Báo cáo theo tỉnh, thành phố", &self.campaign, &self.path),
            rows: rows.collect(),
            columns,
        }
    }
}

/// The provinces as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapJson {
    campaign: String,
    division: &'static str,
    measure: &'static str,
    provinces: Vec<ProvinceJson>,
    elsewhere: Option<ElsewhereJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ProvinceJson {
    province: &'static str,
    name: &'static str,
    units: Vec<String>,
    count: u32,
    #[serde(flatten)]
    tally: Tally,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ElsewhereJson {
    units: u32,
    count: u32,
    #[serde(flatten)]
    tally: Tally,
}

impl From<&MapBoard> for MapJson {
    fn from(board: &MapBoard) -> MapJson {
        let provinces = board.reporting().map(|row| ProvinceJson {
            province: row.code,
            name: row.name,
            units: row.units.iter().map(|unit| unit.code.clone()).collect(),
            count: row.count,
            tally: row.tally,
        });
        MapJson {
            campaign: board.campaign.short_id.clone(),
            division: match board.division {
                Division::Of2022 => "63",
                Division::Of2025 => "34",
            },
            measure: board.measure.code(),
            provinces: provinces.collect(),
            elsewhere: board.elsewhere.map(|rest| ElsewhereJson {
                units: rest.units,
                count: rest.count,
                tally: rest.tally,
            }),
        }
    }
}
