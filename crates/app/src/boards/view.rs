//! What a board page shows of one node: its counts, its children, and how the reports came in over time.

use super::scope::{Asked, Scope, by_level, scope_of};
use super::{Progress, Tally};
use crate::ctx::{Ctx, campaign_subject};
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node};
use domain::access::{Subject, Wish};
use domain::campaign::{Campaign, CampaignState};
use domain::deadline::day_of;
use domain::org::Level;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A unit as tables name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRef {
    pub code: String,
    pub name: String,
    pub level: u8,
}

/// One step of the way down to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// `None` for the top of what the actor sees.
    pub code: Option<String>,
    pub name: String,
}

/// One line of the table of units below a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRow {
    pub unit: UnitRef,
    /// Units stand below it, so there is a board of its own.
    pub has_board: bool,
    /// Of the unit and everything below it.
    pub tally: Tally,
    pub progress: Progress,
}

/// Reports due and received until the end of one day, since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPoint {
    pub day: Date,
    pub due: u32,
    /// `None` for days to come.
    pub received: Option<u32>,
}

/// The board of one node.
#[derive(Debug, Clone)]
pub struct NodeBoard {
    pub campaign: Campaign,
    /// The unit; `None` for a whole with several units on top.
    pub unit: Option<UnitRef>,
    pub is_whole: bool,
    /// From the top to the unit itself.
    pub path: Vec<Crumb>,
    pub tally: Tally,
    pub progress: Progress,
    /// Levels by name, with their counts.
    pub levels: Vec<(String, Tally)>,
    pub children: Vec<ChildRow>,
    /// Cumulative, one point a day, at most `MAX_DAYS`.
    pub days: Vec<DayPoint>,
}

/// Points of a progress chart: a longer campaign shows its last days.
pub const MAX_DAYS: usize = 400;

/// The board of the unit with this code, or of the top of what the actor sees.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn node_board(ctx: &Ctx, short_id: &str, code: Option<&str>) -> Result<NodeBoard> {
    let asked = scope_of(ctx, short_id, code)?;
    ctx.app()
        .live
        .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
            view(ctx, tree, &asked)
        })
}

fn view(ctx: &Ctx, tree: &LiveTree, asked: &Asked) -> NodeBoard {
    let counts = asked.scope.counts(tree);
    let node = asked.scope.node(tree);
    NodeBoard {
        campaign: asked.campaign.clone(),
        unit: node.map(|node| unit_ref(tree, node)),
        is_whole: asked.scope == Scope::Whole,
        path: path(tree, asked),
        tally: Tally::from(&counts),
        progress: Progress::from(&counts),
        levels: by_level(tree, asked.scope)
            .iter()
            .map(|(level, counts)| (Level(*level).label(), Tally::from(counts)))
            .collect(),
        children: asked
            .scope
            .children(tree)
            .into_iter()
            .filter(|child| has_duties(tree.counts(*child)))
            .map(|child| child_row(tree, child))
            .collect(),
        days: days(tree, asked.scope, day_of(ctx.now)),
    }
}

fn has_duties(counts: &Counts) -> bool {
    counts.expected > 0 || Progress::from(counts).waived > 0
}

fn child_row(tree: &LiveTree, node: Node) -> ChildRow {
    let counts = tree.counts(node);
    ChildRow {
        unit: unit_ref(tree, node),
        has_board: !tree.is_leaf(node),
        tally: Tally::from(counts),
        progress: Progress::from(counts),
    }
}

pub(super) fn unit_ref(tree: &LiveTree, node: Node) -> UnitRef {
    let unit = tree.node(node);
    UnitRef {
        code: unit.code.clone(),
        name: unit.name.clone(),
        level: unit.level,
    }
}

/// The way from the top of what the actor sees down to the scope.
pub(crate) fn path(tree: &LiveTree, asked: &Asked) -> Vec<Crumb> {
    let top = asked.top.node(tree);
    let mut crumbs = Vec::new();
    if let Scope::Part(node) = asked.scope {
        for above in tree.path(node) {
            if Some(above) == top {
                break;
            }
            let unit = tree.node(above);
            crumbs.push(Crumb {
                code: Some(unit.code.clone()),
                name: unit.name.clone(),
            });
        }
    }
    crumbs.push(Crumb {
        code: None,
        name: top.map_or_else(
            || "Toàn đợt".to_owned(),
            |node| tree.node(node).name.clone(),
        ),
    });
    crumbs.reverse();
    crumbs
}

/// Cumulative counts by day, from the first day anything came or was due to the last due or today.
fn days(tree: &LiveTree, scope: Scope, today: Date) -> Vec<DayPoint> {
    let mut sent: BTreeMap<Date, u32> = BTreeMap::new();
    let mut due: BTreeMap<Date, u32> = BTreeMap::new();
    let holders: Vec<Node> = match scope {
        Scope::Part(node) => vec![node],
        Scope::Whole => tree.roots().collect(),
    };
    for sums in holders.into_iter().filter_map(|node| tree.sums(node)) {
        for (day, count) in &sums.sent_by_day {
            *sent.entry(*day).or_default() += count;
        }
        for (day, count) in &sums.due_by_day {
            *due.entry(*day).or_default() += count;
        }
    }
    let bounds = sent.keys().chain(due.keys()).copied();
    let (Some(first), Some(last)) = (bounds.clone().min(), bounds.max()) else {
        return Vec::new();
    };
    let mut points = Vec::new();
    let (mut received, mut planned) = (0, 0);
    let mut day = first;
    loop {
        received += sent.get(&day).copied().unwrap_or(0);
        planned += due.get(&day).copied().unwrap_or(0);
        points.push(DayPoint {
            day,
            due: planned,
            received: (day <= today).then_some(received),
        });
        match day.tomorrow() {
            Ok(next) if next <= last => day = next,
            _ => break,
        }
    }
    points.split_off(points.len().saturating_sub(MAX_DAYS))
}

/// One line of the list of campaigns.
#[derive(Debug, Clone)]
pub struct CampaignCard {
    pub campaign: Campaign,
    /// The actor may open its board: of the whole, or of their own part.
    pub has_board: bool,
    /// The counts of what the actor sees; `None` while it is being prepared or without a board.
    pub tally: Option<Tally>,
}

/// The campaigns that the actor may know of, the newest first.
pub fn campaigns(ctx: &Ctx) -> Result<Vec<CampaignCard>> {
    let known = ctx.db().read(|tx| -> Result<Vec<(Campaign, Subject)>> {
        let mut known = Vec::new();
        for campaign in store::campaigns::list(tx)? {
            let subject = campaign_subject(ctx, tx, &campaign, None)?;
            known.push((campaign, subject));
        }
        Ok(known)
    })?;
    let mut cards = Vec::new();
    for (campaign, subject) in known {
        let manages = ctx.may(Wish::ManageCampaign, &subject);
        if campaign.state == CampaignState::Preparing {
            if manages {
                cards.push(CampaignCard {
                    campaign,
                    has_board: false,
                    tally: None,
                });
            }
            continue;
        }
        let takes_part =
            matches!(&subject, Subject::Campaign(campaign) if campaign.takes_part) || manages;
        let board = super::board(ctx, &campaign.short_id);
        if board.is_err() && !takes_part {
            continue;
        }
        cards.push(CampaignCard {
            has_board: board.is_ok(),
            tally: board.ok().map(|board| board.all),
            campaign,
        });
    }
    Ok(cards)
}
