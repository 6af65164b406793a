//! Loading the live tree of a campaign, and taking in the reports that changed.

use super::tree::{LiveTree, UnitNode, counted};
use super::{LiveCampaign, Node};
use crate::error::Result;
use domain::campaign::Campaign;
use domain::campaign::forecast::Kept;
use domain::figures::FigureTable;
use domain::ids::{AssignmentId, CampaignId, RevisionId, UnitId};
use domain::org::Unit;
use domain::text::fold;
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap, HashSet};
use store::Tx;
use store::live::Standing;

/// Loads a campaign from what the transaction sees.
pub(super) fn load(tx: &mut dyn Tx, campaign: &Campaign, now: Timestamp) -> Result<LiveCampaign> {
    let newest = store::live::newest_event(tx)?;
    let layout = store::campaigns::layout(tx, campaign)?;
    let nodes = nodes(tx, campaign)?;
    let kept = kept_before(tx, campaign, now)?;
    let began = campaign.issued_at.unwrap_or(now);
    let mut tree = LiveTree::new(layout, nodes, &kept, began, now);
    for standing in store::live::standings(tx, campaign.id)? {
        if let Some(node) = tree.of_unit(standing.unit) {
            tree.place(node, standing);
        }
    }
    store::live::each_counted(tx, campaign.id, &mut |assignment, json| {
        if let Some(node) = tree.of_assignment(assignment) {
            let table = store::figures::decode(json, tree.layout())?;
            tree.place_figures(node, &table);
        }
        Ok(())
    })?;
    tree.gather();
    Ok(LiveCampaign {
        tree,
        newest,
        recent: BTreeSet::new(),
    })
}

/// Campaigns before that the forecast looks at.
const CAMPAIGNS_BEFORE: i64 = 4;

/// How the units kept their dues in the campaigns before. Only those of the same lead body count: whoever sees a unit
/// on this board saw it there.
fn kept_before(
    tx: &mut dyn Tx,
    campaign: &Campaign,
    now: Timestamp,
) -> Result<HashMap<UnitId, Kept>> {
    let own = body(tx, campaign.lead)?;
    let mut earlier = Vec::new();
    for before in store::campaigns::issued_before(tx, campaign.id, CAMPAIGNS_BEFORE)? {
        if before.lead == campaign.lead || body(tx, before.lead)? == own {
            earlier.push(before.id);
        }
    }
    let kept = store::past::kept_in(tx, &earlier, campaign.tree, now)?;
    Ok(kept.into_iter().collect())
}

/// A body as it is found again in another tree: its code and its folded name.
fn body(tx: &mut dyn Tx, unit: Option<UnitId>) -> Result<Option<(String, String)>> {
    let Some(unit) = unit else {
        return Ok(None);
    };
    let seed = store::units::by_id(tx, unit)?.seed;
    Ok(Some((seed.code, fold(&seed.name))))
}

/// The units in preorder, with positions instead of intervals. Those that stand no more are there where they, or
/// something that stood below them, have a part in the campaign.
fn nodes(tx: &mut dyn Tx, campaign: &Campaign) -> Result<Vec<UnitNode>> {
    let mut units = store::units::whole_history(tx, campaign.tree)?;
    if units.iter().any(Unit::has_ended) {
        let owing: HashSet<UnitId> = store::live::standings(tx, campaign.id)?
            .into_iter()
            .map(|standing| standing.unit)
            .collect();
        let owing = units.iter().filter(|unit| owing.contains(&unit.id));
        let lefts: Vec<i64> = owing.map(|unit| unit.interval.left).collect();
        units.retain(|unit| {
            let next = lefts.partition_point(|left| *left < unit.interval.left);
            !unit.has_ended()
                || lefts
                    .get(next)
                    .is_some_and(|left| *left <= unit.interval.right)
        });
    }
    let mut nodes: Vec<UnitNode> = Vec::with_capacity(units.len());
    // The open path from the root, each with the right end of its interval.
    let mut path: Vec<(Node, i64)> = Vec::new();
    for unit in units {
        while let Some((node, _)) = path.pop_if(|(_, right)| *right < unit.interval.left) {
            nodes[node].end = nodes.len();
        }
        let node = nodes.len();
        nodes.push(UnitNode {
            unit: unit.id,
            has_ended: unit.has_ended(),
            parent: path.last().map(|(parent, _)| *parent),
            end: node + 1,
            interval: unit.interval,
            level: unit.seed.level,
            code: unit.seed.code,
            name: unit.seed.name,
        });
        path.push((node, unit.interval.right));
    }
    for (node, _) in path {
        nodes[node].end = nodes.len();
    }
    Ok(nodes)
}

