//! What a board page shows of one node: its counts, its children, and how the reports came in over time.

use super::progress::{DayPoint, Days};
use super::scope::{Asked, Scope, by_level, scope_of};
use super::{Progress, Tally};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::live::{Counts, LiveTree, Node};
use domain::campaign::{Campaign, CampaignState};
use domain::deadline::day_of;

/// What a campaign is called as a whole, beside its units.
pub(crate) const WHOLE: &str = "Toàn đợt";

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

/// One line of the table of levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRow {
    pub level: u8,
    pub tally: Tally,
    pub progress: Progress,
}

/// One line of the table of units below a node: a unit that has a board of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRow {
    pub unit: UnitRef,
    /// Of the unit and everything below it.
    pub tally: Tally,
    pub progress: Progress,
}

/// The units directly at a node without a board of their own, taken together: those below it that have nothing
/// below themselves, and the report of the node itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Others {
    pub units: u32,
    pub tally: Tally,
    pub progress: Progress,
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
    pub levels: Vec<LevelRow>,
    /// Together with `others` they make up the whole node. Empty when nothing below it has a board of its own.
    pub children: Vec<ChildRow>,
    pub others: Option<Others>,
    /// Cumulative, one point a day, at most [`super::MAX_DAYS`].
    pub days: Vec<DayPoint>,
}

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
    let (children, others) = below(tree, asked.scope.spread(tree));
    NodeBoard {
        campaign: asked.campaign.clone(),
        unit: node.map(|node| unit_ref(tree, node)),
        is_whole: asked.scope == Scope::Whole,
        path: path(tree, asked),
        tally: Tally::from(&counts),
        progress: Progress::from(&counts),
        levels: by_level(tree, asked.scope)
            .iter()
            .map(|(level, counts)| LevelRow {
                level: *level,
                tally: Tally::from(counts),
                progress: Progress::from(counts),
            })
            .collect(),
        children,
        others,
        days: Days::of(tree, asked.scope).points(day_of(ctx.now), counts.missing() == 0),
    }
}

/// The units one level down that have boards, and all else at the node.
fn below(tree: &LiveTree, scope: Scope) -> (Vec<ChildRow>, Option<Others>) {
    let mut children = Vec::new();
    let (mut units, mut rest) = (0, Counts::default());
    let own = scope.node(tree).map(|node| tree.counts_own(node));
    let leaves = scope.children(tree).into_iter().filter_map(|child| {
        let counts = tree.counts(child);
        if tree.is_leaf(child) {
            return Some(*counts);
        }
        if counts.has_duties() {
            children.push(ChildRow {
                unit: unit_ref(tree, child),
                tally: Tally::from(counts),
                progress: Progress::from(counts),
            });
        }
        None
    });
    for counts in leaves.chain(own).filter(Counts::has_duties) {
        units += 1;
        rest.add(&counts);
    }
    let others = (units > 0 && !children.is_empty()).then(|| Others {
        units,
        tally: Tally::from(&rest),
        progress: Progress::from(&rest),
    });
    (children, others)
}

pub(crate) fn unit_ref(tree: &LiveTree, node: Node) -> UnitRef {
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
        name: match asked.top {
            Scope::Whole => WHOLE.to_owned(),
            Scope::Part(node) => tree.node(node).name.clone(),
        },
    });
    crumbs.reverse();
    crumbs
}

/// The five counts of what the actor sees of a campaign.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn summary(ctx: &Ctx, short_id: &str) -> Result<Summary> {
    let asked = scope_of(ctx, short_id, None)?;
    ctx.app()
        .live
        .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
            let counts = asked.scope.counts(tree);
            Summary {
                tally: Tally::from(&counts),
                progress: Progress::from(&counts),
            }
        })
}

/// A board in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    pub tally: Tally,
    pub progress: Progress,
}

/// One line of the list of campaigns.
#[derive(Debug, Clone)]
pub struct CampaignCard {
    pub campaign: Campaign,
    /// Of what the actor sees; `None` while it is being prepared, and for those without a board.
    pub summary: Option<Summary>,
}

/// The campaigns that the actor may know of, the newest first.
pub fn campaigns(ctx: &Ctx) -> Result<Vec<CampaignCard>> {
    let known = crate::campaigns::list(ctx)?;
    Ok(known
        .into_iter()
        .map(|campaign| CampaignCard {
            summary: (campaign.state != CampaignState::Preparing)
                .then(|| summary(ctx, &campaign.short_id).ok())
                .flatten(),
            campaign,
        })
        .collect())
}
