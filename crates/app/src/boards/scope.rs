//! Which part of a campaign somebody looks at, and whether they may.

use crate::ctx::{Ctx, load_campaign};
use crate::error::{Error, Result};
use crate::live::{Counts, LiveTree, Node};
use domain::access::{Place, Subject, Wish};
use domain::campaign::{Campaign, CampaignState};
use domain::ids::{TreeId, UnitId};
use std::collections::BTreeMap;
use std::ops::Range;

/// The whole campaign, or a unit with everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Whole,
    Part(Node),
}

/// A permitted question about a campaign.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub campaign: Campaign,
    pub scope: Scope,
    /// The highest scope the actor may see; breadcrumbs begin there.
    pub top: Scope,
}

impl Scope {
    /// Positions of its units.
    pub fn range(self, tree: &LiveTree) -> Range<Node> {
        match self {
            Scope::Whole => 0..tree.nodes().len(),
            Scope::Part(node) => node..tree.node(node).end,
        }
    }

    /// Counts of all its units.
    pub fn counts(self, tree: &LiveTree) -> Counts {
        match self {
            Scope::Part(node) => *tree.counts(node),
            Scope::Whole => {
                let mut all = Counts::default();
                for root in self.tops(tree) {
                    all.add(tree.counts(root));
                }
                all
            }
        }
    }

    /// The units one level down: of the whole with a single root those below that root.
    pub fn children(self, tree: &LiveTree) -> Vec<Node> {
        match self {
            Scope::Part(node) => tree.children(node).collect(),
            Scope::Whole => {
                let roots: Vec<Node> = tree.roots().collect();
                match roots[..] {
                    [root] => tree.children(root).collect(),
                    _ => roots,
                }
            }
        }
    }

    /// The same reports, seen from the unit where they part: a unit without a report of its own above a single
    /// other one says nothing that the other does not.
    pub fn spread(self, tree: &LiveTree) -> Scope {
        let mut scope = self;
        while let Some(node) = scope.node(tree) {
            let mut parts = tree
                .children(node)
                .filter(|child| tree.counts(*child).has_duties());
            let (first, second) = (parts.next(), parts.next());
            match (first, second) {
                (Some(only), None) if !tree.is_leaf(only) && tree.standing(node).is_none() => {
                    scope = Scope::Part(only);
                }
                _ => break,
            }
        }
        scope
    }

    /// The units at its top: the one it is about, or all the roots.
    pub fn tops(self, tree: &LiveTree) -> Vec<Node> {
        match self {
            Scope::Part(node) => vec![node],
            Scope::Whole => tree.roots().collect(),
        }
    }

    /// The unit it is about; `None` for a whole with several roots.
    pub fn node(self, tree: &LiveTree) -> Option<Node> {
        match self {
            Scope::Part(node) => Some(node),
            Scope::Whole => {
                let mut roots = tree.roots();
                let root = roots.next();
                root.filter(|_| roots.next().is_none())
            }
        }
    }
}

/// Counts by level. For the whole they are kept ready; for a part they are added up from its units.
pub(crate) fn by_level(tree: &LiveTree, scope: Scope) -> BTreeMap<u8, Counts> {
    let mut levels = match scope {
        Scope::Whole => tree.by_level().clone(),
        Scope::Part(_) => {
            let mut levels: BTreeMap<u8, Counts> = BTreeMap::new();
            for node in scope.range(tree) {
                levels
                    .entry(tree.node(node).level)
                    .or_default()
                    .add(&tree.counts_own(node));
            }
            levels
        }
    };
    levels.retain(|_, counts| counts.expected > 0);
    levels
}

/// Finds the campaign and the part asked for by a unit's code, or what the actor sees without asking for one:
/// the whole for those who lead, else the part of the actor's own unit.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub(crate) fn scope_of(ctx: &Ctx, short_id: &str, code: Option<&str>) -> Result<Asked> {
    let (campaign, subject) = ctx.db().read(|tx| load_campaign(ctx, tx, short_id, None))?;
    let sees_whole = ctx.may(Wish::ReadBoard, &subject);
    if campaign.state == CampaignState::Preparing && !sees_whole {
        return Err(Error::NotFound);
    }
    let found = ctx.app().live.with(ctx.db(), &campaign, ctx.now, |tree| {
        let code = code.filter(|code| !code.is_empty());
        let asked = code
            .map(|code| tree.of_code(code).ok_or(Error::NotFound))
            .transpose()?;
        let top = if sees_whole {
            None
        } else {
            own_node(ctx, tree)
        };
        let part = asked.or(top);
        Ok(Found {
            scope: canonical(tree, part),
            top: canonical(tree, top),
            part: part
                .filter(|node| holds(ctx, tree, *node))
                .map(|node| place_of(campaign.tree, tree, node)),
        })
    })?;
    // A code that is not there is not told from one that may not be seen.
    let found = match found {
        Err(error) if sees_whole => return Err(error),
        found => found.ok(),
    };
    if !sees_whole {
        let part = found.as_ref().and_then(|found| found.part);
        ctx.require(Wish::ReadBoard, &with_part(subject, part))?;
    }
    let found = found.ok_or(Error::NotFound)?;
    Ok(Asked {
        campaign,
        scope: found.scope,
        top: found.top,
    })
}

struct Found {
    scope: Scope,
    top: Scope,
    /// The part as the access rules see it; `None` when the actor has no unit above it in this tree.
    part: Option<Place>,
}

/// Asking for the single root is asking for the whole.
fn canonical(tree: &LiveTree, part: Option<Node>) -> Scope {
    match part {
        Some(node) if Scope::Whole.node(tree) != Some(node) => Scope::Part(node),
        _ => Scope::Whole,
    }
}

/// Some unit of the actor is this one or above it, in this very tree (intervals of two trees overlap).
fn holds(ctx: &Ctx, tree: &LiveTree, node: Node) -> bool {
    tree.path(node)
        .any(|above| in_units_of(ctx, tree.node(above).unit))
}

fn in_units_of(ctx: &Ctx, unit: UnitId) -> bool {
    ctx.actor
        .grants
        .iter()
        .any(|grant| grant.place.unit == unit)
}

/// The highest unit of this tree that the actor belongs to.
fn own_node(ctx: &Ctx, tree: &LiveTree) -> Option<Node> {
    ctx.actor
        .grants
        .iter()
        .filter_map(|grant| tree.of_unit(grant.place.unit))
        .min()
}

fn place_of(id: TreeId, tree: &LiveTree, node: Node) -> Place {
    Place {
        unit: tree.node(node).unit,
        tree: id,
        interval: tree.node(node).interval,
    }
}

fn with_part(subject: Subject, part: Option<Place>) -> Subject {
    match subject {
        Subject::Campaign(campaign) => {
            Subject::Campaign(domain::access::CampaignSubject { part, ..campaign })
        }
        other => other,
    }
}