/// One unit whose standing is no longer what the tree holds.
struct Difference {
    node: Node,
    new: Option<Standing>,
}

/// Takes in the changed ones of `ids`, or of all assignments.
pub(super) fn refresh(
    tx: &mut dyn Tx,
    tree: &mut LiveTree,
    ids: Option<&BTreeSet<AssignmentId>>,
    campaign: CampaignId,
) -> Result<()> {
    let standings = match ids {
        Some(ids) => {
            let ids: Vec<AssignmentId> = ids.iter().copied().collect();
            store::live::standings_of(tx, &ids)?
        }
        None => store::live::standings(tx, campaign)?,
    };
    let differences = differences(tree, ids, standings);
    let wanted: Vec<RevisionId> = differences
        .iter()
        .flat_map(|difference| {
            let old = tree.standing(difference.node).and_then(counted);
            let new = difference.new.as_ref().and_then(counted);
            old.into_iter().chain(new)
        })
        .collect();
    let tables = store::live::figures_of(tx, tree.layout(), &wanted)?;
    exchange(tree, differences, &HashMap::from_iter(tables));
    if tree.needs_rebuild() {
        let wanted = tree.wanted_for_rebuild();
        let tables = store::live::figures_of(tx, tree.layout(), &wanted)?;
        tree.rebuild(&HashMap::from_iter(tables));
    }
    Ok(())
}

fn differences(
    tree: &LiveTree,
    ids: Option<&BTreeSet<AssignmentId>>,
    standings: Vec<Standing>,
) -> Vec<Difference> {
    let found: HashMap<AssignmentId, Standing> = standings
        .into_iter()
        .map(|standing| (standing.assignment, standing))
        .collect();
    let known = tree.nodes().iter().enumerate().filter_map(|(node, _)| {
        let standing = tree.standing(node)?;
        Some((node, standing))
    });
    // Those that were taken away: among the asked for when some are, among all otherwise.
    let gone: Vec<Node> = match ids {
        Some(ids) => ids
            .iter()
            .filter(|id| !found.contains_key(id))
            .filter_map(|id| tree.of_assignment(*id))
            .collect(),
        None => known
            .filter(|(_, standing)| !found.contains_key(&standing.assignment))
            .map(|(node, _)| node)
            .collect(),
    };
    let changed = found.into_values().filter_map(|standing| {
        let node = tree.of_unit(standing.unit)?;
        (tree.standing(node) != Some(&standing)).then_some(Difference {
            node,
            new: Some(standing),
        })
    });
    gone.into_iter()
        .map(|node| Difference { node, new: None })
        .chain(changed)
        .collect()
}

fn exchange(
    tree: &mut LiveTree,
    differences: Vec<Difference>,
    tables: &HashMap<RevisionId, FigureTable>,
) {
    for Difference { node, new } in differences {
        let table = |standing: Option<&Standing>| {
            standing
                .and_then(counted)
                .and_then(|revision| tables.get(&revision))
        };
        let old = table(tree.standing(node));
        let fresh = table(new.as_ref());
        tree.replace(node, new, old, fresh);
    }
}
